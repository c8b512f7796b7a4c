// Payment, settlement and booking in the record of a request.
import { dateAt } from '../../../src/domain/time.ts'
import { moved, movedOnly, type Recorders } from './recording.ts'

export const paymentRecorders: Recorders<
  | 'payment.ordered'
  | 'payment.recorded'
  | 'payment.failed'
  | 'payment.debited'
  | 'advance.settled'
  | 'booking.recorded'
> = {
  'payment.ordered': (request, _event, entry) => ({
    ...moved(request, entry),
    orderedBy: entry.by.person,
    orderedOn: dateAt(entry.at),
  }),
  'payment.recorded': (request, { body }, entry) => ({
    ...moved(request, entry),
    paidOn: body.given.paidOn,
    references: [...request.references, body.given.bankReference],
    ...(body.settleBy === undefined ? {} : { dueOn: body.settleBy, settleBy: body.settleBy }),
  }),
  'payment.failed': movedOnly,
  'payment.debited': (request, { body }, entry) => ({
    ...moved(request, entry),
    paidOn: body.paidOn,
  }),
  'advance.settled': (request, { body: { given } }, entry) => ({
    ...moved(request, entry),
    invoices: [...request.invoices, ...given.invoices],
    evidence: [...request.evidence, ...given.evidence],
    settled: {
      spent: given.spent,
      returned: given.returned,
      vouched: given.invoices.length > 0 || given.voucherException !== undefined,
    },
    references:
      given.bankReference === undefined
        ? request.references
        : [...request.references, given.bankReference],
  }),
  // the flow ends where its audit opens: an emergency waits for its ratification first
  'booking.recorded': movedOnly,
}

// Paying, settling and booking (law 2.4–2.7, 2.37, 2.38): what is recorded once the musts before payment are passed.
import { z } from 'zod'
import { organisationIdSchema } from '../../../src/domain/ids.ts'
import { moneySchema } from '../../../src/domain/money.ts'
import { evidenceSchema, invoicesSchema } from '../../../src/domain/request.ts'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const nothing = z.strictObject({})
const transfer = { bankReference: text(60), paidOn: localDateSchema }

export const paymentOrdered = act('payment.order', 'payment.ordered', { input: nothing })
export const paymentRecorded = act('payment.record', 'payment.recorded', {
  input: z.strictObject(transfer),
  /** Of an advance (借支): the last day to settle it. */
  adds: { settleBy: localDateSchema.exactOptional() },
})
export const paymentFailed = act('payment.fail', 'payment.failed', {
  input: z.strictObject({ reason: text(1000) }),
})
/** A direct debit (代扣) that passed its musts: what the bank took is its payment, and no cashier pays it again. */
export const paymentDebited = note('payment.debited', transfer)

/** What became of an advance: vouchers for what was spent, the rest paid back (law 2.7). */
export const advanceSettled = act('advance.settle', 'advance.settled', {
  input: z.strictObject({
    spent: moneySchema,
    returned: moneySchema,
    /** Of what was paid back. */
    bankReference: text(60).exactOptional(),
    invoices: invoicesSchema,
    voucherException: z.enum(['farmPurchase', 'govReceipt']).exactOptional(),
    evidence: z.array(evidenceSchema).max(50),
  }),
  /** Days past the last one: accepted, and told (law 2.7). */
  adds: { lateDays: z.int().min(0) },
})

export const booked = act('booking.record', 'booking.recorded', {
  input: z.strictObject({
    voucherNo: text(40),
    /** Always the requesting company: its books, not the cooperative's. */
    entity: organisationIdSchema,
    debit: z.string().regex(/^\d{3,9}$/),
    credit: z.string().regex(/^\d{3,9}$/),
  }),
})

export const paymentActs = [
  paymentOrdered,
  paymentRecorded,
  paymentFailed,
  advanceSettled,
  booked,
] as const
export const paymentNotes = [paymentDebited] as const

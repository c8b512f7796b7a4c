// Payment and booking: the cashier pays what is payable, the bookkeeper books it in the company's own accounts (law §2, §7).
import type { OfficeKind } from '../../../../src/domain/office.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import { officesActed } from '../../../roster/v1/fold.ts'
import { alertsOfPayment } from '../alert-notes.ts'
import { convert } from '../claim.ts'
import { afterBooking } from '../emergency.ts'
import { ending } from '../ending.ts'
import { confirmationOf } from '../fold.ts'
import { settleBy } from '../kinds.ts'
import {
  type AskedRequest,
  decided,
  issuersOf,
  mayHappen,
  mustHold,
  type Refused,
  type Scene,
} from '../scene.ts'
import { referenceUsed } from '../vouchers.ts'
import { confirmationOverdue } from './emergency.ts'

/** From here on nothing turns back: neither withdrawal nor suspension. */
export function order(command: AskedRequest<'payment.order'>, scene: Scene): Decision {
  const event = { type: 'payment.ordered', body: { given: command.input } } as const
  const no = mayPay(scene, mayHappen(scene, event)) ?? confirmationOverdue(scene)
  return no ?? decided(scene, event)
}

export function recordPayment(command: AskedRequest<'payment.record'>, scene: Scene): Decision {
  const { paidOn } = command.input
  const given = { given: command.input }
  const no = mayPay(scene, mayHappen(scene, { type: 'payment.recorded', body: given }))
  if (no !== undefined) return no
  if (paidOn > dateAt(scene.deciding.at)) return refuse('dateInFuture', { date: paidOn })
  // money that left before its order did not pass the musts: back-dating is refused on purpose (law §7)
  if (paidOn < (scene.request.orderedOn ?? paidOn))
    return refuse('paidBeforeOrder', { date: paidOn })
  const { request, policy, deciding } = scene
  const used = referenceUsed(command.input.bankReference, { facts: deciding.facts, own: request })
  if (used !== undefined) return used
  const settles =
    request.submission.kind === 'advance'
      ? { settleBy: settleBy(paidOn, policy.values, deciding.calendar) }
      : {}
  const event = { type: 'payment.recorded', body: { ...given, ...settles } } as const
  return decided(scene, event, [...convert(scene), ...alertsOfPayment(scene, paidOn)])
}

export function failPayment(command: AskedRequest<'payment.fail'>, scene: Scene): Decision {
  const event = { type: 'payment.failed', body: { given: command.input } } as const
  const no = mayPay(scene, mayHappen(scene, event))
  if (no !== undefined) return no
  // without the head's word an emergency is not tried again (law 3.11)
  const over = confirmationOf(scene.request) === 'failed'
  return decided(scene, event, over ? ending(scene) : [])
}

/** The books are the requesting company's, never another's: its property stays separate (L2 Art 23). */
export function book(command: AskedRequest<'booking.record'>, scene: Scene): Decision {
  const event = { type: 'booking.recorded', body: { given: command.input } } as const
  const no = mayHappen(scene, event) ?? mustHold(scene, ['bookkeeper'])
  if (no !== undefined) return no
  const { request, by } = scene
  const pays = by.person === request.orderedBy || holdsOneOf(scene, ['cashier'])
  if (pays) return refuse('cashierConflict')
  if (command.input.entity !== request.submission.company) return refuse('wrongEntity')
  return decided(scene, event, afterBooking(scene))
}

function mayPay(scene: Scene, closed: Refused | undefined): Refused | undefined {
  const no = closed ?? mustHold(scene, ['cashier'])
  if (no !== undefined) return no
  const { payee } = scene.request.submission
  const conflict =
    issuersOf(scene.request).includes(scene.by.person) ||
    (payee.type === 'person' && payee.person === scene.by.person) ||
    holdsOneOf(scene, ['companyHead', 'bookkeeper'])
  return conflict ? refuse('cashierConflict') : undefined
}

/** Does who acts hold or stand in for, beside the office they act in, one of these in the requesting company? */
const holdsOneOf = ({ request, roster, by }: Scene, kinds: readonly OfficeKind[]): boolean =>
  officesActed(roster, by.person).some(
    ({ kind, organisation }) => kinds.includes(kind) && organisation === request.submission.company,
  )

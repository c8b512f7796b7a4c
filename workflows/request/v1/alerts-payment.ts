// What a payment, a debit and the settlement of an advance show (domain §5.1).
import { type Calendar, covers, isWorkingDay } from '../../../src/domain/calendar.ts'
import { authorityStream } from '../../../src/domain/ids.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import type { Evidence, Submission } from '../../../src/domain/request.ts'
import type { Past } from '../../../src/domain/store.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import { authorityFold } from '../../authority/v1/fold.ts'
import { papersAfter, type Seen } from './alerts.ts'

interface Paid {
  readonly form: Submission
  readonly evidence: readonly Evidence[]
  /** The day the money left. */
  readonly on: LocalDate
  readonly calendar: Calendar
  readonly past: Past
}

export const paymentSeen = (paid: Paid): readonly Seen[] => [
  ...papersAfter(paid.evidence, paid.on),
  ...authorityEnded(paid),
  ...dayOff(paid),
]

/** R23: covered when it was submitted, and paid when the cover had ended. */
function authorityEnded({ form, past, on }: Paid): readonly Seen[] {
  const { authority } = form
  if (authority === undefined) return []
  const { state } = past.stream(authorityFold, authorityStream(authority))
  if (state === undefined || on <= state.terms.to) return []
  const params = { authority, to: state.terms.to, date: on }
  return [{ rule: 'authorityEnded', colour: 'yellow', params }]
}

/** R30 */
function dayOff({ calendar, on }: Paid): readonly Seen[] {
  // a day no calendar reaches is not called a day off
  if (!covers(calendar, on) || isWorkingDay(calendar, on)) return []
  return [{ rule: 'holidayPayment', colour: 'blue', params: { date: on } }]
}

interface Settled {
  readonly policy: PolicyValues
  /** The last day to settle it, and how many days past it. */
  readonly due: LocalDate
  readonly lateDays: number
}

/** R25 */
export function settlementSeen({ policy, due, lateDays }: Settled): readonly Seen[] {
  if (lateDays === 0) return []
  const colour = lateDays > policy['alert.advanceRedDays'] ? 'red' : 'yellow'
  return [{ rule: 'advanceOverdue', colour, params: { due, days: String(lateDays) } }]
}

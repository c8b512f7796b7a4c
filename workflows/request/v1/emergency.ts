// Emergencies (抢险应急, law 3.10–3.12): what may be one, and what follows once the money is out: ratification by the
// meetings it was kept from, or a finding that raises itself. Called by the acts of requests and by closing meetings.
import { lastDay } from '../../../src/domain/calendar.ts'
import { emergencyCauses } from '../../../src/domain/emergency.ts'
import { matters, neverDeferred } from '../../../src/domain/expense.ts'
import type { OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import { above, grouped, type Money } from '../../../src/domain/money.ts'
import { bothOf } from '../../../src/domain/places.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { choicesIn } from '../../../src/domain/policy-units.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { requestKinds, type Submission } from '../../../src/domain/request.ts'
import type { EventDraft } from '../../../src/domain/store.ts'
import { dateAt } from '../../../src/domain/time.ts'
import type { Deferrable } from './events-emergency.ts'
import type { Resolution } from './events-parts.ts'
import { confirmationOf, placeOf, type Request } from './fold.ts'
import { boardOf, openAudit, type Opening } from './opening.ts'
import { eventOn, type Refused } from './scene.ts'

/**
 * Of a cause the policy names; never where the money is spent already or can wait (what was paid out, swiped, debited,
 * advanced, or is due to a list of persons), and never for what outlasts the danger: what only the members may ever
 * decide, and the contracts that only the board concludes (law 3.10, 4.5).
 */
export function emergencyBarred(
  { emergency, kind, matter }: Submission,
  policy: PolicyValues,
): Refused | undefined {
  if (emergency === undefined) return undefined
  if (kind !== 'single') return refuse('emergencyNotForKind', { kind: bothOf(requestKinds, kind) })
  if (neverDeferred.includes(matter))
    return refuse('emergencyNotForMatter', { matter: bothOf(matters, matter) })
  const { cause } = emergency
  return choicesIn(policy['emergency.causes']).includes(cause)
    ? undefined
    : refuse('emergencyCauseNotNamed', { cause: bothOf(emergencyCauses, cause) })
}

/** Up to the policy's ceiling. In parts it is the same danger: the sum to the payee counts as it does for the route (law 3.8). */
export function overEmergencyCeiling(
  { emergency, amount, authority }: Submission,
  policy: PolicyValues,
  rollingSum: Money,
): Refused | undefined {
  if (emergency === undefined) return undefined
  const ceiling = policy['emergency.ceiling']
  const sum = authority === undefined && above(rollingSum, amount) ? rollingSum : amount
  return above(sum, ceiling)
    ? refuse('emergencyOverCeiling', { sum: grouped(sum), ceiling: grouped(ceiling) })
    : undefined
}

/** What an act or a meeting on a request in emergency goes by. */
export type Ratifying = Opening & { readonly request: Request }

/** Booked: it waits for what was deferred and for the head's confirmation, or goes to its audit at once. */
export function afterBooking(ratifying: Ratifying): readonly EventDraft[] {
  const { deciding, policy, request, stream } = ratifying
  const musts = deferredOf(request)
  if (musts.length === 0 && confirmationOf(request) !== 'pending') return [openAudit(stream)]
  const today = dateAt(deciding.at)
  const limit = { workingDays: policy.values['emergency.ratifyWd'] }
  const { consent } = request.emergency
  // the limit runs from the payment: booking late wins no time
  const dueOn =
    musts.length === 0 && consent !== undefined
      ? consent.confirmBy
      : lastDay(deciding.calendar, request.paidOn ?? today, limit)
  const board = musts.includes('boardReview') ? { board: boardOf(ratifying) } : {}
  return [
    eventOn(stream, { type: 'ratification.opened', body: { musts: [...musts], ...board, dueOn } }),
  ]
}

const deferredOf = ({ snapshot }: Request): readonly Deferrable[] =>
  snapshot.context.unratified.filter(
    (must): must is Deferrable => must === 'memberVote' || must === 'boardReview',
  )

/** Nothing is left to wait for once `must` is decided, or the confirmation is in: the audit opens. */
function auditIfLast(
  { request, stream }: Ratifying,
  done: { readonly must?: Deferrable; readonly all?: true; readonly confirmation?: true },
): readonly EventDraft[] {
  if (placeOf(request) !== 'ratification') return []
  const left = done.all === true ? [] : deferredOf(request).filter((must) => must !== done.must)
  const pending = done.confirmation !== true && confirmationOf(request) === 'pending'
  return left.length === 0 && !pending ? [openAudit(stream)] : []
}

/** The head has confirmed what the duty officer consented to. */
export const onceConfirmed = (ratifying: Ratifying): readonly EventDraft[] =>
  auditIfLast(ratifying, { confirmation: true })

/** The head refused, or said nothing in time, and the money is out: a finding, and on to the audit (law 3.12). */
export const onceUnconfirmed = (ratifying: Ratifying): readonly EventDraft[] => [
  raised(ratifying),
  ...auditIfLast(ratifying, { confirmation: true }),
]

/** The limit for ratification is over. */
export const onceLapsed = (ratifying: Ratifying): readonly EventDraft[] => [
  raised(ratifying),
  ...auditIfLast(ratifying, { all: true }),
]

/**
 * The finding that raises itself: the money is to come back by its date (law 3.12), once for one payment however many
 * limits were missed on it.
 */
export function raised({ deciding, policy, request, stream }: Ratifying): EventDraft {
  const dueOn = lastDay(deciding.calendar, dateAt(deciding.at), {
    days: policy.values['finding.normalDays'],
  })
  return eventOn(stream, {
    type: 'automaticFinding.raised',
    body: {
      finding: `auto-${request.emergency.raised + 1}`,
      fault: 'formalitiesMissing',
      dueOn,
      ...(request.emergency.recovering ? {} : { recover: request.submission.amount }),
    },
  })
}

interface Meeting {
  readonly kind: 'member' | 'delegate' | 'board' | 'council' | 'supervisors'
  readonly organisation: OrganisationId
}

/** Does it wait, in ratification, for a meeting of this kind, as the deferred must did? */
export function ratifiedIn(request: Request, { kind, organisation }: Meeting): boolean {
  const { carried } = request.emergency
  const board = deferredOf(request).includes('boardReview')
  const { referredTo, seating } = request
  switch (kind) {
    case 'member':
    case 'delegate':
      return !carried && membersMust(request) !== undefined
    case 'council':
      if (board && referredTo === 'council') return true
      return board && referredTo === undefined && seating?.organisation === organisation
    case 'board':
      return board && referredTo === undefined && seating?.organisation === organisation
    case 'supervisors':
      return false
  }
}

/** Which of the deferred musts a meeting of members decides: their own, else what the board referred to them. */
function membersMust(request: Request): Deferrable | undefined {
  const musts = deferredOf(request)
  if (musts.includes('memberVote')) return 'memberVote'
  return musts.includes('boardReview') && request.referredTo === 'member'
    ? 'boardReview'
    : undefined
}

interface Ratified {
  readonly resolution: Resolution
  readonly outcome: 'passed' | 'failed' | 'referred'
  readonly voters: readonly PersonId[]
}

/** A board or council meeting closed on it. `to`: whom a referral goes to (L2 Art 185). */
export function boardRatified(
  ratifying: Ratifying,
  { resolution, outcome, voters }: Ratified,
  to: 'council' | 'member',
): readonly EventDraft[] {
  if (outcome !== 'referred')
    return settled(ratifying, 'boardReview', { resolution, outcome, voters })
  const body = { must: 'boardReview', resolution, to } as const
  return [eventOn(ratifying.stream, { type: 'ratification.referred', body })]
}

/** A member or delegate meeting closed on it. What they carried is discharged by the shareholder decision (law 5.6). */
export function membersRatified(
  ratifying: Ratifying,
  { resolution, outcome }: Ratified,
): readonly EventDraft[] {
  const must = membersMust(ratifying.request)
  if (must === undefined) throw new Error(`nothing for the members on ${ratifying.stream}`)
  if (outcome !== 'passed') return settled(ratifying, must, { resolution, outcome, voters: [] })
  return [eventOn(ratifying.stream, { type: 'ratification.carried', body: { must, resolution } })]
}

/** The written shareholder decision on what the members carried. */
export function shareholderRatified(
  ratifying: Ratifying,
  resolution: Resolution,
): readonly EventDraft[] {
  const must = membersMust(ratifying.request)
  if (must === undefined) throw new Error(`nothing for the members on ${ratifying.stream}`)
  return settled(ratifying, must, { resolution, outcome: 'passed', voters: [] })
}

/** Refused, or agreed to after the limit: either way a finding; the request goes on to its audit, never back. */
function settled(
  ratifying: Ratifying,
  must: Deferrable,
  { resolution, outcome, voters }: Ratified,
): readonly EventDraft[] {
  const { deciding, request, stream } = ratifying
  const passed = outcome === 'passed'
  const body = { must, resolution, voters: [...voters] }
  const late = request.dueOn !== '' && dateAt(deciding.at) > request.dueOn
  return [
    eventOn(
      stream,
      passed ? { type: 'ratification.passed', body } : { type: 'ratification.failed', body },
    ),
    ...(passed && !late ? [] : [raised(ratifying)]),
    ...auditIfLast(ratifying, { must }),
  ]
}

// What a meeting's decisions do to the requests on its agenda; called by meeting@1 inside the commit that closes the meeting.
import type { MeetingId, OrganisationId, PersonId, RequestId } from '../../../src/domain/ids.ts'
import { requestStream } from '../../../src/domain/ids.ts'
import { atLeast } from '../../../src/domain/money.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import { ledgerOf } from '../../ledger/v1/fold.ts'
import { boundPolicy } from '../../policy/v1/in-force.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import { boardRatified, membersRatified, ratifiedIn, shareholderRatified } from './emergency.ts'
import type { UndecidedBy } from './events.ts'
import type { Resolution } from './events-parts.ts'
import { isSuspended, placeOf, type Request, requestFold } from './fold.ts'
import { ending } from './ending.ts'
import { fromBoardReview } from './opening.ts'
import { eventOn } from './scene.ts'

export interface Resolved {
  readonly resolution: Resolution
  readonly outcome: 'passed' | 'failed' | 'referred'
  /** Directors or councillors who cast a vote: they decide in no other must of the request. Empty for secret ballots. */
  readonly voters: readonly PersonId[]
}

export type DecidingMeeting = 'member' | 'delegate' | 'board' | 'council' | 'supervisors'

/**
 * Does this request wait for a meeting of this kind, in this round? A board item referred by too few unrelated directors
 * waits for the council or the members instead (L2 Art 185).
 */
export const waitingIn = (request: Request, waiting: Waiting): boolean =>
  !isSuspended(request) && standsBefore(request, waiting)

/** The same, whether suspended or not. */
export function standsBefore(request: Request, { kind, round, organisation }: Waiting): boolean {
  if (request.snapshot.context.round !== round) return false
  const place = placeOf(request)
  if (place === 'ratification') return ratifiedIn(request, { kind, organisation })
  switch (kind) {
    case 'member':
    case 'delegate':
      return (
        place === 'memberVote.open' ||
        (place === 'boardReview.referred' && request.referredTo === 'member')
      )
    case 'council':
      if (place === 'boardReview.referred') return request.referredTo === 'council'
      return place === 'boardReview.open' && request.seating?.organisation === organisation
    case 'board':
      return place === 'boardReview.open' && request.seating?.organisation === organisation
    case 'supervisors':
      return false
  }
}
export interface Waiting {
  readonly kind: DecidingMeeting
  readonly round: number
  readonly organisation: OrganisationId
}

/** A board or council meeting closed on the request: onward to papers, to the end, or to the shareholder. */
export function boardDecided(
  deciding: Deciding,
  id: RequestId,
  resolved: Resolved,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const { resolution, outcome, voters } = resolved
  const { request, policy, roster } = bound(deciding, id)
  const to = isMajor(request, policy) ? 'member' : 'council'
  if (placeOf(request) === 'ratification')
    return boardRatified({ deciding, stream, roster, policy, request }, resolved, to)
  if (outcome === 'passed') {
    return [
      eventOn(stream, { type: 'boardReview.passed', body: { resolution, voters: [...voters] } }),
    ]
  }
  if (outcome === 'failed') {
    const failed = eventOn(stream, {
      type: 'boardReview.failed',
      body: { resolution, voters: [...voters] },
    })
    return [failed, ...ended(deciding, id)]
  }
  return [eventOn(stream, { type: 'boardReview.referred', body: { resolution, to } })]
}

/** By its amount or the sum to the payee it makes up, as the route counts: a part is referred like the whole (law 3.9). */
function isMajor({ submission, rolling }: Request, { values }: Policy): boolean {
  const { amount, authority } = submission
  const line = values['tier.majorFrom']
  return atLeast(amount, line) || (authority === undefined && atLeast(rolling.sum, line))
}

/** A member or delegate meeting closed on the request. Carried is not yet discharged: the shareholder decision does that. */
export function membersDecided(
  deciding: Deciding,
  id: RequestId,
  resolved: Resolved,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const { resolution, outcome } = resolved
  const { request, policy, roster } = bound(deciding, id)
  if (placeOf(request) === 'ratification')
    return membersRatified({ deciding, stream, roster, policy, request }, resolved)
  if (placeOf(request) === 'boardReview.referred') {
    if (outcome === 'passed') return []
    return boardDecided(deciding, id, { ...resolved, voters: [] })
  }
  if (outcome === 'passed')
    return [eventOn(stream, { type: 'memberVote.carried', body: { resolution } })]
  return [
    eventOn(stream, { type: 'memberVote.failed', body: { resolution } }),
    ...ended(deciding, id),
  ]
}

interface Undecided {
  readonly waiting: Waiting
  readonly note: {
    readonly meeting: MeetingId
    readonly item: string
    readonly reason: UndecidedBy
  }
}

/** 流会: the meeting came to nothing on this request. It keeps waiting, and its own trail says so (law §5). */
export function leftUndecided(
  { past }: Deciding,
  id: RequestId,
  { waiting, note }: Undecided,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const request = past.stream(requestFold, stream).state
  // one that moved on meanwhile waits for nothing here
  if (request === undefined || !standsBefore(request, waiting)) return []
  const place = placeOf(request)
  const ofMembers = waiting.kind === 'member' || waiting.kind === 'delegate'
  const must = ofMembers && place !== 'boardReview.referred' ? 'memberVote' : 'boardReview'
  return [eventOn(stream, { type: `${must}.notDecided`, body: note })]
}

/** The written shareholder decision (股东决定书, L2 Art 60) discharges the must and opens the next. */
export function shareholderDecisionSigned(
  deciding: Deciding,
  id: RequestId,
  resolution: Resolution,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const { request, policy, roster } = bound(deciding, id)
  const place = placeOf(request)
  if (place === 'ratification')
    return shareholderRatified({ deciding, stream, roster, policy, request }, resolution)
  if (place === 'boardReview.referred') {
    return [eventOn(stream, { type: 'boardReview.passed', body: { resolution, voters: [] } })]
  }
  const { meeting, item } = resolution
  const passed = eventOn(stream, { type: 'memberVote.passed', body: { meeting, item } })
  return [passed, ...fromBoardReview({ deciding, stream, roster, policy, request })]
}

/** May the shareholder decision on this item be signed now: is the request where the vote left it? */
export const awaitsShareholderDecision = (request: Request): boolean =>
  placeOf(request) === 'memberVote.carried' ||
  (placeOf(request) === 'ratification' && request.emergency.carried) ||
  (placeOf(request) === 'boardReview.referred' && request.referredTo === 'member')

function ended(deciding: Deciding, id: RequestId): readonly EventDraft[] {
  const stream = requestStream(id)
  const { request, policy, roster } = bound(deciding, id)
  return ending({ request, stream, deciding, policy, roster })
}

function bound({ past, at }: Deciding, id: RequestId) {
  const request = past.stream(requestFold, requestStream(id)).state
  if (request === undefined) throw new Error(`no request ${id}`)
  const policy = boundPolicy(past, ledgerOf(past), request)
  if (policy === undefined) throw new Error(`no policy ${request.policy}`)
  return { request, policy, roster: rosterAt(past, at) }
}

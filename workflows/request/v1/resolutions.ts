// What a meeting's decisions do to the requests on its agenda; called by meeting@1 inside the commit that closes the meeting.
import type { OrganisationId, PersonId, RequestId } from '../../../src/domain/ids.ts'
import { requestStream } from '../../../src/domain/ids.ts'
import { atLeast } from '../../../src/domain/money.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import { policyById, policyFold, policyStream } from '../../policy/v1/fold.ts'
import { rosterFold, rosterStream } from '../../roster/v1/fold.ts'
import { release } from './claim.ts'
import type { Resolution } from './events.ts'
import { placeOf, type Request, requestFold } from './fold.ts'
import { fromBoardReview, openAudit } from './opening.ts'
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
export function waitingIn(request: Request, { kind, round, organisation }: Waiting): boolean {
  if (request.snapshot.context.round !== round || request.snapshot.value.suspension === 'suspended')
    return false
  const place = placeOf(request)
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
  const { request, policy } = bound(deciding, id)
  const to = atLeast(request.submission.amount, policy.values['tier.majorFrom'])
    ? 'member'
    : 'council'
  return [eventOn(stream, { type: 'boardReview.referred', body: { resolution, to } })]
}

/** A member or delegate meeting closed on the request. Carried is not yet discharged: the shareholder decision does that. */
export function membersDecided(
  deciding: Deciding,
  id: RequestId,
  resolved: Resolved,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const { resolution, outcome } = resolved
  const { request } = bound(deciding, id)
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

/** The written shareholder decision (股东决定书, L2 Art 60) discharges the must and opens the next. */
export function shareholderDecisionSigned(
  deciding: Deciding,
  id: RequestId,
  resolution: Resolution,
): readonly EventDraft[] {
  const stream = requestStream(id)
  const { request, policy, roster } = bound(deciding, id)
  const place = placeOf(request)
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
  (placeOf(request) === 'boardReview.referred' && request.referredTo === 'member')

function ended(deciding: Deciding, id: RequestId): readonly EventDraft[] {
  const stream = requestStream(id)
  const { request } = bound(deciding, id)
  return [...release({ request, stream, deciding }), openAudit(stream)]
}

function bound({ past }: Deciding, id: RequestId) {
  const request = past.stream(requestFold, requestStream(id)).state
  if (request === undefined) throw new Error(`no request ${id}`)
  const policy = policyById(past.relied(policyFold, policyStream).state, request.policy)
  if (policy === undefined) throw new Error(`no policy ${request.policy}`)
  return { request, policy, roster: past.stream(rosterFold, rosterStream).state }
}

// What a meeting may take up: requests that wait for just this meeting, in this round, and who may not vote on them.
import { categories, reservedMatters } from '../../../src/domain/expense.ts'
import {
  type AuthorityId,
  type OfficeId,
  type PersonId,
  type RequestId,
  requestStream,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Past } from '../../../src/domain/store.ts'
import { isSuspended, placeOf, type Request, requestIn } from '../../request/v1/fold.ts'
import { waitingIn } from '../../request/v1/resolutions.ts'
import { issuersOf } from '../../request/v1/scene.ts'
import type { AgendaItem, MatterItem, RequestItem } from './forms.ts'
import type { MeetingState } from './fold.ts'
import { isOfMembers } from './machine.ts'
import type { Convoked, Refused } from './sitting.ts'

export const isRequestItem = (item: AgendaItem): item is RequestItem => 'request' in item

export const requestsOf = (agenda: readonly AgendaItem[]): readonly RequestId[] =>
  agenda.filter(isRequestItem).map(({ request }) => request)

export const requestStreams = (agenda: readonly AgendaItem[]): readonly StreamId[] =>
  [...new Set(requestsOf(agenda))].map(requestStream)

/** Why the request cannot be decided here and now, or undefined when it waits for this meeting. */
export function notAwaited(
  past: Past,
  { request: id, round }: RequestItem,
  convoked: Convoked,
): Refused | undefined {
  const request = requestIn(past, id)
  if (request === undefined) return refuse('notFound', { what: id })
  if (isSuspended(request)) return refuse('suspended')
  return waitingIn(request, { ...convoked, round })
    ? undefined
    : refuse('requestNotWaiting', { request: id, state: placeOf(request) })
}

/** The request as folded; the item was planned, so it exists. */
export function requestOf(past: Past, { request: id }: RequestItem): Request {
  const request = requestIn(past, id)
  if (request === undefined) throw new Error(`no request ${id}`)
  return request
}

/** Powers of L1 Art 26 that 浙江条例 Art 17 reserves: plans and budgets, land, land compensation, investment. */
const reservedPowers: ReadonlySet<number> = new Set([7, 8, 9, 10, 11])
/** Powers of L1 Art 26 that delegates never exercise (L1 Art 28). */
const membersOwnPowers: ReadonlySet<number> = new Set([1, 3, 8, 10, 12])

/** Must be open to comment before the vote: investment, debt, lending, works, budgets, land (浙江条例 Art 17, 20). */
export function isReserved(past: Past, item: AgendaItem): boolean {
  if (!isRequestItem(item)) return item.power !== undefined && reservedPowers.has(item.power)
  const { category, matter } = requestOf(past, item).submission
  const { type } = categories[category]
  return reservedMatters.includes(matter) || type === 'works'
}

export const isForMembersAlone = (item: MatterItem): boolean =>
  item.power !== undefined && membersOwnPowers.has(item.power)

/** What the requests draw on, each once. */
export function authoritiesOf(past: Past, agenda: readonly AgendaItem[]): readonly AuthorityId[] {
  const drawn = agenda
    .filter(isRequestItem)
    .map((item) => requestOf(past, item).submission.authority)
  return [...new Set(drawn.filter((id) => id !== undefined))]
}

/** Moved it or stands in it: they may not count its votes. The issuers of a request move it. */
export const partiesOf = (past: Past, item: AgendaItem): readonly PersonId[] =>
  isRequestItem(item)
    ? issuersOf(requestOf(past, item))
    : [...(item.movers ?? []), ...(item.candidates ?? [])]

/** Issued the request, or is a person its deal concerns: they recuse (law §7, L2 Art 185). */
export function mustRecuse(request: Request, person: PersonId): boolean {
  return issuersOf(request).includes(person) || isRelated(request, person)
}

const isRelated = ({ related, relatedPersons }: Request, person: PersonId): boolean =>
  related && relatedPersons.includes(person)

export interface Relation {
  /** A related-party deal that a board can still refer (L2 Art 185). */
  readonly relatedParty: boolean
  readonly isRelatedSeat: (office: OfficeId, person: PersonId | undefined) => boolean
}

/**
 * Whom the deal concerns. Of a request only those recorded at its submission: a tie first declared at the meeting must not
 * lower the bar of a request whose route knew nothing of it; they abstain, and the clerk has the form corrected. Of any
 * other matter those who declared it.
 */
export function relationOf(
  past: Past,
  item: AgendaItem,
  { kind, recusals }: MeetingState,
): Relation {
  if (isOfMembers(kind)) return { relatedParty: false, isRelatedSeat: () => false }
  if (!isRequestItem(item)) {
    const declared = recusals.get(item.item)
    const isRelatedSeat = (office: OfficeId): boolean => declared?.get(office) === 'related'
    return { relatedParty: [...(declared?.values() ?? [])].includes('related'), isRelatedSeat }
  }
  const request = requestOf(past, item)
  return {
    // a council sitting as the shareholder has nobody above it to refer to but the members, who asked for nothing
    relatedParty: request.related && placeOf(request) === 'boardReview.open',
    isRelatedSeat: (_office, person) => person !== undefined && isRelated(request, person),
  }
}

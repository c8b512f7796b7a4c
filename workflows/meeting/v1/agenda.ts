// What a meeting may take up: requests that wait for just this meeting, in this round, and who may not vote on them.
import { categories, type Matter, reservedMatters } from '../../../src/domain/expense.ts'
import type { PayeeKey } from '../../../src/domain/facts.ts'
import {
  type AuthorityId,
  type MeetingId,
  type OfficeId,
  type OrganisationId,
  type PersonId,
  personIdSchema,
  type RequestId,
  requestStream,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { bothOf, requestPlaces } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { payeeKeys } from '../../../src/domain/request.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { Deciding, Past } from '../../../src/domain/store.ts'
import { reaches, wholeOf } from '../../authority/v1/counted.ts'
import { notTwice } from '../../request/v1/duties.ts'
import { isSuspended, placeOf, type Request, requestIn } from '../../request/v1/fold.ts'
import { relatedPersons } from '../../request/v1/judgement.ts'
import { waitingIn } from '../../request/v1/resolutions.ts'
import { issuersOf } from '../../request/v1/scene.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import { controllersOf, nearRelatives, type RosterState } from '../../roster/v1/fold.ts'
import type { AgendaItem, MatterItem, RequestItem } from './forms.ts'
import type { MeetingState } from './fold.ts'
import { isOfMembers } from './machine.ts'
import { type Convoked, meetingIdOf, type Refused, seatsOf } from './sitting.ts'

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
    : refuse('requestNotWaiting', { request: id, state: bothOf(requestPlaces, placeOf(request)) })
}

/** Another meeting has it and is not over: it decides first, and nobody asks twice (law 5.5). */
export function onAnotherAgenda(
  past: Past,
  item: AgendaItem,
  meeting: MeetingId,
): Refused | undefined {
  if (!isRequestItem(item)) return undefined
  const other = requestIn(past, item.request)?.underVote
  return other === undefined || other === meeting
    ? undefined
    : refuse('requestOnAgenda', { request: item.request, meeting: other })
}

/** It came to stand before such a meeting only after this one was opened: the next one takes it up. */
export function notTakenUp(past: Past, item: AgendaItem, stream: StreamId): Refused | undefined {
  if (!isRequestItem(item) || isTakenUp(past, item, stream)) return undefined
  const state = bothOf(requestPlaces, placeOf(requestOf(past, item)))
  return refuse('requestNotWaiting', { request: item.request, state })
}

/** Has this meeting taken the item's request up? */
export const isTakenUp = (past: Past, { request }: RequestItem, stream: StreamId): boolean =>
  requestIn(past, request)?.underVote === meetingIdOf(stream)

/** The requests this meeting has taken up and not yet let go. */
export const takenUpBy = (
  past: Past,
  agenda: readonly AgendaItem[],
  meeting: MeetingId,
): readonly RequestId[] =>
  requestsOf(agenda).filter((id) => requestIn(past, id)?.underVote === meeting)

/** The request as folded; the item was planned, so it exists. */
export function requestOf(past: Past, { request: id }: RequestItem): Request {
  const request = requestIn(past, id)
  if (request === undefined) throw new Error(`no request ${id}`)
  return request
}

/** Powers of L1 Art 26 that 浙江条例 Art 17 reserves: plans and budgets, land, land compensation, investment. */
const reservedPowers: ReadonlySet<number> = new Set([7, 8, 9, 10, 11])
/** A plan is one of the powers of L1 Art 26 by itself: plans and budgets (7). */
const PLANNING = 7

/** What an item of members proposes must say which power of L1 Art 26 it uses, and a plan none but its own. */
export function powerRefusal(item: AgendaItem): Refused | undefined {
  if (isRequestItem(item)) return undefined
  const { authority, item: name, power } = item
  if (power === undefined) return refuse('powerMissing', { item: name })
  return authority?.kind === 'plan' && power !== PLANNING
    ? refuse('powerWrong', { item: name, power: String(PLANNING) })
    : undefined
}

/**
 * Open to comment before the members vote: what is reserved to them, and of authorities, whatever power the agenda names,
 * the plan, the project, and whatever reaches `tier.majorFrom` (浙江条例 Art 17, 20).
 */
export function needsConsultation(past: Past, item: AgendaItem, majorFrom: Money): boolean {
  if (isReserved(past, item)) return true
  if (isRequestItem(item) || item.authority === undefined) return false
  const { kind } = item.authority
  return kind === 'plan' || kind === 'project' || reaches([wholeOf(item.authority)], majorFrom)
}

/** Powers of L1 Art 26 that delegates never exercise (L1 Art 28). */
const membersOwnPowers: ReadonlySet<number> = new Set([1, 3, 8, 10, 12])

/** Must be open to comment before the vote: investment, debt, lending, works, budgets, land (浙江条例 Art 17, 20). */
export function isReserved(past: Past, item: AgendaItem): boolean {
  if (!isRequestItem(item)) return item.power !== undefined && reservedPowers.has(item.power)
  const { category, matter } = requestOf(past, item).submission
  const { type } = categories[category]
  return reservedMatters.includes(matter) || type === 'works'
}

/** Matters of a request that may use such a power: shares of the collective (8), land compensation handed out (10). */
const membersOwnMatters: Partial<Record<Matter, number>> = { equity: 8, distribution: 10 }

/** The power of L1 Art 26 by which only the members themselves may decide the item. */
export function membersOwnPower(past: Past, item: AgendaItem): number | undefined {
  if (isRequestItem(item)) return membersOwnMatters[requestOf(past, item).submission.matter]
  return item.power !== undefined && membersOwnPowers.has(item.power) ? item.power : undefined
}

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
    : [...(item.movers ?? []), ...standIn(item)]

/** Who stands in the matter: its candidates, and who is to be made a deputy. */
const standIn = ({ candidates = [], deputy }: MatterItem): readonly PersonId[] =>
  deputy === undefined ? candidates : [...candidates, deputy.person]

/** Those, and their near relatives: they neither watch nor count its vote. */
export const nearPartiesOf = (past: Past, item: AgendaItem, roster: RosterState) => {
  const parties = partiesOf(past, item)
  return new Set([...parties, ...parties.flatMap((person) => nearRelatives(roster, person))])
}

/** The company whose request or authority the item is. */
export function companyConcerned(past: Past, item: AgendaItem): OrganisationId | undefined {
  return isRequestItem(item) ? requestOf(past, item).submission.company : item.authority?.company
}

/** Issued the request, or is a person its deal concerns: they recuse (law §7, L2 Art 185). */
export const mustRecuse = (roster: RosterState, request: Request, person: PersonId): boolean =>
  issuersOf(request).includes(person) || concernedBy(roster, request).includes(person)

/** Whom the deal concerns: as found at its submission, and by the roster as it stands now. */
export function concernedBy(roster: RosterState, request: Request): readonly PersonId[] {
  const { related, submission } = request
  const found = relatedPersons(roster, submission, payeeKeys(submission.payee))
  return related ? [...request.relatedPersons, ...found] : found
}

/** Who stands in it, and whom its payees concern: they do not vote on it. */
const concernedByMatter = (roster: RosterState, item: MatterItem): readonly PersonId[] => [
  ...standIn(item),
  ...concernedByPayees(roster, item.authority?.payees ?? []),
]

const PERSON = 'person:'

/** Of an authority: the payees who are persons, those who control a payee, and their near relatives. */
function concernedByPayees(roster: RosterState, payees: readonly PayeeKey[]): readonly PersonId[] {
  const direct = payees.flatMap((payee) => {
    const controllers = controllersOf(roster, payee)
    return payee.startsWith(PERSON)
      ? [personIdSchema.parse(payee.slice(PERSON.length)), ...controllers]
      : controllers
  })
  return [...direct, ...direct.flatMap((person) => nearRelatives(roster, person))]
}

/** Why none of these may vote on the item: who sits there, and who came for them. */
export function barredFrom(
  moment: Moment,
  item: AgendaItem,
  persons: readonly PersonId[],
): Refused | undefined {
  for (const person of persons) {
    const barred = personBarred(moment, item, person)
    if (barred !== undefined) return barred
  }
  return undefined
}

/** It concerns them, or they issued it. */
export function mustAbstain({ past, at }: Moment, item: AgendaItem, person: PersonId): boolean {
  const roster = rosterAt(past, at)
  return isRequestItem(item)
    ? mustRecuse(roster, requestOf(past, item), person)
    : concernedByMatter(roster, item).includes(person)
}

function personBarred(moment: Moment, item: AgendaItem, person: PersonId): Refused | undefined {
  if (mustAbstain(moment, item, person)) return refuse('mustRecuse', { item: item.item })
  return isRequestItem(item)
    ? notTwice(requestOf(moment.past, item), 'boardReview', person)
    : undefined
}

/** The past at an instant: who holds what depends on the day. */
export type Moment = Pick<Deciding, 'past' | 'at'>

/**
 * The seats that vote on the item. The composition for a request is fixed when its boardReview opens (law §1): a seat
 * made since then neither votes nor counts.
 */
export function seatsFor(past: Past, item: AgendaItem, meeting: MeetingState) {
  const seats = seatsOf(meeting)
  if (!isRequestItem(item)) return seats
  const request = requestOf(past, item)
  const fixed = isBeforeItsBoard(request) ? request.seating?.seats : undefined
  return fixed === undefined ? seats : seats.filter(({ office }) => fixed.includes(office))
}

/** Its own board or council decides: not yet the shareholder to whom they referred it. */
const isBeforeItsBoard = (request: Request): boolean =>
  placeOf(request) === 'boardReview.open' ||
  (placeOf(request) === 'ratification' && request.referredTo === undefined)

export interface Relation {
  /** A related-party deal that a board can still refer (L2 Art 185). */
  readonly relatedParty: boolean
  readonly isRelatedSeat: (office: OfficeId, person: PersonId | undefined) => boolean
}

/**
 * Whom the deal concerns, asked of the roster again: a tie found only now is one all the same, and takes the seat out of
 * the count. Who says so themselves is believed where the deal is a related one; in any other request such a word alone
 * must not lower the bar: they abstain, and the clerk has the form corrected.
 */
export function relationOf(
  { past, at }: Moment,
  item: AgendaItem,
  { kind, recusals }: MeetingState,
): Relation {
  const roster = rosterAt(past, at)
  if (isOfMembers(kind)) return { relatedParty: false, isRelatedSeat: () => false }
  if (!isRequestItem(item)) {
    // a bare word lowers no bar: without a tie in the roster who recuses abstains, and counts in the base
    const concerned = concernedByPayees(roster, item.authority?.payees ?? [])
    return {
      relatedParty: concerned.length > 0,
      isRelatedSeat: (_office, person) => isAmong(concerned, person),
    }
  }
  const declared = recusals.get(item.item)
  const declares = (office: OfficeId): boolean => declared?.get(office) === 'related'
  const request = requestOf(past, item)
  const concerned = concernedBy(roster, request)
  const related = request.related || concerned.length > 0
  return {
    // a council sitting as the shareholder has nobody above it to refer to but the members, who asked for nothing
    relatedParty: related && isBeforeItsBoard(request),
    isRelatedSeat: (office, person) => declares(office) || isAmong(concerned, person),
  }
}

const isAmong = (persons: readonly PersonId[], person: PersonId | undefined): boolean =>
  person !== undefined && persons.includes(person)

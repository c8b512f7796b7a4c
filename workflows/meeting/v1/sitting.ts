// What every act on a meeting looks at first: the meeting, the roster, and by which office the person acts.
import type { By } from '../../../src/domain/entry.ts'
import {
  type MeetingId,
  meetingIdSchema,
  type OfficeId,
  type OrganisationId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import { bothOf, meetingKindNames, meetingStates } from '../../../src/domain/places.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision, EventDraft } from '../../../src/domain/store.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { ledgerClosed, ledgerOf } from '../../ledger/v1/fold.ts'
import { policyOfVillage } from '../../policy/v1/in-force.ts'
import { rosterAt } from '../../roster/v1/day.ts'
import {
  cooperativeOf,
  holderOf,
  holds,
  type Office,
  type RosterState,
  seats,
} from '../../roster/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { MeetingCommand, MeetingEvent, MeetingKind } from './events.ts'
import type { AgendaItem, Convened } from './forms.ts'
import { accepts, type MeetingState, meetingFold, stateOf } from './fold.ts'
import { isOfMembers } from './machine.ts'

export const NAME = 'meeting@1'

export type Refused = { readonly refused: Refusal }
export const isRefused = <T extends object>(value: T | Refused): value is Refused =>
  'refused' in value

export type AskedMeeting<T extends MeetingCommand['type']> = Extract<
  Asked<MeetingCommand>,
  { type: T }
>

export interface Sitting {
  readonly deciding: Deciding
  readonly stream: StreamId
  readonly by: By
  readonly roster: RosterState
  readonly meeting: MeetingState
}

/** The meeting, or why nothing can be done here at all. */
export function sittingOf(
  { stream, by }: Asked<MeetingCommand>,
  deciding: Deciding,
): Sitting | Refused {
  const closed = ledgerClosed(ledgerOf(deciding.past))
  if (closed !== undefined) return closed
  const meeting = deciding.past.stream(meetingFold, stream).state
  if (meeting === undefined) return refuse('notFound', { what: stream })
  return { deciding, stream, by, roster: rosterOf(deciding), meeting }
}

export const rosterOf = ({ past, at }: Deciding): RosterState => rosterAt(past, at)

/** `meeting/m-2026-0001` → `m-2026-0001`. */
export const meetingIdOf = (stream: StreamId): MeetingId =>
  meetingIdSchema.parse(stream.slice('meeting/'.length))

const ofMembersOnly: readonly MeetingEvent['type'][] = [
  'prestudy.recorded',
  'consultation.posted',
  'ballotLink.issued',
  'ballotPin.issued',
  'ballot.taken',
  'voting.closed',
  'attendance.corrected',
  'tally.recorded',
  'tally.signed',
  'tally.countersigned',
  'shareholderDecision.signed',
  'result.posted',
]
const ofSeatsOnly: readonly MeetingEvent['type'][] = [
  'recusal.declared',
  'ballot.cast',
  'representation.recorded',
  'minutes.signed',
]

/** How far it is, by its name. */
export const standsAt = (meeting: MeetingState): Refused =>
  refuse('notOpen', { state: bothOf(meetingStates, stateOf(meeting)) })

/** The office somebody acts from, by its name; what the roster does not know stands as it was given. */
export const officeNamed = (roster: RosterState, id: OfficeId): string => {
  const kind = roster.offices.get(id)?.kind
  return kind === undefined ? id : officeNames([kind])
}

/** No meeting of the kind takes such an act. */
export const notThisKind = ({ kind }: Pick<MeetingState, 'kind'>): Refused =>
  refuse('notThisKind', { kind: bothOf(meetingKindNames, kind) })

/** `notThisKind` where no meeting of the kind ever takes such an act, `notOpen` where this one does not take it now. */
export function mayHappen({ meeting }: Sitting, type: MeetingEvent['type']): Refused | undefined {
  const wrong = isOfMembers(meeting.kind) ? ofSeatsOnly : ofMembersOnly
  if (wrong.includes(type)) return notThisKind(meeting)
  return accepts(meeting, type) ? undefined : standsAt(meeting)
}

/** A notice calls people to one day: not opened on it, the meeting is noticed again, with all its days (L1 Art 27). */
export function noticeLapsed({ deciding, meeting }: Sitting): boolean {
  const { notice } = meeting
  return notice !== undefined && dateAt(deciding.at) > dateAt(notice.heldAt)
}

/** The policy in force now. */
export function policyNow({ past, at }: Deciding): Policy | Refused {
  return policyOfVillage(past, ledgerOf(past), at) ?? refuse('policyMissing')
}

export interface Convoked {
  readonly kind: MeetingKind
  readonly organisation: OrganisationId
}

/** The kind of office that sits in such a meeting, or for members that presides over it. */
export function seatKindOf(roster: RosterState, { kind, organisation }: Convoked): OfficeKind {
  switch (kind) {
    case 'member':
    case 'delegate':
    case 'council':
      return 'councillor'
    case 'board':
      return 'director'
    case 'supervisors':
      return roster.organisations.get(organisation)?.kind === 'company'
        ? 'supervisor'
        : 'coopSupervisor'
  }
}

/** The seats of the organ that sits or presides, vacant ones too. */
export const organOf = (roster: RosterState, convoked: Convoked): readonly Office[] =>
  seats(roster, convoked.organisation, seatKindOf(roster, convoked))

/** Who presides (主持); one seat alone is the chair (law §1). */
export function chairOf(roster: RosterState, convoked: Convoked): Office | undefined {
  const organ = organOf(roster, convoked)
  return organ.length === 1 ? organ[0] : organ.find((office) => office.chair)
}

function isChair(roster: RosterState, by: By, convoked: Convoked): boolean {
  const chair = chairOf(roster, convoked)
  return chair?.id === by.office && chair.holder?.person === by.person
}

/** Who arranges a meeting: its chair, the cooperative's legal representative, or the clerk or head of a company of it. */
export function mustConvene(roster: RosterState, by: By, convoked: Convoked): Refused | undefined {
  const { kind, organisation } = convoked
  // the supervisors are not convened by those they supervise
  const arrangers: readonly OfficeKind[] =
    kind === 'supervisors'
      ? ['reportingClerk']
      : ['reportingClerk', 'companyHead', 'legalRepresentative']
  const at = roster.offices.get(by.office)?.organisation
  const there =
    at === organisation || (at !== undefined && cooperativeOf(roster, at)?.id === organisation)
  if ((there && holds(roster, by, arrangers)) || isChair(roster, by, convoked)) return undefined
  return refuse('officeNotHeld', {
    office: officeNames([seatKindOf(roster, convoked), ...arrangers]),
  })
}

/**
 * Who says that it is over: the chair; where the chair does not, any other officer of the organ who is there, and at a
 * meeting of members the organ that presides or the supervisor who watches. Nobody keeps a vote open by staying away.
 */
export function mustClose(sitting: Sitting): Refused | undefined {
  const { roster, by, meeting } = sitting
  if (isChair(roster, by, meeting) || mayCloseFor(sitting)) return undefined
  return refuse('officeNotHeld', { office: officeNames([seatKindOf(roster, meeting)]) })
}

function mayCloseFor({ roster, by, meeting }: Sitting): boolean {
  if (by.mandate !== undefined || holderOf(roster, by.office) !== by.person) return false
  if (!isOfMembers(meeting.kind)) return isThere(meeting, by)
  const presiding = organOf(roster, meeting).some(({ id }) => id === by.office)
  return presiding || rollOf(meeting).watcher === by.office
}

/** Sits there in person, for their own seat. */
const isThere = ({ present }: MeetingState, { office, person }: By): boolean => {
  const seat = present.get(office)
  return seat !== undefined && seat.method !== 'proxy' && seat.person === person
}

export function mustHold({ roster, by, meeting }: Sitting, kind: OfficeKind): Refused | undefined {
  if (holds(roster, by, [kind], meeting.organisation)) return undefined
  return refuse('officeNotHeld', { office: officeNames([kind]) })
}

/** The office somebody acts in is theirs, now and in person: who signs for what they saw is represented by nobody. */
export function mustHoldInPerson({ roster, by }: Sitting): Refused | undefined {
  return holderOf(roster, by.office) === by.person
    ? undefined
    : refuse('officeNotHeld', { office: officeNamed(roster, by.office) })
}

/** A teller, or who arranges the meeting for them. */
export function mustCount({ roster, by, meeting }: Sitting): Refused | undefined {
  const counts = holds(roster, by, ['teller'], meeting.organisation)
  return counts ? undefined : mustConvene(roster, by, meeting)
}

/** Who takes part is settled before a count is known: nobody is added to fit it. */
export const attendanceOver = ({ tallies, votingClosed }: MeetingState): Refused | undefined =>
  tallies.size > 0 || votingClosed ? refuse('attendanceClosed') : undefined

type ConvenedAs<K extends Convened['as']> = Extract<Convened, { as: K }>

/** The roll of an opened meeting of members. */
export function rollOf({ convened }: MeetingState): ConvenedAs<'members'> {
  if (convened?.as !== 'members') throw new Error('a meeting of members was not opened')
  return convened
}

/** The seats fixed when an organ's meeting opened. */
export function seatsOf({ convened }: MeetingState): ConvenedAs<'organ'>['seats'] {
  if (convened?.as !== 'organ') throw new Error("an organ's meeting was not opened")
  return convened.seats
}

/** The agenda items of these names, or `notFound` for the first that is not on the agenda. */
export function itemsNamed(
  { agenda }: MeetingState,
  names: readonly string[],
): readonly AgendaItem[] | Refused {
  const items = names.map((name) => agenda.find(({ item }) => item === name))
  const missing = items.indexOf(undefined)
  if (missing >= 0) return refuse('notFound', { what: names[missing] ?? '' })
  return items.filter((item) => item !== undefined)
}

/** The event, and what follows from it. */
export function decided(
  { stream }: Pick<Sitting, 'stream'>,
  event: MeetingEvent,
  {
    notes = [],
    policy,
  }: { readonly notes?: readonly EventDraft[]; readonly policy?: string | undefined } = {},
): Decision {
  return {
    events: [draft(NAME, stream, event), ...notes],
    ...(policy === undefined ? {} : { policy }),
  }
}

// What each event adds to the record of a meeting, beside the machine's snapshot. Pure: a state is never changed, only followed.
import type { Entry } from '../../../src/domain/entry.ts'
import type { OfficeId, PersonId } from '../../../src/domain/ids.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import type { MeetingEvent } from './events.ts'
import type { AttendanceSheet } from './forms.ts'
import type { MeetingState, Presence } from './fold.ts'

type EventOf<T extends MeetingEvent['type']> = Extract<MeetingEvent, { type: T }>
type Recorder<T extends MeetingEvent['type']> = (
  meeting: MeetingState,
  event: EventOf<T>,
  entry: Entry,
) => MeetingState

const unchanged = (meeting: MeetingState): MeetingState => meeting

/** A new event does not compile until it is said here. */
const recorders: { readonly [T in MeetingEvent['type']]: Recorder<T> } = {
  'meeting.planned': (_meeting, _event, entry) => {
    throw new CorruptHistory(entry, 'planned twice')
  },
  'prestudy.recorded': unchanged,
  'consultation.posted': (meeting, { body }, { at }) => ({
    ...meeting,
    consulted: posted(meeting.consulted, body.given.items, dateAt(at)),
  }),
  'meeting.noticed': (meeting, { body }) => ({ ...meeting, notice: body.given }),
  'meeting.opened': (meeting, { body }, { at, policy }) => ({
    ...meeting,
    convened: body.convened,
    openedOn: dateAt(at),
    ...(policy === undefined ? {} : { policy }),
  }),
  'attendance.recorded': (meeting, { body: { given } }, { by }) =>
    given.as === 'sheet'
      ? { ...meeting, members: signedIn(meeting.members, given) }
      : seated(meeting, by.office, { method: given.method, person: by.person }),
  'attendance.corrected': (meeting, { body: { given } }) => {
    const members = new Map(meeting.members)
    for (const person of given.persons) members.delete(person)
    return { ...meeting, members }
  },
  'ballotLink.issued': (meeting, { body: { given } }, { by }) => ({
    ...meeting,
    links: handed(meeting.links, given.persons, by.person),
  }),
  'ballotPin.issued': (meeting, { body: { given } }, { by }) => ({
    ...meeting,
    pins: handed(meeting.pins, given.persons, by.person),
  }),
  'ballot.taken': (meeting, _event, { by }) => ({
    ...meeting,
    members: new Map(meeting.members).set(by.person, { method: 'online' }),
  }),
  'voting.closed': (meeting) => ({ ...meeting, votingClosed: true }),
  'representation.recorded': (meeting, { body: { given, person } }, { by }) =>
    seated(meeting, given.office, {
      method: 'proxy',
      person,
      by: by.office,
      holder: by.person,
    }),
  'recusal.declared': (meeting, { body: { given } }, { by }) => {
    const grounds = given.items.map((item) => [item, given.ground] as const)
    return {
      ...meeting,
      minutes: new Map(),
      recusals: putIn(meeting.recusals, by.office, grounds),
    }
  },
  'ballot.cast': (meeting, { body }, { by }) => voted(meeting, body.given, by),
  'tally.recorded': (meeting, { body: { given } }) => {
    const { item, for: inFavour, against, abstain, paper, online, tellers } = given
    const count = { for: inFavour, against, abstain, paper, online, tellers, signed: [] }
    return { ...meeting, tallies: new Map(meeting.tallies).set(item, count) }
  },
  'tally.signed': (meeting, { body: { given } }, { by }) => {
    const tallies = new Map(meeting.tallies)
    for (const item of given.items) {
      const tally = tallies.get(item)
      if (tally !== undefined) tallies.set(item, { ...tally, signed: [...tally.signed, by.person] })
    }
    return { ...meeting, tallies }
  },
  'tally.countersigned': unchanged,
  'minutes.signed': (meeting, { body }, { by }) => ({
    ...meeting,
    minutes: new Map(meeting.minutes).set(by.office, body.given.minutes),
  }),
  'meeting.closed': (meeting, { body: { outcomes, postBy, signBy } }, { at }) => ({
    ...meeting,
    outcomes,
    closedOn: dateAt(at),
    ...(postBy === undefined ? {} : { postBy }),
    ...(signBy === undefined ? {} : { signBy }),
  }),
  'shareholderDecision.signed': (meeting, { body }) => ({
    ...meeting,
    signed: [...meeting.signed, ...body.given.items],
  }),
  'result.posted': unchanged,
  'meeting.adjourned': unchanged,
  'meeting.cancelled': unchanged,
}

/** The recorder of an event's own type: the table above pairs them. */
export function record<T extends MeetingEvent['type']>(
  meeting: MeetingState,
  event: EventOf<T>,
  entry: Entry,
): MeetingState {
  const recorder: Recorder<T> = recorders[event.type]
  return recorder(meeting, event, entry)
}

/** The first posting counts: posting again neither shortens nor lengthens what the members had. */
function posted(
  consulted: MeetingState['consulted'],
  items: readonly string[],
  on: LocalDate,
): MeetingState['consulted'] {
  const next = new Map(consulted)
  for (const item of items) if (!next.has(item)) next.set(item, on)
  return next
}

const seated = (meeting: MeetingState, office: OfficeId, presence: Presence): MeetingState => ({
  ...meeting,
  minutes: new Map(),
  present: new Map(meeting.present).set(office, presence),
})

function voted(
  meeting: MeetingState,
  { choices, seat }: Extract<MeetingEvent, { type: 'ballot.cast' }>['body']['given'],
  by: Entry['by'],
): MeetingState {
  const represented = seat === undefined ? undefined : meeting.present.get(seat)?.person
  const persons = represented === undefined ? [by.person] : [by.person, represented]
  const votes = choices.map(({ item, choice }) => [item, { persons, choice }] as const)
  return {
    ...meeting,
    minutes: new Map(),
    ballots: putIn(meeting.ballots, seat ?? by.office, votes),
  }
}

function signedIn(
  members: MeetingState['members'],
  { onSite, proxies }: AttendanceSheet,
): MeetingState['members'] {
  const next = new Map(members)
  for (const person of onSite) next.set(person, { method: 'onSite' })
  for (const { member, holder } of proxies?.held ?? [])
    next.set(member, { method: 'proxy', holder })
  return next
}

function handed(
  halves: MeetingState['links'],
  persons: readonly PersonId[],
  by: PersonId,
): MeetingState['links'] {
  const next = new Map(halves)
  for (const person of persons) next.set(person, by)
  return next
}

function putIn<V>(
  items: ReadonlyMap<string, ReadonlyMap<OfficeId, V>>,
  office: OfficeId,
  values: readonly (readonly [item: string, value: V])[],
): ReadonlyMap<string, ReadonlyMap<OfficeId, V>> {
  const next = new Map(items)
  for (const [item, value] of values) next.set(item, new Map(items.get(item)).set(office, value))
  return next
}

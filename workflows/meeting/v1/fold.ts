// meeting@1 folded: the machine's snapshot beside what the entries tell. Who took part stands here;
// who chose what, only for organs.
import type { SnapshotFrom } from 'xstate'
import type { Entry } from '../../../src/domain/entry.ts'
import type { AuthorityId, OfficeId, OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import type { Fold } from '../../../src/domain/store.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { stepper } from '../../step.ts'
import { CorruptHistory } from '../../workflow.ts'
import {
  type Choice,
  type Ground,
  type MeetingEvent,
  meetingEvents,
  type MeetingKind,
} from './events.ts'
import type { AgendaItem, AttendanceSheet, Convened, Outcome } from './forms.ts'
import { meetingMachine, type MeetingStep } from './machine.ts'
import type { Count } from './tally.ts'

export type MeetingSnapshot = SnapshotFrom<typeof meetingMachine>

export type Attendance =
  | { readonly method: 'onSite' | 'online' }
  | { readonly method: 'proxy'; readonly holder: PersonId }

export interface Vote {
  readonly person: PersonId
  readonly choice: Choice
}

export interface MeetingState {
  readonly snapshot: MeetingSnapshot
  readonly kind: MeetingKind
  readonly organisation: OrganisationId
  readonly title: string
  readonly planner: PersonId
  readonly agenda: readonly AgendaItem[]
  readonly reserved: readonly string[]
  /** Of the requests on the agenda: a request that fails gives back what it reserved. */
  readonly authorities: readonly AuthorityId[]
  /** Item → date its consultation was first posted. */
  readonly consulted: ReadonlyMap<string, LocalDate>
  readonly notice?: { readonly heldAt: Instant; readonly place: string; readonly online: boolean }
  readonly convened?: Convened
  readonly openedOn?: LocalDate
  /** The policy it was opened under. */
  readonly policy?: string
  /** Members who take part, themselves or by proxy. */
  readonly members: ReadonlyMap<PersonId, Attendance>
  /** Seats of an organ that take part, and who sat there. */
  readonly present: ReadonlyMap<OfficeId, PersonId>
  readonly recusals: ReadonlyMap<string, ReadonlyMap<OfficeId, Ground>>
  readonly ballots: ReadonlyMap<string, ReadonlyMap<OfficeId, Vote>>
  /** The last count of each item; a recount before the countersignature replaces it here, never in the ledger. */
  readonly tallies: ReadonlyMap<string, Count>
  readonly outcomes: readonly Outcome[]
  readonly closedOn?: LocalDate
  /** Items whose shareholder decision is signed. */
  readonly signed: readonly string[]
}

const machine = stepper(meetingMachine, { kind: 'board' })

/** Would the law take an event of this type now? */
export const accepts = (meeting: MeetingState, type: MeetingStep['type']): boolean =>
  machine.accepts(meeting.snapshot, { type })

export const stateOf = ({ snapshot }: MeetingState): string => snapshot.value

export const meetingFold: Fold<MeetingState | undefined> = {
  kind: 'meeting',
  initial: undefined,
  apply(meeting, entry) {
    const parsed = meetingEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const event = parsed.data
    if (meeting === undefined) {
      if (event.type !== 'meeting.planned') throw new CorruptHistory(entry, 'not planned first')
      return planned(event, entry)
    }
    if (!accepts(meeting, event.type))
      throw new CorruptHistory(entry, `not open in ${stateOf(meeting)}`)
    const snapshot = machine.step(meeting.snapshot, { type: event.type })
    return { ...recorded(meeting, event, entry), snapshot }
  },
}

type Planned = Extract<MeetingEvent, { type: 'meeting.planned' }>

function planned({ body: { given, reserved, authorities } }: Planned, { by }: Entry): MeetingState {
  const { kind, organisation, title, agenda } = given
  return {
    snapshot: machine.initial({ kind }),
    kind,
    organisation,
    title,
    planner: by.person,
    agenda,
    reserved,
    authorities,
    consulted: new Map(),
    members: new Map(),
    present: new Map(),
    recusals: new Map(),
    ballots: new Map(),
    tallies: new Map(),
    outcomes: [],
    signed: [],
  }
}

/** What an event adds to the record. Exhaustive: a new event does not compile until it is said here. */
function recorded(meeting: MeetingState, { type, body }: MeetingEvent, entry: Entry): MeetingState {
  const { at, by, policy } = entry
  switch (type) {
    case 'meeting.planned':
      throw new CorruptHistory(entry, 'planned twice')
    case 'prestudy.recorded':
    case 'tally.countersigned':
    case 'result.posted':
    case 'meeting.adjourned':
    case 'meeting.cancelled':
      return meeting
    case 'consultation.posted':
      return { ...meeting, consulted: posted(meeting.consulted, body.given.items, dateAt(at)) }
    case 'meeting.noticed':
      return { ...meeting, notice: body.given }
    case 'meeting.opened':
      return {
        ...meeting,
        convened: body.convened,
        openedOn: dateAt(at),
        ...(policy === undefined ? {} : { policy }),
      }
    case 'attendance.recorded':
      if (body.given.as === 'sheet')
        return { ...meeting, members: signedIn(meeting.members, body.given) }
      return { ...meeting, present: new Map(meeting.present).set(by.office, by.person) }
    case 'recusal.declared':
      return {
        ...meeting,
        recusals: putIn(
          meeting.recusals,
          by.office,
          body.given.items.map((item) => [item, body.given.ground]),
        ),
      }
    case 'ballot.cast':
      return {
        ...meeting,
        ballots: putIn(
          meeting.ballots,
          by.office,
          body.given.choices.map(({ item, choice }) => [item, { person: by.person, choice }]),
        ),
      }
    case 'tally.recorded': {
      const { item, for: inFavour, against, abstain } = body.given
      return {
        ...meeting,
        tallies: new Map(meeting.tallies).set(item, { for: inFavour, against, abstain }),
      }
    }
    case 'meeting.closed':
      return { ...meeting, outcomes: body.outcomes, closedOn: dateAt(at) }
    case 'shareholderDecision.signed':
      return { ...meeting, signed: [...meeting.signed, ...body.given.items] }
  }
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

function signedIn(
  members: MeetingState['members'],
  { onSite, online, proxies }: AttendanceSheet,
): MeetingState['members'] {
  const next = new Map(members)
  for (const person of onSite) next.set(person, { method: 'onSite' })
  for (const person of online) next.set(person, { method: 'online' })
  for (const { member, holder } of proxies?.held ?? [])
    next.set(member, { method: 'proxy', holder })
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

// meeting@1 folded: the machine's snapshot beside what the entries tell. Who took part stands here;
// who chose what, only for organs.
import type { SnapshotFrom } from 'xstate'
import type { Entry } from '../../../src/domain/entry.ts'
import type {
  AuthorityId,
  OfficeId,
  OrganisationId,
  PersonId,
  Sha256Hex,
} from '../../../src/domain/ids.ts'
import type { Fold } from '../../../src/domain/store.ts'
import type { Instant, LocalDate } from '../../../src/domain/time.ts'
import { stepper } from '../../step.ts'
import { CorruptHistory } from '../../workflow.ts'
import {
  type Choice,
  type Ground,
  type MeetingEvent,
  meetingEvents,
  type MeetingKind,
} from './events.ts'
import type { AgendaItem, Convened, MatterItem, Outcome } from './forms.ts'
import { meetingMachine, type MeetingStep } from './machine.ts'
import { record } from './record.ts'
import type { Count } from './tally.ts'

export type MeetingSnapshot = SnapshotFrom<typeof meetingMachine>

export type Attendance =
  | { readonly method: 'onSite' | 'online' }
  | { readonly method: 'proxy'; readonly holder: PersonId }

/** Who sits in a seat for this meeting: its holder, or for them another director of the board (law §7). */
export type Presence =
  | { readonly method: 'onSite' | 'online'; readonly person: PersonId }
  | {
      readonly method: 'proxy'
      /** The director who is represented. */
      readonly person: PersonId
      /** The seat of the one who came for them, and who sat in it. */
      readonly by: OfficeId
      readonly holder: PersonId
    }

export interface Vote {
  /** Who voted, and for whom where they represent another. */
  readonly persons: readonly PersonId[]
  readonly choice: Choice
}

/** A count, as the tellers brought it. */
export interface Tally extends Count {
  readonly paper: number
  readonly online: number
  readonly tellers: readonly PersonId[]
  /** Tellers who have signed for it. */
  readonly signed: readonly PersonId[]
}

export interface MeetingState {
  readonly snapshot: MeetingSnapshot
  /** When the present state was entered. */
  readonly since: Instant
  /** When it was planned. */
  readonly begunAt: Instant
  readonly kind: MeetingKind
  readonly organisation: OrganisationId
  readonly title: string
  readonly planner: PersonId
  /** The office that arranges it. */
  readonly arranger: OfficeId
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
  /** Who handed each member the link, and who the PIN, by which they can vote without an account; the last one counts. */
  readonly links: ReadonlyMap<PersonId, PersonId>
  readonly pins: ReadonlyMap<PersonId, PersonId>
  /** Nobody takes part any more, and nothing more goes into the ballot box. */
  readonly votingClosed: boolean
  /** Seats of an organ that take part, and who sat there. */
  readonly present: ReadonlyMap<OfficeId, Presence>
  /** Seats that have signed the minutes as they stand, and which; whatever is recorded later takes the signatures back. */
  readonly minutes: ReadonlyMap<OfficeId, Sha256Hex>
  readonly recusals: ReadonlyMap<string, ReadonlyMap<OfficeId, Ground>>
  readonly ballots: ReadonlyMap<string, ReadonlyMap<OfficeId, Vote>>
  /** The last count of each item; a recount before the countersignature replaces it here, never in the ledger. */
  readonly tallies: ReadonlyMap<string, Tally>
  readonly outcomes: readonly Outcome[]
  readonly closedOn?: LocalDate
  /** Last days to post the result, and to sign for the shareholder. */
  readonly postBy?: LocalDate
  readonly signBy?: LocalDate
  /** Items whose shareholder decision is signed. */
  readonly signed: readonly string[]
}

const machine = stepper(meetingMachine, { kind: 'board' })

/** Would the law take an event of this type now? */
export const accepts = (meeting: MeetingState, type: MeetingStep['type']): boolean =>
  machine.accepts(meeting.snapshot, { type })

export const stateOf = ({ snapshot }: MeetingState): string => snapshot.value

export const isOnline = ({ method }: Attendance): boolean => method === 'online'

/** Does any member take part online? */
export const anyOnline = ({ members }: MeetingState): boolean =>
  [...members.values()].some(isOnline)

/** The first item whose count a teller has not signed for. */
export const unsignedTally = ({ tallies }: MeetingState): string | undefined =>
  [...tallies].find(([, { signed, tellers }]) =>
    tellers.some((teller) => !signed.includes(teller)),
  )?.[0]

/** An item that is no request, where it was passed: what it put to the vote may be entered. */
export function passedMatter(
  { agenda, outcomes }: MeetingState,
  name: string,
): MatterItem | undefined {
  const item = agenda.find((one) => one.item === name)
  const passed = outcomes.some((one) => one.item === name && one.outcome === 'passed')
  return item === undefined || 'request' in item || !passed ? undefined : item
}

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
    const since = snapshot.value === meeting.snapshot.value ? meeting.since : entry.at
    return { ...record(meeting, event, entry), snapshot, since }
  },
}

type Planned = Extract<MeetingEvent, { type: 'meeting.planned' }>

function planned(
  { body: { given, reserved, authorities } }: Planned,
  { at, by }: Entry,
): MeetingState {
  const { kind, organisation, title, agenda } = given
  return {
    snapshot: machine.initial({ kind }),
    since: at,
    begunAt: at,
    kind,
    organisation,
    title,
    planner: by.person,
    arranger: by.office,
    agenda,
    reserved,
    authorities,
    consulted: new Map(),
    members: new Map(),
    links: new Map(),
    pins: new Map(),
    votingClosed: false,
    present: new Map(),
    minutes: new Map(),
    recusals: new Map(),
    ballots: new Map(),
    tallies: new Map(),
    outcomes: [],
    signed: [],
  }
}

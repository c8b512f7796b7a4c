// What if, for authorities: which of those that an organ decided would have been beyond it under a proposed policy, and which
// the township would have had to file, or not (law 4.1, 8.5).
import { partsOf, reaches } from '../../workflows/authority/v1/counted.ts'
import { authorityEvents } from '../../workflows/authority/v1/events.ts'
import { authorityFold, type AuthorityState } from '../../workflows/authority/v1/fold.ts'
import { meetingFold, type MeetingState } from '../../workflows/meeting/v1/fold.ts'
import { isOfMembers } from '../../workflows/meeting/v1/machine.ts'
import type { Entry } from '../domain/entry.ts'
import {
  type AuthorityId,
  authorityIdSchema,
  meetingStream,
  type OrganisationId,
  type Origin,
  streamKind,
  type StreamId,
} from '../domain/ids.ts'
import type { Money } from '../domain/money.ts'
import type { PolicyValues } from '../domain/policy.ts'
import { dateAt, type LocalDate } from '../domain/time.ts'
import type { FactMemory } from './facts.ts'
import { authorityRows } from './projections/authority.ts'

/** `beyondMeeting`: only the members could have decided it. */
export type AuthorityChange = 'beyondMeeting' | 'filingGained' | 'filingLost'

export interface ChangedAuthority {
  readonly ledger: Origin
  readonly authority: AuthorityId
  readonly company: OrganisationId
  readonly title: string
  readonly ceiling: Money
  readonly enteredOn: LocalDate
  readonly changes: readonly AuthorityChange[]
}

interface Watched {
  readonly ledger: Origin
  readonly memory: FactMemory
}

/** The authorities of one ledger, told entry by entry. */
export class AuthoritiesCompared {
  readonly #of: Watched
  readonly #meetings = new Map<StreamId, MeetingState>()
  readonly #states = new Map<StreamId, AuthorityState>()
  readonly found: ChangedAuthority[] = []

  constructor(of: Watched) {
    this.#of = of
  }

  /** `valuesThen`: the proposed policy with the village's own rule of that day. */
  take(entry: Entry, valuesThen: () => PolicyValues): void {
    const { stream } = entry
    const kind = streamKind(stream)
    if (kind === 'meeting') {
      const meeting = meetingFold.apply(this.#meetings.get(stream), entry)
      if (meeting !== undefined) this.#meetings.set(stream, meeting)
    }
    if (kind !== 'authority') return
    if (entry.type === 'authority.approved') this.#approved(entry, valuesThen())
    const state = authorityFold.apply(this.#states.get(stream), entry)
    if (state === undefined) return
    this.#states.set(stream, state)
    this.#of.memory.replace(stream, authorityRows(idOf(stream), state))
  }

  #approved({ at, body, stream, type }: Entry, values: PolicyValues): void {
    const event = authorityEvents.parse({ type, body })
    if (event.type !== 'authority.approved') return
    const { given, filing } = event.body
    if (given.ground.type === 'paper') return
    const { ledger, memory } = this.#of
    const { company, payees, title, ceiling, ground } = given
    const [id, on] = [idOf(stream), dateAt(at)]
    const { keys } = memory.payeesOf(payees)
    const ceilings = memory.traces.ceilings({ company, payees, on, except: id }, keys)
    const meeting = this.#meetings.get(meetingStream(ground.meeting))
    const parts = partsOf(given, { id, meeting, facts: { ceilings } })
    const byMembers = meeting !== undefined && isOfMembers(meeting.kind)
    const would = reaches(parts, values['tier.largeFrom']) ? 'due' : 'notDue'
    const changes: AuthorityChange[] = []
    if (!byMembers && reaches(parts, values['tier.majorFrom'])) changes.push('beyondMeeting')
    if (would !== filing) changes.push(would === 'due' ? 'filingGained' : 'filingLost')
    if (changes.length === 0) return
    this.found.push({ ledger, authority: id, company, title, ceiling, enteredOn: on, changes })
  }
}

const idOf = (stream: StreamId): AuthorityId =>
  authorityIdSchema.parse(stream.slice('authority/'.length))

// How simulated people act: under their own name and office, through the one way in, and counted when they are told no.
import type { By } from '../../domain/entry.ts'
import {
  meetingStream,
  type OfficeId,
  type OrganisationId,
  type Origin,
  type PersonId,
  type StreamId,
} from '../../domain/ids.ts'
import type { Desk, OfficeKind } from '../../domain/office.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { Outcome } from '../../domain/store.ts'
import { dateAt, type Instant, instantOf, type LocalDate } from '../../domain/time.ts'
import { onDay } from '../../../workflows/roster/v1/day.ts'
import {
  type Office,
  officesOf,
  type RosterState,
  seats,
} from '../../../workflows/roster/v1/fold.ts'
import type { Ballot } from '../cast-ballot.ts'
import type { Counting } from '../count-ballots.ts'
import type { Cases } from './cases.ts'
import type { Hands } from './hands.ts'
import type { DemoSources } from './sources.ts'
import type { Watch } from './watch.ts'

export interface Act {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly type: string
  readonly by: By
  readonly input: unknown
  /** Tried on in the knowledge, or against it, that it may be refused. */
  readonly daring?: true
}

/** An act that was refused though nobody meant to try it on: a fault of the simulation, or of the law. */
export interface Surprise {
  readonly act: string
  readonly stream: StreamId
  readonly code: RefusalCode
}

const AUTH = 'simulated'
/** Acts in one village that share a transaction: so many people press a button within the same few minutes. */
const AT_ONCE = 8
const PAUSE_SECONDS = [40, 400] as const

interface Moment {
  readonly ms: number
  readonly now: Instant
  readonly today: LocalDate
}

export class Stage {
  readonly sources: DemoSources
  readonly watch: Watch
  readonly cases: Cases
  readonly township: Origin
  readonly villages: readonly Origin[]
  /** Every refusal there was, by code. */
  readonly refused = new Map<RefusalCode, number>()
  readonly surprises: Surprise[] = []
  readonly #hands: Hands
  readonly #pauses
  #last: Moment | undefined

  constructor(
    hands: Hands,
    {
      sources,
      watch,
      cases,
      township,
      villages,
    }: {
      readonly sources: DemoSources
      readonly watch: Watch
      readonly cases: Cases
      readonly township: Origin
      readonly villages: readonly Origin[]
    },
  ) {
    this.#hands = hands
    this.sources = sources
    this.watch = watch
    this.cases = cases
    this.township = township
    this.villages = villages
    this.#pauses = sources.random.of('pauses')
  }

  /** One act; unless it is daring, it is expected to succeed. */
  async act(act: Act): Promise<boolean> {
    const outcome = await this.attempt(act)
    return act.daring === true ? 'receipt' in outcome : this.#expected(act, outcome)
  }

  #expected({ type, stream }: Pick<Act, 'type' | 'stream'>, outcome: Outcome): boolean {
    if ('receipt' in outcome) return true
    this.surprises.push({ act: type, stream, code: outcome.refused.code })
    return false
  }

  /** A member votes online: the ledger and the ballot box. */
  async castBallot(ballot: Omit<Ballot, 'id' | 'auth'>): Promise<boolean> {
    const id = this.sources.mint.command()
    const outcome = await this.#hands.castBallot({ ...ballot, id, auth: AUTH })
    return this.#expected({ type: 'ballot.take', stream: meetingStream(ballot.meeting) }, outcome)
  }

  /** The paper ballots of an item with what lies in the ballot box. */
  async countBallots(counting: Omit<Counting, 'id'>): Promise<boolean> {
    const id = this.sources.mint.command()
    const outcome = await this.#hands.countBallots({ ...counting, id })
    return this.#expected(
      { type: 'tally.record', stream: meetingStream(counting.meeting) },
      outcome,
    )
  }

  /** One act that may well be refused. */
  async attempt(act: Act, id = this.sources.mint.command()): Promise<Outcome> {
    const { daring: _daring, ...command } = act
    const outcome = await this.#hands.perform({ id, ...command })
    if ('refused' in outcome) {
      const { code } = outcome.refused
      this.refused.set(code, (this.refused.get(code) ?? 0) + 1)
    }
    return outcome
  }

  /** Acts on different things, village by village, with minutes in between. */
  async actAll(acts: readonly Act[]): Promise<void> {
    for (const ledger of this.villages) {
      const here = acts.filter((act) => act.ledger === ledger)
      for (let from = 0; from < here.length; from += AT_ONCE) {
        this.pause()
        await this.together(here.slice(from, from + AT_ONCE))
      }
    }
  }

  /** Acts in one room: one after the other in this order, at one moment. */
  async together(acts: readonly Act[]): Promise<void> {
    await Promise.all(acts.map((act) => this.act(act)))
  }

  pause(): void {
    this.sources.clock.pass(this.#pauses.between(...PAUSE_SECONDS))
  }

  /** Who holds office and who represents whom today. */
  roster(ledger: Origin): RosterState {
    return onDay(this.watch.roster(ledger), this.today)
  }

  /** The person in an office of the village, acting in it; undefined while it is vacant. */
  holder(ledger: Origin, office: OfficeId): By | undefined {
    const [here, there] = [this.roster(ledger), this.roster(this.township)]
    return byOf(here.offices.get(office) ?? there.offices.get(office))
  }

  /** All who hold such an office of an organisation, the chair first. */
  holders(ledger: Origin, organisation: OrganisationId, kind: OfficeKind): readonly By[] {
    return actors(seats(this.roster(ledger), organisation, kind))
  }

  inTownship(kind: OfficeKind): readonly By[] {
    const { offices } = this.roster(this.township)
    return actors([...offices.values()].filter((office) => office.kind === kind))
  }

  /** Asia/Shanghai. */
  get today(): LocalDate {
    return this.#moment().today
  }

  get now(): Instant {
    return this.#moment().now
  }

  /** Asked by everybody about everything, and the same until the clock is moved. */
  #moment(): Moment {
    const ms = this.sources.clock.read()
    if (this.#last?.ms !== ms) {
      const now = instantOf(ms)
      this.#last = { ms, now, today: dateAt(now) }
    }
    return this.#last
  }

  /** A named person, in the first office they hold in the village. */
  person(ledger: Origin, person: PersonId): By | undefined {
    const [office] = officesOf(this.roster(ledger), person)
    return byOf(office)
  }

  /** Everybody who may answer at a desk: an office, any holder of a kind, or a person by name. */
  atDesk(ledger: Origin, desk: Desk): readonly By[] {
    const [place = '', kind] = desk.split('/')
    if (kind !== undefined) {
      if (place === 'township') return this.inTownship(kind as OfficeKind)
      return this.holders(ledger, place as OrganisationId, kind as OfficeKind)
    }
    const by = place.startsWith('p_')
      ? this.person(ledger, place as PersonId)
      : this.holder(ledger, place as OfficeId)
    return by === undefined ? [] : [by]
  }
}

function byOf(office: Office | undefined): By | undefined {
  if (office?.holder === undefined) return undefined
  return { auth: AUTH, office: office.id, person: office.holder.person }
}

const actors = (offices: readonly Office[]): readonly By[] =>
  [...offices.filter(({ chair }) => chair), ...offices.filter(({ chair }) => !chair)].flatMap(
    (office) => byOf(office) ?? [],
  )

// How simulated people act: under their own name and office, through the one way in, and counted when they are told no.
import type { By } from '../../domain/entry.ts'
import type { OfficeId, OrganisationId, Origin, PersonId, StreamId } from '../../domain/ids.ts'
import type { Desk, OfficeKind } from '../../domain/office.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { Outcome } from '../../domain/store.ts'
import { dateAt, type Instant, instantOf, type LocalDate } from '../../domain/time.ts'
import { type Office, officesOf, seats } from '../../../workflows/roster/v1/fold.ts'
import { type Context, perform } from '../perform.ts'
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

export class Stage {
  readonly sources: DemoSources
  readonly watch: Watch
  readonly township: Origin
  readonly villages: readonly Origin[]
  /** Every refusal there was, by code. */
  readonly refused = new Map<RefusalCode, number>()
  readonly surprises: Surprise[] = []
  readonly #context: Context
  readonly #pauses

  constructor(
    context: Context,
    {
      sources,
      watch,
      township,
      villages,
    }: {
      readonly sources: DemoSources
      readonly watch: Watch
      readonly township: Origin
      readonly villages: readonly Origin[]
    },
  ) {
    this.#context = context
    this.sources = sources
    this.watch = watch
    this.township = township
    this.villages = villages
    this.#pauses = sources.random.of('pauses')
  }

  /** One act; unless it is daring, it is expected to succeed. */
  async act(act: Act): Promise<boolean> {
    const outcome = await this.attempt(act)
    if ('receipt' in outcome) return true
    const { type, stream, daring } = act
    if (daring !== true) this.surprises.push({ act: type, stream, code: outcome.refused.code })
    return false
  }

  /** One act that may well be refused. */
  async attempt(act: Act, id = this.sources.mint.command()): Promise<Outcome> {
    const { daring: _daring, ...command } = act
    const outcome = await perform(this.#context, { id, ...command })
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

  /** The person in an office of the village, acting in it; undefined while it is vacant. */
  holder(ledger: Origin, office: OfficeId): By | undefined {
    return byOf(this.watch.roster(ledger).offices.get(office))
  }

  /** All who hold such an office of an organisation, the chair first. */
  holders(ledger: Origin, organisation: OrganisationId, kind: OfficeKind): readonly By[] {
    return actors(seats(this.watch.roster(ledger), organisation, kind))
  }

  inTownship(kind: OfficeKind): readonly By[] {
    const { offices } = this.watch.roster(this.township)
    return actors([...offices.values()].filter((office) => office.kind === kind))
  }

  /** Asia/Shanghai. */
  get today(): LocalDate {
    return dateAt(this.now)
  }

  get now(): Instant {
    return instantOf(this.sources.clock.read())
  }

  /** A named person, in the first office they hold in the village. */
  person(ledger: Origin, person: PersonId): By | undefined {
    const [office] = officesOf(this.watch.roster(ledger), person)
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

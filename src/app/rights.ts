// Who may see what, and in which offices a person stands now: the rosters of all ledgers, folded once, kept in memory and
// carried on after every commit on one of them, whichever process made it. What a person may do is decided by the law alone;
// this only says what they see and which office they could act in.
import { ledgerFold, ledgerStream, type LedgerState } from '../../workflows/ledger/v1/fold.ts'
import { onDay } from '../../workflows/roster/v1/day.ts'
import {
  type Office,
  rosterFold,
  type RosterState,
  rosterStream,
} from '../../workflows/roster/v1/fold.ts'
import { enrolmentOffices, type Standing, type Standings } from '../domain/account-standing.ts'
import type { MandateId, OfficeId, OrganisationId, Origin, PersonId } from '../domain/ids.ts'
import { type OfficeKind, officeKinds } from '../domain/office.ts'
import type { Store } from '../domain/store.ts'
import { dateAt, instantOf, type LocalDate } from '../domain/time.ts'
import type { LedgerWatch } from './read/port.ts'

/** An office somebody holds now, or stands in for by a mandate in force. */
export interface HeldOffice {
  readonly office: OfficeId
  readonly kind: OfficeKind
  readonly organisation: OrganisationId
  /** Whose roster it stands in. */
  readonly ledger: Origin
  readonly mandate?: MandateId
}

/** What the rosters say of one person on one day. */
export interface PersonRights {
  readonly offices: readonly HeldOffice[]
  /** Villages on whose roll they stand. */
  readonly memberOf: readonly Origin[]
  /** Villages whose matters they may see: by an office there, as a member, or by an office of the township over them. */
  readonly sees: ReadonlySet<Origin>
  /** Townships of which they hold an office. */
  readonly townships: readonly Origin[]
}

/** One ledger as it names itself, with its roster. */
export interface KnownLedger {
  readonly origin: Origin
  readonly kind: LedgerState['kind']
  readonly name: string
  readonly code: string
  /** Villages only. */
  readonly township?: Origin
  readonly roster: RosterState
}

interface Kept {
  readonly ledger: LedgerState
  readonly roster: RosterState
  /** Of the newest roster entry folded. */
  readonly revision: number
}

export interface RightsSources {
  readonly store: Pick<Store, 'read'>
  /** Every ledger there is, and whether anything was committed since. */
  readonly watch: Pick<LedgerWatch, 'version' | 'sizes'>
  /** Milliseconds since 1970: offices and mandates end by the calendar. */
  readonly clock: () => number
}

export class Rights implements Standings {
  readonly #sources: RightsSources
  readonly #kept = new Map<Origin, Kept>()
  /** Ledgers whose roster has ever named a person: looked into again each time. */
  readonly #named = new Map<PersonId, Set<Origin>>()
  readonly #answers = new Map<PersonId, PersonRights>()
  #day: LocalDate | undefined
  #refreshing: Promise<void> = Promise.resolve()
  /** As it was when the ledgers were last looked at, and how long each was; undefined after a look that failed. */
  #version: number | undefined
  readonly #sizes = new Map<Origin, number>()

  /** Folds every roster once. */
  static async open(sources: RightsSources): Promise<Rights> {
    const rights = new Rights(sources)
    await rights.refresh()
    return rights
  }

  private constructor(sources: RightsSources) {
    this.#sources = sources
  }

  /** Takes up what was recorded since, if anything was: asked before every call, and answered in microseconds. */
  upToDate(): Promise<void> {
    return this.#sources.watch.version() === this.#version ? this.#refreshing : this.refresh()
  }

  /** Takes up what was recorded since; one refresh after another. */
  refresh(): Promise<void> {
    const run = (): Promise<void> => this.#refresh()
    this.#refreshing = this.#refreshing.then(run, run)
    return this.#refreshing
  }

  async #refresh(): Promise<void> {
    const { watch } = this.#sources
    // asked first: what is committed while we read shows in the next version
    const version = watch.version()
    if (version === this.#version) return
    this.#version = undefined
    for (const [origin, size] of watch.sizes()) {
      if (this.#sizes.get(origin) === size) continue
      await this.#read(origin)
      this.#sizes.set(origin, size)
    }
    this.#version = version
  }

  async #read(origin: Origin): Promise<void> {
    const { store } = this.#sources
    const before = this.#kept.get(origin)
    let ledger = ledgerFold.initial
    for (const entry of await store.read(origin, ledgerStream))
      ledger = ledgerFold.apply(ledger, entry)
    let roster = before?.roster ?? rosterFold.initial
    let revision = before?.revision ?? -1
    for (const entry of await store.read(origin, rosterStream, revision)) {
      roster = rosterFold.apply(roster, entry)
      revision = entry.revision
    }
    this.#kept.set(origin, { ledger, roster, revision })
    if (revision !== before?.revision) this.#name(origin, roster)
    if (revision !== before?.revision || ledger.sealed !== before.ledger.sealed)
      this.#answers.clear()
  }

  #name(origin: Origin, { offices, members, mandates }: RosterState): void {
    const persons = [
      ...[...offices.values()].flatMap(({ holder }) =>
        holder === undefined ? [] : [holder.person],
      ),
      ...members.keys(),
      ...[...mandates.values()].map(({ deputy }) => deputy),
    ]
    for (const person of persons) {
      const known = this.#named.get(person)
      if (known === undefined) this.#named.set(person, new Set([origin]))
      else known.add(origin)
    }
  }

  /** What a person may see and act in, today. */
  of(person: PersonId): PersonRights {
    const today = this.today()
    if (today !== this.#day) {
      this.#answers.clear()
      this.#day = today
    }
    const known = this.#answers.get(person)
    if (known !== undefined) return known
    const made = this.#rightsOf(person, today)
    this.#answers.set(person, made)
    return made
  }

  #rightsOf(person: PersonId, today: LocalDate): PersonRights {
    const where = [...(this.#named.get(person) ?? [])].filter((one) => !this.#succeeded(one))
    const offices = where.flatMap((ledger) =>
      actedIn(this.#rosterOn(ledger, today), person).map((office) => ({ ...office, ledger })),
    )
    const memberOf = where.filter(
      (ledger) => this.#kept.get(ledger)?.roster.members.has(person) === true,
    )
    const townships = [
      ...new Set(offices.map(({ ledger }) => ledger).filter((one) => this.#isTownship(one))),
    ]
    const below = [...this.#kept].flatMap(([origin, { ledger }]) =>
      ledger.township !== undefined && townships.includes(ledger.township) ? [origin] : [],
    )
    const own = offices.map(({ ledger }) => ledger).filter((one) => !this.#isTownship(one))
    const now = new Set([...own, ...memberOf, ...below].filter((one) => !this.#succeeded(one)))
    return { offices, memberOf, townships, sees: new Set([...now, ...this.#mergedInto(now)]) }
  }

  /** Sealed, and carried on by another ledger here: its roster stands still, and makes nobody anything any more. */
  #succeeded(origin: Origin): boolean {
    const successor = this.#kept.get(origin)?.ledger.successor
    return successor !== undefined && this.#kept.has(successor)
  }

  /** Villages that were merged into those: whoever sees the one sees its past. An older epoch goes by the code of the newer. */
  #mergedInto(seen: ReadonlySet<Origin>): readonly Origin[] {
    const codeOf = (origin: Origin) => this.#kept.get(origin)?.ledger.code
    return [...this.#kept.keys()].filter((origin) => {
      const last = this.#lastOf(origin)
      return last !== origin && seen.has(last) && codeOf(last) !== codeOf(origin)
    })
  }

  /** The ledger that carries it on now; itself where none does. */
  #lastOf(origin: Origin): Origin {
    let last = origin
    // who writes a genesis decides the successor: a ring of them must not hold us for ever
    for (const _ of this.#kept) {
      const { successor } = this.#kept.get(last)?.ledger ?? {}
      if (successor === undefined || !this.#kept.has(successor)) return last
      last = successor
    }
    return last
  }

  #isTownship(origin: Origin): boolean {
    return this.#kept.get(origin)?.ledger.kind === 'township'
  }

  #rosterOn(origin: Origin, on: LocalDate): RosterState {
    return onDay(this.#kept.get(origin)?.roster ?? rosterFold.initial, on)
  }

  /** The day it is where the law is kept. */
  today(): LocalDate {
    return dateAt(instantOf(this.#sources.clock()))
  }

  ledger(origin: Origin): KnownLedger | undefined {
    const kept = this.#kept.get(origin)
    return kept === undefined ? undefined : knownAs(origin, kept)
  }

  ledgers(): readonly KnownLedger[] {
    return [...this.#kept].map(([origin, kept]) => knownAs(origin, kept))
  }

  /** The ledger of a division code, its present epoch. */
  byCode(code: string): KnownLedger | undefined {
    const all = this.ledgers().filter((one) => one.code === code)
    return all.find(({ origin }) => this.#kept.get(origin)?.ledger.sealed === false) ?? all.at(-1)
  }

  /** The ledger whose files lie below a path: every epoch has its own, for a tile never changes. */
  byPath(path: string): KnownLedger | undefined {
    const origin = [...this.#kept.keys()].find((one) => pathOf(one) === path)
    return origin === undefined ? undefined : this.ledger(origin)
  }

  mustEnrol(person: PersonId): boolean {
    return this.of(person).offices.some(({ kind }) => enrolmentOffices.includes(kind))
  }

  standingOf(person: PersonId): Standing {
    const { offices } = this.of(person)
    const where = [...(this.#named.get(person) ?? [])]
    return {
      offices: offices.map(({ kind, ledger, mandate }) => ({
        kind,
        township: this.#townshipOf(ledger),
        ...(mandate === undefined ? {} : { byMandate: true as const }),
      })),
      townships: [...new Set(where.map((ledger) => this.#townshipOf(ledger)))],
    }
  }

  #townshipOf(ledger: Origin): Origin {
    return this.#kept.get(ledger)?.ledger.township ?? ledger
  }
}

/** Where a ledger's files lie: its origin without the domain. */
export const pathOf = (origin: Origin): string => origin.slice(origin.indexOf('/') + 1)

const knownAs = (origin: Origin, { ledger, roster }: Kept): KnownLedger => {
  const { kind, name, code, township } = ledger
  return { origin, kind, name, code, roster, ...(township === undefined ? {} : { township }) }
}

/** Offices held, and those stood in for: `roster` is that of the day. */
function actedIn(roster: RosterState, person: PersonId): readonly Omit<HeldOffice, 'ledger'>[] {
  const own = [...roster.offices.values()].filter(({ holder }) => holder?.person === person)
  const stoodIn = [...roster.mandates.values()].flatMap(({ id, office, deputy }) => {
    const found = deputy === person ? roster.offices.get(office) : undefined
    return found === undefined ? [] : [{ ...named(found), mandate: id }]
  })
  return [...own.map(named), ...stoodIn]
}

const named = ({ id, kind, organisation }: Office) => ({ office: id, kind, organisation })

/** Desks at which an office finds its tasks; those of the township go by kind alone. */
export const desksOf = ({ office, kind, organisation }: HeldOffice): readonly string[] => [
  office,
  `${organisation}/${kind}`,
  ...(officeKinds[kind].of === 'township' ? [`township/${kind}`] : []),
]

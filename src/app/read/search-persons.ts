// Persons by name. Names are in the vault, encrypted, a key each, so no table can be searched by them, and none is to be:
// who looks for a name has the names of a ledger's roster opened into memory, once for as long as that roster stands.
// Nothing of it is written anywhere, and a hit is opened again before it is shown, so that who was erased is found no more.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { OfficeKind } from '../../domain/office.ts'
import { type Needle, plainWords } from '../../domain/grams.ts'
import type { Origin, PersonId } from '../../domain/ids.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import type { KnownLedger } from '../rights.ts'
import type { PersonNames } from './names.ts'

export interface PersonHit {
  readonly ledger: Origin
  readonly person: PersonId
  readonly name: string
  /** What they hold there; none for a member. */
  readonly offices: readonly OfficeKind[]
}

export interface PersonsWanted {
  readonly needles: readonly Needle[]
  /** Ledgers of which members are found too. */
  readonly rolls: ReadonlySet<Origin>
  readonly most: number
}

interface Opened {
  /** The very roster it was made from: another state is another object. */
  readonly roster: RosterState
  readonly people: readonly { readonly person: PersonId; readonly plain: string }[]
}

/** Rosters kept open: those searched last. A name takes some 50 bytes, a village some thousand names. */
const KEPT = 200
/** Opening a name costs some 20 microseconds: others have their turn in between. */
const AT_ONCE = 200

export class PersonIndex {
  readonly #names: PersonNames
  readonly #opened = new Map<Origin, Opened>()

  constructor(names: PersonNames) {
    this.#names = names
  }

  async find(
    ledgers: readonly KnownLedger[],
    { needles, rolls, most }: PersonsWanted,
  ): Promise<readonly PersonHit[]> {
    const hits: PersonHit[] = []
    if (needles.length === 0) return hits
    for (const { origin, roster } of ledgers) {
      const { people } = await this.#open(origin, roster)
      for (const { person, plain } of people) {
        if (hits.length === most) return hits
        if (!needles.every(({ word }) => plain.includes(word))) continue
        const offices = officesOf(roster, person)
        if (offices.length === 0 && !rolls.has(origin)) continue
        const name = this.#names(person)
        if (name === undefined) this.#opened.delete(origin)
        else hits.push({ ledger: origin, person, name, offices })
      }
    }
    return hits
  }

  async #open(origin: Origin, roster: RosterState): Promise<Opened> {
    const known = this.#opened.get(origin)
    if (known?.roster === roster) return this.#keep(origin, known)
    const people: { person: PersonId; plain: string }[] = []
    let done = 0
    for (const person of personsOf(roster)) {
      if (done++ % AT_ONCE === AT_ONCE - 1) await nextTurn()
      const name = this.#names(person)
      if (name !== undefined) people.push({ person, plain: plainWords(name) })
    }
    return this.#keep(origin, { roster, people })
  }

  #keep(origin: Origin, opened: Opened): Opened {
    this.#opened.delete(origin)
    this.#opened.set(origin, opened)
    const [oldest] = this.#opened.keys()
    if (this.#opened.size > KEPT && oldest !== undefined) this.#opened.delete(oldest)
    return opened
  }
}

/** Holders of offices before members. */
const personsOf = ({ offices, members }: RosterState): ReadonlySet<PersonId> =>
  new Set([
    ...[...offices.values()].flatMap(({ holder }) => (holder === undefined ? [] : [holder.person])),
    ...members.keys(),
  ])

const officesOf = ({ offices }: RosterState, person: PersonId): readonly OfficeKind[] =>
  [...offices.values()].flatMap(({ holder, kind }) => (holder?.person === person ? [kind] : []))

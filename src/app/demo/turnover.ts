// Who holds office changes: a cashier leaves, the post stays empty for days and holds up what waits there, a successor comes
// for a term, the term ends by the calendar, and another comes (law 1.10, 1.12). Delegates are elected in one village.
import { nearRelatives, officesOf } from '../../../workflows/roster/v1/fold.ts'
import { roll } from '../../../workflows/roster/v1/roll.ts'
import { clashOf } from '../../../workflows/roster/v1/rules.ts'
import type { OfficeId, Origin, PersonId } from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import { type Firm, firmsOf } from './meetings.ts'

const day = (text: string): LocalDate => text as LocalDate

/** The cashier of the first village's company. */
const LEAVES = day('2025-03-10')
const SUCCESSORS: readonly { readonly on: LocalDate; readonly to: LocalDate }[] = [
  { on: day('2025-03-18'), to: day('2025-09-30') },
  { on: day('2025-10-16'), to: day('2026-06-30') },
]
/** More than twenty make a delegate meeting (L1 Art 28). */
const ELECTED = day('2025-08-18')
const DELEGATES = 25

export class Turnover {
  readonly #stage: Stage
  /** Found at the start: while it is vacant no holder names it. */
  #office: OfficeId | undefined
  #left = false
  #filled = 0
  #elected = false

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async work(): Promise<void> {
    const [first, second] = firmsOf(this.#stage)
    if (first !== undefined) await this.#cashier(first)
    if (second !== undefined && !this.#elected && this.#stage.today >= ELECTED)
      await this.#elect(second)
  }

  async #cashier({ ledger, company }: Firm): Promise<void> {
    const { today } = this.#stage
    const [holder] = this.#stage.holders(ledger, company, 'cashier')
    this.#office ??= holder?.office
    const office = this.#office
    if (office === undefined) return
    if (!this.#left) {
      if (today < LEAVES) return
      this.#left = true
      return this.#keep(ledger, 'office.vacate', { office, reason: '本人辞职，另行选任' })
    }
    const next = SUCCESSORS[this.#filled]
    if (next === undefined || today < next.on || holder !== undefined) return
    const person = this.#candidate(ledger, office)
    if (person === undefined) return
    this.#filled += 1
    const basis = '董事会聘任决定'
    await this.#keep(ledger, 'office.appoint', { office, person, from: today, to: next.to, basis })
  }

  /** A member who holds no office, is nobody's near relative, and may sit there. */
  #candidate(ledger: Origin, id: OfficeId): PersonId | undefined {
    const roster = this.#stage.roster(ledger)
    const office = roster.offices.get(id)
    if (office === undefined) return undefined
    const { members } = roll(roster, { on: this.#stage.today })
    const random = this.#stage.sources.random.of('successor', id, this.#filled)
    return random
      .shuffled(members)
      .find(
        (person) =>
          officesOf(roster, person).length === 0 &&
          nearRelatives(roster, person).length === 0 &&
          clashOf(roster, office, person) === undefined,
      )
  }

  /** One of a household, in so many households. */
  async #elect({ ledger }: Firm): Promise<void> {
    this.#elected = true
    const roster = this.#stage.roster(ledger)
    const { members } = roll(roster, { on: this.#stage.today })
    const voters = new Set(members)
    const households = [...roster.households]
      .filter(([, persons]) => persons.some((person) => voters.has(person)))
      .slice(0, DELEGATES)
      .map(([household, persons]) => {
        const delegate = persons.find((person) => voters.has(person))
        return {
          household,
          members: persons.flatMap((person) => {
            const { household: _home, ...member } = roster.members.get(person) ?? {}
            if (!('person' in member)) return []
            return person === delegate ? [{ ...member, delegate: true }] : [member]
          }),
        }
      })
    await this.#keep(ledger, 'household.record', { households })
  }

  /** The township's centre keeps the rosters of its villages. */
  async #keep(ledger: Origin, type: Act['type'], input: unknown): Promise<void> {
    const [officer] = this.#stage.inTownship('centreOfficer')
    if (officer === undefined) return
    this.#stage.pause()
    await this.#stage.act({ ledger, stream: 'roster', type, by: officer, input })
  }
}

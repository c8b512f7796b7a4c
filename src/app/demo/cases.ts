// Which cases of the law a demonstration has shown, and how often: told by what was entered, and by what was refused.
import type { Entry } from '../../domain/entry.ts'
import type { Sentence } from '../../domain/language.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import { moneyCases } from './cases-money.ts'
import { organCases } from './cases-organ.ts'
import { givenOf } from './given.ts'

/** What a stream told before an entry. */
export interface Before {
  readonly types: ReadonlySet<string>
  /** The last form submitted on it. */
  readonly form: Readonly<Record<string, unknown>> | undefined
}

export type Sees = (entry: Entry, before: Before) => boolean

/** Seen in an entry, or in a refusal; where neither tells it, the simulation says when it `happened`. */
export interface DemoCase extends Sentence {
  readonly entry?: Sees
  readonly refused?: RefusalCode
}

export const demoCases = { ...moneyCases, ...organCases } as const satisfies Readonly<
  Record<string, DemoCase>
>
export type CaseName = keyof typeof demoCases

const table: readonly (readonly [CaseName, DemoCase])[] = (
  Object.keys(demoCases) as CaseName[]
).map((name) => [name, demoCases[name]])
const inEntries = table.flatMap(([name, { entry }]) =>
  entry === undefined ? [] : [{ name, sees: entry }],
)

interface Told {
  readonly types: Set<string>
  form: Before['form']
}

/** Counts cases as they happen. */
export class Cases {
  readonly #counts = new Map<CaseName, number>()
  readonly #streams = new Map<string, Told>()

  readonly note = (entry: Entry): void => {
    const name = `${entry.ledger} ${entry.stream}`
    const before = this.#streams.get(name) ?? { types: new Set<string>(), form: undefined }
    for (const { name: one, sees } of inEntries) if (sees(entry, before)) this.happened(one)
    const form = formOf(entry)
    before.types.add(entry.type)
    if (form !== undefined) before.form = form
    this.#streams.set(name, before)
  }

  /** Once more. */
  happened(name: CaseName): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Every case there is, in its order; what did not occur with 0. */
  counts(refused: ReadonlyMap<RefusalCode, number>): Readonly<Record<CaseName, number>> {
    const counts = table.map(([name, { refused: code }]) => {
      const count = code === undefined ? this.#counts.get(name) : refused.get(code)
      return [name, count ?? 0] as const
    })
    return Object.fromEntries(counts) as Record<CaseName, number>
  }
}

const formOf = (entry: Entry): Before['form'] =>
  entry.type === 'request.submitted' || entry.type === 'request.resubmitted'
    ? givenOf(entry)
    : undefined

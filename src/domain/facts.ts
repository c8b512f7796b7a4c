// Facts: what decide is told besides its streams. Answered inside the transaction, recorded in the entry, recomputed from
// entries alone by verify. Each name needs a live and a replay implementation, or nothing compiles (law §10).
import type { JsonObject } from './entry.ts'
import type { OrganisationId, Origin, RequestId, Sha256Hex } from './ids.ts'
import { type Money, sum } from './money.ts'
import type { Instant, LocalDate } from './time.ts'

/** `account:<digits>`, `tax:<number>` or `person:<id>`: same account or tax number ⇒ same payee. */
export type PayeeKey = string

export interface FactTypes {
  /** Uncovered requests to one payee in the rolling window (law §3), earliest first, without `except`. */
  payeeWindow: {
    query: {
      readonly company: OrganisationId
      readonly keys: readonly PayeeKey[]
      readonly from: LocalDate
      readonly to: LocalDate
      readonly except?: RequestId
    }
    answer: {
      /** The payee's stable id: the first key by which this ledger knew it. */
      readonly payee: PayeeKey
      /** All keys this payee is known by, the ones asked about included; ascending. */
      readonly keys: readonly PayeeKey[]
      readonly parts: readonly { readonly request: RequestId; readonly amount: Money }[]
    }
  }
  /** Requests that hold one of these invoices: here, and in the township's other ledgers. */
  invoiceUse: {
    query: { readonly invoices: readonly string[]; readonly except?: RequestId }
    answer: {
      readonly here: readonly { readonly invoice: string; readonly request: RequestId }[]
      readonly elsewhere: readonly {
        readonly invoice: string
        readonly ledger: Origin
        readonly request: RequestId
      }[]
    }
  }
  /** Every request whose flow ended (reached disciplineAudit) from–to, by id; what a round must cover. */
  population: {
    query: {
      readonly companies: readonly OrganisationId[]
      readonly from: LocalDate
      readonly to: LocalDate
    }
    answer: { readonly requests: readonly RequestId[] }
  }
  /** The ledger at its first checkpoint after an instant: the lot's public half. Absent until there is one. */
  rootAfter: {
    query: { readonly after: Instant }
    answer: { readonly size?: number; readonly root?: Sha256Hex }
  }
}

export type FactName = keyof FactTypes
export type FactQueries = { readonly [N in FactName]?: FactTypes[N]['query'] }
export type FactAnswers = { readonly [N in FactName]?: FactTypes[N]['answer'] }

/** One implementation of every fact: live ones read projections, replay ones fold entries. */
export type FactSource = {
  readonly [N in FactName]: (query: FactTypes[N]['query']) => FactTypes[N]['answer']
}

export const factNames = [
  'payeeWindow',
  'invoiceUse',
  'population',
  'rootAfter',
] as const satisfies readonly FactName[]

type Recording = {
  readonly [N in FactName]: (
    answer: FactTypes[N]['answer'],
    digest: (text: string) => Sha256Hex,
  ) => JsonObject
}

/** How an answer stands in the entry: whole where it is short, by count and digest where it may be long. */
export const recordFact: Recording = {
  payeeWindow: ({ payee, parts }, digest) => ({
    payee,
    count: parts.length,
    sum: sum(parts.map(({ amount }) => amount)),
    digest: digest(parts.map(({ request, amount }) => `${request} ${amount}`).join('\n')),
  }),
  invoiceUse: ({ here, elsewhere }) => ({
    here: here.map(({ invoice, request }) => ({ invoice, request })),
    elsewhere: elsewhere.map(({ invoice, ledger, request }) => ({ invoice, ledger, request })),
  }),
  population: ({ requests }, digest) => ({
    count: requests.length,
    digest: digest(requests.join('\n')),
  }),
  rootAfter: ({ size, root }) => (size === undefined || root === undefined ? {} : { size, root }),
}

/** Answers what was asked, in the fixed order of `factNames`. */
export function answerFacts(source: FactSource, queries: FactQueries): FactAnswers {
  const answers: { -readonly [N in FactName]?: FactTypes[N]['answer'] } = {}
  const ask = <N extends FactName>(name: N): void => {
    const query = queries[name]
    if (query !== undefined) answers[name] = source[name](query) as (typeof answers)[N]
  }
  for (const name of factNames) ask(name)
  return answers
}

/** The answers as the entry holds them, by name; undefined where nothing was asked. */
export function recordFacts(
  answers: FactAnswers,
  digest: (text: string) => Sha256Hex,
): JsonObject | undefined {
  const facts: Record<string, JsonObject> = {}
  const record = <N extends FactName>(name: N): void => {
    const answer: FactTypes[N]['answer'] | undefined = answers[name]
    if (answer !== undefined) facts[name] = recordFact[name](answer, digest)
  }
  for (const name of factNames) record(name)
  return Object.keys(facts).length === 0 ? undefined : facts
}

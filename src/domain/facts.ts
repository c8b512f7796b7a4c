// Facts: what decide is told besides its streams. Answered inside the transaction, recorded in the entry, recomputed from
// entries alone by verify. Each name needs a live and a replay implementation, or nothing compiles (law §10).
import type {
  AuthorityId,
  InspectionId,
  OrganisationId,
  Origin,
  PersonId,
  RequestId,
  Sha256Hex,
} from './ids.ts'
import type { Money } from './money.ts'
import type { Instant, LocalDate } from './time.ts'

/** `account:<digits>`, `tax:<number>` or `person:<id>`: same account or tax number ⇒ same payee. */
export type PayeeKey = string

/** Just another request, told with what an alert needs of it. */
export interface Sighting {
  readonly request: RequestId
  readonly amount: Money
  readonly on: LocalDate
}

/** A request that holds what was asked about, in whichever ledger of the township. */
export interface Holder {
  readonly ledger: Origin
  readonly request: RequestId
}

export interface FactTypes {
  /** Uncovered requests to one payee submitted from–to, earliest first; the rolling sum takes its part (law 3.8). */
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
      readonly parts: readonly (Sighting & {
        readonly category: string
        readonly cash: boolean
        /** Neither an invoice nor what the law takes for one stands or is to come for it. */
        readonly voucherless: boolean
      })[]
    }
  }
  /** Requests that hold one of these claims (invoices, or keys of claim-keys.ts): here, and in the township's other ledgers. */
  invoiceUse: {
    query: { readonly invoices: readonly string[]; readonly except?: RequestId }
    answer: {
      readonly here: readonly { readonly invoice: string; readonly request: RequestId }[]
      readonly elsewhere: readonly (Holder & { readonly invoice: string })[]
    }
  }
  /** Advances (借支) of a handler that are neither settled nor come to nothing (law 2.7), by id. */
  openAdvances: {
    query: { readonly handler: PersonId; readonly except?: RequestId }
    answer: { readonly requests: readonly RequestId[] }
  }
  /** Invoices of these numbers that living requests of the township hold, by number: neighbours of one that is claimed. */
  sellerInvoices: {
    query: { readonly numbers: readonly string[]; readonly except?: RequestId }
    answer: {
      readonly invoices: readonly (Holder & {
        readonly invoice: string
        readonly seller: string
        readonly date: string
      })[]
    }
  }
  /** Living requests of the township that hold these very files, as papers of one payment alone: the first few of each. */
  fileUse: {
    query: { readonly digests: readonly Sha256Hex[]; readonly except?: RequestId }
    answer: {
      readonly files: readonly (Holder & {
        readonly sha256: Sha256Hex
        readonly under: string
      })[]
    }
  }
  /** Living requests of a company submitted from–to whose amount lies in one of these ranges, both ends included; by id. */
  amounts: {
    query: {
      readonly company: OrganisationId
      readonly from: LocalDate
      readonly to: LocalDate
      readonly ranges: readonly { readonly low: Money; readonly high: Money }[]
      readonly except?: RequestId
    }
    answer: {
      readonly requests: readonly (Sighting & {
        readonly payee: PayeeKey
        readonly category: string
        readonly budgetLine: string
        readonly project: string
        /** An authority stands for members and board. */
        readonly covered: boolean
      })[]
    }
  }
  /**
   * What a company's living requests submitted up to `on` come to: since the first of its month in all and in cash, since
   * the first of its year in some categories and of those to one payee.
   */
  purchases: {
    query: {
      readonly company: OrganisationId
      readonly on: LocalDate
      readonly categories: readonly string[]
      readonly keys: readonly PayeeKey[]
      readonly except?: RequestId
    }
    answer: {
      readonly month: Money
      readonly cash: Money
      readonly year: Money
      /** How many of those categories in the year. */
      readonly count: number
      readonly payee: Money
    }
  }
  /** Payees of a company's living requests under one contract number, each with the first such request. */
  contractParties: {
    query: {
      readonly company: OrganisationId
      readonly contract: string
      readonly except?: RequestId
    }
    answer: {
      readonly parties: readonly { readonly payee: PayeeKey; readonly request: RequestId }[]
    }
  }
  /**
   * Authorities of a company to any of these payees, by whatever key the payee is known, whose last day is not past; by
   * id. One that the township refused is none.
   */
  ceilings: {
    query: {
      readonly company: OrganisationId
      readonly payees: readonly PayeeKey[]
      readonly on: LocalDate
      readonly except?: AuthorityId
    }
    answer: {
      readonly authorities: readonly {
        readonly authority: AuthorityId
        /** Its ceiling is of each month. */
        readonly recurring: boolean
        readonly from: LocalDate
        readonly to: LocalDate
        readonly ceiling: Money
        /** Reserved or drawn so far. */
        readonly taken: Money
        /** It ended before its day: nothing more is taken of it. */
        readonly closed: boolean
      }[]
    }
  }
  /**
   * Every request whose flow ended (reached disciplineAudit) from–to, by id; what a round must cover. `red`: those of them
   * that have an open red alert, which are examined whatever the lot says (law §6).
   */
  population: {
    query: {
      readonly companies: readonly OrganisationId[]
      readonly from: LocalDate
      readonly to: LocalDate
    }
    answer: { readonly requests: readonly RequestId[]; readonly red: readonly RequestId[] }
  }
  /** Rounds announced and not concluded over a day and a company of these, by id: drawn from once at a time (law 6.8). */
  openRounds: {
    query: {
      readonly companies: readonly OrganisationId[]
      readonly from: LocalDate
      readonly to: LocalDate
      readonly except: InspectionId
    }
    answer: { readonly rounds: readonly InspectionId[] }
  }
  /** The ledger at its first checkpoint after an instant: the lot's public half. Absent until there is one. */
  rootAfter: {
    query: { readonly after: Instant }
    answer: { readonly size?: number; readonly root?: Sha256Hex }
  }
}

/** So many holders of one file are told; more would say nothing new. */
export const FILE_HOLDERS_MAX = 10

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
  'openAdvances',
  'sellerInvoices',
  'fileUse',
  'amounts',
  'purchases',
  'contractParties',
  'ceilings',
  'population',
  'openRounds',
  'rootAfter',
] as const satisfies readonly FactName[]

/** An answer that must be there: without it the workflow has not asked for what it decides by. */
export function told<N extends FactName>(answers: FactAnswers, name: N): FactTypes[N]['answer'] {
  const answer: FactTypes[N]['answer'] | undefined = answers[name]
  if (answer === undefined) throw new Error(`decided without the fact ${name}`)
  return answer
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

// Read tables: rows that are a pure function of one stream's state. Every table can be dropped and rebuilt from entries.
import type { LocalDate, Instant } from './time.ts'

/** One row a request: list and head of its page. Natural persons by id only; amounts in fen so that SQL sorts and sums. */
export interface RequestRow {
  readonly request: string
  readonly company: string
  readonly kind: string
  readonly category: string
  /** `transfer | card | cash | debit`. */
  readonly method: string
  readonly purpose: string
  readonly budgetLine: string
  /** Number of the contract and of the project it names; `''` without. */
  readonly contract: string
  readonly project: string
  /** The authority it draws on; `''` without. */
  readonly authority: string
  /** Leaf of the chain region: `issuing`, `boardReview`, …, `closed`. */
  readonly state: string
  /** `open | paid | rejected | withdrawn`. */
  readonly outcome: string
  readonly suspended: boolean
  readonly amountFen: number
  readonly payee: string
  readonly payeeName: string
  readonly handler: string
  readonly submittedOn: LocalDate
  /** The date its flow reached disciplineAudit; `''` until then. */
  readonly endedOn: string
  readonly round: number
  /** Demands in the order of the musts, one letter each: r(equired) c(overed) d(eferred) n(ot required). */
  readonly route: string
  readonly openFindings: number
}

/** One row a waiting act and desk (待办). */
export interface TaskRow {
  /** Office id, or `<organisation>/<office kind>` for any holder. */
  readonly desk: string
  /** The command that would answer it, e.g. `supervisorySignOff.sign`. */
  readonly act: string
  /** Instant it began to wait; `''` where the state does not tell. */
  readonly since: Instant | ''
  /** Instant the limit ends; `''` when there is none. */
  readonly dueAt: Instant | ''
}

export interface MeetingRow {
  readonly meeting: string
  readonly kind: string
  readonly organisation: string
  readonly state: string
  readonly heldOn: string
  readonly items: number
  readonly passed: number
  readonly failed: number
}

export interface InspectionRow {
  readonly inspection: string
  readonly kind: string
  /** Rounds of one campaign stand together across villages; `''` alone. */
  readonly campaign: string
  readonly state: string
  readonly periodFrom: string
  readonly periodTo: string
  /** Ids between bars: `|o_a|o_b|`. */
  readonly companies: string
  readonly population: number
  readonly covered: number
  readonly examined: number
  readonly openFindings: number
}

/** States of a round that is announced and not concluded. */
export const openRoundStates: readonly string[] = ['noticed', 'drawn', 'underway']

/** The companies of a round's row. */
export const companiesOf = ({ companies }: Pick<InspectionRow, 'companies'>): readonly string[] =>
  companies.split('|').filter((company) => company !== '')

export interface FindingRow {
  readonly finding: string
  readonly inspection: string
  readonly request: string
  readonly kind: string
  readonly state: string
  readonly dueOn: string
}

/** A request that counts in its payee's rolling window. */
export interface PayeeWindowRow {
  readonly request: string
  readonly company: string
  readonly payee: string
  readonly submittedOn: LocalDate
  readonly amountFen: number
  readonly category: string
  readonly cash: boolean
  /** Neither an invoice nor what the law takes for one stands or is to come for it. */
  readonly voucherless: boolean
}

/** A key (account, tax number) by which a payee is known. */
export interface PayeeKeyRow {
  readonly payeeKey: string
  readonly payee: string
}

/** An invoice held by a request that was not rejected or withdrawn. */
export interface InvoiceUseRow {
  readonly invoice: string
  readonly request: string
  /** `account:<digits>` of who issued it; `''` where it has none (a person, a list). */
  readonly seller: string
  /** Its own date; `''` where it has none. */
  readonly date: string
}

/** A paper that belongs to one payment alone, held by a request that was not rejected or withdrawn. */
export interface FileUseRow {
  readonly sha256: string
  readonly request: string
  /** The authority or contract it stands under: instalments may rightly show the same paper; `''` alone. */
  readonly under: string
}

/** An alert (预警) of a request, open until dismissed. */
export interface AlertRow {
  readonly alert: string
  readonly request: string
  readonly company: string
  readonly rule: string
  /** `red | yellow | blue`. */
  readonly colour: string
  /** `open | dismissed`. */
  readonly state: string
  readonly raisedOn: LocalDate
}

export interface AuthorityRow {
  readonly authority: string
  readonly company: string
  /** The keys it names, as a JSON array. */
  readonly payees: string
  readonly kind: string
  readonly state: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate
  readonly ceilingFen: number
  readonly reservedFen: number
  readonly drawnFen: number
}

/** A must a request stood in and left: for figures of how long each takes. */
export interface StayRow {
  readonly request: string
  readonly must: string
  readonly round: number
  readonly seconds: number
  readonly leftOn: LocalDate
  /** `passed | returned | ended`. */
  readonly how: string
}

/** One field for which a request was sent back (退回); one row with `''` where none was named. */
export interface RequestReturnRow {
  readonly request: string
  /** Tells the returns of one request apart. */
  readonly number: number
  /** The must or place it was sent back from. */
  readonly place: string
  readonly field: string
  readonly returnedOn: LocalDate
}

/** What a search finds a thing by. Natural persons by id only: their names are found in the vault. */
export interface SearchRow {
  /** `request | meeting | authority | inspection | finding`. */
  readonly kind: string
  /** Its number. */
  readonly id: string
  /** When it was first recorded: the newest is shown first. */
  readonly at: Instant
  readonly title: string
  /** Words it is found by any part of: letters and digits alone, a line each field (src/domain/grams.ts). */
  readonly words: string
  /** What it is found by only whole, between bars: amounts in fen, ids of persons. */
  readonly whole: string
}

export interface Projections {
  readonly request: RequestRow
  readonly task: TaskRow
  readonly meeting: MeetingRow
  readonly inspection: InspectionRow
  readonly finding: FindingRow
  readonly payeeWindow: PayeeWindowRow
  readonly payeeKey: PayeeKeyRow
  readonly invoiceUse: InvoiceUseRow
  readonly fileUse: FileUseRow
  readonly alert: AlertRow
  readonly authority: AuthorityRow
  readonly stay: StayRow
  readonly requestReturn: RequestReturnRow
  readonly search: SearchRow
}
export type ProjectionName = keyof Projections

/** `key` tells rows of one stream in one table apart; `''` where a stream has just one. Stored as (ledger, stream, key). */
export type ProjectedRow = {
  [T in ProjectionName]: { readonly table: T; readonly key: string; readonly row: Projections[T] }
}[ProjectionName]

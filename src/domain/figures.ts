// What figures (统计) are asked of the database, and the filter that lists the requests behind each of them.
import type { Origin } from './ids.ts'
import type { Must } from './must.ts'
import type { Instant, LocalDate } from './time.ts'

/** What is late, by the limits of one ledger's entries and of its policy. */
export interface Lateness {
  readonly now: Instant
  /** Acts whose limit no entry carries are late that began to wait before. */
  readonly steps: readonly { readonly acts: readonly string[]; readonly since: Instant }[]
}

/** Which requests are wanted, beside those of a company, a state and a month: each part narrows. */
export interface RequestWanted {
  readonly company?: string | undefined
  readonly state?: string | undefined
  /** `YYYY-MM` of submission. */
  readonly month?: string | undefined
  /** Months of submission, both counted in. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly category?: string | undefined
  readonly outcome?: string | undefined
  readonly authority?: string | undefined
  /** Under an authority of this kind. */
  readonly authorityKind?: string | undefined
  /** Stood in this must and left it, for so many seconds or longer. */
  readonly stayed?: { readonly must: string; readonly atLeast: number } | undefined
  /** Sent back from this place, or for this field, or both at once. */
  readonly returned?:
    | { readonly place?: string | undefined; readonly field?: string | undefined }
    | undefined
  readonly alert?:
    | {
        readonly rule?: string | undefined
        readonly colour?: string | undefined
        readonly state?: string | undefined
      }
    | undefined
  /** With open findings; of a round's: of a kind, past their day. */
  readonly finding?:
    | { readonly kind?: string | undefined; readonly dueBefore?: LocalDate | undefined }
    | undefined
  /** Waits for this act; with `late`, past its limit. */
  readonly waits?: { readonly act: string; readonly late?: Lateness | undefined } | undefined
}

/** Requests of a period in some ledgers: what figures are about. */
export interface FigureFilter {
  readonly ledgers: readonly Origin[]
  readonly company?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface RequestFigure {
  readonly of: string
  readonly requests: number
  readonly amountFen: number
}

/** One of all stays in a must, put in order of how long they took. */
export interface StayFigure {
  readonly seconds: number
  /** With a stay as long, or longer. */
  readonly requests: number
}

export interface MustFigure {
  readonly must: Must
  readonly stays: number
  readonly requests: number
  readonly median: StayFigure
  /** Nine in ten took no longer. */
  readonly ninth: StayFigure
  readonly worst: StayFigure & { readonly ledger: Origin; readonly request: string }
}

export interface ReturnFigure {
  readonly place: string
  /** `''` where none was named. */
  readonly field: string
  readonly returns: number
  readonly requests: number
}

export interface FindingFigure {
  readonly kind: string
  readonly open: number
  readonly requests: number
  readonly late: number
  readonly lateRequests: number
}

export interface TaskFigure {
  readonly act: string
  /** Things that wait for it, however many could do it. */
  readonly waiting: number
  readonly requests: number
  readonly late: number
  readonly lateRequests: number
}

export interface AlertFigure {
  readonly rule: string
  readonly colour: string
  readonly state: string
  readonly alerts: number
  readonly requests: number
}

export interface AuthorityFigure {
  /** A kind, or a number. */
  readonly of: string
  readonly kind: string
  readonly authorities: number
  readonly ceilingFen: number
  readonly reservedFen: number
  readonly drawnFen: number
  /** That name one of them, whatever became of them. */
  readonly requests: number
}

export interface Figures {
  requests(
    by: 'ledger' | 'month' | 'company' | 'category' | 'state' | 'outcome',
    filter: FigureFilter,
  ): Promise<readonly RequestFigure[]>
  musts(filter: FigureFilter): Promise<readonly MustFigure[]>
  returns(filter: FigureFilter): Promise<readonly ReturnFigure[]>
  /** As they stand: of no period. */
  findings(filter: FigureFilter, today: LocalDate): Promise<readonly FindingFigure[]>
  /** Open findings of every kind, those that raised themselves too, and the requests that have any. */
  openFindings(filter: FigureFilter): Promise<{ readonly open: number; readonly requests: number }>
  /** Of one ledger: each has limits of its own. */
  tasks(
    where: { readonly ledger: Origin; readonly company?: string | undefined },
    late: Lateness,
  ): Promise<readonly TaskFigure[]>
  alerts(filter: FigureFilter): Promise<readonly AlertFigure[]>
  /** Open ones. */
  authorities(by: 'kind' | 'authority', filter: FigureFilter): Promise<readonly AuthorityFigure[]>
}

// The attempt log (尝试记录): who was refused what at a protected act (law 10.6). It stands beside the ledgers, never in them.
// It tells who, where, which act and which code; never what was sent, and no value of a person but their random id.
import type { Origin } from './ids.ts'
import type { Instant } from './time.ts'

/** One refused attempt. What is not known, or does not apply, is `''`. */
export interface Attempt {
  /** Whose account; `''` where a sign-in named none of ours. */
  readonly account: string
  readonly person: string
  /** Acted in, and by which mandate. */
  readonly office: string
  readonly mandate: string
  /** The route or the way through the door, by its id. */
  readonly act: string
  readonly ledger: string
  readonly stream: string
  readonly code: string
  /** Whose inspectors may read it: of the ledger it was about, and of the one who tried. */
  readonly township: string
  readonly home: string
  readonly at: Instant
  /** Finds the line of the operator's log. */
  readonly reference: string
}

/** The same refusals of one day, taken together. */
export interface KeptAttempt extends Omit<Attempt, 'at' | 'reference'> {
  readonly id: number
  /** In Asia/Shanghai. */
  readonly day: string
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
  readonly firstReference: string
  readonly lastReference: string
}

/** The same refusals, counted before they are written. */
export type CountedAttempt = Omit<KeptAttempt, 'id'>

export interface AttemptFilter {
  /** Townships whose inspectors ask. */
  readonly townships?: readonly Origin[] | undefined
  readonly account?: string | undefined
  readonly person?: string | undefined
  readonly ledger?: Origin | undefined
  readonly code?: string | undefined
  readonly day?: string | undefined
  readonly limit: number
  readonly after?: readonly [string, ...string[]] | undefined
}

export interface AttemptPage {
  /** The newest first. */
  readonly rows: readonly KeptAttempt[]
  readonly next?: readonly [string, ...string[]]
}

export interface AttemptLog {
  /** All of them or, when anything throws, none. */
  add(attempts: readonly CountedAttempt[]): Promise<void>
  page(filter: AttemptFilter): Promise<AttemptPage>
  close(): void
}

/** Stands for the act and the code of what one person, or everybody, tried beyond the limits. */
export const MORE = '*'

/** So many different refusals of one person on one day; what comes beyond them is counted in one row. */
export const MOST_OF_ONE = 200
/** As many of everybody together: the file does not grow faster. */
export const MOST_OF_ALL = 20_000
/** Rows are kept two years, and removed once newer ones make them older (网络安全法 asks for six months at least). */
export const KEPT_DAYS = 731

/** What makes two refusals of one day the same. */
export const sameness = ({
  day,
  account,
  person,
  office,
  mandate,
  act,
  ledger,
  stream,
  code,
}: CountedAttempt): string =>
  [day, account, person, office, mandate, act, ledger, stream, code].join(' ')

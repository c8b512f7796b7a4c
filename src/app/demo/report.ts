// What a demonstration comes to: totals, and for every company what each of the five musts was asked and has done.
import type { Entry } from '../../domain/entry.ts'
import type { OrganisationId, Origin, StreamId } from '../../domain/ids.ts'
import { fromFen, type Money } from '../../domain/money.ts'
import { type Demand, type Must, musts } from '../../domain/must.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { CaseName } from './cases.ts'
import type { RefusedDraft } from './clerking.ts'
import type { Surprise } from './acting.ts'
import type { Watch } from './watch.ts'

export interface MonthLine {
  /** `YYYY-MM`. */
  readonly month: string
  /** Submitted in this month, and their amount. */
  readonly submitted: number
  readonly amount: Money
  /** All requests so far by state. */
  readonly byState: Readonly<Record<string, number>>
  /** Paid so far. */
  readonly paid: Money
  /** In all ledgers so far. */
  readonly entries: number
}

/** One must in one company: how many routes demanded what of it, and how many times it was passed in the end. */
export type MustCounts = { readonly [D in Demand]: number } & { readonly done: number }

export interface CompanyMusts {
  readonly ledger: Origin
  readonly company: OrganisationId
  readonly name: string
  readonly musts: { readonly [M in Must]: MustCounts }
}

export interface DemoReport {
  readonly ledgers: readonly { readonly origin: Origin; readonly entries: number }[]
  readonly imported: number
  readonly requests: number
  readonly amount: Money
  readonly byState: Readonly<Record<string, number>>
  readonly byOutcome: Readonly<
    Record<string, { readonly requests: number; readonly amount: Money }>
  >
  readonly companies: readonly CompanyMusts[]
  /** By kind and what became of them. */
  readonly meetings: Readonly<Record<string, number>>
  /** Agenda items by kind of meeting and outcome, e.g. `member notDecided`. */
  readonly decisions: Readonly<Record<string, number>>
  readonly inspections: number
  readonly findings: number
  /** Which cases of the law occurred, and how often: each there is. */
  readonly cases: Readonly<Record<CaseName, number>>
  /** Every no there was, by code. */
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>
  /** Rows of the sheet that were refused at submission. */
  readonly refusedDrafts: readonly RefusedDraft[]
  /** Requests, meetings and findings still open at the end. */
  readonly unfinished: readonly string[]
  /** Acts that were refused though nobody meant to try it on. */
  readonly surprises: readonly Surprise[]
}

const passing: Readonly<Record<string, Must>> = {
  'memberVote.passed': 'memberVote',
  'boardReview.passed': 'boardReview',
  'supervisorySignOff.passed': 'supervisorySignOff',
  'townshipFiling.consented': 'townshipFiling',
  'disciplineAudit.passed': 'disciplineAudit',
}

/** Which musts each request has passed in its present round. */
export class Passed {
  readonly #streams = new Map<string, Set<Must>>()

  readonly note = ({ ledger, stream, type, body }: Entry): void => {
    const name = `${ledger} ${stream}`
    const must = passing[type]
    if (must !== undefined) this.#of(name).add(must)
    // a material change voids what was decided before
    const { material } = body
    if (type === 'request.resubmitted' && Array.isArray(material) && material.length > 0) {
      this.#streams.delete(name)
    }
  }

  has(ledger: Origin, stream: StreamId, must: Must): boolean {
    return this.#streams.get(`${ledger} ${stream}`)?.has(must) === true
  }

  #of(name: string): Set<Must> {
    const known = this.#streams.get(name) ?? new Set<Must>()
    this.#streams.set(name, known)
    return known
  }
}

const demandOf: Readonly<Record<string, Demand>> = {
  r: 'required',
  c: 'covered',
  d: 'deferred',
  n: 'notRequired',
}

export function companyMusts(
  watch: Watch,
  passed: Passed,
  villages: readonly Origin[],
): readonly CompanyMusts[] {
  return villages.flatMap((ledger) =>
    [...watch.roster(ledger).organisations.values()]
      .filter(({ kind }) => kind === 'company')
      .map(({ id, name }) => ({
        ledger,
        company: id,
        name,
        musts: mustsOf(watch, passed, { ledger, company: id }),
      })),
  )
}

function mustsOf(
  watch: Watch,
  passed: Passed,
  { ledger, company }: { readonly ledger: Origin; readonly company: OrganisationId },
): CompanyMusts['musts'] {
  const rows = watch.rows('request', [ledger]).filter((row) => row.company === company)
  const counts = (must: Must): MustCounts => {
    const demanded = (demand: Demand): number =>
      rows.filter(({ route }) => demandOf[route.charAt(musts.indexOf(must))] === demand).length
    return {
      required: demanded('required'),
      covered: demanded('covered'),
      deferred: demanded('deferred'),
      notRequired: demanded('notRequired'),
      done: rows.filter(({ request }) => passed.has(ledger, `request/${request}`, must)).length,
    }
  }
  return {
    memberVote: counts('memberVote'),
    boardReview: counts('boardReview'),
    supervisorySignOff: counts('supervisorySignOff'),
    townshipFiling: counts('townshipFiling'),
    disciplineAudit: counts('disciplineAudit'),
  }
}

/** How many have each value, by value in its order. */
export function countedBy<T>(
  list: readonly T[],
  of: (one: T) => string,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const totalOf = (rows: readonly { readonly amountFen: number }[]): Money =>
  fromFen(rows.reduce((sum, { amountFen }) => sum + amountFen, 0))

export function monthLine(watch: Watch, month: string): MonthLine {
  const rows = watch.rows('request')
  const now = rows.filter(({ submittedOn }) => submittedOn.startsWith(month))
  return {
    month,
    submitted: now.length,
    amount: totalOf(now),
    byState: countedBy(rows, ({ state }) => state.split('.')[0] ?? ''),
    paid: totalOf(rows.filter(({ outcome }) => outcome === 'paid')),
    entries: watch.ledgers.reduce((sum, ledger) => sum + watch.size(ledger), 0),
  }
}

/** What is not over: nothing, when a demonstration ends well. */
export function unfinished(watch: Watch): readonly string[] {
  return [
    ...watch
      .rows('request')
      .flatMap(({ ledger, request, state }) =>
        state === 'closed' ? [] : [`${ledger} request/${request} ${state}`],
      ),
    ...watch
      .rows('meeting')
      .flatMap(({ ledger, meeting, state, kind }) =>
        state === 'posted' ||
        state === 'adjourned' ||
        (state === 'closed' && kind !== 'member' && kind !== 'delegate')
          ? []
          : [`${ledger} meeting/${meeting} ${state}`],
      ),
    ...watch
      .rows('inspection')
      .flatMap(({ ledger, inspection, state, openFindings }) =>
        (state === 'concluded' && openFindings === 0) || state === 'cancelled'
          ? []
          : [`${ledger} inspection/${inspection} ${state} ${openFindings}`],
      ),
  ]
}

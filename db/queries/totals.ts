// Totals for disclosure and desks: sums in fen by month, company or category, and how the routes
// demanded the musts.
import { and, count, eq, gte, lte, type SQL, sql, sum } from 'drizzle-orm'
import type { Origin } from '../../src/domain/ids.ts'
import { type Must, musts } from '../../src/domain/must.ts'
import { fromFen, type Money } from '../../src/domain/money.ts'
import type { LocalDate } from '../../src/domain/time.ts'
import type { Reads } from '../reads.ts'

export interface TotalFilter {
  readonly ledger: Origin
  readonly from?: LocalDate | undefined
  readonly to?: LocalDate | undefined
  readonly company?: string | undefined
  /** `paid`, `rejected`, …; all when left out. */
  readonly outcome?: string | undefined
}

export interface Total {
  /** `YYYY-MM`, company or category. */
  readonly of: string
  readonly requests: number
  readonly amount: Money
}

export async function totalsBy(
  { db, t }: Reads,
  by: 'month' | 'company' | 'category',
  filter: TotalFilter,
): Promise<readonly Total[]> {
  const { request } = t
  const of =
    by === 'month' ? sql<string>`substr(${request.submittedOn}, 1, 7)` : sql<string>`${request[by]}`
  const rows = await db
    .select({ of, requests: count(), fen: sum(request.amountFen).mapWith(Number) })
    .from(request)
    .where(among(t, filter))
    .groupBy(of)
    .orderBy(of)
  return rows.map(({ of: name, requests, fen }) => ({ of: name, requests, amount: fromFen(fen) }))
}

export interface RouteCount {
  readonly must: Must
  readonly required: number
  readonly covered: number
  readonly deferred: number
  readonly notRequired: number
}

/** How many requests' routes demanded what of each must. */
export async function routeCounts(
  { db, t }: Reads,
  filter: TotalFilter,
): Promise<readonly RouteCount[]> {
  const { request } = t
  const rows = await db
    .select({ route: request.route, requests: count() })
    .from(request)
    .where(among(t, filter))
    .groupBy(request.route)
  return musts.map((must, place) => {
    const having = (letter: string): number =>
      rows.reduce((n, { route, requests }) => n + (route[place] === letter ? requests : 0), 0)
    return {
      must,
      required: having('r'),
      covered: having('c'),
      deferred: having('d'),
      notRequired: having('n'),
    }
  })
}

/** How many requests stand in each state. */
export async function stateCounts(
  { db, t }: Reads,
  filter: TotalFilter,
): Promise<readonly { readonly state: string; readonly requests: number }[]> {
  const { request } = t
  return db
    .select({ state: request.state, requests: count() })
    .from(request)
    .where(among(t, filter))
    .groupBy(request.state)
    .orderBy(request.state)
}

function among(
  { request }: Reads['t'],
  { ledger, from, to, company, outcome }: TotalFilter,
): SQL | undefined {
  return and(
    eq(request.ledger, ledger),
    from === undefined ? undefined : gte(request.submittedOn, from),
    to === undefined ? undefined : lte(request.submittedOn, to),
    company === undefined ? undefined : eq(request.company, company),
    outcome === undefined ? undefined : eq(request.outcome, outcome),
  )
}

// Figures (统计): sums and counts over the read tables, by what they are asked. Each has a filter in request-filter.ts that lists
// the requests behind it.
import { and, count, countDistinct, eq, inArray, ne, type SQL, sql, sum } from 'drizzle-orm'
import type {
  AlertFigure,
  AuthorityFigure,
  FigureFilter,
  Figures,
  FindingFigure,
  Lateness,
  RequestFigure,
  ReturnFigure,
  TaskFigure,
} from '../../src/domain/figures.ts'
import type { Origin } from '../../src/domain/ids.ts'
import type { LocalDate } from '../../src/domain/time.ts'
import type { Reads } from '../reads.ts'
import { mustFigures } from './must-figures.ts'
import { CLOSED_OUT, isLate, ofPeriod, thing } from './request-filter.ts'

export const figuresOf = (reads: Reads): Figures => ({
  requests: (by, filter) => requestFigures(reads, by, filter),
  musts: (filter) => mustFigures(reads, filter),
  returns: (filter) => returnFigures(reads, filter),
  findings: (filter, today) => findingFigures(reads, filter, today),
  openFindings: (filter) => openFindings(reads, filter),
  tasks: (where, late) => taskFigures(reads, where, late),
  alerts: (filter) => alertFigures(reads, filter),
  authorities: (by, filter) => authorityFigures(reads, by, filter),
})

async function requestFigures(
  { db, t }: Reads,
  by: Parameters<Figures['requests']>[0],
  filter: FigureFilter,
): Promise<readonly RequestFigure[]> {
  const { request } = t
  const of =
    by === 'month' ? sql<string>`substr(${request.submittedOn}, 1, 7)` : sql<string>`${request[by]}`
  return db
    .select({ of, requests: count(), amountFen: sum(request.amountFen).mapWith(Number) })
    .from(request)
    .where(and(...ofPeriod(t, filter)))
    .groupBy(of)
    .orderBy(of)
}

async function returnFigures(
  { db, t }: Reads,
  filter: FigureFilter,
): Promise<readonly ReturnFigure[]> {
  const { requestReturn: sent, request } = t
  // a field is named once a return, so each row of a field is a return of its own
  return db
    .select({
      place: sent.place,
      field: sent.field,
      returns: count(),
      requests: countDistinct(thing(sent)),
    })
    .from(sent)
    .innerJoin(request, and(eq(request.ledger, sent.ledger), eq(request.stream, sent.stream)))
    .where(and(...ofPeriod(t, filter)))
    .groupBy(sent.place, sent.field)
    .orderBy(sent.place, sent.field)
}

async function findingFigures(
  { db, t }: Reads,
  { ledgers, company }: FigureFilter,
  today: LocalDate,
): Promise<readonly FindingFigure[]> {
  const { finding, request } = t
  const late = sql`${finding.dueOn} < ${today}`
  const of = sql`${finding.ledger} || ' ' || ${finding.request}`
  const named = ne(finding.request, '')
  return db
    .select({
      kind: finding.kind,
      open: count(),
      requests: countIf(of, named),
      late: sql<number>`count(case when ${late} then 1 end)`.mapWith(Number),
      lateRequests: countIf(of, and(named, late)),
    })
    .from(finding)
    .leftJoin(
      request,
      and(eq(request.ledger, finding.ledger), eq(request.request, finding.request)),
    )
    .where(
      and(
        inArray(finding.ledger, [...ledgers]),
        ne(finding.state, CLOSED_OUT),
        company === undefined ? undefined : eq(request.company, company),
      ),
    )
    .groupBy(finding.kind)
    .orderBy(finding.kind)
}

async function openFindings(
  { db, t }: Reads,
  { ledgers, company }: FigureFilter,
): Promise<{ readonly open: number; readonly requests: number }> {
  const { request } = t
  const [found] = await db
    .select({
      open: sql<number>`coalesce(sum(${request.openFindings}), 0)`.mapWith(Number),
      requests: count(),
    })
    .from(request)
    .where(and(...ofPeriod(t, { ledgers, company }), sql`${request.openFindings} > 0`))
  return found ?? { open: 0, requests: 0 }
}

async function taskFigures(
  { db, t }: Reads,
  { ledger, company }: { readonly ledger: Origin; readonly company?: string | undefined },
  lateness: Lateness,
): Promise<readonly TaskFigure[]> {
  const { task, request } = t
  const late = isLate(t, lateness)
  const isRequest = sql`${request.stream} is not null`
  return db
    .select({
      act: task.act,
      waiting: countDistinct(task.stream),
      requests: countIf(sql`${task.stream}`, isRequest),
      late: countIf(sql`${task.stream}`, late),
      lateRequests: countIf(sql`${task.stream}`, and(isRequest, late)),
    })
    .from(task)
    .leftJoin(request, and(eq(request.ledger, task.ledger), eq(request.stream, task.stream)))
    .where(
      and(
        eq(task.ledger, ledger),
        company === undefined ? undefined : eq(request.company, company),
      ),
    )
    .groupBy(task.act)
    .orderBy(task.act)
}

async function alertFigures(
  { db, t }: Reads,
  { ledgers, company }: FigureFilter,
): Promise<readonly AlertFigure[]> {
  const { alert } = t
  return db
    .select({
      rule: alert.rule,
      colour: alert.colour,
      state: alert.state,
      alerts: count(),
      requests: countDistinct(thing(alert)),
    })
    .from(alert)
    .where(
      and(
        inArray(alert.ledger, [...ledgers]),
        company === undefined ? undefined : eq(alert.company, company),
      ),
    )
    .groupBy(alert.rule, alert.colour, alert.state)
    .orderBy(alert.rule, alert.colour, alert.state)
}

async function authorityFigures(
  { db, t }: Reads,
  by: 'kind' | 'authority',
  { ledgers, company }: FigureFilter,
): Promise<readonly AuthorityFigure[]> {
  const { authority, request } = t
  const of = authority[by]
  const naming = sql<number>`(select count(*) from ${request}
    where ${request.ledger} = ${authority.ledger}
    and ${request.authority} = ${authority.authority})`
  return db
    .select({
      of: sql<string>`${of}`,
      kind: sql<string>`min(${authority.kind})`,
      authorities: count(),
      ceilingFen: sum(authority.ceilingFen).mapWith(Number),
      reservedFen: sum(authority.reservedFen).mapWith(Number),
      drawnFen: sum(authority.drawnFen).mapWith(Number),
      requests: sql<number>`sum(${naming})`.mapWith(Number),
    })
    .from(authority)
    .where(
      and(
        inArray(authority.ledger, [...ledgers]),
        eq(authority.state, 'open'),
        company === undefined ? undefined : eq(authority.company, company),
      ),
    )
    .groupBy(of)
    .orderBy(of)
}

const countIf = (of: SQL, when: SQL | undefined): SQL<number> =>
  sql<number>`count(distinct case when ${when} then ${of} end)`.mapWith(Number)

// Which requests a list shows: the one place that says it, for the list and for the figures that lead to it.
import { and, eq, exists, gt, gte, inArray, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { FigureFilter, Lateness, RequestWanted } from '../../src/domain/figures.ts'
import type { Reads } from '../reads.ts'

type Tables = Pick<Reads, 'db' | 't'>

/** Of the request's own row. */
export function ownParts(
  { request }: Reads['t'],
  wanted: RequestWanted,
): readonly (SQL | undefined)[] {
  const { company, state, month, category, outcome, authority } = wanted
  const is = (column: Parameters<typeof eq>[0], value: string | undefined) =>
    value === undefined ? undefined : eq(column, value)
  return [
    is(request.company, company),
    is(request.state, state),
    is(request.category, category),
    is(request.outcome, outcome),
    is(request.authority, authority),
    ...inMonths({ request }, { from: month, to: month }),
    ...inMonths({ request }, wanted),
  ]
}

/** Days are compared as text, so the bounds need not be dates of that month. */
export const inMonths = (
  { request }: Pick<Reads['t'], 'request'>,
  { from, to }: Pick<FigureFilter, 'from' | 'to'>,
): readonly (SQL | undefined)[] => [
  from === undefined ? undefined : gte(request.submittedOn, sql`${`${from}-01`}`),
  to === undefined ? undefined : lte(request.submittedOn, sql`${`${to}-31`}`),
]

/** Of what else is recorded of the request: each is looked up by the request's own place. */
export function otherParts(tables: Tables, wanted: RequestWanted): readonly (SQL | undefined)[] {
  return [
    stayedPart(tables, wanted),
    returnedPart(tables, wanted),
    alertPart(tables, wanted),
    ...findingParts(tables, wanted),
    waitsPart(tables, wanted),
    authorityPart(tables, wanted),
  ]
}

function stayedPart({ db, t }: Tables, { stayed }: RequestWanted): SQL | undefined {
  if (stayed === undefined) return undefined
  const { stay } = t
  const own = [eq(stay.must, stayed.must), gte(stay.seconds, stayed.atLeast)]
  return exists(
    db
      .select({ one: sql`1` })
      .from(stay)
      .where(and(ofRequest(t, stay), ...own)),
  )
}

function returnedPart({ db, t }: Tables, { returned }: RequestWanted): SQL | undefined {
  if (returned === undefined) return undefined
  const { requestReturn } = t
  const { place, field } = returned
  const own = [
    place === undefined ? undefined : eq(requestReturn.place, place),
    field === undefined ? undefined : eq(requestReturn.field, field),
  ]
  return exists(
    db
      .select({ one: sql`1` })
      .from(requestReturn)
      .where(and(ofRequest(t, requestReturn), ...own)),
  )
}

function alertPart({ db, t }: Tables, { alert: asked }: RequestWanted): SQL | undefined {
  if (asked === undefined) return undefined
  const { alert } = t
  const { rule, colour, state } = asked
  const own = [
    rule === undefined ? undefined : eq(alert.rule, rule),
    colour === undefined ? undefined : eq(alert.colour, colour),
    state === undefined ? undefined : eq(alert.state, state),
  ]
  return exists(
    db
      .select({ one: sql`1` })
      .from(alert)
      .where(and(ofRequest(t, alert), ...own)),
  )
}

/** Findings of rounds stand on the rounds' streams and name the request; those that raised themselves are counted in its row. */
function findingParts(
  { db, t }: Tables,
  { finding: asked }: RequestWanted,
): readonly (SQL | undefined)[] {
  if (asked === undefined) return []
  const { finding, request } = t
  const { kind, dueBefore } = asked
  if (kind === undefined && dueBefore === undefined) return [gt(request.openFindings, 0)]
  const own = [
    eq(finding.ledger, request.ledger),
    eq(finding.request, request.request),
    ne(finding.state, CLOSED_OUT),
    kind === undefined ? undefined : eq(finding.kind, kind),
    dueBefore === undefined ? undefined : sql`${finding.dueOn} < ${dueBefore}`,
  ]
  return [
    exists(
      db
        .select({ one: sql`1` })
        .from(finding)
        .where(and(...own)),
    ),
  ]
}

/** 销号: nothing of it is open any more. */
export const CLOSED_OUT = 'verified'

function waitsPart({ db, t }: Tables, { waits }: RequestWanted): SQL | undefined {
  if (waits === undefined) return undefined
  const { task } = t
  const late = waits.late === undefined ? undefined : isLate(t, waits.late)
  const own = and(ofRequest(t, task), eq(task.act, waits.act), late)
  return exists(
    db
      .select({ one: sql`1` })
      .from(task)
      .where(own),
  )
}

function authorityPart({ db, t }: Tables, { authorityKind }: RequestWanted): SQL | undefined {
  if (authorityKind === undefined) return undefined
  const { authority, request } = t
  const own = [
    eq(authority.ledger, request.ledger),
    eq(authority.authority, request.authority),
    eq(authority.kind, authorityKind),
    eq(authority.state, 'open'),
  ]
  return exists(
    db
      .select({ one: sql`1` })
      .from(authority)
      .where(and(...own)),
  )
}

/** Past the limit its entry carries, or that its policy gives its act. */
export function isLate({ task }: Pick<Reads['t'], 'task'>, { now, steps }: Lateness): SQL {
  const carried = and(ne(task.dueAt, ''), lte(task.dueAt, now))
  const counted = steps.map(({ acts, since }) =>
    and(
      eq(task.dueAt, ''),
      ne(task.since, ''),
      lte(task.since, since),
      sql`${task.act} in (${sql.join(
        acts.map((act) => sql`${act}`),
        sql`, `,
      )})`,
    ),
  )
  // an `or` of parts that are all there is itself there
  return or(carried, ...counted) as SQL
}

interface Placed {
  readonly ledger: PgColumn
  readonly stream: PgColumn
}

const ofRequest = ({ request }: Reads['t'], table: Placed): SQL | undefined =>
  and(eq(table.ledger, request.ledger), eq(table.stream, request.stream))

/** The requests of a period. */
export const ofPeriod = (
  { request }: Reads['t'],
  { ledgers, company, ...months }: FigureFilter,
): readonly (SQL | undefined)[] => [
  inArray(request.ledger, [...ledgers]),
  company === undefined ? undefined : eq(request.company, company),
  ...inMonths({ request }, months),
]

/** A thing across ledgers: streams have the same names in each. */
export const thing = ({ ledger, stream }: Placed): SQL => sql`${ledger} || ' ' || ${stream}`

// Tasks (待办): what waits at some desks. Each desk is read through its own index, the lists are
// merged, so an inbox costs what it shows, not what waits.
import { and, asc, count, eq, inArray, lte, ne } from 'drizzle-orm'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { TaskRow } from '../../src/domain/projection.ts'
import type { Instant } from '../../src/domain/time.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export interface WaitingTask extends TaskRow {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly key: string
  /** Of the request it is about; absent for tasks of meetings, inspections, policy. */
  readonly request:
    | {
        readonly request: string
        readonly purpose: string
        readonly amountFen: number
        readonly payeeName: string
      }
    | undefined
}

/**
 * `since`: longest waiting first. `dueAt`: only tasks with a limit, the one that ends first before
 * the others.
 */
export type TaskOrder = 'since' | 'dueAt'

export interface TaskFilter {
  readonly desks: readonly string[]
  /** Only of these ledgers: a desk of the township has the same name in every township. */
  readonly ledgers?: readonly Origin[] | undefined
  readonly order: TaskOrder
  readonly limit: number
  /** With order `dueAt`: only tasks whose limit ended by then. */
  readonly dueBy?: Instant | undefined
  readonly after?: Cursor | undefined
}

export async function taskPage(reads: Reads, filter: TaskFilter): Promise<Page<WaitingTask>> {
  const lists: WaitingTask[] = []
  for (const desk of filter.desks) lists.push(...(await atDesk(reads, desk, filter)))
  const place = (task: WaitingTask): Cursor => [
    task[filter.order],
    task.ledger,
    task.stream,
    task.key,
  ]
  return pageOf(
    lists.toSorted((a, b) => compare(place(a), place(b))),
    filter.limit,
    place,
  )
}

async function atDesk(
  { db, t }: Reads,
  desk: string,
  { ledgers, order, limit, dueBy, after }: TaskFilter,
): Promise<WaitingTask[]> {
  const { task } = t
  const columns = [task[order], task.ledger, task.stream, task.key]
  const rows = await selectTasks({ db, t })
    .where(
      and(
        eq(task.desk, desk),
        ledgers === undefined ? undefined : inArray(task.ledger, [...ledgers]),
        order === 'dueAt' ? ne(task.dueAt, '') : undefined,
        dueBy === undefined ? undefined : and(ne(task.dueAt, ''), lte(task.dueAt, dueBy)),
        after === undefined ? undefined : beyond(columns, '>', after),
      ),
    )
    .orderBy(...columns.map((column) => asc(column)))
    .limit(limit + 1)
  return rows.map((row) => ({ ...row, request: row.request ?? undefined }))
}

function selectTasks({ db, t }: Reads) {
  const { task, request } = t
  return db
    .select({
      ledger: task.ledger,
      stream: task.stream,
      key: task.key,
      desk: task.desk,
      act: task.act,
      since: task.since,
      dueAt: task.dueAt,
      request: {
        request: request.request,
        purpose: request.purpose,
        amountFen: request.amountFen,
        payeeName: request.payeeName,
      },
    })
    .from(task)
    .leftJoin(
      request,
      and(eq(request.ledger, task.ledger), eq(request.stream, task.stream), eq(request.key, '')),
    )
}

/** How many wait at each desk, by act. */
export async function taskCounts(
  { db, t }: Reads,
  desks: readonly string[],
): Promise<readonly { readonly desk: string; readonly act: string; readonly count: number }[]> {
  const { task } = t
  return db
    .select({ desk: task.desk, act: task.act, count: count() })
    .from(task)
    .where(inArray(task.desk, [...desks]))
    .groupBy(task.desk, task.act)
    .orderBy(task.desk, task.act)
}

/** Everything that waits in one ledger, or of it at one desk: for the list that says how late each is. */
export async function openTasks(
  { db, t }: Reads,
  ledger: Origin,
  desk?: string,
): Promise<readonly WaitingTask[]> {
  const { task } = t
  const rows = await selectTasks({ db, t })
    .where(and(eq(task.ledger, ledger), desk === undefined ? undefined : eq(task.desk, desk)))
    .orderBy(asc(task.since), asc(task.stream), asc(task.key))
  return rows.map((row) => ({ ...row, request: row.request ?? undefined }))
}

/** Tasks of one stream: who is waited for. */
export async function tasksOf(
  { db, t }: Reads,
  ledger: Origin,
  stream: StreamId,
): Promise<readonly TaskRow[]> {
  const { task } = t
  return db
    .select({ desk: task.desk, act: task.act, since: task.since, dueAt: task.dueAt })
    .from(task)
    .where(and(eq(task.ledger, ledger), eq(task.stream, stream)))
    .orderBy(task.key)
}

// Byte order, as both databases have it: JavaScript's own order is that of UTF-16, which differs
// for rare characters only.
const compare = (a: Cursor, b: Cursor): number => {
  for (const [place, text] of a.entries()) {
    const other = b[place] ?? ''
    if (text !== other) return text < other ? -1 : 1
  }
  return 0
}

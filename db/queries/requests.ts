// Requests: the list, newest first, and the row behind a page's head.
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { type Origin, type RequestId, requestStream } from '../../src/domain/ids.ts'
import type { RequestRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export interface RequestFilter {
  readonly ledger: Origin
  readonly company?: string | undefined
  readonly state?: string | undefined
  /** `YYYY-MM` of submission. */
  readonly month?: string | undefined
  readonly limit: number
  readonly after?: Cursor | undefined
}

export type StoredRequest = RequestRow & { readonly ledger: Origin }

export async function requestPage(
  { db, t }: Reads,
  { ledger, company, state, month, limit, after }: RequestFilter,
): Promise<Page<StoredRequest>> {
  const { request } = t
  const { submittedOn } = request
  const rows = await db
    .select(fields(t))
    .from(request)
    .where(
      and(
        eq(request.ledger, ledger),
        company === undefined ? undefined : eq(request.company, company),
        state === undefined ? undefined : eq(request.state, state),
        // Days are compared as text, so the bounds need not be dates of that month.
        month === undefined
          ? undefined
          : sql`${submittedOn} between ${`${month}-01`} and ${`${month}-31`}`,
        after === undefined ? undefined : beyond([submittedOn, request.request], '<', after),
      ),
    )
    .orderBy(desc(submittedOn), desc(request.request))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.submittedOn, row.request])
}

/** Undefined when there is no such request. */
export async function requestRow(
  { db, t }: Reads,
  ledger: Origin,
  request: RequestId,
): Promise<StoredRequest | undefined> {
  const [row] = await db
    .select(fields(t))
    .from(t.request)
    .where(
      and(
        eq(t.request.ledger, ledger),
        eq(t.request.stream, requestStream(request)),
        eq(t.request.key, ''),
      ),
    )
  return row
}

function fields({ request }: Reads['t']) {
  const { stream: _stream, key: _key, ...columns } = getTableColumns(request)
  return columns
}

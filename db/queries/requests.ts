// Requests: the list, newest first, and the row behind a page's head.
import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { RequestWanted } from '../../src/domain/figures.ts'
import { type Origin, type RequestId, requestStream } from '../../src/domain/ids.ts'
import type { RequestRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'
import { otherParts, ownParts } from './request-filter.ts'

export interface RequestFilter extends RequestWanted {
  readonly ledger: Origin
  /** Keys of one payee: rows bear the first it was known by. */
  readonly payees?: readonly string[] | undefined
  readonly limit: number
  readonly after?: Cursor | undefined
}

export type StoredRequest = RequestRow & { readonly ledger: Origin }

export async function requestPage(
  { db, t }: Reads,
  { ledger, payees, limit, after, ...wanted }: RequestFilter,
): Promise<Page<StoredRequest>> {
  const { request } = t
  const { submittedOn } = request
  const rows = await db
    .select(fields(t))
    .from(request)
    .where(
      and(
        eq(request.ledger, ledger),
        ...ownParts(t, wanted),
        payees === undefined ? undefined : inArray(request.payee, [...payees]),
        after === undefined ? undefined : beyond([submittedOn, request.request], '<', after),
        ...otherParts({ db, t }, wanted),
      ),
    )
    .orderBy(desc(submittedOn), desc(request.request))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.submittedOn, row.request])
}

/** Of several ledgers: a number is unique in its own only, so the ledger is part of the order. */
export interface WiderFilter extends Omit<RequestFilter, 'ledger' | 'waits'> {
  readonly ledgers: readonly {
    readonly ledger: Origin
    readonly waits?: RequestWanted['waits']
  }[]
}

/** Each ledger is read through its own index, the lists are merged: a page costs what it shows. */
export async function widerRequestPage(
  reads: Reads,
  { ledgers, after, ...filter }: WiderFilter,
): Promise<Page<StoredRequest>> {
  const lists: StoredRequest[] = []
  for (const { ledger, waits } of ledgers) {
    const from = after === undefined ? undefined : startIn(ledger, after)
    const { rows } = await requestPage(reads, {
      ...filter,
      ledger,
      waits,
      limit: filter.limit + 1,
      after: from,
    })
    lists.push(...rows)
  }
  const sorted = lists.toSorted((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1))
  return pageOf(sorted, filter.limit, (row) => [row.submittedOn, row.request, row.ledger])
}

const placeOf = ({ submittedOn, request, ledger }: StoredRequest): string =>
  `${submittedOn} ${request} ${ledger}`

/** Ledgers that come before the one the page ended in still have the number it ended at. */
function startIn(ledger: Origin, [submittedOn, request = '', ended = '']: Cursor): Cursor {
  return ledger < ended ? [submittedOn, `${request}~`] : [submittedOn, request]
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

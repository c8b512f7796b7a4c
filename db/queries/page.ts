// Keyset pages: the next page starts after the last row seen, so its cost does not grow with its
// depth.
import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

export interface Page<R> {
  readonly rows: readonly R[]
  /** Hand it back for the next page; absent after the last. */
  readonly next?: Cursor
}

/** Where a page ended: the ordering columns of its last row. */
export type Cursor = readonly [string, ...string[]]

/** `(a, b) < (x, y)`: both dialects walk an index by it, which an `or` of comparisons prevents. */
export const beyond = (columns: readonly PgColumn[], order: '<' | '>', cursor: Cursor): SQL =>
  sql`(${sql.join([...columns], sql`, `)}) ${sql.raw(order)} (${sql.join(
    cursor.map((value) => sql`${value}`),
    sql`, `,
  )})`

/** `rows` were asked for with one more than `limit`: its presence tells of a next page. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => Cursor,
): Page<R> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return rows.length > limit && last !== undefined
    ? { rows: kept, next: cursorOf(last) }
    : { rows: kept }
}

// What queries are written against: PostgreSQL's builder and tables, so that whatever compiles runs
// there too.
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as pg from './schema/postgres-projections.ts'
import * as sqlite from './schema/sqlite-projections.ts'
import type { Connection } from './sqlite/open.ts'

export interface Reads {
  readonly db: Pick<
    PgDatabase<PgQueryResultHKT>,
    'select' | 'selectDistinct' | 'with' | '$with' | '$count'
  >
  readonly t: typeof pg
}

/** The one cast of db/: same keys, same rows, proved in schema/same.ts. */
export const onSqlite = (file: Connection): Reads =>
  ({ db: drizzleSqlite(file), t: sqlite }) as unknown as Reads

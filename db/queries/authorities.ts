// Authorities by number, the newest first.
import { and, desc, eq, getTableColumns } from 'drizzle-orm'
import { authorityIdSchema, authorityStream, type Origin } from '../../src/domain/ids.ts'
import type { AuthorityRow } from '../../src/domain/projection.ts'
import type { Reads } from '../reads.ts'
import { beyond, type Cursor, type Page, pageOf } from './page.ts'

export type StoredAuthority = AuthorityRow & { readonly ledger: Origin }

export interface AuthorityFilter {
  readonly ledger: Origin
  readonly company?: string | undefined
  readonly limit: number
  readonly after?: Cursor | undefined
}

export async function authorityPage(
  { db, t }: Reads,
  { ledger, company, limit, after }: AuthorityFilter,
): Promise<Page<StoredAuthority>> {
  const { authority } = t
  const { stream, key: _key, ...columns } = getTableColumns(authority)
  const rows = await db
    .select(columns)
    .from(authority)
    .where(
      and(
        eq(authority.ledger, ledger),
        company === undefined ? undefined : eq(authority.company, company),
        after === undefined ? undefined : beyond([stream], '<', after),
      ),
    )
    .orderBy(desc(stream))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [authorityStream(authorityIdSchema.parse(row.authority))])
}

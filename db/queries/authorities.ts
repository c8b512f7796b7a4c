// Authorities, the one that runs longest first.
import { and, desc, eq, getTableColumns } from 'drizzle-orm'
import type { Origin } from '../../src/domain/ids.ts'
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
  const { stream: _stream, key: _key, ...columns } = getTableColumns(authority)
  const order = [authority.validTo, authority.authority]
  const rows = await db
    .select(columns)
    .from(authority)
    .where(
      and(
        eq(authority.ledger, ledger),
        company === undefined ? undefined : eq(authority.company, company),
        after === undefined ? undefined : beyond(order, '<', after),
      ),
    )
    .orderBy(...order.map((column) => desc(column)))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.validTo, row.authority])
}

// An authority as a row: its ceiling, and how much of it is reserved and drawn.
import { type AuthorityState, totalOf } from '../../../workflows/authority/v1/fold.ts'
import { toFen } from '../../domain/money.ts'
import type { ProjectedRow } from '../../domain/projection.ts'

export function authorityRows(id: string, state: AuthorityState): readonly ProjectedRow[] {
  const { company, kind, from, to, ceiling } = state.terms
  const row = {
    authority: id,
    company,
    kind,
    state: 'approved',
    validFrom: from,
    validTo: to,
    ceilingFen: toFen(ceiling),
    reservedFen: toFen(totalOf(state, 'reserved')),
    drawnFen: toFen(totalOf(state, 'drawn')),
  }
  return [{ table: 'authority', key: '', row }]
}

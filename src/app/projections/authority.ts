// An authority as a row: its ceiling, and how much of it is reserved and drawn.
import { type AuthorityState, totalOf } from '../../../workflows/authority/v1/fold.ts'
import { toFen } from '../../domain/money.ts'
import { deskOf } from '../../domain/office.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import { endOf } from '../../domain/time.ts'
import { authoritySearch } from './search.ts'
import { taskRow } from './task.ts'

export function authorityRows(id: string, state: AuthorityState): readonly ProjectedRow[] {
  const { company, kind, from, to, ceiling, payees } = state.terms
  const row = {
    authority: id,
    company,
    payees: JSON.stringify(payees),
    kind,
    state: state.place,
    validFrom: from,
    validTo: to,
    ceilingFen: toFen(ceiling),
    reservedFen: toFen(totalOf(state, 'reserved')),
    drawnFen: toFen(totalOf(state, 'drawn')),
  }
  return [{ table: 'authority', key: '', row }, authoritySearch(id, state), ...tasks(state)]
}

/** The township's filing (报备): the limit runs for officer and head together. */
function tasks({ place, since, dueOn }: AuthorityState): readonly ProjectedRow[] {
  const waiting =
    place === 'filing'
      ? { act: 'authorityFiling.accept', desk: deskOf('township', 'centreOfficer') }
      : place === 'accepted'
        ? { act: 'authorityFiling.consent', desk: deskOf('township', 'centreHead') }
        : undefined
  if (waiting === undefined) return []
  const dueAt = dueOn === undefined ? ('' as const) : endOf(dueOn)
  return [taskRow({ ...waiting, since, dueAt })]
}

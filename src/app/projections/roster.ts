// A roster as rows: every vacant office waits for whoever must fill it, every term with an end for a successor by then.
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { vacancies } from '../../../workflows/roster/v1/vacancy.ts'
import type { ProjectedRow } from '../../domain/projection.ts'

export const APPOINT = 'office.appoint'

/** While the founder still writes the roster nothing of it waits for anybody. */
export function rosterRows(roster: RosterState): readonly ProjectedRow[] {
  if (!roster.confirmed) return []
  return vacancies(roster).map(({ office, since, filledBy, state }): ProjectedRow => ({
    table: 'task',
    key: `${APPOINT} ${office}`,
    row: { desk: filledBy, act: APPOINT, since, dueAt: state === 'ending' ? since : '' },
  }))
}

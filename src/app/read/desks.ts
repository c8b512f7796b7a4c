// Desks (办理岗位) of one ledger and its township on a day: is anybody there, and who must see to it that somebody is.
import { onDay } from '../../../workflows/roster/v1/day.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'
import { filledBy, isVacantDesk } from '../../../workflows/roster/v1/vacancy.ts'
import type { OfficeId } from '../../domain/ids.ts'
import { type Desk, type OfficeKind, officeKinds } from '../../domain/office.ts'
import type { LocalDate } from '../../domain/time.ts'

export interface Manning {
  /** Who must fill the desk; undefined while somebody is there, or where the desk is a person's. */
  readonly vacantFor: (desk: Desk) => Desk | undefined
}

/** Who is at the desks on a day, by the rosters of a ledger and its township. */
export function manning(present: readonly RosterState[], on: LocalDate): Manning {
  const rosters = present.map((roster) => onDay(roster, on))
  return {
    vacantFor(desk) {
      const kind = kindOf(rosters, desk)
      if (kind === undefined) return undefined
      const known = rosters.map((roster) => isVacantDesk(roster, desk))
      return known.includes(true) && !known.includes(false) ? filledBy(kind) : undefined
    },
  }
}

function kindOf(rosters: readonly RosterState[], desk: Desk): OfficeKind | undefined {
  const [of = '', kind] = desk.split('/')
  if (kind !== undefined) return kind in officeKinds ? (kind as OfficeKind) : undefined
  return rosters
    .map(({ offices }) => offices.get(of as OfficeId)?.kind)
    .find((one) => one !== undefined)
}

// Desks (办理岗位) of one ledger and its township on a day: is anybody there, and who must see to it that somebody is.
import { onDay } from '../../../workflows/roster/v1/day.ts'
import { rosterFold, type RosterState, rosterStream } from '../../../workflows/roster/v1/fold.ts'
import { filledBy, isVacantDesk } from '../../../workflows/roster/v1/vacancy.ts'
import type { OfficeId, Origin } from '../../domain/ids.ts'
import { type Desk, type OfficeKind, officeKinds } from '../../domain/office.ts'
import type { LocalDate } from '../../domain/time.ts'
import { folded } from '../folded.ts'
import { ledgerViews } from './ledgers.ts'
import type { Reading } from './port.ts'

export interface Manning {
  /** Who must fill the desk; undefined while somebody is there, or where the desk is a person's. */
  readonly vacantFor: (desk: Desk) => Desk | undefined
}

/** Who is at the desks on a day; the rosters are folded once. */
export function manning(reading: Reading, ledger: Origin, on: LocalDate): Manning {
  const own = ledgerViews(reading).find(({ origin }) => origin === ledger)
  const origins = own?.township === undefined ? [ledger] : [ledger, own.township]
  const rosters = origins.map((origin) =>
    onDay(folded(rosterFold, reading.stream(origin, rosterStream)), on),
  )
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

// Vacant offices (职务空缺): they block, they show, and whoever must fill them is named. Nothing passes because nobody is
// there (law 1.12).
import type { OfficeId } from '../../../src/domain/ids.ts'
import { type Desk, deskOf, officeKinds, type OfficeKind } from '../../../src/domain/office.ts'
import { endOf, type Instant } from '../../../src/domain/time.ts'
import type { Office, RosterState } from './fold.ts'

export interface Vacancy {
  readonly office: OfficeId
  readonly kind: OfficeKind
  /** Vacant since, or when the term of whoever still sits there ends or ended. */
  readonly since: Instant
  /** Who records the appointment. */
  readonly filledBy: Desk
  /** `ending`: somebody holds it whose term has an end; the successor must be there by then. */
  readonly state: 'vacant' | 'ending'
}

const TOWNSHIP = 'township'

/**
 * Who must fill an office: a village's the township's centre, which keeps its roster; the township's own its leadership, and
 * the leadership's the head of the centre.
 */
export function filledBy(kind: OfficeKind): Desk {
  if (officeKinds[kind].of !== TOWNSHIP) return deskOf(TOWNSHIP, 'centreOfficer')
  return deskOf(TOWNSHIP, kind === 'townshipLeader' ? 'centreHead' : 'townshipLeader')
}

/** Every office nobody holds, and every term with an end, in the order the offices were opened. */
export const vacancies = (roster: RosterState): readonly Vacancy[] =>
  [...roster.offices.values()].flatMap((office) => vacancy(office) ?? [])

function vacancy({ id, kind, holder, vacantSince }: Office): Vacancy | undefined {
  const common = { office: id, kind, filledBy: filledBy(kind) }
  if (holder === undefined)
    return vacantSince === undefined
      ? undefined
      : { ...common, since: vacantSince, state: 'vacant' }
  return holder.to === undefined
    ? undefined
    : { ...common, since: endOf(holder.to), state: 'ending' }
}

/** Is there nobody at this desk? `roster`: of the day. A desk is an office or any holder of a kind in an organisation. */
export function isVacantDesk(roster: RosterState, desk: Desk): boolean | undefined {
  const [of = '', kind] = desk.split('/')
  if (kind === undefined) {
    const office = roster.offices.get(of as OfficeId)
    return office === undefined ? undefined : office.holder === undefined
  }
  const offices = [...roster.offices.values()].filter(
    (office) => office.kind === kind && (of === TOWNSHIP || office.organisation === of),
  )
  const known = [...roster.organisations.values()].some(({ id, kind: is }) =>
    of === TOWNSHIP ? is === TOWNSHIP : id === of,
  )
  return known ? !offices.some(({ holder }) => holder !== undefined) : undefined
}

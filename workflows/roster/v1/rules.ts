// Who may not sit together: incompatible offices and near relatives, as the two laws name them.
import type { OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import type { OfficeKind } from '../../../src/domain/office.ts'
import { nearRelatives, type Office, type RosterState } from './fold.ts'

/** Supervising office → the offices it supervises (L1 Art 34, L2 Art 76). */
const supervised: Partial<Record<OfficeKind, readonly OfficeKind[]>> = {
  supervisor: ['director', 'companyHead', 'cashier', 'bookkeeper', 'reportingClerk'],
  coopSupervisor: ['councillor', 'legalRepresentative'],
}

const apart = (one: OfficeKind, other: OfficeKind): boolean =>
  supervised[one]?.includes(other) === true || supervised[other]?.includes(one) === true

export interface Clash {
  readonly code: 'supervisorIncompatible' | 'councilNearRelatives'
  /** The office already held that stands in the way. */
  readonly office: Office
  readonly holder: PersonId
}

/**
 * The first holder in the same organisation with whom `person` may not sit, were they given
 * `office`.
 */
export function clashOf(roster: RosterState, office: Office, person: PersonId): Clash | undefined {
  const near = nearRelatives(roster, person)
  for (const other of sittingIn(roster, office.organisation)) {
    const { holder, id, kind } = other
    if (id === office.id) continue
    const related = near.includes(holder.person)
    if (apart(office.kind, kind) && (related || holder.person === person)) {
      return { code: 'supervisorIncompatible', office: other, holder: holder.person }
    }
    if (office.kind === 'councillor' && kind === 'councillor' && related) {
      return { code: 'councilNearRelatives', office: other, holder: holder.person }
    }
  }
  return undefined
}

type Held = Office & { readonly holder: NonNullable<Office['holder']> }

/** Holders, and deputies beside those they stand in for (law 7.16). */
const sittingIn = (roster: RosterState, organisation: OrganisationId): readonly Held[] => {
  const held = [...roster.offices.values()].filter(
    (office): office is Held => office.organisation === organisation && office.holder !== undefined,
  )
  const deputies = [...roster.mandates.values()].flatMap(({ office: id, deputy: person, from }) =>
    held
      .filter((office) => office.id === id)
      .map((office) => ({ ...office, holder: { person, from } })),
  )
  return [...held, ...deputies]
}

/**
 * Clashes among present holders. A tie declared after both were seated is the truth and is
 * recorded, not refused; what it makes unlawful shows here until one of the two leaves.
 */
export function clashes(roster: RosterState): readonly (Clash & { readonly with: Office })[] {
  return [...roster.offices.values()].flatMap((office) => {
    const clash =
      office.holder === undefined ? undefined : clashOf(roster, office, office.holder.person)
    return clash === undefined ? [] : [{ ...clash, with: office }]
  })
}

/** Offices of the cooperative that stand over its companies: who sits there does not supervise a company of it. */
const owning: readonly OfficeKind[] = ['councillor', 'legalRepresentative']

/**
 * The first office that runs `company` or its money and is held by `person` or a near relative. Asked
 * when somebody supervises: appointments are judged in one organisation, and ties may be declared later. Of the cooperative
 * that owns it nobody of its council and no legal representative supervises the company either; nor do their near relatives
 * where the council is its board, or the cooperative's supervisors stand in for its own (law 1.5, 1.6, 7.6).
 */
export function dependence(
  roster: RosterState,
  person: PersonId,
  { company, councilRuns }: { readonly company: OrganisationId; readonly councilRuns: boolean },
): { readonly holder: PersonId; readonly kind: OfficeKind } | undefined {
  const near = [person, ...nearRelatives(roster, person)]
  const runs = supervised.supervisor ?? []
  const owner = roster.organisations.get(company)?.owner
  const above = owner === undefined ? [] : sittingIn(roster, owner)
  const found =
    sittingIn(roster, company).find(
      ({ kind, holder }) => runs.includes(kind) && near.includes(holder.person),
    ) ??
    above.find(
      ({ kind, holder }) =>
        owning.includes(kind) &&
        (councilRuns ? near.includes(holder.person) : holder.person === person),
    )
  return found === undefined ? undefined : { holder: found.holder.person, kind: found.kind }
}

// The roster's part of a founding: organisations, offices and who holds them, households, ties.
import type { OfficeId, OrganisationId, PersonId } from '../../domain/ids.ts'
import type { OfficeKind } from '../../domain/office.ts'
import { capacityOf } from './capacity.ts'
import type { Path } from './faults.ts'
import type { MemberOfFile, OfficeOfFile, VillageOfFile } from './file.ts'
import type { Site } from './site.ts'

const HOUSEHOLDS_AT_ONCE = 40
const MEMBERS_AT_ONCE = 120
const PAIRS_AT_ONCE = 100

export interface Registering {
  readonly kind: 'township' | 'cooperative' | 'company'
  readonly name: string
  readonly code?: string | undefined
  /** Companies only: the cooperative that owns it. */
  readonly owner?: OrganisationId
}

export function register(
  site: Site,
  path: Path,
  { kind, name, code, owner }: Registering,
): OrganisationId {
  const organisation = site.ground.mint.organisation()
  site.roster(path, 'organisation.register', {
    kind,
    organisation,
    name,
    ...(code === undefined ? {} : { code }),
    ...(owner === undefined ? {} : { owner }),
  })
  return organisation
}

/** A post as planned; without a person it stays vacant. */
export interface PlannedSeat {
  readonly kind: OfficeKind
  readonly office: OfficeId
  readonly person?: PersonId
}

export function seat(
  site: Site,
  path: Path,
  {
    offices,
    organisation,
  }: { readonly offices: readonly OfficeOfFile[]; readonly organisation: OrganisationId },
): readonly PlannedSeat[] {
  const { mint, on, person: personOf } = site.ground
  return offices.map(({ kind, holder, chair, from = on }, at) => {
    const place: Path = [...path, 'offices', at]
    const office = mint.office()
    const opened = { office, kind, organisation, ...(chair === undefined ? {} : { chair }) }
    site.roster(place, 'office.open', opened)
    if (holder === undefined) return { kind, office }
    const person = personOf(holder)
    site.roster([...place, 'holder'], 'office.appoint', { office, person, from })
    return { kind, office, person }
  })
}

export function populate(site: Site, path: Path, { households }: VillageOfFile): void {
  const recorded = households.map(({ members }, at) => {
    const place: Path = [...path, 'households', at]
    return {
      place,
      household: {
        household: site.ground.mint.household(),
        members: members.map((member, m) => memberOf(site, [...place, 'members', m], member)),
      },
    }
  })
  for (const chunk of chunked(recorded, ({ household }) => household.members.length)) {
    const input = { households: chunk.map(({ household }) => household) }
    site.roster(chunk[0].place, 'household.record', input)
  }
}

function memberOf(site: Site, path: Path, member: MemberOfFile) {
  const { key, birthday, capacity, delegate } = member
  const found = capacityOf({ birthday, capacity }, site.ground.on)
  if ('fault' in found) {
    site.fault(found.fault, [...path, found.fault === 'birthdayAhead' ? 'birthday' : 'capacity'])
  }
  return {
    person: site.ground.person(key),
    ...('fault' in found ? { capacity: 'limited' as const } : found),
    ...(delegate === undefined ? {} : { delegate }),
  }
}

/** Near relatives, and which payees somebody controls. */
export function tie(
  site: Site,
  path: Path,
  { relatives = [], controls = [] }: VillageOfFile,
): void {
  const { person: personOf } = site.ground
  for (const [i, some] of slices(relatives, PAIRS_AT_ONCE).entries()) {
    site.roster([...path, 'relatives', i * PAIRS_AT_ONCE], 'relatives.declare', {
      pairs: some.map(({ a, b, relation }) => ({ a: personOf(a), b: personOf(b), relation })),
    })
  }
  for (const [i, some] of slices(controls, PAIRS_AT_ONCE).entries()) {
    site.roster([...path, 'controls', i * PAIRS_AT_ONCE], 'control.declare', {
      controls: some.map(({ person, payee, name }) => ({
        person: personOf(person),
        payeeKey: payee,
        ...(name === undefined ? {} : { name }),
        relation: 'controls',
      })),
    })
  }
}

const slices = <T>(list: readonly T[], size: number): readonly T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  )

/** Households of one command: as many as it takes, and no more members than fit into an entry. */
export function chunked<T>(
  list: readonly T[],
  members: (one: T) => number,
): readonly (readonly [T, ...T[]])[] {
  const chunks: [T, ...T[]][] = []
  let held = 0
  for (const one of list) {
    const last = chunks.at(-1)
    held += members(one)
    if (last === undefined || last.length === HOUSEHOLDS_AT_ONCE || held > MEMBERS_AT_ONCE) {
      chunks.push([one])
      held = members(one)
    } else last.push(one)
  }
  return chunks
}

// The roster as it stands: who holds which office, who is a member, who is near to whom. Maps are
// copied on write.
import type { By, Entry } from '../../../src/domain/entry.ts'
import type { PayeeKey } from '../../../src/domain/facts.ts'
import type {
  HouseholdId,
  OfficeId,
  OrganisationId,
  PersonId,
  StreamId,
} from '../../../src/domain/ids.ts'
import type { OfficeKind, OrganisationKind } from '../../../src/domain/office.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import type { LedgerState } from '../../ledger/v1/fold.ts'
import { CorruptHistory } from '../../workflow.ts'
import { type Member, type RosterEvent, rosterEvents } from './events.ts'

export const rosterStream: StreamId = 'roster'

export interface Organisation {
  readonly id: OrganisationId
  readonly kind: OrganisationKind
  readonly name: string
  readonly code?: string
  /** Companies only: the cooperative that owns it. */
  readonly owner?: OrganisationId
}

export interface Office {
  readonly id: OfficeId
  readonly kind: OfficeKind
  readonly organisation: OrganisationId
  readonly chair: boolean
  /** Absent while the office is vacant. */
  readonly holder?: { readonly person: PersonId; readonly from: LocalDate }
}

/** A member with the household they vote and give proxies within. */
export interface MemberOf extends Member {
  readonly household: HouseholdId
}

export interface RosterState {
  /** While false the founder may still write (law §8, founding). */
  readonly confirmed: boolean
  readonly organisations: ReadonlyMap<OrganisationId, Organisation>
  readonly offices: ReadonlyMap<OfficeId, Office>
  readonly households: ReadonlyMap<HouseholdId, readonly PersonId[]>
  readonly members: ReadonlyMap<PersonId, MemberOf>
  /** Both directions of every pair. */
  readonly relatives: ReadonlyMap<PersonId, readonly PersonId[]>
  readonly controllers: ReadonlyMap<PayeeKey, readonly PersonId[]>
}

const initial: RosterState = {
  confirmed: false,
  organisations: new Map(),
  offices: new Map(),
  households: new Map(),
  members: new Map(),
  relatives: new Map(),
  controllers: new Map(),
}

export const rosterFold: Fold<RosterState> = {
  kind: 'roster',
  initial,
  apply(state, entry) {
    const parsed = rosterEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    return applied(state, parsed.data, entry)
  },
}

function applied(state: RosterState, { type, body }: RosterEvent, entry: Entry): RosterState {
  switch (type) {
    case 'organisation.registered': {
      const { organisation: id, ...rest } = body.given
      return { ...state, organisations: put(state.organisations, id, { id, ...rest }) }
    }
    case 'office.opened': {
      const { office: id, kind, organisation, chair = false } = body.given
      return { ...state, offices: put(state.offices, id, { id, kind, organisation, chair }) }
    }
    case 'office.appointed': {
      const { office: id, person, from } = body.given
      const office = known(state.offices, id, entry)
      return { ...state, offices: put(state.offices, id, { ...office, holder: { person, from } }) }
    }
    case 'office.vacated': {
      const { holder: _left, ...vacant } = known(state.offices, body.given.office, entry)
      return { ...state, offices: put(state.offices, vacant.id, vacant) }
    }
    case 'household.recorded':
      return withHouseholds(state, body.given.households)
    case 'relatives.declared':
      return { ...state, relatives: withRelatives(state.relatives, body.given.pairs) }
    case 'control.declared':
      return { ...state, controllers: withControls(state.controllers, body.given.controls) }
    case 'roster.confirmed':
      if (state.confirmed) throw new CorruptHistory(entry, 'a roster is confirmed once')
      return { ...state, confirmed: true }
  }
}

function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value)
}

function known(offices: RosterState['offices'], id: OfficeId, entry: Entry): Office {
  const office = offices.get(id)
  if (office === undefined) throw new CorruptHistory(entry, `no office ${id}`)
  return office
}

function withHouseholds(
  state: RosterState,
  recorded: readonly { readonly household: HouseholdId; readonly members: readonly Member[] }[],
): RosterState {
  const households = new Map(state.households)
  const members = new Map(state.members)
  // all leave before any joins, so that somebody can move between two households of one command
  for (const { household } of recorded) {
    for (const person of households.get(household) ?? []) members.delete(person)
  }
  for (const { household, members: present } of recorded) {
    if (present.length === 0) households.delete(household)
    else
      households.set(
        household,
        present.map(({ person }) => person),
      )
    for (const member of present) members.set(member.person, { ...member, household })
  }
  return { ...state, households, members }
}

function withRelatives(
  relatives: RosterState['relatives'],
  pairs: readonly { readonly a: PersonId; readonly b: PersonId; readonly relation: string }[],
): RosterState['relatives'] {
  const next = new Map(relatives)
  for (const { a, b, relation } of pairs) {
    link(next, a, { to: b, ended: relation === 'ended' })
    link(next, b, { to: a, ended: relation === 'ended' })
  }
  return next
}

function withControls(
  controllers: RosterState['controllers'],
  controls: readonly {
    readonly person: PersonId
    readonly payeeKey: PayeeKey
    readonly relation: string
  }[],
): RosterState['controllers'] {
  const next = new Map(controllers)
  for (const { person, payeeKey, relation } of controls) {
    link(next, payeeKey, { to: person, ended: relation === 'ended' })
  }
  return next
}

function link<K>(
  map: Map<K, readonly PersonId[]>,
  key: K,
  { to, ended }: { to: PersonId; ended: boolean },
): void {
  const others = (map.get(key) ?? []).filter((person) => person !== to)
  if (!ended) others.push(to)
  if (others.length === 0) map.delete(key)
  else map.set(key, others.sort())
}

/**
 * Does `by` now hold, in person, the office they act in, and is it of one of these kinds (in this
 * organisation)?
 */
export function holds(
  roster: RosterState,
  by: Pick<By, 'person' | 'office'>,
  kinds: readonly OfficeKind[],
  organisation?: OrganisationId,
): boolean {
  const office = roster.offices.get(by.office)
  return (
    office !== undefined &&
    office.holder?.person === by.person &&
    kinds.includes(office.kind) &&
    (organisation === undefined || office.organisation === organisation)
  )
}

/** The roster of the township: the one a village relies on, or the township ledger's own. */
export const townshipRoster = (past: Past, ledger: LedgerState): RosterState =>
  (ledger.kind === 'village'
    ? past.relied(rosterFold, rosterStream)
    : past.stream(rosterFold, rosterStream)
  ).state

/** Does `by` now hold such an office of the township this ledger belongs to? */
export const holdsOver = (
  past: Past,
  ledger: LedgerState,
  by: Pick<By, 'person' | 'office'>,
  kinds: readonly OfficeKind[],
): boolean => holds(townshipRoster(past, ledger), by, kinds)

/** Absent while the office is vacant or unknown. */
export const holderOf = (roster: RosterState, office: OfficeId): PersonId | undefined =>
  roster.offices.get(office)?.holder?.person

/** Every office a person holds now. */
export const officesOf = (roster: RosterState, person: PersonId): readonly Office[] =>
  [...roster.offices.values()].filter(({ holder }) => holder?.person === person)

/** The offices of one kind in one organisation, vacant ones too, in the order they were opened. */
export const seats = (
  roster: RosterState,
  organisation: OrganisationId,
  kind: OfficeKind,
): readonly Office[] =>
  [...roster.offices.values()].filter(
    (office) => office.organisation === organisation && office.kind === kind,
  )

export const companyOf = (roster: RosterState, id: OrganisationId): Organisation | undefined => {
  const found = roster.organisations.get(id)
  return found?.kind === 'company' ? found : undefined
}

/** The cooperative that owns a company; a cooperative stands for itself. */
export function cooperativeOf(roster: RosterState, id: OrganisationId): Organisation | undefined {
  const found = roster.organisations.get(id)
  const owner = found?.owner === undefined ? found : roster.organisations.get(found.owner)
  return owner?.kind === 'cooperative' ? owner : undefined
}

export interface Roll {
  /** By id, ascending: the order the digest is made in. */
  readonly members: readonly PersonId[]
  readonly count: number
}

/**
 * Who may vote: all full-capacity members, or of them the delegates. `on` counts members who have
 * come of age by that date; without it only those recorded as full.
 */
export function roll(
  roster: RosterState,
  { delegates = false, on }: { delegates?: boolean; on?: LocalDate } = {},
): Roll {
  const members = [...roster.members.values()]
    .filter((member) => mayVote(member, on) && (!delegates || member.delegate === true))
    .map(({ person }) => person)
    .sort()
  return { members, count: members.length }
}

/** Full capacity, or come of age by `on`. */
export const mayVote = ({ capacity, fullFrom }: Member, on?: LocalDate): boolean =>
  capacity === 'full' || (on !== undefined && fullFrom !== undefined && fullFrom <= on)

/** What the roll's SHA-256 in an entry is made of; the ids themselves never stand there. */
export const rollDigestText = ({ members }: Roll): string => members.join('\n')

export const nearRelatives = (roster: RosterState, person: PersonId): readonly PersonId[] =>
  roster.relatives.get(person) ?? []

export const controllersOf = (roster: RosterState, payeeKey: PayeeKey): readonly PersonId[] =>
  roster.controllers.get(payeeKey) ?? []

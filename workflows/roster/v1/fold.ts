// The roster as it stands: who holds which office, who is a member, who is near to whom. Maps are
// copied on write.
import type { By, Entry } from '../../../src/domain/entry.ts'
import type { PayeeKey } from '../../../src/domain/facts.ts'
import type {
  HouseholdId,
  MandateId,
  OfficeId,
  OrganisationId,
  PersonId,
  StreamId,
} from '../../../src/domain/ids.ts'
import type { MandateMust } from '../../../src/domain/mandate.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { OfficeKind, OrganisationKind } from '../../../src/domain/office.ts'
import type { Fold } from '../../../src/domain/store.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import { type Member, type RosterEvent, rosterEvents } from './events.ts'
import { type Earlier, remembering } from './members.ts'
import { type EndedTie, withControl, withHouseholds, withTies } from './ties.ts'

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
  /** Absent while the office is vacant. `to`: the last day of the term, where it has one. */
  readonly holder?: { readonly person: PersonId; readonly from: LocalDate; readonly to?: LocalDate }
  /** Who filled and emptied it, and when, since the roster was confirmed. */
  readonly changes: readonly { readonly by: PersonId; readonly at: Instant }[]
  /** Since when it is vacant; absent while it is held. */
  readonly vacantSince?: Instant
}

/** A written mandate (授权代行): who stands in for the holder of an office, for what, and how long. */
export interface Mandate {
  readonly id: MandateId
  readonly office: OfficeId
  /** Who held the office when it was granted: the mandate falls with them. */
  readonly represented: PersonId
  readonly deputy: PersonId
  readonly from: LocalDate
  readonly to: LocalDate
  readonly musts: readonly MandateMust[]
  readonly upTo?: Money
  readonly revoked: boolean
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
  /** As folded; on a day (day.ts) those that ended a short while before stand among the ties. */
  readonly endedTies: readonly EndedTie[]
  /** As folded: every mandate ever granted. On a day (day.ts): those in force. */
  readonly mandates: ReadonlyMap<MandateId, Mandate>
  /** The members as they stood up to a revision, the last few changes: an open meeting keeps the roll of its day. */
  readonly before: readonly Earlier[]
}

const initial: RosterState = {
  confirmed: false,
  organisations: new Map(),
  offices: new Map(),
  households: new Map(),
  members: new Map(),
  relatives: new Map(),
  controllers: new Map(),
  endedTies: [],
  mandates: new Map(),
  before: [],
}

export const rosterFold: Fold<RosterState> = {
  kind: 'roster',
  initial,
  apply(state, entry) {
    const parsed = rosterEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    return remembering(state, applied(state, parsed.data, entry), entry)
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
      return {
        ...state,
        offices: put(state.offices, id, {
          id,
          kind,
          organisation,
          chair,
          changes: [],
          vacantSince: entry.at,
        }),
      }
    }
    case 'office.appointed': {
      const { office: id, person, from, to } = body.given
      const { vacantSince: _v, ...office } = known(state.offices, id, entry)
      const holder = { person, from, ...(to === undefined ? {} : { to }) }
      const filled = { ...office, holder, changes: changed(state, office, entry) }
      return { ...state, offices: put(state.offices, id, filled) }
    }
    case 'office.vacated': {
      const { holder: _left, ...vacant } = known(state.offices, body.given.office, entry)
      const left = {
        ...vacant,
        vacantSince: entry.at,
        changes: changed(state, vacant, entry),
      }
      return { ...state, offices: put(state.offices, vacant.id, left) }
    }
    case 'household.recorded':
      return withHouseholds(state, body.given.households)
    case 'relatives.declared':
      return withTies(state, body.given, dateAt(entry.at))
    case 'control.declared':
      return withControl(state, body.given, dateAt(entry.at))
    case 'mandate.granted': {
      const { mandate: id, person: deputy, ground: _g, paper: _p, ...terms } = body.given
      const made = { id, deputy, ...terms, represented: body.represented, revoked: false }
      return { ...state, mandates: put(state.mandates, id, made) }
    }
    case 'mandate.revoked': {
      const mandate = state.mandates.get(body.given.mandate)
      if (mandate === undefined) throw new CorruptHistory(entry, 'no such mandate')
      // its days up to now were used: they count towards the longest there may be (law 7.16)
      const today = dateAt(entry.at)
      const to = today < mandate.to ? today : mandate.to
      const ended = { ...mandate, to, revoked: true }
      return { ...state, mandates: put(state.mandates, mandate.id, ended) }
    }
    case 'roster.confirmed':
      if (state.confirmed) throw new CorruptHistory(entry, 'a roster is confirmed once')
      return { ...state, confirmed: true }
  }
}

/** Founding seats nobody in the middle of anything. */
const changed = (
  { confirmed }: RosterState,
  { changes }: Pick<Office, 'changes'>,
  { at, by }: Entry,
): Office['changes'] => (confirmed ? [...changes, { by: by.person, at }] : changes)

function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value)
}

function known(offices: RosterState['offices'], id: OfficeId, entry: Entry): Office {
  const office = offices.get(id)
  if (office === undefined) throw new CorruptHistory(entry, `no office ${id}`)
  return office
}

/**
 * Does `by` hold the office they act in, in person or by a mandate in force, and is it of one of these
 * kinds (in this organisation)? `roster` is the roster of the day (day.ts).
 */
export function holds(
  roster: RosterState,
  by: Actor,
  kinds: readonly OfficeKind[],
  organisation?: OrganisationId,
): boolean {
  const office = roster.offices.get(by.office)
  return (
    office !== undefined &&
    holdsOffice(roster, by) &&
    kinds.includes(office.kind) &&
    (organisation === undefined || office.organisation === organisation)
  )
}

/** Who acts, in which office, and by which mandate when they are not its holder. */
export type Actor = Pick<By, 'person' | 'office' | 'mandate'>

/** Does `by` hold the very office they act in, in person or by a mandate in force? */
export function holdsOffice(roster: RosterState, by: Actor): boolean {
  if (by.mandate === undefined) return holderOf(roster, by.office) === by.person
  const mandate = mandateOf(roster, by)
  return mandate !== undefined && holderOf(roster, by.office) === mandate.represented
}

/** The mandate `by` acts under: theirs, for this office. */
export function mandateOf(roster: RosterState, by: Actor): Mandate | undefined {
  const mandate = by.mandate === undefined ? undefined : roster.mandates.get(by.mandate)
  return mandate?.office === by.office && mandate.deputy === by.person ? mandate : undefined
}

/** Who acts, and whom they represent: separation of duties looks at both (law 7.16). */
export function personsActing(roster: RosterState, by: Actor): readonly PersonId[] {
  const represented = mandateOf(roster, by)?.represented
  return represented === undefined ? [by.person] : [by.person, represented]
}

/** Absent while the office is vacant or unknown. */
export const holderOf = (roster: RosterState, office: OfficeId): PersonId | undefined =>
  roster.offices.get(office)?.holder?.person

/** Who may act in an office today: its holder and, beside them, their deputies. */
export const standingIn = (roster: RosterState, office: OfficeId): readonly PersonId[] => {
  const holder = holderOf(roster, office)
  const deputies = [...roster.mandates.values()].filter((mandate) => mandate.office === office)
  return holder === undefined ? [] : [holder, ...deputies.map(({ deputy }) => deputy)]
}

/** Every office a person holds now. */
export const officesOf = (roster: RosterState, person: PersonId): readonly Office[] =>
  [...roster.offices.values()].filter(({ holder }) => holder?.person === person)

/** The offices a person holds now or stands in for. */
export const officesActed = (roster: RosterState, person: PersonId): readonly Office[] => [
  ...officesOf(roster, person),
  ...[...roster.mandates.values()].flatMap(({ deputy, office }) =>
    deputy === person ? (roster.offices.get(office) ?? []) : [],
  ),
]

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

export const nearRelatives = (roster: RosterState, person: PersonId): readonly PersonId[] =>
  roster.relatives.get(person) ?? []

export const controllersOf = (roster: RosterState, payeeKey: PayeeKey): readonly PersonId[] =>
  roster.controllers.get(payeeKey) ?? []

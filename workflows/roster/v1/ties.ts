// Households, near relatives and control over payees as the roster keeps them. Maps are copied on write.
import type { PayeeKey } from '../../../src/domain/facts.ts'
import type { HouseholdId, PersonId } from '../../../src/domain/ids.ts'
import { daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import { nameKey } from '../../../src/domain/request.ts'
import type { Member } from './events.ts'
import type { RosterState } from './fold.ts'

export function withHouseholds(
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
    readonly name?: string
    readonly relation: string
  }[],
): RosterState['controllers'] {
  const next = new Map(controllers)
  for (const { person, payeeKey, name, relation } of controls) {
    const keys = name === undefined ? [payeeKey] : [payeeKey, nameKey(name)]
    for (const key of keys) link(next, key, { to: person, ended: relation === 'ended' })
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

interface Control {
  readonly person: PersonId
  readonly payeeKey: PayeeKey
  readonly name?: string
}

/** A tie that was ended: the law looks back on it for a while (day.ts). */
export interface EndedTie {
  readonly on: LocalDate
  readonly relatives?: { readonly a: PersonId; readonly b: PersonId }
  readonly control?: Control
}

/** Ended so many days ago a tie counts no more: long enough that nobody parts on paper for the sake of one deal. */
const LOOKED_BACK_DAYS = 180

/** The roster with the ties that ended a short while before this day. */
export function withRecentTies(roster: RosterState, on: LocalDate): RosterState {
  const recent = roster.endedTies.filter((tie) => daysBetween(tie.on, on) < LOOKED_BACK_DAYS)
  if (recent.length === 0) return roster
  const pairs = recent.flatMap(({ relatives }) => relatives ?? [])
  const controls = recent.flatMap(({ control }) => control ?? [])
  return {
    ...roster,
    relatives: withRelatives(
      roster.relatives,
      pairs.map((pair) => ({ ...pair, relation: 'other' })),
    ),
    controllers: withControls(
      roster.controllers,
      controls.map((control) => ({ ...control, relation: 'controls' })),
    ),
  }
}

/** Of what was declared, the ties it ended that there were. */
const endedRelatives = (
  { relatives }: RosterState,
  pairs: readonly { readonly a: PersonId; readonly b: PersonId; readonly relation: string }[],
  on: LocalDate,
): readonly EndedTie[] =>
  pairs
    .filter(({ a, b, relation }) => relation === 'ended' && relatives.get(a)?.includes(b) === true)
    .map(({ a, b }) => ({ on, relatives: { a, b } }))

const endedControls = (
  { controllers }: RosterState,
  controls: readonly (Control & { readonly relation: string })[],
  on: LocalDate,
): readonly EndedTie[] =>
  controls
    .filter(
      ({ person, payeeKey, relation }) =>
        relation === 'ended' && controllers.get(payeeKey)?.includes(person) === true,
    )
    .map(({ person, payeeKey, name }) => ({
      on,
      control: { person, payeeKey, ...(name === undefined ? {} : { name }) },
    }))

/** Near relatives as declared; what that ends is kept to look back on. */
export const withTies = (
  state: RosterState,
  { pairs }: { readonly pairs: Parameters<typeof endedRelatives>[1] },
  on: LocalDate,
): RosterState => ({
  ...state,
  relatives: withRelatives(state.relatives, pairs),
  endedTies: [...state.endedTies, ...endedRelatives(state, pairs, on)],
})

/** Control over payees as declared; what that ends is kept to look back on. */
export const withControl = (
  state: RosterState,
  { controls }: { readonly controls: Parameters<typeof endedControls>[1] },
  on: LocalDate,
): RosterState => ({
  ...state,
  controllers: withControls(state.controllers, controls),
  endedTies: [...state.endedTies, ...endedControls(state, controls, on)],
})

// Households, near relatives and control over payees as the roster keeps them. Maps are copied on write.
import type { PayeeKey } from '../../../src/domain/facts.ts'
import type { HouseholdId, PersonId } from '../../../src/domain/ids.ts'
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

export function withRelatives(
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

export function withControls(
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

// The members as they stood when a meeting was opened: its roll is referred to by revision and digest, never listed (law 1.8).
import type { Entry } from '../../../src/domain/entry.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import type { MemberOf, RosterState } from './fold.ts'

/** See `before`. */
export interface Earlier {
  readonly upTo: number
  readonly members: ReadonlyMap<PersonId, MemberOf>
}

/** Members are written down by households: while one meeting lasts a village seldom changes so many. */
const EARLIER_KEPT = 40

/** The state after an entry, with what the members were before it. */
export function remembering(
  before: RosterState,
  after: RosterState,
  { revision }: Entry,
): RosterState {
  // nobody meets before the roster is confirmed
  if (!before.confirmed || before.members === after.members) return after
  const earlier = { upTo: revision - 1, members: before.members }
  return { ...after, before: [...before.before, earlier].slice(-EARLIER_KEPT) }
}

/** The roster with the members it had at a revision; undefined when too much has changed since to say. */
export function membersAt(roster: RosterState, revision: number): RosterState | undefined {
  const { before } = roster
  const found = before.find(({ upTo }) => revision <= upTo)
  if (found === undefined) return roster
  const whole = before.length < EARLIER_KEPT || found !== before[0]
  return whole ? { ...roster, members: found.members } : undefined
}

// The roll (社员名册): who may vote on a day (law 1.7, 1.8).
import type { PersonId } from '../../../src/domain/ids.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import type { Member } from './events.ts'
import type { RosterState } from './fold.ts'

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

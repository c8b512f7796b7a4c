// The roll (表决名册) of a meeting of members: full-capacity members, or their delegates, of the day it opened. It is
// referred to by count and digest, never listed in an entry.
import type { PersonId, Sha256Hex } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { roll, rollDigestText, type RosterState } from '../../roster/v1/fold.ts'
import { type Refused, rollOf, type Sitting } from './sitting.ts'

interface Known {
  /** In the order the digest is made in. */
  readonly members: ReadonlySet<PersonId>
  readonly digest: Sha256Hex
}

/** By the roster itself: members who take part online each ask for the same roll, one command after another. */
const rolls = new WeakMap<RosterState, Map<string, Known>>()

/** Who may vote on the day it opened, or would today (law §1). */
export function rollOn({ deciding, meeting, roster }: Sitting): Known {
  const on = meeting.openedOn ?? dateAt(deciding.at)
  const key = `${meeting.kind} ${on}`
  const known = rolls.get(roster)
  const found = known?.get(key)
  if (found !== undefined) return found
  const present = roll(roster, { delegates: meeting.kind === 'delegate', on })
  const made = {
    members: new Set(present.members),
    digest: deciding.digest(rollDigestText(present)),
  }
  if (known === undefined) rolls.set(roster, new Map([[key, made]]))
  else known.set(key, made)
  return made
}

/**
 * The roll of an opened meeting, or `rollChanged`: it is referred to, not listed, and if the roster has since changed it
 * nobody could say who was on it.
 */
export function rollNow(sitting: Sitting): ReadonlySet<PersonId> | Refused {
  const { members, digest } = rollOn(sitting)
  return digest === rollOf(sitting.meeting).digest ? members : refuse('rollChanged')
}

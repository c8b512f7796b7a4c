// The roll (表决名册) of a meeting of members: full-capacity members, or their delegates, of the day it opened. It is
// referred to by count and digest, never listed in an entry.
import type { PersonId, Sha256Hex } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import type { RosterState } from '../../roster/v1/fold.ts'
import { roll, rollDigestText } from '../../roster/v1/roll.ts'
import { membersAt } from '../../roster/v1/members.ts'
import { type Refused, rollOf, type Sitting } from './sitting.ts'

interface Known {
  /** In the order the digest is made in. */
  readonly members: ReadonlySet<PersonId>
  readonly digest: Sha256Hex
}

/** By its members: members who take part online each ask for the same roll, one command after another. */
const rolls = new WeakMap<RosterState['members'], Map<string, Known>>()

/** Who may vote today, over the roster as it stands (law §1). */
export const rollOn = (sitting: Sitting): Known =>
  known(sitting, sitting.roster, dateAt(sitting.deciding.at))

function known({ deciding, meeting }: Sitting, roster: RosterState, on: LocalDate): Known {
  const key = `${meeting.kind} ${on}`
  const of = rolls.get(roster.members) ?? new Map<string, Known>()
  rolls.set(roster.members, of)
  const found = of.get(key)
  if (found !== undefined) return found
  const present = roll(roster, { delegates: meeting.kind === 'delegate', on })
  const made = {
    members: new Set(present.members),
    digest: deciding.digest(rollDigestText(present)),
  }
  of.set(key, made)
  return made
}

/**
 * The roll of an opened meeting: of the roster's revision it was opened over, whatever has been recorded since (law 1.7,
 * 1.8). `rollChanged` only where so much has that nobody could say any more who was on it.
 */
export function rollNow(sitting: Sitting): ReadonlySet<PersonId> | Refused {
  const { meeting, roster } = sitting
  const { digest, rosterRevision } = rollOf(meeting)
  const then = membersAt(roster, rosterRevision)
  if (then === undefined || meeting.openedOn === undefined) return refuse('rollChanged')
  const { members, digest: same } = known(sitting, then, meeting.openedOn)
  return digest === same ? members : refuse('rollChanged')
}

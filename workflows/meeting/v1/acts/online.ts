// Members who take part online. The ledger says that they do; what they chose goes into the ballot box, and is known to
// nobody (浙江条例 Art 30).
import { officeIdSchema } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { rollNow } from '../roll.ts'
import {
  type AskedMeeting,
  attendanceOver,
  decided,
  isRefused,
  mayHappen,
  mustCount,
  type Sitting,
} from '../sitting.ts'

/**
 * What a member acts in: no office of the roster. Voting is everybody's right, and no separation of duties is asked of it
 * (law §7).
 */
export const memberOffice = officeIdSchema.parse('o_member')

/** Once a person, in person, and never beside paper: who signed the sheet or gave a proxy has voted there. */
export function takeBallot({ input }: AskedMeeting<'ballot.take'>, sitting: Sitting): Decision {
  const { by, meeting } = sitting
  const refused = mayHappen(sitting, 'ballot.taken')
  if (refused !== undefined) return refused
  if (by.office !== memberOffice || by.mandate !== undefined)
    return refuse('officeNotHeld', { office: '社员 member' })
  const over = attendanceOver(meeting)
  if (over !== undefined) return over
  if (meeting.notice?.online !== true) return refuse('notOnline')
  const onRoll = rollNow(sitting)
  if (isRefused(onRoll)) return onRoll
  if (!onRoll.has(by.person)) return refuse('notOnRoll', { person: by.person })
  if (meeting.members.has(by.person)) return refuse('alreadyPresent', { person: by.person })
  const byLink = by.auth === 'ballotLink'
  if (byLink && !(meeting.links.has(by.person) && meeting.pins.has(by.person)))
    return refuse('ballotHalfMissing', { person: by.person })
  return decided(sitting, { type: 'ballot.taken', body: { given: input } })
}

/** The ballot box is opened after this, and not before: a choice that is counted was dropped while all could vote. */
export function closeVoting({ input }: AskedMeeting<'voting.close'>, sitting: Sitting): Decision {
  const refused =
    mayHappen(sitting, 'voting.closed') ??
    mustCount(sitting) ??
    (sitting.meeting.votingClosed ? refuse('votingOver') : undefined)
  return refused ?? decided(sitting, { type: 'voting.closed', body: { given: input } })
}

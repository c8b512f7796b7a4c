// Voting without an account: a link and a PIN for each member, one meeting's and one person's. Two persons hand them out, so that
// neither can vote for anybody; who gets another one, and why, stands in the ledger (law 5.20, 5.21).
import type { PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import type { MeetingState } from '../fold.ts'
import { rollNow, rollOn } from '../roll.ts'
import {
  type AskedMeeting,
  attendanceOver,
  decided,
  isRefused,
  mayHappen,
  mustConvene,
  mustHold,
  type Refused,
  type Sitting,
} from '../sitting.ts'
import { recorderPartial } from './sheet.ts'

/** By who records who comes: the link is the notice's, and goes where the notice goes. */
export function issueLinks(
  { input }: AskedMeeting<'ballotLink.issue'>,
  sitting: Sitting,
): Decision {
  const { by, meeting, roster } = sitting
  const refused =
    mayHappen(sitting, 'ballotLink.issued') ??
    mustConvene(roster, by, meeting) ??
    handsBoth(sitting, meeting.pins) ??
    handedWrongly(input, sitting, meeting.links)
  return refused ?? decided(sitting, { type: 'ballotLink.issued', body: { given: input } })
}

/** By a supervisor of the cooperative: they watch the whole vote (浙江省农村集体资产管理条例 Art 17). */
export function issuePins({ input }: AskedMeeting<'ballotPin.issue'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  const refused =
    mayHappen(sitting, 'ballotPin.issued') ??
    mustHold(sitting, 'coopSupervisor') ??
    handsBoth(sitting, meeting.links) ??
    handedWrongly(input, sitting, meeting.pins)
  return refused ?? decided(sitting, { type: 'ballotPin.issued', body: { given: input } })
}

/** Whoever has handed out one half of anybody's, in this meeting, hands out no other half: both would be in one hand. */
function handsBoth({ by }: Sitting, others: MeetingState['links']): Refused | undefined {
  const both = [...others.values()].includes(by.person)
  return both ? refuse('ballotHalvesBySame', { person: by.person }) : undefined
}

function handedWrongly(
  { persons, reason }: AskedMeeting<'ballotLink.issue'>['input'],
  sitting: Sitting,
  before: MeetingState['links'],
): Refused | undefined {
  const { meeting } = sitting
  const refused = recorderPartial(sitting) ?? attendanceOver(meeting)
  if (refused !== undefined) return refused
  if (meeting.notice?.online !== true) return refuse('notOnline')
  const onRoll = rollOf(sitting)
  if (isRefused(onRoll)) return onRoll
  for (const person of persons) {
    if (!onRoll.has(person)) return refuse('notOnRoll', { person })
    if (meeting.members.has(person)) return refuse('alreadyPresent', { person })
    if (before.has(person) && reason === undefined) return refuse('ballotHalfAgain', { person })
  }
  return undefined
}

/** Before the meeting opens the roll of today: who is struck off until then has a link that opens nothing. */
const rollOf = (sitting: Sitting): ReadonlySet<PersonId> | Refused =>
  sitting.meeting.convened === undefined ? rollOn(sitting).members : rollNow(sitting)

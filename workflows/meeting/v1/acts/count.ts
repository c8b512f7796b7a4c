// The count of a secret vote: totals by two tellers, countersigned by the supervisor who watched (浙江条例 Art 17, 30).
import type { PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf, holds, officesOf } from '../../../roster/v1/fold.ts'
import { partiesOf } from '../agenda.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  mustConvene,
  type Refused,
  rollOf,
  type Sitting,
} from '../sitting.ts'
import type { Attendance, MeetingState } from '../fold.ts'
import { votesIn } from '../tally.ts'
import { mustBeImpartial } from './hold.ts'

export function recordTally({ input }: AskedMeeting<'tally.record'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const mayRecord = holds(roster, by, ['teller'], meeting.organisation)
  const refused =
    mayHappen(sitting, 'tally.recorded') ??
    (mayRecord ? undefined : mustConvene(roster, by, meeting))
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, [input.item])
  if (isRefused(items)) return items
  const parties = items.flatMap((item) => partiesOf(deciding.past, item))
  // a choice could still be dropped into the box, and would be counted by nobody
  if (!meeting.votingClosed && meeting.tallies.size === 0 && takesPartOnline(meeting))
    return refuse('votingOpen')
  const unfit = tellersRefusal(input.tellers, parties, sitting)
  if (unfit !== undefined) return unfit
  const wrong = unevenTally(input, meeting)
  if (wrong !== undefined) return wrong
  return decided(sitting, { type: 'tally.recorded', body: { given: input } })
}

const isOnline = ({ method }: Attendance): boolean => method === 'online'
const takesPartOnline = ({ members }: MeetingState): boolean => [...members.values()].some(isOnline)

/** The counts sum to the ballots, and of neither kind are there more than have taken part that way. */
function unevenTally(
  input: AskedMeeting<'tally.record'>['input'],
  { members }: MeetingState,
): Refused | undefined {
  const total = votesIn(input)
  const { paper, online } = input
  if (paper + online !== total)
    return refuse('tallyUneven', { total: String(total), ballots: String(paper + online) })
  const takingPart = [...members.values()].filter(isOnline).length
  const over = (ballots: number, present: number): Refused | undefined =>
    ballots > present
      ? refuse('tallyOverPresent', { total: String(ballots), present: String(present) })
      : undefined
  return over(paper, members.size - takingPart) ?? over(online, takingPart)
}

/** Two persons who hold the office, neither candidate nor mover, and not the one who watches them. */
function tellersRefusal(
  tellers: readonly [PersonId, PersonId],
  parties: readonly PersonId[],
  { meeting, roster }: Sitting,
): Refused | undefined {
  if (tellers[0] === tellers[1]) return refuse('tellerUnfit', { person: tellers[0] })
  const watching = holderOf(roster, rollOf(meeting).watcher)
  for (const person of tellers) {
    const held = officesOf(roster, person).some(
      ({ kind, organisation }) => kind === 'teller' && organisation === meeting.organisation,
    )
    if (!held) return refuse('tellerUnfit', { person })
    if (person === watching || parties.includes(person)) return refuse('tellerPartial', { person })
  }
  return undefined
}

/** Signs for the whole of it: who took part and every count. Nothing is added afterwards. */
export function countersign(
  { input }: AskedMeeting<'tally.countersign'>,
  sitting: Sitting,
): Decision {
  const { by, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'tally.countersigned')
  if (refused !== undefined) return refused
  if (holderOf(roster, by.office) !== by.person)
    return refuse('officeNotHeld', { office: by.office })
  if (rollOf(meeting).watcher !== by.office) return refuse('notYourSeat')
  // another person may hold the office since the meeting opened
  const partial = mustBeImpartial(sitting, by.person)
  if (partial !== undefined) return partial
  const body = { given: input, present: meeting.members.size, items: [...meeting.tallies.keys()] }
  return decided(sitting, { type: 'tally.countersigned', body })
}

// The count of a secret vote: totals by two tellers, countersigned by the supervisor who watched (浙江条例 Art 17, 30).
import type { PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf, officesOf } from '../../../roster/v1/fold.ts'
import { nearPartiesOf, partiesOf } from '../agenda.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  mustCount,
  mustHold,
  mustHoldInPerson,
  type Refused,
  rollOf,
  type Sitting,
} from '../sitting.ts'
import { anyOnline, isOnline, type MeetingState, type Tally, unsignedTally } from '../fold.ts'
import { votesIn } from '../tally.ts'
import { mustBeImpartial } from './hold.ts'

export function recordTally({ input }: AskedMeeting<'tally.record'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'tally.recorded') ?? mustCount(sitting)
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, [input.item])
  if (isRefused(items)) return items
  const parties = items.flatMap((item) => partiesOf(deciding.past, item))
  const near = items.flatMap((item) => [...nearPartiesOf(deciding.past, item, roster)])
  // a choice could still be dropped into the box, and would be counted by nobody
  if (!meeting.votingClosed && meeting.tallies.size === 0 && anyOnline(meeting))
    return refuse('votingOpen')
  const unfit = tellersRefusal(input.tellers, near, sitting)
  if (unfit !== undefined) return unfit
  if (parties.includes(by.person)) return refuse('recorderPartial', { person: by.person })
  const before = meeting.tallies.get(input.item)
  if (before !== undefined && input.reason === undefined)
    return refuse('recountReason', { item: input.item })
  const wrong = unevenTally(input, meeting) ?? toldApart(input, meeting, before)
  if (wrong !== undefined) return wrong
  return decided(sitting, { type: 'tally.recorded', body: { given: input } })
}

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

/** So many ballots at least hide one another. */
const HIDING_LEAST = 3

/**
 * How the few who voted online chose is never told apart (law 5.7): their ballots enter only with those of the others, of
 * whom more than half are in every count; and what was in the box does not change from one count to the next.
 */
function toldApart(
  { item, paper, online }: AskedMeeting<'tally.record'>['input'],
  { members }: MeetingState,
  before: Tally | undefined,
): Refused | undefined {
  if (before !== undefined && before.online !== online)
    return refuse('recountOnline', { item, online: String(before.online) })
  const onPaper = [...members.values()].filter((one) => !isOnline(one)).length
  const least = Math.min(onPaper, Math.max(HIDING_LEAST, Math.floor(onPaper / 2) + 1))
  return online > 0 && paper < least
    ? refuse('countTooSmall', { item, least: String(least) })
    : undefined
}

/** In person, each for what they counted (law 5.7). */
export function signTally({ input }: AskedMeeting<'tally.sign'>, sitting: Sitting): Decision {
  const { by, meeting } = sitting
  const refused =
    mayHappen(sitting, 'tally.signed') ?? mustHold(sitting, 'teller') ?? mustHoldInPerson(sitting)
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, input.items)
  if (isRefused(items)) return items
  for (const { item } of items) {
    const tally = meeting.tallies.get(item)
    if (tally?.tellers.includes(by.person) !== true) return refuse('tallyNotYours', { item })
    if (tally.signed.includes(by.person)) return refuse('alreadySigned')
  }
  return decided(sitting, { type: 'tally.signed', body: { given: input } })
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
  const { by, meeting } = sitting
  const refused = mayHappen(sitting, 'tally.countersigned') ?? mustHoldInPerson(sitting)
  if (refused !== undefined) return refused
  if (rollOf(meeting).watcher !== by.office) return refuse('notYourSeat')
  // another person may hold the office since the meeting opened
  const partial = mustBeImpartial(sitting, by.person)
  if (partial !== undefined) return partial
  const unsigned = unsignedTally(meeting)
  if (unsigned !== undefined) return refuse('tallyUnsigned', { item: unsigned })
  const body = { given: input, present: meeting.members.size, items: [...meeting.tallies.keys()] }
  return decided(sitting, { type: 'tally.countersigned', body })
}

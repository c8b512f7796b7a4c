// 流会: an opened meeting that came to nothing. Not a way out of a vote that was lost (law 5.5).
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { letGo } from '../../../request/v1/under-vote.ts'
import { leftUndecided } from '../../../request/v1/resolutions.ts'
import { isRequestItem, isTakenUp, takenUpBy } from '../agenda.ts'
import { isOfMembers } from '../machine.ts'
import { counted } from '../outcome.ts'
import {
  type AskedMeeting,
  decided,
  mayHappen,
  meetingIdOf,
  mustConvene,
  type Refused,
  type Sitting,
} from '../sitting.ts'

/** Nothing was decided, every request keeps waiting and is told so, and a new meeting is planned. */
export function adjourn({ input }: AskedMeeting<'meeting.adjourn'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster, stream } = sitting
  const refused =
    mayHappen(sitting, 'meeting.adjourned') ?? mustConvene(roster, by, meeting) ?? begun(sitting)
  if (refused !== undefined) return refused
  const id = meetingIdOf(stream)
  const notes = meeting.agenda.filter(isRequestItem).flatMap((item) =>
    leftUndecided(deciding, item.request, {
      waiting: { ...meeting, round: item.round },
      note: { meeting: id, item: item.item, reason: 'adjourned' },
    }),
  )
  const over = takenUpBy(deciding.past, meeting.agenda, id).map((request) => letGo(request, id))
  const event = { type: 'meeting.adjourned', body: { given: input } } as const
  return decided(sitting, event, { notes: [...over, ...notes] })
}

/** A count is known, or enough named votes are: the meeting is closed and says what they came to. */
function begun(sitting: Sitting): Refused | undefined {
  const { deciding, meeting, stream } = sitting
  if (isOfMembers(meeting.kind)) {
    const [item] = meeting.tallies.keys()
    if (item !== undefined) return refuse('votingBegun', { item })
    const [first] = meeting.agenda
    return meeting.votingClosed ? refuse('votingBegun', { item: first?.item ?? '' }) : undefined
  }
  const settled = meeting.agenda.find((item) => {
    if (isRequestItem(item) && !isTakenUp(deciding.past, item, stream)) return false
    const { outcome } = counted(deciding, item, meeting)
    return outcome === 'passed' || outcome === 'failed'
  })
  return settled === undefined ? undefined : refuse('votingBegun', { item: settled.item })
}

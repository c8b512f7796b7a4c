// Closing: what each item came to, and in the same commit what that does to the requests; then signature and posting.
import type { PersonId } from '../../../../src/domain/ids.ts'
import { lastDay } from '../../../../src/domain/calendar.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, EventDraft } from '../../../../src/domain/store.ts'
import { addDays, dateAt } from '../../../../src/domain/time.ts'
import { notOwnHandling } from '../../../request/v1/duties.ts'
import { isSuspended, placeOf } from '../../../request/v1/fold.ts'
import {
  awaitsShareholderDecision,
  boardDecided,
  leftUndecided,
  membersDecided,
  shareholderDecisionSigned,
} from '../../../request/v1/resolutions.ts'
import { isRequestItem, notAwaited, requestOf } from '../agenda.ts'
import type { AgendaItem, Outcome, RequestItem } from '../forms.ts'
import { type MeetingState, stateOf } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import { counted, resultOf } from '../outcome.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  meetingIdOf,
  mustConvene,
  mustHold,
  mustPreside,
  type Refused,
  rollOf,
  type Sitting,
} from '../sitting.ts'
import { minutesUnsigned } from './minutes.ts'

export function close({ input }: AskedMeeting<'meeting.close'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  if (isOfMembers(meeting.kind) && stateOf(meeting) === 'open') return refuse('countersignMissing')
  const refused =
    mayHappen(sitting, 'meeting.closed') ??
    mustPreside(sitting) ??
    minutesUnsigned(sitting, input.minutes)
  if (refused !== undefined) return refused
  const outcomes = meeting.agenda.map((item) => outcomeOf(item, sitting))
  const notes = meeting.agenda.flatMap((item, i) => followed(item, outcomes[i], sitting))
  const body = { given: input, outcomes, ...limitsOf(sitting) }
  return decided(sitting, { type: 'meeting.closed', body }, { notes, policy: meeting.policy })
}

/** What still has to be done about a vote of members, and by when. */
function limitsOf({ deciding, meeting }: Sitting) {
  if (!isOfMembers(meeting.kind)) return {}
  const { resultDays, signWd } = rollOf(meeting)
  const today = dateAt(deciding.at)
  return {
    postBy: addDays(today, resultDays),
    signBy: lastDay(deciding.calendar, today, { workingDays: signWd }),
  }
}

/** A request that moved on since it was put on the agenda is not decided, whatever the votes say. */
function outcomeOf(item: AgendaItem, { deciding, meeting }: Sitting): Outcome {
  const { past } = deciding
  const outcome = { item: item.item, ...counted(deciding, item, meeting) }
  if (!isRequestItem(item) || notAwaited(past, item, meeting) === undefined) return outcome
  const reason = isSuspended(requestOf(past, item)) ? 'suspended' : 'requestMoved'
  return { ...outcome, outcome: 'notDecided', reason }
}

function followed(
  item: AgendaItem,
  outcome: Outcome | undefined,
  sitting: Sitting,
): readonly EventDraft[] {
  if (!isRequestItem(item) || outcome === undefined) return []
  const { deciding, meeting, stream } = sitting
  if (outcome.outcome === 'notDecided') {
    const { reason = 'notPut' } = outcome
    return leftUndecided(deciding, item.request, {
      waiting: { ...meeting, round: item.round },
      note: { meeting: meetingIdOf(stream), item: item.item, reason },
    })
  }
  const resolved = {
    outcome: outcome.outcome,
    resolution: resultOf(meetingIdOf(stream), outcome),
    voters: votersOn(meeting, item),
  }
  const decide = isOfMembers(meeting.kind) ? membersDecided : boardDecided
  return decide(deciding, item.request, resolved)
}

/** Whoever voted and whoever was voted for: neither decides in another must of the request. */
const votersOn = ({ ballots }: MeetingState, { item }: AgendaItem): readonly PersonId[] => [
  ...new Set([...(ballots.get(item)?.values() ?? [])].flatMap(({ persons }) => persons)),
]

/** The cooperative's legal representative signs for the sole shareholder what the members carried (L2 Art 60). */
export function signDecision(
  { input }: AskedMeeting<'shareholderDecision.sign'>,
  sitting: Sitting,
): Decision {
  const { by, deciding, meeting, stream } = sitting
  const refused =
    mayHappen(sitting, 'shareholderDecision.signed') ?? mustHold(sitting, 'legalRepresentative')
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, input.items)
  if (isRefused(items)) return items
  const notes: EventDraft[] = []
  for (const item of items) {
    // the shareholder's signature decides on it: nobody signs for what they issued themselves
    const own = isRequestItem(item)
      ? notOwnHandling(requestOf(deciding.past, item), by.person)
      : undefined
    if (own !== undefined) return own
    const outcome = meeting.outcomes.find((known) => known.item === item.item)
    if (!isSigned(item) || outcome?.outcome !== 'passed')
      return refuse('itemNotPassed', { item: item.item })
    if (meeting.signed.includes(item.item)) return refuse('alreadySigned')
    // an authority waits for nothing: it is entered afterwards, by what was signed
    if (!isRequestItem(item)) continue
    const barred = unsignable(item, sitting)
    if (barred !== undefined) return barred
    notes.push(
      ...shareholderDecisionSigned(deciding, item.request, resultOf(meetingIdOf(stream), outcome)),
    )
  }
  const body = { given: input }
  return decided(
    sitting,
    { type: 'shareholderDecision.signed', body },
    { notes, policy: meeting.policy },
  )
}

/** What the shareholder decides of a company: its requests and its authorities. */
const isSigned = (item: AgendaItem): boolean => isRequestItem(item) || item.authority !== undefined

function unsignable(item: RequestItem, { deciding }: Sitting): Refused | undefined {
  const request = requestOf(deciding.past, item)
  if (isSuspended(request)) return refuse('suspended')
  return awaitsShareholderDecision(request) && request.snapshot.context.round === item.round
    ? undefined
    : refuse('requestNotWaiting', { request: item.request, state: placeOf(request) })
}

export function postResult({ input }: AskedMeeting<'result.post'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'result.posted') ?? mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const today = dateAt(deciding.at)
  const { postBy: dueOn = today } = meeting
  return decided(sitting, {
    type: 'result.posted',
    body: { given: input, dueOn, late: today > dueOn },
  })
}

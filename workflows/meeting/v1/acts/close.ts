// Closing: what each item came to, and in the same commit what that does to the requests; then signature and posting.
import type { OfficeId, PersonId } from '../../../../src/domain/ids.ts'
import { type Calendar, CalendarMissing, lastDay } from '../../../../src/domain/calendar.ts'
import { bothOf, requestPlaces } from '../../../../src/domain/places.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision, EventDraft } from '../../../../src/domain/store.ts'
import { addDays, dateAt, type LocalDate } from '../../../../src/domain/time.ts'
import { ruleVoted } from '../../../policy/v1/fold.ts'
import { notOwnHandling } from '../../../request/v1/duties.ts'
import { isSuspended, placeOf } from '../../../request/v1/fold.ts'
import {
  awaitsShareholderDecision,
  boardDecided,
  leftUndecided,
  membersDecided,
  shareholderDecisionSigned,
} from '../../../request/v1/resolutions.ts'
import { letGo } from '../../../request/v1/under-vote.ts'
import { holderOf } from '../../../roster/v1/fold.ts'
import {
  isRequestItem,
  isTakenUp,
  mustAbstain,
  notAwaited,
  requestOf,
  takenUpBy,
} from '../agenda.ts'
import { type AgendaItem, isForShareholder, type Outcome, type RequestItem } from '../forms.ts'
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
  mustClose,
  mustConvene,
  mustHold,
  type Refused,
  rollOf,
  type Sitting,
} from '../sitting.ts'
import { unsignedMinutes } from './minutes.ts'

export function close({ input }: AskedMeeting<'meeting.close'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  if (isOfMembers(meeting.kind) && stateOf(meeting) === 'open') return refuse('countersignMissing')
  const refused =
    mayHappen(sitting, 'meeting.closed') ?? mustClose(sitting) ?? closerConcerned(sitting)
  if (refused !== undefined) return refused
  const lacking = unsignedMinutes(sitting, input.minutes)
  if (isRefused(lacking)) return lacking
  const outcomes = meeting.agenda.map((item) => outcomeOf(item, sitting))
  const notes = meeting.agenda.flatMap((item, i) => followed(item, outcomes[i], sitting))
  const id = meetingIdOf(sitting.stream)
  const over = takenUpBy(sitting.deciding.past, meeting.agenda, id).map((one) => letGo(one, id))
  const body = { given: input, outcomes, ...lacking, ...limitsOf(sitting) }
  const event = { type: 'meeting.closed', body } as const
  return decided(sitting, event, { notes: [...over, ...notes], policy: meeting.policy })
}

/** Whom an item concerns does not preside over its result while somebody is there who may (law 7.8). */
function closerConcerned(sitting: Sitting): Refused | undefined {
  const { by, deciding, meeting, roster } = sitting
  const concerned = (office: OfficeId, person: PersonId): AgendaItem | undefined =>
    meeting.agenda.find(
      (item) =>
        meeting.recusals.get(item.item)?.has(office) === true ||
        mustAbstain(deciding, item, person),
    )
  const item = concerned(by.office, by.person)
  if (item === undefined) return undefined
  const another = [...meeting.present].some(
    ([office, { method, person }]) =>
      method !== 'proxy' &&
      holderOf(roster, office) === person &&
      concerned(office, person) === undefined,
  )
  // at a meeting of members the supervisor who watches is nobody's party
  return another || isOfMembers(meeting.kind)
    ? refuse('closerConcerned', { item: item.item })
    : undefined
}

/** What still has to be done about a vote of members, and by when. */
function limitsOf({ deciding, meeting }: Sitting) {
  if (!isOfMembers(meeting.kind)) return {}
  const { resultDays, signWd } = rollOf(meeting)
  const today = dateAt(deciding.at)
  return {
    postBy: addDays(today, resultDays),
    ...signBy(deciding.calendar, today, signWd),
  }
}

/** What was voted is closed all the same where the calendar does not reach the limit: it was looked at with the notice. */
function signBy(calendar: Calendar, today: LocalDate, workingDays: number) {
  try {
    return { signBy: lastDay(calendar, today, { workingDays }) }
  } catch (error) {
    if (error instanceof CalendarMissing) return {}
    throw error
  }
}

/** A request that moved on since it was put on the agenda is not decided, whatever the votes say. */
function outcomeOf(item: AgendaItem, { deciding, meeting, stream }: Sitting): Outcome {
  const { past } = deciding
  const outcome = { item: item.item, ...counted(deciding, item, meeting) }
  if (!isRequestItem(item)) return outcome
  if (isTakenUp(past, item, stream) && notAwaited(past, item, meeting) === undefined) return outcome
  const reason = isSuspended(requestOf(past, item)) ? 'suspended' : 'requestMoved'
  return { ...outcome, outcome: 'notDecided', reason }
}

function followed(
  item: AgendaItem,
  outcome: Outcome | undefined,
  sitting: Sitting,
): readonly EventDraft[] {
  if (outcome === undefined) return []
  if (!isRequestItem(item)) return ruleOf(item, outcome, sitting)
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

/** A rule that the members passed waits to be entered, as long as the result waits to be posted (law 8.1). */
function ruleOf(
  item: Exclude<AgendaItem, RequestItem>,
  { outcome }: Outcome,
  { deciding, meeting, stream }: Sitting,
): readonly EventDraft[] {
  if (item.rule === undefined || outcome !== 'passed' || !isOfMembers(meeting.kind)) return []
  const { organisation } = meeting
  const dueOn = addDays(dateAt(deciding.at), rollOf(meeting).resultDays)
  return [ruleVoted({ meeting: meetingIdOf(stream), item: item.item, organisation, dueOn })]
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
    if (!isForShareholder(item) || outcome?.outcome !== 'passed')
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

function unsignable(item: RequestItem, { deciding }: Sitting): Refused | undefined {
  const request = requestOf(deciding.past, item)
  if (isSuspended(request)) return refuse('suspended')
  return awaitsShareholderDecision(request) && request.snapshot.context.round === item.round
    ? undefined
    : refuse('requestNotWaiting', {
        request: item.request,
        state: bothOf(requestPlaces, placeOf(request)),
      })
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

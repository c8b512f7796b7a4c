// The meeting held: opened over a fixed roll or fixed seats, attendance taken.
import type { OfficeId, PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import type { PolicyValues } from '../../../../src/domain/policy.ts'
import { holderOf, officesOf, rosterStream, rosterFold } from '../../../roster/v1/fold.ts'
import { standsBefore } from '../../../request/v1/resolutions.ts'
import { takenUp } from '../../../request/v1/under-vote.ts'
import {
  companyConcerned,
  isRequestItem,
  nearPartiesOf,
  onAnotherAgenda,
  requestOf,
} from '../agenda.ts'
import type { Convened, RequestItem } from '../forms.ts'
import type { MeetingState } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import { rollOn } from '../roll.ts'
import {
  type AskedMeeting,
  attendanceOver,
  chairOf,
  decided,
  isRefused,
  mayHappen,
  meetingIdOf,
  mustConvene,
  mustHoldInPerson,
  noticeLapsed,
  notThisKind,
  organOf,
  policyNow,
  type Refused,
  seatsOf,
  type Sitting,
} from '../sitting.ts'
import { tooFewDelegates } from './prepare.ts'
import { sheetRefusal } from './sheet.ts'

export function open({ input }: AskedMeeting<'meeting.open'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'meeting.opened') ?? mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const ofMembers = isOfMembers(meeting.kind)
  if (!ofMembers && input.watcher !== undefined) return notThisKind(meeting)
  const policy = policyNow(deciding)
  if (isRefused(policy)) return policy
  const heldAt = meeting.notice?.heldAt
  if (heldAt === undefined || deciding.at < heldAt)
    return refuse('openedEarly', { heldAt: heldAt ?? '' })
  if (noticeLapsed(sitting)) return refuse('noticeLapsed', { heldAt })
  const convened = ofMembers
    ? convenedMembers(sitting, policy.values, input.watcher)
    : convenedSeats(sitting, policy.values)
  if (isRefused(convened)) return convened
  const waiting = meeting.agenda.filter(isRequestItem).filter((item) => standsHere(item, sitting))
  const id = meetingIdOf(sitting.stream)
  for (const item of waiting) {
    const elsewhere = onAnotherAgenda(deciding.past, item, id)
    if (elsewhere !== undefined) return elsewhere
  }
  const notes = waiting.map(({ request, item }) => takenUp(request, id, item))
  return decided(
    sitting,
    { type: 'meeting.opened', body: { given: input, convened } },
    { notes, policy: policy.id },
  )
}

/** It waits for just this meeting, suspended or not: from here on it is under its vote (law 5.5). */
const standsHere = (item: RequestItem, { deciding, meeting }: Sitting): boolean =>
  standsBefore(requestOf(deciding.past, item), { ...meeting, round: item.round })

function convenedMembers(
  sitting: Sitting,
  bars: PolicyValues,
  watcher: OfficeId | undefined,
): Convened | Refused {
  const { deciding, meeting, roster } = sitting
  const mustWatch = bars['member.supervisorWatch']
  if (watcher === undefined || (mustWatch && !mayWatch(sitting, watcher)))
    return refuse('watcherMissing')
  const partial = mustBeImpartial(sitting, holderOf(roster, watcher))
  if (partial !== undefined) return partial
  const { revision } = deciding.past.stream(rosterFold, rosterStream)
  const { members, digest } = rollOn(sitting)
  const few = tooFewDelegates(meeting, members.size)
  if (few !== undefined) return few
  return {
    as: 'members',
    watcher,
    rosterRevision: revision,
    roll: members.size,
    digest,
    quorum: bars['member.quorum'],
    majority: bars['member.majority'],
    resultDays: bars['member.resultDays'],
    secret: bars['member.secretBallot'],
    // a delegate was elected to come: the law gives proxies to members only (L1 Art 27, 28)
    proxies: meeting.kind === 'delegate' ? 0 : bars['member.proxy'],
    signWd: bars['step.slaWd'],
    ...chaired(sitting),
  }
}

/** A supervisor of the cooperative now in office, who neither arranged the meeting nor opens it. */
function mayWatch({ by, meeting, roster }: Sitting, watcher: OfficeId): boolean {
  const office = roster.offices.get(watcher)
  return (
    office?.kind === 'coopSupervisor' &&
    office.holder !== undefined &&
    office.holder.person !== by.person &&
    office.holder.person !== meeting.planner
  )
}

/**
 * Who moved an item or stands in it does not watch over its vote, nor do their near relatives, nor who holds an office in
 * the company concerned; whoever issued a request moves it.
 */
export function mustBeImpartial(
  { deciding: { past }, meeting, roster }: Sitting,
  person: PersonId | undefined,
): Refused | undefined {
  if (person === undefined) return undefined
  const served = new Set(officesOf(roster, person).map(({ organisation }) => organisation))
  const partial = meeting.agenda.some((item) => {
    const company = companyConcerned(past, item)
    return (
      nearPartiesOf(past, item, roster).has(person) ||
      (company !== undefined && served.has(company))
    )
  })
  return partial ? refuse('watcherPartial', { person }) : undefined
}

function chaired({ meeting, roster }: Sitting): { readonly chair?: OfficeId } {
  const chair = chairOf(roster, meeting)
  return chair === undefined ? {} : { chair: chair.id }
}

/** Directors alone may be represented, each by another of their board; a supervisor by nobody (law §7). */
const convenedSeats = (sitting: Sitting, bars: PolicyValues): Convened => ({
  as: 'organ',
  ...chaired(sitting),
  proxies: sitting.meeting.kind === 'board' ? bars['board.proxiesPerDirector'] : 0,
  ...organBars(sitting.meeting, bars),
  seats: organOf(sitting.roster, sitting.meeting).map(({ id, holder }) => ({
    office: id,
    ...(holder === undefined ? {} : { person: holder.person }),
  })),
})

/** As strict as the law, or stricter where the policy is (L2 Art 73, L1 Art 31). */
function organBars({ kind }: MeetingState, bars: PolicyValues) {
  switch (kind) {
    case 'board':
      return { bars: { quorum: bars['board.quorum'], majority: bars['board.majority'] } }
    case 'council':
      return { bars: { quorum: bars['council.quorum'], majority: bars['council.majority'] } }
    default:
      return {}
  }
}

export function attend({ input }: AskedMeeting<'attendance.record'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  if ((input.as === 'sheet') !== isOfMembers(meeting.kind)) return notThisKind(meeting)
  const refused =
    mayHappen(sitting, 'attendance.recorded') ??
    attendanceOver(meeting) ??
    (input.as === 'sheet' ? sheetRefusal(input, sitting) : seatRefusal(input.method, sitting))
  return refused ?? decided(sitting, { type: 'attendance.recorded', body: { given: input } })
}

/** An officer who comes in person; nobody signs in for them. */
function seatRefusal(method: 'onSite' | 'online', sitting: Sitting): Refused | undefined {
  const { by, meeting } = sitting
  const refused = mustSit(sitting)
  if (refused !== undefined) return refused
  if (method === 'online' && meeting.notice?.online !== true) return refuse('notOnline')
  return alreadySits(meeting, by.person)
}

export const alreadySits = ({ present }: MeetingState, person: PersonId): Refused | undefined =>
  [...present.values()].some((presence) => presence.person === person)
    ? refuse('alreadyPresent', { person })
    : undefined

/** Holds, now and in person, one of the seats that were fixed when the meeting opened; a successor takes the seat. */
export function mustSit(sitting: Sitting): Refused | undefined {
  const { by, meeting } = sitting
  const refused = mustHoldInPerson(sitting)
  if (refused !== undefined) return refused
  return seatsOf(meeting).some(({ office }) => office === by.office)
    ? undefined
    : refuse('notYourSeat')
}

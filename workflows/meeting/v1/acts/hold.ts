// The meeting held: opened over a fixed roll or fixed seats, attendance taken, adjourned when it comes to nothing.
import type { OfficeId, PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import type { PolicyValues } from '../../../../src/domain/policy.ts'
import { holderOf, rosterStream, rosterFold } from '../../../roster/v1/fold.ts'
import { leftUndecided } from '../../../request/v1/resolutions.ts'
import { isRequestItem, partiesOf } from '../agenda.ts'
import type { AttendanceSheet, Convened } from '../forms.ts'
import type { MeetingState } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import { rollNow, rollOn } from '../roll.ts'
import {
  type AskedMeeting,
  chairOf,
  decided,
  isRefused,
  mayHappen,
  meetingIdOf,
  mustConvene,
  noticeLapsed,
  organOf,
  policyNow,
  type Refused,
  rollOf,
  seatsOf,
  type Sitting,
} from '../sitting.ts'
import { tooFewDelegates } from './prepare.ts'

export function open({ input }: AskedMeeting<'meeting.open'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'meeting.opened') ?? mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const ofMembers = isOfMembers(meeting.kind)
  if (!ofMembers && input.watcher !== undefined)
    return refuse('notThisKind', { kind: meeting.kind })
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
  return decided(
    sitting,
    { type: 'meeting.opened', body: { given: input, convened } },
    { policy: policy.id },
  )
}

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

/** Who moved an item or stands in it does not watch over its vote; whoever issued a request moves it. */
export function mustBeImpartial(
  { deciding, meeting }: Sitting,
  person: PersonId | undefined,
): Refused | undefined {
  const parties = meeting.agenda.flatMap((item) => partiesOf(deciding.past, item))
  return person !== undefined && parties.includes(person)
    ? refuse('watcherPartial', { person })
    : undefined
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
  if ((input.as === 'sheet') !== isOfMembers(meeting.kind))
    return refuse('notThisKind', { kind: meeting.kind })
  const refused =
    mayHappen(sitting, 'attendance.recorded') ??
    attendanceOver(meeting) ??
    (input.as === 'sheet' ? sheetRefusal(input, sitting) : seatRefusal(input.method, sitting))
  return refused ?? decided(sitting, { type: 'attendance.recorded', body: { given: input } })
}

/** Who takes part is settled before a count is known: nobody is added to fit it. */
export const attendanceOver = ({ tallies, votingClosed }: MeetingState): Refused | undefined =>
  tallies.size > 0 || votingClosed ? refuse('attendanceClosed') : undefined

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
export function mustSit({ by, meeting, roster }: Sitting): Refused | undefined {
  if (roster.offices.get(by.office)?.holder?.person !== by.person) {
    return refuse('officeNotHeld', { office: by.office })
  }
  return seatsOf(meeting).some(({ office }) => office === by.office)
    ? undefined
    : refuse('notYourSeat')
}

function sheetRefusal(sheet: AttendanceSheet, sitting: Sitting): Refused | undefined {
  const { by, meeting, roster } = sitting
  const refused = mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const onRoll = rollNow(sitting)
  if (isRefused(onRoll)) return onRoll
  return listed(sheet, { meeting, onRoll }) ?? proxied(sheet, sitting)
}

/** Everybody on the sheet is on the roll, and once only. */
function listed(
  { onSite, proxies }: AttendanceSheet,
  { meeting, onRoll }: { readonly meeting: MeetingState; readonly onRoll: ReadonlySet<PersonId> },
): Refused | undefined {
  const counted = new Set(meeting.members.keys())
  const represented = (proxies?.held ?? []).map(({ member }) => member)
  for (const person of [...onSite, ...represented]) {
    if (!onRoll.has(person)) return refuse('notOnRoll', { person })
    if (counted.has(person)) return refuse('alreadyPresent', { person })
    counted.add(person)
  }
  return undefined
}

/** A written proxy goes to a member of the same household who has come and holds no other (L1 Art 27). */
function proxied(
  { onSite, proxies }: AttendanceSheet,
  { meeting, roster }: Sitting,
): Refused | undefined {
  if (proxies === undefined) return undefined
  if (meeting.kind === 'delegate') return refuse('notThisKind', { kind: meeting.kind })
  const most = rollOf(meeting).proxies
  // the paper ballot of another is cast where the ballots lie: who takes part online carries none
  const inPerson = new Set(onSite)
  const holding = new Map<PersonId, number>()
  const holdsOne = (holder: PersonId) => holding.set(holder, (holding.get(holder) ?? 0) + 1)
  for (const [person, attendance] of meeting.members) {
    if (attendance.method === 'proxy') holdsOne(attendance.holder)
    else if (attendance.method === 'onSite') inPerson.add(person)
  }
  for (const { member, holder } of proxies.held) {
    if (!inPerson.has(holder)) return refuse('proxyHolderAbsent', { holder })
    if (roster.members.get(member)?.household !== roster.members.get(holder)?.household) {
      return refuse('proxyNotHousehold', { member, holder })
    }
    if ((holding.get(holder) ?? 0) >= most)
      return refuse('proxyTwice', { holder, most: String(most) })
    holdsOne(holder)
  }
  return undefined
}

/** 流会: nothing was decided, every request keeps waiting and is told so, and a new meeting is planned. */
export function adjourn({ input }: AskedMeeting<'meeting.adjourn'>, sitting: Sitting): Decision {
  const { by, deciding, meeting, roster, stream } = sitting
  const refused = mayHappen(sitting, 'meeting.adjourned') ?? mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const notes = meeting.agenda.filter(isRequestItem).flatMap((item) =>
    leftUndecided(deciding, item.request, {
      waiting: { ...meeting, round: item.round },
      note: { meeting: meetingIdOf(stream), item: item.item, reason: 'adjourned' },
    }),
  )
  return decided(sitting, { type: 'meeting.adjourned', body: { given: input } }, { notes })
}

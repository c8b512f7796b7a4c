// The meeting held: opened over a fixed roll or fixed seats, attendance taken, adjourned when it comes to nothing.
import type { OfficeId, PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { dateAt } from '../../../../src/domain/time.ts'
import {
  holderOf,
  rosterStream,
  rosterFold,
  roll,
  rollDigestText,
  type RosterState,
} from '../../../roster/v1/fold.ts'
import { partiesOf } from '../agenda.ts'
import type { AttendanceSheet, Convened } from '../forms.ts'
import type { MeetingState } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  mayHappen,
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
    : convenedSeats(sitting)
  if (isRefused(convened)) return convened
  return decided(
    sitting,
    { type: 'meeting.opened', body: { given: input, convened } },
    { policy: policy.id },
  )
}

type Bars = Readonly<{
  'member.quorum': string
  'member.majority': string
  'member.resultDays': number
}>

function convenedMembers(
  sitting: Sitting,
  bars: Bars,
  watcher: OfficeId | undefined,
): Convened | Refused {
  const { deciding, meeting, roster } = sitting
  if (watcher === undefined || !mayWatch(sitting, watcher)) return refuse('watcherMissing')
  const partial = mustBeImpartial(sitting, holderOf(roster, watcher))
  if (partial !== undefined) return partial
  const { revision } = deciding.past.stream(rosterFold, rosterStream)
  const present = rollOn(roster, meeting, sitting)
  const few = tooFewDelegates(meeting, present.count)
  if (few !== undefined) return few
  return {
    as: 'members',
    watcher,
    rosterRevision: revision,
    roll: present.count,
    digest: deciding.digest(rollDigestText(present)),
    quorum: bars['member.quorum'],
    majority: bars['member.majority'],
    resultDays: bars['member.resultDays'],
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

const convenedSeats = ({ meeting, roster }: Sitting): Convened => ({
  as: 'organ',
  seats: organOf(roster, meeting).map(({ id, holder }) => ({
    office: id,
    ...(holder === undefined ? {} : { person: holder.person }),
  })),
})

/** Who may vote on the day it opened. */
function rollOn(
  roster: RosterState,
  { kind, openedOn }: MeetingState,
  { deciding }: Pick<Sitting, 'deciding'>,
) {
  return roll(roster, { delegates: kind === 'delegate', on: openedOn ?? dateAt(deciding.at) })
}

export function attend({ input }: AskedMeeting<'attendance.record'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  if ((input.as === 'sheet') !== isOfMembers(meeting.kind))
    return refuse('notThisKind', { kind: meeting.kind })
  const refused =
    mayHappen(sitting, 'attendance.recorded') ??
    // who takes part is settled before a count is known: nobody is added to fit it
    (meeting.tallies.size > 0 ? refuse('attendanceClosed') : undefined) ??
    (input.as === 'sheet' ? sheetRefusal(input, sitting) : seatRefusal(input.method, sitting))
  return refused ?? decided(sitting, { type: 'attendance.recorded', body: { given: input } })
}

/** An officer who comes in person; nobody signs in for them. */
function seatRefusal(method: 'onSite' | 'online', sitting: Sitting): Refused | undefined {
  const { by, meeting } = sitting
  const refused = mustSit(sitting)
  if (refused !== undefined) return refused
  if (method === 'online' && meeting.notice?.online !== true) return refuse('notOnline')
  return [...meeting.present.values()].includes(by.person)
    ? refuse('alreadyPresent', { person: by.person })
    : undefined
}

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
  const { by, deciding, meeting, roster } = sitting
  const refused = mustConvene(roster, by, meeting)
  if (refused !== undefined) return refused
  const { members } = rollOn(roster, meeting, sitting)
  // the roll is referred to, not listed: if the roster has since changed it, nobody could say who was on it
  if (deciding.digest(members.join('\n')) !== rollOf(meeting).digest) return refuse('rollChanged')
  if (sheet.online.length > 0 && meeting.notice?.online !== true) return refuse('notOnline')
  return listed(sheet, { meeting, onRoll: new Set(members) }) ?? proxied(sheet, sitting)
}

/** Everybody on the sheet is on the roll, and once only. */
function listed(
  { onSite, online, proxies }: AttendanceSheet,
  { meeting, onRoll }: { readonly meeting: MeetingState; readonly onRoll: ReadonlySet<PersonId> },
): Refused | undefined {
  const counted = new Set(meeting.members.keys())
  const represented = (proxies?.held ?? []).map(({ member }) => member)
  for (const person of [...onSite, ...online, ...represented]) {
    if (!onRoll.has(person)) return refuse('notOnRoll', { person })
    if (counted.has(person)) return refuse('alreadyPresent', { person })
    counted.add(person)
  }
  return undefined
}

/** A written proxy goes to one member of the same household who is there in person and holds no other (L1 Art 27). */
function proxied(
  { onSite, online, proxies }: AttendanceSheet,
  { meeting, roster }: Sitting,
): Refused | undefined {
  if (proxies === undefined) return undefined
  // a delegate was elected to come: the law gives proxies to members only (L1 Art 27, 28)
  if (meeting.kind === 'delegate') return refuse('notThisKind', { kind: meeting.kind })
  const inPerson = new Set([...onSite, ...online])
  const holders = new Set<PersonId>()
  for (const [person, attendance] of meeting.members) {
    if (attendance.method === 'proxy') holders.add(attendance.holder)
    else inPerson.add(person)
  }
  for (const { member, holder } of proxies.held) {
    if (!inPerson.has(holder)) return refuse('proxyHolderAbsent', { holder })
    if (roster.members.get(member)?.household !== roster.members.get(holder)?.household) {
      return refuse('proxyNotHousehold', { member, holder })
    }
    if (holders.has(holder)) return refuse('proxyTwice', { holder })
    holders.add(holder)
  }
  return undefined
}

/** 流会: nothing was decided, every request keeps waiting, and a new meeting is planned. */
export function adjourn({ input }: AskedMeeting<'meeting.adjourn'>, sitting: Sitting): Decision {
  const { by, meeting, roster } = sitting
  const refused = mayHappen(sitting, 'meeting.adjourned') ?? mustConvene(roster, by, meeting)
  return refused ?? decided(sitting, { type: 'meeting.adjourned', body: { given: input } })
}

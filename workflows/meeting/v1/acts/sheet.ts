// The sign-in sheet of a meeting of members: in bulk, for people without accounts, and put right before anything is counted.
import type { PersonId } from '../../../../src/domain/ids.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { partiesOf } from '../agenda.ts'
import type { AttendanceSheet } from '../forms.ts'
import type { MeetingState } from '../fold.ts'
import { rollNow } from '../roll.ts'
import {
  type AskedMeeting,
  attendanceOver,
  decided,
  isRefused,
  mayHappen,
  mustConvene,
  notThisKind,
  type Refused,
  rollOf,
  type Sitting,
} from '../sitting.ts'

/** Who moved an item, stands in it or issued its request writes down neither who came nor what was counted. */
export function recorderPartial({ by, deciding, meeting }: Sitting): Refused | undefined {
  const parties = meeting.agenda.flatMap((item) => partiesOf(deciding.past, item))
  return parties.includes(by.person) ? refuse('recorderPartial', { person: by.person }) : undefined
}

export function sheetRefusal(sheet: AttendanceSheet, sitting: Sitting): Refused | undefined {
  const { by, meeting, roster } = sitting
  const refused = mustConvene(roster, by, meeting) ?? recorderPartial(sitting)
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
  if (meeting.kind === 'delegate') return notThisKind(meeting)
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

/** Who did not come is taken off again, with whoever gave them a proxy; who voted online has voted. */
export function correctAttendance(
  { input }: AskedMeeting<'attendance.correct'>,
  sitting: Sitting,
): Decision {
  const { by, meeting, roster } = sitting
  const refused =
    mayHappen(sitting, 'attendance.corrected') ??
    attendanceOver(meeting) ??
    mustConvene(roster, by, meeting) ??
    recorderPartial(sitting) ??
    uncorrectable(input.persons, meeting)
  return refused ?? decided(sitting, { type: 'attendance.corrected', body: { given: input } })
}

function uncorrectable(
  persons: readonly PersonId[],
  { members }: MeetingState,
): Refused | undefined {
  const off = new Set(persons)
  for (const person of persons) {
    const attendance = members.get(person)
    if (attendance === undefined || attendance.method === 'online')
      return refuse('notOnSheet', { person })
  }
  for (const [member, attendance] of members) {
    if (attendance.method !== 'proxy' || off.has(member)) continue
    if (off.has(attendance.holder))
      return refuse('proxyHolderAbsent', { holder: attendance.holder })
  }
  return undefined
}

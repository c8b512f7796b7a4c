// A director who cannot come is represented by another director of the same board, in writing, for this meeting (law §7).
// A supervisor is represented by nobody, a vacant seat neither.
import { bothOf, meetingKindNames } from '../../../../src/domain/places.ts'
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf } from '../../../roster/v1/fold.ts'
import {
  type AskedMeeting,
  attendanceOver,
  decided,
  mayHappen,
  type Refused,
  seatsOf,
  type Sitting,
} from '../sitting.ts'
import { alreadySits, mustSit } from './hold.ts'

/** The seat counts as there by proxy; who came for it casts its ballots too, and is looked at beside the one represented. */
export function represent(
  { input }: AskedMeeting<'representation.record'>,
  sitting: Sitting,
): Decision {
  const { meeting, roster } = sitting
  const refused =
    mayHappen(sitting, 'representation.recorded') ??
    (meeting.kind === 'board'
      ? undefined
      : refuse('seatInPerson', { kind: bothOf(meetingKindNames, meeting.kind) })) ??
    attendanceOver(meeting) ??
    mustSit(sitting) ??
    representing(sitting)
  if (refused !== undefined) return refused
  if (!seatsOf(meeting).some(({ office }) => office === input.office)) return refuse('notYourSeat')
  const person = holderOf(roster, input.office)
  if (person === undefined) return refuse('seatVacant', { office: input.office })
  const there = alreadySits(meeting, person)
  return (
    there ?? decided(sitting, { type: 'representation.recorded', body: { given: input, person } })
  )
}

/** Has come in person, and represents no more than the charter lets one. */
function representing({ by, meeting }: Sitting): Refused | undefined {
  if (meeting.present.get(by.office)?.person !== by.person) return refuse('notPresent')
  const held = [...meeting.present.values()].filter(
    (presence) => presence.method === 'proxy' && presence.holder === by.person,
  )
  const most = meeting.convened?.proxies ?? 0
  return held.length < most
    ? undefined
    : refuse('representsEnough', { person: by.person, most: String(most) })
}

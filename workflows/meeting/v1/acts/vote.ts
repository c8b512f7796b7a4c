// Named votes of organs: who may not vote says so, who votes is there, once an item (L2 Art 73, L1 Art 31, law §7).
import { refuse } from '../../../../src/domain/refusal.ts'
import type { OfficeId, PersonId } from '../../../../src/domain/ids.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { holderOf } from '../../../roster/v1/fold.ts'
import { barredFrom, isRequestItem, notAwaited, notTakenUp, seatsFor } from '../agenda.ts'
import type { AgendaItem } from '../forms.ts'
import { stateOf } from '../fold.ts'
import { isOfMembers } from '../machine.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  mustHold,
  officeNamed,
  type Refused,
  seatKindOf,
  type Sitting,
} from '../sitting.ts'
import { mustSit } from './hold.ts'

/** May be declared as soon as the agenda is known, and until the vote. */
export function recuse({ input }: AskedMeeting<'recusal.declare'>, sitting: Sitting): Decision {
  const { by, meeting, roster } = sitting
  const refused =
    mayHappen(sitting, 'recusal.declared') ??
    (stateOf(meeting) === 'open'
      ? mustSit(sitting)
      : mustHold(sitting, seatKindOf(roster, meeting)))
  if (refused !== undefined) return refused
  const items = itemsNamed(meeting, input.items)
  if (isRefused(items)) return items
  for (const { item } of items) {
    if (meeting.ballots.get(item)?.has(by.office) === true) return refuse('alreadyVoted', { item })
    if (meeting.recusals.get(item)?.has(by.office) === true) return refuse('recused', { item })
  }
  return decided(sitting, { type: 'recusal.declared', body: { given: input } })
}

export function castBallot({ input }: AskedMeeting<'ballot.cast'>, sitting: Sitting): Decision {
  const { meeting } = sitting
  // a member's choice is dropped into a box: no entry names who made it
  if (isOfMembers(meeting.kind)) return refuse('ballotsSecret')
  const refused = mayHappen(sitting, 'ballot.cast') ?? mustSit(sitting)
  if (refused !== undefined) return refused
  const voice = voiceOf(sitting, input.seat)
  if (isRefused(voice)) return voice
  const items = itemsNamed(
    meeting,
    input.choices.map(({ item }) => item),
  )
  if (isRefused(items)) return items
  for (const item of items) {
    const barred = ballotRefusal(item, voice, sitting)
    if (barred !== undefined) return barred
  }
  return decided(sitting, { type: 'ballot.cast', body: { given: input } })
}

/** The seat that is voted for, and everybody the rules look at: who votes, and whom they represent (law §7). */
interface Voice {
  readonly seat: OfficeId
  readonly persons: readonly PersonId[]
}

function voiceOf({ by, meeting, roster }: Sitting, seat: OfficeId | undefined): Voice | Refused {
  const own = meeting.present.get(by.office)
  if (own?.person !== by.person || own.method === 'proxy') return refuse('notPresent')
  if (seat === undefined || seat === by.office) return { seat: by.office, persons: [by.person] }
  const presence = meeting.present.get(seat)
  if (presence?.method !== 'proxy' || presence.holder !== by.person) return refuse('notYourSeat')
  // an authorisation in writing falls with the office of who gave it
  if (holderOf(roster, seat) !== presence.person)
    return refuse('officeNotHeld', { office: officeNamed(roster, seat) })
  return { seat, persons: [by.person, presence.person] }
}

/** Separation of duties first, then whether the item can be voted on, then whether this seat has. */
function ballotRefusal(
  item: AgendaItem,
  { seat, persons }: Voice,
  { deciding, meeting, stream }: Sitting,
): Refused | undefined {
  const { item: name } = item
  const { past } = deciding
  if (!seatsFor(past, item, meeting).some(({ office }) => office === seat))
    return refuse('notYourSeat')
  if (meeting.recusals.get(name)?.has(seat) === true) return refuse('recused', { item: name })
  const barred =
    barredFrom(deciding, item, persons) ??
    (isRequestItem(item) ? notAwaited(past, item, meeting) : undefined) ??
    notTakenUp(past, item, stream)
  if (barred !== undefined) return barred
  return meeting.ballots.get(name)?.has(seat) === true
    ? refuse('alreadyVoted', { item: name })
    : undefined
}

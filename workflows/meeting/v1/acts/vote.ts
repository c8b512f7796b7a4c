// Named votes of organs: who may not vote says so, who votes is there, once an item (L2 Art 73, L1 Art 31, law §7).
import { refuse } from '../../../../src/domain/refusal.ts'
import type { Decision } from '../../../../src/domain/store.ts'
import { barredFrom, isRequestItem, notAwaited, seatsFor } from '../agenda.ts'
import type { AgendaItem } from '../forms.ts'
import { stateOf } from '../fold.ts'
import {
  type AskedMeeting,
  decided,
  isRefused,
  itemsNamed,
  mayHappen,
  mustHold,
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
  const { by, meeting } = sitting
  const refused = mayHappen(sitting, 'ballot.cast') ?? mustSit(sitting)
  if (refused !== undefined) return refused
  if (meeting.present.get(by.office) !== by.person) return refuse('notPresent')
  const items = itemsNamed(
    meeting,
    input.choices.map(({ item }) => item),
  )
  if (isRefused(items)) return items
  for (const item of items) {
    const barred = ballotRefusal(item, sitting)
    if (barred !== undefined) return barred
  }
  return decided(sitting, { type: 'ballot.cast', body: { given: input } })
}

/** Separation of duties first, then whether the item can be voted on, then whether this seat has. */
function ballotRefusal(item: AgendaItem, { by, deciding, meeting }: Sitting): Refused | undefined {
  const { item: name } = item
  const { past } = deciding
  if (!seatsFor(past, item, meeting).some(({ office }) => office === by.office))
    return refuse('notYourSeat')
  if (meeting.recusals.get(name)?.has(by.office) === true) return refuse('recused', { item: name })
  const barred =
    barredFrom(past, item, by.person) ??
    (isRequestItem(item) ? notAwaited(past, item, meeting) : undefined)
  if (barred !== undefined) return barred
  return meeting.ballots.get(name)?.has(by.office) === true
    ? refuse('alreadyVoted', { item: name })
    : undefined
}

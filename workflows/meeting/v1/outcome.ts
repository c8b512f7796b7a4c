// From the record of a meeting to the counts of one item: seats and relations in, exact integers out.
import type { MeetingId, PersonId } from '../../../src/domain/ids.ts'
import type { Resolution } from '../../request/v1/events-parts.ts'
import { barredFrom, type Moment, relationOf, seatsFor } from './agenda.ts'
import type { AgendaItem, Outcome } from './forms.ts'
import type { MeetingState, Presence } from './fold.ts'
import { rollOf } from './sitting.ts'
import {
  boardOutcome,
  type Count,
  councilOutcome,
  type Counted,
  memberOutcome,
  supervisorsOutcome,
} from './tally.ts'

/** What one item came to by its votes alone. */
export function counted(
  deciding: Moment,
  item: AgendaItem,
  meeting: MeetingState,
): Count & Counted {
  const { kind } = meeting
  if (kind === 'member' || kind === 'delegate') {
    const tally = meeting.tallies.get(item.item)
    const { for: inFavour, against, abstain } = tally ?? { for: 0, against: 0, abstain: 0 }
    const count = { for: inFavour, against, abstain }
    const { roll, quorum, majority } = rollOf(meeting)
    const vote = { roll, present: meeting.members.size, count, quorum, majority }
    return { ...count, ...memberOutcome({ ...vote, put: tally !== undefined }) }
  }
  const heard = { ...hearingOf(deciding, item, meeting), ...barsOf(meeting) }
  const { count } = heard
  switch (kind) {
    case 'board':
      return { ...count, ...boardOutcome(heard) }
    case 'council':
      return { ...count, ...councilOutcome(heard) }
    case 'supervisors':
      return { ...count, ...supervisorsOutcome(heard) }
  }
}

/** As they were when the organ was convened. */
const barsOf = ({ convened }: MeetingState) =>
  convened?.as === 'organ' && convened.bars !== undefined ? { bars: convened.bars } : {}

/** Who sits on the item, whom it concerns, how they voted, and who of them was not heard. */
function hearingOf(deciding: Moment, item: AgendaItem, meeting: MeetingState) {
  const { past } = deciding
  const { isRelatedSeat, relatedParty } = relationOf(deciding, item, meeting)
  const ballots = meeting.ballots.get(item.item)
  const recusals = meeting.recusals.get(item.item)
  // who sat there counts; for a seat that stayed empty, who holds it
  const seats = seatsFor(past, item, meeting).map(({ office, person }) => {
    const sat = meeting.present.get(office)
    const related = isRelatedSeat(office, sat?.person ?? person)
    // nobody is there for a director whose representative the matter concerns
    const silenced = sat?.method === 'proxy' && isRelatedSeat(sat.by, sat.holder)
    const present = sat !== undefined && !silenced
    const vote = ballots?.get(office)
    const mayVote = present && !related && barredFrom(deciding, item, personsIn(sat)) === undefined
    return {
      present,
      related,
      // a tie that came to light after the vote: it does not count (L2 Art 185)
      choice: related || silenced ? undefined : vote?.choice,
      unheard: mayVote && vote === undefined && recusals?.has(office) !== true,
    }
  })
  const votes = (choice: keyof Count): number =>
    seats.filter((seat) => seat.choice === choice).length
  return {
    directors: sizeOf(seats),
    related: sizeOf(seats.filter((seat) => seat.related)),
    relatedParty,
    count: { for: votes('for'), against: votes('against'), abstain: votes('abstain') },
    unheard: seats.filter((seat) => seat.unheard).length,
  }
}

/** Who sits in the seat, and who came for them. */
const personsIn = (presence: Presence): readonly PersonId[] =>
  presence.method === 'proxy' ? [presence.holder, presence.person] : [presence.person]

const sizeOf = (seats: readonly { readonly present: boolean }[]) => ({
  all: seats.length,
  present: seats.filter(({ present }) => present).length,
})

/** The numbers of an outcome as a request's stream quotes them. */
export const resultOf = (
  meeting: MeetingId,
  { item, for: inFavour, against, abstain, base }: Outcome,
): Resolution => ({
  meeting,
  item,
  for: inFavour,
  against,
  abstain,
  base,
})

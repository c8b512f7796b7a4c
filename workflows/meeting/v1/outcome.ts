// From the record of a meeting to the counts of one item: seats and relations in, exact integers out.
import type { MeetingId } from '../../../src/domain/ids.ts'
import type { Past } from '../../../src/domain/store.ts'
import type { Resolution } from '../../request/v1/events.ts'
import { relationOf } from './agenda.ts'
import type { AgendaItem, Outcome } from './forms.ts'
import type { MeetingState } from './fold.ts'
import { rollOf, seatsOf } from './sitting.ts'
import {
  boardOutcome,
  type Count,
  councilOutcome,
  type Counted,
  memberOutcome,
  supervisorsOutcome,
} from './tally.ts'

/** What one item came to by its votes alone. */
export function counted(past: Past, item: AgendaItem, meeting: MeetingState): Count & Counted {
  const { kind } = meeting
  if (kind === 'member' || kind === 'delegate') {
    const count = meeting.tallies.get(item.item) ?? { for: 0, against: 0, abstain: 0 }
    const { roll, quorum, majority } = rollOf(meeting)
    return {
      ...count,
      ...memberOutcome({ roll, present: meeting.members.size, count, quorum, majority }),
    }
  }
  const count = ballotCount(item.item, meeting)
  const { isRelatedSeat, relatedParty } = relationOf(past, item, meeting)
  // who sat there counts; for a seat that stayed empty, who holds it
  const seats = seatsOf(meeting).map(({ office, person }) => ({
    present: meeting.present.has(office),
    related: isRelatedSeat(office, meeting.present.get(office) ?? person),
  }))
  const related = seats.filter((seat) => seat.related)
  const votes = { directors: sizeOf(seats), related: sizeOf(related), relatedParty, count }
  switch (kind) {
    case 'board':
      return { ...count, ...boardOutcome(votes) }
    case 'council':
      return { ...count, ...councilOutcome(votes) }
    case 'supervisors':
      return { ...count, ...supervisorsOutcome(votes) }
  }
}

const sizeOf = (seats: readonly { readonly present: boolean }[]) => ({
  all: seats.length,
  present: seats.filter(({ present }) => present).length,
})

function ballotCount(item: string, { ballots }: MeetingState): Count {
  const votes = [...(ballots.get(item)?.values() ?? [])]
  const of = (choice: keyof Count): number => votes.filter((vote) => vote.choice === choice).length
  return { for: of('for'), against: of('against'), abstain: of('abstain') }
}

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

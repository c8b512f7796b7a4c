// The secret vote of members: some online, the others on paper, counted by two tellers who see only the sum (law 5.7, 5.8).
import type { AgendaItem } from '../../../workflows/meeting/v1/forms.ts'
import type { BallotBox } from '../../domain/ballot-box.ts'
import type { By } from '../../domain/entry.ts'
import { type MeetingId, meetingStream, type Origin, type PersonId } from '../../domain/ids.ts'
import type { Stage } from './acting.ts'
import { pageOf } from './papers.ts'

type Choices = Parameters<BallotBox['drop']>[2]

/** How an item comes out, of all who take part. */
export interface ItemCount {
  readonly item: string
  /** Voted down. */
  readonly down: boolean
  readonly for: number
  readonly against: number
  readonly abstain: number
}

interface Voting {
  readonly ledger: Origin
  readonly meeting: MeetingId
  readonly agenda: readonly AgendaItem[]
  readonly counts: readonly ItemCount[]
}

/** Each votes on every item, as most of the others do. */
export async function voteOnline(
  stage: Stage,
  { ledger, meeting, agenda, counts }: Voting,
  persons: readonly PersonId[],
): Promise<void> {
  const fallen = new Set(counts.filter(({ down }) => down).map(({ item }) => item))
  const choices: Choices = agenda.map(({ item }) => ({
    item,
    choice: fallen.has(item) ? 'against' : 'for',
  }))
  for (const person of persons) {
    stage.pause()
    await stage.castBallot({ ledger, meeting, person, choices })
  }
}

interface Counting {
  readonly ledger: Origin
  readonly meeting: MeetingId
  readonly tellers: readonly [By, By]
  /** How many have voted online. */
  readonly online: number
}

/** The tellers bring what lies on paper; what lies in the box is added to it, and each of the two signs for the sum. */
export async function countAll(
  stage: Stage,
  { ledger, meeting, tellers: [one, other], online }: Counting,
  counts: readonly ItemCount[],
): Promise<void> {
  for (const { item, down, ...all } of counts) {
    const paper = {
      item,
      for: down ? all.for : all.for - online,
      against: down ? all.against - online : all.against,
      abstain: all.abstain,
    }
    await stage.countBallots({
      ledger,
      meeting,
      by: one,
      paper,
      tellers: [one.person, other.person],
      sheet: pageOf(`${ledger} ${meeting} ${item} 计票单`),
    })
  }
  if (counts.length === 0) return
  const input = { items: counts.map(({ item }) => item) }
  const stream = meetingStream(meeting)
  for (const by of [one, other]) await stage.act({ ledger, stream, type: 'tally.sign', by, input })
}

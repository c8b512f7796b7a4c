// The count of a vote on paper and online: the tellers bring the paper, the box its totals, and only the sum is recorded.
// How the few who voted online chose, told apart, could name them.
import { anyOnline } from '../../workflows/meeting/v1/fold.ts'
import { type Count, votesIn } from '../../workflows/meeting/v1/tally.ts'
import type { BoxOf } from '../domain/ballot-box.ts'
import type { By } from '../domain/entry.ts'
import { type CommandId, meetingStream, type PersonId, type Sha256Hex } from '../domain/ids.ts'
import type { Outcome } from '../domain/store.ts'
import type { Voting } from './cast-ballot.ts'
import { isOver, meetingState } from './meeting-state.ts'
import { perform } from './perform.ts'

export interface PaperCount extends Count {
  readonly item: string
}

export interface Counting extends BoxOf {
  readonly id: CommandId
  readonly by: By
  readonly paper: PaperCount
  readonly tellers: readonly [PersonId, PersonId]
  /** Digest of the tally sheet both signed. */
  readonly sheet: Sha256Hex
  /** Why it is counted again. */
  readonly reason?: string
}

/** One item counted. While online ballots can still be dropped the ledger refuses it, and the box stays shut. */
export async function countBallots(voting: Voting, counting: Counting): Promise<Outcome> {
  const { id, ledger, meeting, by, paper, tellers, sheet, reason } = counting
  const online = await onlineTotals(voting, counting)
  return perform(voting, {
    id,
    type: 'tally.record',
    ledger,
    stream: meetingStream(meeting),
    by,
    input: {
      item: paper.item,
      for: paper.for + online.for,
      against: paper.against + online.against,
      abstain: paper.abstain + online.abstain,
      paper: votesIn(paper),
      online: votesIn(online),
      tellers,
      sheet,
      ...(reason === undefined ? {} : { reason }),
    },
  })
}

async function onlineTotals({ store, ballots }: Voting, { ledger, meeting, paper }: Counting) {
  const nothing = { for: 0, against: 0, abstain: 0 }
  const state = await meetingState(store, { ledger, meeting })
  if (state?.votingClosed !== true || isOver(state) || !anyOnline(state)) return nothing
  const totals = await ballots.seal({ ledger, meeting })
  return totals.find(({ item }) => item === paper.item) ?? nothing
}

/**
 * Erases the boxes of meetings that are over. Closing one erases its box at once (perform); this mends what a crash in
 * between left behind.
 */
export async function emptyBoxes({ store, ballots }: Voting): Promise<number> {
  let erased = 0
  for (const box of await ballots.boxes()) {
    const state = await meetingState(store, box)
    if (state === undefined || !isOver(state)) continue
    await ballots.erase(box)
    erased += 1
  }
  return erased
}

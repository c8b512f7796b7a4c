// Who carried it: pure counting in exact integers, each bar as its article sets it. Nothing passes because nobody is there.
import { atLeastFraction } from '../../../src/domain/policy.ts'

export interface Count {
  readonly for: number
  readonly against: number
  readonly abstain: number
}

export const votesIn = ({ for: inFavour, against, abstain }: Count): number =>
  inFavour + against + abstain

export interface Counted {
  readonly outcome: 'passed' | 'failed' | 'referred' | 'notDecided'
  /** Those the majority is counted of. */
  readonly base: number
  /** Why nothing was decided. */
  readonly reason?: 'noQuorum' | 'notPut'
}

interface MemberVote {
  /** Everybody who may vote, present or not. */
  readonly roll: number
  /** Who takes part, by written proxy too. */
  readonly present: number
  readonly count: Count
  /** Was it counted at all? A count of no ballots is one. */
  readonly put: boolean
  /** Fractions of the roll, `2/3` or stricter. */
  readonly quorum: string
  readonly majority: string
}

/**
 * Member and delegate meetings (L1 Art 27, 28): quorum and majority are both counted of the whole roll, so that staying
 * away and abstaining weigh like a vote against.
 */
export function memberOutcome(vote: MemberVote): Counted {
  const { roll, present, count, put, quorum, majority } = vote
  if (roll === 0 || !atLeastFraction(present, roll, quorum)) return noQuorum(roll)
  if (!put) return notPut(roll)
  // what was counted was put to all who came: a ballot that nobody gave in is no vote in favour
  const outcome = atLeastFraction(count.for, roll, majority) ? 'passed' : 'failed'
  return { outcome, base: roll }
}

interface Put {
  readonly count: Count
  /** Those there who may vote and have neither voted nor recused. */
  readonly unheard: number
  readonly base: number
  readonly carries: (inFavour: number) => boolean
}

/**
 * A chair who closes early rejects nothing: while those not yet heard could still carry it, it was not put to
 * all of them, and nothing is decided.
 */
function settled({ count, unheard, base, carries }: Put): Counted {
  if (votesIn(count) === 0) return notPut(base)
  if (carries(count.for)) return { outcome: 'passed', base }
  return carries(count.for + unheard) ? notPut(base) : { outcome: 'failed', base }
}

interface Seats {
  /** Every seat, vacant ones too. */
  readonly all: number
  readonly present: number
}

interface BoardVote {
  readonly directors: Seats
  /** Of them, those the matter concerns: none when the item is no related-party deal. */
  readonly related: Seats
  /** A related-party deal that this board may still hand on to the shareholder. */
  readonly relatedParty: boolean
  readonly count: Count
  /** Those there who may vote on it and have neither voted nor recused. */
  readonly unheard: number
  /** Where the policy is stricter than the law; the law's own when left out. */
  readonly bars?: Bars
}

/** `1/2` is more than half, as the law says it; any higher share is reached by just so much. */
interface Bars {
  readonly quorum: string
  readonly majority: string
}
const boardBars: Bars = { quorum: '1/2', majority: '1/2' }
const councilBars: Bars = { quorum: '2/3', majority: '1/2' }

const UNRELATED_LEAST = 3

/**
 * Company board: more than half of the directors present, more than half of all in favour
 * (L2 Art 73). In a related-party deal the related leave both denominators, and with fewer than three
 * unrelated present it goes to the shareholder (Art 185). That takes a meeting that was held: where
 * neither all directors nor the unrelated ones reach their half, nothing is decided.
 */
export function boardOutcome({
  directors,
  related,
  relatedParty,
  bars = boardBars,
  ...votes
}: BoardVote): Counted {
  const base = relatedParty ? directors.all - related.all : directors.all
  const present = relatedParty ? directors.present - related.present : directors.present
  const quorate = reaches(present, base, bars.quorum)
  if (relatedParty && present < UNRELATED_LEAST) {
    const held = quorate || reaches(directors.present, directors.all, bars.quorum)
    return held ? { outcome: 'referred', base } : noQuorum(base)
  }
  if (!quorate) return noQuorum(base)
  return settled({ ...votes, base, carries: reachingOf(base, bars.majority) })
}

/**
 * Cooperative's council (理事会): two thirds present, more than half of all in favour (L1 Art 31).
 * That law lets nobody leave the denominator: a councillor who recuses still counts in it. Sitting in
 * a company board's place it refers as a board does; as the shareholder it decides (`relatedParty` false).
 */
export function councilOutcome({
  directors,
  related,
  relatedParty,
  bars = councilBars,
  ...votes
}: BoardVote): Counted {
  const base = directors.all
  if (!reaches(directors.present, base, bars.quorum)) return noQuorum(base)
  if (relatedParty && directors.present - related.present < UNRELATED_LEAST)
    return { outcome: 'referred', base }
  return settled({ ...votes, base, carries: reachingOf(base, bars.majority) })
}

/** Supervisors: more than half of all of them (L2 Art 81), which is its own quorum. */
export function supervisorsOutcome({
  directors,
  count,
  unheard,
}: Pick<BoardVote, 'directors' | 'count' | 'unheard'>): Counted {
  const base = directors.all
  if (!moreThanHalf(directors.present, base)) return noQuorum(base)
  return settled({ count, unheard, base, carries: reachingOf(base, '1/2') })
}

const moreThanHalf = (part: number, whole: number): boolean => part * 2 > whole
const reaches = (part: number, whole: number, bar: string): boolean =>
  moreThanHalf(part, whole) && atLeastFraction(part, whole, bar)
const reachingOf =
  (whole: number, bar: string) =>
  (part: number): boolean =>
    reaches(part, whole, bar)

const noQuorum = (base: number): Counted => ({ outcome: 'notDecided', base, reason: 'noQuorum' })
const notPut = (base: number): Counted => ({ outcome: 'notDecided', base, reason: 'notPut' })

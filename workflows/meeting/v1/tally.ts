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
  /** Fractions of the roll, `2/3` or stricter. */
  readonly quorum: string
  readonly majority: string
}

/**
 * Member and delegate meetings (L1 Art 27, 28): quorum and majority are both counted of the whole roll, so that staying
 * away and abstaining weigh like a vote against.
 */
export function memberOutcome({ roll, present, count, quorum, majority }: MemberVote): Counted {
  if (roll === 0 || !atLeastFraction(present, roll, quorum)) return noQuorum(roll)
  if (votesIn(count) === 0) return notPut(roll)
  return { outcome: atLeastFraction(count.for, roll, majority) ? 'passed' : 'failed', base: roll }
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
}

const UNRELATED_LEAST = 3

/**
 * Company board: more than half of the directors present, more than half of all in favour
 * (L2 Art 73). In a related-party deal the related leave both denominators, and with fewer than three
 * unrelated present it goes to the shareholder (Art 185). That takes a meeting that was held: where
 * neither all directors nor the unrelated ones reach their half, nothing is decided.
 */
export function boardOutcome({ directors, related, relatedParty, count }: BoardVote): Counted {
  const base = relatedParty ? directors.all - related.all : directors.all
  const present = relatedParty ? directors.present - related.present : directors.present
  const quorate = moreThanHalf(present, base)
  if (relatedParty && present < UNRELATED_LEAST) {
    const held = quorate || moreThanHalf(directors.present, directors.all)
    return held ? { outcome: 'referred', base } : noQuorum(base)
  }
  if (!quorate) return noQuorum(base)
  if (votesIn(count) === 0) return notPut(base)
  return { outcome: moreThanHalf(count.for, base) ? 'passed' : 'failed', base }
}

const COUNCIL_QUORUM = '2/3'

/**
 * Cooperative's council (理事会): two thirds present, more than half of all in favour (L1 Art 31).
 * That law lets nobody leave the denominator: a councillor who recuses still counts in it. Sitting in
 * a company board's place it refers as a board does; as the shareholder it decides (`relatedParty` false).
 */
export function councilOutcome({ directors, related, relatedParty, count }: BoardVote): Counted {
  const base = directors.all
  if (base === 0 || !atLeastFraction(directors.present, base, COUNCIL_QUORUM)) return noQuorum(base)
  if (relatedParty && directors.present - related.present < UNRELATED_LEAST)
    return { outcome: 'referred', base }
  if (votesIn(count) === 0) return notPut(base)
  return { outcome: moreThanHalf(count.for, base) ? 'passed' : 'failed', base }
}

/** Supervisors: more than half of all of them (L2 Art 81), which is its own quorum. */
export function supervisorsOutcome({
  directors,
  count,
}: Pick<BoardVote, 'directors' | 'count'>): Counted {
  const base = directors.all
  if (!moreThanHalf(directors.present, base)) return noQuorum(base)
  if (votesIn(count) === 0) return notPut(base)
  return { outcome: moreThanHalf(count.for, base) ? 'passed' : 'failed', base }
}

const moreThanHalf = (part: number, whole: number): boolean => part * 2 > whole

const noQuorum = (base: number): Counted => ({ outcome: 'notDecided', base, reason: 'noQuorum' })
const notPut = (base: number): Counted => ({ outcome: 'notDecided', base, reason: 'notPut' })

// The ballot box (票箱): what members who take part online have chosen, by totals alone, until the meeting is over. It is
// no part of any ledger and of no backup: nothing in it, and nothing anywhere, links a person to a choice (law 5.7, 5.8).
import type { MeetingId, Origin, PersonId } from './ids.ts'

/** Whose box it is. */
export interface BoxOf {
  readonly ledger: Origin
  readonly meeting: MeetingId
}

export interface BoxChoice {
  readonly item: string
  readonly choice: 'for' | 'against' | 'abstain'
}

export interface BoxTotals {
  readonly item: string
  readonly for: number
  readonly against: number
  readonly abstain: number
}

export interface BallotBox {
  /**
   * Adds one ballot to the totals and marks that this person has dropped one. `known`: they had, and nothing is changed,
   * whatever they chose now. `sealed`: too late; once it is erased, whoever asks. Every ballot of a box names the same items.
   */
  drop(
    box: BoxOf,
    person: PersonId,
    choices: readonly BoxChoice[],
  ): Promise<'dropped' | 'known' | 'sealed'>
  /** Has this person dropped one? Not known any more once it is erased. */
  holds(box: BoxOf, person: PersonId): Promise<boolean>
  /** Takes no more ballots from here on, and says what is in it; the same again however often it is asked. */
  seal(box: BoxOf): Promise<readonly BoxTotals[]>
  /** Nothing of what was in it is left, no mark either; it takes no ballot any more. */
  erase(box: BoxOf): Promise<void>
  /** Those that were not erased. */
  boxes(): Promise<readonly BoxOf[]>
  close(): Promise<void>
}

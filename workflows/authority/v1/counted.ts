// What counts towards the lines (law 4.1): not one ceiling alone but all that a company may spend on a payee, so that
// an authority is no more split than a payment is.
import { type FactTypes, told } from '../../../src/domain/facts.ts'
import type { AuthorityId } from '../../../src/domain/ids.ts'
import { atLeast, minus, type Money } from '../../../src/domain/money.ts'
import type { Deciding } from '../../../src/domain/store.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import { type MeetingState, passedMatter } from '../../meeting/v1/fold.ts'
import type { Proposal } from './events.ts'

type Terms = Pick<Proposal, 'kind' | 'company' | 'payees' | 'ceiling' | 'from' | 'to'>
type Running = FactTypes['ceilings']['answer']['authorities'][number]

/** An amount that may be spent so many times over. */
export interface Part {
  readonly amount: Money
  readonly times: number
}

const MONTHS_OF_A_YEAR = 12

/** Calendar months the term touches; a bill that comes back is never counted for less than a year of it. */
function monthsOf({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): number {
  const month = (date: LocalDate): number =>
    Number(date.slice(0, 4)) * MONTHS_OF_A_YEAR + Number(date.slice(5, 7))
  return Math.max(MONTHS_OF_A_YEAR, month(to) - month(from) + 1)
}

/** All that may be spent under it, over its whole term. */
export const wholeOf = (terms: Pick<Terms, 'kind' | 'ceiling' | 'from' | 'to'>): Part => ({
  amount: terms.ceiling,
  times: terms.kind === 'recurring' ? monthsOf(terms) : 1,
})

/** Do they together reach this line? */
export function reaches(parts: readonly Part[], line: Money): boolean {
  let left = line
  // taken off the line one by one: years of the largest ceiling are no amount of money any more
  for (const { amount, times } of parts) {
    for (let one = 0; one < times; one += 1) {
      if (atLeast(amount, left)) return true
      left = minus(left, amount)
    }
  }
  return false
}

/** One that runs counts whole; one that ended early, or is to make room for this one, with what was taken of it. */
const countedOf = (running: Running, replaced: AuthorityId | undefined): Part =>
  running.closed || running.authority === replaced
    ? { amount: running.taken, times: 1 }
    : wholeOf({ ...running, kind: running.recurring ? 'recurring' : 'project' })

/**
 * The authority itself, what the company's others to any of its payees come to, and what the same meeting
 * passed besides and is not entered yet: the order of entering decides nothing.
 */
export function partsOf(
  terms: Terms & { readonly replaces?: AuthorityId },
  {
    id,
    meeting,
    facts,
  }: { id: AuthorityId; meeting: MeetingState | undefined } & Pick<Deciding, 'facts'>,
): readonly Part[] {
  const running = told(facts, 'ceilings').authorities
  const entered = new Set<AuthorityId>(running.map(({ authority }) => authority))
  const beside = proposalsOf(meeting).filter(
    (other) =>
      other.id !== id &&
      !entered.has(other.id) &&
      other.company === terms.company &&
      other.payees.some((key) => terms.payees.includes(key)),
  )
  return [
    wholeOf(terms),
    ...running.map((one) => countedOf(one, terms.replaces)),
    ...beside.map(wholeOf),
  ]
}

/** What a meeting passed of authorities. */
const proposalsOf = (meeting: MeetingState | undefined): readonly Proposal[] =>
  meeting === undefined
    ? []
    : meeting.agenda.flatMap(({ item }) => passedMatter(meeting, item)?.authority ?? [])

// What alerts need to be told: few, cheap, and each only where its rule could speak at all.
import { papersOfOnePayment } from '../../../src/domain/alert-papers.ts'
import { categories, type Category, type ExpenseType } from '../../../src/domain/expense.ts'
import type { FactQueries } from '../../../src/domain/facts.ts'
import type { RequestId } from '../../../src/domain/ids.ts'
import {
  atLeast,
  compare,
  minus,
  type Money,
  moneySchema,
  most,
  percentOf,
  toFen,
} from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import {
  type Evidence,
  type Invoice,
  payeeKeys,
  type Submission,
} from '../../../src/domain/request.ts'
import { addDays, type LocalDate } from '../../../src/domain/time.ts'

/** What is bought from somebody: wages, rents, taxes and bills come again by their nature. */
const boughtTypes: readonly ExpenseType[] = ['goods', 'service', 'works', 'hospitality']
const boughtCategories: readonly string[] = (Object.keys(categories) as Category[]).filter(
  (category) => boughtTypes.includes(categories[category].type),
)
export const isBought = (category: string): boolean => boughtCategories.includes(category)

/** `2026-05-20` → `2026-04-01`. */
export function quarterStart(date: LocalDate): LocalDate {
  const first = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1
  return `${date.slice(0, 4)}-${String(first).padStart(2, '0')}-01` as LocalDate
}

interface Range {
  readonly low: Money
  readonly high: Money
}
const CENT = moneySchema.parse('0.01')

/** A line at which another must begins, with what lies just below it. */
export interface Line extends Range {
  readonly line: Money
  /** What each part of a splitting comes to at least, for it to be red. */
  readonly share: Money
}

const lines = new WeakMap<PolicyValues, readonly Line[]>()

/** The lines of the policy, each once, the highest first. A policy is asked about for years: its lines are worked out once. */
export function linesOf(policy: PolicyValues): readonly Line[] {
  const known = lines.get(policy)
  if (known !== undefined) return known
  const tiers = [policy['tier.majorFrom'], policy['tier.largeFrom'], policy['tier.boardFrom']]
  const made = [...new Set(tiers)]
    .sort((a, b) => compare(b, a))
    .map((line) => ({
      line,
      share: percentOf(line, policy['alert.splittingPercent'], 'up'),
      low: percentOf(line, policy['alert.justBelowPercent'], 'up'),
      high: minus(line, CENT),
    }))
  lines.set(policy, made)
  return made
}

/** The line an amount lies just below, the line itself left out. */
export const justBelow = (amount: Money, policy: PolicyValues): Line | undefined =>
  linesOf(policy).find(({ low, high }) => atLeast(amount, low) && atLeast(high, amount))

/** A whole multiple of the unit, from the line on. */
export function isRound(amount: Money, policy: PolicyValues): boolean {
  const unit = toFen(policy['alert.roundUnit'])
  return unit > 0 && atLeast(amount, policy['alert.roundFrom']) && toFen(amount) % unit === 0
}

/** Amounts like this one, where it is large enough to be looked at. */
export function similarTo(amount: Money, policy: PolicyValues): Range | undefined {
  if (!atLeast(amount, policy['alert.similarFrom'])) return undefined
  const percent = policy['alert.similarPercent']
  return {
    low: percentOf(amount, Math.max(0, 100 - percent), 'up'),
    high: percentOf(amount, 100 + percent, 'down'),
  }
}

/** How far from a number a chain of neighbours may reach; a township that sets absurd figures is not obeyed for ever. */
const REACH_MAX = 30
export const reachOf = (policy: PolicyValues): number =>
  Math.min(
    REACH_MAX,
    policy['alert.consecutiveGap'] * Math.max(0, policy['alert.consecutiveCount'] - 1),
  )

/** Numbers within reach of an invoice's own, in its own spelling. */
function neighbours({ number }: Invoice, reach: number): readonly string[] {
  const own = BigInt(number)
  return Array.from({ length: 2 * reach + 1 }, (_, i) => own + BigInt(i - reach))
    .filter((other) => other >= 0n && other !== own)
    .map((other) => other.toString().padStart(number.length, '0'))
    .filter((other) => other.length === number.length)
}

interface Asking {
  readonly policy: PolicyValues
  readonly today: LocalDate
  readonly except: RequestId
}

/** Invoices and papers that come with the form or later. */
export function paperQueries(
  {
    invoices,
    evidence,
  }: { readonly invoices: readonly Invoice[]; readonly evidence: readonly Evidence[] },
  { policy, except }: Asking,
): FactQueries {
  const reach = reachOf(policy)
  const numbers = invoices
    .filter(({ sellerAccount }) => sellerAccount !== undefined)
    .flatMap((invoice) => neighbours(invoice, reach))
  const digests = evidence.flatMap(({ paper, sha256 }) =>
    papersOfOnePayment.includes(paper) ? [sha256] : [],
  )
  return {
    ...(numbers.length === 0 ? {} : { sellerInvoices: { numbers: [...new Set(numbers)], except } }),
    ...(digests.length === 0 ? {} : { fileUse: { digests: [...new Set(digests)], except } }),
  }
}

/** What a form is compared with, beside its papers. */
export function formQueries(form: Submission, asking: Asking): FactQueries {
  const { policy, today, except } = asking
  const { company, contract, category, amount, method, payee } = form
  const ranges = rangesOf(form, policy)
  const from = addDays(today, 1 - policy['alert.similarDays'])
  const quarter = quarterStart(today)
  // a year's purchases are added up for what is not small alone
  const adds =
    method === 'cash' ||
    (isBought(category) && payee.type !== 'list' && atLeast(amount, policy['tier.boardFrom']))
  const keys = payeeKeys(payee)
  return {
    ...paperQueries(form, asking),
    ...(ranges.length === 0
      ? {}
      : { amounts: { company, ranges, from: from < quarter ? from : quarter, to: today, except } }),
    ...(adds
      ? { purchases: { company, on: today, categories: boughtCategories, keys, except } }
      : {}),
    ...(contract === undefined ? {} : { contractParties: { company, contract, except } }),
  }
}

function rangesOf(form: Submission, policy: PolicyValues): readonly Range[] {
  if (form.authority !== undefined || !isBought(form.category)) return []
  const below = justBelow(form.amount, policy)
  const similar = similarTo(form.amount, policy)
  return [
    ...(below === undefined ? [] : [{ low: below.low, high: below.high }]),
    ...(similar === undefined ? [] : [similar]),
    ...(isRound(form.amount, policy) ? [{ low: policy['alert.roundFrom'], high: most }] : []),
  ]
}

// Vouchers (票据): what an invoice must be to be claimed, and when enough of them are there (law 2.11, 2.15, 2.18, 2.19).
import { checklist, type Listed } from '../../../src/domain/checklist.ts'
import { categories, papers, type Phase } from '../../../src/domain/expense.ts'
import { advanceKey, type FactAnswers } from '../../../src/domain/facts.ts'
import { above, grouped, type Money, sumWithin, zero } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Evidence, Invoice, Submission } from '../../../src/domain/request.ts'
import { daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import type { Request } from './fold.ts'
import type { Refused } from './scene.ts'

/** What is claimed once in a township: each invoice, and a list by the digest of its rows. */
export const voucherKeys = ({
  invoices,
  payee,
}: Pick<Claimed, 'invoices' | 'payee'>): readonly string[] => [
  ...invoices.map(({ number }) => number),
  ...(payee.type === 'list' ? [`list:${payee.digest}`] : []),
]

/** All that a living request holds: its vouchers, and while it is open the one advance its handler may have. */
export const heldKeys = ({ submission, invoices, settled }: Request): readonly string[] => [
  ...voucherKeys({ invoices, payee: submission.payee }),
  ...(submission.kind === 'advance' && settled === undefined ? [advanceKey(submission)] : []),
]

/** What invoices are judged by, beside the form they belong to. */
export interface Claiming {
  readonly policy: PolicyValues
  readonly facts: FactAnswers
  readonly today: LocalDate
  /** When the request was first asked for as this kind: what a swipe is measured by. */
  readonly reportedOn: LocalDate
  /** Invoices it held before, as this kind: they were judged when they came. */
  readonly held: readonly Invoice[]
  /** Not yet recorded: what is reported cannot have been swiped before. */
  readonly first: boolean
}

interface Claimed extends Pick<Submission, 'kind' | 'payee'> {
  readonly invoices: readonly Invoice[]
}

/** Each rule on invoices, in the order they are asked; what is claimed for the first time now is judged as of today. */
export const unclaimed = ({ facts }: Claiming): Refused | undefined => {
  const used = facts.invoiceUse
  if (used === undefined) throw new Error('decided without the fact invoiceUse')
  const [claim] = [...used.here, ...used.elsewhere]
  return claim === undefined
    ? undefined
    : refuse('invoiceClaimed', { invoice: claim.invoice, request: claim.request })
}

/** What was paid before is paid back: the invoices are the seller's, the account is not (law 2.4, 2.5, 2.7). */
const paysBack = ({ kind }: Claimed): boolean =>
  kind === 'reimbursement' || kind === 'card' || kind === 'advance'

/** The money goes to whoever issued the invoice (law 2.19); who has no account of a firm says so. */
export function sellersArePaid(form: Claimed): Refused | undefined {
  if (paysBack(form)) return undefined
  const { invoices, payee } = form
  const firms = invoices.filter(({ sellerAccount }) => sellerAccount !== undefined)
  if (firms.some(({ sellerAccount }) => payee.type !== 'firm' || payee.account !== sellerAccount))
    return refuse('personalAccountForFirm')
  const others = invoices.filter(({ sellerAccount }) => sellerAccount === undefined)
  const unstated = others.find(({ seller }) => seller === undefined)
  if (unstated !== undefined) return refuse('sellerUnstated', { invoice: unstated.number })
  return others.length > 0 && payee.type === 'firm' ? refuse('payeeNotSeller') : undefined
}

export function datesFit({ kind, invoices }: Claimed, claiming: Claiming): Refused | undefined {
  const { today, reportedOn, first } = claiming
  const ahead = invoices.find(({ date }) => date > today)
  if (ahead !== undefined) return refuse('dateInFuture', { date: ahead.date })
  const swiped =
    kind === 'card' ? invoices.find(({ date }) => first || date < reportedOn) : undefined
  return swiped === undefined ? undefined : refuse('swipedBeforeReport', { invoice: swiped.number })
}

export function inTime({ kind, invoices }: Claimed, claiming: Claiming): Refused | undefined {
  const { policy, today, held } = claiming
  const days = policy['claim.maxAgeDays']
  const known = new Set(held.map(({ number }) => number))
  const late = ({ number, date }: Invoice) => !known.has(number) && daysBetween(date, today) > days
  return kind === 'reimbursement' && invoices.some(late)
    ? refuse('claimTooOld', { days: String(days) })
    : undefined
}

/** Invoices that come after submission, against all of these rules. */
export function mayBeAdded(form: Claimed, claiming: Claiming): Refused | undefined {
  return (
    unclaimed(claiming) ??
    sellersArePaid(form) ??
    datesFit(form, claiming) ??
    inTime(form, claiming)
  )
}

interface Covered extends Pick<Submission, 'kind'> {
  readonly invoices: readonly Invoice[]
  readonly amount: Money
  readonly voucherException?: Submission['voucherException']
}

/** Is there a lawful voucher at all? Up to the limit none is asked for, but of a card always its invoice (law 2.5, 2.18). */
export function voucherThere(form: Covered, policy: PolicyValues): Refused | undefined {
  const { kind, invoices, voucherException, amount } = form
  const limit = kind === 'card' ? zero : policy['voucher.requiredFrom']
  const none = invoices.length === 0 && voucherException === undefined
  return none && above(amount, limit)
    ? refuse('voucherMissing', { limit: grouped(limit) })
    : undefined
}

/** Do the invoices cover the amount? What an exception stands for needs none. */
export function vouchersCover({
  invoices,
  amount,
  voucherException,
}: Covered): Refused | undefined {
  if (invoices.length === 0 || voucherException !== undefined) return undefined
  const total = sumWithin(invoices.map((invoice) => invoice.total))
  // past what an amount of money can be, they cover any
  return total !== undefined && above(amount, total)
    ? refuse('invoicesBelowAmount', { total: grouped(total), amount: grouped(amount) })
    : undefined
}

/** What a voucher that is no invoice may stand for (domain §2.3). */
export function exceptionFits({
  voucherException,
  payee,
  category,
}: Pick<Submission, 'payee' | 'category'> & {
  readonly voucherException?: Submission['voucherException']
}): Refused | undefined {
  const { type } = categories[category]
  const fits = {
    payeeList: payee.type === 'list',
    bankSlip: type === 'utility' || type === 'investment' || type === 'bank',
    farmPurchase: category === 'farmSupplies' || category === 'landRent',
    govReceipt: true,
  }
  return voucherException === undefined || fits[voucherException]
    ? undefined
    : refuse('voucherExceptionWrong')
}

/** `papersIncomplete`, naming every line of the checklist that nothing answers; `acceptanceTooFew` for one signed by too few. */
export function papersMissing(
  form: Listed,
  {
    phase,
    policy,
    evidence,
  }: {
    readonly phase: Phase
    readonly policy: PolicyValues
    readonly evidence: readonly Evidence[]
  },
): Refused | undefined {
  const lines = checklist(form, phase, policy)
  const answering = (choices: readonly string[]) =>
    evidence.filter(({ paper }) => choices.includes(paper))
  const missing = lines.filter(({ choices }) => answering(choices).length === 0)
  if (missing.length > 0) {
    const named = missing.map(({ choices }) =>
      choices.map((paper) => `${papers[paper].zh} ${papers[paper].en}`).join(' / '),
    )
    return refuse('papersIncomplete', { missing: named.join('; ') })
  }
  for (const { choices, signers: needed = 0 } of lines) {
    const there = answering(choices)
    const [paper] = there
    if (paper !== undefined && !there.some(({ signers = 0 }) => signers >= needed)) {
      const { zh, en } = papers[paper.paper]
      return refuse('acceptanceTooFew', { paper: `${zh} ${en}`, needed: String(needed) })
    }
  }
  return undefined
}

/** What was to come is there now, and goes to the seller; an advance is told by its vouchers later (law 2.7, 2.11). */
export function vouchersComplete(
  { submission, invoices, evidence }: Pick<Request, 'submission' | 'invoices' | 'evidence'>,
  policy: PolicyValues,
): Refused | undefined {
  if (submission.kind === 'advance') return undefined
  const form = { ...submission, invoices }
  return (
    voucherThere(form, policy) ??
    sellersArePaid(form) ??
    vouchersCover(form) ??
    papersMissing(submission, { phase: 'voucher', policy, evidence })
  )
}

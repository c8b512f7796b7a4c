// Vouchers (票据): what an invoice must be to be claimed, and when enough of them are there (law 2.11, 2.15, 2.18, 2.19).
import { checklist, type Listed } from '../../../src/domain/checklist.ts'
import { advanceKey, bankKey, debitKey } from '../../../src/domain/claim-keys.ts'
import { categories, type ExpenseType, papers, type Phase } from '../../../src/domain/expense.ts'
import { type FactAnswers, told } from '../../../src/domain/facts.ts'
import { above, grouped, type Money, sumWithin, zero } from '../../../src/domain/money.ts'
import { bothOf } from '../../../src/domain/places.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Evidence, Invoice, Submission } from '../../../src/domain/request.ts'
import { daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import type { Request } from './fold.ts'
import type { Refused } from './scene.ts'

/** What is claimed once in a township: each invoice, a list by the digest of its rows, and a debit by the bank's own words. */
export const voucherKeys = ({
  invoices,
  payee,
  debit,
}: Pick<Claimed, 'invoices' | 'payee'> & Debited): readonly string[] => [
  ...invoices.map(({ number }) => number),
  ...(payee.type === 'list' ? [`list:${payee.digest}`] : []),
  ...debitKeys({ debit }),
]

interface Debited {
  readonly debit?: Submission['debit']
}
const debitKeys = ({ debit }: Debited): readonly string[] =>
  debit === undefined ? [] : [debitKey(debit)]

/**
 * All that a request holds while it lives: its vouchers, the movements on the account that it recorded, and until it is
 * settled the one advance its handler may have. Of one that came to nothing its debit stays, for the bank has taken it.
 */
export function heldKeys(request: Request): readonly string[] {
  const { submission, invoices, settled, references, snapshot } = request
  const { outcome } = snapshot.context
  if (outcome !== 'open' && outcome !== 'paid') return debitKeys(submission)
  return [
    ...voucherKeys({ ...submission, invoices }),
    ...references.map((reference) => bankKey(submission.company, reference)),
    ...(submission.kind === 'advance' && settled === undefined ? [advanceKey(submission)] : []),
  ]
}

/** Nothing stands for it that the law takes for a voucher, and nothing is to come: paid on a receipt alone (law 2.18). */
export const isVoucherless = ({
  submission,
  invoices,
  settled,
}: Pick<Request, 'submission' | 'invoices' | 'settled'>): boolean => {
  const { kind, voucherException, invoicesToCome } = submission
  if (kind === 'advance') return settled !== undefined && settled.spent !== zero && !settled.vouched
  return invoices.length === 0 && voucherException === undefined && invoicesToCome !== true
}

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
  /** Of an advance: the day its payment was ordered. What was spent before was not spent of it. */
  readonly advancedOn?: LocalDate
}

interface Claimed extends Pick<Submission, 'kind' | 'payee'> {
  readonly invoices: readonly Invoice[]
}

/** Each rule on invoices, in the order they are asked; what is claimed for the first time now is judged as of today. */
export const unclaimed = ({ facts }: Claiming): Refused | undefined => {
  const used = told(facts, 'invoiceUse')
  const claim = [...used.here, ...used.elsewhere].find(
    ({ invoice }) => !invoice.startsWith('bank:'),
  )
  if (claim === undefined) return undefined
  const { invoice, request } = claim
  return invoice.startsWith('debit:')
    ? refuse('debitClaimed', { request })
    : refuse('invoiceClaimed', { invoice, request })
}

/** One reference of the company's bank records one payment; the request's own movements count too. */
export function referenceUsed(
  reference: string,
  { facts, own }: { readonly facts: FactAnswers; readonly own: Pick<Request, 'references'> },
): Refused | undefined {
  const used = told(facts, 'invoiceUse')
  const claims = [...used.here, ...used.elsewhere]
  const claim = claims.find(({ invoice }) => /^(?:bank|debit):/.test(invoice))
  const again = claim !== undefined || own.references.includes(reference)
  return again ? refuse('bankReferenceUsed', { reference }) : undefined
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
  const { today, reportedOn, first, advancedOn } = claiming
  const ahead = invoices.find(({ date }) => date > today)
  if (ahead !== undefined) return refuse('dateInFuture', { date: ahead.date })
  const before =
    kind === 'advance'
      ? invoices.find(({ date }) => advancedOn === undefined || date < advancedOn)
      : undefined
  if (before !== undefined) return refuse('spentBeforeAdvance', { invoice: before.number })
  const swiped =
    kind === 'card' ? invoices.find(({ date }) => first || date < reportedOn) : undefined
  return swiped === undefined ? undefined : refuse('swipedBeforeReport', { invoice: swiped.number })
}

export function inTime(
  { kind, invoices }: Claimed,
  { policy, today, held }: Pick<Claiming, 'policy' | 'today' | 'held'>,
): Refused | undefined {
  const days = policy['claim.maxAgeDays']
  const known = new Set(held.map(({ number }) => number))
  const late = ({ number, date }: Invoice) => !known.has(number) && daysBetween(date, today) > days
  return (kind === 'reimbursement' || kind === 'advance') && invoices.some(late)
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

interface Covered extends Pick<Submission, 'kind' | 'invoicesToCome'> {
  readonly invoices: readonly Invoice[]
  readonly amount: Money
  readonly voucherException?: Submission['voucherException']
}

/**
 * Is there a lawful voucher at all? Up to the limit none is asked for, what else was paid so to the same payee of late
 * (`besides`) included; but of a card always its invoice, and what was said to come has to come (law 2.5, 2.11, 2.18).
 */
export function voucherThere(
  form: Covered,
  policy: PolicyValues,
  besides: readonly Money[] = [],
): Refused | undefined {
  const { kind, invoices, invoicesToCome, voucherException, amount } = form
  const comes = kind === 'card' || invoicesToCome === true
  const limit = comes ? zero : policy['voucher.requiredFrom']
  const none = invoices.length === 0 && voucherException === undefined
  return none && beyond([amount, ...besides], limit)
    ? refuse('voucherMissing', { limit: grouped(limit) })
    : undefined
}

/** Is the sum above the limit? One past what an amount of money can be is above any. */
export function beyond(amounts: readonly Money[], limit: Money): boolean {
  const total = sumWithin(amounts)
  return total === undefined || above(total, limit)
}

/** Do the invoices cover the amount? An exception stands for the whole of it, and never for what invoices leave open. */
export function vouchersCover({ invoices, amount }: Covered): Refused | undefined {
  if (invoices.length === 0) return undefined
  const total = sumWithin(invoices.map((invoice) => invoice.total))
  // past what an amount of money can be, they cover any
  return total !== undefined && above(amount, total)
    ? refuse('invoicesBelowAmount', { total: grouped(total), amount: grouped(amount) })
    : undefined
}

const slipTypes: readonly ExpenseType[] = ['utility', 'bank', 'investment']
const officialTypes: readonly ExpenseType[] = ['tax', 'insurance', 'utility', 'bank']

/**
 * What a voucher that is no invoice may stand for (domain §2.3), and for whom: a list for those on it; a bank's slip and a
 * government receipt for a body with an account, paid directly; a farmer's purchase slip for somebody who is no firm. Of a
 * card there is always an invoice (law 2.5).
 */
export function exceptionFits({
  kind,
  voucherException,
  payee,
  category,
}: Pick<Submission, 'kind' | 'payee' | 'category'> & {
  readonly voucherException?: Submission['voucherException']
}): Refused | undefined {
  const { type } = categories[category]
  const direct = payee.type === 'firm' && kind !== 'card'
  const farmer = payee.type === 'person' || payee.type === 'unregistered'
  const fits = {
    payeeList: payee.type === 'list',
    bankSlip: direct && slipTypes.includes(type),
    farmPurchase:
      farmer && kind !== 'card' && (category === 'farmSupplies' || category === 'landRent'),
    govReceipt: direct && officialTypes.includes(type),
  }
  return voucherException === undefined || fits[voucherException]
    ? undefined
    : refuse('voucherExceptionWrong')
}

/** One file is one paper of a request: the same digest does not stand as two different ones. */
export function paperTwice(evidence: readonly Evidence[]): Refused | undefined {
  const known = new Map<Evidence['sha256'], Evidence['paper']>()
  for (const { paper, sha256 } of evidence) {
    const other = known.get(sha256)
    if (other !== undefined && other !== paper) {
      return refuse('paperTwice', { paper: bothOf(papers, other), other: bothOf(papers, paper) })
    }
    known.set(sha256, paper)
  }
  return undefined
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
      choices.map((paper) => bothOf(papers, paper)).join(' / '),
    )
    return refuse('papersIncomplete', { missing: named.join('; ') })
  }
  for (const { choices, signers: needed = 0 } of lines) {
    const there = answering(choices)
    const [paper] = there
    if (paper !== undefined && !there.some(({ signers = 0 }) => signers >= needed)) {
      const named = bothOf(papers, paper.paper)
      return refuse('acceptanceTooFew', { paper: named, needed: String(needed) })
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

// Judging the form: what is refused at submission, and what is worked out beside it for the record (law §2, §3).
import {
  categories,
  checklist,
  type Paper,
  papers,
  type Phase,
  reservedMatters,
} from '../../../src/domain/expense.ts'
import type { OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import { above, grouped, sum } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import {
  type Evidence,
  type Invoice,
  payeeKeys,
  type Submission,
} from '../../../src/domain/request.ts'
import type { FactAnswers, PayeeKey } from '../../../src/domain/facts.ts'
import { daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import { controllersOf, nearRelatives, officesOf, type RosterState } from '../../roster/v1/fold.ts'
import type { Refused } from './scene.ts'

/** A list has no account of its own: its lists of one category are taken together, so that splitting one shows. */
export const windowKeys = (form: Submission): readonly PayeeKey[] =>
  form.payee.type === 'list' ? [`list:${form.category}`] : payeeKeys(form.payee)

/** What is claimed once in a township: each invoice, and a list by the digest of its rows. */
export const voucherKeys = ({ invoices, payee }: Submission): readonly string[] => [
  ...invoices.map(({ number }) => number),
  ...(payee.type === 'list' ? [`list:${payee.digest}`] : []),
]

/**
 * The first rule the form breaks, in the order printed in the reference: what the law forbids outright, then vouchers and
 * invoices, then limits. Undefined when it may be submitted.
 */
export function judge(
  form: Submission,
  { policy, today, facts, roster, township }: Judging,
): Refused | undefined {
  return (
    forbidden(form, policy, [roster, township]) ??
    kindFits(form) ??
    vouchers(form, policy, facts) ??
    invoicesFit(form, today) ??
    limits(form, policy, today) ??
    papersMissing(form, 'decision', form.evidence)
  )
}

export interface Judging {
  readonly policy: PolicyValues
  readonly today: LocalDate
  readonly facts: FactAnswers
  readonly roster: RosterState
  /** Who holds office in the township: they are no borrowers either. */
  readonly township: RosterState
}

function forbidden(
  form: Submission,
  policy: PolicyValues,
  rosters: readonly RosterState[],
): Refused | undefined {
  if (form.matter === 'guarantee') return refuse('guaranteeForbidden')
  const { matter, payee } = form
  const inOffice = rosters.some(
    (roster) => payee.type === 'person' && officesOf(roster, payee.person).length > 0,
  )
  if (matter === 'lending' && inOffice) return refuse('loanToOfficer')
  if (categories[form.category].type === 'hospitality' && !policy['hospitality.allowed']) {
    return refuse('hospitalityProhibited')
  }
  return undefined
}

function kindFits({
  kind,
  payee,
  handler,
  method,
  amount,
  category,
  matter,
}: Submission): Refused | undefined {
  const mismatch = (detail: string) => refuse('kindMismatch', { detail })
  if (kind === 'list' && payee.type !== 'list') return mismatch('list ≠ payee')
  if (kind !== 'list' && payee.type === 'list') return mismatch('payee list ≠ kind')
  if (kind === 'reimbursement' && !(payee.type === 'person' && payee.person === handler)) {
    return mismatch('reimbursement ≠ handler')
  }
  if ((kind === 'card') !== (method === 'card')) return mismatch('card ≠ method')
  // called ordinary, an investment would go past the members
  if (categories[category].type === 'investment' && !reservedMatters.includes(matter)) {
    return mismatch('investment ≠ matter')
  }
  if (payee.type === 'list' && payee.total !== amount) {
    return refuse('listTotalDiffers', { total: grouped(payee.total), amount: grouped(amount) })
  }
  return undefined
}

function vouchers(form: Submission, policy: PolicyValues, facts: FactAnswers): Refused | undefined {
  const { invoices, payee, amount } = form
  const limit = policy['voucher.requiredFrom']
  if (invoices.length === 0 && form.voucherException === undefined && above(amount, limit)) {
    return refuse('voucherMissing', { limit: grouped(limit) })
  }
  const used = facts.invoiceUse
  if (used === undefined) throw new Error('decided without the fact invoiceUse')
  const [claim] = [...used.here, ...used.elsewhere]
  if (claim !== undefined)
    return refuse('invoiceClaimed', { invoice: claim.invoice, request: claim.request })
  // a reimbursement or a card's repayment pays back who paid: the invoices are the seller's, the account is not
  const paysBack = form.kind === 'reimbursement' || form.kind === 'card'
  if (!paysBack && invoices.some((invoice) => paidElsewhere(invoice, payee))) {
    return refuse('personalAccountForFirm')
  }
  return undefined
}

/** What a voucher that is no invoice may stand for (domain §2.3). */
function exceptionFits({ voucherException, payee, category }: Submission): boolean {
  if (voucherException === 'payeeList') return payee.type === 'list'
  if (voucherException === 'bankSlip')
    return ['utility', 'investment'].includes(categories[category].type)
  if (voucherException === 'farmPurchase')
    return category === 'farmSupplies' || category === 'landRent'
  return true
}

function invoicesFit(form: Submission, today: LocalDate): Refused | undefined {
  const { invoices, amount } = form
  if (!exceptionFits(form)) return refuse('voucherExceptionWrong')
  const ahead = invoices.find(({ date }) => date > today)
  if (ahead !== undefined) return refuse('dateInFuture', { date: ahead.date })
  const total = sum(invoices.map((invoice) => invoice.total))
  if (invoices.length > 0 && above(amount, total)) {
    return refuse('invoicesBelowAmount', { total: grouped(total), amount: grouped(amount) })
  }
  return undefined
}

function paidElsewhere({ sellerAccount }: Invoice, payee: Submission['payee']): boolean {
  if (sellerAccount === undefined) return false
  return payee.type !== 'firm' || payee.account !== sellerAccount
}

function limits(form: Submission, policy: PolicyValues, today: LocalDate): Refused | undefined {
  if (form.method === 'cash' && above(form.amount, policy['cash.max'])) {
    return refuse('cashOverLimit', { limit: grouped(policy['cash.max']) })
  }
  if (form.kind === 'card' && above(form.amount, policy['card.limit'])) {
    return refuse('cardOverLimit', { limit: grouped(policy['card.limit']) })
  }
  const days = policy['claim.maxAgeDays']
  if (
    form.kind === 'reimbursement' &&
    form.invoices.some(({ date }) => daysBetween(date, today) > days)
  ) {
    return refuse('claimTooOld', { days: String(days) })
  }
  return undefined
}

/** `papersIncomplete`, naming every line of the checklist that nothing answers. */
export function papersMissing(
  form: Pick<Submission, 'category' | 'amount' | 'method' | 'kind' | 'payee'>,
  phase: Phase,
  evidence: readonly Evidence[],
): Refused | undefined {
  const there = new Set<Paper>(evidence.map(({ paper }) => paper))
  const missing = checklist(categories[form.category].type, phase, form).filter(
    (choices) => !choices.some((paper) => there.has(paper)),
  )
  if (missing.length === 0) return undefined
  const named = missing.map((choices) =>
    choices.map((paper) => `${papers[paper].zh} ${papers[paper].en}`).join(' / '),
  )
  return refuse('papersIncomplete', { missing: named.join('; ') })
}

/**
 * Persons of the village's organs whom the deal concerns: the payee's declared controllers, the payee in person, and their
 * near relatives, where they hold an office (L2 Art 182).
 */
export function relatedPersons(
  roster: RosterState,
  form: Submission,
  keys: readonly PayeeKey[],
): readonly PersonId[] {
  const close = new Set<PersonId>()
  for (const key of keys) {
    for (const person of controllersOf(roster, key)) close.add(person)
  }
  // paying back the handler is not a deal with the handler
  if (form.payee.type === 'person' && form.kind !== 'reimbursement') close.add(form.payee.person)
  // a set grows while it is walked: relatives of relatives would follow, and the law stops at the near ones
  const direct = [...close]
  for (const person of direct)
    for (const relative of nearRelatives(roster, person)) close.add(relative)
  return [...close].filter((person) => inOrgan(roster, person, form.company)).sort()
}

const organKinds: readonly string[] = [
  'companyHead',
  'director',
  'supervisor',
  'councillor',
  'coopSupervisor',
  'legalRepresentative',
]

const inOrgan = (roster: RosterState, person: PersonId, company: OrganisationId): boolean => {
  const owner = roster.organisations.get(company)?.owner
  return officesOf(roster, person).some(
    ({ kind, organisation }) =>
      organKinds.includes(kind) && (organisation === company || organisation === owner),
  )
}

/** Every key the payee is known by: the form's own, and those that ever met them in a request (the window's closure). */
export const knownKeys = (form: Submission, facts: FactAnswers): readonly PayeeKey[] => [
  ...new Set([...payeeKeys(form.payee), ...(facts.payeeWindow?.keys ?? [])]),
]

/** The payee's id in this ledger, the whole sum in the window and the other requests that make it up. */
export function rollingOf(form: Submission, facts: FactAnswers) {
  const window = facts.payeeWindow
  if (window === undefined) throw new Error('decided without the fact payeeWindow')
  return {
    payee: window.payee,
    rolling: {
      sum: sum([form.amount, ...window.parts.map(({ amount }) => amount)]),
      parts: window.parts.map(({ request }) => request),
    },
  }
}

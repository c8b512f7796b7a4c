// Judging the form: what is refused at submission, and what is worked out beside it for the record (law §2, §3).
import type { Calendar } from '../../../src/domain/calendar.ts'
import { categories } from '../../../src/domain/expense.ts'
import type { OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import { above, grouped, type Money, moneySchema, sumWithin } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { payeeKeys, type Submission } from '../../../src/domain/request.ts'
import { type FactAnswers, type PayeeKey, told } from '../../../src/domain/facts.ts'
import { addDays, type LocalDate } from '../../../src/domain/time.ts'
import { controllersOf, nearRelatives, officesOf, type RosterState } from '../../roster/v1/fold.ts'
import { payeeSigns } from './issuers.ts'
import { debitInTime, kindFits } from './kinds.ts'
import type { Refused } from './scene.ts'
import {
  beyond,
  type Claiming,
  datesFit,
  exceptionFits,
  inTime,
  papersMissing,
  paperTwice,
  sellersArePaid,
  unclaimed,
  vouchersCover,
  voucherThere,
} from './vouchers.ts'

/** A list has no account of its own: all lists of a company are taken together, so that splitting one shows (law 3.9). */
export const windowKeys = (form: Submission): readonly PayeeKey[] =>
  form.payee.type === 'list' ? ['list'] : payeeKeys(form.payee)

/** What an authority approves is a list for one purpose. */
export const authorityKeys = (form: Submission): readonly PayeeKey[] =>
  form.payee.type === 'list' ? [`list:${form.category}`] : payeeKeys(form.payee)

/** One rule of the form. `of`: what it looks at, so that of a form that is not finished it speaks once that is there. */
export interface FormRule<J> {
  readonly of: readonly (keyof Submission)[]
  readonly broken: (form: Submission, judging: J) => Refused | undefined
}

/**
 * Every rule of the form, in the order printed in the reference: what the law forbids outright, then its kind, vouchers and
 * invoices, limits and papers.
 */
export const formRules: readonly FormRule<Judging>[] = [
  {
    of: ['matter'],
    broken: ({ matter }) => (matter === 'guarantee' ? refuse('guaranteeForbidden') : undefined),
  },
  {
    of: ['matter', 'payee'],
    broken: (form, judging) =>
      form.matter === 'lending' && lendsToOffice(form, judging)
        ? refuse('loanToOfficer')
        : undefined,
  },
  { of: ['category'], broken: (form, { policy }) => hospitalityBarred(form, policy) },
  {
    of: ['payee', 'kind', 'witness', 'company'],
    broken: (form, { roster }) => payeeSigns(form, roster),
  },
  {
    of: ['kind', 'payee', 'handler', 'method', 'amount', 'category', 'matter', 'invoices'],
    broken: kindFits,
  },
  {
    of: ['amount'],
    broken: ({ amount }) => (above(amount, AMOUNT_MAX) ? refuse('amountTooLarge') : undefined),
  },
  {
    of: ['kind', 'amount', 'payee', 'invoices'],
    broken: (form, judging) => voucherLacking(form, judging),
  },
  { of: ['payee', 'invoices'], broken: (_form, judging) => unclaimed(judging) },
  { of: ['payee', 'invoices'], broken: sellersArePaid },
  { of: ['kind', 'payee', 'category'], broken: exceptionFits },
  { of: ['kind', 'invoices'], broken: datesFit },
  {
    of: ['kind', 'amount', 'invoices'],
    broken: (form) => (comesLater(form) ? undefined : vouchersCover(form)),
  },
  { of: ['kind', 'method', 'amount', 'payee'], broken: overAmount },
  { of: ['kind', 'handler'], broken: (form, { facts }) => advanceOpen(form, facts) },
  { of: ['kind', 'invoices'], broken: inTime },
  { of: ['debit'], broken: (form, judging) => debitInTime(form, judging.policy, judging) },
  { of: ['evidence'], broken: ({ evidence }) => paperTwice(evidence) },
  {
    of: ['category', 'amount', 'kind', 'evidence'],
    broken: (form, { policy }) =>
      papersMissing(form, { phase: 'decision', policy, evidence: form.evidence }),
  },
]

/** The first rule the form breaks. Undefined when it may be submitted. */
export function firstBroken<J>(
  rules: readonly FormRule<J>[],
  form: Submission,
  judging: J,
): Refused | undefined {
  for (const { broken } of rules) {
    const no = broken(form, judging)
    if (no !== undefined) return no
  }
  return undefined
}

/** Larger is a slip of the pen: no village company pays a thousand million, and sums of such stay far from what money holds. */
const AMOUNT_MAX = moneySchema.parse('999999999.99')

export interface Judging extends Claiming {
  readonly calendar: Calendar
  readonly roster: RosterState
  /** Who holds office in the township: they are no borrowers either. */
  readonly township: RosterState
}

/** Only where the policy allows it at all (law 2.16). */
export const hospitalityBarred = (
  { category }: Submission,
  policy: PolicyValues,
): Refused | undefined =>
  categories[category].type === 'hospitality' && !policy['hospitality.allowed']
    ? refuse('hospitalityProhibited')
    : undefined

/** To who holds an office in the village or the township, to their near relatives, or to a firm that one of these controls. */
function lendsToOffice(form: Submission, { facts, roster, township }: Judging): boolean {
  const rosters = [roster, township]
  const borrowers = [
    ...(form.payee.type === 'person' ? [form.payee.person] : []),
    ...knownKeys(form, facts).flatMap((key) => rosters.flatMap((of) => controllersOf(of, key))),
  ]
  const close = borrowers.flatMap((person) => [
    person,
    ...rosters.flatMap((of) => nearRelatives(of, person)),
  ])
  return close.some((person) => rosters.some((of) => officesOf(of, person).length > 0))
}

/** Requests in the window of the rolling sum that were paid alike: a limit once a day is none (law 3.8). */
export function besides(
  { facts, policy, today }: Pick<Judging, 'facts' | 'policy' | 'today'>,
  how: 'cash' | 'voucherless',
): readonly Money[] {
  const from = addDays(today, 1 - policy['window.days'])
  const alike = told(facts, 'payeeWindow').parts.filter((part) => part.on >= from && part[how])
  return alike.map(({ amount }) => amount)
}

/** Those that are to come are asked for before the supervisors sign; an advance's when it is settled (law 2.7, 2.11). */
const comesLater = ({ kind, invoicesToCome }: Submission): boolean =>
  kind === 'advance' || invoicesToCome === true

/** Where none comes later: is it paid without a lawful one, what the payee got so of late included (law 2.18)? */
export const voucherLacking = (
  form: Submission,
  judging: Pick<Judging, 'facts' | 'policy' | 'today'>,
): Refused | undefined =>
  comesLater(form) ? undefined : voucherThere(form, judging.policy, besides(judging, 'voucherless'))

/** Cash and the card have their own lines (law 2.5, 2.17). */
export function overAmount(
  form: Submission,
  judging: Pick<Judging, 'facts' | 'policy' | 'today'>,
): Refused | undefined {
  const { policy } = judging
  const cash = policy['cash.max']
  if (form.method === 'cash' && beyond([form.amount, ...besides(judging, 'cash')], cash)) {
    return refuse('cashOverLimit', { limit: grouped(cash), days: String(policy['window.days']) })
  }
  if (form.kind === 'card' && above(form.amount, policy['card.limit'])) {
    return refuse('cardOverLimit', { limit: grouped(policy['card.limit']) })
  }
  return undefined
}

function advanceOpen({ kind }: Submission, facts: FactAnswers): Refused | undefined {
  const [open] = kind === 'advance' ? told(facts, 'openAdvances').requests : []
  return open === undefined ? undefined : refuse('advanceOpen', { request: open })
}

/**
 * Persons in office whom the deal concerns: the payee's declared controllers, the payee in person, and their near relatives,
 * where they hold any office of the company or its cooperative, those who keep its money included (L2 Art 182).
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
  // what the handler paid out, swiped or is advanced is no deal with the handler
  if (form.payee.type === 'person' && form.kind === 'single') close.add(form.payee.person)
  // a set grows while it is walked: relatives of relatives would follow, and the law stops at the near ones
  const direct = [...close]
  for (const person of direct)
    for (const relative of nearRelatives(roster, person)) close.add(relative)
  return [...close].filter((person) => inOffice(roster, person, form.company)).sort()
}

const inOffice = (roster: RosterState, person: PersonId, company: OrganisationId): boolean => {
  const owner = roster.organisations.get(company)?.owner
  return officesOf(roster, person).some(
    ({ organisation }) => organisation === company || organisation === owner,
  )
}

/** Every key the payee is known by: the form's own, and those that ever met them in a request (the window's closure). */
export const knownKeys = (form: Submission, facts: FactAnswers): readonly PayeeKey[] => [
  ...new Set([...payeeKeys(form.payee), ...(facts.payeeWindow?.keys ?? [])]),
]

/** The payee's id in this ledger, the sum in the window from a day on and what makes it up; or that it is past counting. */
export function rollingOf(form: Submission, facts: FactAnswers, from: LocalDate) {
  const window = told(facts, 'payeeWindow')
  // the fact reaches further back, for the alerts: the law counts from here (law 3.8)
  const parts = window.parts.filter(({ on }) => on >= from)
  const sum = sumWithin([form.amount, ...parts.map(({ amount }) => amount)])
  if (sum === undefined) return refuse('amountTooLarge')
  return {
    payee: window.payee,
    rolling: { sum, parts: parts.map(({ request }) => request) },
  }
}

// What a form shows beside the other requests of its company (domain §5.1): asked at submission and resubmission.
import { categories } from '../../../src/domain/expense.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import {
  above,
  atLeast,
  exceedsShare,
  type Money,
  sumWithin,
  zero,
} from '../../../src/domain/money.ts'
import type { Must } from '../../../src/domain/must.ts'
import type { Invoice, Submission } from '../../../src/domain/request.ts'
import { addDays, type LocalDate } from '../../../src/domain/time.ts'
import type { RosterState } from '../../roster/v1/fold.ts'
import {
  isBought,
  isRound,
  justBelow,
  type Line,
  linesOf,
  quarterStart,
  similarTo,
} from './alert-facts.ts'
import { papersSeen } from './alerts-papers.ts'
import { papersAfter, type Seen, type Sight } from './alerts.ts'
import type { Route } from './events.ts'
import { knownKeys } from './judgement.ts'

/** The form with what was worked out beside it. */
export interface FormSight extends Sight {
  readonly roster: RosterState
  readonly route: Route
  readonly relatedPersons: readonly PersonId[]
}

/** Everything a form shows, in the order of the risks. */
export const formSeen = (sight: FormSight): readonly Seen[] => [
  ...splitting(sight),
  ...cluster(sight),
  ...papersSeen(sight, sight.form),
  ...voucherless(sight, sight.form.invoicesToCome === true ? undefined : sight.form.invoices),
  ...cashShare(sight),
  ...otherParties(sight),
  ...similar(sight),
  ...relation(sight),
  ...beforeDecision(sight),
  ...papersAfter(sight.form.evidence, leftOn(sight.form)),
  ...hospitality(sight),
  ...dominance(sight),
  ...rounds(sight),
  ...mixing(sight),
]

/**
 * R01: purchases from one payee, of whatever category, each below a line that together they reach. Yellow for the one within the
 * rolling window that reaches it; red for every one where each comes close to the line, and then over longer too.
 */
function splitting({ form, policy, facts, today }: FormSight): readonly Seen[] {
  if (form.authority !== undefined || !isBought(form.category)) return []
  const own = { amount: form.amount, on: today }
  const parts = (facts.payeeWindow?.parts ?? []).filter(({ category }) => {
    return isBought(category)
  })
  if (parts.length === 0) return []
  const window = policy['window.days']
  const longer = Math.max(window, policy['alert.splittingDays'])
  const spans = [
    { colour: 'red', days: longer, least: ({ share }: Line) => share },
    { colour: 'yellow', days: window, least: () => zero },
  ] as const
  for (const { colour, days, least } of spans) {
    const from = addDays(today, 1 - days)
    for (const one of linesOf(policy)) {
      const { line } = one
      const counts = ({ amount, on }: { readonly amount: Money; readonly on: LocalDate }) =>
        on >= from && above(line, amount) && atLeast(amount, least(one))
      if (!counts(own)) continue
      const others = parts.filter(counts)
      const before = sumWithin(others.map(({ amount }) => amount))
      const sum = before === undefined ? undefined : sumWithin([own.amount, before])
      if (others.length === 0 || sum === undefined || !atLeast(sum, line)) continue
      if (colour === 'yellow' && before !== undefined && atLeast(before, line)) continue
      const params = { days: String(days), count: String(others.length + 1), line, sum }
      return [{ rule: 'splitting', colour, params, requests: others.map(({ request }) => request) }]
    }
  }
  return []
}

/** R02: several of a quarter that end just where the next must begins. */
function cluster({ form, policy, facts, today }: FormSight): readonly Seen[] {
  const band = justBelow(form.amount, policy)
  if (band === undefined || facts.amounts === undefined) return []
  const { low, high, line } = band
  const others = facts.amounts.requests.filter(
    ({ amount, on, covered, category }) =>
      !covered &&
      isBought(category) &&
      on >= quarterStart(today) &&
      atLeast(amount, low) &&
      atLeast(high, amount),
  )
  const count = others.length + 1
  if (count < policy['alert.justBelowCount']) return []
  const requests = others.map(({ request }) => request)
  return [
    { rule: 'justBelow', colour: 'yellow', params: { count: String(count), low, line }, requests },
  ]
}

/** R06: neither invoice nor exception; `undefined` where they are still to come. */
function voucherless(
  { form, policy }: Sight,
  invoices: readonly Invoice[] | undefined,
): readonly Seen[] {
  const none = invoices?.length === 0 && form.voucherException === undefined
  if (!none || form.kind === 'advance' || !above(form.amount, policy['alert.whiteSlipFrom'])) {
    return []
  }
  return [{ rule: 'whiteSlip', colour: 'yellow', params: { amount: form.amount } }]
}

/** R08: what a company pays out in cash in a month, beside all it pays. */
function cashShare({ form, policy, facts }: FormSight): readonly Seen[] {
  const { purchases } = facts
  if (form.method !== 'cash' || purchases === undefined) return []
  const cash = sumWithin([purchases.cash, form.amount])
  const month = sumWithin([purchases.month, form.amount])
  if (cash === undefined || month === undefined) return []
  const percent = policy['alert.cashSharePercent']
  if (!atLeast(cash, policy['alert.cashFrom']) || !exceedsShare(cash, month, percent)) return []
  return [
    { rule: 'cashShare', colour: 'yellow', params: { cash, month, percent: String(percent) } },
  ]
}

/** What is paid back to the handler says nothing of who is party to a contract. */
const paysOut: readonly Submission['kind'][] = ['single', 'list', 'directDebit']

/** R11: under this contract others were asked to be paid. */
function otherParties({ form, facts }: FormSight): readonly Seen[] {
  const { contract } = form
  if (contract === undefined || !paysOut.includes(form.kind)) return []
  const own = [facts.payeeWindow?.payee, ...knownKeys(form, facts)]
  const others = (facts.contractParties?.parties ?? []).filter(({ payee }) => !own.includes(payee))
  if (others.length === 0) return []
  const params = { contract, count: String(others.length) }
  const requests = others.map(({ request }) => request)
  return [{ rule: 'payeeNotParty', colour: 'yellow', params, requests }]
}

/** R12: like amounts for one project to different payees. Works of one budget line are one project where none is named. */
function similar({ form, policy, facts, today }: FormSight): readonly Seen[] {
  const range = similarTo(form.amount, policy)
  const { amounts } = facts
  if (range === undefined || amounts === undefined) return []
  const days = policy['alert.similarDays']
  const from = addDays(today, 1 - days)
  const own = [facts.payeeWindow?.payee, ...knownKeys(form, facts)]
  const isWorks = categories[form.category].type === 'works'
  const others = amounts.requests.filter((other) => {
    const alike = form.project === undefined && isWorks && other.project === ''
    const together = alike
      ? other.category === form.category && other.budgetLine === form.budgetLine
      : other.project !== '' && other.project === form.project
    const near = atLeast(other.amount, range.low) && atLeast(range.high, other.amount)
    return together && near && other.on >= from && !own.includes(other.payee)
  })
  if (others.length === 0) return []
  const percent = String(policy['alert.similarPercent'])
  const params = { days: String(days), count: String(others.length), percent }
  const requests = others.map(({ request }) => request)
  return [{ rule: 'similarPayments', colour: 'yellow', params, requests }]
}

/** R13: declared, it is looked at; known to the roster and not declared, all the more. */
function relation({ form, relatedPersons }: FormSight): readonly Seen[] {
  const params = { count: String(relatedPersons.length) }
  if (form.relation === 'related') return [{ rule: 'relatedParty', colour: 'blue', params }]
  if (relatedPersons.length === 0) return []
  return [{ rule: 'relatedUndeclared', colour: 'red', params }]
}

/** When the money left before anything was decided: a debit, or what the handler paid out, the last of it. */
export function leftOn({ kind, debit, invoices }: Submission): LocalDate | undefined {
  if (debit !== undefined) return debit.on
  if (kind !== 'reimbursement') return undefined
  return invoices
    .map(({ date }) => date)
    .toSorted()
    .at(-1)
}

/** R15. A bank that debits a bill under its authority cannot wait for the filing (law 2.6): that alone is not told. */
function beforeDecision({ form, route }: FormSight): readonly Seen[] {
  const date = leftOn(form)
  if (date === undefined) return []
  const decided: readonly Must[] =
    form.kind === 'directDebit'
      ? ['memberVote', 'boardReview']
      : ['memberVote', 'boardReview', 'townshipFiling']
  const open = route.filter(({ must, demand }) => demand === 'required' && decided.includes(must))
  if (open.length === 0) return []
  const params = { date, count: String(open.length) }
  return [{ rule: 'paidBeforeDecision', colour: 'red', params }]
}

/** R20: where a township allows it at all. */
function hospitality({ form }: FormSight): readonly Seen[] {
  if (categories[form.category].type !== 'hospitality') return []
  return [{ rule: 'hospitality', colour: 'yellow', params: { amount: form.amount } }]
}

/** R24: told once, by the request with which a payee comes to have more than its share of the year. */
function dominance({ form, policy, facts }: FormSight): readonly Seen[] {
  const { purchases } = facts
  if (purchases === undefined || !isBought(form.category) || form.payee.type === 'list') return []
  const percent = policy['alert.dominancePercent']
  const dominates = (payee: Money, year: Money): boolean =>
    atLeast(payee, policy['alert.dominanceFrom']) && exceedsShare(payee, year, percent)
  const sum = sumWithin([purchases.payee, form.amount])
  const year = sumWithin([purchases.year, form.amount])
  if (sum === undefined || year === undefined || !dominates(sum, year)) return []
  if (purchases.count + 1 < policy['alert.dominanceCount']) return []
  if (dominates(purchases.payee, purchases.year)) return []
  const params = { sum, year, percent: String(percent) }
  return [{ rule: 'supplierDominates', colour: 'yellow', params }]
}

/** R30: figures too smooth to have been worked out. */
function rounds({ form, policy, facts, today }: FormSight): readonly Seen[] {
  const { amounts } = facts
  if (amounts === undefined || !isRound(form.amount, policy)) return []
  const others = amounts.requests.filter(
    ({ amount, on, covered, category }) =>
      !covered && isBought(category) && on >= quarterStart(today) && isRound(amount, policy),
  )
  const count = others.length + 1
  if (count < policy['alert.roundCount']) return []
  const params = {
    count: String(count),
    from: policy['alert.roundFrom'],
    unit: policy['alert.roundUnit'],
  }
  const requests = others.map(({ request }) => request)
  return [{ rule: 'roundSum', colour: 'blue', params, requests }]
}

/** R33: to the cooperative or another of its companies, with no paper of board or members (L2 Art 23). */
function mixing({ form, roster, route }: FormSight): readonly Seen[] {
  const { payee } = form
  if (payee.type !== 'firm') return []
  const organisation = [...roster.organisations.values()].find(({ name }) => name === payee.name)
  const decided = route.some(
    ({ must, demand }) =>
      (must === 'memberVote' || must === 'boardReview') && demand !== 'notRequired',
  )
  if (organisation === undefined || decided) return []
  return [{ rule: 'mixing', colour: 'yellow', params: { name: payee.name } }]
}

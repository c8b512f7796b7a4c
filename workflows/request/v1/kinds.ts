// The kinds of request (law 2.1–2.7): who each may pay, how, and what its form must and must not say.
import { lastDay, type Calendar } from '../../../src/domain/calendar.ts'
import {
  categories,
  type ExpenseType,
  type Matter,
  reservedMatters,
} from '../../../src/domain/expense.ts'
import { grouped } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { RequestKind, Submission } from '../../../src/domain/request.ts'
import { addDays, type LocalDate } from '../../../src/domain/time.ts'
import { misfit } from './kind-words.ts'
import type { Refused } from './scene.ts'

interface Shape {
  readonly methods: readonly Submission['method'][]
  readonly pays: (payee: Submission['payee'], handler: Submission['handler']) => boolean
  readonly matters?: readonly Matter[]
  readonly types?: readonly ExpenseType[]
}

const bank: Shape['methods'] = ['transfer', 'cash']
const toHandler: Shape['pays'] = (payee, handler) =>
  payee.type === 'person' && payee.person === handler

/** Cash is taken within the rules on cash alone (law 2.17). */
const shapes: Readonly<Record<RequestKind, Shape>> = {
  // to the handler only what was paid out or is advanced: a claim must not pass for an ordinary payment (law 2.4, 2.7)
  single: {
    methods: bank,
    pays: (payee, handler) => payee.type !== 'list' && !toHandler(payee, handler),
  },
  // what is lent, invested or sold is one party's deal, whom the members see by name (law 2.25, 3.3)
  list: {
    methods: bank,
    pays: ({ type }) => type === 'list',
    matters: ['ordinary', 'contract', 'distribution'],
  },
  reimbursement: { methods: bank, pays: toHandler },
  // the seller where it is swiped, or the card the handler holds
  card: {
    methods: ['card'],
    pays: (payee, handler) => payee.type === 'firm' || toHandler(payee, handler),
  },
  directDebit: {
    methods: ['debit'],
    pays: ({ type }) => type === 'firm',
    matters: ['ordinary'],
    types: ['utility', 'tax', 'insurance', 'bank'],
  },
  advance: { methods: bank, pays: toHandler, matters: ['ordinary'] },
}

/** `kindMismatch`, or a list whose rows do not make up the amount. */
export function kindFits(form: Submission): Refused | undefined {
  const { kind, payee, handler, method, amount, category, matter } = form
  const { methods, pays, matters, types } = shapes[kind]
  const mismatch = (detail: string) => refuse('kindMismatch', { detail: misfit(kind, detail) })
  if (!pays(payee, handler)) return mismatch(payee.type)
  if (!methods.includes(method)) return mismatch(method)
  if (payee.type === 'unregistered' && method !== 'cash') return mismatch('unregistered')
  const { type } = categories[category]
  if (types?.includes(type) === false) return mismatch(category)
  if (matters?.includes(matter) === false) return mismatch(matter)
  const wrong = fields(form)
  if (wrong !== undefined) return mismatch(wrong)
  // called ordinary, an investment would go past the members
  if (type === 'investment' && !reservedMatters.includes(matter)) return mismatch('investment')
  // a list of one would hide from everybody who is paid
  if (payee.type === 'list' && payee.count < 2) return refuse('listOfOne')
  if (payee.type === 'list' && payee.total !== amount) {
    return refuse('listTotalDiffers', { total: grouped(payee.total), amount: grouped(amount) })
  }
  return undefined
}

/** A field that this kind must have and has not, or has and must not. */
function fields(form: Submission): string | undefined {
  const { kind, debit, authority, invoices, invoicesToCome = false, voucherException } = form
  if ((debit !== undefined) !== (kind === 'directDebit')) return 'debit'
  if (kind === 'directDebit' && authority === undefined) return 'authority'
  // reported before the swipe: there can be no invoice yet (law 2.5)
  if (kind === 'card' && !invoicesToCome) return 'invoicesToCome'
  // what was paid out has its invoice already, and its age is counted from it (law 2.4)
  if (kind === 'reimbursement' && invoicesToCome) return 'invoicesToCome'
  // its vouchers come when it is settled (law 2.7)
  if (kind === 'advance' && (invoices.length > 0 || voucherException !== undefined))
    return 'invoices'
  return undefined
}

/** A direct debit is submitted within some working days of the debit (law 2.6), counted by when it was first asked for. */
export function debitInTime(
  { debit }: Submission,
  policy: PolicyValues,
  { calendar, reportedOn }: { readonly calendar: Calendar; readonly reportedOn: LocalDate },
): Refused | undefined {
  if (debit === undefined) return undefined
  if (debit.on > reportedOn) return refuse('dateInFuture', { date: debit.on })
  const days = policy['debit.submitWd']
  const until = lastDay(calendar, debit.on, { workingDays: days })
  return reportedOn > until ? refuse('debitTooLate', { days: String(days), until }) : undefined
}

/** The last day to settle an advance paid on a day: some days after it, and never over month-end (law 2.7). */
export function settleBy(paidOn: LocalDate, policy: PolicyValues, calendar: Calendar): LocalDate {
  const monthEnd = lastOfMonth(paidOn)
  const days = policy['advance.settleDays']
  // where the month ends first, no calendar is asked: the year after may not be there yet
  if (addDays(paidOn, days) >= monthEnd) return monthEnd
  const due = lastDay(calendar, paidOn, { days })
  return due > monthEnd ? monthEnd : due
}

function lastOfMonth(date: LocalDate): LocalDate {
  // the 28th and four days are in the next month, whatever the month
  const next = addDays(`${date.slice(0, 7)}-28` as LocalDate, 4)
  return addDays(`${next.slice(0, 7)}-01` as LocalDate, -1)
}

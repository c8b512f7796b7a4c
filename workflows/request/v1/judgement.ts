// Judging the form: what is refused at submission, and what is worked out beside it for the record (law §2, §3).
import type { Calendar } from '../../../src/domain/calendar.ts'
import { categories } from '../../../src/domain/expense.ts'
import type { OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import { above, grouped, moneySchema, sumWithin } from '../../../src/domain/money.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { payeeKeys, type Submission } from '../../../src/domain/request.ts'
import type { FactAnswers, PayeeKey } from '../../../src/domain/facts.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import { controllersOf, nearRelatives, officesOf, type RosterState } from '../../roster/v1/fold.ts'
import { debitInTime, kindFits } from './kinds.ts'
import type { Refused } from './scene.ts'
import {
  type Claiming,
  datesFit,
  exceptionFits,
  inTime,
  papersMissing,
  sellersArePaid,
  unclaimed,
  vouchersCover,
  voucherThere,
} from './vouchers.ts'

/** A list has no account of its own: its lists of one category are taken together, so that splitting one shows. */
export const windowKeys = (form: Submission): readonly PayeeKey[] =>
  form.payee.type === 'list' ? [`list:${form.category}`] : payeeKeys(form.payee)

/**
 * The first rule the form breaks, in the order printed in the reference: what the law forbids outright, then its kind,
 * vouchers and invoices, limits and papers. Undefined when it may be submitted.
 */
export function judge(form: Submission, judging: Judging): Refused | undefined {
  const { policy, roster, township } = judging
  return (
    forbidden(form, policy, [roster, township]) ??
    kindFits(form) ??
    (above(form.amount, AMOUNT_MAX) ? refuse('amountTooLarge') : undefined) ??
    vouchers(form, judging) ??
    limits(form, judging) ??
    papersMissing(form, { phase: 'decision', policy, evidence: form.evidence })
  )
}

/** Larger is a slip of the pen: no village company pays a thousand million, and sums of such stay far from what money holds. */
const AMOUNT_MAX = moneySchema.parse('999999999.99')

export interface Judging extends Claiming {
  readonly calendar: Calendar
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

/** Those that are to come are asked for before the supervisors sign; an advance's when it is settled (law 2.7, 2.11). */
function vouchers(form: Submission, judging: Judging): Refused | undefined {
  const later = form.kind === 'advance' || form.invoicesToCome === true
  return (
    (later ? undefined : voucherThere(form, judging.policy)) ??
    unclaimed(judging) ??
    sellersArePaid(form) ??
    exceptionFits(form) ??
    datesFit(form, judging) ??
    (later ? undefined : vouchersCover(form))
  )
}

function limits(form: Submission, judging: Judging): Refused | undefined {
  const { policy, facts } = judging
  if (form.method === 'cash' && above(form.amount, policy['cash.max'])) {
    return refuse('cashOverLimit', { limit: grouped(policy['cash.max']) })
  }
  if (form.kind === 'card' && above(form.amount, policy['card.limit'])) {
    return refuse('cardOverLimit', { limit: grouped(policy['card.limit']) })
  }
  const [open] = facts.openAdvances?.requests ?? []
  if (form.kind === 'advance' && facts.openAdvances === undefined)
    throw new Error('decided without the fact openAdvances')
  if (open !== undefined) return refuse('advanceOpen', { request: open })
  return inTime(form, judging) ?? debitInTime(form, policy, judging)
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
  // what the handler paid out, swiped or is advanced is no deal with the handler
  if (form.payee.type === 'person' && form.kind === 'single') close.add(form.payee.person)
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

/** The payee's id in this ledger, the sum in the window from a day on and what makes it up; or that it is past counting. */
export function rollingOf(form: Submission, facts: FactAnswers, from: LocalDate) {
  const window = facts.payeeWindow
  if (window === undefined) throw new Error('decided without the fact payeeWindow')
  // the fact reaches further back, for the alerts: the law counts from here (law 3.8)
  const parts = window.parts.filter(({ on }) => on >= from)
  const sum = sumWithin([form.amount, ...parts.map(({ amount }) => amount)])
  if (sum === undefined) return refuse('amountTooLarge')
  return {
    payee: window.payee,
    rolling: { sum, parts: parts.map(({ request }) => request) },
  }
}

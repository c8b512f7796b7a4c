// What invoices and papers show beside those of other requests, whenever they come (domain §5.1).
import type { FactTypes } from '../../../src/domain/facts.ts'
import type { Origin, RequestId } from '../../../src/domain/ids.ts'
import type { Evidence, Invoice } from '../../../src/domain/request.ts'
import { daysBetween, type LocalDate } from '../../../src/domain/time.ts'
import { type Seen, seenWith, type Sight } from './alerts.ts'

/** What came: with the form, or added to it. */
interface Came {
  readonly invoices: readonly Invoice[]
  readonly evidence: readonly Evidence[]
}

export const papersSeen = (sight: Sight, came: Came): readonly Seen[] => [
  ...sameFile(sight),
  ...consecutive(sight, came.invoices),
  ...oldInvoice(sight, came.invoices),
]

/** R04. Under one authority or contract the same paper may rightly stand twice. */
function sameFile({ form, facts, ledger }: Sight): readonly Seen[] {
  const under = form.authority ?? form.contract ?? ''
  const files = (facts.fileUse?.files ?? []).filter(
    (file) => under === '' || file.under !== under || file.ledger !== ledger,
  )
  if (files.length === 0) return []
  const { count, ...others } = seenWith(ledger, files)
  const distinct = new Set(files.map(({ sha256 }) => sha256)).size
  const params = { files: String(distinct), count: String(count) }
  return [{ rule: 'sameFile', colour: 'yellow', params, ...others }]
}

type Neighbour = FactTypes['sellerInvoices']['answer']['invoices'][number]

interface Numbered {
  readonly number: bigint
  readonly text: string
  /** Absent for the request's own. */
  readonly holder?: { readonly ledger: Origin; readonly request: RequestId }
}

/** R05: a run of neighbouring numbers of one seller, over more requests than this one. */
function consecutive({ facts, policy, ledger }: Sight, own: readonly Invoice[]): readonly Seen[] {
  const days = policy['alert.consecutiveDays']
  for (const invoice of own) {
    const run = runAround(invoice, numbered(invoice, { own, facts, days }), {
      gap: BigInt(policy['alert.consecutiveGap']),
    })
    const holders = run.flatMap(({ holder }) => (holder === undefined ? [] : [holder]))
    if (run.length < policy['alert.consecutiveCount'] || holders.length === 0) continue
    const { count: _requests, ...others } = seenWith(ledger, holders)
    const params = {
      days: String(days),
      count: String(run.length),
      from: run[0]?.text ?? '',
      to: run.at(-1)?.text ?? '',
    }
    return [{ rule: 'consecutiveInvoices', colour: 'yellow', params, ...others }]
  }
  return []
}

interface Beside {
  readonly own: readonly Invoice[]
  readonly facts: Sight['facts']
  readonly days: number
}

/** Invoices of the same seller and spelling, dated within so many days of this one; its own among them, by number. */
function numbered(
  { number, date, sellerAccount }: Invoice,
  { own, facts, days }: Beside,
): readonly Numbered[] {
  if (sellerAccount === undefined) return []
  const near = (other: string): boolean => Math.abs(daysBetween(date, other as LocalDate)) <= days
  const mine = own
    .filter((one) => one.sellerAccount === sellerAccount && near(one.date))
    .map((one): Numbered => ({ number: BigInt(one.number), text: one.number }))
  const theirs = (facts.sellerInvoices?.invoices ?? [])
    .filter((one: Neighbour) => one.seller === `account:${sellerAccount}` && near(one.date))
    .map(({ invoice, ledger, request }): Numbered => {
      return { number: BigInt(invoice), text: invoice, holder: { ledger, request } }
    })
  return [...mine, ...theirs]
    .filter(({ text }) => text.length === number.length)
    .sort((a, b) => (a.number < b.number ? -1 : 1))
}

/** The longest stretch without a gap that holds the invoice. */
function runAround(
  { number }: Invoice,
  sorted: readonly Numbered[],
  { gap }: { readonly gap: bigint },
): readonly Numbered[] {
  let from = sorted.findIndex(({ text }) => text === number)
  if (from < 0) return []
  let to = from
  const apart = (a: number, b: number): bigint | undefined => {
    const [low, high] = [sorted[a], sorted[b]]
    return low === undefined || high === undefined ? undefined : high.number - low.number
  }
  const joins = (distance: bigint | undefined): boolean => distance !== undefined && distance <= gap
  while (joins(apart(from - 1, from))) from -= 1
  while (joins(apart(to, to + 1))) to += 1
  return sorted.slice(from, to + 1)
}

/** R28: long past, or of another year. */
function oldInvoice({ policy, today }: Sight, invoices: readonly Invoice[]): readonly Seen[] {
  const [date] = invoices.map((invoice) => invoice.date).toSorted()
  if (date === undefined) return []
  const days = daysBetween(date, today)
  const old = days > policy['alert.claimDays'] || date.slice(0, 4) !== today.slice(0, 4)
  if (!old) return []
  return [{ rule: 'lateClaim', colour: 'yellow', params: { date, days: String(days) } }]
}

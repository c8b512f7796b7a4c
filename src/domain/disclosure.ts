// Disclosure (公开): what is open to everybody, and from when. Months open by themselves when they are over (domain.md
// §2.4: monthly, at month close); what is major is open at once, since it is to be open within five days. Pure.
import {
  addDays,
  dateAt,
  endOf,
  type Instant,
  instantOf,
  type LocalDate,
  localDateSchema,
  msOf,
} from './time.ts'

/** Days a posted sheet hangs, and in which it may be objected to and has to be answered (domain.md §9, `disclosure`). */
export const disclosureDays = { posted: 7, objection: 5, answer: 5, major: 5 } as const

/** `YYYY-MM`. */
export type Month = string

export const monthAt = (at: Instant): Month => dateAt(at).slice(0, 7)

const firstOf = (month: Month): LocalDate => localDateSchema.parse(`${month}-01`)

export function nextMonth(month: Month): Month {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const [nextYear, next] = number === 12 ? [year + 1, 1] : [year, number + 1]
  return `${nextYear}-${String(next).padStart(2, '0')}`
}

/** The day a month is open from. */
export const opensOn = (month: Month): LocalDate => firstOf(nextMonth(month))

/** The last instant of the month before, and its own. */
export function boundsOf(month: Month): { readonly before: Instant; readonly last: Instant } {
  const justBefore = (date: LocalDate): Instant => instantOf(msOf(endOf(addDays(date, -1))) - 1)
  return { before: justBefore(firstOf(month)), last: justBefore(opensOn(month)) }
}

/** Months from one to another, both counted in, the newest first. */
export function monthsBetween(from: Month, to: Month): readonly Month[] {
  const months: Month[] = []
  for (let month = from; month <= to; month = nextMonth(month)) months.unshift(month)
  return months
}

/** A date, and a request's number, which are no secret. */
const HARMLESS = /^\d{4}-\d{2}-\d{2}$|^\d{4}-\d{6}$/

/**
 * What somebody typed, without numbers that could be a telephone, an account or an identity number: none is to be read in
 * public, whatever was put into a line of text. Seven digits or more, however they are grouped.
 */
export const withoutNumbers = (text: string): string =>
  text.replaceAll(/\p{Nd}(?:[\s-]?\p{Nd}){6,}/gu, (found) =>
    HARMLESS.test(found) ? found : '＊＊＊',
  )

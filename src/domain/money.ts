// Money (金额): yuan as a canonical decimal string; decimal.js does all arithmetic, no `number` ever holds an amount.
import { Decimal } from 'decimal.js'
import { z } from 'zod'

/** Canonical yuan with two decimals, `"12345.67"`, 0 to 9,999,999,999,999.99 (ledger-format §13). */
export const moneySchema = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,12})\.[0-9]{2}$/)
  .brand<'Money'>()
export type Money = z.infer<typeof moneySchema>

export const zero = moneySchema.parse('0.00')
/** The largest amount there is. */
export const most = moneySchema.parse('9999999999999.99')

/** @throws RangeError when the result is negative or past 13 digits of yuan. */
function fromDecimal(value: Decimal): Money {
  const parsed = moneySchema.safeParse(value.toFixed(2))
  if (!parsed.success || !value.equals(value.toDecimalPlaces(2))) {
    throw new RangeError(`not an amount of money: ${value.toString()}`)
  }
  return parsed.data
}

/** Reads what people type (`1,234.5`, `￥1234`) or returns undefined; never rounds. */
export function parseMoney(text: string): Money | undefined {
  const plain = text.trim().replace(/^[¥￥]\s*/u, '')
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?$/.test(plain)) return undefined
  const parsed = moneySchema.safeParse(new Decimal(plain.replaceAll(',', '')).toFixed(2))
  return parsed.success ? parsed.data : undefined
}

export const plus = (a: Money, b: Money): Money => fromDecimal(new Decimal(a).plus(b))
/** @throws RangeError when `b` is the larger. */
export const minus = (a: Money, b: Money): Money => fromDecimal(new Decimal(a).minus(b))
export const sum = (amounts: Iterable<Money>): Money => fromDecimal(totalOf(amounts))
/** The sum where it is an amount of money, undefined past 13 digits of yuan. */
export const sumWithin = (amounts: Iterable<Money>): Money | undefined =>
  moneySchema.safeParse(totalOf(amounts).toFixed(2)).data

function totalOf(amounts: Iterable<Money>): Decimal {
  let total = new Decimal(0)
  for (const amount of amounts) total = total.plus(amount)
  return total
}

/** Canonical strings compare by length, then digit by digit: no decimal is built on the hot path. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}
export const atLeast = (a: Money, b: Money): boolean => compare(a, b) >= 0
export const above = (a: Money, b: Money): boolean => compare(a, b) > 0

/** `percent` of an amount, to the fen: up where it is a line to be reached, down where it is one to stay below. */
export function percentOf(amount: Money, percent: number, to: 'up' | 'down'): Money {
  const rounding = to === 'up' ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR
  const exact = new Decimal(amount).times(percent).dividedBy(100)
  return fromDecimal(Decimal.min(exact.toDecimalPlaces(2, rounding), most))
}

/** Is `part` more than `percent` of `whole`? Exact. */
export const exceedsShare = (part: Money, whole: Money, percent: number): boolean =>
  new Decimal(part).times(100).greaterThan(new Decimal(whole).times(percent))

/** Integer fen for read tables, where SQL sorts and sums. 15 digits: exact in a double. */
export const toFen = (amount: Money): number => Number(amount.replace('.', ''))
export function fromFen(fen: number): Money {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not fen: ${fen}`)
  return fromDecimal(new Decimal(fen).dividedBy(100))
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const UNITS = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万']
const digit = (d: string): string => DIGITS.charAt(Number(d))

function wholeInCapitals(yuan: string): string {
  let whole = ''
  let zeroOwed = false
  let groupHasDigit = false
  for (const [i, d] of [...yuan].entries()) {
    const place = yuan.length - 1 - i
    if (d === '0') zeroOwed = whole !== ''
    else {
      whole += (zeroOwed ? '零' : '') + digit(d) + (UNITS[place % 4] ?? '')
      zeroOwed = false
      groupHasDigit = true
    }
    // 亿 is said even when its own four digits are zero, as long as something stands before it
    if (place > 0 && place % 4 === 0 && (groupHasDigit || (place === 8 && whole !== ''))) {
      whole += GROUPS[place / 4] ?? ''
      groupHasDigit = false
    }
  }
  return whole
}

/**
 * Chinese capitals (人民币大写), as on an invoice: `1001.00` → 壹仟零壹元整. The optional 零 is always written: harder to alter.
 */
export function inCapitals(amount: Money): string {
  const yuan = amount.slice(0, -3)
  const jiao = amount.charAt(amount.length - 2)
  const fen = amount.charAt(amount.length - 1)
  let whole = wholeInCapitals(yuan)
  if (whole !== '') whole += '元'
  if (jiao === '0' && fen === '0') return `${whole === '' ? '零元' : whole}整`
  const tenths = jiao === '0' ? (whole === '' ? '' : '零') : `${digit(jiao)}角`
  return whole + tenths + (fen === '0' ? '整' : `${digit(fen)}分`)
}

/** `12345.67` → `12,345.67`, for people. */
export const grouped = (amount: Money): string => amount.replaceAll(/\B(?=(?:\d{3})+\.)/g, ',')

// One cell: what no cell may hold, and how each column is read into its canonical form.
import { type Category, categories } from '../../domain/expense.ts'
import { type Money, parseMoney, zero } from '../../domain/money.ts'
import { invoiceSchema, type Submission } from '../../domain/request.ts'
import { type LocalDate, localDateSchema } from '../../domain/time.ts'
import type { Column } from './columns.ts'
import type { RowFaultCode } from './faults.ts'

export type Method = Submission['method']
export const methods: Readonly<Record<string, Method>> = {
  银行转账: 'transfer',
  村务卡: 'card',
  现金: 'cash',
}

const categoryNames = Object.keys(categories) as readonly Category[]

export interface Wrong {
  readonly code: RowFaultCode
  readonly params?: Readonly<Record<string, string>>
}
/** The canonical form of a cell, or what is wrong with it. */
export type Read<T> = { readonly value: T } | Wrong

/** Columns in which full-width digits and signs mean the ordinary ones. */
const figures: ReadonlySet<Column> = new Set<Column>(['date', 'account', 'amount', 'invoice'])

/** Surrounding space taken away; NFC; full-width figures made ordinary where only figures stand. */
export function normalise(column: Column, raw: string): string {
  const plain = raw.trim().normalize('NFC')
  if (!figures.has(column)) return plain
  return plain.replaceAll(/[！-～]/g, (wide) =>
    String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0),
  )
}

/** What no cell of any column may hold. */
export function unfit(column: Column, text: string): Wrong | undefined {
  // \p{Cf} too: a direction mark makes an account or a name read otherwise than it is
  const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text)?.[0]
  if (control !== undefined) {
    const point = (control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return { code: 'controlCharacter', params: { point: `U+${point}` } }
  }
  if (text.includes('\uFFFD')) return { code: 'damagedText' }
  // a sign before a figure is no formula, and has its own answer
  const formula = figures.has(column) ? /^[=@]/ : /^[=@+-]/
  return formula.test(text) ? { code: 'formula' } : undefined
}

const scientific = /^\d(?:\.\d+)?[eE]\+?\d+$/

/** Of any century. */
export function readDay(text: string): Read<LocalDate> {
  const parts =
    /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return { code: 'dateSerial' }
  const [, year = '', month = '', day = ''] = parts ?? []
  const parsed = localDateSchema.safeParse(
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  )
  return parsed.success ? { value: parsed.data } : { code: 'dateMalformed' }
}

/** Vouchers are of this one. */
export function readDate(text: string): Read<LocalDate> {
  const read = readDay(text)
  if ('code' in read) return read
  const thisCentury = read.value >= '2000' && read.value < '2100'
  return thisCentury ? read : { code: 'dateMalformed' }
}

export function readAmount(text: string): Read<Money> {
  const amount = parseMoney(text.replace(/元$/, ''))
  if (amount === undefined) return { code: 'amountMalformed' }
  return amount === zero ? { code: 'amountZero' } : { value: amount }
}

export function readCategory(text: string): Read<Category> {
  const found = categoryNames.find((name) => categories[name].zh === text)
  if (found !== undefined) return { value: found }
  const choices = categoryNames.map((name) => categories[name].zh).join('、')
  return { code: 'categoryUnknown', params: { choices } }
}

export function readMethod(text: string): Read<Method> {
  const method = Object.hasOwn(methods, text) ? methods[text] : undefined
  if (method !== undefined) return { value: method }
  return { code: 'methodUnknown', params: { choices: Object.keys(methods).join('、') } }
}

export function readAccount(text: string): Read<string> {
  const digits = text.replaceAll(/[\s-]/g, '')
  if (digits === '' || /^\d{6,32}$/.test(digits)) return { value: digits }
  return { code: scientific.test(text) ? 'numberShortened' : 'accountMalformed' }
}

export function readInvoice(text: string): Read<string> {
  const number = text.replaceAll(/\s/g, '')
  if (number === '' || invoiceSchema.shape.number.safeParse(number).success)
    return { value: number }
  return { code: scientific.test(text) ? 'numberShortened' : 'invoiceMalformed' }
}

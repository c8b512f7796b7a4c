// Columns of exported tables: what each is called in both languages, and how a value of it is said to people.
import { clockText } from '../clock-text.ts'
import type { Language, Sentence } from '../../domain/language.ts'
import { instantSchema } from '../../domain/time.ts'
import { type Cell, textCell } from './exports-cells.ts'

/** How ids are called: of the ledger a row stands in. */
export interface Calling {
  readonly language: Language
  organisation(id: string, ledger: string): string
  person(id: string, ledger: string): string
  place(ledger: string): string
}

export interface Column {
  /** Of the row: dots lead into what it holds. */
  readonly key: string
  readonly title: Sentence
  readonly as: 'text' | 'amount' | 'count'
  readonly said: (value: unknown, calling: Calling, row: Row) => string
}

export type Row = Readonly<Record<string, unknown>>

type Titles = readonly [zh: string, en: string]

const make =
  (as: Column['as'], said: Column['said']) =>
  (key: string, [zh, en]: Titles): Column => ({ key, title: { zh, en }, as, said })

/** Only what is text or a number is said; a list never has anything else in a cell. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

const ledgerOf = (row: Row): string => textOf(row['ledger'])

export const text = make('text', textOf)
export const amount = make('amount', textOf)
export const count = make('count', textOf)
/** An instant, by the clock there. */
export const time = make('text', (value) => {
  const at = instantSchema.safeParse(value)
  return at.success ? clockText(at.data) : textOf(value)
})
export const flag = make('text', (value, { language }) =>
  language === 'zh' ? (value === true ? '是' : '否') : value === true ? 'yes' : 'no',
)
export const organisation = make('text', (value, calling, row) =>
  calling.organisation(textOf(value), ledgerOf(row)),
)
export const person = make('text', (value, calling, row) =>
  calling.person(textOf(value), ledgerOf(row)),
)
/** The ledger a row stands in, by its name. */
export const place = make('text', (value, calling) => calling.place(textOf(value)))

/** A code by its name; one that has none stands as it is. */
export const named = (key: string, titles: Titles, names: Readonly<Record<string, Sentence>>) =>
  make('text', (value, { language }) => names[textOf(value)]?.[language] ?? textOf(value))(
    key,
    titles,
  )

function valueAt(row: Row, key: string): unknown {
  let value: unknown = row
  for (const part of key.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Row)[part] : undefined
  return value
}

/** The cell of a row; empty where it has no such value. */
export function cellOf(row: Row, { key, as, said }: Column, calling: Calling): Cell {
  const value = valueAt(row, key)
  if (value === undefined || value === '') return textCell('')
  if (as === 'amount') return { as, amount: textOf(value) }
  if (as === 'count') return { as, count: Number(value) }
  const comma = calling.language === 'zh' ? '、' : ', '
  const all = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  return textCell(all.map((one) => said(one, calling, row)).join(comma))
}

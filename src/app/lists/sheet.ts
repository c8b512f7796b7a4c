// A sheet of payees as accountants keep it: 姓名, 身份证号, 账号, 金额. Identity numbers are masked as they are read.
import { type Read, readAccount, readAmount } from '../import/cells.ts'
import { decode } from '../import/decode.ts'
import { excerpt, type Fault } from '../import/faults.ts'
import { recordsOf } from '../import/sheet.ts'
import { cellAt, type CellNote, headerOf, type Table } from '../import/table.ts'
import { type ListRow, listRowSchema, masked, maskedId } from './rows.ts'

const headers = { name: '姓名', id: '身份证号', account: '账号', amount: '金额' } as const
type Column = keyof typeof headers
const columnNames = Object.keys(headers) as readonly Column[]

export interface ListSheet {
  readonly rows: readonly ListRow[]
  /** Where each row stands in the sheet. */
  readonly lines: readonly number[]
  readonly faults: readonly Fault[]
}

/** Never throws: whatever the bytes are, the answer is rows and faults. */
export function parseList(bytes: Uint8Array): ListSheet {
  const decoded = decode(bytes)
  if ('fault' in decoded) return { rows: [], lines: [], faults: [decoded.fault] }
  const split = recordsOf(decoded.text)
  if ('fault' in split) return { rows: [], lines: [], faults: [split.fault] }
  return parseListTable({ ...split, notes: new Map() })
}

const titleOf = (title: string): Column | undefined => {
  const plainTitle = title
    .normalize('NFC')
    .replaceAll(/\s/g, '')
    .replace(/[（(]元[)）]$/, '')
  return columnNames.find((name) => headers[name] === plainTitle)
}

/** The same of a table, whatever it was read from. */
export function parseListTable({ records, notes }: Table): ListSheet {
  const above = headerOf(records, titleOf)
  const titles = above.titles.map(titleOf)
  const lacking = columnNames.filter((name) => !titles.includes(name))
  if (lacking.length > 0) {
    const faults = lacking.map((name): Fault => {
      return { code: 'headerMissing', line: above.row + 1, params: { header: headers[name] } }
    })
    return { rows: [], lines: [], faults }
  }
  const first = above.row + above.rows
  const read = records.slice(first).flatMap((record, at) => {
    if (isSkipped(record)) return []
    const row = first + at
    const cell = (name: Column) => plain(name, record[titles.indexOf(name)] ?? '')
    const note = (name: Column) => notes.get(cellAt(row, titles.indexOf(name)))
    return [{ line: row + 1, ...readRow({ cell, note }, row + 1) }]
  })
  const good = read.flatMap(({ row, line }) => (row === undefined ? [] : [{ row, line }]))
  return {
    rows: good.map(({ row }) => row),
    lines: good.map(({ line }) => line),
    faults: read.flatMap(({ faults }) => faults),
  }
}

/** NFC, full-width figures made ordinary where figures stand, what cannot be seen left out. */
function plain(name: Column, raw: string): string {
  const seen = raw.trim().replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
  return seen.normalize(name === 'name' ? 'NFC' : 'NFKC')
}

const isSkipped = (record: readonly string[]): boolean => {
  const first = record.find((cell) => cell.trim() !== '')
  return first === undefined || /^(?:合计|总计|小计)/.test(first.trim())
}

interface RowRead {
  readonly row?: ListRow
  readonly faults: readonly Fault[]
}

interface Cells {
  readonly cell: (name: Column) => string
  readonly note: (name: Column) => CellNote | undefined
}

function readRow({ cell, note }: Cells, line: number): RowRead {
  const faults: Fault[] = []
  const wrong = (
    name: Column,
    { code, params = {} }: Pick<Fault, 'code'> & Partial<Fault>,
  ): void => {
    const found = name === 'id' ? '' : excerpt(cell(name))
    faults.push({ code, line, column: headers[name], found, params })
  }
  for (const name of columnNames) {
    const noted = note(name)
    if (noted !== undefined) wrong(name, { code: noted })
    else if (cell(name) === '') wrong(name, { code: 'required' })
  }
  if (faults.length > 0) return { faults }
  const account = readAccount(cell('account'))
  const amount = readAmount(cell('amount').replaceAll(/\s/g, ''))
  if ('code' in account) wrong('account', account)
  if ('code' in amount) wrong('amount', amount)
  const id = cell('id').toUpperCase().replaceAll(/\s/g, '')
  const kept = /^\d{17}[\dX]$/.test(id) ? masked(id) : id
  const row = {
    name: cell('name'),
    id: kept,
    account: valueOf(account),
    amount: valueOf(amount),
  }
  const parsed = listRowSchema.safeParse(row)
  if (parsed.success && faults.length === 0) return { row: parsed.data, faults }
  if (!maskedId.test(kept)) wrong('id', { code: 'identityMalformed' })
  if (cell('name').length > 100) wrong('name', { code: 'tooLong', params: { max: '100' } })
  return { faults }
}

const valueOf = <T>(read: Read<T>): T | undefined => ('value' in read ? read.value : undefined)

// A sheet of requests as accountants export it: bytes in, rows in canonical form and everything that is wrong with the rest.
import { hash } from 'node:crypto'
import { CsvError, parse } from 'csv-parse/sync'
import type { Category } from '../../domain/expense.ts'
import { type Sha256Hex, sha256HexSchema } from '../../domain/ids.ts'
import type { Money } from '../../domain/money.ts'
import type { LocalDate } from '../../domain/time.ts'
import {
  type Method,
  normalise,
  type Read,
  readAccount,
  readAmount,
  readCategory,
  readDate,
  readInvoice,
  readMethod,
  unfit,
  type Wrong,
} from './cells.ts'
import { type Column, columnNames, columnOf, columns } from './columns.ts'
import { decode, type Encoding } from './decode.ts'
import { excerpt, type Fault } from './faults.ts'
import type { Notice } from './notices.ts'
import { cellAt, type CellNote, type Header, headerOf, isBlank, type Table } from './table.ts'

/** A row's cells in canonical form; a cell that may be empty is `''`. */
export type Cells = {
  readonly [C in Column]: C extends 'date'
    ? LocalDate
    : C extends 'amount'
      ? Money
      : C extends 'category'
        ? Category
        : C extends 'method'
          ? Method
          : string
}

export interface SheetRow {
  /** Row of the spreadsheet, the header being 1. */
  readonly line: number
  /** The same for the same row in any encoding, column order or way to write dates and amounts. */
  readonly id: Sha256Hex
  readonly cells: Cells
  /** What the cells say, by header, in the accountant's own words. */
  readonly said: Readonly<Record<string, string>>
}
type ReadRow = Omit<SheetRow, 'id'>

export interface Sheet {
  readonly encoding?: Encoding
  readonly rows: readonly SheetRow[]
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
}

const MAX_ROWS = 20_000

/** Never throws: whatever the bytes are, the answer is rows and faults. A fault of the file leaves no row. */
export function parseSheet(bytes: Uint8Array): Sheet {
  const decoded = decode(bytes)
  if ('fault' in decoded) return refused([decoded.fault])
  const { text, encoding } = decoded
  const split = recordsOf(text)
  if ('fault' in split) return { ...refused([split.fault]), encoding }
  return parseTable({ ...split, notes: new Map(), encoding })
}

/** The same of a table, whatever it was read from. */
export function parseTable({ records, notes, ...rest }: Table): Sheet {
  const encoding = rest.encoding === undefined ? {} : { encoding: rest.encoding }
  const above = headerOf(records, columnOf)
  const { places, faults, notices } = readHeader(above)
  if (faults.length > 0) return { ...refused(faults), ...encoding, notices }
  const first = above.row + above.rows
  const below = records.slice(first)
  if (below.every(isBlank))
    return { ...refused([{ code: 'noRows', line: first, params: {} }]), ...encoding }
  const width = above.titles.length
  const read = below.map((record, index) =>
    readRow(record, { row: first + index, places, width, notes }),
  )
  const rows = identified(read.flatMap(({ row }) => row ?? []))
  return {
    ...encoding,
    rows: rows.map(({ row }) => row),
    faults: read.flatMap((each) => each.faults),
    notices: [
      ...notices,
      ...read.flatMap((each) => each.notices),
      ...rows.flatMap(({ repeats }) => repeats ?? []),
    ],
  }
}

const refused = (faults: readonly Fault[]): Sheet => ({ rows: [], faults, notices: [] })

/** Rows as spreadsheets number them: a blank line is a row, a quoted line break is not. */
export function recordsOf(
  text: string,
): { readonly records: readonly string[][] } | { readonly fault: Fault } {
  const end = text.search(/[\r\n]/)
  const first = end < 0 ? text : text.slice(0, end)
  const often = (sign: string): number => first.split(sign).length
  const [delimiter = ','] = [',', '\t', ';'].toSorted((a, b) => often(b) - often(a))
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // a stray mark in the middle of a cell stands for itself, as in every spreadsheet
      relax_quotes: true,
      skip_empty_lines: false,
    })
    if (records.length <= MAX_ROWS + 1) return { records }
    return { fault: { code: 'tooManyRows', line: 0, params: { limit: String(MAX_ROWS) } } }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { fault: { code: 'quoteBroken', line: Number(error['records'] ?? 0) + 1, params: {} } }
  }
}

function readHeader({ titles: header, row, rows }: Header) {
  const line = row + 1
  const places = new Map<Column, number>()
  const faults: Fault[] = []
  const notices: Notice[] = rows === 1 ? [] : [{ code: 'headerJoined', line }]
  if (row > 0) notices.push({ code: 'titleSkipped', line: 1, to: String(row) })
  for (const [place, title] of header.entries()) {
    const column = columnOf(title.normalize('NFC'))
    if (column === undefined) {
      if (title.trim() !== '') notices.push({ code: 'columnIgnored', line, column: excerpt(title) })
    } else if (places.has(column)) {
      faults.push({
        code: 'headerTwice',
        line,
        params: { header: columns[column].header },
      })
    } else places.set(column, place)
  }
  for (const column of columnNames) {
    const { header: title, ...facts } = columns[column]
    if (places.has(column) || 'omittable' in facts) continue
    faults.push({ code: 'headerMissing', line, params: { header: title } })
  }
  return { places, faults, notices }
}

interface RowRead {
  readonly row?: ReadRow
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
}

interface Placing {
  /** From 0. */
  readonly row: number
  readonly notes: Table['notes']
  readonly places: ReadonlyMap<Column, number>
  /** How many columns the header has. */
  readonly width: number
}

function readRow(record: readonly string[], { row, places, width, notes }: Placing): RowRead {
  const line = row + 1
  if (isBlank(record)) return { faults: [], notices: [] }
  const first = record.find((cell) => cell.trim() !== '') ?? ''
  if (/^(?:本页)?(?:合计|总计|小计|累计)/.test(first.trim())) {
    return { faults: [], notices: [{ code: 'totalSkipped', line }] }
  }
  if (record.length < width || !isBlank(record.slice(width))) {
    const params = { found: String(record.length), expected: String(width) }
    return { faults: [{ code: 'columnCount', line, params }], notices: [] }
  }
  const reader = new RowReader(line, (column) => {
    const place = places.get(column) ?? -1
    const note = notes.get(cellAt(row, place))
    return { text: record[place] ?? '', ...(note === undefined ? {} : { note }) }
  })
  const cells = reader.cells()
  const { faults, notices, said } = reader
  return cells === undefined ? { faults, notices } : { row: { line, cells, said }, faults, notices }
}

interface RawCell {
  readonly text: string
  readonly note?: CellNote
}

/** What is long in a column of words was typed as words. */
const noted = (column: Column, { note }: RawCell): Wrong | undefined =>
  note === undefined || (note === 'numberShortened' && column === 'amount')
    ? undefined
    : { code: note }

/** Reads the cells of one row and collects what is wrong with any of them, not just with the first. */
class RowReader {
  readonly faults: Fault[] = []
  readonly notices: Notice[] = []
  readonly said: Record<string, string> = {}
  readonly #line: number
  readonly #raw: (column: Column) => RawCell

  constructor(line: number, raw: (column: Column) => RawCell) {
    this.#line = line
    this.#raw = raw
  }

  cells(): Cells | undefined {
    const text = (column: Column) => this.#read(column, (value) => ({ value }))
    const cells = {
      date: this.#read('date', readDate),
      company: text('company'),
      handler: text('handler'),
      clerk: text('clerk'),
      witness: text('witness'),
      category: this.#read('category', readCategory),
      purpose: text('purpose'),
      payee: text('payee'),
      account: this.#read('account', readAccount),
      bank: text('bank'),
      amount: this.#read('amount', readAmount),
      invoice: this.#read('invoice', readInvoice),
      contract: text('contract'),
      budgetLine: text('budgetLine'),
      method: this.#read('method', readMethod),
      relation: text('relation'),
      remark: text('remark'),
    }
    if (!isWhole(cells)) return undefined
    if (cells.account !== '' && cells.bank === '') this.#wrong('bank', { code: 'bankMissing' }, '')
    if (cells.account === '' && cells.bank !== '')
      this.#wrong('account', { code: 'accountMissing' }, '')
    if (cells.remark.includes('白条') && cells.invoice !== '') {
      this.#wrong('remark', { code: 'whiteSlipWithInvoice' }, cells.invoice)
    }
    return this.faults.length === 0 ? cells : undefined
  }

  #read<T>(column: Column, read: (text: string) => Read<T>): T | undefined {
    const cell = this.#raw(column)
    const raw = cell.text.trim()
    const text = normalise(column, raw)
    const { header } = columns[column]
    this.said[header] = text
    const found = noted(column, cell) ?? this.#fit(column, text) ?? read(text)
    if ('code' in found) return this.#wrong(column, found, text)
    if (text !== raw) {
      const change = { from: excerpt(raw), to: excerpt(text) }
      this.notices.push({ code: 'normalised', line: this.#line, column: header, ...change })
    }
    return found.value
  }

  #fit(column: Column, text: string): Wrong | undefined {
    const { required, max } = columns[column]
    if (text === '') return required ? { code: 'required' } : undefined
    if ([...text].length > max) return { code: 'tooLong', params: { max: String(max) } }
    return unfit(column, text)
  }

  #wrong(column: Column, { code, params = {} }: Wrong, found: string): undefined {
    const place = { line: this.#line, column: columns[column].header }
    this.faults.push({ code, ...place, ...(found === '' ? {} : { found: excerpt(found) }), params })
  }
}

const isWhole = (cells: { readonly [C in Column]: Cells[C] | undefined }): cells is Cells =>
  Object.values(cells).every((cell) => cell !== undefined)

interface Identified {
  readonly row: SheetRow
  /** It is the same as a row above, which the accountant should know. */
  readonly repeats?: Notice
}

/** Equal rows are told apart by their occurrence, so that two real payments of one day both count, and again only once. */
function identified(rows: readonly ReadRow[]): readonly Identified[] {
  const seen = new Map<string, { readonly line: number; readonly count: number }>()
  return rows.map((row) => {
    const content = JSON.stringify(columnNames.map((column) => row.cells[column]))
    const before = seen.get(content)
    const occurrence = (before?.count ?? 0) + 1
    seen.set(content, { line: before?.line ?? row.line, count: occurrence })
    const id = hash('sha256', `five-musts draft 1\n${occurrence}\n${content}`)
    const found = { row: { ...row, id: sha256HexSchema.parse(id) } }
    if (before === undefined) return found
    return { ...found, repeats: { code: 'repeated', line: row.line, to: String(before.line) } }
  })
}

// A table as a file, written while its rows are read: CSV with a mark by which Excel knows UTF-8, or a workbook of one sheet. No
// formula is ever written; text stays text.
import { writeXlsxStream } from 'hucre/xlsx'
import { utf8 } from '../../ledger/bytes.ts'
import { type Cell, csvLine, sheetCell, textCell } from './exports-cells.ts'

export const exportFormats = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type ExportFormat = keyof typeof exportFormats

export interface Sheeted {
  readonly name: string
  readonly head: readonly { readonly title: string; readonly amount: boolean }[]
  readonly rows: AsyncIterable<readonly Cell[]>
}

const MARK = '\uFEFF'
/** Characters; a column of amounts has room for thirteen digits. */
const WIDTH = 18
const AMOUNT = '#,##0.00'

export const written = (format: ExportFormat, sheet: Sheeted): AsyncIterable<Uint8Array> =>
  format === 'csv' ? csv(sheet) : xlsx(sheet)

async function* csv({ head, rows }: Sheeted): AsyncGenerator<Uint8Array> {
  yield utf8(`${MARK}${csvLine(head.map(({ title }) => textCell(title)))}`)
  for await (const row of rows) yield utf8(csvLine(row))
}

async function* xlsx({ name, head, rows }: Sheeted): AsyncGenerator<Uint8Array> {
  const columns = head.map(({ title, amount }) => ({
    header: title,
    width: WIDTH,
    ...(amount ? { numFmt: AMOUNT } : {}),
  }))
  yield* writeXlsxStream(sheetRows(rows), {
    // a sheet's name has at most 31 characters, and none of these
    name: name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 28),
    columns,
    freezePane: { rows: 1 },
  })
}

async function* sheetRows(rows: Sheeted['rows']): AsyncGenerator<(string | number)[]> {
  for await (const row of rows) yield row.map(sheetCell)
}

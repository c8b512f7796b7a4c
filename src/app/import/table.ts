// A sheet before anybody reads it: rows of cells as text, whatever file they came from, and what is wrong with a cell
// whatever its column.
import type { Encoding } from './decode.ts'
import type { RowFaultCode } from './faults.ts'

/** What a file says of a cell beside its text. */
export type CellNote = Extract<
  RowFaultCode,
  'formula' | 'cellError' | 'numberShortened' | 'mergedCell'
>

export interface Table {
  /** By row of the spreadsheet, the first being row 1; ragged. */
  readonly records: readonly (readonly string[])[]
  /** By `row,column`, both from 0. */
  readonly notes: ReadonlyMap<string, CellNote>
  /** Of text files. */
  readonly encoding?: Encoding
  /** Sheets that were passed over. */
  readonly otherSheets?: readonly string[]
}

export const cellAt = (row: number, column: number): string => `${row},${column}`

export const isBlank = (record: readonly string[]): boolean =>
  record.every((cell) => cell.trim() === '')

/** The titles, and the first row below them. */
export interface Header {
  readonly titles: readonly string[]
  /** From 0. */
  readonly row: number
  /** One row, or two where groups of columns have a title of their own. */
  readonly rows: 1 | 2
}

/** Titles of forms stand above: a name, a month, who filled it in. */
const SEARCHED = 10

/**
 * Where the titles are: the row, among the first few, in which most of the wanted columns stand; alone, or with the row below it
 * where a group's title stands above its columns.
 */
export function headerOf(
  records: Table['records'],
  isWanted: (title: string) => string | undefined,
): Header {
  const count = (titles: readonly string[]): number => countOf(titles, isWanted)
  let best: Header = { titles: records[0] ?? [], row: 0, rows: 1 }
  for (let row = 0; row < Math.min(SEARCHED, records.length); row++) {
    const titles = records[row] ?? []
    if (count(titles) > count(best.titles)) best = { titles, row, rows: 1 }
  }
  for (let row = 0; row < Math.min(SEARCHED, records.length - 1); row++) {
    const titles = joined(records[row] ?? [], records[row + 1] ?? [])
    // two rows only where neither of them has all of it
    if (count(titles) > count(best.titles)) best = { titles, row, rows: 2 }
  }
  return best
}

const countOf = (
  titles: readonly string[],
  isWanted: (title: string) => string | undefined,
): number => new Set(titles.flatMap((title) => isWanted(title.normalize('NFC')) ?? [])).size

const joined = (above: readonly string[], below: readonly string[]): readonly string[] =>
  Array.from({ length: Math.max(above.length, below.length) }, (_, column) => {
    const under = below[column] ?? ''
    return under.trim() === '' ? (above[column] ?? '') : under
  })

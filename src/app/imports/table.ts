// Whatever file was brought, read by what it is: text as it always was, a workbook by its first sheet.
import { decode } from '../import/decode.ts'
import type { Fault } from '../import/faults.ts'
import type { Notice } from '../import/notices.ts'
import { parseSheet, parseTable, recordsOf, type Sheet } from '../import/sheet.ts'
import type { Table } from '../import/table.ts'
import { type ListSheet, parseList, parseListTable } from '../lists/sheet.ts'
import { readWorkbook } from './workbook.ts'

export const SHEET_BYTES = 5 * 1024 * 1024

/** First bytes of a zip: XLSX is one, and no text begins so. */
const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

export interface Readers<S> {
  /** What reads text by itself; the table of it goes the way of every other when left out. */
  readonly text?: (bytes: Uint8Array) => S
  readonly table: (table: Table) => S
  readonly refused: (fault: Fault) => S
}

/** CSV in UTF-8 or GB18030, or XLSX: told by the bytes, whatever they are called. Never throws. */
export async function readEither<S>(
  bytes: Uint8Array,
  { text, table, refused }: Readers<S>,
): Promise<S> {
  // what is too large is told so as text is
  if (!isZip(bytes) || bytes.length > SHEET_BYTES) {
    if (text !== undefined) return text(bytes)
    const split = textTable(bytes)
    return 'fault' in split ? refused(split.fault) : table(split.table)
  }
  const read = await readWorkbook(bytes)
  return 'fault' in read ? refused(read.fault) : table(read.table)
}

function textTable(bytes: Uint8Array): { readonly table: Table } | { readonly fault: Fault } {
  const decoded = decode(bytes)
  if ('fault' in decoded) return decoded
  const { text, encoding } = decoded
  const split = recordsOf(text)
  return 'fault' in split ? split : { table: { ...split, notes: new Map(), encoding } }
}

/** Requests as accountants export them. */
export const requestsIn = (bytes: Uint8Array): Promise<Sheet> =>
  readEither<Sheet>(bytes, {
    text: parseSheet,
    table(table) {
      const sheet = parseTable(table)
      return { ...sheet, notices: [...skipped(table), ...sheet.notices] }
    },
    refused: (fault) => ({ rows: [], faults: [fault], notices: [] }),
  })

export const listIn = (bytes: Uint8Array): Promise<ListSheet> =>
  readEither<ListSheet>(bytes, {
    text: parseList,
    table: parseListTable,
    refused: (fault) => ({ rows: [], lines: [], faults: [fault] }),
  })

/** Nobody should think that more was read than was. */
export const skipped = ({ otherSheets = [] }: Table): readonly Notice[] =>
  otherSheets.length === 0
    ? []
    : [{ code: 'sheetsSkipped', line: 0, to: otherSheets.slice(0, 5).join('、') }]

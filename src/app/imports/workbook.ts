// A workbook (XLSX) as a table of text. Its first visible sheet is read; no formula is ever worked out, and no result somebody's
// program once worked out is taken for what a person wrote.
import type { Buffer } from 'node:buffer'
import { type Cell, type CellValue, readXlsx, type Sheet } from 'hucre/xlsx'
import type { Fault } from '../import/faults.ts'
import { cellAt, type CellNote, type Table } from '../import/table.ts'
import { packed, unpack, unpackLimits } from './unpack.ts'

/** As many as a sheet of text may have, and the titles above. */
const ROWS_MAX = 20_020
const COLUMNS_MAX = 60
const LAST_COLUMN = 'BH'
const CELLS_MAX = 1_000_000
/** Of a part beside the sheets: shared text and styles become one object each, though no cell ever names them. */
const TAGS_MAX = 600_000
/** Ranges of merged cells; in a sheet that is one they do not overlap. */
const MERGES_MAX = 20_000
const MERGED_MAX = ROWS_MAX * COLUMNS_MAX

export type WorkbookRead = { readonly table: Table } | { readonly fault: Fault }

const fault = (code: Fault['code'], params: Fault['params'] = {}): WorkbookRead => ({
  fault: { code, line: 0, params },
})

/** Never throws: whatever the bytes are, the answer is a table or what is wrong with the file. */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookRead> {
  const unpacked = await unpack(bytes)
  if ('unfit' in unpacked)
    return unpacked.unfit === 'broken'
      ? fault('workbookBroken')
      : fault('workbookTooLarge', { limit: `${unpackLimits.whole / 1024 / 1024} MB` })
  const { parts } = unpacked
  if (tooManyCells(parts)) return fault('tooManyRows', { limit: '20000' })
  try {
    return await firstSheet(packed(parts))
  } catch {
    // the library throws what it finds; none of it is ours to tell apart
    return fault('workbookBroken')
  }
}

async function firstSheet(archive: Buffer): Promise<WorkbookRead> {
  const seen: { readonly name: string; readonly shown: boolean }[] = []
  let chosen = false
  const { sheets } = await readXlsx(archive, {
    sheets({ name, hidden = false, veryHidden = false }) {
      const shown = !hidden && !veryHidden
      seen.push({ name, shown })
      if (!shown || chosen) return false
      chosen = true
      return true
    },
    range: `A1:${LAST_COLUMN}${ROWS_MAX + 1}`,
  })
  const [sheet] = sheets
  if (sheet === undefined) return fault('fileEmpty')
  if (sheet.rows.length > ROWS_MAX) return fault('tooManyRows', { limit: '20000' })
  if (mergedCells(sheet) > MERGED_MAX) return fault('workbookBroken')
  const others = seen.filter(({ name }) => name !== sheet.name).map(({ name }) => name)
  return { table: { ...tableOf(sheet), ...(others.length === 0 ? {} : { otherSheets: others }) } }
}

/** Asked of the bytes, before anything is made of them. */
function tooManyCells(parts: ReadonlyMap<string, Buffer>): boolean {
  for (const [name, part] of parts) {
    if (!/worksheets\//i.test(name)) {
      if (occurrences(part, '<', TAGS_MAX + 1) > TAGS_MAX) return true
      continue
    }
    if (occurrences(part, '<row', ROWS_MAX + 1) > ROWS_MAX) return true
    const cells = ['<c ', '<c>'].map((sign) => occurrences(part, sign, CELLS_MAX + 1))
    if (cells.some((count) => count > CELLS_MAX)) return true
    if (occurrences(part, '<mergeCell ', MERGES_MAX + 1) > MERGES_MAX) return true
  }
  return false
}

function occurrences(part: Buffer, sign: string, most: number): number {
  let count = 0
  for (let at = part.indexOf(sign); at >= 0 && count < most; at = part.indexOf(sign, at + 1))
    count += 1
  return count
}

/** How many cells are said to be merged, one that is said twice counted twice. */
const mergedCells = ({ rows, merges = [] }: Sheet): number =>
  merges.reduce((sum, { startRow, endRow, startCol, endCol }) => {
    const down = Math.min(endRow, rows.length - 1) - startRow + 1
    const across = Math.min(endCol, COLUMNS_MAX) - startCol + 1
    return sum + Math.max(0, down) * Math.max(0, across)
  }, 0)

function tableOf({ rows, cells = new Map<string, Cell>(), merges = [] }: Sheet): Table {
  const notes = new Map<string, CellNote>()
  const records = rows.map((row, r) =>
    row.slice(0, COLUMNS_MAX).map((value, c) => {
      const note = noteOf(value, cells.get(`${r},${c}`))
      if (note !== undefined) notes.set(cellAt(r, c), note)
      return textOf(value)
    }),
  )
  for (const merge of merges) {
    // whatever is merged within one row belongs to it, and so do titles
    if (merge.startRow === merge.endRow) continue
    for (let r = merge.startRow; r <= Math.min(merge.endRow, rows.length - 1); r++) {
      for (let c = merge.startCol; c <= Math.min(merge.endCol, COLUMNS_MAX); c++)
        notes.set(cellAt(r, c), 'mergedCell')
    }
  }
  return { records, notes }
}

/** From here on a number in a sheet has lost its last digits. */
const EXACT = 1e15

function noteOf(value: CellValue | undefined, cell: Cell | undefined): CellNote | undefined {
  if (cell?.formula !== undefined || cell?.type === 'formula') return 'formula'
  if (cell?.type === 'error') return 'cellError'
  return typeof value === 'number' && Math.abs(value) >= EXACT ? 'numberShortened' : undefined
}

/** As it would be typed: an amount without the noise of binary fractions, a day without its midnight. */
function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (Number.isNaN(value.getTime())) return ''
  const text = value.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/** A sheet holds fifteen digits; more are what the machine made of them. */
function numberText(value: number): string {
  const text = String(Number(value.toPrecision(15)))
  return /e/i.test(text) ? BigInt(Math.round(value)).toString() : text
}

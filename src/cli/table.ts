// Tables for a terminal, aligned also where Chinese and Latin stand in one column.
import { clip, pad, width } from './width.ts'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** Longer texts are cut. */
  readonly most?: number
}

const GAP = '  '

/** One line a row under the titles; nothing is drawn but blanks, so that it can be searched and piped. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = rows.map((row) =>
    columns.map(({ most }, place) => {
      const text = (row[place] ?? '').replaceAll(/\s+/g, ' ')
      return most === undefined ? text : clip(text, most)
    }),
  )
  const widths = columns.map(({ title }, place) =>
    Math.max(width(title), ...cells.map((row) => width(row[place] ?? ''))),
  )
  const line = (row: readonly string[]): string =>
    columns
      .map(({ align }, place) => pad(row[place] ?? '', widths[place] ?? 0, align))
      .join(GAP)
      .trimEnd()
  return [line(columns.map(({ title }) => title)), ...cells.map(line)]
}

/** `name: value` lines with the values under each other. */
export function pairs(list: readonly (readonly [name: string, value: string])[]): string[] {
  const widest = Math.max(0, ...list.map(([name]) => width(name)))
  return list.map(([name, value]) => `${pad(name, widest)}  ${value}`.trimEnd())
}

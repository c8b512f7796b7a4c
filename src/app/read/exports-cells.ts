// Cells of an exported table, and how each format writes them.

/** `amount`: canonical yuan. Everything else is text, digits of accounts and numbers too. */
export type Cell =
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'amount'; readonly amount: string }
  | { readonly as: 'count'; readonly count: number }

export const textCell = (text: string): Cell => ({ as: 'text', text })

/** What no table is to hold: control characters, the end of a line apart. */
const plain = (text: string): string => text.replaceAll(/(?!\n)\p{Cc}/gu, '')

/** Programs take a cell that begins so for a formula; an apostrophe makes it text (OWASP: CSV injection). */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u

/** One line of RFC 4180, its end included. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: Cell): string {
  if (cell.as === 'amount') return cell.amount
  if (cell.as === 'count') return String(cell.count)
  const text = plain(cell.text)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\n]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A number only where it says exactly the same. */
export function sheetCell(cell: Cell): string | number {
  if (cell.as === 'count') return cell.count
  if (cell.as === 'text') return plain(cell.text)
  const number = Number(cell.amount)
  return number.toFixed(2) === cell.amount ? number : cell.amount
}

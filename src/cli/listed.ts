// Lists over one ledger or all: read, merged, newest first, cut to the limit.
import type { Origin } from '../domain/ids.ts'
import type { Reading } from '../app/read/port.ts'
import { chosenLedgers, type Session, wholeNumber } from './session.ts'
import { type Column, table } from './table.ts'
import { words } from './words.ts'

export interface ListOptions {
  readonly ledger?: string
  readonly limit: string
}

export interface Listing<R> {
  /** Of the list in JSON. */
  readonly name: string
  read(
    reading: Reading,
    ledger: Origin,
    limit: number,
  ): Promise<{ readonly rows: readonly R[]; readonly more: boolean }>
  /** Text by which rows of all ledgers are sorted, the greatest first. */
  order(row: R): string
  readonly columns: readonly Column[]
  cells(row: R): readonly string[]
  /** As JSON shows it; the row itself when left out. */
  json?(row: R): unknown
}

export async function listed<R>(
  session: Session,
  options: ListOptions,
  listing: Listing<R>,
): Promise<void> {
  const limit = wholeNumber('--limit', options.limit)
  await session.reading(async (reading) => {
    const all: R[] = []
    let more = false
    for (const { origin } of chosenLedgers(reading, options.ledger)) {
      const page = await listing.read(reading, origin, limit)
      more ||= page.more
      all.push(...page.rows)
    }
    all.sort((a, b) => (listing.order(a) < listing.order(b) ? 1 : -1))
    more ||= all.length > limit
    const rows = all.slice(0, limit)
    const json = rows.map((row) => listing.json?.(row) ?? row)
    session.print({ [listing.name]: json, more }, () => {
      const lines = table(
        listing.columns,
        rows.map((row) => listing.cells(row)),
      )
      return more ? [...lines, words[session.language].more] : lines
    })
  })
}

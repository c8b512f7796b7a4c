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

export interface Listing<R extends { readonly ledger: string }> {
  /** Of the list in JSON. */
  readonly name: string
  read(
    reading: Reading,
    ledger: Origin,
    limit: number,
  ): Promise<{ readonly rows: readonly R[]; readonly more: boolean }>
  /** Text by which rows of all ledgers are sorted, the greatest first. */
  order(row: R): string
  /** Beside the village, which stands second. */
  readonly columns: readonly [Column, ...Column[]]
  cells(row: R): readonly [string, ...string[]]
  /** As JSON shows it; the row itself when left out. */
  json?(row: R): object
}

export async function listed<R extends { readonly ledger: string }>(
  session: Session,
  options: ListOptions,
  listing: Listing<R>,
): Promise<void> {
  const limit = wholeNumber('--limit', options.limit)
  await session.reading(async (reading) => {
    const all: R[] = []
    let more = false
    const villages = new Map<string, string>()
    for (const { origin, name } of chosenLedgers(reading, options.ledger)) {
      villages.set(origin, name)
      const page = await listing.read(reading, origin, limit)
      more ||= page.more
      all.push(...page.rows)
    }
    all.sort((a, b) => (listing.order(a) < listing.order(b) ? 1 : -1))
    more ||= all.length > limit
    const rows = all.slice(0, limit)
    const villageOf = ({ ledger }: R): string => villages.get(ledger) ?? ledger
    const json = rows.map((row) => ({ ...(listing.json?.(row) ?? row), village: villageOf(row) }))
    const [first, ...others] = listing.columns
    session.print({ [listing.name]: json, more }, () => {
      const lines = table(
        [first, { title: words[session.language].village, most: 20 }, ...others],
        rows.map((row) => {
          const [number, ...cells] = listing.cells(row)
          return [number, villageOf(row), ...cells]
        }),
      )
      return more ? [...lines, words[session.language].more] : lines
    })
  })
}

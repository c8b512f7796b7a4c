// All entries of a ledger in order, a page of bytes at a time.
import { type Entry, entrySchema } from '../../domain/entry.ts'
import type { Origin } from '../../domain/ids.ts'
import { parseCanonical } from '../../ledger/canonical.ts'
import type { LedgerReads } from './port.ts'

const PAGE = 500

/** From the first to the newest there is when it is asked for. */
export function* entriesOf(ledgers: LedgerReads, origin: Origin): Generator<Entry> {
  const size = ledgers.ledgers().find((one) => one.origin === origin)?.size ?? 0
  for (let from = 0; from < size; from += PAGE) {
    const to = Math.min(size, from + PAGE)
    for (const bytes of ledgers.entries(origin, from, to))
      yield entrySchema.parse(parseCanonical(bytes))
  }
}

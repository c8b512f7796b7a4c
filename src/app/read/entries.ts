// All entries of a ledger in order, a page of bytes at a time.
import { type Entry, entrySchema } from '../../domain/entry.ts'
import type { Origin } from '../../domain/ids.ts'
import { parseCanonical } from '../../ledger/canonical.ts'
import type { LedgerReads } from './port.ts'

const PAGE = 500

/** As their bytes stand in the ledger, from the first to the newest there is when it is asked for. */
export function* entryBytesOf(ledgers: LedgerReads, origin: Origin): Generator<Uint8Array> {
  const size = ledgers.ledgers().find((one) => one.origin === origin)?.size ?? 0
  for (let from = 0; from < size; from += PAGE) {
    yield* ledgers.entries(origin, from, Math.min(size, from + PAGE))
  }
}

export function* entriesOf(ledgers: LedgerReads, origin: Origin): Generator<Entry> {
  for (const bytes of entryBytesOf(ledgers, origin)) yield entrySchema.parse(parseCanonical(bytes))
}

/** Entries `from` ≤ seq < `to`. */
export function* entriesFrom(
  ledgers: Pick<LedgerReads, 'entries'>,
  { origin, from, to }: { readonly origin: Origin; readonly from: number; readonly to: number },
): Generator<Entry> {
  for (let next = from; next < to; next += PAGE) {
    for (const bytes of ledgers.entries(origin, next, Math.min(to, next + PAGE)))
      yield entrySchema.parse(parseCanonical(bytes))
  }
}

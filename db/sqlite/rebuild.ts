// Projections made again from entries alone. That they come out equal is the proof that pages show
// nothing but the ledger.
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import { canonicalBytes } from '../../src/ledger/canonical.ts'
import { toHex, utf8 } from '../../src/ledger/bytes.ts'
import type { LedgerReads } from './ledgers.ts'
import { projectionNames } from './projections.ts'
import type { Slot } from './slots.ts'
import type { Writer } from './writer.ts'

/**
 * Every stream of every ledger, folded from its stored entries. Nothing is taken from, or left in,
 * memory.
 */
export function* refolded(
  { memory }: Writer,
  reads: LedgerReads,
): Generator<{ ledger: Origin; stream: StreamId; slot: Slot }> {
  for (const { origin: ledger } of reads.ledgers()) {
    for (const { stream } of reads.streams(ledger)) {
      yield { ledger, stream, slot: memory.refold(ledger, stream) }
    }
  }
}

/**
 * Empties the read tables and fills them again. Runs inside a transaction: readers see all of it or
 * nothing.
 */
export function rebuild(writer: Writer, reads: LedgerReads): { readonly streams: number } {
  writer.projections.clear()
  let streams = 0
  for (const { ledger, stream, slot } of refolded(writer, reads)) {
    writer.projections.refill({ ledger, stream }, slot.rows)
    streams++
  }
  writer.projections.index()
  return { streams }
}

/** SHA-256 over all read tables, row by row in key order: equal before and after a rebuild. */
export function projectionDigest({ projections, crypto }: Writer): string {
  // A chain, not one long text: the tables may be larger than memory.
  let chain = utf8('projections')
  for (const table of projectionNames) {
    for (const values of projections.stored(table)) {
      const row = canonicalBytes({ table, values: values.map(String) })
      const link = new Uint8Array(chain.length + row.length)
      link.set(chain)
      link.set(row, chain.length)
      chain = crypto.sha256(link)
    }
  }
  return toHex(chain)
}

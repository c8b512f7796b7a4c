// Receipts of commands answered before, as they were first given.
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { Receipt } from '../../src/domain/store.ts'
import { instantSchema } from '../../src/domain/time.ts'
import { hex } from './memory.ts'
import type { CommandRow, Statements } from './statements.ts'

export function receiptOf(
  sql: Statements,
  { ledger, id }: { readonly ledger: Origin; readonly id: Receipt['command'] },
  { first, count, at, size }: CommandRow,
): Receipt {
  const entries = sql.entries.all(ledger, first, first + count)
  return {
    command: id,
    ledger,
    entries: entries.map(({ seq, stream, revision, type, leaf }) => ({
      seq,
      stream: stream as StreamId,
      revision,
      type,
      leaf: hex(leaf),
    })),
    at: instantSchema.parse(at),
    size,
  }
}

// Reads of the ledgers themselves: heads, raw entries, nodes and streams, for verify, export and
// the CLI.
import type { Entry } from '../../src/domain/entry.ts'
import type { CommandId, Origin, StreamId } from '../../src/domain/ids.ts'
import { type Instant, instantSchema } from '../../src/domain/time.ts'
import type { Hash, NodeReader } from '../../src/ledger/merkle.ts'
import { entryOf } from '../rows.ts'
import type { CheckpointRow, Statements } from './statements.ts'

export interface LedgerSummary {
  readonly origin: Origin
  readonly size: number
  /** Of its newest entry. */
  readonly at: Instant
  readonly sealed: boolean
}

export interface StoredCheckpoint {
  readonly origin: Origin
  readonly size: number
  readonly at: Instant
  readonly root: Hash
  /** The signed note, verbatim. */
  readonly note: string
}

const PAGE = 500

/** What stands in the file, as it stands: nothing is checked here, that is verify's. */
export interface LedgerReads {
  ledgers(): readonly LedgerSummary[]
  /** The newest checkpoint, or that of a size. */
  checkpoint(origin: Origin, size?: number): StoredCheckpoint | undefined
  /** Every head ever signed above a size, oldest first. */
  checkpoints(origin: Origin, after?: number): Iterable<StoredCheckpoint>
  /** Bytes of the entries `from` ≤ seq < `to`, in order; fewer when the ledger ends before. */
  entries(origin: Origin, from: number, to: number): readonly Uint8Array[]
  /** Complete subtree hashes; throws for one that is not stored. */
  nodes(origin: Origin): NodeReader
  /** All streams with the revision of their newest entry, by name. */
  streams(origin: Origin): Iterable<{ readonly stream: StreamId; readonly revision: number }>
  /** The stream that sorts last of those that begin so. */
  newestStream(origin: Origin, beginning: string): StreamId | undefined
  /** The first entry that answered a command. */
  answerTo(origin: Origin, command: CommandId): Entry | undefined
}

/** Sorts after every character a stream's name can have. */
const LAST = '~'

export function ledgerReads(sql: Statements): LedgerReads {
  return {
    ledgers: () =>
      sql.origins.all().flatMap((text) => {
        const origin = text as Origin
        const head = sql.head.get(origin)
        if (head === undefined || head.size === 0) return []
        const { size, at, sealed } = head
        return [{ origin, size, at: instantSchema.parse(at), sealed: sealed === 1 }]
      }),
    checkpoint(origin, size) {
      const row =
        size === undefined ? sql.newestCheckpoint.get(origin) : sql.checkpoint.get(origin, size)
      return row === undefined ? undefined : checkpointOf(origin, row)
    },
    *checkpoints(origin, after = 0) {
      for (let last = after; ;) {
        const rows = sql.checkpoints.all(origin, last, PAGE)
        for (const row of rows) yield checkpointOf(origin, row)
        last = rows.at(-1)?.size ?? last
        if (rows.length < PAGE) return
      }
    },
    entries: (origin, from, to) => sql.entries.all(origin, from, to).map(({ bytes }) => bytes),
    nodes: (origin) => (level, index) => {
      const hash = sql.node.get(origin, level, index)
      if (hash === undefined) throw new Error(`${origin}: no node ${level}/${index}`)
      return hash
    },
    *streams(origin) {
      for (let last = ''; ;) {
        const rows = sql.streams.all(origin, last, PAGE)
        for (const { stream, revision } of rows) yield { stream: stream as StreamId, revision }
        last = rows.at(-1)?.stream ?? last
        if (rows.length < PAGE) return
      }
    },
    newestStream(origin, beginning) {
      const stream = sql.newestStream.get(origin, beginning, `${beginning}${LAST}`)
      return typeof stream === 'string' ? (stream as StreamId) : undefined
    },
    answerTo(origin, command) {
      const row = sql.command.get(origin, command)
      if (row === undefined) return undefined
      const [entry] = sql.entries.all(origin, row.first, row.first + 1)
      return entry === undefined ? undefined : entryOf(entry.bytes)
    },
  }
}

function checkpointOf(origin: Origin, { size, at, root, note }: CheckpointRow): StoredCheckpoint {
  return { origin, size, at: instantSchema.parse(at), root, note }
}

// What one process keeps of the file between transactions: per ledger the tree's frontier, per
// stream its folded state. Other processes append too, so each transaction starts by advancing
// memory from the stored entries, checking them.
import type { Origin, Sha256Hex, StreamId } from '../../src/domain/ids.ts'
import { streamKind } from '../../src/domain/ids.ts'
import { noEntry } from '../../src/domain/entry.ts'
import type { Fold, Workings } from '../../src/domain/store.ts'
import { equalBytes } from '../../src/ledger/bytes.ts'
import { type Checkpoint, openCheckpoint } from '../../src/ledger/checkpoint.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import {
  CompactRange,
  type Hash,
  leafHash,
  type NodeReader,
  rootFromNodes,
} from '../../src/ledger/merkle.ts'
import { type NoteSigner, parseVkey, vkeyOf } from '../../src/ledger/note.ts'
import { entryOf } from '../rows.ts'
import { BrokenInvariant, invariant } from './faults.ts'
import { heldRows } from './projections.ts'
import { type Slot, SlotCache } from './slots.ts'
import type { CheckpointRow, EntryRow, Statements } from './statements.ts'

/** A ledger as far as it was committed. */
export interface LedgerMemory {
  readonly origin: Origin
  readonly range: CompactRange
  readonly sealed: boolean
}

interface Parts {
  readonly sql: Statements
  readonly crypto: LedgerCrypto
  readonly workings: Workings
  readonly signer: (origin: Origin) => NoteSigner
  readonly slots: number
}

const BATCH = 512

export class Memory {
  readonly slots: SlotCache
  readonly #parts: Parts
  readonly #ledgers = new Map<Origin, LedgerMemory>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.slots = new SlotCache(parts.slots)
  }

  /** What was committed by this process; nothing is read again. */
  keep(ledger: LedgerMemory): void {
    this.#ledgers.set(ledger.origin, ledger)
  }

  /**
   * The ledger as stored now. Called inside a transaction; what it learns is committed by others,
   * so it stays true if that transaction is rolled back.
   * @throws BrokenInvariant
   */
  advance(origin: Origin): LedgerMemory {
    const head = this.#parts.sql.head.get(origin)
    const stored = { size: head?.size ?? 0, sealed: head?.sealed === 1 }
    const known = this.#ledgers.get(origin)
    if (known !== undefined && known.range.size === stored.size) return known
    const range =
      known === undefined ? this.#load(origin, stored.size) : this.#follow(known, stored.size)
    const ledger = { origin, range, sealed: stored.sealed }
    // Anybody can name a ledger that is not there.
    if (stored.size > 0) this.#ledgers.set(origin, ledger)
    return ledger
  }

  /** The stream as stored now, folded; its ledger must have been advanced in this transaction. */
  slot(origin: Origin, stream: StreamId): Slot {
    const known = this.slots.get(origin, stream)
    if (known !== undefined) return known
    const slot = this.refold(origin, stream)
    this.slots.set(origin, stream, slot)
    return slot
  }

  /** Before its first entry. */
  empty(stream: StreamId): Slot {
    return { revision: -1, state: this.fold(stream).initial, prev: noEntry, rows: [] }
  }

  fold(stream: StreamId): Fold<unknown> {
    const kind = streamKind(stream)
    const fold = this.#parts.workings.folds.get(kind)
    if (fold === undefined) throw new Error(`no fold for ${kind} streams`)
    return fold
  }

  rows(origin: Origin, stream: StreamId, state: unknown): Slot['rows'] {
    return heldRows(this.#parts.workings.project(origin, stream, state))
  }

  nodes(origin: Origin): NodeReader {
    const { sql } = this.#parts
    return (level, index) => {
      const hash = sql.node.get(origin, level, index)
      invariant(hash !== undefined, `${origin}: no node ${level}/${index}`)
      return hash
    }
  }

  /**
   * From the stored peaks: the newest checkpoint must be ours, of this size, and have the root the
   * nodes give.
   */
  #load(origin: Origin, size: number): CompactRange {
    const { sql, crypto } = this.#parts
    if (size === 0) return new CompactRange(crypto)
    const read = this.nodes(origin)
    const range = new CompactRange(crypto, size, peaks(size, read))
    const newest = sql.newestCheckpoint.get(origin)
    invariant(newest?.size === size, `${origin}: ${size} entries, checkpoint of ${newest?.size}`)
    this.#requireRoot(origin, newest, rootFromNodes(crypto, size, read))
    return range
  }

  #follow(known: LedgerMemory, size: number): CompactRange {
    const { sql } = this.#parts
    const { origin } = known
    invariant(size > known.range.size, `${origin}: shrank from ${known.range.size} to ${size}`)
    const range = known.range.clone()
    while (range.size < size) {
      const rows = sql.entries.all(origin, range.size, Math.min(size, range.size + BATCH))
      invariant(rows.length > 0, `${origin}: no entry ${range.size}`)
      for (const row of rows) {
        range.append(this.#checkedLeaf(origin, row))
        this.#followStream(origin, row)
      }
    }
    const newest = sql.checkpoint.get(origin, size)
    invariant(newest !== undefined, `${origin}: no checkpoint of ${size}`)
    this.#requireRoot(origin, newest, range.root())
    return range
  }

  #followStream(origin: Origin, row: EntryRow): void {
    const entry = entryOf(row.bytes)
    const { stream } = entry
    const slot = this.slots.get(origin, stream)
    if (slot === undefined) return
    // Unless it is put back, the next command that needs the stream folds it from storage, and is
    // told what is wrong.
    this.slots.drop(origin, stream)
    if (slot.revision + 1 !== entry.revision || slot.prev !== entry.prev) return
    try {
      const state = this.fold(stream).apply(slot.state, entry)
      const rows = this.rows(origin, stream, state)
      this.slots.set(origin, stream, { revision: entry.revision, state, prev: hex(row.leaf), rows })
    } catch {
      // A history no workflow takes stops its own stream, not the ledger.
    }
  }

  /** The stream folded from its stored entries, each checked. */
  refold(origin: Origin, stream: StreamId): Slot {
    const fold = this.fold(stream)
    let { revision, state, prev } = this.empty(stream)
    for (;;) {
      const rows = this.#parts.sql.streamEntries.all(origin, stream, revision, BATCH)
      for (const row of rows) {
        this.#checkedLeaf(origin, row)
        const entry = entryOf(row.bytes)
        const chained = entry.revision === revision + 1 && entry.prev === prev
        invariant(
          chained && entry.stream === stream && entry.seq === row.seq,
          `${origin} #${row.seq}: breaks the chain of ${stream}`,
        )
        state = fold.apply(state, entry)
        revision = entry.revision
        prev = hex(row.leaf)
      }
      if (rows.length < BATCH) break
    }
    // A stream that is not there yet stands for nothing, whatever its initial state would project
    // to.
    const rows = revision < 0 ? [] : this.rows(origin, stream, state)
    return { revision, state, prev, rows }
  }

  #checkedLeaf(origin: Origin, row: EntryRow): Hash {
    const leaf = leafHash(this.#parts.crypto, row.bytes)
    if (!equalBytes(leaf, row.leaf)) {
      throw new BrokenInvariant(`${origin} #${row.seq}: bytes are not what was hashed`)
    }
    return leaf
  }

  #requireRoot(origin: Origin, { note, size, root }: CheckpointRow, computed: Hash): void {
    const { crypto, signer } = this.#parts
    const { name, seed } = signer(origin)
    const key = parseVkey(crypto, vkeyOf(crypto, name, crypto.publicKey(seed)))
    let signed: Checkpoint
    try {
      signed = openCheckpoint(crypto, note, key)
    } catch (cause) {
      throw new BrokenInvariant(`${origin}: the checkpoint of ${size} is not signed by us`, {
        cause,
      })
    }
    invariant(
      signed.size === size && equalBytes(signed.root, computed) && equalBytes(root, computed),
      `${origin}: the checkpoint of ${size} is not of these entries`,
    )
  }
}

/** The complete subtrees `size` falls into, highest first. */
function peaks(size: number, read: NodeReader): Hash[] {
  const found: Hash[] = []
  let start = 0
  for (let width = 2 ** 52, level = 52; level >= 0; level--, width /= 2) {
    if (size - start < width) continue
    found.push(read(level, start / width))
    start += width
  }
  return found
}

export const hex = (hash: Uint8Array): Sha256Hex =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex') as Sha256Hex

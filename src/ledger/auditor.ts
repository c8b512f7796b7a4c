// The integrity half of verify, entry by entry: tree, place, and the chain of each stream. The
// same code reads an export and a database. Whether what happened was lawful is not asked here.
import { toHex } from './bytes.ts'
import { CanonicalError, parseCanonical, type Json, type JsonObject } from './canonical.ts'
import type { LedgerCrypto } from './crypto.ts'
import { CompactRange, leafHash, type Hash, type TreeNode } from './merkle.ts'
import type { Violation, ViolationCode } from './violation.ts'

/** `prev` of the first entry of a stream. */
export const NO_PREVIOUS = '0'.repeat(64)
export const GENESIS = 'ledger.genesis'
export const SEALED = 'ledger.sealed'

interface StreamHead {
  revision: number
  /** Leaf hash in hex. */
  leaf: string
}

/**
 * Reads the entries of one ledger in order, from the first. Memory grows with the number of
 * streams, not of entries. After a finding it goes on from what the entry itself says, so that
 * one fault is not reported again at every later entry.
 */
export class EntryAuditor {
  readonly #crypto: LedgerCrypto
  readonly #origin: string
  readonly #onNode: ((node: TreeNode) => void) | undefined
  readonly #range: CompactRange
  readonly #heads = new Map<string, StreamHead>()
  #entry: JsonObject | undefined
  #at = ''
  #sealed = false

  /** @param onNode told every tree node as it is completed, for comparison with stored ones */
  constructor(c: LedgerCrypto, origin: string, onNode?: (node: TreeNode) => void) {
    this.#crypto = c
    this.#origin = origin
    this.#onNode = onNode
    this.#range = new CompactRange(c)
  }

  /** Entries read so far. */
  get size(): number {
    return this.#range.size
  }

  /** Root over the entries read so far. */
  root(): Hash {
    return this.#range.root()
  }

  /** The entry read last, for a caller that re-decides it; undefined if it was not canonical. */
  get entry(): JsonObject | undefined {
    return this.#entry
  }

  /** Reads entry number `size`; returns what is wrong with it. */
  next(bytes: Uint8Array): readonly Violation[] {
    const seq = this.size
    const leaf = leafHash(this.#crypto, bytes)
    for (const node of this.#range.append(leaf)) this.#onNode?.(node)
    this.#entry = undefined

    const found: Violation[] = []
    try {
      this.#entry = parseCanonical(bytes)
    } catch (error) {
      if (!(error instanceof CanonicalError)) throw error
      const detail = error.path === '' ? error.code : `${error.code} ${error.path}`
      found.push({ code: 'entryNotCanonical', ledger: this.#origin, seq, detail })
      if (seq === 0) found.push({ code: 'genesisMissing', ledger: this.#origin, seq, detail })
      if (this.#sealed) found.push({ code: 'entryAfterSeal', ledger: this.#origin, seq, detail })
    }
    if (this.#entry !== undefined) this.#readEntry(this.#entry, { seq, leaf, found })
    return found
  }

  #readEntry(entry: JsonObject, to: { seq: number; leaf: Hash; found: Violation[] }): void {
    const { seq, leaf, found } = to
    const stream = entry['stream']
    const place = typeof stream === 'string' ? { seq, stream } : { seq }
    const report = (code: ViolationCode, detail: string) => {
      found.push({ code, ledger: this.#origin, ...place, detail })
    }
    this.#checkPlace(entry, seq, report)
    this.#checkType(entry['type'], seq, report)
    this.#checkTime(entry['at'], report)
    if (!isNonce(entry['nonce'])) report('nonceMalformed', 'nonce')
    if (typeof stream === 'string' && stream !== '') {
      this.#checkChain(entry, { stream, leaf: toHex(leaf) }, report)
    } else {
      report('fieldMalformed', 'stream')
    }
  }

  #checkPlace(entry: JsonObject, seq: number, report: Report): void {
    const ledger = entry['ledger']
    if (typeof ledger !== 'string') report('fieldMalformed', 'ledger')
    else if (ledger !== this.#origin) report('ledgerMismatch', `${ledger} ≠ ${this.#origin}`)
    const named = entry['seq']
    if (typeof named !== 'number') report('fieldMalformed', 'seq')
    else if (named !== seq) report('seqMismatch', `${named} ≠ ${seq}`)
  }

  #checkType(type: Json | undefined, seq: number, report: Report): void {
    const name = typeof type === 'string' ? type : ''
    if (name === '') report('fieldMalformed', 'type')
    if (seq === 0 && name !== GENESIS) report('genesisMissing', name)
    if (seq > 0 && name === GENESIS) report('genesisRepeated', name)
    if (this.#sealed) report('entryAfterSeal', name)
    if (name === SEALED) this.#sealed = true
  }

  #checkTime(at: Json | undefined, report: Report): void {
    if (!isInstant(at)) {
      report('fieldMalformed', 'at')
      return
    }
    // Fixed width and UTC: the order of the texts is the order of the times.
    if (at < this.#at) report('timeReversed', `${at} < ${this.#at}`)
    this.#at = at
  }

  #checkChain(entry: JsonObject, own: { stream: string; leaf: string }, report: Report): void {
    const head = this.#heads.get(own.stream)
    const due = head === undefined ? 0 : head.revision + 1
    const { revision, prev } = { revision: entry['revision'], prev: entry['prev'] }
    const isRevision = typeof revision === 'number' && revision >= 0
    if (!isRevision) report('fieldMalformed', 'revision')
    else if (revision !== due) report('revisionMismatch', `${revision} ≠ ${due}`)
    const previous = head?.leaf ?? NO_PREVIOUS
    if (!isHexHash(prev)) report('fieldMalformed', 'prev')
    else if (prev !== previous) report('prevMismatch', `${prev} ≠ ${previous}`)

    const next = isRevision ? revision : due
    if (head === undefined) this.#heads.set(own.stream, { revision: next, leaf: own.leaf })
    else {
      head.revision = next
      head.leaf = own.leaf
    }
  }
}

type Report = (code: ViolationCode, detail: string) => void

function isNonce(value: Json | undefined): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{22}$/.test(value)
}

function isInstant(value: Json | undefined): value is string {
  const instant =
    /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}\.[0-9]{3}Z$/
  return typeof value === 'string' && instant.test(value)
}

function isHexHash(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

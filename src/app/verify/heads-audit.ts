// Every checkpoint ever signed beside the root recomputed at its size; kept ones from outside likewise.
import { equalBytes, toHex } from '../../ledger/bytes.ts'
import { type Checkpoint, openCheckpoint } from '../../ledger/checkpoint.ts'
import type { LedgerCrypto } from '../../ledger/crypto.ts'
import { FormatError } from '../../ledger/error.ts'
import type { VerifierKey } from '../../ledger/note.ts'
import type { Finding } from './codes.ts'
import { type Opened, OutsideAudit, type SizedHead } from './outside-audit.ts'
import type { LedgerSource, StoredHead } from './source.ts'

const PAGE = 256

export interface HeadsOptions {
  readonly crypto: LedgerCrypto
  readonly source: LedgerSource
  readonly ledger: string
  /** Undefined while the genesis, which may name the only key, has not been read. */
  readonly key: () => VerifierKey | undefined
  readonly outside: readonly SizedHead[]
  readonly report: (finding: Omit<Finding, 'ledger'>) => void
}

export class HeadsAudit {
  readonly #with: HeadsOptions
  #page: readonly StoredHead[] = []
  #at = 0
  #lastSize = 0
  readonly #outside: OutsideAudit
  #checked = 0
  /** Size up to which a signed root was found right. */
  #good = 0
  #wrong = false
  #off = false
  #keyless = false

  constructor(options: HeadsOptions) {
    this.#with = options
    const { outside, report } = options
    const open = (note: string, from: string) => this.#open(note, 'outsideInvalid', from)
    this.#outside = new OutsideAudit({ outside, open, report })
  }

  /** Signatures checked. */
  get checked(): number {
    return this.#checked
  }

  /** An entry is missing: roots can no longer be recomputed, signatures still be checked. */
  stop(): void {
    this.#off = true
  }

  /** After each entry: is there a checkpoint of this size, and is it right? `root` is asked only if so. */
  reached(size: number, at: string, root: () => Uint8Array): void {
    this.#pass(size - 1)
    const head = this.#next()
    let stored: Opened | undefined
    if (head?.size === size) {
      this.#take()
      stored = { note: head.note, checkpoint: this.#compare(head, { at, root }) }
    }
    this.#outside.reached(size, this.#off ? undefined : root, stored)
  }

  /** A commit ended at `size`: it was signed, or somebody removed the checkpoint. */
  committed(size: number): void {
    this.#pass(size)
    if (this.#lastSize >= size) return
    this.#with.report({ code: 'checkpointAbsent', seq: size - 1, detail: String(size) })
  }

  /** A commit goes on after `size`: nothing was ever durable there, so nobody can have signed it. */
  continued(size: number): void {
    if (this.#off || this.#lastSize !== size) return
    this.#with.report({ code: 'checkpointInside', seq: size - 1, detail: String(size) })
  }

  /** Call when the last entry was read: what is signed beyond it was cut off. */
  finish(size: number): void {
    let beyond = 0
    for (let head = this.#next(); head !== undefined; head = this.#next()) {
      this.#take()
      if (head.size > size && this.#open(head.note, 'checkpointInvalid', head.size) !== undefined) {
        beyond = head.size
      }
    }
    this.#shortened(size, beyond)
    this.#outside.finish(size)
  }

  /** Heads up to a size whose entries could not be read: their signatures at least are checked. */
  #pass(size: number): void {
    for (let head = this.#next(); head !== undefined && head.size <= size; head = this.#next()) {
      this.#take()
      this.#open(head.note, 'checkpointInvalid', head.size)
    }
  }

  #shortened(size: number, signed: number): void {
    if (signed <= size) return
    const detail = `${size} < ${signed} (checkpoint)`
    this.#with.report({ code: 'ledgerShortened', seq: size, detail })
  }

  #next(): StoredHead | undefined {
    if (this.#at >= this.#page.length) {
      const { source, ledger } = this.#with
      this.#page = source.heads(ledger, this.#lastSize, PAGE)
      this.#at = 0
    }
    return this.#page[this.#at]
  }

  #take(): void {
    this.#lastSize = this.#page[this.#at]?.size ?? Infinity
    this.#at++
  }

  /** Returns it opened; undefined where its signature does not hold. */
  #compare(
    head: StoredHead,
    expected: { at: string; root: () => Uint8Array },
  ): Checkpoint | undefined {
    const { report } = this.#with
    const { size } = head
    const seq = size - 1
    const signed = this.#open(head.note, 'checkpointInvalid', size)
    if (signed === undefined) return undefined
    if (signed.size !== size || !equalBytes(signed.root, head.root)) {
      report({ code: 'checkpointDiffers', seq, detail: `${size}, ${signed.size}` })
    }
    if (head.at !== expected.at) {
      report({ code: 'checkpointDiffers', seq, detail: `${head.at} ≠ ${expected.at}` })
    }
    if (this.#off || signed.size !== size) return signed
    const root = expected.root()
    if (equalBytes(root, signed.root)) {
      this.#good = size
      return signed
    }
    // every root after the first wrong one is wrong for the same reason
    if (this.#wrong) return signed
    this.#wrong = true
    const detail = `${this.#good}–${size}: ${toHex(root)} ≠ ${toHex(signed.root)}`
    report({ code: 'rootMismatch', seq: this.#good, detail })
    return signed
  }

  #open(
    note: string,
    code: 'checkpointInvalid' | 'outsideInvalid',
    of: number | string,
  ): Checkpoint | undefined {
    const { crypto, key, report } = this.#with
    const pinned = key()
    if (pinned === undefined) {
      if (!this.#keyless) report({ code, detail: `${of}: no key` })
      this.#keyless = true
      return undefined
    }
    this.#checked++
    try {
      return openCheckpoint(crypto, note, pinned)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      report({ code, ...seqOf(of), detail: `${of}: ${error.code}` })
      return undefined
    }
  }
}

const seqOf = (of: number | string): { seq?: number } =>
  typeof of === 'number' ? { seq: of - 1 } : {}

// Checkpoints of one ledger kept outside its database, beside the root recomputed at their size: what only they can tell.
import { equalBytes, toHex } from '../../ledger/bytes.ts'
import type { Checkpoint } from '../../ledger/checkpoint.ts'
import type { Finding } from './codes.ts'

/** A signed checkpoint that somebody else has kept, and where it was found. */
export interface OutsideHead {
  readonly note: string
  readonly from: string
}

/** With the size it names itself, not verified. */
export interface SizedHead extends OutsideHead {
  readonly size: number
}

export interface OutsideOptions {
  readonly outside: readonly SizedHead[]
  /** Checks the signature; undefined when it does not hold, which is reported. */
  readonly open: (note: string, from: string) => Checkpoint | undefined
  readonly report: (finding: Omit<Finding, 'ledger'>) => void
}

/** The checkpoint in the database, where it was opened already: most kept ones are the very same note. */
export interface Opened {
  readonly note: string
  readonly checkpoint: Checkpoint | undefined
}

export class OutsideAudit {
  readonly #with: OutsideOptions
  readonly #heads: readonly SizedHead[]
  #at = 0
  #wrong = false

  constructor(options: OutsideOptions) {
    this.#with = options
    this.#heads = options.outside.toSorted((a, b) => a.size - b.size)
  }

  /** After each entry. `root` is undefined when it cannot be recomputed: signatures are checked still. */
  reached(size: number, root: (() => Uint8Array) | undefined, stored: Opened | undefined): void {
    for (let head = this.#heads[this.#at]; head !== undefined; head = this.#heads[this.#at]) {
      if (head.size > size) return
      this.#at++
      const { note, from } = head
      const signed = stored?.note === note ? stored.checkpoint : this.#with.open(note, from)
      if (signed === undefined || signed.size !== size || root === undefined) continue
      // every root after the first wrong one is wrong for the same reason
      if (this.#wrong || equalBytes(root(), signed.root)) continue
      this.#wrong = true
      const detail = `${size}: ${toHex(root())} ≠ ${toHex(signed.root)} (${from})`
      this.#with.report({ code: 'historyChanged', detail })
    }
  }

  /** Call when the last entry was read: what is signed beyond it was cut off. Told once for each place. */
  finish(size: number): void {
    this.reached(size, undefined, undefined)
    const beyond = new Map<string, number>()
    for (const { note, from } of this.#heads.slice(this.#at)) {
      const signed = this.#with.open(note, from)?.size ?? 0
      if (signed > (beyond.get(from) ?? size)) beyond.set(from, signed)
    }
    for (const [from, signed] of beyond) {
      const detail = `${size} < ${signed} (${from})`
      this.#with.report({ code: 'ledgerShortened', seq: size, detail })
    }
  }
}

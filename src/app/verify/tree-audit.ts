// The stored tree beside the one recomputed from the entries: node by node, in the order in which they complete.
import { equalBytes, toHex } from '../../ledger/bytes.ts'
import type { TreeNode } from '../../ledger/merkle.ts'
import type { Finding } from './codes.ts'
import type { LedgerSource, StoredNode } from './source.ts'

const PAGE = 512

/** One level of stored nodes, read in pages. */
class Level {
  #page: readonly StoredNode[] = []
  #at = 0

  /** The stored hash at an index; asked in ascending order. */
  take(index: number, read: (from: number) => readonly StoredNode[]): Uint8Array | undefined {
    while ((this.#page[this.#at]?.index ?? Infinity) < index) this.#at++
    if (this.#at >= this.#page.length) {
      this.#page = read(index)
      this.#at = 0
    }
    const node = this.#page[this.#at]
    return node?.index === index ? node.hash : undefined
  }
}

export class TreeAudit {
  readonly #source: LedgerSource
  readonly #ledger: string
  readonly #report: (finding: Finding) => void
  readonly #levels: Level[] = []
  #expected = 0
  #off = false
  /** Highest entry whose leaf is known to be wrong: every node above it differs because of it. */
  #altered = -1

  constructor(source: LedgerSource, ledger: string, report: (finding: Finding) => void) {
    this.#source = source
    this.#ledger = ledger
    this.#report = report
  }

  /** An entry is missing: nothing after it stands where the tree has it. */
  stop(): void {
    this.#off = true
  }

  /** The leaf of this entry was found wrong and reported. */
  altered(seq: number): void {
    this.#altered = seq
  }

  /** A recomputed node. A fault is told once: what lies above it is wrong for the same reason. */
  compare({ level, index, hash }: TreeNode): void {
    if (this.#off) return
    this.#expected++
    const stored = (this.#levels[level] ??= new Level()).take(index, (from) =>
      this.#source.nodes(this.#ledger, level, from, PAGE),
    )
    if (this.#altered >= index * 2 ** level) return
    if (stored !== undefined && equalBytes(stored, hash)) return
    const seq = (index + 1) * 2 ** level - 1
    if (level === 0) this.#altered = seq
    const found = stored === undefined ? '—' : toHex(stored)
    this.#report({
      code: stored === undefined ? 'nodeMissing' : 'nodeDiffers',
      ledger: this.#ledger,
      seq,
      detail: `${level}/${index}: ${found} ≠ ${toHex(hash)}`,
    })
  }

  /** Call when the last entry was read. */
  finish(): void {
    if (this.#off) return
    const stored = this.#source.nodeCount(this.#ledger)
    if (stored <= this.#expected) return
    const detail = `${stored} > ${this.#expected}`
    this.#report({ code: 'nodeExtra', ledger: this.#ledger, detail })
  }
}

// Integrity of one stored ledger: every entry hashed again, the tree, every checkpoint, every column beside the bytes.
// What it yields are the entries that could be read, for whoever asks whether they were lawful.
import { z } from 'zod'
import { type Entry, entrySchema } from '../../domain/entry.ts'
import { EntryAuditor, SEALED } from '../../ledger/auditor.ts'
import { equalBytes, toHex } from '../../ledger/bytes.ts'
import type { LedgerCrypto } from '../../ledger/crypto.ts'
import { FormatError } from '../../ledger/error.ts'
import type { TreeNode } from '../../ledger/merkle.ts'
import { parseVkey, type VerifierKey } from '../../ledger/note.ts'
import type { Finding } from './codes.ts'
import { HeadsAudit } from './heads-audit.ts'
import type { SizedHead } from './outside-audit.ts'
import type { LedgerSource, StoredLedger, StoredRow } from './source.ts'
import { TreeAudit } from './tree-audit.ts'

const PAGE = 256

export interface AuditOptions {
  readonly crypto: LedgerCrypto
  readonly source: LedgerSource
  readonly stored: StoredLedger
  /** The verifier key known from elsewhere; else the genesis is taken at its word. */
  readonly pinned: string | undefined
  readonly outside: readonly SizedHead[]
  readonly report: (finding: Finding) => void
}

export class LedgerAudit {
  readonly #with: AuditOptions
  readonly #auditor: EntryAuditor
  readonly #tree: TreeAudit
  readonly #heads: HeadsAudit
  #key: VerifierKey | undefined
  #at = ''
  #type = ''
  /** Place of the entry read last. */
  #seq = -1
  /** 16 bytes each: some 60 MB a million entries. */
  readonly #nonces = new Set<string>()
  /** Completed by the entry read last, the leaf first. */
  readonly #nodes: TreeNode[] = []

  constructor(options: AuditOptions) {
    const { crypto, source, stored, pinned, outside, report } = options
    const ledger = stored.origin
    this.#with = options
    this.#tree = new TreeAudit(source, ledger, report)
    this.#auditor = new EntryAuditor(crypto, ledger, (node) => this.#nodes.push(node))
    this.#heads = new HeadsAudit({
      crypto,
      source,
      ledger,
      key: () => this.#key,
      outside,
      report: (finding) => report({ ...finding, ledger }),
    })
    if (pinned !== undefined) this.#key = parseVkey(crypto, pinned)
  }

  get ledger(): string {
    return this.#with.stored.origin
  }

  /** Entries read so far. */
  get read(): number {
    return this.#auditor.size
  }

  /** Signatures of checkpoints checked so far. */
  get signatures(): number {
    return this.#heads.checked
  }

  /** Reads to the end. Throws what the source throws. */
  *entries(): Generator<Entry, void, undefined> {
    const { source } = this.#with
    for (;;) {
      const rows = source.rows(this.ledger, this.#seq + 1, PAGE)
      for (const row of rows) {
        const entry = this.#row(row)
        if (entry !== undefined) yield entry
      }
      if (rows.length < PAGE) break
    }
    this.#finish()
  }

  #row(row: StoredRow): Entry | undefined {
    if (row.seq !== this.#seq + 1) this.#gap(row.seq)
    this.#seq = row.seq
    this.#nodes.length = 0
    const found = this.#auditor.next(row.bytes)
    const tree = this.#auditor.entry
    this.#hashes(row)
    for (const violation of found) {
      // after a gap the auditor counts too few: the entry is at fault only if it is not where the table has it
      if (violation.code === 'seqMismatch' && tree?.['seq'] === row.seq) continue
      this.#with.report({ ...violation, seq: row.seq })
    }
    if (tree === undefined) return undefined
    const parsed = entrySchema.safeParse(tree)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      this.#report('entryMalformed', row, issue?.path.join('.') ?? '')
      return undefined
    }
    this.#columns(row, parsed.data)
    this.#nonce(row, parsed.data)
    this.#commit(parsed.data)
    return parsed.data
  }

  /** The entry's own hash first: what lies above it in the tree is wrong for the same reason. */
  #hashes(row: StoredRow): void {
    const [leaf] = this.#nodes
    if (leaf !== undefined && !equalBytes(leaf.hash, row.leaf)) {
      this.#report('entryAltered', row, `${toHex(row.leaf)} ≠ ${toHex(leaf.hash)}`)
      this.#tree.altered(row.seq)
    }
    for (const node of this.#nodes) this.#tree.compare(node)
  }

  #gap(next: number): void {
    const seq = this.#seq + 1
    const detail = next === seq + 1 ? `${seq}` : `${seq}–${next - 1}`
    this.#with.report({ code: 'entryMissing', ledger: this.ledger, seq, detail })
    this.#tree.stop()
    this.#heads.stop()
  }

  #columns(row: StoredRow, entry: Entry): void {
    for (const column of ['seq', 'stream', 'revision', 'type', 'command'] as const) {
      if (row[column] === entry[column]) continue
      this.#report('columnDiffers', row, `${column}: ${row[column]} ≠ ${entry[column]}`)
    }
  }

  /** Drawn once for each entry: a second use lets entries that are not shown be guessed (ledger-format §13). */
  #nonce(row: StoredRow, { nonce }: Entry): void {
    const bits = Buffer.from(nonce, 'base64url').toString('latin1')
    if (this.#nonces.has(bits)) this.#report('nonceRepeated', row, nonce)
    else this.#nonces.add(bits)
  }

  /** One clock reading a commit: where `at` changes one ended, and its checkpoint must stand there. */
  #commit(entry: Entry): void {
    const size = entry.seq + 1
    if (entry.seq === 0) this.#pin(entry)
    else if (entry.at !== this.#at) this.#heads.committed(size - 1)
    else this.#heads.continued(size - 1)
    this.#at = entry.at
    this.#type = entry.type
    this.#heads.reached(size, entry.at, () => this.#auditor.root())
  }

  #pin({ body }: Entry): void {
    const { crypto, pinned, report } = this.#with
    const named = nameOfKey(body['given'])
    if (pinned !== undefined) {
      if (named === pinned) return
      report({ code: 'keyDiffers', ledger: this.ledger, seq: 0, detail: `${named} ≠ ${pinned}` })
      return
    }
    try {
      this.#key = parseVkey(crypto, named)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      report({ code: 'keyDiffers', ledger: this.ledger, seq: 0, detail: error.code })
    }
  }

  #finish(): void {
    const { stored, report } = this.#with
    const size = this.#seq + 1
    if (size > 0) this.#heads.committed(size)
    this.#heads.finish(size)
    this.#tree.finish()
    const sealed = this.#type === SEALED
    if (stored.size === size && stored.at === this.#at && stored.sealed === sealed) return
    const detail = `${stored.size} ${stored.at} ${stored.sealed} ≠ ${size} ${this.#at} ${sealed}`
    report({ code: 'ledgerRowDiffers', ledger: this.ledger, detail })
  }

  #report(code: Finding['code'], { seq, stream }: StoredRow, detail: string): void {
    this.#with.report({ code, ledger: this.ledger, seq, stream, detail })
  }
}

const genesisSchema = z.looseObject({ vkey: z.string() })
const nameOfKey = (given: unknown): string => genesisSchema.safeParse(given).data?.vkey ?? ''

// The idempotency records beside the entries: a record that is gone or altered would let a command be repeated, or answer it
// with the receipt of another.
import type { Command } from '../../domain/command.ts'
import type { Entry, JsonObject } from '../../domain/entry.ts'
import { equalBytes } from '../../ledger/bytes.ts'
import { canonicalBytes } from '../../ledger/canonical.ts'
import type { LedgerCrypto } from '../../ledger/crypto.ts'
import type { Finding } from './codes.ts'
import type { LedgerSource } from './source.ts'

export interface CommandsOptions {
  readonly crypto: LedgerCrypto
  readonly source: LedgerSource
  readonly report: (finding: Finding) => void
}

interface Recorded {
  readonly first: Entry
  /** As recorded. */
  readonly size: number
}

export class CommandsAudit {
  readonly #with: CommandsOptions
  #expected = 0
  /** Commands of the commit being read, at most a group. */
  #commit: Recorded[] = []
  /** Where that commit ends, as far as it was read. */
  #end = 0

  constructor(options: CommandsOptions) {
    this.#with = options
  }

  get read(): number {
    return this.#expected
  }

  /** The entries of one command, and the command as it was asked; undefined where they answer none. */
  next([first, ...rest]: readonly [Entry, ...Entry[]], asked: Command | undefined): void {
    const { source, report } = this.#with
    const { ledger, seq, stream, command, at } = first
    const count = rest.length + 1
    this.#expected++
    if (this.#commit[0]?.first.at !== at) this.#settle()
    this.#end = seq + count
    const stored = source.command(ledger, command)
    if (stored === undefined) {
      report({ code: 'commandMissing', ledger, seq, stream, detail: command })
      return
    }
    const found = [stored.first, stored.count, stored.at].join(' ')
    const expected = [seq, count, at].join(' ')
    if (found !== expected) {
      const detail = `${command}: ${found} ≠ ${expected}`
      report({ code: 'commandDiffers', ledger, seq, stream, detail })
      return
    }
    this.#commit.push({ first, size: stored.size })
    if (asked !== undefined) this.#digest(first, { stored: stored.digest, asked })
  }

  finish(ledger: string): void {
    this.#settle()
    const stored = this.#with.source.commandCount(ledger)
    if (stored <= this.#expected) return
    const detail = `${stored} > ${this.#expected}`
    this.#with.report({ code: 'commandExtra', ledger, detail })
  }

  /** A receipt names the checkpoint that covers its commit, which stands where the commit ended. */
  #settle(): void {
    for (const { first, size } of this.#commit) {
      if (size === this.#end) continue
      const { ledger, seq, stream, command } = first
      const detail = `${command}: ${size} ≠ ${this.#end}`
      this.#with.report({ code: 'commandDiffers', ledger, seq, stream, detail })
    }
    this.#commit = []
  }

  #digest(first: Entry, { stored, asked }: { stored: Uint8Array; asked: Command }): void {
    const { crypto, report } = this.#with
    const { ledger, seq, stream } = first
    const bytes = canonicalBytes(asked as unknown as JsonObject)
    if (equalBytes(crypto.sha256(bytes), stored)) return
    report({ code: 'commandDiffers', ledger, seq, stream, detail: `${asked.id}: digest` })
  }
}

/** Consecutive entries with one command id. */
export function* byCommand(entries: Iterable<Entry>): Generator<readonly [Entry, ...Entry[]]> {
  let group: [Entry, ...Entry[]] | undefined
  for (const entry of entries) {
    if (group !== undefined && group[0].command === entry.command) {
      group.push(entry)
      continue
    }
    if (group !== undefined) yield group
    group = [entry]
  }
  if (group !== undefined) yield group
}

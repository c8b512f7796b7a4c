// The store port: the only way into a ledger. Written natively per database, held to one contract
// suite.
import type { Calendar } from './calendar.ts'
import type { Command } from './command.ts'
import type { Entry, JsonObject } from './entry.ts'
import type { FactAnswers, FactQueries } from './facts.ts'
import type { CommandId, Origin, Sha256Hex, StreamId, StreamKind } from './ids.ts'
import type { ProjectedRow } from './projection.ts'
import type { Refusal } from './refusal.ts'
import type { Instant } from './time.ts'

/**
 * How a stream's entries become its state. `apply` is pure and throws CorruptHistory on what cannot
 * have happened.
 */
export interface Fold<S> {
  readonly kind: StreamKind
  readonly initial: S
  apply(state: S, entry: Entry): S
}

export interface Folded<S> {
  /** Revision of the last entry, -1 before the first. */
  readonly revision: number
  readonly state: S
}

/**
 * Folded streams as they stand inside the transaction. Asking for a stream that was not named
 * throws.
 */
export interface Past {
  readonly ledger: Origin
  stream<S>(fold: Fold<S>, id: StreamId): Folded<S>
  /** A stream of the ledger relied on (the township's), at the size recorded in the entry. */
  relied<S>(fold: Fold<S>, id: StreamId): Folded<S>
}

/** Everything decide is told besides its command: no clock, no randomness, no I/O. */
export interface Deciding {
  readonly at: Instant
  readonly calendar: Calendar
  readonly past: Past
  readonly facts: FactAnswers
  /** SHA-256 of UTF-8 text, hex. */
  digest(text: string): Sha256Hex
}

/** An event as decide wants it recorded; place, time, nonce and chain are added by commit. */
export interface EventDraft {
  readonly stream: StreamId
  readonly workflow: string
  readonly type: string
  readonly body: JsonObject
  readonly sd?: readonly string[]
}

export type Decision =
  | {
      /** The first answers the command and carries its facts and files; the rest follow from it. */
      readonly events: readonly [EventDraft, ...EventDraft[]]
      /** Policy version decided under, `<version>@<hex8>`. */
      readonly policy?: string
    }
  | { readonly refused: Refusal }

export interface Needs {
  readonly streams: readonly StreamId[]
  /**
   * Streams named by what the first ones hold (a meeting's requests). Not called `then`: needs must
   * not look like a promise.
   */
  readonly follow?: (past: Past) => readonly StreamId[]
  /** Streams of the township ledger; absent for commands on the township ledger itself. */
  readonly relied?: { readonly origin: Origin; readonly streams: readonly StreamId[] }
  readonly facts?: (past: Past, at: Instant) => FactQueries
}

/**
 * Pure and synchronous: an async decide does not compile, and may be run again after a conflict.
 */
export type Decide = (deciding: Deciding) => Decision

export interface Receipt {
  readonly command: CommandId
  readonly ledger: Origin
  readonly entries: readonly {
    readonly seq: number
    readonly stream: StreamId
    readonly revision: number
    readonly type: string
    readonly leaf: Sha256Hex
  }[]
  readonly at: Instant
  /** Ledger size of the checkpoint that first covered these entries. */
  readonly size: number
}

export type Outcome = { readonly receipt: Receipt } | { readonly refused: Refusal }

/** What the store must be given to fold and to project; known to the composition root. */
export interface Workings {
  readonly folds: ReadonlyMap<StreamKind, Fold<unknown>>
  /**
   * The rows a stream's state stands for. The store keeps tables equal to it, and nothing else
   * writes them.
   */
  project(ledger: Origin, stream: StreamId, state: unknown): readonly ProjectedRow[]
}

export interface StoredEntry {
  readonly entry: Entry
  readonly bytes: Uint8Array
}

/** Append-only ledgers. All methods are safe to call concurrently. */
export interface Store {
  /**
   * Reads the named streams and facts, lets `decide` choose, appends all of what it chose or
   * nothing. Serial per ledger, across processes; durable when the promise resolves. The same
   * command id and content returns the first receipt; the same id with other content is refused
   * `commandReused`. A throw inside one `decide` rejects that command only. The command and
   * what `decide` returns are kept in folded state: neither may be changed afterwards.
   */
  commit(command: Command, needs: Needs, decide: Decide): Promise<Outcome>
  /** A stream's entries after a revision, in order. */
  read(ledger: Origin, stream: StreamId, after?: number): Promise<readonly Entry[]>
  /** Every entry from `from` on, in order, to the present end. */
  follow(ledger: Origin, from: number): AsyncIterable<StoredEntry>
  close(): Promise<void>
}

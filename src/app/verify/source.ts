// What verify reads from: the tables as they are stored, unchecked. A value of the wrong type is handed
// over as one that can match nothing, so that damage is reported and never crashes the audit.

/** A row of the ledger table. */
export interface StoredLedger {
  readonly origin: string
  readonly size: number
  readonly at: string
  readonly sealed: boolean
}

/** An entry with the columns that stand beside its bytes. */
export interface StoredRow {
  readonly seq: number
  readonly stream: string
  readonly revision: number
  readonly type: string
  readonly command: string
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
}

export interface StoredNode {
  readonly index: number
  readonly hash: Uint8Array
}

export interface StoredHead {
  readonly size: number
  readonly at: string
  readonly root: Uint8Array
  /** The signed checkpoint. */
  readonly note: string
}

/** An idempotency record. */
export interface StoredCommand {
  readonly digest: Uint8Array
  readonly first: number
  readonly count: number
  readonly at: string
  readonly size: number
}

/** A row of a read table; booleans as 0 and 1. */
export interface StoredProjection {
  readonly table: string
  readonly ledger: string
  readonly stream: string
  readonly key: string
  readonly row: Readonly<Record<string, unknown>>
}

/** One snapshot of a store: what is committed while it is read does not show. */
export interface LedgerSource {
  /** What the storage engine itself finds wrong with the file, in its own words. */
  damage(): readonly string[]
  /** Tables, indexes and guard triggers that are not as the file's own migrations made them. */
  schema(): readonly string[]
  /** The message, if this error came from a damaged file; undefined for any other error. */
  damageOf(error: unknown): string | undefined
  ledgers(): readonly StoredLedger[]
  /** Tables that hold rows of a ledger that `ledgers` does not name. */
  strays(): readonly { readonly table: string; readonly ledger: string }[]
  /** By seq, from `from` on, at most `limit`. */
  rows(ledger: string, from: number, limit: number): readonly StoredRow[]
  node(ledger: string, level: number, index: number): Uint8Array | undefined
  /** Of one level by index, from `from` on, at most `limit`. */
  nodes(ledger: string, level: number, from: number, limit: number): readonly StoredNode[]
  nodeCount(ledger: string): number
  /** By size, above `after`, at most `limit`. */
  heads(ledger: string, after: number, limit: number): readonly StoredHead[]
  command(ledger: string, id: string): StoredCommand | undefined
  commandCount(ledger: string): number
  /** All rows of all read tables. */
  projections(): Iterable<StoredProjection>
  close(): void
}

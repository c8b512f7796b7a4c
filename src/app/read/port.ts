// What lists and pages are read through: one file, its ledgers as they stand and its read tables.
import type { Entry } from '../../domain/entry.ts'
import type { Origin, PersonId, RequestId, StreamId } from '../../domain/ids.ts'
import type {
  FindingRow,
  InspectionRow,
  MeetingRow,
  RequestRow,
  TaskRow,
} from '../../domain/projection.ts'
import type { Instant } from '../../domain/time.ts'
import type { Hash, NodeReader } from '../../ledger/merkle.ts'

export interface LedgerSummary {
  readonly origin: Origin
  readonly size: number
  readonly at: Instant
  readonly sealed: boolean
}

export interface StoredCheckpoint {
  readonly size: number
  readonly at: Instant
  readonly root: Hash
  readonly note: string
}

/** The ledgers' own bytes, nodes and heads. */
export interface LedgerReads {
  ledgers(): readonly LedgerSummary[]
  /** The newest, or that of a size. */
  checkpoint(origin: Origin, size?: number): StoredCheckpoint | undefined
  /** Bytes of the entries `from` ≤ seq < `to`. */
  entries(origin: Origin, from: number, to: number): readonly Uint8Array[]
  nodes(origin: Origin): NodeReader
}

type Cursor = readonly [string, ...string[]]
export interface Page<R> {
  readonly rows: readonly R[]
  readonly next?: Cursor
}
type Of<R> = R & { readonly ledger: Origin }
interface PageOf {
  readonly ledger: Origin
  readonly limit: number
  readonly after?: Cursor | undefined
}
export interface RequestFilter extends PageOf {
  readonly company?: string | undefined
  readonly state?: string | undefined
  readonly month?: string | undefined
}

export interface Reading {
  readonly ledgers: LedgerReads
  /** All entries of a stream, in order. */
  stream(ledger: Origin, stream: StreamId): readonly Entry[]
  requests(filter: RequestFilter): Promise<Page<Of<RequestRow>>>
  meetings(filter: PageOf & { readonly state?: string | undefined }): Promise<Page<Of<MeetingRow>>>
  inspections(filter: PageOf): Promise<Page<Of<InspectionRow>>>
  tasks(ledger: Origin, stream: StreamId): Promise<readonly TaskRow[]>
  findings(ledger: Origin, request: RequestId): Promise<readonly Of<FindingRow>[]>
  /** What the vault knows a person by; undefined once erased. */
  readonly person: (person: PersonId) => string | undefined
  close(): void
}

// What lists and pages are read through: one file, its ledgers as they stand and its read tables.
import type { Entry } from '../../domain/entry.ts'
import type {
  CommandId,
  Origin,
  PersonId,
  RequestId,
  Sha256Hex,
  StreamId,
} from '../../domain/ids.ts'
import type {
  AlertRow,
  AuthorityRow,
  FindingRow,
  InspectionRow,
  MeetingRow,
  RequestRow,
  TaskRow,
} from '../../domain/projection.ts'
import type { Instant } from '../../domain/time.ts'
import type { Hash, NodeReader } from '../../ledger/merkle.ts'
import type { KeptList } from '../lists/keep.ts'
import type { Figures, RequestWanted } from '../../domain/figures.ts'
import type { Found, FoundPage, SearchFilter } from '../../domain/search.ts'

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
  /** Every head ever signed above a size, oldest first. */
  checkpoints(origin: Origin, after?: number): Iterable<StoredCheckpoint>
  /** Bytes of the entries `from` ≤ seq < `to`. */
  entries(origin: Origin, from: number, to: number): readonly Uint8Array[]
  nodes(origin: Origin): NodeReader
  /** The stream that sorts last of those that begin so. */
  newestStream(origin: Origin, beginning: string): StreamId | undefined
  /** The first entry that answered a command. */
  answerTo(origin: Origin, command: CommandId): Entry | undefined
}

/** How a process sees what it, or another one, has committed: polled here, told where a store can tell. */
export interface LedgerWatch {
  /** Differs once anything was committed, by whichever process. Microseconds: asked with every call. */
  version(): number
  /** Entries of every ledger, at one moment. */
  sizes(): ReadonlyMap<Origin, number>
  /** Entries of a ledger by an instant, whole commits only; 0 before its first. */
  sizeAt(origin: Origin, at: Instant): number
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
export interface RequestFilter extends PageOf, RequestWanted {
  /** Keys of one payee. */
  readonly payees?: readonly string[] | undefined
}

/** Of several ledgers; what is late is judged by the limits of each. */
export interface WiderRequestFilter extends Omit<PageOf, 'ledger'>, Omit<RequestWanted, 'waits'> {
  readonly ledgers: readonly { readonly ledger: Origin; readonly waits?: RequestWanted['waits'] }[]
}

export interface WaitingTask extends TaskRow {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly key: string
  /** Of the request it is about; absent for tasks of meetings, rounds and rosters. */
  readonly request:
    | { readonly request: string; readonly purpose: string; readonly amountFen: number }
    | undefined
}

export interface AuthorityFilter extends PageOf {
  readonly company?: string | undefined
}

export interface InspectionFilter extends PageOf {
  readonly campaign?: string | undefined
}

export interface AlertFilter extends PageOf {
  readonly state: 'open' | 'dismissed'
  readonly colour?: string | undefined
}

/** Where tasks wait: some desks, in some ledgers. */
export interface InboxFilter {
  readonly desks: readonly string[]
  readonly ledgers: readonly Origin[]
  readonly limit: number
  readonly after?: Cursor | undefined
}

export interface Reading {
  readonly ledgers: LedgerReads
  readonly watch: LedgerWatch
  /** All entries of a stream, in order. */
  stream(ledger: Origin, stream: StreamId): readonly Entry[]
  requests(filter: RequestFilter): Promise<Page<Of<RequestRow>>>
  /** Of several ledgers in one list. */
  requestsAcross(filter: WiderRequestFilter): Promise<Page<Of<RequestRow>>>
  readonly figures: Figures
  search(filter: SearchFilter): FoundPage
  /** The things that stand in these streams, in any of the ledgers. */
  numbered(ledgers: readonly Origin[], streams: readonly StreamId[]): readonly Found[]
  meetings(filter: PageOf & { readonly state?: string | undefined }): Promise<Page<Of<MeetingRow>>>
  inspections(filter: InspectionFilter): Promise<Page<Of<InspectionRow>>>
  /** The red before the yellow before the blue, of each the newest first. */
  alerts(filter: AlertFilter): Promise<Page<Of<AlertRow>>>
  authorities(filter: AuthorityFilter): Promise<Page<Of<AuthorityRow>>>
  tasks(ledger: Origin, stream: StreamId): Promise<readonly TaskRow[]>
  /** What waits at some desks, the longest waiting first. */
  inbox(filter: InboxFilter): Promise<Page<WaitingTask>>
  /** Everything that waits in a ledger, or of it at one desk. */
  waiting(ledger: Origin, desk?: string): Promise<readonly WaitingTask[]>
  findings(ledger: Origin, request: RequestId): Promise<readonly Of<FindingRow>[]>
  /** In some states, the one due first before the others. */
  findingPage(
    filter: PageOf & { readonly states: readonly string[] },
  ): Promise<Page<Of<FindingRow> & { readonly stream: StreamId; readonly key: string }>>
  /** What the vault knows a person by; undefined once erased. */
  readonly person: (person: PersonId) => string | undefined
  /** The rows of a payee list; undefined without the vault, and once erased. */
  readonly list: (digest: Sha256Hex) => KeptList | undefined
  close(): void
}

// What a person at a screen would see: every stream folded as far as its ledger goes, and the tasks that follow from it.
// Read from the ledgers alone, so that the simulated people know nothing that is not recorded.
import { authorityFold, type AuthorityState } from '../../../workflows/authority/v1/fold.ts'
import { inspectionFold, type InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import { meetingFold, type MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { type Request, requestFold } from '../../../workflows/request/v1/fold.ts'
import { rosterFold, type RosterState, rosterStream } from '../../../workflows/roster/v1/fold.ts'
import { folds } from '../../../workflows/versions.ts'
import type { Entry } from '../../domain/entry.ts'
import {
  type AuthorityId,
  authorityStream,
  inspectionStream,
  type InspectionId,
  meetingStream,
  type MeetingId,
  type Origin,
  requestStream,
  type RequestId,
  type StreamId,
  streamKind,
} from '../../domain/ids.ts'
import type { ProjectionName, Projections, ProjectedRow, TaskRow } from '../../domain/projection.ts'
import type { Fold, Store } from '../../domain/store.ts'
import { project } from '../projections/project.ts'

export interface Task extends TaskRow {
  readonly ledger: Origin
  readonly stream: StreamId
}

interface Seen {
  next: number
  readonly states: Map<StreamId, unknown>
  /** By table, and in it the streams that have rows there. */
  readonly tables: Map<ProjectionName, Map<StreamId, readonly ProjectedRow[]>>
}

export class Watch {
  readonly ledgers: readonly Origin[]
  readonly #store: Pick<Store, 'follow'>
  readonly #seen = new Map<Origin, Seen>()
  readonly #onEntry: (entry: Entry) => void

  constructor(
    store: Pick<Store, 'follow'>,
    ledgers: readonly Origin[],
    onEntry: (entry: Entry) => void = () => {},
  ) {
    this.#store = store
    this.ledgers = ledgers
    this.#onEntry = onEntry
  }

  /** Reads on from where it stopped. */
  async catchUp(): Promise<void> {
    for (const ledger of this.ledgers) {
      const seen = this.#ledger(ledger)
      const touched = new Set<StreamId>()
      for await (const { entry } of this.#store.follow(ledger, seen.next)) {
        const { stream } = entry
        const fold = foldOf(stream)
        const before = seen.states.has(stream) ? seen.states.get(stream) : fold.initial
        seen.states.set(stream, fold.apply(before, entry))
        seen.next = entry.seq + 1
        touched.add(stream)
        this.#onEntry(entry)
      }
      for (const stream of touched) {
        file(seen, stream, project(ledger, stream, seen.states.get(stream)))
      }
    }
  }

  /** Everything that waits, in one ledger or in all, by stream and key. */
  tasks(ledgers = this.ledgers): readonly Task[] {
    return this.#rows('task', ledgers).map(({ ledger, stream, row }) => ({
      ...row,
      ledger,
      stream,
    }))
  }

  rows<T extends 'request' | 'meeting' | 'inspection' | 'finding' | 'authority' | 'alert'>(
    table: T,
    ledgers = this.ledgers,
  ): readonly (Projections[T] & { readonly ledger: Origin })[] {
    return this.#rows(table, ledgers).map(({ ledger, row }) => ({ ...row, ledger }))
  }

  roster(ledger: Origin): RosterState {
    return this.#state(rosterFold, ledger, rosterStream)
  }

  /** @throws Error when there is none */
  request(ledger: Origin, id: RequestId): Request {
    return existing(this.#state(requestFold, ledger, requestStream(id)), id)
  }

  /** @throws Error when there is none */
  meeting(ledger: Origin, id: MeetingId): MeetingState {
    return existing(this.#state(meetingFold, ledger, meetingStream(id)), id)
  }

  /** Undefined before it is planned. */
  inspection(ledger: Origin, id: InspectionId): InspectionState | undefined {
    return this.#state(inspectionFold, ledger, inspectionStream(id))
  }

  /** @throws Error when there is none */
  authority(ledger: Origin, id: AuthorityId): AuthorityState {
    return existing(this.#state(authorityFold, ledger, authorityStream(id)), id)
  }

  /** How many entries each ledger holds. */
  size(ledger: Origin): number {
    return this.#ledger(ledger).next
  }

  #ledger(ledger: Origin): Seen {
    const known = this.#seen.get(ledger)
    if (known !== undefined) return known
    const made: Seen = { next: 0, states: new Map(), tables: new Map() }
    this.#seen.set(ledger, made)
    return made
  }

  // states are what this very fold made: the stream's kind chose it
  #state<S>(fold: Fold<S>, ledger: Origin, stream: StreamId): S {
    const { states } = this.#ledger(ledger)
    return states.has(stream) ? (states.get(stream) as S) : fold.initial
  }

  #rows<T extends keyof Projections>(
    table: T,
    ledgers: readonly Origin[],
  ): { readonly ledger: Origin; readonly stream: StreamId; readonly row: Projections[T] }[] {
    return ledgers.flatMap((ledger) =>
      [...(this.#ledger(ledger).tables.get(table)?.entries() ?? [])].flatMap(([stream, rows]) =>
        rows.map(({ row }) => ({ ledger, stream, row: row as Projections[T] })),
      ),
    )
  }
}

function file({ tables }: Seen, stream: StreamId, rows: readonly ProjectedRow[]): void {
  for (const streams of tables.values()) streams.delete(stream)
  for (const row of rows) {
    const streams = tables.get(row.table) ?? new Map<StreamId, readonly ProjectedRow[]>()
    tables.set(row.table, streams.set(stream, [...(streams.get(stream) ?? []), row]))
  }
}

function foldOf(stream: StreamId): Fold<unknown> {
  const fold = folds.get(streamKind(stream))
  if (fold === undefined) throw new Error(`no fold for ${stream}`)
  return fold
}

function existing<T>(state: T | undefined, id: string): T {
  if (state === undefined) throw new Error(`no ${id}`)
  return state
}

// What a replay keeps of one ledger: folded streams, fact tables, and the township's past, which villages rely on at a size.
import { ledgerFold, ledgerStream } from '../../workflows/ledger/v1/fold.ts'
import { policyStream } from '../../workflows/policy/v1/fold.ts'
import { rosterStream } from '../../workflows/roster/v1/fold.ts'
import type { Entry } from '../domain/entry.ts'
import { type Origin, type StreamId, streamKind } from '../domain/ids.ts'
import type { Fold, Folded, Past, Workings } from '../domain/store.ts'
import type { Instant } from '../domain/time.ts'
import { FactMemory } from './facts.ts'

interface Head {
  readonly revision: number
  readonly state: unknown
}

/** Another ledger as it was at a size. */
export interface Relied {
  readonly other: LedgerReplay
  readonly size: number
}

/** An entry no fold takes. */
export interface Unfolded {
  readonly entry: Entry
  readonly why: string
}

export class LedgerReplay {
  readonly heads = new Map<StreamId, Head>()
  readonly facts = new FactMemory()
  readonly commands = new Set<string>()
  /** Township streams as they were after each of their entries. */
  readonly #history = new Map<StreamId, { readonly size: number; readonly head: Head }[]>()
  /** `at` and size after each commit, ascending. */
  readonly boundaries: { readonly at: Instant; readonly size: number }[] = []
  size = 0

  revision(stream: StreamId): number {
    return this.heads.get(stream)?.revision ?? -1
  }

  state<S>(fold: Fold<S>, stream: StreamId): S {
    return folded(fold, this.heads.get(stream)).state
  }

  /** The past a command of this ledger is decided on. */
  past(ledger: Origin, relied: Relied | undefined): Past {
    return {
      ledger,
      stream: (fold, id) => folded(fold, this.heads.get(id)),
      relied: (fold, id) =>
        folded(fold, relied === undefined ? undefined : relied.other.#at(id, relied.size)),
    }
  }

  #at(stream: StreamId, size: number): Head | undefined {
    return this.#history.get(stream)?.findLast((version) => version.size <= size)?.head
  }

  /** Folds the entries of one command; returns those that cannot have happened. */
  fold(entries: readonly Entry[], workings: Workings): readonly Unfolded[] {
    const unfolded: Unfolded[] = []
    const last = new Map<StreamId, Entry>()
    for (const entry of entries) {
      this.size = entry.seq + 1
      const why = attempt(() => this.#apply(entry, workings))
      if (why === undefined) last.set(entry.stream, entry)
      else unfolded.push({ entry, why })
    }
    for (const [stream, entry] of last) {
      const why = attempt(() => {
        const state = this.heads.get(stream)?.state
        this.facts.replace(stream, workings.project(entry.ledger, stream, state))
      })
      if (why !== undefined) unfolded.push({ entry, why })
    }
    this.#commit(entries[0]?.at)
    return unfolded
  }

  #apply(entry: Entry, { folds }: Workings): void {
    const { stream, revision } = entry
    const fold = folds.get(streamKind(stream))
    if (fold === undefined) throw new Error(`no fold for ${stream}`)
    const state = fold.apply(this.state(fold, stream), entry)
    const head = { revision, state }
    this.heads.set(stream, head)
    if (this.#isRelied(stream)) remember(this.#history, stream, { size: this.size, head })
  }

  /** A township's roster and policy, and what the ledger itself is: those alone are read as they were at a size. */
  #isRelied(stream: StreamId): boolean {
    if (![rosterStream, policyStream, ledgerStream].includes(stream)) return false
    return this.state(ledgerFold, ledgerStream).kind === 'township'
  }

  /** Commands of one group share their clock reading: one commit. */
  #commit(at: Instant | undefined): void {
    if (at === undefined) return
    if (this.boundaries.at(-1)?.at === at) this.boundaries.pop()
    this.boundaries.push({ at, size: this.size })
  }
}

function remember<T>(history: Map<StreamId, T[]>, stream: StreamId, version: T): void {
  const known = history.get(stream)
  if (known === undefined) history.set(stream, [version])
  else known.push(version)
}

function attempt(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Heads hold what the fold of the stream's kind made, in whatever version: which it was is settled by the kind. */
const folded = <S>(fold: Fold<S>, head: Head | undefined): Folded<S> =>
  head === undefined
    ? { revision: -1, state: fold.initial }
    : { revision: head.revision, state: head.state as S }

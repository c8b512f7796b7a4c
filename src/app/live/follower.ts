// Following the ledgers: one look a process, whoever listens. Each look tells what was committed since the last one, ledger by
// ledger in the order of their newest commits, with the desks whose tasks came or went.
import type { Origin, StreamId } from '../../domain/ids.ts'
import type { Store } from '../../domain/store.ts'
import type { Instant } from '../../domain/time.ts'
import type { LedgerReads, LedgerWatch, Reading } from '../read/port.ts'

/** One entry, as far as it is told: what it says is read where it stands. */
export interface Step {
  readonly seq: number
  readonly stream: StreamId
  readonly revision: number
  readonly type: string
  readonly at: Instant
}

/** What happened in one ledger between two looks. */
export interface Movement {
  readonly ledger: Origin
  readonly size: number
  /** Of its newest entry. */
  readonly at: Instant
  /** The signed checkpoint of `size`. */
  readonly note: string
  readonly steps: readonly Step[]
  /** Desks whose tasks came or went; undefined where that is not known any more, and may be any. */
  readonly desks: ReadonlySet<string> | undefined
}

export interface Place {
  readonly ledger: Origin
  readonly size: number
  readonly at: Instant
}

/** Where somebody begins to listen, and what they have missed since they stopped. */
export interface Joined {
  /** Of each ledger they asked for. */
  readonly places: readonly Place[]
  /** Undefined when it is too much to tell, or where they stopped is unknown. */
  readonly missed: readonly Movement[] | undefined
}

export interface Joining {
  readonly ledgers: readonly Origin[]
  /** The last place they heard of. */
  readonly since?: { readonly ledger: Origin; readonly size: number } | undefined
  /** Told before anything that happens later. */
  readonly begun: (joined: Joined) => void
  readonly moved: (movements: readonly Movement[]) => void
}

export interface FollowerPorts {
  readonly store: Pick<Store, 'follow'>
  readonly watch: LedgerWatch
  readonly ledgers: Pick<LedgerReads, 'checkpoint'>
  readonly tasks: Reading['tasks']
  readonly waiting: Reading['waiting']
  /** Whatever says who may hear of it has caught up with what is told next. */
  readonly caughtUp: () => Promise<void>
}

interface Track {
  readonly ledger: Origin
  size: number
  /** Tasks of each stream that waits for somebody, as they were at the last look. */
  readonly waiting: Map<StreamId, ReadonlyMap<string, string>>
}

/** More entries than that are not told one by one to whoever comes back. */
const MISSED_MAX = 2000

export class Follower {
  readonly #ports: FollowerPorts
  readonly #tracks = new Map<Origin, Track>()
  readonly #listeners = new Set<(movements: readonly Movement[]) => void>()
  /** Looks and joins come one after another: nobody joins in the middle of a look. */
  #chain: Promise<unknown> = Promise.resolve()
  #version: number | undefined
  #sizes: ReadonlyMap<Origin, number> = new Map()
  #asked = false

  constructor(ports: FollowerPorts) {
    this.#ports = ports
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** Looks whether anything was committed, and tells. What is asked for while one waits is one look. */
  look(): Promise<void> {
    if (this.#asked || this.#listeners.size === 0) return Promise.resolve()
    if (this.#ports.watch.version() === this.#version) return Promise.resolve()
    this.#asked = true
    return this.#alone(async () => {
      this.#asked = false
      await this.#look()
    })
  }

  /** Begins to tell somebody; what is returned ends it. */
  async join({ ledgers, since, begun, moved }: Joining): Promise<() => void> {
    return this.#alone(async () => {
      await this.#look()
      for (const ledger of ledgers) await this.#track(ledger)
      const places = ledgers.flatMap((ledger) => this.#placeOf(ledger))
      begun({ places, missed: since === undefined ? [] : await this.#missed(places, since) })
      this.#listeners.add(moved)
      return () => this.#leave(moved)
    })
  }

  #leave(moved: (movements: readonly Movement[]) => void): void {
    this.#listeners.delete(moved)
    if (this.#listeners.size > 0) return
    // nobody listens: the next one begins anew
    this.#tracks.clear()
    this.#version = undefined
  }

  async #look(): Promise<void> {
    const { watch } = this.#ports
    const version = watch.version()
    if (version === this.#version) return
    const sizes = watch.sizes()
    const movements: Movement[] = []
    for (const track of this.#tracks.values()) {
      const size = sizes.get(track.ledger) ?? track.size
      if (size > track.size) movements.push(await this.#moved(track, size))
    }
    this.#sizes = sizes
    this.#version = version
    if (movements.length === 0) return
    await this.#ports.caughtUp()
    const inOrder = movements.toSorted(byTime)
    for (const moved of this.#listeners) moved(inOrder)
  }

  async #track(ledger: Origin): Promise<void> {
    const size = this.#sizes.get(ledger)
    if (this.#tracks.has(ledger) || size === undefined) return
    const waiting = new Map<StreamId, Map<string, string>>()
    for (const task of await this.#ports.waiting(ledger)) {
      const known = waiting.get(task.stream) ?? new Map<string, string>()
      waiting.set(task.stream, known.set(nameOf(task), task.desk))
    }
    this.#tracks.set(ledger, { ledger, size, waiting })
  }

  #placeOf(ledger: Origin): readonly Place[] {
    const track = this.#tracks.get(ledger)
    const head =
      track === undefined ? undefined : this.#ports.ledgers.checkpoint(ledger, track.size)
    return head === undefined ? [] : [{ ledger, size: head.size, at: head.at }]
  }

  async #moved(track: Track, size: number): Promise<Movement> {
    const { ledger } = track
    const steps = await this.#steps(ledger, track.size, size)
    const desks = new Set<string>()
    for (const stream of new Set(steps.map((step) => step.stream))) {
      const before = track.waiting.get(stream) ?? new Map<string, string>()
      const tasks = await this.#ports.tasks(ledger, stream)
      const after = new Map(tasks.map((task) => [nameOf(task), task.desk]))
      for (const [name, desk] of [...before, ...after])
        if (before.has(name) !== after.has(name)) desks.add(desk)
      if (after.size > 0) track.waiting.set(stream, after)
      else track.waiting.delete(stream)
    }
    track.size = size
    return { ...this.#headOf(ledger, size), steps, desks }
  }

  async #steps(ledger: Origin, from: number, to: number): Promise<readonly Step[]> {
    const steps: Step[] = []
    if (from >= to) return steps
    for await (const { entry } of this.#ports.store.follow(ledger, from)) {
      const { seq, stream, revision, type, at } = entry
      if (seq >= to) break
      steps.push({ seq, stream, revision, type, at })
    }
    return steps
  }

  #headOf(ledger: Origin, size: number): Pick<Movement, 'ledger' | 'size' | 'at' | 'note'> {
    const head = this.#ports.ledgers.checkpoint(ledger, size)
    if (head === undefined) throw new Error(`${ledger}: no checkpoint of ${size}`)
    return { ledger, size, at: head.at, note: head.note }
  }

  /**
   * Entries' times rise over all ledgers of a database, so that one place tells how far all of them were heard. A store with
   * several writers must go back a little further and tell some of it twice.
   */
  async #missed(
    places: readonly Place[],
    since: { readonly ledger: Origin; readonly size: number },
  ): Promise<readonly Movement[] | undefined> {
    const known = places.some(({ ledger }) => ledger === since.ledger)
    const head = known ? this.#ports.ledgers.checkpoint(since.ledger, since.size) : undefined
    if (head === undefined) return undefined
    const gaps = places.map(({ ledger, size }) => ({
      ledger,
      size,
      from: Math.min(size, this.#ports.watch.sizeAt(ledger, head.at)),
    }))
    const total = gaps.reduce((sum, { from, size }) => sum + size - from, 0)
    if (total > MISSED_MAX) return undefined
    const movements: Movement[] = []
    for (const { ledger, from, size } of gaps.filter((gap) => gap.from < gap.size)) {
      const steps = await this.#steps(ledger, from, size)
      movements.push({ ...this.#headOf(ledger, size), steps, desks: undefined })
    }
    return movements.toSorted(byTime)
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#chain.then(work)
    this.#chain = done.catch(() => {})
    return done
  }
}

/** A task is another one when anything of it is. */
const nameOf = (task: { act: string; desk: string; since: string; dueAt: string }): string =>
  `${task.act} ${task.desk} ${task.since} ${task.dueAt}`

const byTime = (a: Movement, b: Movement): number => (a.at < b.at ? -1 : 1)

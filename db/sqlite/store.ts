// The embedded store: one queue a ledger, one transaction and one fsync for all that waits when it
// starts.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Command } from '../../src/domain/command.ts'
import type { Entry, JsonObject } from '../../src/domain/entry.ts'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { Decide, Needs, Outcome, Store, StoredEntry } from '../../src/domain/store.ts'
import { canonicalBytes } from '../../src/ledger/canonical.ts'
import type { HeadsGuard } from '../heads.ts'
import { entryOf } from '../rows.ts'
import { isBusy, isFatal, StoreBusy, StoreClosed, StoreFailed } from './faults.ts'
import { Group, type Head, type Settled, type Waiting } from './group.ts'
import type { Writer } from './writer.ts'

/** Commands that share one transaction at most. */
export const GROUP_MAX = 256
/** Commands that may wait; more are refused at once rather than answered too late. */
export const WAITING_MAX = 20_000
const PAGE = 256

interface Queued extends Waiting {
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

export interface Doors {
  /** Milliseconds since 1970; may stand still or go back: entries' times do not. */
  readonly clock: () => number
  readonly heads: HeadsGuard | undefined
  /** Told once, when the store has stopped: the process should too. */
  readonly onFatal: (error: unknown) => void
  /** Why nothing may be written, if so: every commit is answered with it. */
  readonly readOnly: Error | undefined
  /** Lets go of the file. */
  readonly release: () => void
}

export class SqliteStore implements Store {
  readonly #writer: Writer
  readonly #doors: Doors
  readonly #queues = new Map<Origin, Queued[]>()
  #waiting = 0
  #scheduled = false
  #failed: StoreFailed | undefined
  #closed = false
  #idle: (() => void) | undefined
  /** Newest `at` in the file, ms, and the version of the file in which it was read. */
  #newestAt = 0
  #version = -1

  constructor(writer: Writer, doors: Doors) {
    this.#writer = writer
    this.#doors = doors
  }

  commit(command: Command, needs: Needs, decide: Decide): Promise<Outcome> {
    const stopped = this.#stopped() ?? this.#doors.readOnly
    if (stopped !== undefined) return Promise.reject(stopped)
    if (this.#waiting >= WAITING_MAX) {
      return Promise.reject(new StoreBusy(`${this.#waiting} commands wait`))
    }
    return new Promise((resolve, reject) => {
      const digest = this.#digest(command)
      const queue = this.#queues.get(command.ledger)
      const queued = { command, digest, needs, decide, resolve, reject }
      if (queue === undefined) this.#queues.set(command.ledger, [queued])
      else queue.push(queued)
      this.#waiting++
      this.#schedule()
    })
  }

  async read(ledger: Origin, stream: StreamId, after = -1): Promise<readonly Entry[]> {
    const found: Entry[] = []
    for (let last = after; ;) {
      this.#requireOpen()
      const rows = this.#writer.sql.streamEntries.all(ledger, stream, last, PAGE)
      for (const { bytes } of rows) found.push(entryOf(bytes))
      last = rows.at(-1)?.revision ?? last
      if (rows.length < PAGE) return found
      await nextTurn()
    }
  }

  async *follow(ledger: Origin, from: number): AsyncIterable<StoredEntry> {
    for (let next = from; ; next += PAGE) {
      this.#requireOpen()
      const rows = this.#writer.sql.entries.all(ledger, next, next + PAGE)
      for (const { bytes } of rows) yield { entry: entryOf(bytes), bytes }
      if (rows.length < PAGE) return
      await nextTurn()
    }
  }

  /** Answers what still waits, keeps the last heads, lets go of the file. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#waiting > 0 && this.#failed === undefined) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve
      })
    }
    await this.#doors.heads?.close()
    this.#doors.release()
  }

  /**
   * Runs `work` in a transaction of its own, between groups. For rebuilding projections. A fault of
   * the file stops the store, in `work` as in COMMIT: whether it was recorded is unknown.
   * @throws StoreFailed; StoreBusy; whatever else `work` throws, rolled back
   */
  alone<T>(work: () => T): T {
    this.#requireOpen()
    if (this.#doors.readOnly !== undefined) throw this.#doors.readOnly
    const { sql } = this.#writer
    try {
      sql.begin.run()
    } catch (cause) {
      if (isBusy(cause)) throw new StoreBusy('another process holds the file', { cause })
      this.#fail(cause, [])
      throw this.#failed ?? cause
    }
    try {
      const done = work()
      sql.commit.run()
      return done
    } catch (error) {
      if (isFatal(error)) {
        this.#fail(error, [])
        throw this.#failed ?? error
      }
      this.#rollBack()
      throw error
    } finally {
      this.#writer.memory.slots.clear()
    }
  }

  #digest(command: Command): Uint8Array {
    return this.#writer.crypto.sha256(canonicalBytes(command as unknown as JsonObject))
  }

  #stopped(): Error | undefined {
    return this.#failed ?? (this.#closed ? new StoreClosed() : undefined)
  }

  #requireOpen(): void {
    const stopped = this.#stopped()
    if (stopped !== undefined) throw stopped
  }

  // setImmediate: what arrives in one turn of the event loop shares a group, and at low load nobody
  // waits for a timer.
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#flush()
    })
  }

  /**
   * One group of the ledger that has waited longest; the others have their turn after the event
   * loop had its own.
   */
  #flush(): void {
    const [next] = this.#queues
    if (next === undefined || this.#failed !== undefined) return
    const [origin, queue] = next
    this.#queues.delete(origin)
    const group = queue.splice(0, GROUP_MAX)
    if (queue.length > 0) this.#queues.set(origin, queue)
    this.#waiting -= group.length
    if (this.#queues.size > 0) this.#schedule()
    this.#run(origin, group)
    if (this.#waiting === 0) this.#idle?.()
  }

  #run(origin: Origin, waiting: readonly Queued[]): void {
    try {
      this.#writer.sql.begin.run()
    } catch (cause) {
      if (!isBusy(cause)) return this.#fail(cause, waiting)
      const busy = new StoreBusy('another process holds the file', { cause })
      for (const { reject } of waiting) reject(busy)
      return
    }
    try {
      this.#answer(waiting, this.#transact(origin, waiting))
    } catch (error) {
      this.#fail(error, waiting)
    }
  }

  /**
   * From BEGIN to COMMIT; nothing leaves the process before it returned. A crash inside leaves the
   * file as it was.
   */
  #transact(origin: Origin, waiting: readonly Queued[]): Settled[] {
    const { memory, sql } = this.#writer
    const ledger = memory.advance(origin)
    const at = this.#stamp()
    const group = new Group(this.#writer, ledger, at)
    const answers = waiting.map((one) => group.take(one))
    if (!group.wrote) {
      sql.rollback.run()
      return answers.map((answer) => answer())
    }
    const head = group.finish()
    // A crash before this line loses the group, and nobody was told of it; after it, the group
    // stands and a repeated command finds its receipt. A throw leaves open which: the store stops.
    sql.commit.run()
    group.keep()
    this.#newestAt = at
    this.#keepHead(head)
    return answers.map((answer) => answer())
  }

  #answer(waiting: readonly Queued[], answers: readonly Settled[]): void {
    for (const [place, { resolve, reject }] of waiting.entries()) {
      const answer = answers[place]
      if (answer === undefined) reject(new Error('a command was left without an answer'))
      else if ('threw' in answer) reject(answer.threw)
      else resolve(answer)
    }
  }

  /**
   * One reading a transaction, later than every entry of the file: order never depends on the
   * clock.
   */
  #stamp(): number {
    const { sql } = this.#writer
    const version = sql.version.get() ?? 0
    if (version !== this.#version) {
      const newest = sql.newestAt.get()
      if (typeof newest === 'string' && newest !== '') this.#newestAt = Date.parse(newest)
      this.#version = version
    }
    return Math.max(this.#doors.clock(), this.#newestAt + 1)
  }

  #keepHead(head: Head): void {
    this.#doors.heads?.keep(head)
  }

  #fail(cause: unknown, waiting: readonly Queued[]): void {
    const failed = new StoreFailed(cause)
    this.#failed = failed
    this.#rollBack()
    const all = [...waiting, ...[...this.#queues.values()].flat()]
    this.#queues.clear()
    this.#waiting = 0
    for (const { reject } of all) reject(failed)
    this.#idle?.()
    this.#doors.onFatal(cause)
  }

  /** Never retried: after a failed fsync the kernel may call lost pages clean. */
  #rollBack(): void {
    try {
      this.#writer.sql.rollback.run()
    } catch {
      // SQLite rolled back by itself, or the file is gone: either way nothing more can be done
      // here.
    }
  }
}

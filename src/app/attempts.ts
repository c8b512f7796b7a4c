// Taking refused attempts down: counted in memory, written a moment later and many at once, so that neither an accepted step nor
// a burst of refusals waits for the disk. A crash loses what was refused in that last moment, and nothing else.
import {
  type Attempt,
  type AttemptFilter,
  type AttemptLog,
  type AttemptPage,
  type CountedAttempt,
  MORE,
  sameness,
} from '../domain/attempt-log.ts'
import { dateAt } from '../domain/time.ts'

export interface AttemptPorts {
  readonly log: AttemptLog
  /** Runs `work` a moment later. */
  readonly soon: (work: () => void) => void
  /** The operator is told: a log that cannot be written stops nobody's work. */
  readonly failed: (error: unknown) => void
}

/** So many different ones may wait to be written; beyond them they are only counted. */
const WAITING_MAX = 2000

export class Attempts {
  readonly #ports: AttemptPorts
  #waiting = new Map<string, CountedAttempt>()
  #writing: Promise<void> = Promise.resolve()
  #scheduled = false

  constructor(ports: AttemptPorts) {
    this.#ports = ports
  }

  /** Takes one down; returns at once. */
  note({ at, reference, ...rest }: Attempt): void {
    const first: CountedAttempt = {
      ...rest,
      day: dateAt(at),
      count: 1,
      firstAt: at,
      lastAt: at,
      firstReference: reference,
      lastReference: reference,
    }
    this.#count(this.#waiting.size < WAITING_MAX ? first : unspecific(first))
    this.#schedule()
  }

  /** Everything that was noted before is in it. */
  async page(filter: AttemptFilter): Promise<AttemptPage> {
    await this.flush()
    return this.#ports.log.page(filter)
  }

  /** Writes what waits. What could not be written goes on waiting. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#ports.soon(() => {
      this.#scheduled = false
      void this.flush()
    })
  }

  #count(attempt: CountedAttempt): void {
    const name = sameness(attempt)
    const known = this.#waiting.get(name)
    this.#waiting.set(name, known === undefined ? attempt : together(known, attempt))
  }

  async #write(): Promise<void> {
    if (this.#waiting.size === 0) return
    const written = this.#waiting
    this.#waiting = new Map()
    try {
      await this.#ports.log.add([...written.values()])
    } catch (error) {
      this.#ports.failed(error)
      const since = this.#waiting
      this.#waiting = written
      for (const attempt of since.values()) this.#count(attempt)
    }
  }
}

const together = (known: CountedAttempt, next: CountedAttempt): CountedAttempt => ({
  ...known,
  count: known.count + next.count,
  lastAt: next.lastAt > known.lastAt ? next.lastAt : known.lastAt,
  lastReference: next.lastReference,
})

/** Of everybody together: no more rows than days. */
const unspecific = (attempt: CountedAttempt): CountedAttempt => ({
  ...attempt,
  account: '',
  person: '',
  office: '',
  mandate: '',
  act: MORE,
  ledger: '',
  stream: '',
  code: MORE,
  township: '',
  home: '',
})

// The clock of a demonstration that is served: it goes on from where the sample year ended, whatever the day is outside, so
// that nothing is overdue by years and no calendar is missing. And it can be moved ahead, for nobody who tries things out waits
// ten days for a members' meeting. Never back: entries' times only rise.
import { type Instant, instantOf, msOf } from '../../domain/time.ts'

const DAY_MS = 86_400_000

export class DemoClock {
  readonly #now: () => number
  #ahead = 0

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now
  }

  readonly read = (): number => this.#now() + this.#ahead

  /** From the newest of entries on. */
  goOnFrom(newest: readonly Instant[]): void {
    if (newest.length === 0) return
    this.#ahead = Math.max(...newest.map(msOf)) + 1 - this.#now()
  }

  /** What it will be in so many days. */
  inDays(days: number): Instant {
    return instantOf(this.read() + days * DAY_MS)
  }

  /** At once that many days later. */
  pass(days: number): void {
    this.#ahead += days * DAY_MS
  }
}

// How often somebody may ask: a bucket each, of a minute's worth, that fills again at an even pace. As many buckets as there are
// places and no more: who floods us from ever new addresses fills no memory.
import type { Request, RequestHandler, Response } from 'express'
import { instantOf } from '../domain/time.ts'
import { placeOf } from './identity/address.ts'
import { type Problem, problem } from './problem.ts'

interface Bucket {
  readonly left: number
  /** Milliseconds, when it was counted. */
  readonly at: number
}

const MINUTE_MS = 60_000
/** About 2 MB. */
const PLACES = 10_000

export class Buckets {
  readonly #most: number
  readonly #places: number
  /** Whoever took longest ago stands first. */
  readonly #buckets = new Map<string, Bucket>()

  /** `most` a minute, and at once. */
  constructor(most: number, places: number = PLACES) {
    this.#most = most
    this.#places = places
  }

  /** Milliseconds to wait; 0 when it was taken. `now` never goes back. */
  take(key: string, now: number): number {
    const perMs = this.#most / MINUTE_MS
    const { left, at } = this.#buckets.get(key) ?? { left: this.#most, at: now }
    const there = Math.min(this.#most, left + (now - at) * perMs)
    // put at the end: those at the front are the ones to forget
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: there < 1 ? there : there - 1, at: now })
    this.#forget(now)
    return there < 1 ? Math.ceil((1 - there) / perMs) : 0
  }

  get size(): number {
    return this.#buckets.size
  }

  /** A bucket untouched for a minute is full, and a full one says nothing. */
  #forget(now: number): void {
    for (const [key, { at }] of this.#buckets) {
      if (now - at < MINUTE_MS && this.#buckets.size <= this.#places) return
      this.#buckets.delete(key)
    }
  }
}

/** How long to wait for one of several to end: a guess. */
export const BUSY_MS = 5000

/** How many are under way at once, by key. */
export class Places {
  readonly #taken = new Map<string, number>()

  /** What gives the place back; undefined when all `most` are taken. */
  enter(key: string, most: number): (() => void) | undefined {
    const taken = this.#taken.get(key) ?? 0
    if (taken >= most) return undefined
    this.#taken.set(key, taken + 1)
    return () => {
      const now = this.#taken.get(key) ?? 0
      if (now > 1) this.#taken.set(key, now - 1)
      else this.#taken.delete(key)
    }
  }
}

/** Why not yet, with how long to wait; `clock` tells the time of day. */
export function tooMany(waitMs: number, clock: () => number): Problem {
  const seconds = String(Math.ceil(waitMs / 1000))
  return problem('tooManyRequests', { seconds, until: instantOf(clock() + waitMs) })
}

interface Limiting {
  readonly calls: number
  readonly clock: () => number
  /** Monotonic. */
  readonly elapsed: () => number
  readonly answerNo: (exchange: Exchange, why: Problem) => void
}

interface Exchange {
  readonly request: Request
  readonly response: Response
}

/** Per address, of public routes; a mirror that follows a ledger stays far below. */
export function limited({ calls, clock, elapsed, answerNo }: Limiting): RequestHandler {
  const buckets = new Buckets(calls)
  return (request, response, next) => {
    const wait = buckets.take(placeOf(request.ip ?? ''), elapsed())
    if (wait === 0) next()
    else answerNo({ request, response }, tooMany(wait, clock))
  }
}

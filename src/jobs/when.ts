// When a job is due: once a day at a time in Shanghai, or every so often.
import type { JobMark } from '../domain/job.ts'
import { addDays, atShanghai, dateAt, instantOf, localDateSchema, msOf } from '../domain/time.ts'

/** `daily` is `HH:mm` in Asia/Shanghai; `every` are milliseconds. */
export type When = { readonly daily: string } | { readonly every: number }

export interface Due {
  /** What it is done for, once: later ones sort after earlier ones. */
  readonly occasion: string
  /** Milliseconds until it may be done; 0 for now. */
  readonly wait: number
}

/** A day whose time came while nobody ran is made up for; several such days are one. */
export function dueAfter(when: When, last: JobMark | undefined, now: number): Due {
  return 'daily' in when ? dueDaily(when.daily, last, now) : dueEvery(when.every, last, now)
}

function dueDaily(time: string, last: JobMark | undefined, now: number): Due {
  const today = dateAt(instantOf(now))
  const begun = msOf(atShanghai(today, time)) <= now
  const current = begun ? today : addDays(today, -1)
  if (last === undefined || !isDone(last, current, now)) return { occasion: current, wait: 0 }
  const done = localDateSchema.parse(last.occasion)
  const next = addDays(done > current ? done : current, 1)
  return { occasion: next, wait: Math.max(1, msOf(atShanghai(next, time)) - now) }
}

const DAY_MS = 86_400_000

/**
 * A clock that is put back a little does not make a day come twice; what was done by one that was far ahead counts for
 * nothing, or nothing would be done until then.
 */
export const isDone = (mark: JobMark, occasion: string, now: number): boolean =>
  mark.occasion >= occasion && mark.at <= now + DAY_MS

function dueEvery(every: number, last: JobMark | undefined, now: number): Due {
  const at = last === undefined ? now : Math.min(last.at + every, now + every)
  return { occasion: instantOf(Math.max(at, now)), wait: Math.max(0, at - now) }
}

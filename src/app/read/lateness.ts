// What is late in a ledger on a day, so that a query can tell: entries carry most limits, the policy gives the others
// working days.
import { type Calendar, CalendarMissing, lastDay } from '../../domain/calendar.ts'
import { stepLimits } from '../../domain/deadline.ts'
import type { Origin } from '../../domain/ids.ts'
import { addDays, dateAt, endOf, type Instant, instantOf, msOf } from '../../domain/time.ts'
import type { Lateness } from '../../domain/figures.ts'
import type { Reading } from './port.ts'
import { policies } from './tasks.ts'

interface Judged {
  readonly ledger: Origin
  readonly now: Instant
  readonly calendar: Calendar
}

/** By the policy in force now: a change of it is felt by what waits already. */
export function latenessOf(reading: Reading, { ledger, now, calendar }: Judged): Lateness {
  const values = policies(reading, ledger)(now)
  const limits = [...new Set(Object.values(stepLimits))]
  const steps = limits.flatMap((limit) => {
    const since = newestLate(calendar, now, values[limit])
    const acts = Object.keys(stepLimits).filter((act) => stepLimits[act] === limit)
    return since === undefined ? [] : [{ acts, since }]
  })
  return { now, steps }
}

/** A limit is counted in days: so many weeks back every one has ended, whatever holidays there were. */
const FAR_DAYS = 120

/** The last instant at which something could begin to wait and be past so many working days now. */
function newestLate(calendar: Calendar, now: Instant, workingDays: number): Instant | undefined {
  const today = dateAt(now)
  try {
    for (let back = 1; back <= FAR_DAYS; back++) {
      const day = addDays(today, -back)
      if (lastDay(calendar, day, { workingDays }) < today) return instantOf(msOf(endOf(day)) - 1)
    }
    return undefined
  } catch (error) {
    // where the calendar does not reach, nothing is said to be late
    if (error instanceof CalendarMissing) return undefined
    throw error
  }
}

// What waits (待办): at which desk, since when, until when, and where on the ladder of law 9 it stands that day.
import { tightened } from '../../../workflows/policy/v1/in-force.ts'
import { policyInForce, ruleInForce } from '../../../workflows/policy/v1/fold.ts'
import { type Calendar, CalendarMissing } from '../../domain/calendar.ts'
import { dueOnOf, ladder, ladderDesk, type LadderStep } from '../../domain/deadline.ts'
import type { Origin } from '../../domain/ids.ts'
import { type PolicyValues, presetValues } from '../../domain/policy.ts'
import { endOf, type Instant, type LocalDate, localDateSchema } from '../../domain/time.ts'
import { manning } from './desks.ts'
import { rostersOf } from './names.ts'
import { ledgerViews } from './ledgers.ts'
import { policyOf } from './policy.ts'
import type { Reading, WaitingTask } from './port.ts'

export interface TaskView {
  readonly ledger: Origin
  readonly stream: string
  readonly act: string
  /** The office to fill, the finding to answer: what the act is about, where the stream does not say. */
  readonly about: string
  readonly desk: string
  /** Who must fill the desk; `''` while somebody is there. */
  readonly vacantFor: string
  readonly since: Instant | ''
  /** Last day; `''` without a limit, or where the calendar does not reach. */
  readonly dueOn: LocalDate | ''
  readonly step: LadderStep
  readonly lateWd: number
  /** The desk the step goes to; `''` while none is taken. */
  readonly goesTo: string
  readonly request: WaitingTask['request']
  readonly urgency: string
}

interface Wanted {
  readonly ledger: Origin
  /** The day it is judged by; what waits is what waits now. */
  readonly on: LocalDate
  readonly calendar: Calendar
  readonly desk?: string | undefined
  /** Only what is past its limit. */
  readonly late?: boolean | undefined
}

/** The latest first, then by limit; tasks without a limit last, the longest waiting before the others. */
export async function taskViews(reading: Reading, wanted: Wanted): Promise<readonly TaskView[]> {
  const { ledger, on, desk, late = false } = wanted
  const { vacantFor } = manning(rostersOf(reading, ledger), on)
  const policyAt = policies(reading, ledger)
  const rows = await reading.waiting(ledger, desk)
  return rows
    .map((row) => judged(row, { ...wanted, vacantFor, policyAt }))
    .filter(({ since, step }) => since <= endOf(on) || step !== 'none')
    .filter(({ lateWd }) => !late || lateWd > 0)
    .toSorted(byUrgency)
}

interface Judging extends Wanted {
  readonly vacantFor: (desk: string) => string | undefined
  readonly policyAt: (at: Instant) => PolicyValues
}

function judged(row: WaitingTask, { on, calendar, vacantFor, policyAt }: Judging): TaskView {
  const { ledger, stream, act, key, desk, since, request } = row
  // a limit is the one in force when it began to run
  const values = policyAt(since === '' ? endOf(on) : since)
  const { dueOn, step, lateWd } = standing(row, { on, calendar, values })
  return {
    ledger,
    stream,
    act,
    about: aboutOf(key, { act, desk }),
    desk,
    vacantFor: vacantFor(desk) ?? '',
    since,
    dueOn,
    step,
    lateWd,
    // nobody is reminded at an empty desk
    goesTo: (step === 'remind' ? vacantFor(desk) : undefined) ?? ladderDesk(step, desk) ?? '',
    request,
    urgency: urgencyOf({ lateWd, dueOn }, row),
  }
}

function standing(
  row: WaitingTask,
  { on, calendar, values }: { on: LocalDate; calendar: Calendar; values: PolicyValues },
): Pick<TaskView, 'dueOn' | 'step' | 'lateWd'> {
  const inTime = { step: 'none', lateWd: 0 } as const
  const dueOn = reaching(() => dueOnOf(row, calendar, values)) ?? ''
  if (dueOn === '') return { dueOn, ...inTime }
  // later than the calendar reaches it is at least as late as on the last day it knows
  const last = localDateSchema.parse(`${calendar.years.at(-1)?.year ?? 1970}-12-31`)
  const today = on > last && dueOn < last ? last : on
  return {
    dueOn,
    ...(reaching(() => ladder({ dueOn, today, calendar, policy: values })) ?? inTime),
  }
}

/** Undefined where the calendar does not reach. */
function reaching<T>(count: () => T): T | undefined {
  try {
    return count()
  } catch (error) {
    if (error instanceof CalendarMissing) return undefined
    throw error
  }
}

/** `finding.answer f-1 g_x/reportingClerk` → `f-1`: keys name the act, what it is about, and the desk. */
export const aboutOf = (key: string, { act, desk }: { act: string; desk: string }): string =>
  key
    .split(' ')
    .filter((part) => part !== act && part !== desk)
    .join(' ')

/** Text to sort by: the latest first, then by limit, then the longest waiting. */
const urgencyOf = ({ lateWd, dueOn }: Pick<TaskView, 'lateWd' | 'dueOn'>, row: WaitingTask) =>
  `${String(99_999 - lateWd).padStart(5, '0')} ${dueOn === '' ? '9' : dueOn} ${row.since} ${row.stream} ${row.key}`
const byUrgency = (a: TaskView, b: TaskView): number => (a.urgency < b.urgency ? -1 : 1)

/** The policy of a ledger at an instant, a village's own rule included; before the first, the shipped values. */
export function policies(reading: Reading, ledger: Origin): (at: Instant) => PolicyValues {
  const township = ledgerViews(reading).find(({ origin }) => origin === ledger)?.township
  const common = policyOf(reading, township ?? ledger)
  const own = township === undefined ? undefined : policyOf(reading, ledger)
  return (at) => {
    const policy = policyInForce(common, at)
    if (policy === undefined) return presetValues
    return tightened(policy, own === undefined ? undefined : ruleInForce(own, at)).values
  }
}

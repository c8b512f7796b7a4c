// Deadlines (期限) and their ladder: 催办 → 督办 → 查办. A function of the limit, the day and the calendar, never a
// timer: asked again after a return, a restart or a changed clock it says the same (law 9.1, 9.2).
import { type Calendar, lastDay, workingDaysIn } from './calendar.ts'
import type { Sentence } from './language.ts'
import { type Desk, deskOf } from './office.ts'
import type { PolicyValues } from './policy.ts'
import { dateAt, type Instant, instantOf, type LocalDate, msOf } from './time.ts'

/** Steps of the ladder, the mildest first. */
export const ladderSteps = {
  none: { zh: '未到期', en: 'in time' },
  remind: { zh: '催办', en: 'remind' },
  supervise: { zh: '督办', en: 'supervise' },
  investigate: { zh: '查办', en: 'investigate' },
} as const satisfies Record<string, Sentence>
export type LadderStep = keyof typeof ladderSteps

/** From when each step is taken, in working days before or after the limit. */
export type LadderPolicy = Pick<
  PolicyValues,
  'ladder.remindWd' | 'ladder.superviseWd' | 'ladder.investigateWd'
>

export interface Standing {
  readonly step: LadderStep
  /** Working days since the limit ended; 0 while it runs. */
  readonly lateWd: number
}

interface Asked {
  readonly dueOn: LocalDate
  readonly today: LocalDate
  readonly calendar: Calendar
  readonly policy: LadderPolicy
}

/**
 * Where a task stands on the ladder today. `dueOn` is the last day of its limit, counted whole (民法典 Art 203): it is
 * late from the day after, by working days.
 * @throws CalendarMissing where the calendar reaches neither
 */
export function ladder({ dueOn, today, calendar, policy }: Asked): Standing {
  if (today <= dueOn) {
    const left = workingDaysIn(calendar, { from: today, to: dueOn })
    return { step: left <= policy['ladder.remindWd'] ? 'remind' : 'none', lateWd: 0 }
  }
  const lateWd = workingDaysIn(calendar, { from: dueOn, to: today })
  if (lateWd >= policy['ladder.investigateWd']) return { step: 'investigate', lateWd }
  return { step: lateWd >= policy['ladder.superviseWd'] ? 'supervise' : 'remind', lateWd }
}

/** Acts whose limit no entry carries: so many working days after they began to wait. */
export const stepLimits: Readonly<Record<string, 'step.slaWd' | 'town.slaWd'>> = {
  'request.handle': 'step.slaWd',
  'request.witness': 'step.slaWd',
  'request.issue': 'step.slaWd',
  'request.resubmit': 'step.slaWd',
  'papers.complete': 'step.slaWd',
  'payment.order': 'step.slaWd',
  'payment.record': 'step.slaWd',
  'booking.record': 'step.slaWd',
  'shareholderDecision.sign': 'step.slaWd',
  'minutes.sign': 'step.slaWd',
  'meeting.close': 'step.slaWd',
  'prestudy.record': 'step.slaWd',
  'voting.close': 'step.slaWd',
  'tally.record': 'step.slaWd',
  'tally.sign': 'step.slaWd',
  'tally.countersign': 'step.slaWd',
  'question.answer': 'step.slaWd',
  'meeting.plan': 'step.slaWd',
  'suspension.order': 'town.slaWd',
}

interface Limited {
  readonly act: string
  readonly since: Instant | ''
  readonly dueAt: Instant | ''
}

/**
 * The last day of a task's limit: that of its own entry, or for a step of the village the working days the policy gives
 * each; `''` where the law sets none.
 * @throws CalendarMissing
 */
export function dueOnOf(
  { act, since, dueAt }: Limited,
  calendar: Calendar,
  policy: Pick<PolicyValues, 'step.slaWd' | 'town.slaWd'>,
): LocalDate | '' {
  if (dueAt !== '') return lastDate(dueAt)
  const limit = stepLimits[act]
  if (limit === undefined || since === '') return ''
  return lastDay(calendar, dateAt(since), { workingDays: policy[limit] })
}

/** A limit ends with its day, at 24:00: the last day is the one before that instant. */
const lastDate = (end: Instant): LocalDate => dateAt(instantOf(msOf(end) - 1))

const TOWNSHIP = 'township'
const centreHead = deskOf(TOWNSHIP, 'centreHead')
const leader = deskOf(TOWNSHIP, 'townshipLeader')
const secretary = deskOf(TOWNSHIP, 'disciplineSecretary')

/**
 * The desk each step goes to, always another one. A village's task is supervised by the three-assets head, the
 * township's own by its leadership; the discipline committee investigates, and of itself its leadership does.
 */
export function ladderDesk(step: LadderStep, desk: Desk): Desk | undefined {
  switch (step) {
    case 'none':
      return undefined
    case 'remind':
      return desk
    case 'supervise':
      if (!desk.startsWith(`${TOWNSHIP}/`)) return centreHead
      return desk === leader ? secretary : leader
    case 'investigate':
      return desk === secretary ? leader : secretary
  }
}

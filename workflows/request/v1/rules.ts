// Everything a form is judged by before anything is claimed for it, in the order in which the first "no" is told. Deciding
// takes the first; whoever looks ahead is told them all.
import { type Calendar, covers } from '../../../src/domain/calendar.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import type { Past } from '../../../src/domain/store.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import { emergencyBarred } from './emergency.ts'
import { placeOf, type Request, requestIn } from './fold.ts'
import { clerkPays, whoIssues } from './issuers.ts'
import { type FormRule, formRules, type Judging } from './judgement.ts'
import type { Refused } from './scene.ts'

export interface Ruling extends Judging {
  /** Who submits. */
  readonly clerk: PersonId
  readonly past: Past
}

export const submissionRules: readonly FormRule<Ruling>[] = [
  {
    of: ['handler', 'witness', 'company'],
    broken: (form, { roster }) => whoIssues(form, roster),
  },
  { of: ['handler', 'company'], broken: clerkPays },
  { of: [], broken: (_form, { calendar, today }) => beyondCalendar(calendar, today) },
  {
    of: ['emergency', 'kind', 'matter'],
    broken: (form, { policy }) => emergencyBarred(form, policy),
  },
  ...formRules,
  { of: ['supplements', 'company'], broken: supplements },
]

const beyondCalendar = (calendar: Calendar, today: LocalDate): Refused | undefined =>
  covers(calendar, today) ? undefined : refuse('calendarMissing', { year: today.slice(0, 4) })

/** Only what is closed is supplemented, and by the same company: what is open is corrected itself (law 7.18). */
function supplements(
  { supplements: id, company }: Submission,
  { past }: Ruling,
): Refused | undefined {
  if (id === undefined) return undefined
  const other = requestIn(past, id)
  if (other === undefined || other.submission.company !== company)
    return refuse('notFound', { what: id })
  return placeOf(other) === 'closed' ? undefined : refuse('supplementsOpen', { request: id })
}

/** What was asked for before, as this kind, is judged as of then: a return makes no claim late. */
export function sinceWhen(
  form: Submission,
  today: LocalDate,
  before?: Request,
): Pick<Judging, 'reportedOn' | 'held' | 'first'> {
  if (before === undefined || before.submission.kind !== form.kind)
    return { reportedOn: today, held: [], first: true }
  return { reportedOn: before.reportedOn, held: before.invoices, first: false }
}

// Statutory holidays and make-up days as versioned data; a limit in days and one in working days are different types.
import { addDays, type LocalDate, localDateSchema } from './time.ts'

export interface CalendarYear {
  readonly year: number
  /** State Council paper the year rests on. */
  readonly source: string
  /** Days off by statute (weekends need not be named). */
  readonly off: readonly LocalDate[]
  /** Weekend days that are worked (调休). */
  readonly worked: readonly LocalDate[]
}

/** `id` is `cn-<last year>@<hex8 of its data>`: stands in each entry that counted days by it. */
export interface Calendar {
  readonly id: string
  readonly years: readonly CalendarYear[]
}

/** A limit in natural days (日). */
export interface Days {
  readonly days: number
}
/** A limit in working days (工作日). */
export interface WorkingDays {
  readonly workingDays: number
}

/** Thrown when a date lies outside the calendar's years; of a command it becomes the refusal `calendarMissing`. */
export class CalendarMissing extends Error {
  readonly year: number
  constructor(year: number) {
    super(`no calendar data for ${year}`)
    this.year = year
  }
}

interface YearSets {
  readonly off: ReadonlySet<string>
  readonly worked: ReadonlySet<string>
}
const sets = new WeakMap<Calendar, ReadonlyMap<number, YearSets>>()

function setsOf(calendar: Calendar): ReadonlyMap<number, YearSets> {
  const known = sets.get(calendar)
  if (known !== undefined) return known
  const made = new Map(
    calendar.years.map(({ year, off, worked }): [number, YearSets] => [
      year,
      { off: new Set(off), worked: new Set(worked) },
    ]),
  )
  sets.set(calendar, made)
  return made
}

export const covers = (calendar: Calendar, date: LocalDate): boolean =>
  setsOf(calendar).has(Number(date.slice(0, 4)))

/** @throws CalendarMissing */
export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  const year = setsOf(calendar).get(Number(date.slice(0, 4)))
  if (year === undefined) throw new CalendarMissing(Number(date.slice(0, 4)))
  if (year.worked.has(date)) return true
  if (year.off.has(date)) return false
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/**
 * The last date of a limit that starts on `from`: the day of the event is not counted (民法典 Art 201), and a limit
 * in natural days that would end on a day off ends on the next working day (Art 203).
 * @throws CalendarMissing
 */
export function lastDay(calendar: Calendar, from: LocalDate, limit: Days | WorkingDays): LocalDate {
  let date = from
  if ('days' in limit) {
    date = addDays(from, limit.days)
    while (!isWorkingDay(calendar, date)) date = addDays(date, 1)
    return date
  }
  for (let left = limit.workingDays; left > 0;) {
    date = addDays(date, 1)
    if (isWorkingDay(calendar, date)) left -= 1
  }
  return date
}

/**
 * Working days of a span, counted as a limit counts them: its first day is not (民法典 Art 201), its last day is.
 * @throws CalendarMissing
 */
export function workingDaysIn(
  calendar: Calendar,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): number {
  let days = 0
  for (let date = from; date < to;) {
    date = addDays(date, 1)
    if (isWorkingDay(calendar, date)) days += 1
  }
  return days
}

/** The canonical text whose SHA-256 gives the calendar's `@hex8`. */
export const calendarText = (years: readonly CalendarYear[]): string =>
  years
    .map(({ year, source, off, worked }) =>
      [year, source, off.join(','), worked.join(',')].join('\n'),
    )
    .join('\n\n')

const month = (year: number, text: string): LocalDate[] =>
  text.split(' ').flatMap((part) => {
    const [from = '', to] = part.split('..')
    const first = localDateSchema.parse(`${year}-${from}`)
    const days: LocalDate[] = [first]
    const last = to === undefined ? first : localDateSchema.parse(`${year}-${to}`)
    while (days.at(-1) !== last) days.push(addDays(days.at(-1) ?? first, 1))
    return days
  })

/** 国务院办公厅 holiday papers for 2024–2026. */
export const statutoryYears: readonly CalendarYear[] = [
  {
    year: 2024,
    source: '国办发明电〔2023〕7号',
    off: month(
      2024,
      '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07',
    ),
    worked: month(2024, '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12'),
  },
  {
    year: 2025,
    source: '国办发明电〔2024〕12号',
    off: month(2025, '01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08'),
    worked: month(2025, '01-26 02-08 04-27 09-28 10-11'),
  },
  {
    year: 2026,
    source: '国办发明电〔2025〕7号',
    off: month(
      2026,
      '01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07',
    ),
    worked: month(2026, '01-04 02-14 02-28 05-09 09-20 10-10'),
  },
]

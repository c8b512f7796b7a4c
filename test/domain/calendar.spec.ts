// Working days by hand from the State Council's papers of 2025 and 2026, and limits as the Civil Code counts them.
import { describe, expect, test } from 'vitest'
import {
  type Calendar,
  CalendarMissing,
  calendarText,
  covers,
  isWorkingDay,
  lastDay,
  statutoryYears,
} from '../../src/domain/calendar.ts'
import { addDays, type LocalDate, localDateSchema } from '../../src/domain/time.ts'

const calendar: Calendar = { id: 'cn-2026@00000000', years: statutoryYears }
const date = (text: string): LocalDate => localDateSchema.parse(text)
const worked = (text: string): boolean => isWorkingDay(calendar, date(text))
/** `2026-02-15..02-23` as its dates. */
function range(text: string): readonly LocalDate[] {
  const [from = '', to] = text.split('..')
  const first = date(from)
  const last = to === undefined ? first : date(`${from.slice(0, 5)}${to}`)
  const days = [first]
  while (days.at(-1) !== last) days.push(addDays(days.at(-1) ?? first, 1))
  return days
}

describe('worked on a weekend (调休)', () => {
  test.each([
    '2025-01-26',
    '2025-02-08',
    '2025-04-27',
    '2025-09-28',
    '2025-10-11',
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ])('%s', (day) => {
    expect([0, 6]).toContain(new Date(`${day}T00:00:00.000Z`).getUTCDay())
    expect(worked(day)).toBe(true)
  })
})

describe('off by statute', () => {
  test.each([
    '2025-01-01',
    '2025-01-28..02-04',
    '2025-04-04..04-06',
    '2025-05-01..05-05',
    '2025-05-31..06-02',
    '2025-10-01..10-08',
    '2026-01-01..01-03',
    '2026-02-15..02-23',
    '2026-04-04..04-06',
    '2026-05-01..05-05',
    '2026-06-19..06-21',
    '2026-09-25..09-27',
    '2026-10-01..10-07',
  ])('%s', (days) => {
    for (const day of range(days)) expect(worked(day), day).toBe(false)
  })

  test('in all: 248 working days in 2025, 248 in 2026', () => {
    const working = (year: number) =>
      range(`${year}-01-01..12-31`).filter((day) => isWorkingDay(calendar, day)).length
    // 365 days less 104 weekend days less the statutory days on weekdays plus the make-up days
    expect([working(2025), working(2026)]).toEqual([248, 248])
  })
})

test('an ordinary week', () => {
  const week = range('2026-03-02..03-08')
  expect(week.map((day) => worked(day))).toEqual([true, true, true, true, true, false, false])
})

describe('the last day of a limit in working days', () => {
  test.each([
    ['Monday and two days', '2026-03-02', 2, '2026-03-04'],
    ['Thursday and two days: over the weekend', '2026-03-05', 2, '2026-03-09'],
    ['Friday and one day', '2026-03-06', 1, '2026-03-09'],
    ['from a Sunday', '2026-03-08', 1, '2026-03-09'],
    ['before the spring festival, over a worked Saturday', '2026-02-13', 2, '2026-02-24'],
    ['into a worked Saturday', '2026-02-13', 1, '2026-02-14'],
    ['after it, over a worked Saturday', '2026-02-24', 5, '2026-03-02'],
    ['over the national day, to a worked Saturday', '2026-09-30', 3, '2026-10-10'],
    ['2025: over the spring festival', '2025-01-24', 3, '2025-02-05'],
    ['2025: over the national day', '2025-09-30', 3, '2025-10-11'],
    ['over the year’s end, to a worked Sunday', '2025-12-31', 1, '2026-01-04'],
    ['over the year’s end', '2025-12-31', 2, '2026-01-05'],
    ['fifteen', '2026-03-02', 15, '2026-03-23'],
    ['none: the day itself', '2026-03-02', 0, '2026-03-02'],
  ])('%s', (_what, from, workingDays, last) => {
    expect(lastDay(calendar, date(from), { workingDays })).toBe(last)
  })
})

describe('the last day of a limit in days (民法典 Art 201, 203)', () => {
  test.each([
    ['the day of the event is not counted', '2026-03-02', 10, '2026-03-12'],
    ['ending on a Saturday: the Monday after', '2026-03-04', 10, '2026-03-16'],
    ['ending on a Sunday: the Monday after', '2026-03-05', 10, '2026-03-16'],
    ['ending on a worked Saturday: that day', '2026-02-04', 10, '2026-02-14'],
    ['ending in the spring festival: the day after it', '2026-02-09', 10, '2026-02-24'],
    ['ending on a holiday before a weekend', '2026-03-25', 10, '2026-04-07'],
    ['over the year’s end, ending on its holiday', '2025-12-22', 10, '2026-01-04'],
    ['over a leap day', '2024-02-20', 10, '2024-03-01'],
    ['none', '2026-03-02', 0, '2026-03-02'],
  ])('%s', (_what, from, days, last) => {
    expect(lastDay(calendar, date(from), { days })).toBe(last)
  })
})

describe('a year without data', () => {
  test('is said, not guessed', () => {
    expect(covers(calendar, date('2026-12-31'))).toBe(true)
    expect(covers(calendar, date('2027-01-01'))).toBe(false)
    expect(covers(calendar, date('2023-12-31'))).toBe(false)
    expect(() => isWorkingDay(calendar, date('2027-01-01'))).toThrow(CalendarMissing)
  })

  test.each([{ workingDays: 1 }, { days: 1 }])('a limit that ends in it: %o', (limit) => {
    expect(() => lastDay(calendar, date('2026-12-31'), limit)).toThrow(
      expect.objectContaining({ year: 2027 }),
    )
    expect(lastDay(calendar, date('2026-12-30'), limit)).toBe('2026-12-31')
  })
})

describe('the data', () => {
  test.each(statutoryYears)(
    '$year names its paper and only its own days',
    ({ year, source, off, worked: made }) => {
      expect(source).toMatch(/^国办发明电〔20\d\d〕\d+号$/)
      for (const day of [...off, ...made]) expect(day.slice(0, 4)).toBe(String(year))
      expect(off.filter((day) => made.includes(day))).toEqual([])
      expect(new Set([...off, ...made]).size).toBe(off.length + made.length)
    },
  )

  test('its text, which names it in every entry, changes with any day', () => {
    const [first, ...rest] = statutoryYears
    if (first === undefined) throw new Error('no years')
    const text = calendarText(statutoryYears)
    for (const changed of [
      { ...first, off: first.off.slice(1) },
      { ...first, worked: first.worked.slice(1) },
      { ...first, source: '国办发明电〔2023〕8号' },
    ]) {
      expect(calendarText([changed, ...rest])).not.toBe(text)
    }
  })
})

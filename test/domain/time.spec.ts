// Time as text: which texts are instants and dates, and where a day begins and ends in Asia/Shanghai.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  atShanghai,
  dateAt,
  daysBetween,
  endOf,
  instantOf,
  instantSchema,
  localDateSchema,
  msOf,
} from '../../src/domain/time.ts'

const at = (text: string) => instantSchema.parse(text)
const date = (text: string) => localDateSchema.parse(text)

describe('instants', () => {
  test.each(['2026-03-02T01:00:00.000Z', '2024-02-29T23:59:59.999Z', '1999-12-31T16:00:00.000Z'])(
    '%s',
    (text) => {
      expect(instantSchema.safeParse(text).success).toBe(true)
    },
  )
  test.each([
    '2026-03-02T01:00:00Z',
    '2026-03-02T01:00:00.000+08:00',
    '2026-03-02 01:00:00.000Z',
    '2026-13-02T01:00:00.000Z',
    '2026-02-30T01:00:00.000Z',
    '2025-02-29T01:00:00.000Z',
    '2026-03-02T24:00:00.000Z',
    '2026-03-02T23:60:00.000Z',
    '2026-03-02T23:59:60.000Z',
    '+02026-03-02T01:00:00.000Z',
    '2026-03-02T01:00:00.000Z\n',
    '',
  ])('%j is none: two texts would name one instant, and their order as text would lie', (text) => {
    expect(instantSchema.safeParse(text).success).toBe(false)
  })
  test('to milliseconds and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        (ms) => msOf(instantOf(ms)) === ms,
      ),
    )
  })
})

describe('dates', () => {
  test.each(['2026-03-02', '2024-02-29', '2000-02-29'])('%s', (text) => {
    expect(localDateSchema.safeParse(text).success).toBe(true)
  })
  test.each(['2025-02-29', '1900-02-29', '2026-04-31', '2026-00-01', '2026-1-1', '20260302', ''])(
    '%j is none',
    (text) => {
      expect(localDateSchema.safeParse(text).success).toBe(false)
    },
  )
})

describe('in Asia/Shanghai', () => {
  test.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  ])('%s is %s', (instant, day) => {
    expect(dateAt(at(instant))).toBe(day)
  })

  test('a date ends at 24:00', () => {
    expect(endOf(date('2026-03-02'))).toBe('2026-03-02T16:00:00.000Z')
    expect(endOf(date('2025-12-31'))).toBe('2025-12-31T16:00:00.000Z')
  })

  test.each([
    ['2026-03-02', '09:00', '2026-03-02T01:00:00.000Z'],
    ['2026-03-02', '00:00', '2026-03-01T16:00:00.000Z'],
    ['2026-01-01', '07:59', '2025-12-31T23:59:00.000Z'],
  ])('%s %s is %s', (day, time, instant) => {
    expect(atShanghai(date(day), time)).toBe(instant)
    expect(dateAt(atShanghai(date(day), time))).toBe(day)
  })

  test('the clock of the zone itself agrees', () => {
    const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }), (ms) => {
        expect(dateAt(instantOf(ms))).toBe(zone.format(new Date(ms)))
      }),
    )
  })
})

describe('days', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-02', 0, '2026-03-02'],
    ['2026-03-02', -29, '2026-02-01'],
  ])('%s and %d is %s', (from, days, to) => {
    expect(addDays(date(from), days)).toBe(to)
    expect(daysBetween(date(from), date(to))).toBe(days)
  })

  test('there and back', () => {
    const day = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays(date('1990-01-01'), n))
    fc.assert(
      fc.property(day, day, (a, b) => {
        const days = daysBetween(a, b)
        return addDays(a, days) === b && days === -daysBetween(b, a) && a < b === days > 0
      }),
    )
  })
})

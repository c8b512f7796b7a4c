// Deadlines and their ladder (law 9). Days counted by hand on the calendar of the State Council's papers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CalendarMissing, isWorkingDay, workingDaysIn } from '../../src/domain/calendar.ts'
import {
  dueOnOf,
  ladder,
  ladderDesk,
  type LadderStep,
  stepLimits,
} from '../../src/domain/deadline.ts'
import { presetValues } from '../../src/domain/policy.ts'
import { addDays, endOf, instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { presentCalendar as calendar } from '../../src/app/calendars.ts'

const date = (text: string) => localDateSchema.parse(text)
const at = (text: string) => instantSchema.parse(text)
const policy = { 'ladder.remindWd': 1, 'ladder.superviseWd': 1, 'ladder.investigateWd': 5 }
const standing = (dueOn: string, today: string, steps = policy) =>
  ladder({ dueOn: date(dueOn), today: date(today), calendar, policy: steps })

describe('law 9.2 the ladder, around a limit that ends on Wednesday 4 March 2026', () => {
  test.each<[today: string, step: LadderStep, lateWd: number]>([
    ['2026-02-28', 'none', 0],
    // a Saturday and a Sunday before: 28 February is worked, 1 March is not
    ['2026-03-01', 'none', 0],
    ['2026-03-02', 'none', 0],
    ['2026-03-03', 'remind', 0],
    ['2026-03-04', 'remind', 0],
    ['2026-03-05', 'supervise', 1],
    ['2026-03-06', 'supervise', 2],
    ['2026-03-07', 'supervise', 2],
    ['2026-03-08', 'supervise', 2],
    ['2026-03-09', 'supervise', 3],
    ['2026-03-10', 'supervise', 4],
    ['2026-03-11', 'investigate', 5],
    ['2026-04-30', 'investigate', 40],
  ])('%s: %s, %i late', (today, step, lateWd) => {
    expect(standing('2026-03-04', today)).toEqual({ step, lateWd })
  })
})

describe('law 9.1 statutory holidays and make-up days', () => {
  test.each<[what: string, from: string, to: string, wd: number]>([
    ['the day itself is not counted', '2026-03-04', '2026-03-04', 0],
    ['over a weekend', '2026-03-06', '2026-03-09', 1],
    ['over the week of National Day', '2026-09-30', '2026-10-08', 1],
    ['the make-up Saturday after it is worked', '2026-10-09', '2026-10-10', 1],
    ['over the Spring Festival', '2026-02-14', '2026-02-24', 1],
    ['the make-up Saturday before it', '2026-02-13', '2026-02-14', 1],
    ['backwards there are none', '2026-03-09', '2026-03-06', 0],
  ])('%s', (_what, from, to, wd) => {
    expect(workingDaysIn(calendar, { from: date(from), to: date(to) })).toBe(wd)
  })

  test('late over a holiday is no later than before it', () => {
    // due on 30 September: 1–8 October are no working days (1–7 off, 8 is Thursday and worked)
    expect(standing('2026-09-30', '2026-10-07')).toEqual({ step: 'remind', lateWd: 0 })
    expect(standing('2026-09-30', '2026-10-08')).toEqual({ step: 'supervise', lateWd: 1 })
  })

  test('where the calendar does not reach, it says so', () => {
    expect(() => standing('2026-12-31', '2027-01-04')).toThrow(CalendarMissing)
  })
})

describe('law 9.2 the steps are the policy’s', () => {
  test.each<[remind: number, supervise: number, investigate: number, step: LadderStep]>([
    [1, 1, 5, 'supervise'],
    [1, 3, 5, 'remind'],
    [1, 1, 2, 'investigate'],
    [1, 3, 3, 'remind'],
    // a ladder written crosswise: the harder step is taken
    [1, 9, 2, 'investigate'],
  ])('%i, %i, %i: two working days late is %s', (remind, supervise, investigate, step) => {
    const steps = {
      'ladder.remindWd': remind,
      'ladder.superviseWd': supervise,
      'ladder.investigateWd': investigate,
    }
    expect(standing('2026-03-04', '2026-03-06', steps).step).toBe(step)
  })
})

describe('law 9.2 each step goes to another office', () => {
  const village = 'g_comp/reportingClerk'
  test.each<[desk: string, step: LadderStep, goesTo: string | undefined]>([
    [village, 'none', undefined],
    [village, 'remind', village],
    [village, 'supervise', 'township/centreHead'],
    [village, 'investigate', 'township/disciplineSecretary'],
    ['o_sup1', 'supervise', 'township/centreHead'],
    ['p_handler', 'supervise', 'township/centreHead'],
    ['township/centreOfficer', 'supervise', 'township/townshipLeader'],
    ['township/centreHead', 'supervise', 'township/townshipLeader'],
    ['township/centreHead', 'investigate', 'township/disciplineSecretary'],
    ['township/townshipLeader', 'supervise', 'township/disciplineSecretary'],
    ['township/disciplineSecretary', 'investigate', 'township/townshipLeader'],
  ])('%s, %s → %s', (desk, step, goesTo) => {
    expect(ladderDesk(step, desk)).toBe(goesTo)
  })
})

describe('law 9.1 the limit of a task', () => {
  const values = { 'step.slaWd': 2, 'town.slaWd': 3 }
  test.each<[what: string, act: string, since: string, dueAt: string, dueOn: string]>([
    [
      'its own entry’s',
      'supervisorySignOff.sign',
      '2026-03-02T01:00:00.000Z',
      '2026-03-04',
      '2026-03-04',
    ],
    ['a step of the village', 'request.issue', '2026-03-02T01:00:00.000Z', '', '2026-03-04'],
    ['over a weekend', 'papers.complete', '2026-03-06T01:00:00.000Z', '', '2026-03-10'],
    [
      'entered in the evening in UTC, the next day in Shanghai',
      'booking.record',
      '2026-03-02T17:00:00.000Z',
      '',
      '2026-03-05',
    ],
    ['none where the law sets none', 'office.appoint', '2026-03-02T01:00:00.000Z', '', ''],
    ['none where nobody knows since when', 'request.issue', '', '', ''],
  ])('%s', (_what, act, since, dueAt, dueOn) => {
    const row = {
      act,
      since: since === '' ? ('' as const) : at(since),
      dueAt: dueAt === '' ? ('' as const) : endOf(date(dueAt)),
    }
    expect(dueOnOf(row, calendar, values)).toBe(dueOn)
  })

  test('every act with such a limit is one some workflow knows', async () => {
    const { workflowOfCommand } = await import('../../workflows/versions.ts')
    for (const act of Object.keys(stepLimits))
      expect(workflowOfCommand(act)?.name, act).toBeDefined()
  })
})

describe('law 9.1 a function of the limit and the day, whatever was asked before', () => {
  const days = fc.integer({ min: 0, max: 700 }).map((n) => addDays(date('2024-02-01'), n))

  test('asked in any order it says the same, and never goes back as days pass', () => {
    const rank = ['none', 'remind', 'supervise', 'investigate']
    fc.assert(
      fc.property(days, fc.array(days, { minLength: 2, maxLength: 12 }), (dueOn, asked) => {
        const ask = (today: (typeof asked)[number]) =>
          ladder({ dueOn, today, calendar, policy: presetValues })
        const first = asked.map(ask)
        // the clock set back, and asked again: as after a restart
        expect(asked.toReversed().map(ask).toReversed()).toEqual(first)
        const passing = asked.toSorted().map((today) => rank.indexOf(ask(today).step))
        expect(passing).toEqual(passing.toSorted((a, b) => a - b))
      }),
    )
  })

  test('lateness counts every working day once', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (dueOn, later) => {
        const today = addDays(dueOn, later)
        const between = Array.from({ length: later }, (_, i) => addDays(dueOn, i + 1))
        const worked = between.filter((day) => isWorkingDay(calendar, day)).length
        expect(workingDaysIn(calendar, { from: dueOn, to: today })).toBe(worked)
      }),
    )
  })
})

// The clock of a demonstration, to be looked at and moved ahead. Outside of one there is nothing of the kind.
import { z } from 'zod'
import type { DemoClock } from '../../app/demo/clock.ts'
import { dateAt } from '../../domain/time.ts'
import type { Api } from '../api.ts'
import { type Route, route } from '../route.ts'
import { text } from '../schemas.ts'

const YEAR = 366

const timeSchema = z.strictObject({
  /** ISO 8601, UTC. */
  at: text,
  /** Asia/Shanghai: the day it is for the law. */
  day: text,
})

export function demoClockRoutes({ demoClock }: Pick<Api, 'demoClock'>): readonly Route[] {
  return demoClock === undefined ? [] : [showClock(demoClock), moveClock(demoClock)]
}

const told = (clock: DemoClock, days = 0) => {
  const at = clock.inDays(days)
  return { body: { at, day: dateAt(at) } }
}

const showClock = (clock: DemoClock): Route =>
  route({
    id: 'showDemoClock',
    method: 'get',
    path: '/demo/clock',
    tag: 'operation',
    summary: {
      zh: '演示时钟：现在，或若干天后',
      en: 'the time of the demonstration, or in some days',
    },
    access: 'anybody',
    query: z.strictObject({ days: z.coerce.number().int().min(0).max(YEAR).default(0) }),
    answer: timeSchema,
    handle: ({ query: { days } }) => told(clock, days),
  })

const moveClock = (clock: DemoClock): Route =>
  route({
    id: 'moveDemoClock',
    method: 'post',
    path: '/demo/clock',
    tag: 'operation',
    summary: { zh: '把演示时钟拨快若干天', en: 'moves the time of the demonstration ahead' },
    access: 'account',
    body: z.strictObject({ days: z.int().min(1).max(YEAR) }),
    answer: timeSchema,
    handle: ({ body: { days } }) => {
      clock.pass(days)
      return told(clock)
    },
  })

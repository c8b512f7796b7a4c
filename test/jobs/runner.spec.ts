// The runner: once a day whatever restarts, later and later where it fails, remembered in a real file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJobMemory } from '../../db/jobs/memory.ts'
import type { JobMark } from '../../src/domain/job.ts'
import { type Job, JobFailed, type Jobs, startJobs } from '../../src/jobs/runner.ts'
import { dueAfter } from '../../src/jobs/when.ts'
import { ManualClock } from './clock.ts'

let folder = ''
let memory: ReturnType<typeof openJobMemory>
let clock: ManualClock
let lines: { readonly line: object; readonly message: string }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  memory = openJobMemory(join(folder, 'jobs.db'))
  clock = new ManualClock('2026-03-02T00:00:00.000Z')
  lines = []
})
afterEach(() => {
  memory.close()
  rmSync(folder, { recursive: true, force: true })
})

const log = {
  info: (line: object, message: string) => void lines.push({ line, message }),
  error: (line: object, message: string) => void lines.push({ line, message }),
}

/** A job that tells when it ran, and whose turn can be waited for. */
class Told implements Job {
  readonly name = 'told'
  readonly when
  readonly ran: string[] = []
  work: (turn: Parameters<Job['run']>[0]) => Promise<void> = () => Promise.resolve()

  constructor(when: Job['when']) {
    this.when = when
  }

  async run(turn: Parameters<Job['run']>[0]): Promise<void> {
    this.ran.push(turn.occasion)
    await this.work(turn)
  }
}

const start = (job: Job): Promise<Jobs> =>
  startJobs([job], { memory, log, clock: clock.clock, timer: clock.timer })

const restarted = async (jobs: Jobs, job: Job): Promise<Jobs> => {
  await jobs.stop()
  memory.close()
  memory = openJobMemory(join(folder, 'jobs.db'))
  return start(job)
}

describe('a daily job', () => {
  test('is done once a day at its time in Shanghai, across restarts', async () => {
    const job = new Told({ daily: '07:30' })
    let jobs = await start(job)
    // 08:00 in Shanghai: today's time has come
    await clock.reach('2026-03-02T00:00:01.000Z')
    expect(job.ran).toEqual(['2026-03-02'])
    jobs = await restarted(jobs, job)
    await clock.reach('2026-03-02T23:29:59.000Z')
    jobs = await restarted(jobs, job)
    expect(job.ran).toEqual(['2026-03-02'])
    await clock.reach('2026-03-02T23:30:00.000Z')
    expect(job.ran).toEqual(['2026-03-02', '2026-03-03'])
    jobs = await restarted(jobs, job)
    await clock.reach('2026-03-05T00:00:00.000Z')
    expect(job.ran.slice(2)).toEqual(['2026-03-04', '2026-03-05'])
    expect(jobs.states()).toEqual([
      { name: 'told', failures: 0, lastSuccess: Date.parse('2026-03-04T23:30:00.000Z') },
    ])
    await jobs.stop()
    expect(clock.next).toBeUndefined()
  })

  test('makes up for the days nobody ran, as one', async () => {
    const job = new Told({ daily: '07:30' })
    let jobs = await start(job)
    await clock.reach('2026-03-02T00:00:01.000Z')
    await jobs.stop()
    clock.set('2026-03-06T20:00:00.000Z')
    jobs = await start(job)
    await clock.reach('2026-03-06T20:00:01.000Z')
    expect(job.ran).toEqual(['2026-03-02', '2026-03-06'])
    await jobs.stop()
  })

  test('failed is tried again, later and later, and told', async () => {
    const job = new Told({ daily: '07:30' })
    const at: number[] = []
    job.work = () => {
      at.push(clock.clock())
      return Promise.reject(new JobFailed([{ to: 'mail 1', detail: 'ECONNREFUSED' }]))
    }
    const jobs = await start(job)
    await clock.reach('2026-03-02T06:00:00.000Z')
    const minutes = at.slice(1).map((now, i) => Math.round((now - (at[i] ?? 0)) / 60_000))
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60])
    expect(jobs.states()).toEqual([{ name: 'told', failures: at.length }])
    expect(lines[0]).toEqual({
      message: 'failed',
      line: {
        job: 'told',
        occasion: '2026-03-02',
        failures: 1,
        retryMs: 60_000,
        parts: [{ to: 'mail 1', detail: 'ECONNREFUSED' }],
      },
    })
    job.work = () => Promise.resolve()
    await clock.reach('2026-03-02T08:00:00.000Z')
    expect(jobs.states()[0]).toMatchObject({ failures: 0 })
    const tries = job.ran.length
    await clock.reach('2026-03-02T20:00:00.000Z')
    expect(job.ran).toHaveLength(tries)
    await jobs.stop()
  })

  test('that fails over midnight is done for the day it then is', async () => {
    const job = new Told({ daily: '07:30' })
    job.work = () => Promise.reject(new Error('away'))
    const jobs = await start(job)
    await clock.reach('2026-03-03T00:00:00.000Z')
    job.work = () => Promise.resolve()
    await clock.reach('2026-03-03T03:00:00.000Z')
    expect(job.ran.at(-1)).toBe('2026-03-03')
    const tries = job.ran.length
    await clock.reach('2026-03-03T23:00:00.000Z')
    expect(job.ran).toHaveLength(tries)
    await jobs.stop()
  })

  test('a part that was done is not done again when another failed; a crash before it was remembered does it twice', async () => {
    const job = new Told({ daily: '07:30' })
    const done: string[] = []
    let away = true
    job.work = async (turn) => {
      await turn.once('a', (note) => {
        done.push(`a${note}`)
        return Promise.resolve('1')
      })
      await turn.once('b', () => {
        done.push('b')
        return away ? Promise.reject(new Error('crash')) : Promise.resolve('')
      })
    }
    let jobs = await start(job)
    await clock.reach('2026-03-02T00:02:00.000Z')
    expect(done).toEqual(['a', 'b', 'b'])
    jobs = await restarted(jobs, job)
    away = false
    await clock.reach('2026-03-02T01:00:00.000Z')
    expect(done).toEqual(['a', 'b', 'b', 'b'])
    // the next day begins with what was noted
    await clock.reach('2026-03-03T00:00:00.000Z')
    expect(done.slice(4)).toEqual(['a1', 'b'])
    await jobs.stop()
  })

  test('stopping waits for the turn under way, and tells it to hurry', async () => {
    const job = new Told({ daily: '07:30' })
    const told: string[] = []
    job.work = ({ gone }) =>
      new Promise((_resolve, reject) => {
        gone.addEventListener('abort', () => {
          told.push('gone')
          reject(new Error('hurried'))
        })
      })
    const jobs = await start(job)
    clock.wake()
    await jobs.stop()
    expect([told, clock.next]).toEqual([['gone'], undefined])
    // not done: the next process does it
    expect(await memory.recall('told', '')).toBeUndefined()
    expect(lines).toEqual([])
  })
})

test('a job of every so often goes by when it was last done', async () => {
  const job = new Told({ every: 3_600_000 })
  let jobs = await start(job)
  await clock.reach('2026-03-02T02:30:00.000Z')
  expect(job.ran).toHaveLength(3)
  jobs = await restarted(jobs, job)
  await clock.reach('2026-03-02T02:59:00.000Z')
  expect(job.ran).toHaveLength(3)
  await clock.reach('2026-03-02T03:00:00.000Z')
  expect(job.ran).toHaveLength(4)
  await jobs.stop()
})

describe('a clock that is wrong', () => {
  const mark = (occasion: string, at: string): JobMark => ({
    occasion,
    at: Date.parse(at),
    note: '',
  })
  const due = (last: JobMark | undefined, now: string) =>
    dueAfter({ daily: '07:30' }, last, Date.parse(now))

  test('put back a little does not make a day come twice', () => {
    const last = mark('2026-03-03', '2026-03-02T23:30:00.000Z')
    expect(due(last, '2026-03-02T23:29:00.000Z')).toMatchObject({ occasion: '2026-03-04' })
    expect(due(last, '2026-03-02T23:29:00.000Z').wait).toBeGreaterThan(86_000_000)
  })

  test('that was far ahead does not keep anything from being done', () => {
    const last = mark('2099-01-01', '2099-01-01T00:00:00.000Z')
    expect(due(last, '2026-03-02T23:30:00.000Z')).toEqual({ occasion: '2026-03-03', wait: 0 })
    const every = dueAfter({ every: 1000 }, last, Date.parse('2026-03-02T00:00:00.000Z'))
    expect(every.wait).toBe(1000)
  })
})

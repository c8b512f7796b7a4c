// task list: what waits, how late, whose turn the ladder makes it, and desks where nobody is (law 1.12, 9).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perform } from '../../src/app/perform.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import type { Asking } from '../support/law.ts'
import { cli, cliJson } from '../support/cli.ts'
import { by, o, p, town, village } from '../support/law-cast.ts'
import { vacate } from '../support/request-acts.ts'
import { openStore, type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
beforeAll(async () => {
  // the second request waits for the supervisors; it is Monday 2 March 2026
  data = await townshipData({ requests: 2, steps: 6 })
  at = ['--data', data.path]
})
afterAll(() => data.remove())

interface Listed {
  readonly tasks: readonly Record<string, unknown>[]
  readonly more: boolean
  readonly on: string
}
const list = async (...options: readonly string[]): Promise<Listed> =>
  (await cliJson([...at, 'task', 'list', ...options])) as unknown as Listed

/** Recorded as the store records it. */
async function given(...askings: readonly Asking[]): Promise<void> {
  const { store } = await openStore(data.path)
  for (const [n, asking] of askings.entries()) {
    const id = commandIdSchema.parse(`01970000-0000-7000-9000-${String(n).padStart(12, '0')}`)
    const outcome = await perform({ store }, { ...asking, id })
    if ('refused' in outcome) throw new Error(JSON.stringify(outcome.refused))
  }
  await store.close()
}

describe('law 9.2 the ladder of what waits', () => {
  test.each<[day: string, step: string, lateWd: number, goesTo: string]>([
    ['2026-03-02', 'none', 0, ''],
    ['2026-03-03', 'remind', 0, o('sup1')],
    ['2026-03-05', 'supervise', 1, 'township/centreHead'],
    ['2026-03-11', 'investigate', 5, 'township/disciplineSecretary'],
  ])('on %s: %s', async (day, step, lateWd, goesTo) => {
    const { tasks, on, more } = await list('--at', day)
    expect([on, more, tasks.length]).toEqual([day, false, 3])
    expect(tasks[0]).toMatchObject({
      ledger: village,
      act: 'supervisorySignOff.sign',
      desk: o('sup1'),
      request: '2026-000002',
      amount: '20.00',
      dueOn: '2026-03-04',
      vacantFor: '',
      step,
      lateWd,
      goesTo,
    })
  })

  test('in words, in both languages', async () => {
    const zh = (await cli([...at, 'task', 'list', '--at', '2026-03-05'])).out
    expect(zh).toMatch(/^事项 +村 +办理 +岗位 .*期限 +逾期（工作日） +督促 +交/)
    expect(zh).toMatch(/2026-000002 +云溪村 +监事签字 .* 2026-03-04 .* 1 +督办 +镇三资中心主任/)
    const en = (await cli([...at, '--lang', 'en', 'task', 'list', '--at', '2026-03-05'])).out
    expect(en).toMatch(/2026-000002 .* sign off .* 2026-03-04 .* 1 +supervise +three-assets head/)
  })

  test('of one desk, only what is late, no more than asked for', async () => {
    const day = ['--at', '2026-03-05']
    expect((await list(...day, '--desk', o('sup2'))).tasks).toMatchObject([{ desk: o('sup2') }])
    expect((await list(...day, '--desk', 'township/centreHead')).tasks).toEqual([])
    expect((await list(...day, '--late')).tasks).toHaveLength(3)
    expect((await list('--at', '2026-03-04', '--late')).tasks).toEqual([])
    expect(await list(...day, '--limit', '1')).toMatchObject({ more: true, tasks: [{}] })
    expect((await list(...day, '--ledger', town)).tasks).toEqual([])
  })

  test('a day that is none', async () => {
    const { code, err } = await cli([...at, 'task', 'list', '--at', '2026-02-30'])
    expect(code).toBe(2)
    expect(err).toMatch(/^valueMalformed: .*--at/)
  })

  test('past what the calendar reaches it is at least as late as on its last day', async () => {
    const { tasks } = await list('--at', '2031-03-04')
    const { tasks: last } = await list('--at', '2026-12-31')
    expect(tasks[0]).toMatchObject({ step: 'investigate', dueOn: '2026-03-04' })
    expect(tasks[0]?.['lateWd']).toBe(last[0]?.['lateWd'])
  })
})

describe('law 1.12 a desk where nobody is', () => {
  beforeAll(async () => {
    const term = { to: '2026-03-27' }
    const keeper = by('head')
    const appoint = { office: o('dir2'), person: p('dir2'), from: '2026-03-02', ...term }
    const roster = { ledger: village, stream: 'roster', by: keeper } as const
    await given(vacate('sup1'), vacate('dir2'), {
      ...roster,
      type: 'office.appoint',
      input: appoint,
    })
  })

  test('shows as vacant with who must fill it, and the filling is a task', async () => {
    const { tasks } = await list('--at', '2026-03-03')
    expect(tasks).toContainEqual(
      expect.objectContaining({
        desk: o('sup1'),
        vacantFor: 'township/centreOfficer',
        step: 'remind',
        goesTo: 'township/centreOfficer',
      }),
    )
    expect(tasks).toContainEqual(expect.objectContaining({ desk: o('sup2'), vacantFor: '' }))
    expect(tasks).toContainEqual(
      expect.objectContaining({
        act: 'office.appoint',
        about: o('sup1'),
        desk: 'township/centreOfficer',
        dueOn: '',
      }),
    )
    const { out } = await cli([...at, 'task', 'list', '--at', '2026-03-03'])
    expect(out).toMatch(/2026-000002 .* 监事 空缺 → 镇三资中心经办/)
    expect(out).toMatch(/监事 +云溪村 +补选任命 +镇三资中心经办/)
  })

  test('a request says so too', async () => {
    const { out } = await cli([...at, 'request', 'show', '2026-000002'])
    expect(out).toMatch(/待办: 监事 \(空缺, 应由镇三资中心经办补任\)/)
    const shown = await cliJson([...at, 'request', 'show', '2026-000002'])
    expect(shown['waiting']).toMatchObject([
      { act: 'supervisorySignOff.sign', vacantFor: '镇三资中心经办' },
      { vacantFor: '' },
      { vacantFor: '' },
    ])
  })

  test('law 1.10 a term that ends is a task by its last day, and shows when it comes near', async () => {
    const ending = async (day: string) =>
      (await list('--at', day)).tasks.filter(({ about }) => about === o('dir2'))
    expect(await ending('2026-03-25')).toEqual([])
    expect(await ending('2026-03-26')).toMatchObject([{ dueOn: '2026-03-27', step: 'remind' }])
    expect(await ending('2026-03-30')).toMatchObject([
      { step: 'supervise', lateWd: 1, goesTo: 'township/townshipLeader' },
    ])
  })
})

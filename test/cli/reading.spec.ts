// Lists and pages over a small founded township, in both languages and as JSON.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { width } from '../../src/cli/width.ts'
import { cli, cliJson } from '../support/cli.ts'
import { town, village } from '../support/law-cast.ts'
import { type TownshipData, townshipData, vkeyOfLedger } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
beforeAll(async () => {
  data = await townshipData({ requests: 3, steps: 6 })
  at = ['--data', data.path]
})
afterAll(() => data.remove())

describe('ledger', () => {
  test('list names the ledgers, the township first, with their keys', async () => {
    const { ledgers } = await cliJson([...at, 'ledger', 'list'])
    expect(ledgers).toMatchObject([
      { origin: town, kind: 'township', name: '云溪镇', vkey: vkeyOfLedger(town) },
      { origin: village, kind: 'village', township: town, vkey: vkeyOfLedger(village) },
    ])
  })

  test('a table is aligned, Chinese counted as two columns', async () => {
    const { out } = await cli([...at, 'ledger', 'list'])
    const [head = '', ...rows] = out.trimEnd().split('\n')
    const start = width(head.slice(0, head.indexOf('账本')))
    for (const row of rows) expect(width(row.slice(0, row.indexOf('ledger.')))).toBe(start)
  })

  test.each([village, '330106109203', '云溪村'])('show %s', async (name) => {
    const shown = await cliJson([...at, 'ledger', 'show', name])
    expect(shown).toMatchObject({ origin: village, sealed: false })
    expect(shown['checkpoint']).toMatch(new RegExp(`^${village}\n\\d+\n`))
  })
})

describe('request', () => {
  test('list, newest first, by state and month', async () => {
    const all = await cliJson([...at, 'request', 'list'])
    expect(all).toMatchObject({
      more: false,
      requests: [
        { request: '2026-000003', amount: '20.00', companyName: '云溪强村公司' },
        { request: '2026-000002', state: 'disciplineAudit.open' },
        { request: '2026-000001' },
      ],
    })
    const filtered = [...at, 'request', 'list', '--state', 'supervisorySignOff.open']
    expect(await cliJson([...filtered, '--month', '2026-03'])).toMatchObject({
      requests: [{ request: '2026-000003' }],
    })
    expect(await cliJson([...filtered, '--month', '2026-04'])).toMatchObject({ requests: [] })
  })

  test('list says when there is more', async () => {
    expect(await cliJson([...at, 'request', 'list', '--limit', '2'])).toMatchObject({ more: true })
    const { out } = await cli([...at, 'request', 'list', '--limit', '2'])
    expect(out.trimEnd().split('\n').at(-1)).toBe('还有更多：用 --limit 增加条数')
  })

  test('show tells the form, the route with its reasons and what happened', async () => {
    const { out, code } = await cli([...at, 'request', 'show', '2026-000003'])
    expect(code).toBe(0)
    expect(out).toMatch(/^2026-000003 {2}待监事会签字\n/)
    expect(out).toMatch(/大写 +贰拾元整\n/)
    expect(out).toMatch(/社员表决 +不需要 +金额20\.00元/)
    expect(out).toMatch(/待办: 监事 p_sup1, 监事 p_sup2, 监事 p_sup3\n/)
    expect(out).toMatch(/报账员 p_clerk 提交申请：保洁船发动机维修，20\.00元\n/)
    expect(out).toMatch(/# ?\d+ {2}2026-\d\d-\d\d \d\d:\d\d {4}不需要董事会研究\n/)
  })

  test('show in English', async () => {
    const { out } = await cli([...at, '--lang', 'en', 'request', 'show', '2026-000001'])
    expect(out).toMatch(/^2026-000001 {2}awaiting discipline audit\n/)
    expect(out).toMatch(
      /reporting clerk p_clerk submitted the request: 保洁船发动机维修, 20\.00 yuan\n/,
    )
    expect(out).toMatch(
      /supervisory sign-off +required +Every expense is signed by the supervisors/,
    )
  })
})

test('policy show tells what is in force and on what ground', async () => {
  const { policies } = await cliJson([...at, 'policy', 'show'])
  const [policy] = policies as readonly { ledger: string; id: string }[]
  expect(policy?.ledger).toBe(town)
  expect(policy?.id).toMatch(/^1@[0-9a-f]{8}$/)
  const { out } = await cli([...at, 'policy', 'show'])
  expect(out).toMatch(/member\.quorum +社员大会出席比例（占全体） +2\/3 +农村集体经济组织法第27条/)
})

test.each(['meeting', 'inspection'])('%s list of none', async (what) => {
  expect(await cliJson([...at, what, 'list'])).toEqual({ [`${what}s`]: [], more: false })
})

test('the environment names the data and the language', async () => {
  const env = { FIVE_MUSTS_DATA: data.path, LANG: 'en_GB.UTF-8' }
  const { out, code } = await cli(['ledger', 'list'], { env })
  expect(code).toBe(0)
  expect(out).toMatch(/^name +ledger +entries/)
})

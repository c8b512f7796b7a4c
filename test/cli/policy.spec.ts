// Policies and authorities on the command line: who set what, what a proposal would have changed, what is left of a ceiling.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { covered } from '../support/authority-cast.ts'
import { cli, cliJson } from '../support/cli.ts'
import { enactPolicy, town, village } from '../support/law-cast.ts'
import { type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
const place = mkdtempSync(join(tmpdir(), 'five-musts-policy-'))
const file = (name: string, settings: object): string => {
  const path = join(place, name)
  writeFileSync(path, JSON.stringify(settings))
  return path
}

beforeAll(async () => {
  const world = covered()
  enactPolicy(world, [
    { key: 'tier.largeFrom', value: '8000.00' },
    { key: 'claim.maxAgeDays', value: 45 },
  ])
  data = await townshipData({ world, requests: 3 })
  at = ['--data', data.path]
})
afterAll(() => {
  data.remove()
  rmSync(place, { recursive: true })
})

describe('policy show', () => {
  test('law 8.1: of each key who set it, by which paper, cleared as what, since when', async () => {
    const { out } = await cli([...at, 'policy', 'show'])
    expect(out).toMatch(
      /^tier\.largeFrom .* 8,000\.00元 .* 本镇：云溪镇〔2026〕1号，县级备案余财备〔2026〕3号，2026-03-02 09:\d\d起$/m,
    )
    // no amount, nothing to clear
    expect(out).toMatch(
      /^claim\.maxAgeDays .* 45天 .* 本镇：云溪镇〔2026〕1号，2026-03-02 09:\d\d起$/m,
    )
    expect(out).toMatch(/^member\.quorum .* 2\/3 +农村集体经济组织法第27条（≥ 2\/3）$/m)
    expect(out).toMatch(/^town\.slaWd .* 3个工作日 +浙江省农村集体资产管理条例第28条$/m)
    const english = await cli([...at, '--lang', 'en', 'policy', 'show'])
    expect(english.out).toMatch(
      /8,000\.00 yuan .* the township: 云溪镇〔2026〕1号, cleared by the county as 余财备〔2026〕3号, from /,
    )
  })

  test('of a village: its own rule would stand over the township’s', async () => {
    const { policies } = await cliJson([...at, 'policy', 'show', '--ledger', '云溪村'])
    const [shown] = policies as readonly { ledger: string; id: string }[]
    expect(shown?.ledger).toBe(village)
    expect(shown?.id).toMatch(/^2@/)
    expect(policies).not.toHaveProperty('0.rule')
    const township = await cliJson([...at, 'policy', 'show', '--ledger', town])
    const valuesOf = (one: unknown) => (one as readonly { values: unknown }[])[0]?.values
    expect(valuesOf(policies)).toEqual(valuesOf(township['policies']))
  })
})

describe('policy compare', () => {
  const lower = { 'tier.dailyMax': '15.00', 'tier.boardFrom': '15.00', 'tier.largeFrom': '15.00' }

  test('names each request, what it would gain and why, and counts', async () => {
    const { out, code } = await cli([
      ...at,
      'policy',
      'compare',
      file('lower.json', lower),
      '--from',
      '2026-03-01',
      '--to',
      '2026-03-31',
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/^2026-03-01至2026-03-31提交的3笔申请，3笔会改变\n/)
    expect(out).toMatch(/^合计 +董事会研究 +0 +3 +3 +0$/m)
    expect(out).toMatch(/^合计 +社员表决 +0 +0 +0 +0$/m)
    expect(out).toMatch(/^云溪强村公司 +镇三资报备 +0 +3 +3 +0$/m)
    expect(out).toMatch(
      /^2026-000001 {2}2026-03-02 {2}云溪强村公司 {2}20\.00\n {2}\+ 董事会研究 {2}金额20\.00元，达到15\.00元\n {2}\+ 镇三资报备 {2}金额20\.00元，达到15\.00元$/m,
    )
  })

  test('in English and as JSON', async () => {
    const asked = ['policy', 'compare', file('lower.json', lower), '--to', '2026-12-31']
    const { out } = await cli([...at, '--lang', 'en', ...asked])
    expect(out).toMatch(/^ {2}\+ board review {2}The amount 20\.00 reaches 15\.00 yuan$/m)
    expect(await cliJson([...at, ...asked])).toMatchObject({
      from: '2026-01-01',
      to: '2026-12-31',
      requests: 3,
      musts: { boardReview: { was: 0, would: 3, gained: 3, lost: 0 } },
      companies: [{ ledger: village, requests: 3, changed: 3 }],
      changed: [{ request: '2026-000001', amount: '20.00' }, {}, {}],
    })
  })

  test('of days on which nothing was submitted', async () => {
    const asked = ['policy', 'compare', file('lower.json', lower), '--to', '2025-12-31']
    expect(await cliJson([...at, ...asked])).toMatchObject({ requests: 0, changed: [] })
  })

  test.each([
    ['what the law refuses', { 'member.noticeDays': 3 }, [], 'member.noticeDays'],
    ['no day', lower, ['--from', '1 March'], '--from'],
  ])('%s is a fault of whoever asks', async (_what, settings, options, named) => {
    const ran = await cli([...at, 'policy', 'compare', file('bad.json', settings), ...options])
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(named)
  })
})

describe('authority', () => {
  test('list: ceiling, taken and left', async () => {
    const { out } = await cli([...at, 'authority', 'list'])
    expect(out).toMatch(
      /^a-2026-0001 +云溪村 +办公用品框架合同 +合同 +云溪强村公司 +2,000\.00 +0\.00 +0\.00 +2,000\.00 +2026-03-01 – 2026-12-31 /m,
    )
    expect(await cliJson([...at, 'authority', 'list', '--company', 'g_none'])).toEqual({
      authorities: [],
      more: false,
    })
  })

  test('show: ground, filing and what happened', async () => {
    const { out, code } = await cli([...at, 'authority', 'show', 'a-2026-0001'])
    expect(code).toBe(0)
    expect(out).toMatch(/^依据 +2025年物业合同$/m)
    expect(out).toMatch(/^报备 +无需报备$/m)
    expect(out).toMatch(/登记授权额度：办公用品框架合同，2,000\.00，2026-03-01 – 2026-12-31/)
    const shown = await cliJson([...at, 'authority', 'show', 'a-2026-0001'])
    expect(shown).toMatchObject({ ceiling: '2000.00', left: '2000.00', uses: [] })
  })

  test('of a number nobody has', async () => {
    expect((await cli([...at, 'authority', 'show', 'a-2026-0009'])).code).toBe(2)
  })
})

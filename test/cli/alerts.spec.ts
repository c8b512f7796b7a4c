// Alerts as the command line lists and shows them (law 10.5): the red first, every sentence whole, a dismissal with its reason.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { cli, cliJson } from '../support/cli.ts'
import { by, village } from '../support/law-cast.ts'
import type { Asking } from '../support/law.ts'
import { form } from '../support/request-cast.ts'
import { must, openStore, type TownshipData, townshipData } from '../support/township-data.ts'

let data: TownshipData
let at: readonly string[] = []
const ask = (n: number, type: string, office: string, input: unknown): Asking => ({
  ledger: village,
  stream: `request/2026-${String(n).padStart(6, '0')}`,
  type,
  by: by(office),
  input,
})
const purchase = (n: number, amount: string, date = '2026-03-01') => {
  const number = `2533876845794700${String(n * 50).padStart(4, '0')}`
  const invoices = [{ number, date, sellerAccount: '6246270519836198971', total: amount }]
  return ask(n, 'request.submit', 'clerk', form({ amount, invoices }))
}

beforeAll(async () => {
  data = await townshipData({ requests: 1 })
  at = ['--data', data.path]
  const { store } = await openStore(data.path, '2026-03-02T03:00:00.000Z')
  const acts = [
    purchase(10, '4500.00'),
    purchase(11, '4600.00'),
    purchase(12, '20.00', '2025-12-31'),
    ask(12, 'alert.dismiss', 'inspector1', { alert: 'al-1', reason: '卖方年后补开' }),
  ]
  for (const [i, asking] of acts.entries()) {
    const id = commandIdSchema.parse(`01970000-0000-7000-8000-c${String(i).padStart(11, '0')}`)
    await must(store, { ...asking, id })
  }
  await store.close()
})
afterAll(() => data.remove())

describe('alert list', () => {
  test('open ones, the red first', async () => {
    const { alerts, more } = await cliJson([...at, 'alert', 'list'])
    expect(more).toBe(false)
    expect(alerts).toMatchObject([
      { request: '2026-000011', rule: 'splitting', colour: 'red', companyName: '云溪强村公司' },
    ])
  })

  test.each([
    [['--state', 'dismissed'], ['2026-000012']],
    [['--colour', 'red'], ['2026-000011']],
    [['--colour', 'blue'], []],
  ])('%j', async (options, expected) => {
    const { alerts } = await cliJson([...at, 'alert', 'list', ...options])
    expect((alerts as { request: string }[]).map(({ request }) => request)).toEqual(expected)
  })

  test.each([
    ['zh', '红色', '同一收款人多笔略低'],
    ['en', 'red', 'Several below the line'],
  ])('in %s', async (language, colour, title) => {
    const { out } = await cli([...at, 'alert', 'list', '--lang', language])
    expect(out).toContain(colour)
    expect(out).toContain(title)
  })

  test.each([
    ['--colour', 'green'],
    ['--state', 'closed'],
  ])('%s %s is no choice', async (option, value) => {
    const { code, err } = await cli([...at, 'alert', 'list', option, value])
    expect(code).toBe(2)
    expect(err).toContain(value)
  })
})

describe('alert show', () => {
  test('what was seen, with which others, what to look at', async () => {
    const { out } = await cli([...at, 'alert', 'show', '2026-000011', '--lang', 'zh'])
    expect(out).toContain('90日内向同一收款人支出2笔，每笔低于5000.00元，合计9100.00元')
    expect(out).toContain('请核对是否为同一事项分次申请')
    expect(out).toContain('2026-000010')
    expect(out).not.toMatch(/\{\w+\}/)
  })

  test('a dismissed one with who and why', async () => {
    const { alerts } = await cliJson([...at, 'alert', 'show', '2026-000012'])
    expect(alerts).toMatchObject([
      { alert: 'al-1', risk: 'R28', dismissed: { reason: '卖方年后补开', evidence: '' } },
    ])
  })

  test('none, and no such request', async () => {
    expect(await cliJson([...at, 'alert', 'show', '2026-000010'])).toMatchObject({ alerts: [] })
    const { code } = await cli([...at, 'alert', 'show', '2026-000099'])
    expect(code).toBe(2)
  })

  test('on the page of its request the alert stands in what happened', async () => {
    const { out } = await cli([...at, 'request', 'show', '2026-000011', '--lang', 'en'])
    expect(out).toContain('An alert: al-1 red, Several below the line: 2 requests')
  })
})

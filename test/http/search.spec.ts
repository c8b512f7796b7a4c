// Search over HTTP: what is found by what, in what order, and that nobody finds what they may not see.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { by, p, village } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { manOther, otherRequest } from './other-village.ts'
import { formOf } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let clerk: Client
const numbers: string[] = []

async function submitted(n: number, amount: string, more: Record<string, unknown>) {
  const id = town.next('request')
  const input = formOf(n, amount, more)
  await town.given({
    ledger: village,
    stream: `request/${id}`,
    type: 'request.submit',
    by: by('clerk'),
    input,
  })
  numbers.push(id)
  return id
}

const payee = (n: number, name: string) => ({
  type: 'firm',
  name,
  account: `62462705${String(n).padStart(8, '0')}`,
  bank: '湖州银行',
})

beforeAll(async () => {
  town = await openTown()
  await submitted(1, '12345.60', {
    purpose: '村道维修（一期）',
    payee: payee(1, '湖州·菱东建材店'),
  })
  await submitted(2, '8000.00', { purpose: '泵站清淤', contract: 'HT-2026-Ａ07' })
  await submitted(3, '12345.60', { purpose: '水渠维修', handler: p('handler') })
  await manOther(town)
  await otherRequest(town, '2026-000077', {
    n: 77,
    amount: '12345.60',
    more: { purpose: '村道维修' },
  })
  town.desk.vault.put(p('handler'), { name: '王 建国' })
  town.desk.vault.put(p('m2'), { name: '李建国' })
  town.desk.vault.put(p('bhead'), { name: '赵建国' })
  clerk = await town.client(p('clerk'))
})
afterAll(() => town.close())

interface Hit {
  readonly id: string
  readonly kind: string
  readonly code: string
}
interface Answer {
  readonly rows: readonly Hit[]
  readonly exact: readonly Hit[]
  readonly organisations: readonly { readonly name: string }[]
  readonly persons: readonly { readonly name: string; readonly offices: readonly string[] }[]
  readonly next?: string
}

async function found(q: string, client = clerk, more = ''): Promise<Answer> {
  const { status, body } = await client.get(`/search?q=${encodeURIComponent(q)}${more}`)
  expect(status).toBe(200)
  return body as unknown as Answer
}
const ids = async (q: string, client = clerk) => (await found(q, client)).rows.map(({ id }) => id)
const number = (place: number) => (): string => numbers[place] ?? ''
const [first, second, third] = [number(0), number(1), number(2)]

describe('a request is found by', () => {
  test.each([
    ['two characters, the newest first', '维修', () => [third(), first(), 'a-2026-0001']],
    ['one character', '渠', () => [third()]],
    ['a longer part, whatever stands between', '道维修一', () => [first()]],
    ['all of several words', '维修 建材', () => [first()]],
    ['its payee, whatever stands between', '湖州菱东', () => [first()]],
    ['its contract in another width and case', 'ht 2026-a07', () => [second()]],
    ['its amount as it is written anywhere', '￥12,345.6', () => [third(), first()]],
    ['its amount with its unit', '8000元', () => [second()]],
  ])('%s', async (_what, q, expected) => {
    expect(await ids(q)).toEqual(expected())
  })

  test.each(['修维', '道修', '2345.60', '12345.61', '泵站 水渠', 'x', '%', '"', 'NOT', '*'])(
    'not by %s',
    async (q) => {
      expect(await ids(q)).toEqual([])
    },
  )

  test('its number comes first, and once', async () => {
    const all = await found(first())
    expect(all.exact.map(({ id }) => id)).toEqual([first()])
    expect(all.rows.map(({ id }) => id)).not.toContain(first())
    expect((await found('a-2026-0001')).exact).toMatchObject([
      { kind: 'authority', id: 'a-2026-0001', code: code(village) },
    ])
    expect((await found('2026-999999')).exact).toEqual([])
  })
})

test('an amount and a state are those of the list', async () => {
  const { body } = await clerk.get(`/search?q=${encodeURIComponent('泵站')}`)
  expect(body['rows']).toMatchObject([
    { kind: 'request', amount: '8000.00', state: 'issuing.drawnUp', title: '泵站清淤' },
  ])
})

test('pages follow one another without a gap, and end', async () => {
  const one = await found('维修', clerk, '&limit=1')
  expect(one.rows.map(({ id }) => id)).toEqual([third()])
  const next = await found('维修', clerk, `&limit=1&after=${one.next ?? ''}`)
  expect(next.rows.map(({ id }) => id)).toEqual([first()])
  const last = await found('维修', clerk, `&limit=1&after=${next.next ?? ''}`)
  expect(last.rows.map(({ id }) => id)).toEqual(['a-2026-0001'])
  expect(last.next).toBeUndefined()
})

describe('what is found is what is seen', () => {
  test('the other village finds its request, and nothing here', async () => {
    const other = await town.client(p('bclerk'))
    const mine = await found('村道维修', other)
    expect(mine.rows).toMatchObject([
      { kind: 'request', id: '2026-000077', code: code(otherVillage) },
    ])
    expect(await ids('泵站', other)).toEqual([])
    expect((await found(first(), other)).exact).toEqual([])
    expect((await found('菱东公司', other)).organisations).toHaveLength(1)
  })

  test('this one finds nothing of the other', async () => {
    expect(await ids('村道维修')).toEqual([first()])
    expect((await found('2026-000077')).exact).toEqual([])
    expect((await found('菱东公司')).organisations).toEqual([])
  })

  test('the township finds both, the officer of another township and the administrator neither', async () => {
    const officer = await town.client(p('officer'))
    expect((await found('村道维修', officer)).rows.map(({ id }) => id)).toEqual([
      '2026-000077',
      first(),
    ])
    expect((await found('菱东公司', officer)).organisations).toHaveLength(1)
    for (const who of [p('bofficer'), 'administrator'] as const) {
      const nothing = await found('村道维修', await town.client(who))
      expect(nothing).toEqual({ exact: [], organisations: [], persons: [], rows: [] })
    }
  })
})

describe('a person', () => {
  test('is found by name, with their office and the requests they handle', async () => {
    const { persons, rows } = await found('王建国')
    expect(persons).toMatchObject([{ name: '王 建国', offices: ['经办人'] }])
    expect(rows.map(({ id }) => id)).toEqual([third(), second(), first()])
  })

  test('who only stands on the roll is found by who holds an office, not by a member', async () => {
    expect((await found('建国')).persons.map(({ name }) => name)).toEqual(['王 建国', '李建国'])
    const member = await town.client(p('m1'))
    expect((await found('建国', member)).persons.map(({ name }) => name)).toEqual(['王 建国'])
    const other = await town.client(p('bclerk'))
    expect((await found('建国', other)).persons.map(({ name }) => name)).toEqual(['赵建国'])
  })

  test('who was erased is found no more, though the name was open before', async () => {
    expect((await found('李建国')).persons).toHaveLength(1)
    town.desk.vault.erase(p('m2'), '2026-03-03T00:00:00.000Z')
    expect((await found('李建国')).persons).toEqual([])
  })
})

test.each(['', '%20%20', 'a'.repeat(61)])('what is no query is refused: "%s"', async (q) => {
  const { status, body } = await clerk.get(`/search?q=${q}`)
  expect([status, body['code']]).toEqual([400, 'queryInvalid'])
})

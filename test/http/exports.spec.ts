// Exports: what stands in a file, byte by byte where it matters, and that it is the list's own rows and nobody else's.
import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exportTables, notExported } from '../../src/app/read/exports-tables.ts'
import { by, p, village } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { manOther, otherRequest } from './other-village.ts'
import { formOf, request } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let clerk: Client
const here = `/villages/${code(village)}`
const list = `/exports${here}/requests`

async function submitted(n: number, amount: string, more: Record<string, unknown>) {
  const id = town.next('request')
  const input = formOf(n, amount, more)
  const stream = `request/${id}` as const
  await town.given({ ledger: village, stream, type: 'request.submit', by: by('clerk'), input })
  return id
}

beforeAll(async () => {
  town = await openTown()
  await submitted(1, '8000.50', { purpose: '=HYPERLINK("http://x","点我")' })
  await submitted(2, '9999.00', {
    purpose: '购"水泥", 二号\n三号',
    contract: '00123456789012345678',
  })
  await submitted(3, '12000.00', { purpose: '＋1+1' })
  await manOther(town)
  await otherRequest(town, '2026-000900', {
    n: 900,
    amount: '777.00',
    more: { purpose: '别村的事' },
  })
  town.desk.vault.put(p('handler'), { name: '王建国' })
  town.desk.vault.put(p('m1'), { name: '社员甲' })
  clerk = await town.client(p('clerk'))
})
afterAll(() => town.close())

const bytesOf = async (path: string, client = clerk) => {
  const answer = await client.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer
}
const rowsOf = async (path: string, client = clerk): Promise<readonly Record<string, string>[]> => {
  const { bytes } = await bytesOf(`${path}${path.includes('?') ? '&' : '?'}format=csv`, client)
  return parse(Buffer.from(bytes), { columns: true, bom: true })
}

describe('as CSV', () => {
  test('is UTF-8 with its mark, a line each row, quoted as RFC 4180 has it', async () => {
    const { bytes, headers } = await bytesOf(`${list}?format=csv`)
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="export.csv"; filename*=UTF-8''${encodeURIComponent('支出申请 2026-03-02.csv')}`,
    )
    const text = Buffer.from(bytes).toString('utf8').slice(1)
    expect(text.split('\r\n')[0]).toBe(
      '账本,申请编号,申请日期,公司,申请种类,支出类别,事由,金额（元）,收款单位,支付方式,预算科目,合同编号,项目编号,授权额度,经办人,状态,结果,暂缓,流程结束日期,轮次,未销号问题',
    )
    expect(text).toContain('"购""水泥"", 二号\n三号"')
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toContain('\r')
  })

  test('says in words what the list says in codes, the newest first', async () => {
    const rows = await rowsOf(list)
    expect(rows.map((row) => row['申请编号'])).toEqual([
      '2026-000003',
      '2026-000002',
      '2026-000001',
    ])
    expect(rows[2]).toMatchObject({
      申请日期: '2026-03-02',
      申请种类: '单笔支付',
      支出类别: '设备维修',
      '金额（元）': '8000.50',
      收款单位: '供应商1',
      支付方式: '银行转账',
      经办人: '王建国',
      状态: '待经办人签字',
      结果: '办理中',
      暂缓: '否',
      轮次: '1',
    })
  })

  test('no cell is taken for a formula', async () => {
    const rows = await rowsOf(list)
    const purposes = rows.map((row) => row['事由'] ?? '')
    expect(purposes).toEqual(["'＋1+1", '购"水泥", 二号\n三号', `'=HYPERLINK("http://x","点我")`])
    for (const row of rows)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u)
  })

  test('in English for who prefers it, by header or by wish', async () => {
    const { text } = await clerk.get(`${list}?format=csv`, { 'accept-language': 'en' })
    expect(text).toContain('amount (yuan)')
    const [row] = await rowsOf(`${list}?lang=en`)
    expect(row?.['state']).toBe('to be signed by the handler')
  })
})

describe('as XLSX', () => {
  const sheet = async () => {
    const { bytes, headers } = await bytesOf(`${list}?format=xlsx`)
    expect(headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    const { sheets } = await readXlsx(bytes, { readStyles: true })
    const [only] = sheets
    if (only === undefined || sheets.length !== 1) throw new Error('one sheet')
    return only
  }

  test('the head row is frozen, amounts are numbers, everything else is text', async () => {
    const { name, rows, freezePane } = await sheet()
    expect([name, freezePane]).toEqual(['支出申请', { rows: 1 }])
    const head = rows[0] ?? []
    const at = (title: string) => rows.slice(1).map((row) => row[head.indexOf(title)])
    expect(at('金额（元）')).toEqual([12000, 9999, 8000.5])
    expect(at('合同编号')[1]).toBe('00123456789012345678')
    expect(at('申请编号')).toEqual(['2026-000003', '2026-000002', '2026-000001'])
    expect(at('事由')).toEqual(['＋1+1', '购"水泥", 二号\n三号', '=HYPERLINK("http://x","点我")'])
  })

  test('holds no formula', async () => {
    const { cells } = await sheet()
    const formulas = [...(cells ?? new Map()).values()].filter(
      (cell) => (cell as { formula?: string }).formula !== undefined,
    )
    expect(formulas).toEqual([])
  })
})

describe('is the list', () => {
  test('narrowed as the list is', async () => {
    const rows = await rowsOf(`${list}?state=issuing.drawnUp&from=2026-03&to=2026-03`)
    expect(rows).toHaveLength(3)
    expect(await rowsOf(`${list}?from=2026-04`)).toEqual([])
    const refused = await clerk.get(`${list}?format=csv&category=nothing`)
    expect([refused.status, refused.body['code']]).toEqual([400, 'queryInvalid'])
  })

  test('for whoever sees the list: no other village, no other office', async () => {
    const mine = await rowsOf(list)
    expect(JSON.stringify(mine)).not.toContain('别村的事')
    const other = await town.client(p('bclerk'))
    expect((await other.get(`${list}?format=csv`)).status).toBe(404)
    const theirs = await rowsOf(`/exports/villages/${code(otherVillage)}/requests`, other)
    expect(theirs.map((row) => row['事由'])).toEqual(['别村的事'])
    const member = await town.client(p('m1'))
    const no = await member.get(`/exports${here}/members?format=csv`)
    expect([no.status, no.body['code']]).toEqual([403, 'notAllowed'])
    const members = await rowsOf(`/exports${here}/members`)
    expect(members.find((row) => row['姓名'] === '社员甲')).toMatchObject({ 民事行为能力: '完全' })
  })

  test('to its end, however many pages', async () => {
    const own = await openTown()
    try {
      const stream = (n: number) => `request/2026-${String(n).padStart(6, '0')}` as const
      for (let n = 1; n <= 205; n++) {
        const input = formOf(n, '100.00')
        await own.given({
          ledger: village,
          stream: stream(n),
          type: 'request.submit',
          by: by('clerk'),
          input,
        })
      }
      const rows = await rowsOf(list, await own.client(p('clerk')))
      expect(new Set(rows.map((row) => row['申请编号'])).size).toBe(205)
      expect(rows).toHaveLength(205)
    } finally {
      await own.close()
    }
  })

  test('the trail of a request, the figures of a village, a disclosed month', async () => {
    const id = await request(town, 'handled')
    const trail = await rowsOf(`/exports${here}/requests/${id}`)
    expect(trail.map((row) => row['类型'])).toContain('request.handled')
    expect(Number(trail[0]?.['记录序号'])).toBeGreaterThan(0)
    const figures = await rowsOf(`/exports${here}/figures`)
    const month = figures.find((row) => row['统计项'] === '按月')
    expect(month).toMatchObject({ 项目: '2026-03', 申请笔数: '4', '金额（元）': '41999.50' })
    const sheet = await rowsOf(`/exports/disclosure/${code(village)}/2026-03`, town.stranger())
    expect(sheet).toEqual([])
  })

  test.each(['', '?format=pdf', '?format=csv&limit=5', '?format=csv&after=x'])(
    'a format that is none, or turning pages oneself, is refused: %s',
    async (query) => {
      const { status, body } = await clerk.get(`${list}${query}`)
      expect([status, body['code']]).toEqual([400, 'queryInvalid'])
    },
  )
})

/** The rows of a list as its document has them: the names of their fields. */
function fieldsOf(id: string): readonly string[] | undefined {
  const answer = town.routes.find((route) => route.id === id)?.answer
  if (answer === undefined) return undefined
  const { properties } = z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' }) as {
    readonly properties?: Readonly<
      Record<string, { readonly items?: { readonly properties?: object } }>
    >
  }
  const rows = properties?.['rows']?.items?.properties
  return rows === undefined ? undefined : Object.keys(rows)
}

test('every list is exported, or says why not', () => {
  const lists = town.routes
    .filter(({ method, id }) => method === 'get' && !id.startsWith('export.'))
    .flatMap(({ id }) => (id.startsWith('list') || fieldsOf(id) !== undefined ? [id] : []))
  const missing = lists.filter((id) => !(id in exportTables) && !(id in notExported))
  expect(missing).toEqual([])
  expect(Object.keys(notExported).filter((id) => !lists.includes(id))).toEqual([])
  expect(Object.keys(exportTables).filter((id) => id in notExported)).toEqual([])
})

test.each(Object.entries(exportTables).filter(([, { rows }]) => rows === undefined))(
  'the table of %s has every field of its list, or leaves it out on purpose',
  (id, { columns, without = [] }) => {
    const shown = columns.map(({ key }) => key.split('.')[0] ?? '')
    const fields = fieldsOf(id) ?? []
    expect(fields.length).toBeGreaterThan(3)
    expect(fields.filter((field) => !shown.includes(field) && !without.includes(field))).toEqual([])
    expect([...shown, ...without].filter((key) => !fields.includes(key))).toEqual([])
  },
)

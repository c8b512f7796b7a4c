// A year of requests as accountants export them: every row a draft, in either encoding, once.
import { z } from 'zod'
import { beforeEach, describe, expect, test } from 'vitest'
import { importRequests } from '../../src/app/import/import-requests.ts'
import { sayNotice } from '../../src/app/import/notices.ts'
import { parseSheet } from '../../src/app/import/sheet.ts'
import { toDraft } from '../../src/app/import/to-draft.ts'
import { openDrafts } from '../../db/drafts/open.ts'
import { type Draft, draftSchema, type DraftStore, submissionOf } from '../../src/domain/draft.ts'
import { moneySchema, sum } from '../../src/domain/money.ts'
import { submissionSchema } from '../../src/domain/request.ts'
import { sha256HexSchema } from '../../src/domain/ids.ts'
import { bytesOf, csv, directory, goodRow, sample, sheetOf } from '../support/import.ts'

const utf8 = sample('requests-2025.csv')
const gb18030 = sample('requests-2025.gb18030.csv')

const plantedSchema = z.array(
  z.object({ rule: z.string(), company: z.string(), rows: z.array(z.int()) }),
)

let drafts: DraftStore
beforeEach(() => {
  drafts = openDrafts(':memory:')
  return () => drafts.close()
})

function draftsOf(bytes: Uint8Array): readonly Draft[] {
  return parseSheet(bytes).rows.map((row) => {
    const made = toDraft(row, directory)
    if ('faults' in made) throw new Error(JSON.stringify(made.faults))
    return made.draft
  })
}
const [only] = draftsOf(sheetOf({}))
const draftOf = (cells: Readonly<Record<string, string>>): Draft => {
  const [draft] = draftsOf(sheetOf(cells))
  if (draft === undefined) throw new Error('no draft')
  return draft
}
const count = <T>(all: readonly T[], of: (one: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const one of all) counts[of(one)] = (counts[of(one)] ?? 0) + 1
  return counts
}

describe('the samples', () => {
  test('are read whole, and alike', () => {
    const [first, second] = [parseSheet(utf8), parseSheet(gb18030)]
    expect(first).toMatchObject({ encoding: 'utf-8', faults: [], notices: [] })
    expect(second).toMatchObject({ encoding: 'gb18030', faults: [], notices: [] })
    expect(first.rows).toHaveLength(625)
    expect(second.rows).toEqual(first.rows)
    expect(new Set(first.rows.map(({ id }) => id)).size).toBe(625)
  })

  test('become drafts that hold what a spreadsheet sums and counts', () => {
    const made = draftsOf(utf8)
    expect(sum(made.map(({ submission }) => submission.amount))).toBe('5760918.68')
    expect(count(made, ({ submission }) => submission.kind)).toEqual({
      single: 504,
      card: 57,
      list: 40,
      reimbursement: 24,
    })
    expect(count(made, ({ submission }) => submission.payee?.type ?? 'list to come')).toEqual({
      firm: 548,
      person: 34,
      'list to come': 40,
      unregistered: 3,
    })
    const named = ({ submission, invoicesComing = [] }: Draft) =>
      submission.invoices.length + invoicesComing.length
    expect(made.filter((draft) => named(draft) > 0)).toHaveLength(582)
    expect(made.filter(({ submission }) => submission.matter === 'investment')).toHaveLength(1)
    for (const draft of made) expect(draftSchema.parse(draft)).toEqual(draft)
  })

  test('show the planted rows on the lines a spreadsheet shows them', () => {
    const planted = plantedSchema.parse(
      JSON.parse(new TextDecoder().decode(sample('requests-2025.planted.json'))),
    )
    const byLine = new Map(draftsOf(utf8).map((draft) => [draft.line, draft]))
    const found = (rule: string): readonly (readonly Draft[])[] =>
      planted
        .filter((each) => each.rule === rule)
        .map(({ rows }) => rows.flatMap((line) => byLine.get(line) ?? []))
    for (const { rows, company } of planted) {
      const named = rows.map((line) => byLine.get(line)?.columns['公司'])
      expect(named).toEqual(rows.map(() => company))
    }
    for (const rows of found('DUPLICATE_INVOICE')) {
      expect(rows).toHaveLength(2)
      expect(new Set(rows.map(({ submission }) => submission.invoices[0]?.number)).size).toBe(1)
    }
    for (const rows of found('SPLITTING')) {
      expect(rows).toHaveLength(4)
      expect(new Set(rows.map(({ submission }) => JSON.stringify(submission.payee))).size).toBe(1)
    }
    const forms = (rule: string) =>
      found(rule)
        .flat()
        .map(({ submission }) => submission)
    expect(forms('RELATED_PARTY').map(({ relation }) => relation)).toEqual(Array(3).fill('related'))
    expect(forms('HOSPITALITY').map(({ category }) => category)).toEqual(
      Array(3).fill('hospitality'),
    )
    expect(forms('WHITE_SLIP')).toHaveLength(3)
    for (const form of forms('WHITE_SLIP')) {
      const payee = { type: 'unregistered', name: '个体商户' }
      expect(form).toMatchObject({ payee, method: 'cash', invoices: [] })
      expect(form.voucherException).toBeUndefined()
    }
  })

  test('are imported once, whichever encoding comes second', async () => {
    const ports = { directory, drafts }
    expect(await importRequests(utf8, ports)).toMatchObject({ added: 625, known: 0, faults: [] })
    expect(await importRequests(utf8, ports)).toMatchObject({ added: 0, known: 625, faults: [] })
    expect(await importRequests(gb18030, ports)).toMatchObject({ added: 0, known: 625, faults: [] })
    expect(await drafts.list({ limit: 1000 })).toHaveLength(625)
  })
})

describe('the identity of a row', () => {
  test.each<[what: string, cells: Record<string, string>]>([
    ['date with slashes', { 单据日期: '2025/3/1' }],
    ['date in Chinese', { 单据日期: '2025年3月1日' }],
    ['date without signs', { 单据日期: '20250301' }],
    ['amount with a sign', { 金额: '￥440.38' }],
    ['space around', { 事由: '  打印纸　' }],
    ['grouped account', { 收款账号: '6284 9508 0541 4837 998' }],
    ['full-width digits', { 金额: '４４０．３８' }],
    ['account held as text by a tab', { 收款账号: '6284950805414837998\t' }],
  ])('does not change with %s', (_what, cells) => {
    expect(draftOf(cells).id).toBe(only?.id)
  })

  test.each<[header: string, other: string]>([
    ['单据日期', '2025-03-02'],
    ['公司', '菱桑农业发展有限公司'],
    ['经办人', '另一个'],
    ['报账员', '另一个'],
    ['证明人', '另一个'],
    ['支出类别', '燃料费'],
    ['事由', '另一个'],
    ['收款人', '另一个'],
    ['收款账号', '6284950805414837999'],
    ['开户行', '另一个'],
    ['金额', '440.39'],
    ['发票号码', '25332797208008000379'],
    ['合同编号', '另一个'],
    ['预算科目', '另一个'],
    ['支付方式', '现金'],
    ['关联关系', '另一个'],
    ['备注', '另一个'],
  ])('changes with %s', (header, other) => {
    const { rows } = parseSheet(sheetOf({ [header]: other }))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.id).not.toBe(only?.id)
  })

  test('does not depend on the order of columns or rows, nor on what stands between', async () => {
    const headers = Object.keys(goodRow).toReversed()
    const turned = (change: Readonly<Record<string, string>>) =>
      headers.map((header) => change[header] ?? goodRow[header] ?? '')
    const other = bytesOf(
      csv([['序号', ...headers], ['2', ...turned({ 事由: '硒鼓' })], [], ['1', ...turned({})]]),
    )
    const { rows, notices, faults } = parseSheet(other)
    expect(faults).toEqual([])
    expect(notices).toEqual([{ code: 'columnIgnored', line: 1, column: '序号' }])
    expect(rows.map(({ line }) => line)).toEqual([2, 4])
    const ports = { directory, drafts }
    await importRequests(sheetOf({}, { 事由: '硒鼓' }), ports)
    expect(await importRequests(other, ports)).toMatchObject({ added: 0, known: 2 })
  })

  test('tells equal rows apart by their occurrence', async () => {
    const ports = { directory, drafts }
    expect(await importRequests(sheetOf({}, {}), ports)).toMatchObject({ added: 2, known: 0 })
    expect(await importRequests(sheetOf({}, {}), ports)).toMatchObject({ added: 0, known: 2 })
    expect(await importRequests(sheetOf({}, {}, {}), ports)).toMatchObject({ added: 1, known: 2 })
  })

  test('says of a row that repeats another which one it repeats', () => {
    const { notices, rows } = parseSheet(sheetOf({}, { 事由: '硒鼓' }, {}, {}))
    expect(rows).toHaveLength(4)
    expect(notices).toEqual([
      { code: 'repeated', line: 4, to: '2' },
      { code: 'repeated', line: 5, to: '2' },
    ])
    expect(notices.map((one) => sayNotice(one, 'zh'))[0]).toMatch(/^与第2行完全相同/)
  })
})

describe('what a row becomes', () => {
  const firm = {
    type: 'firm',
    name: '八里办公文具店',
    account: '6284950805414837998',
    bank: '湖州银行八里支行',
  }
  const handler = 'p_qingdunbuyer'
  const noAccount = { 收款账号: '', 开户行: '' }

  test.each<[what: string, cells: Record<string, string>, submission: Record<string, unknown>]>([
    [
      'a firm paid by transfer',
      {},
      {
        company: 'g_qingdun',
        kind: 'single',
        matter: 'ordinary',
        method: 'transfer',
        payee: firm,
        invoices: [
          {
            number: '25332797208008000378',
            date: '2025-03-01',
            total: '440.38',
            sellerAccount: firm.account,
          },
        ],
        handler,
        witness: 'p_qingdunacceptor',
        relation: 'none',
      },
    ],
    ['the village card', { 支付方式: '村务卡' }, { kind: 'card', method: 'card', payee: firm }],
    [
      'what the handler laid out',
      { 收款人: '经办人垫付', ...noAccount },
      {
        kind: 'reimbursement',
        payee: { type: 'person', person: handler },
        invoices: [{ number: '25332797208008000378', date: '2025-03-01', total: '440.38' }],
      },
    ],
    [
      'the handler by name',
      { 收款人: '青墩村采购员', ...noAccount },
      { kind: 'reimbursement', payee: { type: 'person', person: handler } },
    ],
    [
      'what the handler laid out by card',
      { 收款人: '经办人垫付', 支付方式: '村务卡', ...noAccount },
      { kind: 'card', payee: { type: 'person', person: handler } },
    ],
    [
      'another person of the village',
      { 收款人: '青墩村项目员' },
      { kind: 'single', payee: { type: 'person', person: 'p_qingdunprojects' } },
    ],
    [
      'a seller without account',
      { 收款人: '个体商户', 发票号码: '', 支付方式: '现金', 备注: '白条', ...noAccount },
      {
        kind: 'single',
        method: 'cash',
        payee: { type: 'unregistered', name: '个体商户' },
        invoices: [],
      },
    ],
    ['an investment', { 支出类别: '对外投资' }, { category: 'investment', matter: 'investment' }],
    ['a related party', { 关联关系: '董事近亲属控制' }, { relation: 'related' }],
    ['a contract', { 合同编号: 'HT-2025-006' }, { contract: 'HT-2025-006' }],
  ])('%s', (_what, cells, submission) => {
    const draft = draftOf(cells)
    expect(draft.submission).toMatchObject(submission)
    expect(draft.needsList).toBe(false)
    expect(draft.clerk).toBe('p_qingdunclerk')
    expect(draft.columns).toEqual({ ...goodRow, ...cells })
    const whole = submissionOf(draft, { evidence: [] })
    expect(submissionSchema.parse(whole)).toEqual(whole)
  })

  test('a list waits for its rows, and is then submittable', () => {
    const draft = draftOf({ 收款人: '青墩村承包农户（明细见附表）', 发票号码: '', ...noAccount })
    expect(draft).toMatchObject({
      needsList: true,
      submission: { kind: 'list', voucherException: 'payeeList' },
    })
    expect(draft.submission.payee).toBeUndefined()
    expect(submissionOf(draft, { evidence: [] })).toBeUndefined()
    const list = {
      type: 'list' as const,
      count: 3,
      total: moneySchema.parse('440.38'),
      digest: sha256HexSchema.parse('0'.repeat(64)),
    }
    const whole = submissionOf(draft, { evidence: [], list })
    expect(submissionSchema.parse(whole)).toMatchObject({ kind: 'list', payee: list })
  })
})

describe('an import of good and bad rows', () => {
  test('keeps the good ones and names the others, in the order of the sheet', async () => {
    const bytes = sheetOf(
      { 公司: '某某公司' },
      {},
      { 金额: '12.345' },
      { 经办人: '张三', 证明人: '李四' },
      { 事由: '笔' },
    )
    const report = await importRequests(bytes, { directory, drafts })
    expect(report).toMatchObject({ added: 2, known: 0 })
    expect(report.faults.map(({ line, code, column }) => [line, code, column])).toEqual([
      [2, 'companyUnknown', '公司'],
      [4, 'amountMalformed', '金额'],
      [5, 'personUnknown', '经办人'],
      [5, 'personUnknown', '证明人'],
    ])
    expect((await drafts.list()).map(({ draft }) => draft?.line)).toEqual([3, 6])
  })

  test('mended and imported again, brings just the mended rows', async () => {
    const ports = { directory, drafts }
    await importRequests(sheetOf({}, { 金额: 'x' }), ports)
    expect(await importRequests(sheetOf({}, { 金额: '99.00' }), ports)).toMatchObject({
      added: 1,
      known: 1,
      faults: [],
    })
  })
})

// Imports over HTTP: a sheet is shown row by row, what was shown is what is confirmed, once however often it is asked, and what a
// crash interrupts is finished by asking again.
import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnNames, columns } from '../../src/app/import/columns.ts'
import { confirmImport, preparedOf, sweepImports } from '../../src/app/imports/import.ts'
import { workings } from '../../src/app/workings.ts'
import { sha256HexSchema } from '../../src/domain/ids.ts'
import type { ImportStore } from '../../src/domain/import.ts'
import { instantOf } from '../../src/domain/time.ts'
import { rosterFold, type RosterState } from '../../workflows/roster/v1/fold.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { by, company, h, p, village } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import type { Answer, Client } from './client.ts'
import { code, openTown, type Town } from './town.ts'

const place = `/villages/${code(village)}`
const imports = `${place}/imports`
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
let town: Town
let clerk: Client
let officer: Client
beforeAll(async () => {
  town = await openTown()
  clerk = await town.client(p('clerk'))
  officer = await town.client(p('officer'))
  for (const [who, name] of [
    ['handler', '王经办'],
    ['witness', '李证明'],
    ['clerk', '张报账'],
    ['m1', '陈社员'],
  ] as const)
    town.desk.vault.put(p(who), { name })
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

interface Shown {
  readonly import: string
  readonly digest: string
  readonly state: string
  readonly encoding?: string
  readonly counts: { readonly good: number; readonly bad: number; readonly known: number }
  readonly notices: readonly { readonly code: string }[]
  readonly rows: readonly {
    readonly line: number
    readonly state: string
    readonly said: Readonly<Record<string, string>>
    readonly faults: readonly {
      readonly code: string
      readonly column?: string
      readonly wrong: { readonly zh: string; readonly en: string }
    }[]
    readonly notices: readonly { readonly code: string }[]
  }[]
  readonly outcome?: unknown
}

const headers = columnNames.map((name) => columns[name].header)
const row: Readonly<Record<string, string>> = {
  单据日期: '2026-02-03',
  公司: '云溪强村公司',
  经办人: '王经办',
  报账员: '张报账',
  证明人: '李证明',
  支出类别: '办公费',
  事由: '打印纸',
  收款人: '八里办公文具店',
  收款账号: '6284950805414837998',
  开户行: '湖州银行',
  金额: '440.38',
  发票号码: '25332797208008000378',
  预算科目: '办公费',
  支付方式: '银行转账',
  关联关系: '无',
}
let rowsMade = 0
/** A row unlike any other. */
const unique = (change: Readonly<Record<string, string>> = {}) => ({
  ...row,
  事由: `打印纸第${++rowsMade}批`,
  ...change,
})
const cellsOf = (one: Readonly<Record<string, string>>) =>
  headers.map((header) => one[header] ?? '')
const csvOf = (...rows: readonly Readonly<Record<string, string>>[]): string =>
  [headers, ...rows.map(cellsOf)].map((cells) => cells.join(',')).join('\r\n')

const bring = (query: string, raw: string | Uint8Array, by_ = clerk, type = 'text/csv') =>
  by_.ask('POST', `${imports}?${query}`, { raw, headers: { 'content-type': type } })
const shownIn = ({ status, text, body }: Answer): Shown => {
  expect(status, text).toBe(201)
  return body as unknown as Shown
}
const brought = async (raw: string | Uint8Array, query = 'subject=requests', by_ = clerk) =>
  shownIn(await bring(query, raw, by_))
const confirm = ({ import: id, digest }: Shown, by_ = clerk) =>
  by_.post(`${imports}/${id}/confirmation`, { digest })
const drafts = async (): Promise<readonly { form: { purpose?: string } }[]> => {
  const { body } = await clerk.get(`${place}/drafts?limit=200`)
  return body['rows'] as { form: { purpose?: string } }[]
}
const purposes = async () => (await drafts()).map(({ form }) => form.purpose)

describe('a sheet of requests', () => {
  test('is shown, confirmed, and stands among the drafts of the clerk', async () => {
    const [one, two] = [unique(), unique({ 金额: '"1,200.00"' })]
    const shown = await brought(csvOf(one, two))
    expect(shown).toMatchObject({
      state: 'shown',
      encoding: 'utf-8',
      counts: { good: 2, bad: 0, known: 0 },
      rows: [{ line: 2, state: 'good', said: { 公司: '云溪强村公司' } }, { line: 3 }],
    })
    expect(await purposes()).not.toContain(one.事由)
    const answer = await confirm(shown)
    expect(answer.body).toMatchObject({
      state: 'confirmed',
      outcome: { subject: 'requests', added: 2, known: 0 },
    })
    expect(await purposes()).toEqual(expect.arrayContaining([one.事由, two.事由]))
    // its rows are forgotten
    expect((await clerk.get(`${imports}/${shown.import}`)).body).toMatchObject({ rows: [] })
  })

  test('confirmed again it is answered the same, and brought again it adds nothing', async () => {
    const sheet = csvOf(unique())
    const shown = await brought(sheet)
    const first = await confirm(shown)
    const count = (await drafts()).length
    expect((await confirm(shown)).body).toEqual(first.body)
    const again = await brought(sheet)
    expect(again).toMatchObject({ counts: { good: 0, known: 1 }, rows: [{ state: 'known' }] })
    expect((await confirm(again)).body['code']).toBe('importEmpty')
    expect((await drafts()).length).toBe(count)
  })

  test('the same from XLSX as from CSV, GB18030 as UTF-8', async () => {
    const one = unique()
    await confirm(await brought(csvOf(one)))
    const xlsx = await writeXlsx({ sheets: [{ name: '支出', rows: [headers, cellsOf(one)] }] })
    const book = shownIn(await bring('subject=requests', xlsx, clerk, XLSX))
    expect(book).toMatchObject({ counts: { known: 1 } })
    expect(book).not.toHaveProperty('encoding')
    const marked = await brought(`\uFEFF${csvOf(one)}`)
    expect(marked).toMatchObject({ counts: { known: 1 } })
  })

  test.each([
    ['requests-2025.csv', 'utf-8'],
    ['requests-2025.gb18030.csv', 'gb18030'],
  ])(
    'a real-shaped year of other companies, %s: shown whole, nothing of it good',
    async (name, encoding) => {
      const shown = await brought(readFileSync(`test/fixtures/${name}`))
      expect(shown.encoding).toBe(encoding)
      expect(shown.counts).toMatchObject({ good: 0, known: 0 })
      expect(shown.counts.bad).toBeGreaterThan(500)
      const codes = new Set(shown.rows.flatMap(({ faults }) => faults.map((one) => one.code)))
      expect([...codes]).toEqual(['companyUnknown'])
      expect((await confirm(shown)).body['code']).toBe('importEmpty')
    },
  )

  const bad: readonly (readonly [
    what: string,
    change: Record<string, string>,
    column: string,
    code: string,
  ])[] = [
    ['an unknown company', { 公司: '别村公司' }, '公司', 'companyUnknown'],
    ['an unknown person', { 经办人: '赵无名' }, '经办人', 'personUnknown'],
    ['no amount', { 金额: '' }, '金额', 'required'],
    ['an amount of nothing', { 金额: '0' }, '金额', 'amountZero'],
    ['an amount with a sign', { 金额: '-5' }, '金额', 'amountMalformed'],
    ['a formula', { 事由: '=1+1' }, '事由', 'formula'],
    ['text turned round', { 收款人: '店\u202e具' }, '收款人', 'controlCharacter'],
    ['a date as a number', { 单据日期: '46056' }, '单据日期', 'dateSerial'],
    ['no such day', { 单据日期: '2026-02-30' }, '单据日期', 'dateMalformed'],
    ['no such category', { 支出类别: '吃喝' }, '支出类别', 'categoryUnknown'],
    ['no such way to pay', { 支付方式: '微信' }, '支付方式', 'methodUnknown'],
    ['an account in powers of ten', { 收款账号: '6.28E+18' }, '收款账号', 'numberShortened'],
    ['no bank', { 开户行: '' }, '开户行', 'bankMissing'],
    ['an invoice of another length', { 发票号码: '123' }, '发票号码', 'invoiceMalformed'],
  ]
  test.each(bad)(
    '%s is told, and only the rows beside it come in',
    async (_what, change, column, wanted) => {
      const [wrong, right] = [unique(change), unique()]
      const shown = await brought(csvOf(wrong, right))
      expect(shown.counts).toEqual({ good: 1, bad: 1, known: 0 })
      const [first] = shown.rows
      expect(first).toMatchObject({ line: 2, state: 'bad', faults: [{ code: wanted, column }] })
      const said = first?.faults[0]?.wrong
      expect(said?.zh).toMatch(/\p{Script=Han}/u)
      expect(said?.en).toMatch(/^[A-Z]/)
      expect((await confirm(shown)).body['outcome']).toMatchObject({ added: 1 })
      const now = await purposes()
      expect(now).toContain(right.事由)
      expect(now).not.toContain(wrong.事由)
    },
  )

  test('the same row twice is told and taken for two payments', async () => {
    const one = unique()
    const shown = await brought(csvOf(one, one))
    expect(shown.rows[1]?.notices.map((notice) => notice.code)).toEqual(['repeated'])
    expect((await confirm(shown)).body['outcome']).toMatchObject({ added: 2 })
  })

  test.each<[what: string, raw: string | Uint8Array, wanted: string]>([
    ['nothing', '', 'fileEmpty'],
    ['no columns of ours', 'a,b\r\n1,2', 'headerMissing'],
    ['an open quotation mark', `${headers.join(',')}\r\n"x`, 'quoteBroken'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), 'spreadsheetFile'],
    ['half a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'workbookBroken'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0), 'binaryFile'],
  ])('%s is no sheet', async (_what, raw, wanted) => {
    const answer = await bring('subject=requests', raw)
    expect([answer.status, answer.body['code']]).toEqual([422, 'sheetUnfit'])
    expect(answer.body['fields']).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: wanted })]),
    )
  })

  test('what is too large, or called something else, is not read', async () => {
    const large = await bring('subject=requests', 'x'.repeat(5 * 1024 * 1024 + 1))
    expect([large.status, large.body['code']]).toEqual([413, 'bodyTooLarge'])
    const named = await bring('subject=requests', csvOf(unique()), clerk, 'application/pdf')
    expect([named.status, named.body['code']]).toEqual([415, 'mediaTypeUnknown'])
    expect((await bring('subject=everything', 'x')).body['code']).toBe('queryInvalid')
  })
})

describe('whose it is', () => {
  test('nobody else sees, confirms or forgets it', async () => {
    const shown = await brought(csvOf(unique()))
    for (const person of [p('head'), p('officer'), p('m1')]) {
      const other = await town.client(person)
      expect((await other.get(`${imports}/${shown.import}`)).status).toBe(404)
      expect((await confirm(shown, other)).status).toBe(404)
      expect((await other.ask('DELETE', `${imports}/${shown.import}`)).status).toBe(404)
      expect((await other.get(imports)).body).toEqual({ imports: [] })
    }
    const { body } = await clerk.get(imports)
    expect((body['imports'] as { import: string }[]).map((one) => one.import)).toContain(
      shown.import,
    )
  })

  test('what is confirmed is what was shown', async () => {
    const shown = await brought(csvOf(unique()))
    const other = await confirm({ ...shown, digest: 'a'.repeat(64) })
    expect([other.status, other.body['code']]).toEqual([409, 'importChanged'])
    expect((await confirm(shown)).status).toBe(200)
  })

  test('forgotten, its rows are beyond recovery', async () => {
    const shown = await brought(csvOf(unique()))
    expect(town.desk.vault.get(`import/${shown.import}`, 'content')).toContain('打印纸')
    expect((await clerk.ask('DELETE', `${imports}/${shown.import}`)).status).toBe(204)
    expect(town.desk.vault.get(`import/${shown.import}`, 'content')).toBeUndefined()
    expect((await confirm(shown)).status).toBe(404)
  })

  test('and so are they after a day', async () => {
    const shown = await brought(csvOf(unique()))
    const now = Date.parse(town.later(0))
    expect(await sweepImports(town.desk, instantOf(now))).toBe(0)
    expect((await clerk.get(`${imports}/${shown.import}`)).status).toBe(200)
    town.clock(town.later(2))
    expect((await clerk.get(`${imports}/${shown.import}`)).status).toBe(404)
    await brought(csvOf(unique()))
    expect(town.desk.vault.get(`import/${shown.import}`, 'content')).toBeUndefined()
  })

  test('so many wait at once; the oldest gives way', async () => {
    town.clock(`${town.today()}T02:00:00.000Z`)
    const first = await brought(csvOf(unique()))
    town.clock(`${town.today()}T02:00:01.000Z`)
    for (let i = 0; i < 20; i++) await brought(csvOf(unique()))
    expect((await clerk.get(`${imports}/${first.import}`)).status).toBe(404)
  })
})

const list = (...rows: readonly string[]): string =>
  ['姓名,身份证号,账号,金额', ...rows].join('\r\n')
const aboutList = (amount: string, month = '2026-03'): string =>
  `subject=payees&company=${company}&category=labour&month=${month}&amount=${amount}`
const [jia, yi] = [
  '某甲,330106199001011234,6228480402564890018,1200.00',
  '某乙,330106199002021234,6228480402564890019,800.00',
]

describe('a list of payees', () => {
  test('is kept in the vault, and stands in a form by its digest', async () => {
    const shown = await brought(list(jia, yi), aboutList('2000.00'))
    expect(shown.rows.map(({ said }) => said['身份证号'])).toEqual([
      '330106********1234',
      '330106********1234',
    ])
    const { body } = await confirm(shown)
    const { payee } = body['outcome'] as { payee: { digest: string; count: number } }
    expect(payee).toMatchObject({ type: 'list', count: 2, total: '2000.00' })
    expect(town.desk.vault.get(payee.digest, 'row/1')).toContain('某甲')
    const again = await brought(list(jia, yi), aboutList('2000.00'))
    const second = await confirm(again)
    expect((second.body['outcome'] as { payee: object }).payee).toEqual(payee)
  })

  test.each([
    ['the same person twice', list(jia, jia), '2400.00', 'personTwice'],
    [
      'two persons on one account',
      list(jia, yi.replace('90019', '90018')),
      '2000.00',
      'accountTwice',
    ],
    [
      'an identity number cut short',
      list(jia, yi.replace('021234', '02123')),
      '2000.00',
      'identityMalformed',
    ],
    [
      'a bidi mark is seen through',
      list(jia, yi.replace('800.00', '8o0')),
      '2000.00',
      'amountMalformed',
    ],
  ])('%s: shown, and nothing of it can be confirmed', async (_what, raw, amount, wanted) => {
    const shown = await brought(raw, aboutList(amount))
    expect(shown.rows.flatMap(({ faults }) => faults.map((one) => one.code))).toContain(wanted)
    expect((await confirm(shown)).body['code']).toBe('importEmpty')
  })

  test.each([
    ['a sum that differs', list(jia, yi), '2000.01', 'totalDiffers'],
    ['nobody', list(), '2000.00', 'noRows'],
  ])('%s is not even shown', async (_what, raw, amount, wanted) => {
    const { status, body } = await bring(aboutList(amount), raw)
    expect([status, body['code']]).toEqual([422, 'sheetUnfit'])
    expect(body['fields']).toMatchObject([{ code: wanted }])
  })

  test('of a company whose books somebody else keeps it is refused', async () => {
    const { body } = await bring(aboutList('2000.00').replace(company, 'g_other'), list(jia, yi))
    expect(body['code']).toBe('officeNotHeld')
    expect((await bring('subject=payees', list(jia, yi))).body['code']).toBe('queryInvalid')
  })
})

const rosterNow = async (): Promise<RosterState> => {
  let state = rosterFold.initial
  for (const entry of await town.read('roster')) state = rosterFold.apply(state, entry)
  return state
}
const roll = (...rows: readonly string[]): string =>
  ['户号,姓名,出生日期,行为能力,社员代表,联系电话', ...rows].join('\r\n')
let households = 0
const family = (...names: readonly string[]): readonly string[] => {
  const number = ++households
  return names.map((name) => `${number},${name}${number},,,,`)
}
const membersOf = (raw: string, by_ = officer) => brought(raw, 'subject=members', by_)

describe('a roll of members', () => {
  test('is confirmed as a signature: with a fresh proof of who does it', async () => {
    const before = (await rosterNow()).members.size
    const shown = await membersOf(roll('31,卫某,,,,'))
    const given = { households: [{ household: h('91'), members: [] }] }
    try {
      town.doorClock(Date.now() + 10 * 60_000)
      const answers = [
        await confirm(shown, officer),
        await officer.command(`${place}/roster/households`, given),
      ]
      for (const { status, body } of answers)
        expect([status, body['code']]).toEqual([403, 'reauthenticationNeeded'])
    } finally {
      town.doorClock(undefined)
    }
    expect((await rosterNow()).members.size).toBe(before)
    expect((await confirm(shown, officer)).status).toBe(200)
    expect((await rosterNow()).members.size).toBe(before + 1)
  })

  test('households come in whole, names in the vault alone', async () => {
    const before = (await rosterNow()).members.size
    const raw = roll('7,吴一,1980-05-01,,是,', '7,吴二,2015-06-01,,,', '8,郑三,,限制,,13800000000')
    const shown = await membersOf(raw)
    expect(shown.counts).toEqual({ good: 3, bad: 0, known: 0 })
    const { body, text } = await confirm(shown, officer)
    expect(body['outcome'], text).toMatchObject({ steps: [{ households: 2, members: 3 }] })
    expect(text).not.toContain('吴一')
    const { members } = await rosterNow()
    expect(members.size).toBe(before + 3)
    const made = [...members.values()].slice(-3)
    expect(made).toMatchObject([
      { capacity: 'full', delegate: true },
      { capacity: 'limited', fullFrom: '2033-06-01' },
      { capacity: 'limited' },
    ])
    expect(made.map(({ person }) => town.desk.vault.get(person, 'name'))).toEqual([
      '吴一',
      '吴二',
      '郑三',
    ])
    for (const entry of await town.read('roster'))
      expect(JSON.stringify(entry)).not.toContain('吴一')
    // and the register shows it at once
    expect((await officer.get(`${place}/roster`)).body['members']).toBe(before + 3)
  })

  test.each([
    ['somebody who is on the roll', 'A9,陈社员,,,,', 'memberOnRoll'],
    ['a day that is not', 'A9,孙某,2026-13-01,,,', 'dateMalformed'],
    ['a birthday to come', 'A9,孙某,2029-01-01,,,', 'birthdayAhead'],
    ['a child of full capacity', 'A9,孙某,2020-01-01,完全,,', 'capacityImpossible'],
    ['an unknown capacity', 'A9,孙某,,半,,', 'capacityUnknown'],
    ['neither yes nor no', 'A9,孙某,,,也许,', 'yesNoUnknown'],
    ['no phone number', 'A9,孙某,,,,电话', 'phoneMalformed'],
    ['a formula', 'A9,=孙某,,,,', 'formula'],
    ['text turned round', 'A9,孙\u202e某,,,,', 'controlCharacter'],
    ['no household', ',孙某,,,,', 'required'],
  ])('%s: the household is left out, the others are not', async (_what, bad, wanted) => {
    const [other = ''] = family('周')
    const shown = await membersOf(roll(bad, 'A9,同户,,,,', other))
    const [first, second, third] = shown.rows
    expect(first?.faults.map((one) => one.code)).toContain(wanted)
    expect(third).toMatchObject({ state: 'good' })
    // whoever has no household's number spoils nobody else's
    const expected = wanted === 'required' ? [] : ['householdIncomplete']
    expect(second?.faults.map((one) => one.code)).toEqual(expected)
  })

  test('one name twice is told apart by phone numbers alone', async () => {
    const twice = await membersOf(roll('11,冯某,,,,', '12,冯某,,,,'))
    expect(twice.rows[1]?.faults).toMatchObject([{ code: 'memberTwice' }])
    const two = await membersOf(roll('11,冯某,,,,13800000001', '12,冯某,,,,13800000002'))
    expect(two.counts.bad).toBe(0)
  })

  test('who is not of the three-assets centre is refused', async () => {
    const { body } = await bring('subject=members', roll('20,褚某,,,,'), clerk)
    expect(body['code']).toBe('officeNotHeld')
  })

  test('more than one command: each whole, one after another', async () => {
    const before = (await rosterNow()).members.size
    const many = Array.from({ length: 45 }, () => family('卫')).flat()
    const { body } = await confirm(await membersOf(roll(...many)), officer)
    const { steps } = body['outcome'] as { steps: { seq: number; households: number }[] }
    expect(steps.map((one) => one.households)).toEqual([40, 5])
    expect((await rosterNow()).members.size).toBe(before + 45)
  })
})

class Cut extends Error {}

describe('a process that dies', () => {
  const kept = async ({ import: id }: Shown, person: 'clerk' | 'officer') => {
    const found = await town.desk.imports.find(sha256HexSchema.parse(id), {
      ledger: village,
      person: p(person),
    })
    if (found === undefined) throw new Error('no import')
    const prepared = preparedOf(town.desk, found)
    if (prepared === undefined) throw new Error('no rows')
    return { found, plan: prepared.plan }
  }
  const at = () => instantOf(Date.parse(town.later(0)))
  const sign = () => Promise.resolve(by('officer'))
  /** Dies before it can say that it was done. */
  const unsettled = () => {
    const { imports: real } = town.desk
    return {
      ...town.desk,
      imports: { ...methodsOf(real), settle: () => Promise.reject(new Cut()) },
    }
  }
  const methodsOf = (real: ImportStore): ImportStore => ({
    add: (one) => real.add(one),
    find: (id, whose) => real.find(id, whose),
    list: (whose) => real.list(whose),
    settle: (id, became) => real.settle(id, became),
    drop: (id) => real.drop(id),
    expired: (when) => real.expired(when),
  })

  test('after the drafts: asked again nothing comes twice', async () => {
    const shown = await brought(csvOf(unique(), unique()))
    const { found, plan } = await kept(shown, 'clerk')
    const context = town.context
    const confirming = { context, ledger: village, at: at(), sign }
    await expect(confirmImport(unsettled(), found, { plan, confirming })).rejects.toThrow(Cut)
    const count = (await drafts()).length
    const { body } = await confirm(shown)
    expect(body['outcome']).toEqual({ subject: 'requests', added: 0, known: 2 })
    expect((await drafts()).length).toBe(count)
  })

  test('between two commands of a roll: the first is answered as it was, the second is done', async () => {
    const before = (await rosterNow()).members.size
    const many = Array.from({ length: 42 }, () => family('蒋')).flat()
    const shown = await membersOf(roll(...many))
    const { found, plan } = await kept(shown, 'officer')
    let commits = 0
    const real = town.context.store
    const store: typeof real = {
      read: (...asked) => real.read(...asked),
      follow: (...asked) => real.follow(...asked),
      close: () => real.close(),
      commit(...asked) {
        // considered, recorded; considered, and then no more
        commits += 1
        return commits === 4 ? Promise.reject(new Cut()) : real.commit(...asked)
      },
    }
    const confirming = { context: { ...town.context, store }, ledger: village, at: at(), sign }
    await expect(confirmImport(town.desk, found, { plan, confirming })).rejects.toThrow(Cut)
    expect((await rosterNow()).members.size).toBe(before + 40)
    const { body } = await confirm(shown, officer)
    expect(body).toMatchObject({
      state: 'confirmed',
      outcome: { steps: [{ members: 40 }, { members: 2 }] },
    })
    const { members } = await rosterNow()
    expect(members.size).toBe(before + 42)
    const names = [...members.keys()].map((person) => town.desk.vault.get(person, 'name'))
    expect(names.filter((name) => name?.startsWith('蒋') === true)).toHaveLength(42)
  })

  test('what the law refuses keeps no name, and is asked for again', async () => {
    const shown = await membersOf(roll(...family('沈')))
    const { found, plan } = await kept(shown, 'officer')
    const confirming = {
      context: town.context,
      ledger: village,
      at: at(),
      sign: () => Promise.resolve(by('clerk')),
    }
    const outcome = await confirmImport(town.desk, found, { plan, confirming })
    expect(outcome).toMatchObject({ steps: [{ refused: { code: 'officeNotHeld' } }] })
    const [step] = plan.subject === 'members' ? plan.steps : []
    const [first] = step?.households[0]?.persons ?? []
    expect(town.desk.vault.get(first?.person ?? '', 'name')).toBeUndefined()
    const told = await officer.get(`${imports}/${shown.import}`)
    expect(told.body).toMatchObject({
      state: 'shown',
      outcome: { steps: [{ no: { code: 'officeNotHeld' } }] },
    })
    expect((await confirm(shown, officer)).body).toMatchObject({ state: 'confirmed' })
    expect(town.desk.vault.get(first?.person ?? '', 'name')).toMatch(/^沈/)
  })
})

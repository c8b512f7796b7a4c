// Payee lists (law 2.3): read from a sheet, checked, kept encrypted, and told by count, total and digest alone.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDrafts } from '../../db/drafts/open.ts'
import { openVault, type Vault } from '../../db/vault/vault.ts'
import { explainFault } from '../../src/app/import/faults.ts'
import { attachList } from '../../src/app/lists/attach.ts'
import { differenceOf } from '../../src/app/lists/compare.ts'
import { keepList, keptList, LIST_ROWS_MAX } from '../../src/app/lists/keep.ts'
import { type ListPlace, type ListRow, listRowSchema } from '../../src/app/lists/rows.ts'
import { parseList } from '../../src/app/lists/sheet.ts'
import { type Draft, type DraftStore, draftSchema } from '../../src/domain/draft.ts'
import { organisationIdSchema, personIdSchema, sha256HexSchema } from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { bytesOf, csv } from '../support/import.ts'
import { village } from '../support/law-cast.ts'

let folder: string
let vault: Vault
let drafts: DraftStore
const files = () => ({ file: join(folder, 'vault.db'), keysFile: join(folder, 'vault-keys.db') })
const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(9)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'five-musts-lists-'))
  vault = openVault({ ...files(), key: Buffer.alloc(32, 7) })
  drafts = openDrafts(join(folder, 'drafts.db'))
})
afterEach(async () => {
  vault.close()
  await drafts.close()
  rmSync(folder, { recursive: true, force: true })
})

const company = organisationIdSchema.parse('g_company')
const money = (yuan: string) => moneySchema.parse(yuan)
const place: ListPlace = { ledger: village, company, category: 'labour', month: '2026-03' }
/** Everybody has an account of their own, that ends as their identity number does. */
const row = (name: string, amount: string, id = '330106********0001'): ListRow =>
  listRowSchema.parse({ name, id, account: `622848000000000${id.slice(-4)}`, amount })
const [shen, qian] = [row('沈金根', '700.00'), row('钱水英', '500.00', '330106********0002')]
const keep = (rows: readonly ListRow[], amount: string, change: Partial<ListPlace> = {}) =>
  keepList(rows, { place: { ...place, ...change }, amount: money(amount) }, { vault, random })
const digestOf = (rows: readonly ListRow[], amount: string, change: Partial<ListPlace> = {}) => {
  const kept = keep(rows, amount, change)
  if ('faults' in kept) throw new Error(kept.faults.map(({ code }) => code).join(' '))
  return kept.list.digest
}
const codes = (kept: ReturnType<typeof keep>) =>
  'faults' in kept ? kept.faults.map(({ code, line }) => `${code} ${line}`) : []

describe('a sheet of payees', () => {
  const header = ['姓名', '身份证号', '账号', '金额']
  const good = ['沈金根', '330106199001011234', '6228480000000000001', '700.00']
  const sheet = (...rows: readonly (readonly string[])[]) =>
    parseList(bytesOf(csv([header, ...rows])))

  test('law 2.3: identity numbers are masked as they are read', () => {
    const { rows, faults } = sheet(good, [
      '钱水英',
      '33010619600101567x',
      '622848 0000000000002',
      '1,500元',
    ])
    expect(faults).toEqual([])
    expect(rows).toEqual([
      {
        name: '沈金根',
        id: '330106********1234',
        account: '6228480000000000001',
        amount: '700.00',
      },
      {
        name: '钱水英',
        id: '330106********567X',
        account: '6228480000000000002',
        amount: '1500.00',
      },
    ])
  })

  test('columns in any order, full-width figures, a row of totals and blank rows', () => {
    const turned = csv([
      ['金额', '账号', '姓名', '身份证号', '备注'],
      ['７００．００', '6228480000000000001', '沈金根', '330106********0001', '三月'],
      ['', '', '', '', ''],
      ['合计', '', '', '', '700'],
    ])
    const { rows, faults } = parseList(bytesOf(turned))
    expect(faults).toEqual([])
    expect(rows).toEqual([shen])
  })

  test.each<[code: string, column: string, change: Readonly<Record<number, string>>]>([
    ['required', '姓名', { 0: '' }],
    ['required', '账号', { 2: ' ' }],
    ['identityMalformed', '身份证号', { 1: '3301061990010112' }],
    ['identityMalformed', '身份证号', { 1: '3.30106E+17' }],
    ['accountMalformed', '账号', { 2: '12' }],
    ['numberShortened', '账号', { 2: '6.22848E+18' }],
    ['amountMalformed', '金额', { 3: '七百' }],
    ['amountZero', '金额', { 3: '0' }],
    ['tooLong', '姓名', { 0: '沈'.repeat(101) }],
  ])('%s in %s', (code, column, change) => {
    const { rows, faults } = sheet(good.map((cell, at) => change[at] ?? cell))
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ code, column, line: 2 }])
    // what is wrong is said without repeating an identity number
    const [fault] = faults
    if (fault === undefined) throw new Error('no fault')
    expect(JSON.stringify(fault)).not.toContain('330106')
    for (const language of ['zh', 'en'] as const) {
      expect(Object.values(explainFault(fault, language)).join(' ')).not.toMatch(/[{}]|undefined/)
    }
  })

  test('without its columns, and not a sheet at all', () => {
    expect(parseList(bytesOf('姓名,金额\n沈,1\n')).faults.map(({ code }) => code)).toEqual([
      'headerMissing',
      'headerMissing',
    ])
    expect(parseList(new Uint8Array()).faults).toMatchObject([{ code: 'fileEmpty' }])
  })
})

describe('keeping', () => {
  test('law 2.3: count, total and digest come out, the rows go to the vault', () => {
    const kept = keep([shen, qian], '1200.00')
    if ('faults' in kept) throw new Error('refused')
    expect(kept.list).toMatchObject({ type: 'list', count: 2, total: '1200.00' })
    expect(keptList(vault, kept.list.digest)).toEqual({ month: '2026-03', rows: [shen, qian] })
  })

  test('the digest is what anybody computes who has the rows and the salt', () => {
    const salt = Buffer.alloc(32, 9).toString('base64url')
    const text = [
      `["${salt}","${village}","g_company","labour","2026-03"]`,
      '["沈金根","330106********0001","6228480000000000001","700.00"]',
      '["钱水英","330106********0002","6228480000000000002","500.00"]',
    ].join('\n')
    const byHand = createHash('sha256').update(text).digest('hex')
    expect(digestOf([shen, qian], '1200.00')).toBe(byHand)
  })

  test('law 2.3: the same list again has the same digest, so that it is paid once; next month’s has another', () => {
    const first = digestOf([shen, qian], '1200.00')
    expect(digestOf([shen, qian], '1200.00')).toBe(first)
    const others = [
      digestOf([shen, qian], '1200.00', { month: '2026-04' }),
      digestOf([shen, qian], '1200.00', { category: 'landRent' }),
      digestOf([shen, qian], '1200.00', { company: organisationIdSchema.parse('g_other') }),
      digestOf([qian, shen], '1200.00'),
    ]
    expect(new Set([first, ...others]).size).toBe(5)
  })

  test('without the salt nobody finds the rows by trying: another vault, another digest', () => {
    const first = digestOf([shen, qian], '1200.00')
    const kept = keepList(
      [shen, qian],
      { place, amount: money('1200.00') },
      { vault: memory(), random: (bytes) => new Uint8Array(bytes).fill(1) },
    )
    expect(kept).not.toMatchObject({ list: { digest: first } })
    expect(kept).toHaveProperty('list')
  })

  test.each<[what: string, rows: readonly ListRow[], amount: string, expected: readonly string[]]>([
    ['law 2.3: the same person twice', [shen, qian, shen], '1900.00', ['personTwice 4']],
    [
      'law 2.3: the same person, spaced otherwise',
      [shen, qian, row('沈　金 根', '700.00')],
      '1900.00',
      ['personTwice 4'],
    ],
    [
      'law 2.3: two persons on one account',
      [shen, listRowSchema.parse({ ...qian, account: '6228480000000000001' })],
      '1200.00',
      ['accountTwice 3'],
    ],
    ['law 2.3: one alone', [shen], '700.00', ['onePayee 2']],
    ['law 2.21: a fen more than its rows', [shen, qian], '1200.01', ['totalDiffers 0']],
    ['law 2.21: a fen less', [shen, qian], '1199.99', ['totalDiffers 0']],
    ['nobody', [], '0.01', ['noRows 1']],
  ])('%s: refused, nothing kept', (_what, rows, amount, expected) => {
    expect(codes(keep(rows, amount))).toEqual(expected)
    expect(vault.subjects()).toEqual([])
  })

  test('two persons of one name are two, one person under two accounts is one', () => {
    const namesake = row('沈金根', '500.00', '330106********9999')
    expect(codes(keep([shen, namesake], '1200.00'))).toEqual([])
    const moved = listRowSchema.parse({ ...shen, account: '6228480000000000002' })
    expect(codes(keep([shen, moved], '1400.00'))).toEqual(['personTwice 3'])
  })

  test('a total past what money holds is said to differ, not thrown', () => {
    const huge = [
      row('甲', '9999999999999.99'),
      row('乙', '9999999999999.99', '330106********0003'),
    ]
    expect(codes(keep(huge, '1.00'))).toEqual(['totalDiffers 0'])
  })

  test('more rows than a list may have', () => {
    const rows = Array.from({ length: LIST_ROWS_MAX + 1 }, (_, i) =>
      row('甲', '1.00', `330106********${String(i).padStart(4, '0')}`),
    )
    expect(codes(keep(rows, `${LIST_ROWS_MAX + 1}.00`))).toContain('tooManyRows 0')
  })

  test('on disk no name, account or amount can be read', () => {
    digestOf([shen, qian], '1200.00')
    const bytes = Object.values(files())
      .flatMap((file) => [file, `${file}-wal`])
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file))
    const all = Buffer.concat(bytes)
    expect(all.length).toBeGreaterThan(1000)
    for (const text of ['沈金根', '6228480000000000001', '330106****', '700.00']) {
      expect(all.includes(Buffer.from(text)), text).toBe(false)
    }
  })

  test('erased, it is gone', () => {
    const digest = digestOf([shen, qian], '1200.00')
    vault.erase(digest, '2026-03-03T01:00:00.000Z')
    expect(keptList(vault, digest)).toBeUndefined()
  })
})

/** A vault of its own, for a second village. */
function memory() {
  const values = new Map<string, string>()
  return {
    put: (subject: string, entries: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(entries)) values.set(`${subject} ${name}`, value)
    },
    get: (subject: string, name: string) => values.get(`${subject} ${name}`),
  }
}

describe('attaching to a draft', () => {
  const id = sha256HexSchema.parse('12'.repeat(32))
  const waiting = (needsList = true): Draft =>
    draftSchema.parse({
      id,
      line: 2,
      submittedOn: '2026-03-02',
      clerk: 'p_clerk',
      needsList,
      columns: {},
      submission: {
        company,
        kind: 'list',
        category: 'labour',
        matter: 'ordinary',
        purpose: '三月劳务费',
        amount: '1200.00',
        method: 'transfer',
        invoices: [],
        voucherException: 'payeeList',
        budgetLine: '劳务费',
        handler: 'p_handler',
        witness: 'p_witness',
        relation: 'none',
      },
    })
  const sheet = bytesOf(
    csv([
      ['姓名', '身份证号', '账号', '金额'],
      ['沈金根', '330106199001011234', '6228480000000000001', '700'],
      ['钱水英', '330106199001015678', '6228480000000000002', '500'],
    ]),
  )
  const attach = async (bytes: Uint8Array, month?: string) => {
    const draft = await drafts.find(id)
    if (draft === undefined) throw new Error('no draft')
    return attachList(
      bytes,
      { draft, ...(month === undefined ? {} : { month }) },
      { drafts, ledgerOf: (of) => (of === company ? village : undefined), vault, random },
    )
  }

  test('law 2.3: the draft names the list and waits for it no more', async () => {
    await drafts.putAll([waiting()])
    const attached = await attach(sheet)
    expect(attached).toMatchObject({ list: { count: 2, total: '1200.00' } })
    const kept = await drafts.find(id)
    expect(kept?.draft?.needsList).toBe(false)
    expect(kept?.draft?.submission.payee).toEqual('list' in attached ? attached.list : undefined)
    // the month is the voucher's unless another is named
    expect('list' in attached && keptList(vault, attached.list.digest)?.month).toBe('2026-03')
  })

  test('of another month when that is said', async () => {
    await drafts.putAll([waiting()])
    const attached = await attach(sheet, '2026-02')
    expect('list' in attached && keptList(vault, attached.list.digest)?.month).toBe('2026-02')
  })

  test('a list that is refused leaves the draft waiting', async () => {
    await drafts.putAll([waiting()])
    const faulty = bytesOf(
      '姓名,身份证号,账号,金额\n沈金根,330106199001011234,6228480000000000001,700\n钱水英,330106199001015678,6228480000000000002,499\n',
    )
    expect(await attach(faulty)).toMatchObject({ faults: [{ code: 'totalDiffers' }] })
    expect((await drafts.find(id))?.draft?.needsList).toBe(true)
    expect(vault.subjects()).toEqual([])
  })

  test('only where one waits for it', async () => {
    await drafts.putAll([waiting(false)])
    const list = { type: 'list', count: 1, total: money('1200.00'), digest: id } as const
    expect(await drafts.attach(id, list)).toBe(false)
    expect(await drafts.attach(sha256HexSchema.parse('34'.repeat(32)), list)).toBe(false)
  })
})

describe('law 2.3: the difference to the month before', () => {
  const member = (person: string, amount: string): ListRow => ({
    person: personIdSchema.parse(person),
    amount: money(amount),
  })
  test('who came, who went, whose amount changed', () => {
    const before = [shen, qian, member('p_aaaa', '10.00'), member('p_bbbb', '20.00')]
    const now = [member('p_bbbb', '20.00'), row('沈金根', '650.00'), member('p_cccc', '5.00')]
    expect(differenceOf(before, now)).toEqual({
      added: [member('p_cccc', '5.00')],
      gone: [qian, member('p_aaaa', '10.00')],
      changed: [{ row: row('沈金根', '650.00'), before: '700.00' }],
    })
  })
  test('the same list in another order differs in nothing', () => {
    expect(differenceOf([shen, qian], [qian, shen])).toEqual({ added: [], gone: [], changed: [] })
  })
})

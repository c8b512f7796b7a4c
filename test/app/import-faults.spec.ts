// Everything that can be wrong with a sheet, one row a fault, by hand: where it is, its code, and that nothing else is said.
import { describe, expect, test } from 'vitest'
import { importRequests } from '../../src/app/import/import-requests.ts'
import { explainFault, fileFaults, rowFaults } from '../../src/app/import/faults.ts'
import { notices } from '../../src/app/import/notices.ts'
import { parseSheet } from '../../src/app/import/sheet.ts'
import { openDrafts } from '../../db/drafts/open.ts'
import { bytesOf, csv, directory, goodRow, sample, sheetOf } from '../support/import.ts'

const headers = Object.keys(goodRow)
const good = Object.values(goodRow)
const without = (header: string) => {
  const at = headers.indexOf(header)
  return bytesOf(csv([headers.toSpliced(at, 1), good.toSpliced(at, 1)]))
}
const sheet = (...records: readonly (readonly string[])[]) => bytesOf(csv([headers, ...records]))
const bytes = (...values: readonly number[]) => new Uint8Array(values)

/** The header and first row of the sample: four bytes of mark, then 单据日期 in eight, here quoted. */
const gb18030 = sample('requests-2025.gb18030.csv')
const twoLines = gb18030.slice(0, gb18030.indexOf(10, gb18030.indexOf(10) + 1))
const quote = [0x22]
const markedAndQuoted = new Uint8Array(
  [twoLines.slice(0, 4), quote, twoLines.slice(4, 12), quote, twoLines.slice(12)].flatMap(
    (part) => [...part],
  ),
)

/** [what is wrong, the file, line, code] */
const files: readonly (readonly [string, Uint8Array, number, keyof typeof fileFaults])[] = [
  ['no byte at all', bytes(), 0, 'fileEmpty'],
  ['only a byte order mark', bytes(0xef, 0xbb, 0xbf), 0, 'fileEmpty'],
  ['only blank lines', bytesOf('\r\n\r\n  \r\n'), 0, 'fileEmpty'],
  [
    '10 MB of good rows',
    bytesOf(`${csv([headers])}${csv([good]).repeat(60_000)}`),
    0,
    'fileTooLarge',
  ],
  ['20,001 short rows', bytesOf(`${csv([headers])}${'a\n'.repeat(20_001)}`), 0, 'tooManyRows'],
  [
    'the beginning of an xlsx workbook',
    bytes(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00),
    0,
    'workbookBroken',
  ],
  ['an old xls workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 0, 'spreadsheetFile'],
  ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00), 0, 'binaryFile'],
  [
    'UTF-16',
    new Uint8Array(Buffer.from(`\uFEFF${csv([headers, good])}`, 'utf16le')),
    0,
    'binaryFile',
  ],
  ['bytes of no encoding', bytes(0x61, 0xff, 0xff, 0x0a), 0, 'encodingUnknown'],
  ['marked UTF-8 that is none', bytes(0xef, 0xbb, 0xbf, 0xb5, 0xa5, 0xa5), 0, 'encodingUnknown'],
  [
    'a quotation never closed',
    bytesOf(`${csv([headers, good])}"2025-01-01,x\r\ny,z`),
    3,
    'quoteBroken',
  ],
  ['only a header', bytesOf(csv([headers])), 1, 'noRows'],
  ['a header over blank rows', bytesOf(`${csv([headers])},,,\r\n\r\n`), 1, 'noRows'],
  ['no amounts', without('金额'), 1, 'headerMissing'],
  ['no accounts', without('收款账号'), 1, 'headerMissing'],
  [
    'a column twice',
    bytesOf(
      csv([
        [...headers, '事由'],
        [...good, '又'],
      ]),
    ),
    1,
    'headerTwice',
  ],
  [
    'a column twice, once with its unit',
    bytesOf(
      csv([
        [...headers, '金额（元）'],
        [...good, '1'],
      ]),
    ),
    1,
    'headerTwice',
  ],
]

/** [what is wrong, the column, what stands there, code] */
const cells: readonly (readonly [string, string, string, keyof typeof rowFaults])[] = [
  ['no date', '单据日期', '', 'required'],
  ['no purpose but space', '事由', ' 　', 'required'],
  ['no company', '公司', '', 'required'],
  ['a day that is not', '单据日期', '2025-02-29', 'dateMalformed'],
  ['a month that is not', '单据日期', '2025-13-01', 'dateMalformed'],
  ['a date in words', '单据日期', '三月一日', 'dateMalformed'],
  ['a spreadsheet’s day number', '单据日期', '45717', 'dateSerial'],
  ['a date of another century', '单据日期', '1925-03-01', 'dateMalformed'],
  ['three decimals', '金额', '440.385', 'amountMalformed'],
  ['a negative amount', '金额', '-440.38', 'amountMalformed'],
  ['an amount in words', '金额', '肆佰肆拾元', 'amountMalformed'],
  ['commas in the wrong place', '金额', '44,03.80', 'amountMalformed'],
  ['a power of ten', '金额', '4.4E+2', 'amountMalformed'],
  ['over thirteen digits of yuan', '金额', '12345678901234.00', 'amountMalformed'],
  ['infinity', '金额', 'Infinity', 'amountMalformed'],
  ['nothing to pay', '金额', '0.00', 'amountZero'],
  ['another category', '支出类别', '其它', 'categoryUnknown'],
  ['a name every object has', '支付方式', 'constructor', 'methodUnknown'],
  ['a cheque', '支付方式', '支票', 'methodUnknown'],
  ['a company of elsewhere', '公司', '某某公司', 'companyUnknown'],
  ['a handler of another village', '经办人', '菱桑村采购员', 'personUnknown'],
  ['a clerk nobody knows', '报账员', '王五', 'personUnknown'],
  ['a witness nobody knows', '证明人', '王五', 'personUnknown'],
  ['an account a spreadsheet shortened', '收款账号', '6.28495E+18', 'numberShortened'],
  ['letters in an account', '收款账号', '6284A950805414', 'accountMalformed'],
  ['a short account', '收款账号', '12345', 'accountMalformed'],
  ['no account but a bank', '收款账号', '', 'accountMissing'],
  ['no bank but an account', '开户行', '', 'bankMissing'],
  ['a short invoice', '发票号码', '2533279720', 'invoiceMalformed'],
  ['two invoices', '发票号码', '25332797208008000378、25332797208008000379', 'tooLong'],
  ['an invoice a spreadsheet shortened', '发票号码', '2.53328E+19', 'numberShortened'],
  ['a white slip with an invoice', '备注', '白条', 'whiteSlipWithInvoice'],
  ['a long purpose', '事由', '长'.repeat(201), 'tooLong'],
  ['a long purpose of rare characters', '事由', '𠮷'.repeat(201), 'tooLong'],
  ['a long remark', '备注', 'x'.repeat(501), 'tooLong'],
  ['a command', '事由', '=cmd|"/c calc"!A1', 'formula'],
  ['a sum', '金额', '=SUM(K2:K9)', 'formula'],
  ['a function', '备注', '@SUM(1)', 'formula'],
  ['a plus', '收款人', '+8613800000000', 'formula'],
  ['a minus', '关联关系', '-1+1', 'formula'],
  ['a bell', '事由', '打印\u0007纸', 'controlCharacter'],
  ['a line break', '事由', '打印纸\n硒鼓', 'controlCharacter'],
  ['a tab inside', '收款人', '八里\t办公', 'controlCharacter'],
  ['text turned round', '收款人', '八里\u202e店具文', 'controlCharacter'],
  ['a character of no width', '收款人', '八里\u200b办公', 'controlCharacter'],
  ['a lost character', '事由', '打\ufffd纸', 'damagedText'],
]

describe('a file is refused whole', () => {
  test.each(files)('%s', async (_what, file, line, code) => {
    const drafts = openDrafts(':memory:')
    const report = await importRequests(file, { directory, drafts })
    expect(report.faults.map((fault) => [fault.line, fault.code])).toEqual([[line, code]])
    expect(report).toMatchObject({ added: 0, known: 0 })
    expect(await drafts.list()).toEqual([])
    await drafts.close()
  })

  test('all missing headers are named at once', () => {
    const { faults } = parseSheet(bytesOf('a,b,c\r\n1,2,3\r\n'))
    expect(faults.map(({ params }) => params['header'])).toEqual(
      headers.filter((header) => !['合同编号', '备注'].includes(header)),
    )
  })

  test('but not for lack of a column that may be absent', () => {
    for (const header of ['合同编号', '备注']) {
      expect(parseSheet(without(header))).toMatchObject({ faults: [], rows: [{ line: 2 }] })
    }
  })
})

describe('a row is left out', () => {
  test.each(cells)('%s', async (_what, column, text, code) => {
    const drafts = openDrafts(':memory:')
    const report = await importRequests(sheetOf({}, { [column]: text }, { 事由: '硒鼓' }), {
      directory,
      drafts,
    })
    expect(report.faults.map((fault) => [fault.line, fault.column, fault.code])).toEqual([
      [3, column, code],
    ])
    expect(report.added).toBe(2)
    await drafts.close()
  })

  test.each([
    ['a cell less', good.slice(1), '16'],
    ['a cell more', [...good, 'x'], '18'],
    ['one cell', ['2025-01-01'], '1'],
  ])('%s', (_what, record, found) => {
    expect(parseSheet(sheet(record, good))).toMatchObject({
      faults: [{ code: 'columnCount', line: 2, params: { found, expected: '17' } }],
      rows: [{ line: 3 }],
    })
  })

  test('with everything that is wrong in it', () => {
    const { faults, rows } = parseSheet(sheetOf({ 单据日期: '昨天', 金额: '很多', 事由: '' }))
    expect(rows).toEqual([])
    expect(faults.map(({ column, found }) => [column, found])).toEqual([
      ['单据日期', '昨天'],
      ['事由', undefined],
      ['金额', '很多'],
    ])
  })

  test('and what it quotes is short', () => {
    const { faults } = parseSheet(sheetOf({ 事由: '𠮷'.repeat(5000) }))
    expect(faults[0]?.found).toBe(`${'𠮷'.repeat(40)}…`)
  })
})

describe('no fault is', () => {
  test.each<[what: string, file: Uint8Array]>([
    ['a stray quotation mark', sheetOf({ 事由: '5"管' })],
    [
      'the same unquoted',
      bytesOf(csv([headers]) + good.map((cell) => (cell === '打印纸' ? '5"管' : cell)).join(',')),
    ],
    ['a comma in quotation marks', sheetOf({ 事由: '打印纸,硒鼓' })],
    ['tabs between cells', bytesOf([headers, good].map((record) => record.join('\t')).join('\n'))],
    [
      'semicolons between cells',
      bytesOf([headers, good].map((record) => record.join(';')).join('\n')),
    ],
    ['mixed line ends', bytesOf(`${headers.join(',')}\n${good.join(',')}\r\n`)],
    ['empty cells past the header', sheet([...good, '', ''])],
    [
      'headers with spaces and unit',
      bytesOf(csv([headers.map((h) => (h === '金额' ? ' 金 额（元）' : h)), good])),
    ],
    ['a mark before a quoted header in GB18030', markedAndQuoted],
    ['a purpose of just 200 characters', sheetOf({ 事由: '𠮷'.repeat(200) })],
    ['an amount with its unit', sheetOf({ 金额: '440.38元' })],
  ])('%s', (_what, file) => {
    const { faults, rows } = parseSheet(file)
    expect(faults).toEqual([])
    expect(rows.map(({ line }) => line)).toEqual([2])
  })
})

describe('what is changed is said', () => {
  test('text in another normal form', () => {
    const { notices: said, rows } = parseSheet(sheetOf({ 收款人: 'Cafe\u0301' }))
    expect(rows[0]?.cells.payee).toBe('Café')
    expect(said).toEqual([
      { code: 'normalised', line: 2, column: '收款人', from: 'Cafe\u0301', to: 'Café' },
    ])
  })

  test('full-width digits where figures stand, and nowhere else', () => {
    const { notices: said, rows } = parseSheet(sheetOf({ 金额: '４４０．３８', 事由: 'Ａ４纸' }))
    expect(rows[0]?.cells).toMatchObject({ amount: '440.38', purpose: 'Ａ４纸' })
    expect(said).toEqual([
      { code: 'normalised', line: 2, column: '金额', from: '４４０．３８', to: '440.38' },
    ])
  })

  test('a row of totals', () => {
    expect(parseSheet(sheet(good, ['合计', ...good.slice(1)]))).toMatchObject({
      rows: [{ line: 2 }],
      faults: [],
      notices: [{ code: 'totalSkipped', line: 3 }],
    })
  })
})

describe('every code', () => {
  test('is reached by the tables above', () => {
    const reached = new Set<string>([...files, ...cells].map((row) => row[3]))
    const all = [...Object.keys(fileFaults), ...Object.keys(rowFaults)]
    // those of workbooks, and of who imports, have tables of their own: test/app/workbook.spec.ts, test/http/imports.spec.ts
    const elsewhere = ['workbookTooLarge', 'cellError', 'mergedCell']
    expect(all.filter((code) => !reached.has(code)).sort()).toEqual(
      [...elsewhere, 'columnCount', 'companyNotYours'].sort(),
    )
  })

  test('is said in both languages, with what to do, and no empty place', () => {
    const sheets = [
      ...files.map(([, file]) => file),
      ...cells.map(([, column, text]) => sheetOf({ [column]: text })),
      sheet(['x']),
    ]
    for (const fault of sheets.flatMap((file) => parseSheet(file).faults)) {
      const [zh, en] = [explainFault(fault, 'zh'), explainFault(fault, 'en')]
      for (const text of [zh.wrong, zh.remedy])
        expect(text).toMatch(/^[^{}]*\p{Script=Han}[^{}]*$/u)
      for (const text of [en.wrong, en.remedy]) expect(text).toMatch(/^[A-Z][^{}]*$/)
    }
    for (const { zh, en } of Object.values(notices)) expect([zh, en]).not.toContain('')
  })
})

test('a damaged sample loses just the damaged row', () => {
  const text = new TextDecoder().decode(sample('requests-2025.csv'))
  const damaged = text.replace('2025-01-03,南塘', '2025-01-33,南塘')
  const { rows, faults } = parseSheet(bytesOf(damaged))
  expect(rows).toHaveLength(624)
  expect(faults.map(({ line, code, found }) => [line, code, found])).toEqual([
    [4, 'dateMalformed', '2025-01-33'],
  ])
})

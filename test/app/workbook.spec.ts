// Workbooks as they come and as they are made to harm: read as text and never worked out, unpacked within limits, and whatever
// cannot be read is told and never thrown.
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { columnNames, columns } from '../../src/app/import/columns.ts'
import { parseSheet, recordsOf } from '../../src/app/import/sheet.ts'
import { listIn, requestsIn } from '../../src/app/imports/table.ts'
import { packed, unpack } from '../../src/app/imports/unpack.ts'
import { readWorkbook } from '../../src/app/imports/workbook.ts'

const headers: readonly string[] = columnNames.map((name) => columns[name].header)
const good: Readonly<Record<string, string | number | Date>> = {
  单据日期: new Date('2025-03-01T00:00:00Z'),
  公司: '菱桑农业发展有限公司',
  经办人: '保管员',
  报账员: '报账员',
  证明人: '验收员',
  支出类别: '办公费',
  事由: '复印机租赁',
  收款人: '八里办公文具店',
  收款账号: '6284950805414837998',
  开户行: '湖州银行',
  金额: 440.38,
  发票号码: '25332797208008000378',
  合同编号: '',
  预算科目: '办公费',
  支付方式: '银行转账',
  关联关系: '无',
  备注: '',
}
type Row = readonly (string | number | Date | boolean | null)[]
const rowOf = (change: Readonly<Record<string, string | number | Date>> = {}): Row =>
  headers.map((header) => ({ ...good, ...change })[header] ?? null)
const sheetOf = (rows: readonly Row[], more: object = {}) =>
  writeXlsx({ sheets: [{ name: '支出', rows: rows.map((row) => [...row]), ...more }] })
const book = (...rows: readonly Row[]) => sheetOf([headers, ...rows])

describe('a sheet of requests', () => {
  test('is read as the same sheet in text is: the same rows, the same ids', async () => {
    const text = headers
      .map((header) => (header === '单据日期' ? '2025-03-01' : String(good[header] ?? '')))
      .join(',')
    const csv = parseSheet(Buffer.from(`${headers.join(',')}\r\n${text}\r\n`))
    const xlsx = await requestsIn(await book(rowOf()))
    expect(xlsx.faults).toEqual([])
    expect(xlsx.rows).toEqual(csv.rows)
  })

  test('the real-shaped year as a workbook, row for row', async () => {
    const csv = readFileSync('test/fixtures/requests-2025.csv')
    const split = recordsOf(csv.toString('utf8').replace(/^\uFEFF/, ''))
    if ('fault' in split) throw new Error(split.fault.code)
    const xlsx = await requestsIn(await sheetOf(split.records))
    const text = parseSheet(csv)
    expect(text.rows.length).toBeGreaterThan(500)
    expect(xlsx.rows).toEqual(text.rows)
    expect(xlsx.faults).toEqual(text.faults)
  })

  test('its titles stand below what is written above them', async () => {
    const title = ['2025年支出明细表', ...headers.slice(1).map(() => null)]
    const { rows, notices } = await requestsIn(await sheetOf([title, [], headers, rowOf()]))
    expect(rows.map(({ line }) => line)).toEqual([4])
    expect(notices).toContainEqual({ code: 'titleSkipped', line: 1, to: '2' })
  })

  test('a header of two rows is read as one', async () => {
    const above = headers.map((header) => (/收款|开户/.test(header) ? '收款信息' : header))
    const below = headers.map((header) => (/收款|开户/.test(header) ? header : null))
    const { rows, notices, faults } = await requestsIn(await sheetOf([above, below, rowOf()]))
    expect(faults).toEqual([])
    expect(rows.map(({ line }) => line)).toEqual([3])
    expect(notices).toContainEqual({ code: 'headerJoined', line: 1 })
  })

  test('only the first visible sheet, and the others are named', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: '底稿', hidden: true, rows: [['x']] },
        { name: '支出', rows: [[...headers], [...rowOf()]] },
        { name: '收入', rows: [['y']] },
      ],
    })
    const { rows, notices } = await requestsIn(bytes)
    expect(rows).toHaveLength(1)
    expect(notices).toContainEqual({ code: 'sheetsSkipped', line: 0, to: '底稿、收入' })
  })

  test('the same row twice is told', async () => {
    const { rows, notices } = await requestsIn(await book(rowOf(), rowOf()))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
    expect(notices).toContainEqual({ code: 'repeated', line: 3, to: '2' })
  })

  test.each<
    [what: string, change: Record<string, string | number | Date>, column: string, code: string]
  >([
    [
      'an account typed as a number',
      { 收款账号: Number('6284950805414837998') },
      '收款账号',
      'numberShortened',
    ],
    [
      'an invoice typed as a number',
      { 发票号码: Number('25332797208008000378') },
      '发票号码',
      'numberShortened',
    ],
    ['a day as a number', { 单据日期: 45717 }, '单据日期', 'dateSerial'],
    ['text that begins a formula', { 事由: '=HYPERLINK("http://x")' }, '事由', 'formula'],
    ['text turned round', { 收款人: '八里\u202e店具文' }, '收款人', 'controlCharacter'],
    ['three decimals', { 金额: 10.005 }, '金额', 'amountMalformed'],
  ])('%s', async (_what, change, column, code) => {
    const { rows, faults } = await requestsIn(await book(rowOf(change), rowOf()))
    expect(faults.map((one) => [one.line, one.column, one.code])).toEqual([[2, column, code]])
    expect(rows.map(({ line }) => line)).toEqual([3])
  })

  test('thousands separators are read, and a sum as a program keeps it', async () => {
    const { rows } = await requestsIn(
      await book(rowOf({ 金额: '1,127.14' }), rowOf({ 金额: 1127.1400000000001 })),
    )
    expect(rows.map(({ cells }) => cells.amount)).toEqual(['1127.14', '1127.14'])
  })

  test('a formula is no amount, whatever somebody’s program worked out', async () => {
    const at = headers.indexOf('金额')
    const cells = new Map([[`1,${at}`, { formula: '100+200', formulaResult: 300, value: 300 }]])
    const { rows, faults } = await requestsIn(await sheetOf([headers, rowOf()], { cells }))
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ line: 2, column: '金额', code: 'formula' }])
  })

  test('a cell merged over several rows belongs to none of them', async () => {
    const merges = [{ startRow: 1, startCol: 1, endRow: 2, endCol: 1 }]
    const { faults } = await requestsIn(await sheetOf([headers, rowOf(), rowOf()], { merges }))
    expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, '公司', 'mergedCell'],
      [3, '公司', 'mergedCell'],
    ])
  })

  test('a formula’s error is no text', async () => {
    const at = String.fromCharCode(65 + headers.indexOf('事由'))
    const bytes = await book(rowOf())
    const parts = partsOf(await unpack(bytes))
    const sheet = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? ''
    const cell = new RegExp(`<c r="${at}2"[^>]*>.*?</c>`)
    expect(sheet).toMatch(cell)
    parts.set(
      'xl/worksheets/sheet1.xml',
      Buffer.from(sheet.replace(cell, `<c r="${at}2" t="e"><v>#REF!</v></c>`)),
    )
    const { faults } = await requestsIn(packed(parts))
    expect(faults).toMatchObject([{ line: 2, column: '事由', code: 'cellError' }])
  })
})

test('a list of payees, masked as it is read', async () => {
  const rows = [
    ['2026年3月工资', null, null, null],
    ['姓名', '身份证号', '账号', '金额（元）'],
    ['某甲', '330106199001011234', '6228480402564890018', 1200],
    ['合计', null, null, 1200],
  ]
  const { rows: found, lines, faults } = await listIn(await sheetOf(rows))
  expect([faults, lines]).toEqual([[], [3]])
  expect(found).toEqual([
    { name: '某甲', id: '330106********1234', account: '6228480402564890018', amount: '1200.00' },
  ])
})

const partsOf = (found: Awaited<ReturnType<typeof unpack>>): Map<string, Buffer> => {
  if ('unfit' in found) throw new Error(found.unfit)
  return new Map(found.parts)
}
const codeOf = async (bytes: Uint8Array): Promise<string> => {
  const read = await readWorkbook(bytes)
  return 'fault' in read ? read.fault.code : 'read'
}

/** An archive with one member whose bytes are `part`, compressed, claiming what it likes. */
function archive(name: string, part: Buffer, claims = part.length): Buffer {
  const body = deflateRawSync(part)
  const title = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(body.length, 18)
  local.writeUInt32LE(claims, 22)
  local.writeUInt16LE(title.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(body.length, 20)
  central.writeUInt32LE(claims, 24)
  central.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + title.length, 12)
  end.writeUInt32LE(local.length + title.length + body.length, 16)
  return Buffer.concat([local, title, body, central, title, end])
}

describe('what is made to harm', () => {
  const bomb = Buffer.concat([Buffer.from('<x>'), Buffer.alloc(64 * 1024 * 1024, 0x20)])

  test('what unfolds to more than it may is given up on the way, whatever it claims', async () => {
    const name = 'xl/worksheets/sheet1.xml'
    for (const claims of [bomb.length, 10]) {
      const bytes = archive(name, bomb, claims)
      expect(bytes.length).toBeLessThan(200_000)
      expect(await unpack(bytes)).toEqual({ unfit: 'tooLarge' })
      expect(await codeOf(bytes)).toBe('workbookTooLarge')
    }
    expect(await unpack(archive(name, Buffer.from('<x/>')))).toHaveProperty('parts')
  })

  test('together as well as each', async () => {
    const parts = new Map(
      ['1', '2', '3'].map((n) => [
        `xl/worksheets/s${n}.xml`,
        Buffer.from(`<x>${' '.repeat(500)}</x>`),
      ]),
    )
    const limits = { members: 10, part: 600, whole: 1200 }
    expect(await unpack(packed(parts), limits)).toEqual({ unfit: 'tooLarge' })
    expect(await unpack(packed(parts), { ...limits, whole: 1800 })).toHaveProperty('parts')
    expect(await unpack(packed(parts), { ...limits, members: 2 })).toEqual({ unfit: 'tooLarge' })
  })

  test.each([
    ['entities', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'],
    ['another encoding', '<\u0000x\u0000'],
    ['no XML', 'name,amount'],
  ])('%s in a part', async (_what, text) => {
    const parts = partsOf(await unpack(await book(rowOf())))
    parts.set('xl/sharedStrings.xml', Buffer.from(text))
    expect(await codeOf(packed(parts))).toBe('workbookBroken')
  })

  test('a part that stands there twice', async () => {
    const parts = partsOf(await unpack(await book(rowOf())))
    const bytes = packed(parts)
    expect(await codeOf(bytes)).toBe('read')
    const twice = Buffer.from(bytes)
    // the second name becomes the first
    const [a, b] = ['xl/styles.xml', 'xl/workbook.xml']
    expect([twice.includes(a), twice.includes(b)]).toEqual([true, true])
    const double = new Map(parts)
    double.set('xl/workbook.xmX', parts.get('xl/workbook.xml') ?? Buffer.alloc(0))
    const renamed = Buffer.from(
      packed(double).toString('latin1').replaceAll('workbook.xmX', 'workbook.xml'),
      'latin1',
    )
    expect(await codeOf(renamed)).toBe('workbookBroken')
  })

  test('two cells at the far corners are no rectangle of a thousand million', async () => {
    const parts = partsOf(await unpack(await book(rowOf())))
    const corners =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    parts.set('xl/worksheets/sheet1.xml', Buffer.from(corners))
    expect(await codeOf(packed(parts))).toBe('read')
  })

  test('rows without end', async () => {
    const parts = partsOf(await unpack(await book(rowOf())))
    const rows = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${'<row/>'.repeat(20_021)}</sheetData></worksheet>`
    parts.set('xl/worksheets/sheet1.xml', Buffer.from(rows))
    expect(await codeOf(packed(parts))).toBe('tooManyRows')
  })

  const SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

  test.each([
    ['xl/sharedStrings.xml', 'sst', '<si/>'],
    ['xl/styles.xml', 'styleSheet', '<xf/>'],
    ['xl/worksheets/sheet1.xml', 'worksheet', '<mergeCell ref="A1:A1"/>'],
  ])('more things in %s than any sheet needs', async (name, root, thing) => {
    const parts = partsOf(await unpack(await book(rowOf())))
    parts.set(name, Buffer.from(`<${root} ${SPREADSHEET}>${thing.repeat(600_001)}</${root}>`))
    expect(await codeOf(packed(parts))).toBe('tooManyRows')
    parts.set(name, Buffer.from(`<${root} ${SPREADSHEET}>${thing.repeat(1000)}</${root}>`))
    expect(await codeOf(packed(parts))).not.toBe('tooManyRows')
  })

  test('ranges merged over one another', async () => {
    const parts = partsOf(await unpack(await book(rowOf())))
    const rows = Array.from(
      { length: 2000 },
      (_, n) => `<row r="${n + 1}"><c r="A${n + 1}"><v>1</v></c></row>`,
    )
    const merged = (times: number) =>
      Buffer.from(
        `<worksheet ${SPREADSHEET}><sheetData>${rows.join('')}</sheetData><mergeCells>${'<mergeCell ref="A1:BG2000"/>'.repeat(times)}</mergeCells></worksheet>`,
      )
    parts.set('xl/worksheets/sheet1.xml', merged(1))
    expect(await codeOf(packed(parts))).toBe('read')
    parts.set('xl/worksheets/sheet1.xml', merged(5000))
    expect(await codeOf(packed(parts))).toBe('workbookBroken')
  })

  test('cut off anywhere, or with any byte changed, it is read or told, never thrown', async () => {
    const bytes = Buffer.from(await book(rowOf()))
    for (let end = 4; end < bytes.length; end += 37)
      expect(await codeOf(bytes.subarray(0, end))).toBe('workbookBroken')
    for (let at = 0; at < bytes.length; at += 53) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      expect(['read', 'workbookBroken', 'workbookTooLarge', 'tooManyRows', 'fileEmpty']).toContain(
        await codeOf(changed),
      )
    }
  })
})

// Whatever the bytes are, reading them answers: it never throws, loses no row in silence, and is the same every time.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSheet } from '../../src/app/import/sheet.ts'
import { toDraft } from '../../src/app/import/to-draft.ts'
import { draftSchema } from '../../src/domain/draft.ts'
import { bytesOf, csv, directory, goodRow, sheetOf } from '../support/import.ts'

const headers = Object.keys(goodRow)
const valid = sheetOf(
  {},
  { 事由: '硒鼓', 金额: '1,000.00' },
  { 收款人: '经办人垫付', 收款账号: '', 开户行: '' },
)

/** A good sheet with bytes overwritten, cut out or put in. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(valid.length - 1),
      drop: fc.nat(3),
      put: fc.uint8Array({ maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((edits) =>
    edits.reduce(
      (bytes, { at, drop, put }) =>
        new Uint8Array([...bytes.slice(0, at), ...put, ...bytes.slice(at + drop)]),
      valid,
    ),
  )

const cell = fc.oneof(
  fc.constantFrom(
    ...Object.values(goodRow),
    '',
    ' ',
    '"',
    '=1',
    '\u202e',
    '2025/1/2',
    '-1',
    '１２',
    '白条',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const records = fc.array(fc.array(cell, { minLength: 15, maxLength: 18 }), { maxLength: 8 })

describe('reading a sheet', () => {
  test.each<[string, fc.Arbitrary<Uint8Array>]>([
    ['of any bytes', fc.uint8Array({ maxLength: 400 })],
    ['that was good once', damaged],
  ])('%s never throws', (_what, bytes) => {
    fc.assert(
      fc.property(bytes, (file) => {
        const { rows, faults } = parseSheet(file)
        // a file that brings nothing says why
        expect(rows.length + faults.length).toBeGreaterThan(0)
        expect(parseSheet(file).rows).toEqual(rows)
      }),
      { numRuns: 2000 },
    )
  })

  test('answers for every row: read, faulted, skipped as a total, or blank', () => {
    fc.assert(
      fc.property(records, (body) => {
        const { rows, faults, notices } = parseSheet(
          bytesOf(csv([headers, Object.values(goodRow), ...body])),
        )
        const answered = [
          ...rows,
          ...faults,
          ...notices.filter(({ code }) => code === 'totalSkipped'),
        ].map(({ line }) => line)
        const said = body.flatMap((record, index) =>
          record.some((text) => text.trim() !== '') ? [index + 3] : [],
        )
        expect(new Set(answered)).toEqual(new Set([2, ...said]))
        const faulted = new Set(faults.map(({ line }) => line))
        expect(rows.filter(({ line }) => faulted.has(line))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('makes only drafts of the right form', () => {
    const column = fc.constantFrom(...headers)
    fc.assert(
      fc.property(fc.dictionary(column, cell, { maxKeys: 4 }), (changes) => {
        const made = parseSheet(sheetOf(changes)).rows.map((row) => toDraft(row, directory))
        const drafts = made.flatMap((each) => ('draft' in each ? [each.draft] : []))
        expect(drafts.map((draft) => draftSchema.parse(draft))).toEqual(drafts)
        expect(made.filter((each) => 'faults' in each && each.faults.length === 0)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

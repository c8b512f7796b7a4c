// Cells as files have them: no formula, no control character, and a number only where it says exactly the same.
import { expect, test } from 'vitest'
import { csvLine, sheetCell, textCell } from '../../src/app/read/exports-cells.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+86 571', "'+86 571"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['\t=1', "'=1"],
  ['\r=1', "'=1"],
  ['＝1', "'＝1"],
  ['a"b', '"a""b"'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  ['a\r\nb', '"a\nb"'],
  ['a\u0000\u001Bb', 'ab'],
  ['道路=1', '道路=1'],
  ['', ''],
])('%j is written as %j', (text, cell) => {
  expect(csvLine([textCell(text)])).toBe(`${cell}\r\n`)
})

test('amounts and counts are written as they are', () => {
  expect(
    csvLine([
      { as: 'amount', amount: '9999999999999.99' },
      { as: 'count', count: 3 },
    ]),
  ).toBe('9999999999999.99,3\r\n')
})

test.each([
  ['0.10', 0.1],
  ['12345.67', 12345.67],
  // the most an amount can be: fifteen digits, exact in a double
  ['9999999999999.99', 9999999999999.99],
  // more would be another amount
  ['99999999999999999.99', '99999999999999999.99'],
])('an amount of %s is %j in a workbook', (amount, cell) => {
  expect(sheetCell({ as: 'amount', amount })).toBe(cell)
})

test('text stays text in a workbook, formulas and numbers too', () => {
  expect(sheetCell(textCell('=1+1'))).toBe('=1+1')
  expect(sheetCell(textCell('00123'))).toBe('00123')
  expect(sheetCell(textCell('a\u0000b'))).toBe('ab')
})

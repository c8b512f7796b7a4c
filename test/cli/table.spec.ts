// How things look on a terminal: Chinese takes two columns, bars are drawn for somebody who watches and for nobody else.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bar } from '../../src/cli/progress.ts'
import { pairs, table } from '../../src/cli/table.ts'
import { clip, pad, width } from '../../src/cli/width.ts'

test.each([
  ['', 0],
  ['abc', 3],
  ['账本', 4],
  ['a账b', 4],
  ['（ｆ）', 6],
  ['𠀀䶮㼆', 6],
  ['e\u0301', 1],
  ['“—…”', 4],
])('%j takes %d columns', (text, columns) => {
  expect(width(text)).toBe(columns)
})

const texts = fc.string({ unit: fc.constantFrom('a', '账', '（', 'é', '𠀀', ' ', '1') })

test('padding and clipping keep to the columns', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 20 }), (text, columns) => {
      expect(width(clip(text, columns))).toBeLessThanOrEqual(Math.max(columns, 1))
      expect(width(pad(text, columns))).toBe(Math.max(columns, width(text)))
      expect(pad(text, columns, 'right').endsWith(text)).toBe(true)
    }),
  )
})

test('columns of a table begin under each other, numbers end under each other', () => {
  const lines = table(
    [{ title: '编号' }, { title: 'amount', align: 'right' }, { title: '事由', most: 8 }],
    [
      ['1', '20.00', '保洁船发动机维修'],
      ['二', '1,200.00', 'repair'],
    ],
  )
  expect(lines).toEqual([
    '编号    amount  事由',
    '1        20.00  保洁船…',
    '二    1,200.00  repair',
  ])
})

test('a line break in a cell does not break the table', () => {
  expect(table([{ title: 'a' }], [['b\nc']])).toEqual(['a', 'b c'])
})

test('pairs stand under each other', () => {
  expect(
    pairs([
      ['账本', 'x'],
      ['a', ''],
    ]),
  ).toEqual(['账本  x', 'a'])
})

describe('a bar', () => {
  const drawn = (isTTY: boolean): string => {
    let now = 0
    let text = ''
    const one = bar({ isTTY, write: (part) => (text += part) }, 'verifying', () => (now += 100))
    one.show(1, 4)
    one.show(4, 4)
    one.clear()
    return text
  }

  test('is drawn on a terminal and leaves nothing behind', () => {
    expect(drawn(true)).toMatch(
      /\rverifying █{8} +25% 1\/4\rverifying █{30} 100% 4\/4\r\u001b\[2K$/,
    )
  })

  test('is silent in a pipe', () => {
    expect(drawn(false)).toBe('')
  })
})

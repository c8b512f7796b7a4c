// Parts of words: whatever stands in a text is found by its grams, and what is looked for is cut as what is found.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  gramsOf,
  needlesIn,
  plainWords,
  wholeGram,
  wholeOf,
  wordsOf,
} from '../../src/domain/grams.ts'

test.each([
  ['村道维修（一期）', '村道维修一期'],
  ['HT-2026-Ａ07', 'ht2026a07'],
  ['湖州·菱东 建材店', '湖州菱东建材店'],
  ['１２，０００．００', '1200000'],
  ['—…！', ''],
])('%s is looked for as %s', (text, plain) => {
  expect(plainWords(text)).toBe(plain)
})

test('Chinese is cut into characters and pairs, digits into pairs and triples, fields apart', () => {
  expect(gramsOf(wordsOf(['修路', '2026']), '')).toEqual([
    '修',
    '修路',
    '路',
    '20',
    '202',
    '02',
    '026',
    '26',
  ])
  expect(gramsOf(wordsOf(['修', '路']), '')).not.toContain('修路')
  expect(gramsOf('', wholeOf(['800050', 'p_Abcd']))).toEqual(['whole800050', 'wholepabcd'])
})

test.each([
  ['修', [['修']]],
  ['道路', [['道路']]],
  ['修道路', [['修道', '道路']]],
  ['2026', [['202', '026']]],
  ['2026年', [['202', '6年']]],
  ['修道路面', [['修道', '路面']]],
  ['ht202600', [['ht2', '026', '600']]],
  ['修路 水泥', [['修路'], ['水泥']]],
  ['修路 修路', [['修路']]],
  ['x', []],
  ['7', []],
  ['"*', []],
])('a query for %s asks for %j', (query, grams) => {
  expect(needlesIn(query).map((needle) => needle.grams)).toEqual(grams)
})

describe('any text', () => {
  const characters = fc.constantFrom(
    '修',
    '路',
    '水',
    '泥',
    '村',
    '道',
    '2',
    '0',
    '7',
    'a',
    'b',
    '-',
    '·',
    ' ',
  )
  const text = fc.string({ unit: characters, maxLength: 20 })

  test('is found by every part of it that can be asked for', () => {
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (whole, from, length) => {
        const plain = plainWords(whole)
        const part = plain.slice(from, from + length)
        const grams = new Set(gramsOf(plain, ''))
        for (const needle of needlesIn(part)) {
          expect(plain).toContain(needle.word)
          for (const gram of needle.grams)
            expect([whole, part, grams.has(gram)]).toEqual([whole, part, true])
        }
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  test('has no gram that could be an operator, or one of a whole token', () => {
    fc.assert(
      fc.property(text, (one) => {
        for (const gram of gramsOf(plainWords(one), '')) {
          expect(gram).toMatch(/^[\p{L}\p{N}]{1,3}$/u)
          expect(gram).not.toBe(wholeGram(gram))
        }
      }),
      { seed: 12, numRuns: 300 },
    )
  })
})

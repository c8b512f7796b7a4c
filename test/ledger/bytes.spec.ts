import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  utf8,
} from '../../src/ledger/bytes.ts'
import { FormatError } from '../../src/ledger/error.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

describe('as node:buffer writes it', () => {
  test('base64 and hex, there and back', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(toBase64(data)).toBe(Buffer.from(data).toString('base64'))
        expect(toHex(data)).toBe(Buffer.from(data).toString('hex'))
        expect(fromBase64(toBase64(data))).toEqual(data)
        expect(fromHex(toHex(data))).toEqual(data)
      }),
    )
  })

  test('UTF-8, there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.from(utf8(text))).toEqual(Buffer.from(text, 'utf8'))
        expect(fromUtf8(utf8(text))).toBe(text)
      }),
    )
    for (const name of ['𠀀䶮㼆', '\ufeff一', '\u0000']) expect(fromUtf8(utf8(name))).toBe(name)
  })

  // Whatever is accepted is spelled as node would spell it: so no two texts give one byte string.
  test('base64 accepts one spelling only', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('AQgw/+=-_ \n')), maxLength: 8 })
    fc.assert(
      fc.property(text, (spelling) => {
        const canonical = Buffer.from(spelling, 'base64').toString('base64')
        expect(codeOf(() => fromBase64(spelling)) === undefined).toBe(canonical === spelling)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('rejected', () => {
  test.each([
    ['no padding', 'QQ'],
    ['half the padding', 'QQ='],
    ['too much padding', 'QUI=='],
    ['padding alone', '===='],
    ['one character', 'Q==='],
    ['padding inside', 'QQ==QQ=='],
    ['set bits under the padding', 'QR=='],
    ['set bits under one padding', 'QUF='],
    ['URL-safe minus', 'ab-_'],
    ['line end', 'QUJD\n'],
    ['space', 'QU JD'],
    ['space in place of a character', 'QU D'],
    ['non-ASCII', 'QUJ\u0141'],
    ['NUL', 'QUJ\0'],
  ])('base64 with %s', (_, text) => {
    expect(codeOf(() => fromBase64(text))).toBe('badBase64')
  })

  test.each(['A', 'AB', 'ab ', 'abc', 'gg', '0x00', 'ab\n', '１１'])('hex %j', (text) => {
    expect(codeOf(() => fromHex(text))).toBe('badHex')
  })

  test.each([
    ['a stray continuation', [0x80]],
    ['a cut sequence', [0xe6, 0x9d]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a point past U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['0xFF', [0x61, 0xff]],
  ])('UTF-8 with %s', (_, data) => {
    expect(codeOf(() => fromUtf8(Uint8Array.from(data)))).toBe('badUtf8')
  })

  test.each(['\ud800', 'a\udc00', '\udc00\ud800'])('text %j', (text) => {
    expect(codeOf(() => utf8(text))).toBe('illFormedText')
  })
})

test('equalBytes and concatBytes', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
      expect(equalBytes(a, a.slice())).toBe(true)
      expect(Buffer.from(concatBytes(a, b))).toEqual(Buffer.concat([a, b]))
    }),
  )
  expect(concatBytes()).toEqual(new Uint8Array(0))
})

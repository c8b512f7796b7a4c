// Entry bytes: what is accepted is what a JCS library would write, and nothing else can be read.
import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalBytes, fromUtf8, utf8 } from '../../src/ledger/bytes.ts'
import {
  canonicalBytes,
  canonicalText,
  CanonicalError,
  parseCanonical,
  type CanonicalCode,
  type Json,
  type JsonObject,
} from '../../src/ledger/canonical.ts'
import { isQuickNfc } from '../../src/ledger/text.ts'
import { EVERY_BIT, flipped } from '../support/ledger-flips.ts'

function faultOf(run: () => unknown): { code: CanonicalCode; path: string } | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof CanonicalError) return { code: error.code, path: error.path }
    throw error
  }
}

// What the type forbids can still arrive at run time, through a hole in it or from JavaScript.
const faultOfWriting = (value: unknown) =>
  faultOf(() => {
    Reflect.apply(canonicalBytes, undefined, [value])
  })
const faultOfReading = (text: string | Uint8Array) =>
  faultOf(() => parseCanonical(typeof text === 'string' ? utf8(text) : text))

// The rule for strings as its own words say it, with Unicode's tables instead of ours.
function mayStand(text: string): boolean {
  return (
    text.isWellFormed() &&
    text.normalize('NFC') === text &&
    [...text].length <= 4000 &&
    !/[\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufeff]/u.test(text) &&
    !/\p{Cc}/u.test(text.replaceAll('\n', ''))
  )
}

const key = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,63}$/)
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...Array.from('村道修补𠀀䶮㼆，。“”é"\\\n/<>&\u2028\u00a0')),
    }),
  )
  .map((s) => s.normalize('NFC'))
  .filter(mayStand)
const { object } = fc.letrec<{ object: JsonObject; value: Json }>((tie) => ({
  object: fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: false }),
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'json' },
    text,
    fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 5, depthIdentifier: 'json' }),
    tie('object'),
  ),
}))

describe('what is accepted', () => {
  test('is written as a JCS library writes it, and read back as it was', () => {
    let accepted = 0
    fc.assert(
      fc.property(object, (value) => {
        if (faultOfWriting(value) !== undefined) return
        accepted++
        const bytes = canonicalBytes(value)
        expect(fromUtf8(bytes)).toBe(canonicalize(value))
        expect(canonicalText(value)).toBe(canonicalize(value))
        const read = parseCanonical(bytes)
        expect(canonicalBytes(read)).toEqual(bytes)
        expect(canonicalize(read)).toBe(canonicalize(value))
      }),
      { numRuns: 1000 },
    )
    // The property would hold of a writer that accepts nothing.
    expect(accepted).toBeGreaterThan(500)
  })

  test('does not depend on the order in which keys were put', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 2 }), fc.gen(), (keys, g) => {
        const shuffled = g(fc.shuffledSubarray, keys, { minLength: keys.length })
        const of = (names: readonly string[]) => Object.fromEntries(names.map((k) => [k, k]))
        expect(canonicalBytes(of(shuffled))).toEqual(canonicalBytes(of(keys)))
      }),
    )
  })

  test.each<[string, JsonObject, string]>([
    ['nothing', {}, '{}'],
    ['rare Han', { name: '𠀀䶮㼆' }, '{"name":"𠀀䶮㼆"}'],
    ['the escapes there are', { a: '"\\\n/' }, '{"a":"\\"\\\\\\n/"}'],
    [
      'the largest integers',
      { a: 2 ** 53 - 1, b: -(2 ** 53 - 1) },
      '{"a":9007199254740991,"b":-9007199254740991}',
    ],
    ['upper case before lower', { aa: 1, aB: 2, a1: 3 }, '{"a1":3,"aB":2,"aa":1}'],
    ['lists', { a: [true, false, [], {}, ''] }, '{"a":[true,false,[],{},""]}'],
    [
      'an object without prototype',
      Object.assign(Object.create(null), { b: 1, a: 2 }),
      '{"a":2,"b":1}',
    ],
  ])('%s', (_, value, written) => {
    expect(canonicalText(value)).toBe(written)
    expect(faultOfReading(written)).toBeUndefined()
  })

  test('what is returned is not written over later', () => {
    const first = canonicalBytes({ a: 'first' })
    canonicalBytes({ a: 'other' })
    expect(fromUtf8(first)).toBe('{"a":"first"}')
  })
})

describe('strings', () => {
  // Every code point and every lone surrogate, against Unicode's own tables.
  test('each character, as the rule says', { timeout: 60_000 }, () => {
    const wrong: number[] = []
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point)
      const accepted = faultOfWriting({ a: character }) === undefined
      if (accepted !== mayStand(character)) wrong.push(point)
      else if (accepted && !equalBytes(canonicalBytes({ a: character }), jcs(character))) {
        wrong.push(point)
      }
    }
    expect(wrong).toEqual([])
  })

  const jcs = (character: string) => utf8(canonicalize({ a: character }) ?? '')

  // Normalising costs more than the rest of the writer, so most strings skip it. That is right if
  // no quick unit changes by itself and none ever stands behind another in a decomposition: then
  // none is moved, and none is composed with what precedes it.
  test('units taken for NFC without looking', () => {
    const later = new Set<number>()
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point < 0xe000) continue
      const [, ...rest] = String.fromCodePoint(point).normalize('NFD')
      for (const character of rest) later.add(character.codePointAt(0) ?? 0)
    }
    const quick = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(isQuickNfc)
    const changed = quick.filter((unit) => {
      const character = String.fromCharCode(unit)
      return character.normalize('NFC') !== character || later.has(unit)
    })
    expect(quick.length).toBeGreaterThan(20_000)
    expect(later.size).toBeGreaterThan(50)
    expect(changed).toEqual([])
  })

  test('sequences, as the rule says', () => {
    const unit = fc.constantFrom(
      ...Array.from('ae가각각がか'),
      '\u0300',
      '\u0301',
      '\u3099',
      '\uf9d1',
      '六',
      '\ud842',
      '\udfb7',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), (s) => {
        expect(faultOfWriting({ a: s }) === undefined).toBe(mayStand(s))
      }),
      { numRuns: 3000 },
    )
  })

  test('4,000 characters, not units and not bytes', () => {
    for (const character of ['a', '村', '𠀀', '\n']) {
      const longest = character.repeat(4000)
      expect(faultOfWriting({ a: longest + character })?.code).toBe('textTooLong')
      expect(faultOfWriting({ a: longest })).toBeUndefined()
    }
    expect(faultOfWriting({ a: 'a'.repeat(100_000) })?.code).toBe('textTooLong')
  })

  test.each<[string, string, CanonicalCode]>([
    ['NUL', '\0', 'controlCharacter'],
    ['tab', 'a\tb', 'controlCharacter'],
    ['carriage return', 'a\r\nb', 'controlCharacter'],
    ['DEL', '\u007f', 'controlCharacter'],
    ['C1', '\u0085', 'controlCharacter'],
    ['byte order mark', '\ufeff村', 'byteOrderMark'],
    ['Arabic letter mark', '\u061c', 'bidiControl'],
    ['right-to-left mark', 'a\u200f', 'bidiControl'],
    ['right-to-left override', '元\u202e001', 'bidiControl'],
    ['isolate', '\u2066', 'bidiControl'],
    ['noncharacter', '\ufdd0', 'noncharacter'],
    ['last of the plane', '\uffff', 'noncharacter'],
    ['last of plane 2', '\u{2fffe}', 'noncharacter'],
    ['lone high surrogate', 'a\ud842', 'loneSurrogate'],
    ['lone low surrogate', '\udfb7a', 'loneSurrogate'],
    ['surrogates in the wrong order', '\udfb7\ud842', 'loneSurrogate'],
    ['decomposed é', 'e\u0301', 'notNfc'],
    ['compatibility Han, which NFC would change', '\uf9d1', 'notNfc'],
    ['compatibility Han of plane 2', '\u{2f800}', 'notNfc'],
    ['Kelvin sign', '\u212a', 'notNfc'],
  ])('%s', (_, s, code) => {
    expect(faultOfWriting({ body: { a: ['', s] } })).toEqual({ code, path: 'body.a.1' })
    expect(faultOfWriting({ [s]: 1 })?.code).toBe('badKey')
  })
})

describe('values that are not written', () => {
  const nested = (depth: number): Json => (depth === 0 ? 1 : { a: nested(depth - 1) })
  const listed = (depth: number): Json => (depth === 0 ? 1 : [listed(depth - 1)])

  test.each<[string, unknown, CanonicalCode, string]>([
    ['null', null, 'notAnObject', ''],
    ['a list', [], 'notAnObject', ''],
    ['a string', 'a', 'notAnObject', ''],
    ['nothing', undefined, 'notAnObject', ''],
    ['null inside', { a: { b: null } }, 'unsupportedValue', 'a.b'],
    ['undefined inside', { a: undefined }, 'unsupportedValue', 'a'],
    ['a hole in a list', { a: Array(2) }, 'unsupportedValue', 'a.0'],
    ['a date', { at: new Date(0) }, 'unsupportedValue', 'at'],
    ['a map', { a: new Map() }, 'unsupportedValue', 'a'],
    ['bytes', { a: new Uint8Array(2) }, 'unsupportedValue', 'a'],
    ['an object of a class', { a: new URL('https://example.com') }, 'unsupportedValue', 'a'],
    ['a bigint', { a: 1n }, 'unsupportedValue', 'a'],
    ['a function', { toJSON: () => 1 }, 'unsupportedValue', 'toJSON'],
    ['a float', { a: 0.5 }, 'badNumber', 'a'],
    ['an integer past 2^53', { a: 2 ** 53 }, 'badNumber', 'a'],
    ['an integer past 10^21', { a: 1e21 }, 'badNumber', 'a'],
    ['not a number', { a: NaN }, 'badNumber', 'a'],
    ['infinity', { a: -Infinity }, 'badNumber', 'a'],
    ['negative zero', { a: -0 }, 'badNumber', 'a'],
    ['an empty key', { '': 1 }, 'badKey', ''],
    ['an upper-case key', { a: { Bc: 1 } }, 'badKey', 'a.Bc'],
    ['a key with an underscore', { amount_fen: 1 }, 'badKey', 'amount_fen'],
    ['a key of digits', { 1: 1 }, 'badKey', '1'],
    ['a Chinese key', { 村: 1 }, 'badKey', '村'],
    ['__proto__', JSON.parse('{"__proto__":1}'), 'badKey', '__proto__'],
    ['a key of 65 characters', { ['k'.repeat(65)]: 1 }, 'badKey', 'k'.repeat(65)],
    ['nine objects', nested(9), 'tooDeep', 'a.a.a.a.a.a.a.a'],
    ['eight lists in an object', { a: listed(8) }, 'tooDeep', 'a.0.0.0.0.0.0.0'],
    ['1,001 elements', { a: Array(1001).fill(1) }, 'tooManyElements', 'a'],
    ['16 KiB and a byte', { a: large(16_385) }, 'tooLarge', ''],
    ['far too much', { a: Array(1000).fill('村'.repeat(4000)) }, 'tooLarge', ''],
  ])('%s', (_, value, code, path) => {
    expect(faultOfWriting(value)).toEqual({ code, path })
  })

  test('the largest there are', () => {
    expect(faultOfWriting(nested(8))).toBeUndefined()
    expect(faultOfWriting({ a: listed(7) })).toBeUndefined()
    expect(faultOfWriting({ a: Array(1000).fill(1) })).toBeUndefined()
    expect(faultOfWriting({ ['k'.repeat(64)]: 1 })).toBeUndefined()
    expect(canonicalBytes({ a: large(16_384) })).toHaveLength(16_384)
  })

  test('a circle ends', () => {
    const circle: Record<string, unknown> = {}
    circle['a'] = circle
    expect(faultOfWriting(circle)?.code).toBe('tooDeep')
  })

  test('a refusal leaves nothing behind for the next entry', () => {
    expect(faultOfWriting({ a: 'x'.repeat(3000), b: null })?.code).toBe('unsupportedValue')
    expect(canonicalText({ c: 1 })).toBe('{"c":1}')
  })

  // Strings enough for an entry {"a":[…]} of exactly so many bytes.
  function large(total: number): string[] {
    const inside = total - '{"a":[]}'.length
    const strings: string[] = []
    for (let left = inside; left > 0;) {
      const length = Math.min(left > 4003 ? 3900 : 4003, left - (strings.length > 0 ? 1 : 0)) - 2
      strings.push('x'.repeat(length))
      left -= length + 2 + (strings.length > 1 ? 1 : 0)
    }
    return strings
  }
})

describe('bytes that are not read', () => {
  test.each<[string, string | Uint8Array, CanonicalCode]>([
    ['no bytes', '', 'badJson'],
    ['a space before', ' {}', 'notCanonical'],
    ['a line end after', '{}\n', 'notCanonical'],
    ['a space inside', '{"a": 1}', 'notCanonical'],
    ['a second value', '{}{}', 'badJson'],
    ['a byte order mark', '\ufeff{}', 'badJson'],
    ['a key twice', '{"a":1,"a":2}', 'notCanonical'],
    ['a key twice with one value', '{"a":1,"a":1}', 'notCanonical'],
    ['keys out of order', '{"b":1,"a":2}', 'notCanonical'],
    ['a float', '{"a":1.5}', 'badNumber'],
    ['a float without need', '{"a":1.0}', 'notCanonical'],
    ['an exponent', '{"a":1e2}', 'notCanonical'],
    ['a huge exponent', '{"a":1e400}', 'badNumber'],
    ['a leading zero', '{"a":01}', 'badJson'],
    ['a plus sign', '{"a":+1}', 'badJson'],
    ['negative zero', '{"a":-0}', 'badNumber'],
    ['an integer that would be rounded', '{"a":9007199254740993}', 'badNumber'],
    ['null', '{"a":null}', 'unsupportedValue'],
    ['null alone', 'null', 'notAnObject'],
    ['a list alone', '[]', 'notAnObject'],
    ['an escape without need', '{"a":"\\u0041"}', 'notCanonical'],
    ['an escaped slash', '{"a":"\\/"}', 'notCanonical'],
    ['an escaped Han character', '{"a":"\\u6751"}', 'notCanonical'],
    ['LF as \\u000a', '{"a":"\\u000a"}', 'notCanonical'],
    ['a raw LF in a string', '{"a":"\n"}', 'badJson'],
    ['an escaped tab', '{"a":"\\t"}', 'controlCharacter'],
    ['an escaped lone surrogate', '{"a":"\\ud842"}', 'loneSurrogate'],
    ['an escaped key', '{"\\u0061":1}', 'notCanonical'],
    ['__proto__', '{"__proto__":{"a":1}}', 'badKey'],
    ['a trailing comma', '{"a":1,}', 'badJson'],
    ['a comment', '{/**/}', 'badJson'],
    ['decomposed text', '{"a":"e\u0301"}', 'notNfc'],
    ['a cut character', Uint8Array.of(...utf8('{"a":"村').slice(0, -1), 0x22, 0x7d), 'badUtf8'],
    [
      'a surrogate in UTF-8',
      Uint8Array.of(...utf8('{"a":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d),
      'badUtf8',
    ],
    ['an overlong quote', Uint8Array.of(...utf8('{"a":"'), 0xc0, 0xa2, 0x22, 0x7d), 'badUtf8'],
    ['more than 16 KiB', `{"a":"${'x'.repeat(16_384)}"}`, 'tooLarge'],
    ['16 KiB of brackets', '['.repeat(16_384), 'badJson'],
    ['nine levels', `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`, 'tooDeep'],
  ])('%s', (_, bytes, code) => {
    expect(faultOfReading(bytes)?.code).toBe(code)
  })

  test('one flipped bit gives no second spelling of the same entry', () => {
    const bytes = canonicalBytes({ a: '村道"\n', b: [1, 20, true], c: { d: '' } })
    const flips = [...bytes.keys()].flatMap((at) => EVERY_BIT.map((bit) => flipped(bytes, at, bit)))
    const read = flips.filter((flip) => faultOfReading(flip) === undefined).map(parseCanonical)
    expect(read.length).toBeGreaterThan(0)
    for (const value of read) expect(value).not.toEqual(parseCanonical(bytes))
  })
})

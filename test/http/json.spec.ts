// JSON that could be read in two ways is not read at all.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/http/json.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')

describe('what is read', () => {
  test('is what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(readJson(bytes(text))).toEqual({ value: JSON.parse(text) as unknown })
      }),
    )
  })

  test.each([
    ['the same key in two objects', '{"a":{"k":1},"b":{"k":2}}'],
    ['the same key inside', '{"a":{"a":1}}'],
    ['a key as a value', '{"a":"a","b":["a","a",{"a":1}]}'],
    ['what looks like a key in a text', '{"a":"\\"a\\":1,","b":1}'],
    ['a text that ends in a backslash', '{"a\\\\":1,"a":2}'],
    ['__proto__', '{"__proto__":1}'],
  ])('%s', (_what, text) => {
    expect(readJson(bytes(text))).toEqual({ value: JSON.parse(text) as unknown })
  })
})

test.each([
  ['a key twice', '{"a":1,"a":2}'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
  ['a key twice with space before the colon', '{"a" : 1, "a"\n:\t2}'],
  ['deep inside', '[{"b":[1,{"a":1,"c":{},"a":1}]}]'],
  ['of nothing', '{"":1,"":1}'],
  ['__proto__ twice', '{"__proto__":1,"__proto__":1}'],
])('%s is refused', (_what, text) => {
  expect(JSON.parse(text)).toBeDefined()
  expect(readJson(bytes(text))).toEqual({ fault: 'repeated' })
})

test.each([
  ['no UTF-8', Buffer.of(0x22, 0xff, 0x22)],
  ['a mark before it', bytes('\uFEFF{}')],
  ['half of it', bytes('{"a":')],
  ['33 levels', bytes('['.repeat(33) + ']'.repeat(33))],
  ['60,000 levels', bytes('['.repeat(60_000) + ']'.repeat(60_000))],
])('%s is malformed', (_what, text) => {
  expect(readJson(text)).toEqual({ fault: 'malformed' })
})

test('32 levels are read', () => {
  expect(readJson(bytes('['.repeat(32) + ']'.repeat(32)))).toHaveProperty('value')
})

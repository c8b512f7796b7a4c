// The two implementations of the primitives answer alike: what a server signs a browser accepts.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { fromHex, toHex } from '../../src/ledger/bytes.ts'
import { nobleCrypto } from '../support/ledger-noble.ts'

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
const message = fc.uint8Array({ maxLength: 200 })

test('hashes, keys and signatures agree', () => {
  fc.assert(
    fc.property(seed, message, (key, text) => {
      expect(nodeCrypto.sha256(text)).toEqual(nobleCrypto.sha256(text))
      const publicKey = nodeCrypto.publicKey(key)
      expect(publicKey).toEqual(nobleCrypto.publicKey(key))
      const signature = nodeCrypto.sign(key, text)
      expect(signature).toEqual(nobleCrypto.sign(key, text))
      for (const c of [nodeCrypto, nobleCrypto]) {
        expect(c.verify(publicKey, text, signature)).toBe(true)
        expect(c.verify(publicKey, Uint8Array.of(...text, 0), signature)).toBe(false)
      }
    }),
    { numRuns: 20 },
  )
})

describe.each([
  ['node:crypto', nodeCrypto],
  ['@noble', nobleCrypto],
])('%s', (_, c) => {
  // RFC 8032 §7.1, test 2.
  test('a vector of RFC 8032', () => {
    const key = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    expect(toHex(c.publicKey(key))).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    )
    expect(toHex(c.sign(key, Uint8Array.of(0x72)))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
  })

  test('signatures of another form are not valid', () => {
    const key = new Uint8Array(32).fill(7)
    const text = Uint8Array.of(1, 2, 3)
    const publicKey = c.publicKey(key)
    const signature = c.sign(key, text)
    expect(c.verify(publicKey, text, signature)).toBe(true)
    for (let bit = 0; bit < 512; bit += 5) {
      const flipped = signature.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(c.verify(publicKey, text, flipped)).toBe(false)
    }
    for (const length of [0, 63]) {
      expect(c.verify(publicKey, text, signature.slice(0, length))).toBe(false)
    }
    expect(c.verify(publicKey, text, Uint8Array.of(...signature, 0))).toBe(false)
    // S + L is the same scalar: a second signature nobody made (RFC 8032 §5.1.7 forbids it).
    expect(c.verify(publicKey, text, plusGroupOrder(signature))).toBe(false)
    expect(c.verify(c.publicKey(new Uint8Array(32)), text, signature)).toBe(false)
  })

  test('keys of another length throw', () => {
    expect(() => c.sign(new Uint8Array(31), new Uint8Array(0))).toThrow(/32/)
    expect(() => c.publicKey(new Uint8Array(33))).toThrow(/32/)
    expect(() => c.verify(new Uint8Array(31), new Uint8Array(0), new Uint8Array(64))).toThrow(/32/)
  })

  test('what it returns is its own memory', () => {
    const data = new Uint8Array(65)
    const first = c.sha256(data)
    const kept = first.slice()
    data.fill(1)
    c.sha256(data)
    expect(first).toEqual(kept)
    const key = new Uint8Array(32).fill(9)
    const publicKey = c.publicKey(key)
    const hex = toHex(publicKey)
    publicKey.fill(0)
    expect(toHex(c.publicKey(key))).toBe(hex)
  })
})

test('node: more keys than are kept', () => {
  const key = new Uint8Array(32).fill(5)
  const text = Uint8Array.of(1)
  const [publicKey, signature] = [nodeCrypto.publicKey(key), nodeCrypto.sign(key, text)]
  expect(nodeCrypto.verify(publicKey, text, signature)).toBe(true)
  for (let i = 0; i < 9000; i++) {
    const other = Uint8Array.of(i >> 8, i & 255, ...publicKey.subarray(2))
    expect(nodeCrypto.verify(other, text, new Uint8Array(0))).toBe(false)
  }
  expect(nodeCrypto.verify(publicKey, text, signature)).toBe(true)
})

function plusGroupOrder(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  let s = order
  for (let i = 31; i >= 0; i--) s += BigInt(signature[32 + i] ?? 0) << BigInt(8 * i)
  const sum = signature.slice()
  for (let i = 0; i < 32; i++) sum[32 + i] = Number((s >> BigInt(8 * i)) & 255n)
  return sum
}

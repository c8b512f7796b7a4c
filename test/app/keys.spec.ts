// Signing keys as files: made once, for their owner alone, never shown.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { fileKeys, KeyFault, readVaultKey, seededKeys, vaultKey } from '../../src/app/keys.ts'
import { toBase64, toHex } from '../../src/ledger/bytes.ts'
import { parseSkey, skeyOf, vkeyOf } from '../../src/ledger/note.ts'
import { town, village } from '../support/law-cast.ts'

let folder = ''
const file = (): string => join(folder, 'ledger.example.cn_330106109203.skey')
const seed = new Uint8Array(32).fill(7)
const keys = (drawn: Uint8Array = seed) => fileKeys(folder, nodeCrypto, () => drawn)

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'five-musts-keys-')), 'keys')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

function faultOf(work: () => unknown): KeyFault {
  try {
    work()
  } catch (error) {
    if (error instanceof KeyFault) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('made', () => {
  test('whole, 0600 in a 0700 folder, one line in Go’s format, nothing else left', () => {
    const vkey = keys().create(village)
    expect(vkey).toBe(vkeyOf(nodeCrypto, village, nodeCrypto.publicKey(seed)))
    expect(readFileSync(file(), 'utf8')).toBe(`${skeyOf(nodeCrypto, village, seed)}\n`)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder)).toEqual(['ledger.example.cn_330106109203.skey'])
    expect(parseSkey(nodeCrypto, readFileSync(file(), 'utf8').trim())).toEqual({
      name: village,
      seed,
    })
  })

  test('once: a key that is there is kept', () => {
    const first = keys().create(village)
    expect(keys(new Uint8Array(32).fill(8)).create(village)).toBe(first)
    expect(keys().origins()).toEqual([village])
    expect(keys().signer(village)).toEqual({ name: village, seed })
  })
})

describe('refused', () => {
  test('when there is none', () => {
    const fault = faultOf(() => keys().signer(village))
    expect(fault.code).toBe('keyMissing')
    expect(keys().origins()).toEqual([])
  })

  test.each([0o640, 0o604, 0o660, 0o644])('when others may read it (%o)', (mode) => {
    keys().create(village)
    chmodSync(file(), mode)
    expect(faultOf(() => keys().signer(village)).code).toBe('keyExposed')
    chmodSync(file(), 0o600)
    expect(keys().signer(village).name).toBe(village)
  })

  test.each([
    ['nothing', ''],
    ['no key', 'hello\n'],
    ['a key cut short', `${skeyOf(nodeCrypto, village, seed).slice(0, -4)}\n`],
    [
      'a key with another id',
      skeyOf(nodeCrypto, village, seed).replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
    ],
    ['two lines', `${skeyOf(nodeCrypto, village, seed)}\n\n`],
  ])('when the file holds %s', (_what, text) => {
    mkdirSync(folder)
    writeFileSync(file(), text, { mode: 0o600 })
    expect(faultOf(() => keys().signer(village)).code).toBe('keyMalformed')
  })

  test('when it is another ledger’s', () => {
    mkdirSync(folder)
    writeFileSync(file(), `${skeyOf(nodeCrypto, town, seed)}\n`, { mode: 0o600 })
    expect(faultOf(() => keys().vkey(village)).code).toBe('keyOfAnother')
  })

  test('when the folder is a file', () => {
    writeFileSync(folder, '')
    expect(faultOf(() => keys().create(village)).code).toBe('keyUnreadable')
  })
})

test('no error and no inspection of the keys shows one', () => {
  const made = keys()
  made.create(village)
  const secrets = [toBase64(seed), toHex(seed), skeyOf(nodeCrypto, village, seed)]
  chmodSync(file(), 0o644)
  const exposed = faultOf(() => keys().signer(village))
  chmodSync(file(), 0o600)
  writeFileSync(file(), `${skeyOf(nodeCrypto, village, seed)}x`)
  const malformed = faultOf(() => keys().signer(village))
  for (const shown of [exposed, malformed, made]) {
    const text = `${inspect(shown, { depth: 9, showHidden: true })}${JSON.stringify(shown)}`
    for (const secret of secrets) expect(text).not.toContain(secret.slice(10, 30))
  }
})

describe('the vault’s key', () => {
  test('is made once and read by its owner alone', () => {
    expect(readVaultKey(folder)).toBeUndefined()
    const made = vaultKey(folder, () => seed)
    expect(made).toEqual(seed)
    expect(vaultKey(folder, () => new Uint8Array(32))).toEqual(seed)
    chmodSync(join(folder, 'vault.key'), 0o644)
    expect(faultOf(() => readVaultKey(folder)).code).toBe('keyExposed')
  })
})

test('seeded keys: the same text, the same keys; another text or ledger, another key', () => {
  const [a, b] = [seededKeys(nodeCrypto, 'one'), seededKeys(nodeCrypto, 'one')]
  expect(a.create(village)).toBe(b.vkey(village))
  expect(a.vkey(town)).not.toContain(a.vkey(village).split('+').at(-1))
  expect(seededKeys(nodeCrypto, 'two').vkey(village)).not.toBe(a.vkey(village))
  expect(a.origins()).toEqual([village, town])
})

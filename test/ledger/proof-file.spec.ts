import { describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { fromUtf8, toBase64, utf8 } from '../../src/ledger/bytes.ts'
import { FormatError } from '../../src/ledger/error.ts'
import { inclusionProof } from '../../src/ledger/merkle.ts'
import { parseVkey, signNote } from '../../src/ledger/note.ts'
import { type ProvenEntry, verifyProofFile, writeProof } from '../../src/ledger/proof-file.ts'
import {
  checkpointOf,
  ledgerEntries,
  nodesOf,
  ORIGIN,
  SIGNER,
  VKEY,
} from '../support/ledger-fixture.ts'
import { EVERY_BIT, flipped } from '../support/ledger-flips.ts'

const SIZE = 20
const KEY = parseVkey(c, VKEY)
const entries = ledgerEntries(SIZE)
const read = nodesOf(c, entries)
// A line by a key nobody trusts here, as a witness would add one.
const UNKNOWN_LINE = `— witness.example.cn/jiwei ${toBase64(new Uint8Array(76))}\n`
const NOTE = `${checkpointOf(entries)}${UNKNOWN_LINE}`

const entryAt = (index: number) => entries[index] ?? new Uint8Array(0)
const proofOf = (index: number) => ({
  index,
  proof: inclusionProof(c, index, SIZE, read),
  checkpointNote: NOTE,
  entryBytes: entryAt(index),
})

function refusalOf(text: string | Uint8Array): string | undefined {
  try {
    verifyProofFile(c, typeof text === 'string' ? text : fromUtf8(text), KEY)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

test('every entry, there and back', () => {
  for (let index = 0; index < SIZE; index++) {
    const proven = verifyProofFile(c, writeProof(proofOf(index)), KEY)
    expect(proven.entryBytes).toEqual(entryAt(index))
    expect(proven.index).toBe(index)
    expect(proven.checkpoint).toMatchObject({ origin: ORIGIN, size: SIZE })
  }
})

test('a ledger of one entry needs no hashes', () => {
  const [first = new Uint8Array(0)] = entries
  const proof = { index: 0, proof: [], checkpointNote: checkpointOf([first]), entryBytes: first }
  const text = writeProof(proof)
  expect(text).toContain('\nindex 0\n\n')
  expect(verifyProofFile(c, text, KEY).entryBytes).toEqual(first)
})

const FILE = writeProof(proofOf(7))
const [magic = '', extra = '', , ...lines] = FILE.split('\n')
const hashes = lines.slice(0, lines.indexOf(''))
const fileWith = (parts: { head?: string[]; hashes?: string[]; note?: string }) =>
  [
    ...(parts.head ?? [magic, extra, 'index 7']),
    ...(parts.hashes ?? hashes),
    '',
    parts.note ?? NOTE,
  ].join('\n')

describe('refused', () => {
  test('the file is put together as the cases below assume', () => {
    expect(fileWith({})).toBe(FILE)
    expect(hashes).toHaveLength(5)
  })

  const otherEntry = `extra ${toBase64(entryAt(8))}`
  const [first = '', second = ''] = hashes
  test.each<[string, string, string]>([
    ['nothing', '', 'badProof'],
    ['no empty line', FILE.replaceAll('\n\n', '\n'), 'badProof'],
    ['another version', FILE.replace('@v1', '@v2'), 'badProof'],
    ['CR LF', FILE.replaceAll('\n', '\r\n'), 'badProof'],
    ['a space before', ` ${FILE}`, 'badProof'],
    ['no entry', fileWith({ head: [magic, 'index 7'] }), 'entryMissing'],
    ['two entries', fileWith({ head: [magic, extra, extra, 'index 7'] }), 'badProof'],
    [
      'an entry that is not base64',
      fileWith({ head: [magic, `${extra}=`, 'index 7'] }),
      'badProof',
    ],
    ['the index before the entry', fileWith({ head: [magic, 'index 7', extra] }), 'entryMissing'],
    ['no index', fileWith({ head: [magic, extra] }), 'badProof'],
    ['an index with a zero', fileWith({ head: [magic, extra, 'index 07'] }), 'badProof'],
    ['an index with two spaces', fileWith({ head: [magic, extra, 'index  7'] }), 'badProof'],
    ['another index', fileWith({ head: [magic, extra, 'index 6'] }), 'notIncluded'],
    ['an index past the end', fileWith({ head: [magic, extra, 'index 20'] }), 'notIncluded'],
    ['another entry', fileWith({ head: [magic, otherEntry, 'index 7'] }), 'notIncluded'],
    ['an empty entry', fileWith({ head: [magic, 'extra ', 'index 7'] }), 'notIncluded'],
    ['a hash missing', fileWith({ hashes: hashes.slice(1) }), 'notIncluded'],
    ['a hash twice', fileWith({ hashes: [first, ...hashes] }), 'notIncluded'],
    ['hashes swapped', fileWith({ hashes: [second, first, ...hashes.slice(2)] }), 'notIncluded'],
    [
      'a short hash',
      fileWith({ hashes: [toBase64(new Uint8Array(31)), ...hashes.slice(1)] }),
      'badProof',
    ],
    ['a hash that is not base64', fileWith({ hashes: ['村', ...hashes.slice(1)] }), 'badProof'],
    ['54 hashes', fileWith({ hashes: Array.from({ length: 54 }, () => first) }), 'badProof'],
    ['an empty line too many', fileWith({ note: `\n${NOTE}` }), 'badSignature'],
    ['no signature', fileWith({ note: NOTE.split('\n\n', 1).join('') }), 'badNote'],
    [
      'a signature of nobody trusted',
      fileWith({ note: NOTE.replace(/— ledger.*\n/, '') }),
      'unverified',
    ],
    [
      'the checkpoint of another size',
      fileWith({ note: checkpointOf(entries.slice(0, 19)) }),
      'notIncluded',
    ],
    ['a false checkpoint', fileWith({ note: NOTE.replace('\n20\n', '\n21\n') }), 'badSignature'],
    [
      'a signed note that is no checkpoint',
      fileWith({ note: signNote(c, 'hello\n', SIGNER) }),
      'badCheckpoint',
    ],
    ['something after it', `${FILE}x`, 'badNote'],
    ['far too much', FILE.padEnd(300_000, 'x'), 'badProof'],
  ])('%s', (_, text, code) => {
    expect(refusalOf(text)).toBe(code)
  })

  test('not written: what could not be read', () => {
    expect(() => writeProof({ ...proofOf(7), index: 0.5 })).toThrow(FormatError)
    expect(() => writeProof({ ...proofOf(7), checkpointNote: 'no note' })).toThrow(FormatError)
    expect(() => writeProof({ ...proofOf(7), proof: [new Uint8Array(31)] })).toThrow(FormatError)
  })
})

describe('every bit of a proof file', () => {
  const bytes = utf8(FILE)
  const proven = verifyProofFile(c, FILE, KEY)

  // What a changed file proves; undefined if it is refused.
  function provenBy(file: Uint8Array): ProvenEntry | undefined {
    try {
      return verifyProofFile(c, fromUtf8(file), KEY)
    } catch (error) {
      if (error instanceof FormatError) return undefined
      throw error
    }
  }

  test(
    'is reported when flipped, or lies in the line of an unknown key',
    { timeout: 60_000 },
    () => {
      const unknown = utf8(FILE.slice(0, FILE.indexOf(UNKNOWN_LINE))).length
      const accepted: number[] = []
      for (let at = 0; at < bytes.length; at++) {
        const found = EVERY_BIT.map((bit) => provenBy(flipped(bytes, at, bit)))
        const proofs = found.filter((entry) => entry !== undefined)
        // Such a line may become another one that nobody trusts either.
        for (const entry of proofs) expect(entry).toEqual(proven)
        if (proofs.length > 0) accepted.push(at)
      }
      expect(accepted.length).toBeGreaterThan(0)
      expect(accepted.filter((at) => at < unknown)).toEqual([])
    },
  )

  test('control: unsigned, other checkpoints would be accepted', () => {
    const unsigned = { ...c, verify: () => true }
    const text = fileWith({ note: NOTE.replace('\n20\n', '\n21\n') })
    expect(refusalOf(text)).toBe('badSignature')
    expect(verifyProofFile(unsigned, text, KEY).checkpoint.size).toBe(21)
  })
})

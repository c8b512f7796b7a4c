// The test vectors of ledger-format §19, on both implementations of the primitives.
import { describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '../../src/ledger/bytes.ts'
import { checkpointText, openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { openCosignatures, parseWitnessVkey } from '../../src/ledger/cosignature.ts'
import {
  CompactRange,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromNodes,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/merkle.ts'
import { openNote, parseVkey, signNote, vkeyOf } from '../../src/ledger/note.ts'
import { verifyProofFile, writeProof } from '../../src/ledger/proof-file.ts'
import { nodesOf } from '../support/ledger-fixture.ts'
import { nobleCrypto } from '../support/ledger-noble.ts'

const ORIGIN = 'ledger.example.cn/330106109203'
const SIGNER = { name: ORIGIN, seed: new Uint8Array(32).fill(1) }
const ENTRIES = [
  '{"body":{"amount_fen":1280000},"rev":0,"seq":0,"stream":"req/2026-000001","type":"expense.submitted","v":1}',
  '{"body":{"note":"村道修补"},"rev":1,"seq":1,"stream":"req/2026-000001","type":"expense.reviewed","v":1}',
  '{"body":{"decision":"approve"},"rev":2,"seq":2,"stream":"req/2026-000001","type":"expense.approved","v":1}',
].map(utf8)
const ROOT_2 = 'a5111fc48dcfdbd8905a007581bf41904ffb6fbefa42d3a2f0225f466078afe0'
const ROOT_3 = 'c3000e7a7e380a0439180280ed0148dd9526dca8327a6ab3d1c5760065e42ac3'
const LOG_LINE =
  '— ledger.example.cn/330106109203 p8ptaA/TK2I/DbIBasg2yuTRT2kmclvJvAl+08b5A0X+ffG1gU4Lb6k90Ne32hQ6bGNSUmiBZgsNxk6+u9eqqMjDkQs=\n'
const WITNESS_LINE =
  '— witness.example.cn/jiwei gfS7zAAAAABqsTuAeQti52G1nn7OTwUxVoiwiVJXFN5O3Fd7Z7VKsWdvIlOYVBLlrBgcT9oefyaPeW9UlNzNMkozDd6rc2rHgHxYCA==\n'
const CHECKPOINT_TEXT = `${ORIGIN}\n3\nwwAOen44CgQ5GAKA7QFI3ZUm3Kgyemqz0cV2AGXkKsM=\n`
const NOTE = `${CHECKPOINT_TEXT}\n${LOG_LINE}${WITNESS_LINE}`
const INCLUSION_1_OF_3 = [
  '/QPEWPnH6Fz0z4rwCWnXzIVVT7mAyewXEr1QOw8YALE=',
  'kQRrsoOJIekQBSoYIf+TTXjKDfP26q7QVodsNR+oJwE=',
]
const CONSISTENCY_1_TO_3 = [
  'MLqzdZAZUY2U+mnKYYaYN7iHHOiKLouuYByoPY9tYSI=',
  'kQRrsoOJIekQBSoYIf+TTXjKDfP26q7QVodsNR+oJwE=',
]
const CONSISTENCY_2_TO_3 = ['kQRrsoOJIekQBSoYIf+TTXjKDfP26q7QVodsNR+oJwE=']
const EIGHT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]

describe.each([
  ['node:crypto', nodeCrypto],
  ['@noble', nobleCrypto],
])('%s', (_, c) => {
  const read = nodesOf(c, ENTRIES)

  test('tree hashes of RFC 6962', () => {
    expect(toHex(emptyRoot(c))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(toHex(leafHash(c, utf8('')))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(toHex(leafHash(c, utf8('L123456')))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    )
    expect(toHex(c.sha256(utf8('\u0001N123N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    )
    const range = new CompactRange(c)
    for (const leaf of EIGHT_LEAVES) range.append(leafHash(c, fromHex(leaf)))
    expect(toHex(range.root())).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    )
  })

  test("the note specification's own example", () => {
    const key = parseVkey(
      c,
      'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    )
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'
    expect(openNote(c, note, [key])).toEqual({
      text: 'This is an example message.\n',
      verifiedBy: ['example.com/foo'],
    })
  })

  test('the key of the ledger', () => {
    const publicKey = c.publicKey(SIGNER.seed)
    expect(toHex(publicKey)).toBe(
      '8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c',
    )
    const vkey = vkeyOf(c, ORIGIN, publicKey)
    expect(vkey).toMatch(/^ledger\.example\.cn\/330106109203\+a7ca6d68\+AYqI49/)
    expect(toHex(parseVkey(c, vkey).keyId)).toBe('a7ca6d68')
  })

  test('leaves and roots', () => {
    expect(ENTRIES.map((entry) => entry.length)).toEqual([107, 107, 106])
    expect(ENTRIES.map((entry) => toHex(leafHash(c, entry)))).toEqual([
      'fd03c458f9c7e85cf4cf8af00969d7cc85554fb980c9ec1712bd503b0f1800b1',
      '30bab3759019518d94fa69ca61869837b8871ce88a2e8bae601ca83d8f6d6122',
      '91046bb2838921e910052a1821ff934d78ca0df3f6eaaed056876c351fa82701',
    ])
    expect(toHex(rootFromNodes(c, 2, read))).toBe(ROOT_2)
    expect(toHex(rootFromNodes(c, 3, read))).toBe(ROOT_3)
    const range = new CompactRange(c)
    const roots = ENTRIES.map((entry) => {
      range.append(leafHash(c, entry))
      return toHex(range.root())
    })
    expect(roots.slice(1)).toEqual([ROOT_2, ROOT_3])
  })

  test('the signed checkpoint, to the byte', () => {
    const text = checkpointText({ origin: ORIGIN, size: 3, root: fromHex(ROOT_3) })
    expect(text).toBe(CHECKPOINT_TEXT)
    expect(signNote(c, text, SIGNER)).toBe(`${CHECKPOINT_TEXT}\n${LOG_LINE}`)
    const key = parseVkey(c, vkeyOf(c, ORIGIN, c.publicKey(SIGNER.seed)))
    expect(openCheckpoint(c, NOTE, key)).toEqual({ origin: ORIGIN, size: 3, root: fromHex(ROOT_3) })
  })

  test("the witness's cosignature", () => {
    const publicKey = toBase64(Uint8Array.of(4, ...c.publicKey(new Uint8Array(32).fill(2))))
    const key = parseWitnessVkey(c, `witness.example.cn/jiwei+81f4bbcc+${publicKey}`)
    expect(openCosignatures(c, NOTE, [key])).toEqual([
      { name: 'witness.example.cn/jiwei', time: 1_790_000_000 },
    ])
  })

  test('proofs', () => {
    const base64 = (hashes: readonly Uint8Array[]) => hashes.map(toBase64)
    expect(base64(inclusionProof(c, 1, 3, read))).toEqual(INCLUSION_1_OF_3)
    expect(base64(consistencyProof(c, 1, 3, read))).toEqual(CONSISTENCY_1_TO_3)
    expect(base64(consistencyProof(c, 2, 3, read))).toEqual(CONSISTENCY_2_TO_3)
    const [leaf0, leaf1] = ENTRIES.map((entry) => leafHash(c, entry))
    const inclusion = INCLUSION_1_OF_3.map(fromBase64)
    const [toRoot, fromRoot] = [fromHex(ROOT_3), fromHex(ROOT_2)]
    if (leaf0 === undefined || leaf1 === undefined) throw new Error('no leaves')
    expect(nodeHash(c, leaf0, leaf1)).toEqual(fromRoot)
    const one = { leaf: leaf1, index: 1, size: 3, proof: inclusion, root: toRoot }
    expect(verifyInclusion(c, one)).toBe(true)
    const proof = CONSISTENCY_1_TO_3.map(fromBase64)
    expect(verifyConsistency(c, { from: 1, fromRoot: leaf0, to: 3, toRoot, proof })).toBe(true)
    const second = CONSISTENCY_2_TO_3.map(fromBase64)
    expect(verifyConsistency(c, { from: 2, fromRoot, to: 3, toRoot, proof: second })).toBe(true)
  })

  test('the proof file of entry 1', () => {
    const [, entryBytes = new Uint8Array()] = ENTRIES
    const proof = INCLUSION_1_OF_3.map(fromBase64)
    const text = writeProof({ index: 1, proof, checkpointNote: NOTE, entryBytes })
    expect(text).toBe(
      `c2sp.org/tlog-proof@v1\nextra ${toBase64(entryBytes)}\nindex 1\n${INCLUSION_1_OF_3.join('\n')}\n\n${NOTE}`,
    )
    const key = parseVkey(c, vkeyOf(c, ORIGIN, c.publicKey(SIGNER.seed)))
    expect(verifyProofFile(c, text, key)).toEqual({
      entryBytes,
      index: 1,
      checkpoint: { origin: ORIGIN, size: 3, root: fromHex(ROOT_3) },
    })
  })
})

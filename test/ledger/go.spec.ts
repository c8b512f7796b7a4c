// Go's own transparency log packages verify our exports, and refuse damaged ones. Without Go the
// tests say loudly that they proved nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { fromUtf8, toBase64, toHex, utf8 } from '../../src/ledger/bytes.ts'
import { vkeyOf } from '../../src/ledger/note.ts'
import {
  checkpointOf,
  exportOf,
  ledgerEntries,
  VKEY,
  type Files,
} from '../support/ledger-fixture.ts'
import { flipped } from '../support/ledger-flips.ts'
import { buildGoVerifier, lackingForGo, type GoVerifier } from '../support/ledger-go.ts'

const LONG = 300_000
const lacking = lackingForGo()
let go: GoVerifier | undefined

beforeAll(async () => {
  if (lacking === undefined) go = await buildGoVerifier()
}, LONG)

afterAll(async () => {
  await go?.[Symbol.asyncDispose]()
})

/** The verifier; undefined, with a loud line, where there is none. */
function verifierFor(what: string): GoVerifier | undefined {
  if (go === undefined) process.stderr.write(`SKIPPED: ${what}: ${lacking}\n`)
  return go
}

const NAME = VKEY.slice(0, VKEY.indexOf('+'))
const pinned = { vkey: VKEY }
const entries = ledgerEntries(600)
const whole: Files = exportOf(entries)

describe('Go verifies', { timeout: LONG }, () => {
  test.each([
    [1, [1]],
    [20, [1, 2, 3, 19, 20]],
    [256, [1, 128, 255, 256]],
    [257, [255, 256]],
    [600, [1, 7, 255, 256, 257, 511, 512, 599, 600]],
  ])('an export of %d entries, consistent with %j', async (size, sizes) => {
    const verifier = verifierFor(`Go on an export of ${size} entries`)
    if (verifier === undefined) return
    const found = await verifier.verify(exportOf(entries.slice(0, size)), { vkey: VKEY, sizes })
    expect(found).toEqual({
      ok: true,
      output: `verified: ${size} entries, 1 signatures, consistent with ${sizes.length} sizes\n`,
    })
  })

  test('an unknown signature, and tiles whose partial forms are gone', async () => {
    const verifier = verifierFor('Go on full tiles')
    if (verifier === undefined) return
    const files = new Map([...exportOf(entries.slice(0, 512)), ...exportOf(entries.slice(0, 300))])
    expect(files.delete('tile/0/001.p/44')).toBe(true)
    const unknown = `— sm2.example ${toBase64(new Uint8Array(5000))}\n`
    files.set('checkpoint', utf8(`${checkpointOf(entries.slice(0, 300))}${unknown}`))
    expect(await verifier.verify(files, { vkey: VKEY, sizes: [44] })).toMatchObject({ ok: true })
  })

  test("a witness's cosignature", async () => {
    const verifier = verifierFor('Go on a cosignature')
    if (verifier === undefined) return
    const files = new Map(whole).set('witness', utf8(`${WITNESS_VKEY}\n`))
    const cosigned = (time: number) =>
      new Map(files).set('checkpoint', utf8(cosign(checkpointOf(entries), time)))
    expect(await verifier.verify(cosigned(1_790_000_000), pinned)).toMatchObject({ ok: true })
    expect(await verifier.verify(files, pinned)).toMatchObject({ ok: false })
    const forged = fromUtf8(cosigned(1).get('checkpoint') ?? new Uint8Array(0)).replace(
      cosignatureOf(checkpointOf(entries), 1),
      cosignatureOf('another text\n\n', 1),
    )
    const forgedFiles = new Map(files).set('checkpoint', utf8(forged))
    expect(await verifier.verify(forgedFiles, pinned)).toMatchObject({ ok: false })
  })
})

describe('Go refuses', { timeout: LONG }, () => {
  const at = (path: string, place: number): Files => {
    const bytes = whole.get(path)
    if (bytes === undefined) throw new Error(`no ${path}`)
    return new Map(whole).set(path, flipped(bytes, place, 1))
  }
  const without = (path: string): Files => new Map([...whole].filter(([name]) => name !== path))
  const note = checkpointOf(entries)

  test.each<[string, Files]>([
    ['a flipped bit in an entry', at('tile/entries/001', 5000)],
    ['a flipped bit in the last entry', at('tile/entries/002.p/88', 30_000)],
    ['a flipped length', at('tile/entries/000', 1)],
    ['a flipped leaf hash', at('tile/0/001', 8000)],
    ['a flipped subtree hash', at('tile/1/000.p/2', 3)],
    ['a flipped signature', at('checkpoint', utf8(note).length - 9)],
    ['another size', new Map(whole).set('checkpoint', utf8(note.replace('\n600\n', '\n599\n')))],
    [
      'the checkpoint of fewer entries',
      new Map(whole).set('checkpoint', utf8(checkpointOf(entries.slice(0, 599)))),
    ],
    [
      'a root over other entries',
      new Map(whole).set('checkpoint', utf8(checkpointOf(entries.with(300, utf8('{}'))))),
    ],
    ['entries missing', without('tile/entries/002.p/88')],
    ['hashes missing', without('tile/0/000')],
  ])('%s', async (what, files) => {
    const verifier = verifierFor(`Go on ${what}`)
    if (verifier === undefined) return
    const found = await verifier.verify(files, pinned)
    expect(found.output).toMatch(/^NOT VERIFIED: /)
    expect(found.ok).toBe(false)
  })

  test.each([
    ['another key of the same name', vkeyOf(c, NAME, c.publicKey(new Uint8Array(32).fill(9)))],
    ['a key of another name', vkeyOf(c, `${NAME}0`, c.publicKey(new Uint8Array(32).fill(9)))],
    ['no key', 'nonsense'],
  ])('%s, whatever key the export names', async (what, vkey) => {
    const verifier = verifierFor(`Go on ${what}`)
    if (verifier === undefined) return
    const found = await verifier.verify(new Map(whole).set('vkey', utf8(`${vkey}\n`)), { vkey })
    expect(found.output).toMatch(/^NOT VERIFIED: /)
    expect(found.ok).toBe(false)
  })

  test('to look at the key that the export names', async () => {
    const verifier = verifierFor('Go on an export under another key')
    if (verifier === undefined) return
    const other = vkeyOf(c, NAME, c.publicKey(new Uint8Array(32).fill(9)))
    const files = new Map(whole).set('vkey', utf8(`${other}\n`))
    expect(await verifier.verify(files, pinned)).toMatchObject({ ok: true })
  })
})

const WITNESS = { name: 'witness.example.cn/jiwei', seed: new Uint8Array(32).fill(2) }
const WITNESS_KEY = Uint8Array.of(4, ...c.publicKey(WITNESS.seed))
const WITNESS_ID = c.sha256(Uint8Array.of(...utf8(`${WITNESS.name}\n`), ...WITNESS_KEY)).slice(0, 4)
const WITNESS_VKEY = `${WITNESS.name}+${toHex(WITNESS_ID)}+${toBase64(WITNESS_KEY)}`

function cosignatureOf(note: string, time: number): string {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const signature = c.sign(WITNESS.seed, utf8(`cosignature/v1\ntime ${time}\n${text}`))
  const payload = Uint8Array.of(...WITNESS_ID, ...stamp, ...signature)
  return `— ${WITNESS.name} ${toBase64(payload)}\n`
}

const cosign = (note: string, time: number) => `${note}${cosignatureOf(note, time)}`

// verify, export, proof, rebuild from the command line: exit codes, and that what one writes the other reads.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '../support/check-ledger.ts'
import { cli, cliJson } from '../support/cli.ts'
import { forge, tamper } from '../support/forge.ts'
import { town, village } from '../support/law-cast.ts'
import { onSecondMedium } from '../../src/cli/medium.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { originSchema } from '../../src/domain/ids.ts'
import { canonicalText, type JsonObject, parseCanonical } from '../../src/ledger/canonical.ts'
import { utf8 } from '../../src/ledger/bytes.ts'
import { skeyOf, vkeyOf } from '../../src/ledger/note.ts'
import { workings } from '../../src/app/workings.ts'
import {
  signerOf,
  type TownshipData,
  townshipData,
  vkeyOfLedger,
} from '../support/township-data.ts'

let data: TownshipData
let place = ''
let at: readonly string[] = []
const vkey = vkeyOfLedger(village)
const inPlace = (...names: readonly string[]): string => join(place, ...names)

beforeAll(async () => {
  data = await townshipData({ requests: 2 })
  place = mkdtempSync(join(tmpdir(), 'five-musts-cli-'))
  at = ['--data', data.path]
})
afterAll(() => {
  data.remove()
  rmSync(place, { recursive: true, force: true })
})

describe('verify', () => {
  test('clean: exit 0, in words and as JSON', async () => {
    const { code, out, err } = await cli([...at, 'verify'])
    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out).toMatch(/✓ 未被改动（与 \d+ 个库外检查点一致），且每一步都合规\n$/)
    expect(await cliJson([...at, 'verify'])).toMatchObject({
      clean: true,
      found: 0,
      violations: [],
    })
  })

  test('forged: exit 1, each violation with its code, place and sentence', async () => {
    const path = inPlace('forged')
    cpSync(data.path, path, { recursive: true })
    tamper(join(path, 'ledger.db'), (db) =>
      db.prepare('delete from entry where ledger = ? and seq = 40').run(village),
    )
    const spoken = await cli(['--data', path, '--lang', 'en', 'verify'])
    expect(spoken.code).toBe(1)
    expect(spoken.out).toMatch(
      /^✗ entryMissing {2}ledger\.example\.cn\/330106109203 #40\n {2}An entry is missing here/,
    )
    const json = await cli(['--data', path, 'verify', '--json'])
    expect(json.code).toBe(1)
    const { clean, found, violations } = JSON.parse(json.out) as {
      clean: boolean
      found: number
      violations: readonly unknown[]
    }
    expect(clean).toBe(false)
    expect(violations).toHaveLength(found)
    expect(violations[0]).toMatchObject({ code: 'entryMissing', ledger: village, seq: 40 })
  })

  test('--vkey pins the key of a ledger, whatever the folder of keys says', async () => {
    const path = inPlace('another-key')
    cpSync(data.path, path, { recursive: true })
    rmSync(join(path, 'heads'), { recursive: true })
    const seed = new Uint8Array(32).fill(7)
    const signer = { name: village, seed }
    const own = vkeyOf(nodeCrypto, village, nodeCrypto.publicKey(seed))
    const renamed = (entry: JsonObject) =>
      parseCanonical(utf8(canonicalText(entry).replace(vkey, own)))
    forge({
      file: join(path, 'ledger.db'),
      ledger: village,
      edit: (all) => all.map(renamed),
      signer,
    })
    const key = join(path, 'keys', `${village.replaceAll('/', '_')}.skey`)
    writeFileSync(key, `${skeyOf(nodeCrypto, village, seed)}\n`)
    const forged = ['--data', path, 'verify', '--json']
    // The control: all that lies in the data directory agrees.
    expect((await cli(forged)).code).toBe(0)
    const held = await cli([...forged, '--vkey', vkeyOfLedger(town), '--vkey', vkey])
    expect(held.code).toBe(1)
    expect(violationsOf(held.out)).toContainEqual(
      expect.objectContaining({ code: 'keyDiffers', ledger: village }),
    )
    // Of the ledgers as they are, the same keys say nothing.
    const clean = await cli([...at, 'verify', '--vkey', vkeyOfLedger(town), '--vkey', vkey])
    expect(clean.code).toBe(0)
  })

  test.each([
    ['malformed', ['ledger.example.cn/330106109203+00000000+AAAA'], 'vkeyMalformed'],
    ['of no file', ['no-such-file'], 'fileUnreadable'],
    [
      'two of one ledger',
      [vkey, vkeyOf(nodeCrypto, village, nodeCrypto.publicKey(new Uint8Array(32)))],
      'vkeyTwice',
    ],
  ])('--vkey %s: exit 2 with a code', async (_, keys, code) => {
    const told = await cli([...at, 'verify', ...keys.flatMap((key) => ['--vkey', key])])
    expect([told.code, told.err.split(':')[0]]).toEqual([2, code])
  })

  test('--vkey of a ledger that is not there is a violation', async () => {
    const origin = originSchema.parse('ledger.example.cn/999999999999')
    const told = await cli([...at, 'verify', '--json', '--vkey', vkeyOfLedger(origin)])
    expect(told.code).toBe(1)
    expect(JSON.parse(told.out)).toMatchObject({
      violations: [{ code: 'ledgerMissing', ledger: origin }],
    })
  })

  test('says when the heads lie beside the database', async () => {
    const beside = await cli([...at, '--lang', 'en', 'verify'])
    expect(beside.out).toContain('Hint: the heads lie on the medium of the database')
    const shown = await cli([...at, '--lang', 'en', 'ledger', 'show', village])
    expect(shown.out).toContain('Hint: the heads lie on the medium of the database')
    expect(await cliJson([...at, 'verify'])).toMatchObject({ secondMedium: false })
    // Another device, and no folder at all.
    expect(onSecondMedium({ ledger: data.file, heads: '/proc' })).toBe(true)
    expect(onSecondMedium({ ledger: data.file, heads: inPlace('none') })).toBe(false)
  })

  test('against a checkpoint somebody kept: a history made anew is seen', async () => {
    const { checkpoint } = await cliJson([...at, 'ledger', 'show', village])
    const kept = inPlace('kept.note')
    writeFileSync(kept, String(checkpoint))
    expect((await cli([...at, 'verify', '--against', kept])).code).toBe(0)
    const path = inPlace('anew')
    cpSync(data.path, path, { recursive: true })
    rmSync(join(path, 'heads'), { recursive: true })
    forge({ file: join(path, 'ledger.db'), ledger: village, edit: (all) => all.slice(0, -3) })
    expect((await cli(['--data', path, 'verify'])).code).toBe(0)
    const against = await cli(['--data', path, 'verify', '--against', kept, '--json'])
    expect(against.code).toBe(1)
    expect(JSON.parse(against.out)).toMatchObject({ violations: [{ code: 'ledgerShortened' }] })
  })
})

describe('export', () => {
  const out = (): string => inPlace('export')

  test('writes what verifies with the key alone, and again without harm', async () => {
    const first = await cliJson([...at, 'export', '--ledger', village, '--out', out()])
    expect(first).toMatchObject({ origin: village, vkey })
    expect(readFileSync(join(out(), 'vkey'), 'utf8')).toBe(`${vkey}\n`)
    expect(readFileSync(join(out(), 'checkpoint'), 'utf8')).toMatch(new RegExp(`^${village}\n`))
    expect(await cliJson([...at, 'export', '--ledger', village, '--out', out()])).toEqual(first)
    const verified = await cli([...at, 'verify', '--export', out(), '--vkey', vkey])
    expect(verified.code).toBe(0)
  })

  test('a lost tile is written again; a flipped byte is found', async () => {
    const entries = join(out(), 'tile', 'entries', '000.p', String(await entriesOf(village)))
    rmSync(entries)
    await cliJson([...at, 'export', '--ledger', village, '--out', out()])
    const bytes = readFileSync(entries)
    bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)
    writeFileSync(entries, bytes)
    const verified = await cli([...at, 'verify', '--export', out(), '--vkey', vkey, '--json'])
    expect(verified.code).toBe(1)
    expect(JSON.parse(verified.out)).toMatchObject({ clean: false })
  })

  test('never over the export of another ledger', async () => {
    const refused = await cli([...at, 'export', '--ledger', '云溪镇', '--out', out()])
    expect(refused.err).toMatch(/^exportOfAnother: /)
    expect(refused.code).toBe(2)
  })
})

async function entriesOf(origin: string): Promise<number> {
  const { size } = await cliJson([...at, 'ledger', 'show', origin])
  return Number(size)
}

describe('proof', () => {
  test('of one entry, in one file; altered, it does not hold', async () => {
    const file = inPlace('entry.tlog-proof')
    await cliJson([...at, 'proof', '--ledger', village, '--seq', '30', '--out', file])
    const proven = await cliJson(['verify-proof', file, '--vkey', vkey])
    expect(proven).toMatchObject({ holds: true, ledger: village, seq: 30 })
    expect(String(proven['entry'])).toMatch(/"seq":30,/)
    writeFileSync(file, readFileSync(file, 'utf8').replace('index 30', 'index 31'))
    const altered = await cli(['verify-proof', file, '--vkey', vkey])
    expect(altered.code).toBe(1)
    expect(altered.err).toMatch(/^proofInvalid: 证明不成立（notIncluded）\n$/)
  })
})

test('rebuild folds the read tables again, whatever was done to them', async () => {
  const path = inPlace('rebuilt')
  cpSync(data.path, path, { recursive: true })
  const file = join(path, 'ledger.db')
  const keep = (sql: string) => tamperKeepingGuards(file, sql)
  keep('delete from request')
  keep('update payee_window set amount_fen = 1')
  expect((await cli(['--data', path, 'verify'])).code).toBe(1)
  expect((await cli(['--data', path, 'rebuild'])).code).toBe(0)
  expect((await cli(['--data', path, 'verify'])).code).toBe(0)
  checkLedger(file, { workings, signer: signerOf })
})

test('a database behind its own heads is read, and never written', async () => {
  const path = inPlace('behind')
  cpSync(data.path, path, { recursive: true })
  forge({ file: join(path, 'ledger.db'), ledger: village, edit: (all) => all.slice(0, -3) })
  expect((await cli(['--data', path, 'request', 'list'])).code).toBe(0)
  const refused = await cli(['--data', path, 'rebuild'])
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^ledgerBehindHeads: 账本.*数据库被回退/)
})

const violationsOf = (json: string): readonly unknown[] =>
  (JSON.parse(json) as { violations: readonly unknown[] }).violations

/** Read tables carry no guards: they can be changed with all guards standing. */
function tamperKeepingGuards(file: string, sql: string): void {
  const db = new Database(file)
  try {
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  } finally {
    db.close()
  }
}

// Damage: 2,000 seeded places in the database file, one at a time. Each is reported, or the file could
// not be opened, or what it hit was no part of any entry, node or checkpoint.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import { tamper } from '../support/forge.ts'
import { flipped } from '../support/ledger-flips.ts'
import { type TownshipData, townshipData } from '../support/township-data.ts'
import { verifyData } from '../support/verify-data.ts'

const FLIPS = 2000
const SEED = 20_250_501

let data: TownshipData
let bytes: Uint8Array
let content = ''

beforeAll(async () => {
  data = await townshipData({ requests: 9, steps: 9 })
  // what is in the log only would not be hit
  tamper(data.file, () => {})
  bytes = new Uint8Array(readFileSync(data.file))
  content = contentOf(data.file)
})
afterAll(() => data.remove())

/** Digest of everything that a flip must not change unseen, as the tables hold it; '' when they cannot be read. */
function contentOf(file: string): string {
  try {
    const db = new Database(file, { readonly: true })
    try {
      return digestOf(db)
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return ''
    throw error
  }
}

function digestOf(db: Database.Database): string {
  const hash = createHash('sha256')
  for (const table of ['entry', 'node', 'checkpoint']) {
    const rows = db.prepare<[], unknown[]>(`select * from ${table} order by 1, 2, 3`).raw()
    for (const value of rows.all().flat()) {
      hash.update(value instanceof Uint8Array ? value : `${typeof value} ${String(value)};`)
    }
  }
  return hash.digest('hex')
}

/** xorshift32: the same places every run. */
function places(count: number, seed: number): readonly { at: number; mask: number }[] {
  let state = seed
  const next = (below: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  return Array.from({ length: count }, () => ({ at: next(bytes.length), mask: 1 << next(8) }))
}

class Seen extends Error {}

/** Signatures that were found valid are not computed again for the next flip: a pure function, remembered. */
const valid = new Set<string>()
const crypto: LedgerCrypto = {
  ...nodeCrypto,
  verify(key, message, signature) {
    const asked = [key, message, signature].map((part) => Buffer.from(part).toString('base64'))
    if (valid.has(asked.join())) return true
    const holds = nodeCrypto.verify(key, message, signature)
    if (holds) valid.add(asked.join())
    return holds
  },
}

/** Does verify find anything? The first finding is enough; a file that cannot be opened is one. */
async function seen(): Promise<boolean> {
  try {
    await verifyData(data.path, {
      headless: true,
      crypto,
      onViolation() {
        throw new Seen()
      },
    })
    return false
  } catch (error) {
    if (error instanceof Seen || error instanceof Database.SqliteError) return true
    throw error
  }
}

test('before anything is flipped, nothing is found', async () => {
  expect(await seen()).toBe(false)
  expect(content).toMatch(/^[0-9a-f]{64}$/)
})

test(`${FLIPS} places, each seen or without effect`, async () => {
  let changed = 0
  const missed: string[] = []
  for (const { at, mask } of places(FLIPS, SEED)) {
    writeFileSync(data.file, flipped(bytes, at, mask))
    if (contentOf(data.file) === content) continue
    changed++
    if (!(await seen())) missed.push(`${at} ^ ${mask}`)
  }
  writeFileSync(data.file, bytes)
  expect(missed).toEqual([])
  // most of the file is ledger: flips that all fell beside it would prove nothing
  expect(changed).toBeGreaterThan(FLIPS / 3)
}, 300_000)

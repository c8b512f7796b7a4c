// Single rows changed by whoever has the file: each act as run against other systems, where it went unseen.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import { entriesOf, tamper } from '../support/forge.ts'
import { by, o, town, village } from '../support/law-cast.ts'
import { perform } from '../../src/app/perform.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { openStore, type TownshipData, townshipData } from '../support/township-data.ts'
import { briefly, verifyData } from '../support/verify-data.ts'

let original: TownshipData
let path = ''
beforeAll(async () => {
  original = await townshipData({ requests: 3 })
  path = mkdtempSync(join(tmpdir(), 'five-musts-forged-'))
})
afterAll(() => {
  original.remove()
  rmSync(path, { recursive: true, force: true })
})

function fresh(): void {
  rmSync(path, { recursive: true, force: true })
  cpSync(original.path, path, { recursive: true })
}

/** A fresh copy, changed. */
async function changed(work: (db: Database.Database) => void): Promise<readonly string[]> {
  fresh()
  tamper(join(path, 'ledger.db'), work)
  return briefly(await verifyData(path))
}

/** Place of the first entry of a type, of the second request on: there is a past and a future around it. */
function seqOf(type: string): number {
  const entries = entriesOf(original.file, village)
  const second = entries.findIndex(({ stream }) => stream === 'request/2026-000002')
  const found = entries.findIndex((entry, seq) => seq >= second && entry['type'] === type)
  if (found < 0) throw new Error(`no ${type}`)
  return found
}

function bytesOf(db: Database.Database, seq: number): Buffer {
  const sql = 'select bytes from entry where ledger = ? and seq = ?'
  const bytes = db.prepare<[string, number], Buffer>(sql).pluck().get(village, seq)
  if (bytes === undefined) throw new Error(`no entry ${seq}`)
  return bytes
}

function putBytes(db: Database.Database, seq: number, bytes: Buffer): void {
  db.prepare('update entry set bytes = ? where ledger = ? and seq = ?').run(bytes, village, seq)
}

function replaceIn(db: Database.Database, seq: number, from: string, to: string): void {
  const text = bytesOf(db, seq).toString()
  expect(text).toContain(from)
  putBytes(db, seq, Buffer.from(text.replace(from, to)))
}

test('untouched, nothing is found; and all of it was read', async () => {
  const verified = await verifyData(original.path)
  expect(verified.found).toEqual([])
  expect(verified.violations).toBe(0)
  expect(verified.entries).toBe(
    entriesOf(original.file, town).length + entriesOf(original.file, village).length,
  )
  expect(verified.signatures).toBeGreaterThanOrEqual(verified.commands)
  expect(verified.rows).toBeGreaterThan(9)
})

test('guards taken away and put back leave no trace', async () => {
  expect(await changed(() => {})).toEqual([])
})

describe('the schema', () => {
  const weaker = `create trigger entry_no_delete before delete on entry when false
    begin select raise(abort, 'entry: append only'); end`
  test.each([
    ['a guard dropped', 'drop trigger node_no_update', ['trigger node_no_update']],
    ['a guard made weaker', `drop trigger entry_no_delete; ${weaker}`, ['trigger entry_no_delete']],
    [
      'a trigger added',
      'create trigger quiet before insert on checkpoint begin select raise(ignore); end',
      ['trigger quiet'],
    ],
    ['an index dropped', 'drop index entry_stream', ['index entry_stream']],
    ['a table added', 'create table other (x)', ['table other']],
    [
      'another migration',
      `update migration set hash = 'x' where made = (select max(made) from migration)`,
      [/^migration \d+$/],
    ],
  ])('%s', async (_what, sql, expected) => {
    fresh()
    const db = new Database(join(path, 'ledger.db'))
    db.exec(sql)
    db.close()
    const { found } = await verifyData(path)
    expect(found.map(({ code }) => code)).toEqual(expected.map(() => 'schemaDiffers'))
    for (const [at, detail] of expected.entries()) expect(found[at]?.detail).toMatch(detail)
  })
})

describe('an entry', () => {
  test('whose actor was changed is named, and that the actor held no such office', async () => {
    const seq = seqOf('supervisorySignOff.signed')
    const found = await changed((db) => replaceIn(db, seq, '"p_sup1"', '"p_sup9"'))
    expect(found[0]).toBe(`entryAltered #${seq}`)
    expect(found).toContain(`officeNotHeld #${seq}`)
    expect(found.some((finding) => finding.startsWith('rootMismatch'))).toBe(true)
  })

  test('whose decision was flipped is named', async () => {
    const seq = seqOf('supervisorySignOff.signed')
    const found = await changed((db) =>
      replaceIn(db, seq, 'supervisorySignOff.signed', 'supervisorySignOff.objected'),
    )
    expect(found[0]).toBe(`entryAltered #${seq}`)
    expect(found).toContain(`columnDiffers #${seq}`)
  })

  test('that was deleted is missed in its place, and so is its step in the law', async () => {
    const seq = seqOf('request.witnessed')
    const found = await changed((db) =>
      db.prepare('delete from entry where ledger = ? and seq = ?').run(village, seq),
    )
    expect(found[0]).toBe(`entryMissing #${seq}`)
    expect(found).toContain(`notOpen #${seq + 1}`)
  })

  test('whose hash was recomputed with it still differs from the tree', async () => {
    const seq = seqOf('payment.recorded')
    const found = await changed((db) => {
      replaceIn(db, seq, 'HZ2', 'HZ9')
      const leaf = leafHash(nodeCrypto, bytesOf(db, seq))
      db.prepare('update entry set leaf = ? where ledger = ? and seq = ?').run(leaf, village, seq)
    })
    expect(found[0]).toBe(`nodeDiffers #${seq}`)
  })

  test('swapped with another is named at both places', async () => {
    const [a, b] = [seqOf('request.handled'), seqOf('request.issued')]
    const found = await changed((db) => {
      const [first, second] = [bytesOf(db, a), bytesOf(db, b)]
      putBytes(db, a, second)
      putBytes(db, b, first)
    })
    expect(found).toEqual(
      expect.arrayContaining([
        `entryAltered #${a}`,
        `seqMismatch #${a}`,
        `entryAltered #${b}`,
        `seqMismatch #${b}`,
      ]),
    )
  })

  test.each([
    ['stream', 'request/2026-000009'],
    ['revision', 77],
    ['type', 'request.rejected'],
    ['command', 'none'],
  ])('whose column %s was changed', async (column, value) => {
    const seq = seqOf('request.issued')
    const found = await changed((db) =>
      db
        .prepare(`update entry set "${column}" = ? where ledger = ? and seq = ?`)
        .run(value, village, seq),
    )
    expect(found).toEqual([`columnDiffers #${seq}`])
  })
})

describe('around the entries', () => {
  const run =
    (sql: string, ...values: readonly unknown[]) =>
    (db: Database.Database): void => {
      expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0)
    }
  const other = Buffer.alloc(32, 7)

  test.each<[string, (db: Database.Database) => void, readonly RegExp[]]>([
    [
      'a leaf of the tree altered',
      run(
        'update node set hash = ? where ledger = ? and level = 0 and "index" = 5',
        other,
        village,
      ),
      [/^nodeDiffers #5$/],
    ],
    [
      'an inner node altered',
      run(
        'update node set hash = ? where ledger = ? and level = 2 and "index" = 1',
        other,
        village,
      ),
      [/^nodeDiffers #7$/],
    ],
    [
      'a node deleted',
      run('delete from node where ledger = ? and level = 1 and "index" = 3', village),
      [/^nodeMissing #7$/],
    ],
    [
      'a node too many',
      run('insert into node (ledger, level, "index", hash) values (?, 9, 0, ?)', village, other),
      [/^nodeExtra$/],
    ],
    [
      'a checkpoint deleted',
      run('delete from checkpoint where ledger = ? and size = 26', village),
      [/^checkpointAbsent #25$/],
    ],
    [
      'the root beside a checkpoint altered',
      run('update checkpoint set root = ? where ledger = ? and size = 26', other, village),
      [/^checkpointDiffers #25$/],
    ],
    [
      'the time beside a checkpoint altered',
      run(`update checkpoint set at = '2020' where ledger = ? and size = 26`, village),
      [/^checkpointDiffers #25$/],
    ],
    [
      'a checkpoint whose signature was altered',
      run(
        `update checkpoint set note = substr(note, 1, length(note) - 6) || 'AAAA=' || char(10)
         where ledger = ? and size = 26`,
        village,
      ),
      [/^checkpointInvalid #25$/],
    ],
    [
      'the size of the ledger altered',
      run('update ledger set size = size - 1 where origin = ?', village),
      [/^ledgerRowDiffers$/],
    ],
    [
      'a ledger called sealed',
      run('update ledger set sealed = 1 where origin = ?', village),
      [/^ledgerRowDiffers$/],
    ],
    [
      'an idempotency record deleted',
      run('delete from command where ledger = ? and first = 30', village),
      [/^commandMissing #30$/],
    ],
    [
      'an idempotency record that points elsewhere',
      run('update command set first = 31 where ledger = ? and first = 30', village),
      [/^commandDiffers #30$/],
    ],
    [
      'an idempotency record with another digest',
      run('update command set digest = ? where ledger = ? and first = 30', other, village),
      [/^commandDiffers #30$/],
    ],
    [
      'an idempotency record with a receipt of before its commit',
      run('update command set size = size - 1 where ledger = ? and first = 30', village),
      [/^commandDiffers #30$/],
    ],
    [
      'an idempotency record with a receipt of a later head',
      run('update command set size = size + 1 where ledger = ? and first = 30', village),
      [/^commandDiffers #30$/],
    ],
    [
      'an idempotency record of no command',
      run(
        `insert into command (ledger, id, digest, first, count, at, size)
         values (?, 'x', ?, 1, 1, '', 1)`,
        village,
        other,
      ),
      [/^commandExtra$/],
    ],
    [
      'a read table altered',
      run('update request set amount_fen = 1 where ledger = ?', village),
      [/^projectionDiffers$/, /^projectionDiffers$/, /^projectionDiffers$/],
    ],
    [
      'a row of a read table deleted',
      run(`delete from request where request = '2026-000001'`),
      [/^projectionDiffers$/],
    ],
    [
      'a row of a read table too many',
      run(
        `insert into invoice_use (ledger, stream, key, invoice, request, seller, date)
         values (?, 'request/2026-000001', 'x', 'x', '2026-000001', '', '')`,
        village,
      ),
      [/^projectionDiffers$/],
    ],
  ])('%s', async (_what, work, expected) => {
    const found = await changed(work)
    expect(found).toHaveLength(expected.length)
    for (const [place, pattern] of expected.entries()) expect(found[place]).toMatch(pattern)
  })

  test('receipts of commands that shared a commit name its end', async () => {
    fresh()
    const { store } = await openStore(path)
    const asked = ['officer', 'officer2', 'inspector1'].map((office, n) =>
      perform(
        { store },
        {
          id: commandIdSchema.parse(`01980000-0000-7000-8000-00000000000${n}`),
          type: 'office.vacate',
          ledger: town,
          stream: 'roster',
          by: by('leader'),
          input: { office: o(office), reason: '换届' },
        },
      ),
    )
    const outcomes = await Promise.all(asked)
    await store.close()
    const receipts = outcomes.flatMap((one) => ('receipt' in one ? [one.receipt] : []))
    expect(receipts.length).toBeGreaterThan(1)
    const [{ size, entries } = { size: 0, entries: [] }] = receipts
    for (const receipt of receipts) expect(receipt.size).toBe(size)
    expect(briefly(await verifyData(path))).toEqual([])
    const seq = entries[0]?.seq ?? -1
    tamper(join(path, 'ledger.db'), (db) =>
      db
        .prepare('update command set size = ? where ledger = ? and first = ?')
        .run(seq + 1, town, seq),
    )
    expect(briefly(await verifyData(path))).toEqual([`commandDiffers #${seq}`])
  })

  test('a whole ledger deleted, its key still there', async () => {
    const found = await changed((db) => {
      for (const table of ['entry', 'node', 'checkpoint', 'command', 'request', 'task']) {
        db.prepare(`delete from ${table} where ledger = ?`).run(village)
      }
      for (const table of [
        'payee_key',
        'payee_window',
        'invoice_use',
        'file_use',
        'alert',
        'stay',
        'search',
      ]) {
        db.prepare(`delete from ${table} where ledger = ?`).run(village)
      }
      db.prepare('delete from ledger where origin = ?').run(village)
    })
    expect(new Set(found)).toEqual(new Set(['ledgerMissing']))
  })

  test('only its row deleted: the rest is of no ledger', async () => {
    const found = await changed((db) =>
      db.prepare('delete from ledger where origin = ?').run(village),
    )
    expect(found).toContain('ledgerUnknown')
    expect(found).toContain('ledgerMissing')
    expect(found).toContain('projectionDiffers')
  })
})

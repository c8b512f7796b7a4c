// The triggers: each refuses what it guards against, and without it the same statement goes
// through.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { type Folder, folder, openToy } from '../support/store-open.ts'
import {
  accepted,
  commitStep,
  signer,
  ToySteps,
  village,
  workings,
} from '../support/store-world.ts'

let dir: Folder
let db: Connection

/** A ledger of three entries, the second and third on one stream. */
beforeEach(async () => {
  dir = folder()
  const { store } = await openToy(dir.file)
  const toy = new ToySteps()
  for (const step of [toy.genesis(), toy.submit(1), toy.sign(1)])
    await accepted(commitStep(store, step))
  await store.close()
  db = connect(dir.file)
})
afterEach(() => {
  db.close()
  dir.remove()
})

const insertEntry = (seq: number, revision: number): string => `
  insert into entry (ledger, seq, stream, revision, type, command, bytes, leaf)
  values ('${village}', ${seq}, 'request/2025-000001', ${revision}, 'request.signed', 'x',
    x'00', x'00')`

interface Guarded {
  readonly refuses: string
  readonly sql: string
  readonly before?: string
  /** A second guard that stands behind the first. */
  readonly behind?: string
}

const guards: Record<string, Guarded> = {
  entry_in_order: { refuses: 'seq is not the size', sql: insertEntry(4, 2) },
  entry_next_revision: { refuses: 'revision is not the next', sql: insertEntry(3, 3) },
  entry_unsealed: {
    refuses: 'sealed',
    before: 'update ledger set sealed = 1',
    behind: 'ledger_only_grows',
    sql: insertEntry(3, 2),
  },
  entry_no_update: { refuses: 'append only', sql: `update entry set bytes = x'00' where seq = 1` },
  entry_no_delete: { refuses: 'append only', sql: 'delete from entry where seq = 2' },
  node_no_update: { refuses: 'append only', sql: `update node set hash = x'00' where level = 0` },
  node_no_delete: { refuses: 'append only', sql: 'delete from node where level = 1' },
  checkpoint_of_all: {
    refuses: 'not that of its ledger',
    sql: `insert into checkpoint values ('${village}', 4, '', x'00', '')`,
  },
  checkpoint_no_update: { refuses: 'append only', sql: `update checkpoint set note = ''` },
  checkpoint_no_delete: { refuses: 'append only', sql: 'delete from checkpoint where size = 1' },
  command_no_update: { refuses: 'append only', sql: 'update command set size = 9' },
  command_no_delete: { refuses: 'append only', sql: 'delete from command' },
  ledger_only_grows: { refuses: 'only grows', sql: 'update ledger set size = 2' },
  ledger_starts_empty: {
    refuses: 'starts empty',
    sql: `insert into ledger (origin, size, at, sealed) values ('x/330106109999', 3, '', 0)`,
  },
  ledger_no_delete: { refuses: 'never deleted', sql: 'delete from ledger' },
}

test.each(Object.entries(guards))('%s', (name, { refuses, sql, before, behind }) => {
  if (before !== undefined) db.exec(before)
  expect(() => db.exec(sql)).toThrow(refuses)
  db.exec(`drop trigger ${name}`)
  if (behind !== undefined) db.exec(`drop trigger ${behind}`)
  db.exec(sql)
})

test('no trigger is left out of the table above but the one that counts', () => {
  const names = db
    .prepare<[], string>(`select name from sqlite_schema where type = 'trigger' order by name`)
    .pluck()
    .all()
  expect(names).toEqual([...Object.keys(guards), 'entry_grows'].toSorted())
})

test('entry_grows: without it a second entry finds the old size', () => {
  db.exec('drop trigger entry_grows')
  db.exec(insertEntry(3, 2))
  expect(() => db.exec(insertEntry(4, 3))).toThrow('seq is not the size')
})

test.each(['insert or replace', 'replace'])('%s does not slip past the guards', (verb) => {
  const sql = (ledger: string) =>
    `${verb} into node (ledger, level, "index", hash) values ('${ledger}', 0, 1, x'00')`
  expect(() => db.exec(sql(village))).toThrow('append only')
  // It would, were recursive_triggers off: then REPLACE deletes in silence.
  db.pragma('recursive_triggers = OFF')
  db.exec(sql(village))
})

describe('checkLedger sees what gets past the triggers', () => {
  const check = () => checkLedger(dir.file, { workings, signer })
  /** As an operator with the file in hand would: guards dropped, then the deed. */
  const tampering: Record<string, readonly [sql: string, says: string]> = {
    'a changed body': [
      `update entry set bytes = cast(replace(bytes, ':100', ':666') as blob) where seq = 1`,
      'leaf is not of its bytes',
    ],
    'a changed leaf': [
      'update entry set leaf = zeroblob(32) where seq = 1',
      'leaf is not of its bytes',
    ],
    'the last entry taken away': ['delete from entry where seq = 2', 'nodes, not'],
    'an entry taken out of the middle': ['delete from entry where seq = 1', 'a gap before'],
    'a changed column': [`update entry set type = 'request.noted' where seq = 2`, 'columns differ'],
    'a changed node': ['update node set hash = zeroblob(32) where level = 1', 'node 1/0'],
    'a node too few': ['delete from node where level = 1', 'nodes, not'],
    'a node too many': [`insert into node values ('${village}', 5, 0, zeroblob(32))`, 'nodes, not'],
    'a changed root': ['update checkpoint set root = zeroblob(32) where size = 2', 'stored root'],
    'a changed note': [
      `update checkpoint set note = replace(note, 'A', 'B') where size = 2`,
      'signature',
    ],
    'a checkpoint too few': ['delete from checkpoint where size = 2', 'heads at'],
    'the newest checkpoint too few': ['delete from checkpoint where size = 3', 'heads at'],
    'a changed size': ['update ledger set size = 2', 'entries'],
    'a changed time': [`update ledger set at = '2025-01-01T00:00:00.000Z'`, 'newest entry'],
    'a false seal': ['update ledger set sealed = 1', 'sealed 1'],
    'a command forgotten': ['delete from command where first = 1', 'commands, not'],
    'a command that points elsewhere': ['update command set first = 2 where first = 1', 'entries'],
    'a projection changed': ['update request set amount_fen = 1', 'projections'],
    'a projection too few': ['delete from payee_window', 'projections'],
    'a projection too many': [
      `insert into invoice_use values ('${village}', 'request/2025-000001', 'k', 'i', 'r', '', '')`,
      'projections',
    ],
    'rows of no ledger': [
      `insert into command values ('x/330106109999', 'c', x'00', 0, 1, '', 1)`,
      'command of',
    ],
  }

  test('nothing to see', () => {
    expect(check().sizes).toEqual(new Map([[village, 3]]))
  })

  test.each(Object.entries(tampering))('%s', (_what, [sql, says]) => {
    const triggers = db
      .prepare<[], string>(`select name from sqlite_schema where type = 'trigger'`)
      .pluck()
      .all()
    for (const name of triggers) db.exec(`drop trigger ${name}`)
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
    expect(check).toThrow(says)
  })
})

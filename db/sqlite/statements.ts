// The SQL of the write path, prepared once: unprepared it would cost more than the law (feasibility
// B §3).
import type { Connection } from './open.ts'

export interface LedgerHead {
  readonly size: number
  readonly at: string
  readonly sealed: number
}

export interface EntryRow {
  readonly seq: number
  readonly stream: string
  readonly revision: number
  readonly type: string
  readonly bytes: Buffer
  readonly leaf: Buffer
}

export interface CheckpointRow {
  readonly size: number
  readonly at: string
  readonly root: Buffer
  readonly note: string
}

export interface CommandRow {
  readonly digest: Buffer
  readonly first: number
  readonly count: number
  readonly at: string
  readonly size: number
}

export type Statements = ReturnType<typeof prepareStatements>

export const prepareStatements = (db: Connection) => ({
  ...transactionStatements(db),
  ...ledgerStatements(db),
  ...entryStatements(db),
  ...treeStatements(db),
  ...commandStatements(db),
})

const transactionStatements = (db: Connection) => ({
  begin: db.prepare('begin immediate'),
  commit: db.prepare('commit'),
  rollback: db.prepare('rollback'),
  /** Changes when another connection committed. */
  version: db.prepare<[], number>('pragma data_version').pluck(),
})

const ledgerStatements = (db: Connection) => ({
  head: db.prepare<[string], LedgerHead>('select size, at, sealed from ledger where origin = ?'),
  origins: db.prepare<[], string>('select origin from ledger order by origin').pluck(),
  newestAt: db.prepare<[], string | null>('select max(at) from ledger').pluck(),
  insertLedger: db.prepare<[string]>(
    `insert into ledger (origin, size, at, sealed) values (?, 0, '', 0)`,
  ),
  stampLedger: db.prepare<[string, string]>('update ledger set at = ? where origin = ?'),
})

const entryStatements = (db: Connection) => ({
  insertEntry: db.prepare<[string, number, string, number, string, string, Uint8Array, Uint8Array]>(
    `insert into entry (ledger, seq, stream, revision, type, command, bytes, leaf)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  readBack: db.prepare<[number | bigint], { bytes: Buffer; leaf: Buffer }>(
    'select bytes, leaf from entry where rowid = ?',
  ),
  entries: db.prepare<[string, number, number], EntryRow>(
    `select seq, stream, revision, type, bytes, leaf from entry
     where ledger = ? and seq >= ? and seq < ? order by seq`,
  ),
  streamEntries: db.prepare<[string, string, number, number], EntryRow>(
    `select seq, stream, revision, type, bytes, leaf from entry
     where ledger = ? and stream = ? and revision > ? order by revision limit ?`,
  ),
  streams: db.prepare<[string, string, number], { stream: string; revision: number }>(
    `select stream, max(revision) as revision from entry
     where ledger = ? and stream > ? group by stream order by stream limit ?`,
  ),
  newestStream: db
    .prepare<[string, string, string], string | null>(
      'select max(stream) from entry where ledger = ? and stream >= ? and stream < ?',
    )
    .pluck(),
})

const treeStatements = (db: Connection) => ({
  insertNode: db.prepare<[string, number, number, Uint8Array]>(
    'insert into node (ledger, level, "index", hash) values (?, ?, ?, ?)',
  ),
  node: db
    .prepare<[string, number, number], Buffer>(
      'select hash from node where ledger = ? and level = ? and "index" = ?',
    )
    .pluck(),
  insertCheckpoint: db.prepare<[string, number, string, Uint8Array, string]>(
    'insert into checkpoint (ledger, size, at, root, note) values (?, ?, ?, ?, ?)',
  ),
  checkpoint: db.prepare<[string, number], CheckpointRow>(
    'select size, at, root, note from checkpoint where ledger = ? and size = ?',
  ),
  newestCheckpoint: db.prepare<[string], CheckpointRow>(
    'select size, at, root, note from checkpoint where ledger = ? order by size desc limit 1',
  ),
  checkpoints: db.prepare<[string, number, number], CheckpointRow>(
    `select size, at, root, note from checkpoint
     where ledger = ? and size > ? order by size limit ?`,
  ),
})

const commandStatements = (db: Connection) => ({
  insertCommand: db.prepare<[string, string, Uint8Array, number, number, string, number]>(
    `insert into command (ledger, id, digest, first, count, at, size)
     values (?, ?, ?, ?, ?, ?, ?)`,
  ),
  command: db.prepare<[string, string], CommandRow>(
    'select digest, first, count, at, size from command where ledger = ? and id = ?',
  ),
})

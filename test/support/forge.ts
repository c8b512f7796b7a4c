// What an attacker with the file, and perhaps with the keys, can do: edits of single rows, and whole ledgers made anew from
// edited entries so that nothing inside the database contradicts anything else.
import Database from 'better-sqlite3'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { workings } from '../../src/app/workings.ts'
import { type Entry, entrySchema, noEntry } from '../../src/domain/entry.ts'
import { type Origin, type StreamId, streamKind } from '../../src/domain/ids.ts'
import { toHex } from '../../src/ledger/bytes.ts'
import { canonicalBytes, type JsonObject, parseCanonical } from '../../src/ledger/canonical.ts'
import { checkpointText } from '../../src/ledger/checkpoint.ts'
import { CompactRange, leafHash } from '../../src/ledger/merkle.ts'
import { type NoteSigner, signNote } from '../../src/ledger/note.ts'
import {
  heldRows,
  projectionNames,
  ProjectionWriter,
  tableOf,
} from '../../db/sqlite/projections.ts'
import { workflows } from '../../workflows/versions.ts'
import { commandOf } from '../../workflows/workflow.ts'
import { signerOf } from './township-data.ts'

/**
 * Opens the file as its administrator would: no guard stands while `work` is done, and all of them afterwards. What is
 * written is in the file itself when it is closed.
 */
export function tamper(file: string, work: (db: Database.Database) => void): void {
  const db = new Database(file)
  try {
    const triggers = db
      .prepare<[], { name: string; sql: string }>(
        `select name, sql from sqlite_schema where type = 'trigger'`,
      )
      .all()
    for (const { name } of triggers) db.exec(`drop trigger "${name}"`)
    work(db)
    for (const { sql } of triggers) db.exec(sql)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

/** The entries of a ledger as they are stored, open to edits. */
export function entriesOf(file: string, ledger: Origin): JsonObject[] {
  const db = new Database(file, { readonly: true })
  try {
    return db
      .prepare<[string], Buffer>('select bytes from entry where ledger = ? order by seq')
      .pluck()
      .all(ledger)
      .map((bytes) => parseCanonical(bytes))
  } finally {
    db.close()
  }
}

export interface Forgery {
  readonly file: string
  readonly ledger: Origin
  /** Returns the entries the forged ledger shall have; seq, revision and prev are made to fit. */
  readonly edit: (entries: readonly JsonObject[]) => readonly JsonObject[]
  /** Signs the new checkpoints: the ledger's own key when left out. */
  readonly signer?: NoteSigner
}

/** Makes the ledger anew from edited entries: chain, tree, every checkpoint, idempotency records and read tables. */
export function forge({ file, ledger, edit, signer = signerOf(ledger) }: Forgery): void {
  const edited = rechain(edit(entriesOf(file, ledger)))
  tamper(file, (db) => {
    for (const table of ['entry', 'node', 'checkpoint', 'command']) {
      db.prepare(`delete from ${table} where ledger = ?`).run(ledger)
    }
    const { at, size } = writeEntries(db, { ledger, edited, signer })
    const sealed = edited.at(-1)?.['type'] === 'ledger.sealed' ? 1 : 0
    db.prepare('update ledger set size = ?, at = ?, sealed = ? where origin = ?').run(
      size,
      at,
      sealed,
      ledger,
    )
    project(db, ledger, edited)
  })
}

/** seq, revision and prev as the order of the entries demands. */
function rechain(entries: readonly JsonObject[]): readonly JsonObject[] {
  const heads = new Map<string, { revision: number; prev: string }>()
  const none: { revision: number; prev: string } = { revision: -1, prev: noEntry }
  return entries.map((entry, seq) => {
    const stream = textOf(entry, 'stream')
    const { revision, prev } = heads.get(stream) ?? none
    const next = { ...entry, seq, revision: revision + 1, prev }
    const leaf = toHex(leafHash(nodeCrypto, canonicalBytes(next)))
    heads.set(stream, { revision: revision + 1, prev: leaf })
    return next
  })
}

interface Writing {
  readonly ledger: Origin
  readonly edited: readonly JsonObject[]
  readonly signer: NoteSigner
}

function writeEntries(db: Database.Database, { ledger, edited, signer }: Writing) {
  const range = new CompactRange(nodeCrypto)
  const insert = db.prepare(
    `insert into entry (ledger, seq, stream, revision, type, command, bytes, leaf)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertNode = db.prepare(
    'insert into node (ledger, level, "index", hash) values (?, ?, ?, ?)',
  )
  let at = ''
  for (const [seq, entry] of edited.entries()) {
    const bytes = canonicalBytes(entry)
    const leaf = leafHash(nodeCrypto, bytes)
    const { stream, revision, type, command } = entry
    insert.run(ledger, seq, stream, revision, type, command, bytes, leaf)
    for (const node of range.append(leaf)) {
      insertNode.run(ledger, node.level, node.index, node.hash)
    }
    at = textOf(entry, 'at')
    if (edited[seq + 1]?.['at'] !== at) writeHead(db, { ledger, signer, range, at })
  }
  writeCommands(db, ledger, edited)
  return { at, size: edited.length }
}

function writeHead(
  db: Database.Database,
  { ledger, signer, range, at }: Omit<Writing, 'edited'> & { range: CompactRange; at: string },
): void {
  const [size, root] = [range.size, range.root()]
  const note = signNote(nodeCrypto, checkpointText({ origin: ledger, size, root }), signer)
  db.prepare('insert into checkpoint (ledger, size, at, root, note) values (?, ?, ?, ?, ?)').run(
    ledger,
    size,
    at,
    root,
    note,
  )
}

function writeCommands(db: Database.Database, ledger: Origin, edited: readonly JsonObject[]): void {
  const insert = db.prepare(
    `insert into command (ledger, id, digest, first, count, at, size)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  )
  const firsts = edited.flatMap((entry, seq) =>
    entry['command'] === edited[seq - 1]?.['command'] ? [] : [seq],
  )
  for (const [place, first] of firsts.entries()) {
    const entry = edited[first]
    if (entry === undefined) continue
    const count = (firsts[place + 1] ?? edited.length) - first
    const { command, at } = entry
    const next = edited.findIndex((later, seq) => seq > first && later['at'] !== at)
    const size = next < 0 ? edited.length : next
    insert.run(ledger, command, digestOf(entry), first, count, at, size)
  }
}

/** Of the command as verify will re-create it. */
function digestOf(first: JsonObject): Uint8Array {
  const entry = entrySchema.safeParse(first)
  const workflow = workflows.find(({ acts }) => [...acts.values()].includes(textOf(first, 'type')))
  if (!entry.success || workflow === undefined) return new Uint8Array(32)
  const [type = ''] = [...workflow.acts].find(([, event]) => event === first['type']) ?? []
  const command = workflow.parse(commandOf(entry.data, type))
  return nodeCrypto.sha256(canonicalBytes(command as unknown as JsonObject))
}

/** Read tables of what can be folded; an impossible stream keeps the rows it had until then. */
function project(db: Database.Database, ledger: Origin, edited: readonly JsonObject[]): void {
  const writer = new ProjectionWriter(db)
  const states = new Map<StreamId, unknown>()
  for (const tree of edited) {
    const read = entrySchema.safeParse(tree)
    if (!read.success) continue
    const entry: Entry = read.data
    const fold = workings.folds.get(streamKind(entry.stream))
    try {
      const before = states.get(entry.stream) ?? fold?.initial
      states.set(entry.stream, fold?.apply(before, entry))
    } catch {
      // what cannot have happened is for verify to say
    }
  }
  db.prepare(
    'delete from search_gram where rowid in (select spot from search where ledger = ?)',
  ).run(ledger)
  for (const name of projectionNames) {
    db.prepare(`delete from ${tableOf(name).name} where ledger = ?`).run(ledger)
  }
  for (const [stream, state] of states) {
    const rows = heldRows(workings.project(ledger, stream, state))
    writer.replace({ ledger, stream }, [], rows)
  }
}

function textOf(entry: JsonObject, field: string): string {
  const value = entry[field]
  return typeof value === 'string' ? value : ''
}

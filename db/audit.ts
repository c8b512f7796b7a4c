// The file as verify reads it: its own read-only connection, nothing migrated, nothing assumed. A value of the wrong type
// (a damaged page) becomes one that can match nothing.
import Database from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { projectionNames } from './sqlite/projections.ts'
import { schemaFaults } from './sqlite/migrate.ts'
import { projections } from './schema/sqlite-projections.ts'

type Row = Readonly<Record<string, unknown>>

export type AuditSource = ReturnType<typeof openAudit>

/**
 * Opens one snapshot of the file: what others commit from now on does not show.
 * @throws whatever SQLite says when the file is none of ours
 */
export function openAudit(file: string) {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    for (const pragma of ['cell_size_check = ON', 'mmap_size = 0', 'trusted_schema = OFF']) {
      db.pragma(pragma)
    }
    db.exec('begin')
    const sql = prepare(db)
    return { ...ledgerReads(sql), ...fileReads(db, sql), close: () => db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}

type Statements = ReturnType<typeof prepare>

function ledgerReads(sql: Statements) {
  return {
    ledgers: () =>
      sql.ledgers.all().map((row) => ({
        origin: text(row['origin']),
        size: integer(row['size']),
        at: text(row['at']),
        sealed: row['sealed'] === 1,
      })),
    rows: (ledger: string, from: number, limit: number) =>
      sql.entries.all(ledger, from, limit).map((row) => ({
        seq: integer(row['seq']),
        stream: text(row['stream']),
        revision: integer(row['revision']),
        type: text(row['type']),
        command: text(row['command']),
        bytes: blob(row['bytes']),
        leaf: blob(row['leaf']),
      })),
    node: (ledger: string, level: number, index: number) => {
      const found = sql.node.get(ledger, level, index)
      return found === undefined ? undefined : blob(found['hash'])
    },
    nodes: (ledger: string, level: number, from: number, limit: number) =>
      sql.nodes.all(ledger, level, from, limit).map((row) => ({
        index: integer(row['index']),
        hash: blob(row['hash']),
      })),
    nodeCount: (ledger: string) => sql.nodeCount.get(ledger) ?? 0,
    heads: (ledger: string, after: number, limit: number) =>
      sql.heads.all(ledger, after, limit).map((row) => ({
        size: integer(row['size']),
        at: text(row['at']),
        root: blob(row['root']),
        note: text(row['note']),
      })),
    command: (ledger: string, id: string) => {
      const row = sql.command.get(ledger, id)
      if (row === undefined) return undefined
      return {
        digest: blob(row['digest']),
        first: integer(row['first']),
        count: integer(row['count']),
        at: text(row['at']),
        size: integer(row['size']),
      }
    },
    commandCount: (ledger: string) => sql.commandCount.get(ledger) ?? 0,
  }
}

function fileReads(db: Database.Database, sql: Statements) {
  return {
    damage: () => sql.integrity.all().filter((line) => line !== 'ok'),
    schema: () => schemaFaults(db),
    damageOf: (error: unknown) =>
      error instanceof Database.SqliteError && /CORRUPT|NOTADB|IOERR/.test(error.code)
        ? `${error.code}: ${error.message}`
        : undefined,
    strays: () =>
      LEDGER_TABLES.flatMap((table) =>
        db
          .prepare<[], string>(
            `select distinct ledger from "${table}" where ledger not in (select origin from ledger)`,
          )
          .pluck()
          .all()
          .map((ledger) => ({ table, ledger: text(ledger) })),
      ),
    *projections() {
      for (const name of projectionNames) {
        const columns = Object.entries<{ readonly name: string }>(
          getTableColumns(projections[name]),
        )
        const select = db.prepare<[], Row>(`select * from "${getTableName(projections[name])}"`)
        for (const row of select.iterate()) {
          const { ledger, stream, key, ...own } = Object.fromEntries(
            columns.map(([property, column]) => [property, row[column.name]]),
          )
          const place = { ledger: text(ledger), stream: text(stream), key: text(key) }
          yield { table: name, ...place, row: own }
        }
      }
    },
  }
}

const LEDGER_TABLES = ['entry', 'node', 'checkpoint', 'command']

function prepare(db: Database.Database) {
  return {
    integrity: db.prepare<[], string>('pragma integrity_check(20)').pluck(),
    ledgers: db.prepare<[], Row>('select * from ledger order by origin'),
    entries: db.prepare<[string, number, number], Row>(
      `select * from entry where ledger = ? and seq >= ? and typeof(seq) = 'integer'
       order by seq limit ?`,
    ),
    node: db.prepare<[string, number, number], Row>(
      'select hash from node where ledger = ? and level = ? and "index" = ?',
    ),
    nodes: db.prepare<[string, number, number, number], Row>(
      `select "index", hash from node where ledger = ? and level = ? and "index" >= ?
       order by "index" limit ?`,
    ),
    nodeCount: db.prepare<[string], number>('select count(*) from node where ledger = ?').pluck(),
    heads: db.prepare<[string, number, number], Row>(
      `select * from checkpoint where ledger = ? and size > ? and typeof(size) = 'integer'
       order by size limit ?`,
    ),
    command: db.prepare<[string, string], Row>('select * from command where ledger = ? and id = ?'),
    commandCount: db
      .prepare<[string], number>('select count(*) from command where ledger = ?')
      .pluck(),
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : `(${typeof value})`)
const integer = (value: unknown): number => (typeof value === 'number' ? value : NaN)
const blob = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array()

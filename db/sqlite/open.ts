// A connection to a SQLite file. Its settings are what durability rests on, so each is asserted
// after it was set.
import Database from 'better-sqlite3'

export type Connection = Database.Database

/**
 * A setting did not take, or the SQLite is too old: nothing may be written through such a
 * connection.
 */
export class UnsafeConnection extends Error {}

const OLDEST = [3, 51, 3] as const

/** pragma → how it is set, and the value that must be read back. */
export type Pragmas = readonly (readonly [name: string, value: string, expected: string | number])[]

/** Order matters: WAL switches `synchronous` to NORMAL. */
const pragmas: Pragmas = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['busy_timeout', '5000', 5000],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', '0', 0],
]

/**
 * Opens (or makes) the file.
 * @throws UnsafeConnection
 */
export function connect(file: string): Connection {
  const db = new Database(file)
  try {
    requireVersion(db)
    for (const [name, value] of pragmas) db.pragma(`${name} = ${value}`)
    // The first read of a reopened file may load settings from it: only what is read after that
    // counts.
    db.prepare('select count(*) from sqlite_schema').get()
    assertPragmas(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Every setting as the connection now has it.
 * @throws UnsafeConnection
 */
export function assertPragmas(db: Connection, wanted = pragmas): void {
  for (const [name, , expected] of wanted) {
    const found = db.pragma(name, { simple: true })
    // A database in memory (only ever in tests) knows no WAL and nothing to map.
    if (db.memory && (name === 'journal_mode' || name === 'mmap_size')) continue
    if (found !== expected) {
      throw new UnsafeConnection(`pragma ${name} is ${String(found)}, must be ${expected}`)
    }
  }
}

function requireVersion(db: Connection): void {
  const version = String(db.prepare('select sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  for (const [place, least] of OLDEST.entries()) {
    const part = parts[place] ?? 0
    if (part > least) return
    if (part < least)
      throw new UnsafeConnection(`SQLite ${version} is older than ${OLDEST.join('.')}`)
  }
}

/** One transaction over work that waits for other things too; the connection must be nobody else's meanwhile. */
export async function withinOne<T>(db: Connection, work: () => Promise<T>): Promise<T> {
  db.exec('begin immediate')
  try {
    const done = await work()
    db.exec('commit')
    return done
  } finally {
    if (db.inTransaction) db.exec('rollback')
  }
}

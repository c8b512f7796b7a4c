// Brings a file to the tables this release knows. drizzle-kit writes the files; applying them is
// ours, because its migrator compares dates only, never hashes, and two processes may start at
// once.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Connection } from './open.ts'

/** The file and this release do not fit; nothing was changed. `code` is stable. */
export class MigrationRefused extends Error {
  readonly code: MigrationFault
  constructor(code: MigrationFault, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
  }
}

export type MigrationFault =
  /** The release's own files are out of order: drizzle-kit would skip one. */
  | 'migrationsOutOfOrder'
  /** A migration applied here is not, to the byte, the one of this release. */
  | 'migrationChanged'
  /** The file is of a newer release. */
  | 'fileIsNewer'
  /** A guard trigger is gone or altered. */
  | 'guardMissing'
  | 'foreignKeysBroken'

/** Beside this file in the source as in the build, which copies it. */
export const migrationsFolder = join(import.meta.dirname, 'migrations')

interface Applied {
  readonly hash: string
  readonly made: number
}

/**
 * Applies what is missing in one transaction, then checks that every guard stands.
 * @throws MigrationRefused
 */
export function migrate(db: Connection, folder = migrationsFolder): void {
  const files = readMigrationFiles({ migrationsFolder: folder })
  let before = 0
  for (const { folderMillis } of files) {
    if (folderMillis <= before)
      throw new MigrationRefused('migrationsOutOfOrder', String(folderMillis))
    before = folderMillis
  }
  // A rebuilt table would take rows that refer to it along; inside a transaction the pragma does
  // nothing.
  db.pragma('foreign_keys = OFF')
  try {
    // IMMEDIATE: a second process waits here, then finds all applied. A crash leaves the file as it
    // was.
    db.transaction(() => apply(db, files)).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
  requireGuards(
    db,
    files.flatMap(({ sql }) => sql),
  )
}

type MigrationFiles = ReturnType<typeof readMigrationFiles>

function apply(db: Connection, files: MigrationFiles): void {
  db.exec(
    'create table if not exists migration (made integer primary key, hash text not null) strict',
  )
  const applied = appliedTo(db)
  if (applied.length > files.length) {
    throw new MigrationRefused('fileIsNewer', `${applied.length} > ${files.length} migrations`)
  }
  for (const [place, { folderMillis, hash, sql }] of files.entries()) {
    const known = applied[place]
    if (known !== undefined) {
      if (known.hash === hash && known.made === folderMillis) continue
      throw new MigrationRefused('migrationChanged', `${folderMillis} ${known.hash} ≠ ${hash}`)
    }
    for (const statement of sql) db.exec(statement)
    db.prepare('insert into migration (made, hash) values (?, ?)').run(folderMillis, hash)
  }
  if (db.prepare('pragma foreign_key_check').all().length > 0) {
    throw new MigrationRefused('foreignKeysBroken', 'foreign_key_check reports rows')
  }
}

const appliedTo = (db: Connection): readonly Applied[] =>
  db.prepare<[], Applied>('select made, hash from migration order by made').all()

interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/**
 * What of tables, indexes and triggers is not as the migrations made it that this file has had: a
 * line each. For verify, which opens files of older releases too and changes none.
 */
export function schemaFaults(db: Connection, folder = migrationsFolder): readonly string[] {
  const found = schemaOf(db)
  const files = readMigrationFiles({ migrationsFolder: folder })
  const applied = found.has('table migration') ? appliedTo(db) : []
  const model = new Database(':memory:')
  try {
    apply(model, files.slice(0, applied.length))
    const made = schemaOf(model)
    return [
      ...applied.flatMap(({ made: when, hash }, place) =>
        files[place]?.hash === hash ? [] : [`migration ${when}`],
      ),
      ...[...made].flatMap(([name, sql]) => (found.get(name) === sql ? [] : [name])),
      ...[...found.keys()].filter((name) => !made.has(name)),
    ]
  } finally {
    model.close()
  }
}

/** Statements by `type name`. What SQLite makes for itself has none, or a reserved name. */
function schemaOf(db: Connection): ReadonlyMap<string, string> {
  const objects = db
    .prepare<[], SchemaObject>(
      `select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'`,
    )
    .all()
  return new Map(objects.map(({ type, name, sql }) => [`${type} ${name}`, bare(sql)]))
}

const TRIGGER = /\b(CREATE|DROP) TRIGGER (?:IF EXISTS )?[`"]?(\w+)[`"]?/

/**
 * Table rebuilds drop triggers in silence, and so could a hand: the stored text must be that of the
 * migrations.
 */
function requireGuards(db: Connection, statements: readonly string[]): void {
  const guards = new Map<string, string>()
  for (const statement of statements) {
    const [, verb, name] = TRIGGER.exec(statement) ?? []
    if (name === undefined) continue
    if (verb === 'DROP') guards.delete(name)
    else guards.set(name, bare(statement.slice(statement.indexOf('CREATE TRIGGER'))))
  }
  const stored = new Map(
    db
      .prepare<[], { name: string; sql: string }>(
        `select name, sql from sqlite_schema where type = 'trigger'`,
      )
      .all()
      .map(({ name, sql }) => [name, bare(sql)]),
  )
  for (const [name, sql] of guards) {
    if (stored.get(name) !== sql) throw new MigrationRefused('guardMissing', name)
  }
}

const bare = (sql: string): string => sql.trim().replace(/;$/, '')

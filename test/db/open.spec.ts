// Opening: settings durability rests on, migrations, and what is refused at the door.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { migrate, MigrationRefused, migrationsFolder } from '../../db/sqlite/migrate.ts'
import { assertPragmas, connect, type Connection } from '../../db/sqlite/open.ts'
import { sameProjections, sameReads, sameRows } from '../../db/schema/same.ts'
import { type Folder, folder, openToy } from '../support/store-open.ts'

const readJournal = (text: string) =>
  z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) }).parse(JSON.parse(text))

let dir: Folder
const connections: Connection[] = []
const open = (): Connection => {
  const db = connect(dir.file)
  connections.push(db)
  return db
}

beforeEach(() => {
  dir = folder()
})
afterEach(() => {
  for (const db of connections.splice(0)) db.close()
  dir.remove()
})

describe('pragmas', () => {
  test('hold on a new file and on a reopened one', () => {
    for (const _ of ['new', 'reopened']) {
      const db = open()
      migrate(db)
      assertPragmas(db)
      expect(db.pragma('synchronous', { simple: true })).toBe(2)
      db.close()
      connections.pop()
    }
  })

  // A power cut loses acknowledged steps at NORMAL, which is what the driver chooses after the
  // switch to WAL.
  test('the driver alone would open the file at synchronous = NORMAL', () => {
    migrate(open())
    const plain = new Database(dir.file)
    connections.push(plain)
    plain.pragma('journal_mode = WAL')
    plain.prepare('select count(*) from sqlite_schema').get()
    expect(plain.pragma('synchronous', { simple: true })).toBe(1)
    expect(() => assertPragmas(plain)).toThrow('synchronous is 1')
  })

  const off = [
    ['journal_mode', 'DELETE'],
    ['synchronous', 'NORMAL'],
    ['busy_timeout', '1'],
    ['foreign_keys', 'OFF'],
    ['recursive_triggers', 'OFF'],
    ['trusted_schema', 'ON'],
    ['cell_size_check', 'OFF'],
    ['mmap_size', '1048576'],
  ]
  test.each(off)('%s = %s is seen', (name, value) => {
    const db = open()
    db.pragma(`${name} = ${value}`)
    expect(() => assertPragmas(db)).toThrow(`pragma ${name} is`)
  })

  test('a store whose connection is not safe does not open', async () => {
    const unsafe = (file: string) => {
      const db = connect(file)
      db.pragma('synchronous = NORMAL')
      return db
    }
    await expect(openToy(dir.file, { connect: unsafe })).rejects.toThrow('synchronous')
  })
})

describe('migrations', () => {
  const migrations = () => join(dir.path, 'migrations')
  const journal = () => join(migrations(), 'meta', '_journal.json')
  const edit = (file: string, change: (text: string) => string): void =>
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  beforeEach(() => cpSync(migrationsFolder, migrations(), { recursive: true }))

  test('run once; a second start finds all applied', () => {
    migrate(open(), migrations())
    const schema = open().prepare('select name, sql from sqlite_schema order by name').all()
    migrate(open(), migrations())
    expect(open().prepare('select name, sql from sqlite_schema order by name').all()).toEqual(
      schema,
    )
  })

  test('every table is STRICT, and all but entry and search WITHOUT ROWID', () => {
    const db = open()
    migrate(db)
    const tables = db
      .prepare<[], { name: string; wr: number; strict: number }>(
        `select name, wr, strict from pragma_table_list
         where schema = 'main' and type = 'table' and name not like 'sqlite_%'`,
      )
      .all()
    expect(tables.length).toBeGreaterThan(13)
    for (const { name, wr, strict } of tables) {
      expect({ name, strict, wr }).toEqual({
        name,
        strict: 1,
        wr: ['entry', 'migration', 'search'].includes(name) ? 0 : 1,
      })
    }
  })

  // style §5.4: a table rebuilt by the kit loses its triggers, and its rows' children with them
  test('no migration rebuilds or drops a table of the ledger', () => {
    const { entries } = readJournal(
      readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
    )
    const dropping = /(?:DROP TABLE\s+[`"]?|__new_)(?:ledger|entry|node|checkpoint|command)\b/i
    for (const { tag } of entries) {
      expect(readFileSync(join(migrationsFolder, `${tag}.sql`), 'utf8')).not.toMatch(dropping)
    }
    expect('DROP TABLE `entry`;').toMatch(dropping)
  })

  const refusal = (attempt: () => void): string => {
    try {
      attempt()
    } catch (error) {
      if (error instanceof MigrationRefused) return error.code
      throw error
    }
    return 'accepted'
  }

  test('a file of this release is accepted', () => {
    migrate(open(), migrations())
    expect(refusal(() => migrate(open(), migrations()))).toBe('accepted')
  })

  test('dates that do not rise: a migration would be skipped', () => {
    edit(journal(), (text) => text.replaceAll(/"when": \d+/g, '"when": 1700000000000'))
    expect(refusal(() => migrate(open(), migrations()))).toBe('migrationsOutOfOrder')
    expect(open().prepare('select * from sqlite_schema').all()).toEqual([])
  })

  test('a migration edited after it was applied', () => {
    migrate(open(), migrations())
    edit(join(migrations(), '0001_guards.sql'), (text) => `${text}\n-- harmless?`)
    expect(refusal(() => migrate(open(), migrations()))).toBe('migrationChanged')
  })

  test('a file of a newer release', () => {
    migrate(open(), migrations())
    edit(journal(), (text) => {
      const whole = readJournal(text)
      return JSON.stringify({ ...whole, entries: whole.entries.slice(0, -1) })
    })
    expect(refusal(() => migrate(open(), migrations()))).toBe('fileIsNewer')
  })

  test.each([
    ['dropped', 'drop trigger node_no_update'],
    [
      'replaced by a tame one',
      `drop trigger node_no_update;
       create trigger node_no_update before update on node begin select 1; end`,
    ],
  ])('a guard that was %s', (_how, sql) => {
    const db = open()
    migrate(db, migrations())
    db.exec(sql)
    expect(refusal(() => migrate(open(), migrations()))).toBe('guardMissing')
  })

  test('rows that refer to nothing', () => {
    const db = open()
    migrate(db, migrations())
    db.pragma('foreign_keys = OFF')
    db.exec('create table child (of text references ledger (origin)) strict')
    db.exec(`insert into child values ('nobody')`)
    expect(refusal(() => migrate(open(), migrations()))).toBe('foreignKeysBroken')
  })

  test('a migration that fails halfway leaves nothing of itself', () => {
    edit(
      join(migrations(), '0001_guards.sql'),
      (text) => `${text}\n--> statement-breakpoint\nnonsense;`,
    )
    expect(() => migrate(open(), migrations())).toThrow('nonsense')
    expect(open().prepare('select * from sqlite_schema').all()).toEqual([])
    migrate(open())
  })
})

test('both dialects hold the same rows, and the projections those of the domain', () => {
  // The proof is that db/schema/same.ts compiles; this keeps it part of the program.
  expect([sameRows, sameReads, sameProjections]).toEqual([true, true, true])
})

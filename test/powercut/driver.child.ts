/**
 * Commits rows to a SQLite database by plain better-sqlite3 and acknowledges each on stdout, once
 * the commit returned or, told to, before. What survives a power cut depends on the settings.
 */
import Database from 'better-sqlite3'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { bodyOf } from './driver-row.ts'

const [dir = '', journalMode = '', synchronous = '', commits = '', ack = ''] = process.argv.slice(2)

const db = new Database(join(dir, 'rows.db'))
db.pragma(`journal_mode = ${journalMode}`)
// After the journal mode: the switch to WAL sets the driver's own default, NORMAL.
if (synchronous !== 'default') db.pragma(`synchronous = ${synchronous}`)
// Often enough that cuts fall into checkpoints, and into a WAL that starts over.
db.pragma('wal_autocheckpoint = 12')
db.exec('create table if not exists row (id integer primary key, body blob not null)')
db.exec('create table if not exists total (rows integer not null)')
if (db.prepare('select 1 from total').get() === undefined) db.exec('insert into total values (0)')

const insert = db.prepare('insert into row (body) values (?)')
const count = db.prepare('update total set rows = ?')
const { last } = db.prepare<[], { last: number }>('select rows as last from total').get() ?? {
  last: 0,
}
const commit = db.transaction((id: number) => {
  insert.run(bodyOf(id))
  count.run(id)
})

for (let id = last + 1; id <= last + Number(commits); id += 1) {
  if (ack === 'before') writeSync(1, `${id}\n`)
  commit(id)
  if (ack === 'after') writeSync(1, `${id}\n`)
}
db.close()

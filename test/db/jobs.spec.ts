// The jobs' file: what is remembered is there after it was opened again, and the tables are those of both dialects.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJobMemory } from '../../db/jobs/memory.ts'
import { sameRows } from '../../db/jobs/same.ts'
import { jobMark } from '../../db/jobs/sqlite.ts'

let folder = ''
const file = (): string => join(folder, 'jobs.db')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the last mark of each part is there after it was opened again', async () => {
  const memory = openJobMemory(file())
  expect(await memory.recall('heads', 'a')).toBeUndefined()
  await memory.remember('heads', 'a', { occasion: '2026-03-02', at: 1, note: 'one' })
  await memory.remember('heads', 'a', { occasion: '2026-03-03', at: 2, note: 'two' })
  await memory.remember('heads', '', { occasion: '2026-03-03', at: 3, note: '' })
  memory.close()
  const again = openJobMemory(file())
  expect(await again.recall('heads', 'a')).toEqual({ occasion: '2026-03-03', at: 2, note: 'two' })
  expect(await again.recall('heads', '')).toEqual({ occasion: '2026-03-03', at: 3, note: '' })
  expect(await again.recall('sweep', 'a')).toBeUndefined()
  again.close()
})

test('a file of a newer release is let be', () => {
  openJobMemory(file()).close()
  const db = new Database(file())
  db.exec("insert into migration (made, hash) values (9999999999999, 'later')")
  db.close()
  expect(() => openJobMemory(file())).toThrow('fileIsNewer')
})

test('the table is as it is declared, strict, in both dialects', () => {
  openJobMemory(file()).close()
  const db = new Database(file())
  const { sql } = db
    .prepare<[], { sql: string }>("select sql from sqlite_schema where name = 'job_mark'")
    .get() ?? { sql: '' }
  const columns = db.pragma('table_info(job_mark)') as readonly { readonly name: string }[]
  db.close()
  expect(sql).toMatch(/STRICT, WITHOUT ROWID$/)
  const declared = getTableConfig(jobMark).columns.map(({ name }) => name)
  expect(columns.map(({ name }) => name)).toEqual(declared)
  // the proof is that db/jobs/same.ts compiles; this keeps it part of the program
  expect(sameRows).toBe(true)
})

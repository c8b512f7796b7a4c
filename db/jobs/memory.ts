// What jobs must not forget over a restart: for which occasion each was last done. A file of its own; nothing in it is of a
// person, and whoever loses it sends a day's heads once more.
import { join } from 'node:path'
import { z } from 'zod'
import type { JobMark, JobMemory } from '../../src/domain/job.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect, type Connection } from '../sqlite/open.ts'

const markSchema = z.strictObject({ occasion: z.string(), at: z.int(), note: z.string() })

/** Beside this file in the source as in the build, which copies it. */
const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * Opens (or makes) the file.
 * @throws MigrationRefused, UnsafeConnection
 */
export function openJobMemory(file: string): JobMemory & { readonly close: () => void } {
  const db = connect(file)
  try {
    migrate(db, migrationsFolder)
    return { ...memoryOn(db), close: () => db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}

function memoryOn(db: Connection): JobMemory {
  const find = db.prepare<[string, string]>(
    'select occasion, at, note from job_mark where job = ? and part = ?',
  )
  const write = db.prepare<[string, string, string, number, string]>(
    `insert into job_mark (job, part, occasion, at, note) values (?, ?, ?, ?, ?)
     on conflict (job, part) do update
     set occasion = excluded.occasion, at = excluded.at, note = excluded.note`,
  )
  return {
    async recall(job, part) {
      const row = find.get(job, part)
      return row === undefined ? undefined : markSchema.parse(row)
    },
    async remember(job, part, { occasion, at, note }: JobMark) {
      write.run(job, part, occasion, at, note)
    },
  }
}

// The one table of the jobs' file, once for SQLite. STRICT and WITHOUT ROWID stand in db/jobs/migrations.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** For which occasion a part of a job was last done. */
export const jobMark = sqliteTable(
  'job_mark',
  {
    job: text('job').notNull(),
    /** '' for the job as a whole. */
    part: text('part').notNull(),
    occasion: text('occasion').notNull(),
    /** Milliseconds since 1970. */
    at: integer('at').notNull(),
    /** What the job itself must know the next time. */
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.job, t.part] })],
)

// The jobs' table, once for PostgreSQL: the same key and the same rows as sqlite.ts (proved in same.ts), in a schema of its own.
import { bigint, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core'

const jobs = pgSchema('jobs')

/** For which occasion a part of a job was last done. */
export const jobMark = jobs.table(
  'job_mark',
  {
    job: text('job').notNull(),
    /** '' for the job as a whole. */
    part: text('part').notNull(),
    occasion: text('occasion').notNull(),
    /** Milliseconds since 1970. */
    at: bigint('at', { mode: 'number' }).notNull(),
    /** What the job itself must know the next time. */
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.job, t.part] })],
)

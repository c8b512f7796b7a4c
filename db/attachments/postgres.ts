// What is known of the files, once for PostgreSQL: the same keys and the same rows as sqlite.ts (proved in same.ts), in a schema
// of their own.
import { bigint, boolean, index, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Media } from '../../src/domain/attachment.ts'
import type { Origin, PersonId, Sha256Hex } from '../../src/domain/ids.ts'

const attachments = pgSchema('attachments')
/** Bytes, or milliseconds since 1970. */
const long = (name: string) => bigint(name, { mode: 'number' })

export const attachment = attachments.table(
  'attachment',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    sha256: text('sha256').$type<Sha256Hex>().notNull(),
    size: long('size').notNull(),
    media: text('media').$type<Media>().notNull(),
    /** Of the vault; also the end of the file's name on disk. */
    subject: text('subject').notNull(),
    broughtBy: text('brought_by').$type<PersonId>(),
    broughtAt: long('brought_at').notNull(),
    /** Brought again, or asked for by a command: the month of an orphan runs from here. */
    touchedAt: long('touched_at').notNull(),
    /** Some entry names it. */
    named: boolean('named').notNull(),
    erasedAt: long('erased_at'),
    erasedBasis: text('erased_basis'),
    erasedBy: text('erased_by'),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.sha256] }),
    index('attachment_unnamed').on(t.named, t.touchedAt),
    index('attachment_brought').on(t.ledger, t.broughtBy, t.named),
  ],
)

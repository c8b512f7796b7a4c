// What is known of the files, once for SQLite. A file of its own (`attachments.db`): erasable, and no part of any ledger. Neither
// the names of files nor the keys they are written with stand here: both lie in the vault, under `subject`.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Media } from '../../src/domain/attachment.ts'
import type { Origin, PersonId, Sha256Hex } from '../../src/domain/ids.ts'

export const attachment = sqliteTable(
  'attachment',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    sha256: text('sha256').$type<Sha256Hex>().notNull(),
    size: integer('size').notNull(),
    media: text('media').$type<Media>().notNull(),
    /** Of the vault; also the end of the file's name on disk. */
    subject: text('subject').notNull(),
    broughtBy: text('brought_by').$type<PersonId>(),
    broughtAt: integer('brought_at').notNull(),
    /** Brought again, or asked for by a command: the month of an orphan runs from here. */
    touchedAt: integer('touched_at').notNull(),
    /** Some entry names it. */
    named: integer('named', { mode: 'boolean' }).notNull(),
    erasedAt: integer('erased_at'),
    erasedBasis: text('erased_basis'),
    erasedBy: text('erased_by'),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.sha256] }),
    index('attachment_unnamed').on(t.named, t.touchedAt),
    index('attachment_brought').on(t.ledger, t.broughtBy, t.named),
  ],
)

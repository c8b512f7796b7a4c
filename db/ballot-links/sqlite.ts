// Links and PINs of members without accounts, once for SQLite, in a file of their own (`ballot-links.db`): beside the ballot box
// they would say in which order its marks came. No time stands here but until when a PIN waits. STRICT and WITHOUT ROWID stand
// in db/ballot-links/migrations.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CommandId, MeetingId, Origin, PersonId } from '../../src/domain/ids.ts'

const whose = {
  ledger: text('ledger').$type<Origin>().notNull(),
  meeting: text('meeting').$type<MeetingId>().notNull(),
  person: text('person').$type<PersonId>().notNull(),
}

/** The one link of a person for a meeting that opens anything. */
export const ballotLink = sqliteTable(
  'ballot_link',
  { ...whose, digest: text('digest').notNull().unique() },
  (t) => [primaryKey({ columns: [t.ledger, t.meeting, t.person] })],
)

/** Their PIN, and how often it was tried. */
export const ballotPin = sqliteTable(
  'ballot_pin',
  {
    ...whose,
    salt: text('salt').notNull(),
    hash: text('hash').notNull(),
    tries: integer('tries').notNull(),
    /** Milliseconds since 1970. */
    waitsUntil: integer('waits_until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.meeting, t.person] })],
)

/** Commands whose tokens or PINs were made and told: they are told once. */
export const ballotIssue = sqliteTable('ballot_issue', {
  command: text('command').$type<CommandId>().primaryKey(),
})

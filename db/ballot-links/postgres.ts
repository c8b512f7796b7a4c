// Links and PINs of members without accounts, once for PostgreSQL: the same keys and the same rows as sqlite.ts (proved in
// same.ts), in a schema of their own.
import { bigint, integer, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core'
import type { CommandId, MeetingId, Origin, PersonId } from '../../src/domain/ids.ts'

const links = pgSchema('ballot_links')

const whose = {
  ledger: text('ledger').$type<Origin>().notNull(),
  meeting: text('meeting').$type<MeetingId>().notNull(),
  person: text('person').$type<PersonId>().notNull(),
}

/** The one link of a person for a meeting that opens anything. */
export const ballotLink = links.table(
  'ballot_link',
  { ...whose, digest: text('digest').notNull().unique() },
  (t) => [primaryKey({ columns: [t.ledger, t.meeting, t.person] })],
)

/** Their PIN, and how often it was tried. */
export const ballotPin = links.table(
  'ballot_pin',
  {
    ...whose,
    salt: text('salt').notNull(),
    hash: text('hash').notNull(),
    tries: integer('tries').notNull(),
    /** Milliseconds since 1970. */
    waitsUntil: bigint('waits_until', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.meeting, t.person] })],
)

/** Commands whose tokens or PINs were made and told: they are told once. */
export const ballotIssue = links.table('ballot_issue', {
  command: text('command').$type<CommandId>().primaryKey(),
})

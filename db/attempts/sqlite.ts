// The attempt log's table, once for SQLite. A file of its own (`attempts.db`): refusals are written without holding the
// ledgers' file, and end with their retention. STRICT and the guards stand in db/attempts/migrations.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const refusal = sqliteTable(
  'refusal',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    day: text('day').notNull(),
    account: text('account').notNull(),
    person: text('person').notNull(),
    office: text('office').notNull(),
    mandate: text('mandate').notNull(),
    act: text('act').notNull(),
    ledger: text('ledger').notNull(),
    stream: text('stream').notNull(),
    code: text('code').notNull(),
    township: text('township').notNull(),
    home: text('home').notNull(),
    count: integer('count').notNull(),
    firstAt: text('first_at').notNull(),
    lastAt: text('last_at').notNull(),
    firstReference: text('first_reference').notNull(),
    lastReference: text('last_reference').notNull(),
  },
  (t) => [
    uniqueIndex('refusal_same').on(
      t.day,
      t.account,
      t.person,
      t.office,
      t.mandate,
      t.act,
      t.ledger,
      t.stream,
      t.code,
    ),
    index('refusal_township').on(t.township),
    index('refusal_home').on(t.home),
    index('refusal_account').on(t.account),
    index('refusal_person').on(t.person),
  ],
)

// The attempt log's table, once for PostgreSQL: the same rows as sqlite.ts (proved in same.ts), in a schema of its own.
import { bigint, index, integer, pgSchema, text, uniqueIndex } from 'drizzle-orm/pg-core'

export const refusal = pgSchema('attempts').table(
  'refusal',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
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

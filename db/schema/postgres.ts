// The ledgers' own tables, once for PostgreSQL: the same keys and the same rows as sqlite.ts (proved in
// same.ts). Text is collated "C", or the two stores would sort, and page, differently.
import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CommandId, Origin, StreamId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'
import { count, text } from './postgres-columns.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export const ledger = pgTable('ledger', {
  origin: text('origin').$type<Origin>().primaryKey(),
  size: count('size').notNull(),
  /** Of the newest entry: the next one is later. */
  at: text('at').notNull(),
  sealed: boolean('sealed').notNull(),
})

export const entry = pgTable(
  'entry',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    seq: count('seq').notNull(),
    stream: text('stream').$type<StreamId>().notNull(),
    revision: count('revision').notNull(),
    type: text('type').notNull(),
    command: text('command').$type<CommandId>().notNull(),
    /** What is hashed; everything else in the row only finds it. */
    bytes: bytea('bytes').notNull(),
    leaf: bytea('leaf').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.seq] }),
    uniqueIndex('entry_stream').on(t.ledger, t.stream, t.revision),
  ],
)

/** Complete subtrees only, leaves (level 0) among them. */
export const node = pgTable(
  'node',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    level: integer('level').notNull(),
    index: count('index').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.level, t.index] })],
)

/** Every head ever signed. */
export const checkpoint = pgTable(
  'checkpoint',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    size: count('size').notNull(),
    at: text('at').$type<Instant>().notNull(),
    root: bytea('root').notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.size] }), index('checkpoint_at').on(t.ledger, t.at)],
)

/** Idempotency: a command answered once is answered the same way for ever. */
export const command = pgTable(
  'command',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    id: text('id').$type<CommandId>().notNull(),
    /** SHA-256 of the canonical command. */
    digest: bytea('digest').notNull(),
    /** Its entries: `count` of them from `first` on. */
    first: count('first').notNull(),
    count: integer('count').notNull(),
    at: text('at').$type<Instant>().notNull(),
    size: count('size').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.id] })],
)

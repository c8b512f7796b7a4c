// The ledgers' own tables, once for SQLite. Every key begins with the ledger, as PostgreSQL shards by it.
// STRICT, WITHOUT ROWID and the guard triggers are no drizzle concepts: they stand in
// db/sqlite/migrations.
import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { CommandId, Origin, StreamId } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'

export const ledger = sqliteTable('ledger', {
  origin: text('origin').$type<Origin>().primaryKey(),
  size: integer('size').notNull(),
  /** Of the newest entry: the next one is later. */
  at: text('at').notNull(),
  sealed: integer('sealed', { mode: 'boolean' }).notNull(),
})

export const entry = sqliteTable(
  'entry',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    seq: integer('seq').notNull(),
    stream: text('stream').$type<StreamId>().notNull(),
    revision: integer('revision').notNull(),
    type: text('type').notNull(),
    command: text('command').$type<CommandId>().notNull(),
    /** What is hashed; everything else in the row only finds it. */
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    leaf: blob('leaf', { mode: 'buffer' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.seq] }),
    uniqueIndex('entry_stream').on(t.ledger, t.stream, t.revision),
  ],
)

/** Complete subtrees only, leaves (level 0) among them. */
export const node = sqliteTable(
  'node',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    level: integer('level').notNull(),
    index: integer('index').notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.level, t.index] })],
)

/** Every head ever signed. */
export const checkpoint = sqliteTable(
  'checkpoint',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    size: integer('size').notNull(),
    at: text('at').$type<Instant>().notNull(),
    root: blob('root', { mode: 'buffer' }).notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.size] }), index('checkpoint_at').on(t.ledger, t.at)],
)

/** Idempotency: a command answered once is answered the same way for ever. */
export const command = sqliteTable(
  'command',
  {
    ledger: text('ledger').$type<Origin>().notNull(),
    id: text('id').$type<CommandId>().notNull(),
    /** SHA-256 of the canonical command. */
    digest: blob('digest', { mode: 'buffer' }).notNull(),
    /** Its entries: `count` of them from `first` on. */
    first: integer('first').notNull(),
    count: integer('count').notNull(),
    at: text('at').$type<Instant>().notNull(),
    size: integer('size').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.id] })],
)

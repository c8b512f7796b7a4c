// The tables, once for SQLite. Every key begins with the ledger, as PostgreSQL shards by it.
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
import type { Instant, LocalDate } from '../../src/domain/time.ts'

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

// Projections: (ledger, stream, key) and the row of src/domain/projection.ts.

const place = {
  ledger: text('ledger').$type<Origin>().notNull(),
  stream: text('stream').$type<StreamId>().notNull(),
  key: text('key').notNull(),
}

export const request = sqliteTable(
  'request',
  {
    ...place,
    request: text('request').notNull(),
    company: text('company').notNull(),
    kind: text('kind').notNull(),
    category: text('category').notNull(),
    purpose: text('purpose').notNull(),
    state: text('state').notNull(),
    outcome: text('outcome').notNull(),
    suspended: integer('suspended', { mode: 'boolean' }).notNull(),
    amountFen: integer('amount_fen').notNull(),
    payee: text('payee').notNull(),
    payeeName: text('payee_name').notNull(),
    handler: text('handler').notNull(),
    submittedOn: text('submitted_on').$type<LocalDate>().notNull(),
    endedOn: text('ended_on').notNull(),
    round: integer('round').notNull(),
    route: text('route').notNull(),
    openFindings: integer('open_findings').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('request_newest').on(t.ledger, t.submittedOn, t.request),
    index('request_company').on(t.ledger, t.company, t.submittedOn, t.request),
    index('request_state').on(t.ledger, t.state, t.submittedOn, t.request),
    index('request_ended').on(t.ledger, t.endedOn, t.request),
  ],
)

export const task = sqliteTable(
  'task',
  {
    ...place,
    desk: text('desk').notNull(),
    act: text('act').notNull(),
    since: text('since').$type<Instant | ''>().notNull(),
    dueAt: text('due_at').$type<Instant | ''>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    // by desk across ledgers: a township's officers see all villages in one list
    index('task_since').on(t.desk, t.since, t.ledger, t.stream, t.key),
    index('task_due').on(t.desk, t.dueAt, t.ledger, t.stream, t.key),
  ],
)

export const meeting = sqliteTable(
  'meeting',
  {
    ...place,
    meeting: text('meeting').notNull(),
    kind: text('kind').notNull(),
    organisation: text('organisation').notNull(),
    state: text('state').notNull(),
    heldOn: text('held_on').notNull(),
    items: integer('items').notNull(),
    passed: integer('passed').notNull(),
    failed: integer('failed').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('meeting_newest').on(t.ledger, t.heldOn, t.meeting),
  ],
)

export const inspection = sqliteTable(
  'inspection',
  {
    ...place,
    inspection: text('inspection').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    periodFrom: text('period_from').notNull(),
    periodTo: text('period_to').notNull(),
    population: integer('population').notNull(),
    covered: integer('covered').notNull(),
    examined: integer('examined').notNull(),
    openFindings: integer('open_findings').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('inspection_newest').on(t.ledger, t.periodTo, t.inspection),
  ],
)

export const finding = sqliteTable(
  'finding',
  {
    ...place,
    finding: text('finding').notNull(),
    inspection: text('inspection').notNull(),
    request: text('request').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    dueOn: text('due_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('finding_due').on(t.ledger, t.state, t.dueOn),
    index('finding_request').on(t.ledger, t.request),
  ],
)

export const payeeWindow = sqliteTable(
  'payee_window',
  {
    ...place,
    request: text('request').notNull(),
    company: text('company').notNull(),
    payee: text('payee').notNull(),
    submittedOn: text('submitted_on').$type<LocalDate>().notNull(),
    amountFen: integer('amount_fen').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('payee_window_by_payee').on(t.ledger, t.company, t.payee, t.submittedOn),
  ],
)

export const payeeKey = sqliteTable(
  'payee_key',
  {
    ...place,
    payeeKey: text('payee_key').notNull(),
    payee: text('payee').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('payee_key_by_key').on(t.ledger, t.payeeKey, t.payee),
    index('payee_key_by_payee').on(t.ledger, t.payee, t.payeeKey),
  ],
)

export const invoiceUse = sqliteTable(
  'invoice_use',
  {
    ...place,
    invoice: text('invoice').notNull(),
    request: text('request').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    // across ledgers on purpose: the same invoice in two villages is the fraud that is looked for
    index('invoice_use_by_invoice').on(t.invoice, t.ledger, t.request),
  ],
)

export const authority = sqliteTable(
  'authority',
  {
    ...place,
    authority: text('authority').notNull(),
    company: text('company').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    validFrom: text('valid_from').$type<LocalDate>().notNull(),
    validTo: text('valid_to').$type<LocalDate>().notNull(),
    ceilingFen: integer('ceiling_fen').notNull(),
    reservedFen: integer('reserved_fen').notNull(),
    drawnFen: integer('drawn_fen').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('authority_company').on(t.ledger, t.company, t.validTo),
  ],
)

/** The tables that can be dropped and rebuilt, by the names of src/domain/projection.ts. */
export const projections = {
  request,
  task,
  meeting,
  inspection,
  finding,
  payeeWindow,
  payeeKey,
  invoiceUse,
  authority,
}

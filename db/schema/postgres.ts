// The tables, once for PostgreSQL: the same keys and the same rows as sqlite.ts (proved in
// same.ts). Text is collated "C", or the two stores would sort, and page, differently.
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CommandId, Origin, StreamId } from '../../src/domain/ids.ts'
import type { Instant, LocalDate } from '../../src/domain/time.ts'

/** Byte order, as SQLite's BINARY. */
const text = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
/** Sizes and fen: up to 2^53 - 1, as a number under max() too. */
const count = (name: string) => bigint(name, { mode: 'number' })

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

// Projections: (ledger, stream, key) and the row of src/domain/projection.ts.

const place = {
  ledger: text('ledger').$type<Origin>().notNull(),
  stream: text('stream').$type<StreamId>().notNull(),
  key: text('key').notNull(),
}

export const request = pgTable(
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
    suspended: boolean('suspended').notNull(),
    amountFen: count('amount_fen').notNull(),
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

export const task = pgTable(
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

export const meeting = pgTable(
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

export const inspection = pgTable(
  'inspection',
  {
    ...place,
    inspection: text('inspection').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    periodFrom: text('period_from').notNull(),
    periodTo: text('period_to').notNull(),
    population: count('population').notNull(),
    covered: count('covered').notNull(),
    examined: count('examined').notNull(),
    openFindings: integer('open_findings').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('inspection_newest').on(t.ledger, t.periodTo, t.inspection),
  ],
)

export const finding = pgTable(
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

export const payeeWindow = pgTable(
  'payee_window',
  {
    ...place,
    request: text('request').notNull(),
    company: text('company').notNull(),
    payee: text('payee').notNull(),
    submittedOn: text('submitted_on').$type<LocalDate>().notNull(),
    amountFen: count('amount_fen').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('payee_window_by_payee').on(t.ledger, t.company, t.payee, t.submittedOn),
  ],
)

export const payeeKey = pgTable(
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

export const invoiceUse = pgTable(
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

export const authority = pgTable(
  'authority',
  {
    ...place,
    authority: text('authority').notNull(),
    company: text('company').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    validFrom: text('valid_from').$type<LocalDate>().notNull(),
    validTo: text('valid_to').$type<LocalDate>().notNull(),
    ceilingFen: count('ceiling_fen').notNull(),
    reservedFen: count('reserved_fen').notNull(),
    drawnFen: count('drawn_fen').notNull(),
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

// The read tables, once for PostgreSQL: the same keys and the same rows as sqlite-projections.ts (proved in same.ts).
import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { Instant, LocalDate } from '../../src/domain/time.ts'
import { count, text } from './postgres-columns.ts'

// (ledger, stream, key) and the row of src/domain/projection.ts.

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
    method: text('method').notNull(),
    purpose: text('purpose').notNull(),
    budgetLine: text('budget_line').notNull(),
    contract: text('contract').notNull(),
    project: text('project').notNull(),
    authority: text('authority').notNull(),
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
    index('request_amount').on(t.ledger, t.company, t.amountFen, t.submittedOn),
    // most requests name no contract
    index('request_contract')
      .on(t.ledger, t.company, t.contract)
      .where(sql`contract <> ''`),
    index('request_authority')
      .on(t.ledger, t.authority, t.submittedOn, t.request)
      .where(sql`authority <> ''`),
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
    campaign: text('campaign').notNull(),
    state: text('state').notNull(),
    periodFrom: text('period_from').notNull(),
    periodTo: text('period_to').notNull(),
    companies: text('companies').notNull(),
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
    category: text('category').notNull(),
    cash: boolean('cash').notNull(),
    voucherless: boolean('voucherless').notNull(),
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
    seller: text('seller').notNull(),
    date: text('date').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    // across ledgers on purpose: the same invoice in two villages is the fraud that is looked for
    index('invoice_use_by_invoice').on(t.invoice, t.ledger, t.request),
  ],
)

export const fileUse = pgTable(
  'file_use',
  {
    ...place,
    sha256: text('sha256').notNull(),
    request: text('request').notNull(),
    under: text('under').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    // across ledgers too: one photograph for two villages
    index('file_use_by_digest').on(t.sha256, t.ledger, t.request),
  ],
)

export const alert = pgTable(
  'alert',
  {
    ...place,
    alert: text('alert').notNull(),
    request: text('request').notNull(),
    company: text('company').notNull(),
    rule: text('rule').notNull(),
    colour: text('colour').notNull(),
    state: text('state').notNull(),
    raisedOn: text('raised_on').$type<LocalDate>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('alert_open').on(t.ledger, t.state, t.colour, t.raisedOn, t.stream, t.key),
  ],
)

export const authority = pgTable(
  'authority',
  {
    ...place,
    authority: text('authority').notNull(),
    company: text('company').notNull(),
    payees: text('payees').notNull(),
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

export const stay = pgTable(
  'stay',
  {
    ...place,
    request: text('request').notNull(),
    must: text('must').notNull(),
    round: integer('round').notNull(),
    seconds: count('seconds').notNull(),
    leftOn: text('left_on').$type<LocalDate>().notNull(),
    how: text('how').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ledger, t.stream, t.key] }),
    index('stay_longest').on(t.ledger, t.must, t.seconds),
  ],
)

export const requestReturn = pgTable(
  'request_return',
  {
    ...place,
    request: text('request').notNull(),
    number: integer('number').notNull(),
    place: text('place').notNull(),
    field: text('field').notNull(),
    returnedOn: text('returned_on').$type<LocalDate>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.stream, t.key] })],
)

/** Found by its grams: an index of them stands beside it (SQLite: search_gram; PostgreSQL: GIN over an array of the same). */
export const search = pgTable(
  'search',
  {
    ...place,
    kind: text('kind').notNull(),
    id: text('id').notNull(),
    at: text('at').$type<Instant>().notNull(),
    title: text('title').notNull(),
    words: text('words').notNull(),
    whole: text('whole').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ledger, t.stream, t.key] })],
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
  fileUse,
  alert,
  authority,
  stay,
  requestReturn,
  search,
}

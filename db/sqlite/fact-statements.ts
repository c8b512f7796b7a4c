// The statements facts are answered by, each through an index of its own: without statistics the planner would read a whole
// ledger instead.
import type { PayeeKey } from '../../src/domain/facts.ts'
import type {
  AuthorityId,
  InspectionId,
  Origin,
  RequestId,
  Sha256Hex,
} from '../../src/domain/ids.ts'
import { most, toFen } from '../../src/domain/money.ts'
import type { LocalDate } from '../../src/domain/time.ts'
import type { Connection } from './open.ts'

/** Sums past what an amount can hold are told as the most it can: no line lies beyond. */
const FEN_MAX = toFen(most)

interface AmountRow {
  readonly request: RequestId
  readonly fen: number
  readonly on: LocalDate
  readonly payee: PayeeKey
  readonly category: string
  readonly budgetLine: string
  readonly project: string
  readonly covered: 0 | 1
}
interface PurchaseSums {
  readonly month: number
  readonly cash: number
  readonly bought: number
  readonly count: number
  readonly payee: number
}

export const prepareFacts = (db: Connection) => ({
  ...prepareClaims(db),
  ...prepareTraces(db),
  ...prepareRounds(db),
})

/** Whom a request pays, and what it claims. */
function prepareClaims(db: Connection) {
  return {
    nextPayee: db.prepare<[string, string, string], { payee: PayeeKey; stream: string }>(
      `select payee, stream from payee_key indexed by payee_key_by_key
       where ledger = ? and payee_key = ? and payee > ? order by payee, stream limit 1`,
    ),
    nextKey: db
      .prepare<[string, string, string], string>(
        `select payee_key from payee_key indexed by payee_key_by_payee
         where ledger = ? and payee = ? and payee_key > ? order by payee_key limit 1`,
      )
      .pluck(),
    window: db.prepare<[string, string, string, string, string, string], WindowPart>(
      `select w.request, w.amount_fen as fen, w.submitted_on as "on", w.category, w.cash,
         w.voucherless
       from json_each(?) as asked cross join payee_window as w indexed by payee_window_by_payee
       where w.ledger = ? and w.company = ? and w.payee = asked.value
         and w.submitted_on >= ? and w.submitted_on <= ? and w.request <> ?
       order by w.submitted_on, w.request`,
    ),
    invoices: db.prepare<[string], InvoiceHolder>(
      `select used.invoice, used.ledger, used.request, used.seller, used.date
       from json_each(?) as asked cross join invoice_use as used on used.invoice = asked.value
       order by asked.key, used.ledger, used.request`,
    ),
  }
}

interface WindowPart {
  readonly request: RequestId
  readonly fen: number
  readonly on: LocalDate
  readonly category: string
  readonly cash: 0 | 1
  readonly voucherless: 0 | 1
}

interface InvoiceHolder {
  readonly invoice: string
  readonly ledger: Origin
  readonly request: RequestId
  readonly seller: string
  readonly date: string
}

/** What alerts are told. */
function prepareTraces(db: Connection) {
  return {
    files: db.prepare<
      [string, number],
      { sha256: Sha256Hex; ledger: Origin; request: RequestId; under: string }
    >(
      `select sha256, ledger, request, under from file_use indexed by file_use_by_digest
       where sha256 = ? order by ledger, request limit ?`,
    ),
    amounts: db.prepare<[string, string, string, string, string, string], AmountRow>(
      `select distinct r.request, r.amount_fen as fen, r.submitted_on as "on", r.payee, r.category,
         r.budget_line as budgetLine, r.project, instr(r.route, 'c') > 0 as covered
       from json_each(?) as asked cross join request as r indexed by request_amount
       where r.ledger = ? and r.company = ?
         and r.amount_fen >= json_extract(asked.value, '$[0]')
         and r.amount_fen <= json_extract(asked.value, '$[1]')
         and r.submitted_on >= ? and r.submitted_on <= ? and r.request <> ?
         and r.outcome in ('open', 'paid')
       order by r.request`,
    ),
    purchases: db.prepare<[Readonly<Record<string, string>>], PurchaseSums>(
      `select
         min(coalesce(sum(iif(submitted_on >= :month, fen, 0)), 0), ${FEN_MAX}) as month,
         min(coalesce(sum(iif(submitted_on >= :month and method = 'cash', fen, 0)), 0),
           ${FEN_MAX}) as cash,
         min(coalesce(sum(iif(bought, fen, 0)), 0), ${FEN_MAX}) as bought,
         coalesce(sum(bought), 0) as count,
         min(coalesce(sum(iif(bought and asked, fen, 0)), 0), ${FEN_MAX}) as payee
       from (
         select submitted_on, method, amount_fen as fen,
           payee in (select value from json_each(:payees)) as asked,
           category in (select value from json_each(:categories)) as bought
         from request indexed by request_company
         where ledger = :ledger and company = :company
           and submitted_on >= :year and submitted_on <= :on
           and request <> :except and outcome in ('open', 'paid')
       )`,
    ),
    parties: db.prepare<[string, string, string, string], { payee: PayeeKey; request: RequestId }>(
      `select payee, min(request) as request from request indexed by request_contract
       where ledger = ? and company = ? and contract = ? and contract <> '' and request <> ?
         and outcome in ('open', 'paid')
       group by payee order by payee`,
    ),
    ceilings: db.prepare<[string, string, string, string, string], CeilingRow>(
      `select authority, kind = 'recurring' as recurring, valid_from as "from", valid_to as "to",
         ceiling_fen as ceiling, min(reserved_fen + drawn_fen, ${FEN_MAX}) as taken,
         state = 'closed' as closed
       from authority indexed by authority_company
       where ledger = ? and company = ? and valid_to >= ? and authority <> ?
         and state <> 'refused'
         and exists (
           select 1 from json_each(authority.payees) as named
           where named.value in (select value from json_each(?))
         )
       order by authority`,
    ),
  }
}

interface CeilingRow {
  readonly authority: AuthorityId
  readonly recurring: 0 | 1
  readonly from: LocalDate
  readonly to: LocalDate
  readonly ceiling: number
  readonly taken: number
  readonly closed: 0 | 1
}

/** What rounds are told. */
function prepareRounds(db: Connection) {
  return {
    red: db
      .prepare<[string, string, string, string], RequestId>(
        `select distinct r.request
         from alert as a indexed by alert_open
           cross join request as r on r.ledger = a.ledger and r.stream = a.stream and r.key = ''
         where a.ledger = ? and a.state = 'open' and a.colour = 'red'
           and r.ended_on >= ? and r.ended_on <= ?
           and r.company in (select value from json_each(?))
         order by r.request`,
      )
      .pluck(),
    population: db
      .prepare<[string, string, string, string], RequestId>(
        `select request from request
         where ledger = ? and ended_on >= ? and ended_on <= ?
           and company in (select value from json_each(?))
         order by request`,
      )
      .pluck(),
    openRounds: db
      .prepare<[string, string, string, string, string], InspectionId>(
        `select inspection from inspection indexed by inspection_newest
         where ledger = ? and period_to >= ? and period_from <= ? and inspection <> ?
           and state in ('noticed', 'drawn', 'underway')
           and exists (select 1 from json_each(?)
             where instr(companies, '|' || value || '|') > 0)
         order by inspection`,
      )
      .pluck(),
    rootAfter: db.prepare<[string, string], { size: number; root: Buffer }>(
      'select size, root from checkpoint where ledger = ? and at > ? order by at limit 1',
    ),
  }
}

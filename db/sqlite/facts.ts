// Facts from the projections, inside the transaction: they see the commands decided before in the same group.
import { type FactSource, type FactTypes, type PayeeKey } from '../../src/domain/facts.ts'
import { type Origin, type RequestId, type Sha256Hex } from '../../src/domain/ids.ts'
import { fromFen } from '../../src/domain/money.ts'
import type { Connection } from './open.ts'

type Answer<N extends keyof FactTypes> = FactTypes[N]['answer']
type Query<N extends keyof FactTypes> = FactTypes[N]['query']

export class SqliteFacts {
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Connection) {
    this.#sql = prepare(db)
  }

  /** The facts of one ledger. */
  of(ledger: Origin): FactSource {
    return {
      payeeWindow: (query) => this.#payeeWindow(ledger, query),
      invoiceUse: (query) => this.#invoiceUse(ledger, query),
      population: (query) => this.#population(ledger, query),
      rootAfter: ({ after }) => {
        const found = this.#sql.rootAfter.get(ledger, after)
        return found === undefined
          ? {}
          : { size: found.size, root: found.root.toString('hex') as Sha256Hex }
      },
    }
  }

  /**
   * Keys that ever met in one request, and keys that met those, are one payee. Its id is the one the ledger's first request
   * (by stream) gave it; without any, the query's own first key.
   */
  #payeeWindow(ledger: Origin, query: Query<'payeeWindow'>): Answer<'payeeWindow'> {
    const keys = JSON.stringify(query.keys)
    const known = this.#sql.payees.all(ledger, keys)
    const payee: PayeeKey | undefined = known[0]?.payee ?? query.keys[0]
    if (payee === undefined) throw new Error('payeeWindow asked without keys')
    const payees = JSON.stringify([...new Set(known.map((row) => row.payee))])
    const { company, from, to, except = '' } = query
    const parts = this.#sql.window.all(ledger, company, payees, from, to, except)
    return {
      payee,
      parts: parts.map(({ request, fen }) => ({ request, amount: fromFen(fen) })),
    }
  }

  #invoiceUse(ledger: Origin, { invoices, except }: Query<'invoiceUse'>): Answer<'invoiceUse'> {
    const found = this.#sql.invoices.all(JSON.stringify(invoices))
    const here = found.filter((use) => use.ledger === ledger && use.request !== except)
    const elsewhere = found.filter((use) => use.ledger !== ledger)
    return {
      here: here.map(({ invoice, request }) => ({ invoice, request })),
      elsewhere,
    }
  }

  #population(ledger: Origin, { companies, from, to }: Query<'population'>): Answer<'population'> {
    return { requests: this.#sql.population.all(ledger, from, to, JSON.stringify(companies)) }
  }
}

function prepare(db: Connection) {
  return {
    payees: db.prepare<[string, string], { payee: PayeeKey }>(
      `with recursive known(ledger, k) as (
         select ?, value from json_each(?)
         union
         select other.ledger, other.payee_key
         from known
         cross join payee_key as mine on mine.ledger = known.ledger and mine.payee_key = known.k
         cross join payee_key as other on other.ledger = mine.ledger and other.payee = mine.payee
       )
       select payee_key.payee as payee from known
       cross join payee_key on payee_key.ledger = known.ledger and payee_key.payee_key = known.k
       group by payee_key.payee order by min(payee_key.stream), payee_key.payee`,
    ),
    window: db.prepare<
      [string, string, string, string, string, string],
      { request: RequestId; fen: number }
    >(
      `select request, amount_fen as fen from payee_window
       where ledger = ? and company = ? and payee in (select value from json_each(?))
         and submitted_on >= ? and submitted_on <= ? and request <> ?
       order by submitted_on, request`,
    ),
    invoices: db.prepare<[string], { invoice: string; ledger: Origin; request: RequestId }>(
      `select invoice, ledger, request from invoice_use
       where invoice in (select value from json_each(?)) order by invoice, ledger, request`,
    ),
    population: db
      .prepare<[string, string, string, string], RequestId>(
        `select request from request
         where ledger = ? and ended_on >= ? and ended_on <= ?
           and company in (select value from json_each(?))
         order by request`,
      )
      .pluck(),
    rootAfter: db.prepare<[string, string], { size: number; root: Buffer }>(
      'select size, root from checkpoint where ledger = ? and at > ? order by at limit 1',
    ),
  }
}

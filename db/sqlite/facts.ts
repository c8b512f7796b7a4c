// Facts from the projections, inside the transaction: they see the commands decided before in the
// same group.
import type { FactSource, FactTypes, PayeeKey } from '../../src/domain/facts.ts'
import type { Origin, RequestId, Sha256Hex } from '../../src/domain/ids.ts'
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
   * Keys that ever met in one request, and keys that met those, are one payee. Its id is the one
   * the ledger's first request (by stream) gave it; without any, the query's own first key.
   */
  #payeeWindow(ledger: Origin, query: Query<'payeeWindow'>): Answer<'payeeWindow'> {
    const [own] = query.keys
    if (own === undefined) throw new Error('payeeWindow asked without keys')
    const { payees: known, keys } = this.#payees(ledger, query.keys)
    const { company, from, to, except = '' } = query
    const parts =
      known.length === 0
        ? []
        : this.#sql.window.all(JSON.stringify(known), ledger, company, from, to, except)
    return {
      payee: known[0] ?? own,
      keys,
      parts: parts.map(({ request, fen }) => ({ request, amount: fromFen(fen) })),
    }
  }

  #payees(
    ledger: Origin,
    keys: readonly PayeeKey[],
  ): { readonly payees: readonly PayeeKey[]; readonly keys: readonly PayeeKey[] } {
    const reached = new Set<PayeeKey>(keys)
    const firstSeen = new Map<PayeeKey, string>()
    for (const key of reached) {
      for (const { payee, stream } of this.#payeesByKey(ledger, key)) {
        const before = firstSeen.get(payee)
        if (before === undefined || stream < before) firstSeen.set(payee, stream)
        if (before === undefined) addAll(reached, this.#keysOf(ledger, payee))
      }
    }
    const payees = [...firstSeen]
      .sort(([a, at], [b, bt]) => (at === bt ? (a < b ? -1 : 1) : at < bt ? -1 : 1))
      .map(([payee]) => payee)
    return { payees, keys: [...reached].sort() }
  }

  // These two step from value to value through an index: a payee of ten thousand requests costs no
  // more than one of ten.

  *#payeesByKey(ledger: Origin, key: string): Generator<{ payee: PayeeKey; stream: string }> {
    const { nextPayee } = this.#sql
    for (
      let row = nextPayee.get(ledger, key, '');
      row !== undefined;
      row = nextPayee.get(ledger, key, row.payee)
    ) {
      yield row
    }
  }

  *#keysOf(ledger: Origin, payee: PayeeKey): Generator<string> {
    const { nextKey } = this.#sql
    for (
      let key = nextKey.get(ledger, payee, '');
      key !== undefined;
      key = nextKey.get(ledger, payee, key)
    ) {
      yield key
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

function addAll<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) set.add(value)
}

function prepare(db: Connection) {
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
    // indexed by: without statistics the planner would read the whole ledger instead
    window: db.prepare<
      [string, string, string, string, string, string],
      { request: RequestId; fen: number }
    >(
      `select w.request, w.amount_fen as fen
       from json_each(?) as asked cross join payee_window as w indexed by payee_window_by_payee
       where w.ledger = ? and w.company = ? and w.payee = asked.value
         and w.submitted_on >= ? and w.submitted_on <= ? and w.request <> ?
       order by w.submitted_on, w.request`,
    ),
    invoices: db.prepare<[string], { invoice: string; ledger: Origin; request: RequestId }>(
      `select used.invoice, used.ledger, used.request
       from json_each(?) as asked cross join invoice_use as used on used.invoice = asked.value
       order by asked.key, used.ledger, used.request`,
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

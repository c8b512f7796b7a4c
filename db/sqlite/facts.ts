// Facts from the projections, inside the transaction: they see the commands decided before in the
// same group.
import { advanceKey } from '../../src/domain/claim-keys.ts'
import {
  FILE_HOLDERS_MAX,
  type FactSource,
  type FactTypes,
  type PayeeKey,
} from '../../src/domain/facts.ts'
import type { Origin, Sha256Hex } from '../../src/domain/ids.ts'
import { fromFen, toFen } from '../../src/domain/money.ts'
import { prepareFacts } from './fact-statements.ts'
import type { Connection } from './open.ts'

type Answer<N extends keyof FactTypes> = FactTypes[N]['answer']
type Query<N extends keyof FactTypes> = FactTypes[N]['query']

export class SqliteFacts {
  readonly #sql: ReturnType<typeof prepareFacts>

  constructor(db: Connection) {
    this.#sql = prepareFacts(db)
  }

  /** The facts of one ledger. */
  of(ledger: Origin): FactSource {
    return {
      payeeWindow: (query) => this.#payeeWindow(ledger, query),
      invoiceUse: (query) => this.#invoiceUse(ledger, query),
      openAdvances: (query) => this.#openAdvances(ledger, query),
      sellerInvoices: (query) => this.#sellerInvoices(ledger, query),
      fileUse: (query) => this.#fileUse(ledger, query),
      amounts: (query) => this.#amounts(ledger, query),
      purchases: (query) => this.#purchases(ledger, query),
      contractParties: (query) => this.#contractParties(ledger, query),
      ceilings: (query) => this.#ceilings(ledger, query),
      population: (query) => this.#population(ledger, query),
      openRounds: (query) => this.#openRounds(ledger, query),
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
      parts: parts.map(({ fen, cash, voucherless, ...part }) => {
        return { ...part, amount: fromFen(fen), cash: cash === 1, voucherless: voucherless === 1 }
      }),
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
      elsewhere: elsewhere.map(({ invoice, ledger: other, request }) => {
        return { invoice, ledger: other, request }
      }),
    }
  }

  #openAdvances(
    ledger: Origin,
    { except, ...query }: Query<'openAdvances'>,
  ): Answer<'openAdvances'> {
    const found = this.#sql.invoices.all(JSON.stringify([advanceKey(query)]))
    const here = found.filter((use) => use.ledger === ledger && use.request !== except)
    return { requests: here.map(({ request }) => request) }
  }

  #sellerInvoices(
    ledger: Origin,
    { numbers, except }: Query<'sellerInvoices'>,
  ): Answer<'sellerInvoices'> {
    const found = this.#sql.invoices.all(JSON.stringify(numbers))
    return { invoices: found.filter((use) => use.ledger !== ledger || use.request !== except) }
  }

  #fileUse(ledger: Origin, { digests, except }: Query<'fileUse'>): Answer<'fileUse'> {
    const holders = digests.flatMap((sha256) =>
      this.#sql.files
        .all(sha256, FILE_HOLDERS_MAX + 1)
        .filter((use) => use.ledger !== ledger || use.request !== except)
        .slice(0, FILE_HOLDERS_MAX),
    )
    return { files: holders }
  }

  #amounts(ledger: Origin, query: Query<'amounts'>): Answer<'amounts'> {
    const { company, from, to, ranges, except = '' } = query
    const bounds = JSON.stringify(ranges.map(({ low, high }) => [toFen(low), toFen(high)]))
    const found = this.#sql.amounts.all(bounds, ledger, company, from, to, except)
    const requests = found.map(({ fen, covered, ...row }) => {
      return { ...row, amount: fromFen(fen), covered: covered === 1 }
    })
    return { requests }
  }

  #purchases(ledger: Origin, query: Query<'purchases'>): Answer<'purchases'> {
    const { company, on, categories, keys, except = '' } = query
    const { payees } = this.#payees(ledger, keys)
    const sums = this.#sql.purchases.get({
      ledger,
      company,
      on,
      except,
      month: `${on.slice(0, 7)}-01`,
      year: `${on.slice(0, 4)}-01-01`,
      categories: JSON.stringify(categories),
      payees: JSON.stringify(payees),
    })
    if (sums === undefined) throw new Error('a sum without a row')
    return {
      month: fromFen(sums.month),
      cash: fromFen(sums.cash),
      year: fromFen(sums.bought),
      count: sums.count,
      payee: fromFen(sums.payee),
    }
  }

  #contractParties(ledger: Origin, query: Query<'contractParties'>): Answer<'contractParties'> {
    const { company, contract, except = '' } = query
    return { parties: this.#sql.parties.all(ledger, company, contract, except) }
  }

  #ceilings(ledger: Origin, query: Query<'ceilings'>): Answer<'ceilings'> {
    const { company, payees, on, except } = query
    const { keys } = this.#payees(ledger, payees)
    const found = this.#sql.ceilings.all(ledger, company, on, except ?? '', JSON.stringify(keys))
    const authorities = found.map(({ recurring, ceiling, taken, closed, ...row }) => ({
      ...row,
      recurring: recurring === 1,
      ceiling: fromFen(ceiling),
      taken: fromFen(taken),
      closed: closed === 1,
    }))
    return { authorities }
  }

  #openRounds(ledger: Origin, query: Query<'openRounds'>): Answer<'openRounds'> {
    const { companies, from, to, except } = query
    const asked = [ledger, from, to, except, JSON.stringify(companies)] as const
    return { rounds: this.#sql.openRounds.all(...asked) }
  }

  #population(ledger: Origin, { companies, from, to }: Query<'population'>): Answer<'population'> {
    const asked = [ledger, from, to, JSON.stringify(companies)] as const
    return { requests: this.#sql.population.all(...asked), red: this.#sql.red.all(...asked) }
  }
}

function addAll<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) set.add(value)
}

// Facts recomputed from entries alone: the replay half of src/domain/facts.ts, fed with the same rows the projections hold.
import { advanceKey } from '../domain/claim-keys.ts'
import { FILE_HOLDERS_MAX, type FactSource, type FactTypes } from '../domain/facts.ts'
import { type Origin, requestIdSchema, type Sha256Hex, type StreamId } from '../domain/ids.ts'
import { fromFen } from '../domain/money.ts'
import type { InvoiceUseRow, PayeeWindowRow, ProjectedRow } from '../domain/projection.ts'
import type { Instant } from '../domain/time.ts'
import { byRequest, fileHeld, grouped, Traces } from './fact-traces.ts'

/** The root of a ledger at its first checkpoint after an instant, as far as the entries read so far tell. */
export type RootAfter = (
  after: Instant,
) => { readonly size: number; readonly root: Sha256Hex } | undefined

interface Streamed<R> {
  readonly stream: StreamId
  readonly row: R
}

/**
 * One ledger's fact tables in memory. `replace` puts a stream's rows in place of the ones it had; every answer is then a
 * pure function of the entries folded so far.
 */
export class FactMemory {
  readonly #windows = new Map<string, Map<StreamId, PayeeWindowRow>>()
  readonly #payees = new Map<string, Streamed<string>[]>()
  /** Keys each payee id was ever recorded with; never shrinks: the closure asks #payees whether a key still stands. */
  readonly #keysOf = new Map<string, Set<string>>()
  readonly #invoices = new Map<string, Map<StreamId, InvoiceUseRow>>()
  readonly traces = new Traces()
  readonly #rows = new Map<StreamId, readonly ProjectedRow[]>()

  replace(stream: StreamId, rows: readonly ProjectedRow[]): void {
    // rows that outlive a step are the very same objects: only what changed is touched
    const before = this.#rows.get(stream) ?? []
    for (const row of before) {
      if (rows.includes(row)) continue
      this.#drop(stream, row)
      this.traces.drop(stream, row)
    }
    for (const row of rows) {
      if (before.includes(row)) continue
      this.#put(stream, row)
      this.traces.put(stream, row)
    }
    if (rows.length === 0) this.#rows.delete(stream)
    else this.#rows.set(stream, rows)
  }

  #put(stream: StreamId, { table, row }: ProjectedRow): void {
    if (table === 'payeeWindow') grouped(this.#windows, row.payee).set(stream, row)
    if (table === 'invoiceUse') grouped(this.#invoices, row.invoice).set(stream, row)
    if (table === 'payeeKey') {
      const known = this.#payees.get(row.payeeKey)
      if (known === undefined) this.#payees.set(row.payeeKey, [{ stream, row: row.payee }])
      else known.push({ stream, row: row.payee })
      this.#keysOf.set(row.payee, (this.#keysOf.get(row.payee) ?? new Set()).add(row.payeeKey))
    }
  }

  #drop(stream: StreamId, { table, row }: ProjectedRow): void {
    if (table === 'payeeWindow') this.#windows.get(row.payee)?.delete(stream)
    if (table === 'invoiceUse') this.#invoices.get(row.invoice)?.delete(stream)
    if (table === 'payeeKey') {
      const left = (this.#payees.get(row.payeeKey) ?? []).filter((known) => known.stream !== stream)
      this.#payees.set(row.payeeKey, left)
    }
  }

  /** Requests that hold an invoice, other than `except`. */
  invoiceHolders(invoice: string, except?: string): readonly InvoiceUseRow[] {
    return [...(this.#invoices.get(invoice)?.values() ?? [])]
      .filter(({ request }) => request !== except)
      .sort(byRequest)
  }

  payeeWindow(query: FactTypes['payeeWindow']['query']): FactTypes['payeeWindow']['answer'] {
    const [own] = query.keys
    if (own === undefined) throw new Error('payeeWindow asked without keys')
    const { payees: known, keys } = this.payeesOf(query.keys)
    const parts = known
      .flatMap((payee) => [...(this.#windows.get(payee)?.values() ?? [])])
      .filter(({ company, submittedOn, request }) => {
        return (
          company === query.company &&
          submittedOn >= query.from &&
          submittedOn <= query.to &&
          request !== query.except
        )
      })
      .sort(byDate)
      .map(({ request, amountFen, submittedOn, category, cash, voucherless }) => ({
        request: requestIdSchema.parse(request),
        amount: fromFen(amountFen),
        on: submittedOn,
        category,
        cash,
        voucherless,
      }))
    return { payee: known[0] ?? own, keys, parts }
  }

  /**
   * Keys that ever met in one request, and keys that met those, are one payee. Its ids, the one of the ledger's first
   * request (by stream) first.
   */
  payeesOf(keys: readonly string[]): {
    readonly payees: readonly string[]
    readonly keys: readonly string[]
  } {
    const reached = new Set(keys)
    const first = new Map<string, StreamId>()
    for (const key of reached) {
      for (const { stream, row: payee } of this.#payees.get(key) ?? []) {
        const before = first.get(payee)
        if (before === undefined || stream < before) first.set(payee, stream)
        if (before !== undefined) continue
        for (const other of this.#standingKeys(payee)) reached.add(other)
      }
    }
    const payees = [...first]
      .sort(([a, at], [b, bt]) => (at === bt ? (a < b ? -1 : 1) : at < bt ? -1 : 1))
      .map(([payee]) => payee)
    return { payees, keys: [...reached].sort() }
  }

  /** Keys some request still has beside this payee id. */
  #standingKeys(payee: string): readonly string[] {
    const known = [...(this.#keysOf.get(payee) ?? [])]
    return known.filter((key) => (this.#payees.get(key) ?? []).some(({ row }) => row === payee))
  }
}

const byDate = (a: PayeeWindowRow, b: PayeeWindowRow): number =>
  a.submittedOn === b.submittedOn ? byRequest(a, b) : a.submittedOn < b.submittedOn ? -1 : 1

interface Around {
  /** Of the ledger the facts are asked for. */
  readonly origin: Origin
  readonly elsewhere: ReadonlyMap<Origin, FactMemory>
  readonly rootAfter: RootAfter
}

/** Every fact from memory: `elsewhere` are the township's other ledgers as of the same moment, by origin. */
export function replayFacts(
  here: FactMemory,
  { origin, elsewhere, rootAfter }: Around,
): FactSource {
  const all = () => [...elsewhere, [origin, here] as const].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    payeeWindow: (query) => here.payeeWindow(query),
    openAdvances: ({ except, ...query }) => ({
      requests: here.invoiceHolders(advanceKey(query), except).map((row) => used(row).request),
    }),
    population: (query) => here.traces.population(query),
    openRounds: (query) => here.traces.openRounds(query),
    amounts: (query) => here.traces.amounts(query),
    purchases: (query) => here.traces.purchases(query, here.payeesOf(query.keys).payees),
    contractParties: (query) => here.traces.contractParties(query),
    ceilings: (query) => here.traces.ceilings(query, here.payeesOf(query.payees).keys),
    fileUse: ({ digests, except }) => ({
      files: digests.flatMap((sha256) =>
        all()
          .flatMap(([ledger, { traces }]) => {
            const own = ledger === origin ? except : undefined
            return traces.filesOf(sha256, own).map((row) => ({ ...fileHeld(row), ledger }))
          })
          .slice(0, FILE_HOLDERS_MAX),
      ),
    }),
    sellerInvoices: ({ numbers, except }) => ({
      invoices: numbers.flatMap((number) =>
        all().flatMap(([ledger, memory]) => {
          const own = ledger === origin ? except : undefined
          return memory.invoiceHolders(number, own).map((row) => ({
            ...used(row),
            seller: row.seller,
            date: row.date,
            ledger,
          }))
        }),
      ),
    }),
    rootAfter: ({ after }) => rootAfter(after) ?? {},
    invoiceUse: ({ invoices, except }) => ({
      here: invoices.flatMap((invoice) => here.invoiceHolders(invoice, except).map(used)),
      elsewhere: invoices.flatMap((invoice) =>
        [...elsewhere].flatMap(([ledger, memory]) =>
          memory.invoiceHolders(invoice).map((row) => ({ ...used(row), ledger })),
        ),
      ),
    }),
  }
}

const used = ({ invoice, request }: InvoiceUseRow) => ({
  invoice,
  request: requestIdSchema.parse(request),
})

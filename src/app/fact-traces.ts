// What alerts and rounds are told, from rows in memory: the replay half of those facts. Kept by company and month, by file
// and by contract, so that a question costs what it looks at and not all there ever was.
import { FILE_HOLDERS_MAX, type FactTypes } from '../domain/facts.ts'
import { z } from 'zod'
import {
  authorityIdSchema,
  type OrganisationId,
  inspectionIdSchema,
  requestIdSchema,
  sha256HexSchema,
  type StreamId,
} from '../domain/ids.ts'
import { fromFen, most, toFen } from '../domain/money.ts'
import {
  type AuthorityRow,
  companiesOf,
  type FileUseRow,
  type InspectionRow,
  openRoundStates,
  type ProjectedRow,
  type RequestRow,
} from '../domain/projection.ts'
import { localDateSchema } from '../domain/time.ts'

const payeesSchema = z.array(z.string())

type Query<N extends keyof FactTypes> = FactTypes[N]['query']
type Answer<N extends keyof FactTypes> = FactTypes[N]['answer']

/** Sums past what an amount can hold are told as the most it can: no line lies beyond. */
const FEN_MAX = toFen(most)

export class Traces {
  /** By company and month of submission. */
  readonly #months = new Map<string, Map<StreamId, RequestRow>>()
  readonly #contracts = new Map<string, Map<StreamId, RequestRow>>()
  readonly #ended = new Map<StreamId, RequestRow>()
  /** By digest, in the order of the requests. */
  readonly #files = new Map<string, FileUseRow[]>()
  readonly #red = new Map<StreamId, Set<string>>()
  /** Announced and not concluded. */
  readonly #rounds = new Map<StreamId, InspectionRow>()
  readonly #authorities = new Map<StreamId, AuthorityRow>()

  put(stream: StreamId, { table, row }: ProjectedRow): void {
    if (table === 'request') this.#putRequest(stream, row)
    if (table === 'inspection' && openRoundStates.includes(row.state)) this.#rounds.set(stream, row)
    if (table === 'authority') this.#authorities.set(stream, row)
    if (table === 'fileUse') {
      const held = this.#files.get(row.sha256)
      if (held === undefined) this.#files.set(row.sha256, [row])
      else held.splice(placeIn(held, row), 0, row)
    }
    if (table === 'alert' && isRed(row))
      this.#red.set(stream, (this.#red.get(stream) ?? new Set()).add(row.alert))
  }

  drop(stream: StreamId, { table, row }: ProjectedRow): void {
    if (table === 'inspection') this.#rounds.delete(stream)
    if (table === 'request') {
      this.#months.get(monthOf(row))?.delete(stream)
      this.#contracts.get(contractOf(row))?.delete(stream)
      this.#ended.delete(stream)
    }
    if (table === 'fileUse') {
      const held = this.#files.get(row.sha256)
      held?.splice(held.indexOf(row), 1)
    }
    if (table === 'authority') this.#authorities.delete(stream)
    if (table === 'alert' && isRed(row)) {
      const open = this.#red.get(stream)
      open?.delete(row.alert)
      if (open?.size === 0) this.#red.delete(stream)
    }
  }

  #putRequest(stream: StreamId, row: RequestRow): void {
    grouped(this.#months, monthOf(row)).set(stream, row)
    if (row.contract !== '') grouped(this.#contracts, contractOf(row)).set(stream, row)
    if (row.endedOn !== '') this.#ended.set(stream, row)
  }

  /** The first few holders of a file, by request. */
  filesOf(sha256: string, except?: string): readonly FileUseRow[] {
    const held = this.#files.get(sha256) ?? []
    // one more than are told, since one of them may be the asker's own
    return held
      .slice(0, FILE_HOLDERS_MAX + 1)
      .filter(({ request }) => request !== except)
      .slice(0, FILE_HOLDERS_MAX)
  }

  amounts({ company, from, to, ranges, except }: Query<'amounts'>): Answer<'amounts'> {
    const bounds = ranges.map(({ low, high }) => [toFen(low), toFen(high)] as const)
    const found = this.#submitted(company, from, to)
      .filter(({ request }) => request !== except)
      .filter(({ amountFen }) => {
        return bounds.some(([low, high]) => amountFen >= low && amountFen <= high)
      })
    return { requests: found.sort(byRequest).map(sighted) }
  }

  purchases(query: Query<'purchases'>, payees: readonly string[]): Answer<'purchases'> {
    const { company, on, categories, except } = query
    const sums = { month: 0, cash: 0, year: 0, payee: 0 }
    let count = 0
    const firstOfMonth = `${on.slice(0, 7)}-01`
    const firstOfYear = localDateSchema.parse(`${on.slice(0, 4)}-01-01`)
    for (const row of this.#submitted(company, firstOfYear, on)) {
      if (row.request === except) continue
      const bought = categories.includes(row.category)
      if (row.submittedOn >= firstOfMonth) sums.month += row.amountFen
      if (row.submittedOn >= firstOfMonth && row.method === 'cash') sums.cash += row.amountFen
      if (bought) count += 1
      if (bought) sums.year += row.amountFen
      if (bought && payees.includes(row.payee)) sums.payee += row.amountFen
    }
    const capped = (fen: number) => fromFen(Math.min(fen, FEN_MAX))
    return {
      month: capped(sums.month),
      cash: capped(sums.cash),
      year: capped(sums.year),
      count,
      payee: capped(sums.payee),
    }
  }

  contractParties(query: Query<'contractParties'>): Answer<'contractParties'> {
    const { company, contract, except } = query
    const first = new Map<string, string>()
    for (const row of this.#contracts.get(contractOf({ company, contract }))?.values() ?? []) {
      if (!lives(row) || row.request === except) continue
      const known = first.get(row.payee)
      if (known === undefined || row.request < known) first.set(row.payee, row.request)
    }
    const parties = [...first]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([payee, request]) => ({ payee, request: requestIdSchema.parse(request) }))
    return { parties }
  }

  /** `keys`: all by which the payees are known. */
  ceilings(
    { company, on, except }: Query<'ceilings'>,
    keys: readonly string[],
  ): Answer<'ceilings'> {
    const authorities = [...this.#authorities.values()]
      .filter((row) => row.company === company && row.validTo >= on && row.state !== 'refused')
      .filter((row) => row.authority !== except)
      .filter(({ payees }) =>
        payeesSchema.parse(JSON.parse(payees)).some((key) => keys.includes(key)),
      )
      .sort((a, b) => (a.authority < b.authority ? -1 : 1))
      .map((row) => ({
        authority: authorityIdSchema.parse(row.authority),
        recurring: row.kind === 'recurring',
        from: row.validFrom,
        to: row.validTo,
        ceiling: fromFen(row.ceilingFen),
        taken: fromFen(Math.min(row.reservedFen + row.drawnFen, FEN_MAX)),
        closed: row.state === 'closed',
      }))
    return { authorities }
  }

  openRounds({ companies, from, to, except }: Query<'openRounds'>): Answer<'openRounds'> {
    const rounds = [...this.#rounds.values()]
      .filter(({ inspection, periodFrom, periodTo }) => {
        return inspection !== except && periodFrom <= to && periodTo >= from
      })
      .filter((row) => companies.some((company) => companiesOf(row).includes(company)))
      .map(({ inspection }) => inspectionIdSchema.parse(inspection))
    return { rounds: rounds.sort() }
  }

  population({ companies, from, to }: Query<'population'>): Answer<'population'> {
    const inside = [...this.#ended].filter(([, { company, endedOn }]) => {
      return endedOn >= from && endedOn <= to && companies.some((id) => id === company)
    })
    const red = inside.filter(([stream]) => this.#red.has(stream))
    return { requests: idsOf(inside), red: idsOf(red) }
  }

  /** Living requests of a company submitted from–to. */
  #submitted(company: OrganisationId, from: string, to: string): RequestRow[] {
    const found: RequestRow[] = []
    for (const month of monthsBetween(from, to)) {
      for (const row of this.#months.get(`${company} ${month}`)?.values() ?? []) {
        if (row.submittedOn >= from && row.submittedOn <= to && lives(row)) found.push(row)
      }
    }
    return found
  }
}

const monthOf = ({ company, submittedOn }: RequestRow): string =>
  `${company} ${submittedOn.slice(0, 7)}`
const contractOf = ({ company, contract }: Pick<RequestRow, 'company' | 'contract'>): string =>
  `${company} ${contract}`
const lives = ({ outcome }: RequestRow): boolean => outcome === 'open' || outcome === 'paid'
const isRed = ({ colour, state }: { colour: string; state: string }): boolean =>
  colour === 'red' && state === 'open'
export const byRequest = (a: { request: string }, b: { request: string }): number =>
  a.request < b.request ? -1 : 1

const idsOf = (rows: readonly (readonly [StreamId, RequestRow])[]) =>
  rows.map(([, { request }]) => requestIdSchema.parse(request)).sort()

const sighted = (row: RequestRow): Answer<'amounts'>['requests'][number] => ({
  request: requestIdSchema.parse(row.request),
  amount: fromFen(row.amountFen),
  on: row.submittedOn,
  payee: row.payee,
  category: row.category,
  budgetLine: row.budgetLine,
  project: row.project,
  covered: row.route.includes('c'),
})

/** `2025-12` and `2026-01` for dates in them. */
function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = []
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
    if (name > to.slice(0, 7)) return months
    months.push(name)
    ;[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
  }
}

/** Where a row belongs among others in the order of their requests. */
function placeIn(held: readonly FileUseRow[], { request }: FileUseRow): number {
  let [low, high] = [0, held.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((held[middle]?.request ?? '') < request) low = middle + 1
    else high = middle
  }
  return low
}

/** The group of a key, made where there is none yet. */
export function grouped<K, V>(groups: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = groups.get(key)
  if (known !== undefined) return known
  const made = new Map<K, V>()
  groups.set(key, made)
  return made
}

/** A holder of a file as it is told, but for its ledger. */
export const fileHeld = ({ sha256, request, under }: FileUseRow) => ({
  sha256: sha256HexSchema.parse(sha256),
  request: requestIdSchema.parse(request),
  under,
})

// Search in one SQLite file: what has all grams of the query is asked of the index, the newest first, and each is looked at
// for the query itself. PostgreSQL asks the same of an array of the same grams.
import { wholeGram } from '../../src/domain/grams.ts'
import type { Origin } from '../../src/domain/ids.ts'
import type { Found, FoundPage, SearchFilter } from '../../src/domain/search.ts'
import type { Connection } from './open.ts'
import { ledgerGrams } from './search-index.ts'

interface Row {
  readonly spot: number
  readonly ledger: string
  readonly stream: string
  readonly key: string
  readonly kind: string
  readonly id: string
  readonly at: string
  readonly title: string
  readonly words: string
  readonly whole: string
}

/** So many rows are looked at for one page: what a query's grams stand in, but not the query, must not cost more. */
const LOOKED_AT = 2000
/** Each ledger named costs a little with every row that is passed over. */
const FEW_LEDGERS = 16

export interface SearchReads {
  /** Where it is found, the newest first. */
  search(filter: SearchFilter): FoundPage
  /** The things of a number, in any of these ledgers. */
  numbered(ledgers: readonly Origin[], streams: readonly string[]): readonly Found[]
}

export function searchReads(db: Connection): SearchReads {
  const sql = prepare(db)
  return {
    search(filter) {
      const { ledgers, limit, after } = filter
      const query = queryOf(filter)
      if (query === undefined) return { rows: [] }
      const from = after === undefined ? Number.MAX_SAFE_INTEGER : sql.spot.get(...after)
      // a cursor of a row that is gone: there is no telling what stood after it
      if (from === undefined) return { rows: [] }
      const seen = new Set<string>(ledgers)
      const found: Row[] = []
      let last: Row | undefined
      let looked = 0
      for (const row of sql.matching.iterate(query, from)) {
        if (found.length === limit || looked === LOOKED_AT)
          return page(sql, found, looked === LOOKED_AT ? last : found.at(-1))
        last = row
        looked++
        if (seen.has(row.ledger) && isIn(row, filter)) found.push(row)
      }
      return page(sql, found, undefined)
    },
    numbered: (ledgers, streams) =>
      ledgers.flatMap((ledger) =>
        streams.flatMap((stream) => {
          const row = sql.one.get(ledger, stream)
          return row === undefined ? [] : [withState(sql, row)]
        }),
      ),
  }
}

type Statements = ReturnType<typeof prepare>

const page = (sql: Statements, rows: readonly Row[], last: Row | undefined): FoundPage => ({
  rows: rows.map((row) => withState(sql, row)),
  ...(last === undefined ? {} : { next: [last.ledger, last.stream, last.key] }),
})

const isIn = ({ words, whole }: Row, { needles, tokens }: SearchFilter): boolean =>
  (needles.length > 0 && needles.every(({ word }) => words.includes(word))) ||
  tokens.some((token) => whole.includes(`|${token}|`))

/** Undefined where there is nothing to look for, or nowhere. */
function queryOf({ ledgers, needles, tokens }: SearchFilter): string | undefined {
  const all = needles.flatMap(({ grams }) => grams).map(quoted)
  const ways = [
    ...(all.length === 0 ? [] : [`(${all.join(' AND ')})`]),
    ...tokens.map((token) => quoted(wholeGram(token))),
  ]
  if (ways.length === 0 || ledgers.length === 0) return undefined
  // of many ledgers their townships narrow it enough; which of them are seen is looked up in the row
  const grams = ledgers.map(ledgerGrams)
  const few = ledgers.length <= FEW_LEDGERS
  const where = new Set(grams.map(({ own, town }) => (few ? own : town)))
  return `(${[...where].map(quoted).join(' OR ')}) AND (${ways.join(' OR ')})`
}

/** Grams are letters and digits alone; the quotes keep AND, OR and NOT from being read as such. */
const quoted = (gram: string): string => `"${gram}"`

interface State {
  readonly state: string
  readonly amountFen: number | null
}

function withState(sql: Statements, { spot: _spot, words: _w, whole: _o, ...row }: Row): Found {
  const of = sql.states[row.kind as keyof Statements['states']]
  const { state = '', amountFen = null } = of?.get(row.ledger, row.stream, row.key) ?? {}
  return { ...row, state, ...(amountFen === null ? {} : { amountFen }) } as Found
}

function prepare(db: Connection) {
  const state = (table: string, amount = 'null') =>
    db.prepare<[string, string, string], State>(
      `select state, ${amount} as amountFen from "${table}"
       where ledger = ? and stream = ? and key = ?`,
    )
  return {
    // cross join: the index is asked first, whatever the planner thinks of it
    matching: db.prepare<[string, number], Row>(
      `select search.* from search_gram cross join search on search.spot = search_gram.rowid
       where search_gram match ? and search_gram.rowid < ? order by search_gram.rowid desc`,
    ),
    spot: db
      .prepare<[string, string, string], number>(
        'select spot from search where ledger = ? and stream = ? and key = ?',
      )
      .pluck(),
    one: db.prepare<[string, string], Row>(
      `select * from search where ledger = ? and stream = ? and key = ''`,
    ),
    states: {
      request: state('request', 'amount_fen'),
      meeting: state('meeting'),
      authority: state('authority', 'ceiling_fen'),
      inspection: state('inspection'),
      finding: state('finding'),
    },
  }
}

// Search (搜索) over all villages a caller sees: things by number, words and amount, organisations by name, persons by the
// name the vault knows. The query is understood once; what it may find is given by who asks.
import { plainWords, needlesIn, type Needle } from '../../domain/grams.ts'
import {
  authorityIdSchema,
  inspectionIdSchema,
  meetingIdSchema,
  requestIdSchema,
  type Origin,
  type StreamId,
} from '../../domain/ids.ts'
import { parseMoney } from '../../domain/money.ts'
import { amountToken } from '../projections/search.ts'
import type { KnownLedger } from '../rights.ts'
import type { Reading } from './port.ts'
import type { PersonHit, PersonIndex } from './search-persons.ts'
import type { Found, FoundPlace } from '../../domain/search.ts'

export interface Searching {
  readonly query: string
  readonly limit: number
  readonly after?: FoundPlace | undefined
  /** Whose matters are seen. */
  readonly villages: readonly KnownLedger[]
  /** Whose offices are seen beside them. */
  readonly townships: readonly KnownLedger[]
  /** Of these the members on the roll are found too, not only who holds an office. */
  readonly rolls: ReadonlySet<Origin>
}

export interface OrganisationHit {
  readonly ledger: Origin
  readonly organisation: string
  readonly kind: string
  readonly name: string
}

export interface SearchView {
  /** Things of just this number: before everything else. */
  readonly exact: readonly Found[]
  readonly organisations: readonly OrganisationHit[]
  readonly persons: readonly PersonHit[]
  readonly rows: readonly Found[]
  readonly next?: FoundPlace
}

/** So many of each are shown beside the things: who sees more of them writes more of the name. */
const BESIDE = 20

/** Only the first page bears what stands beside the list. */
export async function searchView(
  reading: Reading,
  people: PersonIndex,
  searching: Searching,
): Promise<SearchView> {
  const { query, limit, after, villages, townships, rolls } = searching
  const needles = needlesIn(query)
  const ledgers = villages.map(({ origin }) => origin)
  const persons = await people.find([...villages, ...townships], { needles, rolls, most: BESIDE })
  const tokens = [...amountIn(query), ...persons.map(({ person }) => person)]
  const found = reading.search({ ledgers, needles, tokens: [...new Set(tokens)], limit, after })
  const exact = reading.numbered(ledgers, streamsIn(query))
  const rows = found.rows.filter((row) => !exact.some((one) => isSame(one, row)))
  const page = { ...found, rows }
  return after === undefined
    ? {
        exact,
        organisations: organisationsIn([...villages, ...townships], needles),
        persons,
        ...page,
      }
    : { exact: [], organisations: [], persons: [], ...page }
}

const isSame = (a: Found, b: Found): boolean =>
  a.ledger === b.ledger && a.stream === b.stream && a.key === b.key

/** An amount as it is written anywhere: `12,000`, `￥12000.00`, `12000元`. */
function amountIn(query: string): readonly string[] {
  const amount = parseMoney(query.normalize('NFKC').replace(/\s*元\s*$/u, ''))
  return amount === undefined ? [] : [amountToken(amount)]
}

const numbers = [
  ['request', requestIdSchema],
  ['meeting', meetingIdSchema],
  ['authority', authorityIdSchema],
  ['inspection', inspectionIdSchema],
] as const

/** The streams a query names by their numbers, whole. */
function streamsIn(query: string): readonly StreamId[] {
  const number = query.normalize('NFKC').trim().toLowerCase()
  return numbers.flatMap(([kind, schema]) =>
    schema.safeParse(number).success ? [`${kind}/${number}` as const] : [],
  )
}

function organisationsIn(
  ledgers: readonly KnownLedger[],
  needles: readonly Needle[],
): readonly OrganisationHit[] {
  if (needles.length === 0) return []
  return ledgers
    .flatMap(({ origin, roster }) =>
      [...roster.organisations.values()].flatMap(({ id, kind, name, code = '' }) =>
        hasAll(plainWords(`${name}${code}`), needles)
          ? [{ ledger: origin, organisation: id, kind, name }]
          : [],
      ),
    )
    .slice(0, BESIDE)
}

/** Every word of the query stands in it. */
export const hasAll = (plain: string, needles: readonly Needle[]): boolean =>
  needles.every(({ word }) => plain.includes(word))

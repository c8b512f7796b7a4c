// Live facts and replayed facts are two implementations of one meaning: the same rows must give the
// same answers.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SqliteFacts } from '../../db/sqlite/facts.ts'
import { migrate } from '../../db/sqlite/migrate.ts'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { type HeldRow, heldRows, ProjectionWriter } from '../../db/sqlite/projections.ts'
import { FactMemory, replayFacts } from '../../src/app/facts.ts'
import { advanceKey } from '../../src/domain/claim-keys.ts'
import {
  type FactName,
  type FactSource,
  factNames,
  type FactTypes,
} from '../../src/domain/facts.ts'
import {
  type AuthorityId,
  authorityIdSchema,
  inspectionIdSchema,
  organisationIdSchema,
  type Origin,
  personIdSchema,
  type RequestId,
  requestIdSchema,
  type Sha256Hex,
  sha256HexSchema,
  type StreamId,
} from '../../src/domain/ids.ts'
import { fromFen, moneySchema } from '../../src/domain/money.ts'
import type { ProjectedRow, RequestRow } from '../../src/domain/projection.ts'
import { addDays, instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { folder } from '../support/store-open.ts'
import { company, otherVillage, requestOf, township, village } from '../support/store-world.ts'

const ledgers = [village, otherVillage, township]
const secondCompany = organisationIdSchema.parse('g_Second1')
const dir = folder()
let db: Connection
let facts: SqliteFacts
let writer: ProjectionWriter

beforeAll(() => {
  db = connect(dir.file)
  migrate(db)
  // one transaction for all: what is compared is answers, not durability
  db.exec('begin')
  facts = new SqliteFacts(db)
  writer = new ProjectionWriter(db)
})
afterAll(() => {
  db.close()
  dir.remove()
})

const file = (n: number): Sha256Hex => sha256HexSchema.parse(String(n).repeat(64))
const idOf = (n: number): RequestId => requestIdSchema.parse(requestOf(n).slice('request/'.length))

const authorityOf = (n: number): AuthorityId =>
  authorityIdSchema.parse(`a-2025-${String(n).padStart(4, '0')}`)

const handler = personIdSchema.parse('p_Handler1')
/** As an open advance is held: like an invoice nobody else may claim. */
const advance = advanceKey({ handler })
const key = fc.constantFrom('account:1', 'account:2', 'tax:1', 'tax:2', 'tax:3', 'person:1')
/** Days of three months, over the turn of a year. */
const day = fc
  .constantFrom('2024-12-30', '2025-01-02', '2025-01-31', '2025-02-01', '2025-02-14', '2025-03-05')
  .map((text) => localDateSchema.parse(text))
const category = fc.constantFrom('office', 'works', 'labour')
const request = fc.record({
  ledger: fc.constantFrom(...ledgers),
  number: fc.integer({ min: 1, max: 12 }),
  company: fc.constantFrom(company, secondCompany),
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
  /** Which of its keys became its payee. */
  payee: fc.nat(2),
  on: day,
  ended: fc.option(day, { nil: '' as const }),
  fen: fc.oneof(fc.integer({ min: 0, max: 99_999 }), fc.constant(999_999_999_999_999)),
  category,
  method: fc.constantFrom('transfer', 'cash'),
  contract: fc.constantFrom('', '', 'HT-1', 'HT-2'),
  project: fc.constantFrom('', 'P-1'),
  route: fc.constantFrom('rrrrr', 'ccrrr', 'nnrnr'),
  outcome: fc.constantFrom('open', 'paid', 'rejected', 'withdrawn'),
  invoices: fc.uniqueArray(fc.constantFrom('i1', 'i2', 'i3', advance), { maxLength: 2 }),
  files: fc.uniqueArray(fc.constantFrom(1, 2, 3), { maxLength: 2 }),
  alerts: fc.array(
    fc.record({
      colour: fc.constantFrom('red', 'yellow'),
      state: fc.constantFrom('open', 'dismissed'),
    }),
    { maxLength: 3 },
  ),
  counts: fc.boolean(),
  /** An authority to some payees, entered for the company. */
  authority: fc.option(
    fc.record({
      kind: fc.constantFrom('recurring', 'contract'),
      state: fc.constantFrom('open', 'filing', 'refused', 'closed'),
      payees: fc.uniqueArray(key, { minLength: 1, maxLength: 2 }),
      from: day,
      to: day,
    }),
    { nil: undefined },
  ),
  voucherless: fc.boolean(),
})
type Made = typeof request extends fc.Arbitrary<infer T> ? T : never

function rowsOf(made: Made): ProjectedRow[] {
  const { number, keys, payee: place, on, fen, counts } = made
  const id = idOf(number)
  const payee = keys[place % keys.length] ?? ''
  const shared = {
    request: id,
    company: made.company,
    payee,
    submittedOn: on,
    amountFen: fen,
    category: made.category,
  }
  const window = { ...shared, cash: made.method === 'cash', voucherless: made.voucherless }
  return [
    { table: 'request', key: '', row: { ...rest(made), ...shared } },
    // a round over its day and company, as wide as its number
    {
      table: 'inspection',
      key: '',
      row: {
        ...round,
        inspection: roundId(number),
        state: made.ended === '' ? 'concluded' : made.outcome === 'open' ? 'noticed' : 'underway',
        periodFrom: on,
        periodTo: addDays(on, number),
        companies: `|o_zz|${made.company}|`,
      },
    },
    ...(counts ? [{ table: 'payeeWindow' as const, key: '', row: window }] : []),
    ...keys.map((payeeKey) => ({
      table: 'payeeKey' as const,
      key: payeeKey,
      row: { payeeKey, payee },
    })),
    ...made.invoices.map((invoice) => ({
      table: 'invoiceUse' as const,
      key: invoice,
      row: { invoice, request: id, seller: payee, date: on },
    })),
    ...made.files.map((n) => ({
      table: 'fileUse' as const,
      key: file(n),
      row: { sha256: file(n), request: id, under: made.contract },
    })),
    ...authorityRowOf(made),
    ...made.alerts.map((alert, i) => ({
      table: 'alert' as const,
      key: `al-${i + 1}`,
      row: {
        ...alert,
        alert: `al-${i + 1}`,
        request: id,
        company: made.company,
        rule: 'splitting',
        raisedOn: on,
      },
    })),
  ]
}

function authorityRowOf({ number, company: of, fen, authority }: Made): ProjectedRow[] {
  if (authority === undefined) return []
  const { payees, from, to, ...row } = authority
  return [
    {
      table: 'authority',
      key: '',
      row: {
        ...row,
        authority: authorityOf(number),
        company: of,
        payees: JSON.stringify(payees),
        validFrom: from,
        validTo: to,
        ceilingFen: fen,
        reservedFen: fen,
        drawnFen: number,
      },
    },
  ]
}

const roundId = (number: number) => inspectionIdSchema.parse(`i-2025-${100 + number}`)
const round = {
  kind: 'periodic',
  campaign: '',
  population: 0,
  covered: 0,
  examined: 0,
  openFindings: 0,
}

type Rest = Omit<
  RequestRow,
  'request' | 'company' | 'payee' | 'submittedOn' | 'amountFen' | 'category'
>
const rest = ({ method, contract, project, route, outcome, ended }: Made): Rest => ({
  kind: 'single',
  method,
  purpose: '',
  budgetLine: project === '' ? 'a' : 'b',
  contract,
  project,
  authority: '',
  state: 's',
  outcome,
  suspended: false,
  payeeName: '',
  handler: '',
  endedOn: ended,
  round: 1,
  route,
  openFindings: 0,
})

/** Puts a history in, one life after another, some of them twice: the later rows stand in place of the earlier. */
function tell(made: readonly Made[]): { readonly live: FactSource; readonly replayed: FactSource } {
  writer.clear()
  const memories = new Map(ledgers.map((ledger) => [ledger, new FactMemory()]))
  const stored = new Map<string, readonly HeldRow[]>()
  for (const one of made) {
    const stream: StreamId = requestOf(one.number)
    const place = `${one.ledger} ${stream}`
    const rows = rowsOf(one)
    const held = heldRows(rows)
    writer.replace({ ledger: one.ledger, stream }, stored.get(place) ?? [], held)
    stored.set(place, held)
    memories.get(one.ledger)?.replace(stream, rows)
  }
  const elsewhere = new Map(
    [...memories].filter(([ledger]) => ledger !== village).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ) as ReadonlyMap<Origin, FactMemory>
  const here = memories.get(village)
  if (here === undefined) throw new Error('no memory')
  const around = { origin: village, elsewhere, rootAfter: () => undefined }
  return { live: facts.of(village), replayed: replayFacts(here, around) }
}

const query = fc.record({
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
  from: day,
  to: day,
  except: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  invoices: fc.uniqueArray(fc.constantFrom('i1', 'i2', 'i3', 'i4'), { minLength: 1 }),
  files: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4), { minLength: 1 }),
  categories: fc.uniqueArray(category, { minLength: 1 }),
  ranges: fc.array(
    fc.tuple(fc.nat(99_999), fc.nat(99_999)).map(([low, high]) => {
      return { low: fromFen(low), high: fromFen(high) }
    }),
    { minLength: 1, maxLength: 3 },
  ),
})
type Asked = typeof query extends fc.Arbitrary<infer T> ? T : never

/** Every fact there is, asked: one that is added does not compile until it is asked here. */
function queries(asked: Asked): { readonly [N in FactName]: FactTypes[N]['query'] } {
  const { keys, from, to, invoices, files, categories, ranges } = asked
  const except = asked.except === undefined ? {} : { except: idOf(asked.except) }
  return {
    payeeWindow: { company, keys, from, to, ...except },
    invoiceUse: { invoices, ...except },
    openAdvances: { handler, ...except },
    sellerInvoices: { numbers: invoices, ...except },
    fileUse: { digests: files.map(file), ...except },
    amounts: { company, from, to, ranges, ...except },
    purchases: { company, on: to, categories, keys, ...except },
    contractParties: { company, contract: 'HT-1', ...except },
    ceilings: {
      company,
      payees: keys,
      on: to,
      ...(asked.except === undefined ? {} : { except: authorityOf(asked.except) }),
    },
    population: { companies: [company], from, to },
    openRounds: { companies: [company], from, to, except: roundId(asked.except ?? 12) },
    rootAfter: { after: instantSchema.parse('2025-01-01T00:00:00.000Z') },
  }
}

test('law 10.2: both answer alike, over any rows, while rows come and go', () => {
  const spoke = new Set<FactName>()
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), query, (made, asked) => {
      const { live, replayed } = tell(made)
      const all = queries(asked)
      const same = <N extends FactName>(name: N): void => {
        // the root is told by the checkpoints, which are no rows: the store contract holds it
        if (name === 'rootAfter') return
        const answer = live[name](all[name])
        expect([name, answer]).toEqual([name, replayed[name](all[name])])
        if (/\[\{|\["/.test(JSON.stringify(answer)) || name === 'purchases') spoke.add(name)
      }
      for (const name of factNames) same(name)
    }),
    { numRuns: 300 },
  )
  // a fact that never had anything to tell was not compared at all
  expect(factNames.filter((name) => !spoke.has(name))).toEqual(['rootAfter'])
})

test('payeeWindow without a key is a broken call, not an empty answer', () => {
  const date = localDateSchema.parse('2025-03-01')
  const query2 = { company, keys: [], from: date, to: date }
  expect(() => facts.of(village).payeeWindow(query2)).toThrow('without keys')
})

describe('told by hand', () => {
  const one: Made = {
    ledger: village,
    number: 1,
    company,
    keys: ['account:1'],
    payee: 0,
    on: localDateSchema.parse('2025-02-14'),
    ended: localDateSchema.parse('2025-02-14'),
    fen: 480_000,
    category: 'office',
    method: 'transfer',
    authority: undefined,
    contract: '',
    project: '',
    route: 'nnrnr',
    outcome: 'paid',
    invoices: [],
    files: [],
    alerts: [],
    counts: true,
    voucherless: false,
  }
  const on = localDateSchema.parse('2025-03-05')
  const both = (made: readonly Made[], ask: (source: FactSource) => unknown): void => {
    const { live, replayed } = tell(made)
    expect(ask(live)).toEqual(ask(replayed))
  }

  test('a file ten others hold is told ten times, the asker left out', () => {
    const holders = Array.from({ length: 12 }, (_, i): Made => {
      return { ...one, number: i + 1, files: [1] }
    })
    both(holders, ({ fileUse }) => {
      const { files } = fileUse({ digests: [file(1)], except: idOf(3) })
      expect(files.map(({ request: id }) => id)).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11].map(idOf))
      return files
    })
  })

  test('purchases: the month, its cash, the year of some categories, one payee of those', () => {
    const made: readonly Made[] = [
      one,
      { ...one, number: 2, on, fen: 10_000, method: 'cash' },
      { ...one, number: 3, on, fen: 20_000, keys: ['account:2'] },
      { ...one, number: 4, on, fen: 40_000, category: 'labour' },
      { ...one, number: 5, on, fen: 80_000, outcome: 'withdrawn' },
      { ...one, number: 6, on: localDateSchema.parse('2024-12-30') },
    ]
    both(made, ({ purchases }) => {
      const answer = purchases({ company, on, categories: ['office'], keys: ['account:1'] })
      expect(answer).toEqual({
        month: '700.00',
        cash: '100.00',
        year: '5100.00',
        count: 3,
        payee: '4900.00',
      })
      return answer
    })
  })

  test('sums past what an amount can hold are told as the most it can', () => {
    const most = [1, 2, 3].map((number) => ({ ...one, number, on, fen: 999_999_999_999_999 }))
    both(most, ({ purchases }) => {
      const answer = purchases({ company, on, categories: ['office'], keys: ['account:1'] })
      expect(answer.year).toBe('9999999999999.99')
      return answer
    })
  })

  test('amounts: both ends, living ones alone, each once though two ranges hold it', () => {
    const made: readonly Made[] = [
      one,
      { ...one, number: 2, fen: 480_001 },
      { ...one, number: 3, outcome: 'rejected' },
      { ...one, number: 4, company: secondCompany },
      { ...one, number: 5, route: 'ccrrr' },
    ]
    const [low, high] = ['4800.00', '4800.00'].map((text) => moneySchema.parse(text))
    if (low === undefined || high === undefined) throw new Error('no amounts')
    const ranges = [
      { low, high },
      { low: moneySchema.parse('100.00'), high },
    ]
    both(made, ({ amounts }) => {
      const { requests } = amounts({ company, from: one.on, to: one.on, ranges })
      expect(requests.map(({ request: id, covered }) => [id, covered])).toEqual([
        [idOf(1), false],
        [idOf(5), true],
      ])
      return requests
    })
  })

  test('law 6.7: of a population those with an open red alert, not a dismissed nor a yellow one', () => {
    const red = { colour: 'red', state: 'open' } as const
    const made: readonly Made[] = [
      { ...one, number: 1, alerts: [{ ...red, colour: 'yellow' }] },
      { ...one, number: 2, alerts: [{ ...red, state: 'dismissed' }] },
      { ...one, number: 3, alerts: [red, red] },
      { ...one, number: 4, alerts: [red], company: secondCompany },
      { ...one, number: 5, alerts: [red], ended: '' },
    ]
    both(made, ({ population }) => {
      const answer = population({ companies: [company], from: one.on, to: on })
      expect(answer).toEqual({ requests: [1, 2, 3].map(idOf), red: [idOf(3)] })
      return answer
    })
  })

  test('parties of a contract: each payee once, with its first request', () => {
    const made: readonly Made[] = [
      { ...one, number: 3, contract: 'HT-1' },
      { ...one, number: 2, contract: 'HT-1' },
      { ...one, number: 1, contract: 'HT-1', keys: ['account:2'] },
      { ...one, number: 4, contract: 'HT-2', keys: ['tax:1'] },
    ]
    both(made, ({ contractParties }) => {
      const { parties } = contractParties({ company, contract: 'HT-1', except: idOf(1) })
      expect(parties).toEqual([{ payee: 'account:1', request: idOf(2) }])
      return parties
    })
  })
})

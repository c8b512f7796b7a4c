// Live facts and replayed facts are two implementations of one meaning: the same rows must give the
// same answers.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SqliteFacts } from '../../db/sqlite/facts.ts'
import { migrate } from '../../db/sqlite/migrate.ts'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { type HeldRow, heldRows, ProjectionWriter } from '../../db/sqlite/projections.ts'
import { FactMemory, replayFacts } from '../../src/app/facts.ts'
import { type Origin, requestIdSchema, type StreamId } from '../../src/domain/ids.ts'
import type { ProjectedRow } from '../../src/domain/projection.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { folder } from '../support/store-open.ts'
import { company, otherVillage, requestOf, township, village } from '../support/store-world.ts'

const ledgers = [village, otherVillage, township]
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

const key = fc.constantFrom('account:1', 'account:2', 'tax:1', 'tax:2', 'tax:3', 'person:1')
const day = fc.integer({ min: 1, max: 9 }).map((n) => localDateSchema.parse(`2025-03-0${n}`))
const request = fc.record({
  ledger: fc.constantFrom(...ledgers),
  number: fc.integer({ min: 1, max: 12 }),
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
  /** Which of its keys became its payee. */
  payee: fc.nat(2),
  on: day,
  ended: fc.option(day, { nil: '' as const }),
  fen: fc.integer({ min: 0, max: 99_999 }),
  invoices: fc.uniqueArray(fc.constantFrom('i1', 'i2', 'i3'), { maxLength: 2 }),
  counts: fc.boolean(),
})
type Made = typeof request extends fc.Arbitrary<infer T> ? T : never

function rowsOf({
  number,
  keys,
  payee: place,
  on,
  ended,
  fen,
  invoices,
  counts,
}: Made): ProjectedRow[] {
  const id = requestOf(number).slice('request/'.length)
  const payee = keys[place % keys.length] ?? ''
  const window = { request: id, company, payee, submittedOn: on, amountFen: fen }
  const shown = {
    kind: 'single',
    category: 'c',
    purpose: '',
    state: 's',
    outcome: 'open',
    suspended: false,
  }
  const row = {
    ...shown,
    ...window,
    payeeName: '',
    handler: '',
    endedOn: ended,
    round: 1,
    route: 'rrrrr',
    openFindings: 0,
  }
  return [
    { table: 'request', key: '', row },
    ...(counts ? [{ table: 'payeeWindow' as const, key: '', row: window }] : []),
    ...keys.map((payeeKey) => ({
      table: 'payeeKey' as const,
      key: payeeKey,
      row: { payeeKey, payee },
    })),
    ...invoices.map((invoice) => ({
      table: 'invoiceUse' as const,
      key: invoice,
      row: { invoice, request: id },
    })),
  ]
}

test('both answer alike, over any rows, while rows come and go', () => {
  const query = fc.record({
    keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
    from: day,
    to: day,
    except: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    invoices: fc.uniqueArray(fc.constantFrom('i1', 'i2', 'i3', 'i4'), { minLength: 1 }),
  })
  fc.assert(
    fc.property(
      fc.array(request, { maxLength: 40 }),
      query,
      (made, { keys, from, to, except: n, invoices }) => {
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
          [...memories]
            .filter(([ledger]) => ledger !== village)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        ) as ReadonlyMap<Origin, FactMemory>
        const here = memories.get(village)
        if (here === undefined) throw new Error('no memory')
        const replayed = replayFacts(here, { elsewhere, rootAfter: () => undefined })
        const live = facts.of(village)
        const except =
          n === undefined
            ? {}
            : { except: requestIdSchema.parse(requestOf(n).slice('request/'.length)) }
        const window = { company, keys, from, to, ...except }
        expect(live.payeeWindow(window)).toEqual(replayed.payeeWindow(window))
        expect(live.invoiceUse({ invoices, ...except })).toEqual(
          replayed.invoiceUse({ invoices, ...except }),
        )
        const population = { companies: [company], from, to }
        expect(live.population(population)).toEqual(replayed.population(population))
      },
    ),
    { numRuns: 300 },
  )
})

test('payeeWindow without a key is a broken call, not an empty answer', () => {
  const date = localDateSchema.parse('2025-03-01')
  const query = { company, keys: [], from: date, to: date }
  expect(() => facts.of(village).payeeWindow(query)).toThrow('without keys')
})

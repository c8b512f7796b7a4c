// The index of grams beside the table `search`: it finds what a look at every row finds, while rows come, change and go,
// and finds the same in the same order when all is projected anew.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../db/sqlite/migrate.ts'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { type HeldRow, heldRows, ProjectionWriter } from '../../db/sqlite/projections.ts'
import { searchReads } from '../../db/sqlite/search.ts'
import { needlesIn, wholeOf, wordsOf } from '../../src/domain/grams.ts'
import { type Origin, requestIdSchema, requestStream, type StreamId } from '../../src/domain/ids.ts'
import type { SearchRow } from '../../src/domain/projection.ts'
import { type Instant, instantSchema } from '../../src/domain/time.ts'
import { otherVillage, township, village } from '../support/store-world.ts'

let db: Connection
let writer: ProjectionWriter
beforeEach(() => {
  db = connect(':memory:')
  migrate(db)
  writer = new ProjectionWriter(db)
})
afterEach(() => db.close())

const at = (n: number): Instant =>
  instantSchema.parse(new Date(Date.parse('2025-05-01T00:00:00.000Z') + n * 1000).toISOString())
const streamOf = (n: number): StreamId =>
  requestStream(requestIdSchema.parse(`2025-${String(n + 1).padStart(6, '0')}`))

function rowOf(n: number, title: string, whole: readonly string[] = []): readonly HeldRow[] {
  const id = streamOf(n).slice('request/'.length)
  const row: SearchRow = {
    kind: 'request',
    id,
    at: at(n),
    title,
    words: wordsOf([id, title]),
    whole: wholeOf(whole),
  }
  return heldRows([{ table: 'search', key: '', row }])
}

function written(
  place: { readonly ledger: Origin; readonly stream: StreamId },
  before: readonly HeldRow[],
  after: readonly HeldRow[],
): void {
  db.transaction(() => writer.replace(place, before, after))()
}

const found = (ledgers: readonly Origin[], query: string, tokens: readonly string[] = []) => {
  const rows: string[] = []
  const reads = searchReads(db)
  for (let after: readonly [string, string, string] | undefined; ;) {
    const page = reads.search({ ledgers, needles: needlesIn(query), tokens, limit: 3, after })
    rows.push(...page.rows.map(({ ledger, stream }) => `${ledger} ${stream}`))
    if (page.next === undefined) return rows
    after = page.next
  }
}

interface Told {
  readonly ledger: Origin
  readonly n: number
  readonly title: string
  readonly amount: string
}

describe('finds what a look at every row finds', () => {
  const title = fc.string({
    unit: fc.constantFrom('修', '路', '水', '泥', '村', '道', '2', '0', ' '),
    minLength: 1,
    maxLength: 8,
  })
  const change = fc.record({
    ledger: fc.constantFrom(village, otherVillage),
    n: fc.nat(30),
    title,
    amount: fc.constantFrom('100', '200'),
    gone: fc.boolean(),
  })

  test('whatever came, changed and went, live as projected anew', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.array(title, { minLength: 4, maxLength: 4 }),
        (changes, queries) => {
          db.transaction(() => writer.clear())()
          const held = new Map<string, Told>()
          const stored = new Map<string, readonly HeldRow[]>()
          // each new thing is recorded later than those before it, as in a ledger
          const born = new Map<string, number>()
          for (const { ledger, n, title: words, amount, gone } of changes) {
            const name = `${ledger} ${streamOf(n)}`
            const before = stored.get(name) ?? []
            const since = born.get(name) ?? born.size
            if (gone) born.delete(name)
            else born.set(name, since)
            const after = gone ? [] : rowAt(n, since, words, amount)
            written({ ledger, stream: streamOf(n) }, before, after)
            if (gone) held.delete(name)
            else held.set(name, { ledger, n, title: words, amount })
            stored.set(name, after)
          }
          const answers = queries.map((query) => asked(query))
          for (const [place, query] of queries.entries()) {
            const expected = [...held].flatMap(([name, { n, title: words }]) => {
              const whole = wordsOf([streamOf(n).slice(8), words])
              const needles = needlesIn(query)
              return needles.length > 0 && needles.every(({ word }) => whole.includes(word))
                ? [name]
                : []
            })
            expect(answers[place]?.both.toSorted()).toEqual(expected.toSorted())
            expect(answers[place]?.own.toSorted()).toEqual(
              expected.filter((name) => name.startsWith(village)).toSorted(),
            )
          }
          expect(found([village, otherVillage], '', ['100']).toSorted()).toEqual(
            [...held].flatMap(([name, { amount }]) => (amount === '100' ? [name] : [])).toSorted(),
          )
        },
      ),
      { seed: 5, numRuns: 40 },
    )
  })

  const asked = (query: string) => ({
    both: found([village, otherVillage], query),
    own: found([village], query),
  })

  function rowAt(n: number, since: number, words: string, amount: string): readonly HeldRow[] {
    const id = streamOf(n).slice('request/'.length)
    const row: SearchRow = {
      kind: 'request',
      id,
      at: at(since),
      title: words,
      words: wordsOf([id, words]),
      whole: wholeOf([amount]),
    }
    return heldRows([{ table: 'search', key: '', row }])
  }
})

test('the newest first, in the same order once all is projected anew', () => {
  const places = [village, otherVillage, village, otherVillage, village]
  db.transaction(() => {
    for (const [n, ledger] of places.entries())
      writer.replace({ ledger, stream: streamOf(n) }, [], rowOf(n, '修路'))
  })()
  const live = found([village, otherVillage], '修路')
  expect(live).toEqual([4, 3, 2, 1, 0].map((n) => `${places[n] ?? ''} ${streamOf(n)}`))
  db.transaction(() => {
    writer.clear()
    expect(found([village, otherVillage], '修路')).toEqual([])
    // as they are refolded: ledger by ledger
    for (const ledger of [otherVillage, village])
      for (const [n, where] of places.entries())
        if (where === ledger) writer.refill({ ledger, stream: streamOf(n) }, rowOf(n, '修路'))
    writer.index()
  })()
  expect(found([village, otherVillage], '修路')).toEqual(live)
  const last = rowOf(5, '修路')
  db.transaction(() => writer.replace({ ledger: village, stream: streamOf(5) }, [], last))()
  expect(found([village], '修路')[0]).toBe(`${village} ${streamOf(5)}`)
})

test('nothing of a ledger that is not asked, though it stands in the same township', () => {
  db.transaction(() => {
    writer.replace({ ledger: village, stream: streamOf(1) }, [], rowOf(1, '修路'))
    writer.replace({ ledger: otherVillage, stream: streamOf(2) }, [], rowOf(2, '修路'))
  })()
  expect(found([otherVillage], '修路')).toEqual([`${otherVillage} ${streamOf(2)}`])
  // seventeen ledgers are asked by their townships: what is found is still theirs alone
  const many = [...Array(17).keys()].map((n) => `${township}/e${n + 2}` as Origin)
  expect(found(many, '修路')).toEqual([])
  expect(found([...many, village], '修路')).toEqual([`${village} ${streamOf(1)}`])
  expect(found([], '修路')).toEqual([])
})

test('what has the grams and not the words costs a page, not the rest', () => {
  db.transaction(() => {
    writer.replace({ ledger: village, stream: streamOf(0) }, [], rowOf(0, '修道路'))
    for (let n = 1; n <= 2100; n++)
      writer.replace({ ledger: village, stream: streamOf(n) }, [], rowOf(n, '道路，修道'))
  })()
  const reads = searchReads(db)
  const asked = { ledgers: [village], needles: needlesIn('修道路'), tokens: [], limit: 10 }
  const first = reads.search(asked)
  expect(first.rows).toEqual([])
  expect(first.next).toBeDefined()
  const second = reads.search({ ...asked, after: first.next })
  expect(second.rows.map(({ id }) => id)).toEqual(['2025-000001'])
  expect(second.next).toBeUndefined()
})

test('a row that is not where the index says stops the writer, like every other row', () => {
  const row = rowOf(1, '修路')
  db.transaction(() => writer.replace({ ledger: village, stream: streamOf(1) }, [], row))()
  db.prepare('delete from search').run()
  expect(() =>
    db.transaction(() => writer.replace({ ledger: village, stream: streamOf(1) }, row, []))(),
  ).toThrow('rebuild')
})

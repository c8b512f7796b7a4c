import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorityPage } from '../../db/queries/authorities.ts'
import {
  findingPage,
  findingsOf,
  inspectionPage,
  inspectionRow,
} from '../../db/queries/inspections.ts'
import { meetingPage, meetingRow } from '../../db/queries/meetings.ts'
import type { Cursor, Page } from '../../db/queries/page.ts'
import { requestPage, requestRow } from '../../db/queries/requests.ts'
import { openTasks, taskCounts, taskPage, tasksOf } from '../../db/queries/tasks.ts'
import { routeCounts, stateCounts, totalsBy } from '../../db/queries/totals.ts'
import { onSqlite, type Reads } from '../../db/reads.ts'
import { migrate } from '../../db/sqlite/migrate.ts'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { heldRows, ProjectionWriter } from '../../db/sqlite/projections.ts'
import {
  authorityIdSchema,
  authorityStream,
  inspectionIdSchema,
  inspectionStream,
  meetingIdSchema,
  meetingStream,
  type Origin,
  requestIdSchema,
  requestStream,
  type StreamId,
} from '../../src/domain/ids.ts'
import { fromFen } from '../../src/domain/money.ts'
import type { ProjectedRow, RequestRow, TaskRow } from '../../src/domain/projection.ts'
import { type Instant, instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { folder } from '../support/store-open.ts'
import { otherVillage, village } from '../support/store-world.ts'

// Rows come from a fixed seed; every query is compared with the same thing done in memory.
const ledgers = [village, otherVillage]
const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T
const states = ['issuing', 'boardReview', 'townshipFiling', 'closed']
const companies = ['g_Aaaa', 'g_Bbbb']
const desks = ['g_Aaaa/director', 'g_Bbbb/director', 'g_Town/centreOfficer']

interface Placed<R> {
  readonly ledger: Origin
  readonly stream: StreamId
  readonly key: string
  readonly row: R
}

const dice = fc.sample(fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }), {
  numRuns: 400,
  seed: 7,
})

function requestRowOf(n: number): Placed<RequestRow> {
  const d = (place: number): number => dice[n]?.[place] ?? 0
  const id = requestIdSchema.parse(`2025-${String(n + 1).padStart(6, '0')}`)
  const month = String(1 + (d(0) % 4)).padStart(2, '0')
  return {
    ledger: pick(ledgers, d(10)),
    stream: requestStream(id),
    key: '',
    row: {
      request: id,
      company: pick(companies, d(1)),
      kind: 'single',
      category: `c${d(2) % 4}`,
      method: 'transfer',
      budgetLine: '维修',
      contract: '',
      project: '',
      authority: '',
      purpose: `修路${n}`,
      state: pick(states, d(3)),
      outcome: pick(['open', 'paid', 'rejected'], d(4)),
      suspended: d(5) % 2 === 0,
      amountFen: d(6) * 1000 + n,
      payee: 'account:1',
      payeeName: '建材店',
      handler: 'p_Handler1',
      submittedOn: localDateSchema.parse(
        `2025-${month}-${String(1 + (d(7) % 28)).padStart(2, '0')}`,
      ),
      endedOn: '',
      round: 1,
      route: pick(['rrrrr', 'nrrnr', 'ncrcr', 'ddrrr'], d(8)),
      openFindings: 0,
    },
  }
}

const requests = dice.map((_, n) => requestRowOf(n))
const instant = (n: number): Instant =>
  instantSchema.parse(new Date(Date.parse('2025-05-01T00:00:00.000Z') + n * 1000).toISOString())
const tasks = requests.flatMap(({ ledger, stream }, n): Placed<TaskRow>[] =>
  pick([[], ['a'], ['a', 'b']], n).map((key, place) => ({
    ledger,
    stream,
    key,
    row: {
      desk: pick(desks, (dice[n]?.[9] ?? 0) + place),
      act: pick(['boardReview.vote', 'townshipFiling.accept'], n),
      since: instant((dice[n]?.[10] ?? 0) % 50),
      dueAt: n % 3 === 0 ? '' : instant((dice[n]?.[11] ?? 0) % 50),
    },
  })),
)

const meetings = [...Array(30).keys()].map((n) => {
  const meeting = meetingIdSchema.parse(`m-2025-${String(n).padStart(4, '0')}`)
  const row = {
    meeting,
    kind: 'board',
    organisation: pick(companies, n),
    state: pick(['planned', 'closed'], n),
    heldOn: n % 7 === 0 ? '' : `2025-0${1 + (n % 5)}-10`,
    items: n,
    passed: 1,
    failed: 0,
  }
  return { ledger: pick(ledgers, n >> 1), stream: meetingStream(meeting), key: '', row }
})

const authorities = [...Array(20).keys()].map((n) => {
  const authority = authorityIdSchema.parse(`a-2025-${String(n).padStart(4, '0')}`)
  const row = {
    authority,
    company: pick(companies, n),
    payees: '[]',
    kind: 'contract',
    state: 'open',
    validFrom: '2025-01-01',
    validTo: `2025-0${1 + (n % 5)}-28`,
    ceilingFen: 100_000 + n,
    reservedFen: n,
    drawnFen: 0,
  }
  return { ledger: pick(ledgers, n >> 1), stream: authorityStream(authority), key: '', row }
})

const inspections = [...Array(20).keys()].map((n) => {
  const inspection = inspectionIdSchema.parse(`i-2025-${String(n).padStart(3, '0')}`)
  const row = {
    inspection,
    kind: 'periodic',
    campaign: n % 3 === 0 ? '2025年第一轮' : '',
    state: 'planned',
    periodFrom: '2025-01-01',
    periodTo: `2025-0${1 + (n % 4)}-30`,
    companies: '|o_gs01|',
    population: n,
    covered: 0,
    examined: 0,
    openFindings: 2,
  }
  return { ledger: pick(ledgers, n), stream: inspectionStream(inspection), key: '', row }
})

const findings = inspections.flatMap(({ ledger, stream, row }, n) =>
  [1, 2].map((number) => ({
    ledger,
    stream,
    key: `f-${number}`,
    row: {
      finding: `f-${number}`,
      inspection: row.inspection,
      request: pick(requests, n).row.request,
      kind: 'simple',
      state: pick(['raised', 'answered', 'verified'], n + number),
      dueOn: `2025-0${1 + (n % 3)}-15`,
    },
  })),
)

let connection: Connection
let reads: Reads
const asked: string[] = []
const dir = folder()

beforeAll(() => {
  connection = connect(dir.file)
  migrate(connection)
  const writer = new ProjectionWriter(connection)
  const put = (table: ProjectedRow['table'], rows: readonly Placed<unknown>[]): void => {
    for (const { ledger, stream, key, row } of rows) {
      const [held] = heldRows([{ table, key, row } as ProjectedRow])
      if (held !== undefined) writer.replace({ ledger, stream }, [], [held])
    }
  }
  connection.transaction(() => {
    put('request', requests)
    put('task', tasks)
    put('meeting', meetings)
    put('authority', authorities)
    put('inspection', inspections)
    put('finding', findings)
  })()
  // what the queries ask is kept, to look at its plan
  const prepare = connection.prepare.bind(connection)
  Object.assign(connection, {
    prepare: (sql: string) => {
      asked.push(sql)
      return prepare(sql)
    },
  })
  reads = onSqlite(connection)
})
afterAll(() => {
  connection.close()
  dir.remove()
})

/** All pages, with the limit given; a page that is not full may only be the last. */
async function all<R>(
  limit: number,
  page: (after: Cursor | undefined) => Promise<Page<R>>,
): Promise<R[]> {
  const rows: R[] = []
  for (let after: Cursor | undefined; ;) {
    const { rows: some, next } = await page(after)
    rows.push(...some)
    if (next === undefined) return rows
    expect(some).toHaveLength(limit)
    after = next
  }
}

const flat = <R extends object>({ row, ...place }: Placed<R>) => ({ ...place, ...row })
/** By these fields, ascending; the fields make the order total. */
const byKeys =
  <R>(keys: (row: R) => readonly string[]) =>
  (a: R, b: R): number => {
    const [x, y] = [keys(a), keys(b)]
    const place = x.findIndex((value, i) => value !== y[i])
    if (place < 0) return 0
    return (x[place] ?? '') < (y[place] ?? '') ? -1 : 1
  }

describe('requests', () => {
  test('pages hold what the filters say, newest first, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          ledger: fc.constantFrom(...ledgers),
          company: fc.constantFrom(undefined, ...companies),
          state: fc.constantFrom(undefined, ...states),
          month: fc.constantFrom(undefined, '2025-01', '2025-02', '2025-12'),
        }),
        fc.constantFrom(1, 7, 50, 1000),
        async (filter, limit) => {
          const found = await all(limit, (after) => requestPage(reads, { ...filter, limit, after }))
          const { ledger, company, state, month } = filter
          const expected = requests
            .filter((r) => r.ledger === ledger)
            .map(({ row }) => ({ ledger, ...row }))
            .filter((r) => company === undefined || r.company === company)
            .filter((r) => state === undefined || r.state === state)
            .filter((r) => month === undefined || r.submittedOn.startsWith(month))
            .toSorted(byKeys((r) => [r.submittedOn, r.request]))
            .toReversed()
          expect(found).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('one row, or none', async () => {
    const [first] = requests
    if (first === undefined) throw new Error('no rows')
    const id = requestIdSchema.parse(first.row.request)
    expect(await requestRow(reads, first.ledger, id)).toEqual({
      ledger: first.ledger,
      ...first.row,
    })
    const other = first.ledger === village ? otherVillage : village
    expect(await requestRow(reads, other, id)).toBeUndefined()
  })
})

describe('tasks', () => {
  test('pages merge the desks in order, with the request each is about', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(desks, { minLength: 1 }),
        fc.constantFrom('since' as const, 'dueAt' as const),
        fc.constantFrom(1, 9, 1000),
        fc.constantFrom(undefined, instant(20)),
        async (some, order, limit, dueBy) => {
          const found = await all(limit, (after) =>
            taskPage(reads, { desks: some, order, limit, dueBy, after }),
          )
          const expected = tasks
            .filter(({ row }) => some.includes(row.desk))
            .filter(({ row }) => order === 'since' || row.dueAt !== '')
            .filter(({ row }) => dueBy === undefined || (row.dueAt !== '' && row.dueAt <= dueBy))
            .map(({ ledger, stream, key, row }) => {
              const about = requests.find((r) => r.stream === stream)?.row
              if (about === undefined) throw new Error('task without request')
              const { request, purpose, amountFen, payeeName } = about
              return {
                ledger,
                stream,
                key,
                ...row,
                request: { request, purpose, amountFen, payeeName },
              }
            })
            .toSorted(byKeys((task) => [task[order], task.ledger, task.stream, task.key]))
          expect(found).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([village, otherVillage])(
    'everything that waits in %s, or at one desk of it',
    async (of) => {
      const here = tasks
        .filter(({ ledger }) => ledger === of)
        .toSorted(byKeys(({ row, stream, key }) => [row.since, stream, key]))
      const keysOf = (list: readonly { readonly stream: string; readonly key: string }[]) =>
        list.map(({ stream, key }) => `${stream} ${key}`)
      expect(here.length).toBeGreaterThan(0)
      expect(keysOf(await openTasks(reads, of))).toEqual(keysOf(here))
      const [desk = ''] = desks
      const atDesk = here.filter(({ row }) => row.desk === desk)
      expect(keysOf(await openTasks(reads, of, desk))).toEqual(keysOf(atDesk))
    },
  )

  test('counts by desk and act, and the tasks of one stream', async () => {
    const counts = await taskCounts(reads, desks.slice(0, 2))
    const expected = tasks.filter(({ row }) => desks.slice(0, 2).includes(row.desk))
    expect(counts.reduce((n, { count }) => n + count, 0)).toBe(expected.length)
    for (const { desk, act, count } of counts) {
      expect(count).toBe(expected.filter(({ row }) => row.desk === desk && row.act === act).length)
    }
    const two = tasks.find(({ key }) => key === 'b')
    if (two === undefined) throw new Error('no rows')
    const here = tasks.filter(({ stream }) => stream === two.stream).map(({ row }) => row)
    expect(await tasksOf(reads, two.ledger, two.stream)).toEqual(here)
  })
})

describe('meetings, inspections, findings', () => {
  test.each([undefined, 'planned'])('meetings, state %s', async (state) => {
    const filter = { ledger: village, state, limit: 4 }
    const found = await all(4, (after) => meetingPage(reads, { ...filter, after }))
    const expected = meetings
      .filter(({ ledger, row }) => ledger === village && (state ?? row.state) === row.state)
      .map(({ ledger, row }) => ({ ledger, ...row }))
      .toSorted(byKeys((row) => [row.heldOn, row.meeting]))
      .toReversed()
    expect(found).toEqual(expected)
  })

  test('one meeting', async () => {
    const [one] = meetings
    expect(await meetingRow(reads, village, meetingIdSchema.parse(one?.row.meeting))).toEqual({
      ledger: village,
      ...one?.row,
    })
  })

  test.each([undefined, companies[0]])('authorities, company %s', async (company) => {
    const filter = { ledger: village, company, limit: 3 }
    const found = await all(3, (after) => authorityPage(reads, { ...filter, after }))
    const expected = authorities
      .filter(({ ledger, row }) => ledger === village && (company ?? row.company) === row.company)
      .map(({ ledger, row }) => ({ ledger, ...row }))
      .toReversed()
    expect(expected.length).toBeGreaterThan(3)
    expect(found).toEqual(expected)
  })

  test('inspections', async () => {
    const found = await all(3, (after) =>
      inspectionPage(reads, { ledger: village, limit: 3, after }),
    )
    const expected = inspections
      .filter(({ ledger }) => ledger === village)
      .map(({ ledger, row }) => ({ ledger, ...row }))
      .toSorted(byKeys((row) => [row.periodTo, row.inspection]))
      .toReversed()
    expect(found).toEqual(expected)
    const [one] = inspections
    const id = inspectionIdSchema.parse(one?.row.inspection)
    expect(await inspectionRow(reads, village, id)).toEqual({ ledger: village, ...one?.row })
  })

  test('findings by limit, and by request', async () => {
    const open = ['raised', 'answered']
    const found = await all(4, (after) =>
      findingPage(reads, { ledger: village, states: open, limit: 4, after }),
    )
    const here = findings.filter(({ ledger }) => ledger === village)
    const expected = here
      .filter(({ row }) => open.includes(row.state))
      .toSorted(byKeys(({ row, stream, key }) => [row.dueOn, stream, key]))
    expect(found).toEqual(expected.map(flat))
    const [one] = here
    const id = requestIdSchema.parse(one?.row.request)
    const about = here.filter(({ row }) => row.request === id)
    expect(await findingsOf(reads, village, id)).toEqual(about.map(flat))
  })
})

describe('totals', () => {
  const filters = [
    { ledger: village },
    { ledger: village, outcome: 'paid', company: 'g_Aaaa' },
    {
      ledger: otherVillage,
      from: localDateSchema.parse('2025-02-01'),
      to: localDateSchema.parse('2025-02-28'),
    },
  ]
  const among = (filter: (typeof filters)[number]) =>
    requests
      .filter(({ ledger }) => ledger === filter.ledger)
      .map(({ row }) => row)
      .filter((row) => !('outcome' in filter) || row.outcome === filter.outcome)
      .filter((row) => !('company' in filter) || row.company === filter.company)
      .filter((row) => filter.from === undefined || row.submittedOn >= filter.from)
      .filter((row) => filter.to === undefined || row.submittedOn <= filter.to)

  test.each(filters)('%o', async (filter) => {
    const rows = among(filter)
    const names = {
      month: (r: RequestRow) => r.submittedOn.slice(0, 7),
      company: (r: RequestRow) => r.company,
    }
    for (const by of ['month', 'company'] as const) {
      const groups = [...new Set(rows.map(names[by]))].toSorted()
      const expected = groups.map((of) => {
        const group = rows.filter((row) => names[by](row) === of)
        const fen = group.reduce((n, row) => n + row.amountFen, 0)
        return { of, requests: group.length, amount: fromFen(fen) }
      })
      expect(await totalsBy(reads, by, filter)).toEqual(expected)
    }
    const categories = await totalsBy(reads, 'category', filter)
    expect(categories.reduce((n, { requests: count }) => n + count, 0)).toBe(rows.length)

    const counts = await routeCounts(reads, filter)
    expect(counts.map(({ must }) => must)).toEqual([
      'memberVote',
      'boardReview',
      'supervisorySignOff',
      'townshipFiling',
      'disciplineAudit',
    ])
    const second = (letter: string) => rows.filter(({ route }) => route[1] === letter).length
    expect(counts[1]).toEqual({
      must: 'boardReview',
      required: second('r'),
      covered: second('c'),
      deferred: second('d'),
      notRequired: second('n'),
    })
    for (const { state, requests: count } of await stateCounts(reads, filter)) {
      expect(count).toBe(rows.filter((row) => row.state === state).length)
    }
  })
})

describe('plans', () => {
  const pages = {
    'requests of a ledger': () => requestPage(reads, { ledger: village, limit: 20 }),
    'requests of a company': () =>
      requestPage(reads, { ledger: village, company: 'g_Aaaa', limit: 20 }),
    'requests in a state': () =>
      requestPage(reads, { ledger: village, state: 'issuing', limit: 20 }),
    'requests of a month': () =>
      requestPage(reads, { ledger: village, month: '2025-01', limit: 20 }),
    'a later page': () =>
      requestPage(reads, { ledger: village, limit: 20, after: ['2025-02-02', '2025-000009'] }),
    'an inbox': () => taskPage(reads, { desks: desks.slice(0, 1), order: 'since', limit: 20 }),
    'a queue by deadline': () =>
      taskPage(reads, { desks: desks.slice(0, 1), order: 'dueAt', limit: 20, dueBy: instant(9) }),
    meetings: () => meetingPage(reads, { ledger: village, limit: 20 }),
    inspections: () => inspectionPage(reads, { ledger: village, limit: 20 }),
    authorities: () => authorityPage(reads, { ledger: village, limit: 20 }),
    'authorities of a company': () =>
      authorityPage(reads, { ledger: village, company: 'g_Aaaa', limit: 20 }),
    'a later page of authorities': () =>
      authorityPage(reads, { ledger: village, limit: 20, after: ['authority/a-2025-0009'] }),
  }
  const planOf = (sql: string): string =>
    connection
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...Array.from({ length: sql.split('?').length - 1 }, () => null))
      .map(({ detail }) => detail)
      .join('\n')

  test.each(Object.entries(pages))('%s walks an index in its order', async (_name, page) => {
    asked.length = 0
    await page()
    const plans = asked.splice(0).map(planOf)
    expect(plans).not.toHaveLength(0)
    expect(plans.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  test('the look at plans would see a query that has no index', () => {
    expect(planOf('select * from request where ledger = ? order by purpose')).toMatch(/TEMP B-TREE/)
    expect(planOf('select * from request where purpose = ?')).toMatch(/SCAN/)
  })
})

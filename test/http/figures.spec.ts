// Figures over HTTP: what is expected is counted by hand, and each figure is held against the list its filter gives.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plus, type Money, sum, zero } from '../../src/domain/money.ts'
import { by, p, village } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { manOther, otherRequest } from './other-village.ts'
import { proposed, request, returned, round, suspended } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

let town: Town
let clerk: Client
let officer: Client
const here = `/villages/${code(village)}`

interface Figure {
  readonly of: string
  readonly requests: number
  readonly amount: Money
  readonly filter: Readonly<Record<string, string>>
}
interface Listed {
  readonly request: string
  readonly ledger: string
  readonly amount: Money
}
type Page = Readonly<Record<string, readonly (Figure & Record<string, unknown>)[]>> & {
  readonly list: string
  readonly total: Figure
  readonly openFindings: Figure & { readonly open: number }
}

/** Requests in March and, of another round, in April. */
beforeAll(async () => {
  town = await openTown()
  await request(town, 'filing')
  await request(town, 'payable')
  await request(town, 'booking')
  await request(town, 'witnessed', returned)
  await request(town, 'payable', proposed, suspended)
  town.clock('2026-04-20T01:00:00.000Z')
  await request(town, 'drawnUp')
  await round(town, 'underway', ['finding.raise', 'inspector1', findingOf('2026-000001')])
  await manOther(town)
  await otherRequest(town, '2026-000900', { n: 900, amount: '777.00' })
  clerk = await town.client(p('clerk'))
  officer = await town.client(p('officer'))
})
afterAll(() => town.close())

const findingOf = (about: string) => ({
  fault: 'papersIncomplete',
  kind: 'simple',
  text: '资料不全',
  request: about,
  followUps: ['rectification'],
})

async function figures(client: Client, path: string): Promise<Page> {
  const { status, body } = await client.get(path)
  expect(status).toBe(200)
  return body as unknown as Page
}

/** Every request of a list, page after page. */
async function listed(
  client: Client,
  list: string,
  filter: Readonly<Record<string, string>>,
): Promise<readonly Listed[]> {
  const rows: Listed[] = []
  for (let after = ''; ;) {
    const query = new URLSearchParams({ ...filter, limit: '2', ...(after === '' ? {} : { after }) })
    const { status, body } = await client.get(`${list.replace('/api/v1', '')}?${query.toString()}`)
    expect([status, query.toString()]).toEqual([200, query.toString()])
    rows.push(...(body['rows'] as readonly Listed[]))
    if (typeof body['next'] !== 'string') return rows
    after = body['next']
  }
}

const parts = ['byVillage', 'byMonth', 'byCompany', 'byCategory', 'byState', 'byOutcome'] as const
const counted = ['musts', 'returns', 'findings', 'tasks', 'alerts', 'authorities'] as const

/** Every figure of a page, those inside others too: whatever has a filter. */
function figuresIn(page: Page): readonly (Figure & { readonly at: string })[] {
  const found: (Figure & { readonly at: string })[] = []
  const look = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (Object.hasOwn(value, 'filter')) found.push({ ...(value as Figure), at })
    for (const [name, part] of Object.entries(value))
      if (name !== 'filter') look(part, `${at}.${name}`)
  }
  look(page, '')
  return found
}

describe.each([
  ['a village', () => clerk, `${here}/figures`],
  ['a village in a month', () => clerk, `${here}/figures?from=2026-04&to=2026-04`],
  ['a township', () => officer, '/township/figures'],
  ['a company in a township', () => officer, '/township/figures?company=g_company'],
] as const)('%s', (_name, client, path) => {
  test('each figure counts the very requests its filter lists, and their money', async () => {
    const page = await figures(client(), path)
    const found = figuresIn(page)
    expect(found.length).toBeGreaterThan(20)
    for (const { at, filter, requests, amount } of found) {
      const rows = await listed(client(), page.list, filter)
      expect([at, filter, rows.length]).toEqual([at, filter, requests])
      const spent = amount === undefined ? undefined : sum(rows.map((row) => row.amount))
      expect([at, spent]).toEqual([at, amount])
    }
  })

  test('what is split adds up to the whole', async () => {
    const page = await figures(client(), path)
    for (const part of parts) {
      const figuresOf = page[part] ?? []
      if (figuresOf.length === 0) continue
      const of = [part, figuresOf.reduce((all, { requests }) => all + requests, 0)]
      expect(of).toEqual([part, page.total.requests])
      expect(figuresOf.reduce((all, { amount }) => plus(all, amount), zero)).toBe(page.total.amount)
    }
  })
})

test('a village counts what was done there, by hand', async () => {
  const page = await figures(clerk, `${here}/figures`)
  const shown = (part: string) =>
    Object.fromEntries((page[part] ?? []).map(({ of, requests }) => [of, requests]))
  // five in March and one in April, 12,000 each; the round needed one more to draw its lot after
  expect(page.total).toMatchObject({ requests: 7, amount: '84000.00' })
  expect(shown('byMonth')).toEqual({ '2026-03': 5, '2026-04': 2 })
  expect(shown('byState')).toEqual({
    'issuing.drawnUp': 2,
    returned: 1,
    'townshipFiling.open': 1,
    'payment.payable': 2,
    booking: 1,
  })
  expect(shown('byOutcome')).toEqual({ open: 6, paid: 1 })
  expect(page['returns']).toMatchObject([
    { place: 'issuing', field: 'amount', returns: 1, requests: 1 },
  ])
  // three passed the filing, four the supervisors, each a few milliseconds long in this town: none of a whole second
  expect((page['musts'] ?? []).map(({ must, stays }) => [must, stays])).toEqual([
    ['supervisorySignOff', 4],
    ['townshipFiling', 3],
  ])
  expect(page.openFindings).toMatchObject({ open: 1, requests: 1 })
  expect(page['findings']).toMatchObject([
    { kind: 'simple', open: 1, requests: 1, late: { findings: 0, requests: 0 } },
  ])
  expect(page['authorities']).toMatchObject([
    { of: 'a-2026-0001', ceiling: '900000.00', drawn: '0.00', left: '900000.00', requests: 0 },
  ])
})

describe('how long a must took', () => {
  test('is the stay in the middle, the ninth in ten, and the longest, each with its requests', async () => {
    const own = await openTown()
    try {
      const numbers: string[] = []
      // three wait for the township a day, two, and ten days
      for (const days of [1, 2, 10]) {
        const id = await request(own, 'filing')
        numbers.push(id)
        own.clock(own.later(days))
        const one = (type: string, office: string, input: unknown = {}) => ({
          ledger: village,
          stream: `request/${id}` as const,
          type,
          by: by(office),
          input,
        })
        await own.given(one('townshipFiling.accept', 'officer'))
        await own.given(one('townshipFiling.consent', 'head', { reason: '同意' }))
      }
      const client = await own.client(p('clerk'))
      const page = await figures(client, `${here}/figures`)
      const filing = page['musts']?.find(({ must }) => must === 'townshipFiling') as unknown as Must
      const days = ({ seconds }: { readonly seconds: number }) => Math.round(seconds / 86_400)
      expect([filing.stays, filing.requests]).toEqual([3, 3])
      expect([filing.median, filing.ninth, filing.worst].map(days)).toEqual([2, 10, 10])
      expect(filing.worst.request).toBe(numbers[2])
      const longer = await listed(client, page.list, filing.median.filter)
      expect(longer.map((row) => row.request).toSorted()).toEqual([numbers[1], numbers[2]])
    } finally {
      await own.close()
    }
  })
})
interface Must {
  readonly stays: number
  readonly requests: number
  readonly median: Stay
  readonly ninth: Stay
  readonly worst: Stay & { readonly request: string }
}
interface Stay {
  readonly seconds: number
  readonly filter: Readonly<Record<string, string>>
}

describe('nobody counts what they do not see', () => {
  test('the other village is in no figure of this one, and alone in its own', async () => {
    const mine = await figures(clerk, `${here}/figures`)
    expect(JSON.stringify(mine)).not.toContain(code(otherVillage))
    const other = await town.client(p('bclerk'))
    const theirs = await figures(other, `/villages/${code(otherVillage)}/figures`)
    expect(theirs.total).toMatchObject({ requests: 1, amount: '777.00' })
    expect((await other.get(`${here}/figures`)).status).toBe(404)
  })

  test('the township counts both, by village; another township none', async () => {
    const page = await figures(officer, '/township/figures')
    expect(page.total).toMatchObject({ requests: 8, amount: '84777.00' })
    expect(page['byVillage']).toMatchObject([
      { requests: 7, filter: { village: code(village) } },
      { requests: 1, filter: { village: code(otherVillage) } },
    ])
    const none = await figures(await town.client(p('bofficer')), '/township/figures')
    expect(none.total).toMatchObject({ requests: 0, amount: '0.00' })
    for (const part of counted) expect([part, none[part]]).toEqual([part, []])
  })

  test('a list of the township that names a village of another is empty', async () => {
    const foreign = await town.client(p('bofficer'))
    expect(await listed(foreign, '/township/requests', { village: code(village) })).toEqual([])
    expect(await listed(officer, '/township/requests', {})).toHaveLength(8)
  })
})

test('late is what is past its limit, by the policy where no entry carries one', async () => {
  const page = await figures(clerk, `${here}/figures`)
  const tasks = (page['tasks'] ?? []).map(({ act, waiting, late }) => {
    const { requests } = late as Figure
    return [act, waiting, requests]
  })
  // it is 1 May: what began to wait in March is late, as is what was drawn up on 28 April; the finding has its 15 days
  expect(tasks).toEqual([
    ['booking.record', 1, 1],
    ['emergency.notify', 4, 4],
    ['finding.answer', 1, 0],
    ['inspection.conclude', 1, 0],
    ['payment.order', 1, 1],
    ['request.handle', 2, 2],
    ['request.resubmit', 1, 1],
    ['suspension.lapse', 1, 1],
    ['suspension.lift', 1, 1],
    ['townshipFiling.accept', 1, 1],
  ])
})

test.each(['from=2026-13', 'stayed=nothing', 'category=nothing', 'late=false', 'authority=x'])(
  'a filter that is none is refused: %s',
  async (query) => {
    const { status, body } = await clerk.get(`${here}/requests?${query}`)
    expect([status, body['code']]).toEqual([400, 'queryInvalid'])
  },
)

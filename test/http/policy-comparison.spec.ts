// What a proposed policy would have changed, over HTTP: worked out by hand on a few requests of a real town.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { by, p, town as townOrigin, village } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { formOf, request } from './things.ts'
import { openTown, otherVillage, type Town } from './town.ts'

let town: Town
let officer: Client
const ids: string[] = []
const at = '/township/policy/comparison'
/** Above what a request of the law's cast is for, which was large. */
const higher = [
  { key: 'tier.dailyMax', value: '30000.00' },
  { key: 'tier.boardFrom', value: '30000.00' },
  { key: 'tier.largeFrom', value: '30000.00' },
]
beforeAll(async () => {
  town = await openTown()
  officer = await town.client(p('officer'))
  ids.push(await request(town, 'papers'), await request(town, 'papers'))
})
afterAll(() => town.close())

interface Village {
  readonly ledger: string
  readonly requests: number
  readonly changed: number
  readonly amount: string
  readonly changes: readonly Readonly<Record<string, unknown>>[]
}
const villagesOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) =>
  body['villages'] as readonly Village[]

describe('settings that are compared', () => {
  test('tell per village which requests would change, how, and for how much', async () => {
    const answer = await officer.post(at, { settings: higher })
    expect(answer.status).toBe(200)
    const { amount } = formOf(1) as { readonly amount: string }
    const both = (2 * Number(amount)).toFixed(2)
    expect(answer.body).toMatchObject({ requests: 2, changed: 2, amount: both, floors: [] })
    expect(answer.body['settings']).toEqual(higher.map(({ key }) => key))
    const [own, other] = [village, otherVillage].map((origin) =>
      villagesOf(answer).find(({ ledger }) => ledger === origin),
    )
    expect(own).toMatchObject({ requests: 2, changed: 2, amount: both })
    expect(own?.changes.map(({ request: id }) => id)).toEqual(ids)
    expect(own?.changes[0]?.['changes']).toContainEqual(
      expect.objectContaining({ must: 'boardReview', change: 'lost', title: '董事会研究' }),
    )
    expect(other).toMatchObject({ requests: 0, changed: 0, amount: '0.00', changes: [] })
  })

  test('control: settings as they stand change nothing', async () => {
    const shown = await officer.get('/township/policy')
    const values = shown.body['values'] as readonly { key: string; setting: string }[]
    const settings = values.map(({ key, setting: value }) => ({ key, value }))
    const { body } = await officer.post(at, { settings })
    expect(body).toMatchObject({ requests: 2, changed: 0, amount: '0.00', settings: [] })
  })

  test('of days on which nothing was submitted there are none; days backwards are refused', async () => {
    const before = { from: '2025-01-01', to: '2025-12-31' }
    const { body } = await officer.post(at, { settings: higher, ...before })
    expect(body).toMatchObject({ ...before, requests: 0, changed: 0 })
    const wrong = await officer.post(at, { settings: higher, from: '2026-02-01', to: '2026-01-01' })
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'queryInvalid'])
  })

  test('below the floor of the law are told so, in the caller’s language', async () => {
    const settings = [{ key: 'member.noticeDays', value: 3 }]
    const { body } = await officer.ask('POST', at, {
      body: { settings },
      headers: { 'accept-language': 'en' },
    })
    expect(body['floors']).toEqual([
      expect.objectContaining({
        code: 'looserThanFloor',
        key: 'member.noticeDays',
        says: expect.stringContaining('member.noticeDays') as string,
      }),
    ])
  })

  test('record nothing, and are no business of a village', async () => {
    const before = await officer.get('/township/policy')
    await officer.post(at, { settings: higher })
    expect((await officer.get('/township/policy')).body).toEqual(before.body)
    const clerk = await town.client(p('clerk'))
    const asked = await clerk.post(at, { settings: higher })
    expect([asked.status, asked.body['code']]).toEqual([403, 'notAllowed'])
    const elsewhere = await town.client(p('bofficer'))
    expect(villagesOf(await elsewhere.post(at, { settings: higher }))).toEqual([])
  })

  test('one at a time for one account; others go on', async () => {
    const inspector = await town.client(p('inspector1'))
    const asked = [1, 2, 3, 4].map(() => officer.post(at, { settings: higher }))
    const other = inspector.post(at, { settings: higher })
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect((await other).status).toBe(200)
    // and its place is given back
    expect((await officer.post(at, { settings: higher })).status).toBe(200)
  })
})

test('the standing proposal is compared as it stands; without one there is none', async () => {
  const none = await officer.get(at)
  expect([none.status, none.body['code']]).toEqual([404, 'noSuchThing'])
  await town.given({
    ledger: townOrigin,
    stream: 'policy',
    type: 'policy.propose',
    by: by('officer'),
    input: { settings: higher, basis: '镇〔2026〕2号', reason: '集体研究的起点提高' },
  })
  const standing = await officer.get(at)
  const given = await officer.post(at, { settings: higher })
  expect(standing.status).toBe(200)
  expect(standing.body).toMatchObject({ requests: 2, changed: 2, floors: [] })
  expect(standing.body).toEqual(given.body)
})

// What another process writes while the server runs: rights change with the next call, over the session that was there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { originSchema } from '../../src/domain/ids.ts'
import { by, found, founder, g, o, p, town as township, village } from '../support/law-cast.ts'
import type { Asking } from '../support/law.ts'
import { vkeyOfLedger } from '../support/township-data.ts'
import { givenElsewhere } from './elsewhere.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

/** Another process takes its time on a busy machine. */
const PATIENT = { timeout: 90_000 }

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const there = (type: string, input: object): Asking => ({
  ...found(otherVillage, type, input),
  by: by('officer'),
})

test(
  'appointed elsewhere, somebody sees at once what they did not, and no longer once they are dismissed',
  PATIENT,
  async () => {
    const newcomer = await town.client(p('newcomer'))
    const page = `/villages/${code(otherVillage)}/requests`
    expect((await newcomer.get(page)).status).toBe(404)
    expect((await newcomer.get('/me')).body).toMatchObject({ offices: [], villages: [] })
    const office = o('elsewhere')
    await givenElsewhere(
      town,
      there('office.open', { office, kind: 'handler', organisation: g('bcompany') }),
      there('office.appoint', { office, person: p('newcomer'), from: '2026-01-05' }),
    )
    expect((await newcomer.get(page)).status).toBe(200)
    expect((await newcomer.get('/me')).body).toMatchObject({
      offices: [{ office, kind: 'handler', ledger: otherVillage }],
      villages: [{ code: code(otherVillage) }],
    })
    // and nothing else
    expect((await newcomer.get(`/villages/${code(village)}/requests`)).status).toBe(404)
    await givenElsewhere(town, there('office.vacate', { office, reason: '离任' }))
    expect((await newcomer.get(page)).status).toBe(404)
    expect((await newcomer.get('/me')).body).toMatchObject({ offices: [], villages: [] })
  },
)

test('a ledger that is opened elsewhere is there', PATIENT, async () => {
  const { body } = await town.stranger().get('/ledgers')
  const before = (body['ledgers'] as readonly unknown[]).length
  const third = originSchema.parse('ledger.example.cn/330106109205')
  const input = {
    kind: 'village',
    township,
    name: '菱西村',
    code: '330106109205',
    founder,
    vkey: vkeyOfLedger(third),
  }
  await givenElsewhere(town, found(third, 'ledger.open', input, 'ledger'))
  const officer = await town.client(p('officer'))
  expect((await officer.get('/villages/330106109205/requests')).status).toBe(200)
  const { body: after } = await town.stranger().get('/ledgers')
  expect((after['ledgers'] as readonly unknown[]).length).toBe(before + 1)
})

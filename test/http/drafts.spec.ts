// Drafts over HTTP: saved as far as they are typed, never over what another tab saved, seen by whom they belong to, and gone only
// once the request they became has its receipt.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import { commandIdSchema, sha256HexSchema, type StreamId } from '../../src/domain/ids.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { company, p, village } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import { type Answer, type Client, commandKey } from './client.ts'
import { formOf } from './things.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

const place = `/villages/${code(village)}`
const drafts = `${place}/drafts`
let town: Town
let clerk: Client
beforeAll(async () => {
  town = await openTown()
  clerk = await town.client(p('clerk'))
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

const begin = async (form: unknown = {}, by = clerk): Promise<{ id: string; answer: Answer }> => {
  const answer = await by.command(drafts, { form })
  expect(answer.status, answer.text).toBe(201)
  return { id: String(answer.body['draft']), answer }
}
const save = (id: string, form: unknown, match: string | undefined, by = clerk) =>
  by.ask('PUT', `${drafts}/${id}`, {
    body: { form },
    ...(match === undefined ? {} : { headers: { 'if-match': match } }),
  })
const rowsOf = async (by = clerk): Promise<readonly string[]> => {
  const { body } = await by.get(`${drafts}?limit=200`)
  return (body['rows'] as { draft: string }[]).map(({ draft }) => draft)
}

describe('while it is written', () => {
  test('anything may be half typed, and what is not of its form is told', async () => {
    const form = { amount: '12.', purpose: '维修', payee: { type: 'firm', name: '供应' } }
    const { id, answer } = await begin(form)
    expect(answer.body).toMatchObject({ revision: 1, state: 'waiting', own: true, form })
    const faults = answer.body['faults'] as { path: string }[]
    expect(faults.map(({ path }) => path)).toEqual(['amount', 'payee.account', 'payee.bank'])
    expect(answer.body['missing']).toContain('company')
    expect(answer.headers.get('location')).toBe(`/api/v1${drafts}/${id}`)
    const shown = await clerk.get(`${drafts}/${id}`)
    expect(shown.body).toEqual(answer.body)
    // the tag of what was read is what a save is made from
    const saved = await save(id, { purpose: '修理' }, shown.headers.get('etag') ?? '')
    expect([saved.status, saved.body['revision']]).toEqual([200, 2])
  })

  test('begun once, however often it is sent', async () => {
    const headers = { 'idempotency-key': commandKey() }
    const first = await clerk.command(drafts, { form: { purpose: '一' } }, headers)
    const again = await clerk.command(drafts, { form: { purpose: '一' } }, headers)
    expect(again.body).toEqual(first.body)
    const lost = await clerk.command(drafts, { form: { purpose: '二' } }, headers)
    expect([lost.status, lost.body['code']]).toEqual([409, 'commandReused'])
    const other = await clerk.command(drafts, { form: { purpose: '一' } })
    expect(other.body['draft']).not.toBe(first.body['draft'])
  })

  test('saved over what was read, and not over what another tab saved', async () => {
    const { id } = await begin({ purpose: '起' })
    const mine = await save(id, { purpose: '承' }, '"1"')
    expect(mine.body).toMatchObject({ revision: 2, form: { purpose: '承' } })
    expect(mine.headers.get('etag')).toBe('"2"')
    const theirs = await save(id, { purpose: '转' }, '"1"')
    expect([theirs.status, theirs.body['code']]).toEqual([412, 'draftStale'])
    expect(theirs.body['params']).toMatchObject({ revision: '2' })
    expect((await clerk.get(`${drafts}/${id}`)).body['form']).toEqual({ purpose: '承' })
    expect((await save(id, { purpose: '合' }, '*')).body['revision']).toBe(3)
  })

  test('a save that does not say what it was made from is not taken', async () => {
    const { id } = await begin()
    expect((await save(id, { purpose: '承' }, undefined)).status).toBe(428)
    expect((await save(id, { purpose: '承' }, 'yesterday')).body['code']).toBe('headerInvalid')
    expect((await clerk.get(`${drafts}/${id}`)).body['revision']).toBe(1)
  })

  test.each([
    ['a place no form has', { price: '1.00' }],
    ['a text far too long', { purpose: '长'.repeat(401) }],
    ['half a character', { purpose: '\ud800' }],
    ['more papers than a request has', { evidence: Array.from({ length: 61 }, () => ({})) }],
    ['a number for an amount', { amount: 12 }],
  ])('%s is refused', async (_what, form) => {
    const { status, body } = await clerk.command(drafts, { form })
    expect([status, body['code']]).toEqual([422, 'inputInvalid'])
  })

  test('the last saved stands first, page by page', async () => {
    const ids: string[] = []
    for (const purpose of ['甲', '乙', '丙']) {
      town.clock(town.later(0).replace('01:00:00', `01:00:0${ids.length + 1}`))
      ids.push((await begin({ purpose })).id)
    }
    const first = await clerk.get(`${drafts}?limit=2`)
    expect((first.body['rows'] as { draft: string }[]).map(({ draft }) => draft)).toEqual([
      ids[2],
      ids[1],
    ])
    const next = await clerk.get(`${drafts}?limit=2&after=${String(first.body['next'])}`)
    expect((next.body['rows'] as { draft: string }[])[0]?.draft).toBe(ids[0])
  })

  test('thrown away it is gone, from the file too', async () => {
    const { id } = await begin({ purpose: '不要了' })
    const stale = await clerk.ask('DELETE', `${drafts}/${id}`, { headers: { 'if-match': '"7"' } })
    expect(stale.body['code']).toBe('draftStale')
    expect((await clerk.ask('DELETE', `${drafts}/${id}`)).status).toBe(204)
    expect((await clerk.get(`${drafts}/${id}`)).status).toBe(404)
    expect((await clerk.ask('DELETE', `${drafts}/${id}`)).status).toBe(404)
    expect(await rowsOf()).not.toContain(id)
    expect(
      await town.desk.atDesk.onDesk(
        { ledger: village, person: p('clerk'), companies: [] },
        sha256HexSchema.parse(id),
      ),
    ).toBeUndefined()
  })
})

describe('whose it is', () => {
  test('nobody else sees, saves or throws away what a person began', async () => {
    const { id } = await begin({ purpose: '我的' })
    for (const person of [p('head'), p('officer'), p('m1')]) {
      const other = await town.client(person)
      expect(await rowsOf(other)).not.toContain(id)
      expect((await other.get(`${drafts}/${id}`)).status).toBe(404)
      expect((await save(id, {}, '*', other)).status).toBe(404)
      expect((await other.ask('DELETE', `${drafts}/${id}`)).status).toBe(404)
    }
    expect((await clerk.get(`${drafts}/${id}`)).status).toBe(200)
  })

  test('a clerk of another village finds nothing at this one', async () => {
    const { id } = await begin()
    const other = await town.client(p('bclerk'))
    const there = `/villages/${code(otherVillage)}/drafts`
    expect((await other.get(`${there}/${id}`)).status).toBe(404)
    const own = await other.command(there, { form: {} })
    expect(own.status).toBe(201)
    expect((await clerk.get(`${drafts}/${String(own.body['draft'])}`)).status).toBe(404)
  })
})

describe('submitting', () => {
  const submit = (form: unknown, id: string, key = commandKey(), by = clerk) =>
    by.command(`${place}/requests`, form, { 'from-draft': id, 'idempotency-key': key })

  test('with the receipt the draft is gone, and tells what it became', async () => {
    const form = formOf(701)
    const { id } = await begin(form)
    const answer = await submit(form, id)
    expect(answer.status).toBe(201)
    expect(await rowsOf()).not.toContain(id)
    const after = await clerk.get(`${drafts}/${id}`)
    expect([after.status, after.body['code']]).toEqual([409, 'draftSubmitted'])
    expect(after.body['params']).toEqual({ request: answer.body['id'] })
  })

  test('sent again with the same key it is answered with the first receipt', async () => {
    const form = formOf(702)
    const { id } = await begin(form)
    const key = commandKey()
    const first = await submit(form, id, key)
    const again = await submit(form, id, key)
    expect([again.status, again.body]).toEqual([201, first.body])
  })

  test('from a second tab it is told that it was submitted, and nothing more is written', async () => {
    const form = formOf(703)
    const { id } = await begin(form)
    await submit(form, id)
    const next = town.next('request')
    const second = await submit(form, id)
    expect([second.status, second.body['code']]).toEqual([409, 'draftSubmitted'])
    expect(town.next('request')).toBe(next)
  })

  test('from two tabs at once one is taken', async () => {
    const form = formOf(704)
    const { id } = await begin(form)
    const next = Number(town.next('request').slice(5))
    const both = await Promise.all([submit(form, id), submit(form, id)])
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(both.filter(({ status }) => status === 409)).toHaveLength(1)
    expect(Number(town.next('request').slice(5))).toBe(next + 1)
  })

  test('refused, it waits again as it was', async () => {
    const form = formOf(705, '12000.00', { matter: 'guarantee' })
    const { id } = await begin(form)
    const no = await submit(form, id)
    expect(no.body['code']).toBe('guaranteeForbidden')
    expect((await clerk.get(`${drafts}/${id}`)).body).toMatchObject({ state: 'waiting', form })
    expect((await save(id, formOf(705), '"1"')).status).toBe(200)
    expect((await submit(formOf(705), id)).status).toBe(201)
  })

  test('somebody else’s draft is submitted by nobody', async () => {
    const { id } = await begin(formOf(706))
    const head = await town.client(p('head'))
    expect((await submit(formOf(706), id, commandKey(), head)).status).toBe(404)
    expect((await submit(formOf(706), 'f'.repeat(64))).status).toBe(404)
    expect((await submit(formOf(706), 'mine')).body['code']).toBe('headerInvalid')
  })

  const reserve = (id: string, key: string) =>
    town.desk.atDesk.reserve(sha256HexSchema.parse(id), commandIdSchema.parse(key))

  test('after a crash before the ledger, another try is a first try', async () => {
    const form = formOf(707)
    const { id } = await begin(form)
    // what a process leaves that dies once the draft is reserved
    expect(await reserve(id, commandKey())).toBe(true)
    expect((await clerk.get(`${drafts}/${id}`)).body['state']).toBe('taken')
    expect((await save(id, {}, '*')).body['code']).toBe('draftBusy')
    expect((await submit(form, id)).status).toBe(201)
    expect((await clerk.get(`${drafts}/${id}`)).body['code']).toBe('draftSubmitted')
  })

  test('after a crash past the ledger, another try is told what it became', async () => {
    const form = formOf(708)
    const { id } = await begin(form)
    const key = commandKey()
    expect(await reserve(id, key)).toBe(true)
    const answer = await clerk.command(`${place}/requests`, form, { 'idempotency-key': key })
    const request = String(answer.body['id'])
    const next = town.next('request')
    const again = await submit(form, id)
    expect([again.body['code'], again.body['params']]).toEqual(['draftSubmitted', { request }])
    expect(town.next('request')).toBe(next)
    expect(await town.read(`request/${request}` as StreamId)).not.toEqual([])
    // the page that kept its key gets its receipt
    expect((await submit(form, id, key)).body['id']).toBe(request)
  })
})

test('an imported row is the company’s: its clerk goes on with it, nobody else', async () => {
  const id = sha256HexSchema.parse('ab'.repeat(32))
  const { payee: _payee, evidence: _evidence, ...submission } = formOf(709)
  await town.desk.drafts.putAll([
    {
      id,
      line: 7,
      submittedOn: town.today(),
      clerk: p('clerk'),
      submission: { ...submission, company },
      needsList: true,
      columns: { 事由: '发放' },
    },
  ])
  const shown = await clerk.get(`${drafts}/${id}`)
  expect(shown.body).toMatchObject({
    own: false,
    revision: 0,
    imported: { line: 7, needsList: true, columns: { 事由: '发放' } },
    form: { company, amount: '12000.00' },
  })
  expect((await save(id, { ...submission, purpose: '改' }, '"0"')).body['revision']).toBe(1)
  expect(await rowsOf()).toContain(id)
  for (const person of [p('head'), p('cashier'), p('bclerk')]) {
    const other = await town.client(person)
    expect((await other.get(`${drafts}/${id}`)).status).toBe(404)
  }
  // the same sheet again changes nothing that was written since
  await town.desk.drafts.putAll([])
  const [kept] = await town.desk.drafts.list()
  expect(kept).toMatchObject({ id, state: 'waiting' })
})

// The preview over HTTP: what it says is what submitting then does, finished or not; and it writes nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import type { StreamId } from '../../src/domain/ids.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { company, p, village } from '../support/law-cast.ts'
import { signerOf } from '../support/township-data.ts'
import type { Client } from './client.ts'
import { formOf, request, returned } from './things.ts'
import { code, openTown, type Town } from './town.ts'

const place = `/villages/${code(village)}`
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

interface Ahead {
  readonly ready: boolean
  readonly amount?: { readonly figure: string; readonly capitals: string }
  readonly route: readonly {
    readonly must: string
    readonly demand: string
    readonly rule: string
    readonly reason: string
    readonly ground: { readonly clause: string; readonly keys: readonly { readonly key: string }[] }
  }[]
  readonly facts?: { readonly others: string; readonly parts: readonly object[] }
  readonly papers?: { readonly decision: readonly { readonly there: boolean }[] }
  readonly refusals: readonly { readonly code: string; readonly reason: string }[]
  readonly missing: readonly string[]
  readonly faults: readonly { readonly path: string }[]
}

const ahead = async (form: unknown, query = '', by = clerk): Promise<Ahead> => {
  // as a command is sent: the papers it names were brought before
  const { status, body, text } = await by.command(`${place}/requests/preview${query}`, form)
  expect(status, text).toBe(200)
  return body as unknown as Ahead
}
const codes = ({ refusals }: Ahead): readonly string[] => refusals.map(({ code: one }) => one)

describe('a form while it is filled in', () => {
  test('of an empty one everything is missing, and nothing is said against it', async () => {
    const found = await ahead({})
    expect(found).toMatchObject({ ready: false, route: [], refusals: [], faults: [] })
    expect(found.missing).toContain('amount')
    expect(found).not.toHaveProperty('papers')
  })

  test('an amount alone has a route and its capitals', async () => {
    const found = await ahead({ amount: '12,000.5' })
    expect(found.amount).toEqual({ figure: '12000.50', capitals: '壹万贰仟元伍角整' })
    expect(found.route.map(({ must, demand }) => `${must} ${demand}`)).toEqual([
      'memberVote notRequired',
      'boardReview required',
      'supervisorySignOff required',
      'townshipFiling required',
      'disciplineAudit required',
    ])
    expect(found.route[3]?.ground).toMatchObject({
      clause: '3.6',
      keys: [{ key: 'tier.largeFrom' }],
    })
  })

  test('half an amount is a fault of that place alone', async () => {
    const found = await ahead({ amount: '12.', company, category: 'works' })
    expect(found.faults.map(({ path }) => path)).toEqual(['amount'])
    expect(found.route).toEqual([])
  })

  test('a category and an amount have their list of papers', async () => {
    const found = await ahead({ amount: '100', category: 'works' })
    expect(found.papers?.decision.map(({ there }) => there)).toEqual([false, false, false])
  })

  test('is refused what is no form at all', async () => {
    const { status, body } = await clerk.post(`${place}/requests/preview`, { amount: 12 })
    expect([status, body['code']]).toEqual([422, 'inputInvalid'])
    const unknown = await clerk.post(`${place}/requests/preview`, { price: '1' })
    expect(unknown.body['code']).toBe('inputInvalid')
  })

  test.each([
    ['a direction that turns text around', 'a\u{202e}b'],
    ['letters taken apart, as copied from a PDF', 'cafe\u{301}'],
  ])('%s is told as submitting it would tell it', async (_what, purpose) => {
    const found = await ahead({ ...formOf(77, '20.00'), purpose })
    expect(codes(found)).toEqual(['textMalformed'])
    const query = new URLSearchParams({ company, name: purpose })
    const payee = await clerk.get(`${place}/payees?${query.toString()}`)
    expect(payee.status, payee.text).toBeLessThan(500)
  })

  test('reasons are said in the language of who asks', async () => {
    const english = await clerk.ask('POST', `${place}/requests/preview`, {
      body: { amount: '60000' },
      headers: { 'accept-language': 'en' },
    })
    const chinese = await ahead({ amount: '60000' })
    const said = english.body as unknown as Ahead
    expect(said.route[0]?.reason).toContain('60,000.00')
    expect(said.route[0]?.reason).not.toMatch(/\p{Script=Han}/u)
    expect(chinese.route[0]?.reason).toMatch(/\p{Script=Han}/u)
  })
})

const submitting = (form: unknown) => clerk.command(`${place}/requests`, form)
/** An ordinary one, of its own payee: no emergency. */
const calm = (n: number, amount = '6000.00', more: Record<string, unknown> = {}) => {
  const { emergency: _, ...form } = formOf(n, amount)
  return { ...form, ...more }
}
const tomorrows = (n: number) => {
  const { invoices, ...form } = calm(n)
  return { ...form, invoices: invoices.map((one) => ({ ...one, date: '2029-01-01' })) }
}

describe('what it says, submitting does', () => {
  const forms: readonly (readonly [what: string, form: object])[] = [
    ['guaranteeForbidden', calm(900, '6000.00', { matter: 'guarantee' })],
    ['issuersNotThree', calm(900, '6000.00', { witness: p('handler') })],
    ['kindMismatch', calm(900, '6000.00', { kind: 'reimbursement' })],
    ['papersIncomplete', calm(900, '6000.00', { evidence: [] })],
    ['hospitalityProhibited', calm(900, '6000.00', { category: 'hospitality' })],
    ['dateInFuture', tomorrows(900)],
    ['emergencyOverCeiling', formOf(900, '900000.00')],
    ['authorityMismatch', calm(900, '6000.00', { authority: 'a-2026-0001' })],
  ]
  test.each(forms)('%s', async (refused, form) => {
    const found = await ahead(form)
    const answer = await submitting(form)
    expect(codes(found)[0]).toBe(refused)
    expect(answer.body['code']).toBe(refused)
    expect(answer.body['title']).toBe(found.refusals[0]?.reason)
    expect(found.ready).toBe(false)
  })

  test('a file nobody brought', async () => {
    const bare = await town.client(p('clerk'), { papers: false })
    const form = calm(901)
    expect(codes(await ahead(form, '', bare))).toEqual(['attachmentMissing'])
    expect((await bare.command(`${place}/requests`, form)).body['code']).toBe('attachmentMissing')
  })

  test('a good one is ready, and gets the route that was foreseen', async () => {
    const form = formOf(902)
    const found = await ahead(form)
    expect(found).toMatchObject({ ready: true, refusals: [], missing: [], faults: [] })
    const answer = await submitting(form)
    expect(answer.status).toBe(201)
    const [submitted] = await town.read(`request/${String(answer.body['id'])}` as StreamId)
    const stations = submitted?.body['route'] as { reason: { zh: string } }[]
    expect(found.route.map(({ reason }) => reason)).toEqual(stations.map(({ reason }) => reason.zh))
  })

  test('the second to one payee sees the first, and the sum raises its route', async () => {
    const first = calm(904)
    expect((await submitting(first)).status).toBe(201)
    const found = await ahead({ company, payee: first.payee, amount: '6000.00' })
    expect(found.facts).toMatchObject({ others: '6000.00', parts: [{ amount: '6000.00' }] })
    expect(found.route[3]).toMatchObject({ demand: 'required', rule: 'rollingSum.reaches' })
    const alone = await ahead({ company, payee: calm(905).payee, amount: '6000.00' })
    expect(alone.route[3]).toMatchObject({ demand: 'notRequired' })
    const { account } = first.payee as { readonly account: string }
    const history = await clerk.get(`${place}/payees?company=${company}&account=${account}`)
    expect(history.body).toMatchObject({
      window: { days: 30, sum: '6000.00' },
      requests: [{ amount: '6000.00', state: 'issuing.drawnUp' }],
      related: false,
    })
  })
})

describe('of a request that was returned', () => {
  test('what it holds already is its own', async () => {
    const id = await request(town, 'witnessed', returned)
    const shown = await clerk.get(`${place}/requests/${id}`)
    const submission = shown.body['submission'] as Record<string, unknown>
    expect(codes(await ahead({ ...submission, amount: '11000.00' }, `?request=${id}`))).toEqual([])
    // as a new one it would claim the same invoice twice
    expect(codes(await ahead(submission))).toContain('invoiceClaimed')
  })

  test('unchanged it would be refused, as resubmitting it is', async () => {
    const id = await request(town, 'witnessed', returned)
    const shown = await clerk.get(`${place}/requests/${id}`)
    expect(codes(await ahead(shown.body['submission'], `?request=${id}`))).toEqual([
      'nothingChanged',
    ])
  })

  test('one that was not returned cannot be answered', async () => {
    const id = await request(town, 'witnessed')
    const shown = await clerk.get(`${place}/requests/${id}`)
    expect(codes(await ahead(shown.body['submission'], `?request=${id}`))).toEqual(['notOpen'])
  })
})

describe('it writes nothing', () => {
  const size = async (): Promise<unknown> => {
    const { body } = await clerk.get('/ledgers')
    const ledgers = body['ledgers'] as { origin: string; size: number }[]
    return ledgers.find(({ origin }) => origin === village)?.size
  }
  test('neither numbers nor entries', async () => {
    const next = town.next('request')
    const before = await size()
    await ahead(formOf(910))
    expect([town.next('request'), await size()]).toEqual([next, before])
    await submitting(formOf(910))
    expect(await size()).not.toBe(before)
  })

  test('whoever is not the clerk is told so', async () => {
    const member = await town.client(p('m1'))
    expect(codes(await ahead({ company, amount: '1.00' }, '', member))).toEqual(['officeNotHeld'])
  })
})

describe('ceilings', () => {
  test('those of today, with what is left', async () => {
    const { body } = await clerk.get(`${place}/budgets?company=${company}`)
    expect(body['budgets']).toMatchObject([
      { authority: 'a-2026-0001', ceiling: '900000.00', left: '900000.00', ofPayee: false },
    ])
    expect((await clerk.get(`${place}/budgets?company=g_coop`)).body).toEqual({ budgets: [] })
  })

  test('a payee that nothing tells is no question', async () => {
    const { status, body } = await clerk.get(`${place}/payees?company=${company}`)
    expect([status, body['code']]).toEqual([400, 'queryInvalid'])
  })
})

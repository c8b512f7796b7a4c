// One request from its submission to its close, by nine people over real HTTP; and the rules every write keeps on its way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { company, p, village } from '../support/law-cast.ts'
import { digest } from '../support/law.ts'
import { notice, plan, secret } from '../support/law-round.ts'
import { evidenceOf, form } from '../support/request-cast.ts'
import { signerOf } from '../support/township-data.ts'
import { type Answer, type Client, commandKey } from './client.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  checkLedger(town.file, { workings, signer: signerOf })
  await town.close()
})

const here = `/villages/${code(village)}`
const vouchers = { evidence: evidenceOf('invoice') }

/** A payee of its own each, so that no rolling sum reaches the board. */
const small = (n: number) => {
  const account = `62462705${String(n).padStart(8, '0')}`
  const number = `2533${String(n).padStart(16, '0')}`
  return form({
    amount: '20.00',
    payee: { type: 'firm', name: `供应商${n}`, account, bank: '湖州银行' },
    invoices: [{ number, date: '2026-03-01', sellerAccount: account, total: '20.00' }],
  })
}

const done = (answer: Answer): Answer => {
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return answer
}

async function people(...names: readonly string[]): Promise<readonly Client[]> {
  const clients: Client[] = []
  for (const name of names) clients.push(await town.client(p(name)))
  return clients
}

async function submitted(n: number): Promise<string> {
  const clerk = await town.client(p('clerk'))
  const { body, headers } = done(await clerk.command(`${here}/requests`, small(n)))
  const path = `${here}/requests/${String(body['id'])}`
  expect(headers.get('location')).toBe(`/api/v1${path}`)
  return path
}

describe('one request', () => {
  test('goes from its form to its close', async () => {
    const [clerk, handler, witness, head, sup1, sup2, cashier, book, inspector] = (await people(
      'clerk',
      'handler',
      'witness',
      'head',
      'sup1',
      'sup2',
      'cashier',
      'bookkeeper',
      'inspector1',
    )) as [Client, Client, Client, Client, Client, Client, Client, Client, Client]
    const path = await submitted(1)
    const request = path.slice(-11)
    const waiting = await handler.get('/inbox')
    expect(waiting.body['rows']).toEqual([
      expect.objectContaining({
        act: 'request.handle',
        stream: `request/${request}`,
        thing: {
          kind: 'request',
          id: request,
          title: small(1).purpose,
          href: `/api/v1${path}`,
        },
      }),
    ])
    const can = await handler.get(path)
    expect(can.body['can']).toContainEqual(
      expect.objectContaining({
        command: 'request.handle',
        href: `/api/v1${path}/issuing/handler`,
        allowed: true,
        signature: true,
      }),
    )
    const steps: readonly (readonly [Client, string, unknown])[] = [
      [handler, '/issuing/handler', {}],
      [witness, '/issuing/witness', {}],
      [head, '/issuing/head', {}],
      [clerk, '/papers', vouchers],
      [clerk, '/papers/completion', {}],
      [sup1, '/sign-offs', {}],
      [sup2, '/sign-offs', { opinion: '同意' }],
      [cashier, '/payment/order', {}],
      [cashier, '/payment/record', { bankReference: 'HZ1', paidOn: '2026-03-02' }],
      [book, '/booking', { voucherNo: '记-1', entity: company, debit: '5602', credit: '1002' }],
    ]
    for (const [who, at, body] of steps) done(await who.command(`${path}${at}`, body))
    expect((await inspector.get(path)).body['state']).toBe('待镇纪委检查')

    town.clock('2026-04-01T01:00:00.000Z')
    const round = done(await inspector.command(`${here}/inspections`, plan))
    const at = `${here}/inspections/${String(round.body['id'])}`
    done(await inspector.command(`${at}/notice`, notice))
    town.clock('2026-04-08T01:30:00.000Z')
    // the lot rests on the first head after the instant that was named
    done(await clerk.command(`${path}/comments`, { text: '资料在村委会' }))
    town.clock('2026-04-08T02:00:00.000Z')
    done(await inspector.command(`${at}/lot`, { secret, picks: [] }))
    town.clock('2026-04-10T01:00:00.000Z')
    done(await inspector.command(`${at}/start`))
    const examined = [{ request, result: 'noFinding' }]
    done(await inspector.command(`${at}/coverage`, { notExamined: [], examined }))

    const page = await head.get(path, { 'accept-language': 'en' })
    expect(page.body).toMatchObject({ state: 'closed', waiting: [] })
    expect(page.headers.get('etag')).toMatch(new RegExp(`^W/"${String(page.body['revision'])}\\.`))
    const trail = page.body['trail'] as readonly { readonly who?: string; readonly what: string }[]
    expect(trail.at(0)).toMatchObject({ who: 'reporting clerk p_clerk' })
  })
})

describe('every write', () => {
  test('is done once, however often it is sent', async () => {
    const clerk = await town.client(p('clerk'))
    const key = { 'idempotency-key': commandKey() }
    const [first, again] = await Promise.all([
      clerk.command(`${here}/requests`, small(2), key),
      clerk.command(`${here}/requests`, small(2), key),
    ])
    const third = await clerk.command(`${here}/requests`, small(2), key)
    expect([first.status, again.status, third.status]).toEqual([201, 201, 201])
    expect(again.body).toEqual(first.body)
    expect(third.body).toEqual(first.body)
    const other = await clerk.command(`${here}/requests`, small(3), key)
    expect([other.status, other.body['code']]).toEqual([409, 'commandReused'])
  })

  test('gets the next number of the year, whoever else is at it', async () => {
    const clerk = await town.client(p('clerk'))
    const answers = await Promise.all(
      [11, 12, 13, 14, 15, 16].map((n) => clerk.command(`${here}/requests`, small(n))),
    )
    const ids = answers.map((answer) => String(done(answer).body['id'])).sort()
    const [first = ''] = ids
    const from = Number(first.slice(5))
    expect(ids).toEqual(ids.map((_, i) => `2026-${String(from + i).padStart(6, '0')}`))
  })

  test('says what has changed since its author looked', async () => {
    const path = await submitted(21)
    const [handler, clerk] = (await people('handler', 'clerk')) as [Client, Client]
    const tag = (await handler.get(path)).headers.get('etag') ?? ''
    done(await clerk.command(`${path}/comments`, { text: '请尽快' }))
    const late = await handler.command(`${path}/issuing/handler`, {}, { 'if-match': tag })
    expect([late.status, late.body['code']]).toEqual([412, 'staleView'])
    expect(late.body['changes']).toEqual([
      expect.objectContaining({
        type: 'request.commented',
        revision: Number(/\d+/.exec(tag)?.[0]) + 1,
      }),
    ])
    const now = (await handler.get(path)).headers.get('etag') ?? ''
    done(await handler.command(`${path}/issuing/handler`, {}, { 'if-match': now }))
  })

  test('needs a key of its own, well-formed', async () => {
    const clerk = await town.client(p('clerk'))
    const without = await clerk.ask('POST', `${here}/requests`, { body: small(31) })
    expect([without.status, without.body['code']]).toEqual([400, 'keyMissing'])
    const old = { 'idempotency-key': '6e0c7f1e-8a4f-4c5e-9d7c-1f1f1f1f1f1f' }
    const wrong = await clerk.command(`${here}/requests`, small(31), old)
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'headerInvalid'])
  })

  test('is refused by the law in its own words, with what to do', async () => {
    const path = await submitted(41)
    const cashier = await town.client(p('cashier'))
    const refused = await cashier.command(`${path}/issuing/head`, {}, { 'accept-language': 'en' })
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'notOpen',
      type: '/api/docs/problems#notOpen',
    })
  })

  test('names the fields that are not of their form', async () => {
    const clerk = await town.client(p('clerk'))
    const broken = { ...small(51), amount: 20, payee: { type: 'firm', name: '', account: 'x' } }
    const { status, body } = await clerk.command(`${here}/requests`, broken)
    expect([status, body['code']]).toEqual([422, 'inputInvalid'])
    const fields = body['fields'] as readonly { readonly path: string }[]
    expect(fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['amount', 'payee.name', 'payee.account', 'payee.bank']),
    )
  })

  test('leaves the same entries as the command line would: proof and all', async () => {
    const path = await submitted(61)
    const clerk = await town.client(p('clerk'))
    const { body } = done(await clerk.command(`${path}/comments`, { text: digest('x') }))
    const [entry] = body['entries'] as readonly { readonly seq: number }[]
    const proof = await clerk.get(`/ledgers/${code(village)}/entries/${entry?.seq ?? 0}/proof`)
    expect(proof.text).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
  })
})

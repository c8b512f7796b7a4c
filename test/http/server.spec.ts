// What every call passes through: where it comes from, who it is, how freshly confirmed, in which office; and what is told to whom.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyExport } from '../../src/ledger/verify.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { DEMO_HEADER } from '../../src/http/shield.ts'
import { DEMO_PASSWORD } from '../../src/http/identity/demo.ts'
import { by, found, o, p, town as townOrigin, village } from '../support/law-cast.ts'
import { vkeyOfLedger } from '../support/township-data.ts'
import { commandKey } from './client.ts'
import { request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
const here = `/villages/${code(village)}`

describe('a page of another site', () => {
  test.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('may not write: %j', async (headers) => {
    const clerk = await town.client(p('clerk'))
    const { status, body } = await clerk.command(`${here}/meetings`, {}, headers)
    expect([status, body['code']]).toEqual([403, 'originForeign'])
  })

  test('ours may', async () => {
    const clerk = await town.client(p('clerk'))
    const { body } = await clerk.command(`${here}/meetings`, {}, { origin: town.url })
    expect(body['code']).toBe('inputInvalid')
  })
})

describe('every answer', () => {
  test.each(['~/healthz', '/me', '/nowhere', '~/api/docs', '~/api/auth/none'])(
    '%s wears the headers, and says that this is a demonstration',
    async (path) => {
      const { headers } = await fetch(
        `${town.url}${path.startsWith('~') ? path.slice(1) : `/api/v1${path}`}`,
      )
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      // pages of ours may be kept, and are asked again each time
      const kept = path === '~/api/docs' ? 'public, no-cache' : 'no-store'
      expect(headers.get('cache-control')).toBe(kept)
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get(DEMO_HEADER)).toMatch(/demonstration/)
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  test('names what is allowed where a method is not', async () => {
    const answer = await town.stranger().ask('DELETE', '/me')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  })

  test('is in the language of the caller, Chinese unless they say otherwise', async () => {
    const stranger = town.stranger()
    expect((await stranger.get('/me')).body['title']).toMatch(/\p{Script=Han}/u)
    const english = await stranger.get('/me', { 'accept-language': 'en-GB,en;q=0.9' })
    expect(english.body['title']).toBe('Not signed in, or no longer')
    expect(english.headers.get('content-language')).toBe('en')
  })
})

describe('an office', () => {
  test('is chosen by itself where only one of several may act', async () => {
    // the clerk also sits on the council: only the reporting clerk may plan a meeting of the company
    const seat = [
      found(village, 'office.open', {
        office: o('extra1'),
        kind: 'teller',
        organisation: 'g_coop',
      }),
      found(village, 'office.appoint', {
        office: o('extra1'),
        person: p('clerk'),
        from: '2026-01-05',
      }),
    ].map((asking) => ({ ...asking, by: by('officer') }))
    await town.given(...seat)
    await town.refresh()
    const clerk = await town.client(p('clerk'))
    const me = await clerk.get('/me')
    expect((me.body['offices'] as readonly unknown[]).length).toBe(2)
    const id = await request(town, 'papers')
    expect((await clerk.command(`${here}/requests/${id}/urges`)).status).toBe(201)
    const both = await clerk.command(`${here}/requests/${id}/comments`, { text: '见附件' })
    expect([both.status, both.body['code']]).toEqual([409, 'officeAmbiguous'])
    // by what they are called, not by their ids alone
    expect(both.body['detail']).toContain(`${o('extra1')} 计票人`)
    expect(both.body['detail']).toContain(`${o('clerk')} 报账员`)
    const can = (await clerk.get(`${here}/requests/${id}`)).body['can']
    const choice = [
      { office: o('clerk'), title: '报账员' },
      { office: o('extra1'), title: '计票人' },
    ]
    expect(can).toContainEqual(
      expect.objectContaining({ command: 'request.comment', allowed: true, offices: choice }),
    )
    // one of the two alone may: there is nothing to choose
    const complete = (can as readonly Record<string, unknown>[]).find(
      ({ command }) => command === 'request.urge',
    )
    expect(complete).not.toHaveProperty('offices')
    const named = { 'acting-office': o('extra1'), 'idempotency-key': commandKey() }
    const path = `${here}/requests/${id}/comments`
    const said = await clerk.command(path, { text: '见附件' }, named)
    expect(said.status).toBe(201)
    // sent again it is the same act, by the office that gave it, named or not
    const { 'acting-office': _, ...key } = named
    const again = await clerk.command(path, { text: '见附件' }, key)
    expect([again.status, again.body]).toEqual([201, said.body])
    const [last] = (await town.read(`request/${id}`)).slice(-1)
    expect(last?.by).toEqual({ auth: 'password', office: o('extra1'), person: p('clerk') })
  })

  test('somebody else holds is of no use', async () => {
    const id = await request(town, 'witnessed')
    const cashier = await town.client(p('cashier'))
    const path = `${here}/requests/${id}/issuing/head`
    const { status, body } = await cashier.command(path, {}, { 'acting-office': o('chead') })
    expect([status, body['code']]).toEqual([403, 'officeNotHeld'])
  })

  test('that is new counts with the next call', async () => {
    const officer = await town.client(p('officer'))
    const office = o('fresh')
    const opened = { office, kind: 'witness', organisation: 'g_company' }
    expect((await officer.command(`${here}/roster/offices`, opened)).status).toBe(201)
    const member = await town.client(p('m3'))
    expect((await member.get('/me')).body['offices']).toEqual([])
    const term = { office, person: p('m3'), from: '2026-01-05' }
    expect((await officer.command(`${here}/roster/appointments`, term)).status).toBe(201)
    expect((await member.get('/me')).body['offices']).toEqual([
      expect.objectContaining({ office, kind: 'witness' }),
    ])
  })
})

describe('an inbox', () => {
  test('holds what waits at the desks of the township it belongs to, and of no other', async () => {
    const id = await request(town, 'filing')
    const streams = async (person: string) => {
      const { status, body } = await (await town.client(p(person))).get('/inbox?limit=200')
      expect(status).toBe(200)
      return (body['rows'] as readonly { readonly stream: string }[]).map(({ stream }) => stream)
    }
    expect(await streams('officer')).toContain(`request/${id}`)
    expect(await streams('bofficer')).toEqual([])
    expect(await streams('bclerk')).toEqual([])
  })

  test('goes on where a page ended', async () => {
    await request(town, 'filing')
    const officer = await town.client(p('officer'))
    const all = (await officer.get('/inbox?limit=200')).body['rows'] as readonly unknown[]
    const seen: unknown[] = []
    for (let after = ''; ;) {
      const { body } = await officer.get(`/inbox?limit=1${after}`)
      seen.push(...(body['rows'] as readonly unknown[]))
      if (typeof body['next'] !== 'string') break
      after = `&after=${body['next']}`
    }
    expect(all.length).toBeGreaterThan(1)
    expect(seen).toEqual(all)
    expect((await officer.get('/inbox?after=AAAA')).body['code']).toBe('queryInvalid')
  })

  test('a cursor of another list, or of another length, is no cursor', async () => {
    const officer = await town.client(p('officer'))
    const place = `/villages/${code(village)}`
    const lists = {
      inbox: '/inbox',
      requests: `${place}/requests`,
      meetings: `${place}/meetings`,
      inspections: `${place}/inspections`,
      authorities: `${place}/authorities`,
      findings: `${place}/findings`,
    }
    const cursor = (parts: readonly string[]) =>
      Buffer.from(JSON.stringify(parts)).toString('base64url')
    for (const [name, path] of Object.entries(lists))
      for (const parts of [['a'], ['alerts', 'a', 'b'], [name], [name, ...'abcdefgh'.split('')]]) {
        const { status, body } = await officer.get(`${path}?limit=2&after=${cursor(parts)}`)
        expect([path, parts, status, body['code']]).toEqual([path, parts, 400, 'queryInvalid'])
      }
  })
})

describe('outsiders', () => {
  test('verify a ledger from what is public, and entries need leave', async () => {
    const inspector = await town.client(p('inspector1'))
    const stranger = town.stranger()
    const read = async (path: string) => {
      const entries = path.startsWith('tile/entries/')
      if (path === 'vkey') return undefined
      const answer = await (entries ? inspector : stranger).get(`~/${code(village)}/${path}`)
      return answer.status === 200 ? answer.bytes : undefined
    }
    const steps: unknown[] = []
    for await (const step of verifyExport(nodeCrypto, { vkey: vkeyOfLedger(village), read }))
      steps.push(step)
    expect(steps.length).toBeGreaterThan(0)
    expect((await stranger.get(`~/${code(village)}/tile/entries/000.p/1`)).status).toBe(401)
    const officer = await town.client(p('officer'))
    expect((await officer.get(`~/${code(townOrigin)}/tile/entries/000.p/1`)).status).toBe(200)
    const clerk = await town.client(p('clerk'))
    expect((await clerk.get(`~/${code(townOrigin)}/tile/entries/000.p/1`)).status).toBe(404)
  })

  test.each([
    'tile/0/000.p/0',
    'tile/0/000.p/999',
    'tile/0/00',
    'tile/0/x000/000',
    'tile/9/000',
    'tile/entries/..',
  ])('find nothing at %s', async (path) => {
    const answer = await (await town.client(p('inspector1'))).get(`~/${code(village)}/${path}`)
    expect(answer.status).toBe(404)
  })

  test('read the document and its pages, without any script', async () => {
    const document = (await (await fetch(`${town.url}/api/openapi.json`)).json()) as {
      readonly openapi: string
      readonly paths: Readonly<Record<string, unknown>>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain(
      '/villages/{village}/requests/{request}/sign-offs',
    )
    const page = await (await fetch(`${town.url}/api/docs/request`)).text()
    expect(page).toContain('id="supervisorySignOff.sign"')
    expect(page).not.toMatch(/<script|style=|https?:\/\//)
    const codes = await (await fetch(`${town.url}/api/docs/problems`)).text()
    expect(codes).toContain('id="officeNotHeld"')
    expect(codes).toContain('id="reauthenticationNeeded"')
  })
})

describe("the operator's log", () => {
  test('has a line a call, and nothing of persons', async () => {
    const clerk = await town.client(p('clerk'))
    town.log.length = 0
    await clerk.get(`${here}/requests?company=g_company`)
    const [line] = town.log
    expect(line).toMatchObject({ method: 'GET', status: 200, path: `/api/v1${here}/requests` })
    const whole = JSON.stringify(town.log)
    expect(whole).not.toMatch(/p_|203\.|session|g_company/)
    expect(whole).not.toContain(DEMO_PASSWORD)
  })
})

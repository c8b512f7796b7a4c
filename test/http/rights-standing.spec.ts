// Who somebody was, or is for a while: a former holder of an office, a deputy by mandate, a suspended account, a session that
// must first mend itself, an administrator who would take an office. What each may is derived from the table of rights.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../src/http/route.ts'
import { by, o, p, town as townOrigin, village } from '../support/law-cast.ts'
import { digest } from '../support/law.ts'
import { because } from '../support/request-cast.ts'
import type { Answer, Client } from './client.ts'
import { asks, onAccount } from './rights-asks.ts'
import { roles, rows } from './rights-rows.ts'
import { meeting, request } from './things.ts'
import { code, openTown, type Town } from './town.ts'

interface Row {
  readonly username: string
}

let town: Town
/** By the name of the place in a path: things there are. */
let places: Readonly<Record<string, string>>
beforeAll(async () => {
  town = await openTown()
  places = {
    village: code(village),
    request: await request(town, 'accepted'),
    meeting: await meeting(town, 'member'),
    authority: 'a-2026-0001',
    level: '0',
    tile: '000.p/1',
    seq: '0',
  }
})
afterAll(() => town.close())

const said = ({ status, body }: Answer): string => (status < 300 ? 'ok' : String(body['code']))
const cellOf = (id: string, role: (typeof roles)[number]): string =>
  rows[id]?.cells[roles.indexOf(role)]?.replace('>', '') ?? ''

/** Asked of a thing there is where there is one, without a body unless one is given. */
function called(client: Client, route: Route, body?: unknown): Promise<Answer> {
  const path = route.path.replaceAll(/\{(\w+)\*?\}/g, (_whole, name: string) => places[name] ?? 'x')
  const place = `${route.root === true ? '~' : ''}${path}`
  const sent = body === undefined ? {} : { body }
  return route.command === undefined
    ? client.ask(route.method.toUpperCase(), place, sent)
    : client.command(place, body)
}

const closedRoutes = (): readonly Route[] =>
  town.routes.filter(({ access }) => access !== 'anybody')
const ofPlaces = (): readonly Route[] =>
  town.routes.filter(
    ({ id, access }) => id in rows && ['village', 'ledger', 'township'].includes(access),
  )

describe('a former holder of an office', () => {
  const seat = { ledger: village, stream: 'roster' as const, by: by('officer') }

  test('sees and does what somebody does who never held one, from the next call on', async () => {
    const client = await town.client(p('watch2'))
    const before = await client.get(`/villages/${code(village)}/requests`)
    expect(said(before)).toBe('ok')
    const input = { office: o('watch2'), reason: '离任' }
    await town.given({ ...seat, type: 'office.vacate', input })
    for (const route of ofPlaces()) {
      // the administrator holds no office and stands on no roll
      expect(said(await called(client, route)), route.id).toBe(cellOf(route.id, 'administrator'))
    }
    const { body } = await client.get('/me')
    expect(body).toMatchObject({ offices: [], villages: [], townships: [], memberOf: [] })
  })

  test('manages no account any more', async () => {
    const officer = await town.client(p('officer2'))
    const { params } = await onAccount('m2')(town)
    expect(said(await officer.post(`/accounts/${params?.['id'] ?? ''}/set-up-links`))).toBe('ok')
    const input = { office: o('officer2'), reason: '调离' }
    await town.given({
      ledger: townOrigin,
      stream: 'roster',
      type: 'office.vacate',
      by: by('head'),
      input,
    })
    expect(said(await officer.post(`/accounts/${params?.['id'] ?? ''}/set-up-links`))).toBe(
      'accountNotYours',
    )
    expect((await officer.get('/accounts')).body['rows']).toEqual([])
  })
})

describe('a suspended account', () => {
  test('is signed out everywhere at once, and does not come back', async () => {
    const client = await town.client(p('m3'))
    expect(said(await client.get('/me'))).toBe('ok')
    const boss = await town.client('administrator')
    const { params } = await onAccount('m3')(town)
    const account = `/accounts/${params?.['id'] ?? ''}`
    expect(said(await boss.post(`${account}/suspension`, because))).toBe('ok')
    for (const route of closedRoutes())
      expect(said(await called(client, route)), route.id).toBe('notSignedIn')
    const [row] = (await boss.get('/accounts?named=u.m3')).body['rows'] as readonly Row[]
    const username = row?.username
    const again = await fetch(`${town.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: town.password }),
    })
    expect([again.status, await again.json()]).toMatchObject([403, { code: 'accountSuspended' }])
    expect(said(await boss.ask('DELETE', `${account}/suspension`))).toBe('ok')
    expect(said(await (await town.client(p('m3'))).get('/me'))).toBe('ok')
  })
})

describe('a session that must first set one-time codes up', () => {
  let real: Town
  beforeAll(async () => {
    real = await openTown({ demo: false })
  })
  afterAll(() => real.close())

  test('does nothing but that', async () => {
    const cashier = await real.client(p('cashier'), { confirm: false })
    const open = new Map([['whoAmI', 'ok']])
    for (const route of real.routes.filter(({ access }) => access !== 'anybody')) {
      // its own confirmation is refused for the same reason
      const body = route.id === 'reauthenticate' ? { password: real.password } : undefined
      expect(said(await called(cashier, route, body)), route.id).toBe(
        open.get(route.id) ?? 'enrolmentNeeded',
      )
    }
    expect((await cashier.get('/me')).body).toMatchObject({ limit: 'enrolmentNeeded' })
  })

  test('the control: an office that need not goes on', async () => {
    const clerk = await real.client(p('clerk'))
    expect(said(await clerk.get(`/villages/${code(village)}/requests`))).toBe('ok')
  })
})

describe('law 7.16: a deputy of the head of the three-assets centre', () => {
  let deputy: Client
  const terms = { mandate: 'd_standing', office: o('head'), person: p('m4') }
  beforeAll(async () => {
    deputy = await town.client(p('m4'))
    const [from, to] = [town.today(), town.later(20).slice(0, 10)]
    await town.given({
      ledger: townOrigin,
      stream: 'roster',
      type: 'mandate.grant',
      by: by('head'),
      input: { ...terms, from, to, musts: ['townshipFiling'], paper: digest('mandate') },
    })
  })

  /** What goes with filing, and with stopping what one files. */
  const theirs = [
    'townshipFiling.consent',
    'townshipFiling.refuse',
    'townshipFiling.confirm',
    'townshipFiling.refuseConfirmation',
    'suspension.order',
    'suspension.renew',
    'suspension.lift',
  ]

  test.each(theirs)('%s is theirs as it is the head’s', async (id) => {
    const route = town.routes.find((one) => one.id === id)
    const ask = await asks[id]?.(town)
    places = { ...places, ...ask?.params }
    if (route === undefined) throw new Error(id)
    const answer = await called(deputy, route, ask?.body)
    expect(said(answer), answer.text).toBe('ok')
    const entries = await town.read(`request/${places['request'] ?? ''}`)
    const last = entries.find(({ by: who }) => who.person === p('m4'))
    expect(last?.by).toMatchObject({ mandate: 'd_standing', office: o('head') })
  })

  test.each([
    'alert.dismiss',
    'household.record',
    'organisation.register',
    'relatives.declare',
    'township.office.open',
    'township.mandate.revoke',
    'policy.endorse',
    'policy.propose',
    'request.comment',
    'suspension.propose',
    'payment.order',
    'townshipFiling.accept',
  ])('%s is not, whatever the head may', async (id) => {
    const route = town.routes.find((one) => one.id === id)
    const ask = await asks[id]?.(town)
    places = { ...places, ...ask?.params }
    if (route === undefined) throw new Error(id)
    expect(said(await called(deputy, route, ask?.body))).toBe('mandateExceeded')
  })

  test('a mandate grants none, and manages no account', async () => {
    const route = town.routes.find(({ id }) => id === 'township.mandate.grant')
    const ask = await asks['township.mandate.grant']?.(town)
    if (route === undefined) throw new Error('no route')
    expect(said(await called(deputy, route, ask?.body))).toBe('mandateRedelegated')
    const { params } = await onAccount('m2')(town)
    const account = `/accounts/${params?.['id'] ?? ''}`
    expect(said(await deputy.post(`${account}/set-up-links`))).toBe('accountNotYours')
    expect(said(await deputy.post(`${account}/suspension`, because))).toBe('accountNotYours')
    // who could make the deputy's password could act as the head
    const own = await onAccount('m4')(town)
    const officer = await town.client(p('officer'))
    expect(said(await officer.post(`/accounts/${own.params?.['id'] ?? ''}/set-up-links`))).toBe(
      'accountOfSuperior',
    )
  })

  test('the villages are seen while it runs, and no longer', async () => {
    expect(said(await deputy.get('/township/roster'))).toBe('ok')
    town.clock(town.later(21))
    expect(said(await deputy.get('/township/roster'))).toBe('notAllowed')
    // as a member of the village they go on
    expect(said(await deputy.get(`/villages/${code(village)}/requests`))).toBe('ok')
  })
})

describe('an administrator', () => {
  test('manages accounts, and is given no office by any of it', async () => {
    const boss = await town.client('administrator')
    for (const [path, body] of [
      [`/villages/${code(village)}/roster/appointments`, { office: o('clerk'), person: p('m1') }],
      ['/township/roster/appointments', { office: o('officer'), person: p('m1') }],
      ['/township/roster/mandates', {}],
    ] as const) {
      const answer = await boss.command(path, { ...body, from: town.today() })
      expect(said(answer), path).toBe(path.startsWith('/township') ? 'notAllowed' : 'noSuchThing')
    }
    // an account for somebody who holds an office is that person's: it adds nothing to anybody's rights
    const made = await boss.post('/accounts', { username: 'boss.two', role: 'administrator' })
    expect(said(made)).toBe('ok')
    const { body } = await boss.get('/me')
    expect(body).toMatchObject({ administrator: true, offices: [], villages: [], townships: [] })
    const roster = await town.read('roster')
    expect(roster.filter(({ by: { person } }) => person.includes('boss'))).toEqual([])
  })
})

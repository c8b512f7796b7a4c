// The attempt log over HTTP: what was refused is there, what was accepted is not, nobody's words are in it, and only those who
// may read it do.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { o, p, village } from '../support/law-cast.ts'
import { because } from '../support/request-cast.ts'
import type { Client } from './client.ts'
import { formOf, request } from './things.ts'
import { code, openTown, otherTown, otherVillage, type Town } from './town.ts'

let town: Town
let inspector: Client
beforeAll(async () => {
  town = await openTown()
  inspector = await town.client(p('inspector1'))
})
afterAll(() => town.close())

const here = `/villages/${code(village)}`
type Row = Readonly<Record<string, unknown>>

const rowsOf = async (client: Client, path: string): Promise<readonly Row[]> => {
  const { status, body } = await client.get(path)
  expect(status).toBe(200)
  return body['rows'] as readonly Row[]
}
const log = (query = ''): Promise<readonly Row[]> => rowsOf(inspector, `/township/attempts${query}`)
const count = async (): Promise<number> =>
  (await log('?limit=200')).reduce((sum, row) => sum + Number(row['count']), 0)

describe('law 10.6: a refused attempt', () => {
  test('of a command is there: who, in which office, what, where, why, when; an accepted one is not', async () => {
    const id = await request(town, 'witnessed')
    const clerk = await town.client(p('clerk'))
    const before = await count()
    const no = await clerk.command(`${here}/requests/${id}/issuing/head`)
    expect([no.status, no.body['code']]).toEqual([403, 'officeNotHeld'])
    const [row] = await log()
    expect(row).toMatchObject({
      person: p('clerk'),
      office: o('clerk'),
      officeName: '报账员',
      act: 'request.issue',
      ledger: village,
      place: '云溪村',
      stream: `request/${id}`,
      code: 'officeNotHeld',
      count: 1,
      day: town.today(),
      reference: no.headers.get('x-request-id'),
    })
    expect(row?.['title']).toMatch(/\p{Script=Han}/u)
    expect(row?.['reason']).not.toMatch(/[{}]/)
    const yes = await clerk.command(`${here}/requests`, formOf(901))
    expect(yes.status).toBe(201)
    expect((await clerk.get(`${here}/requests/${id}`)).status).toBe(200)
    expect(await count()).toBe(before + 1)
  })

  test('tried again is counted, with both of its references', async () => {
    const id = await request(town, 'witnessed')
    const clerk = await town.client(p('clerk'))
    const answers = []
    for (let n = 0; n < 3; n++)
      answers.push(await clerk.command(`${here}/requests/${id}/issuing/head`))
    const [row] = await log()
    const [first, , last] = answers.map(({ headers }) => headers.get('x-request-id'))
    expect(row).toMatchObject({ count: 3, reference: first, lastReference: last })
  })

  test('by the law, whatever the reason: the state, the duties, what was seen', async () => {
    const id = await request(town, 'papers')
    const head = await town.client(p('head'))
    await head.command(`${here}/requests/${id}/issuing/head`)
    expect((await log())[0]).toMatchObject({ code: 'notOpen', office: o('chead') })
    await head.command(`${here}/requests/${id}/withdrawal`, because, { 'if-match': '"0"' })
    expect((await log())[0]).toMatchObject({ code: 'staleView' })
  })

  test('without a fresh proof, under the office that was named', async () => {
    const id = await request(town, 'accepted')
    const centre = await town.client(p('centrehead'))
    town.doorClock(Date.now() + 6 * 60_000)
    const no = await centre.command(`${here}/requests/${id}/filing/consent`, because, {
      'acting-office': o('head'),
    })
    town.doorClock(undefined)
    expect(no.body['code']).toBe('reauthenticationNeeded')
    expect((await log())[0]).toMatchObject({
      code: 'reauthenticationNeeded',
      act: 'townshipFiling.consent',
      office: o('head'),
      stream: `request/${id}`,
    })
  })

  test('at a place for other offices', async () => {
    const clerk = await town.client(p('clerk'))
    expect((await clerk.get('/township/policy')).body['code']).toBe('notAllowed')
    expect((await log())[0]).toMatchObject({ code: 'notAllowed', act: 'showTownshipPolicy' })
  })

  test('at another village, for both townships; at a village that is not there, for nobody', async () => {
    const stranger = await town.client(p('bofficer'))
    const id = await request(town, 'drawnUp')
    await stranger.get(`${here}/requests/${id}`)
    await stranger.get(`/me/events?watch=${code(village)}/${id}`)
    const [events, page] = await log()
    const about = { person: p('bofficer'), code: 'noSuchThing', ledger: village }
    expect(page).toMatchObject({ ...about, act: 'showRequest', stream: `request/${id}` })
    expect(events).toMatchObject({ ...about, act: 'followChanges', stream: `request/${id}` })
    const before = await count()
    await stranger.get('/villages/999999999999/requests')
    expect(await count()).toBe(before)
    // their own inspectors see what their officer tried
    const theirs = await rowsOf(await town.client(p('binspect')), '/township/attempts')
    expect(theirs.map(({ act }) => act)).toEqual(['followChanges', 'showRequest'])
    // and of ours nothing else
    expect((await log('?limit=200')).length).toBeGreaterThan(theirs.length)
  })

  test('to sign in, by the account it was tried on; a name that is nobody’s is not kept', async () => {
    const signIn = (username: string) =>
      fetch(`${town.url}/api/auth/sign-in/username`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: 'a guess that is wrong' }),
      })
    const clerk = await town.client(p('clerk'))
    const { body: me } = await clerk.get('/me')
    expect((await signIn(String(me['username']))).status).toBe(401)
    expect((await signIn('nobody.whatever')).status).toBe(401)
    const [row] = await log()
    expect(row).toMatchObject({
      person: p('clerk'),
      account: me['account'],
      act: '/sign-in/username',
      title: '登录',
      code: 'signInFailed',
      ledger: '',
    })
    expect(row?.['reference']).toMatch(/^[0-9a-f-]{36}$/)
    const own = await rowsOf(clerk, '/me/attempts')
    expect(own[0]).toMatchObject({ act: '/sign-in/username', code: 'signInFailed' })
  })

  test('to confirm oneself', async () => {
    const clerk = await town.client(p('clerk'))
    await clerk.post('/reauthentication', { password: 'not it' })
    expect((await log())[0]).toMatchObject({ code: 'reauthenticationFailed', person: p('clerk') })
  })

  test.each([
    ['a form that is not one', 'inputInvalid', () => ({ amount: -1 })],
    ['nothing to be found', 'noSuchThing', undefined],
  ])('is not %s', async (_what, no, body) => {
    const clerk = await town.client(p('clerk'))
    const before = await count()
    const answer =
      body === undefined
        ? await clerk.get(`${here}/requests/2026-999999`)
        : await clerk.command(`${here}/requests`, body())
    expect(answer.body['code']).toBe(no)
    expect(await count()).toBe(before)
  })
})

describe('the log', () => {
  test('is for inspectors: not for the centre, not for the administrator, not for a village', async () => {
    for (const person of ['officer', 'centrehead', 'leader', 'clerk'] as const) {
      const { body } = await (await town.client(p(person))).get('/township/attempts')
      expect([person, body['code']]).toEqual([person, 'notAllowed'])
    }
    const { body } = await (await town.client('administrator')).get('/township/attempts')
    expect(body['code']).toBe('notAllowed')
    expect((await (await town.client(p('secretary'))).get('/township/attempts')).status).toBe(200)
  })

  test('shows everybody their own, and nobody else’s', async () => {
    const dir = await town.client(p('dir1'))
    expect(await rowsOf(dir, '/me/attempts')).toEqual([])
    await dir.get('/township/roster')
    expect(await rowsOf(dir, '/me/attempts')).toMatchObject([{ person: p('dir1') }])
  })

  test('is searched by person, village, code and day, page by page', async () => {
    const all = await log('?limit=200')
    const codes = new Set(all.map((row) => String(row['code'])))
    expect(codes.size).toBeGreaterThan(3)
    for (const [name, query] of [
      ['person', `person=${p('clerk')}`],
      ['code', 'code=officeNotHeld'],
      ['day', `day=${town.today()}`],
    ] as const) {
      const some = await log(`?limit=200&${query}`)
      const wanted = query.slice(query.indexOf('=') + 1)
      expect(some).toEqual(all.filter((row) => row[name] === wanted))
      expect(some.length).toBeGreaterThan(0)
    }
    const there = await log(`?limit=200&village=${code(village)}`)
    expect(there).toEqual(all.filter((row) => row['ledger'] === village))
    expect(await log(`?village=${code(otherVillage)}`)).toEqual([])
    expect(await log('?day=2020-01-01')).toEqual([])
    const paged: Row[] = []
    for (let after = ''; ;) {
      const { body } = await inspector.get(`/township/attempts?limit=2${after}`)
      paged.push(...(body['rows'] as readonly Row[]))
      const { next } = body as { readonly next?: string }
      if (next === undefined) break
      after = `&after=${next}`
    }
    expect(paged).toEqual(all)
    // another township does not exist for them, and that they looked is seen
    const other = await inspector.get(`/township/attempts?village=${code(otherTown)}`)
    expect(other.status).toBe(404)
    expect((await log())[0]).toMatchObject({ person: p('inspector1'), ledger: otherTown })
  })

  test('speaks the language of its reader', async () => {
    const { body } = await inspector.get('/township/attempts?code=signInFailed', {
      'accept-language': 'en',
    })
    const [row] = body['rows'] as readonly Row[]
    expect(row).toMatchObject({
      title: 'sign in',
      reason: 'The username or the password is wrong',
    })
  })

  test('holds no name, no username and nothing that was sent', async () => {
    const clerk = await town.client(p('clerk'))
    const { body: me } = await clerk.get('/me')
    const id = await request(town, 'drawnUp')
    const text = '不该留下的一句话'
    await clerk.command(`${here}/requests/${id}/returns`, { ...because, reason: text })
    await log()
    const folder = dirname(town.file)
    const files = readdirSync(folder).filter((name) => name.startsWith('attempts.db'))
    expect(files).toContain('attempts.db')
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
    // what is there: ids
    expect(bytes.includes(p('clerk'))).toBe(true)
    for (const secret of [
      text,
      String(me['username']),
      'a guess that is wrong',
      '报账员',
      '127.0.0.1',
    ])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false])
  })
})

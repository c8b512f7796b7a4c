// What was done to accounts, over HTTP: every accepted act is there with who, whose and by which right; a refused one is not;
// the rows stand; the person is told of a reset until they have seen it.
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { p } from '../support/law-cast.ts'
import type { Client } from './client.ts'
import { done, enrol, openHouse, sessionIn } from './identity/house.ts'
import { openTown, type Town } from './town.ts'

type Row = Readonly<Record<string, unknown>>

let town: Town
let inspector: Client
let officer: Client
let boss: Client
beforeAll(async () => {
  town = await openTown()
  inspector = await town.client(p('inspector1'))
  officer = await town.client(p('officer'))
  boss = await town.client('administrator')
})
afterAll(() => town.close())

const rowsOf = async (client: Client, path: string): Promise<readonly Row[]> => {
  const { status, body } = await client.get(path)
  expect(status).toBe(200)
  return body['rows'] as readonly Row[]
}
const log = (query = '?limit=200') => rowsOf(inspector, `/township/account-acts${query}`)
const newest = async () => (await log('?limit=1'))[0]
const acts = async (since: number) =>
  (await log()).filter(({ id }) => Number(id) > since).map(({ act }) => act)
const accountOf = async (client: Client) => String((await client.get('/me')).body['account'])

let since: number
beforeEach(async () => {
  since = Number((await newest())?.['id'] ?? 0)
})

const within = <T>(work: (db: InstanceType<typeof Database>) => T): T => {
  const db = new Database(join(dirname(town.file), 'accounts.db'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

describe('an accepted act on an account', () => {
  test('is there: who, whose, what, when, by which office', async () => {
    const member = await town.client(p('m1'))
    const account = await accountOf(member)
    const at = Date.now()
    town.doorClock(at)
    expect((await officer.post(`/accounts/${account}/set-up-links`)).status).toBe(201)
    town.doorClock(undefined)
    const row = await newest()
    expect(row).toMatchObject({
      act: 'reset',
      account,
      person: p('m1'),
      byPerson: p('officer'),
      byAccount: await accountOf(officer),
      right: 'centreOfficer',
      at: new Date(at).toISOString(),
    })
    expect(row?.['title']).toMatch(/\p{Script=Han}/u)
    const english = await inspector.ask('GET', '/township/account-acts?limit=1', {
      headers: { 'accept-language': 'en' },
    })
    const [said] = english.body['rows'] as readonly Row[]
    expect(said?.['title']).toBe('account reset: a new set-up link issued')
    expect(said?.['rightName']).not.toMatch(/\p{Script=Han}/u)
  })

  test('of every kind, each by its right, and a removed account keeps its rows', async () => {
    const made = await boss.post('/accounts', { username: 'acts.of', person: p('m5') })
    const account = String(made.body['account'])
    const token = String(made.body['url']).split('#')[1]
    const use = { token, password: 'sluice gate at dawn' }
    expect((await town.stranger().post('/set-up-links/use', use)).status).toBe(200)
    const owner = town.stranger()
    await owner.signIn('acts.of', use.password, true)
    const change = { current: use.password, next: 'heron over the dyke' }
    expect((await owner.ask('PUT', '/password', { body: change })).status).toBe(200)
    await boss.post(`/accounts/${account}/suspension`, { reason: '离职' })
    await boss.ask('DELETE', `/accounts/${account}/suspension`)
    await boss.ask('DELETE', `/accounts/${account}`)
    const own = (await log()).filter((row) => row['account'] === account)
    expect(own.map(({ act, right }) => [act, right])).toEqual([
      ['removed', 'administrator'],
      ['restored', 'administrator'],
      ['suspended', 'administrator'],
      // signed in by the link and once more
      ['sessionsEnded', 'self'],
      ['passwordChanged', 'self'],
      ['linkUsed', 'link'],
      ['linkIssued', 'administrator'],
      ['made', 'administrator'],
    ])
    expect(
      within((db) => JSON.stringify(db.prepare('select * from account_act').all())),
    ).not.toMatch(/acts\.of|离职/)
  })

  test('that was refused writes nothing', async () => {
    const head = await accountOf(await town.client(p('centrehead')))
    expect((await officer.post(`/accounts/${head}/set-up-links`)).body['code']).toBe(
      'accountOfSuperior',
    )
    const wanted = { username: 'acts.of.boss', role: 'administrator' }
    expect((await officer.post('/accounts', wanted)).status).toBe(403)
    const taken = { username: 'administrator', role: 'administrator' }
    expect((await boss.post('/accounts', taken)).body['code']).toBe('usernameTaken')
    expect((await officer.ask('DELETE', '/sessions/nobody')).status).toBe(404)
    const link = { token: 'A'.repeat(43), password: 'sluice gate at dawn' }
    expect((await town.stranger().post('/set-up-links/use', link)).status).toBeGreaterThan(399)
    expect(await acts(since)).toEqual([])
  })

  test('stands or falls with what is written of it', async () => {
    const member = await accountOf(await town.client(p('m4')))
    within((db) =>
      db.exec(`create trigger full before insert on account_act begin
                 select raise(abort, 'disk full'); end`),
    )
    const no = await officer.post(`/accounts/${member}/suspension`, { reason: '测试' })
    within((db) => db.exec('drop trigger full'))
    expect(no.status).toBe(500)
    const suspended = 'select banned from user where id = ?'
    expect(within((db) => db.prepare(suspended).pluck().get(member))).toBe(0)
    expect((await officer.post(`/accounts/${member}/suspension`, { reason: '测试' })).status).toBe(
      204,
    )
    expect(await acts(since)).toEqual(['suspended'])
  })

  test.each([
    "update account_act set by_person = 'p_Other1'",
    'delete from account_act',
    'insert or replace into account_act select * from account_act limit 1',
    'delete from account_act_seen',
    'insert into account_act_seen (act) values (999999)',
  ])('cannot be changed: %s', (sql) => {
    within((db) => {
      db.exec('insert or ignore into account_act_seen select max(id) from account_act')
      expect(() => db.exec(sql)).toThrow(/account_act/)
    })
  })
})

describe('the list', () => {
  test('is paged and filtered', async () => {
    const all = (await log()).map(({ id }) => id)
    const first = await inspector.get('/township/account-acts?limit=2')
    const second = await rowsOf(
      inspector,
      `/township/account-acts?limit=2&after=${String(first.body['next'])}`,
    )
    expect(second.map(({ id }) => id)).toEqual(all.slice(2, 4))
    const removed = await log('?act=removed')
    expect(new Set(removed.map(({ act }) => act))).toEqual(new Set(['removed']))
    const today = String((await newest())?.['day'])
    expect((await log(`?limit=200&day=${today}`)).length).toBe(all.length)
    expect(await log('?day=2020-01-01')).toEqual([])
    const m1 = await log(`?person=${p('m1')}`)
    expect(m1.length).toBeGreaterThan(0)
    expect(m1.every(({ person }) => person === p('m1'))).toBe(true)
  })

  test('is not for those who look after accounts, and not of another township', async () => {
    expect((await officer.get('/township/account-acts')).body['code']).toBe('notAllowed')
    const theirs = await rowsOf(
      await town.client(p('binspect')),
      '/township/account-acts?limit=200',
    )
    expect(theirs.length).toBeGreaterThan(0)
    expect(theirs.some(({ person }) => person === p('m1') || person === p('m4'))).toBe(false)
    // the administrator manages everybody: what is done to that account is every township's
    expect(theirs.some(({ act, person }) => act === 'made' && person === '')).toBe(true)
  })

  test('is taken away as a table', async () => {
    const { status, text } = await inspector.get('/exports/township/account-acts?format=csv')
    expect(status).toBe(200)
    expect(text).toContain('停用账号')
  })
})

describe('whoever was reset', () => {
  test('is told by which office and when, until they have seen the list; nobody else is', async () => {
    const head = await town.client(p('head'))
    const account = await accountOf(head)
    expect((await head.get('/me')).body['resets']).toBeUndefined()
    await officer.post(`/accounts/${account}/set-up-links`)
    const [reset] = (await head.get('/me')).body['resets'] as readonly Row[]
    expect(reset).toMatchObject({ right: 'centreOfficer' })
    expect(reset?.['told']).toMatch(/^您的账号已于\d{4}-\d{2}-\d{2}由.+重置/)
    expect(reset?.['told']).not.toMatch(/[{}]/)
    // the inspector's looking, and another person's, is not theirs
    await log()
    await rowsOf(officer, '/me/account-acts')
    expect((await officer.get('/me')).body['resets']).toBeUndefined()
    expect((await head.get('/me')).body['resets']).toHaveLength(1)
    const own = await rowsOf(head, '/me/account-acts')
    expect(own.every((row) => row['account'] === account)).toBe(true)
    expect(own[0]).toMatchObject({ act: 'reset', byPerson: p('officer') })
    expect((await head.get('/me')).body['resets']).toBeUndefined()
  })
})

test('one-time codes that are set up, and those a used link takes away, are told', async () => {
  const house = await openHouse()
  try {
    const id = await house.add('shen')
    await house.add('boss', { role: 'administrator' })
    const [browser, other, office] = [house.browser(), house.browser(), house.browser()]
    await browser.signIn('shen')
    await other.signIn('shen')
    await enrol(browser)
    await office.signIn('boss')
    await enrol(office)
    const { token } = done(await house.identity.accounts.reset(sessionIn(house, office), id))
    const password = 'heron over the dyke'
    const caller = { address: '203.0.113.5', device: 'a test' }
    done(await house.identity.links.use({ token, password }, caller))
    const { rows } = await house.open.acts.page({ limit: 50, own: { account: id, person: '' } })
    expect(rows.map(({ act, byRight }) => [act, byRight])).toEqual([
      ['secondFactorReset', 'link'],
      ['linkUsed', 'link'],
      ['reset', 'administrator'],
      ['secondFactorSet', 'self'],
    ])
  } finally {
    await house.close()
  }
})

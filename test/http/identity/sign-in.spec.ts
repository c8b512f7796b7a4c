// Signing in with username and password: what is counted, what is locked, what is not reachable at all.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { claimSignIn } from '../../../src/http/identity/counting.ts'
import { type Browser, type House, openHouse, PASSWORD, sessionIn } from './house.ts'

let house: House
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T00:30:00.000Z') })
  house = await openHouse()
})
afterEach(async () => {
  await house.close()
  vi.useRealTimers()
})

const pass = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)

/** Statuses of so many wrong passwords, one after another. */
async function wrong(browser: Browser, username: string, times: number): Promise<number[]> {
  const statuses: number[] = []
  for (let n = 0; n < times; n++) statuses.push((await browser.signIn(username, `no ${n}`)).status)
  return statuses
}

describe('a person', () => {
  test('signs in and out', async () => {
    const id = await house.add('沈国良')
    const browser = house.browser()
    const got = await browser.signIn('沈国良')
    expect(got).toMatchObject({ status: 200, body: { next: 'none' } })
    expect(got.headers.get('cache-control')).toBe('no-store')
    const [cookie] = got.headers.getSetCookie()
    expect(cookie).toMatch(/^five-musts\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(cookie).toContain('Max-Age=43200')
    expect(sessionIn(house, browser)).toMatchObject({
      account: id,
      username: '沈国良',
      administrator: false,
      signedInBy: 'password',
      confirmed: { at: Date.now(), by: 'password' },
      expiresAt: Date.now() + 12 * 3_600_000,
    })
    const held = browser.cookie
    expect((await browser.post('/sign-out')).status).toBe(200)
    expect(house.identity.sessionOf(held)).toBeUndefined()
    expect(browser.jar.size).toBe(0)
  })

  test.each([' Shen.GUO ', 'ｓｈｅｎ．ｇｕｏ', 'SHEN.guo'])('is known as %s too', async (typed) => {
    await house.add('shen.guo')
    expect((await house.browser().signIn(typed)).status).toBe(200)
  })

  test('no token leaves in a body', async () => {
    await house.add('shen')
    const browser = house.browser()
    const { text } = await browser.signIn('shen')
    const [token = ''] = decodeURIComponent([...browser.jar.values()][0] ?? '').split('.')
    expect(token).toHaveLength(32)
    expect(text).not.toContain(token)
    const bare = await house.bareBrowser().signIn('shen')
    expect(bare.body['token'], 'and better-auth alone tells it').toHaveLength(32)
  })
})

describe('wrong passwords', () => {
  test('of somebody and of nobody are answered alike', async () => {
    await house.add('shen')
    const browser = house.browser()
    const [known, unknown] = [await browser.signIn('shen', 'wrong'), await browser.signIn('nobody')]
    expect(known.status).toBe(401)
    expect(unknown.text).toBe(known.text)
    expect(known.body).toEqual({
      type: '/api/docs/problems#signInFailed',
      status: 401,
      code: 'signInFailed',
      title: '账号或密码不对',
      detail: '请核对后再试；忘记密码请找管理员要一个设置链接',
      params: {},
    })
    // and locked alike: a name that is locked says nothing about whether it exists
    expect(await wrong(browser, 'shen', 5)).toEqual([401, 401, 401, 401, 429])
    expect(await wrong(browser, 'nobody', 5)).toEqual([401, 401, 401, 401, 429])
  })

  test('lock the account there, with the right password too, and better-auth alone never does', async () => {
    await house.add('shen')
    const browser = house.browser()
    expect(await wrong(browser, 'shen', 5)).toEqual([401, 401, 401, 401, 401])
    const locked = await browser.signIn('shen')
    const until = new Date(Date.now() + 60_000).toISOString()
    expect(locked.status).toBe(429)
    expect(locked.body).toMatchObject({ code: 'accountLocked', params: { until } })
    expect(locked.body['title']).toContain(until)
    expect(locked.headers.get('retry-after')).toBe('60')
    // whose account it was is for the attempt log alone: the answer says nothing of it
    const refused = { way: '/sign-in/username', address: '203.0.113.5', reference: '' }
    const account = expect.any(String) as unknown
    expect(house.refused.at(-1)).toMatchObject({ ...refused, code: 'accountLocked', account })
    expect(Object.keys(locked.body['params'] as object)).toEqual(['until'])
    await wrong(browser, 'nobody', 1)
    expect(house.refused.at(-1)).toEqual({ ...refused, code: 'signInFailed' })

    const bare = house.bareBrowser()
    expect(new Set(await wrong(bare, 'shen', 30))).toEqual(new Set([401]))
    expect((await bare.signIn('shen')).status).toBe(200)
  })

  test('are counted before they are tried: of twenty sent at once five are', async () => {
    await house.add('shen')
    const browser = house.browser()
    const guesses = Array.from({ length: 20 }, (_, n) => browser.signIn('shen', `guess ${n}`))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(15)
  })

  test('make the wait longer each time, to a quarter of an hour, and are forgotten after a day', async () => {
    await house.add('shen')
    const browser = house.browser()
    await wrong(browser, 'shen', 5)
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      pass(minutes - 0.01)
      expect((await browser.signIn('shen')).status, `before ${minutes}`).toBe(429)
      pass(0.01)
      expect(await wrong(browser, 'shen', 1), `after ${minutes}`).toEqual([401])
    }
    pass(24 * 60)
    expect(await wrong(browser, 'shen', 5)).toEqual([401, 401, 401, 401, 401])
  })

  test('are forgiven by the right one', async () => {
    await house.add('shen')
    const browser = house.browser()
    for (let round = 0; round < 3; round++) {
      expect(await wrong(browser, 'shen', 4)).toEqual([401, 401, 401, 401])
      expect((await browser.signIn('shen')).status).toBe(200)
    }
  })

  test('elsewhere do not lock somebody out where they have signed in before', async () => {
    await house.add('shen')
    const [home, stranger] = [house.browser(), house.browser('198.51.100.7')]
    expect((await home.signIn('shen')).status).toBe(200)
    await wrong(stranger, 'shen', 6)
    expect((await stranger.signIn('shen')).status).toBe(429)
    expect((await home.signIn('shen')).status).toBe(200)
  })

  test('from many places lock the account for new places only', async () => {
    await house.add('shen')
    const home = house.browser()
    expect((await home.signIn('shen')).status).toBe(200)
    for (let place = 0; place < 20; place++) {
      expect(await wrong(house.browser(`198.51.100.${place}`), 'shen', 1)).toEqual([401])
    }
    expect((await house.browser('198.51.100.99').signIn('shen')).status).toBe(429)
    expect((await home.signIn('shen')).status).toBe(200)
  })

  test('for many names from one place lock the place', async () => {
    const guesser = house.browser('198.51.100.7')
    const counting = { attempts: house.open.attempts, clock: () => Date.now() }
    for (let n = 0; n < 98; n++) await claimSignIn(counting, `name${n}`, guesser.address)
    await house.add('shen')
    expect((await guesser.signIn('shen')).status, 'and success is not counted').toBe(200)
    expect((await guesser.signIn('nobody')).status).toBe(401)
    expect((await guesser.signIn('anybody')).status).toBe(401)
    expect((await guesser.signIn('shen')).status).toBe(429)
    expect((await house.browser().signIn('shen')).status).toBe(200)
  })

  test('stay counted when the program starts again', async () => {
    await house.add('shen')
    await wrong(house.browser(), 'shen', 5)
    const again = await openHouse({ file: house.file })
    expect((await again.browser().signIn('shen')).status).toBe(429)
    expect((await again.browser('198.51.100.7').signIn('shen')).status).toBe(200)
    await again.close()
  })
})

/** So many requests to sign in, as better-auth counts them. */
async function requests(address: string, times: number): Promise<void> {
  const window = { milliseconds: 10_000, most: 100 }
  for (let n = 0; n < times; n++) {
    await house.open.attempts.take(`${address}|/sign-in/username`, window, Date.now())
  }
}

describe('requests by address', () => {
  test('a whole office arrives at once behind one address', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `clerk${n}`)
    await Promise.all(names.map((name) => house.add(name)))
    const statuses = await Promise.all(
      names.map(async (name) => (await house.browser().signIn(name)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  test('are bounded, each address for itself, by the address the proxy names', async () => {
    await house.add('shen')
    const flood = house.browser('198.51.100.7')
    await requests(flood.address, 99)
    expect((await flood.signIn('shen')).status).toBe(200)
    const refused = await flood.signIn('shen')
    expect(refused).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } })
    expect(refused.headers.get('retry-after')).toBe('10')
    // what the client says of its own address is not asked
    const body = { username: 'shen', password: PASSWORD }
    const headers = { 'x-client-ip': '192.0.2.1' }
    expect((await flood.post('/sign-in/username', body, { headers })).status).toBe(429)
    expect((await house.browser().signIn('shen')).status).toBe(200)
    // a window from the first request on: what was refused does not make it longer
    vi.setSystemTime(Date.now() + 10_000)
    expect((await flood.signIn('shen')).status).toBe(200)
  })

  test('which was refused was no failure of the name', async () => {
    await house.add('shen')
    const flood = house.browser('198.51.100.7')
    await requests(flood.address, 100)
    for (let n = 0; n < 6; n++) expect((await flood.signIn('shen')).status).toBe(429)
    vi.setSystemTime(Date.now() + 10_000)
    expect((await flood.signIn('shen')).status).toBe(200)
  })

  test('better-auth alone has one bucket for all', async () => {
    await house.add('shen')
    await requests('127.0.0.1', 98)
    const statuses: number[] = []
    for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
      const headers = { 'x-forwarded-for': address }
      const body = { username: 'shen', password: PASSWORD }
      const got = await house.bareBrowser().post('/sign-in/username', body, { headers })
      statuses.push(got.status)
    }
    expect(statuses).toEqual([200, 200, 429])
  })
})

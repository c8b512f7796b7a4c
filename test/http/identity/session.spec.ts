// Sessions: our own check beside better-auth's, the list, the end of one, and the fresh confirmation.
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { authOf, type Proof, proofOf, type SignInProof } from '../../../src/domain/account.ts'
import { signedCookies } from '../../../src/http/identity/cookie.ts'
import type { Given } from '../../../src/http/identity/step-up.ts'
import {
  appCode,
  type Browser,
  codeOf,
  done,
  enrol,
  type House,
  openHouse,
  PASSWORD,
  personOf,
  sessionIn,
} from './house.ts'

let house: House
let browser: Browser
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T00:30:00.000Z') })
  house = await openHouse()
  await house.add('shen', { person: personOf('Shen01') })
  browser = house.browser()
  await browser.signIn('shen')
})
afterEach(async () => {
  await house.close()
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

/** Runs SQL in the file, as an operator would. */
function operator(sql: string): void {
  const db = new Database(house.file)
  db.exec(sql)
  db.close()
}

describe('our check says what better-auth says', () => {
  /** What both say of a `Cookie` header: the session's id. */
  async function both(cookie: string | undefined): Promise<readonly [unknown, unknown]> {
    const headers = new Headers(cookie === undefined ? {} : { cookie })
    // ours first: theirs deletes what has run out
    const ours = house.identity.sessionOf(cookie)?.id
    // the bare twin has the same name of the cookie, secret and file
    const theirs = await house.auth.api.getSession({ headers })
    return [ours, theirs?.session.id]
  }

  test('signed in', async () => {
    const [ours, theirs] = await both(browser.cookie)
    expect(ours).toBe(theirs)
    expect(ours).toHaveLength(32)
    const headers = new Headers({ cookie: browser.cookie })
    const their = await house.auth.api.getSession({ headers })
    expect(sessionIn(house, browser)).toMatchObject({
      account: their?.user.id,
      username: their?.user.username,
      expiresAt: their?.session.expiresAt.getTime(),
      startedAt: their?.session.createdAt.getTime(),
      confirmed: { at: their?.session.confirmedAt?.getTime(), by: their?.session.confirmedBy },
    })
  })

  test('among other cookies, twice, or in quotes', async () => {
    const { cookie } = browser
    const other = house.browser()
    await other.signIn('shen')
    for (const header of [
      `a=b; ${cookie}; c=d`,
      `${cookie}; ${other.cookie}`,
      `${other.cookie};${cookie}`,
      cookie.replace(/=(.*)/, '="$1"'),
      `x; ${cookie}`,
      ` ${cookie} `,
    ]) {
      const [ours, theirs] = await both(header)
      expect(ours, header).toBe(theirs)
      expect(ours, header).toBeDefined()
    }
  })

  test('not signed in', async () => {
    const { cookie } = browser
    const [name = '', value = ''] = cookie.split('=')
    const raw = decodeURIComponent(value)
    const [token = '', signature = ''] = raw.split('.')
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    const signed = await signedWith('another secret, just as long as ours.')
    const headers = [
      undefined,
      '',
      name,
      `${name}=`,
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=.${signature}`,
      `${name}=${encodeURIComponent(`${token}.${flipped}`)}`,
      `${name}=${encodeURIComponent(`${token}x.${signature}`)}`,
      `${name}=${encodeURIComponent(`${token}.${signature}=`)}`,
      `${name}=${encodeURIComponent(`${token}.${'é'.repeat(44)}`)}`,
      `${name}=${value}%`,
      `other=${value}`,
      `${name}x=${value}`,
      `${name}=${signed(token)}`,
      `${name}=nothing; ${cookie}`,
    ]
    for (const header of headers) {
      expect(await both(header), String(header)).toEqual([undefined, undefined])
    }
    // the right secret finds it again
    const right = await signedWith('a secret of a house in a test, 40 chars.')
    expect((await both(`${name}=${right(token)}`))[0]).toBeDefined()
  })

  /** So many hours at the desk, a call every half hour; both are asked. */
  async function atWork(hours: number): Promise<void> {
    for (let half = 0; half < 2 * hours; half += 1) {
      pass(1800)
      await both(browser.cookie)
    }
  }

  test('run out', async () => {
    await atWork(12)
    const [ours, theirs] = await both(browser.cookie)
    expect(ours).toBe(theirs)
    expect(ours).toBeDefined()
    pass(0.001)
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
  })

  test('no longer because it was used: it does not slide', async () => {
    const { expiresAt } = sessionIn(house, browser)
    await atWork(11)
    expect(sessionIn(house, browser).expiresAt).toBe(expiresAt)
  })

  test('idle: an hour after it was last used, whoever asks then', async () => {
    await atWork(2)
    pass(3600)
    expect((await both(browser.cookie))[0]).toBeDefined()
    pass(3600.001)
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
    // it does not come back
    pass(-1800)
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
  })

  test('idle, though a page of it was left open: what the machine asks does not count', () => {
    const ask = (quietly: boolean) => house.identity.sessionOf(browser.cookie, { quietly })
    for (let minutes = 0; minutes < 60; minutes += 1) {
      expect(ask(true)).toBeDefined()
      pass(60)
    }
    pass(0.001)
    expect(ask(true)).toBeUndefined()
  })

  test('use is written down once a minute, not with every call', () => {
    const seen = () => {
      const db = new Database(house.file, { readonly: true })
      const at = db.prepare<[], number>('select updated_at from session').pluck().get()
      db.close()
      return at
    }
    const before = seen()
    pass(60)
    sessionIn(house, browser)
    expect(seen()).toBe(before)
    pass(0.001)
    sessionIn(house, browser)
    expect(seen()).toBe(Date.now())
  })

  test('revoked', async () => {
    const other = house.browser()
    await other.signIn('shen')
    await house.identity.sessions.end(sessionIn(house, other), sessionIn(house, browser).id)
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
    expect((await both(other.cookie))[0]).toBeDefined()
  })

  test('suspended, and stricter where only the flag was set', async () => {
    const { account } = sessionIn(house, browser)
    operator(`update user set banned = 1 where id = '${account}'`)
    expect(house.identity.sessionOf(browser.cookie)).toBeUndefined()
    operator(`update user set banned = 0 where id = '${account}'`)
    expect(house.identity.sessionOf(browser.cookie)).toBeDefined()
    await house.open.accounts.suspend(account, 'left the village')
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
    const back = await browser.signIn('shen')
    expect(back).toMatchObject({ status: 403, body: { code: 'accountSuspended' } })
    const wrong = await browser.signIn('shen', 'wrong')
    expect(wrong.body, 'only whoever knows the password is told').toMatchObject({
      code: 'signInFailed',
    })
  })

  test('removed', async () => {
    await house.open.accounts.remove(sessionIn(house, browser).account)
    expect(await both(browser.cookie)).toEqual([undefined, undefined])
  })

  /** Signs as better-auth does. */
  async function signedWith(secret: string): Promise<(token: string) => string> {
    const { createHmac } = await import('node:crypto')
    const read = signedCookies(secret)
    return (token) => {
      const mac = createHmac('sha256', secret).update(token).digest('base64')
      const value = encodeURIComponent(`${token}.${mac}`)
      expect(read(`n=${value}`, 'n')).toBe(token)
      return value
    }
  }
})

describe('the list of sessions', () => {
  test('says when, where and which is this one, and holds no token', async () => {
    pass(60)
    const phone = house.browser('198.51.100.7')
    await phone.signIn('shen')
    const listed = await house.identity.sessions.list(sessionIn(house, phone))
    expect(listed.map(({ address, device, current }) => ({ address, device, current }))).toEqual([
      { address: '198.51.100.7', device: 'Firefox of a test', current: true },
      { address: '203.0.113.5', device: 'Firefox of a test', current: false },
    ])
    expect(listed.map(({ startedAt }) => startedAt)).toEqual([Date.now(), Date.now() - 60_000])
    const tokens = [phone, browser].map(({ jar }) => [...jar.values()][0]?.split('.')[0] ?? '')
    const text = JSON.stringify([listed, sessionIn(house, phone)])
    for (const token of tokens) expect(text).not.toContain(token)

    // better-auth alone hands every token to every page
    const bare = house.bareBrowser()
    await bare.post('/sign-in/username', { username: 'shen', password: PASSWORD })
    const theirs = await bare.send('/list-sessions')
    for (const token of tokens) expect(theirs.text).toContain(token)
  })

  test('is of one person, and of sessions that have not run out', async () => {
    await house.add('other')
    const other = house.browser()
    await other.signIn('other')
    pass(12 * 3600 - 1)
    const late = house.browser()
    await late.signIn('shen')
    pass(2)
    const listed = await house.identity.sessions.list(sessionIn(house, late))
    expect(listed.map(({ id }) => id)).toEqual([sessionIn(house, late).id])
  })

  test('ends one or all others, at once, and never those of somebody else', async () => {
    await house.add('other')
    const [second, third, other] = [house.browser(), house.browser(), house.browser()]
    await second.signIn('shen')
    await third.signIn('shen')
    await other.signIn('other')
    const session = sessionIn(house, browser)
    const { sessions } = house.identity
    expect(codeOf(await sessions.end(session, sessionIn(house, other).id))).toBe('sessionUnknown')
    expect(codeOf(await sessions.end(session, sessionIn(house, second).id))).toBe('done')
    expect(house.identity.sessionOf(second.cookie)).toBeUndefined()
    expect(await sessions.endOthers(session)).toBe(1)
    expect(house.identity.sessionOf(third.cookie)).toBeUndefined()
    expect(house.identity.sessionOf(browser.cookie)).toBeDefined()
    expect(house.identity.sessionOf(other.cookie)).toBeDefined()
  })
})

describe('a fresh confirmation', () => {
  const proof = () => proofOf(sessionIn(house, browser), Date.now())

  test('lasts five minutes from the sign-in, and from every later one', async () => {
    expect(proof()).toBe('password')
    pass(300)
    expect(proof()).toBe('password')
    pass(0.001)
    expect(proof()).toBeUndefined()
    const stepped = await house.identity.stepUp(sessionIn(house, browser), { password: PASSWORD })
    expect(done(stepped)).toEqual({ confirmed: { at: Date.now(), by: 'password' } })
    expect(proof()).toBe('password')
    pass(301)
    expect(proof()).toBeUndefined()
  })

  test('is of this session alone', async () => {
    pass(301)
    const other = house.browser()
    await other.signIn('shen')
    expect(proof()).toBeUndefined()
  })

  test('says what was proved', async () => {
    const { uri } = await enrol(browser)
    expect(proof()).toBe('password+totp')
    const confirmedBy = async (given: Given): Promise<string | undefined> =>
      done(await house.identity.stepUp(sessionIn(house, browser), given)).confirmed?.by
    pass(301)
    expect(await confirmedBy({ password: PASSWORD })).toBe('password')
    expect(proof()).toBe('password')
    expect(await confirmedBy({ code: appCode(uri) })).toBe('password+totp')
    pass(30)
    const both = { password: PASSWORD, code: appCode(uri) }
    expect(await confirmedBy(both)).toBe('password+totp')
    expect(proof()).toBe('password+totp')
  })

  test('or the sign-in, for what is no signature', () => {
    const session = sessionIn(house, browser)
    const at = (signedInBy: SignInProof, by?: Proof): Proof | undefined =>
      authOf({ ...session, signedInBy, ...(by === undefined ? {} : { confirmed: { at: 0, by } }) })
    const { confirmed: _confirmed, ...bare } = session
    expect(authOf({ ...bare, signedInBy: 'password+totp' })).toBe('password+totp')
    expect(authOf({ ...bare, signedInBy: 'oauth' })).toBeUndefined()
    expect(authOf({ ...bare, signedInBy: 'oauth+totp' })).toBeUndefined()
    expect(at('password+totp', 'password')).toBe('password+totp')
    expect(at('oauth', 'password')).toBe('password')
    expect(at('oauth+totp', 'password+totp')).toBe('password+totp')
  })

  test('needs something, and something right', async () => {
    pass(301)
    const { identity } = house
    const session = sessionIn(house, browser)
    expect(codeOf(await identity.stepUp(session, {}))).toBe('inputInvalid')
    expect(codeOf(await identity.stepUp(session, { password: 'wrong' }))).toBe(
      'reauthenticationFailed',
    )
    expect(codeOf(await identity.stepUp(session, { code: '000000' }))).toBe('secondFactorNotSet')
    const half = { password: PASSWORD, code: '000000' }
    expect(codeOf(await identity.stepUp(session, half))).toBe('secondFactorNotSet')
    expect(proof()).toBeUndefined()
  })

  test('that is right forgives the wrong ones before it', async () => {
    const session = sessionIn(house, browser)
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) {
        const wrong = await house.identity.stepUp(session, { password: `no ${n}` })
        expect(codeOf(wrong)).toBe('reauthenticationFailed')
      }
      expect(codeOf(await house.identity.stepUp(session, { password: PASSWORD }))).toBe('done')
    }
  })

  test('counts wrong passwords apart from the sign-in', async () => {
    const session = sessionIn(house, browser)
    const guesses = Array.from({ length: 8 }, (_, n) =>
      house.identity.stepUp(session, { password: `guess ${n}` }),
    )
    const codes = (await Promise.all(guesses)).map(codeOf)
    expect(codes.filter((code) => code === 'reauthenticationFailed')).toHaveLength(5)
    expect(codes.filter((code) => code === 'accountLocked')).toHaveLength(3)
    expect(codeOf(await house.identity.stepUp(session, { password: PASSWORD }))).toBe(
      'accountLocked',
    )
    expect((await house.browser().signIn('shen')).status).toBe(200)
    pass(60)
    expect(codeOf(await house.identity.stepUp(session, { password: PASSWORD }))).toBe('done')
  })

  test('cannot be claimed by whoever holds the session', async () => {
    pass(301)
    const bare = house.bareBrowser()
    bare.jar.set(...([...browser.jar][0] ?? ['', '']))
    const got = await bare.post('/update-session', { confirmedAt: new Date().toISOString() })
    expect(got.status).toBe(400)
    expect(proof()).toBeUndefined()
  })
})

describe('one’s own password', () => {
  const next = 'another sluice gate'

  test('is changed with the old one, and every other session ends', async () => {
    const other = house.browser()
    await other.signIn('shen')
    const { identity } = house
    const session = sessionIn(house, browser)
    const wrong = await identity.changePassword(session, { current: 'wrong', next })
    expect(codeOf(wrong)).toBe('reauthenticationFailed')
    const common = { current: PASSWORD, next: 'password123' }
    expect(codeOf(await identity.changePassword(session, common))).toBe('passwordCommon')
    expect(done(await identity.changePassword(session, { current: PASSWORD, next }))).toBe(1)
    expect(identity.sessionOf(other.cookie)).toBeUndefined()
    expect(identity.sessionOf(browser.cookie)).toBeDefined()
    expect((await house.browser().signIn('shen')).status).toBe(401)
    expect((await house.browser().signIn('shen', next)).status).toBe(200)
  })
})

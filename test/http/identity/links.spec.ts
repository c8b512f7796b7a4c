// Set-up links: once, for a week, and with them the account begins anew.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Session } from '../../../src/domain/account.ts'
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
let boss: Session
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T00:30:00.000Z') })
  house = await openHouse()
  boss = await administrator('boss')
})
afterEach(async () => {
  await house.close()
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const DAY = 24 * 3600
const NEW = 'the heron on the weir'
const caller = { address: '203.0.113.5', device: 'Firefox of a test' }

async function administrator(username: string): Promise<Session> {
  await house.add(username, { role: 'administrator' })
  const browser = house.browser()
  await browser.signIn(username)
  await enrol(browser)
  return sessionIn(house, browser)
}

/** A browser with the cookies an answer sets. */
function browserWith(cookies: readonly string[]): Browser {
  const browser = house.browser()
  for (const line of cookies) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    browser.jar.set(name, value)
  }
  return browser
}

const use = (token: string, password = NEW) => house.identity.links.use({ token, password }, caller)

describe('the first administrator', () => {
  test('gets one link at the first start, and no other once it was used', async () => {
    const empty = await openHouse()
    const link = await empty.identity.firstAdministrator()
    expect(link?.username).toBe('administrator')
    expect(link?.url).toBe(`${empty.url}/set-up#${link?.token}`)
    expect(link?.token).toMatch(/^[\w-]{43}$/)
    // started again before it was used: the lost link is void
    const second = await empty.identity.firstAdministrator()
    const lost = await empty.identity.links.show(link?.token ?? '')
    expect(codeOf(lost)).toBe('setupLinkInvalid')
    const token = second?.token ?? ''
    expect(done(await empty.identity.links.show(token))).toMatchObject({ enrols: true })
    const given = { token, password: NEW }
    const used = done(await empty.identity.links.use(given, caller))
    expect(used.next).toBe('enrolment')
    expect(await empty.identity.firstAdministrator()).toBeUndefined()
    await empty.close()
  })
})

describe('a link', () => {
  test('opens a new account: a password, a session, and TOTP where the office demands it', async () => {
    const person = personOf('Cashier01')
    house.mustEnrol.add(person)
    const link = done(await house.identity.accounts.add(boss, { username: '王阿根', person }))
    expect((await house.browser().signIn('王阿根')).status, 'nobody knows a password').toBe(401)
    expect(done(await house.identity.links.show(link.token))).toEqual({
      username: '王阿根',
      expiresAt: Date.now() + 7 * DAY * 1000,
      enrols: true,
    })
    const used = done(await use(link.token))
    expect(used.next).toBe('enrolment')
    const browser = browserWith(used.cookies)
    expect(sessionIn(house, browser)).toMatchObject({
      username: '王阿根',
      person,
      limit: 'enrolmentNeeded',
    })
    const begun = await browser.post('/two-factor/enable', { password: NEW })
    const code = appCode(String(begun.body['uri']))
    expect((await browser.post('/two-factor/verify-totp', { code })).status).toBe(200)
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('done')
    expect((await house.browser().signIn('王阿根', NEW)).body).toEqual({ next: 'secondFactor' })
  })

  test('works once, and of two at once one', async () => {
    const { token } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    const answers = await Promise.all([use(token), use(token)])
    expect(answers.map(codeOf).toSorted()).toEqual(['done', 'setupLinkInvalid'])
    expect(codeOf(await use(token))).toBe('setupLinkInvalid')
    expect(codeOf(await house.identity.links.show(token))).toBe('setupLinkInvalid')
  })

  test('works for seven days', async () => {
    const { token } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    pass(7 * DAY - 1)
    expect(codeOf(await house.identity.links.show(token))).toBe('done')
    pass(1)
    expect(codeOf(await house.identity.links.show(token))).toBe('setupLinkInvalid')
    expect(codeOf(await use(token))).toBe('setupLinkInvalid')
  })

  test('that is replaced is void', async () => {
    const { token, account } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    const second = done(await house.identity.accounts.reset(boss, account))
    expect(codeOf(await use(token))).toBe('setupLinkInvalid')
    expect(codeOf(await use(second.token))).toBe('done')
  })

  test.each(['', 'x', 'x'.repeat(43), `${'x'.repeat(42)}'`])('that is none: %j', async (token) => {
    expect(codeOf(await house.identity.links.show(token))).toBe('setupLinkInvalid')
    expect(codeOf(await use(token))).toBe('setupLinkInvalid')
  })

  test('refuses a bad password and stays good', async () => {
    const { token } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    expect(codeOf(await use(token, 'short'))).toBe('passwordTooShort')
    expect(codeOf(await use(token, '1234567890123'))).toBe('passwordCommon')
    expect(codeOf(await use(token))).toBe('done')
  })

  test('of a suspended account is told so, and sets nothing', async () => {
    const { token, account } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    await house.open.accounts.suspend(account, 'left')
    expect(codeOf(await use(token))).toBe('accountSuspended')
  })

  test('stands nowhere but with whoever holds it', async () => {
    const { token } = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    const { readFileSync, existsSync } = await import('node:fs')
    const bytes = [house.file, `${house.file}-wal`]
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file).toString('latin1'))
      .join('')
    expect(bytes).toContain('shen')
    expect(bytes).not.toContain(token)
  })
})

describe('a reset', () => {
  test('takes nothing away until its link is used, then everything', async () => {
    const account = await house.add('shen')
    const browser = house.browser()
    await browser.signIn('shen')
    const { uri, backupCodes } = await enrol(browser)
    const waiting = house.browser()
    pass(30)
    await waiting.signIn('shen')
    for (let n = 0; n < 5; n++) await house.browser('198.51.100.1').signIn('shen', `no ${n}`)

    const { token } = done(await house.identity.accounts.reset(boss, account))
    expect(house.identity.sessionOf(browser.cookie)).toBeDefined()
    expect((await house.browser().signIn('shen')).body).toEqual({ next: 'secondFactor' })

    const used = done(await use(token))
    expect(used.next).toBe('none')
    expect(house.identity.sessionOf(browser.cookie)).toBeUndefined()
    const code = appCode(uri)
    expect((await waiting.post('/two-factor/verify-totp', { code })).status).toBe(401)
    const [backup] = backupCodes
    expect((await waiting.post('/two-factor/verify-backup-code', { code: backup })).status).toBe(
      401,
    )
    expect((await house.browser().signIn('shen', PASSWORD)).status).toBe(401)
    expect((await house.browser().signIn('shen', NEW)).body).toEqual({ next: 'none' })
  })

  test('forgives what was counted while the password was lost', async () => {
    const account = await house.add('shen')
    for (let place = 0; place < 20; place++) {
      await house.browser(`198.51.100.${place}`).signIn('shen', 'no')
    }
    expect((await house.browser().signIn('shen')).status).toBe(429)
    const { token } = done(await house.identity.accounts.reset(boss, account))
    expect(codeOf(await use(token))).toBe('done')
    expect((await house.browser().signIn('shen', NEW)).status).toBe(200)
  })
})

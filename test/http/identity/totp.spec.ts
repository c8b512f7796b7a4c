// The second factor: set up, asked for, counted, and never twice the same.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { enrolmentOffices } from '../../../src/domain/account-standing.ts'
import {
  appCode,
  codeOf,
  enrol,
  type House,
  openHouse,
  PASSWORD,
  personOf,
  sessionIn,
} from './house.ts'

let house: House
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T00:30:00.000Z') })
  house = await openHouse()
})
afterEach(async () => {
  await house.close()
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

/** Somebody with TOTP, signed out. */
async function enrolled(username = 'shen') {
  const account = await house.add(username)
  const browser = house.browser()
  await browser.signIn(username)
  const set = await enrol(browser)
  await browser.post('/sign-out')
  pass(30)
  return { account, ...set }
}

describe('setting up', () => {
  test('is labelled with the username, and counts once a first code was right', async () => {
    await house.add('沈国良')
    const browser = house.browser()
    await browser.signIn('沈国良')
    const wrong = await browser.post('/two-factor/enable', { password: 'wrong' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'reauthenticationFailed' } })

    const { body } = await browser.post('/two-factor/enable', { password: PASSWORD })
    const uri = new URL(String(body['uri']))
    expect(uri.host).toBe('totp')
    expect(decodeURIComponent(uri.pathname)).toBe('/五个必经:沈国良')
    expect(uri.searchParams.get('issuer')).toBe('五个必经')
    expect(body['backupCodes']).toHaveLength(10)
    // not yet: it confirms nothing, and signing in needs no code
    const early = { code: appCode(uri.href) }
    expect(codeOf(await house.identity.stepUp(sessionIn(house, browser), early))).toBe(
      'secondFactorNotSet',
    )
    expect((await house.browser().signIn('沈国良')).body).toEqual({ next: 'none' })

    const before = sessionIn(house, browser)
    expect((await browser.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    const right = await browser.post('/two-factor/verify-totp', { code: appCode(uri.href) })
    expect(right.body).toEqual({ next: 'none' })
    const after = sessionIn(house, browser)
    expect(after).toMatchObject({ signedInBy: 'password+totp', confirmed: { by: 'password+totp' } })
    expect(after.id, 'a new session').not.toBe(before.id)
    expect((await house.browser().signIn('沈国良')).body).toEqual({ next: 'secondFactor' })
  })

  test('ends every session the password alone began, whoever began it', async () => {
    const account = await house.add('shen', { person: personOf('shen') })
    house.mustEnrol.add(personOf('shen'))
    const [thief, owner, other] = [house.browser(), house.browser(), house.browser()]
    await house.add('another')
    for (const browser of [thief, owner]) await browser.signIn('shen')
    await other.signIn('another')
    expect(sessionIn(house, thief).limit).toBe('enrolmentNeeded')
    await enrol(owner)
    // the thief never showed a code: what was limited must not be full now
    expect(house.identity.sessionOf(thief.cookie)).toBeUndefined()
    expect(sessionIn(house, owner)).toMatchObject({ account, signedInBy: 'password+totp' })
    expect(sessionIn(house, other).username).toBe('another')
  })

  test('is not begun again while it stands', async () => {
    const { uri } = await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
    const again = await browser.post('/two-factor/enable', { password: PASSWORD })
    expect(again).toMatchObject({ status: 409, body: { code: 'secondFactorAlreadySet' } })
    pass(30)
    const code = await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
    expect(code).toMatchObject({ status: 409, body: { code: 'secondFactorAlreadySet' } })
  })

  test('takes a password, and wrong ones are counted', async () => {
    await house.add('shen')
    const browser = house.browser()
    await browser.signIn('shen')
    for (let n = 0; n < 5; n++) await browser.post('/two-factor/enable', { password: `no ${n}` })
    const locked = await browser.post('/two-factor/enable', { password: PASSWORD })
    expect(locked).toMatchObject({ status: 429, body: { code: 'accountLocked' } })
    // better-auth alone lets a stolen session try passwords for ever
    const bare = house.bareBrowser()
    await bare.post('/sign-in/username', { username: 'shen', password: PASSWORD })
    for (let n = 0; n < 12; n++) {
      const got = await bare.post('/two-factor/enable', { password: `no ${n}` })
      expect(got.status).toBe(400)
    }
  })
})

describe('a code', () => {
  test('signs in once: the same code again is refused', async () => {
    const { uri } = await enrolled()
    const code = appCode(uri)
    const [first, second] = [house.browser(), house.browser()]
    await first.signIn('shen')
    await second.signIn('shen')
    expect((await first.post('/two-factor/verify-totp', { code })).status).toBe(200)
    expect(sessionIn(house, first)).toMatchObject({ signedInBy: 'password+totp' })
    const replayed = await second.post('/two-factor/verify-totp', { code })
    expect(replayed).toMatchObject({ status: 401, body: { code: 'totpWrong' } })
    expect(house.identity.sessionOf(second.cookie)).toBeUndefined()
    // nor one that is older than one that was used, though the window would still take it
    const older = await second.post('/two-factor/verify-totp', { code: appCode(uri, -1) })
    expect(older.status).toBe(401)
    const next = await second.post('/two-factor/verify-totp', { code: appCode(uri, 1) })
    expect(next.status).toBe(200)
  })

  test('and better-auth alone takes it as often as it comes', async () => {
    const { uri } = await enrolled()
    const code = appCode(uri)
    for (let n = 0; n < 2; n++) {
      const bare = house.bareBrowser()
      await bare.post('/sign-in/username', { username: 'shen', password: PASSWORD })
      expect((await bare.post('/two-factor/verify-totp', { code })).status).toBe(200)
    }
  })

  test('sent twice at once signs in once', async () => {
    const { uri } = await enrolled()
    const code = appCode(uri)
    const browsers = [house.browser(), house.browser(), house.browser()]
    for (const browser of browsers) await browser.signIn('shen')
    const got = await Promise.all(
      browsers.map((browser) => browser.post('/two-factor/verify-totp', { code })),
    )
    expect(got.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
  })

  test('used to confirm does not sign in, and the other way round', async () => {
    const { uri } = await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
    const session = sessionIn(house, browser)
    const used = await house.identity.stepUp(session, { code: appCode(uri) })
    expect(codeOf(used)).toBe('totpWrong')
    pass(30)
    const code = appCode(uri)
    expect(codeOf(await house.identity.stepUp(session, { code }))).toBe('done')
    const other = house.browser()
    await other.signIn('shen')
    expect((await other.post('/two-factor/verify-totp', { code })).status).toBe(401)
  })

  test('wrong five times locks the factor, signed in or not, whatever the challenge', async () => {
    const { uri, backupCodes } = await enrolled()
    const signedIn = house.browser()
    await signedIn.signIn('shen')
    await signedIn.post('/two-factor/verify-totp', { code: appCode(uri) })
    pass(30)
    // two while signed in …
    const session = sessionIn(house, signedIn)
    for (const code of ['000000', '000001']) {
      expect(codeOf(await house.identity.stepUp(session, { code }))).toBe('totpWrong')
    }
    // … two in one challenge, and a backup code in another
    const one = house.browser()
    await one.signIn('shen')
    for (const code of ['000002', '000003']) {
      expect((await one.post('/two-factor/verify-totp', { code })).status).toBe(401)
    }
    const other = house.browser()
    await other.signIn('shen')
    const wrongBackup = await other.post('/two-factor/verify-backup-code', { code: 'aaaaa-bbbbb' })
    expect(wrongBackup).toMatchObject({ status: 401, body: { code: 'backupCodeWrong' } })

    const locked = { status: 429, body: { code: 'accountLocked' } }
    const code = appCode(uri)
    expect(await one.post('/two-factor/verify-totp', { code })).toMatchObject(locked)
    const [backup = ''] = backupCodes
    const tried = await other.post('/two-factor/verify-backup-code', { code: backup })
    expect(tried).toMatchObject(locked)
    expect(codeOf(await house.identity.stepUp(session, { code }))).toBe('accountLocked')
    expect(house.refused.at(-1)).toMatchObject({ code: 'accountLocked' })
    pass(60)
    expect((await one.post('/two-factor/verify-totp', { code: appCode(uri) })).status).toBe(200)
  })

  test('wrong thirty times with a session is nothing to better-auth alone', async () => {
    const { uri } = await enrolled()
    const bare = house.bareBrowser()
    await bare.post('/sign-in/username', { username: 'shen', password: PASSWORD })
    await bare.post('/two-factor/verify-totp', { code: appCode(uri) })
    const statuses = new Set<number>()
    for (let n = 0; n < 30; n++) {
      statuses.add((await bare.post('/two-factor/verify-totp', { code: `0000${10 + n}` })).status)
    }
    expect(statuses).toEqual(new Set([401]))
    expect((await bare.post('/two-factor/verify-totp', { code: appCode(uri) })).status).toBe(200)
  })

  test('is asked for within five minutes', async () => {
    const { uri } = await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    pass(301)
    const late = await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
    expect(late).toMatchObject({ status: 401, body: { code: 'challengeEnded' } })
    const nobody = await house.browser().post('/two-factor/verify-totp', { code: appCode(uri) })
    expect(nobody.body).toMatchObject({ code: 'challengeEnded' })
  })

  test('may not be waived for a month by trusting the device', async () => {
    const { uri } = await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    const body = { code: appCode(uri), trustDevice: true }
    expect((await browser.post('/two-factor/verify-totp', body)).status).toBe(422)
    // better-auth alone: the second sign-in asks for nothing
    const bare = house.bareBrowser()
    const password = { username: 'shen', password: PASSWORD }
    await bare.post('/sign-in/username', password)
    expect((await bare.post('/two-factor/verify-totp', body)).status).toBe(200)
    const again = await bare.post('/sign-in/username', password)
    expect(again.body['twoFactorRedirect']).toBeUndefined()
  })

  test.each(['12345', '1234567', 'abcdef', '１２３４５６'])('%s is none', async (code) => {
    await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    const got = await browser.post('/two-factor/verify-totp', { code })
    expect(got).toMatchObject({ status: 422, body: { code: 'inputInvalid' } })
  })
})

describe('a backup code', () => {
  test('works once, and what it signs in must confirm before it signs', async () => {
    const { backupCodes } = await enrolled()
    const [code = '', other = ''] = backupCodes
    const browser = house.browser()
    await browser.signIn('shen')
    expect((await browser.post('/two-factor/verify-backup-code', { code })).status).toBe(200)
    const session = sessionIn(house, browser)
    expect(session.signedInBy).toBe('password')
    expect(session.confirmed).toBeUndefined()

    const again = house.browser()
    await again.signIn('shen')
    const used = await again.post('/two-factor/verify-backup-code', { code })
    expect(used).toMatchObject({ status: 401, body: { code: 'backupCodeWrong' } })
    expect((await again.post('/two-factor/verify-backup-code', { code: other })).status).toBe(200)
  })

  test('is replaced with its nine fellows', async () => {
    const { uri, backupCodes } = await enrolled()
    const browser = house.browser()
    await browser.signIn('shen')
    await browser.post('/two-factor/verify-totp', { code: appCode(uri) })
    const made = await browser.post('/two-factor/generate-backup-codes', { password: PASSWORD })
    expect(made.body['backupCodes']).toHaveLength(10)
    const other = house.browser()
    await other.signIn('shen')
    const [old] = backupCodes
    expect((await other.post('/two-factor/verify-backup-code', { code: old })).status).toBe(401)
    const [fresh] = made.body['backupCodes'] as string[]
    expect((await other.post('/two-factor/verify-backup-code', { code: fresh })).status).toBe(200)
  })
})

describe('whoever must enrol', () => {
  const person = personOf('Cashier01')

  test('may do nothing else until it is done', async () => {
    await house.add('cashier', { person })
    const browser = house.browser()
    expect((await browser.signIn('cashier')).body).toEqual({ next: 'none' })
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('done')

    // appointed: at once, in the same session
    house.mustEnrol.add(person)
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('enrolmentNeeded')
    const session = sessionIn(house, browser)
    expect(session.limit).toBe('enrolmentNeeded')
    const stepped = await house.identity.stepUp(session, { password: PASSWORD })
    expect(codeOf(stepped)).toBe('enrolmentNeeded')
    const change = { current: PASSWORD, next: 'another sluice gate' }
    expect(codeOf(await house.identity.changePassword(session, change))).toBe('enrolmentNeeded')
    expect((await house.browser().signIn('cashier')).body).toEqual({ next: 'enrolment' })
    const codes = await browser.post('/two-factor/generate-backup-codes', { password: PASSWORD })
    expect(codes.body).toMatchObject({ code: 'enrolmentNeeded' })

    await enrol(browser)
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('done')
  })

  test('holds an office of the township, its discipline committee, or a till', () => {
    expect(enrolmentOffices.toSorted()).toEqual([
      'cashier',
      'centreHead',
      'centreOfficer',
      'disciplineSecretary',
      'inspector',
      'townshipLeader',
    ])
  })

  test('is anybody who manages accounts', async () => {
    await house.add('boss', { role: 'administrator' })
    const browser = house.browser()
    expect((await browser.signIn('boss')).body).toEqual({ next: 'enrolment' })
  })

  test('is nobody in a demonstration', async () => {
    const demo = await openHouse({ demo: true })
    demo.mustEnrol.add(person)
    await demo.add('cashier', { person })
    expect((await demo.browser().signIn('cashier')).body).toEqual({ next: 'none' })
    await demo.close()
  })
})

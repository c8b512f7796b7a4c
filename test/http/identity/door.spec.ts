// The door itself: what is reachable of better-auth, in which form, and from where.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse, PASSWORD, sessionIn } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.add('shen', { role: 'administrator' })
})
afterAll(() => house.close())

describe('what is not reachable', () => {
  const closed = [
    ['POST', '/sign-up/email'],
    ['POST', '/sign-in/email'],
    ['GET', '/get-session'],
    ['GET', '/list-sessions'],
    ['POST', '/revoke-session'],
    ['POST', '/update-session'],
    ['POST', '/update-user'],
    ['POST', '/change-password'],
    ['POST', '/change-email'],
    ['POST', '/delete-user'],
    ['POST', '/request-password-reset'],
    ['POST', '/reset-password'],
    ['POST', '/is-username-available'],
    ['POST', '/two-factor/disable'],
    ['POST', '/two-factor/get-totp-uri'],
    ['POST', '/two-factor/send-otp'],
    ['POST', '/admin/create-user'],
    ['POST', '/admin/set-role'],
    ['POST', '/admin/impersonate-user'],
    ['GET', '/admin/list-users'],
    ['POST', '/unlink-account'],
    ['GET', '/callback/dingtalk'],
    ['GET', '/error'],
    ['GET', '/ok'],
    ['GET', '/sign-in/username'],
    ['PUT', '/sign-in/username'],
    ['POST', '/sign-in/username/'],
    ['POST', '/../auth/get-session'],
    ['POST', '/__proto__'],
    ['POST', '/constructor'],
  ] as const
  test.each(closed)('%s %s', async (method, path) => {
    const browser = house.browser()
    await browser.signIn('shen')
    const got = await browser.send(path, {
      method,
      headers: { 'content-type': 'application/json', origin: house.url },
      ...(method === 'GET' ? {} : { raw: '{}' }),
    })
    expect(got).toMatchObject({ status: 404, body: { code: 'noSuchThing' } })
  })

  test('fields that would change how long a session lives, or where the browser goes', async () => {
    for (const extra of [{ rememberMe: false }, { callbackURL: 'https://evil.example' }]) {
      const body = { username: 'shen', password: PASSWORD, ...extra }
      const got = await house.browser().post('/sign-in/username', body)
      expect(got).toMatchObject({ status: 422, body: { code: 'inputInvalid' } })
      expect(got.body['detail']).toContain(Object.keys(extra)[0])
    }
    // better-auth alone keeps a session that is not to be remembered twice as long as one that is
    const bare = house.bareBrowser()
    const body = { username: 'shen', password: PASSWORD, rememberMe: false }
    expect((await bare.post('/sign-in/username', body)).status).toBe(200)
    const { startedAt, expiresAt } = sessionIn(house, bare)
    expect(Math.round((expiresAt - startedAt) / 3_600_000)).toBe(24)
  })
})

describe('a request', () => {
  const malformed: readonly (readonly [what: string, raw: string | Uint8Array, code: string])[] = [
    ['no JSON', '{', 'bodyMalformed'],
    ['a key twice', '{"username":"a","\\u0075sername":"b"}', 'keyRepeated'],
    ['no UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d]), 'bodyMalformed'],
    ['no object', '"shen"', 'inputInvalid'],
    ['no field', '{"username":"shen"}', 'inputInvalid'],
    ['another type', '{"username":["shen"],"password":"x"}', 'inputInvalid'],
    ['an empty password', '{"username":"shen","password":""}', 'inputInvalid'],
    ['no body', '', 'inputInvalid'],
  ]
  test.each(malformed)('with %s is not understood', async (_what, raw, code) => {
    const got = await house.browser().post('/sign-in/username', {}, { raw })
    expect(got.body).toMatchObject({ code })
    expect(got.status).toBe(code === 'inputInvalid' ? 422 : 400)
    expect(got.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  test('too large is not read', async () => {
    const raw = JSON.stringify({ username: 'shen', password: 'x'.repeat(9000) })
    const got = await house.browser().post('/sign-in/username', {}, { raw })
    expect(got).toMatchObject({ status: 413, body: { code: 'bodyTooLarge' } })
  })

  test('that is no JSON by its own word is not read', async () => {
    const raw = JSON.stringify({ username: 'shen', password: PASSWORD })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type }
      const got = await house.browser().post('/sign-in/username', {}, { raw, headers })
      expect(got).toMatchObject({ status: 415, body: { code: 'mediaTypeUnknown' } })
    }
  })

  test('from another site is refused, signed in or not', async () => {
    const browser = house.browser()
    const body = { username: 'shen', password: PASSWORD }
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of foreign) {
      const got = await browser.post('/sign-in/username', body, { headers })
      expect(got).toMatchObject({ status: 403, body: { code: 'originForeign' } })
    }
    await browser.signIn('shen')
    const out = await browser.post('/sign-out', {}, { headers: { origin: 'https://evil.example' } })
    expect(out.status).toBe(403)
    expect(house.identity.sessionOf(browser.cookie)).toBeDefined()
  })

  test('without an origin is a program, unless the browser says where it comes from', async () => {
    const browser = house.browser()
    const raw = JSON.stringify({ username: 'shen', password: PASSWORD })
    const json = { 'content-type': 'application/json' }
    const send = (headers: Readonly<Record<string, string>>) =>
      browser.send('/sign-in/username', { method: 'POST', raw, headers: { ...json, ...headers } })
    expect((await send({})).status).toBe(200)
    expect((await send({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  test('is answered in the language of the caller', async () => {
    const headers = { 'accept-language': 'en-GB,en;q=0.9' }
    const body = { username: 'nobody', password: 'x' }
    const { body: english } = await house.browser().post('/sign-in/username', body, { headers })
    const { body: chinese } = await house.browser().post('/sign-in/username', body)
    expect(english['title']).toBe('The username or the password is wrong')
    expect(chinese['title']).toBe('账号或密码不对')
    expect(english['code']).toBe(chinese['code'])
  })
})

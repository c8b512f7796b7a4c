// The OAuth slot against a provider of our own on this machine: it finds accounts that were tied to it, makes none, and without
// it nothing ever calls out.
import dns from 'node:dns'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { OAuthMisconfigured, oauthProviders } from '../../../src/http/identity/oauth.ts'
import {
  appCode,
  type Browser,
  codeOf,
  done,
  enrol,
  type Got,
  type House,
  openHouse,
  PASSWORD,
  personOf,
  sessionIn,
} from './house.ts'

/** What the provider was asked, and who it says is there. */
const asked: {
  readonly path: string
  readonly body: string
  readonly headers: IncomingMessage['headers']
}[] = []
let subject = 'someone'

/** Speaks as 钉钉, 企业微信 and a plain OAuth 2.0 provider do, by path. */
function answer(path: string): unknown {
  if (path.startsWith('/dingtalk/token')) return { accessToken: 'ding-access', expireIn: 7200 }
  if (path.startsWith('/dingtalk/me')) return { nick: '沈', unionId: subject, openId: 'other' }
  if (path.startsWith('/wecom/token')) return { errcode: 0, access_token: 'app-access' }
  if (path.startsWith('/wecom/me')) return { errcode: 0, userid: subject }
  if (path.startsWith('/oauth2/token')) return { access_token: 'access', token_type: 'Bearer' }
  return { sub: subject, email: 'someone@example.com', email_verified: true }
}

let provider: Server
let at: string
beforeAll(async () => {
  provider = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => (body += chunk.toString()))
    req.on('end', () => {
      const path = req.url ?? ''
      asked.push({ path, body, headers: req.headers })
      res.setHeader('content-type', 'application/json').end(JSON.stringify(answer(path)))
    })
  })
  await new Promise<void>((resolve) => {
    provider.listen(0, '127.0.0.1', () => resolve())
  })
  at = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterAll(() => void provider.close())

const ids = ['dingtalk', 'wecom', 'oauth2'] as const
type Id = (typeof ids)[number]

const environment = (): Record<string, string> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const prefix = `FIVE_MUSTS_OAUTH_${id.toUpperCase()}_`
      return [
        [`${prefix}CLIENT_ID`, `client-of-${id}`],
        [`${prefix}CLIENT_SECRET`, `secret-of-${id}`],
        [`${prefix}AUTHORIZE_URL`, `${at}/${id}/authorize`],
        [`${prefix}TOKEN_URL`, `${at}/${id}/token`],
        [`${prefix}PROFILE_URL`, `${at}/${id}/me`],
        [`${prefix}NAME`, id],
      ]
    }),
  )

describe('a house with the slot filled', () => {
  let house: House
  beforeEach(async () => {
    asked.length = 0
    subject = 'someone'
    house = await openHouse({ oauth: oauthProviders(environment()) })
  })
  afterEach(() => house.close())

  /** Goes there and comes back with a code. */
  async function there(browser: Browser, id: Id, begun: Got): Promise<Got> {
    const url = new URL(String(begun.body['url']))
    expect(`${url.origin}${url.pathname}`).toBe(`${at}/${id}/authorize`)
    expect(url.searchParams.get('client_id')).toBe(`client-of-${id}`)
    const back = `${house.url}/api/auth/callback/${id}`
    expect(url.searchParams.get('redirect_uri')).toBe(back)
    const state = url.searchParams.get('state') ?? ''
    const code = id === 'dingtalk' ? 'authCode' : 'code'
    const params = new URLSearchParams({ [code]: 'the-code', state })
    return browser.send(`/callback/${id}?${params.toString()}`)
  }
  const signInWith = async (browser: Browser, id: Id): Promise<Got> =>
    there(browser, id, await browser.post('/sign-in/social', { provider: id, page: '/inbox' }))

  /** Somebody whose account is tied to the provider. */
  async function tied(id: Id, more: Parameters<House['add']>[1] = {}): Promise<Browser> {
    await house.add('shen', more)
    const browser = house.browser()
    await browser.signIn('shen')
    const linked = await there(browser, id, await browser.post('/link-social', { provider: id }))
    expect(linked.headers.get('location')).toBe('/')
    return browser
  }

  test.each(ids)('%s: a stranger gets no account and no session', async (id) => {
    const browser = house.browser()
    const got = await signInWith(browser, id)
    expect(got.status).toBe(302)
    expect(got.headers.get('location')).toContain('error=signup_disabled')
    expect(house.identity.sessionOf(browser.cookie)).toBeUndefined()
    expect(await house.open.accounts.accounts()).toEqual([])
  })

  test.each(ids)('%s: whoever was tied to it by themselves signs in', async (id) => {
    await tied(id)
    const browser = house.browser()
    const got = await signInWith(browser, id)
    expect(got.headers.get('location')).toBe('/inbox')
    const session = sessionIn(house, browser)
    expect(session).toMatchObject({ username: 'shen', signedInBy: 'oauth' })
    expect(session.confirmed).toBeUndefined()
    // another person there is nobody here
    subject = 'another'
    const other = house.browser()
    expect((await signInWith(other, id)).headers.get('location')).toContain('error=')
    expect(await house.open.accounts.accounts()).toHaveLength(1)
  })

  test('钉钉 and 企业微信 are asked as they want to be', async () => {
    await signInWith(house.browser(), 'dingtalk')
    expect(asked.map(({ path }) => path)).toEqual(['/dingtalk/token', '/dingtalk/me'])
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      clientId: 'client-of-dingtalk',
      clientSecret: 'secret-of-dingtalk',
      code: 'the-code',
      grantType: 'authorization_code',
    })
    expect(asked[1]?.headers['x-acs-dingtalk-access-token']).toBe('ding-access')
    asked.length = 0
    await signInWith(house.browser(), 'wecom')
    expect(asked.map(({ path }) => path)).toEqual([
      '/wecom/token?corpid=client-of-wecom&corpsecret=secret-of-wecom',
      '/wecom/me?access_token=app-access&code=the-code',
    ])
  })

  test('an e-mail that looks alike ties nothing', async () => {
    const id = await house.add('shen')
    subject = `${id}@noreply`
    const browser = house.browser()
    await signInWith(browser, 'oauth2')
    expect(house.identity.sessionOf(browser.cookie)).toBeUndefined()
  })

  test('tying needs a fresh confirmation', async () => {
    await house.add('shen')
    const browser = house.browser()
    const nobody = await browser.post('/link-social', { provider: 'oauth2' })
    expect(nobody).toMatchObject({ status: 401, body: { code: 'notSignedIn' } })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    await browser.signIn('shen')
    vi.setSystemTime(Date.now() + 301_000)
    const stale = await browser.post('/link-social', { provider: 'oauth2' })
    vi.useRealTimers()
    expect(stale).toMatchObject({ status: 403, body: { code: 'reauthenticationNeeded' } })
  })

  test('who has a second factor is asked for it here, where better-auth would not', async () => {
    const first = await tied('dingtalk')
    const { uri } = await enrol(first)
    const browser = house.browser()
    await signInWith(browser, 'dingtalk')
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('secondFactorNeeded')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 })
    const session = sessionIn(house, browser)
    const stepped = await house.identity.stepUp(session, { code: appCode(uri) })
    vi.useRealTimers()
    // the code lifts the limit, but is no proof an entry could name: that takes the password
    expect(done(stepped)).toEqual({})
    const lifted = done(house.identity.signedIn(browser.cookie))
    expect(lifted).toMatchObject({ signedInBy: 'oauth+totp' })
    expect(lifted.confirmed).toBeUndefined()
    const confirmed = await house.identity.stepUp(lifted, { password: PASSWORD })
    expect(done(confirmed).confirmed?.by).toBe('password')
  })

  test('who must have one and has none may only set it up', async () => {
    const person = personOf('Cashier01')
    await tied('wecom', { person })
    house.mustEnrol.add(person)
    const browser = house.browser()
    await signInWith(browser, 'wecom')
    expect(codeOf(house.identity.signedIn(browser.cookie))).toBe('enrolmentNeeded')
  })

  test('a state that is not of this browser is refused', async () => {
    await tied('oauth2')
    const begun = await house.browser().post('/sign-in/social', { provider: 'oauth2' })
    const thief = house.browser()
    const got = await there(thief, 'oauth2', begun)
    expect(got.headers.get('location')).toContain('error=')
    expect(house.identity.sessionOf(thief.cookie)).toBeUndefined()
  })

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'inbox', '/a b'])(
    'the way back is a page of ours, not %s',
    async (page) => {
      const got = await house.browser().post('/sign-in/social', { provider: 'oauth2', page })
      expect(got).toMatchObject({ status: 422, body: { code: 'inputInvalid' } })
    },
  )

  test('another provider is not known', async () => {
    const browser = house.browser()
    for (const path of ['/sign-in/social', '/link-social']) {
      const got = await browser.post(path, { provider: 'github' })
      expect(got).toMatchObject({ status: 404, body: { code: 'providerUnknown' } })
    }
    expect((await browser.send('/callback/github?code=x&state=y')).status).toBe(404)
  })

  test('no token of the provider lies in the file in plain text', async () => {
    await tied('dingtalk')
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(`${house.file}-wal`).toString('latin1')
    expect(bytes).toContain('dingtalk')
    expect(bytes).not.toContain('ding-access')
  })
})

describe('the environment', () => {
  test('that names no provider turns none on', () => {
    expect(oauthProviders({})).toEqual([])
    expect(oauthProviders({ FIVE_MUSTS_OAUTH_DINGTALK_CLIENT_ID: '' })).toEqual([])
  })

  test('needs an id and a secret where the addresses are known', () => {
    const [dingtalk, ...none] = oauthProviders({
      FIVE_MUSTS_OAUTH_DINGTALK_CLIENT_ID: 'id',
      FIVE_MUSTS_OAUTH_DINGTALK_CLIENT_SECRET: 'secret',
    })
    expect(none).toEqual([])
    expect(dingtalk).toMatchObject({ id: 'dingtalk', name: '钉钉' })
    expect(dingtalk?.config.authorizationUrl).toBe('https://login.dingtalk.com/oauth2/auth')
  })

  test.each([
    ['DINGTALK_CLIENT_SECRET', { DINGTALK_CLIENT_ID: 'id' }],
    ['OAUTH2_AUTHORIZE_URL', { OAUTH2_CLIENT_ID: 'id', OAUTH2_CLIENT_SECRET: 'x' }],
    [
      'WECOM_TOKEN_URL',
      { WECOM_CLIENT_ID: 'id', WECOM_CLIENT_SECRET: 'x', WECOM_TOKEN_URL: 'ftp://x' },
    ],
  ] as const)('names %s where it is wrong, and no value', (variable, given) => {
    const env = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`FIVE_MUSTS_OAUTH_${name}`, value]),
    )
    const wrong = () => oauthProviders(env)
    expect(wrong).toThrow(OAuthMisconfigured)
    expect(wrong).toThrow(`FIVE_MUSTS_OAUTH_${variable}`)
    expect(wrong).not.toThrow('ftp://x')
  })
})

describe('a house with the slot empty', () => {
  test('calls nobody, whatever is done there', async () => {
    const house = await openHouse()
    const connect = vi.spyOn(net.Socket.prototype, 'connect')
    const lookup = vi.spyOn(dns, 'lookup')
    const calls = (): string[] =>
      connect.mock.calls
        .map((args: readonly unknown[]) => JSON.stringify(args))
        .filter((text) => !text.includes(new URL(house.url).port))
    await house.add('boss', { role: 'administrator' })
    const browser = house.browser()
    await browser.signIn('boss', 'wrong')
    await browser.signIn('boss')
    await enrol(browser)
    const boss = sessionIn(house, browser)
    const link = done(await house.identity.accounts.add(boss, { username: 'shen' }))
    const given = { token: link.token, password: 'the heron on the weir' }
    await house.identity.links.use(given, { address: '203.0.113.5', device: '' })
    const got = await browser.post('/sign-in/social', { provider: 'dingtalk' })
    expect(got).toMatchObject({ status: 404, body: { code: 'providerUnknown' } })
    await browser.post('/sign-out')
    expect(connect, 'the spy sees our own browser').toHaveBeenCalled()
    expect(calls()).toEqual([])
    expect(lookup).not.toHaveBeenCalled()
    // and would see a call
    await fetch(`${at.replace('127.0.0.1', 'localhost')}/oauth2/me`)
    expect(calls()).not.toEqual([])
    expect(lookup).toHaveBeenCalled()
    vi.restoreAllMocks()
    await house.close()
  })
})

// The OAuth slot: signing in through another house (钉钉 / 浙政钉, 企业微信, or any OAuth 2.0 provider). Off unless the environment
// names one; it only ever finds an account that was tied to it by whoever was signed in, and makes none.
import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth'
import { z } from 'zod'

type Environment = Readonly<Record<string, string | undefined>>

const providerIds = ['dingtalk', 'wecom', 'oauth2'] as const
type ProviderId = (typeof providerIds)[number]

const address = z.url({ protocol: /^https?$/ })
const settingsSchema = z.object({
  CLIENT_ID: z.string().min(1),
  CLIENT_SECRET: z.string().min(1),
  AUTHORIZE_URL: address,
  TOKEN_URL: address,
  PROFILE_URL: address,
  /** The field of the profile that names the person for ever. */
  SUBJECT: z.string().min(1),
  SCOPE: z.string(),
  /** 企业微信: the application. */
  AGENT_ID: z.string(),
  NAME: z.string().min(1),
})
type Settings = z.infer<typeof settingsSchema>
type Setting = keyof Settings

/** What each house has fixed; the environment may say otherwise, as 浙政钉 of a province does. */
const defaults: Readonly<Record<ProviderId, Partial<Settings>>> = {
  dingtalk: {
    AUTHORIZE_URL: 'https://login.dingtalk.com/oauth2/auth',
    TOKEN_URL: 'https://api.dingtalk.com/v1.0/oauth2/userAccessToken',
    PROFILE_URL: 'https://api.dingtalk.com/v1.0/contact/users/me',
    SUBJECT: 'unionId',
    SCOPE: 'openid',
    NAME: '钉钉',
  },
  wecom: {
    AUTHORIZE_URL: 'https://login.work.weixin.qq.com/wwlogin/sso/login',
    TOKEN_URL: 'https://qyapi.weixin.qq.com/cgi-bin/gettoken',
    PROFILE_URL: 'https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo',
    SUBJECT: 'userid',
    NAME: '企业微信',
  },
  oauth2: { SUBJECT: 'sub', SCOPE: 'openid' },
}

/** A setting is missing or is none. Names the variable, never its value. */
export class OAuthMisconfigured extends Error {
  readonly variable: string
  constructor(variable: string, detail: string) {
    super(`${variable}: ${detail}`)
    this.variable = variable
  }
}

/** What sign-in pages show of a provider. */
export interface ProviderShown {
  readonly id: string
  readonly name: string
}

export interface OAuthProvider extends ProviderShown {
  readonly config: GenericOAuthConfig
}

/**
 * The providers the environment names: `FIVE_MUSTS_OAUTH_<DINGTALK | WECOM | OAUTH2>_CLIENT_ID` turns one on.
 * @throws OAuthMisconfigured
 */
export function oauthProviders(env: Environment): readonly OAuthProvider[] {
  return providerIds.flatMap((id) => {
    const prefix = `FIVE_MUSTS_OAUTH_${id.toUpperCase()}_`
    const given = (name: Setting): string | undefined => {
      const value = env[`${prefix}${name}`]
      return value === '' ? undefined : value
    }
    if (given('CLIENT_ID') === undefined) return []
    const wanted = Object.fromEntries(
      (Object.keys(settingsSchema.shape) as Setting[]).map((name) => [
        name,
        given(name) ?? defaults[id][name] ?? (optional.has(name) ? '' : undefined),
      ]),
    )
    const parsed = settingsSchema.safeParse(wanted)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new OAuthMisconfigured(`${prefix}${issue?.path.join('') ?? ''}`, issue?.message ?? '')
    }
    return [{ id, name: parsed.data.NAME, config: configOf(id, parsed.data) }]
  })
}

const optional: ReadonlySet<Setting> = new Set<Setting>(['SCOPE', 'AGENT_ID'])

function configOf(id: ProviderId, settings: Settings): GenericOAuthConfig {
  const { CLIENT_ID, CLIENT_SECRET, AUTHORIZE_URL, TOKEN_URL, PROFILE_URL, SCOPE } = settings
  return {
    providerId: id,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    authorizationUrl: AUTHORIZE_URL,
    tokenUrl: TOKEN_URL,
    userInfoUrl: PROFILE_URL,
    scopes: SCOPE.split(' ').filter((scope) => scope !== ''),
    disableSignUp: true,
    disableImplicitSignUp: true,
    overrideUserInfo: false,
    accountSubject: ({ profile }) => subjectOf(profile, settings),
    // nobody's: better-auth wants one, and looks for people by it
    mapProfileToUser: (profile) => ({
      email: `${subjectOf(profile, settings)}@${id}.invalid`,
      emailVerified: false,
      name: '',
    }),
    ...ways[id](settings),
  }
}

function subjectOf(profile: Readonly<Record<string, unknown>>, { SUBJECT }: Settings): string {
  const subject = profile[SUBJECT]
  if (typeof subject === 'string' && subject !== '') return subject
  if (typeof subject === 'number') return String(subject)
  throw new Error(`the provider named no ${SUBJECT}`)
}

/** How each house differs from RFC 6749. */
const ways: Readonly<Record<ProviderId, (settings: Settings) => Partial<GenericOAuthConfig>>> = {
  dingtalk,
  wecom,
  oauth2: ({ PROFILE_URL }) => ({
    getUserInfo: ({ accessToken }) =>
      profile(PROFILE_URL, { headers: { authorization: `Bearer ${accessToken ?? ''}` } }),
  }),
}

/** 钉钉: JSON both ways, and a header of its own. */
function dingtalk(settings: Settings): Partial<GenericOAuthConfig> {
  const { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, TOKEN_URL, PROFILE_URL } = settings
  return {
    pkce: false,
    authorizationUrlParams: { prompt: 'consent' },
    async getToken({ code }) {
      const asked = { clientId, clientSecret, code, grantType: 'authorization_code' }
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(asked)
      const answer = await fetched(TOKEN_URL, { method: 'POST', headers, body })
      return { accessToken: textOf(answer, 'accessToken') }
    },
    getUserInfo: ({ accessToken }) =>
      profile(PROFILE_URL, { headers: { 'x-acs-dingtalk-access-token': accessToken ?? '' } }),
  }
}

/** 企业微信: the token is the application's; the code names the person. */
function wecom(settings: Settings): Partial<GenericOAuthConfig> {
  const { CLIENT_ID, CLIENT_SECRET, AGENT_ID, TOKEN_URL, PROFILE_URL } = settings
  return {
    pkce: false,
    authorizationUrlParams: { login_type: 'CorpApp', appid: CLIENT_ID, agentid: AGENT_ID },
    async getToken({ code }) {
      const asked = new URLSearchParams({ corpid: CLIENT_ID, corpsecret: CLIENT_SECRET })
      const answer = await fetched(`${TOKEN_URL}?${asked.toString()}`)
      // carried to getUserInfo: the application's token would say nothing of the person
      return { accessToken: textOf(answer, 'access_token'), idToken: undefined, raw: { code } }
    },
    getUserInfo({ accessToken, raw }) {
      const code = textOf(raw ?? {}, 'code')
      const asked = new URLSearchParams({ access_token: accessToken ?? '', code })
      return profile(`${PROFILE_URL}?${asked.toString()}`)
    },
  }
}

const PATIENCE_MS = 10_000

/** better-auth wants to be told of an e-mail: there is none. */
const profile = async (...asked: Parameters<typeof fetched>) => ({
  ...(await fetched(...asked)),
  emailVerified: false,
})

async function fetched(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  // what we send names us: it goes where the operator said, and nowhere else
  const bounds = { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) } as const
  const response = await fetch(url, { ...init, ...bounds })
  if (!response.ok) throw new Error(`the provider answered ${response.status}`)
  return z.record(z.string(), z.unknown()).parse(await response.json())
}

function textOf(answer: Readonly<Record<string, unknown>>, name: string): string {
  const value = answer[name]
  if (typeof value !== 'string' || value === '') throw new Error(`the provider gave no ${name}`)
  return value
}

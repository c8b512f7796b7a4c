// better-auth as it is used here: it keeps passwords, makes sessions and checks the second factor. What it leaves open is
// closed around it (door.ts); nothing else of it is reachable.
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { admin } from 'better-auth/plugins/admin'
import { createAccessControl } from 'better-auth/plugins/access'
import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import { type AttemptStore, type SignInProof, usernameOf } from '../../domain/account.ts'
import { MOST } from './password.ts'

export interface AuthOptions {
  /** From db/accounts. */
  readonly database: ReturnType<typeof drizzleAdapter>
  readonly attempts: AttemptStore
  readonly secret: string
  /** Where browsers find us, `https://…`: cookies are `__Secure-` under https. */
  readonly baseURL: string
  /** Further origins pages may be served from. */
  readonly origins: readonly string[]
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
  readonly hashing: Hashing
  readonly oauth: readonly GenericOAuthConfig[]
  /** For the operator. Never holds a name, a password or a token. */
  readonly report: (message: string) => void
}

export interface Hashing {
  hash(password: string): Promise<string>
  verify(data: { readonly hash: string; readonly password: string }): Promise<boolean>
}

/** The header our own door writes the client's address to; what the client sends under that name never arrives. */
export const ADDRESS_HEADER = 'x-client-ip'
export const BASE_PATH = '/api/auth'

/** A working day: whoever signs in at 08:30 is not asked again before the evening. It does not slide. */
const SESSION_SECONDS = 12 * 3600
/** Between password and code. */
const CHALLENGE_SECONDS = 300

export type Auth = ReturnType<typeof makeAuth>

export const makeAuth = (options: AuthOptions) =>
  betterAuth({
    appName: 'five-musts',
    baseURL: options.baseURL,
    basePath: BASE_PATH,
    secret: options.secret,
    database: options.database,
    telemetry: { enabled: false },
    trustedOrigins: [...options.origins],
    logger: { level: 'error', log: (_level, message) => options.report(message) },
    onAPIError: { errorURL: `${options.baseURL}/sign-in` },
    emailAndPassword: {
      // sign-in with a username rests on it
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: MOST,
      password: options.hashing,
    },
    user: userOptions,
    session: sessionOptions,
    account: accountOptions(options.oauth),
    databaseHooks: { session: { create: { before: proved(options.clock) } } },
    rateLimit: rateLimitOptions(options),
    advanced: {
      cookiePrefix: 'five-musts',
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // said, because better-auth turns it off where it finds itself in a test
      disableOriginCheck: false,
      database: { generateId: () => Buffer.from(options.random(16)).toString('hex') },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 2,
        maxUsernameLength: 64,
        usernameValidator: (text) => usernameOf(text) !== undefined,
        usernameNormalization: (text) => usernameOf(text) ?? text,
      }),
      twoFactor({ issuer: 'five-musts', twoFactorCookieMaxAge: CHALLENGE_SECONDS }),
      admin({ defaultRole: 'none', adminRoles: ['administrator'], roles: { administrator, none } }),
      ...(options.oauth.length === 0 ? [] : [genericOAuth({ config: [...options.oauth] })]),
    ],
  })

/** better-auth's own administration is not reachable; it only wants its roles named. */
const access = createAccessControl({ account: ['manage'] })
const administrator = access.newRole({ account: ['manage'] })
const none = access.newRole({ account: [] })

/** Ours to write (db/accounts/store.ts); said here, or better-auth takes the columns for a mistake. */
const userOptions = {
  additionalFields: {
    personId: { type: 'string', required: false, input: false, returned: false },
    ready: { type: 'boolean', required: true, input: false, returned: false, defaultValue: false },
  },
} as const satisfies BetterAuthOptions['user']

const sessionOptions = {
  expiresIn: SESSION_SECONDS,
  disableSessionRefresh: true,
  additionalFields: {
    signedInBy: { type: 'string', required: false, input: false },
    confirmedAt: { type: 'date', required: false, input: false },
    confirmedBy: { type: 'string', required: false, input: false },
  },
} as const satisfies BetterAuthOptions['session']

/** A tie to another house is made by whoever is signed in, never by an address that looks alike. */
const accountOptions = (oauth: readonly GenericOAuthConfig[]): BetterAuthOptions['account'] => ({
  encryptOAuthTokens: true,
  updateAccountOnSignIn: false,
  accountLinking: {
    enabled: true,
    disableImplicitLinking: true,
    allowDifferentEmails: true,
    trustedProviders: oauth.map(({ providerId }) => providerId),
  },
})

/**
 * Requests by address: wide enough for an office that arrives at once behind one address, for wrong guesses are counted apart
 * (counting.ts). The window is ours: better-auth's begins anew with every request, so a steady trickle would lock it.
 */
const rateLimitOptions = ({ attempts, clock }: AuthOptions): BetterAuthOptions['rateLimit'] => ({
  enabled: true,
  window: 10,
  max: 100,
  customRules: {
    '/sign-in/*': { window: 10, max: 100 },
    '/two-factor/*': { window: 10, max: 100 },
  },
  customStorage: {
    async consume(key, { window, max }) {
      const rule = { milliseconds: window * 1000, most: max }
      const until = await attempts.take(key, rule, clock())
      const allowed = until === undefined
      return { allowed, retryAfter: allowed ? null : Math.ceil((until - clock()) / 1000) }
    },
  },
})

/** Stamps a new session with how it was proved; a way in that is not known here makes none. */
const proved =
  (clock: () => number) =>
  async (
    session: Readonly<Record<string, unknown>>,
    context: { readonly path?: string | undefined } | null,
  ) => {
    const at = new Date(clock())
    switch (context?.path) {
      case '/sign-in/username':
        return { data: { signedInBy: 'password', confirmedAt: at, confirmedBy: 'password' } }
      case '/two-factor/verify-totp': {
        const signedInBy: SignInProof =
          session['signedInBy'] === 'oauth' ? 'oauth+totp' : 'password+totp'
        // enrolling takes the password, so both were proved either way
        return { data: { signedInBy, confirmedAt: at, confirmedBy: 'password+totp' } }
      }
      case '/two-factor/verify-backup-code':
        // a code off a slip of paper signs nothing: whoever used it confirms with the password
        return { data: { signedInBy: 'password', confirmedAt: null, confirmedBy: null } }
      case '/callback/:id':
        return { data: { signedInBy: 'oauth', confirmedAt: null, confirmedBy: null } }
      default:
        return false
    }
  }

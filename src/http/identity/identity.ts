// Identity: who is at the door, and how they prove it. Made once by the composition root; routes use what it returns and know
// nothing of better-auth.
import type {
  AccountPage,
  AccountStore,
  AttemptStore,
  ListedSession,
  Session,
} from '../../domain/account.ts'
import type { Standings } from '../../domain/account-standing.ts'
import { type AuthOptions, type Hashing, makeAuth } from './auth.ts'
import { signedCookies } from './cookie.ts'
import { type DemoAccount, demoAccounts, type DemoRoster } from './demo.ts'
import { door, type Door } from './door.ts'
import { scryptHashing } from './hashing.ts'
import { type LinkShown, type LinkUsed, type MadeLink, showLink, useLink } from './links.ts'
import {
  type AccountOf,
  type AccountsShown,
  addAccount,
  firstAdministrator,
  listAccounts,
  managingOf,
  removeAccount,
  resetAccount,
  restoreAccount,
  suspendAccount,
  type Wanted,
} from './manage.ts'
import type { OAuthProvider, ProviderShown } from './oauth.ts'
import type { Answer } from './problems.ts'
import {
  endOtherSessions,
  endSession,
  listSessions,
  type Looking,
  sessionOf,
  signedIn,
} from './session.ts'
import { changePassword, type Given, stepUp, type SteppedUp } from './step-up.ts'
import type { Caller, IdentityWorld, RefusedAttempt } from './world.ts'

export interface IdentityOptions {
  /** These three from db/accounts/open.ts. */
  readonly accounts: AccountStore
  readonly attempts: AttemptStore
  readonly database: AuthOptions['database']
  /** Signs cookies and seals second factors: at least 32 characters, kept as the signing keys are. */
  readonly secret: string
  /** Where browsers find us: `https://…` but for a loopback. */
  readonly baseURL: string
  /** Further origins pages may be served from. */
  readonly origins?: readonly string[]
  /** Milliseconds since 1970. Inside better-auth it is the system's. */
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
  readonly standings: Standings
  /** TOTP is waived, and demo accounts can be made. */
  readonly demo?: boolean
  readonly oauth?: readonly OAuthProvider[]
  /** scrypt, when left out; tests bring a quick one. */
  readonly hashing?: Hashing
  /** What better-auth has to tell the operator. */
  readonly report?: (message: string) => void
  /** Every refusal at the door, for the attempt log. */
  readonly refused?: (attempt: RefusedAttempt) => void
}

export interface Identity {
  /** For `app.all('/api/auth/*splat', …)`, before any body parser. */
  readonly handler: Door
  /** The providers sign-in pages offer. */
  readonly providers: readonly ProviderShown[]
  /** With every request: the session of a `Cookie` header. Look at `limit`, or use `signedIn`. */
  sessionOf(cookie: string | undefined, looking?: Looking): Session | undefined
  /** The session, or why nothing may be done: not signed in, or only to mend the session. */
  signedIn(cookie: string | undefined): Answer<Session>
  stepUp(session: Session, given: Given): Promise<Answer<SteppedUp>>
  changePassword(
    session: Session,
    change: { readonly current: string; readonly next: string },
  ): Promise<Answer<number>>
  readonly sessions: {
    list(session: Session): Promise<readonly ListedSession[]>
    end(session: Session, id: string): Promise<Answer<true>>
    endOthers(session: Session): Promise<number>
  }
  readonly accounts: {
    list(session: Session, page: AccountPage): Promise<Answer<AccountsShown>>
    /** Of which persons one may make or manage the account. */
    managing(session: Session): Promise<Answer<AccountOf>>
    add(session: Session, wanted: Wanted): Promise<Answer<MadeLink>>
    reset(session: Session, id: string): Promise<Answer<MadeLink>>
    suspend(
      session: Session,
      which: { readonly id: string; readonly reason: string },
    ): Promise<Answer<true>>
    restore(session: Session, id: string): Promise<Answer<true>>
    remove(session: Session, id: string): Promise<Answer<true>>
  }
  readonly links: {
    show(token: string): Promise<Answer<LinkShown>>
    use(
      given: { readonly token: string; readonly password: string },
      caller: Caller,
    ): Promise<Answer<LinkUsed>>
  }
  /** At start: a link to print, once, where there is no administrator yet. */
  firstAdministrator(): Promise<MadeLink | undefined>
  /** One ready account an office. @throws Error outside a demonstration */
  demoAccounts(rosters: readonly DemoRoster[]): Promise<readonly DemoAccount[]>
}

const SECRET_LENGTH = 32

/** @throws Error when the secret is too short, or the tables are not those better-auth wants */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  const world = await worldOf(options)
  return {
    handler: door(world),
    providers: (options.oauth ?? []).map(({ id, name }) => ({ id, name })),
    sessionOf: (cookie, looking) => sessionOf(world, cookie, looking),
    signedIn: (cookie) => signedIn(world, cookie),
    stepUp: (session, given) => stepUp(world, session, given),
    changePassword: (session, change) => changePassword(world, session, change),
    sessions: {
      list: (session) => listSessions(world, session),
      end: (session, id) => endSession(world, session, id),
      endOthers: (session) => endOtherSessions(world, session),
    },
    accounts: {
      list: (session, page) => listAccounts(world, session, page),
      managing: (session) => managingOf(world, session),
      add: (session, wanted) => addAccount(world, session, wanted),
      reset: (session, id) => resetAccount(world, session, id),
      suspend: (session, which) => suspendAccount(world, session, which),
      restore: (session, id) => restoreAccount(world, session, id),
      remove: (session, id) => removeAccount(world, session, id),
    },
    links: {
      show: (token) => showLink(world, token),
      use: (given, caller) => useLink(world, given, caller),
    },
    firstAdministrator: () => firstAdministrator(world),
    demoAccounts: (rosters) => demoAccounts(world, rosters),
  }
}

async function worldOf(options: IdentityOptions): Promise<IdentityWorld> {
  const { accounts, attempts, database, secret, clock, random, standings } = options
  const { oauth = [], hashing = scryptHashing({ random }), demo = false } = options
  if (secret.length < SECRET_LENGTH) throw new Error(`the secret has ${SECRET_LENGTH} characters`)
  const baseURL = new URL(options.baseURL).origin
  const origins = [baseURL, ...(options.origins ?? [])]
  const report = options.report ?? (() => {})
  const auth = makeAuth({
    database,
    attempts,
    secret,
    baseURL,
    origins,
    clock,
    random,
    hashing,
    report,
    oauth: oauth.map(({ config }) => config),
  })
  const context = await auth.$context
  // the tables are compared at the first question; asked here, a start fails that would fail somebody's sign-in
  await auth.api.getSession({ headers: new Headers() })
  return {
    accounts,
    attempts,
    auth,
    baseURL,
    clock,
    demo,
    hashing,
    random,
    standings,
    cookies: signedCookies(secret),
    cookieName: context.authCookies.sessionToken.name,
    challengeCookie: context.createAuthCookie('two_factor').name,
    sealing: context.secretConfig,
    origins: new Set(origins),
    providers: new Set(oauth.map(({ id }) => id)),
    refused: options.refused ?? (() => {}),
  }
}

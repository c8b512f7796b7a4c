// Accounts (账号): how a person proves at the door who they are. What they may then do is the roster's to say, never the
// account's: the administrator role manages accounts and nothing else.
import type { AccountAct } from './account-act.ts'
import type { PersonId } from './ids.ts'

export type AccountRole = 'administrator' | 'none'

/** How a session, or a fresh confirmation, was proved; the words of `entry.by.auth`. */
export type Proof = 'password' | 'password+totp'

/** `oauth`: another house (浙政钉, 企业微信) vouches; that alone proves nothing an entry could record. */
export type SignInProof = Proof | 'oauth' | 'oauth+totp'

export interface Account {
  readonly id: string
  readonly username: string
  /** Absent for an administrator who stands in no roster. */
  readonly person?: PersonId
  readonly role: AccountRole
  readonly suspended: boolean
  /** Has set a password. */
  readonly ready: boolean
  /** Has set up TOTP. */
  readonly secondFactor: boolean
  /** Milliseconds since 1970, as every time here. */
  readonly madeAt: number
}

/** Why a session may do no more than mend itself. */
export type Limit = 'enrolmentNeeded' | 'secondFactorNeeded'

/** A person at the door. Never holds the token. */
export interface Session {
  readonly id: string
  readonly account: string
  readonly username: string
  readonly person?: PersonId
  readonly administrator: boolean
  readonly startedAt: number
  readonly expiresAt: number
  readonly signedInBy: SignInProof
  /** The last fresh confirmation; see `proofOf`. */
  readonly confirmed?: { readonly at: number; readonly by: Proof }
  readonly limit?: Limit
}

/** A session as it is stored, joined with its account. */
export interface StoredSession {
  readonly id: string
  readonly account: string
  readonly username: string
  readonly person: PersonId | null
  readonly role: AccountRole
  readonly suspended: boolean
  readonly secondFactor: boolean
  readonly startedAt: number
  /** When it was last used, to the minute. */
  readonly seenAt: number
  readonly expiresAt: number
  readonly signedInBy: SignInProof
  readonly confirmedAt: number | null
  readonly confirmedBy: Proof | null
}

/** A session as its owner sees it in a list: no token. */
export interface ListedSession {
  readonly id: string
  readonly startedAt: number
  readonly seenAt: number
  readonly expiresAt: number
  readonly address: string
  readonly device: string
  readonly current: boolean
}

/** A one-time link, without its token: that is known to whoever holds the link alone. */
export interface SetupLink {
  readonly id: string
  readonly account: string
  /** The account it was made by; `''` at the first start, when there was none. */
  readonly madeBy: string
  readonly madeAt: number
  readonly expiresAt: number
  /** SHA-256 of the token, hex. */
  readonly digest: string
}

/** How often somebody may be wrong before they must wait, and how long. */
export interface Patience {
  /** Attempts until the first wait. */
  readonly free: number
  /** The first wait; every further failure doubles it. Milliseconds, as all three. */
  readonly wait: number
  readonly longest: number
  /** Failures this old no longer count. */
  readonly forget: number
}

/** Something that counts failures: a name at an address, an account, an address. */
export interface Counter {
  readonly key: string
  readonly patience: Patience
}

/** Which accounts, in the order of their usernames. */
export interface AccountPage {
  readonly limit: number
  /** Those that sort after this username. */
  readonly after?: string | undefined
  /** Those whose username holds this. */
  readonly named?: string | undefined
}

/** Which sessions still stand. */
export interface Alive {
  readonly now: number
  /** Those used since then. */
  readonly seenSince: number
}

/** What the door knows of its accounts. Every method is one atomic step, and writes the act it is `told` in it. */
export interface AccountStore {
  /** Asked with every request: one prepared statement, no promise. */
  session(token: string): StoredSession | undefined
  sessionsOf(account: string, alive: Alive): Promise<readonly Omit<ListedSession, 'current'>[]>
  /** It was used just now. */
  touch(session: string, now: number): Promise<void>
  /** Drops sessions that have run out or lain idle, and unfinished sign-ins that have run out. */
  purge(alive: Alive): Promise<void>
  /** False when there was no such session of this account. */
  endSession(account: string, session: string, told?: AccountAct): Promise<boolean>
  /** How many there were; the act is told where there were any. */
  endSessions(account: string, except?: string, told?: AccountAct): Promise<number>
  confirm(session: string, confirmed: { readonly at: number; readonly by: Proof }): Promise<void>
  /** A factor was added to how the session was signed in. */
  prove(session: string, by: SignInProof): Promise<void>

  account(id: string): Promise<Account | undefined>
  /** By username; all of them without a page. */
  accounts(page?: AccountPage): Promise<readonly Account[]>
  /** An administrator who has set a password. */
  hasAdministrator(): Promise<boolean>
  byUsername(username: string): Promise<Account | undefined>
  add(
    account: NewAccount,
    told?: AccountAct,
  ): Promise<'added' | 'usernameTaken' | 'personHasAccount'>
  suspend(account: string, reason: string, told?: AccountAct): Promise<void>
  restore(account: string, told?: AccountAct): Promise<void>
  /** The account and all it left here; entries name its person, not it. */
  remove(account: string, told?: AccountAct): Promise<void>

  /** Replaces the account's earlier links: they are void. */
  addLink(link: SetupLink, told?: AccountAct): Promise<void>
  /** A link that can still be used. */
  link(digest: string, now: number): Promise<SetupLink | undefined>
  /**
   * Uses a link up: sets the password, takes away TOTP, ties to other houses and every session.
   * @returns the account; undefined when the link cannot be used, and then nothing is changed
   */
  useLink(digest: string, use: LinkUse): Promise<string | undefined>
  /** A hash; undefined where there is none. */
  passwordOf(account: string): Promise<string | undefined>
  setPassword(account: string, hash: string, told?: AccountAct): Promise<void>

  /** The account an unfinished sign-in waits for its second factor. */
  challenged(challenge: string, now: number): Promise<string | undefined>
  /** Sealed; undefined where there is none. `verified` once a first code was right. */
  totpOf(
    account: string,
  ): Promise<{ readonly sealed: string; readonly verified: boolean } | undefined>
  /** Takes a time step for this account: false when it, or a later one, was taken. */
  takeTotpStep(account: string, step: number): Promise<boolean>
}

/** As the door uses it: nothing is done to an account untold. */
export interface ToldAccounts extends AccountStore {
  /** Told where somebody ended it; what lay idle is only cleared away. */
  endSession(account: string, session: string, told: AccountAct | undefined): Promise<boolean>
  endSessions(account: string, except: string | undefined, told: AccountAct): Promise<number>
  add(
    account: NewAccount,
    told: AccountAct,
  ): Promise<'added' | 'usernameTaken' | 'personHasAccount'>
  suspend(account: string, reason: string, told: AccountAct): Promise<void>
  restore(account: string, told: AccountAct): Promise<void>
  remove(account: string, told: AccountAct): Promise<void>
  addLink(link: SetupLink, told: AccountAct): Promise<void>
  useLink(digest: string, use: Required<LinkUse>): Promise<string | undefined>
  setPassword(account: string, hash: string, told: AccountAct): Promise<void>
}

export interface LinkUse {
  /** A hash. */
  readonly password: string
  readonly now: number
  /** `linkUsed`; that one-time codes are taken away is told besides, where there were any. */
  readonly told?: AccountAct
}

export interface NewAccount {
  readonly id: string
  readonly username: string
  readonly person?: PersonId
  readonly role: AccountRole
  /** A hash; nobody knows a password of it until a link is used. */
  readonly password: string
  readonly ready: boolean
  readonly madeAt: number
}

/** Failures and requests, counted before they are made: guesses sent at once count as many. */
export interface AttemptStore {
  /** Counts one attempt everywhere, or, where one of them must wait, nowhere: then until when. */
  claim(counters: readonly Counter[], now: number): Promise<number | undefined>
  /** Takes one claim back: it was no failure. */
  release(keys: readonly string[]): Promise<void>
  /** Forgets all failures and remembers, until `until`, that there was a success. */
  succeed(key: string, until: number): Promise<void>
  /** Was there a success that is still remembered? */
  known(key: string, now: number): Promise<boolean>
  forget(keys: readonly string[]): Promise<void>
  /** One request in a window that begins with its first; refused: until when. */
  take(key: string, window: Window, now: number): Promise<number | undefined>
}

export interface Window {
  readonly milliseconds: number
  readonly most: number
}

const LETTER = String.raw`\p{Script=Han}a-z0-9`
/**
 * Chinese, letters and digits, with signs between them alone: `王芳.` would pass for `王芳`. One script beside Han, so that no name
 * looks like another. Of one name in a village there may be several: 王芳2, 王芳.东.
 */
const USERNAME = new RegExp(`^[${LETTER}][${LETTER}._·-]{0,30}[${LETTER}]$`, 'u')

/** A username as it is kept and compared (NFKC, lower case); undefined when it cannot be one. */
export function usernameOf(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().toLowerCase()
  return USERNAME.test(name) ? name : undefined
}

/** How long a confirmation stays fresh. */
export const FRESH_MS = 5 * 60_000

/**
 * How a signature made now would be proved: the fresh confirmation, at most five minutes old; undefined when one is needed.
 * The five minutes are the issue's; the words are those of `entry.by.auth`.
 */
export function proofOf({ confirmed }: Session, now: number): Proof | undefined {
  return confirmed !== undefined && now - confirmed.at <= FRESH_MS ? confirmed.by : undefined
}

/**
 * What an act that is no signature writes into `entry.by.auth`: how the session was signed in. Undefined where another house
 * vouched and nothing was confirmed since: then nothing may be written in this person's name.
 */
export function authOf({ signedInBy, confirmed }: Session): Proof | undefined {
  return signedInBy === 'oauth' || signedInBy === 'oauth+totp' ? confirmed?.by : signedInBy
}

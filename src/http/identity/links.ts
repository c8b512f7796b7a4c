// Set-up links: how an account gets its first password, and every later one that was forgotten. A link works once and for a
// week; of its token only the digest is kept.
import { createHash } from 'node:crypto'
import type { AccountAct } from '../../domain/account-act.ts'
import type { Account, SetupLink } from '../../domain/account.ts'
import { ask, type Next, nextAfter } from './ask.ts'
import { forgetFailures } from './counting.ts'
import { acceptablePassword } from './password.ts'
import { type Answer, problem } from './problems.ts'
import { toldOf } from './telling.ts'
import type { Caller, IdentityWorld } from './world.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const TOKEN_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Told once, to whoever made it; never logged, never kept. */
export interface MadeLink {
  readonly account: string
  readonly username: string
  /** The token stands behind `#`: it never reaches a server's log, ours or another's. */
  readonly url: string
  readonly token: string
  readonly expiresAt: number
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex')

export const randomText = ({ random }: Pick<IdentityWorld, 'random'>, bytes: number): string =>
  Buffer.from(random(bytes)).toString('base64url')

/** Makes the account's one valid link. Whether whoever makes it may is asked before (manage.ts). */
export async function makeLink(
  world: IdentityWorld,
  { id: account, username }: Pick<Account, 'id' | 'username'>,
  told: AccountAct,
): Promise<MadeLink> {
  const token = randomText(world, TOKEN_BYTES)
  const madeAt = world.clock()
  const expiresAt = madeAt + WEEK_MS
  const id = randomText(world, 12)
  const link = { id, account, madeBy: told.byAccount, madeAt, expiresAt, digest: digestOf(token) }
  await world.accounts.addLink(link, told)
  return { account, username, url: `${world.baseURL}/set-up#${token}`, token, expiresAt }
}

interface Found {
  readonly link: SetupLink
  readonly account: Account
}

async function found(world: IdentityWorld, token: string): Promise<Answer<Found>> {
  if (!TOKEN.test(token)) return problem('setupLinkInvalid')
  const link = await world.accounts.link(digestOf(token), world.clock())
  const account = link === undefined ? undefined : await world.accounts.account(link.account)
  if (link === undefined || account === undefined) return problem('setupLinkInvalid')
  return account.suspended ? problem('accountSuspended') : { done: { link, account } }
}

/** What the page of a link shows before anything is set. */
export interface LinkShown {
  readonly username: string
  readonly expiresAt: number
  /** TOTP comes right after the password. */
  readonly enrols: boolean
}

export async function showLink(world: IdentityWorld, token: string): Promise<Answer<LinkShown>> {
  const answer = await found(world, token)
  if ('problem' in answer) return answer
  const { account, link } = answer.done
  const enrols = !world.demo && mustEnrol(world, account)
  return { done: { username: account.username, expiresAt: link.expiresAt, enrols } }
}

const mustEnrol = ({ standings }: IdentityWorld, { role, person }: Account): boolean =>
  role === 'administrator' || (person !== undefined && standings.mustEnrol(person))

export interface LinkUsed {
  /** `Set-Cookie` lines: whoever set the password is signed in with it. */
  readonly cookies: readonly string[]
  /** `signIn` where signing in at once did not work out; the password stands all the same. */
  readonly next: Next | 'signIn'
}

/**
 * Uses a link up. The old password, TOTP, ties to other houses and all sessions are gone; where the office demands TOTP, the
 * new session may only set it up.
 */
export async function useLink(
  world: IdentityWorld,
  { token, password: typed }: { readonly token: string; readonly password: string },
  caller: Caller,
): Promise<Answer<LinkUsed>> {
  const answer = await found(world, token)
  if ('problem' in answer) return answer
  const { username } = answer.done.account
  const password = acceptablePassword(typed, username)
  if ('problem' in password) return password
  const hash = await world.hashing.hash(password.done)
  const told = toldOf(world, 'linkUsed', { ...answer.done.account, byRight: 'link' })
  const use = { password: hash, now: world.clock(), told }
  const account = await world.accounts.useLink(digestOf(token), use)
  // used while we hashed
  if (account === undefined) return problem('setupLinkInvalid')
  await forgetFailures(world, { account, username })
  const body = { username, password: password.done }
  const signedIn = await ask(world, { path: '/sign-in/username', caller, body })
  if ('problem' in signedIn) return { done: { cookies: [], next: 'signIn' } }
  const { cookies } = signedIn.done
  return { done: { cookies, next: nextAfter(world, signedIn.done) } }
}

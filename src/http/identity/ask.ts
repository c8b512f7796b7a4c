// One question to better-auth, over its own handler: only what is named here reaches it, and only its yes or no comes back.
import { ADDRESS_HEADER, BASE_PATH } from './auth.ts'
import type { Claim } from './counting.ts'
import { type Answer, type IdentityCode, invalid, locked, problem } from './problems.ts'
import { sessionOf } from './session.ts'
import type { Caller, IdentityWorld } from './world.ts'

export interface Question {
  readonly path: string
  readonly cookie?: string | undefined
  readonly caller: Caller
  /** Absent for GET. */
  readonly body?: Readonly<Record<string, unknown>>
}

/** What better-auth did. */
export interface Done {
  readonly body: Readonly<Record<string, unknown>>
  /** `Set-Cookie` lines. */
  readonly cookies: readonly string[]
  readonly location?: string
}

/** Its codes in ours. Those not named are a request it did not understand. */
const codes: Readonly<Record<string, IdentityCode>> = {
  INVALID_USERNAME_OR_PASSWORD: 'signInFailed',
  USERNAME_TOO_SHORT: 'signInFailed',
  USERNAME_TOO_LONG: 'signInFailed',
  INVALID_USERNAME: 'signInFailed',
  PASSWORD_TOO_LONG: 'signInFailed',
  BANNED_USER: 'accountSuspended',
  INVALID_CODE: 'totpWrong',
  INVALID_BACKUP_CODE: 'backupCodeWrong',
  INVALID_TWO_FACTOR_COOKIE: 'challengeEnded',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'challengeEnded',
  INVALID_PASSWORD: 'reauthenticationFailed',
  TOTP_ALREADY_ENABLED: 'secondFactorAlreadySet',
  TOTP_NOT_ENABLED: 'secondFactorNotSet',
  TWO_FACTOR_NOT_ENABLED: 'secondFactorNotSet',
  BACKUP_CODES_NOT_ENABLED: 'secondFactorNotSet',
  UNAUTHORIZED: 'notSignedIn',
  INVALID_ORIGIN: 'originForeign',
  MISSING_OR_NULL_ORIGIN: 'originForeign',
  PROVIDER_NOT_FOUND: 'providerUnknown',
}

/** @throws Error where better-auth failed; what it said went to the operator */
export async function ask(world: IdentityWorld, question: Question): Promise<Answer<Done>> {
  const response = await world.auth.handler(requestOf(world, question))
  const body = bodyOf(await response.text())
  // without the query: another house's code stands in it
  const [path = ''] = question.path.split('?', 1)
  if (response.status >= 500) throw new Error(`identity: ${path} ${response.status}`)
  if (response.status < 400) {
    const location = response.headers.get('location')
    const cookies = response.headers.getSetCookie()
    return { done: { body, cookies, ...(location === null ? undefined : { location }) } }
  }
  const { code } = body
  if (typeof code === 'string' && code === 'ACCOUNT_TEMPORARILY_LOCKED') {
    return locked(world.clock() + LOCKED_MS)
  }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('x-retry-after') ?? 10)
    const until = new Date(world.clock() + seconds * 1000).toISOString()
    return problem('tooManyRequests', { seconds: String(seconds), until })
  }
  const known = typeof code === 'string' ? codes[code] : undefined
  return known === undefined ? invalid(String(code)) : problem(known)
}

/** better-auth's own lock of the second factor; ours comes first. */
const LOCKED_MS = 15 * 60_000

/** As `ask`, for an attempt that was counted: the claim is settled by what came of it. */
export async function attempt(
  world: IdentityWorld,
  claim: Claim,
  question: Question,
): Promise<Answer<Done>> {
  const answer = await ask(world, question).catch(async (error: unknown) => {
    await claim.withdrawn()
    throw error
  })
  if (wasRight(answer)) await claim.right()
  else if ('problem' in answer && answer.problem.code === 'tooManyRequests') await claim.withdrawn()
  return answer
}

/** A suspended person knew the password. */
const wasRight = (answer: Answer<Done>): boolean =>
  'done' in answer || answer.problem.code === 'accountSuspended'

/** Built anew: no header of the client but its cookie and what it calls itself gets through. */
function requestOf(world: IdentityWorld, { path, cookie, caller, body }: Question): Request {
  const headers = new Headers({ [ADDRESS_HEADER]: caller.address, origin: world.baseURL })
  headers.set('user-agent', printable(caller.device))
  if (cookie !== undefined) headers.set('cookie', cookie)
  const url = `${world.baseURL}${BASE_PATH}${path}`
  if (body === undefined) return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

const DEVICE_LENGTH = 200
const printable = (text: string): string =>
  text.slice(0, DEVICE_LENGTH).replaceAll(/[^\x20-\x7e]/g, '?')

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {}
  return JSON.parse(text) as Record<string, unknown>
}

/** What comes after a sign-in: nothing, the code, or setting it up. */
export type Next = 'none' | 'secondFactor' | 'enrolment'

/** The session that was just begun, as a `Cookie` header bears it. */
export const sessionCookie = (
  { cookieName }: Pick<IdentityWorld, 'cookieName'>,
  { cookies }: Pick<Done, 'cookies'>,
): string | undefined => cookies.find((line) => line.startsWith(`${cookieName}=`))?.split(';', 1)[0]

export function nextAfter(world: IdentityWorld, done: Done): Next {
  if (done.body['twoFactorRedirect'] === true) return 'secondFactor'
  const session = sessionOf(world, sessionCookie(world, done))
  if (session === undefined) throw new Error('identity: signed in without a session')
  return session.limit === 'enrolmentNeeded' ? 'enrolment' : 'none'
}

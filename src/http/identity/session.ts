// Who is at the door: asked with every request, so it is one HMAC and one prepared statement. Nothing is cached: what was
// revoked, suspended or has run out is gone with the next request.
import type { AccountStore, ListedSession, Session, StoredSession } from '../../domain/account.ts'
import type { Standings } from '../../domain/account-standing.ts'
import type { SignedCookies } from './cookie.ts'
import { type Answer, problem } from './problems.ts'

export interface SessionWorld {
  readonly accounts: AccountStore
  readonly clock: () => number
  readonly cookies: SignedCookies
  readonly cookieName: string
  readonly standings: Pick<Standings, 'mustEnrol'>
  /** Nobody must enrol: a demonstration only. */
  readonly demo: boolean
}

/** The session a `Cookie` header stands for. Look at `limit` before anything else, or ask `signedIn`. */
export function sessionOf(world: SessionWorld, header: string | undefined): Session | undefined {
  const token = world.cookies(header, world.cookieName)
  const stored = token === undefined ? undefined : world.accounts.session(token)
  if (stored === undefined || stored.suspended || stored.expiresAt < world.clock()) return undefined
  const { id, account, username, person, role, startedAt, expiresAt, signedInBy } = stored
  const { confirmedAt, confirmedBy } = stored
  const limit = limitOf(world, stored)
  return {
    id,
    account,
    username,
    administrator: role === 'administrator',
    startedAt,
    expiresAt,
    signedInBy,
    ...(person === null ? undefined : { person }),
    ...(confirmedAt === null || confirmedBy === null
      ? undefined
      : { confirmed: { at: confirmedAt, by: confirmedBy } }),
    ...(limit === undefined ? undefined : { limit }),
  }
}

/**
 * Whoever must enrol and has not may only do that. Another house's word skips better-auth's second factor, so it is asked
 * for here.
 */
function limitOf(
  { standings, demo }: SessionWorld,
  { secondFactor, role, person, signedInBy }: StoredSession,
): Session['limit'] {
  if (secondFactor) return signedInBy === 'oauth' ? 'secondFactorNeeded' : undefined
  if (demo) return undefined
  // whoever can reset accounts can act as anybody: as strict as for the offices
  const must = role === 'administrator' || (person !== null && standings.mustEnrol(person))
  return must ? 'enrolmentNeeded' : undefined
}

/** As `sessionOf`, but answers why not, and lets nobody through who may only mend their session. */
export function signedIn(world: SessionWorld, header: string | undefined): Answer<Session> {
  const session = sessionOf(world, header)
  if (session === undefined) return problem('notSignedIn')
  return session.limit === undefined ? { done: session } : problem(session.limit)
}

/** The sessions of one's own account: no tokens. */
export async function listSessions(
  { accounts, clock }: SessionWorld,
  { account, id }: Session,
): Promise<readonly ListedSession[]> {
  const listed = await accounts.sessionsOf(account, clock())
  return listed.map((one) => ({ ...one, current: one.id === id }))
}

/** Ends one session of one's own account, this one or another: at once, everywhere. */
export async function endSession(
  { accounts }: SessionWorld,
  { account }: Session,
  id: string,
): Promise<Answer<true>> {
  const ended = await accounts.endSession(account, id)
  return ended ? { done: true } : problem('sessionUnknown')
}

/** Ends every other session of one's own account; how many there were. */
export const endOtherSessions = (
  { accounts }: SessionWorld,
  { account, id }: Session,
): Promise<number> => accounts.endSessions(account, id)

// Who is at the door: asked with every request, so it is one HMAC and one prepared statement. Nothing is cached: what was
// revoked, suspended or has run out is gone with the next request.
import type {
  Alive,
  ListedSession,
  Session,
  StoredSession,
  ToldAccounts,
} from '../../domain/account.ts'
import type { Standings } from '../../domain/account-standing.ts'
import type { SignedCookies } from './cookie.ts'
import { type Answer, problem } from './problems.ts'
import { toldOfSelf } from './telling.ts'

export interface SessionWorld {
  readonly accounts: ToldAccounts
  readonly clock: () => number
  readonly cookies: SignedCookies
  readonly cookieName: string
  readonly standings: Pick<Standings, 'mustEnrol' | 'standingOf'>
  /** Nobody must enrol: a demonstration only. */
  readonly demo: boolean
}

export interface Looking {
  /** The machine asks, not the person: a page left open keeps no session. */
  readonly quietly?: boolean
}

/** The session a `Cookie` header stands for. Look at `limit` before anything else, or ask `signedIn`. */
export function sessionOf(
  world: SessionWorld,
  header: string | undefined,
  { quietly = false }: Looking = {},
): Session | undefined {
  const token = world.cookies(header, world.cookieName)
  const stored = token === undefined ? undefined : world.accounts.session(token)
  if (stored === undefined || stored.suspended || !inUse(world, stored, quietly)) return undefined
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
 * An hour: a clerk who is called away finds the page as it was, and whoever sits down at the machine after lunch does not
 * (NIST SP 800-63B-4 §2.2.3). Twelve hours end it in any case (auth.ts).
 */
const IDLE_MS = 3_600_000
/** Written down at most so often: most calls write nothing. */
const TOUCH_MS = 60_000

/** Sessions that still stand now. */
export const aliveAt = (now: number): Alive => ({ now, seenSince: now - IDLE_MS })

/** Not run out and not idle; using it keeps it. What lay idle is ended, so that better-auth does not know it either. */
function inUse(
  { accounts, clock }: SessionWorld,
  stored: StoredSession,
  quietly: boolean,
): boolean {
  const now = clock()
  const { id, account, seenAt, expiresAt } = stored
  if (expiresAt < now) return false
  const idle = seenAt < aliveAt(now).seenSince
  // nobody waits for it, and the next call tries again
  if (idle) accounts.endSession(account, id, undefined).catch(() => {})
  else if (!quietly && now - seenAt > TOUCH_MS) accounts.touch(id, now).catch(() => {})
  return !idle
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
  const listed = await accounts.sessionsOf(account, aliveAt(clock()))
  return listed.map((one) => ({ ...one, current: one.id === id }))
}

/** Ends one session of one's own account, this one or another: at once, everywhere. */
export async function endSession(
  world: SessionWorld,
  session: Session,
  id: string,
): Promise<Answer<true>> {
  const told = toldOfSelf(world, 'sessionsEnded', session)
  const ended = await world.accounts.endSession(session.account, id, told)
  return ended ? { done: true } : problem('sessionUnknown')
}

/** Ends every other session of one's own account; how many there were. */
export const endOtherSessions = (world: SessionWorld, session: Session): Promise<number> =>
  world.accounts.endSessions(
    session.account,
    session.id,
    toldOfSelf(world, 'sessionsEnded', session),
  )

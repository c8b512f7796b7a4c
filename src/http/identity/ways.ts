// The ways through the door: all that is reachable of better-auth. Each takes the fields named here and no others (so nobody
// trusts a device for a month, keeps a session beyond its hours or sends the browser elsewhere), counts before it tries, and
// answers in our words: no token leaves in a body.
import { z } from 'zod'
import { type Account, proofOf, type Session, usernameOf } from '../../domain/account.ts'
import { ask, attempt, type Done, type Next, nextAfter, sessionCookie } from './ask.ts'
import { claimFactor, claimSignIn } from './counting.ts'
import { type Answer, invalid, problem } from './problems.ts'
import { aliveAt, sessionOf, signedIn } from './session.ts'
import { toldOfSelf } from './telling.ts'
import { otpauthUri, takeCode } from './totp.ts'
import type { Caller, IdentityWorld } from './world.ts'

export interface Visit {
  readonly path: string
  readonly cookie: string | undefined
  readonly caller: Caller
}

/** What the caller gets. */
export interface Reply {
  readonly body: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
}

/** A way, its fields checked when it is walked. */
export interface Way {
  readonly fields: z.ZodType
  readonly walk: (world: IdentityWorld, visit: Visit, body: unknown) => Promise<Answer<Reply>>
}

function way<T>(
  fields: z.ZodType<T>,
  walk: (world: IdentityWorld, visit: Visit, body: T) => Promise<Answer<Reply>>,
): Way {
  return {
    fields,
    walk: (world, visit, body) => {
      const parsed = fields.safeParse(body)
      if (parsed.success) return walk(world, visit, parsed.data)
      const wrong = parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
      )
      return Promise.resolve(invalid(...wrong))
    },
  }
}

const text = z.string().min(1).max(200)
const code = z.string().regex(/^\d{6}$/)
const backupCode = z.string().regex(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/)

const told = (
  answer: Answer<Done>,
  body: (done: Done) => Readonly<Record<string, unknown>>,
): Answer<Reply> =>
  'problem' in answer ? answer : { done: { body: body(answer.done), cookies: answer.done.cookies } }

const signIn = way(
  z.strictObject({ username: text, password: z.string().min(1).max(1000) }),
  async (world, visit, { username: typed, password }) => {
    const username = usernameOf(typed)
    if (username === undefined) return problem('signInFailed')
    const claim = await claimSignIn(world, username, visit.caller.address)
    const whose = () => world.accounts.byUsername(username)
    if ('problem' in claim) return about(claim, whose)
    const question = { ...visit, body: { username, password } }
    await world.accounts.purge(aliveAt(world.clock()))
    const answer = await about(await attempt(world, claim.done, question), whose)
    return told(answer, (done): { next: Next } => ({ next: nextAfter(world, done) }))
  },
)

/** A no, with whose account it was about: the attempt log's alone, the caller gets the same either way. */
async function about<T>(
  answer: Answer<T>,
  whose: () => Promise<Account | undefined>,
): Promise<Answer<T>> {
  if ('done' in answer) return answer
  const found = await whose()
  if (found === undefined) return answer
  const { id: account, person } = found
  return {
    problem: { ...answer.problem, whose: { account, ...(person === undefined ? {} : { person }) } },
  }
}

/** Whose second factor is asked for: the person signed in, or the one whose password was just right. */
async function challenged(
  world: IdentityWorld,
  { cookie }: Visit,
): Promise<Answer<{ readonly account: string; readonly session?: Session }>> {
  const session = sessionOf(world, cookie)
  if (session !== undefined) return { done: { account: session.account, session } }
  const challenge = world.cookies(cookie, world.challengeCookie)
  const account =
    challenge === undefined ? undefined : await world.accounts.challenged(challenge, world.clock())
  return account === undefined ? problem('challengeEnded') : { done: { account } }
}

const verifyTotp = way(z.strictObject({ code }), async (world, visit, body) => {
  const who = await challenged(world, visit)
  if ('problem' in who) return who
  const { account, session } = who.done
  const enrolling = session !== undefined
  if (enrolling && (await world.accounts.totpOf(account))?.verified === true) {
    return problem('secondFactorAlreadySet')
  }
  const taken = await takeCode(world, { account, code: body.code }, { enrolling })
  if ('problem' in taken) return about(taken, () => world.accounts.account(account))
  const answer = await ask(world, { ...visit, body })
  if (enrolling && 'done' in answer) await endOthers(world, session, answer.done)
  return told(answer, (): { next: Next } => ({ next: 'none' }))
})

/**
 * Sessions begun by the password alone, whoever began them: with the second factor set they would no longer be limited, though
 * nobody showed it there. After it is set, for then none begins that way any more.
 */
async function endOthers(world: IdentityWorld, session: Session, done: Done): Promise<void> {
  const own = sessionOf(world, sessionCookie(world, done))
  // better-auth has set the factor already: a crash in between leaves it untold, and the sessions standing
  const act = toldOfSelf(world, 'secondFactorSet', session)
  await world.accounts.endSessions(session.account, own?.id, act)
}

const verifyBackupCode = way(z.strictObject({ code: backupCode }), async (world, visit, body) => {
  const who = await challenged(world, visit)
  if ('problem' in who) return who
  if (who.done.session !== undefined) return problem('challengeEnded')
  const whose = () => world.accounts.account(who.done.account)
  const claim = await claimFactor(world, who.done.account, 'totp')
  if ('problem' in claim) return about(claim, whose)
  const answer = await about(await attempt(world, claim.done, { ...visit, body }), whose)
  return told(answer, (): { next: Next } => ({ next: 'none' }))
})

const passwordField = z.strictObject({ password: z.string().min(1).max(1000) })

/** Begins to set TOTP up; it counts only once a first code was right. */
const enableTotp = way(passwordField, async (world, visit, body) => {
  const session = sessionOf(world, visit.cookie)
  if (session === undefined) return problem('notSignedIn')
  if (session.limit === 'secondFactorNeeded') return problem(session.limit)
  const claim = await claimFactor(world, session.account, 'password')
  if ('problem' in claim) return claim
  const answer = await attempt(world, claim.done, { ...visit, body })
  return told(answer, ({ body: { totpURI, backupCodes } }) => ({
    uri: otpauthUri(String(totpURI), session.username),
    backupCodes,
  }))
})

const newBackupCodes = way(passwordField, async (world, visit, body) => {
  const session = signedIn(world, visit.cookie)
  if ('problem' in session) return session
  const claim = await claimFactor(world, session.done.account, 'password')
  if ('problem' in claim) return claim
  const answer = await attempt(world, claim.done, { ...visit, body })
  return told(answer, ({ body: { backupCodes } }) => ({ backupCodes }))
})

const signOut = way(z.strictObject({}), async (world, visit, body) =>
  told(await ask(world, { ...visit, body }), () => ({})),
)

/** A page of ours: never another site, nor `//site`. */
const ownPage = z.string().regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/)
const providerFields = z.strictObject({ provider: text, page: ownPage.default('/') })

const signInElsewhere = way(providerFields, async (world, visit, { provider, page }) => {
  if (!world.providers.has(provider)) return problem('providerUnknown')
  const body = { provider, callbackURL: page, disableRedirect: true }
  return told(await ask(world, { ...visit, body }), ({ body: { url } }) => ({ url }))
})

/** Ties another house's account to one's own: as grave as a password, so freshly confirmed. */
const linkElsewhere = way(providerFields, async (world, visit, { provider, page }) => {
  if (!world.providers.has(provider)) return problem('providerUnknown')
  const session = signedIn(world, visit.cookie)
  if ('problem' in session) return session
  if (proofOf(session.done, world.clock()) === undefined) return problem('reauthenticationNeeded')
  const body = { provider, callbackURL: page, disableRedirect: true }
  return told(await ask(world, { ...visit, body }), ({ body: { url } }) => ({ url }))
})

/** By path under /api/auth; all POST. */
export const ways = {
  '/sign-in/username': signIn,
  '/two-factor/verify-totp': verifyTotp,
  '/two-factor/verify-backup-code': verifyBackupCode,
  '/two-factor/enable': enableTotp,
  '/two-factor/generate-backup-codes': newBackupCodes,
  '/sign-out': signOut,
  '/sign-in/social': signInElsewhere,
  '/link-social': linkElsewhere,
} as const satisfies Readonly<Record<string, Way>>
export type WayPath = keyof typeof ways

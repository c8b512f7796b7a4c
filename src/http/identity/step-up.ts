// Fresh confirmation: what counts as a signature needs the password or a code not older than five minutes (proofOf). The stamp
// is ours alone to set; how it was proved goes into the entry.
import type { Proof, Session } from '../../domain/account.ts'
import { claimFactor } from './counting.ts'
import { acceptablePassword } from './password.ts'
import { type Answer, invalid, problem } from './problems.ts'
import { endOtherSessions } from './session.ts'
import { toldOfSelf } from './telling.ts'
import { takeCode } from './totp.ts'
import type { IdentityWorld } from './world.ts'

export interface Given {
  readonly password?: string
  readonly code?: string
}

export interface SteppedUp {
  /** Absent where the code only lifted a limit: another house's word and a code are no proof an entry could name. */
  readonly confirmed?: { readonly at: number; readonly by: Proof }
}

/** Confirms that it is still this person: by password, by code, or by both. */
export async function stepUp(
  world: IdentityWorld,
  session: Session,
  { password, code }: Given,
): Promise<Answer<SteppedUp>> {
  if (session.limit === 'enrolmentNeeded') return problem('enrolmentNeeded')
  if (password === undefined && code === undefined) {
    return invalid('password', 'code')
  }
  if (password !== undefined) {
    const right = await checkPassword(world, session.account, password)
    if ('problem' in right) return right
  }
  if (code !== undefined) {
    const taken = await takeCode(world, { account: session.account, code })
    if ('problem' in taken) return taken
  }
  return { done: await stamped(world, session, { password, code }) }
}

async function stamped(
  { accounts, clock }: IdentityWorld,
  { id, signedInBy }: Session,
  { password, code }: { [K in keyof Given]: Given[K] | undefined },
): Promise<SteppedUp> {
  if (signedInBy === 'oauth' && code !== undefined) await accounts.prove(id, 'oauth+totp')
  const byPassword = password !== undefined || signedInBy.startsWith('password')
  if (!byPassword) return {}
  // a session that began with the password, confirmed by code, is proved by both
  const by: Proof = code === undefined ? 'password' : 'password+totp'
  const confirmed = { at: clock(), by }
  await accounts.confirm(id, confirmed)
  return { confirmed }
}

/** A password of somebody signed in, counted as every attempt is. */
async function checkPassword(
  world: IdentityWorld,
  account: string,
  password: string,
): Promise<Answer<true>> {
  const hash = await world.accounts.passwordOf(account)
  if (hash === undefined) return problem('reauthenticationFailed')
  const claim = await claimFactor(world, account, 'password')
  if ('problem' in claim) return claim
  if (!(await world.hashing.verify({ hash, password }))) return problem('reauthenticationFailed')
  await claim.done.right()
  return { done: true }
}

/** One's own password; every other session ends. How many there were. */
export async function changePassword(
  world: IdentityWorld,
  session: Session,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<Answer<number>> {
  if (session.limit !== undefined) return problem(session.limit)
  const right = await checkPassword(world, session.account, current)
  if ('problem' in right) return right
  const password = acceptablePassword(next, session.username)
  if ('problem' in password) return password
  const hash = await world.hashing.hash(password.done)
  await world.accounts.setPassword(
    session.account,
    hash,
    toldOfSelf(world, 'passwordChanged', session),
  )
  return { done: await endOtherSessions(world, session) }
}

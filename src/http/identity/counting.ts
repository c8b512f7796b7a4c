// How often somebody may be wrong. Every attempt is counted before it is made and taken back when it was right, so that twenty
// guesses sent at once are twenty. Three counters of a sign-in: the name at this address (a stranger elsewhere cannot lock it),
// the name anywhere (many addresses, one victim), the address (one guesser, many names).
import { createHash } from 'node:crypto'
import type { AttemptStore, Counter, Patience } from '../../domain/account.ts'
import { type Answer, locked } from './problems.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** One person, one place. */
const nameHere: Patience = { free: 5, wait: MINUTE, longest: 15 * MINUTE, forget: DAY }
/** Locks out whoever signs in from a new place only; short, for anybody can bring it about. */
const nameAnywhere: Patience = { free: 20, wait: MINUTE, longest: 15 * MINUTE, forget: DAY }
/** A whole township office behind one address mistypes at 08:30. */
const address: Patience = { free: 100, wait: MINUTE, longest: 15 * MINUTE, forget: HOUR }
/** Of those who are signed in, or know the password already. */
const factor: Patience = { free: 5, wait: MINUTE, longest: 15 * MINUTE, forget: DAY }

/** A place from which somebody signed in stays known so long. */
const KNOWN = 30 * DAY

/** Neither names nor addresses stand in the table. */
const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('base64url')

const factorKey = (account: string, kind: 'password' | 'totp'): string => keyOf(kind, account)

/** An attempt that was counted. Left alone it stays counted as a failure. */
export interface Claim {
  /** It was right: earlier failures are forgiven too. */
  right(): Promise<void>
  /** It was never tried. */
  withdrawn(): Promise<void>
}

export interface CountingWorld {
  readonly attempts: AttemptStore
  readonly clock: () => number
}

/** Counts a sign-in before it is tried. `username` as it is kept. */
export async function claimSignIn(
  { attempts, clock }: CountingWorld,
  username: string,
  from: string,
): Promise<Answer<Claim>> {
  const here: Counter = { key: keyOf('here', username, from), patience: nameHere }
  const anywhere: Counter = { key: keyOf('anywhere', username), patience: nameAnywhere }
  const place: Counter = { key: keyOf('address', from), patience: address }
  // a place somebody has signed in from is not locked by what happens elsewhere
  const known = await attempts.known(here.key, clock())
  const counters = known ? [here, place] : [here, anywhere, place]
  const until = await attempts.claim(counters, clock())
  if (until !== undefined) return locked(until)
  return {
    done: {
      async right() {
        await attempts.succeed(here.key, clock() + KNOWN)
        await attempts.release(counters.slice(1).map(({ key }) => key))
      },
      withdrawn: () => attempts.release(counters.map(({ key }) => key)),
    },
  }
}

/** Counts a password or code of somebody who is known already, with a session or without. */
export async function claimFactor(
  { attempts, clock }: CountingWorld,
  account: string,
  kind: 'password' | 'totp',
): Promise<Answer<Claim>> {
  const key = factorKey(account, kind)
  const until = await attempts.claim([{ key, patience: factor }], clock())
  if (until !== undefined) return locked(until)
  return {
    done: { right: () => attempts.forget([key]), withdrawn: () => attempts.release([key]) },
  }
}

/** Whoever was given a set-up link begins anew. */
export const forgetFailures = (
  { attempts }: CountingWorld,
  { account, username }: { readonly account: string; readonly username: string },
): Promise<void> =>
  attempts.forget([
    factorKey(account, 'password'),
    factorKey(account, 'totp'),
    keyOf('anywhere', username),
  ])

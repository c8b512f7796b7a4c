// What the functions of this room are given: made once by createIdentity.
import type { AttemptStore } from '../../domain/account.ts'
import type { Standings } from '../../domain/account-standing.ts'
import type { PersonId } from '../../domain/ids.ts'
import type { Auth, Hashing } from './auth.ts'
import type { IdentityCode } from './problems.ts'
import type { SessionWorld } from './session.ts'
import type { TotpWorld } from './totp.ts'

export interface IdentityWorld extends SessionWorld, TotpWorld {
  readonly auth: Auth
  readonly attempts: AttemptStore
  readonly standings: Standings
  /** Where an unfinished sign-in is remembered. */
  readonly challengeCookie: string
  readonly hashing: Hashing
  readonly random: (bytes: number) => Uint8Array
  readonly baseURL: string
  /** Origins requests may come from, ours among them. */
  readonly origins: ReadonlySet<string>
  /** Providers of the OAuth slot, by id. */
  readonly providers: ReadonlySet<string>
  readonly refused: (attempt: RefusedAttempt) => void
}

/** For the attempt log: who was refused what at the door. No names, no passwords. */
export interface RefusedAttempt {
  readonly way: string
  readonly code: IdentityCode
  readonly address: string
  /** Where it is known whose account it was. */
  readonly account?: string
  readonly person?: PersonId
  /** Finds the line of the operator's log. */
  readonly reference: string
}

/** Who asks, as far as it is kept with a session. */
export interface Caller {
  readonly address: string
  readonly device: string
}

// What the routes are given: made once by whoever opens the server.
import type { Voting } from '../app/cast-ballot.ts'
import type { Reading } from '../app/read/port.ts'
import type { Rights } from '../app/rights.ts'
import type { Calendar } from '../domain/calendar.ts'
import type { CommandId } from '../domain/ids.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import type { DemoAccount } from './identity/demo.ts'
import type { Identity } from './identity/identity.ts'

export interface Api {
  /** For writing: the store, and the box of online ballots. */
  readonly context: Voting
  /** For lists and pages. */
  readonly reading: Reading
  readonly rights: Rights
  readonly identity: Identity
  readonly calendar: Calendar
  readonly crypto: LedgerCrypto
  /** Milliseconds since 1970: what the ledgers are stamped by. */
  readonly clock: () => number
  /** Milliseconds since 1970: sessions and confirmations. */
  readonly doorClock: () => number
  /** A command id nobody has used, for what is only considered. */
  readonly freshId: () => CommandId
  /** May it be given work? No longer once it stops. */
  readonly ready: () => boolean
  /** In a demonstration: who can sign in, by what password. */
  readonly demo:
    | { readonly accounts: readonly DemoAccount[]; readonly password: string }
    | undefined
}

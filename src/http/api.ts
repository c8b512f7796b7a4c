// What the routes are given: made once by whoever opens the server.
import type { DemoClock } from '../app/demo/clock.ts'
import type { Attempts } from '../app/attempts.ts'
import type { LinkVoting } from '../app/ballot-link.ts'
import type { LinkIssuing } from '../app/ballot-links.ts'
import type { Voting } from '../app/cast-ballot.ts'
import type { DeskPorts } from '../app/desk.ts'
import type { Context } from '../app/perform.ts'
import type { Reading } from '../app/read/port.ts'
import type { Rights } from '../app/rights.ts'
import type { Verifications } from '../app/verifications.ts'
import type { AccountActLog } from '../domain/account-act.ts'
import type { AttachmentStore } from '../domain/attachment.ts'
import type { Calendar } from '../domain/calendar.ts'
import type { Health } from '../domain/health.ts'
import type { CommandId } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import type { DemoAccount } from './identity/demo.ts'
import type { Identity } from './identity/identity.ts'
import type { Live } from './live.ts'
import type { MetricsDoor } from './routes/metrics.ts'

export interface Api {
  /** For writing: the store, the box of online ballots, the files that commands name. */
  readonly context: Context & Voting
  /** Drafts, imports and the vault behind them. */
  readonly desk: DeskPorts
  /** For lists and pages. */
  readonly reading: Reading
  readonly rights: Rights
  /** Who was refused what. */
  readonly attempts: Attempts
  /** Who did what to whose account. */
  readonly accountActs: AccountActLog
  /** Changes as they happen. */
  readonly live: Live
  readonly verifications: Verifications
  /** The files behind the digests in entries. */
  readonly files: AttachmentStore
  readonly identity: Identity
  /** Of an account, whoever's it is. */
  readonly usernameOf: (account: string) => Promise<string | undefined>
  /** What a route is called, by its id. */
  readonly titleOf: (act: string) => Sentence | undefined
  readonly calendar: Calendar
  readonly crypto: LedgerCrypto
  /** Milliseconds since 1970: what the ledgers are stamped by. */
  readonly clock: () => number
  /** Milliseconds since 1970: sessions and confirmations. */
  readonly doorClock: () => number
  /** Where the ledgers' clock can be moved. */
  readonly demoClock?: DemoClock | undefined
  /** A command id nobody has used, for what is only considered. */
  readonly freshId: () => CommandId
  /** May it be given work? No longer once it stops. */
  readonly ready: () => boolean
  /** What may be amiss, looked at when asked. */
  readonly health: () => Promise<Health>
  /** What the server measures of itself, and who may read it. */
  readonly metrics: MetricsDoor
  /** Where browsers find us, `https://…`. */
  readonly baseURL: string
  /** Voting by a personal link and a PIN. */
  readonly ballotLinks: LinkIssuing & LinkVoting
  /** In a demonstration: who can sign in, by what password. */
  readonly demo:
    | { readonly accounts: readonly DemoAccount[]; readonly password: string }
    | undefined
}

// What only the composition root can open. The command line knows these shapes and nothing of the database behind them.
import type { DemoClock } from '../app/demo/clock.ts'
import type { AttachmentStore, FileVault } from '../domain/attachment.ts'
import type { AttemptLog } from '../domain/attempt-log.ts'
import type { BallotBox } from '../domain/ballot-box.ts'
import type { Calendar } from '../domain/calendar.ts'
import type { DraftStore } from '../domain/draft.ts'
import type { Language, Sentence } from '../domain/language.ts'
import type { Health } from '../domain/health.ts'
import type { Store } from '../domain/store.ts'
import type { DeskStores } from '../app/desk.ts'
import type { Keys } from '../app/keys.ts'
import type { Reading } from '../app/read/port.ts'
import type { ValueVault } from '../app/township/vault.ts'
import type { LedgerSource } from '../app/verify/source.ts'
import type { Config } from '../config.ts'

export interface OpenedStore {
  readonly store: Store
  /** Why nothing may be written, if so. */
  readonly readOnly: { readonly code: string; readonly sentence: Sentence } | undefined
  rebuild(): { readonly streams: number }
  /** Can it be written, and is every head on its medium? */
  readonly well: () => Pick<Health, 'store' | 'heads'>
}

/** `unkept`: a head could not be written. `behind`: those of earlier commits were missing and are added now. */
export type Warning =
  | { readonly code: 'headsUnkept'; readonly detail: string }
  | {
      readonly code: 'headsBehind'
      readonly ledger: string
      readonly kept: number
      readonly size: number
    }

export interface StoreDoor {
  readonly file: string
  /** Where every head is kept outside the database. */
  readonly heads: string
  readonly keys: Keys
  readonly clock: () => number
  readonly nonce: () => string
  readonly calendar: Calendar
  /** Whoever runs it is told: the ledger goes on without its second medium. */
  readonly warn: (warning: Warning) => void
  /** Told once when the store has stopped: the process should as well. */
  readonly onFatal?: (error: unknown) => void
}

export interface VaultDoor {
  /** Ciphertexts. */
  readonly file: string
  /** The wrapped keys of the persons: no part of ordinary backups. */
  readonly keysFile: string
  /** Wraps them: 32 bytes. */
  readonly key: Uint8Array
  /** For nonces and keys of the values, while a demonstration makes the files; the system's when left out. */
  readonly random?: (bytes: number) => Uint8Array
}

export interface BallotsDoor {
  readonly file: string
  /** Blinds who has voted: 32 bytes. */
  readonly key: Uint8Array
}

export interface AttachmentsDoor {
  /** What is known of them. */
  readonly file: string
  /** Their bytes. */
  readonly folder: string
  /** Their keys and names. */
  readonly vault: FileVault
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
}

export interface ServerDoor {
  readonly config: Config
  readonly store: Store
  readonly ballots: BallotBox
  readonly files: AttachmentStore
  readonly desk: DeskStores
  readonly reading: Reading
  /** Where accounts lie. */
  readonly accounts: string
  /** Where refused attempts lie. */
  readonly attempts: string
  /** Tells a run of this program which data directory, keys and heads to verify. */
  readonly verifying: readonly string[]
  /** Where links and PINs of members without accounts lie. */
  readonly ballotLinks: string
  /** Signs sessions. */
  readonly secret: string
  /** What jobs must not forget. */
  readonly jobs: string
  readonly health: () => Promise<Health>
  readonly demo: boolean
  readonly calendar: Calendar
  readonly clock: () => number
  /** Of sessions and confirmations: the system's, also where a demonstration's is ahead. */
  readonly doorClock: () => number
  readonly demoClock?: DemoClock | undefined
  readonly random: (bytes: number) => Uint8Array
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface RunningServer {
  readonly url: string
  /** Of the first start: printed once, never kept. */
  readonly firstLink: { readonly username: string; readonly url: string } | undefined
  readonly demoAccounts: readonly {
    readonly username: string
    readonly label: Readonly<Record<Language, string>>
    readonly kind?: string
  }[]
  readonly demoPassword: string
  /** Answers what it took on, then lets go. */
  close(): Promise<void>
}

export interface Doors {
  /** For writing. Throws when the file is none of ours. */
  store(door: StoreDoor): Promise<OpenedStore>
  /** For lists and pages; needs no key. */
  reading(file: string): Promise<Omit<Reading, 'person' | 'list'>>
  /** For verify: one snapshot, nothing assumed. */
  audit(file: string): Promise<LedgerSource>
  drafts(file: string): Promise<DraftStore & Pick<DeskStores, 'atDesk' | 'imports'>>
  ballots(door: BallotsDoor): Promise<BallotBox>
  vault(door: VaultDoor): Promise<ValueVault & FileVault & { readonly close: () => void }>
  attachments(door: AttachmentsDoor): Promise<AttachmentStore>
  attempts(file: string): Promise<AttemptLog>
  /** Holds a file against other processes; undefined while another one does. */
  hold(file: string): Promise<(() => void) | undefined>
  /** Listens. */
  server(door: ServerDoor): Promise<RunningServer>
}

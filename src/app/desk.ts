// What desks need beside the ledgers: drafts, imports that wait to be confirmed, the vault, and fresh ids.
import type { FileVault } from '../domain/attachment.ts'
import type { DraftDesk, DraftStore } from '../domain/draft.ts'
import type { ImportStore } from '../domain/import.ts'
import type { Mint } from './township/ids.ts'

export interface DeskStores {
  readonly drafts: DraftStore
  readonly atDesk: DraftDesk
  readonly imports: ImportStore
  readonly vault: FileVault
}

export interface DeskPorts extends DeskStores {
  readonly mint: Mint
  readonly random: (bytes: number) => Uint8Array
}

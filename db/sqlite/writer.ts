// What a transaction works with: one connection's statements, the memory beside it, and the
// injected world.
import type { Calendar } from '../../src/domain/calendar.ts'
import type { Origin } from '../../src/domain/ids.ts'
import type { LedgerCrypto } from '../../src/ledger/crypto.ts'
import type { NoteSigner } from '../../src/ledger/note.ts'
import type { SqliteFacts } from './facts.ts'
import type { Memory } from './memory.ts'
import type { ProjectionWriter } from './projections.ts'
import type { Statements } from './statements.ts'

export interface Writer {
  readonly sql: Statements
  readonly memory: Memory
  readonly facts: SqliteFacts
  readonly projections: ProjectionWriter
  readonly crypto: LedgerCrypto
  readonly calendar: Calendar
  readonly signer: (origin: Origin) => NoteSigner
  /** 22 characters of base64url: 128 random bits. */
  readonly nonce: () => string
}

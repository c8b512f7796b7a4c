// Opening the store: from a file and the injected world to something that can be committed to and
// read.
import type { Calendar } from '../src/domain/calendar.ts'
import type { Origin } from '../src/domain/ids.ts'
import type { Store, Workings } from '../src/domain/store.ts'
import type { LedgerCrypto } from '../src/ledger/crypto.ts'
import type { NoteSigner } from '../src/ledger/note.ts'
import { compareHeads, WritesRefused } from './guard.ts'
import type { HeadsGuard, KeptHead } from './heads.ts'
import { onSqlite, type Reads } from './reads.ts'
import { SqliteFacts } from './sqlite/facts.ts'
import { BrokenInvariant } from './sqlite/faults.ts'
import { ledgerReads, type LedgerReads } from './sqlite/ledgers.ts'
import { Memory } from './sqlite/memory.ts'
import { migrate } from './sqlite/migrate.ts'
import { assertPragmas, connect, type Connection } from './sqlite/open.ts'
import { ProjectionWriter } from './sqlite/projections.ts'
import { projectionDigest, rebuild } from './sqlite/rebuild.ts'
import { prepareStatements } from './sqlite/statements.ts'
import { SqliteStore } from './sqlite/store.ts'
import type { Writer } from './sqlite/writer.ts'

export interface SqliteOptions {
  readonly file: string
  readonly workings: Workings
  readonly crypto: LedgerCrypto
  /** The signing key of each ledger; its name must be the origin. */
  readonly signer: (origin: Origin) => NoteSigner
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** 22 characters of base64url, 128 random bits; draw them in blocks. */
  readonly nonce: () => string
  /** The one in force now. */
  readonly calendar: Calendar
  readonly heads?: HeadsGuard
  /** Told once when the store has stopped; whoever runs the process should stop it. */
  readonly onFatal?: (error: unknown) => void
  /** Folded streams kept in memory; 20,000 when left out. */
  readonly slots?: number
  /** How the file is opened; for tests that break it. */
  readonly connect?: (file: string) => Connection
}

export interface OpenStore {
  readonly store: Store
  /** The ledgers' own bytes, heads and nodes. */
  readonly ledgers: LedgerReads
  /** For the queries of db/queries. */
  readonly reads: Reads
  /** Set when the file may not be written; every commit is rejected with it. */
  readonly readOnly: WritesRefused | undefined
  /**
   * Ledgers whose newest heads had not been kept when the file was opened: a crash in between, or
   * the medium was away. They were handed to the guard.
   */
  readonly unkept: readonly UnkeptHeads[]
  /** Drops and refolds every projection in one transaction. */
  rebuild(): { readonly streams: number }
  /** SHA-256 (hex) over all projections. */
  projectionDigest(): string
}

export interface UnkeptHeads {
  readonly origin: Origin
  /** Size of the newest head that was kept; 0 for none. */
  readonly kept: number
  readonly size: number
}

/**
 * Opens the file, migrates it, and checks it against its own newest checkpoints and the heads kept
 * elsewhere. A file that fails those checks is served read-only.
 * @throws MigrationRefused, UnsafeConnection
 */
export async function openSqlite(options: SqliteOptions): Promise<OpenStore> {
  const db = (options.connect ?? connect)(options.file)
  try {
    migrate(db)
    assertPragmas(db)
    return await assemble(db, options)
  } catch (error) {
    db.close()
    throw error
  }
}

async function assemble(db: Connection, options: SqliteOptions): Promise<OpenStore> {
  const { crypto, workings, signer, clock, nonce, calendar, heads, slots = 20_000 } = options
  const sql = prepareStatements(db)
  const memory = new Memory({ sql, crypto, workings, signer, slots })
  const projections = new ProjectionWriter(db)
  const facts = new SqliteFacts(db)
  const writer: Writer = { sql, memory, facts, projections, crypto, calendar, signer, nonce }
  const ledgers = ledgerReads(sql)
  // Heads first: whatever they name was committed before, so it is in the snapshot taken after.
  const kept = (await heads?.newest()) ?? []
  const check = () => {
    const readOnly = checkStored(memory, ledgers) ?? checkHeads(kept, memory, ledgers, options)
    const guarded = heads !== undefined && readOnly === undefined
    return { readOnly, unkept: guarded ? behind(kept, ledgers) : [] }
  }
  // One snapshot: another process may commit between any two of these reads.
  const { readOnly, unkept } = db.transaction(check).deferred()
  await heads?.catchUp(missing(unkept, ledgers))
  const store = new SqliteStore(writer, {
    clock,
    heads,
    onFatal: options.onFatal ?? (() => {}),
    readOnly,
    release: () => db.close(),
  })
  return {
    store,
    ledgers,
    reads: onSqlite(db),
    readOnly,
    unkept,
    rebuild: () => store.alone(() => rebuild(writer, ledgers)),
    projectionDigest: () => projectionDigest(writer),
  }
}

/**
 * Newest checkpoint of each ledger: signed by us, of all its entries, with the root its nodes give.
 */
function checkStored(memory: Memory, ledgers: LedgerReads): WritesRefused | undefined {
  for (const { origin } of ledgers.ledgers()) {
    try {
      memory.advance(origin)
    } catch (error) {
      if (!(error instanceof BrokenInvariant)) throw error
      return new WritesRefused('ledgerDamaged', { origin, detail: error.message })
    }
  }
  return undefined
}

function checkHeads(
  kept: readonly KeptHead[],
  memory: Memory,
  ledgers: LedgerReads,
  { crypto, signer }: SqliteOptions,
): WritesRefused | undefined {
  const sizes = new Map(ledgers.ledgers().map(({ origin, size }) => [origin, size]))
  const stored = (origin: Origin) => ({
    size: sizes.get(origin) ?? 0,
    nodes: memory.nodes(origin),
  })
  return compareHeads(kept, stored, { crypto, signer })
}

function behind(kept: readonly KeptHead[], ledgers: LedgerReads): UnkeptHeads[] {
  return ledgers.ledgers().flatMap(({ origin, size }) => {
    const sizes = kept.filter((head) => head.origin === origin).map((head) => head.size)
    const newest = Math.max(0, ...sizes)
    return newest < size ? [{ origin, kept: newest, size }] : []
  })
}

function* missing(unkept: readonly UnkeptHeads[], ledgers: LedgerReads): Generator<KeptHead> {
  for (const { origin, kept } of unkept) yield* ledgers.checkpoints(origin, kept)
}

// How a process sees what others commit: SQLite counts a file's commits for every connection that made none of them. A store with
// notifications of its own (PostgreSQL: LISTEN) answers `version` from a counter it keeps.
import type { Origin } from '../../src/domain/ids.ts'
import type { Instant } from '../../src/domain/time.ts'
import type { Connection } from './open.ts'

/** Never through the connection that writes: that one does not see its own commits. */
export interface LedgerWatch {
  /** Differs once anything was committed, by whichever process. Microseconds: asked with every call. */
  version(): number
  /** Entries of every ledger, at one moment. */
  sizes(): ReadonlyMap<Origin, number>
  /** Entries of a ledger by an instant, whole commits only; 0 before its first. */
  sizeAt(origin: Origin, at: Instant): number
}

export function ledgerWatch(db: Connection): LedgerWatch {
  const version = db.prepare<[], number>('pragma data_version').pluck()
  const sizes = db
    .prepare<[], [Origin, number]>('select origin, size from ledger where size > 0 order by origin')
    .raw()
  // from the newest back: it reads as many rows as were committed since
  const sizeAt = db
    .prepare<[string, string], number>(
      'select size from checkpoint where ledger = ? and at <= ? order by size desc limit 1',
    )
    .pluck()
  return {
    version: () => version.get() ?? 0,
    sizes: () => new Map(sizes.all()),
    sizeAt: (origin, at) => sizeAt.get(origin, at) ?? 0,
  }
}

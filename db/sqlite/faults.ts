// What can go wrong with the file, told apart by what a caller may do about it.
import Database from 'better-sqlite3'

/**
 * Storage and memory disagree, or stored bytes are not what was hashed. The process must stop; the
 * file is the truth.
 */
export class BrokenInvariant extends Error {}

/**
 * The store stopped: whether the commands then under way were recorded is unknown until it is
 * opened again.
 */
export class StoreFailed extends Error {
  constructor(cause: unknown) {
    super('the store stopped after a fault; open it again to learn what was recorded', { cause })
  }
}

/**
 * Nothing was begun: another process holds the file, or too many commands wait. Try again later.
 */
export class StoreBusy extends Error {}

/** `close()` was called. */
export class StoreClosed extends Error {
  constructor() {
    super('the store is closed')
  }
}

/** Faults of the file or of our own invariants: they stop the store, whichever command met them. */
export const isFatal = (error: unknown): boolean =>
  error instanceof BrokenInvariant || error instanceof Database.SqliteError

export const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

export function invariant(holds: boolean, detail: string): asserts holds {
  if (!holds) throw new BrokenInvariant(detail)
}

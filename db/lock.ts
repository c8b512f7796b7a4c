// One server a data directory: a lock of the system's on a file that holds nothing. Whoever dies with it, however, lets it go.
import Database from 'better-sqlite3'
import { isBusy } from './sqlite/faults.ts'

/** Holds the file until what is returned is called; undefined while somebody else holds it. */
export function holdFile(file: string): (() => void) | undefined {
  const db = new Database(file, { timeout: 0 })
  try {
    // nothing is ever written: there is nothing to roll back
    db.pragma('journal_mode = MEMORY')
    db.exec('begin exclusive')
    return () => void db.close()
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

// The file as lists and pages read it: read-only, without keys, nothing migrated. What others commit meanwhile shows.
import Database from 'better-sqlite3'
import type { Entry } from '../src/domain/entry.ts'
import type { Origin, StreamId } from '../src/domain/ids.ts'
import { onSqlite, type Reads } from './reads.ts'
import { entryOf } from './rows.ts'
import { ledgerReads, type LedgerReads } from './sqlite/ledgers.ts'
import { searchReads, type SearchReads } from './sqlite/search.ts'
import { prepareStatements } from './sqlite/statements.ts'
import { ledgerWatch, type LedgerWatch } from './sqlite/watch.ts'

export interface Reading {
  /** For the queries of db/queries. */
  readonly reads: Reads
  readonly ledgers: LedgerReads
  readonly watch: LedgerWatch
  readonly searching: SearchReads
  /** All entries of a stream, in order. */
  readonly stream: (ledger: Origin, stream: StreamId) => readonly Entry[]
  readonly close: () => void
}

const PAGE = 256

/** Throws whatever SQLite says when the file is none of ours. */
export function openReading(file: string): Reading {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const sql = prepareStatements(db)
    return {
      reads: onSqlite(db),
      ledgers: ledgerReads(sql),
      watch: ledgerWatch(db),
      searching: searchReads(db),
      stream(ledger, stream) {
        const found: Entry[] = []
        for (;;) {
          const last = found.at(-1)?.revision ?? -1
          const rows = sql.streamEntries.all(ledger, stream, last, PAGE)
          for (const { bytes } of rows) found.push(entryOf(bytes))
          if (rows.length < PAGE) return found
        }
      },
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw error
  }
}

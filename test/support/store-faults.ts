// Connections that fail on purpose, in pairs: the call failed; the call failed but had been done.
import Database from 'better-sqlite3'
import { connect, type Connection } from '../../db/sqlite/open.ts'

export interface Fault {
  /** Text the SQL of the statement begins with, e.g. `commit`. */
  readonly statement: string
  /** Which run of it, from 1. */
  readonly nth: number
  readonly how: 'failed' | 'failedButDone'
  readonly code?: string
}

const failure = (code: string): Error => new Database.SqliteError('disk I/O error', code)

/**
 * Opens connections on which one run of one statement fails. Counting starts with `arm`: opening
 * runs statements too.
 */
export class FaultyDriver {
  #fault: Fault | undefined
  #runs = 0

  readonly connect = (file: string): Connection => {
    const db = connect(file)
    const prepare = db.prepare.bind(db)
    Object.assign(db, {
      prepare: (sql: string) => {
        const statement = prepare(sql)
        const run = statement.run.bind(statement)
        const failing = (...values: unknown[]) => this.#run(sql, () => run(...values))
        return Object.assign(statement, { run: failing })
      },
    })
    return db
  }

  arm(fault: Fault): void {
    this.#fault = fault
    this.#runs = 0
  }

  #run<T>(sql: string, run: () => T): T {
    const fault = this.#fault
    if (fault === undefined || !sql.trimStart().startsWith(fault.statement)) return run()
    this.#runs++
    if (this.#runs !== fault.nth) return run()
    if (fault.how === 'failedButDone') run()
    throw failure(fault.code ?? 'SQLITE_IOERR_FSYNC')
  }
}

/**
 * Opens a connection on which the answers of one query are altered, as a bad disk or bad memory
 * would.
 */
export function alteringConnect(statement: string, alter: (row: unknown) => unknown) {
  let armed = false
  return {
    arm: () => {
      armed = true
    },
    connect: (file: string): Connection => {
      const db = connect(file)
      const prepare = db.prepare.bind(db)
      Object.assign(db, {
        prepare: (sql: string) => {
          const made = prepare(sql)
          if (!sql.startsWith(statement)) return made
          const get = made.get.bind(made)
          return Object.assign(made, {
            get: (...values: unknown[]) => (armed ? alter(get(...values)) : get(...values)),
          })
        },
      })
      return db
    },
  }
}

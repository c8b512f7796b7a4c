// Failures and requests, counted in the database: a restart forgives nobody, and two processes count together.
import type { AttemptStore, Counter, Patience, Window } from '../../src/domain/account.ts'
import type { Connection } from '../sqlite/open.ts'

interface Row {
  readonly failures: number
  readonly lockedUntil: number
  readonly lastAt: number
  readonly knownUntil: number
}

const LONGEST_WINDOW = 3_600_000
const NOTHING: Row = { failures: 0, lockedUntil: 0, lastAt: 0, knownUntil: 0 }

export class SqliteAttempts implements AttemptStore {
  readonly #db: Connection
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Connection) {
    this.#db = db
    this.#sql = prepare(db)
  }

  claim(counters: readonly Counter[], now: number): Promise<number | undefined> {
    return this.#within(() => {
      this.#sql.purge.run(now)
      const found = counters.map(({ key, patience }) => this.#row(key, patience, now))
      const until = Math.max(0, ...found.map(({ lockedUntil }) => lockedUntil))
      if (until > now) return until
      for (const [place, { key, patience }] of counters.entries()) {
        this.#write(key, counted(found[place] ?? NOTHING, patience, now), now + patience.forget)
      }
      return undefined
    })
  }

  release(keys: readonly string[]): Promise<void> {
    return this.#within(() => {
      for (const key of keys) this.#sql.release.run(key)
    })
  }

  succeed(key: string, until: number): Promise<void> {
    return this.#within(() => this.#write(key, { ...NOTHING, knownUntil: until }, until))
  }

  known(key: string, now: number): Promise<boolean> {
    return this.#within(() => (this.#sql.find.get(key)?.knownUntil ?? 0) > now)
  }

  forget(keys: readonly string[]): Promise<void> {
    return this.#within(() => {
      for (const key of keys) this.#sql.forget.run(key)
    })
  }

  take(key: string, { milliseconds, most }: Window, now: number): Promise<number | undefined> {
    return this.#within(() => {
      this.#sql.purgeWindows.run(key, now - milliseconds, now - LONGEST_WINDOW)
      const taken = this.#sql.take.get(key, key, now)
      if (taken === undefined || taken.count <= most) return undefined
      return taken.began + milliseconds
    })
  }

  async #within<T>(work: () => T): Promise<T> {
    return this.#db.transaction(work).immediate()
  }

  #row(key: string, { forget }: Patience, now: number): Row {
    const row = this.#sql.find.get(key) ?? NOTHING
    return now - row.lastAt < forget ? row : { ...NOTHING, knownUntil: row.knownUntil }
  }

  #write(key: string, row: Row, useless: number): void {
    const { failures, lockedUntil, lastAt, knownUntil } = row
    const keep = Math.max(useless, knownUntil)
    this.#sql.write.run(key, failures, lockedUntil, lastAt, knownUntil, keep)
  }
}

/** From the last free attempt on every claim already locks: guesses sent at once find the door shut. */
function counted(row: Row, { free, wait, longest }: Patience, now: number): Row {
  const failures = row.failures + 1
  const over = failures - free
  const lockedUntil = over < 0 ? 0 : now + Math.min(longest, wait * 2 ** Math.min(over, 30))
  return { ...row, failures, lockedUntil, lastAt: now }
}

function prepare(db: Connection) {
  return {
    find: db.prepare<[string], Row>(
      `select failures, locked_until as lockedUntil, last_at as lastAt, known_until as knownUntil
       from attempt where key = ?`,
    ),
    write: db.prepare<[string, number, number, number, number, number]>(
      `insert into attempt (key, failures, locked_until, last_at, known_until, useless_at)
       values (?, ?, ?, ?, ?, ?)
       on conflict (key) do update set failures = excluded.failures,
         locked_until = excluded.locked_until, last_at = excluded.last_at,
         known_until = excluded.known_until, useless_at = excluded.useless_at`,
    ),
    release: db.prepare<[string]>(
      'update attempt set failures = max(0, failures - 1), locked_until = 0 where key = ?',
    ),
    forget: db.prepare<[string]>('delete from attempt where key = ?'),
    purge: db.prepare<[number]>('delete from attempt where useless_at < ?'),
    purgeWindows: db.prepare<[string, number, number]>(
      'delete from rate_limit where (key = ? and last_request <= ?) or last_request <= ?',
    ),
    take: db.prepare<[string, string, number], { count: number; began: number }>(
      `insert into rate_limit (id, key, count, last_request) values (?, ?, 1, ?)
       on conflict (key) do update set count = count + 1
       returning count, last_request as began`,
    ),
  }
}

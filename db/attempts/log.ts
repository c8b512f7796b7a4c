// The attempt log in a file of its own. What is alike on one day is one row that counts on; whoever tries ever new things
// gets so many rows a day and then one for the rest: a burst fills no disk.
import { join } from 'node:path'
import {
  type AttemptFilter,
  type AttemptLog,
  type AttemptPage,
  type CountedAttempt,
  type KeptAttempt,
  KEPT_DAYS,
  MORE,
  MOST_OF_ALL,
  MOST_OF_ONE,
} from '../../src/domain/attempt-log.ts'
import { addDays, localDateSchema } from '../../src/domain/time.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect, type Connection } from '../sqlite/open.ts'

/** Beside this file in the source as in the build, which copies it. */
const migrationsFolder = join(import.meta.dirname, 'migrations')

export interface AttemptLimits {
  readonly one: number
  readonly all: number
}

const stated: AttemptLimits = { one: MOST_OF_ONE, all: MOST_OF_ALL }

/**
 * Opens (or makes) the file.
 * @throws MigrationRefused, UnsafeConnection
 */
export function openAttemptLog(file: string, limits: AttemptLimits = stated): AttemptLog {
  const db = connect(file)
  try {
    migrate(db, migrationsFolder)
    return new SqliteAttemptLog(db, limits)
  } catch (error) {
    db.close()
    throw error
  }
}

class SqliteAttemptLog implements AttemptLog {
  readonly #db: Connection
  readonly #limits: AttemptLimits
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Connection, limits: AttemptLimits) {
    this.#db = db
    this.#limits = limits
    this.#sql = prepare(db)
  }

  async add(attempts: readonly CountedAttempt[]): Promise<void> {
    this.#db
      .transaction(() => {
        const newest = this.#sql.newest.get() ?? ''
        for (const attempt of attempts) this.#put(attempt)
        // once a day is enough: nothing gets older in between
        if ((this.#sql.newest.get() ?? '') > newest) this.#purge()
      })
      .immediate()
  }

  async page(filter: AttemptFilter): Promise<AttemptPage> {
    const { limit, after } = filter
    const rows = this.#select(
      filter,
      after === undefined ? Number.MAX_SAFE_INTEGER : Number(after[0]),
    )
    const kept = rows.slice(0, limit)
    const last = kept.at(-1)
    return rows.length > limit && last !== undefined
      ? { rows: kept, next: [String(last.id)] }
      : { rows: kept }
  }

  close(): void {
    this.#db.close()
  }

  #put(attempt: CountedAttempt): void {
    if (this.#sql.count.run(attempt).changes > 0) return
    const kept = this.#within(attempt)
    if (kept !== attempt && this.#sql.count.run(kept).changes > 0) return
    this.#sql.insert.run(kept)
  }

  /** As it is, or as one of those that are no longer told apart. */
  #within(attempt: CountedAttempt): CountedAttempt {
    const { day, account, person } = attempt
    const nothing = { office: '', mandate: '', act: MORE, ledger: '', stream: '', code: MORE }
    const all = this.#sql.ofDay.get({ day }) ?? 0
    if (all >= this.#limits.all)
      return { ...attempt, ...nothing, account: '', person: '', township: '', home: '' }
    const own = this.#sql.ofOne.get({ day, account, person }) ?? 0
    return own < this.#limits.one ? attempt : { ...attempt, ...nothing, township: '' }
  }

  #purge(): void {
    const newest = localDateSchema.safeParse(this.#sql.newest.get())
    if (newest.success) this.#sql.purge.run({ before: addDays(newest.data, -KEPT_DAYS) })
  }

  #select(
    { townships, account, person, ledger, code, day, limit }: AttemptFilter,
    before: number,
  ): readonly KeptAttempt[] {
    const seen = JSON.stringify(townships ?? [])
    return this.#sql.page.all({
      everywhere: townships === undefined ? 1 : 0,
      seen,
      account: account ?? null,
      person: person ?? null,
      ledger: ledger ?? null,
      code: code ?? null,
      day: day ?? null,
      before,
      limit: limit + 1,
    })
  }
}

const key = 'day, account, person, office, mandate, act, ledger, stream, code'
const same = key.split(', ').map((column) => `${column} = :${column}`)
const values = key.split(', ').map((column) => `:${column}`)
const columns = `id, ${key}, township, home, count,
  first_at as firstAt, last_at as lastAt,
  first_reference as firstReference, last_reference as lastReference`

function prepare(db: Connection) {
  return {
    newest: db.prepare<[], string | null>('select max(day) from refusal').pluck(),
    ofDay: db
      .prepare<[{ day: string }], number>('select count(*) from refusal where day = :day')
      .pluck(),
    ofOne: db
      .prepare<[{ day: string; account: string; person: string }], number>(
        `select count(*) from refusal where day = :day and account = :account and person = :person`,
      )
      .pluck(),
    /** A clock that went back leaves the later time standing. */
    count: db.prepare<[CountedAttempt]>(
      `update refusal set count = count + :count, last_at = max(last_at, :lastAt),
         last_reference = :lastReference
       where ${same.join(' and ')}`,
    ),
    insert: db.prepare<[CountedAttempt]>(
      `insert into refusal (${key}, township, home, count,
         first_at, last_at, first_reference, last_reference)
       values (${values.join(', ')}, :township, :home, :count,
         :firstAt, :lastAt, :firstReference, :lastReference)`,
    ),
    purge: db.prepare<[{ before: string }]>('delete from refusal where day < :before'),
    page: db.prepare<[Readonly<Record<string, unknown>>], KeptAttempt>(
      `select ${columns} from refusal
       where id < :before
         and (:everywhere or township in (select value from json_each(:seen))
           or home in (select value from json_each(:seen)))
         and account = coalesce(:account, account) and person = coalesce(:person, person)
         and ledger = coalesce(:ledger, ledger) and code = coalesce(:code, code)
         and day = coalesce(:day, day)
       order by id desc limit :limit`,
    ),
  }
}

// The index beside the table `search`: which rows have which grams. It keeps no text of its own, so it is made from the
// rows alone; it is written in the transaction of its row, and a crash leaves both or neither.
import type Database from 'better-sqlite3'
import { gramsOf } from '../../src/domain/grams.ts'
import type { Connection } from './open.ts'

export interface Indexed {
  readonly ledger: string
  readonly words: string
  readonly whole: string
}

/** `…/330106109203[/e2]` → the grams of the ledger itself and of the township its code begins with. */
export function ledgerGrams(origin: string): { readonly own: string; readonly town: string } {
  const code = /\/(\d{12})/.exec(origin)?.[1] ?? ''
  return { own: `ledger${code}`, town: `town${code.slice(0, 9)}` }
}

const PAGE = 1000

export class SearchIndex {
  readonly #db: Connection
  readonly #statements = new Map<string, Database.Statement>()

  constructor(db: Connection) {
    this.#db = db
  }

  insert(spot: number | bigint, row: Indexed): void {
    this.#run('insert into search_gram (rowid, grams) values (?, ?)', spot, textOf(row))
  }

  update(place: readonly [ledger: string, stream: string, key: string], row: Indexed): void {
    this.#run(`update search_gram set grams = ? where rowid = ${SPOT}`, textOf(row), ...place)
  }

  /** Before the row itself is deleted. */
  delete(place: readonly [ledger: string, stream: string, key: string]): void {
    this.#run(`delete from search_gram where rowid = ${SPOT}`, ...place)
  }

  clear(): void {
    this.#run(`insert into search_gram (search_gram) values ('delete-all')`)
  }

  /**
   * Numbers all rows by when they were recorded, as they were when they came one by one, and indexes them. The index must
   * be empty.
   */
  fill(): void {
    this.#run('update search set spot = -spot where spot > 0')
    this.#run(
      `update search set spot = ordered.place from (
         select spot as was, row_number() over (order by at, ledger, stream, key) as place
         from search
       ) as ordered where ordered.was = search.spot`,
    )
    const page = this.#db.prepare<[number, number], Indexed & { readonly spot: number }>(
      'select spot, ledger, words, whole from search where spot > ? order by spot limit ?',
    )
    for (let last = 0; ;) {
      const rows = page.all(last, PAGE)
      for (const row of rows) this.insert(row.spot, row)
      last = rows.at(-1)?.spot ?? last
      if (rows.length < PAGE) return
    }
  }

  #run(sql: string, ...values: readonly (string | number | bigint)[]): void {
    const known = this.#statements.get(sql)
    const statement = known ?? this.#db.prepare(sql)
    if (known === undefined) this.#statements.set(sql, statement)
    statement.run(...values)
  }
}

const SPOT = '(select spot from search where ledger = ? and stream = ? and key = ?)'

function textOf({ ledger, words, whole }: Indexed): string {
  const { own, town } = ledgerGrams(ledger)
  return [own, town, ...gramsOf(words, whole)].join(' ')
}

// Read tables kept equal to what the folds say: only rows, and of them only columns, that changed
// are written, since each column named in an update costs its indexes a rewrite.
import type Database from 'better-sqlite3'
import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import type { Origin, StreamId } from '../../src/domain/ids.ts'
import type { ProjectedRow, ProjectionName } from '../../src/domain/projection.ts'
import { projections } from '../schema/sqlite-projections.ts'
import { invariant } from './faults.ts'
import type { Connection } from './open.ts'
import { type Indexed, SearchIndex } from './search-index.ts'

type Value = string | number

interface Table {
  readonly name: string
  /** Of the row, in the order of the statements; the place (ledger, stream, key) is apart. */
  readonly fields: readonly { readonly property: string; readonly column: string }[]
}

export const projectionNames = Object.keys(projections) as readonly ProjectionName[]

const PLACE = ['ledger', 'stream', 'key']

const tables = new Map<ProjectionName, Table>(
  projectionNames.map((name) => [
    name,
    {
      name: getTableName(projections[name]),
      fields: Object.entries<Column>(getTableColumns(projections[name]))
        .filter(([property]) => !PLACE.includes(property))
        .map(([property, column]) => ({ property, column: column.name })),
    },
  ]),
)

export function tableOf(name: ProjectionName): Table {
  const table = tables.get(name)
  if (table === undefined) throw new Error(`no projection ${name}`)
  return table
}

/** The row's values as stored, in the order of the table's fields. */
export function storedValues({ table, row }: ProjectedRow): readonly Value[] {
  const values = row as unknown as Readonly<Record<string, unknown>>
  return tableOf(table).fields.map(({ property }) => {
    const value = values[property]
    if (typeof value === 'string') return value
    if (typeof value === 'boolean') return value ? 1 : 0
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw new Error(`projection ${table}.${property} is ${String(value)}`)
  })
}

/** A row that was checked to be storable. */
export interface HeldRow {
  readonly table: ProjectionName
  readonly key: string
  readonly values: readonly Value[]
}

/** @throws Error when two rows claim one place, or hold what no column can */
export function heldRows(rows: readonly ProjectedRow[]): readonly HeldRow[] {
  const all = rows.map(held)
  if (!distinct(all)) throw new Error('two projected rows claim one key')
  return all
}

/** What a row object was held as: rows that outlive a step are projected as the very same object. */
const heldBefore = new WeakMap<ProjectedRow, HeldRow>()

function held(row: ProjectedRow): HeldRow {
  const known = heldBefore.get(row)
  if (known !== undefined) return known
  const made = { table: row.table, key: row.key, values: storedValues(row) }
  heldBefore.set(row, made)
  return made
}

/** Above this many rows a set is cheaper than comparing each with each. */
const FEW = 12

function distinct(all: readonly HeldRow[]): boolean {
  if (all.length > FEW)
    return new Set(all.map(({ table, key }) => `${table}\n${key}`)).size === all.length
  return all.every((row, place) => {
    for (let other = 0; other < place; other++) {
      const before = all[other]
      if (before !== undefined && samePlace(before, row)) return false
    }
    return true
  })
}

export class ProjectionWriter {
  readonly #db: Connection
  readonly #statements = new Map<string, Prepared>()
  readonly #search: SearchIndex

  constructor(db: Connection) {
    this.#db = db
    this.#search = new SearchIndex(db)
  }

  /** Makes the stream's rows, `before` as they are stored now, be `after`. */
  replace(
    place: { readonly ledger: Origin; readonly stream: StreamId },
    before: readonly HeldRow[],
    after: readonly HeldRow[],
  ): void {
    for (const row of before) {
      if (!after.some((kept) => samePlace(kept, row))) this.#delete(place, row)
    }
    for (const row of after) {
      const old = before.find((known) => samePlace(known, row))
      if (old === undefined) {
        const { lastInsertRowid } = this.#insert(place, row)
        if (row.table === 'search') this.#search.insert(lastInsertRowid, indexed(place, row))
      } else this.#update(place, old, row)
    }
  }

  /** Empties every table, before all is projected anew: `refill` stream by stream, then `index`. */
  clear(): void {
    for (const name of projectionNames) this.#db.prepare(`delete from ${tableOf(name).name}`).run()
    this.#search.clear()
  }

  /** The rows of a stream into emptied tables. */
  refill(place: Place, rows: readonly HeldRow[]): void {
    for (const row of rows) this.#insert(place, row)
  }

  /** Once all is filled: what is found in it. */
  index(): void {
    this.#search.fill()
  }

  /** Every stored row of one table, in key order. */
  stored(name: ProjectionName): IterableIterator<unknown[]> {
    const { fields } = tableOf(name)
    const columns = [...PLACE, ...fields.map(({ column }) => column)].join(', ')
    const sql = `select ${columns} from ${tableOf(name).name} order by ledger, stream, key`
    return this.#db.prepare<[], unknown[]>(sql).raw().iterate()
  }

  #insert({ ledger, stream }: Place, { table, key, values }: HeldRow): Database.RunResult {
    return this.#statement(`+${table}`, () => {
      const { name, fields } = tableOf(table)
      const columns = [...PLACE, ...fields.map(({ column }) => column)]
      const places = columns.map(() => '?').join(', ')
      return `insert into ${name} (${columns.join(', ')}) values (${places})`
    }).run(ledger, stream, key, ...values)
  }

  #update({ ledger, stream }: Place, old: HeldRow, row: HeldRow): void {
    if (old === row) return
    const { table, key, values } = row
    const changed: number[] = []
    for (let i = 0; i < values.length; i++) if (values[i] !== old.values[i]) changed.push(i)
    if (changed.length === 0) return
    const { changes } = this.#statement(`=${table} ${changed.join(' ')}`, () => {
      const { name, fields } = tableOf(table)
      const sets = changed.map((i) => `${fields[i]?.column ?? ''} = ?`).join(', ')
      return `update ${name} set ${sets} where ledger = ? and stream = ? and key = ?`
    }).run(...changed.map((i) => values[i]), ledger, stream, key)
    requireOne(changes, table, stream)
    if (table !== 'search') return
    this.#search.update([ledger, stream, key], indexed({ ledger, stream }, row))
  }

  #delete({ ledger, stream }: Place, { table, key }: HeldRow): void {
    if (table === 'search') this.#search.delete([ledger, stream, key])
    const { changes } = this.#statement(
      `-${table}`,
      () => `delete from ${tableOf(table).name} where ledger = ? and stream = ? and key = ?`,
    ).run(ledger, stream, key)
    requireOne(changes, table, stream)
  }

  #statement(id: string, sql: () => string): Prepared {
    const known = this.#statements.get(id)
    if (known !== undefined) return known
    const made = this.#db.prepare(sql())
    this.#statements.set(id, made)
    return made
  }
}

type Prepared = Database.Statement

interface Place {
  readonly ledger: Origin
  readonly stream: StreamId
}

/** What the index takes of a row of `search`. */
function indexed({ ledger }: Place, { values }: HeldRow): Indexed {
  const { fields } = tableOf('search')
  const value = (wanted: string) =>
    String(values[fields.findIndex(({ property }) => property === wanted)])
  return { ledger, words: value('words'), whole: value('whole') }
}

/**
 * The tables are not what the fold says they were: projected by another release, or written by a
 * hand.
 */
function requireOne(changes: number, table: ProjectionName, stream: StreamId): void {
  invariant(changes === 1, `projection ${table} of ${stream} is not as folded: rebuild`)
}

const samePlace = (a: HeldRow, b: HeldRow): boolean => a.table === b.table && a.key === b.key

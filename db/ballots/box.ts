// The ballot box in a file of its own. A box is two rows' worth of facts: how many chose what, and who has dropped a ballot.
// Never a row a ballot, no time, no order: its bytes are a function of the totals and of the set of those who voted, and of
// nothing else. Counts are of fixed width and the marks one sorted value, because a row that grows or comes late lies
// elsewhere in the file and would tell.
import { createHmac } from 'node:crypto'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { BallotBox, BoxChoice, BoxOf, BoxTotals } from '../../src/domain/ballot-box.ts'
import { meetingIdSchema, originSchema, type PersonId } from '../../src/domain/ids.ts'
import { assertPragmas, type Connection, type Pragmas } from '../sqlite/open.ts'

export interface BallotsOptions {
  readonly file: string
  /** Blinds the marks: 32 bytes, kept elsewhere. Without it nobody can tell from the file who has voted. */
  readonly key: Uint8Array
}

/** A file of another release of the program. */
export class BallotsUnfit extends Error {}

const VERSION = 1
const SCHEMA = `
  create table box (
    ledger text not null,
    meeting text not null,
    state text not null check (state in ('open', 'shut', 'gone')),
    marks blob not null,
    primary key (ledger, meeting)
  ) strict, without rowid;
  create table total (
    ledger text not null,
    meeting text not null,
    item text not null,
    in_favour text not null check (length(in_favour) = 12),
    against text not null check (length(against) = 12),
    abstain text not null check (length(abstain) = 12),
    primary key (ledger, meeting, item)
  ) strict, without rowid;
  pragma user_version = ${VERSION};
`

/** No write-ahead log: it would hold the totals before and after every ballot until somebody copies it back. */
const pragmas: Pragmas = [
  ['journal_mode', 'DELETE', 'delete'],
  ['synchronous', 'FULL', 2],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['busy_timeout', '5000', 5000],
  ['trusted_schema', 'OFF', 0],
  ['mmap_size', '0', 0],
]

/**
 * Opens (or makes) the file.
 * @throws BallotsUnfit, UnsafeConnection
 */
export function openBallotBox({ file, key }: BallotsOptions): BallotBox {
  const db = new Database(file)
  try {
    for (const [name, value] of pragmas) db.pragma(`${name} = ${value}`)
    assertPragmas(db, pragmas)
    db.transaction(() => migrate(db)).immediate()
    return new SqliteBallotBox(db, key)
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: Connection): void {
  const version = db.pragma('user_version', { simple: true })
  if (version === 0) db.exec(SCHEMA)
  else if (version !== VERSION)
    throw new BallotsUnfit(`ballots of version ${String(version)}, not ${VERSION}`)
}

const MARK_BYTES = 16
const WIDTH = 12
const digits = z
  .string()
  .regex(/^\d{12}$/)
  .transform(Number)

const boxSchema = z.object({
  state: z.enum(['open', 'shut', 'gone']),
  marks: z.instanceof(Buffer),
})
const totalSchema = z.object({
  item: z.string(),
  in_favour: digits,
  against: digits,
  abstain: digits,
})
const nameSchema = z.object({ ledger: originSchema, meeting: meetingIdSchema })

class SqliteBallotBox implements BallotBox {
  readonly #db: Connection
  readonly #key: Uint8Array
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Connection, key: Uint8Array) {
    this.#db = db
    this.#key = createHmac('sha256', key).update('five-musts ballot marks').digest()
    this.#sql = prepare(db)
  }

  drop(
    box: BoxOf,
    person: PersonId,
    choices: readonly BoxChoice[],
  ): Promise<'dropped' | 'known' | 'sealed'> {
    return this.#within(() => {
      const { state, marks } = this.#find(box)
      const mark = this.#markOf(box, person)
      // asked first: who sends a ballot again is told that it lies there, sealed or not
      const place = placeOf(marks, mark)
      if (place === undefined) return 'known'
      if (state !== 'open') return 'sealed'
      const [before, after] = [marks.subarray(0, place), marks.subarray(place)]
      const name = namedBy(box)
      if (marks.length === 0) this.#begin(box, choices)
      this.#sql.mark.run({ ...name, marks: Buffer.concat([before, mark, after]) })
      for (const { item, choice } of choices) {
        const { changes } = this.#sql.count[choice].run({ ...name, item })
        if (changes !== 1) throw new Error(`no item ${item} in the box of ${box.meeting}`)
      }
      return 'dropped'
    })
  }

  holds(box: BoxOf, person: PersonId): Promise<boolean> {
    return this.#within(() => {
      // looked at only: asking makes no box
      const found = this.#sql.find.get(namedBy(box))
      if (found === undefined) return false
      return placeOf(boxSchema.parse(found).marks, this.#markOf(box, person)) === undefined
    })
  }

  seal(box: BoxOf): Promise<readonly BoxTotals[]> {
    return this.#within(() => {
      const name = namedBy(box)
      this.#find(box)
      this.#sql.shut.run(name)
      return this.#sql.totals.all(name).map((row): BoxTotals => {
        const { item, in_favour: inFavour, against, abstain } = totalSchema.parse(row)
        return { item, for: inFavour, against, abstain }
      })
    })
  }

  erase(box: BoxOf): Promise<void> {
    return this.#within(() => {
      // its name stays: a ballot that was on its way must not begin another box that nobody will count
      this.#find(box)
      this.#sql.empty.run({ ...namedBy(box), marks: Buffer.alloc(0) })
      this.#sql.forget.run(namedBy(box))
    })
  }

  boxes(): Promise<readonly BoxOf[]> {
    return this.#within(() => this.#sql.boxes.all().map((row) => nameSchema.parse(row)))
  }

  close(): Promise<void> {
    return Promise.resolve().then(() => {
      this.#db.close()
    })
  }

  /** The box, made where there is none. */
  #find(box: BoxOf): z.infer<typeof boxSchema> {
    const name = namedBy(box)
    this.#sql.make.run({ ...name, marks: Buffer.alloc(0) })
    return boxSchema.parse(this.#sql.find.get(name))
  }

  /** A row for every item, whatever the first ballot chose: which rows there are tells nothing. */
  #begin(box: BoxOf, choices: readonly BoxChoice[]): void {
    for (const { item } of choices.toSorted((a, b) => (a.item < b.item ? -1 : 1)))
      this.#sql.begin.run({ ...namedBy(box), item, nothing: '0'.repeat(WIDTH) })
  }

  #markOf({ ledger, meeting }: BoxOf, person: PersonId): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([ledger, meeting, person]))
      .digest()
      .subarray(0, MARK_BYTES)
  }

  /** One transaction: all of it or, when anything throws, nothing. */
  #within<T>(work: () => T): Promise<T> {
    return Promise.resolve().then(() => this.#db.transaction(work).immediate())
  }
}

const namedBy = ({ ledger, meeting }: BoxOf) => ({ ledger, meeting })

/** Where the mark belongs among the sorted ones; undefined when it is there. */
function placeOf(marks: Buffer, mark: Buffer): number | undefined {
  let [low, high] = [0, marks.length / MARK_BYTES]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = middle * MARK_BYTES
    const order = mark.compare(marks, at, at + MARK_BYTES)
    if (order === 0) return undefined
    if (order > 0) low = middle + 1
    else high = middle
  }
  return low * MARK_BYTES
}

function prepare(db: Connection) {
  const here = 'ledger = :ledger and meeting = :meeting'
  const count = (column: string) =>
    db.prepare(
      `update total set ${column} = printf('%0${WIDTH}d', ${column} + 1) where ${here} and item = :item`,
    )
  return {
    make: db.prepare(
      `insert into box (ledger, meeting, state, marks) values (:ledger, :meeting, 'open', :marks)
       on conflict do nothing`,
    ),
    find: db.prepare(`select state, marks from box where ${here}`),
    mark: db.prepare(`update box set marks = :marks where ${here}`),
    shut: db.prepare(`update box set state = 'shut' where ${here} and state = 'open'`),
    empty: db.prepare(`update box set state = 'gone', marks = :marks where ${here}`),
    forget: db.prepare(`delete from total where ${here}`),
    begin: db.prepare(
      `insert into total (ledger, meeting, item, in_favour, against, abstain)
       values (:ledger, :meeting, :item, :nothing, :nothing, :nothing)`,
    ),
    count: { for: count('in_favour'), against: count('against'), abstain: count('abstain') },
    totals: db.prepare(
      `select item, in_favour, against, abstain from total where ${here} order by item`,
    ),
    boxes: db.prepare(
      `select ledger, meeting from box where state <> 'gone' order by ledger, meeting`,
    ),
  }
}

// The links and PINs' file, on SQLite: opened, migrated, and handed out as the port. What is replaced is overwritten on disk.
import { join } from 'node:path'
import type {
  BallotLinkStore,
  Issue,
  KeptLink,
  KeptPin,
  LinkFound,
  PinClaim,
  PinPatience,
} from '../../src/domain/ballot-link.ts'
import type { BoxOf } from '../../src/domain/ballot-box.ts'
import type { CommandId } from '../../src/domain/ids.ts'
import { migrate } from '../sqlite/migrate.ts'
import { connect, type Connection } from '../sqlite/open.ts'

export interface OpenBallotLinks {
  readonly links: BallotLinkStore
  readonly close: () => void
}

/** Beside this file in the source as in the build, which copies it. */
const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * Opens (or makes) the file.
 * @throws MigrationRefused, UnsafeConnection
 */
export function openBallotLinks(file: string): OpenBallotLinks {
  const db = connect(file)
  try {
    db.pragma('secure_delete = ON')
    migrate(db, migrationsFolder)
    return { links: new SqliteBallotLinks(db), close: () => db.close() }
  } catch (error) {
    db.close()
    throw error
  }
}

interface PinRow {
  readonly salt: string
  readonly hash: string
  readonly tries: number
  readonly waitsUntil: number
}

class SqliteBallotLinks implements BallotLinkStore {
  readonly #db: Connection
  readonly #sql: ReturnType<typeof prepare>

  constructor(db: Connection) {
    this.#db = db
    this.#sql = prepare(db)
  }

  putLinks({ halves, ...of }: Issue<KeptLink>): Promise<'put' | 'told'> {
    return this.#once(of, () => {
      for (const half of halves) this.#sql.putLink.run({ ...nameOf(of), ...half })
    })
  }

  putPins({ halves, ...of }: Issue<KeptPin>): Promise<'put' | 'told'> {
    return this.#once(of, () => {
      for (const half of halves) this.#sql.putPin.run({ ...nameOf(of), ...half })
    })
  }

  find(digest: string): Promise<LinkFound | undefined> {
    return this.#within(() => this.#sql.find.get(digest))
  }

  claim(of: LinkFound, patience: PinPatience, now: number): Promise<PinClaim> {
    return this.#within(() => {
      const row = this.#sql.pin.get({ ...of })
      if (row === undefined) return 'none'
      const { salt, hash, waitsUntil } = row
      if (row.tries >= patience.most) return 'dead'
      if (waitsUntil > now) return { waits: waitsUntil }
      const tries = row.tries + 1
      this.#sql.tried.run({ ...of, tries, waitsUntil: waitAfter(tries, patience, now) })
      return { claimed: { salt, hash }, left: patience.most - tries }
    })
  }

  forgive(of: LinkFound): Promise<void> {
    return this.#within(() => void this.#sql.tried.run({ ...of, tries: 0, waitsUntil: 0 }))
  }

  erasePins(of: BoxOf): Promise<void> {
    return this.#within(() => void this.#sql.erase.run(nameOf(of)))
  }

  meetings(): Promise<readonly BoxOf[]> {
    return this.#within(() => this.#sql.meetings.all())
  }

  #once({ issue }: { readonly issue: CommandId }, work: () => void): Promise<'put' | 'told'> {
    return this.#within(() => {
      if (this.#sql.issued.run(issue).changes === 0) return 'told'
      work()
      return 'put'
    })
  }

  /** IMMEDIATE, so that what was read still holds when it is written. */
  async #within<T>(work: () => T): Promise<T> {
    return this.#db.transaction(work).immediate()
  }
}

const nameOf = ({ ledger, meeting }: BoxOf): BoxOf => ({ ledger, meeting })

/** From the last free attempt on each one makes the next wait: guesses sent at once find the door shut. */
function waitAfter(tries: number, { free, wait, longest }: PinPatience, now: number): number {
  const over = tries - free
  return over < 0 ? 0 : now + Math.min(longest, wait * 2 ** over)
}

function prepare(db: Connection) {
  const whose = 'ledger = :ledger and meeting = :meeting and person = :person'
  return {
    issued: db.prepare<[string]>(
      'insert into ballot_issue (command) values (?) on conflict do nothing',
    ),
    putLink: db.prepare<[object]>(
      `insert into ballot_link (ledger, meeting, person, digest)
       values (:ledger, :meeting, :person, :digest)
       on conflict (ledger, meeting, person) do update set digest = excluded.digest`,
    ),
    putPin: db.prepare<[object]>(
      `insert into ballot_pin (ledger, meeting, person, salt, hash, tries, waits_until)
       values (:ledger, :meeting, :person, :salt, :hash, 0, 0)
       on conflict (ledger, meeting, person) do update set
         salt = excluded.salt, hash = excluded.hash, tries = 0, waits_until = 0`,
    ),
    find: db.prepare<[string], LinkFound>(
      'select ledger, meeting, person from ballot_link where digest = ?',
    ),
    pin: db.prepare<[object], PinRow>(
      `select salt, hash, tries, waits_until as waitsUntil from ballot_pin where ${whose}`,
    ),
    tried: db.prepare<[object]>(
      `update ballot_pin set tries = :tries, waits_until = :waitsUntil where ${whose}`,
    ),
    erase: db.prepare<[object]>(
      'delete from ballot_pin where ledger = :ledger and meeting = :meeting',
    ),
    meetings: db.prepare<[], BoxOf>(
      'select distinct ledger, meeting from ballot_pin order by ledger, meeting',
    ),
  }
}

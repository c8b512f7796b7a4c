// The vault: names, phones, accounts, list rows. Outside the ledger because it must be erasable
// (ledger-format §14). Two files: values, which may be backed up, and their keys, which must not
// outlive an erasure: with its key gone, a person's values are unreadable in every copy there ever
// was.
import { randomBytes } from 'node:crypto'
import { connect, type Connection, withinOne } from '../sqlite/open.ts'
import { KEY_BYTES, seal, type Sealing, unseal } from './sealing.ts'

export interface VaultOptions {
  /** Ciphertexts. */
  readonly file: string
  /** One wrapped key a subject. Not part of ordinary backups. */
  readonly keysFile: string
  /** Wraps the subjects' keys: 32 bytes, kept by the caller, in neither file. */
  readonly key: Uint8Array
  /**
   * Where keys and nonces come from: the system, when left out. A demonstration brings its seed, and
   * only while it makes the files: the same seed over files that are there would repeat nonces.
   */
  readonly random?: (bytes: number) => Uint8Array
}

/**
 * A subject is a person's id or, for list rows, an attachment's. `name` says what of it: `name`,
 * `phone`, `row/12`.
 */
export interface Vault {
  /** All or nothing; an earlier value of the same name is replaced. @throws SubjectErased */
  put(subject: string, values: Readonly<Record<string, string>>): void
  /**
   * Undefined when it was never there, or was erased. @throws when it was tampered with or the key
   * is another
   */
  get(subject: string, name: string): string | undefined
  all(subject: string): ReadonlyMap<string, string>
  /** `erased` is what a page shows as 〔已依法删除〕. */
  state(subject: string): 'held' | 'erased' | 'unknown'
  /**
   * Beyond recovery when it returns. `at` is recorded; false when nothing was held. The ledger's
   * `pii.erased` is appended after: a crash between leaves values erased without their entry, and
   * erasing again mends that.
   */
  erase(subject: string, at: string): boolean
  /**
   * Many values as one, for whoever makes a whole directory: durable when it resolves, undone when
   * it rejects. Nobody else may use this vault meanwhile.
   */
  together<T>(work: () => Promise<T>): Promise<T>
  /** Everyone held: written before the ledger, some may have no entry and can be erased. */
  subjects(): readonly string[]
  close(): void
}

/** An erased person stays erased: new data needs a new id. */
export class SubjectErased extends Error {}

export function openVault({ file, keysFile, key, random = randomBytes }: VaultOptions): Vault {
  if (key.length !== KEY_BYTES) throw new Error(`the vault's key has ${KEY_BYTES} bytes`)
  const values = openFile(file, VALUES)
  return new SqliteVault(values, openFile(keysFile, KEYS), { key, random })
}

class SqliteVault implements Vault {
  readonly #values: Connection
  readonly #keys: Connection
  readonly #master: Sealing
  readonly #sql: ReturnType<typeof prepare>

  constructor(values: Connection, keys: Connection, master: Sealing) {
    this.#values = values
    this.#keys = keys
    this.#master = master
    this.#sql = prepare(values, keys)
  }

  put(subject: string, entries: Readonly<Record<string, string>>): void {
    if (this.#sql.erased.get(subject) !== undefined) throw new SubjectErased(subject)
    const own = { ...this.#master, key: this.#keyFor(subject) }
    this.#values.transaction(() => {
      for (const [name, value] of Object.entries(entries)) {
        this.#sql.put.run(subject, name, seal(own, Buffer.from(value), ['value', subject, name]))
      }
    })()
  }

  get(subject: string, name: string): string | undefined {
    const own = this.#keyOf(subject)
    const sealed = this.#sql.get.get(subject, name)
    if (own === undefined || sealed === undefined) return undefined
    return unseal(own, sealed, ['value', subject, name]).toString()
  }

  all(subject: string): ReadonlyMap<string, string> {
    const own = this.#keyOf(subject)
    if (own === undefined) return new Map()
    const rows = this.#sql.all.all(subject)
    return new Map(
      rows.map(({ name, sealed }) => {
        return [name, unseal(own, sealed, ['value', subject, name]).toString()]
      }),
    )
  }

  state(subject: string): 'held' | 'erased' | 'unknown' {
    if (this.#sql.erased.get(subject) !== undefined) return 'erased'
    return this.#sql.key.get(subject) === undefined ? 'unknown' : 'held'
  }

  erase(subject: string, at: string): boolean {
    const { deleteKey, insertErased, deleteValues } = this.#sql
    // The key first: a crash right after leaves ciphertexts nobody can read, and erasing again
    // removes them.
    const held = this.#keys.transaction(() => {
      const { changes } = deleteKey.run(subject)
      if (changes > 0) insertErased.run(subject, at)
      return changes > 0
    })()
    deleteValues.run(subject)
    // Deleted bytes are overwritten in the pages; the log still holds the old ones until it is
    // truncated.
    for (const db of [this.#keys, this.#values]) truncateLog(db)
    return held
  }

  together<T>(work: () => Promise<T>): Promise<T> {
    // keys are durable before the values they open, here as with one value alone
    return withinOne(this.#values, () => withinOne(this.#keys, work))
  }

  subjects(): readonly string[] {
    return this.#sql.subjects.all()
  }

  close(): void {
    this.#values.close()
    this.#keys.close()
  }

  #keyOf(subject: string): Buffer | undefined {
    const wrapped = this.#sql.key.get(subject)
    return wrapped === undefined ? undefined : unseal(this.#master.key, wrapped, ['key', subject])
  }

  #keyFor(subject: string): Buffer {
    const known = this.#keyOf(subject)
    if (known !== undefined) return known
    const made = Buffer.from(this.#master.random(KEY_BYTES))
    // Durable before the first value: a crash here leaves a key of nothing.
    this.#sql.insertKey.run(subject, seal(this.#master, made, ['key', subject]))
    return made
  }
}

const VALUES = `create table if not exists value (
  subject text not null, name text not null, sealed blob not null, primary key (subject, name)
) strict, without rowid;`

const KEYS = `create table if not exists key (
  subject text primary key not null, wrapped blob not null
) strict, without rowid;
create table if not exists erased (
  subject text primary key not null, at text not null
) strict, without rowid;`

function openFile(file: string, tables: string): Connection {
  const db = connect(file)
  db.pragma('secure_delete = ON')
  if (db.pragma('secure_delete', { simple: true }) !== 1) throw new Error('secure_delete is off')
  db.exec(tables)
  return db
}

function truncateLog(db: Connection): void {
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
  if (result?.busy !== 0) throw new Error('erased, but another reader keeps the log: erase again')
}

function prepare(values: Connection, keys: Connection) {
  return {
    put: values.prepare<[string, string, Buffer]>(
      `insert into value (subject, name, sealed) values (?, ?, ?)
       on conflict (subject, name) do update set sealed = excluded.sealed`,
    ),
    get: values
      .prepare<[string, string], Buffer>('select sealed from value where subject = ? and name = ?')
      .pluck(),
    all: values.prepare<[string], { name: string; sealed: Buffer }>(
      'select name, sealed from value where subject = ? order by name',
    ),
    deleteValues: values.prepare<[string]>('delete from value where subject = ?'),
    key: keys.prepare<[string], Buffer>('select wrapped from key where subject = ?').pluck(),
    insertKey: keys.prepare<[string, Buffer]>('insert into key (subject, wrapped) values (?, ?)'),
    deleteKey: keys.prepare<[string]>('delete from key where subject = ?'),
    subjects: keys.prepare<[], string>('select subject from key order by subject').pluck(),
    erased: keys.prepare<[string], string>('select at from erased where subject = ?').pluck(),
    insertErased: keys.prepare<[string, string]>('insert into erased (subject, at) values (?, ?)'),
  }
}

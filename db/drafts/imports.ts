// Imports that wait to be confirmed: whose they are and what became of them. Their rows lie in the vault.
import { z } from 'zod'
import {
  originSchema,
  personIdSchema,
  type Sha256Hex,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import {
  importStates,
  importSubjectSchema,
  type ImportStore,
  type KeptImport,
} from '../../src/domain/import.ts'
import { type Instant, instantSchema } from '../../src/domain/time.ts'
import type { Connection } from '../sqlite/open.ts'

const rowSchema = z
  .object({
    id: sha256HexSchema,
    ledger: originSchema,
    person: personIdSchema,
    subject: importSubjectSchema,
    digest: sha256HexSchema,
    state: z.enum(importStates),
    madeAt: instantSchema,
    expiresAt: instantSchema,
    outcome: z.string(),
  })
  .transform(({ outcome, ...row }): KeptImport => (outcome === '' ? row : { ...row, outcome }))

const columns = `id, ledger, person, subject, digest, state, made_at as madeAt,
  expires_at as expiresAt, outcome`
/** A desk shows so many. */
const LISTED = 50

type Whose = Pick<KeptImport, 'ledger' | 'person'>

export class SqliteImports implements ImportStore {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  add({ id, ledger, person, subject, digest, ...one }: KeptImport): Promise<void> {
    return this.#within(() => {
      this.#db
        .prepare(
          `insert into import (id, ledger, person, subject, digest, state, made_at, expires_at)
           values (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, ledger, person, subject, digest, one.state, one.madeAt, one.expiresAt)
    })
  }

  find(id: Sha256Hex, { ledger, person }: Whose): Promise<KeptImport | undefined> {
    return this.#within(() => {
      const found = this.#db
        .prepare(`select ${columns} from import where id = ? and ledger = ? and person = ?`)
        .get(id, ledger, person)
      return found === undefined ? undefined : rowSchema.parse(found)
    })
  }

  list({ ledger, person }: Whose): Promise<readonly KeptImport[]> {
    return this.#within(() =>
      this.#db
        .prepare(
          `select ${columns} from import where person = ? and ledger = ?
           order by made_at desc, id desc limit ${LISTED}`,
        )
        .all(person, ledger)
        .map((row) => rowSchema.parse(row)),
    )
  }

  settle(id: Sha256Hex, { state, outcome }: Pick<Required<KeptImport>, 'state' | 'outcome'>) {
    return this.#within(() => {
      this.#db
        .prepare('update import set state = ?, outcome = ? where id = ?')
        .run(state, outcome, id)
    })
  }

  drop(id: Sha256Hex): Promise<void> {
    return this.#within(() => {
      this.#db.prepare('delete from import where id = ?').run(id)
    })
  }

  expired(at: Instant): Promise<readonly KeptImport[]> {
    return this.#within(() =>
      this.#db
        .prepare(`select ${columns} from import where expires_at <= ?`)
        .all(at)
        .map((row) => rowSchema.parse(row)),
    )
  }

  #within<T>(work: () => T): Promise<T> {
    return Promise.resolve().then(() => this.#db.transaction(work).immediate())
  }
}

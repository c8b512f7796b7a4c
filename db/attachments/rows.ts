// What is known of the files: one row a village and digest, by drizzle, and how a row is told.
import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { Attachment, Erasing } from '../../src/domain/attachment.ts'
import type { Origin, PersonId, Sha256Hex } from '../../src/domain/ids.ts'
import { type Connection, withinOne } from '../sqlite/open.ts'
import { attachment } from './sqlite.ts'

export type Row = typeof attachment.$inferSelect

const at = (ledger: Origin, sha256: Sha256Hex) =>
  and(eq(attachment.ledger, ledger), eq(attachment.sha256, sha256))

/** Not erased. */
const there = isNull(attachment.erasedAt)

/** Asked with every command that names files, so they are put together once. */
const prepared = (db: BetterSQLite3Database) => {
  const wanted = and(
    eq(attachment.ledger, sql.placeholder('ledger')),
    eq(attachment.sha256, sql.placeholder('sha256')),
  )
  return {
    find: db.select().from(attachment).where(wanted).prepare(),
    name: db
      .update(attachment)
      .set({ named: true })
      .where(and(wanted, there, eq(attachment.named, false)))
      .prepare(),
  }
}

export class Rows {
  readonly #db: BetterSQLite3Database
  readonly #connection: Connection
  readonly #prepared: ReturnType<typeof prepared>

  constructor(connection: Connection) {
    this.#connection = connection
    this.#db = drizzle(connection)
    this.#prepared = prepared(this.#db)
  }

  find(ledger: Origin, sha256: Sha256Hex): Row | undefined {
    return this.#prepared.find.get({ ledger, sha256 })
  }

  /** The row there is afterwards: another's, where there was one. */
  add(row: Row): Row {
    return this.#connection
      .transaction(() => {
        this.#db.insert(attachment).values(row).onConflictDoNothing().run()
        this.#touch(row.ledger, row.sha256, row.touchedAt)
        return this.find(row.ledger, row.sha256) ?? row
      })
      .immediate()
  }

  /** Durable before anybody relies on it. What was touched today or named is left as it is: a sweep takes neither. */
  touch(ledger: Origin, digests: readonly Sha256Hex[], now: number): void {
    const stale = digests.filter((sha256) => {
      const row = this.find(ledger, sha256)
      return row !== undefined && !row.named && row.touchedAt < now - DAY_MS
    })
    if (stale.length === 0) return
    this.#connection
      .transaction(() => {
        for (const sha256 of stale) this.#touch(ledger, sha256, now)
      })
      .immediate()
  }

  /** Once a day is often enough to stay. */
  #touch(ledger: Origin, sha256: Sha256Hex, now: number): void {
    const stale = lt(attachment.touchedAt, now - DAY_MS)
    this.#db
      .update(attachment)
      .set({ touchedAt: now })
      .where(and(at(ledger, sha256), there, stale))
      .run()
  }

  /** Not waited for to be on disk: after a crash before that, the sweep reads in the ledger what is named. */
  named(ledger: Origin, digests: readonly Sha256Hex[]): void {
    const unknown = digests.filter((sha256) => this.find(ledger, sha256)?.named === false)
    if (unknown.length === 0) return
    this.#unhurried(() => {
      for (const sha256 of unknown) this.#prepared.name.run({ ledger, sha256 })
    })
  }

  /** Everything else of this file is durable at once; this is with the next of it. */
  #unhurried(work: () => void): void {
    const connection = this.#connection
    const inside = connection.inTransaction
    if (!inside) connection.pragma('synchronous = NORMAL')
    try {
      connection.transaction(work).immediate()
    } finally {
      if (!inside) connection.pragma('synchronous = FULL')
    }
  }

  unnamed(before: number): readonly Pick<Row, 'ledger' | 'sha256'>[] {
    return this.#db
      .select({ ledger: attachment.ledger, sha256: attachment.sha256 })
      .from(attachment)
      .where(and(eq(attachment.named, false), lt(attachment.touchedAt, before), there))
      .orderBy(asc(attachment.ledger), asc(attachment.sha256))
      .all()
  }

  unnamedBytes(ledger: Origin, by: PersonId): number {
    const own = and(eq(attachment.ledger, ledger), eq(attachment.broughtBy, by))
    const row = this.#db
      .select({ bytes: sql<number>`coalesce(sum(${attachment.size}), 0)` })
      .from(attachment)
      .where(and(own, eq(attachment.named, false), there))
      .get()
    return row?.bytes ?? 0
  }

  /** The row as it was; undefined when it is no orphan any more. */
  drop(ledger: Origin, sha256: Sha256Hex, before: number): Row | undefined {
    const orphan = and(eq(attachment.named, false), lt(attachment.touchedAt, before), there)
    return this.#db
      .delete(attachment)
      .where(and(at(ledger, sha256), orphan))
      .returning()
      .get()
  }

  /** The row as it was; undefined where nothing is kept. */
  erase(
    ledger: Origin,
    sha256: Sha256Hex,
    { basis, approver, now }: Erasing & { readonly now: number },
  ): Row | undefined {
    return this.#connection
      .transaction(() => {
        const row = this.find(ledger, sha256)
        if (row === undefined || row.erasedAt !== null) return row
        this.#db
          .update(attachment)
          .set({ erasedAt: now, erasedBasis: basis, erasedBy: approver })
          .where(at(ledger, sha256))
          .run()
        return row
      })
      .immediate()
  }

  list(ledger: Origin, after: string, limit: number): readonly Row[] {
    return this.#db
      .select()
      .from(attachment)
      .where(and(eq(attachment.ledger, ledger), gt(sql`${attachment.sha256}`, after)))
      .orderBy(asc(attachment.sha256))
      .limit(limit)
      .all()
  }

  together<T>(work: () => Promise<T>): Promise<T> {
    return withinOne(this.#connection, work)
  }

  /** Subjects whose file and name are to be had. */
  holds(subject: string): boolean {
    const found = and(eq(attachment.subject, subject), there)
    return (
      this.#db
        .select({ one: sql`1` })
        .from(attachment)
        .where(found)
        .get() !== undefined
    )
  }
}

const DAY_MS = 86_400_000

export function attachmentOf(row: Row, name: string | undefined): Attachment {
  const { sha256, size, media, broughtAt, broughtBy } = row
  const { erasedAt, erasedBasis, erasedBy } = row
  return {
    sha256,
    size,
    media,
    at: broughtAt,
    ...(broughtBy === null ? {} : { by: broughtBy }),
    ...(name === undefined ? {} : { name }),
    ...(erasedAt === null
      ? {}
      : { erased: { at: erasedAt, basis: erasedBasis ?? '', approver: erasedBy ?? '' } }),
  }
}

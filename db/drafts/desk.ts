// Drafts at the desks of those who write them: seen by whom they belong to, saved by revision, kept still while they are
// submitted.
import { z } from 'zod'
import {
  type DeskDraft,
  type Desk,
  type DraftDesk,
  draftSchema,
  draftStates,
  type NewDraft,
  type Saving,
} from '../../src/domain/draft.ts'
import { type DraftForm, draftFormSchema } from '../../src/domain/draft-form.ts'
import {
  type CommandId,
  commandIdSchema,
  personIdSchema,
  type Sha256Hex,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import { instantSchema } from '../../src/domain/time.ts'
import type { Connection } from '../sqlite/open.ts'
import { releasing } from './store.ts'

const rowSchema = z.object({
  id: sha256HexSchema,
  state: z.enum(draftStates),
  content: z.string(),
  command: z.string(),
  request: z.string(),
  owner: z.string(),
  revision: z.int(),
  saved_at: z.string(),
  submitted_on: z.string(),
  line: z.int(),
  form: z.string(),
})
type Row = z.infer<typeof rowSchema>

const columns = `id, state, content, command, request, owner, revision, saved_at, submitted_on,
  line, form`

function deskDraft({ id, state, content, command, request, owner, ...row }: Row): DeskDraft {
  const imported = content === '' ? undefined : draftSchema.parse(JSON.parse(content))
  return {
    id,
    state,
    revision: row.revision,
    ...(row.saved_at === '' ? {} : { savedAt: instantSchema.parse(row.saved_at) }),
    ...(owner === '' ? {} : { owner: personIdSchema.parse(owner) }),
    form: formIn(row.form, imported?.submission),
    ...(imported === undefined ? {} : { imported }),
    ...(command === '' ? {} : { command: commandIdSchema.parse(command) }),
    ...(request === '' ? {} : { request }),
  }
}

/** What somebody made of it; else as the sheet had it. */
const formIn = (form: string, imported: DraftForm | undefined): DraftForm =>
  form === '' ? (imported ?? {}) : draftFormSchema.parse(JSON.parse(form))

/** Own ones of the village, and imported ones of the companies whose books one keeps. */
const MINE = `((owner = :person and ledger = :ledger)
  or (owner = '' and company in (select value from json_each(:companies))))`
const placeOf = ({ ledger, person, companies }: Desk) => ({
  ledger,
  person,
  companies: JSON.stringify(companies),
})

const DIGEST = /[0-9a-f]{64}/g

export class SqliteDesk implements DraftDesk {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  desk(
    desk: Desk,
    { limit, after }: { readonly limit: number; readonly after?: readonly string[] | undefined },
  ): ReturnType<DraftDesk['desk']> {
    return this.#within(() => {
      const [savedAt = null, on = '', line = '', id = ''] = after ?? []
      const rows = this.#db
        .prepare(
          `select ${columns} from draft
           where ${MINE} and (form <> '' or content <> '') and state <> 'submitted'
             and (:savedAt is null or
               (saved_at, submitted_on, line, id) < (:savedAt, :on, cast(:line as integer), :id))
           order by saved_at desc, submitted_on desc, line desc, id desc limit :limit`,
        )
        .all({ ...placeOf(desk), savedAt, on, line, id, limit: limit + 1 })
        .map((row) => rowSchema.parse(row))
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      const drafts = shown.map(deskDraft)
      return rows.length > limit && last !== undefined
        ? { rows: drafts, next: [last.saved_at, last.submitted_on, String(last.line), last.id] }
        : { rows: drafts }
    })
  }

  onDesk(desk: Desk, id: Sha256Hex): Promise<DeskDraft | undefined> {
    return this.#within(() => this.#on(desk, id))
  }

  /** Erased by its people it is gone; submitted, it still tells what it became. */
  #on(desk: Desk, id: Sha256Hex): DeskDraft | undefined {
    const found = this.#db
      .prepare(
        `select ${columns} from draft where id = :id and ${MINE}
           and (form <> '' or content <> '' or state = 'submitted')`,
      )
      .get({ ...placeOf(desk), id })
    return found === undefined ? undefined : deskDraft(rowSchema.parse(found))
  }

  begin({ id, ledger, owner, form, at }: NewDraft, limit: number): ReturnType<DraftDesk['begin']> {
    const desk = { ledger, person: owner, companies: [] }
    return this.#within(() => {
      const known = this.#on(desk, id)
      if (known !== undefined) return known
      const held = this.#db
        .prepare(`select count(*) from draft where owner = ? and form <> ''`)
        .pluck()
        .get(owner)
      if (Number(held) >= limit) return 'full'
      this.#db
        .prepare(
          `insert into draft (id, state, company, submitted_on, line, content, owner, ledger,
             revision, saved_at, form)
           values (?, 'waiting', '', '', 0, '', ?, ?, 1, ?, ?)
           on conflict (id) do nothing`,
        )
        .run(id, owner, ledger, at, JSON.stringify(form))
      return this.#on(desk, id) ?? 'gone'
    })
  }

  save(desk: Desk, id: Sha256Hex, { seen, form, at }: Saving): ReturnType<DraftDesk['save']> {
    return this.#within(() => {
      const known = this.#on(desk, id)
      if (known === undefined) return undefined
      if (known.state !== 'waiting') return 'busy'
      if (seen !== undefined && seen !== known.revision) return 'stale'
      this.#db
        .prepare('update draft set form = ?, revision = revision + 1, saved_at = ? where id = ?')
        .run(JSON.stringify(form), at, id)
      return this.#on(desk, id)
    })
  }

  async discard(desk: Desk, id: Sha256Hex, seen?: number): ReturnType<DraftDesk['discard']> {
    const answer = await this.#within(() => {
      const known = this.#on(desk, id)
      if (known === undefined) return undefined
      if (known.state !== 'waiting') return 'busy'
      if (seen !== undefined && seen !== known.revision) return 'stale'
      // the id stays: a sheet imported again brings nothing back that was thrown away
      this.#db.prepare(`update draft set form = '', content = '' where id = ?`).run(id)
      return 'discarded'
    })
    if (answer === 'discarded') this.#forget()
    return answer
  }

  reserve(id: Sha256Hex, command: CommandId): Promise<boolean> {
    return this.#within(
      () =>
        this.#db
          .prepare(
            `update draft set state = 'taken', command = ? where id = ? and state = 'waiting'`,
          )
          .run(command, id).changes === 1,
    )
  }

  async release(id: Sha256Hex): Promise<void> {
    await this.#within(() => this.#db.prepare(releasing).run(id))
  }

  digests(): Promise<ReadonlySet<Sha256Hex>> {
    return this.#within(() => {
      const found = new Set<Sha256Hex>()
      const kept = this.#db
        .prepare<[], { form: string; content: string }>(
          `select form, content from draft where form <> '' or content <> ''`,
        )
        .iterate()
      for (const { form, content } of kept) {
        for (const [digest] of `${form} ${content}`.matchAll(DIGEST))
          found.add(sha256HexSchema.parse(digest))
      }
      return found
    })
  }

  async became(id: Sha256Hex, request: string): Promise<void> {
    await this.#within(() =>
      this.#db
        .prepare(
          `update draft set state = 'submitted', request = ?, form = '', content = ''
           where id = ? and state = 'taken'`,
        )
        .run(request, id),
    )
    this.#forget()
  }

  /** Until then the write-ahead log still holds what was erased; a reader in the way is no reason to fail what is done. */
  #forget(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)')
  }

  /** One transaction: all of it or, when anything throws, nothing. */
  #within<T>(work: () => T): Promise<T> {
    return Promise.resolve().then(() => this.#db.transaction(work).immediate())
  }
}

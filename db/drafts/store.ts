// Drafts (草稿) in a file of their own: they may hold names, so they are erasable and no part of the ledger's database.
import { z } from 'zod'
import {
  type Draft,
  draftSchema,
  type DraftFilter,
  type DraftStore,
  draftStates,
  intentSchema,
  type Intent,
  type KeptDraft,
  type PayeeList,
} from '../../src/domain/draft.ts'
import { type Sha256Hex, sha256HexSchema } from '../../src/domain/ids.ts'
import type { Connection } from '../sqlite/open.ts'

const LIMIT_MAX = 1000

export const releasing = `update draft set state = 'waiting', command = '', request = ''
  where id = ? and state = 'taken'`

const rowSchema = z.object({
  id: sha256HexSchema,
  state: z.enum(draftStates),
  content: z.string(),
  command: z.string(),
  request: z.string(),
})

function keptDraft(found: unknown): KeptDraft {
  const { id, state, content, command, request } = rowSchema.parse(found)
  return {
    id,
    state,
    ...(content === '' ? {} : { draft: draftSchema.parse(JSON.parse(content)) }),
    // at a desk it is reserved before its number is known
    ...(command === '' || request === ''
      ? {}
      : { intent: intentSchema.parse({ command, request }) }),
  }
}

/** What imports bring and the command line works on. */
export class SqliteDrafts implements DraftStore {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  putAll(drafts: readonly Draft[]): Promise<{ added: number; known: number }> {
    return this.#within(() => {
      const insert = this.#db.prepare(
        `insert into draft (id, state, company, submitted_on, line, content)
         values (?, 'waiting', ?, ?, ?, ?) on conflict (id) do nothing`,
      )
      let added = 0
      for (const draft of drafts) {
        const { id, submission, submittedOn, line } = draft
        added += insert.run(
          id,
          submission.company,
          submittedOn,
          line,
          JSON.stringify(draft),
        ).changes
      }
      return { added, known: drafts.length - added }
    })
  }

  list({ state, company, after, limit = 100 }: DraftFilter = {}): Promise<readonly KeptDraft[]> {
    return this.#within(() =>
      this.#db
        .prepare(
          `select id, state, content, command, request from draft
           where content <> '' and state = coalesce(:state, state)
             and company = coalesce(:company, company)
             and (:after is null or (submitted_on, line, id) >
               (select submitted_on, line, id from draft where id = :after))
           order by submitted_on, line, id limit :limit`,
        )
        .all({
          state: state ?? null,
          company: company ?? null,
          after: after ?? null,
          limit: Math.min(limit, LIMIT_MAX),
        })
        .map(keptDraft),
    )
  }

  find(id: Sha256Hex): Promise<KeptDraft | undefined> {
    return this.#within(() => this.#find(id))
  }

  #find(id: Sha256Hex): KeptDraft | undefined {
    const found = this.#db
      .prepare('select id, state, content, command, request from draft where id = ?')
      .get(id)
    return found === undefined ? undefined : keptDraft(found)
  }

  // A crash after this leaves the draft taken: whoever takes it again gets the same intent and sends the same command.
  take(id: Sha256Hex, { command, request }: Intent): Promise<Intent | undefined> {
    return this.#within(() => {
      this.#db
        .prepare(
          `update draft set state = 'taken', command = ?, request = ?
           where id = ? and state = 'waiting' and content <> ''`,
        )
        .run(command, request, id)
      return this.#find(id)?.intent
    })
  }

  release(id: Sha256Hex): Promise<void> {
    return this.#move(releasing, id)
  }

  attach(id: Sha256Hex, list: PayeeList): Promise<boolean> {
    return this.#within(() => {
      const found = this.#find(id)
      if (found?.state !== 'waiting' || found.draft?.needsList !== true) return false
      const { submission, ...rest } = found.draft
      const draft: Draft = { ...rest, submission: { ...submission, payee: list }, needsList: false }
      this.#db
        .prepare(
          `update draft set content = ?, revision = revision + 1,
             form = case form when '' then '' else json_set(form, '$.payee', json(?)) end
           where id = ?`,
        )
        .run(JSON.stringify(draft), JSON.stringify(list), id)
      return true
    })
  }

  markSubmitted(id: Sha256Hex): Promise<void> {
    return this.#move(`update draft set state = 'submitted' where id = ? and state = 'taken'`, id)
  }

  async erase(id: Sha256Hex): Promise<void> {
    await this.#move(`update draft set content = '', form = '' where id = ?`, id)
    // until then the write-ahead log still holds what was erased
    this.#db.pragma('wal_checkpoint(TRUNCATE)')
  }

  close(): Promise<void> {
    return Promise.resolve().then(() => {
      this.#db.close()
    })
  }

  #move(sql: string, id: Sha256Hex): Promise<void> {
    return this.#within(() => {
      this.#db.prepare(sql).run(id)
    })
  }

  /** One transaction: all of it or, when anything throws, nothing. */
  #within<T>(work: () => T): Promise<T> {
    return Promise.resolve().then(() => this.#db.transaction(work).immediate())
  }
}

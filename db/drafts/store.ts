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
import { type Connection, connect } from '../sqlite/open.ts'

const VERSION = 1
const LIMIT_MAX = 1000

/** `company`, `submitted_on` and `line` stand beside the content to be filtered and sorted by; names are in it alone. */
const SCHEMA = `
  create table draft (
    id text primary key check (length(id) = 64),
    state text not null check (state in ('waiting', 'taken', 'submitted')),
    company text not null,
    submitted_on text not null,
    line integer not null,
    content text not null,
    command text not null default '',
    request text not null default '',
    check ((state = 'waiting') = (command = '' and request = ''))
  ) strict, without rowid;
  create index draft_in_order on draft (submitted_on, line, id);
  pragma user_version = ${VERSION};
`

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
    ...(command === '' ? {} : { intent: intentSchema.parse({ command, request }) }),
  }
}

/** A file of another release of the program. */
export class DraftsUnfit extends Error {}

/**
 * Opens (or makes) the file.
 * @throws DraftsUnfit
 */
export function openDrafts(file: string): DraftStore {
  const db = connect(file)
  // what is erased or replaced is overwritten on disk
  db.pragma('secure_delete = ON')
  db.transaction(() => migrate(db)).immediate()
  return new SqliteDrafts(db)
}

function migrate(db: Connection): void {
  const version = db.pragma('user_version', { simple: true })
  if (version === 0) db.exec(SCHEMA)
  else if (version !== VERSION)
    throw new DraftsUnfit(`drafts of version ${String(version)}, not ${VERSION}`)
}

class SqliteDrafts implements DraftStore {
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
    return this.#move(
      `update draft set state = 'waiting', command = '', request = ''
       where id = ? and state = 'taken'`,
      id,
    )
  }

  attach(id: Sha256Hex, list: PayeeList): Promise<boolean> {
    return this.#within(() => {
      const found = this.#find(id)
      if (found?.state !== 'waiting' || found.draft?.needsList !== true) return false
      const { submission, ...rest } = found.draft
      const draft: Draft = { ...rest, submission: { ...submission, payee: list }, needsList: false }
      this.#db.prepare('update draft set content = ? where id = ?').run(JSON.stringify(draft), id)
      return true
    })
  }

  markSubmitted(id: Sha256Hex): Promise<void> {
    return this.#move(`update draft set state = 'submitted' where id = ? and state = 'taken'`, id)
  }

  async erase(id: Sha256Hex): Promise<void> {
    await this.#move(`update draft set content = '' where id = ?`, id)
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

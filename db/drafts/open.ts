// The drafts' file: one table of drafts, imported or begun by hand, and one of imports that wait to be confirmed.
import type { DraftDesk, DraftStore } from '../../src/domain/draft.ts'
import type { ImportStore } from '../../src/domain/import.ts'
import { type Connection, connect } from '../sqlite/open.ts'
import { SqliteDesk } from './desk.ts'
import { SqliteImports } from './imports.ts'
import { SqliteDrafts } from './store.ts'

/** Each brings the file from the version before; all that are due run in one transaction. Never change one that was released. */
const steps: readonly string[] = [
  // `company`, `submitted_on` and `line` stand beside the content to be filtered and sorted by; names are in it alone
  `create table draft (
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
  create index draft_in_order on draft (submitted_on, line, id);`,
  // `form`: what a person has made of it. `owner`: whose own it is; '' for a row of a sheet, which is the company's
  `alter table draft add column owner text not null default '';
  alter table draft add column ledger text not null default '';
  alter table draft add column revision integer not null default 0;
  alter table draft add column saved_at text not null default '';
  alter table draft add column form text not null default '';
  create index draft_of_owner on draft (owner, ledger, saved_at, id);
  create index draft_of_company on draft (company, saved_at, id);
  create table import (
    id text primary key check (length(id) = 64),
    ledger text not null,
    person text not null,
    subject text not null,
    digest text not null check (length(digest) = 64),
    state text not null check (state in ('shown', 'confirmed')),
    made_at text not null,
    expires_at text not null,
    outcome text not null default ''
  ) strict, without rowid;
  create index import_of_person on import (person, ledger, made_at, id);`,
]

/** A file of another release of the program. */
export class DraftsUnfit extends Error {}

export interface OpenDrafts extends DraftStore {
  readonly atDesk: DraftDesk
  readonly imports: ImportStore
}

/**
 * Opens (or makes) the file.
 * @throws DraftsUnfit, UnsafeConnection
 */
export function openDrafts(file: string): OpenDrafts {
  const db = connect(file)
  try {
    // what is erased or replaced is overwritten on disk
    db.pragma('secure_delete = ON')
    if (db.pragma('secure_delete', { simple: true }) !== 1) throw new DraftsUnfit('secure_delete')
    db.transaction(() => migrate(db)).immediate()
    return Object.assign(new SqliteDrafts(db), {
      atDesk: new SqliteDesk(db),
      imports: new SqliteImports(db),
    })
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: Connection): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > steps.length)
    throw new DraftsUnfit(`drafts of version ${version}, not ${steps.length}`)
  for (const step of steps.slice(version)) db.exec(step)
  db.pragma(`user_version = ${steps.length}`)
}

// Rows as the driver gives them, as the nouns of the domain.
import type { Account, NewAccount, StoredSession } from '../../src/domain/account.ts'
import type { Connection } from '../sqlite/open.ts'

export type SessionRow = Omit<StoredSession, 'suspended' | 'secondFactor'> & {
  readonly suspended: number | null
  readonly secondFactor: number | null
}

export const sessionOfRow = (row: SessionRow): StoredSession => ({
  ...row,
  suspended: row.suspended === 1,
  secondFactor: row.secondFactor === 1,
})

export interface AccountRow {
  readonly id: string
  readonly username: string
  readonly person: Account['person'] | null
  readonly role: Account['role'] | null
  readonly banned: number | null
  readonly ready: number
  readonly secondFactor: number | null
  readonly madeAt: number
}

export const accountColumns = `id, username, person_id as person, role, banned, ready,
  two_factor_enabled as secondFactor, created_at as madeAt`

export const accountOfRow = ({ id, username, madeAt, ...row }: AccountRow): Account => ({
  id,
  username,
  ...(row.person === null || row.person === undefined ? {} : { person: row.person }),
  role: row.role ?? 'none',
  suspended: row.banned === 1,
  ready: row.ready === 1,
  secondFactor: row.secondFactor === 1,
  madeAt,
})

export const linkColumns = `id, digest, user_id as account, made_by as madeBy, made_at as madeAt,
  expires_at as expiresAt`

/** better-auth's word for username and password. */
export const CREDENTIAL = 'credential'

/** The account and its password, inside the caller's transaction. */
export function insertAccount(db: Connection, account: NewAccount): void {
  const { id, username, person, role, password, ready, madeAt } = account
  db.prepare(
    `insert into user (id, name, email, email_verified, created_at, updated_at, username,
       two_factor_enabled, role, banned, person_id, ready)
     values (?, ?, ?, 0, ?, ?, ?, 0, ?, 0, ?, ?)`,
  ).run(
    id,
    username,
    `${id}@noreply.invalid`,
    madeAt,
    madeAt,
    username,
    role,
    person ?? null,
    ready ? 1 : 0,
  )
  // better-auth finds a person's password by account_id = user_id
  db.prepare(
    `insert into account (id, account_id, provider_id, user_id, password, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
  ).run(`${id}-password`, id, CREDENTIAL, id, password, madeAt, madeAt)
}

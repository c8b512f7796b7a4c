// The accounts on SQLite: better-auth's tables as far as we read and write them ourselves. What it does at sign-in it does
// through its adapter over the same connection (open.ts).
import type {
  Account,
  AccountStore,
  ListedSession,
  NewAccount,
  Proof,
  SetupLink,
  SignInProof,
  StoredSession,
} from '../../src/domain/account.ts'
import type { Connection } from '../sqlite/open.ts'
import {
  accountColumns,
  accountOfRow,
  type AccountRow,
  linkColumns,
  sessionOfRow,
  type SessionRow,
} from './rows.ts'

/** better-auth's word for username and password. */
const CREDENTIAL = 'credential'

export class SqliteAccounts implements AccountStore {
  readonly #db: Connection
  readonly #bySession: ReturnType<typeof prepareSession>

  constructor(db: Connection) {
    this.#db = db
    this.#bySession = prepareSession(db)
  }

  session(token: string): StoredSession | undefined {
    const row = this.#bySession.get(token)
    return row === undefined ? undefined : sessionOfRow(row)
  }

  sessionsOf(account: string, now: number) {
    return this.#within(() =>
      this.#db
        .prepare<[string, number], Omit<ListedSession, 'current'>>(
          `select id, created_at as startedAt, expires_at as expiresAt,
             coalesce(ip_address, '') as address, coalesce(user_agent, '') as device
           from session where user_id = ? and expires_at > ? order by created_at desc, id`,
        )
        .all(account, now),
    )
  }

  purge(now: number): Promise<void> {
    return this.#within(() => {
      for (const table of ['session', 'verification']) {
        this.#run(`delete from ${table} where expires_at < ?`, [now])
      }
    })
  }

  endSession(account: string, session: string): Promise<boolean> {
    const ended = `delete from session where user_id = ? and id = ?`
    return this.#within(() => this.#run(ended, [account, session]) > 0)
  }

  endSessions(account: string, except = ''): Promise<number> {
    const ended = `delete from session where user_id = ? and id <> ?`
    return this.#within(() => this.#run(ended, [account, except]))
  }

  confirm(session: string, { at, by }: { at: number; by: Proof }): Promise<void> {
    const confirmed = 'update session set confirmed_at = ?, confirmed_by = ? where id = ?'
    return this.#within(() => void this.#run(confirmed, [at, by, session]))
  }

  prove(session: string, by: SignInProof): Promise<void> {
    const proved = 'update session set signed_in_by = ? where id = ?'
    return this.#within(() => void this.#run(proved, [by, session]))
  }

  account(id: string): Promise<Account | undefined> {
    return this.#within(() => this.#accounts('where id = ?', id)[0])
  }

  accounts(): Promise<readonly Account[]> {
    return this.#within(() => this.#accounts('order by username'))
  }

  byUsername(username: string): Promise<Account | undefined> {
    return this.#within(() => this.#accounts('where username = ?', username)[0])
  }

  hasAdministrator(): Promise<boolean> {
    const found = `where role = 'administrator' and ready = 1 limit 1`
    return this.#within(() => this.#accounts(found).length > 0)
  }

  add(account: NewAccount): Promise<'added' | 'usernameTaken' | 'personHasAccount'> {
    return this.#within(() => {
      const { username, person } = account
      if (this.#accounts('where username = ?', username).length > 0) return 'usernameTaken'
      if (person !== undefined && this.#accounts('where person_id = ?', person).length > 0) {
        return 'personHasAccount'
      }
      this.#insert(account)
      return 'added'
    })
  }

  suspend(account: string, reason: string): Promise<void> {
    return this.#within(() => {
      this.#run('update user set banned = 1, ban_reason = ? where id = ?', [reason, account])
      this.#run('delete from session where user_id = ?', [account])
    })
  }

  restore(account: string): Promise<void> {
    return this.#within(() => {
      this.#run('update user set banned = 0, ban_reason = null where id = ?', [account])
    })
  }

  remove(account: string): Promise<void> {
    return this.#within(() => {
      for (const table of ['session', 'account', 'two_factor', 'totp_step', 'setup_link']) {
        this.#run(`delete from ${table} where user_id = ?`, [account])
      }
      this.#run('delete from verification where value = ?', [account])
      this.#run('delete from user where id = ?', [account])
    })
  }

  addLink({ id, digest, account, madeBy, madeAt, expiresAt }: SetupLink): Promise<void> {
    return this.#within(() => {
      this.#run(
        `update setup_link set replaced_at = ?
         where user_id = ? and used_at is null and replaced_at is null`,
        [madeAt, account],
      )
      this.#run(
        `insert into setup_link (id, digest, user_id, made_by, made_at, expires_at)
         values (?, ?, ?, ?, ?, ?)`,
        [id, digest, account, madeBy, madeAt, expiresAt],
      )
    })
  }

  link(digest: string, now: number): Promise<SetupLink | undefined> {
    return this.#within(() => this.#link(digest, now))
  }

  useLink(digest: string, password: string, now: number): Promise<string | undefined> {
    return this.#within(() => {
      const link = this.#link(digest, now)
      if (link === undefined) return undefined
      const { account } = link
      this.#run('update setup_link set used_at = ? where id = ?', [now, link.id])
      this.#run('update user set ready = 1, two_factor_enabled = 0, updated_at = ? where id = ?', [
        now,
        account,
      ])
      this.#setPassword(account, password)
      this.#run('delete from account where user_id = ? and provider_id <> ?', [account, CREDENTIAL])
      for (const table of ['session', 'two_factor', 'totp_step']) {
        this.#run(`delete from ${table} where user_id = ?`, [account])
      }
      // a sign-in that waits for the second factor that is gone
      this.#run('delete from verification where value = ?', [account])
      return account
    })
  }

  passwordOf(account: string): Promise<string | undefined> {
    return this.#within(() =>
      this.#db
        .prepare<[string, string], string>(
          'select password from account where user_id = ? and provider_id = ?',
        )
        .pluck()
        .get(account, CREDENTIAL),
    )
  }

  setPassword(account: string, hash: string): Promise<void> {
    return this.#within(() => this.#setPassword(account, hash))
  }

  challenged(challenge: string, now: number): Promise<string | undefined> {
    return this.#within(() =>
      this.#db
        .prepare<[string, number], string>(
          'select value from verification where identifier = ? and expires_at > ?',
        )
        .pluck()
        .get(challenge, now),
    )
  }

  totpOf(account: string): Promise<{ sealed: string; verified: boolean } | undefined> {
    return this.#within(() => {
      const row = this.#db
        .prepare<[string], { sealed: string; verified: number | null }>(
          'select secret as sealed, verified from two_factor where user_id = ?',
        )
        .get(account)
      return row === undefined ? undefined : { sealed: row.sealed, verified: row.verified === 1 }
    })
  }

  takeTotpStep(account: string, step: number): Promise<boolean> {
    const taken = `insert into totp_step (user_id, step) values (?, ?)
      on conflict (user_id) do update set step = excluded.step where totp_step.step < excluded.step`
    return this.#within(() => this.#run(taken, [account, step]) > 0)
  }

  /** One transaction; IMMEDIATE, so that what was read still holds when it is written. */
  async #within<T>(work: () => T): Promise<T> {
    return this.#db.transaction(work).immediate()
  }

  #run(sql: string, values: readonly (string | number | null)[]): number {
    return this.#db.prepare(sql).run(...values).changes
  }

  #accounts(which: string, ...values: string[]): Account[] {
    return this.#db
      .prepare<string[], AccountRow>(`select ${accountColumns} from user ${which}`)
      .all(...values)
      .map(accountOfRow)
  }

  #link(digest: string, now: number): SetupLink | undefined {
    return this.#db
      .prepare<[string, number], SetupLink>(
        `select ${linkColumns} from setup_link
         where digest = ? and expires_at > ? and used_at is null and replaced_at is null`,
      )
      .get(digest, now)
  }

  #setPassword(account: string, hash: string): void {
    this.#run('update account set password = ? where user_id = ? and provider_id = ?', [
      hash,
      account,
      CREDENTIAL,
    ])
  }

  #insert({ id, username, person, role, password, ready, madeAt }: NewAccount): void {
    this.#run(
      `insert into user (id, name, email, email_verified, created_at, updated_at, username,
         two_factor_enabled, role, banned, person_id, ready)
       values (?, ?, ?, 0, ?, ?, ?, 0, ?, 0, ?, ?)`,
      [
        id,
        username,
        `${id}@noreply.invalid`,
        madeAt,
        madeAt,
        username,
        role,
        person ?? null,
        ready ? 1 : 0,
      ],
    )
    // better-auth finds a person's password by account_id = user_id
    this.#run(
      `insert into account (id, account_id, provider_id, user_id, password, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [`${id}-password`, id, CREDENTIAL, id, password, madeAt, madeAt],
    )
  }
}

/** With every request: prepared once. */
const prepareSession = (db: Connection) =>
  db.prepare<[string], SessionRow>(
    `select s.id, s.user_id as account, u.username, u.person_id as person, u.role,
       u.banned as suspended, u.two_factor_enabled as secondFactor, s.created_at as startedAt,
       s.expires_at as expiresAt, s.signed_in_by as signedInBy, s.confirmed_at as confirmedAt,
       s.confirmed_by as confirmedBy
     from session s join user u on u.id = s.user_id where s.token = ?`,
  )

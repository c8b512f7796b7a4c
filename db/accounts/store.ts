// The accounts on SQLite: better-auth's tables as far as we read and write them ourselves. What it does at sign-in it does
// through its adapter over the same connection (open.ts).
import type { AccountAct } from '../../src/domain/account-act.ts'
import type {
  Account,
  AccountPage,
  AccountStore,
  Alive,
  LinkUse,
  ListedSession,
  NewAccount,
  Proof,
  SetupLink,
  SignInProof,
  StoredSession,
} from '../../src/domain/account.ts'
import type { Connection } from '../sqlite/open.ts'
import { writeAct } from './acts.ts'
import {
  accountColumns,
  accountOfRow,
  type AccountRow,
  CREDENTIAL,
  insertAccount,
  linkColumns,
  sessionOfRow,
  type SessionRow,
} from './rows.ts'

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

  sessionsOf(account: string, { now, seenSince }: Alive) {
    return this.#within(() =>
      this.#db
        .prepare<[string, number, number], Omit<ListedSession, 'current'>>(
          `select id, created_at as startedAt, updated_at as seenAt, expires_at as expiresAt,
             coalesce(ip_address, '') as address, coalesce(user_agent, '') as device
           from session where user_id = ? and expires_at > ? and updated_at >= ?
           order by created_at desc, id`,
        )
        .all(account, now, seenSince),
    )
  }

  touch(session: string, now: number): Promise<void> {
    const touched = 'update session set updated_at = max(updated_at, ?) where id = ?'
    return this.#within(() => void this.#run(touched, [now, session]))
  }

  purge({ now, seenSince }: Alive): Promise<void> {
    return this.#within(() => {
      this.#run('delete from session where expires_at < ? or updated_at < ?', [now, seenSince])
      this.#run('delete from verification where expires_at < ?', [now])
    })
  }

  endSession(account: string, session: string, told?: AccountAct): Promise<boolean> {
    const sql = `delete from session where user_id = ? and id = ?`
    return this.#within(() => {
      const ended = this.#run(sql, [account, session]) > 0
      if (ended) this.#tell(told)
      return ended
    })
  }

  endSessions(account: string, except = '', told?: AccountAct): Promise<number> {
    const sql = `delete from session where user_id = ? and id <> ?`
    return this.#within(() => {
      const ended = this.#run(sql, [account, except])
      if (ended > 0 || told?.act !== 'sessionsEnded') this.#tell(told)
      return ended
    })
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

  accounts(page?: AccountPage): Promise<readonly Account[]> {
    if (page === undefined) return this.#within(() => this.#accounts('order by username'))
    const { limit, after = '', named = '' } = page
    const which = `where username > ? and instr(username, ?) > 0 order by username limit ?`
    return this.#within(() => this.#accounts(which, after, named, limit))
  }

  byUsername(username: string): Promise<Account | undefined> {
    return this.#within(() => this.#accounts('where username = ?', username)[0])
  }

  hasAdministrator(): Promise<boolean> {
    const found = `where role = 'administrator' and ready = 1 limit 1`
    return this.#within(() => this.#accounts(found).length > 0)
  }

  add(
    account: NewAccount,
    told?: AccountAct,
  ): Promise<'added' | 'usernameTaken' | 'personHasAccount'> {
    return this.#within(() => {
      const { username, person } = account
      if (this.#accounts('where username = ?', username).length > 0) return 'usernameTaken'
      if (person !== undefined && this.#accounts('where person_id = ?', person).length > 0) {
        return 'personHasAccount'
      }
      insertAccount(this.#db, account)
      this.#tell(told)
      return 'added'
    })
  }

  suspend(account: string, reason: string, told?: AccountAct): Promise<void> {
    return this.#within(() => {
      this.#run('update user set banned = 1, ban_reason = ? where id = ?', [reason, account])
      this.#run('delete from session where user_id = ?', [account])
      this.#tell(told)
    })
  }

  restore(account: string, told?: AccountAct): Promise<void> {
    return this.#within(() => {
      this.#run('update user set banned = 0, ban_reason = null where id = ?', [account])
      this.#tell(told)
    })
  }

  remove(account: string, told?: AccountAct): Promise<void> {
    return this.#within(() => {
      for (const table of ['session', 'account', 'two_factor', 'totp_step', 'setup_link']) {
        this.#run(`delete from ${table} where user_id = ?`, [account])
      }
      this.#run('delete from verification where value = ?', [account])
      this.#run('delete from user where id = ?', [account])
      this.#tell(told)
    })
  }

  addLink(link: SetupLink, told?: AccountAct): Promise<void> {
    const { id, digest, account, madeBy, madeAt, expiresAt } = link
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
      this.#tell(told)
    })
  }

  link(digest: string, now: number): Promise<SetupLink | undefined> {
    return this.#within(() => this.#link(digest, now))
  }

  useLink(digest: string, { password, now, told }: LinkUse): Promise<string | undefined> {
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
      this.#tell(told)
      const factors = this.#run('delete from two_factor where user_id = ?', [account])
      if (factors > 0 && told !== undefined) this.#tell({ ...told, act: 'secondFactorReset' })
      for (const table of ['session', 'totp_step']) {
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

  setPassword(account: string, hash: string, told?: AccountAct): Promise<void> {
    return this.#within(() => {
      this.#setPassword(account, hash)
      this.#tell(told)
    })
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

  #tell(told: AccountAct | undefined): void {
    if (told !== undefined) writeAct(this.#db, told)
  }

  #run(sql: string, values: readonly (string | number | null)[]): number {
    return this.#db.prepare(sql).run(...values).changes
  }

  #accounts(which: string, ...values: (string | number)[]): Account[] {
    return this.#db
      .prepare<(string | number)[], AccountRow>(`select ${accountColumns} from user ${which}`)
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
}

/** With every request: prepared once. */
const prepareSession = (db: Connection) =>
  db.prepare<[string], SessionRow>(
    `select s.id, s.user_id as account, u.username, u.person_id as person, u.role,
       u.banned as suspended, u.two_factor_enabled as secondFactor, s.created_at as startedAt,
       s.updated_at as seenAt, s.expires_at as expiresAt, s.signed_in_by as signedInBy,
       s.confirmed_at as confirmedAt, s.confirmed_by as confirmedBy
     from session s join user u on u.id = s.user_id where s.token = ?`,
  )

// The accounts' file: what is counted, what is used up and what is removed, each in one step.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sameRows } from '../../db/accounts/same.ts'
import { openAccounts, type OpenAccounts } from '../../db/accounts/open.ts'
import type { NewAccount, Patience } from '../../src/domain/account.ts'
import { personIdSchema } from '../../src/domain/ids.ts'

let folder: string
let file: string
let open: OpenAccounts
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'))
  file = join(folder, 'accounts.db')
  open = openAccounts(file)
})
afterEach(() => {
  open.close()
  rmSync(folder, { recursive: true, force: true })
})

const person = personIdSchema.parse('p_Shen01')
const account = (username: string, more: Partial<NewAccount> = {}): NewAccount => ({
  id: `id-of-${username}`,
  username,
  role: 'none',
  password: 'hash of nothing',
  ready: false,
  madeAt: 1000,
  ...more,
})
const link = (digest: string, more: { account?: string; madeAt?: number } = {}) => ({
  id: `link-${digest}`,
  account: 'id-of-shen',
  madeBy: 'boss',
  madeAt: 1000,
  expiresAt: 5000,
  digest,
  ...more,
})

/** Reads and writes the file beside the store. */
function beside<T>(work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}
const rows = (sql: string): unknown[] => beside((db) => db.prepare(sql).all())
const run = (sql: string) => beside((db) => db.exec(sql))

/** A session as better-auth would write it. */
const session = (id: string, { user = 'id-of-shen', expires = 9000 } = {}) =>
  run(`insert into session (id, expires_at, token, created_at, updated_at, user_id, signed_in_by)
       values ('${id}', ${expires}, 'token-${id}', 2000, 2000, '${user}', 'password')`)

describe('the file', () => {
  test('has the same tables in both dialects', () => {
    // the proof is that db/accounts/same.ts compiles; this keeps it part of the program
    expect(sameRows).toBe(true)
  })

  test('has strict tables, and one of another release is refused', () => {
    const tables = rows(
      `select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0
       and name not like 'sqlite%'`,
    )
    expect(tables).toEqual([])
    open.close()
    run("insert into migration (made, hash) values (9999999999999, 'of tomorrow')")
    expect(() => openAccounts(file)).toThrow('fileIsNewer')
    run('delete from migration where made = 9999999999999')
    open = openAccounts(file)
  })

  test('is opened again as it was', async () => {
    await open.accounts.add(account('shen', { person }))
    open.close()
    open = openAccounts(file)
    expect(await open.accounts.accounts()).toEqual([
      {
        id: 'id-of-shen',
        username: 'shen',
        person,
        role: 'none',
        suspended: false,
        ready: false,
        secondFactor: false,
        madeAt: 1000,
      },
    ])
  })
})

describe('an account', () => {
  test('has a name and a person of its own', async () => {
    expect(await open.accounts.add(account('shen', { person }))).toBe('added')
    expect(await open.accounts.add(account('shen', { id: 'other' }))).toBe('usernameTaken')
    expect(await open.accounts.add(account('pan', { person }))).toBe('personHasAccount')
    // two without a person are no conflict
    expect(await open.accounts.add(account('pan'))).toBe('added')
    expect(await open.accounts.add(account('yan'))).toBe('added')
    expect(await open.accounts.byUsername('pan')).toMatchObject({ id: 'id-of-pan' })
    expect(await open.accounts.byUsername('nobody')).toBeUndefined()
    expect(await open.accounts.account('nobody')).toBeUndefined()
  })

  test('is an administrator once a password was set', async () => {
    await open.accounts.add(account('shen', { role: 'administrator' }))
    expect(await open.accounts.hasAdministrator()).toBe(false)
    await open.accounts.addLink(link('a'))
    await open.accounts.useLink('a', { password: 'hash', now: 2000 })
    expect(await open.accounts.hasAdministrator()).toBe(true)
  })

  test('that is removed leaves nothing, in the file or in its log', async () => {
    await open.accounts.add(account('沈国良', { id: 'id-of-shen', person }))
    await open.accounts.addLink(link('a'))
    session('one')
    await open.accounts.remove('id-of-shen')
    for (const table of ['user', 'account', 'session', 'setup_link', 'two_factor', 'totp_step']) {
      expect(rows(`select * from ${table}`), table).toEqual([])
    }
    open.close()
    const bytes = [file, `${file}-wal`]
      .filter((name) => existsSync(name))
      .map((name) => readFileSync(name))
    expect(Buffer.concat(bytes).includes('沈国良')).toBe(false)
    open = openAccounts(file)
  })
})

describe('sessions', () => {
  beforeEach(() => open.accounts.add(account('shen', { person })))

  test('are found by token, with their account', async () => {
    session('one')
    expect(open.accounts.session('token-one')).toEqual({
      id: 'one',
      account: 'id-of-shen',
      username: 'shen',
      person,
      role: 'none',
      suspended: false,
      secondFactor: false,
      startedAt: 2000,
      seenAt: 2000,
      expiresAt: 9000,
      signedInBy: 'password',
      confirmedAt: null,
      confirmedBy: null,
    })
    expect(open.accounts.session('one')).toBeUndefined()
    await open.accounts.confirm('one', { at: 3000, by: 'password+totp' })
    await open.accounts.prove('one', 'oauth+totp')
    expect(open.accounts.session('token-one')).toMatchObject({
      confirmedAt: 3000,
      confirmedBy: 'password+totp',
      signedInBy: 'oauth+totp',
    })
  })

  test('end one, all others, or all with the account’s suspension', async () => {
    for (const id of ['one', 'two', 'three']) session(id)
    session('foreign', { user: 'somebody' })
    expect(await open.accounts.endSession('id-of-shen', 'foreign')).toBe(false)
    expect(await open.accounts.endSession('id-of-shen', 'one')).toBe(true)
    expect(await open.accounts.endSession('id-of-shen', 'one')).toBe(false)
    expect(await open.accounts.endSessions('id-of-shen', 'two')).toBe(1)
    expect(open.accounts.session('token-two')).toBeDefined()
    await open.accounts.suspend('id-of-shen', 'left')
    expect(rows('select id from session')).toEqual([{ id: 'foreign' }])
    expect(await open.accounts.account('id-of-shen')).toMatchObject({ suspended: true })
    await open.accounts.restore('id-of-shen')
    expect(await open.accounts.account('id-of-shen')).toMatchObject({ suspended: false })
  })

  test('that ran out are dropped', async () => {
    session('old', { expires: 2999 })
    session('young', { expires: 3000 })
    await open.accounts.purge({ now: 3000, seenSince: 2000 })
    expect(rows('select id from session')).toEqual([{ id: 'young' }])
    await open.accounts.purge({ now: 3000, seenSince: 2001 })
    expect(rows('select id from session')).toEqual([])
  })

  test('that were used are as old as their last use, and never younger than that', async () => {
    session('one')
    await open.accounts.touch('one', 5000)
    await open.accounts.touch('one', 4000)
    const alive = { now: 5000, seenSince: 5000 }
    expect(await open.accounts.sessionsOf('id-of-shen', alive)).toMatchObject([{ seenAt: 5000 }])
    const later = { now: 5000, seenSince: 5001 }
    expect(await open.accounts.sessionsOf('id-of-shen', later)).toEqual([])
  })
})

describe('a set-up link', () => {
  beforeEach(() => open.accounts.add(account('shen')))

  test('begins the account anew, in one step', async () => {
    session('one')
    run(`insert into two_factor (id, secret, backup_codes, user_id, verified)
           values ('f', 's', 'b', 'id-of-shen', 1);
         insert into totp_step (user_id, step) values ('id-of-shen', 7);
         update user set two_factor_enabled = 1;
         insert into account (id, account_id, provider_id, user_id, created_at, updated_at)
           values ('x', 'y', 'dingtalk', 'id-of-shen', 0, 0);
         insert into verification (id, identifier, value, expires_at, created_at, updated_at)
           values ('v', '2fa-x', 'id-of-shen', 9000, 0, 0)`)
    expect(await open.accounts.challenged('2fa-x', 8999)).toBe('id-of-shen')
    expect(await open.accounts.challenged('2fa-x', 9000)).toBeUndefined()
    expect(await open.accounts.totpOf('id-of-shen')).toEqual({ sealed: 's', verified: true })
    await open.accounts.addLink(link('a'))
    expect(await open.accounts.useLink('a', { password: 'new hash', now: 2000 })).toBe('id-of-shen')
    expect(await open.accounts.passwordOf('id-of-shen')).toBe('new hash')
    expect(await open.accounts.account('id-of-shen')).toMatchObject({
      ready: true,
      secondFactor: false,
    })
    expect(await open.accounts.totpOf('id-of-shen')).toBeUndefined()
    for (const table of ['session', 'two_factor', 'totp_step', 'verification']) {
      expect(rows(`select * from ${table}`), table).toEqual([])
    }
    expect(rows('select provider_id from account')).toEqual([{ provider_id: 'credential' }])
    expect(rows('select used_at, made_by from setup_link'), 'who reset whom stays').toEqual([
      { used_at: 2000, made_by: 'boss' },
    ])
  })

  test('is used once, before it runs out, unless it is replaced', async () => {
    await open.accounts.addLink(link('a'))
    await open.accounts.addLink(link('b', { madeAt: 1001 }))
    const use = (digest: string, now: number) =>
      open.accounts.useLink(digest, { password: 'hash', now })
    expect(await open.accounts.link('a', 2000)).toBeUndefined()
    expect(await use('a', 2000)).toBeUndefined()
    expect(await use('nothing', 2000)).toBeUndefined()
    expect(await use('b', 5000)).toBeUndefined()
    expect(await open.accounts.passwordOf('id-of-shen'), 'nothing was changed').toBe(
      'hash of nothing',
    )
    expect(await open.accounts.link('b', 4999)).toEqual(link('b', { madeAt: 1001 }))
    expect(await use('b', 4999)).toBe('id-of-shen')
    expect(await use('b', 4999)).toBeUndefined()
  })
})

describe('a time step', () => {
  test('is taken once, and none before it after', async () => {
    const take = (step: number, user = 'a') => open.accounts.takeTotpStep(user, step)
    expect(await take(7)).toBe(true)
    expect(await take(7)).toBe(false)
    expect(await take(6)).toBe(false)
    expect(await take(7, 'b')).toBe(true)
    expect(await take(8)).toBe(true)
  })
})

describe('failures', () => {
  const patience: Patience = { free: 3, wait: 100, longest: 350, forget: 10_000 }
  const one = { key: 'one', patience }
  const claim = (now: number, counters = [one]) => open.attempts.claim(counters, now)

  test('wait longer each time, up to the longest, and are forgotten', async () => {
    expect(await claim(0)).toBeUndefined()
    expect(await claim(0)).toBeUndefined()
    expect(await claim(0), 'the third is tried, and locks').toBeUndefined()
    expect(await claim(99)).toBe(100)
    expect(await claim(99), 'a refused one makes it no longer').toBe(100)
    expect(await claim(100)).toBeUndefined()
    expect(await claim(100)).toBe(300)
    expect(await claim(300)).toBeUndefined()
    expect(await claim(300)).toBe(650)
    expect(await claim(10_299)).toBeUndefined()
    expect(await claim(20_299)).toBeUndefined()
    expect(await claim(20_299)).toBeUndefined()
  })

  test('are counted everywhere or nowhere', async () => {
    const two = { key: 'two', patience }
    for (let n = 0; n < 3; n++) await claim(0, [two])
    for (let n = 0; n < 5; n++) expect(await claim(0, [one, two])).toBe(100)
    for (let n = 0; n < 3; n++) expect(await claim(0)).toBeUndefined()
    expect(await claim(0)).toBe(100)
  })

  test('are taken back, forgotten, or followed by a success that is remembered', async () => {
    for (let n = 0; n < 3; n++) await claim(0)
    await open.attempts.release(['one', 'unheard of'])
    expect(await claim(0)).toBeUndefined()
    expect(await claim(0)).toBe(100)
    await open.attempts.forget(['one'])
    for (let n = 0; n < 3; n++) expect(await claim(0)).toBeUndefined()
    expect(await open.attempts.known('one', 0)).toBe(false)
    await open.attempts.succeed('one', 500_000)
    expect(await open.attempts.known('one', 499_999)).toBe(true)
    expect(await open.attempts.known('one', 500_000)).toBe(false)
    expect(await claim(1)).toBeUndefined()
    expect(await open.attempts.known('one', 2), 'a later failure does not unlearn it').toBe(true)
    // long after the failure is forgotten
    await claim(400_000, [{ key: 'two', patience }])
    expect(await open.attempts.known('one', 400_000)).toBe(true)
  })

  test('that say nothing any more are dropped', async () => {
    await claim(0)
    await claim(10_001, [{ key: 'two', patience }])
    expect(rows('select key from attempt')).toEqual([{ key: 'two' }])
  })
})

describe('requests', () => {
  const window = { milliseconds: 1000, most: 2 }
  const take = (now: number, key = 'one') => open.attempts.take(key, window, now)

  test('are so many in a window that begins with the first', async () => {
    expect(await take(0)).toBeUndefined()
    expect(await take(900)).toBeUndefined()
    expect(await take(901)).toBe(1000)
    expect(await take(999)).toBe(1000)
    expect(await take(999, 'two')).toBeUndefined()
    expect(await take(1000)).toBeUndefined()
    expect(await take(1999)).toBeUndefined()
    expect(await take(1999)).toBe(2000)
  })

  test('of another window are left alone, and very old ones dropped', async () => {
    await open.attempts.take('slow', { milliseconds: 60_000, most: 1 }, 0)
    await take(5000)
    expect(await open.attempts.take('slow', { milliseconds: 60_000, most: 1 }, 5000)).toBe(60_000)
    await take(4_000_000)
    expect(rows('select key from rate_limit')).toEqual([{ key: 'one' }])
  })
})

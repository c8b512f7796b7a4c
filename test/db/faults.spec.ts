// Faults, in pairs where they can be: the call failed, or failed after it had done its work.
// Whatever happens, a command is recorded once or not at all, the client can learn which, and a
// store that met a fault of its file writes no more.
import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StoreBusy, StoreFailed } from '../../db/sqlite/faults.ts'
import { connect } from '../../db/sqlite/open.ts'
import type { OpenStore, SqliteOptions } from '../../db/open.ts'
import type { Store } from '../../src/domain/store.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { alteringConnect, type Fault, FaultyDriver } from '../support/store-faults.ts'
import { type Folder, folder, openToy } from '../support/store-open.ts'
import {
  accepted,
  commitStep,
  refusalOf,
  requestOf,
  signer,
  ToySteps,
  village,
  workings,
} from '../support/store-world.ts'

let dir: Folder
let toy: ToySteps
let fatal: unknown[]
const opened: Store[] = []
const check = () => checkLedger(dir.file, { workings, signer })
const open = async (options: Partial<SqliteOptions> = {}): Promise<OpenStore> => {
  const made = await openToy(dir.file, { onFatal: (error) => fatal.push(error), ...options })
  opened.push(made.store)
  return made
}

beforeEach(() => {
  dir = folder()
  toy = new ToySteps()
  fatal = []
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  check()
  dir.remove()
})

/** What the store answers after a fault: the same to everyone, for ever. */
async function expectStopped({ store }: OpenStore): Promise<void> {
  await expect(commitStep(store, toy.submit(90))).rejects.toBeInstanceOf(StoreFailed)
  await expect(store.read(village, 'ledger')).rejects.toBeInstanceOf(StoreFailed)
  expect(fatal).toHaveLength(1)
}

/** The store stopped, and says why. */
async function expectCause(answer: Promise<unknown> | undefined, says: string): Promise<void> {
  const failed: unknown = await answer?.catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(StoreFailed)
  expect(String(failed instanceof StoreFailed && failed.cause)).toContain(says)
}

/** As an operator would: guards off, deed, guards on again. */
function tamper(sql: string): void {
  const db = new Database(dir.file)
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'trigger'`,
    )
    .all()
  for (const { name } of triggers) db.exec(`drop trigger ${name}`)
  db.exec(sql)
  for (const trigger of triggers) db.exec(trigger.sql)
  db.close()
}

describe('a fault of the file', () => {
  // Every write of the path, once failing before and once after it took effect.
  const statements = [
    'begin immediate',
    'insert into entry',
    'insert into node',
    'insert into request',
    'insert into checkpoint',
    'insert into command',
    'update ledger',
    'commit',
  ]
  const faults = statements.flatMap((statement) =>
    (['failed', 'failedButDone'] as const).map((how): [string, Fault] => [
      `${statement}: ${how}`,
      { statement, how, nth: statement === 'insert into node' ? 3 : 1 },
    ]),
  )

  test.each(faults)('%s', async (_name, fault) => {
    const driver = new FaultyDriver()
    const first = await open({ connect: driver.connect })
    await accepted(commitStep(first.store, toy.genesis()))
    const before = check().sizes.get(village)
    driver.arm(fault)
    const steps = [toy.submit(1), toy.submit(2), toy.submit(3)]
    const answers = await Promise.allSettled(steps.map((step) => commitStep(first.store, step)))
    // No receipt left the process, whether or not the group is in the file.
    for (const answer of answers) {
      expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(StoreFailed)
    }
    await expectStopped(first)
    const persisted = fault.statement === 'commit' && fault.how === 'failedButDone'
    expect(check().sizes.get(village)).toBe(persisted ? 4 : before)

    // The client asks again, as it must, and learns what is so.
    const again = await open()
    const receipts = await Promise.all(steps.map((step) => accepted(commitStep(again.store, step))))
    expect(receipts.map(({ entries }) => entries[0]?.seq)).toEqual([1, 2, 3])
    expect(check().sizes.get(village)).toBe(4)
  })

  test.each(
    ['begin immediate', 'insert into request', 'commit'].flatMap((statement) =>
      (['failed', 'failedButDone'] as const).map((how): [string, Fault] => [
        `${statement}: ${how}`,
        { statement, how, nth: 1 },
      ]),
    ),
  )('a rebuild stops the store too: %s', async (_name, fault) => {
    const driver = new FaultyDriver()
    const made = await open({ connect: driver.connect })
    for (const step of [toy.genesis(), toy.submit(1)]) await accepted(commitStep(made.store, step))
    const digest = made.projectionDigest()
    driver.arm(fault)
    expect(() => made.rebuild()).toThrow(StoreFailed)
    await expectStopped(made)
    expect(() => made.rebuild()).toThrow(StoreFailed)
    const again = await open()
    expect(again.projectionDigest()).toBe(digest)
    check()
  })

  test('a rebuild that finds the file held is told to come back', async () => {
    const driver = new FaultyDriver()
    const held = await open({ connect: driver.connect })
    await accepted(commitStep(held.store, toy.genesis()))
    driver.arm({ statement: 'begin immediate', nth: 1, how: 'failed', code: 'SQLITE_BUSY' })
    expect(() => held.rebuild()).toThrow(StoreBusy)
    expect(held.rebuild()).toEqual({ streams: 1 })
  })

  test('what waits behind the group that failed is rejected too', async () => {
    const driver = new FaultyDriver()
    const made = await open({ connect: driver.connect })
    await accepted(commitStep(made.store, toy.genesis()))
    driver.arm({ statement: 'commit', nth: 1, how: 'failed' })
    const waiting = Array.from({ length: 300 }, (_, n) => commitStep(made.store, toy.submit(n + 1)))
    const answers = await Promise.allSettled(waiting)
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true)
    await expectStopped(made)
  })

  test('a full disk stops the store and leaves the file whole', async () => {
    let limited: Database.Database | undefined
    const made = await open({ connect: (file) => (limited = connect(file)) })
    await accepted(commitStep(made.store, toy.genesis()))
    const pages = limited?.pragma('page_count', { simple: true })
    limited?.pragma(`max_page_count = ${String(pages)}`)
    const answers: PromiseSettledResult<unknown>[] = []
    for (let n = 1; fatal.length === 0 && n < 500; n++) {
      answers.push(...(await Promise.allSettled([commitStep(made.store, toy.submit(n))])))
    }
    expect(fatal).toMatchObject([{ code: 'SQLITE_FULL' }])
    await expectStopped(made)
    const kept = answers.filter(({ status }) => status === 'fulfilled').length
    expect(check().sizes.get(village)).toBe(1 + kept)
    // with room again it goes on from there
    await accepted(commitStep((await open()).store, toy.submit(501)))
  })

  test('a busy file is no fault: nothing began, the same command may be sent again', async () => {
    const driver = new FaultyDriver()
    const { store } = await open({ connect: driver.connect })
    await accepted(commitStep(store, toy.genesis()))
    driver.arm({ statement: 'begin', nth: 1, how: 'failed', code: 'SQLITE_BUSY' })
    const step = toy.submit(1)
    await expect(commitStep(store, step)).rejects.toBeInstanceOf(StoreBusy)
    await accepted(commitStep(store, step))
    expect(fatal).toEqual([])
  })

  test('a fault in a fact stops the store: it is not the command that is wrong', async () => {
    const made = await open()
    await accepted(commitStep(made.store, toy.genesis()))
    const other = new Database(dir.file)
    other.exec('alter table invoice_use rename to elsewhere')
    await expect(commitStep(made.store, toy.submit(1))).rejects.toBeInstanceOf(StoreFailed)
    await expectStopped(made)
    other.exec('alter table elsewhere rename to invoice_use')
    other.close()
  })
})

describe('bytes that are not what was written', () => {
  const flipped = (hash: unknown): Buffer => {
    const copy = Buffer.from(hash as Buffer)
    copy[5] = (copy[5] ?? 0) ^ 1
    return copy
  }
  const faults: Record<string, { sql: string; alter: (row: unknown) => unknown; says: string }> = {
    'an entry reads back altered': {
      sql: 'select bytes, leaf from entry where rowid',
      alter: (row) => ({ ...(row as object), bytes: flipped((row as { bytes: Buffer }).bytes) }),
      says: 'read back other bytes',
    },
    'a leaf reads back altered': {
      sql: 'select bytes, leaf from entry where rowid',
      alter: (row) => ({ ...(row as object), leaf: flipped((row as { leaf: Buffer }).leaf) }),
      says: 'read back other bytes',
    },
    'a node reads back altered': {
      sql: 'select hash from node',
      alter: flipped,
      says: 'nodes and range disagree',
    },
  }
  test.each(Object.entries(faults))(
    '%s: nothing is signed, the store stops',
    async (_name, fault) => {
      const altering = alteringConnect(fault.sql, fault.alter)
      const made = await open({ connect: altering.connect })
      await accepted(commitStep(made.store, toy.genesis()))
      altering.arm()
      const [first, second] = [toy.submit(1), toy.submit(2)].map((step) =>
        commitStep(made.store, step),
      )
      await expectCause(first, fault.says)
      await expect(second).rejects.toBeInstanceOf(StoreFailed)
      await expectStopped(made)
      expect(check().sizes.get(village)).toBe(1)
    },
  )

  const undo = (swap: readonly [string, string]) =>
    `update entry set bytes = cast(replace(bytes, '${swap[0]}', '${swap[1]}') as blob)`

  test('a stored entry that was changed is met when its stream is folded', async () => {
    const { store } = await open()
    for (const step of [toy.genesis(), toy.submit(1)]) await accepted(commitStep(store, step))
    await store.close()
    tamper(undo(['account:100', 'account:666']))
    const made = await open()
    await expectCause(commitStep(made.store, toy.sign(1)), 'bytes are not what was hashed')
    await expectStopped(made)
    tamper(undo(['account:666', 'account:100']))
  })

  test('and when another process is followed', async () => {
    const made = await open()
    await accepted(commitStep(made.store, toy.genesis()))
    const other = await open()
    await accepted(commitStep(other.store, toy.submit(1)))
    tamper(undo(['account:100', 'account:666']))
    await expect(commitStep(made.store, toy.submit(2))).rejects.toBeInstanceOf(StoreFailed)
    await expectStopped(made)
    tamper(undo(['account:666', 'account:100']))
  })

  test('a projection not as folded asks for a rebuild, and a rebuild mends it', async () => {
    const { store } = await open()
    for (const step of [toy.genesis(), toy.submit(1)]) await accepted(commitStep(store, step))
    const other = new Database(dir.file)
    other.exec('delete from request')
    other.close()
    await expectCause(commitStep(store, toy.sign(1)), 'rebuild')
    const again = await open()
    expect(again.rebuild()).toEqual({ streams: 2 })
    await accepted(commitStep(again.store, toy.sign(1)))
  })
})

describe('a checkpoint that is not of the entries', () => {
  const damages = {
    'changed root': 'update checkpoint set root = zeroblob(32)',
    'no checkpoint of the newest size': 'delete from checkpoint where size = 2',
    'a missing node': 'delete from node where level = 1',
    'signed by another': `update checkpoint set note = replace(note, ' ', ' x') where size = 2`,
  }
  test.each(Object.entries(damages))('%s: served read-only', async (_name, sql) => {
    const { store } = await open()
    for (const step of [toy.genesis(), toy.submit(1)]) await accepted(commitStep(store, step))
    await store.close()
    const kept = `${dir.file}.kept`
    copyFileSync(dir.file, kept)
    tamper(sql)
    const made = await open()
    expect(made.readOnly?.code).toBe('ledgerDamaged')
    await expect(commitStep(made.store, toy.submit(2))).rejects.toMatchObject({
      code: 'ledgerDamaged',
    })
    expect(await made.store.read(village, requestOf(1))).toHaveLength(1)
    await made.store.close()
    copyFileSync(kept, dir.file)
    const again = await open()
    expect(again.readOnly).toBeUndefined()
    expect(await refusalOf(commitStep(again.store, toy.submit(1)))).toBe('alreadyExists')
  })
})

// The attempt log's file: what is alike is counted, nothing is changed or removed before its time, and no burst fills the disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAttemptLog } from '../../db/attempts/log.ts'
import { sameAsKept, sameRows } from '../../db/attempts/same.ts'
import {
  type AttemptLog,
  type CountedAttempt,
  KEPT_DAYS,
  MORE,
} from '../../src/domain/attempt-log.ts'
import { addDays, localDateSchema } from '../../src/domain/time.ts'
import { town, village } from '../support/law-cast.ts'

let folder: string
let file: string
let log: AttemptLog
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attempts-'))
  file = join(folder, 'attempts.db')
  log = openAttemptLog(file, { one: 3, all: 5 })
})
afterEach(() => {
  log.close()
  rmSync(folder, { recursive: true, force: true })
})

const DAY = localDateSchema.parse('2026-03-02')
const tried = (more: Partial<CountedAttempt> = {}): CountedAttempt => ({
  day: DAY,
  account: 'account1',
  person: 'p_Shen01',
  office: 'o_clerk',
  mandate: '',
  act: 'request.issue',
  ledger: village,
  stream: 'request/2026-000001',
  code: 'officeNotHeld',
  township: town,
  home: town,
  count: 1,
  firstAt: `${DAY}T01:00:00.000Z`,
  lastAt: `${DAY}T01:00:00.000Z`,
  firstReference: 'first',
  lastReference: 'first',
  ...more,
})

/** Reads and writes the file beside the log. */
function beside(sql: string): unknown[] {
  const db = new Database(file)
  try {
    const statement = db.prepare(sql)
    return statement.reader ? statement.all() : [statement.run()]
  } finally {
    db.close()
  }
}
const all = async () => (await log.page({ limit: 100 })).rows

describe('law 10.6: the file', () => {
  test('has the same table in both dialects, and that of the log', () => {
    expect([sameRows, sameAsKept]).toEqual([true, true])
  })

  test('counts the same refusal of a day in one row, with its last time', async () => {
    await log.add([tried()])
    const later = { lastAt: `${DAY}T02:00:00.000Z`, lastReference: 'later', count: 4 }
    await log.add([tried(later), tried({ stream: 'request/2026-000002' })])
    expect(await all()).toMatchObject([
      { stream: 'request/2026-000002', count: 1 },
      {
        count: 5,
        firstAt: `${DAY}T01:00:00.000Z`,
        lastAt: later.lastAt,
        firstReference: 'first',
        lastReference: 'later',
      },
    ])
  })

  test('begins another row on another day', async () => {
    await log.add([tried()])
    await log.add([tried({ day: '2026-03-03' })])
    expect((await all()).map(({ day, count }) => [day, count])).toEqual([
      ['2026-03-03', 1],
      [DAY, 1],
    ])
  })

  test('is written whole or not at all', async () => {
    const wrong = tried({ count: 0, stream: '' })
    await expect(log.add([tried(), wrong])).rejects.toThrow('counts from one')
    expect(await all()).toEqual([])
  })

  test.each([
    ['a code', "update refusal set code = 'other', count = count + 1"],
    ['a person', "update refusal set person = '', count = count + 1"],
    ['a first time', "update refusal set first_at = '', count = count + 1"],
    ['a count that falls', 'update refusal set count = count - 1'],
    ['a count that stands', "update refusal set last_reference = 'x'"],
    ['a time that goes back', "update refusal set last_at = '', count = count + 1"],
  ])('takes no change of %s', async (_what, sql) => {
    await log.add([tried({ count: 2 })])
    expect(() => beside(sql)).toThrow('only counts on')
    expect(await all()).toMatchObject([{ code: 'officeNotHeld', count: 2 }])
  })

  test('loses nothing before two years have passed, and what is older with the next day', async () => {
    await log.add([tried()])
    expect(() => beside('delete from refusal')).toThrow('kept two years')
    expect(() => beside('replace into refusal select * from refusal')).toThrow('stands there')
    await log.add([tried({ day: addDays(DAY, KEPT_DAYS) })])
    expect(await all()).toHaveLength(2)
    await log.add([tried({ day: addDays(DAY, KEPT_DAYS + 1) })])
    expect((await all()).map(({ day }) => day)).not.toContain(DAY)
  })

  test('with a guard taken away is not opened again', () => {
    log.close()
    beside('drop trigger refusal_kept')
    expect(() => openAttemptLog(file)).toThrow('guardMissing')
    rmSync(file)
    log = openAttemptLog(file)
  })
})

describe('a burst', () => {
  const many = (count: number, more: Partial<CountedAttempt> = {}) =>
    Array.from({ length: count }, (_, n) => tried({ stream: `request/2026-1000${n}`, ...more }))

  test('of one person gets so many rows a day, and then one for all the rest', async () => {
    await log.add(many(3))
    await log.add(many(9, { stream: 'request/2026-200001', count: 10 }).slice(0, 1))
    await log.add([tried({ stream: 'request/2026-200002' })])
    // what was told apart before still is
    await log.add(many(1))
    expect((await all()).map(({ stream, act, count }) => [stream, act, count])).toEqual([
      ['', MORE, 11],
      ['request/2026-10002', 'request.issue', 1],
      ['request/2026-10001', 'request.issue', 1],
      ['request/2026-10000', 'request.issue', 2],
    ])
  })

  test('of many gets so many rows a day, and then one that is nobody’s', async () => {
    for (const name of ['a', 'b', 'c'])
      await log.add(many(3, { account: name, person: `p_${name}000` }))
    const rows = await all()
    expect(rows.length).toBeLessThanOrEqual(6)
    expect(rows[0]).toMatchObject({ account: '', person: '', act: MORE, township: '' })
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(9)
  })
})

describe('a page', () => {
  test('is of some townships, or of one account', async () => {
    const elsewhere = 'ledger.example.cn/330106110000' as typeof town
    await log.add([
      tried(),
      // one of ours at a village of theirs: both sides may read it
      tried({ ledger: 'ledger.example.cn/330106110203', township: elsewhere, code: 'noSuchThing' }),
      tried({ account: 'other', person: '', township: elsewhere, home: elsewhere, code: 'x' }),
    ])
    const codes = async (filter: object) =>
      (await log.page({ limit: 9, ...filter })).rows.map(({ code }) => code)
    expect(await codes({ townships: [town] })).toEqual(['noSuchThing', 'officeNotHeld'])
    expect(await codes({ townships: [elsewhere] })).toEqual(['x', 'noSuchThing'])
    expect(await codes({ townships: [] })).toEqual([])
    expect(await codes({ account: 'other' })).toEqual(['x'])
    expect(await codes({ townships: [town], ledger: village })).toEqual(['officeNotHeld'])
    expect(await codes({ person: 'p_Shen01', day: DAY, code: 'noSuchThing' })).toHaveLength(1)
  })

  test('ends where it is told, and the next begins there', async () => {
    log.close()
    rmSync(file)
    log = openAttemptLog(file)
    await log.add(Array.from({ length: 7 }, (_, n) => tried({ stream: `request/2026-00000${n}` })))
    const first = await log.page({ limit: 4 })
    const second = await log.page({ limit: 4, after: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([4, 3, undefined])
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([7, 6, 5, 4, 3, 2, 1])
  })
})

test('two processes count together', async () => {
  const other = openAttemptLog(file)
  await log.add([tried({ count: 2 })])
  await other.add([tried({ count: 3 })])
  other.close()
  expect(await all()).toMatchObject([{ count: 5 }])
})

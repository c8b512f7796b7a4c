import Database from 'better-sqlite3'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildShim, reconstruct, runUnderPowercut } from '../support/powercut.ts'
import type { PowercutOptions, PowercutRun } from '../support/powercut.ts'
import { cutsAfterAcks, cutsAnywhere, type Cut } from '../support/powercut-disk.ts'
import { acknowledged, countSyncs, type Journal } from '../support/powercut-journal.ts'
import { bodyOf } from './driver-row.ts'

const commits = 40
const cuts = 100
const wal = /-wal$/

let work: string
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'powercut-driver-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const freshDir = () => mkdtempSync(join(work, 'disk-'))

interface Settings {
  readonly journalMode?: 'WAL' | 'DELETE'
  readonly synchronous: 'OFF' | 'NORMAL' | 'FULL' | 'EXTRA' | 'default'
  readonly count?: number
  readonly ack?: 'before' | 'after'
  readonly dir?: string
}

function drive(settings: Settings, options: Partial<PowercutOptions> = {}): Promise<PowercutRun> {
  const { journalMode = 'WAL', synchronous, count = commits, ack = 'after' } = settings
  const { dir = freshDir() } = settings
  const args = [dir, journalMode, synchronous, String(count), ack]
  const script = join(import.meta.dirname, 'driver.child.ts')
  return runUnderPowercut({ script, args, dir, ...options })
}

/** How many rows a database holds that a power cut may have left; 'corrupt' if it is not sound. */
function rowsIn(dir: string): number | 'corrupt' {
  const db = new Database(join(dir, 'rows.db'))
  try {
    // This disk is thrown away: what closing it writes back need not last.
    db.pragma('synchronous = OFF')
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') return 'corrupt'
    const table = db.prepare("select 1 from sqlite_schema where name = 'total'").get()
    if (table === undefined) return 0
    const bodies = db.prepare<[], Buffer>('select body from row order by id').pluck().all()
    const total = db.prepare<[], number>('select rows from total').pluck().get() ?? 0
    const whole = bodies.every((body, index) => body.equals(bodyOf(index + 1)))
    return whole && total === bodies.length ? total : 'corrupt'
  } catch (error) {
    if (error instanceof Database.SqliteError) return 'corrupt'
    throw error
  } finally {
    db.close()
  }
}

/** In how many cuts acknowledged commits (ids grow by one from `before`) or soundness are gone. */
function consequences(
  journal: Journal,
  suffered: readonly Cut[],
  before = 0,
): { lost: number; corrupt: number } {
  const result = { lost: 0, corrupt: 0 }
  for (const cut of suffered) {
    const dir = freshDir()
    reconstruct({ journal, dir, ...cut })
    const rows = rowsIn(dir)
    if (rows === 'corrupt') result.corrupt += 1
    else if (rows < Number(acknowledged(journal, cut.at).at(-1) ?? before)) result.lost += 1
    rmSync(dir, { recursive: true })
  }
  return result
}

describe('WAL with synchronous=FULL', () => {
  let journal: Journal
  beforeAll(async () => {
    const run = await drive({ synchronous: 'FULL' })
    journal = run.journal
    expect(run.acks).toEqual(Array.from({ length: commits }, (_, index) => String(index + 1)))
  })

  test('loses no acknowledged commit, wherever the power fails', () => {
    expect(consequences(journal, cutsAnywhere(journal, cuts))).toEqual({ lost: 0, corrupt: 0 })
  })

  test('has each commit on the disk when it is acknowledged', () => {
    expect(consequences(journal, cutsAfterAcks(journal))).toEqual({ lost: 0, corrupt: 0 })
  })

  test('fsyncs the WAL at least once a commit', () => {
    expect(countSyncs(journal, wal)).toBeGreaterThanOrEqual(commits)
  })

  test('checkpoints meanwhile, so that the cuts fall into checkpoints too', () => {
    expect(countSyncs(journal, /rows\.db$/)).toBeGreaterThan(2)
  })

  test('loses commits once the fsyncs are lies: they are what is believed', () => {
    const lies = { ...journal, records: journal.records.filter(({ op }) => op !== 'sync') }
    expect(consequences(lies, cutsAnywhere(lies, cuts)).lost).toBeGreaterThan(0)
  })
})

describe.each(['NORMAL', 'default'] as const)('WAL with synchronous=%s', (synchronous) => {
  let journal: Journal
  beforeAll(async () => {
    ;({ journal } = await drive({ synchronous }))
  })

  test('loses acknowledged commits, but stays sound', () => {
    const { lost, corrupt } = consequences(journal, cutsAnywhere(journal, cuts))
    expect(lost).toBeGreaterThan(0)
    expect(corrupt).toBe(0)
  })

  test('fsyncs the WAL less often than it commits', () => {
    expect(countSyncs(journal, wal)).toBeLessThan(commits)
  })

  test('loses nothing to kill -9, which therefore proves nothing about a power cut', () => {
    const killed = cutsAnywhere(journal, cuts).map((cut) => ({ ...cut, mode: 'kept' as const }))
    expect(consequences(journal, killed)).toEqual({ lost: 0, corrupt: 0 })
  })
})

describe('a rollback journal', () => {
  test('without fsyncs leaves unsound databases: writes are reordered and torn', async () => {
    const { journal } = await drive({ journalMode: 'DELETE', synchronous: 'OFF' })
    expect(consequences(journal, cutsAnywhere(journal, cuts)).corrupt).toBeGreaterThan(0)
  })

  test('with FULL may come back after its removal: names need an fsync too', async () => {
    const { journal } = await drive({ journalMode: 'DELETE', synchronous: 'FULL' })
    const { lost, corrupt } = consequences(journal, cutsAfterAcks(journal))
    expect(lost).toBeGreaterThan(0)
    expect(corrupt).toBe(0)
  })

  test('with EXTRA loses nothing', async () => {
    const { journal } = await drive({ journalMode: 'DELETE', synchronous: 'EXTRA' })
    const both = [...cutsAnywhere(journal, cuts), ...cutsAfterAcks(journal)]
    expect(consequences(journal, both)).toEqual({ lost: 0, corrupt: 0 })
  })
})

describe('the run', () => {
  const settings = { synchronous: 'FULL' } as const

  test('is caught when it acknowledges before it commits, even by kill -9', async () => {
    const { journal } = await drive({ ...settings, ack: 'before' })
    const killed = cutsAfterAcks(journal).map((cut) => ({ ...cut, mode: 'kept' as const }))
    expect(consequences(journal, killed)).toEqual({ lost: commits, corrupt: 0 })
  })

  test.each(['write', 'sync', 'ack'] as const)(
    'is cut right after the %s asked for',
    async (op) => {
      const { outcome, journal } = await drive(settings, { cutAfter: { op, count: 25 } })
      expect(outcome).toBe('cut')
      expect(journal.records.slice(-2).map((record) => record.op)).toEqual([op, 'cut'])
      expect(journal.records.filter((record) => record.op === op).length).toBe(25)
    },
  )

  test('goes on from what a cut left, on which cuts fall again', async () => {
    const first = await drive(settings, { cutAfter: { op: 'ack', count: 9 } })
    const dir = join(work, 'second-life')
    reconstruct({ journal: first.journal, dir, seed: 1 })
    const second = await drive({ ...settings, dir })
    expect(second.acks[0]).toBe('10')
    const { journal } = second
    expect(consequences(journal, cutsAnywhere(journal, cuts), 9)).toEqual({ lost: 0, corrupt: 0 })
  })

  test('is killed from outside, and the last record may be half written', async () => {
    const endless = { ...settings, count: 1_000_000 }
    const { outcome, journal, acks } = await drive(endless, { killAfterAcks: 5 })
    expect(outcome).toBe('killed')
    expect(acks.length).toBeGreaterThanOrEqual(5)
    const atTheKill = Array.from({ length: 20 }, (_, seed) => ({ seed }))
    expect(consequences(journal, atTheKill)).toEqual({ lost: 0, corrupt: 0 })
  })

  test('fails when a change of the directory went past the shim', async () => {
    const dir = freshDir()
    const script = join(import.meta.dirname, 'bypass.child.ts')
    await expect(runUnderPowercut({ script, args: [dir], dir })).rejects.toThrow(
      'unseen was changed by a call the shim does not journal',
    )
  })

  test('fails when the child does not end in time', async () => {
    const endless = { ...settings, count: 1_000_000 }
    await expect(drive(endless, { timeout: 1 })).rejects.toThrow('did not end in time')
  })

  test('fails with what the child said when the child fails', async () => {
    const script = join(work, 'absent.mjs')
    await expect(runUnderPowercut({ script, dir: freshDir() })).rejects.toThrow(
      /absent\.mjs ended with 1\n[^]*Cannot find module/,
    )
  })
})

describe('building the shim', () => {
  test('fails without a C compiler and says what is missing', () => {
    const cache = join(work, 'empty-cache')
    expect(() => buildShim({ compiler: 'no-such-cc', cache })).toThrow(
      "no C compiler: 'no-such-cc' was not found; the power-cut tests need the C++ toolchain",
    )
  })

  test('fails where somebody else could exchange the library', () => {
    const cache = mkdtempSync(join(work, 'open-cache-'))
    chmodSync(cache, 0o777)
    expect(() => buildShim({ cache })).toThrow('is not ours alone')
  })

  test('compiles once', () => {
    const cache = join(work, 'cache')
    const library = buildShim({ cache })
    expect(buildShim({ compiler: 'no-such-cc', cache })).toBe(library)
    expect(readdirSync(cache)).toEqual([basename(library)])
  })
})

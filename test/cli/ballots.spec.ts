// The ballot box of a data directory: there once somebody votes online, keyed beside the vault, emptied when it is opened.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBallotBox } from '../../db/ballots/box.ts'
import { LazyBallotBox } from '../../src/cli/ballots.ts'
import type { Doors } from '../../src/cli/doors.ts'
import { Session } from '../../src/cli/session.ts'
import { meetingIdSchema } from '../../src/domain/ids.ts'
import { p, village } from '../support/law-cast.ts'

let place = ''
let opened = 0
let box: LazyBallotBox
const closed = (): Promise<never> => Promise.reject(new Error('nothing else is opened here'))
const doors: Doors = {
  store: closed,
  reading: closed,
  audit: closed,
  drafts: closed,
  ballots: async (door) => {
    opened += 1
    return openBallotBox(door)
  },
  vault: closed,
  attachments: closed,
  attempts: closed,
  hold: () => Promise.resolve(undefined),
  server: () => Promise.reject(new Error('no server here')),
}
const here = { ledger: village, meeting: meetingIdSchema.parse('m-2026-0001') }
const choices = [{ item: 'a1', choice: 'for' as const }]

function boxOf(data: string): LazyBallotBox {
  const terminal = { write: () => true }
  const world = {
    env: {},
    cwd: place,
    stdout: terminal,
    stderr: terminal,
    now: () => 0,
    random: (bytes: number) => new Uint8Array(bytes).fill(3),
    onInterrupt: () => () => {},
    toldToStop: () => Promise.resolve(),
    doors,
  }
  return new LazyBallotBox(new Session(world, 'zh', { data }))
}

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-box-'))
  opened = 0
  box = boxOf(place)
})
afterEach(async () => {
  await box.close()
  rmSync(place, { recursive: true, force: true })
})

test('where nobody votes online there is none', async () => {
  expect(await box.boxes()).toEqual([])
  await box.erase(here)
  await box.close()
  expect(opened).toBe(0)
  expect(readdirSync(place)).toEqual([])
})

test('law 5.8: the first ballot makes it, and it is opened once', async () => {
  expect(await box.drop(here, p('m1'), choices)).toBe('dropped')
  expect(await box.drop(here, p('m2'), choices)).toBe('dropped')
  expect(opened).toBe(1)
  expect(existsSync(join(place, 'ballots.db'))).toBe(true)
  expect(await box.seal(here)).toEqual([{ item: 'a1', for: 2, against: 0, abstain: 0 }])
  // its key lies with the vault's, readable by its owner alone
  expect(statSync(join(place, 'keys', 'vault.key')).mode & 0o077).toBe(0)
})

test('one that is opened to be counted is shut to what was still on its way', async () => {
  expect(await box.seal(here)).toEqual([])
  expect(await box.drop(here, p('m1'), choices)).toBe('sealed')
})

test('it is found again: one ballot a person whichever process asks', async () => {
  await box.drop(here, p('m1'), choices)
  await box.close()
  box = boxOf(place)
  expect(await box.boxes()).toEqual([here])
  expect(await box.drop(here, p('m1'), choices)).toBe('known')
  await box.erase(here)
  expect(await box.boxes()).toEqual([])
})

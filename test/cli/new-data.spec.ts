// Making a data directory: whole or not at all, and never over somebody's data.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Doors } from '../../src/cli/doors.ts'
import { CliFault } from '../../src/cli/faults.ts'
import { DEMO_MARK, inNewData } from '../../src/cli/new-data.ts'
import { Session } from '../../src/cli/session.ts'

let place = ''
let session: Session
const data = (): string => join(place, 'data')
const closed = (): Promise<never> => Promise.reject(new Error('nothing is opened here'))
const doors: Doors = {
  store: closed,
  reading: closed,
  audit: closed,
  drafts: closed,
  ballots: closed,
  vault: closed,
  attachments: closed,
  attempts: closed,
  hold: () => Promise.resolve(() => {}),
  server: () => Promise.reject(new Error('no server here')),
}

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-new-'))
  const terminal = { write: () => true }
  const world = {
    env: {},
    cwd: place,
    stdout: terminal,
    stderr: terminal,
    now: () => 0,
    random: (bytes: number) => new Uint8Array(bytes),
    onInterrupt: () => () => {},
    toldToStop: () => Promise.resolve(),
    doors,
  }
  session = new Session(world, 'zh', {})
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const writing =
  (text: string) =>
  (made: Session): Promise<string> => {
    writeFileSync(join(made.paths.data, 'file'), text)
    return Promise.resolve(text)
  }

test('moved to its place when it is whole', async () => {
  expect(await inNewData(session, {}, writing('new'))).toBe('new')
  expect(readdirSync(place)).toEqual(['data'])
  expect(readFileSync(join(data(), 'file'), 'utf8')).toBe('new')
})

// Windows keeps rights elsewhere
test.skipIf(process.platform === 'win32')('its owner alone looks into it', async () => {
  await inNewData(session, {}, writing('new'))
  expect(statSync(data()).mode & 0o777).toBe(0o700)
})

test('an empty directory may stand there', async () => {
  mkdirSync(data())
  await inNewData(session, {}, writing('new'))
  expect(readdirSync(data())).toEqual(['file'])
})

test('of work that failed nothing stays', async () => {
  const failed = inNewData(session, {}, async (made) => {
    await writing('half')(made)
    throw new Error('failed')
  })
  await expect(failed).rejects.toThrow('failed')
  expect(readdirSync(place)).toEqual([])
})

test.each([
  ['data', {}, false],
  ['data', { replaceDemo: true }, false],
  [DEMO_MARK, {}, false],
  [DEMO_MARK, { replaceDemo: true }, true],
])('with a file %s there and %j: replaced is %s', async (name, options, replaced) => {
  mkdirSync(data())
  writeFileSync(join(data(), name), 'old')
  const told = await inNewData(session, options, writing('new')).catch((error: unknown) => error)
  expect(told instanceof CliFault).toBe(!replaced)
  expect(existsSync(join(data(), 'file'))).toBe(replaced)
  expect(existsSync(join(data(), name))).toBe(!replaced)
  expect(readdirSync(place)).toEqual(['data'])
})

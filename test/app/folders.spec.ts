// Making folders one by one: those above too, and an answer at once where none can be made.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from '../../src/app/folders.ts'

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'five-musts-folders-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

test('makes what is missing on the way, and says whether it did', () => {
  const folder = join(place, 'a', 'b', 'c')
  expect(makeFolder(folder)).toBe(true)
  expect(statSync(folder).isDirectory()).toBe(true)
  expect(makeFolder(folder)).toBe(false)
})

test.skipIf(process.platform === 'win32')('with the rights that were asked for', () => {
  makeFolder(join(place, 'a', 'b'), { mode: 0o700 })
  expect(statSync(join(place, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(join(place, 'a', 'b')).mode & 0o777).toBe(0o700)
})

test('a file in the way is the answer', () => {
  writeFileSync(join(place, 'file'), '')
  expect(() => makeFolder(join(place, 'file'))).toThrow(/EEXIST/)
  expect(() => makeFolder(join(place, 'file', 'in', 'it'))).toThrow(/ENOTDIR|EEXIST/)
})

test.runIf(existsSync('/proc/self'))('where none can be made it ends', () => {
  expect(() => makeFolder('/proc/none/in')).toThrow(/ENOENT/)
})

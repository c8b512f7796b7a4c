// Room on a real disk, and files that may be written or not.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasRoom, isWritable } from '../../src/app/room.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'room-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('there is room for a byte, and not for a yottabyte', async () => {
  expect(await hasRoom(folder, 1)).toBe(true)
  expect(await hasRoom(folder, 1e24)).toBe(false)
})

test('where there is no disk there is no room', async () => {
  expect(await hasRoom(join(folder, 'nothing'), 1)).toBe(false)
})

test('a file may be written, one that is not there may not', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(await isWritable(file)).toBe(true)
  expect(await isWritable(join(folder, 'nothing'))).toBe(false)
  // whoever is root may write whatever they like
  chmodSync(file, 0o444)
  expect(await isWritable(file)).toBe(process.getuid?.() === 0)
})

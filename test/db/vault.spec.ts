// The vault: what is put comes back, to its own place only; what is erased is gone from the files
// and from every copy.
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVault, SubjectErased, type Vault } from '../../db/vault/vault.ts'
import { type Folder, folder } from '../support/store-open.ts'

const key = Buffer.alloc(32, 7)
const at = '2025-03-03T01:00:00.000Z'
let dir: Folder
let vault: Vault
const files = () => ({ file: join(dir.path, 'vault.db'), keysFile: join(dir.path, 'keys.db') })

beforeEach(() => {
  dir = folder()
  vault = openVault({ ...files(), key })
})
afterEach(() => {
  vault.close()
  dir.remove()
})

/** Every byte the vault has on disk, logs included. */
const onDisk = (): Buffer =>
  Buffer.concat(
    Object.values(files())
      .flatMap((file) => [file, `${file}-wal`])
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file)),
  )

const storedOf = (subject: string): Buffer[] => {
  const [values, keys] = [new Database(files().file), new Database(files().keysFile)]
  const found = [
    ...values
      .prepare<[string], Buffer>('select sealed from value where subject = ?')
      .pluck()
      .all(subject),
    ...keys
      .prepare<[string], Buffer>('select wrapped from key where subject = ?')
      .pluck()
      .all(subject),
  ]
  values.close()
  keys.close()
  return found
}

test('gives back what was put, after a restart too', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('p_Aaaa', 'p_Bbbb', 'att1'), fc.dictionary(text, text), {
        noNullPrototype: true,
      }),
      (people) => {
        const held = new Map(
          Object.keys(people).map((subject) => [subject, new Map(vault.all(subject))]),
        )
        for (const [subject, values] of Object.entries(people)) {
          vault.put(subject, values)
          for (const [name, value] of Object.entries(values)) held.get(subject)?.set(name, value)
        }
        vault.close()
        vault = openVault({ ...files(), key })
        for (const [subject, values] of held) expect(new Map(vault.all(subject))).toEqual(values)
      },
    ),
    { numRuns: 20 },
  )
})

test('nothing of a value stands in the files in the clear', () => {
  vault.put('p_Aaaa', { name: '张三丰的名字很长', phone: '13800001234' })
  for (const secret of ['张三丰的名字很长', '13800001234']) {
    expect(onDisk().includes(Buffer.from(secret))).toBe(false)
  }
  // the search would find what is there in the clear
  expect(onDisk().includes(Buffer.from('p_Aaaa'))).toBe(true)
})

test('another key opens nothing', () => {
  vault.put('p_Aaaa', { name: '张三' })
  const other = openVault({ ...files(), key: Buffer.alloc(32, 8) })
  expect(() => other.get('p_Aaaa', 'name')).toThrow('unable to authenticate')
  other.close()
  expect(() => openVault({ ...files(), key: Buffer.alloc(31) })).toThrow('32 bytes')
})

test('a value put in the place of another, or changed, is not believed', () => {
  vault.put('p_Aaaa', { name: '张三', phone: '1' })
  vault.put('p_Bbbb', { name: '李四' })
  const db = new Database(files().file)
  const readName = () => vault.get('p_Aaaa', 'name')
  const moves = [
    `update value set sealed = (select sealed from value where name = 'phone')
     where subject = 'p_Aaaa' and name = 'name'`,
    `update value set sealed = (select sealed from value where subject = 'p_Bbbb')
     where subject = 'p_Aaaa'`,
    `update value set sealed = cast(sealed || x'00' as blob) where subject = 'p_Aaaa'`,
  ]
  for (const move of moves) {
    vault.put('p_Aaaa', { name: '张三', phone: '1' })
    expect(readName()).toBe('张三')
    db.exec(move)
    expect(readName).toThrow('unable to authenticate')
  }
  db.close()
})

test('what is erased is in no file any more, nor readable in a copy of the values', () => {
  vault.put('p_Aaaa', { name: '张三', phone: '13800001234' })
  vault.put('p_Bbbb', { name: '李四' })
  const stored = storedOf('p_Aaaa')
  expect(stored).toHaveLength(3)
  for (const bytes of stored) expect(onDisk().includes(bytes)).toBe(true)
  const backup = join(dir.path, 'backup.db')
  copyFileSync(files().file, backup)
  copyFileSync(`${files().file}-wal`, `${backup}-wal`)

  expect(vault.erase('p_Aaaa', at)).toBe(true)
  for (const bytes of stored) expect(onDisk().includes(bytes)).toBe(false)
  expect([vault.get('p_Aaaa', 'name'), vault.all('p_Aaaa').size]).toEqual([undefined, 0])
  expect(vault.get('p_Bbbb', 'name')).toBe('李四')
  expect(['p_Aaaa', 'p_Bbbb', 'p_Cccc'].map((id) => vault.state(id))).toEqual([
    'erased',
    'held',
    'unknown',
  ])
  expect(vault.subjects()).toEqual(['p_Bbbb'])

  // The values' copy still holds the ciphertext, and nobody the key.
  const restored = openVault({ file: backup, keysFile: files().keysFile, key })
  expect(readFileSync(backup).length).toBeGreaterThan(0)
  expect(restored.get('p_Aaaa', 'name')).toBeUndefined()
  restored.close()
})

test('control: without secure_delete the erased bytes stay in the file', () => {
  vault.put('p_Aaaa', { name: '张三' })
  const stored = storedOf('p_Aaaa')
  vault.close()
  for (const file of Object.values(files())) {
    const db = new Database(file)
    db.pragma('secure_delete = OFF')
    db.exec(file === files().file ? 'delete from value' : 'delete from key')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
  }
  expect(stored.some((bytes) => onDisk().includes(bytes))).toBe(true)
  vault = openVault({ ...files(), key })
})

test('erased stays erased', () => {
  expect(vault.erase('p_Aaaa', at)).toBe(false)
  vault.put('p_Aaaa', { name: '张三' })
  vault.erase('p_Aaaa', at)
  expect(() => vault.put('p_Aaaa', { name: '张三' })).toThrow(SubjectErased)
  expect(vault.erase('p_Aaaa', at)).toBe(false)
  expect(vault.state('p_Aaaa')).toBe('erased')
})

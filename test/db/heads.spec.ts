// Heads kept on a second medium: the only thing that tells a database rolled back, or replaced by
// another history.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHeads } from '../../db/heads.ts'
import type { OpenStore, SqliteOptions } from '../../db/open.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { parseVkey, vkeyOf } from '../../src/ledger/note.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { FaultyDriver } from '../support/store-faults.ts'
import { type Folder, folder, openToy } from '../support/store-open.ts'
import {
  accepted,
  commitStep,
  countingNonce,
  otherVillage,
  requestOf,
  signer,
  ToySteps,
  village,
  workings,
} from '../support/store-world.ts'

let dir: Folder
let toy: ToySteps
let faults: unknown[]
const medium = () => join(dir.path, 'heads')
const heads = () => openHeads(medium(), (error) => faults.push(error))
const open = (options: Partial<SqliteOptions> = {}): Promise<OpenStore> =>
  openToy(dir.file, { heads: heads(), ...options })
const kept = (origin: Origin): string[] =>
  readdirSync(join(medium(), origin.replaceAll('/', '_'))).toSorted()
const name = (size: number): string => `${String(size).padStart(16, '0')}.note`

beforeEach(() => {
  dir = folder()
  toy = new ToySteps()
  faults = []
})
afterEach(() => {
  expect(faults).toEqual([])
  dir.remove()
})

/** A village of `size` entries, closed. */
async function filled(size: number): Promise<void> {
  const { store } = await open()
  await accepted(commitStep(store, toy.genesis()))
  for (let n = 1; n < size; n++) await accepted(commitStep(store, toy.submit(n)))
  await store.close()
}

describe('keeping', () => {
  test('after close the newest head of each ledger is there, signed and whole', async () => {
    const { store } = await open()
    await accepted(commitStep(store, toy.genesis()))
    await accepted(commitStep(store, toy.genesis(otherVillage)))
    const burst = Array.from({ length: 20 }, (_, n) =>
      accepted(commitStep(store, toy.submit(n + 1))),
    )
    await Promise.all(burst)
    await accepted(commitStep(store, toy.submit(21)))
    await store.close()
    for (const [origin, size] of [
      [village, 22],
      [otherVillage, 1],
    ] as const) {
      expect(kept(origin).at(-1)).toBe(name(size))
      expect(kept(origin).filter((file) => !/^\d{16}\.note$/.test(file))).toEqual([])
      const { name: keyName, seed } = signer(origin)
      const key = parseVkey(nodeCrypto, vkeyOf(nodeCrypto, keyName, nodeCrypto.publicKey(seed)))
      for (const file of kept(origin)) {
        const note = readFileSync(join(medium(), origin.replaceAll('/', '_'), file), 'utf8')
        expect(name(openCheckpoint(nodeCrypto, note, key).size)).toBe(file)
      }
    }
  })

  test('never names a head that did not commit', async () => {
    const driver = new FaultyDriver()
    const { store } = await open({ connect: driver.connect })
    await accepted(commitStep(store, toy.genesis()))
    driver.arm({ statement: 'commit', nth: 1, how: 'failed' })
    await expect(commitStep(store, toy.submit(1))).rejects.toThrow('stopped')
    await store.close()
    expect(kept(village)).toEqual([name(1)])
    expect((await open()).readOnly).toBeUndefined()
  })

  test('a medium that cannot be written is reported, and the ledger goes on', async () => {
    writeFileSync(medium(), 'a file where the folder should be')
    const guard = { ...heads(), newest: () => Promise.resolve([]) }
    const { store } = await openToy(dir.file, { heads: guard })
    await accepted(commitStep(store, toy.genesis()))
    await store.close()
    expect(faults).not.toEqual([])
    faults = []
    expect(checkLedger(dir.file, { workings, signer }).sizes.get(village)).toBe(1)
  })
})

describe('at the start', () => {
  /** What the server then does: reads go on, every commit is answered with the reason. */
  async function expectReadOnly(code: string): Promise<void> {
    const made = await open()
    expect(made.readOnly?.code).toBe(code)
    expect(made.readOnly?.sentence.zh).toContain(village)
    expect(made.readOnly?.sentence.en).toContain(village)
    await expect(commitStep(made.store, toy.submit(50))).rejects.toMatchObject({ code })
    expect(() => made.rebuild()).toThrow(code)
    expect(
      made.ledgers.ledgers().length + (await made.store.read(village, requestOf(1))).length,
    ).toBeGreaterThan(0)
    await made.store.close()
  }

  test('a database that holds its heads opens for writing', async () => {
    await filled(5)
    const { store, readOnly } = await open()
    expect(readOnly).toBeUndefined()
    await accepted(commitStep(store, toy.submit(50)))
    await store.close()
  })

  test('a database ahead of its heads opens for writing: the medium was away', async () => {
    await filled(3)
    const away = await openToy(dir.file)
    await accepted(commitStep(away.store, toy.submit(30)))
    await away.store.close()
    const { store, readOnly } = await open()
    expect(readOnly).toBeUndefined()
    await store.close()
  })

  test('a database rolled back to an older copy is read-only', async () => {
    await filled(3)
    copyFileSync(dir.file, `${dir.file}.old`)
    const { store } = await open()
    await accepted(commitStep(store, toy.submit(40)))
    await store.close()
    renameSync(`${dir.file}.old`, dir.file)
    await expectReadOnly('ledgerBehindHeads')
    // The control: without the heads nothing about the old copy is wrong.
    const blind = await openToy(dir.file)
    expect(blind.readOnly).toBeUndefined()
    await accepted(commitStep(blind.store, toy.submit(41)))
    await blind.store.close()
  })

  test('a database rolled back and written to again is a fork', async () => {
    await filled(3)
    copyFileSync(dir.file, `${dir.file}.old`)
    const { store } = await open()
    await accepted(commitStep(store, toy.submit(40)))
    await store.close()
    renameSync(`${dir.file}.old`, dir.file)
    const blind = await openToy(dir.file, { nonce: countingNonce('other') })
    for (const n of [41, 42]) await accepted(commitStep(blind.store, toy.submit(n)))
    await blind.store.close()
    await expectReadOnly('ledgerForked')
  })

  test('a database begun anew is read-only, though it is empty', async () => {
    await filled(3)
    for (const file of readdirSync(dir.path))
      if (file.startsWith('ledger.db')) rmSync(join(dir.path, file))
    const made = await open()
    expect(made.readOnly?.code).toBe('ledgerBehindHeads')
    await expect(commitStep(made.store, toy.genesis())).rejects.toMatchObject({
      code: 'ledgerBehindHeads',
    })
    await made.store.close()
  })

  test.each([
    ['altered', (note: string) => note.replace(/.{4}\n$/, 'AAA=\n')],
    ['of another size than its name', (note: string) => note],
    ['empty', () => ''],
  ])('a head file that is %s is not believed, either way', async (how, change) => {
    await filled(3)
    const folderOf = join(medium(), village.replaceAll('/', '_'))
    const newest = join(folderOf, name(3))
    const to = how.startsWith('of another') ? join(folderOf, name(9)) : newest
    writeFileSync(to, change(readFileSync(newest, 'utf8')))
    await expectReadOnly('headUnverified')
  })

  test('what a crash left unfinished, and what is no ledger, is not read', async () => {
    await filled(2)
    mkdirSync(join(medium(), 'lost+found'))
    const left = join(medium(), village.replaceAll('/', '_'), `${name(7)}.123.tmp`)
    writeFileSync(left, 'half a no')
    const { store, readOnly } = await open()
    expect([readOnly, existsSync(left)]).toEqual([undefined, true])
    await store.close()
  })
})

// Heads kept on a second medium: the only thing that tells a database rolled back, or replaced by
// another history.
import {
  copyFileSync,
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
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import type { Origin } from '../../src/domain/ids.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { frameHead, headsIn } from '../../src/ledger/kept-heads.ts'
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
const fileOf = (origin: Origin): string => join(medium(), `${origin.replaceAll('/', '_')}.heads`)
/** Sizes of the heads kept of a ledger, in order; each must be signed by it. */
function kept(origin: Origin): number[] {
  const { name, seed } = signer(origin)
  const key = parseVkey(nodeCrypto, vkeyOf(nodeCrypto, name, nodeCrypto.publicKey(seed)))
  return headsIn(readFileSync(fileOf(origin))).map(
    (note) => openCheckpoint(nodeCrypto, note, key).size,
  )
}
/** Sizes of the checkpoints in the database. */
const signed = ({ ledgers }: OpenStore, origin: Origin): number[] =>
  Array.from(ledgers.checkpoints(origin), ({ size }) => size)

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
  test('every head of every ledger is there after close, in order, signed and whole', async () => {
    const made = await open()
    const { store } = made
    await accepted(commitStep(store, toy.genesis()))
    await accepted(commitStep(store, toy.genesis(otherVillage)))
    // Groups of one: each is committed while the head before it is on its way to the medium.
    for (let n = 1; n <= 30; n++) await accepted(commitStep(store, toy.submit(n)))
    const burst = Array.from({ length: 20 }, (_, n) =>
      accepted(commitStep(store, toy.submit(n + 31))),
    )
    await Promise.all(burst)
    const sizes = signed(made, village)
    expect(sizes.length).toBeGreaterThan(31)
    await store.close()
    expect(kept(village)).toEqual(sizes)
    expect(kept(otherVillage)).toEqual([1])
  })

  test('never names a head that did not commit', async () => {
    const driver = new FaultyDriver()
    const { store } = await open({ connect: driver.connect })
    await accepted(commitStep(store, toy.genesis()))
    driver.arm({ statement: 'commit', nth: 1, how: 'failed' })
    await expect(commitStep(store, toy.submit(1))).rejects.toThrow('stopped')
    await store.close()
    expect(kept(village)).toEqual([1])
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

  test('what a medium missed while it was away is kept, in order, once it is back', async () => {
    const { store } = await open()
    await accepted(commitStep(store, toy.genesis()))
    await accepted(commitStep(store, toy.submit(1)))
    await store.close()
    const guard = heads()
    const again = await open({ heads: guard })
    expect(guard.behind()).toBe(false)
    renameSync(medium(), `${medium()}-away`)
    writeFileSync(medium(), 'a file where the folder should be')
    for (const n of [2, 3, 4]) await accepted(commitStep(again.store, toy.submit(n)))
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    expect(guard.behind()).toBe(true)
    rmSync(medium())
    renameSync(`${medium()}-away`, medium())
    await accepted(commitStep(again.store, toy.submit(5)))
    await again.store.close()
    expect(guard.behind()).toBe(false)
    faults = []
    expect(kept(village)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('what was not kept before a crash is taken from the database, and told', async () => {
    await filled(2)
    const away = await openToy(dir.file)
    for (const n of [20, 21, 22]) await accepted(commitStep(away.store, toy.submit(n)))
    expect(away.unkept).toEqual([])
    await away.store.close()
    expect(kept(village)).toEqual([1, 2])
    const back = await open()
    expect(back.unkept).toEqual([{ origin: village, kept: 2, size: 5 }])
    expect(kept(village)).toEqual([1, 2, 3, 4, 5])
    await back.store.close()
    const quiet = await open()
    expect(quiet.unkept).toEqual([])
    await quiet.store.close()
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

  test('another process may commit while the heads are being read', async () => {
    await filled(2)
    const other = await open()
    const guard = heads()
    const newest = async () => {
      await accepted(commitStep(other.store, toy.submit(60)))
      await other.store.close()
      return guard.newest()
    }
    const { store, readOnly } = await openToy(dir.file, { heads: { ...guard, newest } })
    expect(readOnly).toBeUndefined()
    await store.close()
    expect(kept(village)).toEqual([1, 2, 3])
  })

  test('sizes, nodes and checkpoints are read from one snapshot', async () => {
    await filled(3)
    const outside: string[] = []
    const { store, readOnly } = await open({ connect: watching(outside) })
    expect([readOnly, outside]).toEqual([undefined, []])
    await store.close()
  })

  test('the newest head is found behind one of a slower process', async () => {
    await filled(3)
    const notes = headsIn(readFileSync(fileOf(village)))
    writeFileSync(fileOf(village), notes.toReversed().map(frameHead).join(''))
    rmSync(dir.file)
    const made = await open()
    expect(made.readOnly?.sentence.en).toContain('a head of 3')
    await made.store.close()
  })

  test('of a long file only the end is read', async () => {
    await filled(3)
    const [note = ''] = headsIn(readFileSync(fileOf(village)))
    const last = readFileSync(fileOf(village))
    const altered = frameHead(note.replace(/.{8}\n$/, 'AAAAAAA=\n'))
    writeFileSync(fileOf(village), altered.repeat(100))
    await expectReadOnly('headUnverified')
    writeFileSync(fileOf(village), altered.repeat(100) + last.toString().repeat(10))
    const { store, readOnly } = await open()
    expect(readOnly).toBeUndefined()
    await store.close()
  })

  test.each([
    [
      'altered',
      (notes: readonly string[]) => [
        ...notes.slice(0, -1),
        last(notes).replace(/.{8}\n$/, 'AAAAAAA=\n'),
      ],
    ],
    [
      'of another size',
      (notes: readonly string[]) => [...notes.slice(0, -1), last(notes).replace('\n3\n', '\n9\n')],
    ],
    ['no note at all', (notes: readonly string[]) => [...notes, 'nothing\n']],
  ])('a head that is %s is not believed, either way', async (_, change) => {
    await filled(3)
    const notes = headsIn(readFileSync(fileOf(village)))
    expect(notes).toHaveLength(3)
    writeFileSync(fileOf(village), change(notes).map(frameHead).join(''))
    await expectReadOnly('headUnverified')
  })

  test('what a crash left unfinished, and what is no ledger, is not read', async () => {
    await filled(2)
    mkdirSync(join(medium(), 'lost+found'))
    writeFileSync(join(medium(), 'readme.txt'), 'of the medium')
    const whole = readFileSync(fileOf(village))
    const frame = Buffer.from(frameHead(last(headsIn(whole))))
    for (let length = 1; length < frame.length; length++) {
      const torn = frame.subarray(0, length)
      const zeros = Buffer.alloc(frame.length)
      torn.copy(zeros)
      for (const left of [torn, zeros]) {
        expect(headsIn(Buffer.concat([whole, left])), String(length)).toHaveLength(2)
        expect(headsIn(Buffer.concat([whole, left, frame])), String(length)).toHaveLength(3)
      }
    }
    writeFileSync(fileOf(village), Buffer.concat([whole, frame.subarray(0, 90)]))
    const { store, readOnly } = await open()
    expect(readOnly).toBeUndefined()
    await accepted(commitStep(store, toy.submit(70)))
    await store.close()
    expect(kept(village)).toEqual([1, 2, 3])
  })
})

const last = (notes: readonly string[]): string => notes.at(-1) ?? ''

/** Collects the reads of the ledgers that were made outside any transaction. */
function watching(outside: string[]) {
  return (file: string): Connection => {
    const db = connect(file)
    const prepare = db.prepare.bind(db)
    return Object.assign(db, {
      prepare: (sql: string) => {
        const statement = prepare(sql)
        if (!/from (ledger|node|checkpoint)\b/.test(sql)) return statement
        for (const way of ['get', 'all'] as const) {
          const read = statement[way].bind(statement)
          const watched = (...values: unknown[]) => {
            if (!db.inTransaction) outside.push(sql)
            return read(...values)
          }
          Object.assign(statement, { [way]: watched })
        }
        return statement
      },
    })
  }
}

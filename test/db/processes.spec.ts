// Two processes on one file: serial per ledger, nothing lost, doubled or skipped.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '../support/check-ledger.ts'
import { type BuiltChild, buildChild } from '../support/store-build.ts'
import { folder, openToy } from '../support/store-open.ts'
import { runChild } from '../support/store-process.ts'
import {
  accepted,
  commitStep,
  signer,
  ToySteps,
  village,
  workings,
} from '../support/store-world.ts'

let child: BuiltChild
beforeAll(() => {
  child = buildChild('processes')
})
afterAll(() => child.remove())

test(
  'three processes started at once on a file that is not there yet',
  { timeout: 60_000 },
  async () => {
    const dir = folder()
    const count = 400
    const order = { file: dir.file, count, flight: 16 }
    // A first start makes the ledger; the three then race from migrations on.
    await runChild(child.script, { ...order, series: 9, count: 0 })
    const ends = await Promise.all(
      [1, 2, 3].map((series) => runChild(child.script, { ...order, series })),
    )
    for (const { code, stderr } of ends) expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { sizes, commands } = checkLedger(dir.file, { workings, signer })
    const acks = ends.flatMap((end) => end.acks)
    expect(acks).toHaveLength(3 * count)
    expect(sizes.get(village)).toBe(1 + 3 * count)
    expect(commands.size).toBe(1 + 3 * count)
    // each was told its own place
    expect(new Set(acks.map(({ seq }) => seq)).size).toBe(3 * count)
    for (const { command } of acks) expect(commands.has(command)).toBe(true)
    dir.remove()
  },
)

test('migrations raced by three processes are applied once', { timeout: 60_000 }, async () => {
  const dir = folder()
  const order = { file: dir.file, count: 0, flight: 0 }
  const ends = await Promise.all(
    [1, 2, 3].map((series) => runChild(child.script, { ...order, series })),
  )
  // All open; the genesis is refused to those who come second, and that is what ends them.
  for (const { stderr } of ends)
    expect(stderr.replace(/Error: refused: alreadyExists[^]*/, '')).not.toMatch(/SQLITE|Migration/)
  expect(ends.filter(({ code }) => code === 0).length).toBeGreaterThanOrEqual(1)
  checkLedger(dir.file, { workings, signer })
  dir.remove()
})

test('a store in this process follows a store in another', { timeout: 60_000 }, async () => {
  const dir = folder()
  const { store } = await openToy(dir.file)
  const toy = new ToySteps(5)
  await accepted(commitStep(store, toy.genesis()))
  await accepted(commitStep(store, toy.appoint(village)))
  const end = await runChild(child.script, { file: dir.file, series: 1, count: 300, flight: 8 })
  expect(end.code).toBe(0)
  const { entries, size } = await accepted(commitStep(store, toy.appoint(village)))
  expect([entries[0]?.seq, size]).toEqual([302, 303])
  const appointments = await store.read(village, 'roster')
  expect(entries[0]?.revision).toBe(appointments.length - 1)
  await store.close()
  checkLedger(dir.file, { workings, signer })
  dir.remove()
})

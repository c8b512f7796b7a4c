// kill -9 with 64 commands in flight, hundreds of times: whatever was acknowledged is there, once,
// and the file is whole. It proves acknowledge-after-commit only; that a power cut loses nothing is
// test/powercut's to prove.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLedger } from '../support/check-ledger.ts'
import { type BuiltChild, buildChild } from '../support/store-build.ts'
import { folder } from '../support/store-open.ts'
import { type ChildEnd, runChild } from '../support/store-process.ts'
import { signer, workings } from '../support/store-world.ts'

const LANES = 2
const FILES_A_LANE = 20
/** Kills one file survives in turn. */
const KILLS_A_FILE = 5

let child: BuiltChild
beforeAll(() => {
  child = buildChild('kill')
})
afterAll(() => child.remove())

/** Acknowledged commands that are not in the file, or stand in another place than was said. */
function lost({ acks }: ChildEnd, commands: ReadonlySet<string>): string[] {
  return acks.map(({ command }) => command).filter((command) => !commands.has(command))
}

async function killRepeatedly(lane: number, nth: number): Promise<number> {
  const dir = folder()
  const file = join(dir.path, 'ledger.db')
  const all = new Set<string>()
  for (let series = 0; series < KILLS_A_FILE; series++) {
    const draw = lane * 7919 + nth * 613 + series * 271
    const kill = { after: 1 + (draw % 120), wait: (draw % 37) / 10 }
    const end = await runChild(child.script, { file, series, count: 15_000, flight: 64, kill })
    expect({ signal: end.signal, stderr: end.stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
    const { commands } = checkLedger(file, { workings, signer })
    for (const { command } of end.acks) all.add(command)
    expect(lost(end, commands)).toEqual([])
    for (const command of all) expect(commands.has(command)).toBe(true)
  }
  dir.remove()
  return KILLS_A_FILE
}

test('200 kills lose nothing that was acknowledged', { timeout: 300_000 }, async () => {
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    let kills = 0
    for (let nth = 0; nth < FILES_A_LANE; nth++) kills += await killRepeatedly(lane, nth)
    return kills
  })
  const kills = (await Promise.all(lanes)).reduce((a, b) => a + b, 0)
  expect(kills).toBeGreaterThanOrEqual(200)
})

test('control: acknowledging before the commit loses', { timeout: 60_000 }, async () => {
  const dir = folder()
  const order = { file: dir.file, count: 15_000, flight: 64, mode: 'early' as const }
  let missing = 0
  for (let series = 0; series < 5; series++) {
    const end = await runChild(child.script, {
      ...order,
      series,
      kill: { after: 1 + series * 40, wait: 0 },
    })
    missing += lost(end, checkLedger(dir.file, { workings, signer }).commands).length
  }
  dir.remove()
  expect(missing).toBeGreaterThan(0)
})

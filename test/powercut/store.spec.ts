// The real store under power cuts: at FULL, wherever the power fails, what was acknowledged is
// there, the ledger is whole, no kept head names what is not there, and the store goes on. At
// NORMAL, the driver's default, acknowledged commands are lost.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHeads } from '../../db/heads.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { cutsAfterAcks, cutsAnywhere, type Cut } from '../support/powercut-disk.ts'
import { acknowledged, countSyncs, type Journal } from '../support/powercut-journal.ts'
import { reconstruct, runUnderPowercut } from '../support/powercut.ts'
import { type BuiltChild, buildChild } from '../support/store-build.ts'
import { openToy } from '../support/store-open.ts'
import { type ChildOrder, parseAck } from '../support/store-process.ts'
import {
  accepted,
  commitStep,
  signer,
  ToySteps,
  village,
  workings,
} from '../support/store-world.ts'

const COMMANDS = 240
const CUTS = 60
const TIMEOUT = 240_000

let work: string
let child: BuiltChild
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'powercut-store-'))
  child = buildChild('powercut')
})
afterAll(() => {
  child.remove()
  rmSync(work, { recursive: true, force: true })
})

async function run(order: Pick<ChildOrder, 'synchronous' | 'mode'>): Promise<Journal> {
  const dir = mkdtempSync(join(work, 'disk-'))
  const whole: ChildOrder = {
    file: join(dir, 'ledger.db'),
    headsFolder: join(dir, 'heads'),
    series: 1,
    count: COMMANDS,
    flight: 8,
    pause: 10,
    ...order,
  }
  const args = [JSON.stringify(whole)]
  const { journal, acks } = await runUnderPowercut({
    script: child.script,
    args,
    dir,
    timeout: TIMEOUT,
  })
  expect(acks).toHaveLength(COMMANDS)
  return journal
}

/** Right after a kept head has reached its medium, with nothing else that was not fsynced. */
const cutsAfterHeads = ({ records }: Journal): Cut[] =>
  records.flatMap((record, index) =>
    record.op === 'sync' && /^heads\/[^/]+$/.test(record.path)
      ? [{ seed: 0, at: index + 1, mode: 'dropped' as const }]
      : [],
  )

/** The disk of one cut, put into `use`. */
async function onDisk<T>(journal: Journal, cut: Cut, use: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(work, 'cut-'))
  reconstruct({ journal, dir, ...cut })
  try {
    return await use(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Acknowledged commands that are gone. Throws when the ledger is not whole. */
function lostIn(dir: string, journal: Journal, cut: Cut): number {
  const file = join(dir, 'ledger.db')
  const acks = acknowledged(journal, cut.at).map(parseAck)
  if (!existsSync(file)) return acks.length
  const { commands } = checkLedger(file, { workings, signer })
  return acks.filter(({ command }) => !commands.has(command)).length
}

describe('synchronous = FULL', () => {
  let journal: Journal
  beforeAll(async () => {
    journal = await run({ synchronous: 'FULL' })
  }, TIMEOUT)

  test('the run has checkpoints and heads in it', () => {
    expect(countSyncs(journal, /ledger\.db-wal$/)).toBeGreaterThan(COMMANDS / 8)
    expect(countSyncs(journal, /ledger\.db$/)).toBeGreaterThan(2)
    expect(cutsAfterHeads(journal).length).toBeGreaterThan(5)
  })

  const kinds = {
    anywhere: (whole: Journal) => cutsAnywhere(whole, CUTS),
    'after an acknowledgement': (whole: Journal) => cutsAfterAcks(whole).slice(0, CUTS),
    'after a head was kept': cutsAfterHeads,
  }
  test.each(Object.entries(kinds))('survives cuts %s', { timeout: TIMEOUT }, async (_, cutsOf) => {
    const cuts = cutsOf(journal)
    expect(cuts.length).toBeGreaterThan(5)
    const whole = { lost: 0, readOnly: undefined }
    for (const cut of cuts) {
      const found = await goOnAfter(journal, cut)
      expect({ ...found, cut }).toEqual({ ...whole, cut })
    }
  })
})

const goOnAfter = (journal: Journal, cut: Cut) =>
  onDisk(journal, cut, (dir) => goOn(dir, journal, cut))

/** Opens the store on what the cut left, looks, and commits more. Throws where that fails. */
async function goOn(dir: string, journal: Journal, cut: Cut) {
  const file = join(dir, 'ledger.db')
  const heads = openHeads(join(dir, 'heads'), (error) => {
    throw error
  })
  const { store, readOnly } = await openToy(file, { heads })
  // Opened, hence recovered, before it is looked at.
  const lost = lostIn(dir, journal, cut)
  if (readOnly !== undefined) return { lost, readOnly: readOnly.code }
  const toy = new ToySteps(7)
  const { sizes } = checkLedger(file, { workings, signer })
  if (!sizes.has(village)) await accepted(commitStep(store, toy.genesis()))
  await accepted(commitStep(store, toy.appoint(village)))
  await store.close()
  checkLedger(file, { workings, signer })
  return { lost, readOnly: undefined }
}

/** Over the cuts: acknowledged commands lost, and heads that name what is not there. */
async function damage(
  journal: Journal,
  cuts: readonly Cut[],
): Promise<{ lost: number; behind: number }> {
  const sum = { lost: 0, behind: 0 }
  for (const cut of cuts) {
    const { lost, behind } = await onDisk(journal, cut, (dir) => damageIn(dir, journal, cut))
    sum.lost += lost
    sum.behind += behind
  }
  return sum
}

async function damageIn(
  dir: string,
  journal: Journal,
  cut: Cut,
): Promise<{ lost: number; behind: number }> {
  const heads = openHeads(join(dir, 'heads'), () => {})
  const { store, readOnly } = await openToy(join(dir, 'ledger.db'), { heads })
  const lost = lostIn(dir, journal, cut)
  await store.close()
  return { lost, behind: readOnly?.code === 'ledgerBehindHeads' ? 1 : 0 }
}

test(
  'control: synchronous = NORMAL loses what was acknowledged, and the heads tell',
  { timeout: TIMEOUT },
  async () => {
    const journal = await run({ synchronous: 'NORMAL' })
    expect((await damage(journal, cutsAnywhere(journal, CUTS))).lost).toBeGreaterThan(0)
    expect((await damage(journal, cutsAfterHeads(journal))).behind).toBeGreaterThan(0)
  },
)

test('control: acknowledging before the commit loses at FULL', { timeout: TIMEOUT }, async () => {
  const journal = await run({ synchronous: 'FULL', mode: 'early' })
  const { lost } = await damage(journal, cutsAfterAcks(journal).slice(0, 30))
  expect(lost).toBeGreaterThan(0)
})

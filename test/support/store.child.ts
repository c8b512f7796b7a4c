// A process of its own that commits to a store until it has done its count, or until it is killed.
// It writes one line for each command that was acknowledged: `<ledger> <command id> <seq>`.
import { writeSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { connect, type Connection } from '../../db/sqlite/open.ts'
import { StoreBusy } from '../../db/sqlite/faults.ts'
import { openHeads } from '../../db/heads.ts'
import type { Receipt } from '../../src/domain/store.ts'
import { openToy } from './store-open.ts'
import { accepted, commitStep, countingNonce, type Step, ToySteps, village } from './store-world.ts'

const { file, series, count, flight, mode, headsFolder, kill, synchronous, pause } = z
  .object({
    file: z.string(),
    series: z.int(),
    count: z.int(),
    flight: z.int(),
    mode: z.enum(['early', 'late']).default('late'),
    headsFolder: z.string().optional(),
    kill: z.object({ after: z.int(), wait: z.number() }).optional(),
    synchronous: z.enum(['NORMAL', 'FULL']).optional(),
    pause: z.int().default(0),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

const fatal = (error: unknown): void => {
  console.error(error)
  process.exit(3)
}
const heads = headsFolder === undefined ? {} : { heads: openHeads(headsFolder, fatal) }
let connection: Connection | undefined
const { store, ledgers } = await openToy(file, {
  nonce: countingNonce(`c${series}x`),
  onFatal: fatal,
  connect: (path) => (connection = connect(path)),
  ...heads,
})
if (synchronous !== undefined) {
  // Behind the store's back, which would refuse to open so.
  connection?.pragma(`synchronous = ${synchronous}`)
  // Often enough that power cuts fall into checkpoints, and into a log that starts over.
  connection?.pragma('wal_autocheckpoint = 60')
}
const toy = new ToySteps(series)
if (ledgers.checkpoint(village) === undefined) await commit(toy.genesis())

/** Acknowledged so far; a killer watches it. */
const acks = new Int32Array(new SharedArrayBuffer(4))
if (kill !== undefined) {
  const killer = new Worker(new URL('./store-killer.child.js', import.meta.url), {
    workerData: { acks, ...kill },
  })
  killer.unref()
}

let done = 0
async function client(number: number): Promise<void> {
  for (let turn = 0; done < count; turn++) {
    done++
    // Each client submits requests of its own and signs one that all share.
    const own = 1 + series * 10_000 + number * 150 + (turn >> 1)
    const step =
      turn % 2 === 0 ? toy.submit(own, { payee: `account:${own}` }) : toy.appoint(village)
    // The control of the kill test: acknowledged before anything is durable.
    if (mode === 'early') acknowledge(step, -1)
    const { entries } = await commit(step)
    if (mode !== 'early') acknowledge(step, entries[0]?.seq ?? -1)
    for (let turns = 0; turns < pause; turns++) await nextTurn()
  }
}

/** A busy file is no refusal: the same command is tried again. */
async function commit(step: Step): Promise<Receipt> {
  for (;;) {
    try {
      return await accepted(commitStep(store, step))
    } catch (error) {
      if (!(error instanceof StoreBusy)) throw error
    }
  }
}

/** At once and whole: what the parent has read was said. */
function acknowledge({ command }: Step, seq: number): void {
  writeSync(1, `${command.ledger} ${command.id} ${seq}\n`)
  Atomics.add(acks, 0, 1)
  Atomics.notify(acks, 0)
}

await Promise.all(Array.from({ length: flight }, (_, number) => client(number)))
await store.close()

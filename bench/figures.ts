// Every figure beside its gate, its goal and the limit measured in the same run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { httpRates } from './http.ts'
import { rawInserts, type Raw, stepsAtHistories, type Steps, walkSteps } from './steps.ts'
import { verifyRates } from './verify.ts'
import { type BenchWorld, benchWorld } from './world.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly gate: number
  readonly goal: number
  readonly more: 'better' | 'worse'
  /** The same work with nothing of ours around it, in the same run. */
  readonly limit?: number
}

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)

function print({ name, value, unit, gate, goal, more, limit }: Figure): void {
  const met = (bound: number): boolean => (more === 'better' ? value >= bound : value <= bound)
  const verdict = met(goal) ? 'goal' : met(gate) ? 'gate' : 'SHORT'
  const bounds = `gate ${gate}, goal ${goal}${limit === undefined ? '' : `, limit ${shown(limit)}`}`
  console.log(
    `${verdict.padEnd(5)} ${name.padEnd(58)} ${shown(value).padStart(9)} ${unit} (${bounds})`,
  )
}

/**
 * Runs all benches, prints the figures and keeps them under bench/results of the working directory.
 * @param only `http`: the server alone
 */
export async function measure(only?: string): Promise<void> {
  const seconds = Number(process.env['BENCH_SECONDS'] ?? 10)
  const figures: Figure[] = []
  const parts =
    only === 'http' ? [httpFigures(seconds)] : [ownFigures(seconds), httpFigures(seconds)]
  for (const part of parts) {
    for await (const figure of part) {
      figures.push(figure)
      print(figure)
    }
  }
  const results = join('bench', 'results')
  mkdirSync(results, { recursive: true })
  const [load] = loadavg()
  console.log(
    `      load average ${(load ?? 0).toFixed(1)} on ${availableParallelism()} processors`,
  )
  const result = { node: process.version, load, figures }
  writeFileSync(join(results, 'latest.json'), `${JSON.stringify(result, null, 2)}\n`)
}

async function* ownFigures(seconds: number): AsyncGenerator<Figure> {
  const world = await benchWorld()
  try {
    yield* measured(world, seconds)
  } finally {
    await world.close()
  }
}

async function* measured(world: BenchWorld, seconds: number): AsyncGenerator<Figure> {
  await walkSteps(world, { inFlight: 64, seconds: Math.min(5, seconds) })
  yield* stepFigures(...(await besideRaw(world, seconds)))
  const { short, long } = await stepsAtHistories(world, 10, 10_000)
  const more = 'worse'
  yield {
    name: 'a step at 10,000 entries of history against 10',
    value: long / short,
    unit: '×',
    gate: 1.2,
    goal: 1.05,
    more,
  }
  yield* verifyFigures(world)
}

const ROUNDS = 3

/** Steps and bare inserts in turns, so that what else the machine does falls on both. */
async function besideRaw(
  world: BenchWorld,
  seconds: number,
): Promise<[readonly Steps[], readonly Raw[]]> {
  const steps: Steps[] = []
  const raw: Raw[] = []
  for (let round = 0; round < ROUNDS; round++) {
    steps.push(await walkSteps(world, { inFlight: 64, seconds: seconds / ROUNDS }))
    raw.push(rawInserts(world.file))
  }
  return [steps, raw]
}

const total = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0)

function* stepFigures(walks: readonly Steps[], raws: readonly Raw[]): Generator<Figure> {
  const steps = total(walks, (walk) => walk.steps)
  const perSecond = steps / total(walks, (walk) => walk.seconds)
  const cpu = total(walks, (walk) => walk.cpuMicros) / steps
  const raw = total(raws, ({ commands }) => commands) / total(raws, (one) => one.seconds)
  const rawCpu = total(raws, ({ cpuMicros }) => cpuMicros) / total(raws, ({ commands }) => commands)
  const last = walks.at(-1)
  const perStep = (total(walks, ({ entries }) => entries) / steps).toFixed(2)
  const [p50, p99] = [last?.p50.toFixed(2), last?.p99.toFixed(2)]
  const share = ((rawCpu / cpu) * 100).toFixed(1)
  console.log(`      ${steps} steps, ${perStep} entries a step, p50 ${p50} ms, p99 ${p99} ms`)
  console.log(
    `      processor ${cpu.toFixed(1)} µs a step, the bare driver ${rawCpu.toFixed(1)} µs (${share} %)`,
  )
  const more = 'better'
  yield {
    name: 'durable steps, one process, SQLite FULL, 64 in flight',
    value: perSecond,
    unit: '/s',
    gate: 8000,
    goal: 13_000,
    more,
    limit: raw,
  }
  yield {
    name: "share of the raw driver's rate",
    value: (perSecond / raw) * 100,
    unit: '%',
    gate: 25,
    goal: 35,
    more,
  }
}

async function* verifyFigures(world: BenchWorld): AsyncGenerator<Figure> {
  const { hashed, signatures, decided, limits } = await verifyRates(world)
  const kind = { unit: '/s', more: 'better' } as const
  yield {
    ...kind,
    name: 'verify: entries hashed, tree and roots',
    value: hashed,
    gate: 60_000,
    goal: 100_000,
    limit: limits.hashed,
  }
  yield {
    ...kind,
    name: 'verify: checkpoint signatures',
    value: signatures,
    gate: 8000,
    goal: 8000,
    limit: limits.signatures,
  }
  yield {
    ...kind,
    name: 'verify: entries re-decided',
    value: decided,
    gate: 10_000,
    goal: 25_000,
    limit: limits.decided,
  }
}

async function* httpFigures(seconds: number): AsyncGenerator<Figure> {
  const { perSecond, bare, p50, p99, cpuMicros, paced, signIns } = await httpRates(seconds)
  const cpu = cpuMicros === undefined ? '' : `, processor ${cpuMicros.toFixed(0)} µs a step`
  console.log(`      over HTTP: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${cpu}`)
  console.log(
    `      paced at ${shown(paced.perSecond)}/s: p50 ${paced.p50.toFixed(1)} ms; ${signIns.toFixed(1)} sign-ins/s`,
  )
  yield {
    name: 'durable steps over HTTP, signed in, 64 in flight',
    value: perSecond,
    unit: '/s',
    gate: 2500,
    goal: 4000,
    more: 'better',
    limit: bare,
  }
  yield {
    name: 'p99 over HTTP at half that load, evenly paced',
    value: paced.p99,
    unit: 'ms',
    gate: 25,
    goal: 10,
    more: 'worse',
  }
}

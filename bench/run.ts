// npm run bench: every figure beside its gate, its goal and the limit measured in the same run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { rawInserts, stepAtHistory, walkSteps } from './steps.ts'
import { benchWorld } from './world.ts'
import { verifyRates } from './verify.ts'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly gate: number
  readonly goal: number
  readonly more: 'better' | 'worse'
}
const figures: Figure[] = []
const figure = (name: string, value: number, rest: Omit<Figure, 'name' | 'value'>): void => {
  const made = { name, value, ...rest }
  figures.push(made)
  const met = (limit: number): boolean => (rest.more === 'better' ? value >= limit : value <= limit)
  const verdict = met(rest.goal) ? 'goal' : met(rest.gate) ? 'gate' : 'SHORT'
  const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
  console.log(`${verdict.padEnd(5)} ${name.padEnd(58)} ${shown.padStart(9)} ${rest.unit} (gate ${rest.gate}, goal ${rest.goal})`)
}

const seconds = Number(process.env['BENCH_SECONDS'] ?? 10)
const world = await benchWorld()
try {
  await walkSteps(world, { inFlight: 16, seconds: Math.min(5, seconds) })
  const steps = await walkSteps(world, { inFlight: 64, seconds })
  console.log(
    `      ${steps.steps} steps, ${(steps.entries / steps.steps).toFixed(2)} entries a step, p50 ${steps.p50.toFixed(2)} ms, p99 ${steps.p99.toFixed(2)} ms`,
  )
  figure('durable steps, one process, SQLite FULL, 64 in flight', steps.perSecond, {
    unit: '/s',
    gate: 8000,
    goal: 13_000,
    more: 'better',
  })
  const raw = rawInserts(world.file)
  console.log(`      raw driver, same rows and batches: ${Math.round(raw).toLocaleString('en')} commands/s`)
  figure("share of the raw driver's rate", (steps.perSecond / raw) * 100, {
    unit: '%',
    gate: 25,
    goal: 35,
    more: 'better',
  })
  const short = await stepAtHistory(world, 10)
  const long = await stepAtHistory(world, 10_000)
  const again = await stepAtHistory(world, 10)
  figure('a step at 10,000 entries of history against 10', long / Math.min(short, again), {
    unit: '×',
    gate: 1.2,
    goal: 1.05,
    more: 'worse',
  })
  const rates = await verifyRates(world)
  figure('verify: entries hashed, tree and roots', rates.hashed, { unit: '/s', gate: 60_000, goal: 100_000, more: 'better' })
  figure('verify: checkpoint signatures', rates.signatures, { unit: '/s', gate: 8000, goal: 8000, more: 'better' })
  figure('verify: entries re-decided', rates.decided, { unit: '/s', gate: 10_000, goal: 25_000, more: 'better' })
} finally {
  await world.close()
}
mkdirSync(new URL('results/', import.meta.url), { recursive: true })
const result = { node: process.version, figures }
writeFileSync(new URL('results/latest.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)

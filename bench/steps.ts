// Durable steps: many clients, each walking its own requests, every step acknowledged only after
// its fsync.
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../db/sqlite/migrate.ts'
import { connect } from '../db/sqlite/open.ts'
import { by, village } from '../test/support/law-cast.ts'
import { type BenchWorld, journey, must } from './world.ts'

export interface Steps {
  readonly steps: number
  readonly entries: number
  readonly seconds: number
  readonly perSecond: number
  /** Of the whole process, all threads. */
  readonly cpuMicros: number
  readonly p50: number
  readonly p99: number
}

/** Bare inserts, as the driver alone does them. */
export interface Raw {
  readonly commands: number
  readonly seconds: number
  readonly cpuMicros: number
}

const cpuMicrosSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return user + system
}

let nextRequest = 1

/**
 * Walks whole journeys with `inFlight` clients for about `seconds`; each client finishes the
 * request it is in.
 */
export async function walkSteps(
  { opened }: BenchWorld,
  { inFlight, seconds }: { inFlight: number; seconds: number },
): Promise<Steps> {
  const took: number[] = []
  const cpu = process.cpuUsage()
  const started = performance.now()
  const until = started + seconds * 1000
  const sizeBefore = opened.ledgers.checkpoint(village)?.size ?? 0
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      for (const asking of journey(nextRequest++)) {
        const begun = performance.now()
        await must(opened, asking)
        took.push(performance.now() - begun)
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  const elapsed = performance.now() - started
  const cpuMicros = cpuMicrosSince(cpu)
  took.sort((a, b) => a - b)
  const at = (share: number): number => took[Math.floor((took.length - 1) * share)] ?? 0
  return {
    steps: took.length,
    entries: (opened.ledgers.checkpoint(village)?.size ?? 0) - sizeBefore,
    seconds: elapsed / 1000,
    perSecond: took.length / (elapsed / 1000),
    cpuMicros,
    p50: at(0.5),
    p99: at(0.99),
  }
}

/**
 * The same entry, node, command and checkpoint rows in the same batches, by the bare driver into
 * the same tables with the same triggers. Projections are left out of it: the share it gives is the
 * stricter for that.
 */
export function rawInserts(file: string): Raw {
  const source = new Database(file, { readonly: true })
  const dir = mkdtempSync(join(process.env['FIVE_MUSTS_BENCH_DIR'] ?? tmpdir(), 'five-musts-raw-'))
  const target = connect(join(dir, 'raw.db'))
  try {
    migrate(target)
    return copyBatches(source, target)
  } finally {
    target.close()
    source.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

type Row = Record<string, unknown>
const raw = ['entry', 'node', 'command', 'checkpoint'] as const

function copyBatches(source: Database.Database, target: Database.Database): Raw {
  const heads = source.prepare<[string], { size: number; at: string }>(
    'select size, at from checkpoint where ledger = ? order by size',
  )
  const rows = (table: string, where: string) =>
    source.prepare<unknown[], Row>(`select * from ${table} where ledger = ? and ${where}`)
  const read = {
    entry: rows('entry', 'seq >= ? and seq < ? order by seq'),
    node: rows(
      'node',
      '(`index` + 1) * (1 << level) > ? and (`index` + 1) * (1 << level) <= ? order by level, `index`',
    ),
    command: rows('command', 'size > ? and size <= ?'),
    checkpoint: rows('checkpoint', 'size > ? and size <= ?'),
  }
  const columns = (table: string): readonly string[] =>
    source
      .prepare<[], { name: string }>(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => name)
  const insert = Object.fromEntries(
    raw.map((table) => {
      const names = columns(table)
      const listed = names.map((name) => `"${name}"`).join(',')
      const values = names.map((name) => `@${name}`).join(',')
      const sql = `insert into ${table} (${listed}) values (${values})`
      return [table, target.prepare(sql)]
    }),
  )
  const all = heads.all(village)
  const batches = all.map(({ size }, i) => ({ from: all[i - 1]?.size ?? 0, to: size }))
  const loaded = batches.map(({ from, to }) =>
    raw.map((table) => [table, read[table].all(village, from, to)] as const),
  )
  const ledger =
    source.prepare<[string], Row>('select * from ledger where origin = ?').get(village) ?? {}
  const opened = Object.keys(ledger)
  target
    .prepare(
      `insert into ledger (${opened.join(',')})
       values (${opened.map((name) => `@${name}`).join(',')})`,
    )
    .run({ ...ledger, size: 0 })
  let commands = 0
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (const batch of loaded) {
    target.exec('begin immediate')
    for (const [table, list] of batch) {
      const statement = insert[table]
      for (const row of list) statement?.run(row)
      if (table === 'command') commands += list.length
    }
    target.exec('commit')
  }
  return { commands, seconds: (performance.now() - started) / 1000, cpuMicros: cpuMicrosSince(cpu) }
}

const TURNS = 50

const BLOCKS = 15

/**
 * Milliseconds of one step on streams of few and of many entries, one client. Blocks of turns
 * alternate, so that what else the machine does falls on both, and the best of each counts. Short
 * histories are spread over as many streams as a block has turns, so that they stay short.
 */
export async function stepsAtHistories(
  world: BenchWorld,
  few: number,
  many: number,
): Promise<{ readonly short: number; readonly long: number }> {
  const shorts = await Promise.all(Array.from({ length: TURNS }, () => turning(world, few)))
  const longs = [await turning(world, many)]
  let short = Number.POSITIVE_INFINITY
  let long = Number.POSITIVE_INFINITY
  for (let block = 0; block < BLOCKS; block++) {
    short = Math.min(short, await blockOf(shorts))
    long = Math.min(long, await blockOf(longs))
  }
  return { short, long }
}

async function blockOf(streams: readonly (() => Promise<void>)[]): Promise<number> {
  const started = performance.now()
  for (let n = 0; n < TURNS; n++) await streams[n % streams.length]?.()
  return (performance.now() - started) / (TURNS * 2)
}

/**
 * A request returned and resubmitted with nothing material changed: the one history that may go on
 * for ever.
 */
async function turning({ opened }: BenchWorld, history: number): Promise<() => Promise<void>> {
  const [submitted] = journey(nextRequest++)
  if (submitted === undefined) throw new Error('an empty journey')
  await must(opened, submitted)
  const form = submitted.input as Record<string, unknown>
  const witness = by('witness')
  const sentBack = { reason: '请核对', fields: [] }
  let turns = 0
  const turn = async (): Promise<void> => {
    await must(opened, { ...submitted, type: 'request.return', by: witness, input: sentBack })
    await must(opened, {
      ...submitted,
      type: 'request.resubmit',
      input: { ...form, budgetLine: `科目${turns++}` },
    })
  }
  while (turns * 2 + 1 < history) await turn()
  return turn
}

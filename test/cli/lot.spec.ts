// The lot drawn again (law 6.6): from the database, from an exported folder alone, and by hand with sha256sum as docs/lot.md says.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReading } from '../../db/reading.ts'
import { exportLedger } from '../../src/app/export.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { LotRedraw, type Redrawn } from '../../src/app/lot.ts'
import { commandIdSchema, inspectionIdSchema } from '../../src/domain/ids.ts'
import { canonicalBytes, parseCanonical } from '../../src/ledger/canonical.ts'
import { cli, type Ran } from '../support/cli.ts'
import { by, company, o, p, village } from '../support/law-cast.ts'
import { type Asking, digest } from '../support/law.ts'
import { form } from '../support/request-cast.ts'
import {
  must,
  openStore,
  type TownshipData,
  townshipData,
  vkeyOfLedger,
} from '../support/township-data.ts'

const round = inspectionIdSchema.parse('i-2026-01')
const secret = 'drawn-from-a-bag-of-beans'
let data: TownshipData
let folder = ''

const onRound = (type: string, input: unknown): Asking => ({
  ledger: village,
  stream: `inspection/${round}`,
  type,
  by: by('inspector1'),
  input,
})

/** Fourteen requests that ended on 2 March, two on the 3rd; a round over the 2nd, a sample of ten. */
async function history(): Promise<void> {
  let ids = 0
  const ask = async (path: string, start: string, ...askings: readonly Asking[]) => {
    const { store } = await openStore(path, start)
    for (const asking of askings) {
      const id = commandIdSchema.parse(
        `01970000-0000-7000-8000-b${String(ids++).padStart(11, '0')}`,
      )
      await must(store, { ...asking, id })
    }
    await store.close()
  }
  const ended = (n: number): readonly Asking[] => {
    const stream = `request/2026-${String(n).padStart(6, '0')}` as const
    const account = `62220200${String(n).padStart(8, '0')}`
    const submission = form({
      payee: { type: 'firm', name: `供应商${n}`, account, bank: '湖州银行' },
      invoices: [
        {
          number: `2533${String(n * 50).padStart(16, '0')}`,
          date: '2026-03-01',
          sellerAccount: account,
          total: '1200.00',
        },
      ],
    })
    const step = (type: string, office: string, input: unknown): Asking => {
      return { ledger: village, stream, type, by: by(office), input }
    }
    return [
      step('request.submit', 'clerk', submission),
      step('request.withdraw', 'chead', { reason: '不再需要' }),
    ]
  }
  const list = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ended(from + i)).flat()
  await ask(data.path, '2026-03-02T05:00:00.000Z', ...list(101, 13))
  await ask(data.path, '2026-03-03T01:00:00.000Z', ...list(201, 2))
  const plan = {
    kind: 'periodic',
    period: { from: '2026-03-02', to: '2026-03-02' },
    companies: [company],
    inspectors: ['inspector1', 'inspector2'].map((name) => ({ office: o(name), person: p(name) })),
    campaign: '2026年第一轮',
  }
  const notice = {
    startsOn: '2026-03-10',
    drawAfter: '2026-03-05T04:00:00.000Z',
    commitment: digest(secret),
  }
  await ask(
    data.path,
    '2026-03-04T01:00:00.000Z',
    onRound('inspection.plan', plan),
    onRound('inspection.notice', notice),
  )
  // the first commit after the instant, and some more before the draw
  await ask(data.path, '2026-03-05T04:00:00.000Z', ...list(301, 2))
  await ask(
    data.path,
    '2026-03-06T01:00:00.000Z',
    onRound('inspection.draw', { secret, picks: [] }),
  )
}

beforeAll(async () => {
  // one request that was paid ends on the 2nd as well
  data = await townshipData({ requests: 1 })
  await history()
  folder = mkdtempSync(join(tmpdir(), 'five-musts-lot-'))
  const reading = openReading(data.file)
  await exportLedger({
    crypto: nodeCrypto,
    reads: reading.ledgers,
    origin: village,
    vkey: vkeyOfLedger(village),
    folder: join(folder, 'export'),
  })
  reading.close()
}, 60_000)
afterAll(() => {
  data.remove()
  rmSync(folder, { recursive: true, force: true })
})

const lot = (...args: readonly string[]): Promise<Ran> =>
  cli(['lot', '--inspection', round, ...args], { cwd: folder })
const fromExport = async (): Promise<Redrawn> => {
  const { code, out, err } = await lot('--export', 'export', '--json')
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out) as Redrawn
}

/** The entries, changed or not, taken one after another. */
function redrawn(edit: (entry: Record<string, unknown>) => object = (entry) => entry) {
  const reading = openReading(data.file)
  try {
    const size = reading.ledgers.checkpoint(village)?.size ?? 0
    const again = new LotRedraw(nodeCrypto, round)
    for (const bytes of reading.ledgers.entries(village, 0, size)) {
      const entry = parseCanonical(bytes)
      again.take(canonicalBytes(edit(entry) as typeof entry))
    }
    return again.redrawn()
  } finally {
    reading.close()
  }
}
const edited = (type: string, body: object) =>
  redrawn((entry) =>
    entry['type'] === type ? { ...entry, body: { ...(entry['body'] as object), ...body } } : entry,
  )

describe('law 6.6: the lot drawn again', () => {
  test('from the database and from the exported folder alone, it is the same', async () => {
    const exported = await fromExport()
    const { code, out } = await lot('--ledger', '330106109203', '--data', data.path, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual(exported)
    const numbers = Array.from({ length: 13 }, (_, i) => `2026-000${101 + i}`)
    expect(exported.population).toEqual(['2026-000001', ...numbers])
    expect(exported).toMatchObject({ equal: true, sample: 10, ledger: village })
    expect(exported.draw?.lot.again).toHaveLength(10)
  })

  test('for people: every value, the requests in their order, and the verdict', async () => {
    const { out } = await lot('--export', 'export', '--lang', 'zh')
    const { draw } = await fromExport()
    expect(out).toContain('✓ 重新抽签，结果相同')
    expect(out).toContain(`✓ ${draw?.seed.again ?? ''}`)
    const shown = [...out.matchAll(/^ +\d+  (2026-\d{6})$/gm)].map(([, request]) => request)
    expect(shown).toEqual(draw?.lot.recorded)
  })

  test('by hand, with sha256sum and sort, as the document says', async () => {
    const { draw, population, populationDigest, sample } = await fromExport()
    if (draw === undefined) throw new Error('not drawn')
    const page = readFileSync(new URL('../../docs/lot.md', import.meta.url), 'utf8')
    const [, script = ''] = /```sh\n([^]*?)```/.exec(page) ?? []
    expect(script).toContain('sha256sum')
    const here = join(folder, 'by-hand')
    cpSync(join(folder, 'export', 'checkpoint'), join(here, 'checkpoint'))
    writeFileSync(join(here, 'population.txt'), population.join('\n'))
    const env = {
      PATH: process.env['PATH'] ?? '',
      SECRET: draw.secret,
      ROOT: draw.root.recorded,
      SAMPLE: String(sample),
    }
    const told = execFileSync('sh', ['-c', script], { cwd: here, env, encoding: 'utf8' })
    expect(told.trim().split('\n')).toEqual([
      populationDigest.recorded,
      draw.commitment.recorded,
      draw.seed.recorded,
      ...draw.lot.recorded,
    ])
  })

  test.each<[string, () => Redrawn | undefined, string]>([
    [
      'another secret',
      () => edited('inspection.drawn', { given: { secret: 'x'.repeat(16), picks: [] } }),
      'commitment',
    ],
    [
      'another root',
      () => edited('inspection.drawn', { root: { size: 9, root: 'ab'.repeat(32) } }),
      'root',
    ],
    ['another seed', () => edited('inspection.drawn', { seed: 'ab'.repeat(32) }), 'seed'],
    ['another lot', () => edited('inspection.lotListed', { requests: ['2026-000101'] }), 'lot'],
  ])('told apart: %s', (_what, made, where) => {
    const found = made()
    expect(found?.equal).toBe(false)
    const draw = found?.draw as unknown as Record<string, { equal: boolean }>
    expect(draw[where]?.equal).toBe(false)
  })

  test('told apart: a request left out of the population', () => {
    const found = redrawn((entry) =>
      entry['stream'] === 'request/2026-000105' && entry['type'] === 'disciplineAudit.opened'
        ? { ...entry, type: 'disciplineAudit.closed' }
        : entry,
    )
    expect(found?.populationDigest.equal).toBe(false)
    expect(found?.equal).toBe(false)
  })

  test('not drawn yet: the population alone is compared', () => {
    const found = redrawn((entry) =>
      entry['type'] === 'inspection.drawn' ? { ...entry, type: 'inspection.cancelled' } : entry,
    )
    expect(found?.draw).toBeUndefined()
    expect(found?.equal).toBe(true)
  })

  test.each([
    [['--export', 'nowhere'], 'fileUnreadable'],
    [[], 'usage'],
    [['--ledger', '330106109203', '--inspection', 'i-2026-77'], 'notFound'],
  ])('%j could not run', async (args, code) => {
    const ran = await lot(...args, '--data', data.path, '--json')
    expect(ran.code).toBe(2)
    expect(`${ran.out}${ran.err}`).toContain(code)
  })
})

describe('law 6.2: rounds of one campaign', () => {
  test.each([
    ['2026年第一轮', ['i-2026-01']],
    ['another', []],
  ])('%s', async (campaign, expected) => {
    const { out } = await cli(
      ['inspection', 'list', '--campaign', campaign, '--json', '--data', data.path],
      { cwd: folder },
    )
    const { inspections } = JSON.parse(out) as { inspections: { inspection: string }[] }
    expect(inspections.map(({ inspection }) => inspection)).toEqual(expected)
  })
})

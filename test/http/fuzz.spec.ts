// Whatever is sent, nobody makes the server fail. Requests are made from the OpenAPI document and spoilt, sent over bare sockets by
// people of several offices and by nobody; each follows from the seed and its number alone. `npm test` sends a seeded few thousand;
// `npm run fuzz -- --count 50000 --seed 7` as many as one likes, `--only N` one of them again.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workings } from '../../src/app/workings.ts'
import { refusals } from '../../src/domain/refusal.ts'
import { problemKinds } from '../../src/http/problem.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { company, coop, p, village } from '../support/law-cast.ts'
import { Description } from '../support/openapi/document.ts'
import { Sampler } from '../support/openapi/sample.ts'
import { type Attempt, attempt, type Proper, type Terrain } from '../support/openapi/spoil.ts'
import { type Came, Hung, type Told, Wire } from '../support/openapi/wire.ts'
import { signerOf } from '../support/township-data.ts'
import { asks } from './rights-asks.ts'
import { code, openTown, otherVillage, type Town } from './town.ts'

const SEED = Number(process.env['FIVE_MUSTS_FUZZ_SEED'] ?? 20_261_123)
const COUNT = Number(process.env['FIVE_MUSTS_FUZZ_COUNT'] ?? 5000)
const ONLY = process.env['FIVE_MUSTS_FUZZ_ONLY']
/** Connections at once. */
const WIRES = 8
/** After so many everybody signs in anew. */
const ROUND = 500
/** What memory may have grown by at the end, after the garbage is collected: entries that were written lie in the store's caches. */
const GROWTH_MAX = 64 * 1024 * 1024

const offices = ['clerk', 'head', 'officer', 'centrehead', 'inspector1', 'cashier', 'm1']

let town: Town
let terrain: Terrain
let port: number
const cookies: string[] = []

beforeAll(async () => {
  // everybody from an address of their own: else who guesses at passwords would lock the others out
  town = await openTown({ config: { proxies: 1 } })
  port = Number(new URL(town.url).port)
  const proper = new Map<string, Proper>()
  for (const { id } of town.routes) {
    // what one ask brought about may be in the way of another: most are enough
    const ask = await Promise.resolve(asks[id]?.(town)).catch(() => undefined)
    if (ask !== undefined) proper.set(id, ask)
  }
  expect(proper.size).toBeGreaterThan(100)
  const texts = ['o_clerk', 'o_chead', p('clerk'), p('head'), p('m1'), company, coop]
  terrain = {
    described: await Description.at(town.url),
    sampler: new Sampler([...texts, '2026-000001', 'm-2026-0001', 'i-2026-01', 'a-2026-0001']),
    known: {
      village: [code(village), code(village), code(otherVillage)],
      request: ['2026-000001', '2026-000002', '2026-000003'],
      meeting: ['m-2026-0001', 'm-2026-0002'],
      inspection: ['i-2026-01'],
      authority: ['a-2026-0001'],
    },
    proper,
    people: offices.length,
  }
  await signInAll()
}, 120_000)
afterAll(() => town.close())

/** Over the same door as everybody; whoever was signed out meanwhile is let in again. */
async function signInAll(): Promise<void> {
  for (const [at, name] of offices.entries()) cookies[at] = (await town.client(p(name))).cookie
}

interface Tally {
  readonly statuses: Map<number, number>
  readonly kinds: Map<string, number>
  /** Commands whose receipt was sent. */
  readonly receipts: Set<string>
  /** Tries that were left before they were answered. */
  left: number
  /** What went wrong, each kind of it once, with how to see it again. */
  readonly faults: Map<string, string>
}

/** What is wrong with an answer; undefined when nothing is. */
function faultOf(
  { kind, operation }: Attempt,
  { status, headers, body }: Told,
): string | undefined {
  if (!Number.isInteger(status) || status < 200) return `status ${status}`
  const type = headers.get('content-type') ?? ''
  if (status < 400) return undefined
  if (!type.startsWith('application/problem+json')) return `${status} of type "${type}"`
  // HEAD
  const told = body.length === 0 ? undefined : problemIn(body)
  if (status >= 500 && !(status === 503 && told?.code === 'busy'))
    return `${status} ${body.toString()}`
  if (told === undefined) return undefined
  const known = told.code in problemKinds || told.code in refusals
  if (!known) return `unknown code ${told.code}`
  if (told.status !== status) return `${status} says ${told.status}`
  const early = [
    'requestMalformed',
    'headersTooLarge',
    'requestTooSlow',
    'methodUnknown',
    'noSuchThing',
  ]
  const documented = operation === undefined || String(status) in operation.responses
  if (!documented && !early.includes(told.code) && kind !== 'pipeline')
    return `${operation.operationId} does not say ${status} ${told.code}`
  return undefined
}

function problemIn(body: Buffer): { readonly code: string; readonly status: number } {
  return JSON.parse(body.toString('utf8')) as { readonly code: string; readonly status: number }
}

/** The connection may end without an answer where nothing whole was sent. */
const mayBeCut = ({ kind, sending }: Attempt): boolean =>
  sending.after !== 'wait' || ['method', 'protocol', 'path', 'headers'].includes(kind)

async function tried(wire: Wire, number: number, tally: Tally): Promise<void> {
  const one = attempt(SEED * 1_000_003 + number, terrain, (person) => cookies[person] ?? '')
  const where = `--seed ${SEED} --only ${number} (${one.kind} ${one.operation?.operationId ?? ''})\n${one.shell(port)}`
  let came: Came
  try {
    came = await wire.send(one.sending, one.answers)
  } catch (error) {
    throw error instanceof Hung ? new Error(`hung: ${where}`, { cause: error }) : error
  }
  tally.kinds.set(one.kind, (tally.kinds.get(one.kind) ?? 0) + 1)
  if (came.told.length < one.answers) tally.left += 1
  if (came.cut && !mayBeCut(one)) tally.faults.set(`cut without an answer, ${one.kind}`, where)
  for (const told of came.told) {
    tally.statuses.set(told.status, (tally.statuses.get(told.status) ?? 0) + 1)
    const fault = faultOf(one, told)
    if (fault !== undefined) tally.faults.set(fault, where)
    if (told.status === 201) noteReceipt(told, tally)
  }
  // what was sent beyond a whole request may still be read as the next
  if (one.kind !== 'sample' && one.kind !== 'value') wire.end()
}

function noteReceipt({ body }: Told, { receipts }: Tally): void {
  const { command } = JSON.parse(body.toString('utf8')) as { readonly command?: string }
  if (command !== undefined) receipts.add(command)
}

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void
function memory(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test(
  `${COUNT} requests make it neither fail, nor hang, nor grow, nor write by halves`,
  { timeout: 3_600_000 },
  async () => {
    const tally: Tally = {
      statuses: new Map(),
      kinds: new Map(),
      receipts: new Set(),
      left: 0,
      faults: new Map(),
    }
    const before = checkLedger(town.file, { workings, signer: signerOf }).commands
    const wires = Array.from({ length: WIRES }, () => new Wire(port))
    const began = performance.now()
    let warm = 0
    for (let from = 0; from < COUNT; from += ROUND) {
      const numbers =
        ONLY === undefined
          ? Array.from({ length: Math.min(ROUND, COUNT - from) }, (_, i) => from + i)
          : [Number(ONLY)]
      await Promise.all(
        wires.map(async (wire, at) => {
          for (const number of numbers.filter((one) => one % WIRES === at))
            await tried(wire, number, tally)
        }),
      )
      if (ONLY !== undefined) break
      if (from === ROUND) warm = memory()
      await signInAll()
    }
    for (const wire of wires) wire.end()
    const seconds = (performance.now() - began) / 1000
    const grown = warm === 0 ? 0 : memory() - warm
    const after = checkLedger(town.file, { workings, signer: signerOf }).commands
    const written = [...after].filter((id) => !before.has(id))
    console.log({
      seconds,
      perSecond: COUNT / seconds,
      grownMiB: grown / 2 ** 20,
      written: written.length,
      left: tally.left,
    })
    console.log(Object.fromEntries(tally.statuses), Object.fromEntries(tally.kinds))
    for (const [fault, where] of tally.faults) console.log(`\n${fault}\n${where}`)
    expect([...tally.faults.keys()]).toEqual([])
    if (ONLY !== undefined) return
    // refused calls leave nothing: what is in the ledgers was answered with a receipt, but for the few nobody stayed to hear
    const unheard = written.filter((id) => !tally.receipts.has(id))
    expect(unheard.length).toBeLessThanOrEqual(tally.left)
    expect([...tally.receipts].filter((id) => !after.has(id))).toEqual([])
    expect(grown).toBeLessThan(GROWTH_MAX)
    if (COUNT < 5000) return
    // the generator reaches far enough: refused at each door, and some of it accepted
    for (const status of [200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422])
      expect([...tally.statuses.keys()]).toContain(status)
    expect(written.length).toBeGreaterThan(0)
  },
)

const head = (length: number): string =>
  `POST /api/auth/sign-in/username HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n`

test(
  'two hundred who never finish hold nobody up, and are told so',
  { timeout: 120_000 },
  async () => {
    // a second instead of two minutes
    const limits = { writes: 1e9, reads: 1e9, calls: 1e9, connections: 10_000, requestMs: 1000 }
    const slow = await openTown({ config: { limits } })
    const own = Number(new URL(slow.url).port)
    const halves = ['POST /api/v1/me HT', head(40), `${head(40)}\r\n{"username":`]
    const stuck = Array.from({ length: 200 }, (_, at) => {
      const half = Buffer.from(halves[at % halves.length] ?? '')
      return new Wire(own).send({ parts: [half], after: 'wait' }, 1, 60_000)
    })
    const other = new Wire(own)
    const asked = Buffer.from('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
    for (let n = 0; n < 50; n++) {
      const { told } = await other.send({ parts: [asked], after: 'wait' })
      expect(told[0]?.status).toBe(200)
    }
    other.end()
    for (const { told } of await Promise.all(stuck)) {
      expect(told.map(({ status, body }) => [status, problemIn(body).code])).toEqual([
        [408, 'requestTooSlow'],
      ])
    }
    await slow.close()
  },
)

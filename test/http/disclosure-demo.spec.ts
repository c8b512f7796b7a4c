// Everything anybody can read of the demonstration, against everything the vault holds: no name, account, telephone or id
// of a person may stand in it. Two months are walked, then every public answer is asked over HTTP.
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccounts } from '../../db/accounts/open.ts'
import { runDemo } from '../../src/app/demo/simulate.ts'
import { keptList } from '../../src/app/lists/keep.ts'
import { disclosedMonth } from '../../src/app/read/disclosure-month.ts'
import { mintIds } from '../../src/app/township/ids.ts'
import { boundsOf } from '../../src/domain/disclosure.ts'
import { type Origin, sha256HexSchema } from '../../src/domain/ids.ts'
import { sum } from '../../src/domain/money.ts'
import { type DemoWorld, openDemoWorld } from '../support/demo-open.ts'
import { readingOf } from '../support/reading-open.ts'
import { type Answer, Client, documentOf } from './client.ts'
import { code, serverOver } from './town.ts'

const LONG = 240_000
let world: DemoWorld
let server: Awaited<ReturnType<typeof serverOver>>
let accounts: ReturnType<typeof openAccounts>
let villages: readonly Origin[]
let client: Client
/** What anybody was told, by path. */
const told = new Map<string, string>()

beforeAll(async () => {
  world = await openDemoWorld(3)
  await runDemo(world.ports, world.sources, { months: 2 })
  const { file, sources, ports } = world
  accounts = openAccounts(join(dirname(file), 'accounts.db'))
  const mint = mintIds({ random: (bytes) => randomBytes(bytes), clock: () => Date.now() })
  server = await serverOver({
    file,
    context: ports.context,
    accounts,
    clock: sources.clock.read,
    doorClock: () => Date.now(),
    freshId: () => mint.command(),
    demo: false,
    log: [],
  })
  client = new Client(server.running.url, documentOf(server.running.routes))
  const ledgers = server.rights.ledgers()
  villages = ledgers.flatMap(({ kind, origin }) => (kind === 'village' ? [origin] : []))
  for (const path of await paths(ledgers.map(({ origin }) => origin)))
    told.set(path, (await ask(path)).text)
}, LONG)
afterAll(async () => {
  await server.running.close()
  server.reading.close()
  accounts.close()
  await world.close()
})

async function ask(path: string): Promise<Answer> {
  const answer = await client.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer
}

const openMonths = async (of: string): Promise<readonly string[]> => {
  const { body } = await ask(`/disclosure/${of}/months`)
  return (body['rows'] as readonly { readonly month: string }[]).map(({ month }) => month)
}

/** Public reads that hold no word of anybody: a process's state, hashes, and what is asked with a secret. */
const wordless = [
  'healthz',
  'readyz',
  'metrics',
  'listProviders',
  'hashTile',
  'hashTileOfEpoch',
  'proveConsistency',
  'listDemoAccounts',
  'listTerms',
]

async function paths(ledgers: readonly Origin[]): Promise<readonly string[]> {
  const found = ['/ledgers', '/disclosure']
  for (const ledger of ledgers) {
    found.push(`~/${code(ledger)}/checkpoint`, `/ledgers/${code(ledger)}/checkpoints`)
    if (!villages.includes(ledger)) continue
    found.push(`/disclosure/${code(ledger)}/months`)
    for (const month of await openMonths(code(ledger))) {
      const page = `/disclosure/${code(ledger)}/${month}`
      found.push(page, `/exports${page}?format=csv`)
    }
  }
  return found
}

/** Everything the vault holds that is somebody's: of persons each value, of lists each name and number. */
function secrets(): readonly string[] {
  const { held } = world.vault
  return [...held].flatMap(([subject, values]) => {
    if (subject.startsWith('p_')) return Object.values(values)
    const digest = sha256HexSchema.safeParse(subject)
    const list = digest.success ? keptList(world.vault, digest.data) : undefined
    if (list === undefined) return Object.values(values)
    return list.rows.flatMap((row) => ('person' in row ? [] : [row.name, row.id, row.account]))
  })
}

test('every public read is asked here, or says why it holds no word', () => {
  const open = server.running.routes.filter(
    ({ access, method }) => access === 'anybody' && method === 'get',
  )
  const asked = [
    'listLedgers',
    'checkpoint',
    'checkpointOfEpoch',
    'listCheckpoints',
    'listDisclosure',
    'listDisclosedMonths',
    'showDisclosedMonth',
    'export.showDisclosedMonth',
  ]
  expect(open.map(({ id }) => id).filter((id) => ![...asked, ...wordless].includes(id))).toEqual([])
})

describe('in what anybody is told', () => {
  test('stands no value of the vault', () => {
    const all = secrets().filter((value) => value !== '')
    expect(all.length).toBeGreaterThan(500)
    const leaked = all.flatMap((value) =>
      [...told].flatMap(([path, text]) => (text.includes(value) ? [`${path}: ${value}`] : [])),
    )
    expect(leaked).toEqual([])
  })

  test('stands no id of a person or an office, no account and no telephone', () => {
    const payees = new Database(world.file, { readonly: true })
    const keys = payees
      .prepare<[], string>(
        `select distinct payee_key from payee_key where payee_key like 'account:%'`,
      )
      .pluck()
      .all()
    payees.close()
    expect(keys.length).toBeGreaterThan(10)
    for (const [path, text] of told) {
      expect([path, /\b[pod]_[A-Za-z0-9]{4,}/.exec(text)?.[0]]).toEqual([path, undefined])
      expect([path, /\b1[3-9]\d{9}\b/.exec(text)?.[0]]).toEqual([path, undefined])
      for (const key of keys) expect(text.includes(key.slice('account:'.length))).toBe(false)
    }
  })

  // without it the scan could pass because nothing was told
  test('stands what is to be known: each payment with its firm, and the sum', () => {
    const months = [...told].filter(([path]) => /^\/disclosure\/\d+\/\d{4}-\d{2}$/.test(path))
    const items = months.flatMap(([, text]) => (JSON.parse(text) as { items: Item[] }).items)
    expect(items.length).toBeGreaterThan(50)
    expect(
      items.filter(({ payeeKind, payee }) => payeeKind === 'firm' && payee !== '').length,
    ).toBeGreaterThan(30)
    expect(new Set(items.map(({ payeeKind }) => payeeKind)).size).toBeGreaterThan(1)
    expect(items.every(({ payeeKind, payee }) => payeeKind === 'firm' || payee === '')).toBe(true)
    for (const [, text] of months) {
      const { items: own, total } = JSON.parse(text) as { items: Item[]; total: string }
      expect(sum(own.map(({ amount }) => amount as never))).toBe(total)
    }
  })
})

interface Item {
  readonly payeeKind: string
  readonly payee: string
  readonly amount: string
  readonly major: boolean
}

test('the names that are found by search stand in no table in plain', () => {
  const db = new Database(world.file, { readonly: true })
  const rows = db.prepare<[], string>(`select title || words || whole from search`).pluck().all()
  db.close()
  expect(rows.length).toBeGreaterThan(100)
  const names = [...world.vault.held].flatMap(([subject, { name = '' }]) =>
    subject.startsWith('p_') && name !== '' ? [name] : [],
  )
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => rows.some((row) => row.includes(name)))).toEqual([])
})

test('while a month runs only what is major is told, and all of that', () => {
  const reading = readingOf(world.file)
  let major = 0
  for (const ledger of villages) {
    for (const month of ['2024-11', '2024-12']) {
      const { before, last } = boundsOf(month)
      const from = reading.watch.sizeAt(ledger, before)
      const size = reading.watch.sizeAt(ledger, last)
      const of = (scope: 'month' | 'major') =>
        disclosedMonth(reading, { ledger, month, from, size, scope })
      const [whole, running] = [of('month'), of('major')]
      expect(running.items).toEqual(whole.items.filter((item) => item.major))
      expect(running.meetings.every(({ kind }) => kind === 'member' || kind === 'delegate')).toBe(
        true,
      )
      major += running.items.length + running.consents.length
    }
  }
  expect(major).toBeGreaterThan(0)
  reading.close()
})

// A data directory as the command line leaves one: keys, heads and a database with a founded township and requests in it.
// Clock, nonces, command ids and keys are counted, so that every run makes the same bytes.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHeads } from '../../db/heads.ts'
import { openSqlite } from '../../db/open.ts'
import { presentCalendar } from '../../src/app/calendars.ts'
import { nodeCrypto } from '../../src/app/crypto.ts'
import { perform } from '../../src/app/perform.ts'
import { workings } from '../../src/app/workings.ts'
import type { Command } from '../../src/domain/command.ts'
import { commandIdSchema, type Origin } from '../../src/domain/ids.ts'
import type { Store } from '../../src/domain/store.ts'
import { type NoteSigner, skeyOf, vkeyOf } from '../../src/ledger/note.ts'
import { workflows } from '../../workflows/versions.ts'
import { commandOf } from '../../workflows/workflow.ts'
import { by, company, town, village } from './law-cast.ts'
import { type Asking, digest, type LawWorld } from './law.ts'
import { form, foundWorld } from './request-cast.ts'

export interface TownshipData {
  readonly path: string
  /** The database. */
  readonly file: string
  remove(): void
}

export const signerOf = (origin: Origin): NoteSigner => ({
  name: origin,
  seed: nodeCrypto.sha256(new TextEncoder().encode(`key of ${origin}`)),
})
export const vkeyOfLedger = (origin: Origin): string =>
  vkeyOf(nodeCrypto, origin, nodeCrypto.publicKey(signerOf(origin).seed))

/** Founds it and carries `requests` daily requests from submission to booking, but the last only `steps` far. */
export async function townshipData({
  requests = 1,
  steps = Infinity,
  world = foundWorld(),
}: { requests?: number; steps?: number; world?: LawWorld } = {}): Promise<TownshipData> {
  const path = mkdtempSync(join(tmpdir(), 'five-musts-'))
  const file = join(path, 'ledger.db')
  writeKeys(path)
  const { store } = await openStore(path)
  const ids = commandIds()
  for (const asking of founding(world)) await must(store, { ...asking, id: ids() })
  for (let n = 1; n <= requests; n++) {
    const acts = journey(n).slice(0, n === requests ? steps : Infinity)
    for (const asking of acts) await must(store, { ...asking, id: ids() })
  }
  await store.close()
  return { path, file, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Drawn in this process so far: no ledger ever sees one twice, however often its store is opened. */
let nonces = 0

/** The store of a data directory, open for writing. */
export function openStore(path: string, start = '2026-03-02T01:00:00.000Z') {
  let now = Date.parse(start)
  return openSqlite({
    file: join(path, 'ledger.db'),
    workings,
    crypto: nodeCrypto,
    signer: signerOf,
    clock: () => (now += 1000),
    nonce: () => `${String(nonces++).padStart(21, '0')}A`,
    calendar: presentCalendar,
    heads: openHeads(join(path, 'heads'), (error) => {
      throw error
    }),
  })
}

function writeKeys(path: string): void {
  const folder = join(path, 'keys')
  mkdirSync(folder, { mode: 0o700 })
  for (const origin of [town, village]) {
    const skey = skeyOf(nodeCrypto, origin, signerOf(origin).seed)
    const name = `${origin.replaceAll('/', '_')}.skey`
    writeFileSync(join(folder, name), `${skey}\n`, { mode: 0o600 })
  }
}

function commandIds(): () => Command['id'] {
  let count = 0
  return () =>
    commandIdSchema.parse(`01970000-0000-7000-8000-${(count++).toString(16).padStart(12, '0')}`)
}

export async function must(store: Store, command: Command): Promise<void> {
  const outcome = await perform({ store }, command)
  if ('refused' in outcome) throw new Error(`${command.type}: ${JSON.stringify(outcome.refused)}`)
}

/** What founded the law tests' world, read back from its entries; the toy key in the genesis gives way to the real one. */
export function founding(world: LawWorld): readonly Asking[] {
  const typeOf = new Map(
    workflows.flatMap(({ acts }) => [...acts].map(([command, event]) => [event, command])),
  )
  const firsts = world
    .history()
    .filter(({ command }, at, all) => at === 0 || all[at - 1]?.command !== command)
  return firsts.map((entry) => {
    const asking = commandOf(entry, typeOf.get(entry.type) ?? '')
    if (asking.type !== 'ledger.open' || typeof asking.input !== 'object') return asking
    return { ...asking, input: { ...asking.input, vkey: vkeyOfLedger(entry.ledger) } }
  })
}

/** One request to a payee of its own, so that no rolling sum reaches the board. */
function journey(n: number): readonly Asking[] {
  const stream = `request/2026-${String(n).padStart(6, '0')}` as const
  const account = `62462705${String(n).padStart(8, '0')}`
  const number = `2533${String(n).padStart(16, '0')}`
  const date = '2026-03-01'
  const submission = form({
    amount: '20.00',
    payee: { type: 'firm', name: `供应商${n}`, account, bank: '湖州银行' },
    invoices: [{ number, date, sellerAccount: account, total: '20.00' }],
  })
  const step = (type: string, office: string, input: unknown = {}): Asking => {
    return { ledger: village, stream, type, by: by(office), input }
  }
  const payment = { bankReference: `HZ${n}`, paidOn: '2026-03-02' }
  const booking = { voucherNo: `记-${n}`, entity: company, debit: '5602', credit: '1002' }
  return [
    step('request.submit', 'clerk', submission),
    step('request.handle', 'handler'),
    step('request.witness', 'witness'),
    step('request.issue', 'chead'),
    // a paper of its own: the same one twice would be an alert
    step('evidence.add', 'clerk', {
      evidence: [{ paper: 'invoice', sha256: digest(`invoice ${n}`) }],
    }),
    step('papers.complete', 'clerk'),
    step('supervisorySignOff.sign', 'sup1'),
    step('supervisorySignOff.sign', 'sup2'),
    step('payment.order', 'cashier'),
    step('payment.record', 'cashier', payment),
    step('booking.record', 'book', booking),
  ]
}

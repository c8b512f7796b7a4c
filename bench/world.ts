// The world the benches run in: the small township of the law tests, founded in a real store, and
// daily requests in it.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenStore, openSqlite } from '../db/open.ts'
import { presentCalendar } from '../src/app/calendars.ts'
import { nodeCrypto } from '../src/app/crypto.ts'
import { perform } from '../src/app/perform.ts'
import { workings } from '../src/app/workings.ts'
import type { Command } from '../src/domain/command.ts'
import type { Origin } from '../src/domain/ids.ts'
import type { Receipt } from '../src/domain/store.ts'
import { vkeyOf } from '../src/ledger/note.ts'
import { type Asking, digest } from '../test/support/law.ts'
import { by, company, town, village } from '../test/support/law-cast.ts'
import { workflows } from '../workflows/versions.ts'
import { commandOf } from '../workflows/workflow.ts'
import { form, foundWorld } from '../test/support/request-cast.ts'

export interface BenchWorld {
  readonly file: string
  readonly opened: OpenStore
  close(): Promise<void>
}

export const seedOf = (origin: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(origin).digest())
export const vkeyOfOrigin = (origin: Origin): string =>
  vkeyOf(nodeCrypto, origin, nodeCrypto.publicKey(seedOf(origin)))

/** `size` random bytes as text, drawn 512 at a time. */
function drawn(size: number, encoding: 'base64url' | 'hex'): () => string {
  let pool: string[] = []
  return () => {
    if (pool.length === 0) {
      const bytes = randomBytes(size * 512)
      pool = Array.from({ length: 512 }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size).toString(encoding),
      )
    }
    return pool.pop() ?? ''
  }
}
/** 22 characters each. */
const nonces = (): (() => string) => drawn(16, 'base64url')
const tails = drawn(8, 'hex')

let last = 0
let counter = 0
/** UUIDv7: milliseconds, then a counter, so that ids rise as clients mint them. */
export function commandId(): Command['id'] {
  const now = Math.max(Date.now(), last)
  counter = now === last ? counter + 1 : 0
  last = now
  const time = now.toString(16).padStart(12, '0')
  const low = (counter % 4096).toString(16).padStart(3, '0')
  const hex = tails()
  // the schema stays at the store's and the doors' side of the bench: a client mints, it does not
  // check
  const [head, variant] = [`${time.slice(0, 8)}-${time.slice(8)}`, `8${hex.slice(1, 4)}`]
  return `${head}-7${low}-${variant}-${hex.slice(4)}` as Command['id']
}

export async function must(opened: OpenStore, asking: Asking): Promise<Receipt> {
  const outcome = await perform({ store: opened.store }, { ...asking, id: commandId() })
  if ('refused' in outcome) throw new Error(`${asking.type}: ${JSON.stringify(outcome.refused)}`)
  return outcome.receipt
}

/** Opens a store in a new directory and founds the township in it. */
export async function benchWorld(): Promise<BenchWorld> {
  const dir = mkdtempSync(
    join(process.env['FIVE_MUSTS_BENCH_DIR'] ?? tmpdir(), 'five-musts-bench-'),
  )
  const file = join(dir, 'ledger.db')
  const opened = await openSqlite({
    file,
    workings,
    crypto: nodeCrypto,
    signer: (origin) => ({ name: origin, seed: seedOf(origin) }),
    clock: () => Date.now(),
    nonce: nonces(),
    calendar: presentCalendar,
  })
  for (const asking of founding()) await must(opened, withKey(asking))
  return {
    file,
    opened,
    close: async () => {
      await opened.store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/**
 * The commands that founded the law tests' world, read back from its entries: township first, the
 * village relies on it.
 */
function founding(): readonly Asking[] {
  const world = foundWorld()
  const places = [town, village].flatMap((ledger) =>
    (['ledger', 'roster', 'policy'] as const).map((stream) => ({ ledger, stream })),
  )
  const typeOf = new Map(
    workflows.flatMap(({ acts }) => [...acts].map(([command, event]) => [event, command])),
  )
  return places.flatMap(({ ledger, stream }) =>
    world.entries(ledger, stream).map((entry) => commandOf(entry, typeOf.get(entry.type) ?? '')),
  )
}

// the law tests' genesis names a toy key: here it is the one that signs
function withKey(asking: Asking): Asking {
  if (asking.type !== 'ledger.open' || typeof asking.input !== 'object') return asking
  return { ...asking, input: { ...asking.input, vkey: vkeyOfOrigin(asking.ledger) } }
}

const PAYEES = 1000
const anyForm = form({ amount: '20.00' })
/**
 * A small request to one of a thousand payees, so that no rolling sum reaches the board. Parsed by
 * the door alone.
 */
function smallForm(n: number) {
  const account = `62462705${String(n % PAYEES).padStart(8, '0')}`
  return {
    ...anyForm,
    payee: { type: 'firm', name: `供应商${n % PAYEES}`, account, bank: '湖州银行' },
    invoices: [
      {
        number: `2533${String(n).padStart(16, '0')}`,
        date: '2026-03-01',
        sellerAccount: account,
        total: '20.00',
      },
    ],
  }
}

/** The commands that carry one daily request from submission to booking. */
export function journey(n: number): readonly Asking[] {
  const stream = `request/2026-${String(n).padStart(6, '0')}` as const
  const step = (type: string, office: string, input: unknown = {}): Asking => ({
    ledger: village,
    stream,
    type,
    by: by(office),
    input,
  })
  return [
    step('request.submit', 'clerk', smallForm(n)),
    step('request.handle', 'handler'),
    step('request.witness', 'witness'),
    step('request.issue', 'chead'),
    // a paper of its own, as everybody's is: the same one ten thousand times would be ten thousand alerts
    step('evidence.add', 'clerk', { evidence: [{ paper: 'invoice', sha256: digest(`${n}`) }] }),
    step('papers.complete', 'clerk'),
    step('supervisorySignOff.sign', 'sup1'),
    step('supervisorySignOff.sign', 'sup2'),
    step('payment.order', 'cashier'),
    step('payment.record', 'cashier', { bankReference: `HZ${n}`, paidOn: today() }),
    step('booking.record', 'book', {
      voucherNo: `记-${n}`,
      entity: company,
      debit: '5602',
      credit: '1002',
    }),
  ]
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

// Alerts on a real store: the facts are answered by SQL when they are raised and by the entries alone when they are verified.
// Left out, changed, or raised on a fact that is not so, they are found.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onSqlite } from '../../db/reads.ts'
import { connect } from '../../db/sqlite/open.ts'
import { alertPage } from '../../db/queries/alerts.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import type { JsonObject } from '../../src/ledger/canonical.ts'
import { entriesOf, type Forgery, forge } from '../support/forge.ts'
import { by, village } from '../support/law-cast.ts'
import { type Asking, digest } from '../support/law.ts'
import { form } from '../support/request-cast.ts'
import { must, openStore, type TownshipData, townshipData } from '../support/township-data.ts'
import { briefly, verifyData } from '../support/verify-data.ts'

let original: TownshipData
let path = ''
const file = (): string => join(path, 'ledger.db')

const numbered = (n: number): string => `2026-${String(n).padStart(6, '0')}`
const ask = (n: number, type: string, office: string, input: unknown): Asking => ({
  ledger: village,
  stream: `request/${numbered(n)}`,
  type,
  by: by(office),
  input,
})
/** Three purchases of one day from one seller: 4,500, 4,600 and 4,700, on invoices that follow each other. */
const purchase = (n: number) =>
  ask(
    n,
    'request.submit',
    'clerk',
    form({
      amount: `${3500 + n * 100}.00`,
      invoices: [
        {
          number: `2533876845794700${String(n).padStart(4, '0')}`,
          date: '2026-03-01',
          sellerAccount: '6246270519836198971',
          total: '5000.00',
        },
      ],
    }),
  )

beforeAll(async () => {
  original = await townshipData({ requests: 1 })
  path = mkdtempSync(join(tmpdir(), 'five-musts-alerts-'))
  const { store } = await openStore(original.path, '2026-03-02T03:00:00.000Z')
  const photograph = { evidence: [{ paper: 'photos', sha256: digest('一张照片') }] }
  const acts = [
    purchase(10),
    purchase(11),
    purchase(12),
    ask(10, 'evidence.add', 'clerk', photograph),
    ask(11, 'evidence.add', 'clerk', photograph),
    ask(12, 'alert.dismiss', 'inspector1', {
      alert: 'al-1',
      reason: '三次维修，均有验收',
      evidence: digest('验收材料'),
    }),
  ]
  for (const [i, asking] of acts.entries()) {
    const id = commandIdSchema.parse(`01970000-0000-7000-8000-a${String(i).padStart(11, '0')}`)
    await must(store, { ...asking, id })
  }
  await store.close()
})
beforeEach(() => {
  rmSync(path, { recursive: true, force: true })
  cpSync(original.path, path, { recursive: true })
})
afterAll(() => {
  original.remove()
  rmSync(path, { recursive: true, force: true })
})

const entries = (): readonly JsonObject[] => entriesOf(original.file, village)
const forged = (edit: Forgery['edit']): void => forge({ file: file(), ledger: village, edit })
const found = async (): Promise<readonly string[]> =>
  briefly(await verifyData(path, { headless: true }))
const raised = () =>
  entries().flatMap((entry, seq) =>
    entry['type'] === 'alert.raised' ? [{ seq, stream: entry['stream'], body: body(entry) }] : [],
  )
const body = (entry: JsonObject): JsonObject => entry['body'] as JsonObject

describe('law 10.2, law 10.5: on a real store', () => {
  test('what was seen, by whom it is shared, and all of it lawful', async () => {
    const told = raised().map(({ stream, body: { rule, colour, requests } }) => {
      return [stream, rule, colour, requests]
    })
    expect(told).toEqual([
      // 4,500 and 4,600: each over 80 % of 5,000, together over it
      ['request/2026-000011', 'splitting', 'red', ['2026-000010']],
      ['request/2026-000012', 'splitting', 'red', ['2026-000010', '2026-000011']],
      ['request/2026-000012', 'justBelow', 'yellow', ['2026-000010', '2026-000011']],
      ['request/2026-000012', 'consecutiveInvoices', 'yellow', ['2026-000010', '2026-000011']],
      ['request/2026-000011', 'sameFile', 'yellow', ['2026-000010']],
    ])
    expect(await found()).toEqual([])
  })

  test('listed red first, the dismissed one told apart', async () => {
    const db = connect(file())
    try {
      const reads = onSqlite(db)
      const open = await alertPage(reads, { ledger: village, state: 'open', limit: 10 })
      expect(open.rows.map(({ request, rule, colour }) => [request, rule, colour])).toEqual([
        ['2026-000011', 'splitting', 'red'],
        ['2026-000012', 'consecutiveInvoices', 'yellow'],
        ['2026-000012', 'justBelow', 'yellow'],
        ['2026-000011', 'sameFile', 'yellow'],
      ])
      const dismissed = await alertPage(reads, { ledger: village, state: 'dismissed', limit: 10 })
      expect(dismissed.rows.map(({ request, alert }) => [request, alert])).toEqual([
        ['2026-000012', 'al-1'],
      ])
      const first = await alertPage(reads, { ledger: village, state: 'open', limit: 3 })
      const rest = await alertPage(reads, {
        ledger: village,
        state: 'open',
        limit: 3,
        after: first.next,
      })
      expect([...first.rows, ...rest.rows]).toEqual(open.rows)
      expect(rest.next).toBeUndefined()
    } finally {
      db.close()
    }
  })

  test.each([0, 1, 2, 3, 4])(
    'alert %i left out: the command it follows from is found',
    async (n) => {
      const { seq = 0, stream } = raised()[n] ?? {}
      const first = entries().findLastIndex(
        (entry, at) => at < seq && entry['stream'] === stream && 'given' in body(entry),
      )
      forged((all) => all.filter((_entry, at) => at !== seq))
      const violations = await found()
      expect(violations[0]).toMatch(new RegExp(`^decidedOtherwise #(?:${first}|${seq})$`))
    },
  )

  test('a red one made blue', async () => {
    const [{ seq } = { seq: 0 }] = raised()
    forged((all) =>
      all.map((entry, at) =>
        at === seq ? { ...entry, body: { ...body(entry), colour: 'blue' } } : entry,
      ),
    )
    expect((await found())[0]).toBe(`decidedOtherwise #${seq}`)
  })

  test('a fact that tells of nobody else', async () => {
    const seq = entries().findIndex(
      ({ type, stream }) => type === 'request.submitted' && stream === 'request/2026-000012',
    )
    const facts = entries()[seq]?.['facts'] as JsonObject
    expect(facts['amounts']).toMatchObject({ count: 2 })
    forged((all) =>
      all.map((entry, at) =>
        at === seq ? { ...entry, facts: { ...facts, amounts: { count: 0 } } } : entry,
      ),
    )
    expect((await found())[0]).toBe(`factDiffers #${seq}`)
  })

  test('a red one dismissed without proof, its proof struck out', async () => {
    const seq = entries().findIndex(({ type }) => type === 'alert.dismissed')
    forged((all) =>
      all.map((entry, at) => {
        if (at !== seq) return entry
        const { evidence: _, ...given } = body(entry)['given'] as JsonObject
        return { ...entry, body: { given } }
      }),
    )
    expect((await found())[0]).toBe(`alertNeedsProof #${seq}`)
  })

  test('a read table in which an alert is dismissed', async () => {
    const db = connect(file())
    db.prepare(`update alert set state = 'dismissed' where stream = ? and key = ?`).run(
      'request/2026-000011',
      'al-1',
    )
    db.close()
    expect(await found()).toEqual(['projectionDiffers'])
  })
})

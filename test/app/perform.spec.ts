// The one way in: what cannot be written down is refused with its place, as every expected no.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenStore } from '../../db/open.ts'
import { keepList } from '../../src/app/lists/keep.ts'
import { listRowSchema } from '../../src/app/lists/rows.ts'
import { perform } from '../../src/app/perform.ts'
import type { ValueVault } from '../../src/app/township/vault.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { type FileRef, noEntry } from '../../src/domain/entry.ts'
import { commandIdSchema } from '../../src/domain/ids.ts'
import { explain } from '../../src/domain/refusal.ts'
import type { Store } from '../../src/domain/store.ts'
import { CanonicalError } from '../../src/ledger/canonical.ts'
import { by, company, village } from '../support/law-cast.ts'
import { evidenceOf, firm, form } from '../support/request-cast.ts'
import { openStore, type TownshipData, townshipData } from '../support/township-data.ts'
import { briefly, verifyData } from '../support/verify-data.ts'

let data: TownshipData
let opened: OpenStore
beforeAll(async () => {
  data = await townshipData({ requests: 1, steps: 1 })
  opened = await openStore(data.path)
})
afterAll(async () => {
  await opened.store.close()
  data.remove()
})

interface Change {
  readonly form?: Readonly<Record<string, unknown>>
  readonly files?: readonly FileRef[]
  readonly lists?: Pick<ValueVault, 'get'>
}

let count = 0
function submit(change: Change, store: Store = opened.store) {
  const number = String(++count).padStart(3, '0')
  return perform(
    { store, ...(change.lists === undefined ? {} : { lists: change.lists }) },
    {
      id: commandIdSchema.parse(`01980000-0000-7000-8000-000000000${number}`),
      type: 'request.submit',
      ledger: village,
      stream: `request/2026-000${number}`,
      by: by('clerk'),
      input: form(change.form),
      ...(change.files === undefined ? {} : { files: change.files }),
    },
  )
}
const photos: readonly FileRef[] = Array.from({ length: 60 }, () => ({
  name: '修'.repeat(200),
  sha256: noEntry,
  size: 1,
}))

describe('what no entry can hold', () => {
  test.each([
    [
      'decomposed text',
      { form: { purpose: 'cafe\u0301' } },
      { code: 'textMalformed', params: { path: 'purpose', code: 'notNfc' } },
    ],
    [
      'a bidi control, deep inside',
      { form: { payee: { ...firm, name: 'a\u202eb' } } },
      { code: 'textMalformed', params: { path: 'payee.name', code: 'bidiControl' } },
    ],
    [
      'more than 16 KiB',
      { files: photos },
      { code: 'tooLong', params: { path: '', code: 'tooLarge' } },
    ],
  ])('%s: refused with its place', async (_, change, refused) => {
    const before = opened.ledgers.checkpoint(village)?.size
    const outcome = await submit(change)
    expect(outcome).toEqual({ refused })
    expect(opened.ledgers.checkpoint(village)?.size).toBe(before)
    if (!('refused' in outcome)) return
    for (const language of ['zh', 'en'] as const) {
      expect(explain(outcome.refused, language).no).toContain(refused.params.code)
    }
  })

  test('a fault that nobody typed stays a fault', async () => {
    const { store } = opened
    const faulty: Store = {
      read: (...asked) => store.read(...asked),
      follow: (...asked) => store.follow(...asked),
      close: () => store.close(),
      commit: () => Promise.reject(new CanonicalError('badKey', 'input.x')),
    }
    await expect(submit({}, faulty)).rejects.toBeInstanceOf(CanonicalError)
  })

  test('the same form without it is taken, and all of it verifies', async () => {
    expect(await submit({ form: { purpose: 'café' } })).toHaveProperty('receipt')
    expect(briefly(await verifyData(data.path))).toEqual([])
  })
})

describe('law 2.3: a list whose rows are not in the vault is not taken', () => {
  const values = new Map<string, string>()
  const vault = {
    put: (subject: string, entries: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(entries)) values.set(`${subject} ${name}`, value)
    },
    get: (subject: string, name: string) => values.get(`${subject} ${name}`),
  }
  const row = (who: string, amount: string) =>
    listRowSchema.parse({
      name: `沈${who}`,
      id: `330106********000${who}`,
      account: `622848000${who}`,
      amount,
    })
  const kept = keepList(
    [row('1', '700.00'), row('2', '500.00')],
    {
      place: { ledger: village, company, category: 'labour', month: '2026-03' },
      amount: moneySchema.parse('1200.00'),
    },
    { vault, random: (bytes) => new Uint8Array(bytes).fill(3) },
  )
  const payee = 'list' in kept ? kept.list : undefined
  const listed = (change: object) => ({
    lists: vault,
    form: {
      kind: 'list',
      category: 'labour',
      payee: { ...payee, ...change },
      invoices: [],
      voucherException: 'payeeList',
      evidence: evidenceOf('purposeNote', 'relationDeclaration', 'rateBasis'),
    },
  })
  const refused = { refused: { code: 'listNotKept', params: {} } }

  test.each([
    ['another digest', { digest: 'ab'.repeat(32) }],
    ['another number of rows', { count: 3 }],
    ['another total', { total: '1200.01' }],
  ])('%s', async (_what, change) => {
    expect(await submit(listed(change))).toEqual(refused)
  })

  test('the list as it was kept is taken', async () => {
    expect(await submit(listed({}))).toHaveProperty('receipt')
  })
})

// At once (law 4.4): many clerks on one database, through two stores of it. An authority is never overdrawn, an invoice
// claimed once, a list paid once, an advance open once; and nobody is refused who could have been served.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { OpenStore } from '../../db/open.ts'
import { perform } from '../../src/app/perform.ts'
import { authorityIdSchema, authorityStream, commandIdSchema } from '../../src/domain/ids.ts'
import { above, type Money, moneySchema, plus, sum } from '../../src/domain/money.ts'
import { authorityFold, totalOf } from '../../workflows/authority/v1/fold.ts'
import { by, confirm, village } from '../support/law-cast.ts'
import {
  asked,
  coveredWorld,
  form,
  foundWorld,
  invoice,
  takeOver,
} from '../support/request-cast.ts'
import { advanced, type Change, listed, listOf } from '../support/request-rows.ts'
import { openStore, type TownshipData, townshipData } from '../support/township-data.ts'
import { briefly, verifyData } from '../support/verify-data.ts'

const RUNS = 10
const CEILING = moneySchema.parse('5000.00')
const authorities = Array.from({ length: RUNS }, (_, i) =>
  authorityIdSchema.parse(`a-2026-${String(i + 1).padStart(4, '0')}`),
)

let data: TownshipData
let opened: readonly [OpenStore, OpenStore]
beforeAll(async () => {
  const world = foundWorld({ confirmed: false })
  for (const id of authorities) {
    world.given({ ...takeOver(CEILING), stream: authorityStream(id) })
  }
  confirm(world, village)
  data = await townshipData({ requests: 0, world })
  opened = [await openStore(data.path), await openStore(data.path)]
}, 60_000)
afterAll(async () => {
  for (const { store } of opened) await store.close()
  data.remove()
})

let count = 0
/** All of these forms submitted at once, each by another command, in turn through one store and the other. */
async function submitAll(forms: readonly Change[]): Promise<readonly string[]> {
  return Promise.all(
    forms.map(async (change, i) => {
      count += 1
      const outcome = await perform(
        { store: opened[i % 2 === 0 ? 0 : 1].store },
        {
          id: commandIdSchema.parse(
            `01990000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`,
          ),
          type: 'request.submit',
          ledger: village,
          stream: `request/2026-${String(count).padStart(6, '0')}`,
          by: by('clerk'),
          input: form(change),
        },
      )
      return 'refused' in outcome ? outcome.refused.code : 'taken'
    }),
  )
}

let numbers = 0
const freshInvoice = (total: string) => ({
  ...invoice,
  number: String(20_000_000_000_000 + ++numbers).padStart(20, '1'),
  total,
})
const amounts = fc.array(
  fc.integer({ min: 1, max: 300_000 }).map((fen) => moneySchema.parse((fen / 100).toFixed(2))),
  { minLength: 2, maxLength: 8 },
)
const among = (all: readonly Money[], told: readonly string[], what: string): readonly Money[] =>
  all.filter((_, i) => told[i] === what)

const times = (length: number, code: string): readonly string[] =>
  Array.from({ length }, () => code)

describe('on the real store', () => {
  test('law 4.4: an authority is never overdrawn, and nobody refused who would have fitted', async () => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(amounts, async (asks) => {
        const authority = authorities[runs++ % RUNS]
        const [{ store }] = opened
        if (authority === undefined) throw new Error('no authority left')
        const before = totalOf(await stateOf(store, authority), 'reserved')
        const told = await submitAll(
          asks.map((amount) => ({ amount, authority, invoices: [freshInvoice(amount)] })),
        )
        expect(told.filter((code) => !['taken', 'authorityExceeded'].includes(code))).toEqual([])
        const reserved = totalOf(await stateOf(store, authority), 'reserved')
        expect(reserved).toBe(sum([before, ...among(asks, told, 'taken')]))
        expect(above(reserved, CEILING)).toBe(false)
        for (const ask of among(asks, told, 'authorityExceeded')) {
          expect(above(plus(reserved, ask), CEILING)).toBe(true)
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
  }, 60_000)

  test('law 2.15: one invoice is claimed once, whoever is first', async () => {
    const pool = [freshInvoice('1200.00'), freshInvoice('1200.00'), freshInvoice('1200.00')]
    const picks = [0, 1, 0, 2, 1, 0, 2, 2, 1, 0]
    const told = await submitAll(picks.map((pick) => ({ invoices: [pool[pick]] })))
    const firsts = picks
      .map((pick, i) => (told[i] === 'taken' ? pick : -1))
      .filter((pick) => pick >= 0)
    expect(firsts.toSorted((a, b) => a - b)).toEqual([0, 1, 2])
    expect(told.filter((code) => code !== 'taken')).toEqual(times(7, 'invoiceClaimed'))
  })

  test('law 2.3: one list is paid once', async () => {
    const payee = { ...listOf('1200.00'), digest: 'cd'.repeat(32) }
    const told = await submitAll(Array.from({ length: 6 }, () => ({ ...listed, payee })))
    expect(told.toSorted()).toEqual([...times(5, 'invoiceClaimed'), 'taken'])
  })

  test('law 2.22: one advance a handler', async () => {
    const told = await submitAll(Array.from({ length: 6 }, () => advanced))
    expect(told.toSorted()).toEqual([...times(5, 'advanceOpen'), 'taken'])
  })

  test('what was raced for verifies', async () => {
    expect(briefly(await verifyData(data.path))).toEqual([])
  }, 60_000)
})

test('control: each of two alone would have been taken; only that they come one after the other refuses one', () => {
  const covered = () => coveredWorld('1200.00')
  const ask = (stream: `request/${string}`, number: string) => ({
    ...asked(
      'request.submit',
      'clerk',
      form({ authority: authorities[0], invoices: [{ ...invoice, number }] }),
    ),
    stream,
  })
  const [one, two] = [
    ask('request/2026-000001', '25338768457947000195'),
    ask('request/2026-000002', '25338768457947000196'),
  ]
  expect(covered().refusal(one)).toBeUndefined()
  expect(covered().refusal(two)).toBeUndefined()
  const both = covered()
  both.given(one)
  expect(both.refusal(two)).toBe('authorityExceeded')
})

async function stateOf(store: OpenStore['store'], authority: (typeof authorities)[number]) {
  let state = authorityFold.initial
  for (const entry of await store.read(village, authorityStream(authority))) {
    state = authorityFold.apply(state, entry)
  }
  if (state === undefined) throw new Error('no authority')
  return state
}

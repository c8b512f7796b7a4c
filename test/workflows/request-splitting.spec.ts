// Splitting (化整为零) raises the route instead of avoiding it (law 3.8, 3.9): parts day by day, by hand, their sums answered
// by the same replay of facts that verify uses.
import { describe, expect, test } from 'vitest'
import { FactMemory } from '../../src/app/facts.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import type { StreamId } from '../../src/domain/ids.ts'
import { requestFold } from '../../workflows/request/v1/fold.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, g, p, village } from '../support/law-cast.ts'
import { appoint, openOffice, registerCompany, withdraw } from '../support/request-acts.ts'
import {
  all,
  authority,
  coveredWorld,
  firm,
  folded,
  form,
  founded,
  invoice,
  resolve,
  submit,
  walk,
  windowOf,
} from '../support/request-cast.ts'
import type { Change } from '../support/request-rows.ts'

const streamOf = (part: number): StreamId => `request/2026-00000${part}`
const stateOf = (world: LawWorld, part: number) => {
  const state = world.state(requestFold, village, streamOf(part))
  if (state === undefined) throw new Error(`no part ${part}`)
  return state
}

/** A world that answers the window from what it has recorded. */
function remembering(start: LawWorld) {
  const memory = new FactMemory()
  const world = start.fact('payeeWindow', (query) => memory.payeeWindow(query))
  return (part: number, asking: Asking): LawWorld => {
    all(world, { ...asking, stream: streamOf(part) })
    memory.replace(
      streamOf(part),
      requestRows(streamOf(part).slice('request/'.length), stateOf(world, part)),
    )
    return world
  }
}

const submitting = (change: Change): Asking => ({
  ledger: village,
  stream: streamOf(1),
  type: 'request.submit',
  by: by('clerk'),
  input: form(change),
})

const letters = { required: 'R', covered: 'c', deferred: 'd', notRequired: '-' }
const demands = (world: LawWorld, part: number): string =>
  stateOf(world, part)
    .route.map(({ demand }) => letters[demand])
    .join('')

const account = (digits: string, taxNo?: string): Change => ({
  payee: { ...firm, account: digits, ...(taxNo === undefined ? {} : { taxNo }) },
  invoices: [{ ...invoice, sellerAccount: digits, total: '99999.00' }],
})
const one = account('6246270519836198971', '91330502MA2B3C4D5E')
const otherBank = account('6228480000000000018', '91330502MA2B3C4D5E')
const another = {
  ...account('6217000000000000001'),
  payee: { ...firm, name: '另一家修理厂', account: '6217000000000000001' },
}

type Part = readonly [
  on: string,
  amount: string,
  payee: Change,
  demands: string,
  sum: string,
  parts: number,
]

/** Members, board, supervisors, township, discipline; the sum it carries and how many others it names. */
const table: readonly (readonly [what: string, parts: readonly Part[]])[] = [
  [
    'below every line, until the third reaches the board’s',
    [
      ['2026-03-02', '2000.00', one, '--R-R', '2000.00', 0],
      ['2026-03-03', '2000.00', one, '--R-R', '4000.00', 1],
      ['2026-03-04', '1000.00', one, '-RR-R', '5000.00', 2],
    ],
  ],
  [
    'a fen below the board’s line, then the fen',
    [
      ['2026-03-02', '4999.99', one, '--R-R', '4999.99', 0],
      ['2026-03-02', '0.01', one, '-RR-R', '5000.00', 1],
    ],
  ],
  [
    'ten thousand in four: board, then township',
    [
      ['2026-03-02', '2500.00', one, '--R-R', '2500.00', 0],
      ['2026-03-02', '2500.00', one, '-RR-R', '5000.00', 1],
      ['2026-03-02', '2500.00', one, '-RR-R', '7500.00', 2],
      ['2026-03-02', '2500.00', one, '-RRRR', '10000.00', 3],
    ],
  ],
  [
    'fifty thousand in six: the members',
    [
      ['2026-03-02', '9000.00', one, '-RR-R', '9000.00', 0],
      ['2026-03-06', '9000.00', one, '-RRRR', '18000.00', 1],
      ['2026-03-10', '9000.00', one, '-RRRR', '27000.00', 2],
      ['2026-03-14', '9000.00', one, '-RRRR', '36000.00', 3],
      ['2026-03-18', '9000.00', one, '-RRRR', '45000.00', 4],
      ['2026-03-22', '9000.00', one, 'RRRRR', '54000.00', 5],
    ],
  ],
  [
    'over two accounts with one tax number: one payee',
    [
      ['2026-03-02', '3000.00', one, '--R-R', '3000.00', 0],
      ['2026-03-03', '3000.00', otherBank, '-RR-R', '6000.00', 1],
    ],
  ],
  [
    'to two payees: no sum of both',
    [
      ['2026-03-02', '3000.00', one, '--R-R', '3000.00', 0],
      ['2026-03-03', '3000.00', another, '--R-R', '3000.00', 0],
    ],
  ],
  [
    'on the thirtieth day it counts',
    [
      ['2026-03-02', '3000.00', one, '--R-R', '3000.00', 0],
      ['2026-03-31', '3000.00', one, '-RR-R', '6000.00', 1],
    ],
  ],
  [
    'on the thirty-first it does not',
    [
      ['2026-03-02', '3000.00', one, '--R-R', '3000.00', 0],
      ['2026-04-01', '3000.00', one, '--R-R', '3000.00', 0],
    ],
  ],
]

describe('law 3.8, law 3.9: parts to one payee in thirty days', () => {
  test.each(table)('%s', (_what, parts) => {
    const start = founded()
    const record = remembering(start)
    for (const [i, [on, amount, payee, expected, sum, count]] of parts.entries()) {
      const at = `${on}T06:00:00.000Z`
      if (at > start.now) start.clock(at)
      const world = record(i + 1, submitting({ ...payee, amount }))
      const { rolling } = stateOf(world, i + 1)
      expect(`${i + 1}: ${demands(world, i + 1)} ${rolling.sum} ${rolling.parts.length}`).toBe(
        `${i + 1}: ${expected} ${sum} ${count}`,
      )
      // the others are named, in the order they came
      expect(rolling.parts).toEqual(
        parts.slice(i - count, i).map((_part, n) => `2026-00000${i - count + n + 1}`),
      )
    }
    // earlier parts keep the route they had
    for (const [i, [, , , expected]] of parts.entries())
      expect(demands(start, i + 1)).toBe(expected)
  })

  test('a part that was withdrawn counts no more; one that is paid still does', () => {
    const record = remembering(founded())
    record(1, submitting({ ...one, amount: '3000.00' }))
    record(2, submitting({ ...one, amount: '1000.00' }))
    record(1, withdraw)
    const world = record(3, submitting({ ...one, amount: '3999.99' }))
    expect(stateOf(world, 3).rolling).toEqual({ sum: '4999.99', parts: ['2026-000002'] })
    expect(demands(world, 3)).toBe('--R-R')
  })

  test('what an authority covers neither counts nor is raised', () => {
    const record = remembering(coveredWorld('90000.00'))
    const under = { ...account(firm.account), amount: '4000.00' }
    record(1, submitting({ ...under, authority }))
    const world = record(2, submitting(under))
    expect(demands(world, 2)).toBe('--R-R')
    record(3, submitting(under))
    expect(demands(world, 3)).toBe('-RR-R')
    record(4, submitting({ ...under, authority }))
    expect(demands(world, 4)).toBe('--R-R')
  })

  test('another company of the village counts by itself', () => {
    const start = all(
      founded(),
      registerCompany('firm2'),
      openOffice('clerk2', 'reportingClerk', g('firm2')),
      appoint('clerk2', p('m2')),
    )
    const record = remembering(start)
    record(1, submitting({ ...one, amount: '4000.00' }))
    const change = {
      ...one,
      amount: '4000.00',
      company: g('firm2'),
      handler: p('council1'),
      witness: p('council2'),
    }
    const clerk2 = { ...by('clerk'), office: 'o_clerk2', person: p('m2') } as Asking['by']
    const world = record(2, { ...submitting(change), by: clerk2 })
    expect(demands(world, 2)).toBe('--R-R')
  })
})

describe('law 5.13, law 3.9: what a board cannot decide is referred by the sum, as the whole would be', () => {
  test.each([
    ['the sum reaches the members’ line', '40001.00', undefined, 'member'],
    ['the sum is a fen below it', '40000.99', undefined, 'council'],
    ['an authority covers it: its own amount counts', '40001.00', authority, 'council'],
  ])('%s', (_what, before, named, to) => {
    const world = coveredWorld('90000.00').fact('payeeWindow', windowOf(before))
    const under = named === undefined ? {} : { authority: named }
    submit(world, { amount: '9999.00', relation: 'related', ...under })
    all(walk(world, 'boardReview.open'), resolve('board', 'referred'))
    expect(folded(world).referredTo).toBe(to)
  })
})

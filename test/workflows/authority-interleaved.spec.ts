// Requests of every fate under one authority, in whatever order they come (law 4.3, 4.4): nothing is overdrawn, nothing lost.
// The sums are kept beside the world by hand and compared after every step.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromFen, toFen } from '../../src/domain/money.ts'
import { dateAt, instantOf } from '../../src/domain/time.ts'
import { leftOn, totalOf } from '../../workflows/authority/v1/fold.ts'
import { covered, ID, stateOf } from '../support/authority-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { onRequest, purchase } from '../support/law-round.ts'

const CEILING = 200_000
const form = (number: number, fen: number) => ({
  ...purchase(number, fromFen(fen)),
  authority: ID,
})

interface Held {
  fen: number
  state: 'reserved' | 'drawn' | 'released'
  readonly month: string
}

/** What the law must come to: one line a request. */
class Book {
  readonly #recurring: boolean
  readonly held = new Map<number, Held>()

  constructor(kind: string) {
    this.#recurring = kind === 'recurring'
  }

  used(month: string): number {
    return [...this.held.values()]
      .filter((one) => one.state !== 'released' && (!this.#recurring || one.month === month))
      .reduce((sum, { fen }) => sum + fen, 0)
  }

  total(state: Held['state']): number {
    return [...this.held.values()]
      .filter((one) => one.state === state)
      .reduce((sum, { fen }) => sum + fen, 0)
  }
}

const monthOf = (world: LawWorld): string => dateAt(world.now).slice(0, 7)

type Step = { readonly act: keyof typeof acts; readonly number: number; readonly fen: number }

/** Each act on the world and in the book; what may not be done is refused, and changes nothing. */
const acts = {
  submit(world: LawWorld, book: Book, { number, fen }: Step) {
    if (book.held.has(number)) return
    const month = monthOf(world)
    const fits = book.used(month) + fen <= CEILING
    const code = world.refusal(onRequest(number, 'request.submit', 'clerk', form(number, fen)))
    expect(code).toBe(fits ? undefined : 'authorityExceeded')
    if (fits) book.held.set(number, { fen, state: 'reserved', month })
  },
  /** Returned and submitted again, for more or for less. */
  change(world: LawWorld, book: Book, { number, fen }: Step) {
    const held = book.held.get(number)
    if (held?.state !== 'reserved' || held.fen === fen) return
    const returned = world.fork()
    returned.given(
      onRequest(number, 'request.return', 'chead', { reason: '金额有误', fields: ['amount'] }),
    )
    const again = onRequest(number, 'request.resubmit', 'clerk', form(number, fen))
    const fits = book.used(held.month) - held.fen + fen <= CEILING
    expect(returned.refusal(again)).toBe(fits ? undefined : 'authorityExceeded')
    if (!fits) return
    world.given(
      onRequest(number, 'request.return', 'chead', { reason: '金额有误', fields: ['amount'] }),
    )
    world.given(again)
    held.fen = fen
  },
  withdraw(world: LawWorld, book: Book, { number }: Step) {
    const held = book.held.get(number)
    if (held?.state !== 'reserved') return
    world.given(onRequest(number, 'request.withdraw', 'chead', { reason: '不再需要' }))
    held.state = 'released'
  },
  pay(world: LawWorld, book: Book, { number }: Step) {
    const held = book.held.get(number)
    if (held?.state !== 'reserved') return
    for (const asking of payment(number)) world.given(asking)
    world.given(
      onRequest(number, 'payment.record', 'cashier', {
        bankReference: `B${number}`,
        paidOn: dateAt(world.now),
      }),
    )
    held.state = 'drawn'
  },
  nextMonth(world: LawWorld) {
    const [year = 0, month = 0] = monthOf(world).split('-').map(Number)
    if (year > 2026 || month >= 12) return
    world.clock(instantOf(Date.UTC(year, month, 2, 1)))
  },
}

const payment = (number: number): readonly Asking[] => [
  onRequest(number, 'request.handle', 'handler'),
  onRequest(number, 'request.witness', 'witness'),
  onRequest(number, 'request.issue', 'chead'),
  onRequest(number, 'papers.complete', 'clerk'),
  onRequest(number, 'supervisorySignOff.sign', 'sup1'),
  onRequest(number, 'supervisorySignOff.sign', 'sup2'),
  onRequest(number, 'payment.order', 'cashier'),
]

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[]), 'submit', 'change'),
  number: fc.integer({ min: 1, max: 7 }),
  fen: fc.integer({ min: 1, max: 90_000 }),
})

describe.each(['contract', 'recurring'])('law 4.4: under one of kind %s', (kind) => {
  const start = covered({ kind })

  test('no order of acts overdraws it or loses a fen', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 6, maxLength: 24 }), (steps) => {
        const world = start.fork()
        const book = new Book(kind)
        for (const one of steps) {
          acts[one.act](world, book, one)
          const state = stateOf(world)
          expect(toFen(totalOf(state, 'reserved'))).toBe(book.total('reserved'))
          expect(toFen(totalOf(state, 'drawn'))).toBe(book.total('drawn'))
          // left is never negative: it is an amount of money, and the sum is the ceiling
          const left = toFen(leftOn(state, dateAt(world.now)))
          expect(left + book.used(monthOf(world))).toBe(CEILING)
        }
      }),
      { numRuns: 25, seed: 11 },
    )
  })
})

test('law 4.4: the steps above do meet the ceiling, the month and every fate', () => {
  const world = covered({ kind: 'recurring' }).fork()
  const book = new Book('recurring')
  const run = (act: Step['act'], number: number, fen = 0) =>
    acts[act](world, book, { act, number, fen })
  run('submit', 1, 120_000)
  run('submit', 2, 80_001)
  run('submit', 3, 80_000)
  run('change', 1, 120_001)
  run('change', 1, 50_000)
  run('pay', 1)
  run('withdraw', 3)
  run('nextMonth', 0)
  run('submit', 4, 200_000)
  expect([...book.held]).toEqual([
    [1, { fen: 50_000, state: 'drawn', month: '2026-03' }],
    [3, { fen: 80_000, state: 'released', month: '2026-03' }],
    [4, { fen: 200_000, state: 'reserved', month: '2026-04' }],
  ])
})

// authority@1: splitting by authorities (law 4.1): what a company may spend on one payee counts together, whatever the
// number of votes, items and meetings. Sums by hand: tier.largeFrom is 10,000, tier.majorFrom 50,000.
import { describe, expect, test } from 'vitest'
import { authorityIdSchema, authorityStream } from '../../src/domain/ids.ts'
import { authorityFold } from '../../workflows/authority/v1/fold.ts'
import {
  approve,
  counting,
  date,
  decidedBy,
  decidedByMembers,
  founded,
  ID,
  money,
  proposal,
  STREAM,
  takeOver,
  terms,
} from '../support/authority-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, confirm, village } from '../support/law-cast.ts'
import { onRequest, purchase } from '../support/law-round.ts'
import { all, close, matter, on, openSeats, sign, sit, vote } from '../support/meeting-cast.ts'

const seats = ['dir1', 'dir2', 'dir3']
const idOf = (number: number) => authorityIdSchema.parse(`a-2026-000${number}`)
const stateOf = (world: LawWorld, number: number) =>
  world.state(authorityFold, village, authorityStream(idOf(number)))

/** One meeting of the board that passes an authority an item. */
function passed(ceilings: readonly object[], world = founded()): LawWorld {
  const items = ceilings.map((change, i) =>
    matter(`a${i + 1}`, { authority: { id: idOf(i + 1), ...terms, ...change } }),
  )
  openSeats(world, 'board', items)
  const votes = items.flatMap((_item, i) => seats.map((seat) => vote(seat, 'for', `a${i + 1}`)))
  return counting(all(world, [...seats.map((seat) => sit(seat)), ...votes, close('dir1')]))
}
const enter = (number: number, change: object): Asking => ({
  ...approve({
    ...change,
    ground: { type: 'meeting', meeting: 'm-2026-0001', item: `a${number}` },
  }),
  stream: authorityStream(idOf(number)),
})

describe('law 4.1: items of one meeting count together, in whatever order they are entered', () => {
  const half = { ceiling: '25000.00' }
  const less = { ceiling: '24999.99' }
  test.each<[string, readonly [object, object], string | undefined]>([
    ['25,000.00 twice: the members’', [half, half], 'authorityBeyondMeeting'],
    ['25,000.00 and 24,999.99: 49,999.99', [half, less], undefined],
    [
      'to two payees of whom one is the same',
      [{ ...half, payees: ['account:6222020000009', ...terms.payees] }, half],
      'authorityBeyondMeeting',
    ],
    ['to two payees', [{ ...half, payees: ['account:6222020000009'] }, half], undefined],
    ['of two kinds', [{ ...half, kind: 'project' }, half], 'authorityBeyondMeeting'],
  ])('%s', (_what, [one, other], code) => {
    const world = passed([one, other])
    expect(world.fork().refusal(enter(1, one))).toBe(code)
    expect(world.fork().refusal(enter(2, other))).toBe(code)
  })

  test('5,000.00 twice are filed by the township, both of them', () => {
    const change = { ceiling: '5000.00' }
    const world = passed([change, change])
    all(world, [enter(1, change), enter(2, change)])
    expect([stateOf(world, 1)?.place, stateOf(world, 2)?.place]).toEqual(['filing', 'filing'])
  })

  test('5,000.00 and 4,999.99 are not', () => {
    const [one, other] = [{ ceiling: '5000.00' }, { ceiling: '4999.99' }]
    const world = passed([one, other])
    all(world, [enter(1, one), enter(2, other)])
    expect([stateOf(world, 1)?.place, stateOf(world, 2)?.place]).toEqual(['open', 'open'])
  })
})

describe('law 4.1: those of earlier meetings count as long as they run', () => {
  const second = { ...approve(), stream: authorityStream(idOf(2)) }
  const ground = { type: 'meeting', meeting: 'm-2026-0002', item: 'a1' }
  /** A village with one authority, whose board passes another in a second meeting. */
  function another(first: object, change: object, between: readonly Asking[] = []): LawWorld {
    const world = founded({ confirmed: false })
    all(world, [takeOver(first)])
    confirm(world, village)
    all(world, between)
    openSeats(world, 'board', [proposal({ id: idOf(2), ...change })], {
      stream: 'meeting/m-2026-0002',
    })
    const acts = [...seats.map((seat) => sit(seat)), ...seats.map((seat) => vote(seat))]
    return counting(
      all(
        world,
        [...acts, close('dir1')].map((asking) => on('meeting/m-2026-0002', asking)),
      ),
    )
  }
  const asked = (change: object): Asking => ({
    ...second,
    input: { ...second.input, ...change, ground },
  })
  const end: Asking = {
    ledger: village,
    stream: STREAM,
    type: 'authority.close',
    by: by('chead'),
    input: { reason: '合同提前终止' },
  }
  const spend = onRequest(1, 'request.submit', 'clerk', {
    ...purchase(1, '900.00'),
    authority: ID,
  })
  const place = (first: object, change: object, between: readonly Asking[] = []) => {
    const world = another(first, change, between)
    const outcome = world.ask(asked(change))
    return 'refused' in outcome ? outcome.refused.code : stateOf(world, 2)?.place
  }

  test.each<[string, object, object, readonly Asking[], string]>([
    // 9,000 + 999.99
    ['a fen below the line', { ceiling: '9000.00' }, { ceiling: '999.99' }, [], 'open'],
    ['at it', { ceiling: '9000.00' }, { ceiling: '1000.00' }, [], 'filing'],
    [
      'what is older than the ledger counts: 49,000 + 1,000',
      { ceiling: '49000.00' },
      { ceiling: '1000.00' },
      [],
      'authorityBeyondMeeting',
    ],
    [
      'one of two keys of the payee is shared',
      { ceiling: '9000.00', payees: ['account:6222020000001', 'tax:91330502MA2B3C4D5E'] },
      { ceiling: '1000.00', payees: ['account:6222020000008', 'tax:91330502MA2B3C4D5E'] },
      [],
      'filing',
    ],
    [
      'another payee',
      { ceiling: '9000.00', payees: ['account:6222020000009'] },
      { ceiling: '1000.00' },
      [],
      'open',
    ],
    [
      'over on the second of March, the day before',
      { ceiling: '9000.00', to: '2026-03-02' },
      { ceiling: '1000.00' },
      [],
      'open',
    ],
    [
      'over on the day itself',
      { ceiling: '9000.00', to: '2026-03-03' },
      { ceiling: '1000.00' },
      [],
      'filing',
    ],
    [
      'a bill of 750 a month counts for a year: 9,000',
      { kind: 'recurring', ceiling: '750.00' },
      { ceiling: '1000.00' },
      [],
      'filing',
    ],
    // ended early it counts with what was taken of it: 900 + 9,099.99, 900 + 9,100
    ['ended early, below', { ceiling: '9000.00' }, { ceiling: '9099.99' }, [spend, end], 'open'],
    ['ended early, at it', { ceiling: '9000.00' }, { ceiling: '9100.00' }, [spend, end], 'filing'],
    // the one it replaces makes room, but what was taken of it stays spent
    [
      'replaced, below',
      { ceiling: '9000.00' },
      { ceiling: '9099.99', replaces: ID },
      [spend],
      'open',
    ],
    [
      'replaced, at it',
      { ceiling: '9000.00' },
      { ceiling: '9100.00', replaces: ID },
      [spend],
      'filing',
    ],
  ])('%s', (_what, first, change, between, expected) => {
    expect(place(first, change, between)).toBe(expected)
  })
})

test('law 4.1: the members decide it, however it is put together', () => {
  const change = { ceiling: '49999.99' }
  const other = {
    authority: idOf(2),
    recurring: false,
    from: date('2026-03-01'),
    to: date('2026-12-31'),
    ceiling: money('0.01'),
    taken: money('0.00'),
    closed: false,
  }
  const running = () => ({ authorities: [other] })
  const members = all(decidedByMembers(proposal(change)), [sign('a1')])
  expect(members.fact('ceilings', running).refusal(approve(change))).toBeUndefined()
  const board = decidedBy('board', { item: proposal(change) })
  expect(board.fork().refusal(approve(change))).toBeUndefined()
  expect(board.fact('ceilings', running).refusal(approve(change))).toBe('authorityBeyondMeeting')
})

test('law 4.1: an approval names where the money goes', () => {
  const change = { payees: ['tax:91330502MA2B3C4D5E'] }
  const world = decidedBy('board', { item: proposal(change) })
  expect(world.refusal(approve(change))).toBe('authorityTermsWrong')
  const named = { payees: ['tax:91330502MA2B3C4D5E', 'account:6222020000001'] }
  expect(decidedBy('board', { item: proposal(named) }).refusal(approve(named))).toBeUndefined()
})

test('law 10.2: the decision says what it was told', () => {
  const world = passed([{ ceiling: '5000.00' }])
  const [entry] = world.given(enter(1, { ceiling: '5000.00' }))
  expect(entry?.facts).toEqual({ ceilings: { count: 0 } })
})

// Separation of duties (law §7), exhaustively: everybody of the cast in every office that decides, pays or books.
import { describe, expect, test } from 'vitest'
import type { OfficeKind } from '../../src/domain/office.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { company, p, type Seat, townSeats, township, villageSeats } from '../support/law-cast.ts'
import {
  accept,
  appoint,
  book,
  consent,
  fail,
  handle,
  inTown,
  issue,
  object,
  order,
  record,
  refuseFiling,
  sign,
  vacate,
  witness,
} from '../support/request-acts.ts'
import {
  all,
  folded,
  founded,
  inPerson,
  place,
  resolve,
  standing,
  submit,
  walk,
} from '../support/request-cast.ts'
import { submission } from '../support/request-rows.ts'

/** Everybody: the holders of all offices, a second head of the centre, and two members without office. */
const cast = [
  ...new Set([...townSeats, ...villageSeats].map(([, , , holder]) => holder)),
  'centrehead2',
  'm1',
  'm2',
]

/** Offices whose holders may not also supervise the company: they leave them first (L2 Art 76). */
const clashing: readonly OfficeKind[] = [
  'director',
  'companyHead',
  'cashier',
  'bookkeeper',
  'reportingClerk',
]
const overCompany: readonly OfficeKind[] = ['councillor', 'legalRepresentative']
const seatsOf = (name: string): readonly Seat[] =>
  [...townSeats, ...villageSeats].filter(([, , , holder]) => holder === name)
const spare: Seat = ['head2', 'centreHead', township, 'centrehead2']

/** `name` comes to hold an office of that kind, whatever they held before; the office they then act in. */
function comesToHold(world: LawWorld, name: string, [office, kind, organisation]: Seat): string {
  const own = name === 'centrehead2' ? [spare] : seatsOf(name)
  const already = own.find((seat) => seat[1] === kind)
  if (already !== undefined) return already[0]
  const supervises = kind === 'supervisor'
  for (const [held, heldKind, at] of own) {
    const apart =
      at === company && (supervises ? clashing.includes(heldKind) : heldKind === 'supervisor')
    // over the company in its cooperative nobody supervises it (law 7.6)
    const over = supervises && overCompany.includes(heldKind)
    if (apart || over) world.given(vacate(held))
    // whoever files or inspects spending leaves that office before they handle any
    if (at === township && organisation === company && !supervises && kind !== 'director')
      world.given(inTown(vacate(held, name === 'centrehead' ? 'leader' : 'head')))
  }
  const there = organisation === township ? inTown : (asking: Asking) => asking
  // nobody records their own appointment
  const other = organisation === township ? 'leader' : 'officer'
  const keeper = name === 'centrehead' ? other : 'head'
  all(world, there(vacate(office, keeper)), there(appoint(office, p(name), keeper)))
  return office
}

const seat = (office: string): Seat => {
  const found = [...townSeats, ...villageSeats, spare].find(([name]) => name === office)
  if (found === undefined) throw new Error(`no office ${office}`)
  return found
}

const issuers = ['handler', 'witness', 'head']
const directors = ['dir1', 'dir2', 'dir3']
const supervisors = ['sup1', 'sup2', 'sup3']
type Forbidden = Partial<Record<RefusalCode, readonly string[]>>

/** Who may not, and by which code. Everybody else may. */
const table: readonly (readonly [string, () => LawWorld, Asking, office: string, Forbidden])[] = [
  [
    'issue',
    () => standing('issuing.witnessed'),
    issue,
    'chead',
    { issuersNotThree: ['handler', 'witness'] },
  ],
  [
    'sign',
    () => standing('supervisorySignOff.open'),
    sign('sup2'),
    'sup2',
    { ownHandling: issuers, decidesTwice: directors },
  ],
  [
    'object',
    () => standing('supervisorySignOff.open'),
    object('sup2'),
    'sup2',
    { ownHandling: issuers, decidesTwice: directors },
  ],
  [
    'accept',
    () => standing('townshipFiling.open'),
    accept,
    'officer2',
    { ownHandling: issuers, decidesTwice: [...directors, ...supervisors] },
  ],
  [
    'law 7.4: consent',
    () => standing('townshipFiling.accepted'),
    consent,
    'head2',
    {
      ownHandling: issuers,
      decidesTwice: [...directors, ...supervisors],
      officerIsHead: ['officer'],
    },
  ],
  [
    'law 7.4: refuse',
    () => standing('townshipFiling.accepted'),
    refuseFiling,
    'head2',
    {
      ownHandling: issuers,
      decidesTwice: [...directors, ...supervisors],
      officerIsHead: ['officer'],
    },
  ],
  [
    'order',
    () => standing('payment.payable'),
    order,
    'cashier',
    { cashierConflict: [...issuers, 'bookkeeper'] },
  ],
  [
    'record',
    () => standing('payment.ordered'),
    record,
    'cashier',
    { cashierConflict: [...issuers, 'bookkeeper'] },
  ],
  [
    'fail',
    () => standing('payment.ordered'),
    fail,
    'cashier',
    { cashierConflict: [...issuers, 'bookkeeper'] },
  ],
  ['book', () => standing('booking'), book, 'book', { cashierConflict: ['cashier'] }],
]

describe('law 7.2, law 7.3, law 7.5: everybody in the office that may', () => {
  test.each(table)('%s', (_act, given, when, office, forbidden) => {
    const said = cast.map((name) => {
      const world = given()
      const held = comesToHold(world, name, seat(office))
      return [name, world.refusal(inPerson(when, p(name), held))]
    })
    const codeOf = (name: string) =>
      Object.entries(forbidden).find(([, names]) => names.includes(name))?.[0]
    expect(said).toEqual(cast.map((name) => [name, codeOf(name)]))
  })

  test('the cast is whole, and the table forbids somebody in every act', () => {
    expect(cast.length).toBeGreaterThan(30)
    for (const [, , , , forbidden] of table) {
      for (const names of Object.values(forbidden)) {
        for (const name of names) expect(cast).toContain(name)
      }
    }
  })
})

describe('three persons issue it', () => {
  test.each<[string, Record<string, unknown>, RefusalCode | undefined]>([
    ['handler and witness are one', { witness: p('handler') }, 'issuersNotThree'],
    ['a director witnesses', { witness: p('dir1') }, undefined],
    ['the head handles: said when the head would issue', { handler: p('head') }, undefined],
  ])('%s', (_what, change, code) => {
    expect(founded().refusal(submission(change))).toBe(code)
  })

  test('each signs for themselves: the head cannot sign for the handler', () => {
    const world = standing('issuing.drawnUp')
    expect(world.refusal(inPerson(handle, p('head'), 'chead'))).toBe('notYourSeat')
    expect(world.refusal(handle)).toBeUndefined()
    expect(world.refusal(inPerson(witness, p('handler'), 'handler'))).toBe('notYourSeat')
  })
})

describe('what does not count as deciding', () => {
  test('a ballot cast as a member is everybody’s right (law §7)', () => {
    const world = standing('memberVote.open')
    all(world, resolve('members', 'passed', [p('sup1'), p('officer'), p('dir1')]))
    expect(folded(world).deciders).toEqual([])
    expect(place(walk(world, 'closed'))).toBe('closed')
  })

  test('what the members decide of a board item is nobody’s decision either', () => {
    const world = standing('boardReview.open')
    all(world, resolve('board', 'referred'))
    all(world, resolve('members', 'passed', [p('sup1')]), resolve('shareholder'))
    expect(folded(world).deciders).toEqual([])
    expect(place(world)).toBe('papers')
  })

  test('a director who did not vote may sign as supervisor afterwards', () => {
    const world = standing('boardReview.open')
    all(world, resolve('board', 'passed', [p('dir1'), p('dir2')]))
    walk(world, 'supervisorySignOff.open')
    const office = comesToHold(world, 'dir3', seat('sup2'))
    expect(world.refusal(inPerson(sign('sup2'), p('dir3'), office))).toBeUndefined()
  })
})

test('where a board item goes that too few unrelated directors could decide (L2 Art 185)', () => {
  const referred = (amount: string): string | undefined => {
    const world = founded()
    submit(world, { amount, relation: 'related' })
    return folded(all(walk(world, 'boardReview.open'), resolve('board', 'referred'))).referredTo
  }
  expect(referred('49999.99')).toBe('council')
  expect(referred('50000.00')).toBe('member')
})

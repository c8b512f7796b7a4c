// Return and resubmission (law §2): what restarts at the first must, what resumes where it was returned, what stands.
import { describe, expect, test } from 'vitest'
import type { LawWorld } from '../support/law.ts'
import { company, o, p } from '../support/law-cast.ts'
import {
  accept,
  consent,
  handle,
  kept,
  openOffice,
  order,
  resubmit,
  sign,
  small,
  turnBack,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  folded,
  inPerson,
  place,
  resolve,
  standing,
  types,
  walk,
} from '../support/request-cast.ts'
import type { Change } from '../support/request-rows.ts'

/** Where each is returned from, by whom, where it resumes, and which decisions stand there. */
const from: readonly (readonly [string, by: string, at: string, stands: readonly string[]])[] = [
  ['issuing.handled', 'chead', 'issuing.drawnUp', []],
  ['issuing.witnessed', 'witness', 'issuing.drawnUp', []],
  ['memberVote.open', 'chead', 'memberVote.open', []],
  ['memberVote.carried', 'chead', 'memberVote.open', []],
  ['boardReview.open', 'dir3', 'boardReview.open', []],
  ['supervisorySignOff.open', 'sup2', 'supervisorySignOff.open', ['boardReview']],
  ['townshipFiling.open', 'officer2', 'townshipFiling.open', ['boardReview', 'supervisorySignOff']],
  [
    'townshipFiling.accepted',
    'head',
    'townshipFiling.open',
    ['boardReview', 'supervisorySignOff', 'townshipFiling'],
  ],
  [
    'payment.payable',
    'cashier',
    'payment.payable',
    ['boardReview', 'supervisorySignOff', 'townshipFiling'],
  ],
]
const decidedIn = (world: LawWorld) => [...new Set(folded(world).deciders.map(({ must }) => must))]
const hasPapers = (world: LawWorld): Change => (folded(world).evidence.length > 4 ? kept : {})

describe('law 2.27: returned, to the clerk, from every must', () => {
  test.each(from)(
    'law 2.29: from %s by %s, a corrected paper resumes at %s',
    (where, by, at, stands) => {
      const world = all(standing(where), turnBack(by))
      expect(place(world)).toBe('returned')
      expect(folded(world).dueOn).toBe('')
      world.given(resubmit({ ...small, ...hasPapers(world) }))
      expect(place(world)).toBe(at)
      expect(decidedIn(world)).toEqual(stands)
      expect(folded(world).snapshot.context.round).toBe(2)
      expect(folded(world).submission.budgetLine).toBe('维修维护')
      const { handled, witnessed, issued } = folded(world)
      const signed = at.startsWith('issuing') ? [] : [p('handler'), p('witness'), p('head')]
      expect([handled, witnessed, issued].filter((one) => one !== undefined)).toEqual(signed)
    },
  )

  test.each(from)('law 2.28: from %s by %s, a higher amount restarts at issuing', (where, by) => {
    const world = all(standing(where), turnBack(by))
    const { deciders } = folded(world)
    world.given(resubmit({ ...hasPapers(world), amount: '60000.01' }))
    expect(place(world)).toBe('issuing.drawnUp')
    // who decided in one must still decides in no other: a new round makes nobody another person
    expect(folded(world)).toMatchObject({ deciders, submission: { amount: '60000.01' } })
    for (const gone of ['handled', 'witnessed', 'issued', 'seating', 'accepted']) {
      expect(folded(world)).not.toHaveProperty(gone)
    }
    expect(types(world).at(-1)).toBe('request.resubmitted')
    expect(place(walk(world, 'closed'))).toBe('closed')
  })

  test('law 2.29: what resumed goes on from there: nothing before is asked again', () => {
    const world = all(standing('townshipFiling.accepted'), turnBack('head'))
    all(world, resubmit({ ...small, ...kept }), accept, consent)
    expect(place(world)).toBe('payment.payable')
    const once = types(world).filter((type) => type.endsWith('.passed'))
    expect(once).toEqual(['memberVote.passed', 'boardReview.passed', 'supervisorySignOff.passed'])
  })

  test('law 2.28: what restarted asks every must again', () => {
    const world = all(standing('payment.payable'), turnBack('cashier'))
    all(world, resubmit({ ...kept, purpose: '保洁船更换发动机' }))
    expect(world.refusal(order)).toBe('notOpen')
    walk(world, 'payment.payable')
    const passed = types(world).filter((type) => /\.(?:passed|consented)$/.test(type))
    expect(passed).toEqual([...passed.slice(0, 4), ...passed.slice(0, 4)])
    expect(passed).toHaveLength(8)
  })

  test('half the signatures of a returned must are gone with it', () => {
    const world = all(standing('supervisorySignOff.open'), sign('sup1'), sign('sup3'))
    all(world, turnBack('sup2'), resubmit({ ...small, ...kept }))
    expect(folded(world).seating).toMatchObject({ signed: [], objected: [] })
    expect(world.refusal(sign('sup1'))).toBeUndefined()
  })

  test('law 1.11: the must opens with the seats of that day and a fresh limit', () => {
    const world = all(standing('supervisorySignOff.open'), turnBack('sup2'))
    all(world, openOffice('sup4', 'supervisor', company)).clock('2026-03-06T01:00:00.000Z')
    world.given(resubmit({ ...small, ...kept }))
    // two working days after Friday 6 March
    expect(folded(world).dueOn).toBe('2026-03-10')
    expect(folded(world).seating?.seats).toContain(o('sup4'))
  })

  test('who returned nothing yet may still return it again', () => {
    const world = all(standing('boardReview.open'), turnBack('dir1'), resubmit(small))
    expect(world.refusal(turnBack('dir2'))).toBeUndefined()
    expect(folded(world).snapshot.context.round).toBe(2)
  })
})

test('the old round’s issuers do not bind the new one', () => {
  const world = all(
    standing('boardReview.open'),
    turnBack('dir1'),
    resubmit({ witness: p('dir1') }),
  )
  all(world, handle)
  expect(world.refusal(asked('request.witness', 'witness'))).toBe('notYourSeat')
  all(world, inPerson(asked('request.witness', 'witness'), p('dir1'), 'dir1'))
  all(world, asked('request.issue', 'chead'), resolve('members'))
  expect(place(world)).toBe('memberVote.carried')
})

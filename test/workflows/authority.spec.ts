// authority@1: who may record one and on what ground, and that it is never overdrawn. Rows by hand
// from law §4.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Entry, entrySchema, noEntry } from '../../src/domain/entry.ts'
import {
  authorityIdSchema,
  officeIdSchema,
  organisationIdSchema,
  type RequestId,
} from '../../src/domain/ids.ts'
import { compare, fromFen, type Money, sum } from '../../src/domain/money.ts'
import {
  authorityFold,
  type AuthorityState,
  convert,
  coverage,
  leftOn,
  release,
  reserve,
  totalOf,
} from '../../workflows/authority/v1/fold.ts'
import {
  approve,
  covered,
  date,
  decidedBy,
  decidedByMembers,
  founded,
  ID,
  meetingItem,
  money,
  proposal,
  stateOf,
  STREAM,
  takeOver,
  terms,
} from '../support/authority-cast.ts'
import { digest, type LawWorld } from '../support/law.ts'
import { by, company, coop, founding, g, p, village } from '../support/law-cast.ts'
import { all, close, matter, openSeats, plan, sign, sit, vote } from '../support/meeting-cast.ts'
import { onRequest, purchase, requestId } from '../support/law-round.ts'

/** The board passes one request of 6,000 yuan. */
function decidedRequest(): LawWorld {
  const world = founded()
  world.given(onRequest(1, 'request.submit', 'clerk', purchase(1, '6000.00')))
  world.given(onRequest(1, 'request.handle', 'handler'))
  world.given(onRequest(1, 'request.witness', 'witness'))
  world.given(onRequest(1, 'request.issue', 'chead'))
  openSeats(world, 'board', [{ item: 'a1', title: '办公用品', request: requestId(1), round: 1 }])
  const seats = ['dir1', 'dir2', 'dir3']
  return all(world, [
    ...seats.map((seat) => sit(seat)),
    ...seats.map((seat) => vote(seat)),
    close('dir1'),
  ])
}

describe('law 4.1: on what ground', () => {
  const board = decidedBy('board')
  const large = { ceiling: '50000.00' }
  const members = decidedByMembers(proposal(large))
  const signed = all(members.fork(), [sign('a1')])
  const council = decidedBy('council')
  const largest = decidedBy('board', { item: proposal({ ceiling: '49999.99' }) })
  const unconfirmed = founded({ confirmed: false })
  const other = authorityIdSchema.parse('a-2026-0002')
  const renumbered = approve({}, by('chead'), `authority/${other}`)
  test.each<[string, LawWorld, ReturnType<typeof approve>, string | undefined]>([
    ['the board passed it', board, approve(), undefined],
    ['the clerk enters it', board, approve({}, by('clerk')), undefined],
    ['the supervisors do not', board, approve({}, by('sup1')), 'officeNotHeld'],
    ['nor does the head of the centre', board, approve({}, by('head')), 'officeNotHeld'],
    ['the council passed it', council, approve(), undefined],
    [
      'the board voted it down',
      decidedBy('board', { choice: 'against' }),
      approve(),
      'authorityNotDecided',
    ],
    [
      'an item that was not on the agenda',
      board,
      approve({ ground: { ...meetingItem, item: 'a2' } }),
      'authorityNotDecided',
    ],
    [
      'an item that put no authority to the vote',
      decidedBy('board', { item: matter('a1') }),
      approve(),
      'authorityNotDecided',
    ],
    [
      'a meeting that has not closed',
      openSeats(founded(), 'board', [proposal()]),
      approve(),
      'authorityNotDecided',
    ],
    ['a meeting that never was', founded(), approve(), 'notFound'],
    ['another number', board, renumbered, 'authorityTermsDiffer'],
    ['a higher ceiling', board, approve({ ceiling: '2000.01' }), 'authorityTermsDiffer'],
    ['a lower ceiling', board, approve({ ceiling: '1999.99' }), 'authorityTermsDiffer'],
    [
      'a payee more',
      board,
      approve({ payees: [...terms.payees, 'person:p_headx'] }),
      'authorityTermsDiffer',
    ],
    ['another kind', board, approve({ kind: 'recurring' }), 'authorityTermsDiffer'],
    ['from earlier on', board, approve({ from: '2026-02-28' }), 'authorityTermsDiffer'],
    ['for longer', board, approve({ to: '2027-01-01' }), 'authorityTermsDiffer'],
    ['below tier.majorFrom the board may', largest, approve({ ceiling: '49999.99' }), undefined],
    [
      'from tier.majorFrom only the members',
      decidedBy('board', { item: proposal(large) }),
      approve(large),
      'authorityBeyondMeeting',
    ],
    [
      'from tier.majorFrom not the council either',
      decidedBy('council', { item: proposal(large) }),
      approve(large),
      'authorityBeyondMeeting',
    ],
    [
      'what is reserved to the members only they may, whatever the ceiling',
      decidedBy('board', { item: proposal({}, { power: 11 }) }),
      approve(),
      'authorityBeyondMeeting',
    ],
    ['the members passed it', members, approve(large), 'authorityUnsigned'],
    ['and the shareholder decision is signed', signed, approve(large), undefined],
    [
      'the board decided a request and no ceiling',
      decidedRequest(),
      approve(),
      'authorityNotDecided',
    ],
    ['a paper, taken over by the founder', unconfirmed, takeOver(), undefined],
    [
      'a paper, by another who says they found the village',
      unconfirmed,
      takeOver({}, { ...founding, person: p('head') }),
      'officeNotHeld',
    ],
    [
      'a paper, by the founder in another office',
      unconfirmed,
      takeOver({}, { ...by('chead'), person: founding.person }),
      'officeNotHeld',
    ],
    [
      'a paper, certified by the head of the centre',
      unconfirmed,
      takeOver({}, by('head')),
      'officeNotHeld',
    ],
    ['a paper once the village is founded', founded(), takeOver(), 'paperAfterFounding'],
    [
      'a paper then certified by the head of the centre',
      founded(),
      takeOver({}, by('head')),
      'paperAfterFounding',
    ],
    ['a company that is none', board, approve({ company: g('nobody') }), 'notFound'],
    ['the cooperative itself', board, approve({ company: coop }), 'notFound'],
    [
      'an id that is none',
      board,
      approve({}, by('chead'), 'authority/nonsense' as typeof STREAM),
      'notFound',
    ],
    [
      'before there is a policy',
      founded({ policy: false, confirmed: false }),
      takeOver(),
      'policyMissing',
    ],
  ])('%s', (_what, world, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })

  test('one vote makes one authority', () => {
    const world = board.fork()
    world.given(approve())
    expect(world.refusal(approve())).toBe('alreadyExists')
    expect(world.refusal(renumbered)).toBe('authorityTermsDiffer')
  })

  test.each([
    ['from after to', { from: '2027-01-01' }],
    ['no payee', { payees: [] }],
    ['no ceiling', { ceiling: '0.00' }],
  ])('%s is malformed, on an agenda too', (_what, change) => {
    expect(() => founded().ask(approve(change))).toThrow(/authority.approve: input/)
    expect(() => founded().ask(plan('board', [proposal(change)]))).toThrow(/agenda/)
  })

  describe('of another company', () => {
    const second = organisationIdSchema.parse('g_other')
    const seat = { office: officeIdSchema.parse('o_otherhead'), person: p('otherhead') }
    const addSecond = (world: LawWorld): LawWorld => {
      const opening = { kind: 'companyHead', organisation: second, office: seat.office }
      const named = { kind: 'company', name: '二号公司', owner: coop, organisation: second }
      const acts: readonly (readonly [string, object])[] = [
        ['organisation.register', named],
        ['office.open', opening],
        ['office.appoint', { ...seat, from: '2026-03-01' }],
      ]
      for (const [type, input] of acts)
        world.given({ ledger: village, stream: 'roster', type, by: by('officer'), input })
      return world
    }
    const asking = approve({ company: second }, { ...by('chead'), ...seat })

    test('the board decides nothing there', () => {
      expect(addSecond(board.fork()).refusal(asking)).toBe('authorityNotDecided')
    })
    test('the council decided it for the first', () => {
      expect(addSecond(council.fork()).refusal(asking)).toBe('authorityTermsDiffer')
    })
  })
})

describe('law 4.2: coverage', () => {
  const state = stateOf(covered())
  const asking = {
    authority: ID,
    company,
    payeeKeys: ['account:6222020000001'],
    date: date('2026-03-02'),
    amount: money('2000.00'),
  }
  test.each([
    ['the whole ceiling', {}, { left: '0.00' }],
    ['part of it', { amount: money('0.01') }, { left: '1999.99' }],
    ['a fen more', { amount: money('2000.01') }, 'authorityExceeded'],
    [
      'one of several keys',
      { payeeKeys: ['tax:91330106MA27X', 'account:6222020000001'] },
      { left: '0.00' },
    ],
    [
      'by a tax number alone, which says not where money goes',
      { payeeKeys: ['tax:91330502MA2B3C4D5E'] },
      'authorityMismatch',
    ],
    ['another payee', { payeeKeys: ['account:6222020000002'] }, 'authorityMismatch'],
    ['no key at all', { payeeKeys: [] }, 'authorityMismatch'],
    ['another company', { company: g('other') }, 'authorityMismatch'],
    ['the first day', { date: date('2026-03-01') }, { left: '0.00' }],
    ['the day before', { date: date('2026-02-28') }, 'authorityMismatch'],
    ['the last day', { date: date('2026-12-31') }, { left: '0.00' }],
    ['the day after', { date: date('2027-01-01') }, 'authorityMismatch'],
  ])('%s', (_what, change, expected) => {
    const answer = coverage(state, { ...asking, ...change })
    expect('refused' in answer ? answer.refused.code : answer).toEqual(expected)
  })

  test('by no authority', () => {
    expect(coverage(undefined, asking)).toMatchObject({ refused: { code: 'notFound' } })
  })
})

describe('law 4.3, law 4.4: requests under it', () => {
  const submit = (number: number, amount: string) =>
    onRequest(number, 'request.submit', 'clerk', { ...purchase(number, amount), authority: ID })

  test('two at once never overdraw it; what is withdrawn comes back', () => {
    const world = covered()
    world.given(submit(1, '1500.00'))
    expect(totalOf(stateOf(world), 'reserved')).toBe('1500.00')
    expect(world.refusal(submit(2, '500.01'))).toBe('authorityExceeded')
    expect(world.fork().refusal(submit(2, '500.00'))).toBeUndefined()
    const entries = world.given(onRequest(1, 'request.withdraw', 'chead', { reason: '不再需要' }))
    expect(entries.map(({ type }) => type)).toContain('authority.released')
    expect(totalOf(stateOf(world), 'reserved')).toBe('0.00')
    expect(world.refusal(submit(2, '2000.00'))).toBeUndefined()
  })

  test('of a recurring one the ceiling comes back with the month', () => {
    const world = covered({ kind: 'recurring' })
    world.given(submit(1, '2000.00'))
    expect(world.refusal(submit(2, '0.01'))).toBe('authorityExceeded')
    // midnight of the 1st of April in Shanghai
    expect(world.fork().clock('2026-03-31T15:59:59.000Z').refusal(submit(2, '0.01'))).toBe(
      'authorityExceeded',
    )
    expect(world.clock('2026-03-31T16:00:00.000Z').refusal(submit(2, '2000.00'))).toBeUndefined()
  })

  test('of any other it does not', () => {
    const world = covered()
    world.given(submit(1, '2000.00'))
    expect(world.clock('2026-04-05T01:00:00.000Z').refusal(submit(2, '0.01'))).toBe(
      'authorityExceeded',
    )
  })
})

describe('the fold', () => {
  const world = covered()
  const approved = stateOf(world)
  const [first] = world.entries(village, STREAM)
  let revision = 0
  const entryOf = (
    { type, body }: ReturnType<typeof reserve>,
    at = '2026-03-05T01:00:00.000Z',
  ): Entry => {
    revision += 1
    return entrySchema.parse({
      ...first,
      at,
      body,
      type,
      revision,
      prev: noEntry,
      nonce: digest(`${revision}`).slice(0, 22),
    })
  }
  const fold = (
    state: AuthorityState | undefined,
    event: ReturnType<typeof reserve>,
    at?: string,
  ) => authorityFold.apply(state, entryOf(event, at))
  const use = (amount: string, number = 1) => ({
    request: requestId(number),
    amount: money(amount),
  })

  test.each<[string, readonly ReturnType<typeof reserve>[]]>([
    ['overdrawn', [reserve(ID, use('2000.01'))]],
    ['overdrawn by two', [reserve(ID, use('1000.00')), reserve(ID, use('1000.01', 2))]],
    ['converted without a reservation', [convert(ID, use('1.00'))]],
    ['converted in part', [reserve(ID, use('2.00')), convert(ID, use('1.00'))]],
    [
      'converted twice',
      [reserve(ID, use('2.00')), convert(ID, use('2.00')), convert(ID, use('2.00'))],
    ],
    ['released without a reservation', [release(ID, use('1.00'))]],
    ['released beyond it', [reserve(ID, use('2.00')), release(ID, use('2.01'))]],
    [
      'released once paid',
      [reserve(ID, use('2.00')), convert(ID, use('2.00')), release(ID, use('2.00'))],
    ],
    [
      'reserved once paid',
      [reserve(ID, use('2.00')), convert(ID, use('2.00')), reserve(ID, use('1.00'))],
    ],
  ])('%s cannot have happened', (_what, events) => {
    const last = events.at(-1) ?? reserve(ID, use('0.01'))
    const before = events
      .slice(0, -1)
      .reduce<AuthorityState | undefined>((state, event) => fold(state, event), approved)
    expect(() => fold(before, last)).toThrow(/authority\/a-2026-0001/)
  })

  test('what is added to a reservation counts in its first month', () => {
    const recurring: AuthorityState = {
      ...approved,
      terms: { ...approved.terms, kind: 'recurring' },
    }
    const other = fold(recurring, reserve(ID, use('400.00', 2)))
    const march = fold(other, reserve(ID, use('1500.00')))
    const asked = {
      authority: ID,
      company,
      payeeKeys: terms.payees,
      date: date('2026-04-02'),
      request: requestId(1),
    }
    expect(coverage(march, { ...asked, amount: money('1600.01') })).toMatchObject({
      refused: { code: 'authorityExceeded' },
    })
    expect(coverage(march, { ...asked, amount: money('1600.00') })).toEqual({ left: '0.00' })
    const more = fold(march, reserve(ID, use('100.00')), '2026-04-02T01:00:00.000Z')
    expect([
      leftOn(more ?? recurring, date('2026-03-31')),
      leftOn(more ?? recurring, date('2026-04-02')),
    ]).toEqual(['0.00', '2000.00'])
  })

  test('a reduction gives back its difference, a rejection all', () => {
    const held = fold(approved, reserve(ID, use('1500.00')))
    const reduced = fold(held, release(ID, use('500.00'))) ?? approved
    expect([totalOf(reduced, 'reserved'), leftOn(reduced, date('2026-03-05'))]).toEqual([
      '1000.00',
      '1000.00',
    ])
    const rejected = fold(reduced, release(ID, use('1000.00'))) ?? approved
    expect(rejected.uses.size).toBe(0)
  })

  test('law 4.4: never overdrawn, never losing a fen, whatever is asked in whatever order', () => {
    const step = fc.record({
      request: fc.integer({ min: 1, max: 6 }),
      fen: fc.integer({ min: 1, max: 150_000 }),
      act: fc.constantFrom('reserve', 'convert', 'release'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state: AuthorityState = approved
        for (const { request, fen, act } of steps) {
          const id: RequestId = requestId(request)
          const held = state.uses.get(id)
          const event =
            act === 'reserve'
              ? askedFor(state, id, fromFen(fen))
              : held?.state === 'reserved'
                ? (act === 'convert' ? convert : release)(ID, { request: id, amount: held.amount })
                : undefined
          if (event !== undefined) state = fold(state, event) ?? state
          const drawn = totalOf(state, 'drawn')
          const whole = [totalOf(state, 'reserved'), drawn, leftOn(state, date('2026-03-05'))]
          expect(sum(whole)).toBe(state.terms.ceiling)
          expect(compare(drawn, state.terms.ceiling)).not.toBe(1)
        }
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  /** As a request does it: only what coverage grants is reserved. */
  function askedFor(state: AuthorityState, request: RequestId, amount: Money) {
    if (state.uses.has(request)) return undefined
    const asking = {
      authority: ID,
      company,
      payeeKeys: terms.payees,
      date: date('2026-03-05'),
      amount,
    }
    return 'refused' in coverage(state, asking) ? undefined : reserve(ID, { request, amount })
  }
})

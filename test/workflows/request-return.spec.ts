// Return and resubmission (law §2): what restarts at the first must, what resumes where it was returned, what stands.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Asking, LawWorld } from '../support/law.ts'
import { company, enactPolicy, o, p, village } from '../support/law-cast.ts'
import {
  accept,
  addEvidence,
  consent,
  declare,
  handle,
  openOffice,
  order,
  resubmit,
  sign,
  turnBack,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  evidenceOf,
  firm,
  firmAccount,
  folded,
  form,
  founded,
  inPerson,
  invoice,
  place,
  request,
  resolve,
  standing,
  submit,
  types,
  vouchers,
  walk,
  windowOf,
} from '../support/request-cast.ts'
import { type Change, listed, listOf, papers } from '../support/request-rows.ts'

/** With the papers added since submission: leaving them out would be taking evidence away. */
const kept = { evidence: [...form().evidence, ...vouchers.evidence] }
const small: Change = { budgetLine: '维修维护' }

/** Where each is returned from, by whom, where it resumes, and which decisions stand there. */
const from: readonly (readonly [string, by: string, at: string, stands: readonly string[]])[] = [
  ['issuing.handled', 'chead', 'issuing.drawnUp', []],
  ['issuing.witnessed', 'witness', 'issuing.drawnUp', []],
  ['memberVote.open', 'chead', 'memberVote.open', []],
  ['memberVote.carried', 'chead', 'memberVote.open', []],
  ['boardReview.open', 'dir3', 'boardReview.open', []],
  ['supervisorySignOff.open', 'sup2', 'supervisorySignOff.open', ['boardReview']],
  ['townshipFiling.open', 'officer2', 'townshipFiling.open', ['boardReview', 'supervisorySignOff']],
  ['townshipFiling.accepted', 'head', 'townshipFiling.open', ['boardReview', 'supervisorySignOff']],
  [
    'payment.payable',
    'cashier',
    'payment.payable',
    ['boardReview', 'supervisorySignOff', 'townshipFiling'],
  ],
]
const decidedIn = (world: LawWorld) => [...new Set(folded(world).deciders.map(({ must }) => must))]
const hasPapers = (world: LawWorld): Change => (folded(world).evidence.length > 4 ? kept : {})

describe('returned, to the clerk, from every must', () => {
  test.each(from)('from %s by %s: a corrected paper resumes at %s', (where, by, at, stands) => {
    const world = all(standing(where), turnBack(by))
    expect(place(world)).toBe('returned')
    expect(folded(world).dueOn).toBe('')
    world.given(resubmit({ ...small, ...hasPapers(world) }))
    expect(place(world)).toBe(at)
    expect(decidedIn(world)).toEqual(stands)
    expect(folded(world).snapshot.context.round).toBe(2)
    expect(folded(world).submission.budgetLine).toBe('维修维护')
    const issued = at.startsWith('issuing') ? undefined : p('head')
    expect(folded(world).issued).toBe(issued)
  })

  test.each(from)('from %s by %s: a higher amount restarts at issuing', (where, by) => {
    const world = all(standing(where), turnBack(by))
    world.given(resubmit({ ...hasPapers(world), amount: '60000.01' }))
    expect(place(world)).toBe('issuing.drawnUp')
    expect(folded(world)).toMatchObject({ deciders: [], submission: { amount: '60000.01' } })
    for (const gone of ['handled', 'witnessed', 'issued', 'seating', 'accepted']) {
      expect(folded(world)).not.toHaveProperty(gone)
    }
    expect(types(world).at(-1)).toBe('request.resubmitted')
    expect(place(walk(world, 'closed'))).toBe('closed')
  })

  test('what resumed goes on from there: nothing before is asked again', () => {
    const world = all(standing('townshipFiling.accepted'), turnBack('head'))
    all(world, resubmit({ ...small, ...kept }), accept, consent)
    expect(place(world)).toBe('payment.payable')
    const once = types(world).filter((type) => type.endsWith('.passed'))
    expect(once).toEqual(['memberVote.passed', 'boardReview.passed', 'supervisorySignOff.passed'])
  })

  test('what restarted asks every must again', () => {
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

  test('the must opens with the seats of that day and a fresh limit', () => {
    const world = all(standing('supervisorySignOff.open'), turnBack('sup2'))
    all(world, openOffice('sup4', 'supervisor', company)).clock('2026-03-06T01:00:00.000Z')
    world.given(resubmit({ ...small, ...kept }))
    // two working days after Friday 6 March
    expect(folded(world).dueOn).toBe('2026-03-10')
    expect(folded(world).seating?.seats).toContain(o('sup4'))
  })

  test('returned from the board before it decided, another director may still return it again', () => {
    const world = all(standing('boardReview.open'), turnBack('dir1'), resubmit(small))
    expect(world.refusal(turnBack('dir2'))).toBeUndefined()
    expect(folded(world).snapshot.context.round).toBe(2)
  })
})

describe('material: amount raised, payee, category, purpose, company or authority, evidence taken away', () => {
  const returned = (change: Change = {}): LawWorld => {
    const world = founded()
    submit(world, { amount: '60000.00', ...change })
    return all(walk(world, 'townshipFiling.open'), turnBack('officer'))
  }
  const materialOf = (world: LawWorld, change: Change): readonly string[] => {
    const [resubmitted] = world.given(resubmit({ ...kept, ...change }))
    const material = z.array(z.string()).parse(resubmitted?.body['material'])
    expect(place(world)).toBe(material.length > 0 ? 'issuing.drawnUp' : 'townshipFiling.open')
    return material
  }

  test.each<[what: string, change: Change, material: readonly string[]]>([
    ['a fen more', { amount: '60000.01' }, ['amount']],
    ['a fen less: earlier decisions stand as "up to"', { amount: '59999.99' }, []],
    [
      'another account',
      {
        payee: { ...firm, account: '6246270519836190000' },
        invoices: [],
        voucherException: 'bankSlip',
      },
      ['payee'],
    ],
    ['another name on the account', { payee: { ...firm, name: '菱西船舶修理厂' } }, ['payee']],
    ['another category', { category: 'farmMachinery' }, ['category']],
    ['another purpose', { purpose: '保洁船更换发动机' }, ['purpose']],
    ['another matter', { matter: 'contract' }, ['matter']],
    ['declared related now', { relation: 'related' }, ['relation']],
    ['another witness', { witness: p('dir1') }, ['issuers']],
    ['a paper taken away', { evidence: kept.evidence.slice(0, -1) }, ['evidence']],
    [
      'a paper replaced by a better one of its kind',
      { evidence: [...kept.evidence.slice(0, -1), { paper: 'photos', sha256: 'cd'.repeat(32) }] },
      [],
    ],
    ['a paper more', { evidence: [...kept.evidence, ...evidenceOf('other')] }, []],
    [
      'another invoice of the same seller',
      { invoices: [{ ...invoice, number: '25338768457947000196', total: '60000.00' }] },
      [],
    ],
    ['another budget line', small, []],
    ['two at once', { amount: '60000.01', purpose: '保洁船更换发动机' }, ['amount', 'purpose']],
  ])('%s', (_what, change, material) => {
    expect(materialOf(returned(), change)).toEqual(material)
  })

  test('one of two quotes taken away is evidence taken away', () => {
    const quotes = { evidence: [...form().evidence, ...evidenceOf('quotes')] }
    const world = returned(quotes)
    expect(materialOf(world, kept)).toEqual(['evidence'])
  })

  test.each<[string, Change, readonly string[]]>([
    [
      'the same total to other persons',
      { payee: { ...listOf('1200.00'), digest: 'cd'.repeat(32) } },
      ['payee'],
    ],
    [
      'a smaller total, of rows nobody can compare',
      { amount: '1100.00', payee: { ...listOf('1100.00'), digest: 'cd'.repeat(32) } },
      ['payee'],
    ],
  ])('a list: %s', (_what, change, material) => {
    const world = founded()
    submit(world, listed)
    all(walk(world, 'supervisorySignOff.open'), turnBack('sup2'))
    const [resubmitted] = world.given(
      asked('request.resubmit', 'clerk', form({ ...listed, ...kept, ...change })),
    )
    expect(resubmitted?.body['material']).toEqual(material)
  })

  test('a tie to the payee declared since restarts it, though the form is the same', () => {
    const world = returned()
    world.given(
      declare('control', {
        controls: [{ person: p('dir1'), payeeKey: `account:${firmAccount}`, relation: 'controls' }],
      }),
    )
    expect(materialOf(world, small)).toEqual(['related'])
    expect(folded(world)).toMatchObject({ related: true, relatedPersons: [p('dir1')] })
  })
})

describe('the route of a resubmission', () => {
  const returnedAt = (where: string, by: string, amount: string) => {
    const world = founded()
    submit(world, { amount })
    return all(walk(world, where), turnBack(by))
  }
  const demands = (world: LawWorld) => folded(world).route.map(({ demand }) => demand)

  test('a reduction keeps the route: the township is asked though the amount is small now', () => {
    const world = returnedAt('townshipFiling.open', 'officer', '12000.00')
    const before = demands(world)
    world.given(resubmit({ ...kept, amount: '900.00' }))
    expect(demands(world)).toEqual(before)
    expect(place(world)).toBe('townshipFiling.open')
  })

  test('a rise that crosses a line is routed anew', () => {
    const world = returnedAt('supervisorySignOff.open', 'sup2', '4000.00')
    world.given(resubmit({ ...kept, amount: '10000.00' }))
    expect(demands(world)).toEqual(['notRequired', 'required', 'required', 'required', 'required'])
    expect(world.entries(village, request).at(-1)?.type).toBe('request.resubmitted')
  })

  test('a restart counts the window of its own day, without itself', () => {
    const world = returnedAt('supervisorySignOff.open', 'sup2', '4000.00')
    const asks: unknown[] = []
    world.clock('2026-04-20T01:00:00.000Z').fact('payeeWindow', (query) => {
      asks.push([query.from, query.to, query.except])
      return windowOf('999.99')(query)
    })
    world.given(resubmit({ ...kept, amount: '4000.01' }))
    expect(asks).toEqual([['2026-03-22', '2026-04-20', '2026-000001']])
    expect(folded(world).rolling.sum).toBe('5000.00')
    expect(folded(world).submittedOn).toBe('2026-04-20')
    expect(demands(world)[1]).toBe('required')
  })

  test('a corrected paper stays under the policy it was submitted under, a restart does not (law §8)', () => {
    const world = returnedAt('supervisorySignOff.open', 'sup2', '4000.00')
    const { policy } = folded(world)
    enactPolicy(world, [{ key: 'route.preset', value: 'strict' }])
    const corrected = world.fork()
    corrected.given(resubmit({ ...kept, ...small, amount: '4000.00' }))
    expect(folded(corrected).policy).toBe(policy)
    world.given(resubmit({ ...kept, amount: '4000.01' }))
    expect(folded(world).policy).not.toBe(policy)
    expect(demands(world)).toEqual(['required', 'required', 'required', 'notRequired', 'required'])
  })

  test('a resubmission is judged like a submission', () => {
    const refused = (change: Change) =>
      returnedAt('townshipFiling.open', 'officer', '12000.00').refusal(
        asked('request.resubmit', 'clerk', form({ amount: '12000.00', ...kept, ...change })),
      )
    expect(refused({ matter: 'guarantee' })).toBe('guaranteeForbidden')
    expect(refused({ method: 'cash' })).toBe('cashOverLimit')
    expect(refused(papers('purposeNote'))).toBe('papersIncomplete')
    expect(refused({ witness: p('handler') })).toBe('issuersNotThree')
  })
})

describe('nothing changed', () => {
  test('papers added while it was returned are a change', () => {
    const world = all(standing('townshipFiling.open'), turnBack('officer'))
    const more: Asking = { ...addEvidence, input: { evidence: evidenceOf('settlement') } }
    all(world, more, resubmit({ evidence: folded(all(world.fork(), more)).evidence }))
    expect(place(world)).toBe('townshipFiling.open')
  })

  test('returned twice, the second time nothing may stay as it is either', () => {
    const world = all(standing('boardReview.open'), turnBack('dir1'), resubmit(small))
    world.given(turnBack('dir2'))
    expect(world.refusal(resubmit(small))).toBe('nothingChanged')
    expect(world.refusal(resubmit())).toBeUndefined()
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

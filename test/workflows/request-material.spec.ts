// What makes a resubmission material (law §2), which route and policy it then has, and what is no change at all.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Asking, LawWorld } from '../support/law.ts'
import { enactPolicy, g, p, village } from '../support/law-cast.ts'
import {
  addEvidence,
  declare,
  handle,
  issue,
  kept,
  registerCompany,
  resubmit,
  small,
  turnBack,
  witness,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  authority,
  coveredWorld,
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
  standing,
  submit,
  walk,
  windowOf,
} from '../support/request-cast.ts'
import { type Change, listed, listOf, papers, person } from '../support/request-rows.ts'

describe('law 2.28, law 2.29: material is more, to another, for another, or less to show for it', () => {
  const returned = (change: Change = {}): LawWorld => {
    const world = coveredWorld('90000.00')
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
        invoices: [{ ...invoice, sellerAccount: '6246270519836190000', total: '60000.00' }],
      },
      ['payee', 'invoices'],
    ],
    ['another name on it', { payee: { ...firm, name: '菱西船舶修理厂' } }, ['payee']],
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
      ['invoices'],
    ],
    [
      'one invoice more',
      {
        invoices: [
          { ...invoice, total: '60000.00' },
          { ...invoice, number: '25338768457947000196' },
        ],
      },
      [],
    ],
    ['another budget line', small, []],
    // the board and the members have had it in front of them
    ['under another contract', { contract: 'HT-2026-99' }, ['contract']],
    ['for a project', { project: 'XM-2026-01' }, ['project']],
    ['out of the subsidy', { fundSource: 'subsidy' }, ['fundSource']],
    ['own funds, said', { fundSource: 'own' }, []],
    ['no longer by transfer', { method: 'cash', amount: '900.00' }, ['method']],
    [
      'as a claim of the handler',
      { kind: 'reimbursement', payee: person('handler') },
      ['payee', 'kind'],
    ],
    ['under an authority', { authority }, ['authority']],
    ['two at once', { amount: '60000.01', purpose: '更换发动机' }, ['amount', 'purpose']],
  ])('%s', (_what, change, material) => {
    expect(materialOf(returned(), change)).toEqual(material)
  })

  test.each<[from: string, by: string, amount: string, material: readonly string[]]>([
    ['issuing.handled', 'witness', '6000.00', []],
    ['boardReview.open', 'dir1', '6000.00', []],
    ['supervisorySignOff.open', 'sup1', '6000.00', ['contract']],
    ['payment.payable', 'cashier', '6000.00', ['contract']],
    // from 50,000 on the members had decided before the board took it up
    ['boardReview.open', 'dir1', '60000.00', ['contract']],
  ])('another contract, returned in %s by %s, at %s', (from, by, amount, expected) => {
    const world = coveredWorld('90000.00')
    submit(world, { amount, invoices: [{ ...invoice, total: amount }] })
    all(walk(world, from), turnBack(by))
    const change = { amount, invoices: [{ ...invoice, total: amount }], contract: 'HT-2026-99' }
    const evidence = folded(world).evidence
    const [resubmitted] = world.given(resubmit({ ...kept, ...change, evidence }))
    expect(resubmitted?.body['material']).toEqual(expected)
  })

  test('another company of the village', () => {
    const world = all(founded(), registerCompany('firm2'))
    const byCouncil = { handler: p('council1'), witness: p('council2') }
    submit(world, byCouncil)
    const signed = inPerson(handle, p('council1'), 'council1')
    all(world, signed, inPerson(turnBack('chead'), p('council2'), 'council2'))
    const to = (company: string) =>
      asked('request.resubmit', 'clerk', form({ ...byCouncil, company }))
    expect(world.refusal(to('g_nowhere'))).toBe('notFound')
    expect(world.refusal(to('g_coop'))).toBe('notFound')
    const [resubmitted] = world.given(to(g('firm2')))
    expect(resubmitted?.body['material']).toEqual(['company'])
    // the head of the first company cannot issue it any more
    all(world, signed, inPerson(witness, p('council2'), 'council2'))
    expect(world.refusal(issue)).toBe('officeNotHeld')
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

  test('law 2.29: a reduction keeps the route: the township is asked though the amount is small now', () => {
    const world = returnedAt('townshipFiling.open', 'officer', '12000.00')
    const before = demands(world)
    const [resubmitted] = world.given(resubmit({ ...kept, amount: '900.00' }))
    expect(demands(world)).toEqual(before)
    expect(resubmitted?.body['route']).toEqual(folded(world).route)
    expect(place(world)).toBe('townshipFiling.open')
  })

  test('law 3.1: a rise that crosses a line is routed anew', () => {
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
    // the fact reaches back ninety days, for the alerts; the law counts thirty
    expect(asks).toEqual([['2026-01-21', '2026-04-20', '2026-000001']])
    expect(folded(world).rolling.sum).toBe('5000.00')
    expect(folded(world).submittedOn).toBe('2026-04-20')
    expect(demands(world)[1]).toBe('required')
  })

  test('a corrected paper stays under its policy, a restart does not (law §8)', () => {
    const world = returnedAt('supervisorySignOff.open', 'sup2', '4000.00')
    const { policy } = folded(world)
    enactPolicy(world, [{ key: 'route.preset', value: 'strict' }])
    const corrected = world.fork()
    corrected.given(resubmit({ ...kept, ...small, amount: '4000.00' }))
    expect(folded(corrected).policy).toBe(policy)
    expect(corrected.entries(village, request).at(-1)?.policy).toBe(policy)
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

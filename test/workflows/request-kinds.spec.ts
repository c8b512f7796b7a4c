// The kinds of request (law 2.1–2.7, 2.11–2.24): one table of refusals and one of what is just taken, and each kind walked
// from its submission to the round that closes it.
import { describe, expect, test } from 'vitest'
import { authorityStream } from '../../src/domain/ids.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import { authorityFold, totalOf } from '../../workflows/authority/v1/fold.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { village } from '../support/law-cast.ts'
import { accept, addEvidence, complete, object, sign, turnBack } from '../support/request-acts.ts'
import {
  all,
  asked,
  authority,
  evidenceOf,
  folded,
  form,
  founded,
  invoice,
  look,
  place,
  request,
  submit,
  types,
  walk,
} from '../support/request-cast.ts'
import {
  advanced,
  card,
  type Change,
  claimOf,
  debited,
  expectRefused,
  listed,
  person,
} from '../support/request-rows.ts'
import {
  add,
  grown,
  kindRows,
  ofPerson,
  paidAdvance,
  recurring,
  settle,
  settlementRows,
  slip,
  takenKinds,
  voucherRows,
} from '../support/request-rows-kinds.ts'

describe.each([
  ['of a kind', kindRows],
  ['of its vouchers', voucherRows],
  ['of a settlement', settlementRows],
])('refused because %s', (_why, rows) => {
  test.each(rows)('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

describe('just inside the line', () => {
  test.each(takenKinds)('%s', (_what, given, when) => {
    expect(given().ask(when)).not.toHaveProperty('refused')
  })
})

const before = [
  'request.submitted',
  'request.handled',
  'request.witnessed',
  'request.issued',
  'memberVote.notRequired',
  'boardReview.notRequired',
]
const covered = [...before.slice(0, 4), 'memberVote.notRequired', 'boardReview.notRequired']
const signed = [
  'papers.completed',
  'supervisorySignOff.opened',
  'supervisorySignOff.signed',
  'supervisorySignOff.signed',
  'supervisorySignOff.passed',
  'townshipFiling.notRequired',
]
const paid = ['payment.ordered', 'payment.recorded']
const ended = [
  'booking.recorded',
  'disciplineAudit.opened',
  'disciplineAudit.covered',
  'disciplineAudit.passed',
]

/** What happened, alerts left out: they move nothing and have tables of their own. */
const happened = (world: LawWorld): readonly string[] =>
  types(world).filter((type) => type !== 'alert.raised')

describe('from submission to the round that closes it', () => {
  test.each<
    [
      kind: string,
      world: () => LawWorld,
      change: Change,
      papers: readonly Asking[],
      expected: readonly string[],
    ]
  >([
    [
      'law 2.2: single',
      founded,
      {},
      [addEvidence],
      [...before, 'evidence.added', ...signed, ...paid, ...ended],
    ],
    [
      'law 2.2: single, its invoice to come',
      founded,
      { invoices: [], invoicesToCome: true },
      [add(invoice)],
      [...before, 'evidence.added', ...signed, ...paid, ...ended],
    ],
    [
      'law 2.3: list',
      founded,
      {
        ...listed,
        category: 'labour',
        evidence: evidenceOf('purposeNote', 'relationDeclaration', 'rateBasis'),
      },
      [
        asked('evidence.add', 'clerk', {
          evidence: evidenceOf('voucherException', 'nameList', 'attendanceSheet', 'transferList'),
        }),
      ],
      [...before, 'evidence.added', ...signed, ...paid, ...ended],
    ],
    [
      'law 2.4: reimbursement',
      founded,
      claimOf('2026-03-01'),
      [addEvidence],
      [...before, 'evidence.added', ...signed, ...paid, ...ended],
    ],
    [
      'law 2.5: card',
      founded,
      card,
      [slip, add({ ...invoice, date: '2026-03-02' })],
      [...before, 'evidence.added', 'evidence.added', ...signed, ...paid, ...ended],
    ],
    [
      'law 2.6: directDebit, the debit is its payment',
      () => recurring(),
      debited,
      [
        asked('evidence.add', 'clerk', {
          evidence: evidenceOf('invoice', 'bankSlip'),
          invoices: [invoice],
        }),
      ],
      [...covered, 'evidence.added', ...signed, 'payment.debited', ...ended],
    ],
    [
      'law 2.7: advance, settled before it is booked',
      founded,
      advanced,
      [],
      [...before, ...signed, ...paid, 'advance.settled', ...ended],
    ],
  ])('%s', (_kind, given, change, papers, expected) => {
    const world = given()
    submit(world, change)
    all(walk(world, 'papers'), ...papers, complete)
    all(world, sign('sup1'), sign('sup2'))
    for (const stop of ['payment.payable', 'payment.ordered', 'settlement']) {
      if (place(world) === stop)
        walk(world, stop === 'settlement' ? stop : afterPaying(world, stop))
    }
    if (place(world) === 'settlement') world.given(settle())
    expect(place(world)).toBe('booking')
    walk(world, 'closed')
    expect(happened(world)).toEqual(expected)
  })

  /** The cashier's next step. */
  function afterPaying(world: LawWorld, stop: string): string {
    if (stop === 'payment.payable') return 'payment.ordered'
    return folded(world).submission.kind === 'advance' ? 'settlement' : 'booking'
  }
})

describe('law 2.6: what the bank took', () => {
  const drawn = (world: LawWorld) => {
    const state = world.state(authorityFold, village, authorityStream(authority))
    if (state === undefined) throw new Error('no authority')
    return [totalOf(state, 'reserved'), totalOf(state, 'drawn')]
  }
  const voucher = asked('evidence.add', 'clerk', {
    evidence: evidenceOf('invoice', 'bankSlip'),
    invoices: [invoice],
  })
  const signing = () => all(grown('papers', debited, () => recurring())(), voucher, complete)

  test('is reserved until the musts are passed, then drawn; the cashier has nothing to pay', () => {
    const world = signing()
    expect(drawn(world)).toEqual(['1200.00', '0.00'])
    all(world, sign('sup1'), sign('sup2'))
    expect(drawn(world)).toEqual(['0.00', '1200.00'])
    expect(place(world)).toBe('booking')
    expect(folded(world).paidOn).toBe('2026-02-27')
    expect(folded(world).snapshot.context.outcome).toBe('paid')
    expectRefused(world.ask(asked('payment.order', 'cashier')), 'notOpen')
  })

  test('with a filing it is its payment once the township consents', () => {
    const world = recurring('90000.00')
    submit(world, { ...debited, amount: '12000.00' })
    all(walk(world, 'papers'), { ...voucher, input: filed('12000.00') }, complete)
    all(world, sign('sup1'), sign('sup2'), sign('sup3'), accept)
    expect(drawn(world)).toEqual(['12000.00', '0.00'])
    world.given(asked('townshipFiling.consent', 'head', { reason: '程序完备' }))
    expect(happened(world).at(-1)).toBe('payment.debited')
    expect(drawn(world)).toEqual(['0.00', '12000.00'])
  })
  const filed = (total: string) => ({
    evidence: evidenceOf('invoice', 'bankSlip'),
    invoices: [{ ...invoice, total }],
  })

  test('stays drawn when the supervisors object, and a finding asks for it back', () => {
    const world = all(signing(), object('sup1'))
    expect(happened(world).slice(-4)).toEqual([
      'supervisorySignOff.objected',
      'supervisorySignOff.failed',
      'disciplineAudit.opened',
      'automaticFinding.raised',
    ])
    expect(drawn(world)).toEqual(['0.00', '1200.00'])
    expect(folded(world).openFindings).toEqual(['auto/auto-1'])
    expect(folded(world).emergency.findings).toMatchObject([{ recover: '1200.00' }])
    // the audit covers it and does not pass while the money is out
    world.given(look('cover', 'finding'))
    expect(place(world)).toBe('disciplineAudit.covered')
  })

  test('an ordinary payment that is rejected gives its part back, and raises nothing', () => {
    const world = all(grown('supervisorySignOff.open', {})(), object('sup1'))
    expect(happened(world).slice(-2)).toEqual([
      'supervisorySignOff.failed',
      'disciplineAudit.opened',
    ])
    expect(folded(world).openFindings).toEqual([])
  })

  test('is measured by the day it was first submitted: a return makes it no later', () => {
    const world = recurring()
    submit(world, { ...debited, debit: { on: '2026-02-24', bankReference: 'DK1' } })
    all(world, turnBack('chead')).clock('2026-03-20T01:00:00.000Z')
    const again = form({
      ...debited,
      debit: { on: '2026-02-24', bankReference: 'DK1' },
      budgetLine: '电费',
    })
    expect(world.ask(asked('request.resubmit', 'clerk', again))).not.toHaveProperty('refused')
  })
})

describe('law 2.7: the last day to settle, by hand', () => {
  test.each<[paidOn: string, dueOn: string, why: string]>([
    ['2026-03-02', '2026-03-09', 'seven days on'],
    ['2026-03-07', '2026-03-16', 'the 14th is a Saturday: the next working day (民法典 Art 203)'],
    ['2026-03-24', '2026-03-31', 'on the last day of the month'],
    ['2026-03-25', '2026-03-31', 'never over month-end'],
    ['2026-03-31', '2026-03-31', 'paid on the last day, settled on it'],
    ['2026-04-23', '2026-04-30', 'a month of thirty days'],
    ['2026-12-30', '2026-12-31', 'where the calendar of the next year is not there yet'],
  ])('paid on %s: %s (%s)', (paidOn, dueOn) => {
    const world = grown('payment.payable', advanced)()
    if (paidOn > '2026-03-02') world.clock(`${paidOn}T01:00:00.000Z`)
    world.given(asked('payment.order', 'cashier'))
    world.given(asked('payment.record', 'cashier', { bankReference: 'HZ1', paidOn }))
    expect(folded(world)).toMatchObject({ settleBy: dueOn, dueOn })
    expect(tasksOf(world)).toEqual([
      { desk: 'g_company/reportingClerk', act: 'advance.settle', ends: endOf(dueOn) },
    ])
  })

  const endOf = (date: string) => `${date}T16:00:00.000Z`
  const tasksOf = (world: LawWorld) =>
    requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
      table === 'task' ? [{ desk: row.desk, act: row.act, ends: row.dueAt }] : [],
    )

  test('late by three days is taken, and told', () => {
    const world = paidAdvance().clock('2026-03-12T01:00:00.000Z')
    const [entry] = world.given(settle())
    expect(entry?.body).toMatchObject({ lateDays: 3 })
  })

  test('in time it is late by none', () => {
    const world = paidAdvance().clock('2026-03-09T15:59:59.000Z')
    const [entry] = world.given(settle())
    expect(entry?.body).toMatchObject({ lateDays: 0 })
  })

  test('while it is open it holds the one advance of its handler; settled, its invoices alone', () => {
    const world = paidAdvance()
    const held = () =>
      requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
        table === 'invoiceUse' ? [row.invoice] : [],
      )
    const reference = 'bank:g_company:HZ20260302001'
    expect(held()).toEqual([reference, 'advance:p_handler'])
    world.given(settle())
    expect(held()).toEqual([invoice.number, reference])
  })

  test('an advance that is withdrawn holds nothing', () => {
    const world = all(
      grown('papers', advanced)(),
      asked('request.withdraw', 'chead', { reason: '取消' }),
    )
    const rows = requestRows('2026-000001', folded(world))
    expect(rows.filter(({ table }) => table === 'invoiceUse')).toEqual([])
  })
})

describe('law 2.12: what is added later', () => {
  const toCome = { invoices: [], invoicesToCome: true }
  const slips = { category: 'utilities', invoices: [] }
  const returned = (change: Change = toCome) =>
    all(grown('supervisorySignOff.open', change, founded)(), turnBack('sup1'))

  test('is no material change: the round resumes where it was returned', () => {
    const world = grown('papers', toCome)()
    all(world, add(invoice), complete, turnBack('sup1'))
    const { evidence, invoices } = folded(world)
    const again = form({ ...toCome, evidence, invoices, budgetLine: '维修' })
    world.given(asked('request.resubmit', 'clerk', again))
    expect(place(world)).toBe('supervisorySignOff.open')
    expect(folded(world).invoices.map(({ number }) => number)).toEqual([invoice.number])
  })

  test('leaving an added invoice out again is material', () => {
    const world = grown('papers', toCome)()
    all(world, add(invoice), complete, turnBack('sup1'))
    const { evidence } = folded(world)
    world.given(
      asked('request.resubmit', 'clerk', form({ ...toCome, evidence, budgetLine: '维修' })),
    )
    expect(place(world)).toBe('issuing.drawnUp')
  })

  test('law 2.11: what was complete when it was returned is complete when it resumes', () => {
    const accepted = (signers: number) => ({
      ...evidenceOf('acceptance')[0],
      signers,
    })
    const others = evidenceOf(
      'purposeNote',
      'relationDeclaration',
      'plan',
      'invoice',
      'contract',
      'photos',
    )
    const works = { category: 'works', evidence: [...others, accepted(3)] }
    const world = all(grown('papers', works)(), complete, turnBack('sup1'))
    const again = (signers: number) =>
      asked(
        'request.resubmit',
        'clerk',
        form({ category: 'works', evidence: [...others, accepted(signers)] }),
      )
    expectRefused(world.ask(again(2)), 'acceptanceTooFew')
    world.given(again(4))
    expect(place(world)).toBe('supervisorySignOff.open')
  })

  test.each<[what: string, given: () => LawWorld, was: Change, then: Change]>([
    [
      'law 2.28: an exception that no longer stands for the invoice',
      founded,
      { ...slips, voucherException: 'govReceipt' },
      { ...slips, voucherException: 'bankSlip' },
    ],
  ])('%s', (_what, given, was, then) => {
    const world = all(grown('issuing.drawnUp', was, given)(), turnBack('chead'))
    const again = form({ ...was, ...then })
    const [entry] = world.given(asked('request.resubmit', 'clerk', again))
    expect(entry?.body['material']).toHaveLength(1)
  })

  test('the very same form with what was added is no change at all', () => {
    const world = grown('papers', toCome)()
    all(world, add(invoice), complete, turnBack('sup1'))
    const { evidence, invoices } = folded(world)
    const again = form({ ...toCome, evidence, invoices })
    expectRefused(world.ask(asked('request.resubmit', 'clerk', again)), 'nothingChanged')
    expectRefused(world.ask(asked('request.resubmit', 'clerk', form(toCome))), 'nothingChanged')
  })

  test('a claim does not grow too old while it is returned, a new invoice does', () => {
    const world = returned(claimOf('2026-01-01')).clock('2026-03-09T01:00:00.000Z')
    const { evidence } = folded(world)
    const again = (invoices: readonly object[]) =>
      asked(
        'request.resubmit',
        'clerk',
        form({ ...claimOf('2026-01-01'), invoices, evidence, budgetLine: '差旅' }),
      )
    const old = { ...invoice, date: '2026-01-01' }
    expectRefused(
      world.fork().ask(again([old, { ...old, number: '25338768457947000777' }])),
      'claimTooOld',
    )
    expect(world.ask(again([old]))).not.toHaveProperty('refused')
  })
})

test('law 2.4: paid back, an invoice of any seller will do', () => {
  const world = founded()
  expect(
    world.ask(asked('request.submit', 'clerk', form(claimOf('2026-03-01')))),
  ).not.toHaveProperty('refused')
  expect(folded(world).related).toBe(false)
})

test('law 2.2: what a person is paid for their own is no related deal unless they hold an office', () => {
  const world = founded()
  submit(world, { payee: person('m1'), invoices: [ofPerson] })
  expect(folded(world).relatedPersons).toEqual([])
})

test('law 7.18: a supplement names the closed request, which stays closed', () => {
  const closed = walk(grown('papers', {})(), 'closed')
  const stream = 'request/2026-000002' as const
  closed.given({
    ...asked('request.submit', 'clerk', form({ supplements: '2026-000001' })),
    stream,
  })
  expect(place(closed)).toBe('closed')
  expect(closed.entries(village, stream)[0]?.body['given']).toMatchObject({
    supplements: '2026-000001',
  })
  expect(closed.entries(village, request).length).toBe(types(closed).length)
})

// Ways round a rule that were found and closed: one row each, by hand, beside what stays lawful.
import { describe, expect, test } from 'vitest'
import { requestRows } from '../../src/app/projections/request.ts'
import { authorityStream, requestIdSchema, requestStream } from '../../src/domain/ids.ts'
import { authorityFold, leftOn } from '../../workflows/authority/v1/fold.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { company, p, village } from '../support/law-cast.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import {
  addEvidence,
  appoint,
  complete,
  declare,
  near,
  object,
  order,
  record,
  sign,
  turnBack,
  vacate,
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
  paid,
  place,
  request,
  submit,
  walk,
  windowOn,
} from '../support/request-cast.ts'
import {
  advanced,
  card,
  type Change,
  claimOf,
  debited,
  expectRefused,
  lending,
  listed,
  listOf,
  person,
  type RefusalRow,
  submission,
} from '../support/request-rows.ts'
import {
  add,
  grown,
  ofPerson,
  paidAdvance,
  recurring,
  settle,
  spent,
} from '../support/request-rows-kinds.ts'

const other = requestIdSchema.parse('2026-000002')
const resubmit = (change: Change): Asking => asked('request.resubmit', 'clerk', form(change))
/** Somebody holds each of these already. */
const held =
  (world: () => LawWorld, ...prefixes: readonly string[]) =>
  (): LawWorld =>
    world().fact('invoiceUse', ({ invoices }) => ({
      here: invoices
        .filter((key) => prefixes.some((prefix) => key.startsWith(prefix)))
        .map((key) => ({ invoice: key, request: other })),
      elsewhere: [],
    }))
const debitReturned = (): LawWorld =>
  all(grown('issuing.drawnUp', debited, () => recurring())(), turnBack('chead'))
const ordinaryReturned = (): LawWorld =>
  all(grown('issuing.drawnUp', { category: 'utilities' }, () => recurring())(), turnBack('chead'))
const second = (asking: Asking): Asking => ({ ...asking, stream: requestStream(other) })
/** Another request of the village before this one, which the facts tell too. */
const after = (change: Change, world: () => LawWorld = founded): LawWorld => {
  const number = '25338768457947000777'
  const own = {
    invoices: [{ ...invoice, number, total: change['amount'] ?? '1200.00' }],
    ...change,
  }
  return all(world(), second(submission(own)))
}
/** It is paid as well, by the reference that all payments of the cast have. */
const afterPayment = (): LawWorld => {
  const steps = ['request.handle', 'request.witness', 'request.issue'] as const
  const offices = ['handler', 'witness', 'chead'] as const
  return all(
    after({}),
    ...steps.map((type, i) => second(asked(type, offices[i] ?? ''))),
    ...[addEvidence, complete, sign('sup1'), sign('sup2'), order, record].map(second),
  )
}
const later = { on: '2026-02-27', bankReference: 'DK2' }

const rows: readonly RefusalRow[] = [
  // a debit is what it is
  [
    'debitStands',
    'law 2.6: a debit resubmitted as a payment would be paid twice',
    debitReturned,
    resubmit({ category: 'utilities' }),
  ],
  [
    'debitStands',
    'law 2.6: another reference is another debit',
    debitReturned,
    resubmit({ ...debited, debit: later }),
  ],
  [
    'debitStands',
    'law 2.6: another day is another debit',
    debitReturned,
    resubmit({ ...debited, debit: { ...(debited['debit'] as object), on: '2026-02-26' } }),
  ],
  [
    'debitStands',
    'law 2.6: what was asked for as a payment is no debit afterwards',
    ordinaryReturned,
    resubmit(debited),
  ],
  [
    'debitClaimed',
    'law 2.6: the same debit in two requests',
    held(() => after(debited, () => recurring()), 'debit:2026-02-27:DK20260227001'),
    submission(debited),
  ],
  // what stands for an invoice
  ...(
    [
      ['a private person', { payee: person('m1'), category: 'utilities' }],
      ['a purchase of another kind', { category: 'equipment' }],
      ['what the handler paid out', { ...claimOf('2026-03-01'), category: 'utilities' }],
      ['a swipe', { ...card, category: 'utilities' }],
    ] as const
  ).map(([what, change]): RefusalRow => [
    'voucherExceptionWrong',
    `law 2.18: a government receipt for ${what}`,
    founded,
    submission({ invoices: [], ...change, voucherException: 'govReceipt' }),
  ]),
  [
    'voucherExceptionWrong',
    'law 2.18: a bank slip for a private person',
    founded,
    submission({
      payee: person('m1'),
      category: 'utilities',
      invoices: [],
      voucherException: 'bankSlip',
    }),
  ],
  [
    'voucherExceptionWrong',
    'law 2.18: a farmer’s slip from a firm',
    founded,
    submission({ category: 'farmSupplies', invoices: [], voucherException: 'farmPurchase' }),
  ],
  [
    'voucherExceptionWrong',
    'law 2.7: an advance settled with a government receipt',
    paidAdvance,
    settle({
      invoices: [],
      voucherException: 'govReceipt',
      evidence: evidenceOf('voucherException'),
    }),
  ],
  [
    'invoicesBelowAmount',
    'law 2.18: an exception does not fill up what the invoices leave open',
    founded,
    submission({
      category: 'utilities',
      amount: '100000.00',
      invoices: [{ ...invoice, total: '1.00' }],
      voucherException: 'govReceipt',
    }),
  ],
  [
    'voucherMissing',
    'law 2.11: what was to come never came, small as it is',
    grown('papers', { amount: '900.00', invoices: [], invoicesToCome: true }),
    complete,
  ],
  // an advance is settled with what it was spent on
  [
    'spentBeforeAdvance',
    'law 2.7: bought the day before the advance was paid',
    paidAdvance,
    settle({ invoices: [{ ...spent, date: '2026-03-01' }] }),
  ],
  [
    'spentBeforeAdvance',
    'law 2.7: an invoice before there is an advance at all',
    grown('papers', advanced),
    add(invoice),
  ],
  [
    'claimTooOld',
    'law 2.23: an advance settled with an invoice of 61 days ago',
    () => paidAdvance().clock('2026-05-02T01:00:00.000Z'),
    settle(),
  ],
  // who is paid
  [
    'payeeConflict',
    'law 7.1: the witness is paid',
    founded,
    submission({ payee: person('witness'), invoices: [ofPerson] }),
  ],
  [
    'payeeConflict',
    'law 7.5: the cashier is paid',
    founded,
    submission({ payee: person('cashier'), invoices: [ofPerson] }),
  ],
  [
    'cashierConflict',
    'law 7.5: who is paid became the cashier since, and pays',
    () => {
      const world = grown('payment.payable', { payee: person('m1'), invoices: [ofPerson] })()
      return all(world, vacate('cashier'), appoint('cashier', p('m1')))
    },
    inPerson(order, p('m1')),
  ],
  // lists
  [
    'listOfOne',
    'law 2.3: a list of one',
    founded,
    submission({ ...listed, payee: { ...listOf('1200.00'), count: 1 } }),
  ],
  ...(['lending', 'investment'] as const).map((matter): RefusalRow => [
    'kindMismatch',
    `law 2.3: ${matter} by list`,
    founded,
    submission({ ...listed, matter }),
  ]),
  // loans
  [
    'loanToOfficer',
    'law 2.14: a loan to a near relative of who holds an office',
    () => all(founded(), near('m1', 'head')),
    submission(lending),
  ],
  [
    'loanToOfficer',
    'law 2.14: a loan to a firm that who holds an office controls',
    () => all(founded(), controls('dir1')),
    submission({ matter: 'lending', amount: '900.00' }),
  ],
  [
    'loanToOfficer',
    'law 2.14: a loan to a firm that a near relative of theirs controls',
    () => all(founded(), controls('m1'), near('m1', 'cashier')),
    submission({ matter: 'lending', amount: '900.00' }),
  ],
  [
    'loanToOfficer',
    'law 2.14: a loan to a near relative of an officer of the township',
    () => all(founded(), near('m1', 'officer')),
    submission(lending),
  ],
  // limits over the window
  [
    'cashOverLimit',
    'law 2.17: 600.00 and 400.01 in cash to one payee on one day',
    () =>
      after({ amount: '600.00', method: 'cash' }).fact(
        'payeeWindow',
        parts('600.00', '2026-03-02', { cash: true }),
      ),
    submission({ amount: '400.01', method: 'cash' }),
  ],
  [
    'cashOverLimit',
    'law 2.17: 600.00 and 400.01 in cash to one payee in a month',
    () => lately('600.00', '2026-02-01', { cash: true }),
    submission({ amount: '400.01', method: 'cash' }),
  ],
  [
    'voucherMissing',
    'law 2.18: 600.00 and 400.01 without a voucher to one payee in a month',
    () => lately('600.00', '2026-02-01', { voucherless: true }),
    submission({ amount: '400.01', invoices: [] }),
  ],
  [
    'voucherMissing',
    'law 2.18: an advance settled without a voucher beside another claim',
    () =>
      all(paidAdvance()).fact('payeeWindow', parts('600.00', '2026-03-01', { voucherless: true })),
    settle({
      spent: '400.01',
      returned: '799.99',
      bankReference: 'HZ9',
      invoices: [],
      evidence: evidenceOf('receipt'),
    }),
  ],
  // one movement, one record; one file, one paper
  [
    'bankReferenceUsed',
    'law 2.1: a reference that recorded another payment',
    held(() => grown('payment.ordered', {}, afterPayment)(), `bank:${company}:`),
    record,
  ],
  [
    'bankReferenceUsed',
    'law 2.1: the reference of a debit',
    held(() => grown('payment.ordered', {})(), 'debit:'),
    record,
  ],
  [
    'bankReferenceUsed',
    'law 2.7: the payment’s own reference as proof of what came back',
    paidAdvance,
    settle({ spent: '1000.00', returned: '200.00', bankReference: paid.bankReference }),
  ],
  [
    'bankReferenceUsed',
    'law 2.7: another’s reference as proof of what came back',
    held(paidAdvance, `bank:${company}:HZ7`),
    settle({ spent: '1000.00', returned: '200.00', bankReference: 'HZ7' }),
  ],
  [
    'paperTwice',
    'law 2.11: one page as purpose note and plan',
    founded,
    submission({
      evidence: [
        ...evidenceOf('purposeNote', 'relationDeclaration', 'quotes'),
        { paper: 'plan', sha256: digest('purposeNote') },
      ],
    }),
  ],
  [
    'paperTwice',
    'law 2.11: a paper of the form again as another',
    grown('papers', {}),
    asked('evidence.add', 'clerk', {
      evidence: [{ paper: 'invoice', sha256: digest('purposeNote') }],
    }),
  ],
]

function controls(name: string): Asking {
  const payeeKey = `account:${firmAccount}`
  return declare('control', { controls: [{ person: p(name), payeeKey, relation: 'controls' }] })
}
function parts(amount: string, on: string, how: { cash?: boolean; voucherless?: boolean }) {
  return windowOn([amount, on, 'greening', how])
}
function lately(...part: Parameters<typeof parts>): LawWorld {
  return founded().fact('payeeWindow', parts(...part))
}

describe('refused', () => {
  test.each(rows)('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

describe('still lawful', () => {
  test.each<readonly [what: string, given: () => LawWorld, when: Asking]>([
    [
      'law 2.6: a returned debit with its papers mended',
      debitReturned,
      resubmit({ ...debited, budgetLine: '电费' }),
    ],
    [
      'law 2.18: a government receipt for taxes, to the office’s account',
      founded,
      submission({ category: 'taxes', invoices: [], voucherException: 'govReceipt' }),
    ],
    [
      'law 2.18: a farmer’s slip in a claim of who paid the farmer',
      founded,
      submission({
        ...claimOf('2026-03-01'),
        category: 'landRent',
        invoices: [],
        voucherException: 'farmPurchase',
      }),
    ],
    [
      'law 2.23: an advance settled with an invoice of 60 days ago',
      () => paidAdvance().clock('2026-05-01T01:00:00.000Z'),
      settle(),
    ],
    [
      'law 2.3: a list of two',
      founded,
      submission({ ...listed, payee: { ...listOf('1200.00'), count: 2 } }),
    ],
    [
      'law 2.17: 600.00 and 400.00 in cash in a month',
      () => lately('600.00', '2026-02-01', { cash: true }),
      submission({ amount: '400.00', method: 'cash' }),
    ],
    [
      'law 2.17: cash of 31 days ago',
      () => lately('600.00', '2026-01-31', { cash: true }),
      submission({ amount: '1000.00', method: 'cash' }),
    ],
    [
      'law 2.17: a transfer is no cash',
      () => lately('600.00', '2026-02-01', { voucherless: true }),
      submission({ amount: '1000.00', method: 'cash' }),
    ],
    [
      'law 2.18: with its invoice it is no white slip',
      () => lately('600.00', '2026-02-01', { voucherless: true }),
      submission({ amount: '1000.00' }),
    ],
    [
      'law 2.14: a loan to a firm of a member without office',
      () => all(founded(), controls('m1')),
      submission({ matter: 'lending', amount: '900.00' }),
    ],
    [
      'law 2.11: the same paper of the same kind once more',
      grown('papers', {}),
      asked('evidence.add', 'clerk', { evidence: evidenceOf('purposeNote') }),
    ],
  ])('%s', (_what, given, when) => {
    expect(given().ask(when)).not.toHaveProperty('refused')
  })
})

describe('what is held', () => {
  const heldBy = (world: LawWorld) =>
    requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
      table === 'invoiceUse' ? [row.invoice] : [],
    )
  const window = (world: LawWorld) =>
    requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
      table === 'payeeWindow' ? [[row.cash, row.voucherless]] : [],
    )

  test('law 2.6: a debit stays claimed when its request is rejected: the bank has taken it', () => {
    const world = grown('papers', debited, () => recurring())()
    const voucher = { evidence: evidenceOf('invoice', 'bankSlip'), invoices: [invoice] }
    all(world, asked('evidence.add', 'clerk', voucher), complete)
    expect(heldBy(world)).toEqual([invoice.number, 'debit:2026-02-27:DK20260227001'])
    all(world, object('sup1'))
    expect(place(world)).toBe('disciplineAudit.open')
    expect(heldBy(world)).toEqual(['debit:2026-02-27:DK20260227001'])
  })

  test('law 2.1: a payment holds the reference that recorded it', () => {
    const world = walk(grown('papers', {})(), 'booking')
    expect(heldBy(world)).toEqual([invoice.number, `bank:${company}:${paid.bankReference}`])
  })

  test.each<[what: string, change: Change, expected: readonly boolean[]]>([
    ['law 2.17: cash with an invoice', { amount: '900.00', method: 'cash' }, [true, false]],
    ['law 2.18: a receipt alone', { amount: '900.00', invoices: [] }, [false, true]],
    [
      'law 2.18: an exception is a voucher',
      { category: 'taxes', invoices: [], voucherException: 'govReceipt' },
      [false, false],
    ],
    ['law 2.18: invoices that are to come', { invoices: [], invoicesToCome: true }, [false, false]],
    ['law 2.18: an advance not settled yet', advanced, [false, false]],
  ])('%s', (_what, change, expected) => {
    const world = founded()
    submit(world, change)
    expect(window(world)).toEqual([expected])
  })

  test('law 2.18: an advance settled on a receipt counts from then on', () => {
    const world = paidAdvance()
    const bare = { spent: '900.00', returned: '300.00', bankReference: 'HZ8' }
    world.given(settle({ ...bare, invoices: [], evidence: evidenceOf('receipt') }))
    expect(window(world)).toEqual([[false, true]])
  })
})

describe('law 2.6: the month and the term of a direct debit are those of the day the bank took it', () => {
  const leftIn = (world: LawWorld, day: string) => {
    const state = world.state(authorityFold, village, authorityStream(authority))
    if (state === undefined) throw new Error('no authority')
    return leftOn(state, localDateSchema.parse(day))
  }
  test('law 4.1: taken in February, told in March, it is of February', () => {
    const world = recurring('1200.00')
    submit(world, debited)
    expect([leftIn(world, '2026-02-28'), leftIn(world, '2026-03-02')]).toEqual(['0.00', '1200.00'])
    expectRefused(world.ask(second(submission({ ...debited, debit: later }))), 'authorityExceeded')
  })

  test.each<[term: object, code: string | undefined]>([
    [{ to: '2026-02-27' }, undefined],
    [{ to: '2026-02-26' }, 'authorityMismatch'],
    [{ from: '2026-02-27' }, undefined],
    [{ from: '2026-02-28' }, 'authorityMismatch'],
  ])('law 4.2: of the 27th, the term %j', (term, code) => {
    const world = coveredWorld('5000.00', { kind: 'recurring', ...term })
    expect(world.refusal(submission(debited))).toBe(code)
  })
})

describe('law 3.8: a payee is known by its name too', () => {
  const keysOf = (payee: object): readonly string[] => {
    let keys: readonly string[] = []
    const world = founded().fact('payeeWindow', (query) => {
      keys = query.keys
      return windowOn()(query)
    })
    submit(world, {
      payee,
      invoices: [{ ...invoice, sellerAccount: (payee as typeof firm).account }],
    })
    return keys
  }
  test('another account and no tax number is the same firm, however the name is spaced', () => {
    const spaced = { ...firm, name: '菱东　船舶 修理厂', account: '6246270519836190000' }
    expect(keysOf(firm)).toEqual([`account:${firmAccount}`, 'name:菱东船舶修理厂'])
    expect(keysOf(spaced)).toEqual(['account:6246270519836190000', 'name:菱东船舶修理厂'])
  })

  test('who controls a firm by its tax number is found when the number is left out', () => {
    const controlled = { person: p('dir1'), payeeKey: 'tax:91330500MA2B12345X' }
    const named = { ...controlled, name: '菱东船舶 修理厂', relation: 'controls' }
    const world = all(founded(), declare('control', { controls: [named] }))
    const otherwise = all(
      founded(),
      declare('control', { controls: [{ ...named, name: '另一家厂' }] }),
    )
    submit(world, {})
    submit(otherwise, {})
    expect(folded(world).relatedPersons).toEqual([p('dir1')])
    expect(folded(otherwise).relatedPersons).toEqual([])
  })

  test('law 3.9: all lists of a company are one payee, whatever they are for', () => {
    const asks = new Set<string>()
    for (const category of ['labour', 'landRent', 'other']) {
      const world = founded().fact('payeeWindow', (query) => {
        asks.add(query.keys.join())
        return windowOn()(query)
      })
      const evidence = evidenceOf('purposeNote', 'relationDeclaration', 'rateBasis')
      submit(world, { ...listed, category, evidence })
    }
    expect([...asks]).toEqual(['list'])
  })
})

describe('law 3.4: whoever holds an office of the company or its cooperative is related', () => {
  test.each([
    ['clerk', true],
    ['bookkeeper', true],
    ['party', true],
    ['m1', false],
  ])('%s is paid in person', (name, related) => {
    const world = founded()
    submit(world, { payee: person(name), invoices: [ofPerson] })
    expect(folded(world).related).toBe(related)
    expect(folded(world).relatedPersons).toEqual(related ? [p(name)] : [])
  })
})

test('law 2.22: one open advance a handler, whatever the company', () => {
  const asks: object[] = []
  const world = founded().fact('openAdvances', (query) => {
    asks.push(query)
    return { requests: [] }
  })
  submit(world, advanced)
  expect(asks).toEqual([{ handler: p('handler'), except: '2026-000001' }])
  expect(request).toBe('request/2026-000001')
})

test('law 7.5: a payee in person is paid by another cashier', () => {
  const world = grown('payment.payable', { payee: person('m1'), invoices: [ofPerson] })()
  all(world, order)
  expect(place(world)).toBe('payment.ordered')
})

test('law 2.7: a supervisor may still see an advance through its sign-off', () => {
  const world = all(grown('papers', advanced)(), complete, sign('sup1'), sign('sup2'))
  expect(place(world)).toBe('payment.payable')
})

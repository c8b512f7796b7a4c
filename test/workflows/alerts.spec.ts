// Alerts as facts (law 10.5, domain §5.1): each rule at its parameter and just off it, by hand. The world begins on Monday
// 2 March 2026; the lines are 5,000, 10,000 and 50,000.
import { describe, expect, test } from 'vitest'
import type { FactSource, FactTypes } from '../../src/domain/facts.ts'
import {
  type Origin,
  originSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { alertRaised } from '../../workflows/request/v1/events-alert.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import { p, village } from '../support/law-cast.ts'
import { declare } from '../support/request-acts.ts'
import {
  asked,
  authority,
  coveredWorld,
  evidenceOf,
  firmAccount,
  form,
  founded,
  foundWorld,
  invoice,
  paid,
  request,
  submit,
  vouchers,
  walk,
  windowOn,
} from '../support/request-cast.ts'

type Facts = { readonly [N in keyof FactSource]?: FactSource[N] }

function told(facts: Facts, world: LawWorld = founded()): LawWorld {
  const copy = world.fork()
  const set = <N extends keyof FactSource>(name: N): void => {
    const source = facts[name]
    if (source !== undefined) copy.fact(name, source)
  }
  for (const name of Object.keys(facts) as (keyof FactSource)[]) set(name)
  return copy
}

const bodies = (world: LawWorld) =>
  world
    .entries(village, request)
    .filter(({ type }) => type === 'alert.raised')
    .map(({ type, body }) => alertRaised.event.parse({ type, body }).body)
/** `rule colour`, in the order they were raised. */
const alerts = (world: LawWorld): readonly string[] =>
  bodies(world).map(({ rule, colour }) => `${rule} ${colour}`)

/** A form submitted in a world that answers so. */
function shown(change: Record<string, unknown>, facts: Facts = {}, world?: LawWorld): LawWorld {
  const asking = told(facts, world)
  submit(asking, change)
  return asking
}

const other = (n: number) => requestIdSchema.parse(`2026-0009${String(n).padStart(2, '0')}`)
const elsewhere: Origin = originSchema.parse('ledger.example.cn/330106109204')

type Row = readonly [
  what: string,
  change: Record<string, unknown>,
  facts: Facts,
  expected: readonly string[],
]
const table = (rows: readonly Row[], world?: () => LawWorld): void => {
  test.each(rows)('%s', (_what, change, facts, expected) => {
    expect(alerts(shown(change, facts, world?.()))).toEqual(expected)
  })
}

describe('law 10.5: R01 splitting: below a line each, at the line together', () => {
  const parts = (
    ...list: readonly (readonly [amount: string, on: string, category?: string])[]
  ): Facts => ({
    payeeWindow: windowOn(...list),
  })
  const yellow = ['splitting yellow']
  const red = ['splitting red']
  table([
    // 2,000 + 3,000 = 5,000; the thirty days are 1 February to 2 March
    ['5,000 together', { amount: '2000.00' }, parts(['3000.00', '2026-02-01']), yellow],
    ['a fen less', { amount: '2000.00' }, parts(['2999.99', '2026-02-01']), []],
    ['the part is of the 31st day', { amount: '2000.00' }, parts(['3000.00', '2026-01-31']), []],
    [
      'of another category',
      { amount: '2000.00' },
      parts(['3000.00', '2026-02-01', 'fuel']),
      yellow,
    ],
    ['the other a bill', { amount: '2000.00' }, parts(['3000.00', '2026-02-01', 'utilities']), []],
    ['alone', { amount: '4999.99' }, {}, []],
    // 80 % of 5,000 is 4,000; ninety days reach back to 3 December
    ['each 80 %, of the 31st day', { amount: '4000.00' }, parts(['4000.00', '2026-01-31']), red],
    ['each 80 %, of the 90th day', { amount: '4000.00' }, parts(['4000.00', '2025-12-03']), red],
    ['each 80 %, of the 91st day', { amount: '4000.00' }, parts(['4000.00', '2025-12-02']), []],
    ['one a fen under 80 %', { amount: '4000.00' }, parts(['3999.99', '2025-12-03']), []],
    ['own a fen under 80 %', { amount: '3999.99' }, parts(['4000.00', '2026-02-01']), yellow],
    // the higher line: 6,000 + 4,000 = 10,000
    ['10,000 together', { amount: '6000.00' }, parts(['4000.00', '2026-02-01']), yellow],
    [
      'one of them is at the line itself',
      { amount: '10000.00' },
      parts(['40.00', '2026-02-01']),
      [],
    ],
    [
      'three of 3,500',
      { amount: '3500.00' },
      parts(['3500.00', '2026-02-01'], ['3500.00', '2026-02-02']),
      yellow,
    ],
    // the one that reached the line has said it
    [
      'another 20 after it',
      { amount: '20.00' },
      parts(['3000.00', '2026-02-01'], ['2000.00', '2026-02-02']),
      [],
    ],
    // a bill that comes every month is not a purchase cut in parts
    [
      'a bill',
      { amount: '3000.00', category: 'utilities' },
      parts(['3000.00', '2026-02-01', 'utilities']),
      [],
    ],
  ])

  test('names the others, the line and the sum', () => {
    const [body] = bodies(shown({ amount: '2000.00' }, parts(['3000.00', '2026-02-01'])))
    expect(body).toEqual({
      alert: 'al-1',
      rule: 'splitting',
      colour: 'yellow',
      params: { days: '30', count: '2', line: '5000.00', sum: '5000.00' },
      requests: ['2026-000900'],
    })
  })

  test('not what an authority covers', () => {
    const facts = parts(['4000.00', '2026-02-01'])
    const change = { amount: '4000.00', authority }
    expect(alerts(shown(change, facts, coveredWorld('30000.00')))).toEqual([])
    expect(alerts(shown({ amount: '4000.00' }, facts, coveredWorld('30000.00')))).toEqual(red)
  })
})

type Amount = FactTypes['amounts']['answer']['requests'][number]
const amountOf = (n: number, amount: string, change: Partial<Amount> = {}): Amount => ({
  request: other(n),
  amount: moneySchema.parse(amount),
  on: localDateSchema.parse('2026-03-01'),
  payee: 'account:777777777',
  category: 'equipmentRepair',
  budgetLine: '设备维修',
  project: '',
  covered: false,
  ...change,
})
const amounts = (...list: readonly Amount[]): Facts => ({ amounts: () => ({ requests: list }) })
const on = (date: string) => ({ on: localDateSchema.parse(date) })

describe('law 10.5: R02 just below the line: three of a quarter from 90 % of it', () => {
  // 4,500 to 4,999.99; the quarter began on 1 January
  const two = [amountOf(1, '4500.00', on('2026-01-01')), amountOf(2, '4999.99')]
  const yes = ['justBelow yellow']
  table([
    ['the third', { amount: '4500.00' }, amounts(...two), yes],
    ['the third, of 4,999.99', { amount: '4999.99' }, amounts(...two), yes],
    ['of 4,499.99', { amount: '4499.99' }, amounts(...two), []],
    ['the second', { amount: '4500.00' }, amounts(amountOf(1, '4500.00')), []],
    [
      'one is of 4,499.99',
      { amount: '4500.00' },
      amounts(amountOf(1, '4499.99'), amountOf(2, '4500.00')),
      [],
    ],
    [
      'one is of 5,000',
      { amount: '4500.00' },
      amounts(amountOf(1, '5000.00'), amountOf(2, '4500.00')),
      [],
    ],
    [
      'one is of 31 December',
      { amount: '4500.00' },
      amounts(amountOf(1, '4500.00', on('2025-12-31')), amountOf(2, '4500.00')),
      [],
    ],
    [
      'one is covered',
      { amount: '4500.00' },
      amounts(amountOf(1, '4500.00', { covered: true }), amountOf(2, '4500.00')),
      [],
    ],
    // at 10,000 the band is 9,000 to 9,999.99
    [
      'at the next line',
      { amount: '9000.00' },
      amounts(amountOf(1, '9500.00'), amountOf(2, '9999.99')),
      yes,
    ],
  ])
})

const photos = { evidence: evidenceOf('purposeNote', 'relationDeclaration', 'photos') }
const photo = sha256HexSchema.parse(digest('photos'))
const files = (...list: FactTypes['fileUse']['answer']['files']): Facts => ({
  fileUse: () => ({ files: list }),
})

describe('law 10.5: R04 the same file', () => {
  const here = { sha256: photo, ledger: village, request: other(1), under: '' }
  const there = { ...here, ledger: elsewhere }
  const contract = { ...photos, contract: 'HT-1' }
  table([
    ['of another request', photos, files(here), ['sameFile yellow']],
    ['of another village', photos, files(there), ['sameFile yellow']],
    ['of nobody else', photos, files(), []],
    // instalments of one contract may show the same photograph
    ['under the same contract', contract, files({ ...here, under: 'HT-1' }), []],
    ['under another contract', contract, files({ ...here, under: 'HT-2' }), ['sameFile yellow']],
    [
      'under a contract of that number elsewhere',
      contract,
      files({ ...there, under: 'HT-1' }),
      ['sameFile yellow'],
    ],
  ])

  test('says in which ledger', () => {
    const [body] = bodies(shown(photos, files(here, { ...here, request: other(2) }, there)))
    expect(body).toMatchObject({
      params: { files: '1', count: '3' },
      requests: [other(1), other(2)],
      elsewhere: [{ ledger: elsewhere, request: other(1) }],
    })
  })

  test('a declaration, a plan and a price list stand under many: they are not even asked for', () => {
    const asks: (readonly string[])[] = []
    const world = founded().fact('fileUse', ({ digests }) => {
      asks.push(digests)
      return { files: [] }
    })
    submit(world, { evidence: [...form().evidence, ...evidenceOf('contract', 'photos')] })
    expect(asks).toEqual([[photo]])
    const without = founded().fact('fileUse', () => {
      throw new Error('asked about papers that stand under many')
    })
    submit(without)
    expect(alerts(without)).toEqual([])
  })

  test('added later', () => {
    const world = walk(shown({}), 'papers')
    world.fact('fileUse', () => ({ files: [here] }))
    world.given(asked('evidence.add', 'clerk', { evidence: evidenceOf('photos') }))
    expect(alerts(world)).toEqual(['sameFile yellow'])
    // once said, not said again of the same request
    world.given(asked('evidence.add', 'clerk', { evidence: evidenceOf('photos') }))
    expect(alerts(world)).toEqual(['sameFile yellow'])
    world.fact('fileUse', () => ({ files: [here, { ...here, request: other(2) }] }))
    world.given(asked('evidence.add', 'clerk', { evidence: evidenceOf('photos') }))
    expect(alerts(world)).toEqual(['sameFile yellow', 'sameFile yellow'])
  })
})

describe('law 10.5: R05 consecutive invoices: three of one seller, no more than three numbers apart, in thirty days', () => {
  // the form's own ends in …000195, of 1 March
  const held = (ending: string, change: object = {}) => ({
    ledger: village,
    request: other(1),
    invoice: `25338768457947${ending}`,
    seller: `account:${firmAccount}`,
    date: '2026-03-01',
    ...change,
  })
  const neighbours = (...list: FactTypes['sellerInvoices']['answer']['invoices']): Facts => ({
    sellerInvoices: () => ({ invoices: list }),
  })
  const yes = ['consecutiveInvoices yellow']
  table([
    ['195, 198, 201', {}, neighbours(held('000198'), held('000201')), yes],
    ['195, 198, 202', {}, neighbours(held('000198'), held('000202')), []],
    ['192, 195, 198: in the middle', {}, neighbours(held('000192'), held('000198')), yes],
    ['two only', {}, neighbours(held('000196')), []],
    [
      'one is of another seller',
      {},
      neighbours(held('000196'), held('000197', { seller: 'account:1' })),
      [],
    ],
    // 30 days from 1 March is 31 March
    [
      'thirty days apart',
      {},
      neighbours(held('000196', { date: '2026-01-30' }), held('000197')),
      yes,
    ],
    [
      'thirty-one days apart',
      {},
      neighbours(held('000196', { date: '2026-01-29' }), held('000197')),
      [],
    ],
    [
      'all three in this very request',
      {
        invoices: ['000195', '000196', '000197'].map((ending) => ({
          ...invoice,
          number: `25338768457947${ending}`,
          total: '400.00',
        })),
      },
      {},
      [],
    ],
  ])

  test('neighbours are asked for in the invoice’s own spelling, as far as the chain may reach', () => {
    const asks: (readonly string[])[] = []
    const world = founded().fact('sellerInvoices', ({ numbers }) => {
      asks.push(numbers)
      return { invoices: [] }
    })
    const number = '000000000000000002'
    submit(world, { invoices: [{ ...invoice, number, total: '1200.00' }] })
    // a gap of 3, three in a chain: six numbers to either side, none below zero
    expect(asks[0]).toEqual(
      ['00', '01', '03', '04', '05', '06', '07', '08'].map((end) => `0000000000000000${end}`),
    )
  })
})

describe('law 10.5: R06 no voucher above 200', () => {
  const none = { invoices: [] }
  const yes = ['whiteSlip yellow']
  table([
    ['of 200.01', { ...none, amount: '200.01' }, {}, yes],
    ['of 200', { ...none, amount: '200.00' }, {}, []],
    ['of 1,000, the most that may be', { ...none, amount: '1000.00' }, {}, yes],
    [
      'with an exception',
      { ...none, amount: '900.00', category: 'taxes', voucherException: 'govReceipt' },
      {},
      [],
    ],
    ['with an invoice', { amount: '900.00' }, {}, []],
    ['still to come', { ...none, amount: '900.00', invoicesToCome: true }, {}, []],
  ])

  test('above 1,000 it is refused', () => {
    const asking = asked('request.submit', 'clerk', form({ invoices: [], amount: '1000.01' }))
    expect(founded().refusal(asking)).toBe('voucherMissing')
  })

  test('law 2.11: what was to come and never came is refused when the papers are said to be complete', () => {
    const world = walk(shown({ invoices: [], amount: '900.00', invoicesToCome: true }), 'papers')
    world.given(asked('evidence.add', 'clerk', vouchers))
    expect(alerts(world)).toEqual([])
    expect(world.refusal(asked('papers.complete', 'clerk'))).toBe('voucherMissing')
  })
})

type Purchases = FactTypes['purchases']['answer']
const year = (change: Record<string, string | number>): Facts => {
  const zero = { month: '0.00', cash: '0.00', year: '0.00', count: 0, payee: '0.00' }
  return { purchases: () => ({ ...zero, ...change }) as Purchases }
}

describe('law 10.5: R08 cash over 5 % of the month, from 1,000', () => {
  const cash = { method: 'cash', amount: '900.00' }
  const yes = ['cashShare yellow']
  table([
    // 1,000 of 20,000 is 5 % and no more
    ['5 %', cash, year({ cash: '100.00', month: '19100.00' }), []],
    ['a fen over', cash, year({ cash: '100.00', month: '19099.99' }), yes],
    ['999.99 in cash', cash, year({ cash: '99.99', month: '1000.00' }), []],
    ['1,000 in cash', cash, year({ cash: '100.00', month: '1000.00' }), yes],
    ['by transfer', { amount: '900.00' }, year({ cash: '5000.00', month: '5000.00' }), []],
  ])
})

describe('law 10.5: R11 another payee under the contract', () => {
  const parties = (...payees: readonly string[]): Facts => ({
    contractParties: () => ({ parties: payees.map((payee, i) => ({ payee, request: other(i) })) }),
  })
  const contract = { contract: 'HT-2026-001' }
  table([
    ['somebody else', contract, parties('account:999999999'), ['payeeNotParty yellow']],
    ['the same payee', contract, parties(`account:${firmAccount}`), []],
    ['without a contract', {}, parties('account:999999999'), []],
    [
      'the same firm, known by its tax number',
      { ...contract, payee: { ...form().payee, taxNo: '91330502MA2B3C4D5E' } },
      parties('tax:91330502MA2B3C4D5E'),
      [],
    ],
  ])
  test('what is paid back to the handler says nothing of the contract', () => {
    const change = { ...reimbursed('600.00'), ...contract }
    expect(alerts(shown(change, parties('account:999999999')))).toEqual([])
  })
})

describe('law 10.5: R12 like amounts to different payees: ± 5 % within sixty days, from 5,000', () => {
  const works = {
    amount: '10000.00',
    category: 'buildingRepair',
    budgetLine: '村道维修',
    evidence: evidenceOf('purposeNote', 'relationDeclaration', 'plan'),
  }
  const road = (amount: string, change: Partial<Amount> = {}) =>
    amounts(amountOf(1, amount, { category: 'buildingRepair', budgetLine: '村道维修', ...change }))
  const yes = ['similarPayments yellow']
  table([
    ['9,500', works, road('9500.00'), yes],
    ['9,499.99', works, road('9499.99'), []],
    ['10,500', works, road('10500.00'), yes],
    ['10,500.01', works, road('10500.01'), []],
    // sixty days, 2 March the last: from 2 January
    ['of the 60th day', works, road('10000.00', on('2026-01-02')), yes],
    ['of the 61st day', works, road('10000.00', on('2026-01-01')), []],
    ['to the same payee', works, road('10000.00', { payee: `account:${firmAccount}` }), []],
    ['of another budget line', works, road('10000.00', { budgetLine: '桥梁' }), []],
    ['of a project of its own', works, road('10000.00', { project: 'P-2' }), []],
    [
      'of the project named',
      { ...works, project: 'P-1' },
      road('10000.00', { project: 'P-1' }),
      yes,
    ],
    ['of another project', { ...works, project: 'P-1' }, road('10000.00', { project: 'P-2' }), []],
    // repairs of machines are many jobs, not one project
    ['no works', { amount: '10500.00' }, amounts(amountOf(1, '10500.00')), []],
    ['below 5,000', { ...works, amount: '4999.99' }, road('4999.99'), []],
  ])
})

describe('law 10.5: R13 related parties', () => {
  const controlled = (): LawWorld => {
    const world = founded()
    world.given(
      declare('control', {
        controls: [{ person: p('dir1'), payeeKey: `account:${firmAccount}`, relation: 'controls' }],
      }),
    )
    return world
  }
  table([['declared', { relation: 'related' }, {}, ['relatedParty blue']]])
  table([['not related', { relation: 'none' }, {}, []]])
  table([['known to the roster, not declared', {}, {}, ['relatedUndeclared red']]], controlled)
  table([['known and declared', { relation: 'related' }, {}, ['relatedParty blue']]], controlled)
})

function reimbursed(amount: string, change: object = {}): Record<string, unknown> {
  return {
    kind: 'reimbursement',
    payee: { type: 'person', person: p('handler') },
    amount,
    invoices: [{ ...invoice, total: amount, ...change }],
  }
}

describe('law 10.5: R15 money before the decision', () => {
  table([
    // from 5,000 the board decides
    ['paid out by the handler', reimbursed('5000.00'), {}, ['paidBeforeDecision red']],
    ['a fen below the board', reimbursed('4999.99'), {}, []],
    ['an ordinary payment', { amount: '5000.00' }, {}, []],
  ])
})

describe('law 10.5: R16 papers later than the payment', () => {
  const dated = (paper: string, date: string) => ({
    evidence: [...form().evidence, { paper, sha256: digest(paper), dated: date }],
  })
  const claim = (paper: string, date: string) => ({
    ...reimbursed('600.00'),
    ...dated(paper, date),
  })
  const yes = ['papersAfterPayment red']
  table([
    // the handler paid on 1 March
    ['a contract of the day', claim('contract', '2026-03-01'), {}, []],
    ['a contract of the day after', claim('contract', '2026-03-02'), {}, yes],
    ['an acceptance of the day after', claim('acceptance', '2026-03-02'), {}, []],
    ['an ordinary payment, not yet made', dated('contract', '2026-03-02'), {}, []],
  ])

  test('when the money leaves', () => {
    const onTime = walk(shown(dated('contract', '2026-03-02')), 'payment.ordered')
    onTime.given(asked('payment.record', 'cashier', paid))
    expect(alerts(onTime)).toEqual([])
    const later = walk(shown(dated('contract', '2026-03-03')), 'payment.ordered')
    later.given(asked('payment.record', 'cashier', paid))
    expect(alerts(later)).toEqual(yes)
    expect(bodies(later)[0]?.params).toEqual({
      count: '1',
      date: '2026-03-02',
      dated: '2026-03-03',
    })
  })
})

describe('law 10.5: R20 hospitality, where a township allows it at all', () => {
  const meal = {
    category: 'hospitality',
    amount: '300.00',
    evidence: evidenceOf('purposeNote', 'relationDeclaration', 'officialLetter', 'guestList'),
  }
  const allowed = () => foundWorld({ settings: [{ key: 'hospitality.allowed', value: true }] })
  table([['allowed', meal, {}, ['hospitality yellow']]], allowed)
  table([['of another category', {}, {}, []]], allowed)
  test('as shipped it is refused', () => {
    expect(founded().refusal(asked('request.submit', 'clerk', form(meal)))).toBe(
      'hospitalityProhibited',
    )
  })
})

/** Ordered and paid on a day, at noon in Shanghai. */
function paidOn(world: LawWorld, date: string): LawWorld {
  world.clock(`${date}T04:00:00.000Z`)
  const paying = walk(world, 'payment.ordered')
  paying.given(asked('payment.record', 'cashier', { ...paid, paidOn: date }))
  return paying
}

describe('law 10.5: R23 paid after the authority ended', () => {
  test.each([
    ['2026-03-05', []],
    ['2026-03-06', ['authorityEnded yellow']],
  ])('paid on %s, the authority running to the 5th', (date, expected) => {
    const world = coveredWorld('30000.00', { to: '2026-03-05' })
    expect(alerts(paidOn(shown({ authority }, {}, world), date))).toEqual(expected)
  })
})

describe('law 10.5: R24 one supplier over half of a year, from 50,000 and ten purchases', () => {
  const own = { amount: '6000.00' }
  const before = { payee: '44000.00', year: '93999.99', count: 9 }
  const yes = ['supplierDominates yellow']
  table([
    // 50,000 of 99,999.99
    ['comes to more than half', own, year(before), yes],
    ['comes to half', own, year({ ...before, year: '94000.00' }), []],
    ['49,999.99', own, year({ ...before, payee: '43999.99' }), []],
    ['the ninth purchase', own, year({ ...before, count: 8 }), []],
    // told once: by the request with which it comes to be so
    [
      'had more than half already',
      own,
      year({ ...before, payee: '60000.00', year: '60000.00' }),
      [],
    ],
    // small requests do not add up a whole year each
    [
      'a request below the board',
      { amount: '4999.99' },
      year({ ...before, payee: '90000.00' }),
      [],
    ],
  ])
})

describe('law 10.5: R25 an advance settled late', () => {
  const advance = {
    kind: 'advance',
    payee: { type: 'person', person: p('handler') },
    amount: '800.00',
    invoices: [],
  }
  const settle: Asking = asked('advance.settle', 'clerk', {
    spent: '0.00',
    returned: '800.00',
    bankReference: 'TK1',
    invoices: [],
    evidence: [],
  })
  // paid on Monday 2 March: seven days end on Monday the 9th
  test.each([
    ['2026-03-09', []],
    ['2026-03-10', ['advanceOverdue yellow']],
    ['2026-04-08', ['advanceOverdue yellow']],
    ['2026-04-09', ['advanceOverdue red']],
  ])('settled on %s', (date, expected) => {
    const world = walk(shown(advance), 'settlement').clock(`${date}T04:00:00.000Z`)
    world.given(settle)
    expect(alerts(world)).toEqual(expected)
  })
})

describe('law 10.5: R28 an old invoice: over sixty days, or of another year', () => {
  const of = (date: string) => ({ invoices: [{ ...invoice, total: '1200.00', date }] })
  const yes = ['lateClaim yellow']
  table([
    // 1 January to 2 March are sixty days
    ['sixty days', of('2026-01-01'), {}, []],
    ['sixty-one, of the year before', of('2025-12-31'), {}, yes],
  ])
  table([['sixty-one days', of('2026-04-01'), {}, yes]], () =>
    founded().clock('2026-06-01T01:00:00.000Z'),
  )
  table(
    [
      ['of the year before, though ninety days are allowed', of('2025-12-31'), {}, yes],
      ['of this year', of('2026-01-01'), {}, []],
    ],
    () => foundWorld({ settings: [{ key: 'alert.claimDays', value: 90 }] }),
  )
})

describe('law 10.5: R30 round sums: three of a quarter from 10,000, in whole thousands', () => {
  const yes = ['roundSum blue']
  const two = [amountOf(1, '20000.00'), amountOf(2, '11000.00', on('2026-01-01'))]
  table([
    ['the third', { amount: '10000.00' }, amounts(...two), yes],
    ['of 10,500', { amount: '10500.00' }, amounts(...two), []],
    ['of 9,000', { amount: '9000.00' }, amounts(...two), []],
    [
      'one is of 20,500',
      { amount: '10000.00' },
      amounts(amountOf(1, '20500.00'), amountOf(2, '11000.00')),
      [],
    ],
    [
      'one is of the quarter before',
      { amount: '10000.00' },
      amounts(amountOf(1, '20000.00'), amountOf(2, '11000.00', on('2025-12-31'))),
      [],
    ],
  ])
})

describe('law 10.5: R30 paid on a day off', () => {
  test.each([
    ['2026-03-06', 'Friday', []],
    ['2026-03-07', 'Saturday', ['holidayPayment blue']],
    ['2026-05-04', 'Monday of the May holiday', ['holidayPayment blue']],
    ['2026-05-09', 'Saturday that is worked', []],
  ])('%s, a %s', (date, _what, expected) => {
    expect(alerts(paidOn(shown({}), date))).toEqual(expected)
  })
})

describe('law 10.5: R33 between cooperative and company', () => {
  const to = (name: string, amount = '1200.00') => ({ amount, payee: { ...form().payee, name } })
  table([
    ['to the cooperative', to('云溪村股份经济合作社'), {}, ['mixing yellow']],
    ['to the cooperative, with the board', to('云溪村股份经济合作社', '5000.00'), {}, []],
    ['to anybody else', to('云溪建材店'), {}, []],
  ])
})

// Each kind of request (law 2.2–2.7) and the vouchers of all (law 2.11, 2.15–2.24): what is refused with which code, and what
// is just taken, one row a rule, by hand.
import { requestIdSchema } from '../../src/domain/ids.ts'
import type { Asking, LawWorld } from './law.ts'
import { company, p } from './law-cast.ts'
import { addEvidence, complete, order, record, sign, turnBack } from './request-acts.ts'
import {
  all,
  asked,
  because,
  coveredWorld,
  evidenceOf,
  form,
  founded,
  invoice,
  standing,
  submit,
  walk,
} from './request-cast.ts'
import {
  advanced,
  card,
  type Change,
  claimed,
  claimOf,
  debited,
  listed,
  listOf,
  person,
  type RefusalRow,
  submission,
} from './request-rows.ts'

const { sellerAccount: _firms, ...unstated } = invoice
export const second = { ...invoice, number: '25338768457947000196' } as const
export const ofPerson = { ...unstated, seller: 'person' } as const

/** A monthly ceiling for the firm that takes its bills itself. */
export const recurring = (ceiling = '5000.00') =>
  coveredWorld(ceiling, { kind: 'recurring', title: '电费代扣' })
const monthly = () => recurring()
const debit = (change: Change = {}) => submission({ ...debited, ...change })
const debitedOn = (on: string) => debit({ debit: { on, bankReference: 'DK1' } })

/** A request of this form, standing at `where`. */
export const grown =
  (where: string, change: Change, world: () => LawWorld = founded) =>
  (): LawWorld => {
    const grows = world()
    submit(grows, change)
    return walk(grows, where)
  }

/** Papers and invoices that come in after submission. */
export const add = (...invoices: readonly object[]): Asking =>
  asked('evidence.add', 'clerk', { evidence: evidenceOf('invoice'), invoices })

export const slip: Asking = asked('evidence.add', 'clerk', {
  evidence: evidenceOf('invoice', 'cardSlip'),
})

/** What was bought on the day the advance was paid. */
export const spent = { ...invoice, date: '2026-03-02' } as const
/** An advance of 1,200 paid on 2 March, to be settled by the 9th. */
export const paidAdvance = (): LawWorld =>
  all(grown('papers', advanced)(), complete, sign('sup1'), sign('sup2'), order, record)
export const settle = (change: Record<string, unknown> = {}): Asking =>
  asked('advance.settle', 'clerk', {
    spent: '1200.00',
    returned: '0.00',
    invoices: [spent],
    evidence: evidenceOf('invoice'),
    ...change,
  })

const without = (change: Change, field: string): Change =>
  Object.fromEntries(Object.entries(change).filter(([name]) => name !== field))
const toCome: Change = { invoices: [], invoicesToCome: true }
const working = (amount: string, signers: number) => (): LawWorld => {
  const contracted = evidenceOf('purposeNote', 'relationDeclaration', 'plan', 'tenderRecord')
  const world = grown('papers', { category: 'works', amount, evidence: contracted })()
  const papersOfWorks = evidenceOf('invoice', 'contract', 'photos', 'settlement', 'auditReport')
  const [accepted] = evidenceOf('acceptance')
  const evidence = [...papersOfWorks, { ...accepted, signers }]
  return all(world, asked('evidence.add', 'clerk', { evidence }))
}

const standingRequest = requestIdSchema.parse('2026-000002')
/** The handler holds an advance already: the one told is there. */
const openAdvance = (): LawWorld =>
  all(founded(), another(advanced)).fact('openAdvances', () => ({ requests: [standingRequest] }))

const closedOther = { supplements: '2026-000001' }
const another = (change: Change): Asking => ({
  ...submission({ invoices: [second], ...change }),
  stream: 'request/2026-000002',
})

/** Who each kind pays and how, and what its form holds. */
export const kindRows: readonly RefusalRow[] = [
  [
    'kindMismatch',
    'law 2.2: an ordinary payment to its own handler would be a claim or an advance in disguise',
    founded,
    submission({ payee: person('handler'), invoices: [ofPerson] }),
  ],
  [
    'kindMismatch',
    'law 2.2: a seller without an account, by transfer',
    founded,
    submission({
      payee: { type: 'unregistered', name: '早市摊位' },
      invoices: [],
      amount: '90.00',
    }),
  ],
  [
    'kindMismatch',
    'law 2.2: a debit on another kind',
    founded,
    submission({ debit: debited['debit'] }),
  ],
  [
    'cashOverLimit',
    'law 2.17: an ordinary payment in cash above 1,000',
    founded,
    submission({ amount: '1000.01', method: 'cash' }),
  ],
  ['kindMismatch', 'law 2.3: a list to a firm', founded, submission({ kind: 'list' })],
  [
    'listTotalDiffers',
    'law 2.21: a list whose rows make up less',
    founded,
    submission({ ...listed, payee: listOf('1199.99') }),
  ],
  ['invoiceClaimed', 'law 2.3: one list paid twice', claimed('here'), submission(listed)],
  [
    'kindMismatch',
    'law 2.4: paid back to somebody who did not pay',
    founded,
    submission({ ...claimOf('2026-03-01'), payee: person('m1') }),
  ],
  [
    'issuersNotThree',
    'law 2.4: who claims may not witness it',
    founded,
    submission({ ...claimOf('2026-03-01'), witness: p('handler') }),
  ],
  [
    'claimTooOld',
    'law 2.23: 61 days after the invoice',
    founded,
    submission(claimOf('2025-12-31')),
  ],
  [
    'kindMismatch',
    'law 2.4: a claim whose invoice is still to come could not be too old',
    founded,
    submission({ ...claimOf('2026-03-01'), ...toCome }),
  ],
  [
    'kindMismatch',
    'law 2.5: a card not reported before its swipe',
    founded,
    submission(without(card, 'invoicesToCome')),
  ],
  [
    'swipedBeforeReport',
    'law 2.5: there is an invoice already',
    founded,
    submission({ ...card, invoices: [{ ...invoice, date: '2026-03-02' }] }),
  ],
  [
    'swipedBeforeReport',
    'law 2.5: the invoice that comes is older than the report',
    grown('papers', card),
    add(invoice),
  ],
  ['cardOverLimit', 'law 2.5: over 20,000', founded, submission({ ...card, amount: '20000.01' })],
  [
    'kindMismatch',
    'law 2.5: swiped for a person who does not hold the card',
    founded,
    submission({ ...card, payee: person('m1') }),
  ],
  [
    'voucherMissing',
    'law 2.5: not without its invoice, however small',
    () => all(grown('papers', { ...card, amount: '90.00' })(), slip),
    complete,
  ],
  [
    'papersIncomplete',
    'law 2.5: not without its slip',
    () => all(grown('papers', card)(), add({ ...invoice, date: '2026-03-02' })),
    complete,
  ],
  [
    'kindMismatch',
    'law 2.6: a debit without authority',
    founded,
    submission(without(debited, 'authority')),
  ],
  [
    'kindMismatch',
    'law 2.6: without the debit itself',
    monthly,
    submission(without(debited, 'debit')),
  ],
  ['kindMismatch', 'law 2.6: paid by transfer besides', monthly, debit({ method: 'transfer' })],
  ['kindMismatch', 'law 2.6: for a repair', monthly, debit({ category: 'equipmentRepair' })],
  ['kindMismatch', 'law 2.6: taken by a person', monthly, debit({ payee: person('m1') })],
  ['kindMismatch', 'law 2.6: to pay for a contract', monthly, debit({ matter: 'contract' })],
  [
    'authorityMismatch',
    'law 2.6: under a contract without monthly ceiling',
    () => coveredWorld('5000.00'),
    debit(),
  ],
  ['authorityExceeded', 'law 2.6: over the month', () => recurring('1199.99'), debit()],
  ['debitTooLate', 'law 2.6: on the sixth working day', monthly, debitedOn('2026-02-23')],
  ['dateInFuture', 'law 2.6: a debit of tomorrow', monthly, debitedOn('2026-03-03')],
  [
    'alreadyDebited',
    'law 2.6: what the bank took is not undone by withdrawing',
    grown('papers', debited, monthly),
    asked('request.withdraw', 'chead', because),
  ],
  ['advanceOpen', 'law 2.22: while another is open', openAdvance, submission(advanced)],
  [
    'kindMismatch',
    'law 2.7: money handed to another than the handler',
    founded,
    submission({ ...advanced, payee: person('m1') }),
  ],
  [
    'kindMismatch',
    'law 2.7: with an invoice it is a claim',
    founded,
    submission({ ...advanced, invoices: [ofPerson] }),
  ],
  [
    'kindMismatch',
    'law 2.7: a loan in its place',
    founded,
    submission({ ...advanced, matter: 'borrowing' }),
  ],
  [
    'cashOverLimit',
    'law 2.7: in cash above 1,000',
    founded,
    submission({ ...advanced, method: 'cash' }),
  ],
  [
    'amountTooLarge',
    'law 2.1: a thousand million',
    founded,
    submission({ amount: '1000000000.00' }),
  ],
  [
    'amountTooLarge',
    'law 2.1: twelve places before the point',
    founded,
    submission({ amount: '9999999999999.99' }),
  ],
  [
    'amountTooLarge',
    'law 3.8: a rolling sum past what an amount can be',
    () =>
      founded().fact('payeeWindow', ({ keys }) => ({
        payee: keys[0] ?? '',
        keys,
        parts: [
          {
            request: standingRequest,
            amount: form({ amount: '9999999999999.99' }).amount,
            on: '2026-03-01' as never,
            category: 'greening',
            cash: false,
            voucherless: false,
          },
        ],
      })),
    submission(),
  ],
]

/** Vouchers in two phases, and whose they are. */
export const voucherRows: readonly RefusalRow[] = [
  [
    'voucherMissing',
    'law 2.18: above 1,000 with nothing to come',
    founded,
    submission({ amount: '1000.01', invoices: [] }),
  ],
  [
    'voucherMissing',
    'law 2.11: what was to come has not come',
    () => all(grown('papers', toCome)(), addEvidence),
    complete,
  ],
  [
    'invoicesBelowAmount',
    'law 2.11: a fen less came than is asked',
    () => all(grown('papers', toCome)(), add({ ...invoice, total: '1199.99' })),
    complete,
  ],
  [
    'invoiceClaimed',
    'law 2.15: what comes was claimed here',
    () => {
      const world = grown('papers', toCome)()
      return world.fact('invoiceUse', ({ invoices }) => ({
        here: invoices.map((number) => ({ invoice: number, request: standingRequest })),
        elsewhere: [],
      }))
    },
    add(invoice),
  ],
  ['invoiceClaimed', 'law 2.15: twice in one request', grown('papers', {}), add(invoice)],
  [
    'dateInFuture',
    'law 2.11: an invoice of tomorrow comes today',
    grown('papers', toCome),
    add({ ...invoice, date: '2026-03-03' }),
  ],
  [
    'claimTooOld',
    'law 2.23: added to a claim, 61 days old',
    grown('papers', claimOf('2026-03-01')),
    add({ ...second, date: '2025-12-31' }),
  ],
  [
    'personalAccountForFirm',
    'law 2.19: what comes is another firm’s',
    grown('papers', toCome),
    add({ ...invoice, sellerAccount: '6246270519836190000' }),
  ],
  [
    'personalAccountForFirm',
    'law 2.19: a firm’s invoice, a member’s account',
    founded,
    submission({ payee: person('m1') }),
  ],
  [
    'sellerUnstated',
    'law 2.19: leaving the account out hides no firm',
    founded,
    submission({ payee: person('m1'), invoices: [unstated] }),
  ],
  ['sellerUnstated', 'law 2.19: nor when it comes later', grown('papers', toCome), add(unstated)],
  [
    'payeeNotSeller',
    'law 2.19: a person’s invoice paid to a firm',
    founded,
    submission({ invoices: [ofPerson] }),
  ],
  [
    'tooManyPapers',
    'law 2.11: more invoices than one payment has',
    () => {
      const world = grown('papers', toCome)()
      const numbered = (from: number, count: number) =>
        Array.from({ length: count }, (_, i) => ({
          ...invoice,
          number: String(25_338_768_457_947 + from + i).padEnd(20, '0'),
        }))
      return all(world, add(...numbered(0, 20)), add(...numbered(20, 20)), add(...numbered(40, 10)))
    },
    add(invoice),
  ],
  ['acceptanceTooFew', 'law 2.11: works accepted by two', working('1200.00', 2), complete],
  [
    'acceptanceTooFew',
    'law 2.11: works of 20,000 accepted by four',
    working('20000.00', 4),
    complete,
  ],
  [
    'notFound',
    'law 7.18: supplements what is not there',
    founded,
    submission({ supplements: '2026-000777' }),
  ],
  [
    'supplementsOpen',
    'law 7.18: supplements what is still open',
    () => standing('booking'),
    another(closedOther),
  ],
  [
    'supplementsOpen',
    'law 7.18: supplements itself',
    () => all(standing('supervisorySignOff.open'), turnBack('sup1')),
    asked('request.resubmit', 'clerk', form({ amount: '60000.00', ...closedOther })),
  ],
]

/** Settling an advance. */
export const settlementRows: readonly RefusalRow[] = [
  ['notOpen', 'law 2.7: before it was paid', grown('payment.ordered', advanced), settle()],
  ['notOpen', 'law 2.7: twice', () => all(paidAdvance(), settle()), settle({ invoices: [second] })],
  [
    'notOpen',
    'law 2.7: booked before it is settled',
    paidAdvance,
    asked('booking.record', 'book', {
      voucherNo: '记-12',
      entity: company,
      debit: '1221',
      credit: '1002',
    }),
  ],
  ['officeNotHeld', 'law 2.7: by the handler alone', paidAdvance, { ...settle(), by: handlerBy() }],
  [
    'settlementDiffers',
    'law 2.7: a fen kept',
    paidAdvance,
    settle({ spent: '1199.99', returned: '0.00' }),
  ],
  [
    'settlementDiffers',
    'law 2.7: a fen too much',
    paidAdvance,
    settle({ spent: '1200.00', returned: '0.01', bankReference: 'HZ1' }),
  ],
  [
    'refundUnproven',
    'law 2.7: paid back, says who kept it',
    paidAdvance,
    settle({ spent: '1199.99', returned: '0.01' }),
  ],
  [
    'voucherMissing',
    'law 2.7: spent without a voucher',
    paidAdvance,
    settle({ invoices: [], evidence: evidenceOf('receipt') }),
  ],
  [
    'invoicesBelowAmount',
    'law 2.7: vouchers of a fen less than was spent',
    paidAdvance,
    settle({ invoices: [{ ...spent, total: '1199.99' }] }),
  ],
  [
    'papersIncomplete',
    'law 2.7: the invoice itself is not there',
    paidAdvance,
    settle({ evidence: [] }),
  ],
  [
    'dateInFuture',
    'law 2.7: an invoice of tomorrow',
    paidAdvance,
    settle({ invoices: [{ ...invoice, date: '2026-03-03' }] }),
  ],
  [
    'voucherExceptionWrong',
    'law 2.7: a farmer’s slip for a journey',
    paidAdvance,
    settle({
      invoices: [],
      voucherException: 'farmPurchase',
      evidence: evidenceOf('voucherException'),
    }),
  ],
  [
    'invoiceClaimed',
    'law 2.15: settled with an invoice that was claimed',
    () =>
      paidAdvance().fact('invoiceUse', ({ invoices }) => ({
        here: invoices.map((number) => ({ invoice: number, request: standingRequest })),
        elsewhere: [],
      })),
    settle(),
  ],
]

function handlerBy() {
  return asked('advance.settle', 'handler').by
}

const cash = { method: 'cash' } as const

/** Just inside the line: recorded. */
export const takenKinds: readonly (readonly [what: string, given: () => LawWorld, when: Asking])[] =
  [
    ['law 2.2: by transfer to a firm', founded, submission()],
    [
      'law 2.2: to a person for their own sale',
      founded,
      submission({ payee: person('m1'), invoices: [ofPerson] }),
    ],
    ['law 2.17: 1,000.00 in cash', founded, submission({ amount: '1000.00', ...cash })],
    [
      'law 2.2: a stall without an account, in cash',
      founded,
      submission({
        ...cash,
        amount: '90.00',
        payee: { type: 'unregistered', name: '早市摊位' },
        invoices: [],
      }),
    ],
    [
      'law 2.19: an unregistered seller who says so',
      founded,
      submission({
        ...cash,
        amount: '90.00',
        payee: { type: 'unregistered', name: '早市摊位' },
        invoices: [{ ...unstated, seller: 'unregistered' }],
      }),
    ],
    ['law 2.3: a list of its own total', founded, submission(listed)],
    ['law 2.4: on the 60th day', founded, submission(claimOf('2026-01-01'))],
    ['law 2.5: 20,000.00, reported first', founded, submission({ ...card, amount: '20000.00' })],
    [
      'law 2.5: the card the handler holds',
      founded,
      submission({ ...card, payee: person('handler') }),
    ],
    [
      'law 2.5: the invoice is of the day it was reported',
      grown('papers', card),
      add({ ...invoice, date: '2026-03-02' }),
    ],
    ['law 2.6: on the fifth working day', monthly, debitedOn('2026-02-24')],
    ['law 2.6: drawn to the fen', () => recurring('1200.00'), debit()],
    ...(['taxes', 'insurance', 'bankCharges'] as const).map((category) => {
      return [`law 2.6: ${category}`, monthly, debit({ category })] as const
    }),
    ['law 2.7: without a voucher', founded, submission(advanced)],
    ['law 2.7: 1,000.00 in cash', founded, submission({ ...advanced, ...cash, amount: '1000.00' })],
    ['law 2.11: a deal that is decided first', founded, submission(toCome)],
    [
      'law 2.11: one of two invoices is there',
      founded,
      submission({ amount: '2400.00', invoices: [invoice], invoicesToCome: true }),
    ],
    ['law 2.11: works accepted by three', working('19999.99', 3), complete],
    ['law 2.11: works of 20,000 accepted by five', working('20000.00', 5), complete],
    [
      'law 2.18: an exception needs no invoice beside it',
      founded,
      submission({
        category: 'farmSupplies',
        voucherException: 'farmPurchase',
        payee: person('m1'),
        invoices: [],
        evidence: evidenceOf('purposeNote', 'relationDeclaration', 'quotes'),
      }),
    ],
    ['law 7.18: supplements a closed one', () => standing('closed'), another(closedOther)],
    [
      'law 2.7: part spent, the rest paid back',
      paidAdvance,
      settle({
        spent: '1000.00',
        returned: '200.00',
        bankReference: 'HZ2',
      }),
    ],
    [
      'law 2.7: nothing spent, all paid back, no voucher',
      paidAdvance,
      settle({
        spent: '0.00',
        returned: '1200.00',
        bankReference: 'HZ3',
        invoices: [],
        evidence: [],
      }),
    ],
    [
      'law 2.7: 1,000.00 spent on a receipt',
      paidAdvance,
      settle({
        spent: '1000.00',
        returned: '200.00',
        bankReference: 'HZ4',
        invoices: [],
        evidence: evidenceOf('receipt'),
      }),
    ],
    [
      'law 2.15: two invoices nobody claimed',
      founded,
      submission({ amount: '2400.00', invoices: [invoice, second] }),
    ],
  ]

// What request@1 refuses at submission, one row a rule, by hand from law §2 and §4; and what, just inside a line, it takes.
import type { Asking, LawWorld } from './law.ts'
import { p } from './law-cast.ts'
import {
  all,
  authority,
  coveredWorld,
  firm,
  founded,
  foundWorld,
  inPerson,
  invoice,
} from './request-cast.ts'
import {
  card,
  claimed,
  claimOf,
  hospitality,
  lending,
  listed,
  papers,
  person,
  type RefusalRow,
  sealed,
  submission,
} from './request-rows.ts'

const covered =
  (ceiling: string, change: object = {}) =>
  (): LawWorld =>
    coveredWorld(ceiling, change)

const { sellerAccount: _firms, ...unstated } = invoice
const ownInvoice = { ...unstated, seller: 'person' } as const
const hospitable = () => foundWorld({ settings: [{ key: 'hospitality.allowed', value: true }] })

/** Refused at submission, each with its own code (law §2). */
export const submissionRows: readonly RefusalRow[] = [
  ['ledgerSealed', 'a sealed ledger', () => sealed(founded()), submission()],
  ['alreadyExists', 'submitted twice', () => all(founded(), submission()), submission()],
  [
    'rosterUnconfirmed',
    'while the founder still writes the roster',
    () => foundWorld({ confirmed: false }),
    submission(),
  ],
  ['notFound', 'no such company', founded, submission({ company: 'g_nowhere' })],
  [
    'notFound',
    'the cooperative spends through companies',
    founded,
    submission({ company: 'g_coop' }),
  ],
  [
    'officeNotHeld',
    'typed by the handler',
    founded,
    inPerson(submission(), p('handler'), 'handler'),
  ],
  ['officeNotHeld', 'in the clerk’s name', founded, inPerson(submission(), p('m1'))],
  ['policyMissing', 'no policy yet', () => foundWorld({ policy: false }), submission()],
  ['issuersNotThree', 'handler = witness', founded, submission({ witness: p('handler') })],
  ['notFound', 'a handler without office', founded, submission({ handler: p('m1') })],
  ['notFound', 'a witness who only books', founded, submission({ witness: p('bookkeeper') })],
  [
    'calendarMissing',
    'law 2.24: a year without calendar',
    () => founded().clock('2027-01-04T01:00:00.000Z'),
    submission(),
  ],
  [
    'guaranteeForbidden',
    'law 2.13: a guarantee, whatever the amount',
    founded,
    submission({ matter: 'guarantee', amount: '0.01' }),
  ],
  [
    'loanToOfficer',
    'law 2.14: a director borrows',
    founded,
    submission({ ...lending, payee: person('dir1') }),
  ],
  [
    'loanToOfficer',
    'law 2.14: the clerk borrows',
    founded,
    submission({ ...lending, payee: person('clerk') }),
  ],
  [
    'loanToOfficer',
    'law 2.14: an officer of the township borrows',
    founded,
    submission({ ...lending, payee: person('officer') }),
  ],
  [
    'hospitalityProhibited',
    'law 2.16: the shipped policy allows none',
    founded,
    submission(hospitality),
  ],
  ['kindMismatch', 'a list without rows', founded, submission({ kind: 'list' })],
  ['kindMismatch', 'rows on a single payment', founded, submission({ ...listed, kind: 'single' })],
  [
    'kindMismatch',
    'paid back to the witness',
    founded,
    submission({ ...claimOf('2026-03-01'), payee: person('witness') }),
  ],
  [
    'kindMismatch',
    'paid back to the seller',
    founded,
    submission({ ...claimOf('2026-03-01'), payee: firm }),
  ],
  ['kindMismatch', 'a card by transfer', founded, submission({ ...card, method: 'transfer' })],
  ['kindMismatch', 'a single payment by card', founded, submission({ method: 'card' })],
  [
    'kindMismatch',
    'an investment said to be ordinary would go past the members',
    founded,
    submission({
      category: 'investment',
      ...papers('purposeNote', 'relationDeclaration', 'plan', 'riskNote'),
    }),
  ],
  [
    'listTotalDiffers',
    'law 2.21: a fen more than its rows',
    founded,
    submission({ ...listed, amount: '1200.01' }),
  ],
  [
    'listTotalDiffers',
    'law 2.21: a fen less than its rows',
    founded,
    submission({ ...listed, amount: '1199.99' }),
  ],
  [
    'voucherMissing',
    'law 2.18: over 1,000 without a voucher',
    founded,
    submission({ amount: '1000.01', invoices: [] }),
  ],
  ['invoiceClaimed', 'here', claimed('here'), submission()],
  ['invoiceClaimed', 'a list, by its rows', claimed('here'), submission(listed)],
  [
    'invoiceClaimed',
    'law 2.15: in another village of the township',
    claimed('elsewhere'),
    submission(),
  ],
  [
    'personalAccountForFirm',
    'law 2.19: a firm’s invoice, a person’s account',
    founded,
    submission({ payee: person('m1') }),
  ],
  [
    'personalAccountForFirm',
    'law 2.19: a firm’s invoice, another firm’s account',
    founded,
    submission({ payee: { ...firm, account: '6246270519836190000' } }),
  ],
  [
    'cashOverLimit',
    'law 2.17: cash over 1,000',
    founded,
    submission({ method: 'cash', amount: '1000.01' }),
  ],
  ['cardOverLimit', 'card over 20,000', founded, submission({ ...card, amount: '20000.01' })],
  [
    'claimTooOld',
    'law 2.23: 61 days after the invoice',
    founded,
    submission(claimOf('2025-12-31')),
  ],
  ['papersIncomplete', 'no purpose note', founded, submission(papers('relationDeclaration'))],
  ['papersIncomplete', 'no declaration of relations', founded, submission(papers('purposeNote'))],
  ['notFound', 'no such authority', founded, submission({ authority })],
  [
    'authorityExceeded',
    'law 2.20: a fen over the ceiling',
    covered('1199.99'),
    submission({ authority }),
  ],
  [
    'authorityMismatch',
    'law 4.2: another payee',
    covered('5000.00', { payees: ['account:6246270519836190000'] }),
    submission({ authority }),
  ],
  [
    'authorityMismatch',
    'law 4.2: past its term',
    covered('5000.00', { to: '2026-03-01' }),
    submission({ authority }),
  ],
  [
    'authorityMismatch',
    'law 4.2: before its term',
    covered('5000.00', { from: '2026-03-03' }),
    submission({ authority }),
  ],
  [
    'voucherExceptionWrong',
    'a farm purchase slip for a repair',
    founded,
    submission({ amount: '1000.01', invoices: [], voucherException: 'farmPurchase' }),
  ],
  [
    'voucherExceptionWrong',
    'a payee list for one payee',
    founded,
    submission({ invoices: [], voucherException: 'payeeList' }),
  ],
  [
    'voucherExceptionWrong',
    'a bank slip for a repair',
    founded,
    submission({ invoices: [], voucherException: 'bankSlip' }),
  ],
  [
    'invoicesBelowAmount',
    'a fen more than the invoices',
    founded,
    submission({ amount: '1200.01', invoices: [invoice] }),
  ],
  [
    'dateInFuture',
    'an invoice of tomorrow',
    founded,
    submission({ invoices: [{ ...invoice, date: '2026-03-03' }] }),
  ],
]

/** Just inside the line: recorded. */
export const submitted: readonly (readonly [what: string, given: () => LawWorld, when: Asking])[] =
  [
    ['law 2.14: a loan to a member who holds no office', founded, submission(lending)],
    ['law 2.16: hospitality where the policy allows it', hospitable, submission(hospitality)],
    ['a list that sums', founded, submission(listed)],
    ['1,000.00 without a voucher', founded, submission({ amount: '1000.00', invoices: [] })],
    [
      'over 1,000 with a lawful exception',
      founded,
      submission({
        amount: '1000.01',
        invoices: [],
        category: 'farmSupplies',
        payee: person('m1'),
        voucherException: 'farmPurchase',
      }),
    ],
    [
      'invoices of more than is asked',
      founded,
      submission({ amount: '1199.99', invoices: [invoice] }),
    ],
    [
      'two invoices that make it up',
      founded,
      submission({
        amount: '2400.00',
        invoices: [invoice, { ...invoice, number: '25338768457947000196' }],
      }),
    ],
    [
      'an invoice of today',
      founded,
      submission({ invoices: [{ ...invoice, date: '2026-03-02' }] }),
    ],
    ['cash of 1,000.00', founded, submission({ method: 'cash', amount: '1000.00' })],
    [
      'a card of 20,000.00, repaid to the card for a seller’s invoice',
      founded,
      submission({ ...card, amount: '20000.00' }),
    ],
    ['a claim on the 60th day', founded, submission(claimOf('2026-01-01'))],
    ['a person’s own sale', founded, submission({ payee: person('m1'), invoices: [ownInvoice] })],
    ['law 2.20: an authority drawn to the fen', covered('1200.00'), submission({ authority })],
    [
      'on the first day of an authority',
      covered('1200.00', { from: '2026-03-02' }),
      submission({ authority }),
    ],
    ['on its last day', covered('1200.00', { to: '2026-03-02' }), submission({ authority })],
    [
      'an investment said to be one',
      founded,
      submission({
        category: 'investment',
        matter: 'investment',
        ...papers('purposeNote', 'relationDeclaration', 'plan', 'riskNote'),
      }),
    ],
  ]

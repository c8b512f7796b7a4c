// The papers each type of expense needs (law 2.11, domain §2.3), by hand, in the two phases, at the lines and a fen below them.
import { describe, expect, test } from 'vitest'
import { checklist, type Listed } from '../../src/domain/checklist.ts'
import { type Category, categories, papers, phases } from '../../src/domain/expense.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { type PolicyValues, presetValues } from '../../src/domain/policy.ts'
import { authorityIdSchema } from '../../src/domain/ids.ts'

const money = (yuan: string) => moneySchema.parse(yuan)
const authority = authorityIdSchema.parse('a-2026-0001')

type Change = Partial<Omit<Listed, 'amount'>> & { readonly amount?: string }

/** Each line as `a | b ×n`, where one of several will do and n persons sign. */
function lines(
  category: Category,
  phase: 'decision' | 'voucher',
  { amount = '1200.00', ...change }: Change = {},
  policy: PolicyValues = presetValues,
): readonly string[] {
  const of: Listed = { category, kind: 'single', amount: money(amount), ...change }
  return checklist(of, phase, policy).map(({ choices, signers }) =>
    signers === undefined ? choices.join(' | ') : `${choices.join(' | ')} ×${signers}`,
  )
}

const always = ['purposeNote', 'relationDeclaration']
const voucher = 'invoice | voucherException'

describe('law 2.11: decision papers, at submission', () => {
  test.each<[Category, readonly string[]]>([
    ['greening', []],
    ['office', ['quotes | plan | contract']],
    ['works', ['plan | contract']],
    ['labour', ['rateBasis | contract']],
    ['landRent', []],
    ['lease', ['plan | valuation | contract']],
    ['hospitality', ['officialLetter | guestList']],
    ['utilities', []],
    ['taxes', []],
    ['insurance', []],
    ['bankCharges', []],
    ['investment', ['plan', 'riskNote']],
  ])('%s', (category, more) => {
    expect(lines(category, 'decision')).toEqual([...always, ...more])
  })

  test.each<[what: string, Category, Change, readonly string[]]>([
    ['goods of 4,999.99 by plan', 'office', { amount: '4999.99' }, ['quotes | plan | contract']],
    ['goods of 5,000 by compared prices', 'office', { amount: '5000.00' }, ['quotes | contract']],
    ['works of 39,999.99', 'works', { amount: '39999.99' }, ['plan | contract']],
    [
      'works of 40,000: tendered',
      'works',
      { amount: '40000.00' },
      ['plan | contract', 'tenderRecord'],
    ],
    ['a disposal is valued first', 'greening', { matter: 'disposal' }, ['valuation']],
  ])('%s', (_what, category, change, more) => {
    expect(lines(category, 'decision', change)).toEqual([...always, ...more])
  })
})

describe('law 2.11: voucher papers, before the supervisors sign', () => {
  test.each<[Category, readonly string[]]>([
    ['greening', []],
    ['office', ['acceptance | delivery']],
    ['works', ['contract', 'acceptance ×3', 'photos']],
    ['labour', ['nameList', 'attendanceSheet', 'transferList']],
    ['landRent', ['nameList | contract', 'transferList | contract']],
    ['lease', ['contract']],
    ['hospitality', []],
    ['utilities', []],
    ['taxes', []],
    ['insurance', []],
    ['bankCharges', []],
    ['investment', ['contract']],
  ])('%s', (category, more) => {
    expect(lines(category, 'voucher')).toEqual([voucher, ...more])
  })

  test.each<[amount: string, first: string]>([
    ['1000.00', `${voucher} | receipt`],
    ['1000.01', voucher],
  ])('law 2.18: of %s the voucher is %s', (amount, first) => {
    expect(lines('greening', 'voucher', { amount })).toEqual([first])
  })

  test.each<[amount: string, more: readonly string[]]>([
    ['4999.99', ['acceptance | delivery']],
    ['5000.00', ['delivery', 'acceptance', 'assetCard']],
  ])('goods of %s', (amount, more) => {
    expect(lines('office', 'voucher', { amount })).toEqual([voucher, ...more])
  })

  test.each<[amount: string, more: readonly string[]]>([
    ['19999.99', ['contract', 'acceptance ×3', 'photos']],
    ['20000.00', ['contract', 'acceptance ×5', 'photos']],
    ['79999.99', ['contract', 'acceptance ×5', 'photos']],
    ['80000.00', ['contract', 'acceptance ×5', 'photos', 'settlement', 'auditReport']],
  ])('works of %s', (amount, more) => {
    expect(lines('works', 'voucher', { amount })).toEqual([voucher, ...more])
  })

  test('law 2.1: an instalment under an authority on a progress sign-off by as many', () => {
    expect(lines('works', 'voucher', { amount: '80000.00', authority })).toEqual([
      voucher,
      'contract',
      'acceptance | progress ×5',
      'photos',
      'settlement | progress',
      'auditReport | progress',
    ])
  })

  test.each<[what: string, kind: Listed['kind'], more: readonly string[]]>([
    ['law 2.5: the slip of a card', 'card', ['cardSlip']],
    ['law 2.6: the bank slip of a debit', 'directDebit', ['bankSlip']],
    ['nothing more of a reimbursement', 'reimbursement', []],
  ])('%s', (_what, kind, more) => {
    expect(lines('utilities', 'voucher', { kind })).toEqual([voucher, ...more])
  })
})

test('every line moves with its policy key', () => {
  const policy: PolicyValues = {
    ...presetValues,
    'voucher.requiredFrom': money('100.00'),
    'goods.quotesFrom': money('600.00'),
    'works.tenderFrom': money('700.00'),
    'works.acceptanceMin': 2,
    'works.acceptanceLargeFrom': money('800.00'),
    'works.acceptanceLarge': 4,
    'works.auditFrom': money('900.00'),
  }
  const of = (category: Category, phase: 'decision' | 'voucher', amount: string) =>
    lines(category, phase, { amount }, policy)
  expect(of('greening', 'voucher', '100.01')).toEqual([voucher])
  expect(of('office', 'decision', '600.00')).toContain('quotes | contract')
  expect(of('works', 'decision', '700.00')).toContain('tenderRecord')
  expect(of('works', 'voucher', '799.99')).toContain('acceptance ×2')
  expect(of('works', 'voucher', '800.00')).toContain('acceptance ×4')
  expect(of('works', 'voucher', '899.99')).not.toContain('auditReport')
  expect(of('works', 'voucher', '900.00')).toContain('auditReport')
})

test('every paper a list asks for has a name', () => {
  const asked = (Object.keys(categories) as Category[]).flatMap((category) =>
    phases.flatMap((phase) => {
      const of: Listed = { category, kind: 'card', amount: money('90000.00'), authority }
      return checklist(of, phase, presetValues).flatMap(({ choices }) => choices)
    }),
  )
  expect(asked.length).toBeGreaterThan(100)
  for (const paper of asked) expect(papers).toHaveProperty(paper)
})

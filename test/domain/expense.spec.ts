// The papers each kind of expense needs (law §2, domain §2.3), by hand, in the two phases; and the categories they hang on.
import { describe, expect, test } from 'vitest'
import {
  categories,
  checklist,
  type ExpenseType,
  expenseTypes,
  matters,
  papers,
  phases,
  reservedMatters,
} from '../../src/domain/expense.ts'
import type { Sentence } from '../../src/domain/language.ts'
import { moneySchema } from '../../src/domain/money.ts'

/** Each line of the list as `a | b`, where one of several will do. */
const lines = (
  type: ExpenseType,
  phase: 'decision' | 'voucher',
  { amount = '1000.00', method = 'transfer' } = {},
): readonly string[] =>
  checklist(type, phase, { amount: moneySchema.parse(amount), method }).map((choices) =>
    choices.join(' | '),
  )

const always = ['purposeNote', 'relationDeclaration']
const voucher = 'invoice | voucherException'

describe('decision papers, at submission', () => {
  test.each<[ExpenseType, readonly string[]]>([
    ['service', []],
    ['goods', ['quotes | plan | contract']],
    ['works', ['plan | contract']],
    ['labour', []],
    ['hospitality', ['officialLetter']],
    ['lease', []],
    ['utility', []],
    ['investment', ['plan', 'riskNote']],
  ])('%s', (type, more) => {
    expect(lines(type, 'decision')).toEqual([...always, ...more])
  })
})

describe('voucher papers, before the supervisors sign', () => {
  test.each<[ExpenseType, readonly string[]]>([
    ['service', []],
    ['goods', ['acceptance | delivery']],
    ['works', ['contract', 'acceptance', 'photos']],
    ['labour', ['nameList', 'transferList']],
    ['hospitality', []],
    ['lease', ['contract']],
    ['utility', []],
    ['investment', ['contract']],
  ])('%s', (type, more) => {
    expect(lines(type, 'voucher')).toEqual([voucher, ...more])
  })

  test.each([
    ['79999.99', []],
    ['80000.00', ['settlement', 'auditReport']],
  ])('works of %s: settled and audited from 80,000', (amount, more) => {
    expect(lines('works', 'voucher', { amount }).slice(4)).toEqual(more)
  })

  test.each(expenseTypes)('%s paid by the village card: its slip too', (type) => {
    const [invoice, slip] = lines(type, 'voucher', { method: 'card' })
    expect([invoice, slip]).toEqual([voucher, 'cardSlip'])
  })
})

describe('the words', () => {
  const both = (name: string, { zh, en }: Sentence) => {
    expect(zh, name).toMatch(/^[\u4e00-\u9fff、“”（）]+$/)
    expect(en, name).toMatch(/^[a-z][a-z -]+$/)
  }

  test('categories, matters and papers in both languages, none twice', () => {
    const tables: readonly Readonly<Record<string, Sentence>>[] = [categories, matters, papers]
    for (const table of tables) {
      const entries = Object.entries(table)
      for (const [name, sentence] of entries) both(name, sentence)
      expect(new Set(entries.map(([, { zh }]) => zh)).size).toBe(entries.length)
    }
  })

  test('a type for every category', () => {
    for (const { type } of Object.values(categories)) expect(expenseTypes).toContain(type)
  })

  test('every paper a list asks for has a name', () => {
    for (const type of expenseTypes) {
      for (const phase of phases) {
        const asked = checklist(type, phase, {
          amount: moneySchema.parse('90000.00'),
          method: 'card',
        })
        for (const paper of asked.flat()) expect(papers).toHaveProperty(paper)
      }
    }
  })

  test('reserved to the members, whatever the amount (L3 Art 17, law §3)', () => {
    expect([...reservedMatters].sort()).toEqual([
      'borrowing',
      'disposal',
      'distribution',
      'equity',
      'investment',
      'lending',
    ])
  })
})

// Categories of expense, the matters they are about and their papers, as words.
import { describe, expect, test } from 'vitest'
import {
  categories,
  expenseTypes,
  matters,
  papers,
  reservedMatters,
} from '../../src/domain/expense.ts'
import type { Sentence } from '../../src/domain/language.ts'

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

// A refusal is read in one language: the names the law puts into it as well.
import { describe, expect, test } from 'vitest'
import { inLanguage, namesInRefusals } from '../../src/domain/bilingual.ts'
import { officeNames } from '../../src/domain/office.ts'
import { bothOf } from '../../src/domain/places.ts'
import { explain } from '../../src/domain/refusal.ts'
import { projectFiles } from '../support/sources.ts'

describe('names in refusals', () => {
  test.each(Object.entries(namesInRefusals))('%s are told in one language', (_table, names) => {
    for (const [name, { zh, en }] of Object.entries(names)) {
      expect(inLanguage(bothOf(names, name), 'zh')).toBe(zh)
      expect(inLanguage(bothOf(names, name), 'en')).toBe(en)
    }
  })

  test('several at once', () => {
    const office = officeNames(['partySecretary', 'cashier'])
    expect(inLanguage(office, 'en')).toBe('party secretary / cashier')
    expect(inLanguage(office, 'zh')).toBe('村党组织书记 / 出纳')
    const missing = '事由说明 purpose note; 发票 invoice / 收款收据 receipt'
    expect(inLanguage(missing, 'en')).toBe('purpose note; invoice / receipt')
  })

  test('what is no name of ours stands as it was written', () => {
    const text = '杭州某某公司 Someone Ltd; 出纳 cashier of before'
    expect(inLanguage(text, 'en')).toBe(text)
    expect(inLanguage(text, 'zh')).toBe(text)
  })

  test('every table the law names things from is known here', () => {
    const used = projectFiles(['workflows'], ['.ts']).flatMap(({ text }) =>
      [...text.matchAll(/bothOf\((\w+),/g)].map(([, table = '']) => table),
    )
    expect(used.length).toBeGreaterThan(20)
    expect(Object.keys(namesInRefusals)).toEqual(expect.arrayContaining([...new Set(used)]))
  })

  test('a sentence of one language bears no word of the other', () => {
    const missing = bothOf({ purposeNote: { zh: '事由说明', en: 'purpose note' } }, 'purposeNote')
    const refusal = { code: 'papersIncomplete', params: { missing } } as const
    expect(explain(refusal, 'en').no).not.toMatch(/\p{Script=Han}/u)
    expect(explain(refusal, 'zh').no).not.toMatch(/purpose/)
  })
})

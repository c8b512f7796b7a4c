// What is open from when, and what is never told.
import { describe, expect, test } from 'vitest'
import {
  boundsOf,
  monthAt,
  monthsBetween,
  nextMonth,
  opensOn,
  withoutNumbers,
} from '../../src/domain/disclosure.ts'
import { instantSchema } from '../../src/domain/time.ts'

describe('a month', () => {
  test('begins and ends at midnight in Shanghai', () => {
    expect(boundsOf('2026-03')).toEqual({
      before: '2026-02-28T15:59:59.999Z',
      last: '2026-03-31T15:59:59.999Z',
    })
    expect(monthAt(instantSchema.parse('2026-03-31T15:59:59.999Z'))).toBe('2026-03')
    expect(monthAt(instantSchema.parse('2026-03-31T16:00:00.000Z'))).toBe('2026-04')
  })

  test('is open from the first day after it, over the turn of a year too', () => {
    expect([opensOn('2026-03'), opensOn('2026-12'), nextMonth('2026-12')]).toEqual([
      '2026-04-01',
      '2027-01-01',
      '2027-01',
    ])
    expect(monthsBetween('2025-11', '2026-02')).toEqual([
      '2026-02',
      '2026-01',
      '2025-12',
      '2025-11',
    ])
    expect(monthsBetween('2026-02', '2026-01')).toEqual([])
  })
})

test.each([
  ['修理费，联系13800138000', '修理费，联系＊＊＊'],
  ['电话0571-8899 7766，问王师傅', '电话＊＊＊，问王师傅'],
  ['卡6222 0212 0200 1234 567付', '卡＊＊＊付'],
  ['身份证330106199001011234', '身份证＊＊＊'],
  ['全角１３８００１３８０００', '全角＊＊＊'],
])('%s is told as %s', (typed, told) => {
  expect(withoutNumbers(typed)).toBe(told)
})

test.each([
  '2026年3月电费',
  '2026-03-02 至 03-05',
  '补充申请2026-000501',
  '合同HT-202603',
  '预算120000元',
])('%s is told as it is', (typed) => {
  expect(withoutNumbers(typed)).toBe(typed)
})

// A report of a verification: the cause first, its consequences under it, each with what to do; a headline that claims no
// more than was checked.
import { describe, expect, test } from 'vitest'
import { verifyCodes, type Violation, violationOf } from '../../src/app/verify/codes.ts'
import { causeRank, remedyOf } from '../../src/app/verify/remedies.ts'
import { type Checked, summaryLines, violationLines } from '../../src/cli/verify-told.ts'

const ledger = 'ledger.example.cn/330106109203'
const found = (code: Violation['code'], seq: number, where = ledger): Violation =>
  violationOf({
    code,
    seq,
    ledger: where,
    detail: `${seq}`,
    refused: { code: 'notOpen', params: { state: 'x' } },
  })

describe('violations', () => {
  test('every code has something to do', () => {
    for (const code of verifyCodes) {
      expect(remedyOf(code).zh).toMatch(/[\u4e00-\u9fff]{4}/)
      expect(remedyOf(code).en).toMatch(/\w/)
    }
  })

  test('the cause comes first and its consequences are one line each', () => {
    const lines = violationLines(
      [
        found('rootMismatch', 7),
        found('rootMismatch', 9),
        found('projectionDiffers', 8),
        found('entryAltered', 5),
      ],
      'zh',
    )
    expect(lines).toEqual([
      `✗ entryAltered  ${ledger} #5`,
      '  记录内容与写入时的散列值不符：被改动。',
      '  5',
      expect.stringMatching(/^ {2}怎么办：.*镇纪委/),
      '  以下很可能是同一原因的后果：',
      expect.stringMatching(/^ {2}· rootMismatch × 2 .* #7 /),
      expect.stringMatching(/^ {2}· projectionDiffers × 1 /),
    ])
  })

  test('without such a cause each kind is told in full, once', () => {
    const lines = violationLines(
      [found('projectionDiffers', 3), found('notOpen', 4), found('notOpen', 6)],
      'en',
    )
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([
      `✗ notOpen  ${ledger} #4`,
      `✗ projectionDiffers  ${ledger} #3`,
    ])
    expect(lines).toContain('  and 1 more: #6')
    expect(lines.filter((line) => line.startsWith('  what to do: '))).toHaveLength(2)
  })

  test('a cause in one ledger explains nothing in another', () => {
    const other = 'ledger.example.cn/330106109204'
    const lines = violationLines([found('entryMissing', 1), found('rootMismatch', 2, other)], 'zh')
    expect(lines.filter((line) => line.startsWith('✗'))).toHaveLength(2)
  })

  test('what is done to files ranks before what follows from it', () => {
    expect(causeRank('entryMissing')).toBe(0)
    expect(causeRank('rootMismatch')).toBe(1)
    expect(causeRank('notOpen')).toBe(2)
    expect(causeRank('projectionDiffers')).toBe(3)
  })
})

describe('the headline', () => {
  const checked = (more: Partial<Checked>, violations = 0): Checked => ({
    summary: {
      ledgers: [{ origin: ledger, entries: 24 }],
      entries: 24,
      commands: 20,
      signatures: 20,
      rows: 3,
      violations,
    },
    outside: 20,
    unpinned: [],
    hints: [],
    ...more,
  })
  const last = (lines: readonly string[]): string => lines.at(-1) ?? ''

  test('says by how many outside heads', () => {
    expect(last(summaryLines(checked({}), 'zh'))).toBe(
      '✓ 未被改动（与 20 个库外检查点一致），且每一步都合规',
    )
  })

  test('without any does not claim that nothing was changed', () => {
    const [zh, en] = [
      last(summaryLines(checked({ outside: 0 }), 'zh')),
      last(summaryLines(checked({ outside: 0 }), 'en')),
    ]
    expect(zh).toContain('没有比对库外检查点')
    expect(zh).not.toContain('未被改动')
    expect(en).toContain('No outside head was compared')
    expect(en).not.toContain('Nothing was changed')
  })

  test('names a ledger whose key was taken from itself, and counts entries with their unit', () => {
    const lines = summaryLines(checked({ unpinned: [ledger] }), 'zh')
    expect(lines).toContain(`  ${ledger}  24 条记录`)
    expect(lines.join('\n')).toContain('--vkey')
  })

  test('with violations is their number', () => {
    expect(last(summaryLines(checked({ outside: 0 }, 3), 'zh'))).toBe('✗ 发现 3 处问题')
  })
})

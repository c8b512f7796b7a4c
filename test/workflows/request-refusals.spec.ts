// Every later "no" of request@1, one row a rule; which of two broken rules is named; and that no code is left untried.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { besideRefusals } from '../../src/domain/refusals/beside.ts'
import { dutiesRefusals } from '../../src/domain/refusals/duties.ts'
import { emergencyRefusals } from '../../src/domain/refusals/emergency.ts'
import { generalRefusals } from '../../src/domain/refusals/general.ts'
import { mustsRefusals } from '../../src/domain/refusals/musts.ts'
import { submissionRefusals } from '../../src/domain/refusals/submission.ts'
import { turningRefusals } from '../../src/domain/refusals/turning.ts'
import { projectFiles } from '../support/sources.ts'
import { expectRefused } from '../support/request-rows.ts'
import { kindRows, settlementRows, voucherRows } from '../support/request-rows-kinds.ts'
import { mustRows } from '../support/request-rows-musts.ts'
import { submissionRows } from '../support/request-rows-submission.ts'
import { turnRows } from '../support/request-rows-turns.ts'

describe.each([
  ['in the musts', mustRows],
  ['in paying and turning back', turnRows],
])('refused %s', (_where, rows) => {
  test.each(rows)('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

/** Codes of the subjects that requests meet: any command, submission, separation of duties, musts. */
const codes = Object.keys({
  ...generalRefusals,
  ...submissionRefusals,
  ...dutiesRefusals,
  ...mustsRefusals,
  ...turningRefusals,
  ...emergencyRefusals,
  ...besideRefusals,
}) as RefusalCode[]

describe('no code is left untried', () => {
  const law = projectFiles(['workflows/request'], ['.ts']).map(({ text }) => text)
  const refused = codes.filter((code) => law.some((text) => text.includes(`'${code}'`)))
  const rows = [
    ...submissionRows,
    ...kindRows,
    ...voucherRows,
    ...settlementRows,
    ...mustRows,
    ...turnRows,
  ]

  test('every one that a workflow refuses with is reached by a row, or by a spec of its own', () => {
    const reached = new Set<string>(rows.map(([code]) => code))
    const specs = projectFiles(['test/workflows', 'test/support'], ['.ts'])
      .filter(
        ({ path }) =>
          /\/(?:request|alerts|meeting)(?:-[a-z-]+)?\.(?:spec\.)?ts$/.test(path) &&
          !path.includes('refusals'),
      )
      .map(({ text }) => text)
    const tried = (code: string): boolean =>
      reached.has(code) || specs.some((text) => text.includes(`'${code}'`))
    expect(refused.length).toBeGreaterThan(45)
    expect(refused.filter((code) => !tried(code))).toEqual([])
    expect(tried('nobodySaysThis')).toBe(false)
  })

  test('no workflow answers for the store', () => {
    const told = projectFiles(['workflows'], ['.ts']).filter(({ text }) =>
      /'(?:commandReused|staleView)'/.test(text),
    )
    expect(told.map(({ path }) => path)).toEqual([])
  })
})

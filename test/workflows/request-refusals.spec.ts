// Every later "no" of request@1, one row a rule; which of two broken rules is named; and that no code is left untried.
import { describe, expect, test } from 'vitest'
import { refusals } from '../../src/domain/refusal.ts'
import { projectFiles, readProject } from '../support/sources.ts'
import { expectRefused } from '../support/request-rows.ts'
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

/** Codes of the table's first sections: any command, submission, separation of duties, musts. */
function codesOfRequests(): readonly string[] {
  const { text } = readProject('src/domain/refusal.ts')
  const [before = ''] = text.split('// -- roster --')
  return [...before.matchAll(/^ {2}(\w+): (?:guard|plain)\(/gm)].map(([, code = '']) => code)
}

describe('no code is left untried', () => {
  const codes = codesOfRequests()
  const rows = [...submissionRows, ...mustRows, ...turnRows]

  test('the sections are read', () => {
    expect(codes.length).toBeGreaterThan(35)
    for (const code of codes) expect(refusals).toHaveProperty(code)
  })

  test('every one that a workflow refuses with is reached by a row', () => {
    const law = projectFiles(['workflows'], ['.ts']).map(({ text }) => text)
    const refused = codes.filter((code) => law.some((text) => text.includes(`'${code}'`)))
    const reached = new Set<string>(rows.map(([code]) => code))
    expect(refused.length).toBeGreaterThan(35)
    expect(refused.filter((code) => !reached.has(code))).toEqual([])
  })

  test('no workflow answers for the store', () => {
    const told = projectFiles(['workflows'], ['.ts']).filter(({ text }) =>
      /'(?:commandReused|staleView)'/.test(text),
    )
    expect(told.map(({ path }) => path)).toEqual([])
  })
})

// Every clause of the law is held by a test whose title names it, and no title names one that is not there.
import { describe, expect, test } from 'vitest'
import { clausesOf, coverage } from '../support/clauses.ts'
import { projectFiles, readProject } from '../support/sources.ts'

const law = readProject('docs/law.md').text
// this file plants namings of its own, which hold nothing
const files = projectFiles(['test'], ['.spec.ts', '.ts']).filter(
  ({ path }) =>
    path !== 'test/law/clauses.spec.ts' &&
    (path.endsWith('.spec.ts') || path.startsWith('test/support/')),
)

describe('docs/law.md', () => {
  const clauses = clausesOf(law)

  test('numbers its clauses without a gap, each once', () => {
    const sections = [...law.matchAll(/^## (\d+)\. /gm)].map(([, section = '']) => section)
    expect(sections).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    for (const section of sections) {
      const within = clauses.filter((clause) => clause.startsWith(`${section}.`))
      expect(within).toEqual(within.map((_, index) => `${section}.${index + 1}`))
      expect(within.length).toBeGreaterThan(0)
    }
  })

  test('says nothing outside a numbered clause', () => {
    const body = law.slice(law.indexOf('\n## 1. '))
    const stray = body
      .split('\n')
      .filter((line) => line !== '' && !/^## \d+\. /.test(line))
      .filter((line) => !/^- \*\*\d+\.\d+\*\* \S/.test(line))
    expect(stray).toEqual([])
  })
})

describe('the titles of the tests', () => {
  const { unnamed, unknown, loose } = coverage(law, files)

  test('name every clause', () => {
    expect(unnamed).toEqual([])
  })

  test('name none that the law does not have', () => {
    expect(unknown).toEqual([])
  })

  test('name each clause by itself', () => {
    expect(loose).toEqual([])
  })
})

describe('the check finds', () => {
  const short = '# Law\n\n## 1. A\n\n- **1.1** One.\n- **1.2** Two.\n- **1.3** Three.\n'
  const found = (text: string) => coverage(short, [{ path: 'test/a.spec.ts', text }])

  test('a clause that only a comment or an import names', () => {
    const text = "// law 1.1\nimport { x } from './law.ts' /* law 1.2 */\ntest('law 1.3', x)"
    expect(found(text)).toEqual({ unnamed: ['1.1', '1.2'], unknown: [], loose: [] })
  })

  test('titles, rows and templates that do name one', () => {
    const text =
      "describe('law 1.1 it is', () => {})\nconst rows = [{ title: 'x (law 1.2)' }]\ntest(`law 1.3 ${n}`, f)"
    expect(found(text).unnamed).toEqual([])
  })

  test('a clause that is not there', () => {
    const { unknown } = found("test('law 1.4 never', f)\ntest('law 9.9', f)")
    expect(unknown).toEqual([
      'law 1.4 in test/a.spec.ts: law 1.4 never',
      'law 9.9 in test/a.spec.ts: law 9.9',
    ])
  })

  test('several clauses under one word, of which only the first would count', () => {
    const text = "test('law 1.1, 1.2', f)\ntest('law 1.1–1.3', f)\ntest('law 1.3, law 1.2', f)"
    const { loose, unnamed } = found(text)
    expect(loose).toHaveLength(2)
    expect(unnamed).toEqual([])
  })

  test('a number within another', () => {
    expect(
      found("test('law 1.12', f)\ntest('lawful 1.1', f)\ntest('law 1.1x', f)").unnamed,
    ).toEqual(['1.1', '1.2', '1.3'])
  })
})

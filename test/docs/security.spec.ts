// The security page says what is there: every path it names exists, and every requirement of OWASP ASVS 5.0.0 at levels 1 and 2
// has one answer, with what that answer needs.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')

/** Section and numbers of every requirement of levels 1 and 2. */
const asked = `
1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4
3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1 4.3.1-2 4.4.1-4 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3
6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2
7.6.1-2 8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11
10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1 12.1.1-3
12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3
15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2
`

const numbersIn = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .flatMap((part) => {
      const [chapter = '', section = '', numbers = ''] = part.split('.')
      return numbers.split(',').flatMap((range) => {
        const [from = '', to = from] = range.split('-')
        return [...span(Number(from), Number(to))].map((n) => `${chapter}.${section}.${n}`)
      })
    })

function* span(from: number, to: number): Generator<number> {
  for (let n = from; n <= to; n++) yield n
}

const wanted = numbersIn(asked)

/** Files and folders of ours a text names. */
const pathsIn = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /`((?:src|db|test|docs|scripts|workflows|bench)\/[^`]*|[\w-]+\.(?:json|md))`/g,
    ),
  ].map(([, path = '']) => path)

interface Row {
  readonly about: string
  readonly answer: string
  readonly why: string
}

/** Rows of the checklist: those that begin with a number of the standard. */
const rowsIn = (text: string): readonly Row[] =>
  text.split('\n').flatMap((line) => {
    const [, about = '', , answer = '', why = ''] = line.split('|').map((cell) => cell.trim())
    return /^\d+\.\d+\.\d+/.test(about) ? [{ about, answer, why }] : []
  })

/** `1.2.1`, or all from one to the other as the standard has them. */
function coveredBy({ about }: Row): readonly string[] {
  const [from = '', to = from] = about.split('–')
  const [first, last] = [wanted.indexOf(from), wanted.indexOf(to)]
  return first < 0 || last < first ? [] : wanted.slice(first, last + 1)
}

/** What is wrong with a row; undefined where it is well. */
function faultOf(row: Row): string | undefined {
  const { answer, why } = row
  if (coveredBy(row).length === 0) return 'no number of the standard'
  switch (answer) {
    case 'met':
      return pathsIn(why).length > 0 || /^section [12]/.test(why) ? undefined : 'met, but where?'
    case 'n/a':
      return why.length > 0 ? undefined : 'not applicable, but why?'
    case 'not met':
      return why.startsWith('To do: ') ? undefined : 'not met, but what to do?'
    default:
      return 'no answer'
  }
}

describe('docs/security.md', () => {
  test('names only what is there', () => {
    const paths = [...new Set(pathsIn(page))]
    expect(paths.length).toBeGreaterThan(100)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  test('answers every requirement of levels 1 and 2 once', () => {
    expect(wanted).toHaveLength(253)
    expect(rowsIn(page).flatMap(coveredBy)).toEqual(wanted)
  })

  test('every answer is one, with what it needs', () => {
    const rows = rowsIn(page)
    expect(rows.flatMap((row) => faultOf(row) ?? [])).toEqual([])
    // honest: some is not met, and most is
    expect(new Set(rows.map(({ answer }) => answer))).toEqual(new Set(['met', 'n/a', 'not met']))
  })

  test.each([
    ['| 1.2.4 | no SQL | met | of course |', 'met, but where?'],
    ['| 1.2.4 | no SQL | n/a |  |', 'not applicable, but why?'],
    ['| 1.2.4 | no SQL | not met | later |', 'not met, but what to do?'],
    ['| 1.2.4 | no SQL | perhaps | `src/main.ts` |', 'no answer'],
    ['| 1.2.10 | level 3 | met | `src/main.ts` |', 'no number of the standard'],
    ['| 1.2.4 | no SQL | met | `src/main.ts` |', undefined],
  ])('%s: %s', (line, fault) => {
    expect(rowsIn(line).map(faultOf)).toEqual([fault])
  })

  test('a path that is not there is found', () => {
    expect(pathsIn('see `src/nowhere.ts` and `npm audit`').map(existsSync)).toEqual([false])
  })
})

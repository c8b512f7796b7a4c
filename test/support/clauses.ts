// Which clauses of docs/law.md the tests name: read from the literals of their titles and rows. Comments do not count.
import { parseSync, Visitor } from 'oxc-parser'
import type { SourceFile } from './sources.ts'

/** Numbers of the clauses, in order: each stands in bold at the head of its own list item. */
export const clausesOf = (law: string): readonly string[] =>
  [...law.matchAll(/^- \*\*(\d+\.\d+)\*\* \S/gm)].map(([, number = '']) => number)

/** One naming of a clause: where, and in which words. */
export interface Naming {
  readonly clause: string
  readonly path: string
  readonly title: string
}

/** Every string a file holds as a literal; what is imported and what a type says is no title. */
function literalsOf({ path, text }: SourceFile): readonly string[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse`)
  const found: string[] = []
  new Visitor({
    Literal({ value }) {
      if (typeof value === 'string') found.push(value)
    },
    TemplateElement({ value }) {
      found.push(value.cooked ?? value.raw)
    },
  }).visit(program)
  return found
}

const named = /\blaw (\d+\.\d+)\b/g
/** Forms that look like a list of clauses but name only the first of them. */
const loose = /\blaw \d+\.\d+(?:\s*(?:,|–|-|\/|and|to|\+)\s*)\d+\.\d+/

/** The clauses a file names. */
export const namingsIn = (file: SourceFile): readonly Naming[] =>
  literalsOf(file).flatMap((title) =>
    [...title.matchAll(named)].map(([, clause = '']) => ({ clause, path: file.path, title })),
  )

/** Titles that name clauses in a form that is not counted: each is written out, `law 2.5, law 2.6`. */
export const looseIn = (file: SourceFile): readonly string[] =>
  literalsOf(file)
    .filter((title) => loose.test(title))
    .map((title) => `${file.path}: ${title}`)

export interface Coverage {
  /** Clauses that no title names. */
  readonly unnamed: readonly string[]
  /** Titles that name a clause the law does not have. */
  readonly unknown: readonly string[]
  readonly loose: readonly string[]
}

/** What the titles of these files leave out of the law, and what they name that it does not say. */
export function coverage(law: string, files: readonly SourceFile[]): Coverage {
  const clauses = clausesOf(law)
  const namings = files.flatMap(namingsIn)
  const known = new Set(namings.map(({ clause }) => clause))
  return {
    unnamed: clauses.filter((clause) => !known.has(clause)),
    unknown: namings
      .filter(({ clause }) => !clauses.includes(clause))
      .map(({ clause, path, title }) => `law ${clause} in ${path}: ${title}`),
    loose: files.flatMap(looseIn),
  }
}

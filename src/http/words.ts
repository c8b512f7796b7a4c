// What every field of the API is called, in both languages: one table, from which the document describes itself.
import type { Sentence } from '../domain/language.ts'
import { doorWords } from './words-door.ts'
import { lawWords } from './words-law.ts'

export type Words = Readonly<Record<string, readonly [zh: string, en: string]>>

const words: Words = { ...doorWords, ...lawWords }

/** The field by its name, or by its name below another's; undefined when nobody has said. */
export function wordOf(field: string, parent: string): Sentence | undefined {
  const [zh, en] = words[`${parent}.${field}`] ?? words[field] ?? []
  return zh === undefined || en === undefined ? undefined : { zh, en }
}

// What the sentences of a code have places for, each filled.
import type { Sentence } from '../../src/domain/language.ts'

export function codesWithPlaces({
  zh,
  en,
  remedy,
}: Sentence & { readonly remedy: Sentence }): Readonly<Record<string, string>> {
  const names = [zh, en, remedy.zh, remedy.en].flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  )
  return Object.fromEntries(names.map((name) => [name, `一 one ${name}`]))
}

// Every sentence a person reads exists in both languages; Chinese is the first.
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

export interface Sentence {
  readonly zh: string
  readonly en: string
}

/** Fills `{name}` places; a place without a value throws, so that no half sentence reaches a person. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for {${name}} in "${text}"`)
    return value
  })
}

/** Both languages at once; a value that is itself a sentence is said in the language of each. */
export const fillBoth = (
  sentence: Sentence,
  values: Readonly<Record<string, string | Sentence>>,
): Sentence => ({
  zh: fill(sentence.zh, inOne('zh', values)),
  en: fill(sentence.en, inOne('en', values)),
})

const inOne = (
  language: Language,
  values: Readonly<Record<string, string | Sentence>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value[language],
    ]),
  )

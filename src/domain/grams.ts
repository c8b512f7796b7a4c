// Parts of words (字段) by which texts are found, Chinese ones too, where nothing separates words. A text is cut into all
// its pairs of characters; a query is cut the same way and looks for what has all its pairs, then for the query itself in
// what was found. Pure, and the same for both databases: each only has to index a set of short texts.

/** Letters and digits alone, in one case and one width: what people type differs in the rest. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** Fields as one text; no part of a word reaches from one field into the next. */
export const wordsOf = (fields: readonly string[]): string =>
  [...new Set(fields.map(plainWords).filter((field) => field !== ''))].join('\n')

/** What is found only whole, between bars. */
export const wholeOf = (tokens: readonly string[]): string =>
  tokens.length === 0 ? '' : `|${[...new Set(tokens)].join('|')}|`

const isAscii = (text: string): boolean => /^[\0-\x7F]*$/.test(text)

/** Digits come in so many pairs that only three of them tell one number from another. */
function gramsIn(field: string, { single }: { readonly single: boolean }): readonly string[] {
  const characters = [...field]
  return characters.flatMap((one, place) => {
    const [two = '', three = ''] = characters.slice(place + 1, place + 3)
    const pair = two === '' ? [] : [`${one}${two}`]
    const triple = three !== '' && isAscii(`${one}${two}${three}`) ? [`${one}${two}${three}`] : []
    return [...(single && !isAscii(one) ? [one] : []), ...pair, ...triple]
  })
}

/** Never a gram of words: longer than those, and of letters and digits alone as the index wants it. */
export const wholeGram = (token: string): string =>
  `whole${token.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`

/** Everything a row is found by: parts of its words, and its whole tokens. */
export const gramsOf = (words: string, whole: string): readonly string[] => [
  ...new Set([
    ...words.split('\n').flatMap((field) => gramsIn(field, { single: true })),
    ...whole
      .split('|')
      .filter((token) => token !== '')
      .map(wholeGram),
  ]),
]

/** One word of a query, and the grams everything it stands in has. */
export interface Needle {
  readonly word: string
  readonly grams: readonly string[]
}

/** The words of a query. A single letter or digit of the Latin alphabet stands in everything and is not looked for. */
export function needlesIn(query: string): readonly Needle[] {
  const words = query.split(/\s+/u).map(plainWords)
  return [...new Set(words)].flatMap((word) => {
    const grams = queryGrams(word)
    return grams.length === 0 ? [] : [{ word, grams }]
  })
}

/**
 * Grams that follow one another and cover the word: those between them would say little more, and each costs. The last one ends
 * where the word ends.
 */
function queryGrams(word: string): readonly string[] {
  const characters = Array.from(word)
  if (characters.length < 2) return isAscii(word) ? [] : [word]
  const grams: string[] = []
  for (let from = 0; from < characters.length;) {
    const left = characters.length - from
    const gram = left > 2 || from === 0 ? firstOf(characters.slice(from)) : lastOf(characters)
    grams.push(gram.join(''))
    from += gram.length
  }
  return [...new Set(grams)]
}

const firstOf = (characters: readonly string[]): readonly string[] =>
  characters.slice(0, isTriple(characters.slice(0, 3)) ? 3 : 2)

const lastOf = (characters: readonly string[]): readonly string[] =>
  characters.slice(isTriple(characters.slice(-3)) ? -3 : -2)

const isTriple = (characters: readonly string[]): boolean =>
  characters.length === 3 && isAscii(characters.join(''))

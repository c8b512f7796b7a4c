// Values that a JSON schema of the document takes, as far as can be told from it.
import type { Dice } from './dice.ts'

type Json = Readonly<Record<string, unknown>>

/** Texts a pattern may be meant for, tried one by one; `extra` are what the world knows: ids, codes. */
const texts: readonly string[] = [
  '同意',
  '12.00',
  '2026-03-02',
  '2026-03',
  '2026-03-02T01:00:00.000Z',
  '330502199201',
  '5602',
  '记-9',
  'f-1',
  'q-1',
  'a1',
  '1',
  '00',
  'a'.repeat(64),
  '000',
  'someone',
]

export class Sampler {
  readonly #texts: readonly string[]
  readonly #matching = new Map<string, readonly string[]>()

  constructor(extra: readonly string[]) {
    this.#texts = [...extra, ...texts]
  }

  sample(schema: Json, dice: Dice, depth = 0): unknown {
    if ('const' in schema) return schema['const']
    if ('default' in schema && dice.oneIn(2)) return schema['default']
    const { enum: values, anyOf, oneOf, allOf, type } = schema
    if (Array.isArray(values)) return dice.of(values)
    const choices = anyOf ?? oneOf
    if (Array.isArray(choices)) return this.sample(dice.of(choices) as Json, dice, depth)
    if (Array.isArray(allOf)) return this.sample({ ...schema, ...merged(allOf) }, dice, depth)
    const kind = Array.isArray(type) ? dice.of(type as readonly string[]) : type
    switch (kind) {
      case 'object':
        return this.#object(schema, dice, depth)
      case 'array':
        return this.#array(schema, dice, depth)
      case 'string':
        return dice.of(this.#textsOf(schema))
      case 'integer':
      case 'number':
        return Number(schema['minimum'] ?? 0) + dice.below(3)
      case 'boolean':
        return dice.oneIn(2)
      case 'null':
        return null
      default:
        return {}
    }
  }

  #object({ properties = {}, required = [] }: Json, dice: Dice, depth: number): unknown {
    const all = Object.entries(properties as Readonly<Record<string, Json>>)
    const wanted = all.filter(
      ([name]) => (required as readonly string[]).includes(name) || (depth < 4 && dice.oneIn(2)),
    )
    return Object.fromEntries(
      wanted.map(([name, one]) => [name, this.sample(one, dice, depth + 1)]),
    )
  }

  #array({ items, prefixItems, minItems = 0 }: Json, dice: Dice, depth: number): unknown {
    if (Array.isArray(prefixItems))
      return prefixItems.map((one) => this.sample(one as Json, dice, depth + 1))
    const length = Math.min(5, Number(minItems) + (depth < 4 ? dice.below(2) : 0))
    return Array.from({ length }, () => this.sample((items ?? {}) as Json, dice, depth + 1))
  }

  #textsOf(schema: Json): readonly string[] {
    const { pattern, minLength = 0, maxLength = Number.MAX_SAFE_INTEGER } = schema
    const key = `${String(pattern)} ${String(minLength)} ${String(maxLength)}`
    const known = this.#matching.get(key)
    if (known !== undefined) return known
    const regex = typeof pattern === 'string' ? new RegExp(pattern, 'u') : undefined
    const fit = this.#texts.filter(
      (text) =>
        text.length >= Number(minLength) &&
        text.length <= Number(maxLength) &&
        (regex === undefined || regex.test(text)),
    )
    const found = fit.length === 0 ? ['x'.repeat(Math.max(1, Number(minLength)))] : fit
    this.#matching.set(key, found)
    return found
  }
}

const merged = (all: readonly unknown[]): Json => Object.assign({}, ...all) as Json

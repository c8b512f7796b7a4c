// The document as people and generators want it: fields and values say what they are, and a form that is used in several places
// stands once, under a name.
import { vocabularies, vocabularyOf } from '../app/terms.ts'
import type { Sentence } from '../domain/language.ts'
import { wordOf } from './words.ts'

export type Json = Readonly<Record<string, unknown>>

/** As the document and its pages say a thing: Chinese first. */
export const both = ({ zh, en }: Sentence): string => `${zh} · ${en}`
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Keys of a schema below which further schemas stand. */
const lists = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const singles = ['items', 'additionalProperties', 'not', 'propertyNames']

type Change = (schema: Json, field: string) => Json

/** The schema with `change` done to each of those directly below it; `field`: the property it is of. */
function below(schema: Json, field: string, change: Change): Json {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties' && isObject(value)) return [key, ofProperties(value, change)]
      if (lists.includes(key) && Array.isArray(value))
        return [key, value.map((one) => (isObject(one) ? change(one, field) : (one as unknown)))]
      return [key, singles.includes(key) && isObject(value) ? change(value, field) : value]
    }),
  )
}

const ofProperties = (properties: Json, change: Change): Json =>
  Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [
      name,
      isObject(one) ? change(one, name) : one,
    ]),
  )

/** With `x-names` beside its list of values, and `description` at every property below. */
export function described(schema: Json, field = ''): Json {
  const { properties } = schema
  const inner = below(schema, field, (one, name) => described(one, name))
  const named = { ...inner, ...namesOf(inner, field) }
  if (!isObject(properties)) return named
  const told = Object.entries(named['properties'] as Readonly<Record<string, Json>>).map(
    ([name, one]): [string, Json] => {
      const word = wordOf(name, field)
      return [name, word === undefined ? one : { ...one, description: both(word) }]
    },
  )
  return { ...named, properties: Object.fromEntries(told) }
}

/** Names of a list of values, where there are any. */
export function namesOf({ enum: values }: Json, field: string): Json {
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return {}
  const name = vocabularyOf(values, field)
  const names = name === undefined ? undefined : vocabularies[name]?.values
  if (names === undefined) return {}
  return { 'x-names': Object.fromEntries(values.map((value) => [value, names[value]])) }
}

/** Shorter ones stay where they are. */
const WORTH = 160

/** A schema without what is said of it where it stands. */
function bare(schema: Json): Json {
  const { description: _, ...rest } = schema
  return rest
}

/** Gives forms that are the same one name, and the name wherever they stand. */
export class Shared {
  readonly #times = new Map<string, number>()
  readonly #names = new Map<string, string>()
  readonly #taken: Map<string, Json>

  constructor(taken: Readonly<Record<string, Json>>) {
    this.#taken = new Map(Object.entries(taken))
  }

  /** All of them, by name. */
  get schemas(): Readonly<Record<string, Json>> {
    return Object.fromEntries(this.#taken)
  }

  /** First every schema is counted; what stands in a form that comes again is counted with it once. */
  count(schema: Json): void {
    const key = keyOf(schema)
    if (key !== undefined) {
      const times = this.#times.get(key) ?? 0
      this.#times.set(key, times + 1)
      if (times > 0) return
    }
    below(schema, '', (one) => {
      this.count(one)
      return one
    })
  }

  /** Then each is put in its place. `name`: what it is of, should it need a name. */
  put(schema: Json, name: string): Json {
    const key = keyOf(schema)
    const inner = (): Json => below(bare(schema), name, (one, field) => this.put(one, field))
    const { description } = schema
    const told = description === undefined ? {} : { description }
    if (key === undefined || (this.#times.get(key) ?? 0) < 2) return { ...inner(), ...told }
    const known = this.#names.get(key)
    const own = known ?? this.#free(bare(schema), name)
    if (known === undefined) {
      this.#names.set(key, own)
      // its place is taken before what stands in it looks for one
      this.#taken.set(own, {})
      this.#taken.set(own, inner())
    }
    return { $ref: `#/components/schemas/${own}`, ...told }
  }

  #free({ enum: values }: Json, field: string): string {
    const vocabulary = Array.isArray(values) ? vocabularyOf(values as string[], field) : undefined
    return freeIn(this.#taken, capital(vocabulary ?? field))
  }
}

function keyOf(schema: Json): string | undefined {
  if ('$ref' in schema) return undefined
  const key = JSON.stringify(bare(schema))
  return key.length < WORTH ? undefined : key
}

export const capital = (name: string): string =>
  `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next) =>
    String(next).toUpperCase(),
  )

/** The name, or the name with a number where it is taken. */
export function freeIn(taken: ReadonlyMap<string, unknown>, name: string): string {
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? name : `${name}${n}`
    if (!taken.has(tried)) return tried
  }
}

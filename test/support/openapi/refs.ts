// A document with every reference into its components put in place, as a generator of clients would read it.

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** @throws Error when the document refers to what it has not */
export function expanded<T extends { readonly components: object }>(document: T): T {
  const known = new Map<string, unknown>()
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put)
    if (!isObject(value)) return value
    const { $ref: ref, ...beside } = value
    if (typeof ref !== 'string') {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one)]))
    }
    if (!known.has(ref)) known.set(ref, put(found(document, ref)))
    const there = known.get(ref)
    // the same form stays the same object, for whoever keeps validators by it
    return Object.keys(beside).length === 0 ? there : { ...(there as Json), ...beside }
  }
  return put(document) as T
}

function found(document: object, ref: string): unknown {
  const parts = ref.replace(/^#\//, '').split('/')
  const there = parts.reduce<unknown>((at, part) => (isObject(at) ? at[part] : undefined), document)
  if (there === undefined) throw new Error(`the document refers to ${ref}, which it has not`)
  return there
}

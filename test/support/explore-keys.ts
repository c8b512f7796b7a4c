// States told apart by number: equal content, equal number. Parts are shared between states, so each is read once.

/** A machine's snapshot is known by where it stands and what it remembers; the rest of it is the machine itself. */
const isSnapshot = (
  value: object,
): value is { readonly value: unknown; readonly context: object } =>
  'machine' in value && 'value' in value && 'context' in value

/** Which parts of a content are no part of what it is. */
export interface Leaving {
  /** Fields that are not looked at, wherever they stand. */
  readonly leaves?: readonly string[]
  /** Lists whose order says nothing. */
  readonly unordered?: readonly string[]
}

/** Numbers contents. */
export class Keys {
  readonly #leaves: ReadonlySet<string>
  readonly #unordered: ReadonlySet<string>
  readonly #numbers = new Map<string, number>()
  readonly #known = new WeakMap<object, number>()

  constructor({ leaves = [], unordered = [] }: Leaving = {}) {
    this.#leaves = new Set(leaves)
    this.#unordered = new Set(unordered)
  }

  of(content: unknown): number {
    if (typeof content !== 'object' || content === null) return this.#number(this.#token(content))
    const known = this.#known.get(content)
    if (known !== undefined) return known
    const number = this.#number(this.#text(content))
    this.#known.set(content, number)
    return number
  }

  #number(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }

  #token(value: unknown): string {
    if (typeof value === 'object' && value !== null) return `#${this.of(value)}`
    return value === undefined ? 'undefined' : JSON.stringify(value)
  }

  #text(content: object): string {
    if (isSnapshot(content))
      return `at ${this.#token(content.value)} ${this.#token(content.context)}`
    if (Array.isArray(content)) return `[${content.map((item) => this.#token(item)).join()}]`
    if (content instanceof Set)
      return `set ${[...content]
        .map((item) => this.#token(item))
        .toSorted()
        .join()}`
    const entries: readonly (readonly [unknown, unknown])[] =
      content instanceof Map ? [...content] : Object.entries(content)
    // a field that is undefined is a field that is not there
    const parts = entries
      .filter(([name, value]) => value !== undefined && !this.#leaves.has(String(name)))
      .map(([name, value]) => {
        const list = Array.isArray(value) && this.#unordered.has(String(name))
        return `${this.#token(name)}:${this.#token(list ? new Set(value) : value)}`
      })
    return `{${parts.toSorted().join()}}`
  }
}

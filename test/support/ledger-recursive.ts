// RFC 6962 §2.1 as written there, by recursion over lists of leaves: slow, and sharing nothing
// with src/ledger, so that the two can only agree by both being right.
import { createHash } from 'node:crypto'

export function recursiveLeaf(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(Uint8Array.of(0)).update(data).digest())
}

export function recursiveNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(Uint8Array.of(1)).update(left).update(right)
  return new Uint8Array(hash.digest())
}

/** MTH, PATH and PROOF over fixed leaves; remembers the ranges it has hashed. */
export class RecursiveTree {
  readonly #leaves: readonly Uint8Array[]
  readonly #known = new Map<string, Uint8Array>()

  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves
  }

  root(size: number): Uint8Array {
    return this.#mth(0, size)
  }

  inclusion(index: number, size: number): Uint8Array[] {
    return this.#path(index, 0, size)
  }

  consistency(from: number, to: number): Uint8Array[] {
    return from === to ? [] : this.#subproof(from, { start: 0, end: to, whole: true })
  }

  #mth(start: number, end: number): Uint8Array {
    const range = `${start}:${end}`
    const known = this.#known.get(range)
    if (known !== undefined) return known
    const hash = this.#hashRange(start, end)
    this.#known.set(range, hash)
    return hash
  }

  #hashRange(start: number, end: number): Uint8Array {
    if (start === end) return new Uint8Array(createHash('sha256').digest())
    const leaf = this.#leaves[start]
    if (leaf === undefined) throw new RangeError(`no leaf ${start}`)
    if (end - start === 1) return recursiveLeaf(leaf)
    const k = start + split(end - start)
    return recursiveNode(this.#mth(start, k), this.#mth(k, end))
  }

  #path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return []
    const k = start + split(end - start)
    return index < k
      ? [...this.#path(index, start, k), this.#mth(k, end)]
      : [...this.#path(index, k, end), this.#mth(start, k)]
  }

  #subproof(from: number, r: { start: number; end: number; whole: boolean }): Uint8Array[] {
    const { start, end, whole } = r
    if (from === end) return whole ? [] : [this.#mth(start, end)]
    const k = start + split(end - start)
    return from <= k
      ? [...this.#subproof(from, { start, end: k, whole }), this.#mth(k, end)]
      : [...this.#subproof(from, { start: k, end, whole: false }), this.#mth(start, k)]
  }
}

/** The root an inclusion proof leads to; undefined if it has not the length the place demands. */
export function rootByInclusion(
  at: { index: number; size: number },
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (at.size === 1) return proof.length === 0 ? leaf : undefined
  const last = proof.at(-1)
  if (last === undefined) return undefined
  const k = split(at.size)
  const inLeft = at.index < k
  const below = inLeft ? { index: at.index, size: k } : { index: at.index - k, size: at.size - k }
  const hash = rootByInclusion(below, leaf, proof.slice(0, -1))
  if (hash === undefined) return undefined
  return inLeft ? recursiveNode(hash, last) : recursiveNode(last, hash)
}

/** Both roots a consistency proof leads to, given the old one; undefined at a wrong length. */
export function rootsByConsistency(
  at: { from: number; to: number },
  known: Uint8Array | undefined,
  proof: readonly Uint8Array[],
): { from: Uint8Array; to: Uint8Array } | undefined {
  const last = proof.at(-1)
  if (at.from === at.to) {
    const hash = known ?? last
    const length = known === undefined ? 1 : 0
    return hash !== undefined && proof.length === length ? { from: hash, to: hash } : undefined
  }
  if (last === undefined) return undefined
  const k = split(at.to)
  const rest = proof.slice(0, -1)
  if (at.from <= k) {
    const roots = rootsByConsistency({ from: at.from, to: k }, known, rest)
    if (roots === undefined) return undefined
    return { from: roots.from, to: recursiveNode(roots.to, last) }
  }
  const roots = rootsByConsistency({ from: at.from - k, to: at.to - k }, undefined, rest)
  if (roots === undefined) return undefined
  return { from: recursiveNode(last, roots.from), to: recursiveNode(last, roots.to) }
}

// The largest power of two smaller than n.
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

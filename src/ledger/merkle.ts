// The tree of RFC 6962 §2.1: hashes, roots and proofs. Only complete subtrees are stored, so
// whatever was written once stays true for every later size.
// Sizes reach 2^53 - 1: no shifts, which in JavaScript cut at 2^31.
import { concatBytes, equalBytes } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'

/** 32 bytes. Shared, never written to. */
export type Hash = Uint8Array

export const HASH_BYTES = 32

/** The hash over the leaves [index * 2^level, (index + 1) * 2^level). */
export interface TreeNode {
  readonly level: number
  readonly index: number
  readonly hash: Hash
}

/** Answers for complete subtrees only; throws when it has no such node. */
export type NodeReader = (level: number, index: number) => Hash

// Inputs are put together in reused memory: the port promises not to keep them.
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES)
nodeInput[0] = 1
const leafInput = new Uint8Array(1 + 0xffff)
const LEAF_PREFIX = Uint8Array.of(0)

/** SHA-256(0x00 || bytes). */
export function leafHash(c: LedgerCrypto, bytes: Uint8Array): Hash {
  if (bytes.length >= leafInput.length) return c.sha256(concatBytes(LEAF_PREFIX, bytes))
  leafInput.set(bytes, 1)
  return c.sha256(leafInput.subarray(0, bytes.length + 1))
}

/** SHA-256(0x01 || left || right). */
export function nodeHash(c: LedgerCrypto, left: Hash, right: Hash): Hash {
  // A hash of another length would leave bytes of an earlier call in the input.
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError('hash length')
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return c.sha256(nodeInput)
}

/** The root of a tree without leaves: SHA-256 of nothing. No such checkpoint is ever published. */
export function emptyRoot(c: LedgerCrypto): Hash {
  return c.sha256(new Uint8Array(0))
}

/**
 * The peaks of a growing tree: the complete subtrees its leaves fall into, at most 53 hashes.
 * All that appending needs, and enough for the root at any moment.
 */
export class CompactRange {
  readonly #crypto: LedgerCrypto
  readonly #peaks: Hash[]
  #size: number

  /** @param peaks from the highest subtree to the lowest, as many as `size` has bits set */
  constructor(c: LedgerCrypto, size = 0, peaks: readonly Hash[] = []) {
    requireSize(size)
    if (peaks.length !== bitsSet(size)) throw new RangeError(`${peaks.length} peaks of ${size}`)
    if (peaks.some((peak) => peak.length !== HASH_BYTES)) throw new RangeError('hash length')
    this.#crypto = c
    this.#size = size
    this.#peaks = [...peaks]
  }

  get size(): number {
    return this.#size
  }

  /** Adds leaf number `size`; returns the nodes it completes, the leaf first. Mean < 2 nodes. */
  append(leaf: Hash): readonly TreeNode[] {
    if (leaf.length !== HASH_BYTES) throw new RangeError('hash length')
    requireSize(this.#size + 1)
    const nodes: TreeNode[] = [{ level: 0, index: this.#size, hash: leaf }]
    let hash = leaf
    let index = this.#size
    for (let level = 1; index % 2 === 1; level++) {
      const left = this.#peaks.pop()
      if (left === undefined) throw new Error('compact range lost a peak')
      hash = nodeHash(this.#crypto, left, hash)
      index = (index - 1) / 2
      nodes.push({ level, index, hash })
    }
    this.#peaks.push(hash)
    this.#size++
    return nodes
  }

  root(): Hash {
    let root: Hash | undefined
    for (let i = this.#peaks.length - 1; i >= 0; i--) {
      const peak = this.#peaks[i]
      if (peak !== undefined) root = root === undefined ? peak : nodeHash(this.#crypto, peak, root)
    }
    return root ?? emptyRoot(this.#crypto)
  }

  clone(): CompactRange {
    return new CompactRange(this.#crypto, this.#size, this.#peaks)
  }
}

/** The root over the first `size` leaves. */
export function rootFromNodes(c: LedgerCrypto, size: number, read: NodeReader): Hash {
  requireSize(size)
  return size === 0 ? emptyRoot(c) : rangeHash({ c, read }, 0, size)
}

interface Tree {
  readonly c: LedgerCrypto
  readonly read: NodeReader
}

// MTH(D[start : start + size]), size > 0, for a start that is a multiple of the least power of
// two >= size: such a range falls into stored subtrees, one for each bit of size.
function rangeHash({ c, read }: Tree, start: number, size: number): Hash {
  let hash: Hash | undefined
  let end = start + size
  for (let level = 0, width = 1, rest = size; rest > 0; level++, width *= 2) {
    if (rest % 2 === 1) {
      end -= width
      const subtree = read(level, end / width)
      hash = hash === undefined ? subtree : nodeHash(c, subtree, hash)
    }
    rest = Math.floor(rest / 2)
  }
  if (hash === undefined) throw new RangeError('empty range')
  return hash
}

/** PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf's sibling up: at most 53 hashes. */
export function inclusionProof(
  c: LedgerCrypto,
  index: number,
  size: number,
  read: NodeReader,
): readonly Hash[] {
  requireSize(size)
  requireSize(index)
  if (index >= size) throw new RangeError(`no entry ${index} in a tree of ${size}`)
  const tree = { c, read }
  const proof: Hash[] = []
  for (let start = 0, n = size; n > 1;) {
    const k = leftSize(n)
    if (index - start < k) {
      proof.push(rangeHash(tree, start + k, n - k))
      n = k
    } else {
      proof.push(rangeHash(tree, start, k))
      start += k
      n -= k
    }
  }
  return proof.reverse()
}

/** PROOF(from, D[to]) of RFC 6962 §2.1.2; 0 < from <= to. */
export function consistencyProof(
  c: LedgerCrypto,
  from: number,
  to: number,
  read: NodeReader,
): readonly Hash[] {
  requireSize(from)
  requireSize(to)
  if (from === 0 || from > to) throw new RangeError(`no proof from ${from} to ${to}`)
  const tree = { c, read }
  const proof: Hash[] = []
  let start = 0
  let m = from
  let n = to
  while (m < n) {
    const k = leftSize(n)
    if (m <= k) {
      proof.push(rangeHash(tree, start + k, n - k))
      n = k
    } else {
      proof.push(rangeHash(tree, start, k))
      start += k
      m -= k
      n -= k
    }
  }
  // A subtree that starts at 0 is the old root itself, which the verifier has.
  if (start > 0) proof.push(rangeHash(tree, start, m))
  return proof.reverse()
}

/**
 * RFC 9162 §2.1.3.2. Answers for `size` only together with `root`: both must come from one
 * checkpoint, for a proof alone does not bind the size.
 */
export function verifyInclusion(
  c: LedgerCrypto,
  p: { leaf: Hash; index: number; size: number; proof: readonly Hash[]; root: Hash },
): boolean {
  if (!isSize(p.index) || !isSize(p.size) || p.index >= p.size) return false
  if (!areHashes([p.leaf, p.root]) || !areHashes(p.proof)) return false
  let fn = p.index
  let sn = p.size - 1
  let hash = p.leaf
  for (const sibling of p.proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(c, sibling, hash)
      for (; fn % 2 === 0 && fn !== 0; fn /= 2) sn = Math.floor(sn / 2)
    } else {
      hash = nodeHash(c, hash, sibling)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(hash, p.root)
}

/**
 * RFC 9162 §2.1.4.2. False for `from` 0: every tree extends the empty one, so such a proof would
 * say nothing and must not look like one that does.
 */
export function verifyConsistency(
  c: LedgerCrypto,
  p: { from: number; fromRoot: Hash; to: number; toRoot: Hash; proof: readonly Hash[] },
): boolean {
  if (!isSize(p.from) || !isSize(p.to) || p.from === 0 || p.from > p.to) return false
  // Nothing is hashed here, so a root is compared whatever its length (as the public test vectors
  // of transparency-dev/merkle expect); only an absent one equals nothing.
  if (p.from === p.to) {
    return p.proof.length === 0 && p.toRoot.length > 0 && equalBytes(p.fromRoot, p.toRoot)
  }
  if (!areHashes([p.fromRoot, p.toRoot]) || !areHashes(p.proof)) return false

  const [first, ...rest] = isPowerOfTwo(p.from) ? [p.fromRoot, ...p.proof] : p.proof
  if (first === undefined || p.proof.length === 0) return false
  let fn = p.from - 1
  let sn = p.to - 1
  for (; fn % 2 === 1; fn = (fn - 1) / 2) sn = Math.floor(sn / 2)
  let oldRoot = first
  let newRoot = first
  for (const hash of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      oldRoot = nodeHash(c, hash, oldRoot)
      newRoot = nodeHash(c, hash, newRoot)
      for (; fn % 2 === 0 && fn !== 0; fn /= 2) sn = Math.floor(sn / 2)
    } else {
      newRoot = nodeHash(c, newRoot, hash)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(oldRoot, p.fromRoot) && equalBytes(newRoot, p.toRoot)
}

// The largest power of two < n, n > 1.
function leftSize(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

function isPowerOfTwo(n: number): boolean {
  return leftSize(n + 1) === n
}

function bitsSet(n: number): number {
  let bits = 0
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function requireSize(n: number): void {
  if (!isSize(n)) throw new RangeError(`not a size or index: ${n}`)
}

function areHashes(hashes: readonly Hash[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES)
}

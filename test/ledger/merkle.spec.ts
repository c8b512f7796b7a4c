// Every proof for up to 130 leaves, held against an independent recursive implementation, and
// every mutation of every proof.
import { describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { equalBytes, toHex, utf8 } from '../../src/ledger/bytes.ts'
import {
  CompactRange,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootFromNodes,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type NodeReader,
} from '../../src/ledger/merkle.ts'
import { nodesOf } from '../support/ledger-fixture.ts'
import { RecursiveTree, rootByInclusion, rootsByConsistency } from '../support/ledger-recursive.ts'

const LEAVES_MAX = 130
// No statement about speed: the machine may be busy with other tests.
const LONG = { timeout: 120_000 }
const DATA = Array.from({ length: LEAVES_MAX }, (_, i) => utf8(`entry ${i}`))
const oracle = new RecursiveTree(DATA)
const read = nodesOf(c, DATA)
const leaves = DATA.map((data) => leafHash(c, data))
const roots = Array.from({ length: LEAVES_MAX + 1 }, (_, n) => oracle.root(n))

function at<T>(list: readonly T[], i: number): T {
  const item = list[i]
  if (item === undefined) throw new RangeError(`no item ${i}`)
  return item
}

function isSameProof(a: readonly Hash[], b: readonly Hash[]): boolean {
  return a.length === b.length && a.every((hash, i) => equalBytes(hash, at(b, i)))
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = bytes.slice()
  flipped[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

/** Everything that can befall a list of hashes: each result differs from `proof`. */
function mutations(proof: readonly Hash[]): Hash[][] {
  const found = proof.flatMap((hash, i) => [
    proof.with(i, flip(hash, (i * 37) % 256)),
    proof.toSpliced(i, 1),
    proof.toSpliced(i, 0, hash),
    ...(i > 0 ? [proof.with(i, at(proof, i - 1)).with(i - 1, hash)] : []),
  ])
  const alien = new Uint8Array(32)
  found.push([alien, ...proof], [...proof, alien])
  const [first] = proof
  if (first !== undefined) {
    found.push([...proof, first])
    for (const hash of [first.slice(0, 31), Uint8Array.of(...first, 0), new Uint8Array(0)]) {
      found.push(proof.with(0, hash))
    }
  }
  return found
}

type Inclusion = Parameters<typeof verifyInclusion>[1]
type Consistency = Parameters<typeof verifyConsistency>[1]

function* inclusions(max: number): Generator<Inclusion> {
  for (let size = 1; size <= max; size++) {
    for (let index = 0; index < size; index++) {
      const proof = oracle.inclusion(index, size)
      yield { leaf: at(leaves, index), index, size, proof, root: at(roots, size) }
    }
  }
}

function* consistencies(max: number): Generator<Consistency> {
  for (let to = 1; to <= max; to++) {
    for (let from = 1; from <= to; from++) {
      const proof = oracle.consistency(from, to)
      yield { from, fromRoot: at(roots, from), to, toRoot: at(roots, to), proof }
    }
  }
}

function forgedInclusions(p: Inclusion): Inclusion[] {
  const { index, size } = p
  const elsewhere = [index - 1, index + 1, size - 1 - index, size, -1, index + 0.5]
  const grown = [size - 1, size + 1].filter((n) => n > 0 && n <= LEAVES_MAX)
  return [
    ...mutations(p.proof).map((proof) => ({ ...p, proof })),
    ...elsewhere.filter((i) => i !== index).map((i) => ({ ...p, index: i })),
    ...grown.map((n) => ({ ...p, size: n, root: at(roots, n) })),
    { ...p, leaf: flip(p.leaf, 7) },
    { ...p, leaf: p.leaf.slice(1) },
    { ...p, root: flip(p.root, 255) },
    { ...p, root: p.root.slice(0, 31) },
  ]
}

function forgedConsistencies(p: Consistency): Consistency[] {
  const { from, to } = p
  const sizes = [
    [from - 1, to],
    [from + 1, to],
    [from, to - 1],
    [from, to + 1],
    [to, from],
  ].filter(([m, n]) => m !== n && !(m === from && n === to))
  return [
    ...mutations(p.proof).map((proof) => ({ ...p, proof })),
    ...sizes.flatMap(([m = -1, n = -1]) => {
      const [fromRoot, toRoot] = [roots[m], roots[n]]
      if (fromRoot === undefined || toRoot === undefined) return []
      return [{ ...p, from: m, to: n, fromRoot, toRoot }]
    }),
    { ...p, from: 0 },
    { ...p, from: 0, fromRoot: at(roots, 0), proof: [] },
    { ...p, fromRoot: new Uint8Array(0), toRoot: new Uint8Array(0) },
    { ...p, fromRoot: flip(p.fromRoot, 0) },
    { ...p, toRoot: flip(p.toRoot, 0) },
    { ...p, toRoot: p.toRoot.slice(0, 31) },
    ...(from === to ? [] : [{ ...p, fromRoot: p.toRoot, toRoot: p.fromRoot }]),
  ]
}

describe('against the recursive definition', () => {
  test('roots, from memory and from stored nodes', () => {
    const range = new CompactRange(c)
    expect(range.root()).toEqual(roots[0])
    expect(rootFromNodes(c, 0, read)).toEqual(emptyRoot(c))
    for (const [i, leaf] of leaves.entries()) {
      range.append(leaf)
      expect(range.size).toBe(i + 1)
      expect(range.root()).toEqual(roots[i + 1])
      expect(rootFromNodes(c, i + 1, read)).toEqual(roots[i + 1])
    }
  })

  test('every inclusion proof', () => {
    const wrong = [...inclusions(LEAVES_MAX)].filter(
      (p) =>
        !isSameProof(inclusionProof(c, p.index, p.size, read), p.proof) || !verifyInclusion(c, p),
    )
    expect(wrong).toEqual([])
  })

  test('every consistency proof', () => {
    const wrong = [...consistencies(LEAVES_MAX)].filter(
      (p) =>
        !isSameProof(consistencyProof(c, p.from, p.to, read), p.proof) || !verifyConsistency(c, p),
    )
    expect(wrong).toEqual([])
  })

  // A proof alone does not bind the size: with another size and the same root the algorithm may
  // well say yes (entry 0 of 3 and of 4 have proofs of one shape). It must say what the
  // definition says.
  test('another size with the same root', () => {
    for (const p of inclusions(40)) {
      for (let size = p.index + 1; size <= 40; size++) {
        const root = rootByInclusion({ index: p.index, size }, p.leaf, p.proof)
        const expected = root !== undefined && equalBytes(root, p.root)
        expect(verifyInclusion(c, { ...p, size })).toBe(expected)
      }
    }
    for (const p of consistencies(40)) {
      for (let to = p.from + 1; to <= 40; to++) {
        const found = rootsByConsistency({ from: p.from, to }, p.fromRoot, p.proof)
        const isSame = (a: Hash | undefined, b: Hash) => a !== undefined && equalBytes(a, b)
        const expected = isSame(found?.from, p.fromRoot) && isSame(found?.to, p.toRoot)
        expect(verifyConsistency(c, { ...p, to })).toBe(expected)
      }
    }
  })
})

describe('mutations', () => {
  function survivingInclusions(verify: typeof verifyInclusion, max: number): Inclusion[] {
    const survivors: Inclusion[] = []
    for (const p of inclusions(max)) {
      survivors.push(...forgedInclusions(p).filter((forged) => verify(c, forged)))
    }
    return survivors
  }

  function survivingConsistencies(verify: typeof verifyConsistency, max: number): Consistency[] {
    const survivors: Consistency[] = []
    for (const p of consistencies(max)) {
      survivors.push(...forgedConsistencies(p).filter((forged) => verify(c, forged)))
    }
    return survivors
  }

  test('every mutated inclusion proof is rejected', LONG, () => {
    expect(survivingInclusions(verifyInclusion, LEAVES_MAX)).toEqual([])
  })

  test('every mutated consistency proof is rejected', LONG, () => {
    expect(survivingConsistencies(verifyConsistency, LEAVES_MAX)).toEqual([])
  })

  // The controls: verifiers with one guard out, which the same mutations must find.
  test.each<[string, typeof verifyInclusion]>([
    [
      'ignores what comes after the root',
      (_, p) =>
        p.proof.some((__, i) => verifyInclusion(c, { ...p, proof: p.proof.slice(0, i + 1) })),
    ],
    [
      'does not compare the root',
      (_, p) =>
        rootByInclusion(
          p,
          p.leaf,
          p.proof.filter((hash) => hash.length === 32),
        ) !== undefined,
    ],
    [
      'takes the index modulo the size',
      (_, p) => verifyInclusion(c, { ...p, index: ((p.index % p.size) + p.size) % p.size }),
    ],
    [
      'cuts or fills hashes to 32 bytes',
      (_, p) =>
        verifyInclusion(c, {
          ...p,
          proof: p.proof.map(to32),
          leaf: to32(p.leaf),
          root: to32(p.root),
        }),
    ],
  ])('control: a verifier that %s', (_, weak) => {
    expect(survivingInclusions(weak, 20)).not.toEqual([])
  })

  test.each<[string, typeof verifyConsistency]>([
    ['accepts the empty tree as a beginning', (_, p) => p.from === 0 || verifyConsistency(c, p)],
    [
      'does not compare the old root',
      (_, p) => {
        const found = rootsByConsistency(p, p.fromRoot, p.proof.map(to32))
        return found !== undefined && equalBytes(found.to, p.toRoot)
      },
    ],
    [
      'does not compare the new root',
      (_, p) => {
        const found = p.from > 0 ? rootsByConsistency(p, p.fromRoot, p.proof.map(to32)) : undefined
        return found !== undefined && equalBytes(found.from, p.fromRoot)
      },
    ],
    [
      'does not care which is older',
      (_, p) =>
        verifyConsistency(c, p) ||
        verifyConsistency(c, {
          ...p,
          from: p.to,
          fromRoot: p.toRoot,
          to: p.from,
          toRoot: p.fromRoot,
        }),
    ],
  ])('control: a verifier that %s', (_, weak) => {
    expect(survivingConsistencies(weak, 20)).not.toEqual([])
  })

  function to32(hash: Hash): Hash {
    const whole = new Uint8Array(32)
    whole.set(hash.subarray(0, 32))
    return whole
  }
})

describe('sizes past 2^31', () => {
  // A tree in which all leaves but one are alike needs no storage, at any size.
  function treeWith(special: number): NodeReader {
    const alike = [leafHash(c, utf8('alike'))]
    const own = [leafHash(c, utf8('special'))]
    for (let level = 1; level <= 53; level++) {
      const below = at(alike, level - 1)
      const isRight = Math.floor(special / 2 ** (level - 1)) % 2 === 1
      const ownBelow = at(own, level - 1)
      own.push(isRight ? nodeHash(c, below, ownBelow) : nodeHash(c, ownBelow, below))
      alike.push(nodeHash(c, below, below))
    }
    return (level, index) => at(Math.floor(special / 2 ** level) === index ? own : alike, level)
  }

  const SIZES = [2 ** 31 - 1, 2 ** 31 + 3, 2 ** 32 + 1, 2 ** 40 + 5, 2 ** 53 - 2, 2 ** 53 - 1]

  test.each(SIZES)('inclusion and consistency at %d', (size) => {
    for (const index of [0, 1, 2 ** 31 - 2, Math.floor(size / 2), size - 2, size - 1]) {
      const tree = treeWith(index)
      const root = rootFromNodes(c, size, tree)
      const leaf = leafHash(c, utf8('special'))
      const proof = inclusionProof(c, index, size, tree)
      expect(verifyInclusion(c, { leaf, index, size, proof, root })).toBe(true)
      expect(rootByInclusion({ index, size }, leaf, proof)).toEqual(root)
      expect(
        verifyInclusion(c, {
          leaf,
          index: index % 2 === 0 ? index + 1 : index - 1,
          size,
          proof,
          root,
        }),
      ).toBe(false)

      for (const from of [1, index, size - 1].filter((n) => n > 0)) {
        const fromRoot = rootFromNodes(c, from, tree)
        const steps = consistencyProof(c, from, size, tree)
        const p = { from, fromRoot, to: size, toRoot: root, proof: steps }
        expect(verifyConsistency(c, p)).toBe(true)
        expect(rootsByConsistency(p, fromRoot, steps)).toEqual({ from: fromRoot, to: root })
        expect(verifyConsistency(c, { ...p, toRoot: flip(root, 3) })).toBe(false)
      }
    }
  })

  test('a compact range goes on from its peaks', () => {
    const size = 2 ** 33 + 2 ** 31 + 3
    const tree = treeWith(size)
    const peaks = [tree(33, 0), tree(31, 4), tree(1, (size - 3) / 2), tree(0, size - 1)]
    const range = new CompactRange(c, size, peaks)
    expect(range.root()).toEqual(rootFromNodes(c, size, tree))
    const copy = range.clone()
    const nodes = range.append(leafHash(c, utf8('special')))
    expect(nodes.map(({ level, index }) => [level, index])).toEqual([
      [0, size],
      [1, (size - 1) / 2],
      [2, (size - 3) / 4],
    ])
    for (const { level, index, hash } of nodes) expect(hash).toEqual(tree(level, index))
    expect(range.root()).toEqual(rootFromNodes(c, size + 1, tree))
    expect(copy.size).toBe(size)
    expect(copy.root()).toEqual(rootFromNodes(c, size, tree))
  })
})

describe('broken invariants throw', () => {
  const short = new Uint8Array(31)
  test.each<[string, () => unknown]>([
    ['append of a short hash', () => new CompactRange(c).append(short)],
    ['node over a short hash', () => nodeHash(c, short, new Uint8Array(32))],
    ['node over a long hash', () => nodeHash(c, new Uint8Array(32), new Uint8Array(33))],
    ['range without its peaks', () => new CompactRange(c, 3, [new Uint8Array(32)])],
    ['range with a short peak', () => new CompactRange(c, 1, [short])],
    ['range of a fraction', () => new CompactRange(c, 0.5)],
    ['range past 2^53', () => new CompactRange(c, 2 ** 53, [new Uint8Array(32)])],
    ['inclusion past the end', () => inclusionProof(c, 3, 3, read)],
    ['inclusion at a negative index', () => inclusionProof(c, -1, 3, read)],
    ['consistency from nothing', () => consistencyProof(c, 0, 3, read)],
    ['consistency backwards', () => consistencyProof(c, 3, 2, read)],
    ['root of a negative size', () => rootFromNodes(c, -1, read)],
  ])('%s', (_, run) => {
    expect(run).toThrow(RangeError)
  })

  test('a long entry is hashed as a short one is', () => {
    for (const length of [65_534, 65_535, 65_536, 100_000]) {
      const bytes = new Uint8Array(length).fill(length)
      expect(toHex(leafHash(c, bytes))).toBe(toHex(c.sha256(Uint8Array.of(0, ...bytes))))
    }
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { concatBytes, utf8 } from '../../src/ledger/bytes.ts'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  rootFromNodes,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/merkle.ts'
import {
  decodeEntryBundle,
  encodeEntryBundle,
  encodeHashTile,
  tileNodeReader,
  tilePath,
  tilesOf,
  tileWidths,
  TileError,
  type Tile,
} from '../../src/ledger/tiles.ts'
import { nodesOf } from '../support/ledger-fixture.ts'
import { RecursiveTree } from '../support/ledger-recursive.ts'

const pathsOf = (tiles: Iterable<Tile>) =>
  [...tiles].map(({ level, index, width }) => tilePath(level, index, width))

describe('paths', () => {
  test.each<[Parameters<typeof tilePath>, string]>([
    [[0, 5], 'tile/0/005'],
    [[0, 1_234_067], 'tile/0/x001/x234/067'],
    [[0, 999], 'tile/0/999'],
    [[1, 1000], 'tile/1/x001/000'],
    [[0, 273, 112], 'tile/0/273.p/112'],
    [['entries', 1_000_000, 1], 'tile/entries/x001/x000/000.p/1'],
    [[2, 0, 256], 'tile/2/000'],
    [[0, 2 ** 45], 'tile/0/x035/x184/x372/x088/832'],
  ])('%j', (tile, path) => {
    expect(tilePath(...tile)).toBe(path)
  })

  test('a ledger of 70,000', () => {
    const paths = pathsOf(tilesOf(70_000))
    const hashes = paths.filter((path) => !path.startsWith('tile/entries/'))
    expect(hashes.filter((path) => /^tile\/0\/\d{3}$/.test(path))).toHaveLength(273)
    expect(hashes.slice(272)).toEqual([
      'tile/0/272',
      'tile/0/273.p/112',
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ])
    const bundles = paths.slice(0, 274)
    expect(bundles.map((path) => path.replace('entries', '0'))).toEqual(hashes.slice(0, 274))
    expect(paths).toHaveLength(274 + 277)
  })

  test.each<[number, readonly string[]]>([
    [0, []],
    [1, ['tile/entries/000.p/1', 'tile/0/000.p/1']],
    [255, ['tile/entries/000.p/255', 'tile/0/000.p/255']],
    [256, ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']],
  ])('a ledger of %d', (size, paths) => {
    expect(pathsOf(tilesOf(size))).toEqual(paths)
  })

  test('what a larger size adds is what the smaller one had not', () => {
    const size = fc.integer({ min: 0, max: 200_000 })
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const before = new Set(pathsOf(tilesOf(from)))
        const added = pathsOf(tilesOf(to)).filter((path) => !before.has(path))
        expect(pathsOf(tilesOf(to, from))).toEqual(added)
      }),
      { numRuns: 50 },
    )
  })

  test('widths at 2^53 - 1', () => {
    expect(tileWidths(2 ** 53 - 1)).toEqual([
      2 ** 53 - 1,
      2 ** 45 - 1,
      2 ** 37 - 1,
      2 ** 29 - 1,
      2 ** 21 - 1,
      2 ** 13 - 1,
      31,
    ])
  })
})

describe('entry bundles', () => {
  test('there and back', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 })
    fc.assert(
      fc.property(entries, (list) => {
        expect(decodeEntryBundle(encodeEntryBundle(list), list.length)).toEqual(list)
      }),
    )
    const longest = [new Uint8Array(65_535).fill(1), utf8('x')]
    expect(decodeEntryBundle(encodeEntryBundle(longest), 2)).toEqual(longest)
  })

  test('the length stands before the entry, high byte first', () => {
    const bundle = encodeEntryBundle([new Uint8Array(258).fill(7), utf8('a')])
    expect(bundle.subarray(0, 3)).toEqual(Uint8Array.of(1, 2, 7))
    expect(bundle.subarray(-3)).toEqual(Uint8Array.of(0, 1, 0x61))
  })

  const bundle = encodeEntryBundle([utf8('one'), utf8('three')])
  test.each<[string, Uint8Array, number, string]>([
    ['nothing', new Uint8Array(0), 1, 'bundleShort'],
    ['half a length', bundle.slice(0, 6), 2, 'bundleShort'],
    ['an entry cut', bundle.slice(0, -1), 2, 'bundleShort'],
    ['an entry missing', bundle.slice(0, 5), 2, 'bundleShort'],
    ['an entry too many', bundle, 1, 'bundleLong'],
    ['a byte too many', concatBytes(bundle, [0]), 2, 'bundleLong'],
    ['something where nothing is due', Uint8Array.of(0), 0, 'bundleLong'],
  ])('refused: %s', (_, bytes, width, code) => {
    expect(() => decodeEntryBundle(bytes, width)).toThrow(expect.objectContaining({ code }))
  })

  test('not written: what could not be read', () => {
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
    expect(() => encodeEntryBundle(Array(257).fill(utf8('a')))).toThrow(RangeError)
  })
})

describe('hash tiles', () => {
  const SIZE = 66_000
  const data = Array.from({ length: SIZE }, (_, i) => utf8(`entry ${i}`))
  const nodes = nodesOf(c, data)

  function filesOf(size: number): Map<string, Uint8Array> {
    const files = new Map<string, Uint8Array>()
    for (const { level, index, width } of tilesOf(size)) {
      if (level === 'entries') continue
      files.set(tilePath(level, index, width), encodeHashTile({ level, index, width }, nodes))
    }
    return files
  }

  test('hold what the definition says', () => {
    const files = filesOf(600)
    expect([...files.keys()]).toEqual([
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/88',
      'tile/1/000.p/2',
    ])
    const leaves = data.slice(512, 600).map((entry) => leafHash(c, entry))
    expect(files.get('tile/0/002.p/88')).toEqual(concatBytes(...leaves))
    const subtrees = [0, 256].map((start) =>
      new RecursiveTree(data.slice(start, start + 256)).root(256),
    )
    expect(files.get('tile/1/000.p/2')).toEqual(concatBytes(...subtrees))
  })

  test.each([1, 2, 255, 256, 257, 600, SIZE])('proofs from the tiles of %d entries', (size) => {
    const files = filesOf(size)
    const read = tileNodeReader(c, (path) => files.get(path), size)
    const root = rootFromNodes(c, size, nodes)
    expect(rootFromNodes(c, size, read)).toEqual(root)
    const indexes = [0, 1, 254, 255, 256, 511, size >> 1, size - 2, size - 1]
    for (const index of indexes.filter((i) => i >= 0 && i < size)) {
      const leaf = leafHash(c, data[index] ?? utf8(''))
      const proof = inclusionProof(c, index, size, read)
      expect(verifyInclusion(c, { leaf, index, size, proof, root })).toBe(true)
      const from = index + 1
      const steps = consistencyProof(c, from, size, read)
      const fromRoot = rootFromNodes(c, from, nodes)
      const p = { from, fromRoot, to: size, toRoot: root, proof: steps }
      expect(verifyConsistency(c, p)).toBe(true)
    }
  })

  test('the full tile stands in for a partial one that is gone', () => {
    const files = new Map([...filesOf(300), ...filesOf(512)])
    expect(files.delete('tile/0/001.p/44')).toBe(true)
    const read = tileNodeReader(c, (path) => files.get(path), 300)
    expect(rootFromNodes(c, 300, read)).toEqual(rootFromNodes(c, 300, nodes))
  })

  test('what is not in the tree, or not in the files', () => {
    const files = filesOf(300)
    const read = tileNodeReader(c, (path) => files.get(path), 300)
    expect(read(0, 299)).toEqual(nodes(0, 299))
    expect(() => read(0, 300)).toThrow(RangeError)
    expect(() => read(1, 150)).toThrow(RangeError)
    expect(() => read(8, 1)).toThrow(RangeError)
    expect(() => read(16, 0)).toThrow(RangeError)
    files.delete('tile/0/001.p/44')
    files.set('tile/0/000', new Uint8Array(8191))
    const broken = tileNodeReader(c, (path) => files.get(path), 300)
    expect(() => broken(0, 256)).toThrow(TileError)
    expect(() => broken(0, 256)).toThrow(/tileMissing/)
    expect(() => broken(0, 0)).toThrow(/badTile/)
  })

  test('a node that is not complete has no tile', () => {
    expect(() =>
      encodeHashTile({ level: 1, index: 0, width: 256 }, nodesOf(c, data.slice(0, 300))),
    ).toThrow(/no node 8\/1/)
  })
})

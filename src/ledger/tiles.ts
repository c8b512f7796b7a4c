// The ledger as static files (C2SP tlog-tiles, height 8): hash tiles and entry bundles. A full
// file never changes, so a mirror, a cache or a USB stick serves as well as we do.
import { concatBytes } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'
import { FormatError } from './error.ts'
import { HASH_BYTES, nodeHash, type Hash, type NodeReader } from './merkle.ts'

export class TileError extends FormatError {}

export const TILE_WIDTH = 256
const TILE_HEIGHT = 8

/** `entries` for the bundles of raw entries, else the tile level, 8 tree levels each. */
export type TileLevel = number | 'entries'

export interface Tile {
  readonly level: TileLevel
  readonly index: number
  /** Hashes or entries in it, 1 to 256; below 256 the tile is partial. */
  readonly width: number
}

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits: 1234067 is x001/x234/067. */
export function tilePath(level: TileLevel, index: number, width = TILE_WIDTH): string {
  const groups: string[] = []
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? digits : `x${digits}`)
  }
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${groups.join('/')}${partial}`
}

/**
 * How many hashes each tile level holds for a tree of `size`: at L, floor(size / 256^L) complete
 * subtrees. Entry 0 is also the number of entries; as long as the tree is high.
 */
export function tileWidths(size: number): readonly number[] {
  const widths: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / TILE_WIDTH)) widths.push(rest)
  return widths
}

/**
 * Every tile of a tree of `size`: bundles first, then hash tiles by level. With `published`, the
 * size whose tiles are out already, only those that differ: complete since then, or wider.
 */
export function* tilesOf(size: number, published = 0): Generator<Tile> {
  const before = tileWidths(published)
  const levels = tileWidths(size)
  yield* tilesOfLevel('entries', size, published)
  for (const [level, hashes] of levels.entries()) {
    yield* tilesOfLevel(level, hashes, before[level] ?? 0)
  }
}

function* tilesOfLevel(level: TileLevel, hashes: number, published: number): Generator<Tile> {
  if (hashes === published) return
  for (let index = Math.floor(published / TILE_WIDTH); index * TILE_WIDTH < hashes; index++) {
    yield { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) }
  }
}

/** The bytes of a hash tile; `read` as a database answers it. */
export function encodeHashTile(
  tile: { level: number; index: number; width: number },
  read: NodeReader,
): Uint8Array {
  const bytes = new Uint8Array(tile.width * HASH_BYTES)
  for (let i = 0; i < tile.width; i++) {
    bytes.set(read(tile.level * TILE_HEIGHT, tile.index * TILE_WIDTH + i), i * HASH_BYTES)
  }
  return bytes
}

/** u16be length and bytes of each entry; throws a RangeError over 256 entries or 65,535 bytes. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new RangeError('more entries than a bundle holds')
  const parts = entries.flatMap((entry) => {
    if (entry.length > 0xffff) throw new RangeError('entry longer than a bundle can say')
    return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
  })
  return concatBytes(...parts)
}

/**
 * Inverse of encodeEntryBundle, for a bundle of `width` entries, which are views of `bytes`.
 * Throws a TileError when entries are missing, cut short or followed by anything.
 */
export function decodeEntryBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  for (let i = 0; i < width; i++) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    if (high === undefined || low === undefined) throw new TileError('bundleShort', `entry ${i}`)
    const end = at + 2 + ((high << 8) | low)
    if (end > bytes.length) throw new TileError('bundleShort', `entry ${i} is cut`)
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  if (at !== bytes.length) throw new TileError('bundleLong', `${bytes.length - at} bytes left over`)
  return entries
}

/**
 * A reader of the nodes of a tree of `size` out of its published tiles: what a client needs for
 * proofs. The tiles are not checked: a proof from them either verifies or it does not. Throws a
 * TileError `tileMissing` or `badTile`; a partial tile may have been replaced by the full one.
 */
export function tileNodeReader(
  c: LedgerCrypto,
  read: (path: string) => Uint8Array | undefined,
  size: number,
): NodeReader {
  const widths = tileWidths(size)
  // One tile a level: a proof walks up the tree and comes back to the same tiles.
  const last = new Map<number, { index: number; hashes: Uint8Array }>()

  function hashesOf(level: number, index: number): Uint8Array {
    const cached = last.get(level)
    if (cached?.index === index) return cached.hashes
    const width = Math.min(TILE_WIDTH, (widths[level] ?? 0) - index * TILE_WIDTH)
    if (width <= 0) throw new RangeError(`no tile ${level}/${index} in a tree of ${size}`)
    const hashes = readTile(read, { level, index, width })
    last.set(level, { index, hashes })
    return hashes
  }

  return (level, index) => {
    const above = level % TILE_HEIGHT
    const count = 2 ** above
    const first = index * count
    const hashes = hashesOf((level - above) / TILE_HEIGHT, Math.floor(first / TILE_WIDTH))
    const start = (first % TILE_WIDTH) * HASH_BYTES
    if (start + count * HASH_BYTES > hashes.length) {
      throw new RangeError(`no complete node ${level}/${index} in a tree of ${size}`)
    }
    return subtreeHash(c, hashes.subarray(start, start + count * HASH_BYTES))
  }
}

function readTile(read: (path: string) => Uint8Array | undefined, tile: Tile): Uint8Array {
  const { level, index, width } = tile
  const path = tilePath(level, index, width)
  const exact = read(path)
  const bytes = exact ?? read(tilePath(level, index))
  if (bytes === undefined) throw new TileError('tileMissing', path)
  const due = exact === undefined ? TILE_WIDTH : width
  if (bytes.length !== due * HASH_BYTES) throw new TileError('badTile', path)
  return bytes.subarray(0, width * HASH_BYTES)
}

function subtreeHash(c: LedgerCrypto, hashes: Uint8Array): Hash {
  if (hashes.length === HASH_BYTES) return hashes.slice()
  const half = hashes.length / 2
  return nodeHash(
    c,
    subtreeHash(c, hashes.subarray(0, half)),
    subtreeHash(c, hashes.subarray(half)),
  )
}

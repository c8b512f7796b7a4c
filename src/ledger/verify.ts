// Verifies an exported ledger with nothing but its public key: every entry hashed again, every
// hash tile compared, the root held against the signed checkpoint, and that against an outside
// one. Removing the newest entries together with their checkpoint shows only in the last step.
import { EntryAuditor } from './auditor.ts'
import { equalBytes, fromUtf8, toHex } from './bytes.ts'
import { openCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { LedgerCrypto } from './crypto.ts'
import { FormatError } from './error.ts'
import { HASH_BYTES, type TreeNode } from './merkle.ts'
import { parseVkey, type VerifierKey } from './note.ts'
import { decodeEntryBundle, TILE_WIDTH, tilePath, type Tile } from './tiles.ts'
import type { Violation, ViolationCode } from './violation.ts'

export interface ExportSource {
  /** The bytes at a path such as `checkpoint` or `tile/0/000.p/20`; undefined if not there. */
  read(path: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  /** The ledger's public key, pinned by whoever verifies: never taken from the export. */
  readonly vkey: string
  /** A signed checkpoint of this ledger that somebody else has kept. */
  readonly against?: string
}

export interface Progress {
  /** Entries read so far; ends below `size` if the rest could not be read. */
  readonly verified: number
  /** Entries the checkpoint speaks for; 0 if there is no valid one. */
  readonly size: number
  /** Found since the last step. */
  readonly violations: readonly Violation[]
}

/**
 * Yields after every 256 entries and once at the end. The ledger is whole if no step held a
 * violation. Throws a NoteError if `vkey` is not a key, and whatever `read` throws.
 */
export async function* verifyExport(
  c: LedgerCrypto,
  source: ExportSource,
): AsyncGenerator<Progress, void, undefined> {
  const key = parseVkey(c, source.vkey)
  const findings = new Findings(key.name)
  const outside =
    source.against === undefined
      ? undefined
      : open(c, source.against, { key, findings, code: 'outsideInvalid' })
  const checkpoint = await readCheckpoint(c, source, { key, findings })
  if (checkpoint === undefined) {
    yield { verified: 0, size: 0, violations: findings.take() }
    return
  }

  const { size } = checkpoint
  const tiles = new TileRows()
  const auditor = new EntryAuditor(c, key.name, (node) => tiles.add(node))
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const entries = await readBundle(source, { level: 'entries', index, width }, findings)
    if (entries === undefined) break
    for (const entry of entries) {
      findings.add(auditor.next(entry))
      if (auditor.size === outside?.size) compareRoot(auditor, outside, 'historyChanged', findings)
    }
    for (const tile of tiles.takeFull()) await compareTile(source, tile, findings)
    yield { verified: auditor.size, size, violations: findings.take() }
  }
  if (auditor.size === size) {
    for (const tile of tiles.takePartial()) await compareTile(source, tile, findings)
    compareRoot(auditor, checkpoint, 'rootMismatch', findings)
  }
  if (outside !== undefined && outside.size > size) {
    findings.report('ledgerShortened', `${size} ≠ ${outside.size}`)
  }
  yield { verified: auditor.size, size, violations: findings.take() }
}

class Findings {
  readonly #ledger: string
  #violations: Violation[] = []

  constructor(ledger: string) {
    this.#ledger = ledger
  }

  report(code: ViolationCode, detail: string): void {
    this.#violations.push({ code, ledger: this.#ledger, detail })
  }

  add(violations: readonly Violation[]): void {
    for (const violation of violations) this.#violations.push(violation)
  }

  take(): readonly Violation[] {
    const taken = this.#violations
    this.#violations = []
    return taken
  }
}

async function readCheckpoint(
  c: LedgerCrypto,
  source: ExportSource,
  to: { key: VerifierKey; findings: Findings },
): Promise<Checkpoint | undefined> {
  const bytes = await source.read('checkpoint')
  if (bytes === undefined) {
    to.findings.report('checkpointMissing', 'checkpoint')
    return undefined
  }
  return open(c, bytes, { ...to, code: 'checkpointInvalid' })
}

function open(
  c: LedgerCrypto,
  note: Uint8Array | string,
  to: { key: VerifierKey; findings: Findings; code: ViolationCode },
): Checkpoint | undefined {
  try {
    return openCheckpoint(c, typeof note === 'string' ? note : fromUtf8(note), to.key)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    to.findings.report(to.code, error.code)
    return undefined
  }
}

// Without a bundle's entries nothing after them has a place, so undefined ends the reading.
async function readBundle(
  source: ExportSource,
  tile: Tile,
  findings: Findings,
): Promise<readonly Uint8Array[] | undefined> {
  const { bytes, width, path } = await readTile(source, tile)
  if (bytes === undefined) {
    findings.report('bundleMissing', path)
    return undefined
  }
  try {
    return decodeEntryBundle(bytes, width).slice(0, tile.width)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    findings.report('bundleMalformed', `${path} ${error.code}`)
    return undefined
  }
}

async function compareTile(source: ExportSource, tile: HashTile, findings: Findings) {
  const { bytes, width, path } = await readTile(source, tile)
  if (bytes === undefined) findings.report('tileMissing', path)
  else if (
    bytes.length !== width * HASH_BYTES ||
    !equalBytes(bytes.subarray(0, tile.hashes.length), tile.hashes)
  ) {
    findings.report('tileMismatch', path)
  }
}

// A log may drop a partial tile once the full one is out; its beginning is the partial one.
async function readTile(source: ExportSource, { level, index, width }: Tile) {
  const path = tilePath(level, index, width)
  const bytes = await source.read(path)
  if (bytes !== undefined || width === TILE_WIDTH) return { bytes, width, path }
  return { bytes: await source.read(tilePath(level, index)), width: TILE_WIDTH, path }
}

function compareRoot(
  auditor: EntryAuditor,
  checkpoint: Checkpoint,
  code: ViolationCode,
  findings: Findings,
): void {
  const root = auditor.root()
  if (equalBytes(root, checkpoint.root)) return
  findings.report(code, `${auditor.size}: ${toHex(root)} ≠ ${toHex(checkpoint.root)}`)
}

interface HashTile extends Tile {
  readonly hashes: Uint8Array
}

/** Gathers the recomputed nodes into tiles, one open tile a level: 8 KiB each. */
class TileRows {
  readonly #rows: { index: number; width: number; hashes: Uint8Array }[] = []
  #full: HashTile[] = []

  add({ level: treeLevel, index, hash }: TreeNode): void {
    if (treeLevel % 8 !== 0) return
    const level = treeLevel / 8
    const row = (this.#rows[level] ??= {
      index: 0,
      width: 0,
      hashes: new Uint8Array(TILE_WIDTH * HASH_BYTES),
    })
    row.hashes.set(hash, (index % TILE_WIDTH) * HASH_BYTES)
    row.width = (index % TILE_WIDTH) + 1
    row.index = Math.floor(index / TILE_WIDTH)
    if (row.width < TILE_WIDTH) return
    this.#full.push({ level, index: row.index, width: TILE_WIDTH, hashes: row.hashes.slice() })
    row.width = 0
  }

  takeFull(): readonly HashTile[] {
    const full = this.#full
    this.#full = []
    return full
  }

  takePartial(): readonly HashTile[] {
    return this.#rows.flatMap(({ index, width, hashes }, level) =>
      width === 0 ? [] : [{ level, index, width, hashes: hashes.subarray(0, width * HASH_BYTES) }],
    )
  }
}

// A ledger for others: as static files (tlog-tiles), or one entry as a proof file. Both verify with
// software that is not ours.
import { existsSync } from 'node:fs'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Origin } from '../domain/ids.ts'
import type { Sentence } from '../domain/language.ts'
import { fillBoth } from '../domain/language.ts'
import { equalBytes, utf8 } from '../ledger/bytes.ts'
import { openCheckpoint } from '../ledger/checkpoint.ts'
import type { LedgerCrypto } from '../ledger/crypto.ts'
import { FormatError } from '../ledger/error.ts'
import { inclusionProof, rootFromNodes } from '../ledger/merkle.ts'
import { parseVkey } from '../ledger/note.ts'
import { writeProof } from '../ledger/proof-file.ts'
import { encodeEntryBundle, encodeHashTile, type Tile, tilePath, tilesOf } from '../ledger/tiles.ts'
import { type Progress, verifyExport } from '../ledger/verify.ts'
import { makeFolder } from './folders.ts'
import { openTar } from './tar.ts'
import type { LedgerReads, StoredCheckpoint } from './read/port.ts'

const faults = {
  ledgerEmpty: {
    zh: '账本{origin}还没有记录',
    en: 'The ledger {origin} has no entries yet',
  },
  exportOfAnother: {
    zh: '{folder} 里是另一个账本或另一段历史的导出，不会覆盖',
    en: '{folder} holds the export of another ledger or another history; it is not overwritten',
  },
} as const satisfies Record<string, Sentence>

/** Nothing was written. */
export class ExportRefused extends Error {
  readonly code: keyof typeof faults
  readonly sentence: Sentence

  constructor(code: keyof typeof faults, params: Readonly<Record<string, string>>) {
    const sentence = fillBoth(faults[code], params)
    super(`${code}: ${sentence.en}`)
    this.code = code
    this.sentence = sentence
  }
}

export interface ExportOptions {
  readonly crypto: LedgerCrypto
  readonly reads: LedgerReads
  readonly origin: Origin
  readonly vkey: string
  readonly folder: string
  readonly onProgress?: (done: number, of: number) => void
}

export interface Exported {
  readonly origin: Origin
  readonly size: number
  readonly files: number
}

const TILE = 256

const pathOf = ({ level, index, width }: Tile): string => tilePath(level, index, width)

/**
 * Writes `checkpoint`, `vkey`, `tile/**` and `tile/entries/**` of the newest checkpoint. Doing it again writes only what is
 * new. The checkpoint comes last: a crash before leaves the files of an older one, whole.
 * @throws ExportRefused
 */
export async function exportLedger(options: ExportOptions): Promise<Exported> {
  const { crypto, reads, origin, vkey, folder, onProgress } = options
  const head = newest(reads, origin)
  const before = await published(options)
  // a key that does not fit would make every reader refuse: better now than there
  openCheckpoint(crypto, head.note, parseVkey(crypto, vkey))
  const tiles = [...tilesOf(head.size)]
  const fresh = new Set([...tilesOf(head.size, before)].map(pathOf))
  await write(join(folder, 'vkey'), utf8(`${vkey}\n`))
  for (const [done, tile] of tiles.entries()) {
    const path = join(folder, pathOf(tile))
    if (fresh.has(pathOf(tile)) || !existsSync(path)) await write(path, tileBytes(options, tile))
    onProgress?.(done + 1, tiles.length)
  }
  await write(join(folder, 'checkpoint'), utf8(head.note), { durable: true })
  return { origin, size: head.size, files: tiles.length + 2 }
}

/**
 * One entry with its way to the root and the signed checkpoint: a single file that convinces whoever holds the public key.
 * @throws ExportRefused, RangeError when there is no such entry
 */
export function proofOf(
  crypto: LedgerCrypto,
  reads: LedgerReads,
  { origin, seq }: { readonly origin: Origin; readonly seq: number },
): string {
  const { size, note } = newest(reads, origin)
  const [entryBytes] = reads.entries(origin, seq, seq + 1)
  if (entryBytes === undefined || seq >= size) throw new RangeError(`${seq} of ${size}`)
  const proof = inclusionProof(crypto, seq, size, reads.nodes(origin))
  return writeProof({ index: seq, proof, checkpointNote: note, entryBytes })
}

/** Verifies an export lying in a folder, or packed in one file; the same steps as for one read over a network. */
export async function* verifyFolder(
  crypto: LedgerCrypto,
  place: string,
  trusted: { readonly vkey: string; readonly against?: string },
): AsyncGenerator<Progress, void, undefined> {
  const packed = await openTar(place)
  try {
    const read = (path: string) => packed?.read(path) ?? readIfThere(join(place, path))
    yield* verifyExport(crypto, { ...trusted, read })
  } finally {
    await packed?.close()
  }
}

export interface ExportFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * The files of an export as it stands now, one after another; what is recorded meanwhile changes none of them. The checkpoint
 * comes last: whoever has it has them all.
 * @throws ExportRefused
 */
export function* exportedFiles(
  options: Pick<ExportOptions, 'reads' | 'origin' | 'vkey'>,
): Generator<ExportFile, void, undefined> {
  const head = newest(options.reads, options.origin)
  yield { path: 'vkey', bytes: utf8(`${options.vkey}\n`) }
  for (const tile of tilesOf(head.size))
    yield { path: pathOf(tile), bytes: tileBytes(options, tile) }
  yield { path: 'checkpoint', bytes: utf8(head.note) }
}

function newest(reads: LedgerReads, origin: Origin): StoredCheckpoint {
  const head = reads.checkpoint(origin)
  if (head === undefined) throw new ExportRefused('ledgerEmpty', { origin })
  return head
}

/** The size exported before, if the folder holds an earlier state of this very ledger. */
async function published(options: ExportOptions): Promise<number> {
  const { crypto, reads, origin, vkey, folder } = options
  const bytes = await readIfThere(join(folder, 'checkpoint'))
  if (bytes === undefined) return 0
  const refused = new ExportRefused('exportOfAnother', { folder })
  try {
    const text = new TextDecoder().decode(bytes)
    const { size, root } = openCheckpoint(crypto, text, parseVkey(crypto, vkey))
    const here = reads.checkpoint(origin)?.size ?? 0
    if (size > here) throw refused
    if (!equalBytes(rootFromNodes(crypto, size, reads.nodes(origin)), root)) throw refused
    return size
  } catch (error) {
    if (error instanceof FormatError) throw refused
    throw error
  }
}

function tileBytes(
  { reads, origin }: Pick<ExportOptions, 'reads' | 'origin'>,
  { level, index, width }: Tile,
): Uint8Array {
  const from = index * TILE
  return level === 'entries'
    ? encodeEntryBundle(reads.entries(origin, from, from + width))
    : encodeHashTile({ level, index, width }, reads.nodes(origin))
}

/** Whole or not at all: a crash leaves a `.tmp` that nobody reads. */
async function write(
  path: string,
  bytes: Uint8Array,
  { durable = false }: { readonly durable?: boolean } = {},
): Promise<void> {
  makeFolder(dirname(path))
  const temporary = `${path}.${process.pid}.tmp`
  await writeFile(temporary, bytes)
  if (durable) {
    const file = await open(temporary, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  }
  await rename(temporary, path)
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const gone = error instanceof Error && 'code' in error
    if (gone && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined
    throw error
  }
}

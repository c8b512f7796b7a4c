import { posix } from 'node:path'
import type { Journal } from './powercut-journal.ts'
import { applyChange, applyNames, isFolder, Replay } from './powercut-replay.ts'
import type { FileNode, FolderNode } from './powercut-replay.ts'

/** A disk writes a sector whole or not at all; anything larger may tear. Bytes. */
export const sectorSize = 512

/**
 * What becomes of the changes no fsync has confirmed:
 * dropped, all of them; kept, all of them (what kill -9 leaves); ordered: those before one point,
 * the change at that point torn; reordered: any, each whole; torn: any sectors of any.
 */
export const cutModes = ['dropped', 'kept', 'ordered', 'reordered', 'torn'] as const
export type CutMode = (typeof cutModes)[number]

export interface Cut {
  /** How many records were made when the power failed; default: all. */
  readonly at?: number
  readonly seed: number
  /** Default: drawn from the seed. */
  readonly mode?: CutMode
}

/** What stands on the disk after the cut, by path relative to the watched directory. */
export interface Disk {
  readonly mode: CutMode
  /** Parents first. */
  readonly folders: readonly string[]
  readonly files: ReadonlyMap<string, Buffer>
}

/**
 * One disk a power cut can leave. What was fsynced is kept: content by an fsync of the file, names
 * only by one of their directory. The seed decides on the rest, within what disks do: a sector
 * holds one of the versions it had since the last fsync; a file may have grown without its data
 * (zeros); the names of one directory change in order. SQLite's -shm files are left out: it
 * rebuilds them.
 */
export function diskAfterCut(journal: Journal, cut: Cut): Disk {
  const { root, nodes } = new Replay(journal, cut.at ?? journal.records.length)
  const draw = drawsOf(cut.seed)
  const mode = cut.mode ?? pick(cutModes, draw)
  const fate = fateOf(
    mode,
    nodes.flatMap(({ pending }) => pending.map(({ seq }) => seq)),
    draw,
  )
  const folders: string[] = []
  const files = new Map<string, Buffer>()
  const collect = (folder: FolderNode, path: string): void => {
    for (const [name, node] of survivingNames(folder, fate)) {
      const child = posix.join(path, name)
      if (isFolder(node)) {
        folders.push(child)
        collect(node, child)
      } else if (!name.endsWith('-shm')) {
        files.set(child, survivingContent(node, fate))
      }
    }
  }
  collect(root, '')
  return { mode, folders, files }
}

/** `count` cuts, seeded, each at any moment of the journal. */
export function cutsAnywhere(journal: Journal, count: number): Cut[] {
  return Array.from({ length: count }, (_, seed) => {
    const moment = drawsOf(seed ^ 0x5bd1e995)()
    return { seed, at: Math.floor(moment * (journal.records.length + 1)) }
  })
}

/** A cut right after each acknowledgement that leaves only what was fsynced by then. */
export function cutsAfterAcks(journal: Journal): Cut[] {
  return journal.records.flatMap((record, index) =>
    record.op === 'ack' ? [{ seed: 0, at: index + 1, mode: 'dropped' as const }] : [],
  )
}

interface Fate {
  /** Does the next sector of the change with this seq reach the disk? */
  readonly keepsSector: (seq: number) => boolean
  /** Does the file's new length, though its data may not? */
  readonly keepsLength: () => boolean
  /** How many of these changes of names, in order, do? */
  readonly keepsNames: (seqs: readonly number[]) => number
}

function fateOf(mode: CutMode, seqs: readonly number[], draw: () => number): Fate {
  const odds = pick([0.1, 0.5, 0.9], draw)
  const coin = () => draw() < odds
  const some = (changes: readonly number[]) => Math.floor(draw() * (changes.length + 1))
  const whole = new Map<number, boolean>()
  const last = pick([...seqs, Infinity], draw)
  switch (mode) {
    case 'dropped':
      return { keepsSector: () => false, keepsLength: () => false, keepsNames: () => 0 }
    case 'kept':
      return { keepsSector: () => true, keepsLength: () => true, keepsNames: (all) => all.length }
    case 'ordered':
      return {
        keepsSector: (seq) => seq < last || (seq === last && coin()),
        keepsLength: () => false,
        keepsNames: (all) => all.filter((seq) => seq < last).length,
      }
    case 'reordered':
      return {
        keepsSector: (seq) => {
          const kept = whole.get(seq) ?? coin()
          whole.set(seq, kept)
          return kept
        },
        keepsLength: coin,
        keepsNames: some,
      }
    case 'torn':
      return { keepsSector: coin, keepsLength: coin, keepsNames: some }
  }
}

function survivingNames(folder: FolderNode, fate: Fate): Map<string, FolderNode | FileNode> {
  const names = new Map(folder.durable)
  const kept = fate.keepsNames(folder.pending.map(({ seq }) => seq))
  for (const change of folder.pending.slice(0, kept)) applyNames(names, change)
  return names
}

function survivingContent(file: FileNode, fate: Fate): Buffer {
  const content = file.durable.copy()
  const live = file.durable.copy()
  // A sector the disk missed once keeps its old bytes: a later version held the earlier ones too.
  const missed = new Set<number>()
  for (const change of file.pending) {
    applyChange(live, change)
    if ('size' in change) {
      if (fate.keepsSector(change.seq)) content.resize(change.size)
      continue
    }
    for (const [sector, at, bytes] of sectorsOf(change)) {
      if (!missed.has(sector) && fate.keepsSector(change.seq)) content.write(at, bytes)
      else missed.add(sector)
    }
  }
  if (live.size > content.size && fate.keepsLength()) content.resize(live.size)
  return content.read()
}

/** The parts of a write, cut where sectors meet. */
function* sectorsOf(write: { at: number; bytes: Buffer }): Generator<[number, number, Buffer]> {
  const end = write.at + write.bytes.length
  for (let at = write.at; at < end;) {
    const sector = Math.floor(at / sectorSize)
    const next = Math.min((sector + 1) * sectorSize, end)
    yield [sector, at, write.bytes.subarray(at - write.at, next - write.at)]
    at = next
  }
}

/** Mulberry32: the same seed gives the same draws, in [0, 1), on every machine. */
function drawsOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function pick<T>(choices: readonly T[], draw: () => number): T {
  const choice = choices[Math.floor(draw() * choices.length)]
  if (choice === undefined) throw new Error('pick: nothing to choose from')
  return choice
}

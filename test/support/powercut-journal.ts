import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the shim saw: one call that changes a disk, one fsync, or one acknowledgement. Paths are
 *  relative to the watched directory, which is ''; files are told apart by inode. */
export type JournalRecord =
  | { readonly op: 'write'; readonly inode: bigint; readonly at: number; readonly bytes: Buffer }
  | { readonly op: 'truncate'; readonly inode: bigint; readonly size: number }
  | { readonly op: 'create' | 'mkdir'; readonly inode: bigint; readonly path: string }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'rename'; readonly path: string; readonly to: string }
  | { readonly op: 'sync'; readonly inode: bigint; readonly path: string }
  | { readonly op: 'ack'; readonly text: string }
  | { readonly op: 'cut' }

/** A file, or (`bytes` null) a directory, found below the watched directory. */
export interface Found {
  readonly path: string
  readonly inode: bigint
  readonly bytes: Buffer | null
}

export interface Journal {
  /** The watched directory before the run, parents first: taken as durable. */
  readonly before: readonly Found[]
  /** In the one order in which they happened. */
  readonly records: readonly JournalRecord[]
}

/** Position = number on the wire (`enum op` of test/powercut/powercut.c). */
const wireOps = [
  '',
  'write',
  'truncate',
  'create',
  'mkdir',
  'remove',
  'rename',
  'sync',
  'ack',
  'cut',
]
const headerLength = 32
const magic = 0x31435750

/** The number of `op` for POWERCUT_CUT. */
export const wireNumber = (op: JournalRecord['op']): number => wireOps.indexOf(op)

/**
 * Reads the bytes the shim appended. A record cut short at the very end is left out: the process
 * was killed from outside while writing it, so nobody was told of it.
 * @throws when bytes that are no record stand anywhere else
 */
export function parseJournal(bytes: Buffer, root: string): JournalRecord[] {
  const records: JournalRecord[] = []
  for (let start = 0; start + headerLength <= bytes.length;) {
    if (bytes.readUInt32LE(start) !== magic) throw new Error(`journal: no record at byte ${start}`)
    const payload = start + headerLength
    const end = payload + Number(bytes.readBigUInt64LE(start + 24))
    if (end > bytes.length) break
    records.push(parseRecord(bytes.subarray(start, payload), bytes.subarray(payload, end), root))
    start = end
  }
  return records
}

function parseRecord(header: Buffer, payload: Buffer, root: string): JournalRecord {
  const op = wireOps[header.readUInt32LE(4)]
  const inode = header.readBigUInt64LE(8)
  const number = Number(header.readBigUInt64LE(16))
  const paths = () => payload.toString().split('\0')
  const path = () => below(root, paths()[0])
  switch (op) {
    case 'write':
      return { op, inode, at: number, bytes: payload }
    case 'truncate':
      return { op, inode, size: number }
    case 'create':
    case 'mkdir':
    case 'sync':
      return { op, inode, path: path() }
    case 'remove':
      return { op, path: path() }
    case 'rename':
      return { op, path: path(), to: below(root, paths()[1]) }
    case 'ack':
      return { op, text: payload.toString() }
    case 'cut':
      return { op }
    default:
      throw new Error(`journal: unknown operation ${header.readUInt32LE(4)}`)
  }
}

function below(root: string, path: string | undefined): string {
  if (path === root) return ''
  if (path?.startsWith(`${root}/`) === true) return path.slice(root.length + 1)
  throw new Error(`journal: not modelled: a rename across the watched directory (${path})`)
}

/** Everything below `root`, itself first (path ''), parents before children. */
export function readTree(root: string, path = ''): Found[] {
  const here = join(root, path)
  const { ino: inode } = statSync(here, { bigint: true })
  const found: Found[] = [{ path, inode, bytes: null }]
  for (const name of readdirSync(here).toSorted()) {
    const child = join(path, name)
    const stat = statSync(join(root, child), { bigint: true })
    if (stat.isDirectory()) found.push(...readTree(root, child))
    else found.push({ path: child, inode: stat.ino, bytes: readFileSync(join(root, child)) })
  }
  return found
}

/** The whole lines the child had written to stdout when the first `at` records were made. */
export function acknowledged(journal: Journal, at = journal.records.length): string[] {
  const texts = journal.records
    .slice(0, at)
    .map((record) => (record.op === 'ack' ? record.text : ''))
  return texts.join('').split('\n').slice(0, -1)
}

/** How often files (or directories) whose path matches were fsynced in the first `at` records; the
 *  watched directory itself has the path ''. */
export function countSyncs(journal: Journal, path = /^/, at = journal.records.length): number {
  const seen = journal.records.slice(0, at)
  return seen.filter((record) => record.op === 'sync' && path.test(record.path)).length
}

// Heads kept outside the database, on a second medium: they tell at the next start that a file was
// rolled back or forked (ledger-format §16). Every head is kept, one append-only file a ledger.
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Origin, originSchema } from '../src/domain/ids.ts'
import { parseCheckpointText } from '../src/ledger/checkpoint.ts'
import { FormatError } from '../src/ledger/error.ts'
import { frameHead, headsIn } from '../src/ledger/kept-heads.ts'
import { splitNote } from '../src/ledger/note.ts'

export interface KeptHead {
  readonly origin: Origin
  /** 0 where the note does not tell. */
  readonly size: number
  /** The signed checkpoint. */
  readonly note: string
}

export interface HeadsGuard {
  /**
   * The last heads kept of every ledger, the largest first. Several, because two processes may
   * have written theirs in either order.
   */
  newest(): Promise<readonly KeptHead[]>
  /**
   * Called after COMMIT only: no head is ever kept of what was not committed. Returns at once; what
   * gathers while the medium is busy is written, whole and in order, with one fsync.
   */
  keep(head: KeptHead): void
  /** Keeps heads that were committed while the medium was away, or just before a crash. */
  catchUp(heads: Iterable<KeptHead>): Promise<void>
  /** Resolves when every head is on the medium, or the medium has failed once more. */
  close(): Promise<void>
}

/** Heads of one ledger that may wait for a medium that is away; about 3 MB. */
export const WAITING_MAX = 10_000
/** Written with one fsync at most. */
const BURST_MAX = 1_000
/** A dozen heads. */
const TAIL = 4096

interface Waiting {
  heads: KeptHead[]
  /** Too many waited: what follows would leave a gap, so it is left to the next start. */
  overflown: boolean
}

/**
 * `<directory>/<origin, / as _>.heads`. `behind` tells that heads wait for a medium that failed.
 * `onFault` hears of a medium that cannot be written: the ledger goes on, what could not be kept is
 * tried again with the next head, and after a restart it is taken from the database.
 */
export function openHeads(
  directory: string,
  onFault: (error: unknown) => void,
): HeadsGuard & { readonly behind: () => boolean } {
  const writer = new HeadsWriter(directory)
  const ledgers = new Map<Origin, Waiting>()
  let faulty = false
  let writing: Promise<void> | undefined
  const drain = async (): Promise<boolean> => {
    let whole = true
    for (const [origin, waiting] of ledgers) {
      try {
        await writer.drain(origin, waiting)
      } catch (error) {
        whole = false
        onFault(error)
      }
    }
    faulty = !whole
    return whole
  }
  // After a fault the next head starts it again, not the fault: a medium that is away stays so.
  const start = (): void => {
    writing ??= drain().then((whole) => {
      writing = undefined
      if (whole && anyWaits(ledgers)) start()
    })
  }
  return {
    newest: () => readNewest(directory),
    behind: () => faulty || [...ledgers.values()].some(({ overflown }) => overflown),
    keep(head) {
      const waiting = ledgers.get(head.origin) ?? { heads: [], overflown: false }
      ledgers.set(head.origin, waiting)
      waiting.overflown ||= waiting.heads.length >= WAITING_MAX
      if (!waiting.overflown) waiting.heads.push(head)
      start()
    },
    async catchUp(heads) {
      try {
        for (const burst of bursts(heads)) await writer.append(burst[0].origin, burst)
      } catch (error) {
        faulty = true
        onFault(error)
      }
    },
    async close() {
      await writing
      if (anyWaits(ledgers)) start()
      while (writing !== undefined) await writing
    },
  }
}

const anyWaits = (ledgers: ReadonlyMap<Origin, Waiting>): boolean =>
  [...ledgers.values()].some(({ heads }) => heads.length > 0)

/** Of one ledger each. */
function* bursts(heads: Iterable<KeptHead>): Generator<[KeptHead, ...KeptHead[]]> {
  let burst: [KeptHead, ...KeptHead[]] | undefined
  for (const head of heads) {
    if (burst !== undefined && burst[0].origin === head.origin && burst.length < BURST_MAX) {
      burst.push(head)
      continue
    }
    if (burst !== undefined) yield burst
    burst = [head]
  }
  if (burst !== undefined) yield burst
}

class HeadsWriter {
  readonly #directory: string
  /** Files whose name is known to be on the medium. */
  readonly #named = new Set<string>()

  constructor(directory: string) {
    this.#directory = directory
  }

  async drain(origin: Origin, waiting: Waiting): Promise<void> {
    while (waiting.heads.length > 0) {
      const burst = waiting.heads.slice(0, BURST_MAX)
      await this.append(origin, burst)
      // Only now: a burst that failed stays first in the queue. A part of it may be on the medium;
      // a head kept twice does no harm.
      waiting.heads = waiting.heads.slice(burst.length)
    }
  }

  /**
   * One write, one fsync. A crash in between leaves an unfinished note at the end of the file,
   * which is not read. Opened anew for each burst: a medium that came back is another one.
   */
  async append(origin: Origin, heads: readonly KeptHead[]): Promise<void> {
    await makeFolder(this.#directory)
    const name = join(this.#directory, fileOf(origin))
    const file = await open(name, 'a')
    try {
      const fresh = (await file.stat()).size === 0
      await file.appendFile(heads.map(({ note }) => frameHead(note)).join(''))
      await file.sync()
      if (fresh || !this.#named.has(name)) await syncFolder(this.#directory)
      this.#named.add(name)
    } finally {
      await file.close()
    }
  }
}

/**
 * With every name on the way down: a folder whose parent was not synced may be gone after a power
 * cut, heads and all.
 */
async function makeFolder(folder: string): Promise<void> {
  // one by one: Node's way of making several at once never returns where one cannot be made (/proc)
  const path = resolve(folder)
  if (await madeOrThere(path)) return
  await makeFolder(dirname(path))
  await mkdir(path)
  await syncFolder(dirname(path))
}

/** False where what stands above it is not there. */
async function madeOrThere(path: string): Promise<boolean> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') return true
    if (code === 'ENOENT' && dirname(path) !== path) return false
    throw error
  }
  await syncFolder(dirname(path))
  return true
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readNewest(directory: string): Promise<KeptHead[]> {
  await makeFolder(directory)
  const heads: KeptHead[] = []
  for (const found of await readdir(directory, { withFileTypes: true })) {
    const origin = originOf(found.name)
    // A medium has files and folders of its own (lost+found).
    if (!found.isFile() || origin === undefined) continue
    const last = await lastNotes(join(directory, found.name))
    heads.push(...last.map((note) => ({ origin, size: sizeOf(note), note })))
  }
  return heads.toSorted((a, b) => b.size - a.size)
}

/** Whole notes at the end of the file, read backwards until there is one. */
async function lastNotes(path: string): Promise<readonly string[]> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    for (let length = TAIL; ; length *= 2) {
      const notes = headsIn(await readAt(file, Math.max(0, size - length), size))
      if (notes.length > 0 || length >= size) return notes
    }
  } finally {
    await file.close()
  }
}

async function readAt(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from)
  let read = 0
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

/** As the note says it; the guard verifies it. */
function sizeOf(note: string): number {
  try {
    return parseCheckpointText(splitNote(note).text).size
  } catch (error) {
    if (error instanceof FormatError) return 0
    throw error
  }
}

const SUFFIX = '.heads'
const fileOf = (origin: Origin): string => `${origin.replaceAll('/', '_')}${SUFFIX}`

function originOf(name: string): Origin | undefined {
  if (!name.endsWith(SUFFIX)) return undefined
  return originSchema.safeParse(name.slice(0, -SUFFIX.length).replaceAll('_', '/')).data
}

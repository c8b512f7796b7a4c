// Heads kept outside the database, on a second medium: they tell at the next start that a file was
// rolled back or forked (ledger-format §16). An append-only directory of the signed notes
// themselves.
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Origin, originSchema } from '../src/domain/ids.ts'

export interface KeptHead {
  readonly origin: Origin
  readonly size: number
  /** The signed checkpoint. */
  readonly note: string
}

export interface HeadsGuard {
  /** The newest head kept of every ledger. */
  newest(): Promise<readonly KeptHead[]>
  /**
   * Called after COMMIT only: no head is ever kept of what was not committed. Returns at once;
   * bursts are coalesced.
   */
  keep(head: KeptHead): void
  /** Resolves when the newest head of every ledger is on the medium. */
  close(): Promise<void>
}

/**
 * `<directory>/<origin, / as _>/<size, 16 digits>.note`. `onFault` hears of a medium that cannot be
 * written: the ledger goes on, but is guarded only up to the last head kept.
 */
export function openHeads(directory: string, onFault: (error: unknown) => void): HeadsGuard {
  const waiting = new Map<Origin, KeptHead>()
  let writing: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    for (;;) {
      const [next] = waiting.values()
      if (next === undefined) return
      waiting.delete(next.origin)
      try {
        await write(directory, next)
      } catch (error) {
        onFault(error)
      }
    }
  }
  const start = (): void => {
    writing ??= drain().finally(() => {
      writing = undefined
      if (waiting.size > 0) start()
    })
  }
  return {
    newest: () => readNewest(directory),
    keep(head) {
      waiting.set(head.origin, head)
      start()
    },
    async close() {
      while (writing !== undefined) await writing
    },
  }
}

/** Whole or not at all: a crash before the rename leaves a `.tmp` that is never read. */
async function write(directory: string, { origin, size, note }: KeptHead): Promise<void> {
  const folder = join(directory, folderOf(origin))
  await makeFolder(folder)
  const name = join(folder, `${String(size).padStart(16, '0')}.note`)
  const temporary = `${name}.${process.pid}.tmp`
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(note)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, name)
  await syncFolder(folder)
}

/**
 * With every name on the way down: a folder whose parent was not synced may be gone after a power
 * cut, heads and all.
 */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = resolve(folder); ; made = dirname(made)) {
    await syncFolder(dirname(made))
    if (made === resolve(first)) return
  }
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
    const origin = originSchema.safeParse(found.name.replaceAll('_', '/'))
    // A medium has folders of its own (lost+found).
    if (!found.isDirectory() || !origin.success) continue
    const folder = join(directory, found.name)
    const names = await readdir(folder)
    const last = names
      .filter((name) => /^\d{16}\.note$/.test(name))
      .toSorted()
      .at(-1)
    if (last === undefined) continue
    heads.push({
      origin: origin.data,
      size: Number(last.slice(0, 16)),
      note: await readFile(join(folder, last), 'utf8'),
    })
  }
  return heads
}

const folderOf = (origin: Origin): string => origin.replaceAll('/', '_')

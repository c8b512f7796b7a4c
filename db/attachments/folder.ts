// Where files lie: `<folder>/<ledger>/<two digits>/<sha256>.<end of the subject>`, and under way `<folder>/arriving/`. What is
// renamed into place was synced before, and its folder is synced after, so that nothing half is ever found under its own name.
import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Origin } from '../../src/domain/ids.ts'

const ARRIVING = 'arriving'
const PRIVATE = { recursive: true, mode: 0o700 } as const

/** A digest and the end of its subject: no part of it is anything a person typed. */
const FILE = /^([0-9a-f]{64})\.([0-9a-z]{1,12}-[0-9a-f]{16})$/

export interface Place {
  readonly ledger: Origin
  readonly sha256: string
  readonly subject: string
}

/** An origin is a host, a code and perhaps an epoch: nothing that leaves a folder. */
const folderOf = (ledger: Origin): string => ledger.replaceAll('/', '+')

export class Folder {
  readonly #root: string
  /** Temporaries of this opening: another, in a process that is gone, may have had its number. */
  readonly #token: string
  /** Folders that are durable in those above them. */
  readonly #above = new Set<string>()

  /** Makes what is missing and throws away what a crash left half. */
  static async open(root: string, token: string): Promise<Folder> {
    const folder = new Folder(root, token)
    await mkdir(join(root, ARRIVING), PRIVATE)
    await folder.#sweep()
    alive.add(token)
    return folder
  }

  private constructor(root: string, token: string) {
    this.#root = root
    this.#token = token
  }

  temporary(id: string): string {
    return join(this.#root, ARRIVING, `${process.pid}.${this.#token}.${id}`)
  }

  place({ ledger, sha256, subject }: Place): string {
    const end = subject.slice(subject.lastIndexOf('/') + 1)
    return join(this.#root, folderOf(ledger), sha256.slice(0, 2), `${sha256}.${end}`)
  }

  /** The bytes are synced already. */
  async settle(temporary: string, where: Place): Promise<void> {
    const place = this.place(where)
    const into = dirname(place)
    await mkdir(into, PRIVATE)
    await rename(temporary, place)
    await synced(into)
    if (this.#above.has(into)) return
    // those above, which somebody may just have made
    for (const folder of [dirname(into), this.#root]) await synced(folder)
    this.#above.add(into)
  }

  async remove(path: string): Promise<boolean> {
    try {
      await unlink(path)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  async has(where: Place): Promise<boolean> {
    try {
      return (await stat(this.place(where))).isFile()
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** Files under their own name that are older than an instant. */
  async *settled(before: number): AsyncGenerator<{ readonly path: string; readonly end: string }> {
    for await (const { path, name } of this.#files()) {
      const end = FILE.exec(name)?.[2]
      if (end !== undefined && (await stat(path)).mtimeMs < before) yield { path, end }
    }
  }

  async *#files(): AsyncGenerator<{ readonly path: string; readonly name: string }> {
    const ledgers = (await readdir(this.#root)).filter((name) => name !== ARRIVING)
    for (const ledger of ledgers) {
      for (const two of await readdir(join(this.#root, ledger))) {
        const folder = join(this.#root, ledger, two)
        for (const name of await readdir(folder)) yield { path: join(folder, name), name }
      }
    }
  }

  close(): void {
    alive.delete(this.#token)
  }

  async #sweep(): Promise<void> {
    for (const name of await readdir(join(this.#root, ARRIVING))) {
      const [pid = '', token = ''] = name.split('.')
      if (!isUnderWay(Number(pid), token)) await this.remove(join(this.#root, ARRIVING, name))
    }
  }
}

/** Openings of this process. */
const alive = new Set<string>()

/** Somebody else's process counts: what it takes in is let be. */
function isUnderWay(pid: number, token: string): boolean {
  if (pid === process.pid) return alive.has(token)
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

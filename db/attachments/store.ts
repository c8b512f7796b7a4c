// Files on disk. In this order, each durable before the next: the key and the name in the vault, the bytes under their own name,
// the row. A crash on the way leaves a temporary, a key of nothing, or a file without a row: nobody can name any of them, and
// all are swept.
import { open } from 'node:fs/promises'
import type {
  AboutFile,
  Arrived,
  Attachment,
  AttachmentStore,
  Erasing,
  FileVault,
} from '../../src/domain/attachment.ts'
import type { Origin, PersonId, Sha256Hex } from '../../src/domain/ids.ts'
import { type Received, received } from './arriving.ts'
import { decrypted, FILE_KEY_BYTES } from './cipher.ts'
import type { Folder } from './folder.ts'
import { attachmentOf, type Row, type Rows } from './rows.ts'

export interface DiskPorts {
  readonly rows: Rows
  readonly folder: Folder
  readonly vault: FileVault
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
  readonly close: () => void
}

const SUBJECT = 'file/'
const ID_BYTES = 8
const PIECE = 64 * 1024

export class DiskAttachments implements AttachmentStore {
  readonly #ports: DiskPorts

  constructor(ports: DiskPorts) {
    this.#ports = ports
  }

  async receive(source: AsyncIterator<Uint8Array>, limit: number): Promise<Arrived | 'tooLarge'> {
    const { folder, random } = this.#ports
    const path = folder.temporary(hexOf(random(ID_BYTES)))
    let file: Received | 'tooLarge' | undefined
    try {
      file = await received(source, { path, key: random(FILE_KEY_BYTES), limit })
    } finally {
      if (typeof file !== 'object') await folder.remove(path)
    }
    if (file === 'tooLarge') return file
    const { sha256, reader, handle } = file
    const discard = async (): Promise<void> => {
      await handle.close()
      await folder.remove(path)
    }
    const here = file
    const keep = async (about: AboutFile): Promise<Attachment> => {
      const kept = await this.#keep(here, about)
      await discard()
      return kept
    }
    return { sha256, reader, keep, discard }
  }

  async #keep(file: Received, { ledger, media, name, by }: AboutFile): Promise<Attachment> {
    const { rows, folder, vault, clock, random } = this.#ports
    const { sha256, key, reader, path } = file
    const now = clock()
    const before = rows.find(ledger, sha256)
    if (before !== undefined && (before.erasedAt !== null || (await folder.has(before)))) {
      rows.touch(ledger, [sha256], now)
      return this.#told(before)
    }
    // bytes that were lost come back under the key they had
    const lost = before === undefined ? undefined : vault.get(before.subject, 'key')
    if (before !== undefined && lost !== undefined) {
      await this.#restore(file, before, Buffer.from(lost, 'hex'))
      return this.#told(before)
    }
    // the time stands in it, so that a sweep can tell what is still under way
    const subject = `${SUBJECT}${now.toString(36)}-${hexOf(random(ID_BYTES))}`
    vault.put(subject, { key: hexOf(key), name })
    await folder.settle(path, { ledger, sha256, subject })
    const row = rows.add({
      ledger,
      sha256,
      size: reader.size,
      media,
      subject,
      broughtBy: by ?? null,
      broughtAt: now,
      touchedAt: now,
      named: false,
      erasedAt: null,
      erasedBasis: null,
      erasedBy: null,
    })
    // somebody else brought the same at the same time
    if (row.subject !== subject) await this.#forget({ ledger, sha256, subject })
    return this.#told(row)
  }

  async #restore(file: Received, row: Row, key: Uint8Array): Promise<void> {
    const { folder, random } = this.#ports
    const path = folder.temporary(hexOf(random(ID_BYTES)))
    const limit = file.reader.size
    const again = await received(piecesOf(file.reader), { path, key, limit })
    if (again === 'tooLarge') throw new Error('a file grew while it was read')
    await again.handle.close()
    await folder.settle(path, row)
  }

  find(ledger: Origin, sha256: Sha256Hex): Promise<Attachment | undefined> {
    return settled(() => {
      const row = this.#ports.rows.find(ledger, sha256)
      return row === undefined ? undefined : this.#told(row)
    })
  }

  async missing(ledger: Origin, digests: readonly Sha256Hex[]): Promise<readonly Sha256Hex[]> {
    const { rows, folder, clock } = this.#ports
    // first: from here on no sweep takes them
    rows.touch(ledger, digests, clock())
    const lost: Sha256Hex[] = []
    for (const sha256 of digests) {
      const row = rows.find(ledger, sha256)
      if (row === undefined || row.erasedAt !== null || !(await folder.has(row))) lost.push(sha256)
    }
    return lost
  }

  named(ledger: Origin, digests: readonly Sha256Hex[]): Promise<void> {
    return settled(() => this.#ports.rows.named(ledger, digests))
  }

  async open(ledger: Origin, sha256: Sha256Hex): Promise<AsyncIterable<Uint8Array> | undefined> {
    const { rows, folder, vault } = this.#ports
    const row = rows.find(ledger, sha256)
    if (row === undefined || row.erasedAt !== null || !(await folder.has(row))) return undefined
    const key = vault.get(row.subject, 'key')
    return key === undefined
      ? undefined
      : reading(folder.place(row), Buffer.from(key, 'hex'), row.size)
  }

  unnamed(before: number) {
    return settled(() => this.#ports.rows.unnamed(before))
  }

  unnamedBytes(ledger: Origin, by: PersonId): Promise<number> {
    return settled(() => this.#ports.rows.unnamedBytes(ledger, by))
  }

  async remove(ledger: Origin, sha256: Sha256Hex, before: number): Promise<boolean> {
    // the row first: a crash after it leaves a file without one
    const row = this.#ports.rows.drop(ledger, sha256, before)
    if (row === undefined) return false
    await this.#forget(row)
    return true
  }

  async sweepUnknown(before: number): Promise<number> {
    const { rows, folder, vault } = this.#ports
    let swept = 0
    for await (const { path, end } of folder.settled(before)) {
      if (!rows.holds(`${SUBJECT}${end}`) && (await folder.remove(path))) swept += 1
    }
    for (const subject of vault.subjects()) {
      if (madeBefore(subject, before) && !rows.holds(subject)) vault.erase(subject, this.#now())
    }
    return swept
  }

  async erase(ledger: Origin, sha256: Sha256Hex, why: Erasing): Promise<boolean> {
    const { rows, clock } = this.#ports
    // asked again after a crash, what is left goes as well
    const row = rows.erase(ledger, sha256, { ...why, now: clock() })
    if (row === undefined) return false
    await this.#forget(row)
    return row.erasedAt === null
  }

  together<T>(work: () => Promise<T>): Promise<T> {
    const { rows, vault } = this.#ports
    return rows.together(() => vault.together(work))
  }

  list(ledger: Origin, after: string, limit: number): Promise<readonly Attachment[]> {
    return settled(() => this.#ports.rows.list(ledger, after, limit).map((row) => this.#told(row)))
  }

  close(): void {
    this.#ports.folder.close()
    this.#ports.close()
  }

  /** The key before the bytes: from then on no copy of them can be read. */
  async #forget(place: Pick<Row, 'ledger' | 'sha256' | 'subject'>): Promise<void> {
    const { folder, vault } = this.#ports
    vault.erase(place.subject, this.#now())
    await folder.remove(folder.place(place))
  }

  #told(row: Row): Attachment {
    const name = row.erasedAt === null ? this.#ports.vault.get(row.subject, 'name') : undefined
    return attachmentOf(row, name)
  }

  #now(): string {
    return new Date(this.#ports.clock()).toISOString()
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** What throws, rejects. */
const settled = <T>(work: () => T): Promise<T> => Promise.resolve().then(work)

/** Ours, and no longer under way. */
function madeBefore(subject: string, before: number): boolean {
  if (!subject.startsWith(SUBJECT)) return false
  const made = parseInt(subject.slice(SUBJECT.length, subject.indexOf('-')), 36)
  return made < before
}

async function* piecesOf(reader: Received['reader']): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < reader.size; at += PIECE) yield reader.read(at, PIECE)
}

/** Opened when it is read, closed when it is read to its end and when nobody reads on. */
async function* reading(path: string, key: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    yield* piecesOf(decrypted(handle, key, size))
  } finally {
    await handle.close()
  }
}

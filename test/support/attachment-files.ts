// A store of files in a directory of its own, with the vault it needs; opened again over the same directory as after a crash.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAttachments } from '../../db/attachments/open.ts'
import { openVault } from '../../db/vault/vault.ts'
import type { AboutFile, AttachmentStore } from '../../src/domain/attachment.ts'
import type { Origin, Sha256Hex } from '../../src/domain/ids.ts'
import { originSchema } from '../../src/domain/ids.ts'

export const north = originSchema.parse('ledger.example.cn/330106109203')
export const south = originSchema.parse('ledger.example.cn/330106109204')
/** Of the vaults of tests. */
const key = Buffer.alloc(32, 7)

export interface OpenFiles {
  readonly files: AttachmentStore
  readonly vault: ReturnType<typeof openVault>
  readonly folder: string
  close(): void
}

export async function openFiles(path: string, clock: () => number): Promise<OpenFiles> {
  const vault = openVault({
    file: join(path, 'vault.db'),
    keysFile: join(path, 'vault-keys.db'),
    key,
  })
  const folder = join(path, 'attachments')
  const files = await openAttachments({
    file: join(path, 'attachments.db'),
    folder,
    vault,
    clock,
    random: (bytes) => randomBytes(bytes),
  })
  return {
    files,
    vault,
    folder,
    close: () => {
      files.close()
      vault.close()
    },
  }
}

export async function* pieces(
  ...parts: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

const LIMIT = 1024 * 1024

/** Keeps bytes as they are, looked at by nobody. */
export async function keep(
  { files }: Pick<OpenFiles, 'files'>,
  bytes: string | Uint8Array,
  about: Partial<AboutFile> = {},
): Promise<Sha256Hex> {
  const arrived = await files.receive(pieces(bytes), LIMIT)
  if (arrived === 'tooLarge') throw new Error('too large for a test')
  const { sha256 } = await arrived.keep({
    ledger: north,
    media: 'application/pdf',
    name: '发票.pdf',
    ...about,
  })
  return sha256
}

/** Undefined where there is nothing to read. */
export async function read(
  { files }: Pick<OpenFiles, 'files'>,
  ledger: Origin,
  sha256: Sha256Hex,
): Promise<string | undefined> {
  const stream = await files.open(ledger, sha256)
  if (stream === undefined) return undefined
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** Every file below the folder, as paths from it. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()

// One file on its way in: hashed and encrypted while it is written, never more of it in memory than a piece.
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { FileReader } from '../../src/domain/attachment.ts'
import { type Sha256Hex, sha256HexSchema } from '../../src/domain/ids.ts'
import { decrypted, encrypting } from './cipher.ts'

export interface Received {
  readonly path: string
  readonly key: Uint8Array
  readonly sha256: Sha256Hex
  readonly reader: FileReader
  readonly handle: FileHandle
}

/**
 * Writes a stream to a new file and syncs it. Stops reading as soon as there is too much; who called removes the file then, and
 * after a throw. The source is never closed from here: its reader still has an answer to send.
 */
export async function received(
  source: AsyncIterator<Uint8Array>,
  { path, key, limit }: { readonly path: string; readonly key: Uint8Array; readonly limit: number },
): Promise<Received | 'tooLarge'> {
  const handle = await open(path, 'wx+', 0o600)
  let done: Received | undefined
  try {
    const hash = createHash('sha256')
    const cipher = encrypting(key)
    let size = 0
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      const { value } = next
      size += value.length
      if (size > limit) return 'tooLarge'
      hash.update(value)
      await written(handle, cipher.update(value))
    }
    await handle.sync()
    const sha256 = sha256HexSchema.parse(hash.digest('hex'))
    done = { path, key, sha256, handle, reader: decrypted(handle, key, size) }
    return done
  } finally {
    if (done === undefined) await handle.close()
  }
}

async function written(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at)
    at += bytesWritten
  }
}

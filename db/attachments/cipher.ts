// Files lie encrypted, each under a key of its own that stands in the vault: with the key gone, a file is unreadable in every
// copy there ever was. Counter mode, so that any part can be read by itself; that nothing was altered shows in the digest.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { FileReader } from '../../src/domain/attachment.ts'

const ALGORITHM = 'aes-256-ctr'
export const FILE_KEY_BYTES = 32
const BLOCK = 16

/** The key is used for one file, so the counter may begin at nothing. */
function counterAt(block: number): Buffer {
  const counter = Buffer.alloc(BLOCK)
  counter.writeBigUInt64BE(BigInt(block), BLOCK - 8)
  return counter
}

export const encrypting = (key: Uint8Array) => createCipheriv(ALGORITHM, key, counterAt(0))

/** Reads what was written by `encrypting`. */
export function decrypted(file: FileHandle, key: Uint8Array, size: number): FileReader {
  return {
    size,
    async read(offset, length) {
      const whole = Math.max(0, Math.min(length, size - offset))
      const block = Math.floor(offset / BLOCK)
      const skipped = offset - block * BLOCK
      const sealed = Buffer.alloc(skipped + whole)
      const filled = await fill(file, sealed, block * BLOCK)
      const decipher = createDecipheriv(ALGORITHM, key, counterAt(block))
      return decipher.update(sealed.subarray(0, filled)).subarray(skipped)
    },
  }
}

/** One read may give less than was asked for. */
async function fill(file: FileHandle, into: Buffer, from: number): Promise<number> {
  let filled = 0
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, from + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

// A file on its way out, held to its digest: the last piece is kept back until all of it is known to be what it should be, so
// that what was altered on disk never arrives whole.
import { createHash } from 'node:crypto'
import type { Sha256Hex } from '../../domain/ids.ts'

/** @throws Error at the end of bytes that are not those of the digest */
export async function* whole(
  pieces: AsyncIterable<Uint8Array>,
  sha256: Sha256Hex,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let held: Uint8Array | undefined
  for await (const piece of pieces) {
    hash.update(piece)
    if (held !== undefined) yield held
    held = piece
  }
  if (hash.digest('hex') !== sha256) throw new Error(`the file kept as ${sha256} is not that file`)
  if (held !== undefined) yield held
}

/** Reads it all: is it what its digest says? */
export async function isWhole(
  pieces: AsyncIterable<Uint8Array>,
  sha256: Sha256Hex,
): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const piece of pieces) hash.update(piece)
  return hash.digest('hex') === sha256
}

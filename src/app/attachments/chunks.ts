// A file a piece at a time.
import type { FileReader } from '../../domain/attachment.ts'

const PIECE = 64 * 1024

/** From `start` up to, not with, `end`. */
export async function* chunksOf(
  reader: FileReader,
  start = 0,
  end = reader.size,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += PIECE) yield reader.read(at, Math.min(PIECE, end - at))
}

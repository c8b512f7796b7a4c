// Bytes that are sent as they are, taken whole and within a limit.
import { problem, type Problem } from './problem.ts'
import type { Call } from './route.ts'

/** What was sent, or why not. Past the limit it is read on for a while, so that who still sends reads the answer. */
export async function bytesWithin(
  { incoming, header, gone }: Pick<Call, 'incoming' | 'header' | 'gone'>,
  limit: number,
): Promise<{ readonly bytes: Uint8Array } | Problem> {
  if ((header('content-encoding') ?? 'identity') !== 'identity')
    return problem('mediaTypeUnknown', { expected: 'identity' })
  // never closed by us: with it the connection would go, and our answer
  const source = incoming[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const next: IteratorResult<Uint8Array, unknown> = await source.next()
      if (next.done === true)
        return size > limit ? tooLarge(limit) : { bytes: Buffer.concat(pieces) }
      size += next.value.length
      if (size <= limit) pieces.push(next.value)
      else if (size > 4 * limit) break
    }
  } catch (error) {
    // who breaks off gets no answer, and it is no fault of ours
    if (gone().aborted) return problem('bodyMalformed')
    throw error
  }
  return tooLarge(limit)
}

const tooLarge = (limit: number): Problem =>
  problem('bodyTooLarge', { limit: `${limit / 1024 / 1024} MiB` })

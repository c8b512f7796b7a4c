// The lot (抽签): anyone who has the ledger can draw it again. Pure; no xstate, so that a browser can
// too.
import type { RequestId, Sha256Hex } from '../../../src/domain/ids.ts'

type Digest = (text: string) => Sha256Hex

/**
 * SHA-256(secret ‖ LF ‖ root): half of it fixed before the root was known, half of it nobody's to
 * choose.
 */
export const seedOf = (digest: Digest, secret: string, root: Sha256Hex): Sha256Hex =>
  digest(`${secret}\n${root}`)

/** max(percent of the population rounded up, least), never more than there are. */
export function sampleSize(
  population: number,
  { percent, least }: { percent: number; least: number },
): number {
  const share = Math.floor((population * percent + 99) / 100)
  return Math.min(population, Math.max(share, least))
}

/** The first `size` requests in the order of SHA-256(seed ‖ LF ‖ request id). */
export function drawLot(
  digest: Digest,
  { seed, population, size }: { seed: Sha256Hex; population: readonly RequestId[]; size: number },
): readonly RequestId[] {
  return population
    .map((request) => ({ request, rank: digest(`${seed}\n${request}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ request }) => request)
}

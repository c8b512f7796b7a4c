// Seeded randomness (xoshiro128**): what the simulated year is made of. Never for keys or ids of a real township.
import { utf8 } from '../../ledger/bytes.ts'
import { nodeCrypto } from '../crypto.ts'

/**
 * A stream of choices. Streams of different labels know nothing of each other, so that one more choice in one place of the
 * simulation moves nothing in another.
 */
export class Random {
  readonly #seed: string
  readonly #state: Uint32Array

  constructor(seed: string) {
    this.#seed = seed
    const digest = nodeCrypto.sha256(utf8(`five-musts demo\n${seed}`))
    const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength)
    this.#state = Uint32Array.from([0, 4, 8, 12], (at) => view.getUint32(at))
  }

  /** The stream of a label: the same every time it is asked for. */
  of(...label: readonly (string | number)[]): Random {
    return new Random([this.#seed, ...label].join('\n'))
  }

  /** 32 bits. */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const e = c ^ a
    const f = d ^ b
    this.#state.set([a ^ f, b ^ e, e ^ (b << 9), rotated(f, 11)])
    return result
  }

  /** 0 ≤ n < `limit`, every value as likely as another. */
  below(limit: number): number {
    const fair = 2 ** 32 - (2 ** 32 % limit)
    for (;;) {
      const drawn = this.next()
      if (drawn < fair) return drawn % limit
    }
  }

  /** From `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True in so many cases of a thousand. */
  perMille(chance: number): boolean {
    return this.below(1000) < chance
  }

  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T {
    const [picked] = list.slice(this.below(list.length))
    if (picked === undefined) throw new RangeError('nothing to pick from')
    return picked
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => ({ one, rank: this.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ one }) => one)
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.next() >>> 24)
  }
}

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

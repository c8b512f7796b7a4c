// Chance from a seed: the same number gives the same throws, so that whatever fails can be thrown again.
export class Dice {
  #state: number

  constructor(seed: number) {
    // near seeds far apart
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }

  below(bound: number): number {
    return this.#next() % bound
  }

  /** True once in so many. */
  oneIn(n: number): boolean {
    return this.below(n) === 0
  }

  /** @throws Error on an empty list */
  of<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to choose from')
    return list[this.below(list.length)] as T
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)))
  }
}

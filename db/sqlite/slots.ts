// Folded streams kept in memory, so that a step's cost does not grow with its history. Bounded: the
// least lately used goes.
import type { Origin, Sha256Hex, StreamId } from '../../src/domain/ids.ts'
import type { HeldRow } from './projections.ts'

/** One stream as far as it was committed: immutable, replaced as a whole. */
export interface Slot {
  /** Of its newest entry; -1 before the first. */
  readonly revision: number
  readonly state: unknown
  /** Leaf hash of its newest entry. */
  readonly prev: Sha256Hex
  /** What its projections hold now. */
  readonly rows: readonly HeldRow[]
}

export class SlotCache {
  readonly #max: number
  // A Map keeps the order of insertion: taken out and put back on use, its first is the least
  // lately used.
  readonly #slots = new Map<string, Slot>()

  constructor(max: number) {
    this.#max = max
  }

  get(ledger: Origin, stream: StreamId): Slot | undefined {
    const key = `${ledger} ${stream}`
    const slot = this.#slots.get(key)
    if (slot !== undefined) {
      this.#slots.delete(key)
      this.#slots.set(key, slot)
    }
    return slot
  }

  set(ledger: Origin, stream: StreamId, slot: Slot): void {
    const key = `${ledger} ${stream}`
    this.#slots.delete(key)
    this.#slots.set(key, slot)
    if (this.#slots.size <= this.#max) return
    for (const oldest of this.#slots.keys()) {
      this.#slots.delete(oldest)
      return
    }
  }

  drop(ledger: Origin, stream: StreamId): void {
    this.#slots.delete(`${ledger} ${stream}`)
  }

  clear(): void {
    this.#slots.clear()
  }
}

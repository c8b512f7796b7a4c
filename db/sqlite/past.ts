// The past one command is decided on: the streams it named, folded, and of the other ledger those
// it relies on.
import { type Origin, type StreamId, streamKind } from '../../src/domain/ids.ts'
import type { Fold, Folded, Past } from '../../src/domain/store.ts'
import type { Slot } from './slots.ts'

export class CommandPast implements Past {
  readonly ledger: Origin
  readonly #streams = new Map<StreamId, Slot>()
  readonly #relied = new Map<StreamId, Slot>()

  constructor(ledger: Origin) {
    this.ledger = ledger
  }

  has(stream: StreamId): boolean {
    return this.#streams.has(stream)
  }

  declare(stream: StreamId, slot: Slot): void {
    this.#streams.set(stream, slot)
  }

  declareRelied(stream: StreamId, slot: Slot): void {
    this.#relied.set(stream, slot)
  }

  stream<S>(fold: Fold<S>, id: StreamId): Folded<S> {
    return folded(fold, id, this.#streams.get(id))
  }

  relied<S>(fold: Fold<S>, id: StreamId): Folded<S> {
    return folded(fold, id, this.#relied.get(id))
  }
}

/**
 * Every workflow version of a kind folds to one type of state; which fold made it was settled by
 * the stream's kind.
 */
function folded<S>(fold: Fold<S>, id: StreamId, slot: Slot | undefined): Folded<S> {
  if (slot === undefined) throw new Error(`stream ${id} was not named in needs`)
  if (fold.kind !== streamKind(id)) throw new Error(`${id} is no ${fold.kind} stream`)
  return { revision: slot.revision, state: slot.state as S }
}

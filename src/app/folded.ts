// What a stream has come to, for whoever reads it outside a commit.
import type { Entry } from '../domain/entry.ts'
import type { Fold } from '../domain/store.ts'

/** All entries of a stream, in order, folded. */
export const folded = <S>(fold: Fold<S>, entries: readonly Entry[]): S =>
  entries.reduce((state, entry) => fold.apply(state, entry), fold.initial)

// Two months' lists side by side: who came, who went, whose amount changed (law 2.3).
import type { Money } from '../../domain/money.ts'
import { type ListRow, whoOf } from './rows.ts'

export interface ListDifference {
  readonly added: readonly ListRow[]
  readonly gone: readonly ListRow[]
  readonly changed: readonly { readonly row: ListRow; readonly before: Money }[]
}

/** By person, in the order of the lists. */
export function differenceOf(before: readonly ListRow[], now: readonly ListRow[]): ListDifference {
  const was = new Map(before.map((row) => [whoOf(row), row]))
  const is = new Set(now.map(whoOf))
  return {
    added: now.filter((row) => !was.has(whoOf(row))),
    gone: before.filter((row) => !is.has(whoOf(row))),
    changed: now.flatMap((row) => {
      const old = was.get(whoOf(row))
      return old === undefined || old.amount === row.amount ? [] : [{ row, before: old.amount }]
    }),
  }
}

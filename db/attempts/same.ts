// Proof, by the compiler, that both dialects hold the same table with the same rows, and that it holds what the log does.
import type { KeptAttempt } from '../../src/domain/attempt-log.ts'
import type * as pg from './postgres.ts'
import type * as sqlite from './sqlite.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type RowOf<S extends { readonly refusal: { readonly $inferSelect: unknown } }> =
  S['refusal']['$inferSelect']

export const sameRows: Same<RowOf<typeof sqlite>, RowOf<typeof pg>> = true
export const sameAsKept: Same<Readonly<RowOf<typeof sqlite>>, KeptAttempt> = true

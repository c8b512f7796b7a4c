// Proof, by the compiler, that both dialects hold the same table with the same rows.
import type * as pg from './postgres.ts'
import type * as sqlite from './sqlite.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type RowsOf<S> = { readonly [K in keyof S]: S[K] extends { $inferSelect: infer R } ? R : never }

/** A column in one dialect only, or of another type there, does not compile. */
export const sameRows: Same<RowsOf<typeof sqlite>, RowsOf<typeof pg>> = true

// Proof, by the compiler, that both dialects hold the same tables with the same rows, and that the
// projection tables hold exactly the rows of src/domain/projection.ts. The cast of db/reads.ts
// rests on it.
import type { Projections } from '../../src/domain/projection.ts'
import type * as pg from './postgres.ts'
import type * as pgReads from './postgres-projections.ts'
import type * as sqlite from './sqlite.ts'
import type * as sqliteReads from './sqlite-projections.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Tables<S> = Omit<S, 'projections'>
type RowsOf<S> = { readonly [K in keyof S]: S[K] extends { $inferSelect: infer R } ? R : never }

/** A table or column in one dialect only, or of another type there, does not compile. */
export const sameRows: Same<RowsOf<typeof sqlite>, RowsOf<typeof pg>> = true
export const sameReads: Same<
  RowsOf<Tables<typeof sqliteReads>>,
  RowsOf<Tables<typeof pgReads>>
> = true

type Projected<R> = Readonly<Omit<R, 'ledger' | 'stream' | 'key'>>
type RowsOfProjections = {
  readonly [K in keyof typeof sqliteReads.projections]: Projected<
    (typeof sqliteReads.projections)[K]['$inferSelect']
  >
}

/** A field of a projection without its column, or the other way round, does not compile. */
export const sameProjections: Same<RowsOfProjections, Projections> = true

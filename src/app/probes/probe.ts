// Probes: for each command the smallest form that could honestly be put now, so that the law itself can be asked whether somebody
// may. They are only ever considered, never recorded.
import type { By } from '../../domain/entry.ts'
import { sha256HexSchema } from '../../domain/ids.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { Instant, LocalDate } from '../../domain/time.ts'
import type { RosterState } from '../../../workflows/roster/v1/fold.ts'

export interface ProbeGround {
  readonly by: By
  readonly today: LocalDate
  readonly now: Instant
  /** Of the ledger the command goes to. */
  readonly roster: RosterState
}

export interface Probe<S> {
  /** Undefined where nothing in the present state could be named: then the act is not open. */
  readonly input: (state: S, ground: ProbeGround) => unknown
  /** Where the first is refused: another item, seat or person it could be about. */
  readonly others?: (state: S, ground: ProbeGround) => readonly unknown[]
  /**
   * Its content stands for something only a person can fill in: a "no" about the content says nothing yet. Told one by one, just
   * these are about the content and every other "no" counts.
   */
  readonly open?: true | readonly RefusalCode[]
}

export type Probes<S> = Readonly<Record<string, Probe<S>>>

export const TEXT = '-'
export const noFile = sha256HexSchema.parse('0'.repeat(64))

/** The act takes nothing: every "no" counts. */
export const bare: Probe<unknown> = { input: () => ({}) }
/** The act takes a reason: every "no" counts. */
export const reasoned: Probe<unknown> = { input: () => ({ reason: TEXT }) }

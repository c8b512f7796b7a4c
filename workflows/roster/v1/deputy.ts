// What one who acts by a mandate (授权代行) may do: the musts it names, up to its amount (law 7.16).
import { deputised, type MandateMust } from '../../../src/domain/mandate.ts'
import { above, grouped, type Money } from '../../../src/domain/money.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { type Actor, mandateOf, type RosterState } from './fold.ts'

type Refused = ReturnType<typeof refuse>

interface DeputyAct {
  /** The command's type. */
  readonly act: string
  /** The must its request waits in. */
  readonly here?: string
  readonly amount?: Money
}

/** `mandateExceeded` where the mandate `by` acts under names neither this must nor so much money. In person nothing is asked. */
export function beyondMandate(
  roster: RosterState,
  by: Actor,
  { act, here, amount }: DeputyAct,
): Refused | undefined {
  if (by.mandate === undefined) return undefined
  const mandate = mandateOf(roster, by)
  const kind = roster.offices.get(by.office)?.kind
  const under = kind === undefined ? undefined : deputised[act]?.[kind]
  const must = under === 'here' ? here : under
  if (mandate === undefined || !mandate.musts.includes(must as MandateMust))
    return refuse('mandateExceeded', { detail: must ?? act })
  const { upTo } = mandate
  return upTo !== undefined && amount !== undefined && above(amount, upTo)
    ? refuse('mandateExceeded', { detail: `${grouped(amount)} > ${grouped(upTo)}` })
    : undefined
}

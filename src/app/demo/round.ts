// One round of inspection in one village, as the simulated inspectors carry it in their bags.
import type { Plan } from '../../../workflows/inspection/v1/events.ts'
import type { InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import {
  type InspectionId,
  inspectionStream,
  type OrganisationId,
  type Origin,
  type RequestId,
  requestIdSchema,
} from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import type { Random } from './random.ts'

export interface Round {
  readonly ledger: Origin
  readonly id: InspectionId
  readonly kind: Plan['kind']
  /** Of a special round: why it comes without the notice. */
  readonly waiver?: string
  /** It is given up before the lot is drawn. */
  readonly calledOff?: true
  readonly from: LocalDate
  readonly to: LocalDate
  /** Whoever leads it acts for it. */
  readonly lead: By
  readonly team: readonly By[]
  /** Committed to in the notice, told at the draw. */
  readonly secret: string
  readonly random: Random
}

export const onRound = (
  { ledger, id }: Round,
  by: By,
  { type, input }: Pick<Act, 'type' | 'input'>,
): Act => ({ ledger, stream: inspectionStream(id), type, by, input })

export const stateOf = (stage: Stage, { ledger, id }: Round): InspectionState | undefined =>
  stage.watch.inspection(ledger, id)

export interface Ended {
  readonly id: RequestId
  readonly request: Request
}

/** Flows that ended in the period, by number: what the engine counts too. */
export function populationOf(stage: Stage, { ledger, from, to }: Round): readonly Ended[] {
  const inside = (date: string): boolean => date !== '' && date >= from && date <= to
  return stage.watch
    .rows('request', [ledger])
    .filter((row) => inside(row.endedOn))
    .map((row) => requestIdSchema.parse(row.request))
    .sort()
    .map((id) => ({ id, request: stage.watch.request(ledger, id) }))
}

export function companiesOf(stage: Stage, ledger: Origin): readonly OrganisationId[] {
  const { organisations } = stage.watch.roster(ledger)
  return [...organisations.values()].filter(({ kind }) => kind === 'company').map(({ id }) => id)
}

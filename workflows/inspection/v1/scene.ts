// What every act of a round looks at first: the round, the rosters, the policy, and who may act.
import {
  inspectionIdSchema,
  type InspectionId,
  type PersonId,
  type RequestId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision, EventDraft } from '../../../src/domain/store.ts'
import { ledgerClosed, ledgerOf } from '../../ledger/v1/fold.ts'
import { policyOfVillage } from '../../policy/v1/in-force.ts'
import { rosterAt, townshipRosterAt } from '../../roster/v1/day.ts'
import { holds, type RosterState } from '../../roster/v1/fold.ts'
import { mayDecide } from '../../request/v1/duties.ts'
import { type Request, requestIn } from '../../request/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { InspectionCommand, InspectionEvent } from './events.ts'
import { inspectionFold, type InspectionState } from './fold.ts'

export const NAME = 'inspection@1'

export type Refused = { readonly refused: Refusal }
export type AskedInspection<T extends InspectionCommand['type']> = Extract<
  Asked<InspectionCommand>,
  { type: T }
>

/** What every act is judged by, before there is a round too. */
export interface Ground {
  readonly village: RosterState
  readonly township: RosterState
  /** In force now; absent until the township has enacted its first. */
  readonly policy: Policy | undefined
}

/** A round as it stands before an act. */
export interface Scene extends Ground {
  readonly deciding: Deciding
  readonly id: InspectionId
  readonly stream: StreamId
  readonly round: InspectionState
  readonly policy: Policy
}

export const inspectionIdOf = (stream: StreamId): InspectionId =>
  inspectionIdSchema.parse(stream.slice('inspection/'.length))

/** Both rosters and the policy; refused when the ledger is not open. */
export function groundOf({ past, at }: Deciding): Ground | Refused {
  const ledger = ledgerOf(past)
  const closed = ledgerClosed(ledger)
  if (closed !== undefined) return closed
  return {
    village: rosterAt(past, at),
    township: townshipRosterAt(past, ledger, at),
    policy: policyOfVillage(past, ledger, at),
  }
}

export function sceneOf({ stream }: Asked<InspectionCommand>, deciding: Deciding): Scene | Refused {
  const ground = groundOf(deciding)
  if ('refused' in ground) return ground
  const round = deciding.past.stream(inspectionFold, stream).state
  if (round === undefined) return refuse('notFound', { what: stream })
  const { policy } = ground
  if (policy === undefined) throw new Error(`${stream} was planned under a policy that is gone`)
  return { ...ground, policy, deciding, id: inspectionIdOf(stream), stream, round }
}

type Person = Asked<InspectionCommand>['by']

/** An office of the township, held now. */
export const mustHold = (
  { township }: Ground,
  by: Person,
  kinds: readonly OfficeKind[],
): Refused | undefined =>
  holds(township, by, kinds) ? undefined : refuse('officeNotHeld', { office: officeNames(kinds) })

/** An inspector of this round's team, in office now. */
export const mustBeOnTeam = (scene: Scene, by: Person): Refused | undefined =>
  mustHold(scene, by, ['inspector']) ??
  (scene.round.team.has(by.person) ? undefined : refuse('notOnTeam'))

/** The folded request; refused when there is none. */
export function requestOf({ past }: Deciding, id: RequestId): Request | Refused {
  return requestIn(past, id) ?? refuse('notFound', { what: id })
}

/** Who issued or decided a request elsewhere does not inspect it (law §7). */
export const mayInspect = (request: Request, person: PersonId): Refused | undefined =>
  mayDecide(request, 'disciplineAudit', person)

/** The round's event first, then what follows from it on other streams. */
export const record = (
  { stream, policy }: Pick<Scene, 'stream' | 'policy'>,
  event: InspectionEvent,
  rest: readonly EventDraft[] = [],
): Decision => ({
  events: [draft(NAME, stream, event), ...rest],
  policy: policy.id,
})

export const eventOn = (stream: StreamId, event: InspectionEvent): EventDraft =>
  draft(NAME, stream, event)

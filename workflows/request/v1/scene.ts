// What every act on a request looks at first: the request, both rosters, the policy it is bound to.
import type { By } from '../../../src/domain/entry.ts'
import {
  type OrganisationId,
  type PersonId,
  requestIdSchema,
  type RequestId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { type OfficeKind, officeKinds } from '../../../src/domain/office.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision, EventDraft } from '../../../src/domain/store.ts'
import { type LedgerState, ledgerClosed, ledgerOf } from '../../ledger/v1/fold.ts'
import { policyById, policyFold, policyStream } from '../../policy/v1/fold.ts'
import {
  holderOf,
  holds,
  rosterFold,
  type RosterState,
  rosterStream,
  townshipRoster,
} from '../../roster/v1/fold.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { RequestCommand, RequestEvent } from './events.ts'
import {
  accepts,
  acceptsOnceLifted,
  isSuspended,
  placeOf,
  type Request,
  requestFold,
} from './fold.ts'

export const NAME = 'request@1'

export type Refused = { readonly refused: Refusal }
export const isRefused = <T extends object>(value: T | Refused): value is Refused =>
  'refused' in value

export interface Scene {
  readonly deciding: Deciding
  readonly stream: StreamId
  readonly by: By
  readonly ledger: LedgerState
  readonly roster: RosterState
  readonly request: Request
  readonly policy: Policy
}

export type AskedRequest<T extends RequestCommand['type']> = Extract<
  Asked<RequestCommand>,
  { type: T }
>

/** `request/2025-000001` → `2025-000001`. */
export const requestIdOf = (stream: StreamId): RequestId =>
  requestIdSchema.parse(stream.slice('request/'.length))

/** The request and what it is bound to, or why nothing can be done here at all. */
export function sceneOf(command: Asked<RequestCommand>, deciding: Deciding): Scene | Refused {
  const { stream, by } = command
  const ledger = ledgerOf(deciding.past)
  const closed = ledgerClosed(ledger)
  if (closed !== undefined) return closed
  const request = deciding.past.stream(requestFold, stream).state
  if (request === undefined) return refuse('notFound', { what: stream })
  const roster = deciding.past.stream(rosterFold, rosterStream).state
  if (!roster.confirmed) return refuse('rosterUnconfirmed')
  const policy = policyById(deciding.past.relied(policyFold, policyStream).state, request.policy)
  if (policy === undefined)
    throw new Error(`${stream} is bound to a policy that was never enacted: ${request.policy}`)
  return { deciding, stream, by, ledger, roster, request, policy }
}

/** `notOpen` unless the machine would take the event now; `suspended` when only the suspension stands in its way. */
export function mayHappen({ request }: Scene, event: RequestEvent): Refused | undefined {
  if (accepts(request, event)) return undefined
  if (isSuspended(request) && acceptsOnceLifted(request, event)) return refuse('suspended')
  return refuse('notOpen', { state: placeOf(request) })
}

export const officeNames = (kinds: readonly OfficeKind[]): string =>
  kinds.map((kind) => `${officeKinds[kind].zh} ${officeKinds[kind].en}`).join(' / ')

/** An office of the requesting company (or another organisation of the village), held now. */
export function mustHold(
  { roster, by, request }: Scene,
  kinds: readonly OfficeKind[],
  organisation: OrganisationId = request.submission.company,
): Refused | undefined {
  if (holds(roster, by, kinds, organisation)) return undefined
  return refuse('officeNotHeld', { office: officeNames(kinds) })
}

/** Any office of the village, held now: who is named in the form signs, or sends back, from one of their own. */
export function mustHoldAny({ roster, by }: Scene): Refused | undefined {
  return holderOf(roster, by.office) === by.person
    ? undefined
    : refuse('officeNotHeld', { office: by.office })
}

/** An office of the township, held now in the roster relied on. */
export function mustHoldInTownship(
  { deciding, ledger, by }: Scene,
  kinds: readonly OfficeKind[],
): Refused | undefined {
  if (holds(townshipRoster(deciding.past, ledger), by, kinds)) return undefined
  return refuse('officeNotHeld', { office: officeNames(kinds) })
}

/** Handler, witness and head of the present round, as far as they have signed or are named. */
export const issuersOf = ({ submission, issued }: Request): readonly PersonId[] => [
  submission.handler,
  submission.witness,
  ...(issued === undefined ? [] : [issued]),
]

/** The events of one request, in order, under its policy. */
export function decided(
  scene: Scene,
  first: RequestEvent,
  rest: readonly EventDraft[] = [],
): Decision {
  return { events: [draft(NAME, scene.stream, first), ...rest], policy: scene.policy.id }
}

export const eventOn = (stream: StreamId, event: RequestEvent): EventDraft =>
  draft(NAME, stream, event)

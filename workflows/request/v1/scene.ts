// What every act on a request looks at first: the request, both rosters, the policy it is bound to.
import type { By } from '../../../src/domain/entry.ts'
import {
  type OfficeId,
  type OrganisationId,
  type PersonId,
  requestIdSchema,
  type RequestId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { type OfficeKind, officeNames } from '../../../src/domain/office.ts'
import { bothOf, requestPlaces } from '../../../src/domain/places.ts'
import type { Policy } from '../../../src/domain/policy.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { Deciding, Decision, EventDraft } from '../../../src/domain/store.ts'
import { type LedgerState, ledgerClosed, ledgerOf } from '../../ledger/v1/fold.ts'
import { boundPolicy } from '../../policy/v1/in-force.ts'
import { rosterAt, townshipRosterAt } from '../../roster/v1/day.ts'
import { holds, holdsOffice, mandateOf, type RosterState } from '../../roster/v1/fold.ts'
import { beyondMandate } from '../../roster/v1/deputy.ts'
import { type Asked, draft } from '../../workflow.ts'
import type { RequestCommand, RequestEvent } from './events.ts'
import {
  accepts,
  acceptsOnceLifted,
  isSuspended,
  placeOf,
  type Request,
  requestFold,
  stateOf,
} from './fold.ts'

export const NAME = 'request@1'

export type Refused = { readonly refused: Refusal }
export const isRefused = <T extends object>(value: T | Refused): value is Refused =>
  'refused' in value

export interface Scene {
  readonly deciding: Deciding
  readonly stream: StreamId
  /** The command's type. */
  readonly act: RequestCommand['type']
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
  const roster = rosterAt(deciding.past, deciding.at)
  if (!roster.confirmed) return refuse('rosterUnconfirmed')
  const policy = boundPolicy(deciding.past, ledger, request)
  if (policy === undefined)
    throw new Error(`${stream} is bound to a policy that was never enacted: ${request.policy}`)
  return { deciding, stream, act: command.type, by, ledger, roster, request, policy }
}

/** `notOpen` unless the machine would take the event now; `suspended` when only the suspension stands in its way. */
export function mayHappen({ request }: Scene, event: RequestEvent): Refused | undefined {
  if (accepts(request, event)) return undefined
  if (isSuspended(request) && acceptsOnceLifted(request, event)) return refuse('suspended')
  return standsAt(placeOf(request))
}

/** Where it stands, by its name. */
export const standsAt = (place: string): Refused =>
  refuse('notOpen', { state: bothOf(requestPlaces, place) })

/** The office somebody says they act from, by its name; what the roster does not know stands as it was given. */
export const officeNamed = (roster: RosterState, id: OfficeId): string => {
  const kind = roster.offices.get(id)?.kind
  return kind === undefined ? id : officeNames([kind])
}

/** An office of the requesting company (or another organisation of the village), held now or represented by a mandate. */
export function mustHold(
  scene: Scene,
  kinds: readonly OfficeKind[],
  organisation: OrganisationId = scene.request.submission.company,
): Refused | undefined {
  const { roster, by } = scene
  if (holds(roster, by, kinds, organisation)) return withinMandate(scene, roster)
  return refuse('officeNotHeld', { office: officeNames(kinds) })
}

/** Any office of the village, held now in person: who is named in the form signs, or sends back, from one of their own. */
export function mustHoldAny({ roster, by }: Scene): Refused | undefined {
  return by.mandate === undefined && holdsOffice(roster, by)
    ? undefined
    : refuse('officeNotHeld', { office: officeNamed(roster, by.office) })
}

/** An office of the township, held now in the roster relied on. */
export function mustHoldInTownship(
  scene: Scene,
  kinds: readonly OfficeKind[],
): Refused | undefined {
  const township = townshipOf(scene)
  if (holds(township, scene.by, kinds)) return withinMandate(scene, township)
  return refuse('officeNotHeld', { office: officeNames(kinds) })
}

const townshipOf = ({ deciding, ledger }: Scene): RosterState =>
  townshipRosterAt(deciding.past, ledger, deciding.at)

const withinMandate = ({ act, by, request }: Scene, roster: RosterState): Refused | undefined =>
  beyondMandate(roster, by, { act, here: stateOf(request), amount: request.submission.amount })

/** The person a deputy acts for; undefined when who acts holds the office. */
const representedIn = (scene: Scene): PersonId | undefined =>
  (mandateOf(scene.roster, scene.by) ?? mandateOf(townshipOf(scene), scene.by))?.represented

/** As an event's body tells it: nothing when somebody acts in person. */
export function forWhom(scene: Scene): { represented?: PersonId } {
  const represented = representedIn(scene)
  return represented === undefined ? {} : { represented }
}

/** Who acts and whom they represent: separation of duties looks at both (law 7.16). */
export const actingIn = (scene: Scene): readonly PersonId[] => {
  const represented = representedIn(scene)
  return represented === undefined ? [scene.by.person] : [scene.by.person, represented]
}

/**
 * Handler, witness and head of the present round, as far as they have signed or are named; of a head who
 * was represented both.
 */
export const issuersOf = ({ submission, issued, issuedFor }: Request): readonly PersonId[] => [
  submission.handler,
  submission.witness,
  ...(issued === undefined ? [] : [issued]),
  ...(issuedFor === undefined ? [] : [issuedFor]),
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

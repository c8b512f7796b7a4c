// The statechart of a request by itself: the facts that may be offered to it, and every state it can come to.
import type { SnapshotFrom } from 'xstate'
import { adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph'
import type { Demand, Must } from '../../src/domain/must.ts'
import { acts, notes, type RequestEvent } from '../../workflows/request/v1/events.ts'
import type { requestMachine } from '../../workflows/request/v1/machine.ts'

export type Machine = typeof requestMachine
export type Snapshot = SnapshotFrom<Machine>
export type Demands = Readonly<Record<Must, Demand>>

export function chainOf({ value }: Snapshot): string {
  if (typeof value.chain === 'string') return value.chain
  return Object.entries(value.chain)
    .map(([outer, inner]) => `${outer}.${inner}`)
    .join()
}

export const eventTypes: readonly RequestEvent['type'][] = [...acts, ...notes].map(
  ({ eventType }) => eventType,
)

const body = (type: string, given: object) => ({ type, body: given }) as unknown as RequestEvent

/** A return says where it is from; decide fills that in from the state it returns. */
const returnable = [
  'issuing',
  'memberVote',
  'boardReview',
  'supervisorySignOff',
  'townshipFiling',
  'payment',
]
const returns = returnable.map((from) => body('request.returned', { from }))

/** The same route again, as a correction and as a material change. */
const resubmissions = (demands: Demands): readonly RequestEvent[] => {
  const route = Object.entries(demands).map(([must, demand]) => ({ must, demand }))
  return [[], ['amount']].map((material) => body('request.resubmitted', { material, route }))
}

/** Every fact there is, one of each kind that guards tell apart. */
export const factsFor = (demands: Demands): readonly RequestEvent[] => [
  ...eventTypes
    .filter((type) => type !== 'request.returned' && type !== 'request.resubmitted')
    .map((type) => body(type, {})),
  ...returns,
  ...resubmissions(demands),
]

/** Offered: a return only from where it stands, and one open finding at a time, or there were no end of states. */
function offered(state: Snapshot, event: RequestEvent): boolean {
  if (event.type === 'request.returned' && event.body.from !== chainOf(state).split('.')[0]) {
    return false
  }
  if (event.type === 'disciplineAudit.findingRaised') return state.context.openFindings === 0
  if (event.type === 'disciplineAudit.findingSettled') return state.context.openFindings > 0
  return true
}

const keyOf = ({ value, context }: Snapshot): string => {
  const { demands, returnedFrom, outcome, openFindings } = context
  return JSON.stringify([value, demands, returnedFrom, outcome, openFindings])
}

export interface Edge {
  readonly event: RequestEvent
  readonly to: string
}
export interface Vertex {
  readonly state: Snapshot
  readonly edges: readonly Edge[]
}

export const walking = (demands: Demands) => ({
  input: { demands },
  events: [...factsFor(demands)],
  filterEvents: (state: Snapshot, event: RequestEvent) =>
    state.status === 'active' && state.can(event) && offered(state, event),
  serializeState: (state: Snapshot) => keyOf(state),
  limit: 100_000,
})

/** Every state a route can come to, by key; the first is where it begins. */
export function explore(machine: Machine, demands: Demands): ReadonlyMap<string, Vertex> {
  const graph = new Map<string, { readonly state: Snapshot; readonly edges: Edge[] }>()
  const vertex = (state: Snapshot) => {
    const key = keyOf(state)
    const known = graph.get(key) ?? { state, edges: [] }
    graph.set(key, known)
    return { key, edges: known.edges }
  }
  for (const row of adjacencyMapToArray(getAdjacencyMap(machine, walking(demands)))) {
    const { edges } = vertex(row.state)
    edges.push({ event: row.event, to: vertex(row.nextState).key })
  }
  return graph
}

/** Every route there can be: the supervisors and the discipline committee always, no filing under an authority. */
export const allDemands: readonly Demands[] = (
  ['required', 'covered', 'notRequired'] as const
).flatMap((memberVote) =>
  (['required', 'covered', 'notRequired'] as const).flatMap((boardReview) =>
    (['required', 'notRequired'] as const).map((townshipFiling) => ({
      memberVote,
      boardReview,
      supervisorySignOff: 'required' as const,
      townshipFiling,
      disciplineAudit: 'required' as const,
    })),
  ),
)

/** Every route with every state it can come to. Made once a file: all of them are some thousands of states. */
export const exploreAll = (machine: Machine) =>
  allDemands.map((demands) => ({ demands, graph: explore(machine, demands) }))

export const isSuspended = ({ value }: Snapshot): boolean => value.suspension === 'suspended'

/** Every place of the chain; of two of them what comes later is further. */
export const places = [
  'returned',
  'issuing.drawnUp',
  'issuing.handled',
  'issuing.witnessed',
  'memberVote.due',
  'memberVote.open',
  'memberVote.carried',
  'boardReview.due',
  'boardReview.open',
  'boardReview.referred',
  'papers',
  'supervisorySignOff.due',
  'supervisorySignOff.open',
  'townshipFiling.due',
  'townshipFiling.open',
  'townshipFiling.accepted',
  'payment.payable',
  'payment.ordered',
  'booking',
  'rejected',
  'withdrawn',
  'disciplineAudit.due',
  'disciplineAudit.open',
  'disciplineAudit.covered',
  'closed',
]
/** Where a flow has ended, whatever its outcome. */
export const isEnd = (place: string): boolean => places.indexOf(place) > places.indexOf('booking')

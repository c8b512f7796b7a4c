// The statechart of a request by itself: the facts that may be offered to it, and every state it can come to.
import type { SnapshotFrom } from 'xstate'
import { adjacencyMapToArray, getAdjacencyMap } from 'xstate/graph'
import type { Demand, Must } from '../../src/domain/must.ts'
import { acts, notes, type RequestEvent } from '../../workflows/request/v1/events.ts'
import type { requestMachine } from '../../workflows/request/v1/machine.ts'

export type Machine = typeof requestMachine
export type Snapshot = SnapshotFrom<Machine>
export type Demands = Readonly<Record<Must, Demand>>
/** A route, and whether it is an emergency. */
export interface Way {
  readonly demands: Demands
  readonly emergency: boolean
}

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

/** The same route again, as a correction and as a material change; an emergency stays one. */
const resubmissions = ({ demands, emergency }: Way): readonly RequestEvent[] => {
  const route = Object.entries(demands).map(([must, demand]) => ({ must, demand }))
  const given = emergency ? { emergency: {} } : {}
  return [[], ['amount']].map((material) => body('request.resubmitted', { given, material, route }))
}

/** One's own last act leads back to where it was done; decide says where that was. */
const takenBackTo = [
  'issuing.drawnUp',
  'issuing.handled',
  'issuing.witnessed',
  'papers',
  'supervisorySignOff.open',
  'townshipFiling.open',
  'townshipFiling.accepted',
]
/** What a meeting says of a deferred must names it. */
const ratifying = [
  'ratification.carried',
  'ratification.referred',
  'ratification.passed',
  'ratification.failed',
]
const told = ['request.returned', 'request.resubmitted', 'act.takenBack', ...ratifying]

/** Every fact there is, one of each kind that guards tell apart. */
export const factsFor = (way: Way): readonly RequestEvent[] => [
  ...eventTypes.filter((type) => !told.includes(type)).map((type) => body(type, {})),
  body('payment.recorded', { settleBy: '-' }),
  ...returns,
  ...resubmissions(way),
  ...takenBackTo.map((to) => body('act.takenBack', { to })),
  ...ratifying.flatMap((type) => ['memberVote', 'boardReview'].map((must) => body(type, { must }))),
]

const raising: readonly string[] = ['disciplineAudit.findingRaised', 'automaticFinding.raised']
const settling: readonly string[] = ['disciplineAudit.findingSettled', 'automaticFinding.closed']

/** Offered: a return only from where it stands, and one open finding at a time, or there were no end of states. */
function offered(state: Snapshot, event: RequestEvent): boolean {
  if (event.type === 'request.returned' && event.body.from !== chainOf(state).split('.')[0]) {
    return false
  }
  if (raising.includes(event.type)) return state.context.openFindings === 0
  if (settling.includes(event.type)) return state.context.openFindings > 0
  return true
}

const keyOf = ({ value, context }: Snapshot): string => {
  const { demands, returnedFrom, outcome, openFindings, unratified } = context
  return JSON.stringify([value, demands, returnedFrom, outcome, openFindings, unratified])
}

export interface Edge {
  readonly event: RequestEvent
  readonly to: string
}
export interface Vertex {
  readonly state: Snapshot
  readonly edges: readonly Edge[]
}

export const walking = (way: Way) => ({
  input: way,
  events: [...factsFor(way)],
  filterEvents: (state: Snapshot, event: RequestEvent) =>
    state.status === 'active' && state.can(event) && offered(state, event),
  serializeState: (state: Snapshot) => keyOf(state),
  limit: 100_000,
})

/** Every state a route can come to, by key; the first is where it begins. */
export function explore(machine: Machine, way: Way): ReadonlyMap<string, Vertex> {
  const graph = new Map<string, { readonly state: Snapshot; readonly edges: Edge[] }>()
  const vertex = (state: Snapshot) => {
    const key = keyOf(state)
    const known = graph.get(key) ?? { state, edges: [] }
    graph.set(key, known)
    return { key, edges: known.edges }
  }
  for (const row of adjacencyMapToArray(getAdjacencyMap(machine, walking(way)))) {
    const { edges } = vertex(row.state)
    edges.push({ event: row.event, to: vertex(row.nextState).key })
  }
  return graph
}

const waysOf = (deciding: readonly Demand[], emergency: boolean): readonly Way[] =>
  deciding.flatMap((memberVote) =>
    deciding.flatMap((boardReview) =>
      (['required', 'notRequired'] as const).map((townshipFiling) => ({
        demands: {
          memberVote,
          boardReview,
          supervisorySignOff: 'required' as const,
          townshipFiling,
          disciplineAudit: 'required' as const,
        },
        emergency,
      })),
    ),
  )

/**
 * Every route there can be: the supervisors and the discipline committee always, no filing under an authority. In an
 * emergency what members and board would have to decide is deferred.
 */
export const allWays: readonly Way[] = [
  ...waysOf(['required', 'covered', 'notRequired'], false),
  ...waysOf(['deferred', 'covered', 'notRequired'], true),
]

/** Every route with every state it can come to. Made once a file: all of them are some thousands of states. */
export const exploreAll = (machine: Machine) =>
  allWays.map((way) => ({ ...way, graph: explore(machine, way) }))

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
  'settlement',
  'booking',
  'ratification',
  'rejected',
  'withdrawn',
  'disciplineAudit.due',
  'disciplineAudit.open',
  'disciplineAudit.covered',
  'closed',
]
/** Where a flow has ended, whatever its outcome. */
export const isEnd = (place: string): boolean =>
  places.indexOf(place) > places.indexOf('ratification')

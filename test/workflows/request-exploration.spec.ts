// On no way through the statechart, whatever the route, may these happen. Every state of every route is looked at.
import { describe, expect, test } from 'vitest'
import type { Demand, Must } from '../../src/domain/must.ts'
import { requestMachine } from '../../workflows/request/v1/machine.ts'
import {
  allWays,
  chainOf,
  explore,
  exploreAll,
  isEnd,
  isSuspended,
  type Machine,
  places,
  type Vertex,
  type Way,
} from '../support/request-chart.ts'

type Graph = ReadonlyMap<string, Vertex>
const everyMust: Way = {
  demands: {
    memberVote: 'required',
    boardReview: 'required',
    supervisorySignOff: 'required',
    townshipFiling: 'required',
    disciplineAudit: 'required',
  },
  emergency: false,
}
const inFlood: Way = {
  demands: { ...everyMust.demands, memberVote: 'deferred', boardReview: 'deferred' },
  emergency: true,
}
const graphs = exploreAll(requestMachine)

/** The facts that discharge a must, by its demand. */
const discharges: Readonly<Partial<Record<Must, Partial<Record<Demand, readonly string[]>>>>> = {
  memberVote: {
    required: ['memberVote.passed'],
    covered: ['memberVote.covered'],
    deferred: ['memberVote.deferred'],
    notRequired: ['memberVote.notRequired'],
  },
  boardReview: {
    required: ['boardReview.passed'],
    covered: ['boardReview.covered'],
    deferred: ['boardReview.deferred'],
    notRequired: ['boardReview.notRequired'],
  },
  supervisorySignOff: { required: ['supervisorySignOff.passed'] },
  townshipFiling: {
    required: ['townshipFiling.consented'],
    notRequired: ['townshipFiling.notRequired'],
  },
}
const aloneInEmergency = 'townshipFiling.emergencyConsented'
const isDischarged = (must: Must, { demands, emergency }: Way, type: string): boolean =>
  discharges[must]?.[demands[must]]?.includes(type) === true ||
  (must === 'townshipFiling' && emergency && type === aloneInEmergency)
const fourMusts = Object.keys(discharges) as readonly Must[]

const paying: readonly string[] = ['payment.ordered', 'payment.debited']

/** Walks every way with what has been discharged on it; the first breach of the order, or undefined. */
function breachIn(graph: Graph, way: Way): string | undefined {
  const [start = ''] = graph.keys()
  const seen = new Set<string>()
  const ahead: { readonly key: string; readonly done: number }[] = [{ key: start, done: 0 }]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { key, done } = next
    if (seen.has(`${done} ${key}`)) continue
    seen.add(`${done} ${key}`)
    for (const { event, to } of graph.get(key)?.edges ?? []) {
      if (paying.includes(event.type) && done < fourMusts.length) {
        return `paid after ${done} of the musts`
      }
      const index = fourMusts.findIndex((must) => isDischarged(must, way, event.type))
      if (index > done) return `${event.type} before the must ahead of it`
      const restarts = event.type === 'request.resubmitted' && event.body.material.length > 0
      ahead.push({ key: to, done: restarts ? 0 : Math.max(done, index + 1) })
    }
  }
  return undefined
}

/** Facts that took a suspended request further, or paid it. */
const advancedIn = (graph: Graph): readonly string[] =>
  [...graph.values()]
    .filter(({ state }) => isSuspended(state) && !isEnd(chainOf(state)))
    .flatMap(({ state, edges }) =>
      edges
        .map(({ event, to }) => ({ event, next: graph.get(to)?.state ?? state }))
        .filter(({ next }) => isSuspended(next) && !isEnd(chainOf(next)))
        .filter(({ next }) => places.indexOf(chainOf(next)) > places.indexOf(chainOf(state)))
        .map(({ event, next }) => `${event.type} to ${chainOf(next)}`),
    )
const opening = /^\w+\.opened to (\w+)\.open$/

const edgesOf = (graph: Graph) =>
  [...graph.values()].flatMap(({ state, edges }) =>
    edges.map(({ event, to }) => ({
      from: state,
      type: event.type,
      to: graph.get(to)?.state ?? state,
    })),
  )

/** States from which no way leads to `closed`. */
function stuckIn(graph: Graph): readonly string[] {
  const into = new Map<string, string[]>()
  for (const [key, { edges }] of graph) {
    for (const { to } of edges) into.set(to, [...(into.get(to) ?? []), key])
  }
  const reaches = new Set(
    [...graph].filter(([, { state }]) => chainOf(state) === 'closed').map(([key]) => key),
  )
  for (const key of reaches) for (const before of into.get(key) ?? []) reaches.add(before)
  return [...graph.keys()].filter((key) => !reaches.has(key))
}

/** States in which the audit of what was paid is open though a meeting or the head has still to say something. */
const unratifiedIn = (graph: Graph): readonly string[] =>
  [...graph.values()]
    .map(({ state }) => state)
    .filter(({ context }) => context.outcome === 'paid')
    .filter((state) => /^disciplineAudit|^closed/.test(chainOf(state)))
    .filter(
      ({ value, context }) => context.unratified.length > 0 || value.confirmation === 'pending',
    )
    .map(chainOf)

describe('on no way, whatever the route', () => {
  test('is anything paid with a must undischarged, or a must passed before another', () => {
    expect(allWays).toHaveLength(36)
    for (const { graph, ...way } of graphs) expect(breachIn(graph, way)).toBeUndefined()
  })

  test('does anything advance while suspended', () => {
    for (const { graph } of graphs) {
      expect(advancedIn(graph).filter((advance) => !opening.test(advance))).toEqual([])
    }
  })

  test('is a flow closed but through its inspection, or left with no way to be closed', () => {
    for (const { graph } of graphs) {
      const closings = edgesOf(graph).filter(
        ({ from, to }) => chainOf(to) === 'closed' && chainOf(from) !== 'closed',
      )
      expect(new Set(closings.map(({ from, type }) => `${chainOf(from)} ${type}`))).toEqual(
        new Set(['disciplineAudit.covered disciplineAudit.passed']),
      )
      expect(stuckIn(graph)).toEqual([])
    }
  })

  test('law 3.12: does an emergency reach its audit unratified or unconfirmed', () => {
    expect(graphs.flatMap(({ graph }) => unratifiedIn(graph))).toEqual([])
  })

  test('law 2.31: does taking back lead further, past the payment or out of an end', () => {
    const backs = graphs.flatMap(({ graph }) =>
      edgesOf(graph).filter(({ type }) => type === 'act.takenBack'),
    )
    expect(new Set(backs.map(({ from }) => chainOf(from))).size).toBe(9)
    for (const { from, to } of backs) {
      expect(places.indexOf(chainOf(to))).toBeLessThanOrEqual(places.indexOf(chainOf(from)))
      expect(places.indexOf(chainOf(from))).toBeLessThan(places.indexOf('payment.ordered'))
    }
  })

  test('does an outcome change once there is one', () => {
    for (const { graph } of graphs) {
      for (const { state, edges } of graph.values()) {
        if (state.context.outcome === 'open') continue
        for (const { to } of edges) {
          expect(graph.get(to)?.state.context.outcome).toBe(state.context.outcome)
        }
      }
    }
  })
})

describe('the explorer finds', () => {
  const broken = (guards: Parameters<Machine['provide']>[0]['guards']) =>
    requestMachine.provide({ guards: guards ?? {} })

  test('a must that may be passed over though it is required', () => {
    const machine = broken({ memberVoteNotRequired: () => true })
    expect(breachIn(explore(machine, everyMust), everyMust)).toMatch(/paid after|before the must/)
  })

  test('a correction that skips ahead', () => {
    const machine = broken({ returnedFromMemberVote: () => false, returnedFromPayment: () => true })
    expect(breachIn(explore(machine, everyMust), everyMust)).toMatch(/paid after/)
  })

  test('an officer who consents alone where there is no emergency', () => {
    const machine = broken({ mayConsentAlone: () => true })
    expect(breachIn(explore(machine, everyMust), everyMust)).toMatch(/paid after/)
  })

  test('a must deferred though nothing is an emergency', () => {
    const machine = broken({ memberVoteDeferred: () => true })
    expect(breachIn(explore(machine, everyMust), everyMust)).toMatch(/paid after|before the must/)
  })

  test('an audit that does not wait for the ratification', () => {
    const machine = broken({ nothingToRatify: () => true })
    expect(unratifiedIn(explore(machine, inFlood))).toContain('disciplineAudit.open')
  })

  test('a suspension that is not asked', () => {
    const machine = broken({ isFree: () => true })
    expect(advancedIn(explore(machine, everyMust))).toContain('payment.ordered to payment.ordered')
  })

  test('a state that nothing leads out of', () => {
    const machine = broken({ hasNoOpenFinding: ({ context }) => context.outcome !== 'paid' })
    expect(stuckIn(explore(machine, everyMust)).length).toBeGreaterThan(0)
  })
})

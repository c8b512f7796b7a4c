// The statechart by itself: the shortest ways to each end, and what each place takes.
import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import type { Demand, Must } from '../../src/domain/must.ts'
import { requestMachine } from '../../workflows/request/v1/machine.ts'
import {
  chainOf,
  eventTypes,
  exploreAll,
  factsFor,
  isSuspended,
  type Machine,
  places,
  type Snapshot,
  walking,
  type Way,
} from '../support/request-chart.ts'

const demandsOf = (
  memberVote: Demand,
  boardReview: Demand,
  townshipFiling: Demand = 'required',
): Way => ({
  demands: {
    memberVote,
    boardReview,
    supervisorySignOff: 'required',
    townshipFiling,
    disciplineAudit: 'required',
  },
  emergency: memberVote === 'deferred' || boardReview === 'deferred',
})
const everyMust = demandsOf('required', 'required')

type Outcome = 'paid' | 'rejected' | 'withdrawn'
/** The shortest way to `closed` with an outcome, one fact a line. */
function way(along: Way, outcome: Outcome): readonly string[] {
  const [path] = getShortestPaths(requestMachine, {
    ...walking(along),
    // paid by the cashier, as everything is but a direct debit
    events: factsFor(along).filter(({ type }) => type !== 'payment.debited'),
    toState: (state) => chainOf(state) === 'closed' && state.context.outcome === outcome,
  })
  return (path?.steps ?? []).map(({ event }) => event.type).slice(1)
}

describe('the shortest way to an end', () => {
  test('paid, where every must is required', () => {
    expect(way(everyMust, 'paid')).toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.opened",
        "memberVote.carried",
        "memberVote.passed",
        "boardReview.opened",
        "boardReview.passed",
        "papers.completed",
        "supervisorySignOff.opened",
        "supervisorySignOff.passed",
        "townshipFiling.opened",
        "townshipFiling.accepted",
        "townshipFiling.consented",
        "payment.ordered",
        "payment.recorded",
        "booking.recorded",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
  test('paid, where only the supervisors and the inspection are', () => {
    expect(way(demandsOf('notRequired', 'notRequired', 'notRequired'), 'paid'))
      .toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.notRequired",
        "boardReview.notRequired",
        "papers.completed",
        "supervisorySignOff.opened",
        "supervisorySignOff.passed",
        "townshipFiling.notRequired",
        "payment.ordered",
        "payment.recorded",
        "booking.recorded",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
  test('law 3.12: an emergency is paid first and waits for its ratification', () => {
    expect(way(demandsOf('deferred', 'deferred'), 'paid')).toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.deferred",
        "boardReview.deferred",
        "papers.completed",
        "supervisorySignOff.opened",
        "supervisorySignOff.passed",
        "townshipFiling.opened",
        "townshipFiling.accepted",
        "townshipFiling.consented",
        "payment.ordered",
        "payment.recorded",
        "booking.recorded",
        "ratification.lapsed",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
  test('paid, under an authority', () => {
    expect(way(demandsOf('covered', 'covered'), 'paid')).toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.covered",
        "boardReview.covered",
        "papers.completed",
        "supervisorySignOff.opened",
        "supervisorySignOff.passed",
        "townshipFiling.opened",
        "townshipFiling.accepted",
        "townshipFiling.consented",
        "payment.ordered",
        "payment.recorded",
        "booking.recorded",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
  test('rejected', () => {
    expect(way(everyMust, 'rejected')).toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.opened",
        "memberVote.failed",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
    expect(way(demandsOf('notRequired', 'notRequired'), 'rejected')).toMatchInlineSnapshot(`
      [
        "request.handled",
        "request.witnessed",
        "request.issued",
        "memberVote.notRequired",
        "boardReview.notRequired",
        "papers.completed",
        "supervisorySignOff.opened",
        "supervisorySignOff.failed",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
  test('withdrawn', () => {
    expect(way(everyMust, 'withdrawn')).toMatchInlineSnapshot(`
      [
        "request.withdrawn",
        "disciplineAudit.opened",
        "disciplineAudit.covered",
        "disciplineAudit.passed",
      ]
    `)
  })
})

const graphs = exploreAll(requestMachine)
const vertices = graphs.flatMap(({ graph }) => [...graph.values()])

const turning = ['request.returned', 'request.withdrawn', 'evidence.added']
/** Of it, what ends nothing. */
const stayingOpen = ['request.returned', 'evidence.added']
const ended = ['disciplineAudit.opened']
/** One's own last act, until the next (law 2.31). */
const back = 'act.takenBack'
/** What each place takes when all five are required and nothing is suspended, by hand from law §2. */
const takes: Readonly<Record<string, readonly string[]>> = {
  'issuing.drawnUp': ['request.handled', ...turning],
  'issuing.handled': ['request.witnessed', ...turning, back],
  'issuing.witnessed': ['request.issued', ...turning, back],
  'memberVote.due': ['memberVote.opened', ...turning],
  'memberVote.open': [
    'memberVote.carried',
    'memberVote.failed',
    'memberVote.notDecided',
    ...turning,
    back,
  ],
  'memberVote.carried': ['memberVote.passed', ...turning],
  'boardReview.due': ['boardReview.opened', ...turning],
  'boardReview.open': [
    'boardReview.passed',
    'boardReview.failed',
    'boardReview.referred',
    'boardReview.notDecided',
    ...turning,
    back,
  ],
  'boardReview.referred': [
    'boardReview.passed',
    'boardReview.failed',
    'boardReview.notDecided',
    ...turning,
  ],
  papers: ['papers.completed', 'evidence.added', 'request.withdrawn', back],
  'supervisorySignOff.due': ['supervisorySignOff.opened', ...turning],
  'supervisorySignOff.open': [
    'supervisorySignOff.signed',
    'supervisorySignOff.objected',
    'supervisorySignOff.passed',
    'supervisorySignOff.failed',
    ...turning,
    back,
  ],
  'townshipFiling.due': ['townshipFiling.opened', ...turning],
  'townshipFiling.open': [
    'townshipFiling.accepted',
    'townshipFiling.emergencyConsented',
    ...turning,
    back,
  ],
  'townshipFiling.accepted': [
    'townshipFiling.consented',
    'townshipFiling.refused',
    ...turning,
    back,
  ],
  // a direct debit is paid by the bank, everything else by the cashier: decide knows which
  'payment.payable': [
    'payment.ordered',
    'payment.debited',
    'request.returned',
    'request.withdrawn',
    back,
  ],
  'payment.ordered': ['payment.recorded', 'payment.failed'],
  settlement: ['advance.settled'],
  booking: ['booking.recorded'],
  ratification: [
    'memberVote.notDecided',
    'boardReview.notDecided',
    'ratification.opened',
    'ratification.carried',
    'ratification.referred',
    'ratification.passed',
    'ratification.failed',
    'ratification.lapsed',
    'disciplineAudit.opened',
  ],
  returned: ['request.resubmitted', 'request.withdrawn', 'evidence.added'],
  rejected: ended,
  withdrawn: ended,
  'disciplineAudit.due': ended,
  'disciplineAudit.open': ['disciplineAudit.covered'],
  'disciplineAudit.covered': ['disciplineAudit.passed'],
  closed: [],
}
/** Findings may name a request in any state, and it may be talked about in any. */
const always = [
  'disciplineAudit.findingRaised',
  'disciplineAudit.findingSettled',
  'automaticFinding.raised',
  'automaticFinding.answered',
  'automaticFinding.closed',
  'request.urged',
  'request.copiedIn',
  'request.commented',
  'question.asked',
  'question.answered',
  'alert.raised',
  'alert.dismissed',
  // which meeting has it, noted by that meeting in any state
  'vote.opened',
  'vote.ended',
]
const passing: Readonly<Record<string, Must>> = {
  'memberVote.due': 'memberVote',
  'boardReview.due': 'boardReview',
  'townshipFiling.due': 'townshipFiling',
}
const freeing = ['suspension.renewed', 'suspension.lifted', 'suspension.lapsed']
/** Of what is taken when free, what still is while suspended: it sends back, opens what it stands in, or adds (law 2.35). */
const whileSuspended = [
  ...stayingOpen,
  back,
  'memberVote.notDecided',
  'boardReview.notDecided',
  'memberVote.opened',
  'boardReview.opened',
  'supervisorySignOff.opened',
  'townshipFiling.opened',
  'supervisorySignOff.objected',
  'disciplineAudit.opened',
  'disciplineAudit.covered',
  'disciplineAudit.passed',
]

/** Taken only while something of an emergency is left to decide, by hand from law 3.11 and 3.12. */
const onUnratified = [
  'ratification.carried',
  'ratification.referred',
  'ratification.passed',
  'ratification.failed',
  'ratification.lapsed',
]
function isLeft({ value, context }: Snapshot, type: string): boolean {
  const pending = value.confirmation === 'pending'
  if (type === 'townshipFiling.emergencyConsented') return context.emergency
  if (onUnratified.includes(type)) return context.unratified.length > 0
  if (type === 'disciplineAudit.opened' && value.chain === 'ratification')
    return context.unratified.length === 0 && !pending
  return type !== 'disciplineAudit.passed' || context.openFindings === 0
}

/** Before the payment these end it, and after it nothing is suspended any more. */
const unconfirming = ['townshipFiling.confirmationRefused', 'confirmation.lapsed']
/** The head's word on what one officer consented to, wherever the chain is by then; and that there is somebody to tell. */
const besides = ({ value, context }: Snapshot): readonly string[] => [
  ...(value.confirmation === 'pending'
    ? ['townshipFiling.confirmed', ...(value.suspension === 'suspended' ? [] : unconfirming)]
    : []),
  ...(Object.values(context.demands).includes('deferred') ? ['emergency.notified'] : []),
]

function takenByHand(state: Snapshot): readonly string[] {
  const place = chainOf(state)
  const must = passing[place]
  const demand = must === undefined ? 'required' : state.context.demands[must]
  const chain = (takes[place] ?? []).map((type) =>
    must !== undefined && type === `${must}.opened` && demand !== 'required'
      ? `${must}.${demand}`
      : type,
  )
  const settled = [...chain.filter((type) => isLeft(state, type)), ...besides(state)]
  if (isSuspended(state)) {
    const stays = [...whileSuspended, ...besides(state)]
    return [...settled.filter((type) => stays.includes(type)), ...freeing]
  }
  const stoppable = state.context.outcome === 'open' && place !== 'payment.ordered'
  return [...settled, ...(stoppable ? ['suspension.proposed', 'suspension.ordered'] : [])]
}

describe('what each state takes', () => {
  test('every state × every fact is taken or ignored as the table says', () => {
    for (const { graph, ...along } of graphs) {
      for (const { state } of graph.values()) {
        const taken = factsFor(along)
          .filter((event) => state.can(event))
          .map(({ type }) => type)
        const expected = [...takenByHand(state), ...always]
        expect([...new Set(taken)].sort(), `${chainOf(state)} ${isSuspended(state)}`).toEqual(
          expected.sort(),
        )
      }
    }
  })

  test('every place of the chart is reached, and the table has no other', () => {
    const reached = new Set(vertices.map(({ state }) => chainOf(state)))
    const all = [...places].sort()
    expect([...reached].sort()).toEqual(all)
    expect([...placesOf(requestMachine)].sort()).toEqual(all)
    expect(Object.keys(takes).sort()).toEqual(all)
  })

  test('every fact is taken somewhere', () => {
    const taken = new Set(vertices.flatMap(({ edges }) => edges.map(({ event }) => event.type)))
    expect(eventTypes.filter((type) => !taken.has(type))).toEqual(['request.submitted'])
  })
})

interface Node {
  readonly states: Readonly<Record<string, Node>>
}
function placesOf(machine: Machine): readonly string[] {
  const chain: Node | undefined = (machine.root as unknown as Node).states['chain']
  return Object.entries(chain?.states ?? {}).flatMap(([outer, { states }]) => {
    const inner = Object.keys(states)
    return inner.length === 0 ? [outer] : inner.map((name) => `${outer}.${name}`)
  })
}

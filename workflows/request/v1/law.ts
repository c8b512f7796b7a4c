// The vocabulary of request@1: types, guards and actions its states are written in.
import { and, assign, not, setup, stateIn } from 'xstate'
import type { Demand, Must } from '../../../src/domain/must.ts'
import type { RequestEvent } from './events.ts'

export interface RequestInput {
  /** The frozen route; replaced when a material change restarts it. */
  readonly demands: Readonly<Record<Must, Demand>>
}
export type RequestOutcome = 'open' | 'paid' | 'rejected' | 'withdrawn'
export interface RequestContext extends RequestInput {
  readonly round: number
  readonly returnedFrom: string
  readonly outcome: RequestOutcome
  readonly openFindings: number
}

const free = stateIn('#request.suspension.free')

const returnedFrom =
  (place: string) =>
  ({ context }: { context: RequestContext }): boolean =>
    context.returnedFrom === place

const demanded =
  (must: Must, demand: Demand) =>
  ({ context }: { context: RequestContext }): boolean =>
    context.demands[must] === demand

/** Route stations as the machine needs them. */
export function demandsOf(
  route: readonly { readonly must: Must; readonly demand: Demand }[],
): Readonly<Record<Must, Demand>> {
  const of = (must: Must): Demand => {
    const station = route.find((candidate) => candidate.must === must)
    if (station === undefined) throw new Error(`the route has no ${must}`)
    return station.demand
  }
  return {
    memberVote: of('memberVote'),
    boardReview: of('boardReview'),
    supervisorySignOff: of('supervisorySignOff'),
    townshipFiling: of('townshipFiling'),
    disciplineAudit: of('disciplineAudit'),
  }
}

/** All that guards and actions below read of an event besides its type: the machine is shown no more. */
export function readByMachine(event: RequestEvent): object | undefined {
  if (event.type === 'request.returned') return { from: event.body.from }
  if (event.type !== 'request.resubmitted') return undefined
  const { material, route } = event.body
  return { material, route: route.map(({ must, demand }) => ({ must, demand })) }
}

export const law = setup({
  types: {
    input: {} as RequestInput,
    context: {} as RequestContext,
    events: {} as RequestEvent,
  },
  guards: {
    isFree: free,
    // while the money moves, after it moved and once closed there is nothing left to suspend
    isSuspendable: and([
      ({ context }: { context: RequestContext }) => context.outcome === 'open',
      not(stateIn('#request.chain.payment.ordered')),
    ]),
    // resubmitting and passing over a must are advances too: none while suspended
    isMaterial: and([
      free,
      ({ event }: { event: RequestEvent }) =>
        event.type === 'request.resubmitted' && event.body.material.length > 0,
    ]),
    returnedFromIssuing: and([free, returnedFrom('issuing')]),
    returnedFromMemberVote: and([free, returnedFrom('memberVote')]),
    returnedFromBoardReview: and([free, returnedFrom('boardReview')]),
    returnedFromSignOff: and([free, returnedFrom('supervisorySignOff')]),
    returnedFromFiling: and([free, returnedFrom('townshipFiling')]),
    returnedFromPayment: and([free, returnedFrom('payment')]),
    memberVoteRequired: demanded('memberVote', 'required'),
    memberVoteCovered: and([free, demanded('memberVote', 'covered')]),
    memberVoteNotRequired: and([free, demanded('memberVote', 'notRequired')]),
    boardReviewRequired: demanded('boardReview', 'required'),
    boardReviewCovered: and([free, demanded('boardReview', 'covered')]),
    boardReviewNotRequired: and([free, demanded('boardReview', 'notRequired')]),
    filingRequired: demanded('townshipFiling', 'required'),
    filingNotRequired: and([free, demanded('townshipFiling', 'notRequired')]),
    hasNoOpenFinding: ({ context }) => context.openFindings === 0,
  },
  actions: {
    rememberReturn: assign({
      returnedFrom: ({ event, context }) =>
        event.type === 'request.returned' ? event.body.from : context.returnedFrom,
    }),
    openRound: assign({
      round: ({ context }) => context.round + 1,
      returnedFrom: '',
      demands: ({ event, context }) =>
        event.type === 'request.resubmitted' && event.body.material.length > 0
          ? demandsOf(event.body.route)
          : context.demands,
    }),
    endRejected: assign({ outcome: 'rejected' }),
    endWithdrawn: assign({ outcome: 'withdrawn' }),
    notePaid: assign({ outcome: 'paid' }),
    findingOpened: assign({ openFindings: ({ context }) => context.openFindings + 1 }),
    findingClosed: assign({ openFindings: ({ context }) => Math.max(0, context.openFindings - 1) }),
    // an event that moves nothing must still be an event the state takes: xstate drops transitions with neither
    noteEvidence: assign({}),
    noteProposal: assign({}),
    noteSignature: assign({}),
  },
})

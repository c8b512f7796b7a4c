// The vocabulary of request@1: types, guards and actions its states are written in.
import { and, assign, not, or, setup, stateIn } from 'xstate'
import { type Demand, type Must, musts } from '../../../src/domain/must.ts'
import type { RequestEvent } from './events.ts'

export interface RequestInput {
  /** The frozen route; replaced when a material change restarts it. */
  readonly demands: Readonly<Record<Must, Demand>>
  /** 抢险应急: one duty officer may consent alone. */
  readonly emergency: boolean
}
export type RequestOutcome = 'open' | 'paid' | 'rejected' | 'withdrawn'
export interface RequestContext extends RequestInput {
  readonly round: number
  readonly returnedFrom: string
  readonly outcome: RequestOutcome
  readonly openFindings: number
  /** Musts an emergency defers, until their meeting has decided (law 3.12). */
  readonly unratified: readonly Must[]
}

/** The musts a route defers. */
export const deferredBy = (demands: RequestInput['demands']): readonly Must[] =>
  musts.filter((must) => demands[must] === 'deferred')

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
  // whether it is to be settled, not by when: one step for all dates
  if (event.type === 'payment.recorded')
    return event.body.settleBy === undefined ? {} : { settleBy: '-' }
  if (event.type === 'act.takenBack') return { to: event.body.to }
  if (isRatifying(event)) return { must: event.body.must }
  if (event.type !== 'request.resubmitted') return undefined
  const { given, material, route } = event.body
  return {
    // whether it is one, not which: one step for all causes
    given: given.emergency === undefined ? {} : { emergency: {} },
    material,
    route: route.map(({ must, demand }) => ({ must, demand })),
  }
}

type Ratifying = Extract<
  RequestEvent,
  {
    type:
      | 'ratification.carried'
      | 'ratification.referred'
      | 'ratification.passed'
      | 'ratification.failed'
  }
>
const ratifying: ReadonlySet<string> = new Set<Ratifying['type']>([
  'ratification.carried',
  'ratification.referred',
  'ratification.passed',
  'ratification.failed',
])
const isRatifying = (event: RequestEvent): event is Ratifying => ratifying.has(event.type)

const hasUnratified = ({ context }: { context: RequestContext }): boolean =>
  context.unratified.length > 0
const unconfirmed = stateIn('#request.confirmation.pending')
// while the money moves, after it moved and once closed there is nothing left to suspend
const suspendable = and([
  ({ context }: { context: RequestContext }) => context.outcome === 'open',
  not(stateIn('#request.chain.payment.ordered')),
])

const isMaterial = ({ event }: { event: RequestEvent }): boolean =>
  event.type === 'request.resubmitted' && event.body.material.length > 0

export const law = setup({
  types: {
    input: {} as RequestInput,
    context: {} as RequestContext,
    events: {} as RequestEvent,
  },
  guards: {
    isFree: free,
    isSuspendable: suspendable,
    // what may still be suspended may still be withdrawn, unless it is: the money does not move yet
    isWithdrawable: and([free, suspendable]),
    // resubmitting, passing over a must and coming to an end are advances too: none while suspended
    isMaterial: and([free, isMaterial]),
    returnedFromIssuing: and([free, returnedFrom('issuing')]),
    returnedFromMemberVote: and([free, returnedFrom('memberVote')]),
    returnedFromBoardReview: and([free, returnedFrom('boardReview')]),
    returnedFromSignOff: and([free, returnedFrom('supervisorySignOff')]),
    returnedFromFiling: and([free, returnedFrom('townshipFiling')]),
    returnedFromPayment: and([free, returnedFrom('payment')]),
    memberVoteRequired: demanded('memberVote', 'required'),
    memberVoteCovered: and([free, demanded('memberVote', 'covered')]),
    memberVoteDeferred: and([free, demanded('memberVote', 'deferred')]),
    memberVoteNotRequired: and([free, demanded('memberVote', 'notRequired')]),
    boardReviewRequired: demanded('boardReview', 'required'),
    boardReviewCovered: and([free, demanded('boardReview', 'covered')]),
    boardReviewDeferred: and([free, demanded('boardReview', 'deferred')]),
    boardReviewNotRequired: and([free, demanded('boardReview', 'notRequired')]),
    filingRequired: demanded('townshipFiling', 'required'),
    filingNotRequired: and([free, demanded('townshipFiling', 'notRequired')]),
    isToBeSettled: ({ event }) =>
      event.type === 'payment.recorded' && event.body.settleBy !== undefined,
    // one's own last act is taken back to where it was done, and nowhere else
    takesBackTo: ({ event }, { to }: { readonly to: string }) =>
      event.type === 'act.takenBack' && event.body.to === to,
    mayConsentAlone: and([
      free,
      stateIn('#request.chain.townshipFiling.open'),
      ({ context }: { context: RequestContext }) => context.emergency,
    ]),
    // both regions take these together or not at all
    isUnconfirmed: and([free, unconfirmed]),
    isRestarted: and([free, stateIn('#request.chain.returned'), isMaterial]),
    confirmationFailed: stateIn('#request.confirmation.failed'),
    isDeferred: ({ context }) => deferredBy(context.demands).length > 0,
    isUnratified: ({ context, event }) =>
      isRatifying(event) && context.unratified.includes(event.body.must),
    hasUnratified,
    awaitsRatification: or([unconfirmed, hasUnratified]),
    nothingToRatify: and([
      not(unconfirmed),
      ({ context }: { context: RequestContext }) => context.unratified.length === 0,
    ]),
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
        event.type === 'request.resubmitted' && isMaterial({ event })
          ? demandsOf(event.body.route)
          : context.demands,
      unratified: ({ event, context }) =>
        event.type === 'request.resubmitted' && isMaterial({ event })
          ? deferredBy(demandsOf(event.body.route))
          : context.unratified,
      emergency: ({ event, context }) =>
        event.type === 'request.resubmitted'
          ? event.body.given.emergency !== undefined
          : context.emergency,
    }),
    ratifyOne: assign({
      unratified: ({ event, context }) =>
        isRatifying(event)
          ? context.unratified.filter((must) => must !== event.body.must)
          : context.unratified,
    }),
    ratifyNone: assign({ unratified: [] }),
    endRejected: assign({ outcome: 'rejected' }),
    endWithdrawn: assign({ outcome: 'withdrawn' }),
    notePaid: assign({ outcome: 'paid' }),
    findingOpened: assign({ openFindings: ({ context }) => context.openFindings + 1 }),
    findingClosed: assign({ openFindings: ({ context }) => Math.max(0, context.openFindings - 1) }),
    // an event that moves nothing must still be an event the state takes: xstate drops transitions with neither
    noteEvidence: assign({}),
    noteProposal: assign({}),
    noteSignature: assign({}),
    noteUndecided: assign({}),
    noteTalk: assign({}),
  },
})

// Must 1, memberVote (社员表决): carried by the members, discharged by the written shareholder decision (L1 Art 27, L2 Art 60).
import { law } from '../law.ts'

export const memberVote = law.createStateConfig({
  initial: 'due',
  states: {
    due: {
      on: {
        'memberVote.opened': { guard: 'memberVoteRequired', target: 'open' },
        'memberVote.covered': { guard: 'memberVoteCovered', target: '#request.chain.boardReview' },
        'memberVote.deferred': {
          guard: 'memberVoteDeferred',
          target: '#request.chain.boardReview',
        },
        'memberVote.notRequired': {
          guard: 'memberVoteNotRequired',
          target: '#request.chain.boardReview',
        },
      },
    },
    open: {
      on: {
        'memberVote.carried': { guard: 'isFree', target: 'carried' },
        'memberVote.notDecided': { actions: 'noteUndecided' },
        'memberVote.failed': {
          guard: 'isFree',
          target: '#request.chain.rejected',
          actions: 'endRejected',
        },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'issuing.witnessed' } },
          target: '#request.chain.issuing.witnessed',
        },
      },
    },
    carried: {
      on: { 'memberVote.passed': { guard: 'isFree', target: '#request.chain.boardReview' } },
    },
  },
  on: {
    'request.returned': { target: '#request.chain.returned', actions: 'rememberReturn' },
    'request.withdrawn': {
      guard: 'isFree',
      target: '#request.chain.withdrawn',
      actions: 'endWithdrawn',
    },
    'evidence.added': { actions: 'noteEvidence' },
  },
})

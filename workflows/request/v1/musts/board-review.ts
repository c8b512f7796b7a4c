// Must 2, boardReview (董事会研究): named votes; with too few unrelated directors it goes to the shareholder (L2 Art 73, 185).
import { law } from '../law.ts'

const decided = {
  'boardReview.notDecided': { actions: 'noteUndecided' },
  'boardReview.passed': { guard: 'isFree', target: '#request.chain.papers' },
  'boardReview.failed': {
    guard: 'isFree',
    target: '#request.chain.rejected',
    actions: 'endRejected',
  },
} as const

export const boardReview = law.createStateConfig({
  initial: 'due',
  states: {
    due: {
      on: {
        'boardReview.opened': { guard: 'boardReviewRequired', target: 'open' },
        'boardReview.covered': { guard: 'boardReviewCovered', target: '#request.chain.papers' },
        'boardReview.deferred': { guard: 'boardReviewDeferred', target: '#request.chain.papers' },
        'boardReview.notRequired': {
          guard: 'boardReviewNotRequired',
          target: '#request.chain.papers',
        },
      },
    },
    open: {
      on: {
        ...decided,
        'boardReview.referred': { guard: 'isFree', target: 'referred' },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'issuing.witnessed' } },
          target: '#request.chain.issuing.witnessed',
        },
      },
    },
    referred: { on: decided },
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

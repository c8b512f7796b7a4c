// After an emergency was paid and booked: what was deferred is decided by the meetings it was kept from, and the head's
// confirmation is in (law 3.10–3.12). Whatever they say, it goes on to the audit and never back.
import { law } from '../law.ts'

export const ratification = law.createStateConfig({
  on: {
    'ratification.opened': { actions: 'noteTalk' },
    'memberVote.notDecided': { actions: 'noteUndecided' },
    'boardReview.notDecided': { actions: 'noteUndecided' },
    'ratification.carried': { guard: 'isUnratified', actions: 'noteTalk' },
    'ratification.referred': { guard: 'isUnratified', actions: 'noteTalk' },
    'ratification.passed': { guard: 'isUnratified', actions: 'ratifyOne' },
    'ratification.failed': { guard: 'isUnratified', actions: 'ratifyOne' },
    'ratification.lapsed': { guard: 'hasUnratified', actions: 'ratifyNone' },
    'disciplineAudit.opened': {
      guard: 'nothingToRatify',
      target: '#request.chain.disciplineAudit.open',
    },
  },
})

/**
 * The head's confirmation of what one duty officer consented to alone (law 3.11). A region of its own: the chain goes on
 * meanwhile, for the danger does not wait.
 */
export const confirmation = law.createStateConfig({
  initial: 'none',
  states: {
    none: {
      on: { 'townshipFiling.emergencyConsented': { guard: 'mayConsentAlone', target: 'pending' } },
    },
    pending: {
      on: {
        'townshipFiling.confirmed': 'confirmed',
        'townshipFiling.confirmationRefused': { guard: 'isFree', target: 'failed' },
        'confirmation.lapsed': { guard: 'isFree', target: 'failed' },
        'request.resubmitted': { guard: 'isRestarted', target: 'none' },
        'request.withdrawn': { guard: 'isWithdrawable', target: 'none' },
      },
    },
    confirmed: { on: { 'request.resubmitted': { guard: 'isRestarted', target: 'none' } } },
    failed: {},
  },
})

// Must 4, townshipFiling (镇三资报备): the officer accepts, the head consents; it can stop a payment, never decide it (L4 Art 36).
import { law } from '../law.ts'

export const townshipFiling = law.createStateConfig({
  initial: 'due',
  states: {
    due: {
      on: {
        'townshipFiling.opened': { guard: 'filingRequired', target: 'open' },
        'townshipFiling.notRequired': {
          guard: 'filingNotRequired',
          target: '#request.chain.payment',
        },
      },
    },
    open: {
      on: {
        'townshipFiling.accepted': { guard: 'isFree', target: 'accepted' },
        'townshipFiling.emergencyConsented': {
          guard: 'mayConsentAlone',
          target: '#request.chain.payment',
        },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'supervisorySignOff.open' } },
          target: '#request.chain.supervisorySignOff.open',
        },
      },
    },
    accepted: {
      on: {
        'townshipFiling.consented': { guard: 'isFree', target: '#request.chain.payment' },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'townshipFiling.open' } },
          target: 'open',
        },
        'townshipFiling.refused': {
          guard: 'isFree',
          target: '#request.chain.rejected',
          actions: 'endRejected',
        },
      },
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

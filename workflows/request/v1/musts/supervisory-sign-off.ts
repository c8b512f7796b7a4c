// Must 3, supervisorySignOff (监事会签字): every request; each supervisor signs, objects or returns (law §5).
import { law } from '../law.ts'

export const supervisorySignOff = law.createStateConfig({
  initial: 'due',
  states: {
    due: { on: { 'supervisorySignOff.opened': 'open' } },
    open: {
      on: {
        'supervisorySignOff.signed': { guard: 'isFree', actions: 'noteSignature' },
        'supervisorySignOff.objected': { actions: 'noteSignature' },
        'supervisorySignOff.passed': { guard: 'isFree', target: '#request.chain.townshipFiling' },
        'act.takenBack': [
          {
            guard: { type: 'takesBackTo', params: { to: 'papers' } },
            target: '#request.chain.papers',
          },
          // a signature or an objection among others: the must stays open
          {
            guard: { type: 'takesBackTo', params: { to: 'supervisorySignOff.open' } },
            actions: 'noteSignature',
          },
        ],
        'supervisorySignOff.failed': {
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

// request@1 as a statechart: three regions, the chain of five musts, the suspension that
// can stop it, and the findings about it (law §2, §6).
// Its events are the recorded facts; who may record them is decide's business, what may follow what is the machine's.
import { law } from './law.ts'
import { boardReview } from './musts/board-review.ts'
import { disciplineAudit } from './musts/discipline-audit.ts'
import { memberVote } from './musts/member-vote.ts'
import { supervisorySignOff } from './musts/supervisory-sign-off.ts'
import { townshipFiling } from './musts/township-filing.ts'

const issuing = law.createStateConfig({
  initial: 'drawnUp',
  states: {
    drawnUp: { on: { 'request.handled': { guard: 'isFree', target: 'handled' } } },
    handled: { on: { 'request.witnessed': { guard: 'isFree', target: 'witnessed' } } },
    witnessed: {
      on: { 'request.issued': { guard: 'isFree', target: '#request.chain.memberVote' } },
    },
  },
  on: {
    'request.returned': { target: '#request.chain.returned', actions: 'rememberReturn' },
    'request.withdrawn': { target: '#request.chain.withdrawn', actions: 'endWithdrawn' },
    'evidence.added': { actions: 'noteEvidence' },
  },
})

const papers = law.createStateConfig({
  on: {
    'papers.completed': { guard: 'isFree', target: 'supervisorySignOff' },
    'evidence.added': { actions: 'noteEvidence' },
    'request.withdrawn': { target: 'withdrawn', actions: 'endWithdrawn' },
  },
})

// from payment.ordered on nothing turns back: the money is moving (law §2)
const payment = law.createStateConfig({
  initial: 'payable',
  states: {
    payable: {
      on: {
        'payment.ordered': { guard: 'isFree', target: 'ordered' },
        'request.returned': { target: '#request.chain.returned', actions: 'rememberReturn' },
        'request.withdrawn': { target: '#request.chain.withdrawn', actions: 'endWithdrawn' },
      },
    },
    ordered: {
      on: {
        'payment.recorded': { target: '#request.chain.booking', actions: 'notePaid' },
        'payment.failed': 'payable',
      },
    },
  },
})

const returned = law.createStateConfig({
  on: {
    'request.resubmitted': [
      { guard: 'isMaterial', target: 'issuing', actions: 'openRound' },
      { guard: 'returnedFromIssuing', target: 'issuing', actions: 'openRound' },
      { guard: 'returnedFromMemberVote', target: 'memberVote', actions: 'openRound' },
      { guard: 'returnedFromBoardReview', target: 'boardReview', actions: 'openRound' },
      { guard: 'returnedFromSignOff', target: 'supervisorySignOff', actions: 'openRound' },
      { guard: 'returnedFromFiling', target: 'townshipFiling', actions: 'openRound' },
      { guard: 'returnedFromPayment', target: 'payment', actions: 'openRound' },
    ],
    'evidence.added': { actions: 'noteEvidence' },
    'request.withdrawn': { target: 'withdrawn', actions: 'endWithdrawn' },
  },
})

export const requestMachine = law.createMachine({
  id: 'request',
  version: '1',
  type: 'parallel',
  context: ({ input }) => ({
    ...input,
    round: 1,
    returnedFrom: '',
    outcome: 'open',
    openFindings: 0,
  }),
  states: {
    chain: {
      initial: 'issuing',
      states: {
        issuing,
        memberVote,
        boardReview,
        papers,
        supervisorySignOff,
        townshipFiling,
        payment,
        booking: { on: { 'booking.recorded': 'disciplineAudit' } },
        returned,
        rejected: { on: { 'disciplineAudit.opened': '#request.chain.disciplineAudit.open' } },
        withdrawn: { on: { 'disciplineAudit.opened': '#request.chain.disciplineAudit.open' } },
        disciplineAudit,
        closed: {},
      },
    },
    suspension: {
      initial: 'free',
      states: {
        free: {
          on: {
            'suspension.proposed': { guard: 'isSuspendable', actions: 'noteProposal' },
            'suspension.ordered': { guard: 'isSuspendable', target: 'suspended' },
          },
        },
        suspended: { on: { 'suspension.lifted': 'free', 'suspension.lapsed': 'free' } },
      },
    },
    // findings may name a request in any state, closed ones too: a region of their own (law §6)
    findings: {
      on: {
        'disciplineAudit.findingRaised': { actions: 'findingOpened' },
        'disciplineAudit.findingSettled': { actions: 'findingClosed' },
      },
    },
  },
  options: { maxIterations: 1000 },
})

// request@1 as a statechart: the chain of five musts, and beside it the suspension that can stop it, the
// findings about it, and what is said of it (law §2, §6, §7).
// Its events are the recorded facts; who may record them is decide's business, what may follow what is the machine's.
import { deferredBy, law } from './law.ts'
import { boardReview } from './musts/board-review.ts'
import { disciplineAudit } from './musts/discipline-audit.ts'
import { memberVote } from './musts/member-vote.ts'
import { confirmation, ratification } from './musts/ratification.ts'
import { supervisorySignOff } from './musts/supervisory-sign-off.ts'
import { townshipFiling } from './musts/township-filing.ts'

const issuing = law.createStateConfig({
  initial: 'drawnUp',
  states: {
    drawnUp: { on: { 'request.handled': { guard: 'isFree', target: 'handled' } } },
    handled: {
      on: {
        'request.witnessed': { guard: 'isFree', target: 'witnessed' },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'issuing.drawnUp' } },
          target: 'drawnUp',
        },
      },
    },
    witnessed: {
      on: {
        'request.issued': { guard: 'isFree', target: '#request.chain.memberVote' },
        'act.takenBack': {
          guard: { type: 'takesBackTo', params: { to: 'issuing.handled' } },
          target: 'handled',
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

const papers = law.createStateConfig({
  on: {
    'papers.completed': { guard: 'isFree', target: 'supervisorySignOff' },
    'evidence.added': { actions: 'noteEvidence' },
    'request.withdrawn': { guard: 'isFree', target: 'withdrawn', actions: 'endWithdrawn' },
    'act.takenBack': {
      guard: { type: 'takesBackTo', params: { to: 'issuing.witnessed' } },
      target: 'issuing.witnessed',
    },
  },
})

// from payment.ordered on nothing turns back: the money is moving (law §2)
const payment = law.createStateConfig({
  initial: 'payable',
  states: {
    payable: {
      on: {
        'payment.ordered': { guard: 'isFree', target: 'ordered' },
        'payment.debited': {
          guard: 'isFree',
          target: '#request.chain.booking',
          actions: 'notePaid',
        },
        'request.returned': { target: '#request.chain.returned', actions: 'rememberReturn' },
        'request.withdrawn': {
          guard: 'isFree',
          target: '#request.chain.withdrawn',
          actions: 'endWithdrawn',
        },
        'act.takenBack': [
          {
            guard: { type: 'takesBackTo', params: { to: 'townshipFiling.accepted' } },
            target: '#request.chain.townshipFiling.accepted',
          },
          {
            guard: { type: 'takesBackTo', params: { to: 'supervisorySignOff.open' } },
            target: '#request.chain.supervisorySignOff.open',
          },
        ],
        // nothing is paid yet: without the head's word it comes to an end (law 3.11)
        'townshipFiling.confirmationRefused': {
          guard: 'isUnconfirmed',
          target: '#request.chain.rejected',
          actions: 'endRejected',
        },
        'confirmation.lapsed': {
          guard: 'isUnconfirmed',
          target: '#request.chain.rejected',
          actions: 'endRejected',
        },
      },
    },
    ordered: {
      on: {
        'payment.recorded': [
          { guard: 'isToBeSettled', target: '#request.chain.settlement', actions: 'notePaid' },
          { target: '#request.chain.booking', actions: 'notePaid' },
        ],
        'payment.failed': [
          {
            guard: 'confirmationFailed',
            target: '#request.chain.rejected',
            actions: 'endRejected',
          },
          { target: 'payable' },
        ],
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
    'request.withdrawn': { guard: 'isFree', target: 'withdrawn', actions: 'endWithdrawn' },
    'townshipFiling.confirmationRefused': {
      guard: 'isUnconfirmed',
      target: 'rejected',
      actions: 'endRejected',
    },
    'confirmation.lapsed': {
      guard: 'isUnconfirmed',
      target: 'rejected',
      actions: 'endRejected',
    },
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
    unratified: deferredBy(input.demands),
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
        // an advance is money out: it is booked once it is known what became of it (law 2.7)
        settlement: { on: { 'advance.settled': 'booking' } },
        booking: {
          on: {
            'booking.recorded': [
              { guard: 'awaitsRatification', target: 'ratification' },
              { target: 'disciplineAudit' },
            ],
          },
        },
        ratification,
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
        suspended: {
          on: {
            'suspension.renewed': { actions: 'noteProposal' },
            'suspension.lifted': 'free',
            'suspension.lapsed': 'free',
          },
        },
      },
    },
    confirmation,
    // findings may name a request in any state, closed ones too: a region of their own (law §6)
    findings: {
      on: {
        'disciplineAudit.findingRaised': { actions: 'findingOpened' },
        'disciplineAudit.findingSettled': { actions: 'findingClosed' },
        'automaticFinding.raised': { actions: 'findingOpened' },
        'automaticFinding.answered': { actions: 'noteTalk' },
        'automaticFinding.closed': { actions: 'findingClosed' },
      },
    },
    // what is said beside the decisions moves nothing, and is heard in any state (law 7.17)
    beside: {
      on: {
        'request.urged': { actions: 'noteTalk' },
        'request.copiedIn': { actions: 'noteTalk' },
        'request.commented': { actions: 'noteTalk' },
        'question.asked': { actions: 'noteTalk' },
        'question.answered': { actions: 'noteTalk' },
        'alert.raised': { actions: 'noteTalk' },
        'alert.dismissed': { actions: 'noteTalk' },
        'vote.opened': { actions: 'noteTalk' },
        'vote.ended': { actions: 'noteTalk' },
        'emergency.notified': { guard: 'isDeferred', actions: 'noteTalk' },
      },
    },
  },
  options: { maxIterations: 1000 },
})

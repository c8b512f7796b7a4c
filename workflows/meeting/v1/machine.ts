// meeting@1 as a statechart (law §5). Its events are the recorded facts, by type alone: what they say is decide's business.
import { assign, setup } from 'xstate'
import type { MeetingEvent, MeetingKind } from './events.ts'

type EventType = MeetingEvent['type']
/** An event as the machine sees it. */
export type MeetingStep = { readonly [T in EventType]: { readonly type: T } }[EventType]

export interface MeetingInput {
  readonly kind: MeetingKind
}

/** Decided by the roll, in secret; the others by named votes of fixed seats. */
export const isOfMembers = (kind: MeetingKind): boolean => kind === 'member' || kind === 'delegate'

export const meetingMachine = setup({
  types: {
    input: {} as MeetingInput,
    context: {} as MeetingInput,
    events: {} as MeetingStep,
  },
  guards: {
    isOfMembers: ({ context }) => isOfMembers(context.kind),
    isOfSeats: ({ context }) => !isOfMembers(context.kind),
  },
  actions: {
    // an event that moves nothing must still be one the state takes: xstate drops transitions with neither target nor action
    note: assign({}),
  },
}).createMachine({
  id: 'meeting',
  version: '1',
  context: ({ input }) => ({ kind: input.kind }),
  initial: 'planned',
  states: {
    planned: {
      on: {
        'prestudy.recorded': { guard: 'isOfMembers', target: 'studied' },
        'consultation.posted': { guard: 'isOfMembers', actions: 'note' },
        'meeting.noticed': { guard: 'isOfSeats', target: 'noticed' },
        'meeting.cancelled': 'cancelled',
      },
    },
    // nothing goes to the members that the party organisation has not studied first (L1 Art 26)
    studied: {
      on: {
        'consultation.posted': { actions: 'note' },
        'meeting.noticed': 'noticed',
        'meeting.cancelled': 'cancelled',
      },
    },
    noticed: {
      on: {
        // a notice that has lapsed is given again
        'meeting.noticed': { actions: 'note' },
        'recusal.declared': { guard: 'isOfSeats', actions: 'note' },
        'ballotLink.issued': { guard: 'isOfMembers', actions: 'note' },
        'ballotPin.issued': { guard: 'isOfMembers', actions: 'note' },
        'meeting.opened': 'open',
        'meeting.cancelled': 'cancelled',
      },
    },
    open: {
      on: {
        'attendance.recorded': { actions: 'note' },
        'attendance.corrected': { guard: 'isOfMembers', actions: 'note' },
        'ballotLink.issued': { guard: 'isOfMembers', actions: 'note' },
        'ballotPin.issued': { guard: 'isOfMembers', actions: 'note' },
        'ballot.taken': { guard: 'isOfMembers', actions: 'note' },
        'voting.closed': { guard: 'isOfMembers', actions: 'note' },
        'representation.recorded': { guard: 'isOfSeats', actions: 'note' },
        'recusal.declared': { guard: 'isOfSeats', actions: 'note' },
        'ballot.cast': { guard: 'isOfSeats', actions: 'note' },
        'tally.recorded': { guard: 'isOfMembers', actions: 'note' },
        'tally.signed': { guard: 'isOfMembers', actions: 'note' },
        'tally.countersigned': { guard: 'isOfMembers', target: 'countersigned' },
        'minutes.signed': { guard: 'isOfSeats', actions: 'note' },
        'meeting.closed': { guard: 'isOfSeats', target: 'closed' },
        'meeting.adjourned': 'adjourned',
      },
    },
    // what the watching supervisor signed for is no longer added to (浙江条例 Art 17)
    countersigned: {
      on: { 'meeting.closed': 'closed', 'meeting.adjourned': 'adjourned' },
    },
    closed: {
      on: {
        'shareholderDecision.signed': { guard: 'isOfMembers', actions: 'note' },
        'result.posted': { guard: 'isOfMembers', target: 'posted' },
      },
    },
    posted: { on: { 'shareholderDecision.signed': { actions: 'note' } } },
    adjourned: { type: 'final' },
    cancelled: { type: 'final' },
  },
  options: { maxIterations: 1000 },
})

// The statechart by itself: the shortest way to every state, and what each state takes.
import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { acts, type MeetingKind, meetingKinds } from '../../workflows/meeting/v1/events.ts'
import { meetingMachine, type MeetingStep } from '../../workflows/meeting/v1/machine.ts'
import { stepper } from '../../workflows/step.ts'

const steps = acts.map(({ eventType }): MeetingStep => ({ type: eventType }))
const machine = stepper(meetingMachine, { kind: 'board' })

const pathsOf = (kind: MeetingKind) =>
  getShortestPaths(meetingMachine, {
    input: { kind },
    events: steps,
    filterEvents: (state, event) => state.status === 'active' && state.can(event),
    serializeState: (state) => JSON.stringify(state.value),
    limit: 1000,
  })

const shown = (kind: MeetingKind): readonly string[] =>
  pathsOf(kind).map(({ state, steps: taken }) =>
    [
      ...taken
        .map(({ event }) => event.type)
        .filter((type) => steps.some((step) => step.type === type)),
      `= ${state.value}`,
    ].join(' → '),
  )

describe('the shortest way to every state', () => {
  test('a meeting of members', () => {
    expect(shown('member')).toMatchInlineSnapshot(`
      [
        "= planned",
        "prestudy.recorded → = studied",
        "meeting.cancelled → = cancelled",
        "prestudy.recorded → meeting.noticed → = noticed",
        "prestudy.recorded → meeting.noticed → meeting.opened → = open",
        "prestudy.recorded → meeting.noticed → meeting.opened → tally.countersigned → = countersigned",
        "prestudy.recorded → meeting.noticed → meeting.opened → meeting.adjourned → = adjourned",
        "prestudy.recorded → meeting.noticed → meeting.opened → tally.countersigned → meeting.closed → = closed",
        "prestudy.recorded → meeting.noticed → meeting.opened → tally.countersigned → meeting.closed → result.posted → = posted",
      ]
    `)
  })

  test('a meeting of seats', () => {
    expect(shown('board')).toMatchInlineSnapshot(`
      [
        "= planned",
        "meeting.noticed → = noticed",
        "meeting.cancelled → = cancelled",
        "meeting.noticed → meeting.opened → = open",
        "meeting.noticed → meeting.opened → meeting.closed → = closed",
        "meeting.noticed → meeting.opened → meeting.adjourned → = adjourned",
      ]
    `)
  })

  test.each([
    ['delegate', 'member'],
    ['council', 'board'],
    ['supervisors', 'board'],
  ] as const)('%s goes the way of %s', (kind, like) => {
    expect(shown(kind)).toEqual(shown(like))
  })
})

/** What each state takes, by hand: everything else is refused there. */
const takes: Record<'members' | 'seats', Readonly<Record<string, readonly string[]>>> = {
  members: {
    planned: ['prestudy.recorded', 'consultation.posted', 'meeting.cancelled'],
    studied: ['consultation.posted', 'meeting.noticed', 'meeting.cancelled'],
    noticed: [
      'meeting.noticed',
      'ballotLink.issued',
      'ballotPin.issued',
      'meeting.opened',
      'meeting.cancelled',
    ],
    open: [
      'ballotLink.issued',
      'ballotPin.issued',
      'attendance.recorded',
      'attendance.corrected',
      'ballot.taken',
      'voting.closed',
      'tally.recorded',
      'tally.signed',
      'tally.countersigned',
      'meeting.adjourned',
    ],
    countersigned: ['meeting.closed', 'meeting.adjourned'],
    closed: ['shareholderDecision.signed', 'result.posted'],
    posted: ['shareholderDecision.signed'],
    adjourned: [],
    cancelled: [],
  },
  seats: {
    planned: ['meeting.noticed', 'meeting.cancelled'],
    noticed: ['meeting.noticed', 'recusal.declared', 'meeting.opened', 'meeting.cancelled'],
    open: [
      'attendance.recorded',
      'representation.recorded',
      'recusal.declared',
      'ballot.cast',
      'minutes.signed',
      'meeting.closed',
      'meeting.adjourned',
    ],
    closed: [],
    adjourned: [],
    cancelled: [],
  },
}

describe('every reached state against every event', () => {
  test.each(meetingKinds.map((kind) => [kind]))('%s', (kind) => {
    const byHand = takes[kind === 'member' || kind === 'delegate' ? 'members' : 'seats']
    const paths = pathsOf(kind)
    expect(paths.map(({ state }) => state.value).sort()).toEqual(Object.keys(byHand).sort())
    for (const { state } of paths) {
      const taken = steps.filter((event) => machine.accepts(state, event)).map(({ type }) => type)
      expect([...taken].sort(), state.value).toEqual([...(byHand[state.value] ?? [])].sort())
    }
  })
})

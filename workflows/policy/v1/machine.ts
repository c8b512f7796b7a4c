// The life of a policy's change. Who may act and what may be set is decide's; here is only the
// order.
import { setup, type SnapshotFrom } from 'xstate'
import { stepper } from '../../step.ts'
import type { PolicyChange } from './events.ts'

export const policyMachine = setup({
  types: { events: {} as PolicyChange },
  guards: {
    endorsesAs: (_args, { as, wanted }: { as: string; wanted: string }) => as === wanted,
    clearsNothing: (_args, { clears }: { clears: string | undefined }) => clears === undefined,
  },
}).createMachine({
  id: 'policy',
  version: '1',
  initial: 'settled',
  states: {
    settled: {
      on: {
        'policy.proposed': [
          {
            guard: {
              type: 'clearsNothing',
              params: ({ event }) => ({ clears: event.body.clears }),
            },
            target: '#uncleared',
          },
          { target: 'proposed' },
        ],
      },
    },
    proposed: {
      type: 'parallel',
      on: { 'policy.withdrawn': 'settled' },
      onDone: 'endorsed',
      states: {
        centreHead: {
          initial: 'awaited',
          states: {
            awaited: {
              on: {
                'policy.endorsed': {
                  guard: {
                    type: 'endorsesAs',
                    params: ({ event }) => ({ as: event.body.as, wanted: 'centreHead' }),
                  },
                  target: 'given',
                },
              },
            },
            given: { type: 'final' },
          },
        },
        townshipLeader: {
          initial: 'awaited',
          states: {
            awaited: {
              on: {
                'policy.endorsed': {
                  guard: {
                    type: 'endorsesAs',
                    params: ({ event }) => ({ as: event.body.as, wanted: 'townshipLeader' }),
                  },
                  target: 'given',
                },
              },
            },
            given: { type: 'final' },
          },
        },
        county: {
          initial: 'awaited',
          states: {
            awaited: { on: { 'policy.cleared': 'given' } },
            given: { type: 'final' },
            // no amount changes: nothing for the county to clear
            notNeeded: { id: 'uncleared', type: 'final' },
          },
        },
        discipline: {
          initial: 'awaited',
          states: { awaited: { on: { 'policy.opinionGiven': 'given' } }, given: { type: 'final' } },
        },
      },
    },
    endorsed: { on: { 'policy.enacted': 'settled', 'policy.withdrawn': 'settled' } },
  },
})

export type PolicySnapshot = SnapshotFrom<typeof policyMachine>
export const policyLife = stepper(policyMachine, undefined)

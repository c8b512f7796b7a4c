// The life of a policy's change. Who may act and what may be set is decide's; here is only the
// order.
import { setup, type SnapshotFrom } from 'xstate'
import { stepper } from '../../step.ts'
import type { PolicyEvent } from './events.ts'

export const policyMachine = setup({
  types: { events: {} as PolicyEvent },
  guards: {
    endorsesAs: (_args, { as, wanted }: { as: string; wanted: string }) => as === wanted,
  },
}).createMachine({
  id: 'policy',
  version: '1',
  initial: 'settled',
  states: {
    settled: { on: { 'policy.proposed': 'proposed' } },
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

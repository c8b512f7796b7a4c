// The stepper: same answers as a running machine, nothing running.
import { describe, expect, test } from 'vitest'
import { assign, initialTransition, setup, transition } from 'xstate'
import { stepper } from '../../workflows/step.ts'

type Turn = { type: 'turned'; by: number } | { type: 'stopped' } | { type: 'watched' }
const machine = setup({
  types: { input: {} as { start: number }, context: {} as { at: number }, events: {} as Turn },
  guards: { isForward: (_args, { by }: { by: number }) => by > 0 },
  actions: {
    turn: assign({
      at: ({ context, event }) => context.at + (event.type === 'turned' ? event.by : 0),
    }),
  },
}).createMachine({
  id: 'wheel',
  context: ({ input }) => ({ at: input.start }),
  initial: 'turning',
  states: {
    turning: {
      on: {
        turned: {
          guard: { type: 'isForward', params: ({ event }) => ({ by: event.by }) },
          actions: 'turn',
        },
        stopped: 'stopped',
      },
    },
    stopped: { type: 'final' },
  },
})
const wheel = stepper(machine, { start: 0 })

describe('stepper', () => {
  test('steps as xstate’s own transition does, and changes nothing it was given', () => {
    const [theirs] = initialTransition(machine, { start: 5 })
    const ours = wheel.initial({ start: 5 })
    expect(ours.context).toEqual(theirs.context)
    const event = { type: 'turned', by: 2 } as const
    const next = wheel.step(ours, event)
    expect(next.context).toEqual(transition(machine, theirs, event)[0].context)
    expect([ours.context.at, next.context.at]).toEqual([5, 7])
    expect(wheel.step(ours, event).context).toEqual(next.context)
  })

  test('an event that is not taken gives the very same object', () => {
    const start = wheel.initial({ start: 0 })
    for (const event of [{ type: 'turned', by: -1 }, { type: 'watched' }] as const) {
      expect(wheel.accepts(start, event)).toBe(false)
      expect(wheel.step(start, event)).toBe(start)
    }
  })

  test('nothing is taken in a final state', () => {
    const stopped = wheel.step(wheel.initial({ start: 0 }), { type: 'stopped' })
    expect(stopped.status).toBe('done')
    expect(wheel.accepts(stopped, { type: 'turned', by: 1 })).toBe(false)
    expect(wheel.step(stopped, { type: 'turned', by: 1 })).toBe(stopped)
  })

  test('machines stepped side by side do not meet', () => {
    const [one, other] = [wheel.initial({ start: 1 }), wheel.initial({ start: 100 })]
    expect(wheel.step(other, { type: 'turned', by: 1 }).context.at).toBe(101)
    expect(wheel.step(one, { type: 'turned', by: 1 }).context.at).toBe(2)
  })
})

// Remembered steps: the same answers as the machine itself, and a part of the body left out of `reads` is missing at once.
import { describe, expect, it } from 'vitest'
import { assign, setup } from 'xstate'
import { stepper } from '../../workflows/step.ts'

type Event =
  | { readonly type: 'add'; readonly body: { readonly by: number; readonly note: string } }
  | { readonly type: 'end' }

const machine = setup({
  types: { input: {} as { start: number }, context: {} as { sum: number }, events: {} as Event },
}).createMachine({
  context: ({ input }) => ({ sum: input.start }),
  initial: 'on',
  states: {
    on: {
      on: {
        add: {
          actions: assign({
            sum: ({ context, event }) => context.sum + event.body.by,
          }),
        },
        end: 'off',
      },
    },
    off: { type: 'final' },
  },
})
const plain = stepper(machine, { start: 0 })
const reads = (event: Event): object | undefined =>
  event.type === 'add' ? { by: event.body.by } : undefined
const add = (by: number, note: string): Event => ({ type: 'add', body: { by, note } })

describe('remembered steps', () => {
  it('are those of the machine, whatever was asked before', () => {
    const wheel = stepper(machine, { start: 0 }, reads)
    const events = [add(1, 'a'), add(2, 'a'), add(1, 'b'), { type: 'end' }, add(1, 'a')] as const
    for (const first of events) {
      for (const second of events) {
        const walk = (by: typeof plain) => {
          const begun = by.step(by.initial({ start: 3 }), first)
          const { context, value, status } = by.step(begun, second)
          return { accepts: by.accepts(begun, second), context, value, status }
        }
        expect(walk(wheel)).toEqual(walk(plain))
      }
    }
  })

  it('are shared between events the machine is shown alike, and between equal inputs', () => {
    const wheel = stepper(machine, { start: 0 }, reads)
    const one = wheel.step(wheel.initial({ start: 3 }), add(1, 'a'))
    expect(wheel.step(wheel.initial({ start: 3 }), add(1, 'b'))).toBe(one)
    expect(wheel.step(wheel.initial({ start: 3 }), add(2, 'a'))).not.toBe(one)
    expect(wheel.step(wheel.initial({ start: 4 }), add(1, 'a'))).not.toBe(one)
  })

  it('give back the very snapshot when the event is not taken', () => {
    const wheel = stepper(machine, { start: 0 }, reads)
    const off = wheel.step(wheel.initial({ start: 0 }), { type: 'end' })
    expect(wheel.step(off, { type: 'end' })).toBe(off)
    expect(wheel.accepts(off, { type: 'end' })).toBe(false)
  })

  it('do not read what `reads` leaves out', () => {
    const blind = stepper(machine, { start: 0 }, () => undefined)
    const moved = (): unknown => blind.step(blind.initial({ start: 0 }), add(1, 'a'))
    expect(moved).toThrow(/by/)
    expect(moved).toThrow(/by/)
  })
})

// Controls of the harness itself: each way a workflow could cheat the store must fail here too.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Decision, Deciding, Fold, Needs } from '../../src/domain/store.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { ledgerFold } from '../../workflows/ledger/v1/fold.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import { act, defineWorkflow, draft } from '../../workflows/workflow.ts'
import { LawWorld } from '../support/law.ts'
import { by, found, foundTownship, p, town, township } from '../support/law-cast.ts'

const noted = act('policy.note', 'policy.noted', {
  input: z.strictObject({ text: z.string() }),
  adds: { n: z.int() },
})
const fold: Fold<number> = { kind: 'policy', initial: 0, apply: (n) => n + 1 }

function worldWith(
  decide: (deciding: Deciding, text: string) => Decision,
  more: Partial<Needs> = {},
): LawWorld {
  const workflow = defineWorkflow({
    name: 'policy@1',
    fold,
    acts: [noted],
    notes: [],
    commands: z.discriminatedUnion('type', [noted.command]),
    needs: () => ({ streams: ['policy'], ...more }),
    decide: ({ input }, deciding) => decide(deciding, input.text),
  })
  const world = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow, workflow] })
  foundTownship(world)
  return world
}
const record = (text: string, n = 0): Decision => ({
  events: [draft('policy@1', 'policy', { type: 'policy.noted', body: { given: { text }, n } })],
})
const note = (text = 'x') => ({
  ledger: town,
  stream: 'policy' as const,
  type: 'policy.note',
  by: by('head'),
  input: { text },
})

describe('refused like the store would', () => {
  test('law 10.1: a decision that hangs on anything but what it is told', () => {
    let n = 0
    const counting = worldWith((_deciding, text) => record(text, (n += 1)))
    expect(() => counting.ask(note())).toThrow(/re-decided otherwise/)
    expect(counting.entries(town, 'policy')).toEqual([])
    expect(worldWith((_deciding, text) => record(text)).refusal(note())).toBeUndefined()
  })

  test('a stream that was not named', () => {
    const peeking = worldWith(({ past }, text) =>
      record(text, past.stream(ledgerFold, 'ledger').revision),
    )
    expect(() => peeking.ask(note())).toThrow(/not named/)
    const telling = worldWith(
      ({ past }, text) => record(text, past.stream(ledgerFold, 'ledger').revision),
      {
        streams: ['policy', 'ledger'],
      },
    )
    expect(telling.refusal(note())).toBeUndefined()
  })

  test('a ledger that was not relied on', () => {
    const peeking = worldWith(({ past }, text) =>
      record(text, past.relied(ledgerFold, 'ledger').revision),
    )
    expect(() => peeking.ask(note())).toThrow(/not relied on/)
  })

  test('a fact nobody answers', () => {
    const asking = worldWith((_deciding, text) => record(text), {
      facts: (_past, at) => ({ rootAfter: { after: at } }),
    })
    expect(() => asking.ask(note())).toThrow(/no answer for the fact rootAfter/)
    asking.fact('rootAfter', () => ({}))
    expect(asking.given(note())[0]?.facts).toEqual({ rootAfter: {} })
  })

  test('text that cannot stand in an entry', () => {
    const world = worldWith((_deciding, text) => record(text))
    expect(() => world.ask(note('e\u0301'))).toThrow(/canonical/)
    expect(world.refusal(note('\u00e9'))).toBeUndefined()
  })
})

test('a view that has gone stale', () => {
  const world = worldWith((_deciding, text) => record(text))
  world.given(note())
  expect(world.refusal({ ...note(), seen: -1 })).toBe('staleView')
  expect(world.refusal({ ...note(), seen: 0 })).toBeUndefined()
})

test('the clock never turns back, and each commit has its own instant', () => {
  const world = worldWith((_deciding, text) => record(text))
  const [first, second] = [world.given(note()), world.given(note())]
  expect(first[0]?.at).not.toBe(second[0]?.at)
  expect(() => world.clock('2020-01-01T00:00:00.000Z')).toThrow(/clock/)
})

test('a fork goes on by itself', () => {
  const world = worldWith((_deciding, text) => record(text))
  const fork = world.fork()
  fork.given(note())
  expect([fork.state(fold, town, 'policy'), world.state(fold, town, 'policy')]).toEqual([1, 0])
  const asking = found(town, 'office.open', {
    office: 'o_more',
    kind: 'inspector',
    organisation: township,
  })
  fork.given(asking)
  expect(world.refusal(asking)).toBeUndefined()
  expect(p('m1')).toBe('p_m1xx')
})

// The route of law §3 whatever is asked: total, in order, and never lowered by asking for more or by a stricter policy.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Matter, matters } from '../../src/domain/expense.ts'
import { requestIdSchema } from '../../src/domain/ids.ts'
import { compare, fromFen } from '../../src/domain/money.ts'
import { type Demand, musts } from '../../src/domain/must.ts'
import {
  applySettings,
  type PolicySetting,
  type PolicyValues,
  presetValues,
} from '../../src/domain/policy.ts'
import { route, type RouteFacts } from '../../workflows/request/v1/route.ts'

const valuesOf = (...settings: readonly PolicySetting[]) => {
  const { faults, values } = applySettings(presetValues, settings)
  expect(faults).toEqual([])
  return values
}
const rank: Readonly<Record<Demand, number>> = {
  notRequired: 0,
  covered: 1,
  deferred: 1,
  required: 2,
}
const fen = fc.integer({ min: 1, max: 12_000_000 })
const facts = fc.record({
  amount: fen,
  others: fc.oneof(fc.constant(0), fen),
  matter: fc.constantFrom(...(Object.keys(matters) as Matter[])),
  related: fc.boolean(),
  headInvolved: fc.boolean(),
  covered: fc.option(fc.constant('a-2026-0001'), { nil: undefined }),
})
type Drawn = typeof facts extends fc.Arbitrary<infer T> ? T : never
const drawn = ({ amount, others, covered, ...rest }: Drawn): RouteFacts => ({
  ...rest,
  amount: fromFen(amount),
  rolling: {
    sum: fromFen(amount + others),
    parts: others === 0 ? [] : [requestIdSchema.parse('2026-000011')],
  },
  ...(covered === undefined ? {} : { covered }),
})
const lines = fc
  .array(fc.integer({ min: 1, max: 8_000_000 }), { minLength: 4, maxLength: 4 })
  .map((all) => [...all].sort((a, b) => a - b).map(fromFen))
const policyOf = (tiers: readonly string[], preset: 'tiered' | 'strict') =>
  valuesOf(
    { key: 'route.preset', value: preset },
    { key: 'tier.dailyMax', value: tiers[0] ?? '' },
    { key: 'tier.boardFrom', value: tiers[1] ?? '' },
    { key: 'tier.largeFrom', value: tiers[2] ?? '' },
    { key: 'tier.majorFrom', value: tiers[3] ?? '' },
  )
const preset = fc.constantFrom('tiered' as const, 'strict' as const)
const ranks = (of: RouteFacts, values: PolicyValues) =>
  route(of, values).map(({ demand }) => rank[demand])
const neverLower = (before: readonly number[], after: readonly number[]): boolean =>
  before.every((one, i) => one <= (after[i] ?? -1))

describe('whatever is asked', () => {
  test('all five, in their order', () => {
    fc.assert(
      fc.property(facts, lines, preset, (of, tiers, how) => {
        const stations = route(drawn(of), policyOf(tiers, how))
        expect(stations.map(({ must }) => must)).toEqual(musts)
        expect(stations[2]?.demand).toBe('required')
        expect(stations[4]?.demand).toBe('required')
      }),
    )
  })

  test('a larger amount or a larger sum never lowers a demand', () => {
    const property = fc.property(facts, fen, fen, lines, preset, (of, more, others, tiers, how) => {
      const values = policyOf(tiers, how)
      const larger = { ...of, amount: of.amount + more, others: of.others + others }
      return (
        neverLower(ranks(drawn(of), values), ranks(drawn(larger), values)) &&
        neverLower(ranks(drawn(of), values), ranks(drawn({ ...of, others: larger.others }), values))
      )
    })
    fc.assert(property, { numRuns: 300 })
  })

  test('a stricter policy never demands less', () => {
    const property = fc.property(facts, lines, lines, (of, tiers, others) => {
      const lower = tiers.map((line, i) =>
        compare(line, others[i] ?? line) < 0 ? line : others[i],
      )
      const asked = (demands: readonly number[]) => demands.filter((one) => one === 2).length
      const loose = ranks(drawn(of), policyOf(tiers, 'tiered'))
      const lowered = ranks(drawn(of), policyOf(lower.map(String), 'tiered'))
      const underStrict = ranks(drawn(of), policyOf(tiers, 'strict'))
      return (
        neverLower(loose, lowered) &&
        neverLower(loose, underStrict) &&
        asked(loose) <= asked(lowered) &&
        asked(loose) <= asked(underStrict)
      )
    })
    fc.assert(property, { numRuns: 300 })
  })

  test('the comparison can fail', () => {
    expect(neverLower([0, 2, 2, 0, 2], [2, 1, 2, 2, 2])).toBe(false)
  })
})

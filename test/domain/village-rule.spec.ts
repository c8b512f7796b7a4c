// The village's own rule over the township's policy (law 8.1): which way each key may go, by hand; the strictest of both.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applySettings,
  type PolicyKey,
  policyKeyNames,
  type PolicySetting,
  type PolicyValues,
  presetValues,
} from '../../src/domain/policy.ts'
import { policyKeys } from '../../src/domain/policy-keys.ts'
import type { Stricter } from '../../src/domain/policy-units.ts'
import { tighten, villageFaults, villageWay } from '../../src/domain/village-rule.ts'

const set = (key: PolicyKey, value: string | number | boolean): PolicySetting => ({ key, value })
const faultsOf = (...settings: readonly PolicySetting[]): readonly string[] =>
  villageFaults(presetValues, settings).map(({ code, key }) => `${code} ${key}`)

/** For what a village does and spends: more of it, or less of it. What is not here binds the township's own offices. */
const ways: readonly (readonly [
  PolicyKey,
  Stricter,
  stricter: string | number | boolean,
  looser: string | number | boolean,
])[] = [
  ['route.preset', 'atLeast', 'strict', 'tiered'],
  ['tier.dailyMax', 'atMost', '4999.99', '5000.01'],
  ['tier.boardFrom', 'atMost', '5000.00', '5000.01'],
  ['tier.largeFrom', 'atMost', '9999.99', '10000.01'],
  ['tier.majorFrom', 'atMost', '49999.99', '50000.01'],
  ['window.days', 'atLeast', 31, 29],
  ['supervisor.signMode', 'atLeast', 'all', 'majorityAndChair'],
  ['member.noticeDays', 'atLeast', 11, 9],
  ['member.consultDays', 'atLeast', 16, 14],
  ['member.quorum', 'atLeast', '67/99', '65/98'],
  ['member.majority', 'atLeast', '3/4', '1/2'],
  ['member.delegatesAllowed', 'atMost', false, true],
  ['member.resultDays', 'atMost', 4, 6],
  ['member.proxy', 'atMost', 0, 2],
  ['board.proxiesPerDirector', 'atMost', 0, 2],
  ['board.quorum', 'atLeast', '2/3', '49/99'],
  ['board.majority', 'atLeast', '2/3', '49/99'],
  ['council.quorum', 'atLeast', '3/4', '65/98'],
  ['council.majority', 'atLeast', '2/3', '49/99'],
  ['board.noticeDays', 'atLeast', 2, 0],
  ['hospitality.allowed', 'atMost', false, true],
  ['voucher.requiredFrom', 'atMost', '999.99', '1000.01'],
  ['cash.max', 'atMost', '999.99', '1000.01'],
  ['card.limit', 'atMost', '19999.99', '20000.01'],
  ['claim.maxAgeDays', 'atMost', 59, 61],
  ['debit.submitWd', 'atMost', 4, 6],
  ['advance.settleDays', 'atMost', 6, 8],
  ['goods.quotesFrom', 'atMost', '4999.99', '5000.01'],
  ['works.tenderFrom', 'atMost', '39999.99', '40000.01'],
  ['works.acceptanceMin', 'atLeast', 4, 2],
  ['works.acceptanceLargeFrom', 'atMost', '19999.99', '20000.01'],
  ['works.acceptanceLarge', 'atLeast', 6, 4],
  ['works.auditFrom', 'atMost', '79999.99', '80000.01'],
  ['step.slaWd', 'atMost', 1, 3],
  ['file.contractDays', 'atMost', 9, 11],
  ['emergency.causes', 'atMost', 'flood,fire', 'flood,war'],
  ['emergency.ceiling', 'atMost', '99999.99', '100000.01'],
  ['emergency.ratifyWd', 'atMost', 29, 31],
  ['emergency.notifyHours', 'atMost', 23, 25],
  ['urge.everyHours', 'atLeast', 25, 23],
]

/** These have no looser side: the shipped value is the loosest there is. */
const loosest: readonly PolicyKey[] = ['route.preset', 'supervisor.signMode']

describe('law 8.1: which way a village may go', () => {
  test.each(ways)('%s: %s', (key, way, stricter, looser) => {
    expect(villageWay(policyKeys[key].ground)).toBe(way)
    // the lower tiers would otherwise stand above it
    const below = (['tier.dailyMax', 'tier.boardFrom'] as const)
      .filter((lower) => key.startsWith('tier.') && key !== lower && key !== 'tier.dailyMax')
      .map((lower) => set(lower, '100.00'))
    expect(faultsOf(set(key, stricter), ...below)).toEqual([])
    expect(faultsOf(set(key, presetValues[key]))).toEqual([])
    if (loosest.includes(key)) return
    const code = key === 'emergency.causes' ? 'valueMalformed' : 'looserThanTownship'
    expect(faultsOf(set(key, looser))).toEqual([`${code} ${key}`])
  })

  const others = policyKeyNames.filter((name) => !ways.some(([key]) => key === name))
  test.each(others)('%s is not for villages', (key) => {
    expect(villageWay(policyKeys[key].ground)).toBe('none')
    expect(faultsOf(set(key, presetValues[key]))).toEqual([`notForVillages ${key}`])
  })

  test('what the township has tightened a village may not loosen to the floor of the law', () => {
    const { values } = applySettings(presetValues, [set('member.noticeDays', 14)])
    const faults = villageFaults(values, [set('member.noticeDays', 12)])
    expect(faults).toEqual([{ code: 'looserThanTownship', key: 'member.noticeDays', detail: '14' }])
    expect(villageFaults(values, [set('member.noticeDays', 14)])).toEqual([])
  })

  test('law 8.4: its tiers stand in order over those of the township', () => {
    expect(faultsOf(set('tier.largeFrom', '4000.00'))).toEqual(['tiersOutOfOrder tier.largeFrom'])
    expect(
      faultsOf(
        set('tier.largeFrom', '4000.00'),
        set('tier.boardFrom', '4000.00'),
        set('tier.dailyMax', '4000.00'),
      ),
    ).toEqual([])
  })

  test('every fault is told', () => {
    expect(
      faultsOf(set('inspection.team', 3), set('cash.max', 'little'), set('window.days', 10)),
    ).toEqual([
      'notForVillages inspection.team',
      'valueMalformed cash.max',
      'looserThanTownship window.days',
    ])
  })
})

describe('law 8.1: the strictest of both', () => {
  const township = (...settings: readonly PolicySetting[]): PolicyValues =>
    applySettings(presetValues, settings).values

  test.each<[string, PolicyValues, PolicySetting, string | number | boolean]>([
    ['the village is stricter', township(), set('window.days', 60), 60],
    ['the township tightens past it', township(set('window.days', 90)), set('window.days', 60), 90],
    ['the township loosens: it stays', township(), set('claim.maxAgeDays', 30), 30],
    [
      'the township tightens an amount past it',
      township(set('cash.max', '200.00')),
      set('cash.max', '500.00'),
      '200.00',
    ],
    [
      'the township allows, the village does not',
      township(set('hospitality.allowed', true)),
      set('hospitality.allowed', false),
      false,
    ],
    [
      'the township goes strict, the village was only tiered',
      township(set('route.preset', 'strict')),
      set('route.preset', 'tiered'),
      'strict',
    ],
    [
      'fractions exactly',
      township(set('member.quorum', '7/10')),
      set('member.quorum', '66/95'),
      '7/10',
    ],
    [
      'of the causes only those both allow',
      township(set('emergency.causes', 'fire,typhoon,epidemic')),
      set('emergency.causes', 'flood,fire,epidemic'),
      'fire,epidemic',
    ],
    [
      'of causes that have nothing in common none',
      township(set('emergency.causes', 'fire')),
      set('emergency.causes', 'flood'),
      '',
    ],
  ])('%s', (_what, values, setting, expected) => {
    expect(tighten(values, [setting])[setting.key]).toBe(expected)
  })

  test('a key that is not for villages stays the township’s, whatever a rule says of it', () => {
    expect(tighten(township(), [set('inspection.team', 5)])['inspection.team']).toBe(2)
  })

  test('law 8.4: a lower tier the township raised past the village’s line comes down to it', () => {
    const raised = township(
      set('tier.dailyMax', '8000.00'),
      set('tier.boardFrom', '9000.00'),
      set('tier.largeFrom', '20000.00'),
    )
    expect(tighten(raised, [set('tier.largeFrom', '6000.00')])).toEqual({
      ...raised,
      'tier.dailyMax': '6000.00',
      'tier.boardFrom': '6000.00',
      'tier.largeFrom': '6000.00',
    })
  })

  test('without a rule nothing changes', () => {
    expect(tighten(township(), [])).toEqual(township())
  })

  test('whatever both set: never looser than either, in order, and tightening twice is tightening once', () => {
    const setting = fc
      .constantFrom(...ways)
      .chain(([key, , stricter]) =>
        fc.constantFrom(set(key, stricter), set(key, presetValues[key])),
      )
    const tiers = fc
      .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 99_999 })))
      .map((yuan) => yuan.toSorted((a, b) => a - b).map((one) => `${one}.00`))
    const whole = (amounts: readonly string[]) =>
      (['tier.dailyMax', 'tier.boardFrom', 'tier.largeFrom', 'tier.majorFrom'] as const).map(
        (key, i) => set(key, amounts[i] ?? ''),
      )
    fc.assert(
      fc.property(fc.array(setting), tiers, tiers, (settings, town, own) => {
        const values = township(...whole(town))
        const rule = [...settings.filter(({ key }) => !key.startsWith('tier.')), ...whole(own)]
        const made = tighten(values, rule)
        expect(villageFaults(values, settingsOf(made))).toEqual([])
        expect(tighten(made, rule)).toEqual(made)
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  /** What a village could set, as a rule. */
  const settingsOf = (values: PolicyValues): readonly PolicySetting[] =>
    ways.map(([key]) => set(key, values[key]))
})

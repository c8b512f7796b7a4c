// The policy's keys (law §8, domain §9): shipped values by hand, floors that only tighten, tiers in order, exact fractions.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applySettings,
  atLeastFraction,
  type PolicyKey,
  policyKeyNames,
  type PolicySetting,
  policySettingSchema,
  policyText,
  presetValues,
} from '../../src/domain/policy.ts'
import { policyKeys } from '../../src/domain/policy-keys.ts'
import { floors } from '../support/policy-floors.ts'

const faultsOf = (...settings: readonly PolicySetting[]): readonly string[] =>
  applySettings(presetValues, settings).faults.map(({ code, key }) => `${code} ${key}`)
const set = (key: PolicyKey, value: string | number | boolean): PolicySetting => ({ key, value })

/** domain §9 and law §2, §3, §5, §6: what a township begins with. */
const shipped: Readonly<Record<PolicyKey, string | number | boolean>> = {
  'route.preset': 'tiered',
  'tier.dailyMax': '5000.00',
  'tier.boardFrom': '5000.00',
  'tier.largeFrom': '10000.00',
  'tier.majorFrom': '50000.00',
  'window.days': 30,
  'organ.board': 'company',
  'organ.supervisors': 'company',
  'supervisor.signMode': 'majorityAndChair',
  'member.noticeDays': 10,
  'member.consultDays': 15,
  'member.quorum': '2/3',
  'member.majority': '2/3',
  'member.delegatesAllowed': false,
  'member.resultDays': 5,
  'member.partyPrestudy': true,
  'member.supervisorWatch': true,
  'member.secretBallot': true,
  'member.online': true,
  'member.proxy': 1,
  'board.proxiesPerDirector': 1,
  'board.quorum': '1/2',
  'board.majority': '1/2',
  'council.quorum': '2/3',
  'council.majority': '1/2',
  'board.noticeDays': 1,
  'hospitality.allowed': false,
  'voucher.requiredFrom': '1000.00',
  'cash.max': '1000.00',
  'card.limit': '20000.00',
  'claim.maxAgeDays': 60,
  'debit.submitWd': 5,
  'advance.settleDays': 7,
  'goods.quotesFrom': '5000.00',
  'works.tenderFrom': '40000.00',
  'works.acceptanceMin': 3,
  'works.acceptanceLargeFrom': '20000.00',
  'works.acceptanceLarge': 5,
  'works.auditFrom': '80000.00',
  'step.slaWd': 2,
  'town.slaWd': 3,
  'file.contractDays': 10,
  'suspension.maxWd': 15,
  'inspection.noticeDays': 3,
  'inspection.team': 2,
  'inspection.samplePercent': 5,
  'inspection.sampleMin': 10,
  'finding.simpleDays': 15,
  'finding.normalDays': 30,
  'finding.complexDays': 60,
  'emergency.causes': 'flood,fire,typhoon,landslide,snow,epidemic,safety',
  'emergency.ceiling': '100000.00',
  'emergency.confirmWd': 2,
  'emergency.ratifyWd': 30,
  'emergency.notifyHours': 24,
  'urge.everyHours': 24,
  'alert.splittingDays': 90,
  'alert.splittingPercent': 80,
  'alert.justBelowPercent': 90,
  'alert.justBelowCount': 3,
  'alert.consecutiveGap': 3,
  'alert.consecutiveDays': 30,
  'alert.consecutiveCount': 3,
  'alert.whiteSlipFrom': '200.00',
  'alert.cashSharePercent': 5,
  'alert.cashFrom': '1000.00',
  'alert.similarPercent': 5,
  'alert.similarDays': 60,
  'alert.similarFrom': '5000.00',
  'alert.dominancePercent': 50,
  'alert.dominanceFrom': '50000.00',
  'alert.dominanceCount': 10,
  'alert.advanceRedDays': 30,
  'alert.claimDays': 60,
  'alert.roundFrom': '10000.00',
  'alert.roundUnit': '1000.00',
  'alert.roundCount': 3,
  'alert.redProof': true,
  'ladder.remindWd': 1,
  'ladder.superviseWd': 1,
  'ladder.investigateWd': 5,
}

describe('every key', () => {
  test('the shipped values', () => {
    expect(presetValues).toEqual(shipped)
  })

  test.each(policyKeyNames)(
    'law 8.3: %s has a unit, a ground and a title in both languages',
    (name) => {
      const { ground, preset, schema, title, unit } = policyKeys[name]
      expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/)
      expect(unit).toMatch(
        /^(?:money|days|workingDays|hours|count|percent|fraction|yesNo|choice|choices)$/,
      )
      expect(schema.safeParse(preset).success).toBe(true)
      expect(title.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(title.en).toMatch(/^[A-Z“][\u0020-\u007e“”]+$/)
      // a source that a reader can look up, not a note of ours
      const source = ground.kind === 'statutory' ? ground.article : ground.basis
      expect(source).toMatch(/[\u4e00-\u9fff]{4}/)
      expect(source).not.toMatch(/§|\b[A-Z]\d/)
    },
  )

  test('no two are titled alike', () => {
    for (const language of ['zh', 'en'] as const) {
      const titles = policyKeyNames.map((name) => policyKeys[name].title[language])
      expect(new Set(titles).size).toBe(titles.length)
    }
  })

  test('setting what is shipped changes nothing', () => {
    const settings = policyKeyNames.map((name) => set(name, presetValues[name]))
    expect(applySettings(presetValues, settings)).toEqual({ values: presetValues, faults: [] })
  })
})

describe('a floor', () => {
  test.each(floors)(
    'law 8.3: %s (%s) is never looser, as strict or stricter',
    (key, article, looser, stricter) => {
      expect(policyKeys[key].ground).toMatchObject({ kind: 'statutory', article })
      expect(faultsOf(set(key, looser))).toEqual([`looserThanFloor ${key}`])
      expect(faultsOf(set(key, presetValues[key]))).toEqual([])
      expect(faultsOf(set(key, stricter))).toEqual([])
    },
  )

  test('says by which article', () => {
    const [fault] = applySettings(presetValues, [set('member.noticeDays', 3)]).faults
    expect(fault?.detail).toBe('10, 农村集体经济组织法第27条')
  })

  test('these are all the law sets; the others are local', () => {
    const statutory = policyKeyNames.filter((name) => policyKeys[name].ground.kind === 'statutory')
    expect([...statutory].sort()).toEqual(floors.map(([key]) => key).sort())
  })

  test('a fraction is compared exactly: 2/3 is no rounded percentage', () => {
    expect(faultsOf(set('member.quorum', '66/99'))).toEqual([])
    expect(faultsOf(set('member.quorum', '64/97'))).toEqual(['looserThanFloor member.quorum'])
    const part = fc.integer({ min: 1, max: 99 })
    fc.assert(
      fc.property(part, part, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        const loose = low * 3 < high * 2
        return (faultsOf(set('member.majority', `${low}/${high}`)).length === 0) === !loose
      }),
    )
  })
})

describe('law 8.4: tiers: 0 < daily ≤ board ≤ large ≤ major', () => {
  const tiers = ['tier.dailyMax', 'tier.boardFrom', 'tier.largeFrom', 'tier.majorFrom'] as const
  test.each<[string, readonly string[], readonly string[]]>([
    ['all alike', ['800.00', '800.00', '800.00', '800.00'], []],
    ['rising', ['0.01', '0.02', '0.03', '0.04'], []],
    ['by digits, not by letters', ['900.00', '1000.00', '9000.00', '10000.00'], []],
    ['daily nothing', ['0.00', '1.00', '2.00', '3.00'], ['tier.dailyMax']],
    ['board below daily', ['800.01', '800.00', '900.00', '900.00'], ['tier.boardFrom']],
    ['large below board', ['1.00', '900.00', '899.99', '900.00'], ['tier.largeFrom']],
    ['major below large', ['1.00', '1.00', '900.00', '899.99'], ['tier.majorFrom']],
    ['falling', ['4.00', '3.00', '2.00', '1.00'], tiers.slice(1)],
  ])('%s', (_what, values, out) => {
    const settings = tiers.map((key, i) => set(key, values[i] ?? ''))
    expect(faultsOf(...settings)).toEqual(out.map((key) => `tiersOutOfOrder ${key}`))
  })

  test('one raised past the next', () => {
    expect(faultsOf(set('tier.boardFrom', '10000.01'))).toEqual(['tiersOutOfOrder tier.largeFrom'])
  })
})

describe('a value', () => {
  test.each<[PolicyKey, string | number | boolean]>([
    ['route.preset', 'loose'],
    ['tier.majorFrom', '50000'],
    ['tier.majorFrom', '50,000.00'],
    ['tier.majorFrom', 50_000],
    ['window.days', '30'],
    ['window.days', 30.5],
    ['window.days', -1],
    ['town.slaWd', 366],
    ['inspection.samplePercent', 101],
    ['member.quorum', '0/3'],
    ['member.quorum', '2/0'],
    ['member.quorum', '66%'],
    ['member.quorum', '100/100'],
    ['member.quorum', '3/2'],
    ['hospitality.allowed', 'false'],
    ['organ.board', 'township'],
  ])('%s = %j is malformed, and the old one stays', (key, value) => {
    const { faults, values } = applySettings(presetValues, [set(key, value)])
    expect(faults.map(({ code }) => code)).toEqual(['valueMalformed'])
    expect(values).toEqual(presetValues)
  })

  test('every fault is told, not only the first', () => {
    expect(
      faultsOf(
        set('member.noticeDays', 1),
        set('cash.max', 'much'),
        set('tier.boardFrom', '20000.00'),
      ),
    ).toEqual([
      'looserThanFloor member.noticeDays',
      'valueMalformed cash.max',
      'tiersOutOfOrder tier.largeFrom',
    ])
  })

  test('of a key there is not is none at all', () => {
    expect(policySettingSchema.safeParse({ key: 'tier.none', value: '1.00' }).success).toBe(false)
    expect(policySettingSchema.safeParse({ key: 'cash.max', value: null }).success).toBe(false)
  })

  test('is set over what was there, not over the shipped values', () => {
    const before = applySettings(presetValues, [set('card.limit', '8000.00')]).values
    expect(applySettings(before, [set('window.days', 60)]).values).toEqual({
      ...presetValues,
      'card.limit': '8000.00',
      'window.days': 60,
    })
  })
})

test('its text has a line a key, in their order, and changes with each', () => {
  const lines = policyText(presetValues).split('\n')
  expect(lines).toHaveLength(policyKeyNames.length)
  expect(lines[0]).toBe('route.preset = tiered')
  expect(lines[4]).toBe('tier.majorFrom = 50000.00')
  for (const name of policyKeyNames) {
    expect(policyText({ ...presetValues, [name]: 'other' })).not.toBe(policyText(presetValues))
  }
})

describe('so much of a whole', () => {
  test.each([
    [26, 40, '2/3', false],
    [27, 40, '2/3', true],
    [2, 3, '2/3', true],
    [66, 100, '2/3', false],
    [67, 100, '2/3', true],
    // nothing passes because nobody is there (law §1)
    [0, 0, '2/3', false],
    [3, 4, '3/4', true],
  ])('%d of %d reaches %s: %s', (part, whole, fraction, reaches) => {
    expect(atLeastFraction(part, whole, fraction)).toBe(reaches)
  })
})

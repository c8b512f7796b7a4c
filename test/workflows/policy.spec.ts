// policy@1: decide by hand from law §8, the machine's paths, and which policy was in force when.
import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { type PolicySetting, policyText, presetValues } from '../../src/domain/policy.ts'
import { instantSchema, localDateSchema } from '../../src/domain/time.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { policyWorkflow } from '../../workflows/policy/v1/decide.ts'
import type { PolicyChange } from '../../workflows/policy/v1/events.ts'
import {
  policyById,
  policyFold,
  policyInForce,
  policyStateName,
} from '../../workflows/policy/v1/fold.ts'
import { policyMachine } from '../../workflows/policy/v1/machine.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import { digest, LawWorld } from '../support/law.ts'
import { floors } from '../support/policy-floors.ts'
import {
  by,
  confirm,
  enactPolicy,
  foundTownship,
  type Seat,
  town,
  township,
  townSeats,
} from '../support/law-cast.ts'

function founded(seats: readonly Seat[] = townSeats): LawWorld {
  const world = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow, policyWorkflow] })
  foundTownship(world, seats)
  confirm(world, town)
  return world
}

const asked = (type: string, office: string, input: unknown = {}) => ({
  ledger: town,
  stream: 'policy' as const,
  type: `policy.${type}`,
  by: by(office),
  input,
})
const propose = (settings: readonly PolicySetting[], more: object = {}, office = 'officer') =>
  asked('propose', office, { settings, basis: '云溪镇〔2026〕1号', ...more })
const clear = (on = '2026-03-01', office = 'officer') =>
  asked('clear', office, { document: '余财备〔2026〕3号', on })
const stateOf = (world: LawWorld) => world.state(policyFold, town, 'policy')
const instant = (text: string) => instantSchema.parse(text)

const settled = founded()
const proposed = settled.fork()
proposed.given(propose([]))
const endorsed = proposed.fork()
endorsed.given(asked('endorse', 'head'))
endorsed.given(asked('endorse', 'leader'))
endorsed.given(asked('giveOpinion', 'inspector1', { opinion: '建议降低大额起点' }))

describe('law 8.2: order of acts', () => {
  test.each([
    ['endorse', settled, asked('endorse', 'head'), 'notOpen'],
    ['giveOpinion', settled, asked('giveOpinion', 'secretary', { opinion: '无' }), 'notOpen'],
    ['enact', settled, asked('enact', 'head'), 'notOpen'],
    ['withdraw', settled, asked('withdraw', 'head', { reason: '再议' }), 'notOpen'],
    ['propose', proposed, propose([]), 'notOpen'],
    ['enact', proposed, asked('enact', 'head'), 'notOpen'],
    ['propose', endorsed, propose([]), 'notOpen'],
    ['endorse', endorsed, asked('endorse', 'head'), 'notOpen'],
  ])('%s is refused out of turn', (_act, given, asking, code) => {
    expect(given.fork().refusal(asking)).toBe(code)
  })

  test.each([
    ['both endorsements, no opinion', ['endorse head', 'endorse leader']],
    ['one endorsement and the opinion', ['endorse head', 'giveOpinion secretary']],
    ['the other endorsement and the opinion', ['endorse leader', 'giveOpinion secretary']],
  ])('%s are not enough to enact', (_what, acts) => {
    const world = proposed.fork()
    for (const act of acts) {
      const [type = '', office = ''] = act.split(' ')
      world.given(asked(type, office, type === 'giveOpinion' ? { opinion: '同意' } : {}))
    }
    expect(policyStateName(stateOf(world))).toBe('proposed')
    expect(world.refusal(asked('enact', 'head'))).toBe('notOpen')
  })

  test('on its own stream only', () => {
    expect(settled.fork().refusal({ ...propose([]), stream: 'roster' })).toBe('notFound')
  })

  test('a withdrawn proposal leaves nothing behind', () => {
    const world = endorsed.fork()
    world.given(asked('withdraw', 'officer', { reason: '再议' }))
    expect(stateOf(world)).toMatchObject({ enacted: [] })
    expect(stateOf(world).proposal).toBeUndefined()
    expect(world.refusal(propose([]))).toBeUndefined()
  })
})

describe('law 8.2: who', () => {
  test.each([
    ['propose', settled, propose([], {}, 'leader'), 'officeNotHeld'],
    ['propose', settled, propose([], {}, 'secretary'), 'officeNotHeld'],
    ['endorse', proposed, asked('endorse', 'officer'), 'officeNotHeld'],
    ['giveOpinion', proposed, asked('giveOpinion', 'leader', { opinion: '同意' }), 'officeNotHeld'],
    ['enact', endorsed, asked('enact', 'secretary'), 'officeNotHeld'],
    ['withdraw', endorsed, asked('withdraw', 'leader', { reason: '再议' }), 'officeNotHeld'],
  ])('%s by the wrong office is refused', (_act, given, asking, code) => {
    expect(given.fork().refusal(asking)).toBe(code)
  })

  test('an endorsement says in which office it was given', () => {
    const world = proposed.fork()
    expect(world.given(asked('endorse', 'leader'))[0]?.body).toEqual({
      given: {},
      as: 'townshipLeader',
    })
    expect(world.given(asked('endorse', 'head'))[0]?.body).toEqual({ given: {}, as: 'centreHead' })
  })

  test('each endorsement and the opinion is given once', () => {
    const world = proposed.fork()
    world.given(asked('endorse', 'head'))
    world.given(asked('giveOpinion', 'secretary', { opinion: '同意' }))
    expect(world.refusal(asked('endorse', 'head'))).toBe('alreadySigned')
    expect(world.refusal(asked('giveOpinion', 'inspector1', { opinion: '同意' }))).toBe(
      'alreadySigned',
    )
    expect(world.refusal(asked('endorse', 'leader'))).toBeUndefined()
  })

  test('law 8.2: one person holding both offices cannot endorse twice', () => {
    const seats: readonly Seat[] = townSeats.map((seat) =>
      seat[0] === 'leader' ? ['leader', 'townshipLeader', township, 'centrehead'] : seat,
    )
    const world = founded(seats)
    world.given(propose([]))
    world.given(asked('endorse', 'head'))
    const asLeader = {
      ...asked('endorse', 'leader'),
      by: { ...by('leader'), person: by('head').person },
    }
    expect(world.refusal(asLeader)).toBe('endorserTwice')
  })
})

describe('law 8.3, law 8.4: what may be set', () => {
  const money = (key: string, value: string) => ({ key, value }) as PolicySetting
  test.each<[string, PolicySetting[], string | undefined]>([
    [
      'notice below 10 days (L1 Art 27)',
      [{ key: 'member.noticeDays', value: 9 }],
      'looserThanFloor',
    ],
    ['notice above 10 days', [{ key: 'member.noticeDays', value: 11 }], undefined],
    ['quorum below 2/3 (L1 Art 27)', [{ key: 'member.quorum', value: '13/20' }], 'looserThanFloor'],
    ['quorum 7/10 > 2/3', [{ key: 'member.quorum', value: '7/10' }], undefined],
    [
      'majority of one half (L4 Art 30 is looser)',
      [{ key: 'member.majority', value: '1/2' }],
      'looserThanFloor',
    ],
    [
      'consultation below 15 days (L3 Art 20)',
      [{ key: 'member.consultDays', value: 14 }],
      'looserThanFloor',
    ],
    [
      'results after more than 5 days (L3 Art 25)',
      [{ key: 'member.resultDays', value: 6 }],
      'looserThanFloor',
    ],
    ['cash above 1,000 (L10 Art 5)', [money('cash.max', '1000.01')], 'looserThanFloor'],
    ['cash below', [money('cash.max', '500.00')], undefined],
    ['money written as a number', [{ key: 'tier.largeFrom', value: 10000 }], 'valueMalformed'],
    [
      'a fraction for a number of days',
      [{ key: 'board.noticeDays', value: '1/2' }],
      'valueMalformed',
    ],
    ['large below board', [money('tier.largeFrom', '4999.99')], 'tiersOutOfOrder'],
    ['daily nothing', [money('tier.dailyMax', '0.00')], 'tiersOutOfOrder'],
    [
      'a local amount raised without a reason',
      [money('tier.largeFrom', '20000.00')],
      'raiseNeedsReason',
    ],
    ['a local amount left as it is', [money('tier.largeFrom', '10000.00')], undefined],
    ['a local amount lowered without a reason', [money('tier.largeFrom', '8000.00')], undefined],
    ['not an amount, not a reason', [{ key: 'hospitality.allowed', value: true }], undefined],
  ])('%s', (_what, settings, code) => {
    expect(settled.fork().refusal(propose(settings))).toBe(code)
  })

  test.each(floors)(
    'law 8.3: %s: not looser than its article, as it sets it',
    (key, _article, looser) => {
      const world = settled.fork()
      expect(world.refusal(propose([{ key, value: looser }]))).toBe('looserThanFloor')
      expect(world.refusal(propose([{ key, value: presetValues[key] }]))).toBeUndefined()
    },
  )

  test('a raise with its reason is recorded', () => {
    const world = settled.fork()
    expect(
      world.refusal(propose([money('tier.majorFrom', '80000.00')], { reason: '物价' })),
    ).toBeUndefined()
    expect(stateOf(world).proposal?.values['tier.majorFrom']).toBe('80000.00')
  })

  test('one key twice is malformed', () => {
    const twice = [money('tier.largeFrom', '8000.00'), money('tier.largeFrom', '9000.00')]
    expect(() => settled.fork().ask(propose(twice))).toThrow(/each key once/)
  })
})

describe('law 8.5: enacting', () => {
  test('the first policy starts from the shipped values and is named by its text', () => {
    const world = endorsed.fork()
    const at = world.now
    const [entry] = world.given(asked('enact', 'officer'))
    const id = `1@${digest(policyText(presetValues)).slice(0, 8)}`
    expect(entry?.body).toEqual({ given: {}, version: 1, id, from: at })
    expect(policyInForce(stateOf(world), at)).toMatchObject({
      id,
      version: 1,
      values: presetValues,
    })
  })

  test('in force from its instant, not before; the one before stays known', () => {
    const world = settled.fork()
    enactPolicy(world)
    const first = policyInForce(stateOf(world), world.now)
    world.given(propose([{ key: 'tier.largeFrom', value: '8000.00' }], { from: '2026-04-01' }))
    world.given(clear())
    world.given(asked('endorse', 'leader'))
    world.given(asked('giveOpinion', 'secretary', { opinion: '同意' }))
    world.given(asked('endorse', 'head'))
    world.given(asked('enact', 'head'))
    const state = stateOf(world)
    expect(policyInForce(state, instant('2026-03-31T15:59:59.999Z'))).toEqual(first)
    const second = policyInForce(state, instant('2026-03-31T16:00:00.000Z'))
    expect(second).toMatchObject({ version: 2 })
    expect(second?.values).toEqual({ ...presetValues, 'tier.largeFrom': '8000.00' })
    expect(policyById(state, first?.id ?? '')).toEqual(first)
    expect(policyById(state, second?.id ?? '')).toEqual(second)
  })

  const signed = (world: LawWorld): LawWorld => {
    world.given(asked('endorse', 'head'))
    world.given(asked('endorse', 'leader'))
    world.given(asked('giveOpinion', 'secretary', { opinion: '同意' }))
    return world
  }
  /** One policy enacted on the 2nd of March, another that day to be in force from the 1st of June. */
  const announced = settled.fork()
  enactPolicy(announced)
  announced.given(propose([{ key: 'claim.maxAgeDays', value: 45 }], { from: '2026-06-01' }))
  signed(announced).given(asked('enact', 'officer'))
  const daysAt = (world: LawWorld, at: string) =>
    policyInForce(stateOf(world), instant(at))?.values['claim.maxAgeDays']

  // the 2nd of March 2026 and 366 days are the 3rd of March 2027
  test.each([
    ['yesterday', '2026-03-01', 'policyBackDated'],
    ['today', '2026-03-02', undefined],
    ['in 366 days', '2027-03-03', undefined],
    ['a day more', '2027-03-04', 'policyTooFarAhead'],
    ['when nobody lives any more', '9999-01-01', 'policyTooFarAhead'],
  ])('the day stands in the proposal, endorsed with it: %s', (_what, from, code) => {
    expect(settled.fork().refusal(propose([], { from }))).toBe(code)
  })

  test('whoever enacts it chooses no other day', () => {
    const world = endorsed.fork()
    const asking = asked('enact', 'head', { from: '2026-06-01T00:00:00.000Z' })
    expect(() => world.ask(asking)).toThrow(/from/)
  })

  test('today is from the entry on, and so is a day that is past by then', () => {
    const world = settled.fork()
    world.given(propose([], { from: '2026-03-03' }))
    signed(world).clock('2026-03-05T02:00:00.000Z')
    const at = world.now
    expect(world.given(asked('enact', 'head'))[0]?.body).toMatchObject({ from: at })
  })

  test.each<[string, string | undefined, number | undefined, number]>([
    // what is in force on the 15th of May, and on the 15th of June
    ['an earlier day supersedes it', '2026-05-01', 30, 30],
    ['the same day too', '2026-06-01', 60, 30],
    ['at once', undefined, 30, 30],
    ['a later day leaves it its days', '2026-07-01', 60, 45],
  ])('an enacted policy that has not begun: %s', (_what, from, may, june) => {
    const world = announced.fork()
    const change = { reason: '另行调整', ...(from === undefined ? {} : { from }) }
    world.given(propose([{ key: 'claim.maxAgeDays', value: 30 }], change))
    signed(world).given(asked('enact', 'officer'))
    expect(daysAt(world, '2026-05-15T01:00:00.000Z')).toBe(may)
    expect(daysAt(world, '2026-06-15T01:00:00.000Z')).toBe(june)
    expect(daysAt(world, '2026-07-15T01:00:00.000Z')).toBe(30)
  })

  test('an earlier one changes what is in force then, and brings nothing forward', () => {
    const world = announced.fork()
    const change = { reason: '现金管理', from: '2026-05-01' }
    world.given(propose([{ key: 'cash.max', value: '500.00' }], change))
    signed(world).given(asked('enact', 'officer'))
    expect(daysAt(world, '2026-05-15T01:00:00.000Z')).toBe(60)
  })

  test.each([
    ['before it', '2026-05-31', 'supersedingNeedsReason'],
    ['on its day', '2026-06-01', undefined],
    ['after it', '2026-06-02', undefined],
    ['at once', undefined, 'supersedingNeedsReason'],
  ])('setting one aside needs a reason: %s', (_what, from, code) => {
    const change = from === undefined ? {} : { from }
    expect(announced.fork().refusal(propose([], change))).toBe(code)
  })

  test('one that another has overtaken is not enacted: it would undo that one', () => {
    const world = announced.fork()
    const reason = '现金管理'
    world.given(propose([{ key: 'cash.max', value: '500.00' }], { reason, from: '2026-05-31' }))
    signed(world).clock('2026-06-02T02:00:00.000Z')
    expect(world.refusal(asked('enact', 'officer'))).toBe('policyOvertaken')
    world.given(asked('withdraw', 'officer', { reason: '重新提出' }))
    world.given(propose([{ key: 'cash.max', value: '500.00' }]))
    signed(world).given(asked('enact', 'officer'))
    expect(daysAt(world, '2026-06-15T01:00:00.000Z')).toBe(45)
  })

  test('there is none before the first', () => {
    expect(policyInForce(stateOf(settled), settled.now)).toBeUndefined()
  })
})

describe('law 8.1: the county clears the amounts before they are in force', () => {
  const proposes = (...settings: PolicySetting[]): LawWorld => {
    const world = settled.fork()
    world.given(propose(settings, { reason: '按县级指导' }))
    return world
  }
  const signed = (world: LawWorld): LawWorld => {
    world.given(asked('endorse', 'head'))
    world.given(asked('endorse', 'leader'))
    world.given(asked('giveOpinion', 'secretary', { opinion: '同意' }))
    return world
  }
  const lowered = proposes({ key: 'tier.largeFrom', value: '8000.00' })

  test.each<[string, PolicySetting[], string | undefined]>([
    ['an amount raised', [{ key: 'tier.majorFrom', value: '60000.00' }], 'policyNotCleared'],
    ['an amount lowered', [{ key: 'tier.largeFrom', value: '8000.00' }], 'policyNotCleared'],
    ['the card limit', [{ key: 'card.limit', value: '10000.00' }], 'policyNotCleared'],
    ['an amount set as it was', [{ key: 'tier.largeFrom', value: '10000.00' }], undefined],
    ['cash, which the law limits', [{ key: 'cash.max', value: '500.00' }], undefined],
    ['days', [{ key: 'claim.maxAgeDays', value: 45 }], undefined],
    ['where an alert begins', [{ key: 'alert.whiteSlipFrom', value: '100.00' }], undefined],
    ['nothing', [], undefined],
  ])('%s, everything signed but no clearance: %s', (_what, settings, code) => {
    expect(signed(proposes(...settings)).refusal(asked('enact', 'officer'))).toBe(code)
  })

  test('the refusal names the amount', () => {
    expect(signed(lowered.fork()).ask(asked('enact', 'officer'))).toEqual({
      refused: { code: 'policyNotCleared', params: { key: 'tier.largeFrom' } },
    })
  })

  test('recorded with its document and day, before or after the signatures', () => {
    const before = lowered.fork()
    expect(before.given(clear())[0]?.body).toEqual({
      given: { document: '余财备〔2026〕3号', on: '2026-03-01' },
    })
    expect(signed(before).refusal(asked('enact', 'officer'))).toBeUndefined()
    const after = signed(lowered.fork())
    after.given(clear('2026-03-02', 'head'))
    expect(after.refusal(asked('enact', 'officer'))).toBeUndefined()
  })

  test.each([
    ['once', (world: LawWorld) => world.given(clear()), clear(), 'alreadySigned'],
    ['not of tomorrow', () => [], clear('2026-03-03'), 'dateInFuture'],
    ['not by the leader', () => [], clear('2026-03-01', 'leader'), 'officeNotHeld'],
    ['not by the inspectors', () => [], clear('2026-03-01', 'inspector1'), 'officeNotHeld'],
  ])('%s', (_what, given, asking, code) => {
    const world = lowered.fork()
    given(world)
    expect(world.refusal(asking)).toBe(code)
  })

  test('not before there is a proposal, nor where none is needed', () => {
    expect(settled.fork().refusal(clear())).toBe('notOpen')
    expect(proposed.fork().refusal(clear())).toBe('nothingToClear')
  })

  test('a proposal that is withdrawn takes its clearance with it', () => {
    const world = lowered.fork()
    world.given(clear())
    world.given(asked('withdraw', 'officer', { reason: '再议' }))
    world.given(propose([{ key: 'tier.largeFrom', value: '9000.00' }]))
    expect(signed(world).refusal(asked('enact', 'officer'))).toBe('policyNotCleared')
  })
})

test('the shortest ways through the machine', () => {
  const events: PolicyChange[] = [
    { type: 'policy.proposed', body: { given: { settings: [], basis: 'x' } } },
    {
      type: 'policy.proposed',
      body: { given: { settings: [], basis: 'x' }, clears: 'tier.largeFrom' },
    },
    {
      type: 'policy.cleared',
      body: { given: { document: 'x', on: localDateSchema.parse('2026-03-02') } },
    },
    { type: 'policy.endorsed', body: { given: {}, as: 'centreHead' } },
    { type: 'policy.endorsed', body: { given: {}, as: 'townshipLeader' } },
    { type: 'policy.opinionGiven', body: { given: { opinion: 'x' } } },
    {
      type: 'policy.enacted',
      body: { given: {}, version: 1, id: '1@00000000', from: instant('2026-03-02T00:00:00.000Z') },
    },
    { type: 'policy.withdrawn', body: { given: { reason: 'x' } } },
  ]
  const paths = getShortestPaths(policyMachine, {
    events,
    filterEvents: (state, event) => state.status === 'active' && state.can(event),
    limit: 1000,
  })
  const told = paths.map(({ state, steps }) => [
    JSON.stringify(state.value).replaceAll('"', ''),
    steps
      .slice(1)
      .map(({ event }) => ('as' in event.body ? event.body.as : event.type))
      .join(' → '),
  ])
  expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
    {
      "endorsed": "policy.proposed → centreHead → townshipLeader → policy.opinionGiven",
      "settled": "",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:awaited,discipline:awaited}}": "policy.proposed",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:awaited,discipline:given}}": "policy.proposed → policy.opinionGiven",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:given,discipline:awaited}}": "policy.proposed → policy.cleared",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:given,discipline:given}}": "policy.proposed → policy.cleared → policy.opinionGiven",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:notNeeded,discipline:awaited}}": "policy.proposed",
      "{proposed:{centreHead:awaited,townshipLeader:awaited,county:notNeeded,discipline:given}}": "policy.proposed → policy.opinionGiven",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:awaited,discipline:awaited}}": "policy.proposed → townshipLeader",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:awaited,discipline:given}}": "policy.proposed → townshipLeader → policy.opinionGiven",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:given,discipline:awaited}}": "policy.proposed → policy.cleared → townshipLeader",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:given,discipline:given}}": "policy.proposed → policy.cleared → townshipLeader → policy.opinionGiven",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:notNeeded,discipline:awaited}}": "policy.proposed → townshipLeader",
      "{proposed:{centreHead:awaited,townshipLeader:given,county:notNeeded,discipline:given}}": "policy.proposed → townshipLeader → policy.opinionGiven",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:awaited,discipline:awaited}}": "policy.proposed → centreHead",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:awaited,discipline:given}}": "policy.proposed → centreHead → policy.opinionGiven",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:given,discipline:awaited}}": "policy.proposed → policy.cleared → centreHead",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:given,discipline:given}}": "policy.proposed → policy.cleared → centreHead → policy.opinionGiven",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:notNeeded,discipline:awaited}}": "policy.proposed → centreHead",
      "{proposed:{centreHead:given,townshipLeader:awaited,county:notNeeded,discipline:given}}": "policy.proposed → centreHead → policy.opinionGiven",
      "{proposed:{centreHead:given,townshipLeader:given,county:awaited,discipline:awaited}}": "policy.proposed → centreHead → townshipLeader",
      "{proposed:{centreHead:given,townshipLeader:given,county:awaited,discipline:given}}": "policy.proposed → centreHead → townshipLeader → policy.opinionGiven",
      "{proposed:{centreHead:given,townshipLeader:given,county:given,discipline:awaited}}": "policy.proposed → policy.cleared → centreHead → townshipLeader",
      "{proposed:{centreHead:given,townshipLeader:given,county:notNeeded,discipline:awaited}}": "policy.proposed → centreHead → townshipLeader",
    }
  `)
})

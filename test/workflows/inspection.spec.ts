// inspection@1: the round, its lot and its coverage. Rows by hand from law §6.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inspectionIdSchema, sha256HexSchema } from '../../src/domain/ids.ts'
import { instantOf, msOf } from '../../src/domain/time.ts'
import { inspectionFold, mustExamine } from '../../workflows/inspection/v1/fold.ts'
import { drawLot, sampleSize, seedOf } from '../../workflows/inspection/v1/lot.ts'
import { digest, type LawWorld } from '../support/law.ts'
import { by, enactPolicy, g, o, p, village } from '../support/law-cast.ts'
import {
  afterwards,
  answerRound,
  endRequests,
  inspectedWorld,
  notice,
  onRound,
  plan,
  requestId,
  root,
  roundOver,
  secret,
} from '../support/law-round.ts'

const STREAM = 'inspection/i-2026-01'
const roundOf = (world: LawWorld) => {
  const round = world.state(inspectionFold, village, STREAM)
  if (round === undefined) throw new Error('no round')
  return round
}

// the same past for all: 15 ended requests, and the round in each of its states
const unplanned = inspectedWorld()
const ids = endRequests(unplanned, 15)
unplanned.clock('2026-04-01T01:00:00.000Z')
const after = (before: LawWorld, asking: Parameters<LawWorld['given']>[0]) =>
  afterwards(before, ids, asking)
const draw = { secret, picks: [] }
const { planned, noticed, drawn, underway } = roundOver(unplanned, ids)
const lot = ids.filter((request) => mustExamine(roundOf(underway), request))
const rest = ids.filter((request) => !lot.includes(request))
const clean = lot.map((request) => ({ request, result: 'noFinding' }))
const covered = after(
  underway,
  onRound('inspection.cover', 'inspector1', { notExamined: rest, examined: clean }),
)
const concluded = after(
  covered,
  onRound('inspection.conclude', 'inspector2', { summary: '未发现问题' }),
)
const cancel = onRound('inspection.cancel', 'secretary', { reason: '另行安排' })
const cancelled = after(noticed, cancel)

const fork = (world: LawWorld): LawWorld => {
  const copy = world.fork()
  answerRound(copy, ids)
  return copy
}

describe('law 6.2: order of acts', () => {
  const states = { planned, noticed, drawn, underway, concluded, cancelled }
  const cover = onRound('inspection.cover', 'inspector1', { notExamined: rest, examined: [] })
  const acts = {
    notice: onRound('inspection.notice', 'inspector1', {
      ...notice,
      startsOn: '2026-05-10',
      drawAfter: '2026-05-08T01:00:00.000Z',
    }),
    draw: onRound('inspection.draw', 'inspector1', draw),
    pick: onRound('inspection.pick', 'inspector1', {
      picks: [{ request: ids[0], reason: '红色预警' }],
    }),
    start: onRound('inspection.start', 'inspector1'),
    cover,
    conclude: onRound('inspection.conclude', 'inspector2', { summary: '完成' }),
    cancel,
    raise: onRound('finding.raise', 'inspector1', {
      fault: 'other',
      kind: 'simple',
      text: '问题',
      followUps: ['training'],
    }),
    answer: onRound('finding.answer', 'chead', { finding: 'f-1', text: '已改' }),
  }
  // what is not named is refused notOpen; notFound here means: open, but there is no such finding
  const open: Record<keyof typeof states, Partial<Record<keyof typeof acts, string>>> = {
    planned: { notice: 'recorded', cancel: 'recorded' },
    noticed: { draw: 'drawTooEarly', cancel: 'recorded' },
    // the lot binds from here on
    drawn: { pick: 'recorded', start: 'startTooEarly' },
    underway: {
      pick: 'recorded',
      cover: 'recorded',
      conclude: 'populationUncovered',
      raise: 'recorded',
      answer: 'notFound',
    },
    concluded: { answer: 'notFound' },
    cancelled: {},
  }
  const rows = Object.entries(states).flatMap(([state, world]) =>
    Object.entries(acts).map(([act, asking]) => ({
      state: state as keyof typeof states,
      act: act as keyof typeof acts,
      world,
      asking,
    })),
  )
  test.each(rows)('$act when $state', ({ state, act, world, asking }) => {
    expect(fork(world).refusal(asking) ?? 'recorded').toBe(open[state][act] ?? 'notOpen')
  })

  test('nothing before the plan, and a plan once', () => {
    expect(fork(unplanned).refusal(acts.notice)).toBe('notFound')
    expect(fork(planned).refusal(onRound('inspection.plan', 'inspector1', plan))).toBe(
      'alreadyExists',
    )
    expect(
      fork(unplanned).refusal(onRound('inspection.plan', 'inspector1', plan, 'nonsense')),
    ).toBe('notFound')
  })

  test('law 6.8: a cancelled round stays visible with its notice', () => {
    const round = roundOf(cancelled)
    expect(round.snapshot.value).toBe('cancelled')
    expect(round.notice?.sample).toBe(10)
  })
})

describe('law 6.8: a lot binds from the instant of its draw', () => {
  test.each([
    ['before the instant', '2026-04-08T01:00:00.000Z', undefined],
    ['once it has passed, drawn or not', '2026-04-08T01:00:00.001Z', 'lotBinds'],
  ])('cancelled %s', (_what, clock, code) => {
    expect(fork(noticed).clock(clock).refusal(cancel)).toBe(code)
  })

  test('no second round is announced over the same flows while one is not concluded', () => {
    const world = fork(noticed)
    world.given(onRound('inspection.plan', 'inspector1', plan, 'i-2026-02'))
    const asked: unknown[] = []
    world.fact('openRounds', (query) => {
      asked.push(query)
      return { rounds: [inspectionIdSchema.parse('i-2026-01')] }
    })
    const outcome = world.ask(onRound('inspection.notice', 'inspector1', notice, 'i-2026-02'))
    expect(outcome).toMatchObject({
      refused: { code: 'roundOverlaps', params: { round: 'i-2026-01' } },
    })
    expect(asked[0]).toEqual({ companies: plan.companies, ...plan.period, except: 'i-2026-02' })
  })

  test.each([
    ['sixty days ahead', '2026-05-31', undefined],
    ['sixty-one', '2026-06-01', 'startsTooLate'],
  ])('law 6.1: announced %s', (_what, startsOn, code) => {
    const asking = onRound('inspection.notice', 'inspector1', { ...notice, startsOn })
    expect(fork(planned).refusal(asking)).toBe(code)
  })
})

describe('law 6.1: two inspectors answer for what a round says', () => {
  const conclude = (office: string) => onRound('inspection.conclude', office, { summary: '完成' })
  const cover = (office: string, requests: readonly (typeof ids)[number][]) =>
    onRound('inspection.cover', office, { notExamined: requests, examined: [] })
  test('who covered most does not conclude', () => {
    expect(fork(covered).refusal(conclude('inspector1'))).toBe('concludesOwnCoverage')
    expect(fork(covered).refusal(conclude('inspector2'))).toBeUndefined()
  })

  test('of two who covered the same number either does', () => {
    const even = fork(underway)
    const examined = { notExamined: [], examined: clean }
    even.given(onRound('inspection.cover', 'inspector1', examined))
    for (const id of rest) even.given(cover('inspector2', [id]))
    const [most, other] =
      clean.length > rest.length ? ['inspector1', 'inspector2'] : ['inspector2', 'inspector1']
    expect(fork(even).refusal(conclude(most))).toBe(
      clean.length === rest.length ? undefined : 'concludesOwnCoverage',
    )
    expect(even.refusal(conclude(other))).toBeUndefined()
  })
})

describe('law 6.1: the team changes by the discipline secretary, with a reason', () => {
  const seat = (name: string) => ({ office: o(name), person: p(name) })
  const change = (office: string, names: readonly string[]) =>
    onRound('inspection.changeTeam', office, {
      inspectors: names.map(seat),
      reason: '一名检查员病假',
    })
  const two = ['inspector2', 'inspector3']
  test.each<[string, LawWorld, string, readonly string[], string | undefined]>([
    ['before its notice', planned, 'secretary', two, undefined],
    ['underway', underway, 'secretary', two, undefined],
    ['concluded', concluded, 'secretary', two, 'notOpen'],
    ['by a member of the team', underway, 'inspector1', two, 'officeNotHeld'],
    ['to one alone', underway, 'secretary', ['inspector3'], 'teamTooSmall'],
    [
      'to an officer of the centre',
      underway,
      'secretary',
      ['inspector2', 'officer'],
      'notAnInspector',
    ],
  ])('%s', (_what, world, office, names, code) => {
    expect(fork(world).refusal(change(office, names))).toBe(code)
  })

  test('who has left the team acts in it no more, who has come does', () => {
    const world = fork(drawn)
    world.clock('2026-04-10T01:00:00.000Z').given(change('secretary', two))
    expect(world.refusal(onRound('inspection.start', 'inspector1'))).toBe('notOnTeam')
    expect(world.refusal(onRound('inspection.start', 'inspector3'))).toBeUndefined()
  })
})

describe('law 6.1: plan', () => {
  const third = { office: o('inspector3'), person: p('inspector3') }
  test.each<[string, object, string, string | undefined]>([
    ['as shipped', {}, 'inspector1', undefined],
    ['by the secretary, who is not on the team', {}, 'secretary', undefined],
    ['by the centre', {}, 'head', 'officeNotHeld'],
    ['by the village', {}, 'sup1', 'officeNotHeld'],
    ['one inspector (≥ 2)', { inspectors: [third] }, 'inspector1', 'teamTooSmall'],
    [
      'an officer of the centre as inspector',
      { inspectors: [third, { office: o('officer'), person: p('officer') }] },
      'inspector1',
      'notAnInspector',
    ],
    [
      'an inspector’s office named by another person',
      { inspectors: [third, { office: o('inspector1'), person: p('officer') }] },
      'inspector1',
      'notAnInspector',
    ],
    ['a company that is none', { companies: [g('nobody')] }, 'inspector1', 'notFound'],
    [
      'a follow-up to no round',
      { kind: 'followUp', follows: 'i-2025-09' },
      'inspector1',
      'notFound',
    ],
  ])('%s', (_what, change, office, code) => {
    expect(
      fork(unplanned).refusal(onRound('inspection.plan', office, { ...plan, ...change })),
    ).toBe(code)
  })

  test('a follow-up names its round', () => {
    const asking = onRound(
      'inspection.plan',
      'inspector3',
      { ...plan, kind: 'followUp', follows: 'i-2026-01' },
      'i-2026-02',
    )
    expect(fork(concluded).refusal(asking)).toBeUndefined()
  })

  test('without a policy there is no team size to hold to', () => {
    const world = inspectedWorld({ policy: false })
    expect(world.refusal(onRound('inspection.plan', 'inspector1', plan))).toBe('policyMissing')
  })
})

describe('law 6.1: notice', () => {
  const special = after(
    unplanned,
    onRound('inspection.plan', 'inspector1', { ...plan, kind: 'special' }),
  )
  const open = after(
    unplanned,
    onRound('inspection.plan', 'inspector1', {
      ...plan,
      period: { from: '2026-03-01', to: '2026-04-01' },
    }),
  )
  test.each<[string, LawWorld, object, string, string | undefined]>([
    [
      'three days ahead (noticed on the 1st, starts on the 4th)',
      planned,
      { startsOn: '2026-04-04', drawAfter: '2026-04-03T01:00:00.000Z' },
      'inspector1',
      undefined,
    ],
    ['two days ahead', planned, { startsOn: '2026-04-03' }, 'inspector1', 'inspectionNoticeShort'],
    [
      'two days ahead with a reason, periodic',
      planned,
      { startsOn: '2026-04-03', waiver: '紧急' },
      'inspector1',
      'inspectionNoticeShort',
    ],
    [
      'the same day with a reason, special',
      special,
      { startsOn: '2026-04-01', drawAfter: '2026-04-01T15:59:59.000Z', waiver: '有举报' },
      'inspector1',
      undefined,
    ],
    [
      'the same day without a reason, special',
      special,
      { startsOn: '2026-04-01' },
      'inspector1',
      'inspectionNoticeShort',
    ],
    [
      'a start in the past',
      special,
      { startsOn: '2026-03-31', waiver: '有举报' },
      'inspector1',
      'inspectionNoticeShort',
    ],
    [
      'a draw at this very instant',
      planned,
      { drawAfter: planned.now },
      'inspector1',
      'drawNotAhead',
    ],
    [
      'a draw less than an hour later',
      planned,
      { drawAfter: instantOf(msOf(planned.now) + 3_599_999) },
      'inspector1',
      'drawNotAhead',
    ],
    [
      'a draw two hours later',
      planned,
      { drawAfter: instantOf(msOf(planned.now) + 7_200_000) },
      'inspector1',
      undefined,
    ],
    [
      'a draw that is past',
      planned,
      { drawAfter: '2026-04-01T01:00:00.000Z' },
      'inspector1',
      'drawNotAhead',
    ],
    [
      'a draw at the end of the day it starts (24:00 of the 10th is the 11th)',
      planned,
      { drawAfter: '2026-04-10T15:59:59.999Z' },
      'inspector1',
      undefined,
    ],
    [
      'a draw after the round has begun',
      planned,
      { drawAfter: '2026-04-10T16:00:00.000Z' },
      'inspector1',
      'drawAfterStart',
    ],
    ['a period that is not over', open, {}, 'inspector1', 'periodNotOver'],
    ['by an inspector of another team', planned, {}, 'inspector3', 'notOnTeam'],
    ['by the secretary', planned, {}, 'secretary', 'officeNotHeld'],
  ])('%s', (_what, world, change, office, code) => {
    const asking = onRound('inspection.notice', office, { ...notice, ...change })
    expect(fork(world).refusal(asking)).toBe(code)
  })

  test('law 6.3, law 6.6: fixes population and sample', () => {
    const body = noticed.entries(village, STREAM)[1]?.body
    expect(body).toMatchObject({
      population: { count: 15, digest: digest(ids.join('\n')) },
      sample: 10,
    })
  })
})

describe('law 6.6: sample size: 5 %, at least 10, never more than there are', () => {
  test.each([
    [0, 0],
    [1, 1],
    [9, 9],
    [10, 10],
    [11, 10],
    [200, 10],
    [201, 11],
    [220, 11],
    [221, 12],
    [2400, 120],
  ])('of %i: %i', (population, size) => {
    expect(sampleSize(population, { percent: 5, least: 10 })).toBe(size)
  })

  test.each([
    [7, 100, 0, 7],
    [7, 0, 0, 0],
    [3, 33, 1, 1],
    [100, 29, 0, 29],
  ])('of %i at %i %% or %i: %i', (population, percent, least, size) => {
    expect(sampleSize(population, { percent, least })).toBe(size)
  })
})

describe('law 6.6: the lot', () => {
  test('anyone can draw it again from what stands in the ledger', () => {
    const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
    const seed = sha(`${secret}\n${root}`)
    const again = [...ids]
      .sort((a, b) => (sha(`${seed}\n${a}`) < sha(`${seed}\n${b}`) ? -1 : 1))
      .slice(0, 10)
    const [, , drawing, listed] = drawn.entries(village, STREAM)
    expect(drawing?.body).toMatchObject({
      given: { secret },
      root: { size: 77, root },
      seed,
      lot: { count: 10, digest: sha(again.join('\n')) },
    })
    expect(listed?.body).toEqual({ requests: again })
    expect([...roundOf(drawn).lot]).toEqual(again)
  })

  test('hangs on every half of its seed', () => {
    const population = Array.from({ length: 300 }, (_, i) => requestId(i + 1))
    const of = (s: string, r: typeof root) =>
      drawLot(digest, { seed: seedOf(digest, s, r), population, size: 15 })
    const other = sha256HexSchema.parse('cd'.repeat(32))
    expect(of(secret, root)).toEqual(of(secret, root))
    expect(of(secret, root)).not.toEqual(of(`${secret}!`, root))
    expect(of(secret, root)).not.toEqual(of(secret, other))
    expect(
      drawLot(digest, { seed: root, population: [...population].reverse(), size: 15 }),
    ).toEqual(drawLot(digest, { seed: root, population, size: 15 }))
  })

  test('a large lot is listed in parts that fit an entry', () => {
    const many = Array.from({ length: 1201 }, (_, i) => requestId(i + 1))
    const strict = inspectedWorld()
    strict.clock('2026-04-01T01:00:00.000Z')
    strict.fact('population', () => ({ requests: many, red: [] }))
    strict.fact('rootAfter', () => ({ size: 77, root }))
    enactPolicy(strict, [{ key: 'inspection.samplePercent', value: 100 }])
    strict.given(onRound('inspection.plan', 'inspector1', plan))
    strict.given(onRound('inspection.notice', 'inspector1', notice))
    strict.clock('2026-04-09T01:00:00.000Z')
    const entries = strict.given(onRound('inspection.draw', 'inspector1', draw))
    expect(entries.map(({ type }) => type)).toEqual([
      'inspection.drawn',
      'inspection.lotListed',
      'inspection.lotListed',
      'inspection.lotListed',
    ])
    expect(roundOf(strict).lot.size).toBe(1201)
  })
})

describe('law 6.6: draw', () => {
  const at = (clock: string, change: object = {}, office = 'inspector1') => {
    const world = fork(noticed).clock(clock)
    return world.refusal(onRound('inspection.draw', office, { ...draw, ...change }))
  }
  const late = '2026-04-08T02:00:00.000Z'
  test('not before a checkpoint after the instant fixed in the notice', () => {
    expect(at('2026-04-08T01:00:00.000Z')).toBe('drawTooEarly')
    expect(at(late)).toBeUndefined()
  })
  test('not with another secret', () => {
    expect(at(late, { secret: 'another-secret-altogether' })).toBe('secretMismatch')
  })
  test('not by another team', () => {
    expect(at(late, {}, 'inspector3')).toBe('notOnTeam')
  })
  test('law 6.7: picks stand beside the lot, out of the population only', () => {
    const outside = [{ request: requestId(999), reason: '红色预警' }]
    expect(at(late, { picks: outside })).toBe('notInPopulation')
    expect(fork(drawn).refusal(onRound('inspection.pick', 'inspector1', { picks: outside }))).toBe(
      'notInPopulation',
    )
    const [left] = rest
    const picked = after(
      drawn,
      onRound('inspection.pick', 'inspector1', { picks: [{ request: left, reason: '红色预警' }] }),
    )
    expect(roundOf(picked).picks.get(left ?? requestId(0))).toBe('红色预警')
    expect(roundOf(picked).lot.size).toBe(10)
  })
  test('a population that has changed since the notice is a broken invariant', () => {
    const world = fork(noticed).clock(late)
    world.fact('population', () => ({ requests: ids.slice(1), red: [] }))
    expect(() => world.ask(onRound('inspection.draw', 'inspector1', draw))).toThrow(/has changed/)
  })
})

test('the start is not before the day announced', () => {
  const start = onRound('inspection.start', 'inspector1')
  expect(fork(drawn).clock('2026-04-09T15:59:59.000Z').refusal(start)).toBe('startTooEarly')
  expect(fork(drawn).clock('2026-04-09T16:00:00.000Z').refusal(start)).toBeUndefined()
  expect(
    fork(drawn)
      .clock('2026-04-10T01:00:00.000Z')
      .refusal({ ...start, by: by('inspector3') }),
  ).toBe('notOnTeam')
})

describe('law 6.3: conclusion', () => {
  const conclude = (office = 'inspector2') =>
    onRound('inspection.conclude', office, { summary: '完成' })
  test('needs the whole population', () => {
    const [last, ...others] = rest
    const world = after(
      underway,
      onRound('inspection.cover', 'inspector1', { notExamined: others, examined: clean }),
    )
    expect(world.refusal(conclude())).toBe('populationUncovered')
    world.given(onRound('inspection.cover', 'inspector1', { notExamined: [last], examined: [] }))
    const [entry] = world.given(conclude())
    expect(entry?.body).toMatchObject({ covered: 15, examined: 10, findings: 0 })
  })
  test('is the team’s, cancelling the secretary’s', () => {
    expect(fork(covered).refusal(conclude('inspector3'))).toBe('notOnTeam')
    expect(fork(noticed).refusal({ ...cancel, by: by('inspector1') })).toBe('officeNotHeld')
  })
  test('an empty period is concluded at once', () => {
    const empty = roundOver(inspectedWorld(), []).underway
    expect(empty.refusal(conclude())).toBeUndefined()
  })
})

// Coverage and findings of inspection@1, and what they do to the requests they name (law §6, §7).
import { describe, expect, test } from 'vitest'
import type { By } from '../../src/domain/entry.ts'
import type { RequestId } from '../../src/domain/ids.ts'
import { inspectionFold, openFindings, requestsOf } from '../../workflows/inspection/v1/fold.ts'
import { placeOf, requestFold } from '../../workflows/request/v1/fold.ts'
import type { LawWorld } from '../support/law.ts'
import { by, o, p, village } from '../support/law-cast.ts'
import {
  afterwards,
  answerRound,
  endRequests,
  inspectedWorld,
  notice,
  onRound,
  payRequest,
  plan,
  requestId,
  roundOver,
  secret,
} from '../support/law-round.ts'
import { appoint, inTown, vacate } from '../support/request-acts.ts'

const before = inspectedWorld()
const ids = endRequests(before, 12)
const { underway } = roundOver(before, ids)
const roundOf = (world: LawWorld, id = 'i-2026-01') => {
  const round = world.state(inspectionFold, village, `inspection/${id}`)
  if (round === undefined) throw new Error('no round')
  return round
}
const place = (world: LawWorld, request: RequestId | undefined): string => {
  const folded = world.state(requestFold, village, `request/${request ?? ''}`)
  return folded === undefined ? '' : placeOf(folded)
}
const fork = (world: LawWorld, population: readonly RequestId[] = ids): LawWorld => {
  const copy = world.fork()
  answerRound(copy, population)
  return copy
}
const lot = [...roundOf(underway).lot].sort()
const rest = ids.filter((id) => !lot.includes(id))
const [drawnOne, drawnTwo] = lot
const [restOne, restTwo] = rest

const cover = (
  notExamined: readonly unknown[],
  examined: readonly (readonly [unknown, string])[] = [],
  office = 'inspector1',
) =>
  onRound('inspection.cover', office, {
    notExamined,
    examined: examined.map(([request, result]) => ({ request, result })),
  })
const raise = (request: unknown, change: object = {}, office = 'inspector1') =>
  onRound('finding.raise', office, {
    ...(request === undefined ? {} : { request }),
    fault: 'papersIncomplete',
    kind: 'simple',
    text: '缺少验收单',
    followUps: ['rectification'],
    ...change,
  })
const answer = (office = 'chead', finding = 'f-1') =>
  onRound('finding.answer', office, { finding, text: '已补齐' })
const verify = (office = 'inspector2', finding = 'f-1') =>
  onRound('finding.verify', office, { finding, remark: '属实' })
const reopen = (office = 'inspector1', finding = 'f-1') =>
  onRound('finding.reopen', office, { finding, reason: '仍缺' })

describe('law 6.4: coverage', () => {
  test('says examined or not, closes what waits, on the streams of the requests', () => {
    const world = fork(underway)
    const entries = world.given(cover([restOne], [[drawnOne, 'noFinding']]))
    expect(entries.map(({ stream, type }) => [stream, type])).toEqual([
      ['inspection/i-2026-01', 'inspection.covered'],
      [`request/${restOne}`, 'disciplineAudit.covered'],
      [`request/${restOne}`, 'disciplineAudit.passed'],
      [`request/${drawnOne}`, 'disciplineAudit.covered'],
      [`request/${drawnOne}`, 'disciplineAudit.passed'],
    ])
    expect(entries[1]?.body).toEqual({
      inspection: 'i-2026-01',
      examined: false,
      result: 'notExamined',
    })
    expect(entries[3]?.body).toEqual({
      inspection: 'i-2026-01',
      examined: true,
      result: 'noFinding',
    })
    expect([place(world, restOne), place(world, drawnOne), place(world, restTwo)]).toEqual([
      'closed',
      'closed',
      'disciplineAudit.open',
    ])
    expect(requestsOf(roundOf(world))).toEqual([restOne, drawnOne])
  })

  test.each<[string, ReturnType<typeof cover>, string | undefined]>([
    ['what the lot drew must be examined', cover([drawnOne]), 'lotMustBeExamined'],
    [
      'what it did not draw is examined only when picked with a reason',
      cover([], [[restOne, 'noFinding']]),
      'notInLot',
    ],
    ['a request outside the population', cover([requestId(500)]), 'notInPopulation'],
    ['a finding that was never raised', cover([], [[drawnOne, 'finding']]), 'resultMismatch'],
    ['by an inspector of another team', cover([restOne], [], 'inspector3'), 'notOnTeam'],
    ['by the centre', cover([restOne], [], 'head'), 'officeNotHeld'],
    [
      'one bad request leaves the whole batch unwritten',
      cover([restOne, drawnOne]),
      'lotMustBeExamined',
    ],
    [
      'in order',
      cover(
        rest,
        lot.map((id) => [id, 'noFinding'] as const),
      ),
      undefined,
    ],
  ])('%s', (_what, asking, code) => {
    const world = fork(underway)
    expect(world.refusal(asking)).toBe(code)
    expect(roundOf(world).coverage.size).toBe(code === undefined ? 12 : 0)
  })

  test('a batch may be sent again, a result is not changed', () => {
    const world = fork(underway)
    world.given(cover([restOne]))
    expect(world.refusal(cover([restOne]))).toBe('alreadyCovered')
    const [entry, ...notes] = world.given(cover([restOne, restTwo]))
    expect(entry?.body).toMatchObject({ fresh: 1 })
    expect(new Set(notes.map(({ stream }) => stream))).toEqual(new Set([`request/${restTwo}`]))
    world.given(
      onRound('inspection.pick', 'inspector1', { picks: [{ request: restOne, reason: '举报' }] }),
    )
    expect(world.refusal(cover([], [[restOne, 'noFinding']]))).toBe('alreadyCovered')
    expect(roundOf(world).coverage.get(restOne ?? requestId(0))).toBe('notExamined')
  })

  test('a picked request is examined like a drawn one', () => {
    const world = fork(underway)
    world.given(
      onRound('inspection.pick', 'inspector1', {
        picks: [{ request: restOne, reason: '红色预警' }],
      }),
    )
    expect(world.refusal(cover([restOne]))).toBe('lotMustBeExamined')
    expect(world.refusal(cover([], [[restOne, 'noFinding']]))).toBeUndefined()
  })

  test('a second round may look again at what the first has closed', () => {
    const world = fork(underway)
    world.given(
      cover(
        rest,
        lot.map((id) => [id, 'noFinding'] as const),
      ),
    )
    world.given(
      onRound(
        'inspection.plan',
        'inspector3',
        { ...plan, kind: 'special', inspectors: third },
        'i-2026-02',
      ),
    )
    const again = { ...notice, startsOn: '2026-04-20', drawAfter: '2026-04-18T01:00:00.000Z' }
    world.given(onRound('inspection.notice', 'inspector3', again, 'i-2026-02'))
    world.clock('2026-04-20T01:00:00.000Z')
    world.given(onRound('inspection.draw', 'inspector3', { secret, picks: [] }, 'i-2026-02'))
    world.given(onRound('inspection.start', 'inspector3', {}, 'i-2026-02'))
    const left = ids.find((id) => !roundOf(world, 'i-2026-02').lot.has(id))
    const asking = onRound(
      'inspection.cover',
      'inspector3',
      { notExamined: [left], examined: [] },
      'i-2026-02',
    )
    expect(world.given(asking).map(({ type }) => type)).toEqual(['inspection.covered'])
    expect(place(world, left)).toBe('closed')
  })
  const third = [
    { office: o('inspector2'), person: p('inspector2') },
    { office: o('inspector3'), person: p('inspector3') },
  ]

  test('law 6.5: 500 requests in one commit, and not one more', () => {
    const many = inspectedWorld()
    const all = endRequests(many, 540)
    const world = roundOver(many, all).underway
    const drawn = roundOf(world).lot
    const left = all.filter((id) => !drawn.has(id))
    const examined = [...drawn].map((id) => [id, 'noFinding'] as const)
    expect(examined).toHaveLength(27)
    expect(() => world.ask(cover(left.slice(0, 474), examined))).toThrow(/more than 500/)
    expect(world.given(cover(left.slice(0, 473), examined))).toHaveLength(1 + 2 * 500)
  })
})

describe('law 6.10: findings', () => {
  test('law 5.19, law 6.12: keep a request open until each is closed out by another inspector', () => {
    const world = fork(underway)
    const [entry] = world.given(raise(drawnOne))
    // 15 days from Friday 10 April, from the day after: Saturday 25 April, so Monday 27 April
    // (Civil Code Art 203)
    expect(entry?.body).toMatchObject({ finding: 'f-1', dueOn: '2026-04-27' })
    expect(world.refusal(cover([], [[drawnOne, 'noFinding']]))).toBe('resultMismatch')
    world.given(cover([], [[drawnOne, 'finding']]))
    expect(place(world, drawnOne)).toBe('disciplineAudit.covered')
    world.given(answer())
    expect(world.refusal(verify('inspector1'))).toBe('closeOutBySame')
    expect(openFindings(roundOf(world)).map(({ id }) => id)).toEqual(['f-1'])
    world.given(verify('inspector3'))
    expect(place(world, drawnOne)).toBe('closed')
    expect(openFindings(roundOf(world))).toEqual([])
  })

  test('two on one request: the last close-out closes it', () => {
    const world = fork(underway)
    world.given(raise(drawnOne))
    world.given(raise(drawnOne, { fault: 'splitting', kind: 'complex' }))
    world.given(cover([], [[drawnOne, 'finding']]))
    world.given(answer())
    world.given(verify())
    expect(place(world, drawnOne)).toBe('disciplineAudit.covered')
    world.given(answer('clerk', 'f-2'))
    world.given(verify('inspector2', 'f-2'))
    expect(place(world, drawnOne)).toBe('closed')
  })

  test('closed out before coverage: coverage closes the request', () => {
    const world = fork(underway)
    world.given(raise(drawnOne))
    world.given(answer())
    world.given(verify())
    world.given(cover([], [[drawnOne, 'finding']]))
    expect(place(world, drawnOne)).toBe('closed')
  })

  test('law 6.9: may name a request that is closed, or none', () => {
    const world = fork(underway)
    world.given(cover([restOne]))
    expect(place(world, restOne)).toBe('closed')
    expect(world.given(raise(restOne)).map(({ type }) => type)).toEqual([
      'finding.raised',
      'disciplineAudit.findingRaised',
    ])
    expect(place(world, restOne)).toBe('closed')
    expect(world.given(raise(undefined, { fault: 'noOversight' }))).toHaveLength(1)
    world.given(answer('clerk', 'f-2'))
    expect(world.given(verify('inspector2', 'f-2'))).toHaveLength(1)
  })

  test.each([
    ['simple', '2026-04-27'],
    // 30 days: Sunday 10 May, so Monday 11 May
    ['normal', '2026-05-11'],
    // 60 days: Tuesday 9 June
    ['complex', '2026-06-09'],
  ])('%s: due %s', (kind, dueOn) => {
    const [entry] = fork(underway).given(raise(drawnOne, { kind }))
    expect(entry?.body).toMatchObject({ dueOn })
  })

  test('outlive their round; reopened they are due anew', () => {
    const world = fork(underway)
    world.given(raise(drawnOne))
    world.given(
      cover(
        rest,
        lot.map((id) => [id, id === drawnOne ? 'finding' : 'noFinding'] as const),
      ),
    )
    world.given(onRound('inspection.conclude', 'inspector2', { summary: '一项问题' }))
    expect(world.refusal(raise(drawnTwo))).toBe('notOpen')
    world.given(answer('clerk'))
    world.clock('2026-05-06T01:00:00.000Z')
    const [entry] = world.given(reopen())
    expect(entry?.body).toMatchObject({ dueOn: '2026-05-21' })
    world.given(answer('clerk'))
    world.given(verify())
    expect(place(world, drawnOne)).toBe('closed')
  })

  test('two rounds number their findings alike and are kept apart', () => {
    const world = fork(underway)
    world.given(raise(drawnOne))
    world.given(answer())
    world.given(cover([], [[drawnOne, 'finding']]))
    const second = (asking: ReturnType<typeof onRound>) =>
      world.given({ ...asking, stream: 'inspection/i-2026-02' })
    second(onRound('inspection.plan', 'inspector1', { ...plan, kind: 'special' }))
    second(
      onRound('inspection.notice', 'inspector1', {
        ...notice,
        startsOn: '2026-04-10',
        drawAfter: '2026-04-10T03:00:00.000Z',
        waiver: '举报',
      }),
    )
    world.clock('2026-04-10T04:00:00.000Z')
    second(onRound('inspection.draw', 'inspector1', { secret, picks: [] }))
    second(onRound('inspection.start', 'inspector1'))
    second(raise(drawnOne))
    world.given(verify())
    expect(place(world, drawnOne)).toBe('disciplineAudit.covered')
    second(answer())
    second(verify())
    expect(place(world, drawnOne)).toBe('closed')
  })

  const raised = afterwards(underway, ids, raise(drawnOne))
  const answered = afterwards(raised, ids, answer())
  const verified = afterwards(answered, ids, verify())
  const reopened = afterwards(answered, ids, reopen())
  test.each<[string, LawWorld, Parameters<LawWorld['ask']>[0], string | undefined]>([
    ['verify before an answer', raised, verify(), 'notOpen'],
    ['reopen before an answer', raised, reopen(), 'notOpen'],
    ['answer twice', answered, answer(), 'notOpen'],
    ['verify what is reopened', reopened, verify(), 'notOpen'],
    ['answer what is reopened', reopened, answer(), undefined],
    ['answer what is closed out', verified, answer(), 'notOpen'],
    ['reopen what is closed out', verified, reopen(), 'notOpen'],
    ['a finding that is none', answered, verify('inspector2', 'f-9'), 'notFound'],
    ['a request that is none', underway, raise(requestId(500)), 'notFound'],
    ['raise by another team', underway, raise(drawnOne, {}, 'inspector3'), 'notOnTeam'],
    ['answer by a supervisor', raised, answer('sup1'), 'officeNotHeld'],
    ['answer by the township', raised, answer('officer'), 'officeNotHeld'],
    ['verify by the centre', answered, verify('head'), 'officeNotHeld'],
    ['verify by the secretary', answered, verify('secretary'), 'officeNotHeld'],
    ['reopen by the village', answered, reopen('chead'), 'officeNotHeld'],
    ['verify by an inspector of no team', answered, verify('inspector3'), undefined],
  ])('%s', (_what, world, asking, code) => {
    expect(fork(world).refusal(asking)).toBe(code)
  })

  test('a limit past the calendar is refused, not guessed', () => {
    const world = fork(underway).clock('2026-11-20T01:00:00.000Z')
    expect(world.refusal(raise(drawnOne, { kind: 'complex' }))).toBe('calendarMissing')
    expect(world.refusal(raise(drawnOne, { kind: 'simple' }))).toBeUndefined()
  })
})

describe('law 7.2, law 7.3: who issued or decided a request does not inspect it', () => {
  // since its founding the handler of the village's requests has become inspector2, one of its supervisors inspector1
  const asHandler: By = { ...by('inspector2'), person: p('handler') }
  const asSupervisor: By = { ...by('inspector1'), person: p('sup1') }
  const clean: By = by('inspector3')
  const team = [
    { office: o('inspector1'), person: p('sup1') },
    { office: o('inspector2'), person: p('handler') },
    { office: o('inspector3'), person: p('inspector3') },
  ]
  const mixed = inspectedWorld()
  for (const [office, person] of [
    ['inspector1', 'sup1'],
    ['inspector2', 'handler'],
  ] as const) {
    mixed.given(inTown(vacate(office)))
    mixed.given(inTown(appoint(office, p(person))))
  }
  const population = [payRequest(mixed, 1), ...endRequests(mixed, 11, 2)]
  answerRound(mixed, population)
  mixed.clock('2026-04-01T01:00:00.000Z')
  const as = (who: By, asking: ReturnType<typeof onRound>) => ({ ...asking, by: who })
  mixed.given(as(clean, onRound('inspection.plan', 'inspector3', { ...plan, inspectors: team })))
  mixed.given(as(clean, onRound('inspection.notice', 'inspector3', notice)))
  mixed.clock('2026-04-10T01:00:00.000Z')
  mixed.given(
    as(
      clean,
      onRound('inspection.draw', 'inspector3', {
        secret,
        picks: [{ request: population[0], reason: '已付' }],
      }),
    ),
  )
  mixed.given(as(clean, onRound('inspection.start', 'inspector3')))
  answerRound(mixed, population)

  test.each<[string, By, ReturnType<typeof onRound>, string | undefined]>([
    ['its handler covers', asHandler, cover([], [[population[0], 'noFinding']]), 'ownHandling'],
    [
      'its supervisor covers',
      asSupervisor,
      cover([], [[population[0], 'noFinding']]),
      'decidesTwice',
    ],
    ['its handler raises', asHandler, raise(population[0]), 'ownHandling'],
    ['its supervisor raises', asSupervisor, raise(population[0]), 'decidesTwice'],
    ['another covers', clean, cover([], [[population[0], 'noFinding']]), undefined],
    ['another raises', clean, raise(population[0]), undefined],
  ])('%s', (_what, who, asking, code) => {
    const world = fork(mixed, population)
    expect(world.refusal(as(who, asking))).toBe(code)
  })

  test('nor closes out a finding about it', () => {
    const world = fork(mixed, population)
    world.given(as(clean, raise(population[0])))
    world.given(answer())
    expect(world.refusal(as(asHandler, verify()))).toBe('ownHandling')
    expect(world.refusal(as(asSupervisor, verify()))).toBe('decidesTwice')
    expect(world.refusal(as(asSupervisor, reopen()))).toBe('decidesTwice')
  })

  test('nor does who answered a finding', () => {
    const world = inspectedWorld()
    world.given(inTown(vacate('inspector2')))
    world.given(inTown(appoint('inspector2', p('clerk'))))
    const none: readonly RequestId[] = []
    answerRound(world, none)
    world.clock('2026-04-01T01:00:00.000Z')
    const inspectors = [team[2], { office: o('inspector1'), person: p('inspector1') }]
    world.given(onRound('inspection.plan', 'inspector1', { ...plan, inspectors }))
    world.given(onRound('inspection.notice', 'inspector1', notice))
    world.clock('2026-04-10T01:00:00.000Z')
    world.given(onRound('inspection.draw', 'inspector1', { secret, picks: [] }))
    world.given(onRound('inspection.start', 'inspector1'))
    world.given(raise(undefined, { fault: 'noOversight' }))
    world.given(answer('clerk'))
    expect(world.refusal(as({ ...by('inspector2'), person: p('clerk') }, verify()))).toBe(
      'closeOutBySame',
    )
    expect(world.refusal(verify('inspector3'))).toBeUndefined()
  })
})

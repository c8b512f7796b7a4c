// Meetings from plan to posted result, and what they do to the requests on their agenda in the same commit.
import { describe, expect, test } from 'vitest'
import { canonicalBytes, type Json } from '../../src/ledger/canonical.ts'
import type { StreamId } from '../../src/domain/ids.ts'
import { placeOf, requestFold } from '../../workflows/request/v1/fold.ts'
import { rosterFold } from '../../workflows/roster/v1/fold.ts'
import { roll, rollDigestText } from '../../workflows/roster/v1/roll.ts'
import {
  company,
  coop,
  h,
  o,
  p,
  town,
  type Seat,
  village,
  villageSeats,
} from '../support/law-cast.ts'
import { digest, type LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  as,
  close,
  closeVoting,
  consult,
  countersign,
  countSigned,
  held,
  inFifteenDays,
  inTenDays,
  issued,
  matter,
  meeting,
  meeting2,
  meetingWorld,
  membersTo,
  moreSeats,
  notice,
  on,
  open,
  openMembers,
  openOrgan,
  openSeats,
  plan,
  post,
  prestudy,
  proxies,
  recuse,
  relate,
  sheet,
  sign,
  signed,
  sit,
  take,
  tally,
  tomorrow,
  vote,
} from '../support/meeting-cast.ts'
import { suspending } from '../support/request-acts.ts'
import { asked, authority, folded, form, request, takeOver } from '../support/request-cast.ts'

const founded = meetingWorld()
const major = founded.fork()
issued(major, { amount: '60000.00' })
const medium = founded.fork()
issued(medium, { amount: '6000.00' })

/** Types of the entries a command became, with the kind of stream each stands in. */
function types(world: LawWorld, asking: Parameters<LawWorld['given']>[0]): readonly string[] {
  if (asking.type === 'meeting.close') signed(world, asking)
  return world.given(asking).map(({ stream, type }) => `${stream.split('/')[0]}: ${type}`)
}

describe('a member meeting about one request', () => {
  test('law 1.3, law 5.1, law 5.6: runs from plan to shareholder decision, and hands the request to the board', () => {
    const world = major.fork()
    const [planned] = world.given(plan('member', [aboutRequest]))
    expect(planned?.body).toMatchObject({ reserved: [], authorities: [] })
    all(world, [prestudy(), notice(inTenDays)]).clock(inTenDays)
    const roster = world.state(rosterFold, village, 'roster')
    const [opened] = world.given(open())
    expect(opened?.body['convened']).toEqual({
      as: 'members',
      watcher: o('watch1'),
      rosterRevision: world.entries(village, 'roster').length - 1,
      roll: 12,
      digest: digest(rollDigestText(roll(roster))),
      quorum: '2/3',
      majority: '2/3',
      resultDays: 5,
      secret: true,
      proxies: 1,
      signWd: 2,
      chair: o('council1'),
    })
    all(world, [sheet(membersTo(6)), take('m9'), sheet([p('m10')]), closeVoting()])
    world.given(tally([8, 0, 0], { paper: 7, online: 1 }))
    expect(countSigned(world, countersign()).given(countersign())[0]?.body).toEqual({
      given: {},
      present: 8,
      items: ['a1'],
    })
    expect(types(world, close())).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: memberVote.carried',
    ])
    expect(held(world).outcomes).toEqual([
      { item: 'a1', outcome: 'passed', for: 8, against: 0, abstain: 0, base: 12 },
    ])
    expect(types(world, sign('a1'))).toEqual([
      'meeting: shareholderDecision.signed',
      'request: memberVote.passed',
      'request: boardReview.opened',
    ])
    expect(placeOf(folded(world))).toBe('boardReview.open')
    expect(types(world, post())).toEqual(['meeting: result.posted'])
    expect(held(world).snapshot.value).toBe('posted')
  })

  test('law 5.4: one vote short of two thirds of all rejects it', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    all(world, [sheet(membersTo(12)), tally([7, 5, 0]), countersign()])
    expect(types(world, close())).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: memberVote.failed',
      'request: disciplineAudit.opened',
    ])
    expect(folded(world).snapshot.context.outcome).toBe('rejected')
  })

  test('law 5.5: without a quorum (流会) nothing is decided and the request keeps waiting', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    all(world, [sheet(membersTo(7)), tally([7, 0, 0]), countersign()])
    expect(types(world, close())).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: memberVote.notDecided',
    ])
    expect(held(world).outcomes).toMatchObject([
      { outcome: 'notDecided', reason: 'noQuorum', base: 12 },
    ])
    expect(placeOf(folded(world))).toBe('memberVote.open')
    // and a second meeting takes it up
    all(world, [on(meeting2, plan('member', [aboutRequest]))])
  })

  test('law 5.5: an item never put to the vote is not decided', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    all(world, [sheet(membersTo(12)), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'notPut' }])
    expect(placeOf(folded(world))).toBe('memberVote.open')
  })

  test('law 5.7: a recount before the countersignature takes a reason and replaces the count; the ledger keeps both', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    all(world, [sheet(membersTo(12)), tally([7, 5, 0])])
    expect(world.fork().refusal(tally([8, 4, 0]))).toBe('recountReason')
    all(world, [tally([8, 4, 0], { reason: '漏计一张' }), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 8 }])
    expect(
      world.entries(village, meeting).filter(({ type }) => type === 'tally.recorded'),
    ).toHaveLength(2)
  })

  test('can be adjourned or called off; the request keeps waiting', () => {
    const adjourned = openMembers(major.fork(), [aboutRequest])
    expect(types(adjourned, act('meeting.adjourn', 'council1', { reason: '停电' }))).toEqual([
      'meeting: meeting.adjourned',
      'request: vote.ended',
      'request: memberVote.notDecided',
    ])
    const cancelled = all(major.fork(), [
      plan('member', [aboutRequest]),
      prestudy(),
      notice(inTenDays),
    ])
    cancelled.given(act('meeting.cancel', 'clerk', { reason: '改期' }))
    for (const world of [adjourned, cancelled]) {
      expect(held(world).snapshot.status).toBe('done')
      expect(placeOf(folded(world))).toBe('memberVote.open')
    }
  })

  test('law 7.9: household proxies count for the quorum and in the count', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    const held4 = proxies(['m5', 'm1'], ['m6', 'm1'])
    expect(world.fork().refusal(sheet(membersTo(4), held4))).toBe('proxyNotHousehold')
    // h1 is m1–m4, h2 m5–m8: two there for two who are not
    all(world, [
      sheet(
        [p('m1'), p('m2'), p('m5'), p('m6')],
        proxies(['m3', 'm1'], ['m4', 'm2'], ['m7', 'm5'], ['m8', 'm6']),
      ),
      tally([8, 0, 0]),
      countersign(),
      close(),
    ])
    expect(held(world).members.get(p('m3'))).toEqual({ method: 'proxy', holder: p('m1') })
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 8 }])
  })

  test('law 5.7: no entry of a meeting of members links a person to a choice', () => {
    const world = openMembers(major.fork(), [aboutRequest])
    all(world, [sheet(membersTo(12)), tally([8, 4, 0]), countersign(), close()])
    const naming = world
      .entries(village, meeting)
      .filter(({ body }) => JSON.stringify(body).includes('"p_m'))
    expect(naming.map(({ type }) => type)).toEqual(['attendance.recorded'])
    expect(JSON.stringify(naming)).not.toMatch(/against|abstain|choice/)
    expect(world.refusal(vote('council1'))).toBe('ballotsSecret')
  })
})

describe('law 5.2: a reserved matter (浙江条例 Art 17, 20)', () => {
  test.each([
    ['an investment', { amount: '6000.00', category: 'investment', matter: 'investment' }],
    ['works', { amount: '60000.00', category: 'works' }],
    ['lending', { amount: '6000.00', matter: 'lending' }],
  ])('%s is open to comment for fifteen days before the vote', (_what, change) => {
    const world = founded.fork()
    issued(world, {
      ...change,
      evidence: form({}).evidence.concat(form({ evidence: riskPapers }).evidence),
    })
    const [planned] = world.given(plan('member', [aboutRequest, matter('a2')]))
    expect(planned?.body['reserved']).toEqual(['a1'])
    all(world, [prestudy(), consult('a1')])
    expect(world.fork().refusal(notice('2026-03-16T15:59:59.000Z'))).toBe('consultationTooShort')
    expect(world.refusal(notice('2026-03-16T16:00:00.000Z'))).toBeUndefined()
  })

  test.each([
    [1, []],
    [7, ['a1']],
    [8, ['a1']],
    [10, ['a1']],
    [11, ['a1']],
    [12, []],
  ])('the power of Art 26 (%i) reserves %j', (power, reserved) => {
    const [planned] = founded.fork().given(plan('member', [matter('a1', { power })]))
    expect(planned?.body['reserved']).toEqual(reserved)
  })

  test('what a board takes up is nobody’s to comment on', () => {
    const [planned] = founded.fork().given(plan('board', [matter('a1', { power: 7 })]))
    expect(planned?.body['reserved']).toEqual([])
  })

  test('posting again does not begin the fifteen days anew', () => {
    const world = founded.fork()
    all(world, [plan('member', [matter('a1', { power: 7 })]), prestudy(), consult('a1')])
    world.clock('2026-03-05T01:00:00.000Z')
    world.given(consult('a1'))
    expect(world.refusal(notice(inFifteenDays))).toBeUndefined()
  })
})
const riskPapers = ['plan', 'riskNote', 'contract', 'tenderRecord'].map((paper) => ({
  paper,
  sha256: digest(paper),
}))

describe('law 5.11: a board meeting about one request', () => {
  const board = (world: LawWorld) => openSeats(world, 'board', [aboutRequest])

  test('two of three named votes pass it; those who voted are recorded as deciders', () => {
    const world = board(medium.fork())
    expect(held(world).convened).toEqual({
      as: 'organ',
      chair: o('dir1'),
      proxies: 1,
      bars: { quorum: '1/2', majority: '1/2' },
      seats: ['dir1', 'dir2', 'dir3'].map((name) => ({ office: o(name), person: p(name) })),
    })
    all(world, [sit('dir1'), sit('dir2'), vote('dir1'), vote('dir2')])
    expect(types(world, close('dir1'))).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: boardReview.passed',
    ])
    expect(folded(world).deciders).toEqual([
      { must: 'boardReview', person: p('dir1') },
      { must: 'boardReview', person: p('dir2') },
    ])
    expect(placeOf(folded(world))).toBe('papers')
  })

  test('one of three in favour rejects it', () => {
    const world = board(medium.fork())
    all(world, [
      sit('dir1'),
      sit('dir2'),
      sit('dir3'),
      vote('dir1'),
      vote('dir2', 'abstain'),
      vote('dir3', 'against'),
    ])
    all(world, [close('dir1')])
    expect(held(world).outcomes).toEqual([
      { item: 'a1', outcome: 'failed', for: 1, against: 1, abstain: 1, base: 3 },
    ])
    expect(folded(world).snapshot.context.outcome).toBe('rejected')
  })

  test('one director of three is no quorum', () => {
    const world = board(medium.fork())
    all(world, [sit('dir1'), vote('dir1'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'noQuorum' }])
    expect(placeOf(folded(world))).toBe('boardReview.open')
  })

  test('law 1.12: a vacant seat is shown, counts in every denominator and passes nothing', () => {
    const world = medium.fork()
    for (const office of ['dir2', 'dir3']) {
      world.given({
        ...act('office.vacate', 'officer', { office: o(office), reason: '辞任' }),
        stream: 'roster',
      })
    }
    board(world)
    expect(held(world).convened).toMatchObject({
      seats: [{ person: p('dir1') }, { office: o('dir2') }, {}],
    })
    all(world, [sit('dir1'), vote('dir1'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', base: 3 }])
  })

  test('law 5.13: of a board of one nothing unrelated is referred; a sole director presides without being named chair', () => {
    const world = meetingWorld({
      seats: villageSeats
        .filter(([office]) => office !== 'dir2' && office !== 'dir3')
        .map((seat): Seat => (seat[0] === 'dir1' ? ['dir1', 'director', company, 'dir1'] : seat)),
    })
    issued(world, { amount: '6000.00' })
    board(world)
    all(world, [sit('dir1'), vote('dir1'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', base: 1 }])
  })

  test('law 1.11: a successor takes the seat; the vote of the one before stands', () => {
    const world = board(medium.fork())
    all(world, [sit('dir1'), sit('dir2'), vote('dir2')])
    const roster = (type: string, input: object) =>
      world.given({ ...act(type, 'officer', input), stream: 'roster' })
    roster('office.vacate', { office: o('dir2'), reason: '辞任' })
    roster('office.appoint', { office: o('dir2'), person: p('heir'), from: '2026-03-03' })
    const heir = { ...sit('dir2').by, person: p('heir') }
    expect(world.refusal({ ...vote('dir2'), by: heir })).toBe('notPresent')
    world.given({ ...sit('dir2'), by: heir })
    expect(world.refusal({ ...vote('dir2'), by: heir })).toBe('alreadyVoted')
    expect(world.refusal(sit('dir2'))).toBe('officeNotHeld')
  })

  test('law 7.2: a director who handled it recuses, stays in the denominator, and does not declare the result', () => {
    const world = founded.fork()
    issued(world, { amount: '6000.00', handler: p('dir1') })
    board(world)
    all(world, [recuse('dir1', 'handled'), sit('dir1'), sit('dir2'), sit('dir3'), vote('dir2')])
    const failing = world.fork()
    all(failing, [vote('dir3', 'against')])
    expect(signed(failing.fork(), close('dir1')).refusal(close('dir1'))).toBe('closerConcerned')
    all(failing, [close('dir2')])
    expect(held(failing).outcomes).toMatchObject([{ outcome: 'failed', base: 3 }])
    all(world, [vote('dir3'), close('dir2')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 2, base: 3 }])
  })

  test('several items in one ballot, each with its own outcome', () => {
    const world = openSeats(medium.fork(), 'board', [aboutRequest, matter('a2')])
    all(world, [sit('dir1'), sit('dir2'), vote('dir2', 'for', 'a2')])
    world.given(
      act('ballot.cast', 'dir1', {
        choices: [
          { item: 'a1', choice: 'against' },
          { item: 'a2', choice: 'for' },
        ],
      }),
    )
    expect(types(world, close('dir1'))).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: boardReview.failed',
      'request: disciplineAudit.opened',
    ])
    expect(held(world).outcomes.map(({ item, outcome }) => [item, outcome])).toEqual([
      ['a1', 'failed'],
      ['a2', 'passed'],
    ])
  })
})

const bigCast: readonly Seat[] = [...villageSeats, ...moreSeats]

test('a request the board rejects gives back what it reserved of its authority', () => {
  const world = meetingWorld({ papers: [takeOver('10000.00')] })
  issued(world, { amount: '6000.00', matter: 'contract', authority })
  openSeats(world, 'board', [aboutRequest])
  expect(held(world).authorities).toEqual([authority])
  all(world, [sit('dir1'), sit('dir2'), vote('dir1', 'against'), vote('dir2', 'against')])
  expect(types(world, close('dir1'))).toEqual([
    'meeting: meeting.closed',
    'request: vote.ended',
    'request: boardReview.failed',
    'authority: authority.released',
    'request: disciplineAudit.opened',
  ])
})

describe('what a chair cannot do', () => {
  test('fail a request by closing before all were heard', () => {
    const world = openSeats(medium.fork(), 'board', [aboutRequest])
    all(world, [...['dir1', 'dir2', 'dir3'].map(sit), vote('dir1', 'against')])
    const put = all(world.fork(), [recuse('dir2', 'other'), vote('dir3', 'abstain')])
    expect(types(world, close('dir1'))).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: boardReview.notDecided',
    ])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'notPut' }])
    expect(placeOf(folded(world))).toBe('boardReview.open')
    expect(world.refusal(on(meeting2, plan('board', [aboutRequest])))).toBeUndefined()
    all(put, [close('dir1')])
    expect(held(put).outcomes).toMatchObject([{ outcome: 'failed' }])
  })

  test('who issued the request is not waited for', () => {
    const world = founded.fork()
    issued(world, { amount: '6000.00', handler: p('dir3') })
    openSeats(world, 'board', [aboutRequest])
    const votes = [vote('dir1', 'against'), vote('dir2')]
    all(world, [...['dir1', 'dir2', 'dir3'].map(sit), ...votes, close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', base: 3 }])
  })

  test('law 1.11: change the composition: seats made since the review opened neither vote nor count', () => {
    const world = medium.fork()
    for (const name of ['x1', 'x2', 'x3', 'x4']) {
      const roster = { ledger: village, stream: 'roster', by: as('officer') } as const
      const opening = { office: o(name), kind: 'director', organisation: company }
      const seating = { office: o(name), person: p(name), from: '2026-03-02' }
      world.given({ ...roster, type: 'office.open', input: opening })
      world.given({ ...roster, type: 'office.appoint', input: seating })
    }
    openSeats(world, 'board', [aboutRequest, matter('a2')])
    const seats = ['dir1', 'dir2']
    all(world, [...seats.map(sit), ...seats.map((seat) => vote(seat)), close('dir1')])
    // of the request two of three, of any other matter two of seven
    expect(held(world).outcomes).toMatchObject([
      { item: 'a1', outcome: 'passed', base: 3 },
      { item: 'a2', outcome: 'notDecided', base: 7 },
    ])
  })
})

describe('a related-party deal', () => {
  test('law 5.13: a board of three refers it; below tier.majorFrom to the council as shareholder', () => {
    const world = founded.fork()
    relate(world)
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    expect(world.fork().refusal(sit('dir3'))).toBeUndefined()
    all(world, [sit('dir1'), sit('dir2'), vote('dir1'), vote('dir2')])
    expect(types(world, close('dir1'))).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: boardReview.referred',
    ])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'referred', base: 2 }])
    expect(world.refusal(on(meeting2, plan('board', [aboutRequest])))).toBe('requestNotWaiting')
    expect(world.refusal(on(meeting2, plan('member', [aboutRequest])))).toBe('requestNotWaiting')
    const heldAt = '2026-03-04T01:00:00.000Z'
    all(
      world,
      [plan('council', [aboutRequest]), notice(heldAt)].map((asking) => on(meeting2, asking)),
    ).clock(heldAt)
    const council = [
      openOrgan(),
      sit('council1'),
      sit('council2'),
      vote('council1'),
      vote('council2'),
      close(),
    ]
    all(
      world,
      council.map((asking) => on(meeting2, asking)),
    )
    expect(held(world, meeting2).outcomes).toMatchObject([{ outcome: 'passed', base: 3 }])
    expect(placeOf(folded(world))).toBe('papers')
  })

  test('law 5.13, law 1.3: from tier.majorFrom the members decide, and the signature discharges the review', () => {
    const world = founded.fork()
    relate(world)
    issued(world, { amount: '60000.00' })
    openMembers(world, [aboutRequest])
    all(world, [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close(), sign('a1')])
    const then = [
      on(meeting2, plan('board', [aboutRequest])),
      on(meeting2, notice('2026-03-13T01:00:00.000Z')),
    ]
    all(world, then).clock('2026-03-13T01:00:00.000Z')
    const board = [openOrgan(), sit('dir1'), sit('dir2'), vote('dir1'), vote('dir2'), close('dir1')]
    all(
      world,
      board.map((asking) => on(meeting2, asking)),
    )
    expect(folded(world).referredTo).toBe('member')
    const third = 'meeting/m-2026-0003' as const
    const heldAt = '2026-03-23T01:00:00.000Z'
    const before = [plan('member', [aboutRequest]), prestudy(), notice(heldAt)]
    all(
      world,
      before.map((asking) => on(third, asking)),
    ).clock(heldAt)
    const vote3 = [open(), sheet(membersTo(12)), tally([8, 4, 0]), countersign(), close()]
    all(
      world,
      vote3.map((asking) => on(third, asking)),
    )
    expect(placeOf(folded(world))).toBe('boardReview.referred')
    expect(types(world, on(third, sign('a1')))).toEqual([
      'meeting: shareholderDecision.signed',
      'request: boardReview.passed',
    ])
  })

  test('a tie found only at the meeting is one all the same', () => {
    const world = openSeats(medium.fork(), 'board', [aboutRequest])
    all(world, ['dir1', 'dir2', 'dir3'].map(sit))
    relate(world)
    expect(folded(world).related).toBe(false)
    expect(world.fork().refusal(vote('dir3'))).toBe('mustRecuse')
    all(world, [vote('dir1'), vote('dir2'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'referred', for: 2, base: 2 }])
    expect(placeOf(folded(world))).toBe('boardReview.referred')
  })

  test('a tie found after the vote takes the vote back', () => {
    const world = meetingWorld({ seats: bigCast })
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    const seats = ['dir1', 'dir2', 'dir3', 'dir4', 'dir5']
    all(world, [...seats.map(sit), ...['dir1', 'dir2', 'dir3'].map((seat) => vote(seat))])
    all(world, [vote('dir4', 'against'), vote('dir5', 'against')])
    const untied = all(world.fork(), [close('dir1')])
    expect(held(untied).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 5 }])
    relate(world)
    all(world, [close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', for: 2, against: 2, base: 4 }])
  })

  describe('law 5.12: who recuses as related leaves the denominator', () => {
    const declaredBy = (relation: 'related' | 'none', seats = villageSeats) => {
      const world = meetingWorld({ seats })
      issued(world, { amount: '6000.00', relation })
      openSeats(world, 'board', [aboutRequest])
      all(world, [sit('dir1'), sit('dir2'), sit('dir3'), recuse('dir3')])
      return world
    }
    test.each([
      [
        'of three, where the form declares it: two are too few',
        'related',
        villageSeats,
        'referred',
        2,
      ],
      ['the control: a word alone does not lower the bar', 'none', villageSeats, 'passed', 3],
    ] as const)('%s', (_what, relation, seats, outcome, base) => {
      const world = declaredBy(relation, seats)
      all(world, [vote('dir1'), vote('dir2'), close('dir1')])
      expect(held(world).outcomes).toMatchObject([{ outcome, base }])
    })
    test('of five the other four decide', () => {
      const world = declaredBy('related', bigCast)
      all(world, [sit('dir4'), ...['dir1', 'dir2', 'dir4'].map((seat) => vote(seat))])
      all(world, [close('dir1')])
      expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 4 }])
    })
  })

  test('a board of five decides without the related one, who leaves the denominator', () => {
    const world = meetingWorld({ seats: bigCast })
    relate(world)
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    all(world, ['dir1', 'dir2', 'dir3', 'dir4'].map(sit))
    expect(world.fork().refusal(vote('dir3'))).toBe('mustRecuse')
    all(world, [recuse('dir3'), vote('dir1'), vote('dir2'), vote('dir4'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 4 }])
  })

  test('a related one who stays away leaves the denominator; a successor counts in it', () => {
    const world = meetingWorld({ seats: bigCast })
    relate(world)
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    const four = ['dir1', 'dir2', 'dir4', 'dir5']
    all(world, [...four.map(sit), ...four.slice(0, 3).map((office) => vote(office))])
    const away = world.fork()
    all(away, [close('dir1')])
    expect(held(away).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 4 }])
    const roster = (type: string, input: object) =>
      world.given({ ...act(type, 'officer', input), stream: 'roster' })
    roster('office.vacate', { office: o('dir3'), reason: '辞任' })
    roster('office.appoint', { office: o('dir3'), person: p('heir'), from: '2026-03-03' })
    all(world, [{ ...sit('dir3'), by: { ...sit('dir3').by, person: p('heir') } }, close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 5 }])
  })

  test('law 5.12: of another matter a bare word takes nobody out of the denominator', () => {
    const world = openSeats(founded.fork(), 'board', [matter()])
    all(world, [
      recuse('dir3'),
      ...['dir1', 'dir2', 'dir3'].map(sit),
      vote('dir1'),
      vote('dir2'),
      close('dir1'),
    ])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 2, base: 3 }])
    const other = openSeats(founded.fork(), 'board', [matter()])
    all(other, [
      recuse('dir3', 'other'),
      ...['dir1', 'dir2', 'dir3'].map(sit),
      vote('dir1'),
      vote('dir2'),
    ])
    all(other, [close('dir1')])
    expect(held(other).outcomes).toMatchObject([{ outcome: 'passed', base: 3 }])
  })

  test('a tie first declared at the meeting does not lower the bar of a request', () => {
    const world = openSeats(medium.fork(), 'board', [aboutRequest])
    all(world, [
      recuse('dir2'),
      recuse('dir3'),
      ...['dir1', 'dir2', 'dir3'].map(sit),
      vote('dir1'),
      close('dir1'),
    ])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', for: 1, base: 3 }])
  })

  test('law 1.4: the council in a board’s place refers to the members', () => {
    const world = meetingWorld({ settings: [{ key: 'organ.board', value: 'coop' }] })
    relate(world, p('council3'))
    issued(world, { amount: '60000.00' })
    openMembers(world, [aboutRequest])
    all(world, [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close(), sign('a1')])
    const heldAt = '2026-03-13T01:00:00.000Z'
    expect(world.refusal(on(meeting2, plan('board', [aboutRequest])))).toBe('requestNotWaiting')
    all(
      world,
      [plan('council', [aboutRequest]), notice(heldAt)].map((asking) => on(meeting2, asking)),
    ).clock(heldAt)
    const sitting = [openOrgan(), ...['council1', 'council2', 'council3'].map(sit)]
    all(
      world,
      [...sitting, vote('council1'), vote('council2'), close()].map((asking) =>
        on(meeting2, asking),
      ),
    )
    expect(held(world, meeting2).outcomes).toMatchObject([{ outcome: 'referred', base: 3 }])
    expect(folded(world).referredTo).toBe('member')
  })
})

describe('law 1.5: a council in place of a board', () => {
  test('of a company that has none', () => {
    const seats = villageSeats.filter(([, kind]) => kind !== 'director')
    const world = meetingWorld({ seats })
    issued(world, { amount: '6000.00' })
    expect(world.fork().refusal(plan('board', [matter()]))).toBe('organMissing')
    openSeats(world, 'council', [aboutRequest])
    all(world, [sit('council1'), sit('council2'), vote('council1'), vote('council2')])
    expect(types(world, close())).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: boardReview.passed',
    ])
  })

  test('three of five present are no quorum, four are', () => {
    const world = meetingWorld({
      seats: bigCast,
      settings: [{ key: 'organ.board', value: 'coop' }],
    })
    issued(world, { amount: '6000.00' })
    openSeats(world, 'council', [aboutRequest])
    const three = ['council1', 'council2', 'council3']
    all(world, [...three.map(sit), ...three.map((office) => vote(office))])
    const short = world.fork()
    all(short, [close()])
    expect(held(short).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'noQuorum' }])
    all(world, [sit('council4'), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 5 }])
  })
})

describe('supervisors', () => {
  test('meet over the company’s own matters by a majority of all', () => {
    const world = openSeats(founded.fork(), 'supervisors', [matter()])
    all(world, [sit('sup1'), sit('sup2'), vote('sup1'), vote('sup2'), close('sup1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 2, base: 3 }])
  })

  test('the cooperative’s own supervisors too', () => {
    const world = founded.fork()
    const input = {
      kind: 'supervisors',
      organisation: coop,
      title: '社监会会议',
      agenda: [matter()],
    }
    world.given(act('meeting.plan', 'watch1', input))
    all(world, [{ ...notice(tomorrow), by: sit('watch1').by }]).clock(tomorrow)
    all(world, [
      act('meeting.open', 'watch1'),
      sit('watch1'),
      sit('watch2'),
      vote('watch1'),
      vote('watch2'),
    ])
    all(world, [close('watch1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', base: 2 }])
  })
})

describe('law 5.1: a delegate meeting', () => {
  const settings = [{ key: 'member.delegatesAllowed', value: true }]

  test('decides like the members, counted of all delegates', () => {
    const world = meetingWorld({ members: 84, delegateEvery: 4, settings })
    issued(world, { amount: '60000.00' })
    all(world, [plan('delegate', [aboutRequest]), prestudy(), notice(inTenDays)]).clock(inTenDays)
    world.given(open())
    expect(held(world).convened).toMatchObject({ roll: 21 })
    const delegates = membersTo(84).filter((_, i) => i % 4 === 0)
    expect(world.fork().refusal(sheet([p('m2')]))).toBe('notOnRoll')
    all(world, [sheet(delegates.slice(0, 14)), tally([14, 0, 0]), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', base: 21 }])
    expect(placeOf(folded(world))).toBe('memberVote.carried')
  })
})

describe('a request that moved on', () => {
  const away = (world: LawWorld) => {
    world.given(asked('request.return', 'dir1', { reason: '请补充报价', fields: ['quotes'] }))
    return world
  }

  const boardIn = (stream: StreamId, world: LawWorld) =>
    openSeats(world, 'board', [aboutRequest], { stream })

  test('law 5.5: is not moved while a meeting has it: its vote stands', () => {
    const world = boardIn(meeting, medium.fork())
    expect(world.refusal(asked('act.takeBack', 'chead', { reason: '误签' }))).toBe('underVote')
    all(world, suspending.slice(0, 1))
    const why = { reason: '请补充报价', fields: ['quotes'] }
    expect(world.refusal(asked('request.return', 'dir1', why))).toBe('underVote')
    expect(world.refusal(asked('request.withdraw', 'chead', { reason: '不办了' }))).toBe(
      'underVote',
    )
    for (const order of suspending.slice(1)) expect(world.refusal(order)).toBe('underVote')
    all(world, [sit('dir1'), sit('dir2'), vote('dir1', 'against'), vote('dir2', 'against')])
    expect(world.refusal(act('meeting.adjourn', 'dir1', { reason: '停电' }))).toBe('votingBegun')
    all(world, [close('dir1')])
    expect(placeOf(folded(world))).toBe('disciplineAudit.open')
    // as soon as that meeting is over without a decision all of it is open again
    const short = boardIn(meeting, medium.fork())
    all(short, [act('meeting.adjourn', 'dir1', { reason: '停电' })])
    expect(away(short).state(requestFold, village, request)?.underVote).toBeUndefined()
  })

  test('law 5.5: a second meeting does not ask again while the first has it', () => {
    const world = all(medium.fork(), [
      plan('board', [aboutRequest]),
      notice(tomorrow),
      on(meeting2, plan('board', [aboutRequest])),
      on(meeting2, notice(tomorrow)),
    ]).clock(tomorrow)
    all(world, [openOrgan(), sit('dir1'), sit('dir2')])
    expect(world.refusal(on(meeting2, openOrgan()))).toBe('requestOnAgenda')
    const third: StreamId = 'meeting/m-2026-0003'
    expect(world.refusal(on(third, plan('board', [aboutRequest])))).toBe('requestOnAgenda')
    all(world, [act('meeting.adjourn', 'dir1', { reason: '停电' })])
    expect(world.refusal(on(meeting2, openOrgan()))).toBeUndefined()
  })

  test('and came back in a new round needs a new item', () => {
    const world = all(medium.fork(), [plan('board', [aboutRequest]), notice(tomorrow)])
    away(world).given(asked('request.resubmit', 'clerk', form({ amount: '5900.00' })))
    expect(placeOf(folded(world))).toBe('boardReview.open')
    world.clock(tomorrow)
    all(world, [openOrgan(), sit('dir1'), sit('dir2')])
    expect(world.refusal(vote('dir1'))).toBe('requestNotWaiting')
    all(world, [close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'requestMoved' }])
    expect(world.refusal(on(meeting2, plan('board', [aboutRequest])))).toBe('requestNotWaiting')
    expect(
      world.refusal(on(meeting2, plan('board', [{ ...aboutRequest, round: 2 }]))),
    ).toBeUndefined()
  })

  test('is not decided by a meeting that was opened while it was suspended', () => {
    const world = all(major.fork(), [plan('member', [aboutRequest]), prestudy(), notice(inTenDays)])
    all(world.clock(inTenDays), suspending)
    all(world, [open(), sheet(membersTo(12)), tally([12, 0, 0]), countersign()])
    expect(types(world, close())).toEqual([
      'meeting: meeting.closed',
      'request: vote.ended',
      'request: memberVote.notDecided',
    ])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'suspended' }])
    expect(placeOf(folded(world))).toBe('memberVote.open')
  })
})

test('law 1.7: who comes of age the day after it opened does not change its roll', () => {
  const world = founded.fork()
  const members = [{ person: p('young'), capacity: 'limited', fullFrom: '2026-03-13' }]
  const households = [{ household: h('9'), members }]
  world.given({ ...act('household.record', 'officer', { households }), stream: 'roster' })
  openMembers(world)
  world.clock('2026-03-12T16:00:00.000Z')
  expect(world.fork().refusal(sheet([p('young')]))).toBe('notOnRoll')
  expect(world.refusal(sheet([p('m1')]))).toBeUndefined()
})

test('a vote of an earlier round is not signed for, though a later one was carried', () => {
  const world = openMembers(major.fork(), [aboutRequest])
  const carry = [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()]
  all(world, carry)
  world.given(asked('request.return', 'chead', { reason: '补充合同', fields: [] }))
  world.given(asked('request.resubmit', 'clerk', form({ amount: '59000.00' })))
  const heldAt = '2026-03-22T01:00:00.000Z'
  const again = [plan('member', [{ ...aboutRequest, round: 2 }]), prestudy(), notice(heldAt)]
  all(
    world,
    again.map((asking) => on(meeting2, asking)),
  ).clock(heldAt)
  all(
    world,
    [open(), ...carry].map((asking) => on(meeting2, asking)),
  )
  expect(placeOf(folded(world))).toBe('memberVote.carried')
  expect(world.refusal(sign('a1'))).toBe('requestNotWaiting')
  expect(world.refusal(on(meeting2, sign('a1')))).toBeUndefined()
})

describe('law 5.6: the result', () => {
  const closed = openMembers(founded.fork(), [matter()])
  all(closed, [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()])

  test.each([
    ['on the fifth day', '2026-03-17T15:59:59.000Z', false],
    ['on the sixth', '2026-03-17T16:00:00.000Z', true],
  ])('posted %s is late: %s', (_when, now, late) => {
    const world = closed.fork().clock(now)
    expect(world.given(post())[0]?.body).toMatchObject({ dueOn: '2026-03-17', late })
  })
})

describe('a roll of 2,400', () => {
  test('law 1.8, law 5.9: is met in parts, counted exactly, and never listed on opening', () => {
    const world = meetingWorld({ members: 2400 })
    issued(world, { amount: '60000.00' })
    openMembers(world, [aboutRequest])
    expect(held(world).convened).toMatchObject({ roll: 2400 })
    const everybody = membersTo(2400)
    for (let i = 0; i < 1600; i += 400) world.given(sheet(everybody.slice(i, i + 400)))
    const one = world.fork()
    all(one, [tally([1599, 1, 0]), countersign(), close()])
    expect(held(one).outcomes).toMatchObject([{ outcome: 'failed', for: 1599, base: 2400 }])
    all(world, [tally([1600, 0, 0]), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 1600, base: 2400 }])
  })
})

describe('what an entry can hold', () => {
  const LIMIT = 16 * 1024
  const ENVELOPE = 1200
  const size = (body: unknown): number => canonicalBytes(body as { [key: string]: Json }).length
  const long = (i: number): string => `p_${String(i).padStart(32, '0')}`

  test('the longest sheet that is taken fits with its envelope; one person more does not', () => {
    const world = openMembers(founded.fork(), [matter()])
    const most = Math.floor(14_500 / 37)
    const ids = Array.from({ length: most }, (_, i) => long(i))
    const asking = act('attendance.record', 'clerk', {
      as: 'sheet',
      sheet: digest('s'),
      onSite: ids,
    })
    expect(world.refusal(asking)).toBe('notOnRoll')
    expect(size({ given: asking.input as Json })).toBeLessThan(LIMIT - ENVELOPE)
    const input = { as: 'sheet', sheet: digest('s'), onSite: [...ids, long(most)] }
    expect(() => world.ask({ ...asking, input })).toThrow(/too long for one entry/)
  })

  test('the fullest agenda of authorities fits', () => {
    const payees = Array.from({ length: 20 }, (_, i) => `account:${'9'.repeat(38)}${10 + i}`)
    const terms = (id: number, paid: readonly string[]) => ({
      id: `a-2026-000${id}`,
      kind: 'recurring',
      company: `g_${'x'.repeat(32)}`,
      payees: paid,
      ceiling: '9999999999999.99',
      from: '2026-01-01',
      to: '2026-12-31',
    })
    const item = (i: number, more: object) => ({
      item: `a${i + 1}`,
      title: '议'.repeat(120),
      power: 13,
      ...more,
    })
    const bare = Array.from({ length: 20 }, (_, i) => item(i, {}))
    const fullest = [
      bare.map((one, i) => (i < 2 ? item(i, { authority: terms(i, payees) }) : one)),
      bare.map((one, i) => (i < 10 ? item(i, { authority: terms(i, payees.slice(0, 1)) }) : one)),
    ]
    for (const agenda of fullest) {
      const world = founded.fork()
      const [planned] = world.given(plan('member', agenda))
      expect(size(planned?.body)).toBeLessThan(LIMIT - ENVELOPE)
    }
    const more = fullest[1]?.map((one, i) =>
      i === 10 ? item(i, { authority: terms(0, payees.slice(0, 1)) }) : one,
    )
    expect(() => founded.ask(plan('member', more ?? []))).toThrow(/at most 100/)
  })

  test('the fullest agenda fits', () => {
    const names = Array.from({ length: 5 }, (_, i) => long(i))
    const agenda = Array.from({ length: 20 }, (_, i) => ({
      item: `a${i + 1}`,
      title: '议'.repeat(120),
      power: 13,
      candidates: names,
    }))
    const world = founded.fork()
    const [planned] = world.given(plan('member', agenda))
    expect(size(planned?.body)).toBeLessThan(LIMIT - ENVELOPE)
    expect(() => world.ask(on(meeting2, plan('member', [...agenda, matter('a21')])))).toThrow(
      /agenda/,
    )
  })

  test.each([
    ['the same item twice', [matter(), matter()]],
    ['the same request twice', [aboutRequest, { ...aboutRequest, item: 'a2' }]],
    ['a request without its round', [{ item: 'a1', title: '设备', request: '2026-000001' }]],
    ['nothing', []],
  ])('an agenda with %s is malformed', (_what, agenda) => {
    expect(() => founded.fork().ask(plan('member', agenda))).toThrow(/agenda/)
  })
})

test('law 10.3: the township’s policy is relied on where a bar is set, and nowhere else', () => {
  const world = openMembers(major.fork(), [aboutRequest])
  all(world, [sheet(membersTo(12)), tally([8, 0, 0]), countersign(), close(), sign('a1'), post()])
  const entries = world.entries(village, meeting)
  const relying = entries.filter(({ relies }) => relies?.origin === town).map(({ type }) => type)
  expect(relying).toEqual([
    'meeting.planned',
    'meeting.noticed',
    'meeting.opened',
    'meeting.closed',
    'shareholderDecision.signed',
  ])
  expect(
    entries
      .filter(({ type }) => relying.includes(type))
      .every(({ policy }) => policy !== undefined),
  ).toBe(true)
  expect(world.entries(village, request).at(-1)?.policy).toBe(entries.at(0)?.policy)
})

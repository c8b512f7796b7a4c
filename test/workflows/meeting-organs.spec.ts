// Organs: who comes for whom, what the rules see of both, and the minutes without which nothing is decided.
import { describe, expect, test } from 'vitest'
import { placeOf } from '../../workflows/request/v1/fold.ts'
import { o, p, type Seat, village, villageSeats } from '../support/law-cast.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  as,
  close,
  given,
  held,
  issued,
  matter,
  meeting,
  meetingWorld,
  moreSeats,
  notice,
  openMembers,
  openSeats,
  plan,
  recuse,
  relate,
  represent,
  sheet,
  signMinutes,
  sit,
  tomorrow,
  vote,
  voteFor,
} from '../support/meeting-cast.ts'
import { testRows } from '../support/meeting-rows.ts'
import { vacate } from '../support/request-acts.ts'
import { folded } from '../support/request-cast.ts'

const founded = meetingWorld()
const medium = founded.fork()
issued(medium, { amount: '6000.00' })
const five = meetingWorld({ seats: [...villageSeats, ...moreSeats] })
const board = openSeats(medium.fork(), 'board', [aboutRequest])
const dir2There = given(board, sit('dir2'))
const dir2For3 = given(dir2There, represent('dir2', 'dir3'))

describe('law 7.10: a director is represented by another director of that board, in writing', () => {
  test('the seat counts as there by proxy, and both votes are cast and told apart', () => {
    const world = given(dir2For3, vote('dir2'), voteFor('dir2', 'dir3', 'abstain'))
    expect(held(world).present.get(o('dir3'))).toEqual({
      method: 'proxy',
      person: p('dir3'),
      by: o('dir2'),
      holder: p('dir2'),
    })
    expect(held(world).ballots.get('a1')).toEqual(
      new Map([
        [o('dir2'), { persons: [p('dir2')], choice: 'for' }],
        [o('dir3'), { persons: [p('dir2'), p('dir3')], choice: 'abstain' }],
      ]),
    )
    all(world, [close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', for: 1, abstain: 1, base: 3 }])
  })

  test('two seats of three through one who came are a quorum and a majority, and both decided', () => {
    const world = given(dir2For3, vote('dir2'), voteFor('dir2', 'dir3'), close('dir1'))
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 2, base: 3 }])
    expect(folded(world).deciders).toEqual([
      { must: 'boardReview', person: p('dir2') },
      { must: 'boardReview', person: p('dir3') },
    ])
  })

  test('the control: without the authorisation one of three is no quorum', () => {
    const world = given(dir2There, vote('dir2'), close('dir1'))
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'noQuorum' }])
  })

  test('for one meeting: at the next it must be given again', () => {
    const next = openSeats(given(dir2For3, close('dir1')), 'board', [aboutRequest], {
      stream: 'meeting/m-2026-0002',
      heldAt: '2026-03-04T01:00:00.000Z',
    })
    expect(held(next, 'meeting/m-2026-0002').present.size).toBe(0)
  })

  const twoEach = meetingWorld({
    seats: [...villageSeats, ...moreSeats],
    settings: [{ key: 'board.proxiesPerDirector', value: 2 }],
  })
  const openFive = (world: LawWorld) =>
    given(openSeats(world.fork(), 'board', [matter()]), sit('dir1'), represent('dir1', 'dir2'))
  const councilOpen = given(openSeats(founded.fork(), 'council', [matter()]), sit('council1'))
  const supervisorsOpen = given(openSeats(founded.fork(), 'supervisors', [matter()]), sit('sup1'))
  const supervising = (asking: Asking): Asking => ({ ...asking, by: as('sup1') })
  testRows([
    [
      'by one who has not come',
      'notPresent',
      board,
      represent('dir2', 'dir3'),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'law 1.12: a seat that is vacant',
      'seatVacant',
      given(dir2There, vacate('dir3')),
      represent('dir2', 'dir3'),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'one who has come',
      'alreadyPresent',
      given(dir2There, sit('dir3')),
      represent('dir2', 'dir3'),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'oneself',
      'alreadyPresent',
      dir2There,
      represent('dir2', 'dir2'),
      [dir2There, represent('dir2', 'dir1')],
    ],
    ['one who comes after all', 'alreadyPresent', dir2For3, sit('dir3'), [dir2There, sit('dir3')]],
    [
      'an office of another organ',
      'notYourSeat',
      dir2There,
      represent('dir2', 'sup1'),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'by somebody who does not sit there',
      'notYourSeat',
      dir2There,
      { ...represent('dir2', 'dir3'), by: as('sup1') },
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'more of them than one may',
      'representsEnough',
      openFive(five),
      represent('dir1', 'dir3'),
      [openFive(twoEach), represent('dir1', 'dir3')],
    ],
    [
      'by two directors at once',
      'alreadyPresent',
      given(dir2For3, sit('dir1')),
      represent('dir1', 'dir3'),
      [given(dir2There, sit('dir1')), represent('dir1', 'dir3')],
    ],
    [
      'a councillor',
      'seatInPerson',
      councilOpen,
      act('representation.record', 'council1', { office: o('council2'), paper: digest('paper') }),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'law 7.11: a supervisor is represented by nobody',
      'seatInPerson',
      supervisorsOpen,
      supervising(represent('dir1', 'sup2')),
      [supervisorsOpen, sit('sup2')],
    ],
    [
      'a member',
      'notThisKind',
      openMembers(founded.fork()),
      represent('dir1', 'dir2'),
      [openMembers(founded.fork()), sheet([p('m1')])],
    ],
    [
      'before the meeting',
      'notOpen',
      given(medium, plan('board', [aboutRequest]), notice(tomorrow)),
      represent('dir2', 'dir3'),
      [dir2There, represent('dir2', 'dir3')],
    ],
    [
      'voted for without the authorisation',
      'notYourSeat',
      dir2There,
      voteFor('dir2', 'dir3'),
      [dir2For3, voteFor('dir2', 'dir3')],
    ],
    [
      'voted for by another than who came for them',
      'notYourSeat',
      given(dir2For3, sit('dir1')),
      voteFor('dir1', 'dir3'),
      [dir2For3, voteFor('dir2', 'dir3')],
    ],
    [
      'who is represented votes beside',
      'notPresent',
      dir2For3,
      vote('dir3'),
      [dir2For3, voteFor('dir2', 'dir3')],
    ],
    [
      'twice',
      'alreadyVoted',
      given(dir2For3, voteFor('dir2', 'dir3')),
      voteFor('dir2', 'dir3', 'against'),
      [given(dir2For3, voteFor('dir2', 'dir3')), vote('dir2')],
    ],
    [
      'whose office has ended since',
      'officeNotHeld',
      given(dir2For3, vacate('dir3')),
      voteFor('dir2', 'dir3'),
      [dir2For3, voteFor('dir2', 'dir3')],
    ],
  ])
})

describe('law 7.16: the rules look at who is represented and at who represents', () => {
  const handledBy = (person: string): LawWorld => {
    const world = founded.fork()
    issued(world, { amount: '6000.00', handler: p(person) })
    openSeats(world, 'board', [aboutRequest])
    return given(world, sit('dir2'), represent('dir2', 'dir3'))
  }

  test.each([
    // handler, own vote, vote of the seat represented
    ['dir1', undefined, undefined],
    ['dir2', 'mustRecuse', 'mustRecuse'],
    ['dir3', undefined, 'mustRecuse'],
  ] as const)('law 7.2: handled by %s: own vote %s, vote for dir3 %s', (handler, own, other) => {
    const world = handledBy(handler)
    expect(world.fork().refusal(vote('dir2'))).toBe(own)
    expect(world.fork().refusal(voteFor('dir2', 'dir3'))).toBe(other)
  })

  const related = (representing: string): LawWorld => {
    const world = five.fork()
    relate(world)
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    return given(
      world,
      ...['dir1', 'dir3', 'dir4'].map(sit),
      represent(representing, 'dir2'),
      recuse('dir3'),
    )
  }

  test('law 5.13: a seat whose representative is related is not there: two unrelated are too few', () => {
    const world = related('dir3')
    expect(world.fork().refusal(voteFor('dir3', 'dir2'))).toBe('mustRecuse')
    all(world, [vote('dir1'), vote('dir4'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'referred', base: 4 }])
  })

  test('the control: represented by an unrelated director, three decide', () => {
    const world = related('dir4')
    all(world, [vote('dir1'), vote('dir4'), voteFor('dir4', 'dir2'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 4 }])
  })

  test('law 5.12: a related director who is represented leaves the denominator all the same', () => {
    const world = five.fork()
    relate(world)
    issued(world, { amount: '6000.00' })
    openSeats(world, 'board', [aboutRequest])
    all(world, [...['dir1', 'dir2', 'dir4'].map(sit), represent('dir1', 'dir3')])
    expect(world.fork().refusal(voteFor('dir1', 'dir3'))).toBe('mustRecuse')
    all(world, [vote('dir1'), vote('dir2'), vote('dir4'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 3, base: 4 }])
  })
})

describe('law 5.14: minutes are signed by those present before anything counts as decided', () => {
  const voted = given(board, ...['dir1', 'dir2', 'dir3'].map(sit), vote('dir1'), vote('dir2'))

  test('while one signature is missing the vote moves nothing', () => {
    const world = given(voted, signMinutes('dir2'))
    expect(world.refusal(close('dir1'))).toBe('minutesUnsigned')
    expect(placeOf(folded(world))).toBe('boardReview.open')
    world.given(signMinutes('dir3', { dissent: '价格偏高，不同意' }))
    world.given(close('dir1'))
    expect(placeOf(folded(world))).toBe('papers')
  })

  test.each([
    ['signed as they are', {}, undefined],
    [
      'other minutes than those that are closed on',
      { minutes: digest('other') },
      'minutesUnsigned',
    ],
  ] as const)('%s: %s', (_what, more, code) => {
    const world = given(voted, signMinutes('dir2'), signMinutes('dir3', more))
    expect(world.refusal(close('dir1'))).toBe(code)
  })

  test.each<[string, Asking]>([
    ['a vote', vote('dir3')],
    ['a recusal', recuse('dir3', 'other')],
  ])('what is recorded after a signature takes it back: %s', (_what, later) => {
    const world = given(voted, signMinutes('dir2'), signMinutes('dir3'))
    expect(world.fork().refusal(close('dir1'))).toBeUndefined()
    expect(given(world, later).refusal(close('dir1'))).toBe('minutesUnsigned')
  })

  test('who is represented has not sat there; who came for them signs once', () => {
    const world = given(dir2For3, vote('dir2'))
    expect(world.fork().refusal(signMinutes('dir3'))).toBe('notPresent')
    expect(world.fork().refusal(close('dir1'))).toBe('minutesUnsigned')
    world.given(signMinutes('dir2'))
    expect(world.refusal(close('dir1'))).toBeUndefined()
  })

  test('who has left office since is not waited for, and cannot sign', () => {
    const world = given(voted, signMinutes('dir2'), vacate('dir3'))
    expect(world.fork().refusal(signMinutes('dir3'))).toBe('officeNotHeld')
    expect(world.refusal(close('dir1'))).toBeUndefined()
  })

  test.each([
    ['a board', 'board', 'dir'],
    ['a council', 'council', 'council'],
    ['a supervisors’ meeting', 'supervisors', 'sup'],
  ] as const)('%s', (_what, kind, seat) => {
    const open = openSeats(founded.fork(), kind, [matter()])
    const world = given(open, ...[1, 2].map((n) => sit(`${seat}${n}`)))
    all(world, [vote(`${seat}1`), vote(`${seat}2`)])
    expect(world.refusal(close(`${seat}1`))).toBe('minutesUnsigned')
    all(world, [signMinutes(`${seat}2`)])
    expect(world.refusal(close(`${seat}1`))).toBeUndefined()
  })

  testRows([
    [
      'by one who did not come',
      'notPresent',
      dir2There,
      signMinutes('dir3'),
      [dir2There, signMinutes('dir2')],
    ],
    [
      'twice',
      'alreadySigned',
      given(dir2There, signMinutes('dir2')),
      signMinutes('dir2'),
      [given(dir2There, signMinutes('dir2')), signMinutes('dir2', { minutes: digest('again') })],
    ],
    [
      'by a seat of another organ',
      'notYourSeat',
      dir2There,
      signMinutes('sup1'),
      [dir2There, signMinutes('dir2')],
    ],
    [
      'of the members',
      'notThisKind',
      openMembers(founded.fork()),
      signMinutes('council1'),
      [dir2There, signMinutes('dir2')],
    ],
    [
      'before the meeting',
      'notOpen',
      given(medium, plan('board', [aboutRequest]), notice(tomorrow)),
      signMinutes('dir2'),
      [dir2There, signMinutes('dir2')],
    ],
  ])
})

describe('law 5.10: every attendance has its method', () => {
  test('on site, online, by proxy', () => {
    const online = act('attendance.record', 'dir1', { as: 'seat', method: 'online' })
    const world = given(board, online, sit('dir2'), represent('dir2', 'dir3'))
    expect([...held(world).present.values()].map(({ method }) => method)).toEqual([
      'online',
      'onSite',
      'proxy',
    ])
  })

  test('a seat without one is malformed', () => {
    const bare = act('attendance.record', 'dir1', { as: 'seat' })
    expect(() => board.fork().ask(bare)).toThrow(/method/)
  })
})

describe('law 1.5: a company without a board', () => {
  const seats: readonly Seat[] = villageSeats.filter(([, kind]) => kind !== 'director')
  test.each([
    [1, 'notDecided'],
    [2, 'passed'],
  ] as const)(
    'is decided on by the council, two thirds of it present: %i of three: %s',
    (n, outcome) => {
      const world = meetingWorld({ seats })
      issued(world, { amount: '6000.00' })
      openSeats(world, 'council', [aboutRequest])
      const there = ['council1', 'council2'].slice(0, n)
      all(world, [...there.map(sit), ...there.map((seat) => vote(seat)), close()])
      expect(held(world).outcomes).toMatchObject([{ outcome, base: 3 }])
    },
  )
})

test('law 5.5: what came to nothing is told on the request’s own stream, which keeps waiting', () => {
  const told = (world: LawWorld) =>
    world
      .entries(village, 'request/2026-000001')
      .filter(({ type }) => type.endsWith('.notDecided'))
      .map(({ type, body }) => [type, body['reason'], body['meeting']])
  const adjourned = given(board, act('meeting.adjourn', 'dir1', { reason: '停电' }))
  expect(told(adjourned)).toEqual([['boardReview.notDecided', 'adjourned', 'm-2026-0001']])
  const short = given(dir2There, vote('dir2'), close('dir1'))
  expect(told(short)).toEqual([['boardReview.notDecided', 'noQuorum', 'm-2026-0001']])
  const unheard = given(
    board,
    ...['dir1', 'dir2', 'dir3'].map(sit),
    vote('dir1', 'against'),
    close('dir1'),
  )
  expect(told(unheard)).toEqual([['boardReview.notDecided', 'notPut', 'm-2026-0001']])
  for (const world of [adjourned, short, unheard])
    expect(placeOf(folded(world))).toBe('boardReview.open')
  // one that is decided is told nothing of the kind
  const passed = given(dir2For3, vote('dir2'), voteFor('dir2', 'dir3'), close('dir1'))
  expect(told(passed)).toEqual([])
})

test('law 5.11: an authorisation, a signature and a vote are kept under their own names', () => {
  const world = given(dir2For3, vote('dir2'), voteFor('dir2', 'dir3'))
  const recorded = world.entries(village, meeting).slice(-3)
  expect(recorded.map(({ type, by, body }) => [type, by.person, body])).toEqual([
    [
      'representation.recorded',
      p('dir2'),
      { given: { office: o('dir3'), paper: digest('for dir3') }, person: p('dir3') },
    ],
    ['ballot.cast', p('dir2'), { given: { choices: [{ item: 'a1', choice: 'for' }] } }],
    [
      'ballot.cast',
      p('dir2'),
      { given: { choices: [{ item: 'a1', choice: 'for' }], seat: o('dir3') } },
    ],
  ])
})

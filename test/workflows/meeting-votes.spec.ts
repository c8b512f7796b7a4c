// A vote that has begun: it is counted by people nobody moved, signed for, closed, and tells nobody's choice. Each rule
// stands beside the nearest lawful act.
import { describe, expect, test } from 'vitest'
import { ID, terms } from '../support/authority-cast.ts'
import { coop, o, p, villageSeats } from '../support/law-cast.ts'
import { type Asking, digest } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  as,
  close,
  closeVoting,
  countersign,
  countSigned,
  given,
  held,
  inTenDays,
  issued,
  matter,
  meetingWorld,
  membersTo,
  notice,
  open,
  openMembers,
  openSeats,
  plan,
  prestudy,
  recuse,
  sheet,
  signed,
  signMinutes,
  signTally,
  sit,
  take,
  tally,
  vote,
} from '../support/meeting-cast.ts'
import { near } from '../support/request-acts.ts'

const founded = meetingWorld()
const adjourn = (office = 'clerk'): Asking => act('meeting.adjourn', office, { reason: '停电' })
const opened = openMembers(founded.fork())
const full = given(opened, sheet(membersTo(12)))
const ballots = (paper: number, online: number) => ({ paper, online })

describe('law 5.5: a lost vote is not undone', () => {
  test('a count that is known, and a box that is shut, are closed and not adjourned', () => {
    expect(full.fork().refusal(adjourn())).toBeUndefined()
    expect(given(full, tally([1, 11, 0])).refusal(adjourn())).toBe('votingBegun')
    const counted = given(full, tally([1, 11, 0]), countersign())
    expect(counted.refusal(adjourn())).toBe('votingBegun')
    expect(given(opened, take('m1'), closeVoting()).refusal(adjourn())).toBe('votingBegun')
  })

  test('named votes that decide it neither; fewer may still come to nothing', () => {
    const board = openSeats(founded.fork(), 'board', [matter()])
    all(board, [...['dir1', 'dir2', 'dir3'].map(sit), vote('dir1', 'against')])
    expect(board.fork().refusal(adjourn())).toBeUndefined()
    all(board, [vote('dir2', 'against')])
    expect(board.refusal(adjourn())).toBe('votingBegun')
  })

  test('law 5.4: a count of no ballots is failed by the bar', () => {
    const world = given(full, tally([0, 0, 0]), countersign(), close())
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', for: 0, base: 12 }])
  })

  test('who watched, or another who presides, closes what the chair does not', () => {
    const counted = given(full, tally([1, 11, 0]), countersign())
    for (const office of ['council1', 'council2', 'watch1'])
      expect(counted.fork().refusal(close(office)), office).toBeUndefined()
    for (const office of ['watch2', 'clerk'])
      expect(counted.fork().refusal(close(office)), office).toBe('officeNotHeld')
  })
})

describe('law 5.14: who keeps a signature back keeps back nothing else', () => {
  const board = openSeats(founded.fork(), 'board', [matter()])
  all(board, [...['dir1', 'dir2', 'dir3'].map(sit), vote('dir1'), vote('dir2')])

  test('a day later more than half are enough, and the others are named', () => {
    all(board, [signMinutes('dir2')])
    expect(board.fork().refusal(close('dir1'))).toBe('minutesUnsigned')
    const [closing] = board.fork().clock('2026-03-04T01:00:00.000Z').given(close('dir1'))
    expect(closing?.body['unsigned']).toEqual([o('dir3')])
  })

  test('one of three is not more than half', () => {
    const alone = openSeats(founded.fork(), 'board', [matter()])
    all(alone, [...['dir1', 'dir2', 'dir3'].map(sit), vote('dir1'), vote('dir2')])
    alone.clock('2026-03-04T01:00:00.000Z')
    expect(alone.refusal(close('dir1'))).toBe('minutesUnsigned')
  })

  test('an absent chair is no obstacle: another who is there closes', () => {
    const world = openSeats(founded.fork(), 'board', [matter()])
    all(world, [sit('dir2'), sit('dir3'), vote('dir2'), vote('dir3')])
    expect(world.refusal(close('dir2'))).toBe('minutesUnsigned')
    all(world, [close('dir2')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 2 }])
  })
})

describe('law 5.1, law 5.2: which power of Art 26 an item uses', () => {
  const { power: _, ...bare } = matter()
  const plans = (more: object) => ({ id: ID, ...terms, kind: 'plan', ...more })

  test('is said of every matter before the members; an organ uses none', () => {
    expect(founded.fork().refusal(plan('member', [bare]))).toBe('powerMissing')
    expect(founded.fork().refusal(plan('member', [matter()]))).toBeUndefined()
    expect(founded.fork().refusal(plan('board', [bare]))).toBeUndefined()
  })

  test('a plan is (7) whatever it is called', () => {
    const as13 = matter('a1', { authority: plans({}) })
    expect(founded.fork().refusal(plan('member', [as13]))).toBe('powerWrong')
    const as7 = matter('a1', { power: 7, authority: plans({}) })
    expect(founded.fork().refusal(plan('member', [as7]))).toBeUndefined()
  })

  test.each([
    ['a small purchase', { kind: 'purchase' }, []],
    ['a project', { kind: 'project' }, ['a1']],
    ['a contract from tier.majorFrom on', { kind: 'contract', ceiling: '60000.00' }, ['a1']],
    ['a monthly bill that is major in a year', { kind: 'recurring', ceiling: '5000.00' }, ['a1']],
  ])('open to comment before the members vote: %s', (_what, more, reserved) => {
    const item = matter('a1', { authority: plans(more) })
    const [planned] = founded.fork().given(plan('member', [item]))
    expect(planned?.body['reserved']).toEqual(reserved)
  })
})

describe('law 5.7: who counts', () => {
  const counted = given(full, tally([8, 4, 0]))

  test('each of the two tellers signs in person before who watches does', () => {
    expect(counted.fork().refusal(countersign())).toBe('tallyUnsigned')
    const one = counted.fork()
    one.given(signTally('teller1'))
    expect(one.refusal(signTally('teller1'))).toBe('alreadySigned')
    expect(one.refusal(countersign())).toBe('tallyUnsigned')
    one.given(signTally('teller2'))
    expect(one.refusal(countersign())).toBeUndefined()
  })

  test('nobody signs for a count that is not theirs; a recount is signed anew', () => {
    expect(full.fork().refusal(signTally('teller1'))).toBe('tallyNotYours')
    expect(counted.fork().refusal(signTally('clerk'))).toBe('officeNotHeld')
    const twice = countSigned(counted.fork(), countersign())
    twice.given(tally([7, 5, 0], { reason: '误计一张' }))
    expect(twice.refusal(countersign())).toBe('tallyUnsigned')
  })

  test('law 7.7: who moved it keeps neither the sheet nor the count', () => {
    const mover = { movers: [p('clerk')] }
    const world = openMembers(founded.fork(), [matter('a1', mover)])
    expect(world.refusal(sheet(membersTo(3)))).toBe('recorderPartial')
    all(world, [{ ...sheet(membersTo(12)), by: as('council1') }])
    const byClerk = { ...tally([8, 4, 0]), by: as('clerk') }
    expect(world.fork().refusal(byClerk)).toBe('recorderPartial')
    expect(world.refusal(tally([8, 4, 0]))).toBeUndefined()
  })

  test('law 7.7: near relatives of who moved it neither watch nor count', () => {
    const item = matter('a1', { movers: [p('m1')] })
    const tied = given(founded, near('m1', 'watch1'), near('m1', 'teller2'))
    const due = given(tied, plan('member', [item]), prestudy(), notice(inTenDays)).clock(inTenDays)
    expect(due.fork().refusal(open('watch1'))).toBe('watcherPartial')
    const moved = given(due, open('watch2'), sheet(membersTo(12)))
    expect(moved.fork().refusal(tally([8, 4, 0]))).toBe('tellerPartial')
  })

  test('law 7.7: who holds an office in the company concerned does not watch', () => {
    const seats = villageSeats.map((seat) =>
      seat[0] === 'watch1'
        ? (['watch1', 'coopSupervisor', coop, 'cashier', 'chair'] as const)
        : seat,
    )
    const world = meetingWorld({ seats })
    issued(world, { amount: '60000.00' })
    all(world, [plan('member', [aboutRequest]), prestudy(), notice(inTenDays)]).clock(inTenDays)
    expect(world.fork().refusal(open('watch1'))).toBe('watcherPartial')
    expect(world.refusal(open('watch2'))).toBeUndefined()
  })
})

describe('law 5.7, law 5.8: the few who voted online are never told apart', () => {
  const few = given(opened, sheet(membersTo(10)), take('m11'), closeVoting())

  test.each([
    ['alone', [1, 0, 0], 0, 1],
    ['with three of ten on paper', [4, 0, 0], 3, 1],
    ['with half of those on paper', [6, 0, 0], 5, 1],
  ] as const)('their ballots do not enter %s', (_what, counts, paper, online) => {
    expect(few.fork().refusal(tally(counts, ballots(paper, online)))).toBe('countTooSmall')
  })

  test('but with more than half of the others; and all online is all there is', () => {
    expect(few.fork().refusal(tally([7, 0, 0], ballots(6, 1)))).toBeUndefined()
    const all11 = given(opened, ...membersTo(9).map((m) => take(m.slice(2))), closeVoting())
    expect(all11.refusal(tally([9, 0, 0], ballots(0, 9)))).toBeUndefined()
  })

  test('and no recount takes them out again', () => {
    const counted = given(few, tally([11, 0, 0], ballots(10, 1)))
    const again = (counts: readonly [number, number, number], paper: number, online: number) =>
      counted.fork().refusal(tally(counts, { ...ballots(paper, online), reason: '复核' }))
    expect(again([10, 0, 0], 10, 0)).toBe('recountOnline')
    expect(again([9, 1, 0], 9, 1)).toBeUndefined()
  })
})

describe('law 5.9: a sheet is put right before anything is counted', () => {
  const correct = (...persons: readonly string[]): Asking =>
    act('attendance.correct', 'clerk', {
      persons: persons.map((one) => p(one)),
      sheet: digest('corrected'),
      reason: '误登一人',
    })

  test('who did not come is taken off, and may be recorded again', () => {
    const world = given(full, correct('m12'))
    expect(held(world).members.has(p('m12'))).toBe(false)
    expect(world.refusal(sheet([p('m12')]))).toBeUndefined()
  })

  test.each([
    ['after a count', given(full, tally([8, 4, 0])), correct('m12'), 'attendanceClosed'],
    ['of one who is not on it', full, correct('guest'), 'notOnSheet'],
    ['of one who votes online', given(opened, take('m1')), correct('m1'), 'notOnSheet'],
    ['by who does not keep it', full, { ...correct('m12'), by: as('watch1') }, 'officeNotHeld'],
  ])('not %s', (_what, world, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })
})

describe('law 7.18: who stands in an item does not vote on it', () => {
  test('a candidate, and who is to be deputy', () => {
    const deputy = {
      mandate: 'd_0001',
      office: o('chead'),
      person: p('dir2'),
      from: '2026-03-10',
      to: '2026-03-20',
      musts: ['issuing'],
    }
    const agenda = [
      matter('a1', { candidates: [p('dir1')] }),
      matter('a2', { deputy }),
      matter('a3'),
    ]
    const world = openSeats(founded.fork(), 'board', agenda)
    all(world, ['dir1', 'dir2', 'dir3'].map(sit))
    expect(world.fork().refusal(vote('dir1', 'for', 'a1'))).toBe('mustRecuse')
    expect(world.fork().refusal(vote('dir2', 'for', 'a2'))).toBe('mustRecuse')
    expect(world.fork().refusal(vote('dir1', 'for', 'a2'))).toBeUndefined()
    all(world, [recuse('dir1', 'other', 'a1')])
    expect(signed(world, close('dir1')).refusal(close('dir1'))).toBe('closerConcerned')
    expect(world.refusal(close('dir3'))).toBe('minutesUnsigned')
  })
})

test('law 2.24: a year the calendar does not reach is said with the notice, and a meeting held is closed', () => {
  const late = '2026-12-31T01:00:00.000Z'
  const studied = given(founded, plan('member', [matter()]), prestudy())
  studied.clock('2026-11-02T01:00:00.000Z')
  expect(studied.fork().refusal(notice(late))).toBe('calendarMissing')
  const heldAt = '2026-12-29T01:00:00.000Z'
  all(studied, [notice(heldAt)]).clock(heldAt)
  all(studied, [open(), sheet(membersTo(12)), tally([12, 0, 0]), countersign()])
  const [closing] = studied.clock('2026-12-31T01:00:00.000Z').given(close())
  expect(closing?.body).toMatchObject({ postBy: '2027-01-05' })
  expect(closing?.body).not.toHaveProperty('signBy')
})

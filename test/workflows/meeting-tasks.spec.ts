// Who must do what next for a meeting, state by state: every task is one its desk can do, and nothing waits for nobody.
import { describe, expect, test } from 'vitest'
import { requestRows } from '../../src/app/projections/request.ts'
import { meetingRows } from '../../src/app/projections/meeting.ts'
import type { TaskRow } from '../../src/domain/projection.ts'
import { company, coop, o } from '../support/law-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  close,
  closeVoting,
  consult,
  countersign,
  countSigned,
  given,
  held,
  inFifteenDays,
  inTenDays,
  issued,
  matter,
  meetingWorld,
  membersTo,
  notice,
  open,
  openSeats,
  plan,
  post,
  prestudy,
  recuse,
  represent,
  sheet,
  sign,
  signMinutes,
  signTally,
  sit,
  take,
  tally,
  tomorrow,
  vote,
  voteFor,
} from '../support/meeting-cast.ts'
import { folded, request } from '../support/request-cast.ts'

const founded = meetingWorld()
const tasks = (world: LawWorld): readonly TaskRow[] =>
  meetingRows('m-2026-0001', held(world)).flatMap((row) => (row.table === 'task' ? [row.row] : []))
const waits = (world: LawWorld): readonly string[] =>
  tasks(world).map(({ act: type, desk }) => `${type} ${desk}`)

const major = founded.fork()
issued(major, { amount: '60000.00' })
const reserved = given(founded, plan('member', [matter('a1', { power: 7 })]))
const planned = given(major, plan('member', [aboutRequest]))
const studied = given(planned, prestudy())
const noticed = given(studied, notice(inTenDays))
const opened = given(noticed.fork().clock(inTenDays), open())
const came = given(opened, sheet(membersTo(10)))
const online = given(came, take('m11'))
const counted = given(came, tally([9, 1, 0]))
const countedTwice = countSigned(counted.fork(), countersign())
const signedFor = given(counted, countersign())
const closed = given(signedFor, close())

describe('law 9.1: a meeting of members waits for somebody in every state but the last', () => {
  test.each<[string, LawWorld, readonly string[], Asking | undefined]>([
    ['planned', planned, [`prestudy.record ${coop}/partySecretary`], prestudy()],
    ['studied', studied, [`meeting.notice ${o('clerk')}`], notice(inTenDays)],
    [
      'studied, with what must be open to comment first',
      given(reserved, prestudy()),
      [`consultation.post ${o('clerk')}`],
      consult('a1'),
    ],
    [
      'studied and posted',
      given(reserved, prestudy(), consult('a1')),
      [`meeting.notice ${o('clerk')}`],
      notice(inFifteenDays),
    ],
    [
      'noticed, and the time has come',
      noticed.fork().clock(inTenDays),
      [`meeting.open ${o('clerk')}`],
      open(),
    ],
    ['open', opened, [`attendance.record ${o('clerk')}`], sheet(membersTo(1))],
    ['attended', came, [`tally.record ${coop}/teller`], tally([9, 1, 0])],
    ['attended online', online, [`voting.close ${o('clerk')}`], closeVoting('clerk')],
    [
      'attended online, and closed',
      given(online, closeVoting()),
      [`tally.record ${coop}/teller`],
      tally([11, 0, 0], { paper: 10, online: 1 }),
    ],
    ['counted', counted, [`tally.sign ${coop}/teller`], signTally('teller1')],
    ['signed', countedTwice, [`tally.countersign ${o('watch1')}`], countersign()],
    ['countersigned', signedFor, [`meeting.close ${o('council1')}`], close()],
    [
      'closed',
      closed,
      [`shareholderDecision.sign ${coop}/legalRepresentative`, `result.post ${o('clerk')}`],
      sign('a1'),
    ],
    [
      'posted, not signed',
      given(closed, post()),
      [`shareholderDecision.sign ${coop}/legalRepresentative`],
      sign('a1'),
    ],
    ['posted and signed', given(closed, post(), sign('a1')), [], undefined],
    [
      'called off',
      given(noticed, act('meeting.cancel', 'clerk', { reason: '改期' })),
      [],
      undefined,
    ],
    [
      'adjourned',
      given(opened, act('meeting.adjourn', 'clerk', { reason: '停电' })),
      [],
      undefined,
    ],
  ])('%s', (_state, world, expected, next) => {
    expect(waits(world)).toEqual(expected)
    expect(next === undefined ? undefined : world.fork().refusal(next)).toBeUndefined()
  })

  test('with its limits: the day it was noticed for, five days to post, two working days to sign', () => {
    const due = (world: LawWorld) => tasks(world).map(({ act: type, dueAt }) => [type, dueAt])
    expect(due(noticed)).toEqual([['meeting.open', '2026-03-12T16:00:00.000Z']])
    // closed on Thursday 12 March
    expect(due(closed)).toEqual([
      ['shareholderDecision.sign', '2026-03-16T16:00:00.000Z'],
      ['result.post', '2026-03-17T16:00:00.000Z'],
    ])
  })

  test('and since when: the state it is in, not what was noted in it', () => {
    const [task] = tasks(online)
    expect(task?.since).toBe(held(opened).since)
    expect(task?.since).not.toBe(held(noticed).since)
  })
})

const medium = founded.fork()
issued(medium, { amount: '6000.00' })
const boardNoticed = given(medium, plan('board', [aboutRequest, matter('a2')]), notice(tomorrow))
const board = openSeats(medium.fork(), 'board', [aboutRequest, matter('a2')])
const two = given(board, sit('dir1'), sit('dir2'))
const both = (office: string): readonly Asking[] => [vote(office), vote(office, 'for', 'a2')]
const voted = given(two, ...both('dir1'), ...both('dir2'))
const absent = `attendance.record ${o('dir3')}`

describe('law 9.1: an organ’s meeting', () => {
  test.each<[string, LawWorld, readonly string[], Asking | undefined]>([
    [
      'planned',
      given(medium, plan('board', [aboutRequest])),
      [`meeting.notice ${o('clerk')}`],
      notice(tomorrow),
    ],
    [
      'noticed',
      boardNoticed.fork().clock(tomorrow),
      // and who is called has it in their list from then on
      [`meeting.open ${o('clerk')}`, `attendance.record ${company}/director`],
      act('meeting.open', 'clerk'),
    ],
    [
      'open, nobody there',
      board,
      ['dir1', 'dir2', 'dir3'].map((name) => `attendance.record ${o(name)}`),
      sit('dir3'),
    ],
    [
      'two there',
      two,
      [absent, `ballot.cast ${o('dir1')}`, `ballot.cast ${o('dir2')}`],
      vote('dir2'),
    ],
    [
      'one has voted on one item, the other on all or recused',
      given(two, vote('dir1'), vote('dir2'), recuse('dir2', 'other', 'a2')),
      [absent, `ballot.cast ${o('dir1')}`],
      vote('dir1', 'for', 'a2'),
    ],
    ['all there have voted', voted, [absent, `minutes.sign ${o('dir2')}`], signMinutes('dir2')],
    [
      'the minutes are signed',
      given(voted, signMinutes('dir2')),
      [absent, `meeting.close ${o('dir1')}`],
      close('dir1'),
    ],
    [
      'one is represented and to be voted for',
      given(two, represent('dir2', 'dir3'), ...both('dir1'), ...both('dir2')),
      [`ballot.cast ${o('dir2')}`],
      voteFor('dir2', 'dir3'),
    ],
    ['closed', given(voted, close('dir1')), [], undefined],
  ])('%s', (_state, world, expected, next) => {
    expect(waits(world)).toEqual(expected)
    expect(next === undefined ? undefined : world.fork().refusal(next)).toBeUndefined()
  })

  test('before it is called the request waits for a meeting, and under its vote the meeting for its seats', () => {
    const calls = (world: LawWorld) =>
      requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
        table === 'task' ? [`${row.act} ${row.desk}`] : [],
      )
    const toCall = [`meeting.plan ${company}/reportingClerk`]
    expect(calls(medium)).toEqual(toCall)
    expect(calls(boardNoticed)).toEqual(toCall)
    expect(calls(board)).toEqual([])
    // urged, it is those who vote
    const [urged] = board.fork().given({ ...act('request.urge', 'clerk', {}), stream: request })
    expect(urged?.body['desks']).toEqual([o('dir1'), o('dir2'), o('dir3')])
    expect(calls(given(board, act('meeting.adjourn', 'clerk', { reason: '停电' })))).toEqual(toCall)
    expect(calls(opened)).toEqual([])
  })

  test('law 1.12: a vacant seat is no desk', () => {
    const vacant = given(medium, {
      ...act('office.vacate', 'officer', { office: o('dir3'), reason: '辞任' }),
      stream: 'roster',
    })
    expect(waits(openSeats(vacant, 'board', [matter()]))).toEqual(
      ['dir1', 'dir2'].map((name) => `attendance.record ${o(name)}`),
    )
  })
})

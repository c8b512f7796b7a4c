// Members vote in secret, on paper and online: who takes part is recorded, a choice never.
import { describe, expect, test } from 'vitest'
import { applySettings, presetValues } from '../../src/domain/policy.ts'
import { meetingCommands } from '../../workflows/meeting/v1/events.ts'
import { placeOf } from '../../workflows/request/v1/fold.ts'
import { h, o, p, village } from '../support/law-cast.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  close,
  closeVoting,
  countersign,
  countSigned,
  given,
  held,
  inTenDays,
  issued,
  matter,
  meeting,
  meetingWorld,
  membersTo,
  notice,
  open,
  openMembers,
  openSeats,
  plan,
  post,
  prestudy,
  proxies,
  sheet,
  sign,
  sit,
  take,
  tally,
  vote,
} from '../support/meeting-cast.ts'
import { type MeetingRow, testRows } from '../support/meeting-rows.ts'
import { folded } from '../support/request-cast.ts'

const founded = meetingWorld()
const opened = openMembers(founded.fork())
const studied = given(founded, plan('member', [matter()]), prestudy())

const rows = (title: string, table: readonly MeetingRow[]): void => {
  describe(title, () => {
    testRows(table)
  })
}

const mixed = given(opened, sheet(membersTo(4)), take('m5'), take('m6'))
const over = given(mixed, closeVoting())
const ballots = (paper: number, online: number) => ({ paper, online })
const onSite = given(given(studied, notice(inTenDays, false)).clock(inTenDays), open())
const household9 = (capacity: string): Asking => ({
  ...act('household.record', 'officer', {
    households: [{ household: h('9'), members: [{ person: p('young'), capacity }] }],
  }),
  stream: 'roster',
})
const acting = (asking: Asking, office: string): Asking => ({
  ...asking,
  by: { ...asking.by, office: o(office) },
})

rows('law 5.7, law 7.8: a member takes part online, as a member and in no office', [
  [
    'a councillor, by that office',
    'officeNotHeld',
    opened,
    acting(take('council1'), 'council1'),
    [opened, take('m5')],
  ],
  [
    'a member, by an office they do not hold',
    'officeNotHeld',
    opened,
    acting(take('m5'), 'clerk'),
    [opened, take('m5')],
  ],
  ['somebody who is no member', 'notOnRoll', opened, take('guest'), [opened, take('m5')]],
  [
    'law 1.7: a member of limited capacity',
    'notOnRoll',
    openMembers(given(founded, household9('limited'))),
    take('young'),
    [openMembers(given(founded, household9('full'))), take('young')],
  ],
  [
    'law 1.7: who came onto the roster after it opened',
    'notOnRoll',
    given(opened, household9('full')),
    take('young'),
    [given(opened, household9('full')), take('m5')],
  ],
  ['twice', 'alreadyPresent', mixed, take('m5'), [mixed, take('m7')]],
  ['beside the signed sheet', 'alreadyPresent', mixed, take('m1'), [mixed, take('m7')]],
  [
    'beside a written proxy',
    'alreadyPresent',
    given(opened, sheet([p('m1')], proxies(['m2', 'm1']))),
    take('m2'),
    [given(opened, sheet([p('m1')])), take('m2')],
  ],
  ['on the sheet after that', 'alreadyPresent', mixed, sheet([p('m5')]), [mixed, sheet([p('m7')])]],
  [
    'law 7.9: carrying the paper proxy of another',
    'proxyHolderAbsent',
    mixed,
    sheet([], proxies(['m7', 'm5'])),
    [mixed, sheet([p('m8')], proxies(['m7', 'm8']))],
  ],
  ['where the notice offers none', 'notOnline', onSite, take('m5'), [opened, take('m5')]],
  ['once the voting is closed', 'attendanceClosed', over, take('m7'), [mixed, take('m7')]],
  [
    'once a count is recorded',
    'attendanceClosed',
    given(opened, sheet(membersTo(8)), tally([8, 0, 0])),
    take('m9'),
    [given(opened, sheet(membersTo(8))), take('m9')],
  ],
  [
    'before it is opened',
    'notOpen',
    given(studied, notice(inTenDays)),
    take('m5'),
    [opened, take('m5')],
  ],
  [
    'of a board',
    'notThisKind',
    openSeats(founded.fork(), 'board', [matter()]),
    take('m5'),
    [opened, take('m5')],
  ],
])

rows('law 5.8: nothing is counted while choices can still be dropped', [
  [
    'the first count',
    'votingOpen',
    mixed,
    tally([6, 0, 0], ballots(4, 2)),
    [over, tally([6, 0, 0], ballots(4, 2))],
  ],
  [
    'the control: where nobody takes part online nothing has to be closed first',
    'votingOpen',
    mixed,
    tally([4, 0, 0]),
    [given(opened, sheet(membersTo(4))), tally([4, 0, 0])],
  ],
  ['closed twice', 'votingOver', over, closeVoting(), [mixed, closeVoting()]],
  ['closed by a director', 'officeNotHeld', mixed, closeVoting('dir1'), [mixed, closeVoting()]],
  [
    'closed by a voter',
    'officeNotHeld',
    mixed,
    closeVoting('party'),
    [mixed, closeVoting('clerk')],
  ],
  [
    'of a board',
    'notThisKind',
    openSeats(founded.fork(), 'board', [matter()]),
    closeVoting('clerk'),
    [mixed, closeVoting('clerk')],
  ],
])

rows('law 5.9: a tally sums to its ballots, and neither kind is more than took part that way', [
  [
    'three ballots counted as four votes',
    'tallyUneven',
    over,
    tally([4, 0, 0], ballots(3, 0)),
    [over, tally([4, 0, 0], ballots(4, 0))],
  ],
  [
    'five ballots counted as four votes',
    'tallyUneven',
    over,
    tally([3, 1, 0], ballots(4, 1)),
    [over, tally([3, 1, 1], ballots(4, 1))],
  ],
  [
    'five on paper, where four came',
    'tallyOverPresent',
    over,
    tally([5, 0, 0], ballots(5, 0)),
    [over, tally([5, 0, 0], ballots(4, 1))],
  ],
  [
    'three online, where two took part',
    'tallyOverPresent',
    over,
    tally([6, 0, 0], ballots(3, 3)),
    [over, tally([6, 0, 0], ballots(4, 2))],
  ],
  [
    'a proxy votes on paper',
    'tallyOverPresent',
    given(opened, sheet([p('m1')], proxies(['m2', 'm1']))),
    tally([3, 0, 0], ballots(3, 0)),
    [given(opened, sheet([p('m1')], proxies(['m2', 'm1']))), tally([2, 0, 0], ballots(2, 0))],
  ],
])

describe('law 5.7: nothing names a choice', () => {
  test('a member’s named vote is refused, whatever office they hold', () => {
    for (const office of ['council1', 'clerk', 'watch1'])
      expect(opened.fork().refusal(vote(office)), office).toBe('ballotsSecret')
  })

  test('there is no room for a choice in what a member sends', () => {
    const asked = (input: unknown) => meetingCommands.safeParse({ type: 'ballot.take', input })
    expect(asked({}).success).toBe(true)
    for (const input of [{ choice: 'for' }, { choices: [{ item: 'a1', choice: 'for' }] }])
      expect(asked(input).success).toBe(false)
  })

  test('nor is it told how the few voted who took part online', () => {
    const counted = given(over, tally([4, 1, 1], ballots(4, 2)), countersign(), close())
    const told = counted
      .entries(village, meeting)
      .filter(({ body }) => /against|abstain/.test(JSON.stringify(body)))
    expect(told.map(({ type }) => type)).toEqual(['tally.recorded', 'meeting.closed'])
    expect(told[0]?.body['given']).toMatchObject({ for: 4, against: 1, abstain: 1, online: 2 })
    const taken = counted.entries(village, meeting).find(({ type }) => type === 'ballot.taken')
    expect(taken?.body).toEqual({ given: {} })
    expect(taken?.by.person).toBe(p('m5'))
  })
})

describe('law 5.10: on site, online, by proxy', () => {
  test('each is recorded as what it is, and all count', () => {
    const world = given(mixed, sheet([p('m9')], proxies(['m10', 'm9'])))
    const { members } = held(world)
    expect(members.get(p('m1'))).toEqual({ method: 'onSite' })
    expect(members.get(p('m5'))).toEqual({ method: 'online' })
    expect(members.get(p('m10'))).toEqual({ method: 'proxy', holder: p('m9') })
    all(world, [closeVoting(), tally([8, 0, 0], ballots(6, 2)), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'passed', for: 8, base: 12 }])
  })

  test('law 5.4: who takes part online and drops no choice is no vote in favour', () => {
    const world = given(opened, sheet(membersTo(11)), take('m12'), closeVoting())
    all(world, [tally([7, 4, 0], ballots(11, 0)), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'failed', for: 7, base: 12 }])
  })
})

describe('what the policy may say of it (law 8.3)', () => {
  const with1 = (key: string, value: boolean | number) =>
    meetingWorld({ settings: [{ key, value }] })
  const ready = (world: LawWorld) => given(world, plan('member', [matter()]), prestudy())

  rows('law 5.9: proxies and taking part online', [
    [
      'where the policy has no taking part online',
      'onlineNotAllowed',
      ready(with1('member.online', false)),
      notice(inTenDays),
      [ready(with1('member.online', false)), notice(inTenDays, false)],
    ],
    [
      'where the policy has no proxies',
      'proxyTwice',
      openMembers(with1('member.proxy', 0)),
      sheet([p('m1')], proxies(['m2', 'm1'])),
      [opened, sheet([p('m1')], proxies(['m2', 'm1']))],
    ],
  ])

  test('a board is not asked how members may take part', () => {
    const world = given(with1('member.online', false), plan('board', [matter()]))
    expect(world.refusal(notice('2026-03-03T01:00:00.000Z'))).toBeUndefined()
  })

  test.each([
    ['law 5.2: studied by the party organisation', 'member.partyPrestudy', false, true],
    ['law 5.3: watched by a supervisor', 'member.supervisorWatch', false, true],
    ['law 5.7: secret ballots', 'member.secretBallot', false, true],
    ['law 7.9: one proxy each', 'member.proxy', 2, 1],
    ['law 5.4: two thirds take part', 'member.quorum', '3/5', '2/3'],
    ['law 5.4: two thirds of all in favour', 'member.majority', '3/5', '2/3'],
    ['law 5.2: ten days', 'member.noticeDays', 9, 10],
    ['law 5.2: fifteen days', 'member.consultDays', 14, 15],
    ['law 5.6: five days', 'member.resultDays', 6, 5],
  ] as const)('%s is a floor no policy goes below', (_what, key, loose, floor) => {
    const faults = (value: string | number | boolean) =>
      applySettings(presetValues, [{ key, value }]).faults.map(({ code }) => code)
    expect(faults(loose)).toEqual(['looserThanFloor'])
    expect(faults(floor)).toEqual([])
  })
})

describe('law 5.6: after the vote', () => {
  const major = founded.fork()
  issued(major, { amount: '60000.00' })
  const carried = openMembers(major, [aboutRequest])
  all(carried, [sheet(membersTo(12)), tally([12, 0, 0]), countersign()])

  test('closing says until when the result is posted and the decision signed', () => {
    // Thursday 12 March: five days, and two working days
    const [closed] = carried.fork().given(close())
    expect(closed?.body).toMatchObject({ postBy: '2026-03-17', signBy: '2026-03-16' })
  })

  test('the vote alone discharges nothing: only the signed decision does', () => {
    const world = given(carried, close())
    expect(placeOf(folded(world))).toBe('memberVote.carried')
    all(world, [post()])
    expect(placeOf(folded(world))).toBe('memberVote.carried')
    all(world, [sign('a1')])
    expect(placeOf(folded(world))).toBe('boardReview.open')
  })
})

describe('law 5.9, law 5.4: a roll of 2,400, on paper, by proxy and online', () => {
  const many = meetingWorld({ members: 2400 })
  issued(many, { amount: '60000.00' })
  openMembers(many, [aboutRequest])
  const everybody = membersTo(2400)
  // four to a household: of the first 800 half come with the proxy of another, the next 1,200 come, 200 vote online
  const holders = everybody.slice(0, 800).filter((_, i) => i % 2 === 0)
  const absent = everybody.slice(0, 800).filter((_, i) => i % 2 === 1)
  for (let i = 0; i < holders.length; i += 200) {
    const pairs = holders.slice(i, i + 200).map((holder, at) => ({
      holder,
      member: absent[i + at],
    }))
    many.given(
      sheet(holders.slice(i, i + 200), { proxies: { papers: digest('proxies'), held: pairs } }),
    )
  }
  for (let i = 800; i < 1400; i += 300) many.given(sheet(everybody.slice(i, i + 300)))
  for (const name of Array.from({ length: 200 }, (_, i) => `m${1401 + i}`)) many.given(take(name))
  many.given(closeVoting())

  test.each([
    // for, against, abstaining of the 1,600 who take part; two thirds of 2,400 are 1,600
    [1600, 0, 0, 'passed'],
    [1599, 1, 0, 'failed'],
    [1599, 0, 1, 'failed'],
  ] as const)('%i for, %i against, %i abstaining: %s', (inFavour, against, abstain, outcome) => {
    const world = many.fork()
    const counts = [inFavour, against, abstain] as const
    all(world, [tally(counts, ballots(1400, 200)), countersign()])
    expect(world.entries(village, meeting).at(-1)?.body).toMatchObject({ present: 1600 })
    all(world, [close()])
    expect(held(world).outcomes).toMatchObject([{ outcome, base: 2400 }])
  })

  test('one fewer is no quorum', () => {
    const world = meetingWorld({ members: 2400 })
    issued(world, { amount: '60000.00' })
    openMembers(world, [aboutRequest])
    for (let i = 0; i < 1599; i += 400)
      world.given(sheet(everybody.slice(i, Math.min(i + 400, 1599))))
    all(world, [tally([1599, 0, 0]), countersign(), close()])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', reason: 'noQuorum' }])
    expect(placeOf(folded(world))).toBe('memberVote.open')
  })
})

test('law 5.3: what the watching supervisor signs for is all there was', () => {
  const counted = given(over, tally([6, 0, 0], ballots(4, 2)))
  expect(counted.fork().refusal(countersign())).toBe('tallyUnsigned')
  const [signedFor] = countSigned(counted.fork(), countersign()).given(countersign())
  expect(signedFor?.body).toEqual({ given: {}, present: 6, items: ['a1'] })
  expect(counted.refusal(sit('council1'))).toBe('notThisKind')
})

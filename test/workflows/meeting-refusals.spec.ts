// Every "no" of a meeting, one row a rule. Beside each stands its control: the nearest act that is lawful and is recorded.
import { afterAll, describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Deciding, Fold, Past } from '../../src/domain/store.ts'
import { castBallot } from '../../workflows/meeting/v1/acts/vote.ts'
import { meetingFold } from '../../workflows/meeting/v1/fold.ts'
import { isRefused, sittingOf } from '../../workflows/meeting/v1/sitting.ts'
import { meetingWorkflow } from '../../workflows/meeting/v1/decide.ts'
import { meetingCommands } from '../../workflows/meeting/v1/events.ts'
import type { Request } from '../../workflows/request/v1/fold.ts'
import { ID, terms } from '../support/authority-cast.ts'
import { company, coop, g, h, o, p, type Seat, village, villageSeats } from '../support/law-cast.ts'
import { type Asking, calendar, digest, type LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  as,
  close,
  consult,
  countersign,
  countSigned,
  given,
  inFifteenDays,
  inTenDays,
  issued,
  matter,
  meeting,
  meeting2,
  meetingWorld,
  membersTo,
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
  signMinutes,
  sit,
  take,
  tally,
  tomorrow,
  vote,
} from '../support/meeting-cast.ts'
import { asked, evidenceOf, form, request } from '../support/request-cast.ts'
import { suspending } from '../support/request-acts.ts'

const founded = meetingWorld()
const roster = (type: string, input: object): Asking => ({
  ...act(type, 'officer', input),
  stream: 'roster',
})
const cast = (...changed: readonly Seat[]): readonly Seat[] =>
  villageSeats.map((seat) => changed.find(([office]) => office === seat[0]) ?? seat)

const medium = founded.fork()
issued(medium, { amount: '6000.00' })
const major = founded.fork()
issued(major, { amount: '60000.00' })

const planned = given(founded, plan('member', [matter()]))
const studied = given(planned, prestudy())
const reserved = given(founded, plan('member', [matter('a1', { power: 7 })]), prestudy())
const noticed = given(studied, notice(inTenDays))
const due = noticed.fork().clock(inTenDays)
const openOne = given(due, open())
const full = given(openOne, sheet(membersTo(12)))
const counted = countSigned(given(full, tally([8, 4, 0])), countersign())
const signedFor = given(counted, countersign())
const closed = given(signedFor, close())

const boardNoticed = given(medium, plan('board', [aboutRequest, matter('a2')]), notice(tomorrow))
const boardOpen = given(boardNoticed.fork().clock(tomorrow), openOrgan())
const boardMet = given(boardOpen, ...['dir1', 'dir2', 'dir3'].map(sit))
const minuted = given(boardMet, ...['dir2', 'dir3'].map((office) => signMinutes(office)))

const carried = openMembers(major.fork(), [aboutRequest, matter('a2')])
all(carried, [
  sheet(membersTo(12)),
  tally([12, 0, 0]),
  tally([12, 0, 0], { item: 'a2' }),
  countersign(),
  close(),
])

const reached = new Set<RefusalCode>()

interface Row {
  readonly what: string
  readonly code: RefusalCode
  readonly past: LawWorld
  readonly asking: Asking
  /** The nearest lawful act, over the same past unless another is named. */
  readonly control: Asking | readonly [LawWorld, Asking]
}
const row = (
  what: string,
  code: RefusalCode,
  [past, asking]: readonly [LawWorld, Asking],
  control: Row['control'],
): Row => ({ what, code, past, asking, control })

function check({ code, past, asking, control }: Row): void {
  expect(past.fork().refusal(asking)).toBe(code)
  reached.add(code)
  const [lawful, act2] = 'type' in control ? [past, control] : control
  expect(lawful.fork().refusal(act2)).toBeUndefined()
}
const rows = (title: string, table: readonly Row[]): void => {
  describe(title, () => {
    test.each(table.map((one) => [one.code, one.what, one] as const))(
      '%s: %s',
      (_code, _what, one) => check(one),
    )
  })
}

const delegatesOf = (members: number, allowed = true) =>
  meetingWorld({
    members,
    delegateEvery: 4,
    settings: [{ key: 'member.delegatesAllowed', value: allowed }],
  })
const twentyOne = delegatesOf(84)
const delegatesDue = given(
  twentyOne,
  plan('delegate', [matter()]),
  prestudy(),
  notice(inTenDays),
).clock(inTenDays)
const household = (n: number, more: object = {}) =>
  roster('household.record', {
    households: [
      {
        household: h(`${n}`),
        members: [0, 1, 2, 3].map((j) => ({
          person: p(`m${n * 4 - 3 + j}`),
          capacity: 'full',
          ...(j === 0 ? more : {}),
        })),
      },
    ],
  })

const drawnUp = founded.fork()
drawnUp.given(asked('request.submit', 'clerk', form({ amount: '6000.00' })))
const planAt = (organisation: string, kind = 'board') =>
  act('meeting.plan', 'clerk', { kind, organisation, title: '会议', agenda: [matter()] })
const delegatesOn = (about: string): LawWorld => {
  const world = twentyOne.fork()
  issued(world, { amount: '60000.00', matter: about, evidence: investmentPapers })
  return world
}
const investmentPapers = evidenceOf('purposeNote', 'relationDeclaration', 'plan', 'riskNote')

const suspended = (world: LawWorld) => given(world, ...suspending)

rows('planning', [
  row(
    'a meeting number of another form',
    'notFound',
    [founded, { ...plan('board', [matter()]), stream: 'meeting/one' }],
    plan('board', [matter()]),
  ),
  row(
    'a number in use',
    'alreadyExists',
    [planned, plan('board', [matter()])],
    on(meeting2, plan('board', [matter()])),
  ),
  row('an unknown organisation', 'notFound', [founded, planAt(g('none'))], planAt(company)),
  row('a board of the cooperative', 'meetingMisplaced', [founded, planAt(coop)], planAt(company)),
  row(
    'members of a company',
    'meetingMisplaced',
    [founded, planAt(company, 'member')],
    planAt(coop, 'member'),
  ),
  row(
    'law 1.5: a board without seats',
    'organMissing',
    [
      meetingWorld({ seats: villageSeats.filter(([, kind]) => kind !== 'director') }),
      planAt(company),
    ],
    planAt(coop, 'council'),
  ),
  ...['distribution', 'equity'].map((about) =>
    row(
      `delegates on a request of the members' own: ${about}`,
      'notForDelegates',
      [delegatesOn(about), plan('delegate', [aboutRequest])],
      plan('member', [aboutRequest]),
    ),
  ),
  row(
    'the same with an investment, which delegates may decide (L1 Art 26 (11), 28)',
    'notForDelegates',
    [delegatesOn('distribution'), plan('delegate', [aboutRequest])],
    [delegatesOn('investment'), plan('delegate', [aboutRequest])],
  ),
  row(
    'law 5.1: delegates where the policy has none',
    'delegatesNotAllowed',
    [delegatesOf(84, false), plan('delegate', [matter()])],
    [twentyOne, plan('delegate', [matter()])],
  ),
  row(
    'law 5.1: twenty delegates',
    'tooFewDelegates',
    [delegatesOf(80), plan('delegate', [matter()])],
    [twentyOne, plan('delegate', [matter()])],
  ),
  ...[1, 3, 8, 10, 12].map((power) =>
    row(
      `law 5.1: delegates on Art 26 (${power})`,
      'notForDelegates',
      [twentyOne, plan('delegate', [matter('a1', { power })])],
      plan('delegate', [matter('a1', { power: power === 12 ? 13 : power + 1 })]),
    ),
  ),
  row(
    'a request that was never submitted',
    'notFound',
    [medium, plan('board', [{ ...aboutRequest, request: '2026-000009' }])],
    plan('board', [aboutRequest]),
  ),
  row(
    'a request not yet issued',
    'requestNotWaiting',
    [drawnUp, plan('board', [aboutRequest])],
    [medium, plan('board', [aboutRequest])],
  ),
  row(
    'a request of another round',
    'requestNotWaiting',
    [medium, plan('board', [{ ...aboutRequest, round: 2 }])],
    plan('board', [aboutRequest]),
  ),
  row(
    'a request that waits for the members first',
    'requestNotWaiting',
    [major, plan('board', [aboutRequest])],
    plan('member', [aboutRequest]),
  ),
  row(
    'a request before supervisors',
    'requestNotWaiting',
    [medium, plan('supervisors', [aboutRequest])],
    plan('board', [aboutRequest]),
  ),
  row(
    'a suspended request',
    'suspended',
    [suspended(medium), plan('board', [aboutRequest])],
    [medium, plan('board', [aboutRequest])],
  ),
])

const wasDays = meetingWorld({ settings: [{ key: 'member.noticeDays', value: 20 }] })
const noDays = meetingWorld({ settings: [{ key: 'board.noticeDays', value: 0 }] })
const strict = given(wasDays, plan('member', [matter()]), prestudy())
const board0 = given(noDays, plan('board', [matter()]))
const board1 = given(founded, plan('board', [matter()]))

rows('before the meeting', [
  row(
    'law 5.2: noticed before the party organisation studied it',
    'prestudyMissing',
    [planned, notice(inTenDays)],
    [studied, notice(inTenDays)],
  ),
  row(
    'a reserved matter not posted',
    'consultationMissing',
    [reserved, notice(inFifteenDays)],
    [given(reserved, consult('a1')), notice(inFifteenDays)],
  ),
  row(
    'law 5.2: posted fourteen days before',
    'consultationTooShort',
    [given(reserved, consult('a1')), notice('2026-03-16T15:59:59.999Z')],
    notice('2026-03-16T16:00:00.000Z'),
  ),
  row(
    'law 5.2: noticed nine days before (Mar 11, 23:59 in Shanghai)',
    'noticeTooShort',
    [studied, notice('2026-03-11T15:59:59.999Z')],
    notice('2026-03-11T16:00:00.000Z'),
  ),
  row(
    'nineteen days where the policy asks for twenty',
    'noticeTooShort',
    [strict, notice('2026-03-21T15:59:59.999Z')],
    notice('2026-03-21T16:00:00.000Z'),
  ),
  row(
    'a board on the same day',
    'noticeTooShort',
    [board1, notice('2026-03-02T15:59:59.999Z')],
    notice('2026-03-02T16:00:00.000Z'),
  ),
  row(
    'a time that has passed',
    'noticeTooShort',
    [board0, notice('2026-03-02T00:59:59.999Z')],
    notice('2026-03-02T15:00:00.000Z'),
  ),
  row(
    'comment on an item that is not on the agenda',
    'notFound',
    [studied, consult('a2')],
    consult('a1'),
  ),
  row(
    'a board studied by the party organisation',
    'notThisKind',
    [board1, prestudy()],
    [planned, prestudy()],
  ),
  row(
    'a board’s agenda posted for comment',
    'notThisKind',
    [board1, consult('a1')],
    [planned, consult('a1')],
  ),
])

const busy = meetingWorld({ seats: cast(['clerk', 'reportingClerk', company, 'watch1']) })
const busyDue = all(
  busy.fork(),
  [plan('member', [matter()]), prestudy(), notice(inTenDays)].map((asking) => ({
    ...asking,
    by: { ...asking.by, person: asking.type === 'prestudy.record' ? p('party') : p('watch1') },
  })),
).clock(inTenDays)
const noWatch = given(due, roster('office.vacate', { office: o('watch1'), reason: '辞任' }))
const fewer = given(delegatesDue, household(1))

const issuerWatches = meetingWorld({
  seats: cast(['watch1', 'coopSupervisor', coop, 'witness', 'chair']),
})
issued(issuerWatches, { amount: '60000.00' })
const aboutIt = given(issuerWatches, plan('member', [aboutRequest]), prestudy(), notice(inTenDays))
const moved = given(founded, plan('member', [matter('a1', { movers: [p('watch1')] })]), prestudy())
const lapsed = '2026-04-11T16:00:00.000Z'

rows('opening', [
  row(
    'who witnessed the request watches',
    'watcherPartial',
    [aboutIt.fork().clock(inTenDays), open()],
    open('watch2'),
  ),
  row(
    'who moved an item watches',
    'watcherPartial',
    [given(moved, notice(inTenDays)).clock(inTenDays), open()],
    open('watch2'),
  ),
  row(
    'law 5.2: the day after the noticed day',
    'noticeLapsed',
    [noticed.fork().clock('2026-03-12T16:00:00.000Z'), open()],
    [noticed.fork().clock('2026-03-12T15:59:59.000Z'), open()],
  ),
  row(
    'law 5.2: a board, the day after the noticed day',
    'noticeLapsed',
    [boardNoticed.fork().clock('2026-03-03T16:00:00.000Z'), openOrgan()],
    [boardNoticed.fork().clock('2026-03-03T15:59:59.000Z'), openOrgan()],
  ),
  row(
    'noticed again while the notice stands',
    'notOpen',
    [due, notice('2026-04-25T01:00:00.000Z')],
    [noticed.fork().clock(lapsed), notice('2026-04-25T01:00:00.000Z')],
  ),
  row(
    'noticed again at shorter notice than the first',
    'noticeTooShort',
    [noticed.fork().clock(lapsed), notice('2026-04-15T01:00:00.000Z')],
    notice('2026-04-22T01:00:00.000Z'),
  ),
  row(
    'before the noticed time',
    'openedEarly',
    [noticed.fork().clock('2026-03-12T00:59:59.999Z'), open()],
    [due, open()],
  ),
  row('law 5.3: nobody watches', 'watcherMissing', [due, openOrgan()], open()),
  row('the watching office is vacant', 'watcherMissing', [noWatch, open('watch1')], open('watch2')),
  row('a councillor watches', 'watcherMissing', [due, open('council2')], open()),
  row(
    'who arranged it watches',
    'watcherMissing',
    [busyDue, act('meeting.open', 'council1', { watcher: o('watch1') })],
    act('meeting.open', 'council1', { watcher: o('watch2') }),
  ),
  row(
    'who opens it watches',
    'watcherMissing',
    [
      given(
        due,
        roster('office.vacate', { office: o('council1'), reason: '辞任' }),
        roster('office.vacate', { office: o('watch2'), reason: '辞任' }),
        roster('office.vacate', { office: o('legal'), reason: '辞任' }),
        roster('office.appoint', { office: o('watch2'), person: p('head'), from: '2026-03-12' }),
      ),
      act('meeting.open', 'chead', { watcher: o('watch2') }),
    ],
    act('meeting.open', 'chead', { watcher: o('watch1') }),
  ),
  row(
    'a delegate has left since the plan',
    'tooFewDelegates',
    [fewer, open()],
    [delegatesDue, open()],
  ),
  row(
    'a board with a watcher',
    'notThisKind',
    [boardNoticed.fork().clock(tomorrow), open()],
    openOrgan(),
  ),
])

const withLimited = (fullFrom: string) =>
  given(
    founded,
    roster('household.record', {
      households: [
        { household: h('9'), members: [{ person: p('young'), capacity: 'limited', fullFrom }] },
      ],
    }),
  )
const young = (fullFrom: string) => openMembers(withLimited(fullFrom))
const onSiteOnly = given(given(studied, notice(inTenDays, false)).clock(inTenDays), open())
const couple = sheet([p('m1')], proxies(['m2', 'm1']))
const delegatesOpen = given(delegatesDue, open())
const newSeat = given(
  boardOpen,
  roster('office.open', { office: o('dir9'), kind: 'director', organisation: company }),
  roster('office.appoint', { office: o('dir9'), person: p('dir9'), from: '2026-03-03' }),
)
const dir9 = { ...sit('dir1'), by: { ...as('dir1'), office: o('dir9'), person: p('dir9') } }

rows('attendance', [
  row(
    'added to fit a count',
    'attendanceClosed',
    [given(openOne, sheet(membersTo(8)), tally([8, 0, 0])), sheet([p('m9')])],
    [given(openOne, sheet(membersTo(8))), sheet([p('m9')])],
  ),
  row(
    'law 1.8: a roster changed so often since it opened that nobody can say who was on the roll',
    'rollChanged',
    [given(openOne, ...Array.from({ length: 41 }, () => household(9))), sheet([p('m1')])],
    [given(openOne, household(9)), sheet([p('m1')])],
  ),
  row(
    'law 1.7: a member added since it opened',
    'notOnRoll',
    [given(openOne, household(9)), sheet([p('guest')])],
    sheet([p('m1')]),
  ),
  row('a stranger', 'notOnRoll', [openOne, sheet([p('m1'), p('guest')])], sheet([p('m1')])),
  row(
    'law 1.7: of age the day after',
    'notOnRoll',
    [young('2026-03-13'), sheet([p('young')])],
    [young('2026-03-12'), sheet([p('young')])],
  ),
  row(
    'signed in before',
    'alreadyPresent',
    [given(openOne, sheet(membersTo(3))), sheet([p('m3')])],
    sheet([p('m4')]),
  ),
  row(
    'twice on one sheet',
    'alreadyPresent',
    [openOne, sheet([p('m1'), p('m1')])],
    sheet([p('m1'), p('m2')]),
  ),
  row(
    'there and represented',
    'alreadyPresent',
    [openOne, sheet([p('m1'), p('m2')], proxies(['m2', 'm1']))],
    couple,
  ),
  row(
    'online where the notice offers none',
    'notOnline',
    [onSiteOnly, take('m1')],
    [openOne, take('m1')],
  ),
  row(
    'law 7.9: a proxy for another household',
    'proxyNotHousehold',
    [openOne, sheet([p('m1')], proxies(['m5', 'm1']))],
    couple,
  ),
  row(
    'a proxy holder who is absent',
    'proxyHolderAbsent',
    [openOne, sheet([p('m5')], proxies(['m2', 'm1']))],
    couple,
  ),
  row(
    'a proxy held by proxy',
    'proxyHolderAbsent',
    [given(openOne, couple), sheet([], proxies(['m3', 'm2']))],
    sheet([p('m4')], proxies(['m3', 'm4'])),
  ),
  row(
    'law 5.9: a second proxy for one holder',
    'proxyTwice',
    [given(openOne, couple), sheet([], proxies(['m3', 'm1']))],
    sheet([p('m4')], proxies(['m3', 'm4'])),
  ),
  row(
    'two proxies for one holder on one sheet',
    'proxyTwice',
    [openOne, sheet([p('m1')], proxies(['m2', 'm1'], ['m3', 'm1']))],
    couple,
  ),
  row(
    'a proxy of somebody who is no member',
    'notOnRoll',
    [openOne, sheet([p('m1')], proxies(['guest', 'm1']))],
    couple,
  ),
  row(
    'a delegate’s proxy',
    'notThisKind',
    [delegatesOpen, sheet([p('m1')], proxies(['m5', 'm1']))],
    sheet([p('m1')]),
  ),
  row('members by seat', 'notThisKind', [openOne, sit('council1')], sheet([p('m1')])),
  row('a board by sheet', 'notThisKind', [boardOpen, sheet([p('dir1')])], sit('dir1')),
  row(
    'a director twice',
    'alreadyPresent',
    [given(boardOpen, sit('dir1')), sit('dir1')],
    sit('dir2'),
  ),
  row('a seat made after it opened', 'notYourSeat', [newSeat, dir9], sit('dir1')),
  row('an office of another organ', 'notYourSeat', [boardOpen, sit('sup1')], sit('dir1')),
  row(
    'a former director',
    'officeNotHeld',
    [given(boardOpen, roster('office.vacate', { office: o('dir1'), reason: '辞任' })), sit('dir1')],
    sit('dir2'),
  ),
  row(
    'a board online where the notice offers none',
    'notOnline',
    [
      given(given(board1, notice(tomorrow, false)).clock(tomorrow), openOrgan()),
      act('attendance.record', 'dir1', { as: 'seat', method: 'online' }),
    ],
    sit('dir1'),
  ),
  row(
    'after the countersignature',
    'notOpen',
    [signedFor, sheet([p('m1')])],
    [openOne, sheet([p('m1')])],
  ),
])

const handledBy = (person: string, change: object = {}) => {
  const world = founded.fork()
  issued(world, { amount: '6000.00', handler: p(person), ...change })
  return given(openSeats(world, 'board', [aboutRequest]), ...['dir1', 'dir2', 'dir3'].map(sit))
}
const headSits = (() => {
  const world = meetingWorld({ seats: cast(['dir2', 'director', company, 'head']) })
  issued(world, { amount: '6000.00' })
  openSeats(world, 'board', [aboutRequest, matter('a2')])
  return given(world, sit('dir1'), { ...sit('dir2'), by: as('dir2', p('head')) })
})()
const votesAs = (asking: Asking, person: string): Asking => ({
  ...asking,
  by: { ...asking.by, person: p(person) },
})
/** Sent back between notice and opening: the meeting does not take it up. */
const sentBack = given(
  boardNoticed,
  asked('request.return', 'dir1', { reason: '补充报价', fields: [] }),
)
const returned = given(
  sentBack.fork().clock(tomorrow),
  openOrgan(),
  ...['dir1', 'dir2', 'dir3'].map(sit),
)

/** The same company with a fourth director, seated after the review of the request had opened. */
const packed = given(
  medium,
  roster('office.open', { office: o('x1'), kind: 'director', organisation: company }),
  roster('office.appoint', { office: o('x1'), person: p('x1'), from: '2026-03-02' }),
)
openSeats(packed, 'board', [aboutRequest, matter('a2')])
const sitsAs = (name: string): Asking => ({
  ...sit('dir1'),
  by: { ...as('dir1'), office: o(name), person: p(name) },
})
const ballot = (item = 'a1') => {
  const { type, input } = vote('dir1', 'for', item)
  return { type, input }
}
const related = (world: LawWorld, name: string): LawWorld => {
  const copy = world.fork()
  relate(copy, p(name))
  return copy
}
const authorityPut = (payee: string): LawWorld => {
  const authority = { id: ID, ...terms, payees: [payee] }
  const world = openSeats(founded.fork(), 'board', [matter('a1', { authority })])
  return all(world, ['dir1', 'dir2', 'dir3'].map(sit))
}

rows('votes of seats', [
  row('without having come', 'notPresent', [boardOpen, vote('dir1')], [boardMet, vote('dir1')]),
  row(
    'twice on one item',
    'alreadyVoted',
    [given(boardMet, vote('dir1')), vote('dir1', 'against')],
    vote('dir1', 'for', 'a2'),
  ),
  row(
    'after recusing',
    'recused',
    [given(boardMet, recuse('dir1', 'other')), vote('dir1')],
    vote('dir1', 'for', 'a2'),
  ),
  row(
    'recused twice',
    'recused',
    [given(boardMet, recuse('dir1')), recuse('dir1')],
    recuse('dir2'),
  ),
  row(
    'recused after the vote',
    'alreadyVoted',
    [given(boardMet, vote('dir1')), recuse('dir1')],
    recuse('dir1', 'related', 'a2'),
  ),
  row(
    'a director made after the review of the request opened, before the meeting did',
    'notYourSeat',
    [given(packed, sitsAs('x1')), { ...sitsAs('x1'), ...ballot() }],
    { ...sitsAs('x1'), ...ballot('a2') },
  ),
  row(
    'a director whose tie to the payee is found at the meeting',
    'mustRecuse',
    [related(boardMet, 'dir3'), vote('dir3')],
    [boardMet, vote('dir3')],
  ),
  row(
    'a near relative of who controls the payee',
    'mustRecuse',
    [
      given(
        related(boardMet, 'stranger'),
        roster('relatives.declare', {
          pairs: [{ a: p('stranger'), b: p('dir2'), relation: 'sibling' }],
        }),
      ),
      vote('dir2'),
    ],
    [related(boardMet, 'stranger'), vote('dir2')],
  ),
  ...['account:6246270519836198971', `person:${p('dir3')}`].map((payee) =>
    row(
      `a director tied to the payee of an authority, ${payee}`,
      'mustRecuse',
      [related(authorityPut(payee), 'dir3'), vote('dir3')],
      vote('dir1'),
    ),
  ),
  row('law 7.2: the handler votes', 'mustRecuse', [handledBy('dir2'), vote('dir2')], vote('dir1')),
  row(
    'the company head votes on what they issued',
    'mustRecuse',
    [headSits, votesAs(vote('dir2'), 'head')],
    votesAs(vote('dir2', 'for', 'a2'), 'head'),
  ),
  row(
    'on a request that was returned meanwhile',
    'requestNotWaiting',
    [returned, vote('dir1')],
    vote('dir1', 'for', 'a2'),
  ),
  row(
    'on a suspended request',
    'suspended',
    [
      given(
        suspended(boardNoticed).clock(tomorrow),
        openOrgan(),
        ...['dir1', 'dir2', 'dir3'].map(sit),
      ),
      vote('dir1'),
    ],
    vote('dir1', 'for', 'a2'),
  ),
  row(
    'on an item that is not on the agenda',
    'notFound',
    [boardMet, vote('dir1', 'for', 'a9')],
    vote('dir1'),
  ),
  row(
    'recused from an item that is not on the agenda',
    'notFound',
    [boardMet, recuse('dir1', 'other', 'a9')],
    recuse('dir1'),
  ),
  row(
    'a seat made after it opened',
    'notYourSeat',
    [newSeat, { ...dir9, type: 'ballot.cast', input: vote('dir1').input }],
    [boardMet, vote('dir1')],
  ),
  row(
    'a supervisor recuses before it opens',
    'officeNotHeld',
    [boardNoticed, recuse('sup1')],
    recuse('dir1'),
  ),
  row('a ballot of members', 'ballotsSecret', [full, vote('council1')], tally([8, 4, 0])),
  row('members recuse', 'notThisKind', [openOne, recuse('council1')], [boardMet, recuse('dir1')]),
])

const tellers = (one: string, other: string) => ({ tellers: [p(one), p(other)] })
const withTellers = meetingWorld({
  seats: [
    ...cast(['handler', 'handler', company, 'teller1']),
    ['teller3', 'teller', coop, 'teller3'],
    ['teller4', 'teller', coop, 'watch1'],
  ],
})
issued(withTellers, { amount: '60000.00', handler: p('teller1') })
const named = { movers: [p('teller1')], candidates: [p('teller2')] }
const partial = openMembers(withTellers.fork(), [
  aboutRequest,
  matter('a2', { movers: named.movers }),
  matter('a3', { candidates: named.candidates }),
  matter('a4'),
])
all(partial, [sheet(membersTo(12))])

rows('the count', [
  row(
    'one teller twice',
    'tellerUnfit',
    [full, tally([8, 4, 0], tellers('teller1', 'teller1'))],
    tally([8, 4, 0]),
  ),
  row(
    'a teller who is none',
    'tellerUnfit',
    [full, tally([8, 4, 0], tellers('teller1', 'm1'))],
    tally([8, 4, 0]),
  ),
  row(
    'a teller who has left office',
    'tellerUnfit',
    [
      given(full, roster('office.vacate', { office: o('teller2'), reason: '辞任' })),
      tally([8, 4, 0]),
    ],
    [full, tally([8, 4, 0])],
  ),
  row('the handler of the request counts', 'tellerPartial', [partial, tally([8, 4, 0])], {
    ...tally([8, 4, 0], tellers('teller2', 'teller3')),
    by: as('teller2'),
  }),
  row('law 7.7: the mover counts', 'tellerPartial', [partial, tally([8, 4, 0], { item: 'a2' })], {
    ...tally([8, 4, 0], { item: 'a2', ...tellers('teller2', 'teller3') }),
    by: as('teller2'),
  }),
  row(
    'law 7.7: a candidate counts',
    'tellerPartial',
    [partial, tally([8, 4, 0], { item: 'a3' })],
    tally([8, 4, 0], { item: 'a3', ...tellers('teller1', 'teller3') }),
  ),
  row(
    'the watching supervisor counts',
    'tellerPartial',
    [partial, tally([8, 4, 0], { item: 'a4', ...tellers('teller3', 'watch1') })],
    tally([8, 4, 0], { item: 'a4' }),
  ),
  row('thirteen votes of twelve', 'tallyOverPresent', [full, tally([8, 4, 1])], tally([8, 4, 0])),
  row(
    'one vote more than have come',
    'tallyOverPresent',
    [given(openOne, couple), tally([3, 0, 0])],
    tally([2, 0, 0]),
  ),
  row(
    'an item that is not on the agenda',
    'notFound',
    [full, tally([8, 4, 0], { item: 'a9' })],
    tally([8, 4, 0]),
  ),
  row(
    'countersigned by a supervisor who did not watch',
    'notYourSeat',
    [counted, act('tally.countersign', 'watch2')],
    countersign(),
  ),
  row(
    'countersigned by one who has left office',
    'officeNotHeld',
    [
      given(counted, roster('office.vacate', { office: o('watch1'), reason: '辞任' })),
      countersign(),
    ],
    [counted, countersign()],
  ),
  row('a count of a board', 'notThisKind', [boardMet, tally([2, 0, 0])], [full, tally([8, 4, 0])]),
  row('a board countersigned', 'notThisKind', [minuted, countersign()], close('dir1')),
  row(
    'a count after the countersignature',
    'notOpen',
    [signedFor, tally([8, 4, 0])],
    [counted, tally([8, 4, 0], { reason: '漏计一张' })],
  ),
])

const countedRequest = openMembers(major.fork(), [aboutRequest])
all(countedRequest, [sheet(membersTo(12)), tally([12, 0, 0])])
countSigned(countedRequest, countersign())
const succeeded = (name: string) =>
  given(
    countedRequest,
    roster('office.vacate', { office: o('watch1'), reason: '辞任' }),
    roster('office.appoint', { office: o('watch1'), person: p(name), from: '2026-03-12' }),
  )

const awayAgain = given(
  carried,
  asked('request.return', 'chead', { reason: '合同有误', fields: [] }),
)
const failed = openMembers(major.fork(), [aboutRequest])
all(failed, [sheet(membersTo(12)), tally([7, 5, 0]), countersign(), close()])

const signerIssued = openMembers(
  (() => {
    const world = meetingWorld({ seats: cast(['legal', 'legalRepresentative', coop, 'head']) })
    issued(world, { amount: '60000.00' })
    return world
  })(),
  [aboutRequest],
)
all(signerIssued, [sheet(membersTo(12)), tally([12, 0, 0]), countersign(), close()])

rows('closing and after', [
  row(
    'countersigned by a successor who witnessed the request',
    'watcherPartial',
    [succeeded('witness'), { ...countersign(), by: as('watch1', p('witness')) }],
    [succeeded('guest'), { ...countersign(), by: as('watch1', p('guest')) }],
  ),
  row(
    'law 5.3, law 5.9: closed before the supervisor countersigned',
    'countersignMissing',
    [counted, close()],
    [signedFor, close()],
  ),
  row('closed twice', 'notOpen', [closed, close()], [signedFor, close()]),
  row(
    'a shareholder decision on what the signer issued as head of the company',
    'ownHandling',
    [signerIssued, { ...sign('a1'), by: as('legal', p('head')) }],
    [carried, sign('a1')],
  ),
  row(
    'law 5.6: a shareholder decision on what failed',
    'itemNotPassed',
    [failed, sign('a1')],
    [carried, sign('a1')],
  ),
  row(
    'a shareholder decision on what is no request',
    'itemNotPassed',
    [carried, sign('a2')],
    sign('a1'),
  ),
  row(
    'a shareholder decision twice',
    'alreadySigned',
    [given(carried, sign('a1')), sign('a1')],
    [carried, sign('a1')],
  ),
  row(
    'after the request was returned',
    'requestNotWaiting',
    [awayAgain, sign('a1')],
    [carried, sign('a1')],
  ),
  row(
    'while it is suspended',
    'suspended',
    [suspended(carried), sign('a1')],
    [carried, sign('a1')],
  ),
  row('of an item that is not on the agenda', 'notFound', [carried, sign('a9')], sign('a1')),
  row('before the meeting is closed', 'notOpen', [signedFor, sign('a1')], [carried, sign('a1')]),
  row(
    'of a board',
    'notThisKind',
    [given(boardMet, close('dir1')), sign('a1')],
    [carried, sign('a1')],
  ),
  row(
    'a board’s result posted',
    'notThisKind',
    [given(boardMet, close('dir1')), post()],
    [closed, post()],
  ),
  row('the result posted twice', 'notOpen', [given(closed, post()), post()], [closed, post()]),
  row(
    'adjourned after closing',
    'notOpen',
    [closed, act('meeting.adjourn', 'council1', { reason: '停电' })],
    [full, act('meeting.adjourn', 'council1', { reason: '停电' })],
  ),
  row(
    'called off after opening',
    'notOpen',
    [openOne, act('meeting.cancel', 'clerk', { reason: '改期' })],
    [noticed, act('meeting.cancel', 'clerk', { reason: '改期' })],
  ),
])

const by = (office: string, asking: Asking): Asking => ({ ...asking, by: as(office) })
const adjourn = act('meeting.adjourn', 'clerk', { reason: '停电' })
const cancel = act('meeting.cancel', 'clerk', { reason: '改期' })

describe('officeNotHeld: each act by an office that may not', () => {
  test.each<[string, LawWorld, Asking, readonly string[], readonly string[]]>([
    [
      'plan a board',
      founded,
      plan('board', [matter()]),
      ['cashier', 'dir2', 'council1', 'legal', 'head'],
      ['clerk', 'chead', 'dir1'],
    ],
    [
      'plan a member meeting',
      founded,
      plan('member', [matter()]),
      ['cashier', 'council2', 'dir1', 'officer', 'party'],
      ['clerk', 'chead', 'council1', 'legal'],
    ],
    [
      'plan a supervisors’ meeting',
      founded,
      plan('supervisors', [matter()]),
      ['chead', 'dir1', 'sup2'],
      ['clerk', 'sup1'],
    ],
    ['record the study', planned, prestudy(), ['clerk', 'council1', 'secretary'], ['party']],
    ['post for comment', studied, consult('a1'), ['party', 'watch1'], ['clerk', 'council1']],
    ['give notice', studied, notice(inTenDays), ['party', 'cashier'], ['clerk', 'legal']],
    ['call off', noticed, cancel, ['party', 'watch1'], ['clerk', 'council1']],
    ['open', due, open(), ['party', 'watch2'], ['clerk', 'council1']],
    [
      'keep the sheet',
      openOne,
      sheet([p('m1')]),
      ['party', 'watch1', 'teller1'],
      ['clerk', 'council1'],
    ],
    ['adjourn', openOne, adjourn, ['party', 'council2'], ['clerk', 'council1']],
    [
      'record the count',
      full,
      tally([8, 4, 0]),
      ['party', 'watch1', 'council2'],
      ['teller1', 'teller2', 'clerk', 'council1'],
    ],
    [
      'close for the members',
      signedFor,
      close(),
      ['clerk', 'legal', 'watch2'],
      ['council1', 'council2', 'watch1'],
    ],
    [
      'close for a board',
      given(minuted, signMinutes('dir1')),
      close('dir1'),
      ['clerk', 'chead', 'council1'],
      ['dir1', 'dir2', 'dir3'],
    ],
    ['sign for the shareholder', carried, sign('a1'), ['council1', 'clerk', 'chead'], ['legal']],
    ['post the result', closed, post(), ['party', 'watch1'], ['clerk', 'council1']],
  ])('%s', (_what, past, asking, not, may) => {
    for (const office of not)
      expect(past.fork().refusal(by(office, asking)), office).toBe('officeNotHeld')
    for (const office of may)
      expect(past.fork().refusal(by(office, asking)), office).toBeUndefined()
  })

  test('nor by somebody who says they hold it', () => {
    expect(
      founded.fork().refusal({ ...plan('board', [matter()]), by: as('clerk', p('guest')) }),
    ).toBe('officeNotHeld')
  })

  test('law 5.14: a vacant chair closes nothing, another who was there does once the others have signed', () => {
    const vacant = given(boardMet, roster('office.vacate', { office: o('dir1'), reason: '辞任' }))
    for (const office of ['dir1', 'chead']) {
      expect(vacant.fork().refusal(by(office, close('dir1'))), office).toBe('officeNotHeld')
    }
    expect(vacant.refusal(close('dir2'))).toBe('minutesUnsigned')
    expect(given(vacant, signMinutes('dir3')).refusal(close('dir2'))).toBeUndefined()
  })
})

describe('before there is a meeting, a policy or an open ledger', () => {
  test('every act but the plan needs its meeting', () => {
    for (const asking of [
      prestudy(),
      consult('a1'),
      notice(inTenDays),
      open(),
      sheet([p('m1')]),
      recuse('dir1'),
      vote('dir1'),
      tally([1, 0, 0]),
      countersign(),
      close(),
      sign('a1'),
      post(),
      adjourn,
      cancel,
    ]) {
      expect(founded.fork().refusal(asking), asking.type).toBe('notFound')
    }
  })

  test('a stream of another kind holds no meeting', () => {
    const asking = { ...plan('board', [matter()]), stream: request }
    const id = planned.entries(village, meeting)[0]?.command
    if (id === undefined) throw new Error('nothing was planned')
    const untold = new Proxy({} as Deciding, {
      get: () => {
        throw new Error('not asked for')
      },
    })
    const outcome = meetingWorkflow.decide({ ...asking, id }, untold)
    expect(outcome).toEqual({ refused: { code: 'notFound', params: { what: request } } })
    expect(() => meetingWorkflow.decide({ ...asking, id, stream: meeting }, untold)).toThrow(
      /not asked/,
    )
  })

  test('no bar is set without a policy', () => {
    const bare = meetingWorld({ enact: false })
    expect(bare.refusal(plan('board', [matter()]))).toBe('policyMissing')
    reached.add('policyMissing')
  })

  test('a sealed ledger takes nothing', () => {
    const seal: Asking = {
      ledger: village,
      stream: 'ledger',
      type: 'ledger.seal',
      by: as('head'),
      input: { successor: `${village}/e2`, reason: '并村' },
    }
    const sealed = given(openOne, seal)
    for (const asking of [on(meeting2, plan('board', [matter()])), sheet([p('m1')]), close()]) {
      expect(sealed.fork().refusal(asking), asking.type).toBe('ledgerSealed')
    }
  })
})

describe('decidesTwice', () => {
  // out of reach on the ordinary way, where the board comes first; an emergency lets it decide after the others
  const ask = vote('dir1')
  function decideWith(deciders: Request['deciders']) {
    const command = meetingCommands.parse({ type: ask.type, input: ask.input })
    if (command.type !== 'ballot.cast') throw new Error('not a ballot')
    const whole = {
      ...ask,
      ...command,
      id: boardMet.entries(village, meeting)[0]?.command ?? fail(),
    }
    const past: Past = {
      ledger: village,
      stream<S>(fold: Fold<S>, id: Parameters<Past['stream']>[1]) {
        const state = boardMet.state(fold, village, id)
        return { revision: 0, state: id === request ? ({ ...state, deciders } as S) : state }
      },
      relied: () => fail(),
    }
    const deciding: Deciding = { at: boardMet.now, calendar, past, facts: {}, digest }
    const sitting = sittingOf(whole, deciding)
    return isRefused(sitting) ? sitting : castBallot(whole, sitting)
  }
  const fail = (): never => {
    throw new Error('not asked for')
  }

  test('law 7.3: who signed as supervisor does not vote as director', () => {
    expect(decideWith([{ must: 'supervisorySignOff', person: p('dir1') }])).toMatchObject({
      refused: { code: 'decidesTwice' },
    })
    expect(decideWith([{ must: 'supervisorySignOff', person: p('dir2') }])).toHaveProperty('events')
    expect(decideWith([{ must: 'boardReview', person: p('dir1') }])).toHaveProperty('events')
  })
})

describe('precedence: ledger, existence, kind, state, office, separation, content', () => {
  test.each<[string, LawWorld, Asking, RefusalCode]>([
    ['existence before office', founded, by('cashier', prestudy()), 'notFound'],
    ['existing number before a missing organisation', planned, planAt(g('none')), 'alreadyExists'],
    ['organisation before office', founded, by('cashier', planAt(coop)), 'meetingMisplaced'],
    [
      'office before the agenda',
      major,
      by('cashier', plan('board', [aboutRequest])),
      'officeNotHeld',
    ],
    ['kind before state', board1, tally([1, 0, 0]), 'notThisKind'],
    ['state before office', planned, by('cashier', open()), 'notOpen'],
    [
      'the study before office',
      planned,
      by('cashier', notice('2026-03-03T01:00:00.000Z')),
      'prestudyMissing',
    ],
    [
      'office before the days',
      studied,
      by('cashier', notice('2026-03-03T01:00:00.000Z')),
      'officeNotHeld',
    ],
    ['notice before comment', reserved, notice('2026-03-03T01:00:00.000Z'), 'noticeTooShort'],
    ['time before the watcher', noticed, openOrgan(), 'openedEarly'],
    [
      'office before the countersignature’s seat',
      counted,
      { ...countersign(), by: as('watch1', p('guest')) },
      'officeNotHeld',
    ],
    ['countersignature before office', counted, by('cashier', close()), 'countersignMissing'],
    [
      'seat before presence',
      newSeat,
      { ...dir9, type: 'ballot.cast', input: vote('dir1').input },
      'notYourSeat',
    ],
    ['presence before the items', boardOpen, vote('dir1', 'for', 'a9'), 'notPresent'],
    [
      'recusal before the request’s state',
      given(returned, recuse('dir1', 'other')),
      vote('dir1'),
      'recused',
    ],
    [
      'handling before the request’s state',
      (() => {
        const world = founded.fork()
        issued(world, { amount: '6000.00', handler: p('dir2') })
        all(world, [plan('board', [aboutRequest]), notice(tomorrow)])
        world.given(asked('request.return', 'dir1', { reason: '补充', fields: [] }))
        all(world.clock(tomorrow), [openOrgan(), sit('dir2')])
        return world
      })(),
      vote('dir2'),
      'mustRecuse',
    ],
    ['listed before proxies', openOne, sheet([p('guest')], proxies(['m5', 'm1'])), 'notOnRoll'],
    ['tellers before the total', full, tally([99, 0, 0], tellers('m1', 'm2')), 'tellerUnfit'],
    ['outcome before the request’s state', given(failed), sign('a1'), 'itemNotPassed'],
    ['signed before the request’s state', given(carried, sign('a1')), sign('a1'), 'alreadySigned'],
  ])('%s', (_what, past, asking, code) => {
    expect(past.fork().refusal(asking)).toBe(code)
  })
})

describe('history that cannot have happened is loud', () => {
  const [first] = planned.entries(village, meeting)
  if (first === undefined) throw new Error('nothing was planned')
  const after = planned.state(meetingFold, village, meeting)

  test.each([
    ['planned twice', { ...first }],
    [
      'closed before it opened',
      {
        ...first,
        type: 'meeting.closed',
        body: {
          given: { minutes: digest('m') },
          outcomes: [{ item: 'a1', outcome: 'passed', for: 1, against: 0, abstain: 0, base: 1 }],
        },
      },
    ],
    ['an event nobody knows', { ...first, type: 'meeting.blessed', body: {} }],
    ['a body of another form', { ...first, type: 'meeting.cancelled', body: { given: {} } }],
  ])('%s', (_what, entry) => {
    expect(() => meetingFold.apply(after, entry)).toThrow(/meeting\/m-2026-0001/)
  })

  test('a stream does not begin in the middle; the control is its real beginning', () => {
    const cancelled = { ...first, type: 'meeting.cancelled', body: { given: { reason: '改期' } } }
    expect(() => meetingFold.apply(undefined, cancelled)).toThrow(/not planned first/)
    expect(meetingFold.apply(meetingFold.apply(undefined, first), cancelled)?.snapshot.value).toBe(
      'cancelled',
    )
  })
})

test('the workflow names every command of the law', () => {
  expect([...meetingWorkflow.acts]).toEqual([
    ['meeting.plan', 'meeting.planned'],
    ['prestudy.record', 'prestudy.recorded'],
    ['consultation.post', 'consultation.posted'],
    ['meeting.notice', 'meeting.noticed'],
    ['meeting.open', 'meeting.opened'],
    ['ballotLink.issue', 'ballotLink.issued'],
    ['ballotPin.issue', 'ballotPin.issued'],
    ['ballot.take', 'ballot.taken'],
    ['voting.close', 'voting.closed'],
    ['representation.record', 'representation.recorded'],
    ['attendance.record', 'attendance.recorded'],
    ['attendance.correct', 'attendance.corrected'],
    ['recusal.declare', 'recusal.declared'],
    ['ballot.cast', 'ballot.cast'],
    ['tally.record', 'tally.recorded'],
    ['tally.sign', 'tally.signed'],
    ['tally.countersign', 'tally.countersigned'],
    ['minutes.sign', 'minutes.signed'],
    ['meeting.close', 'meeting.closed'],
    ['shareholderDecision.sign', 'shareholderDecision.signed'],
    ['result.post', 'result.posted'],
    ['meeting.adjourn', 'meeting.adjourned'],
    ['meeting.cancel', 'meeting.cancelled'],
  ])
})

afterAll(() => {
  const ours: readonly RefusalCode[] = [
    'meetingMisplaced',
    'organMissing',
    'notThisKind',
    'delegatesNotAllowed',
    'tooFewDelegates',
    'notForDelegates',
    'requestNotWaiting',
    'prestudyMissing',
    'consultationMissing',
    'consultationTooShort',
    'noticeTooShort',
    'openedEarly',
    'watcherMissing',
    'watcherPartial',
    'noticeLapsed',
    'attendanceClosed',
    'rollChanged',
    'notOnRoll',
    'alreadyPresent',
    'notOnline',
    'proxyNotHousehold',
    'proxyHolderAbsent',
    'proxyTwice',
    'notPresent',
    'recused',
    'mustRecuse',
    'alreadyVoted',
    'tellerUnfit',
    'tellerPartial',
    'tallyOverPresent',
    'countersignMissing',
    'itemNotPassed',
  ]
  expect(ours.filter((code) => !reached.has(code))).toEqual([])
})

// The small worlds: each closed under its moves, together every turn a request can take.
import { authorityIdSchema, authorityStream, type StreamId } from '../../src/domain/ids.ts'
import { instantSchema } from '../../src/domain/time.ts'
import type { Request } from '../../workflows/request/v1/fold.ts'
import type { InspectionState } from '../../workflows/inspection/v1/fold.ts'
import type { MeetingState } from '../../workflows/meeting/v1/fold.ts'
import type { RosterState } from '../../workflows/roster/v1/fold.ts'
import type { ClosedWorld, Glance, Move } from './explore.ts'
import {
  days,
  factsOf,
  founded,
  holder,
  m1,
  m2,
  numbered,
  placeIn,
  r1,
  r2,
  roundIn,
  wish,
} from './explore-cast.ts'
import {
  filing,
  issuedBy,
  issuing,
  membersMeet,
  move,
  onFirstDay,
  organ,
  paying,
  signing,
  suspending,
  takingBack,
  tomorrow,
  turning,
  whole,
  withdrawing,
} from './explore-moves.ts'
import type { Known, Memory } from './explore-memory.ts'
import { watchOver } from './explore-watch.ts'
import { digest } from './law.ts'
import { company, founding, o, p, town } from './law-cast.ts'
import {
  because,
  booked,
  evidenceOf,
  firm,
  firmAccount,
  invoice,
  paid,
  returning,
} from './request-cast.ts'
import {
  card,
  claimOf,
  hospitality,
  lending,
  listed,
  listOf,
  person as payee,
} from './request-rows.ts'

const known: Known = {
  relatedAccounts: [],
  head: p('head'),
  directors: ['dir1', 'dir2', 'dir3'].map(o),
  councillors: ['council1', 'council2', 'council3'].map(o),
  supervisors: ['sup1', 'sup2', 'sup3'].map(o),
  relatedSeats: [],
  relatedPersons: [],
  roll: 4,
  mandates: {},
}

export type SmallWorld = ClosedWorld<Memory>

function small(change: Pick<SmallWorld, 'moves'> & Partial<SmallWorld>, of: Partial<Known> = {}) {
  return {
    ...founded(),
    days,
    watch: watchOver({ ...known, ...of }),
    facts: factsOf,
    // these are told to people and read by no rule; who signed and decided are sets
    leaving: {
      leaves: ['since', 'begunAt', 'history', 'proposedSince', 'command'],
      unordered: ['deciders', 'signed', 'objected'],
    },
    ...change,
  }
}

const paidOns = ['2026-03-02', '2026-03-13', '2026-03-30']
const directors = ['dir1', 'dir2', 'dir3']
const submit = (stream: StreamId, input: unknown, as = '') =>
  move(stream, 'request.submit', 'clerk', { input, when: onFirstDay, as })

/** Only by who may: who may not is told in another world. */
const rightly = (moves: readonly Move[]): readonly Move[] =>
  moves.filter(({ name }) => !name.includes('('))

/** 12,000 yuan: board, all supervisors, filing; returned by whoever may, corrected or changed, withdrawn. */
export const turns = (): SmallWorld =>
  small({
    days: days.slice(0, 2),
    moves: [
      submit(r1, whole()),
      ...issuing(r1),
      ...turning(r1, {
        before: whole(),
        rounds: 2,
        forms: [whole({ budgetLine: '维修维护' }), whole({ purpose: '更换发动机' })],
      }),
      ...withdrawing(r1),
      ...takingBack(r1, ['handler', 'chead', 'clerk', 'sup1', 'sup2', 'officer', 'head']),
      ...organ(m1, { kind: 'board', request: 1, seats: directors, chair: 'dir1' }),
      ...signing(r1),
      ...filing(r1),
      ...paying(r1),
      tomorrow,
    ],
  })

/** The same request, its payment suspended, renewed, lifted by either side or lapsed, wherever it stands. */
export const suspensions = (): SmallWorld =>
  small({
    moves: [
      submit(r1, whole()),
      ...issuedBy(r1),
      move(r1, 'request.return', 'officer', { input: returning }),
      move(r1, 'request.resubmit', 'clerk', { input: whole({ budgetLine: '维修维护' }) }),
      move(r1, 'request.withdraw', 'chead', { input: because }),
      ...organ(m1, {
        kind: 'board',
        request: 1,
        seats: ['dir1', 'dir2'],
        chair: 'dir1',
        choices: ['for'],
        plain: true,
      }),
      ...rightly(signing(r1)),
      ...rightly(filing(r1)),
      ...paying(r1),
      ...suspending(r1),
      tomorrow,
    ],
  })

/** 60,000 yuan: the members first, in secret, then the board. */
export const members = (): SmallWorld =>
  small({
    moves: [
      submit(r1, whole({ amount: '60000.00' })),
      ...issuedBy(r1),
      ...membersMeet(m1, { request: 1 }),
      ...organ(m2, {
        kind: 'board',
        request: 1,
        seats: ['dir1', 'dir2'],
        chair: 'dir1',
        choices: ['for'],
      }),
      ...withdrawing(r1),
      ...signing(r1),
      ...filing(r1),
      ...paying(r1),
      tomorrow,
    ],
  })

const authority = authorityIdSchema.parse('a-2026-0001')
const ceiling = {
  ...wish(authorityStream(authority), 'authority.approve', 'clerk', {
    input: {
      kind: 'contract',
      company,
      title: '船舶维修年度合同',
      payees: [`account:${firmAccount}`],
      ceiling: '5000.00',
      from: '2026-01-01',
      to: '2026-12-31',
      ground: { type: 'paper', document: '村〔2025〕11号' },
    },
  }),
  by: founding,
}
const invoiced = (number: number, amount: string) => [
  {
    number: String(number).repeat(20),
    date: '2026-03-01',
    sellerAccount: firmAccount,
    total: amount,
  },
]
const drawing = (number: number, amount: string) =>
  whole({ amount, authority, invoices: invoiced(number, amount) })

const again = (stream: StreamId, rounds: number) => (glance: Glance) =>
  roundIn(glance, stream) < rounds
const simple = (stream: StreamId, rounds: number) => [
  ...issuedBy(stream),
  move(stream, 'request.withdraw', 'chead', { input: because }),
  move(stream, 'papers.complete', 'clerk'),
  move(stream, 'supervisorySignOff.sign', 'sup1'),
  move(stream, 'supervisorySignOff.sign', 'sup2'),
  move(stream, 'request.return', 'sup2', { input: returning, when: again(stream, rounds) }),
  move(stream, 'payment.order', 'cashier'),
  // each transfer is its own: the bank gives no reference twice
  move(stream, 'payment.record', 'cashier', { input: { ...paid, bankReference: `HZ ${stream}` } }),
  move(stream, 'booking.record', 'book', { input: booked }),
]

/** Two requests under one ceiling of 5,000, or beside it: who comes first has it, what is given up is free again. */
export const ceilings = (): SmallWorld =>
  small({
    ...founded([], [ceiling]),
    days: days.slice(0, 1),
    moves: [
      submit(r1, drawing(1, '3000.00'), 'covered'),
      submit(r1, whole({ amount: '3000.00', invoices: invoiced(1, '3000.00') }), 'uncovered'),
      submit(r2, drawing(2, '2500.00'), 'covered'),
      submit(r2, drawing(2, '2000.00'), 'covered, less'),
      submit(r2, whole({ amount: '2000.00', invoices: invoiced(2, '2000.00') }), 'uncovered'),
      submit(r2, drawing(1, '2000.00'), 'the other invoice'),
      ...simple(r1, 2),
      ...simple(r2, 1),
      ...[
        ['1500.00', 'reduced'],
        ['4500.00', 'raised'],
      ].map(([amount = '', as = '']) =>
        move(r1, 'request.resubmit', 'clerk', { input: drawing(1, amount), as }),
      ),
    ],
  })

const controls = wish('roster', 'control.declare', 'officer', {
  input: {
    controls: [{ person: p('dir3'), payeeKey: `account:${firmAccount}`, relation: 'controls' }],
  },
})

/** 1,200 yuan to a firm of the third director: recusal, referral to the council, all supervisors, filing. */
export const related = (): SmallWorld =>
  small(
    {
      ...founded([controls]),
      moves: [
        submit(r1, whole({ amount: '1200.00' })),
        ...issuedBy(r1),
        ...organ(m1, {
          kind: 'board',
          request: 1,
          seats: directors,
          chair: 'dir1',
          choices: ['for'],
        }),
        ...['dir1', 'dir3'].map((office) =>
          move(m1, 'recusal.declare', office, {
            input: { items: ['a1'], ground: 'related', reason: '本人控制该单位' },
            when: (glance: Glance) => glance.day === 1,
          }),
        ),
        ...organ(m2, {
          kind: 'council',
          request: 1,
          seats: ['council1', 'council2', 'council3'],
          chair: 'council1',
          choices: ['for'],
        }),
        ...withdrawing(r1),
        ...signing(r1),
        ...filing(r1),
        ...paying(r1),
        tomorrow,
      ],
    },
    { relatedAccounts: [firmAccount], relatedSeats: [o('dir3')], relatedPersons: [p('dir3')] },
  )

const secret = 'a-secret-of-the-inspector'
const i1: StreamId = 'inspection/i-2026-01'
const roundDays = [
  '2026-03-02T01:00:00.000Z',
  '2026-04-01T01:00:00.000Z',
  '2026-04-08T02:00:00.000Z',
  '2026-04-10T01:00:00.000Z',
].map((at) => instantSchema.parse(at))
const findingsIn = (glance: Glance): number =>
  (glance.state(i1) as InspectionState | undefined)?.findings.size ?? 0

const examined = (number: number, office: string, result: string) =>
  move(i1, 'inspection.cover', office, {
    input: { notExamined: [], examined: [{ request: numbered(number), result }] },
    as: `${number} ${result}`,
  })
const looking = (number: number) => [
  examined(number, 'inspector1', 'noFinding'),
  examined(number, 'inspector1', 'finding'),
  examined(number, 'inspector3', 'noFinding'),
  examined(number, 'inspector4', 'noFinding'),
  move(i1, 'inspection.cover', 'inspector1', {
    input: { notExamined: [numbered(number)], examined: [] },
    as: `${number} not examined`,
  }),
]
const raising = ['inspector1', 'inspector3'].map((office) =>
  move(i1, 'finding.raise', office, {
    input: {
      request: numbered(1),
      fault: 'splitting',
      kind: 'simple',
      text: '见附件',
      followUps: ['rectification'],
    },
    when: (glance: Glance) => findingsIn(glance) === 0,
    as: 'on 1',
  }),
)

/** Two small requests, ended in whatever way or on their way, and a round over them, from its plan to its last close-out. */
export const inspections = (): SmallWorld =>
  small({
    days: roundDays,
    facts: (glance) => ({
      ...factsOf(glance),
      rootAfter: ({ after }) =>
        (roundDays[glance.day] ?? '') > after
          ? { size: 77, root: digest('the root of that day') }
          : {},
    }),
    moves: [
      submit(r1, whole({ amount: '1200.00' })),
      ...issuedBy(r1),
      move(r1, 'papers.complete', 'clerk'),
      move(r1, 'supervisorySignOff.sign', 'sup1'),
      move(r1, 'supervisorySignOff.sign', 'sup3'),
      move(r1, 'supervisorySignOff.object', 'sup1', { input: because }),
      move(r1, 'payment.order', 'cashier', { when: onFirstDay }),
      move(r1, 'request.withdraw', 'chead', { input: because }),
      ...['2026-03-02', '2026-04-01'].map((paidOn) =>
        move(r1, 'payment.record', 'cashier', { input: { ...paid, paidOn }, as: paidOn }),
      ),
      move(r1, 'booking.record', 'book', { input: booked }),
      submit(r2, whole({ amount: '1200.00', invoices: invoiced(2, '1200.00') })),
      move(r2, 'request.withdraw', 'chead', { input: because }),
      move(i1, 'inspection.plan', 'inspector1', {
        input: {
          kind: 'periodic',
          period: { from: '2026-03-01', to: '2026-03-31' },
          companies: [company],
          inspectors: ['inspector1', 'inspector3', 'inspector4'].map((office) => ({
            office: o(office),
            person: wish(i1, 'inspection.plan', office).by.person,
          })),
        },
      }),
      move(i1, 'inspection.notice', 'inspector1', {
        input: {
          startsOn: '2026-04-10',
          drawAfter: '2026-04-08T01:00:00.000Z',
          commitment: digest(secret),
        },
      }),
      move(i1, 'inspection.draw', 'inspector1', { input: { secret, picks: [] } }),
      move(i1, 'inspection.start', 'inspector1'),
      ...raising,
      ...looking(1),
      ...looking(2),
      move(i1, 'inspection.conclude', 'inspector2', { input: { summary: '结束' } }),
      move(i1, 'finding.answer', 'clerk', {
        input: { finding: 'f-1', text: '已整改' },
      }),
      ...['inspector1', 'inspector2', 'inspector3'].map((office) =>
        move(i1, 'finding.verify', office, { input: { finding: 'f-1', remark: '属实' } }),
      ),
      move(i1, 'finding.reopen', 'inspector2', { input: { finding: 'f-1', reason: '未整改' } }),
      tomorrow,
    ],
  })

const rosterIn = (glance: Glance): RosterState => glance.state('roster') as RosterState
const vacated = (office: string) => ({
  input: { office: o(office), reason: '离任' },
  as: office,
})
/** The first holder leaves, the successor stays. */
const sitsStill = (glance: Glance, office: string): boolean =>
  rosterIn(glance).offices.get(o(office))?.holder?.person === holder(o(office))
const leavesFrom: Readonly<Record<string, RegExp>> = {
  chead: /^issuing/,
  dir2: /^boardReview/,
  sup3: /^boardReview|^papers|^supervisorySignOff/,
  cashier: /^townshipFiling|^payment/,
}
const appointed = (office: string, person: string) => ({
  input: { office: o(office), person: p(person), from: '2026-03-02' },
  as: `${person} as ${office}`,
})

/** 12,000 yuan while offices fall vacant and are filled again, once by who may not act on this request. */
export const vacancies = (): SmallWorld =>
  small({
    days: days.slice(0, 2),
    moves: [
      submit(r1, whole()),
      ...issuedBy(r1),
      move(r1, 'request.issue', 'chead', { as: 'the successor', person: 'head9' }),
      ...organ(m1, {
        kind: 'board',
        request: 1,
        seats: ['dir1', 'dir2'],
        chair: 'dir1',
        choices: ['for'],
      }),
      ...signing(r1),
      move(r1, 'supervisorySignOff.sign', 'sup3', { as: 'the successor', person: 'sup9' }),
      move(r1, 'supervisorySignOff.sign', 'sup3', { as: 'the witness', person: 'witness' }),
      ...filing(r1).slice(0, 4),
      move(r1, 'payment.order', 'cashier'),
      move(r1, 'payment.order', 'cashier', { as: 'the successor', person: 'cashier9' }),
      ...paidOns.slice(0, 2).flatMap((paidOn) => [
        move(r1, 'payment.record', 'cashier', { input: { ...paid, paidOn }, as: paidOn }),
        move(r1, 'payment.record', 'cashier', {
          input: { ...paid, paidOn },
          as: `the successor, ${paidOn}`,
          person: 'cashier9',
        }),
      ]),
      move(r1, 'booking.record', 'book', { input: booked }),
      move(r1, 'request.withdraw', 'chead', { input: because }),
      move(r1, 'request.withdraw', 'chead', {
        input: because,
        as: 'the successor',
        person: 'head9',
      }),
      ...['chead', 'dir2', 'sup3', 'cashier'].map((office) =>
        move('roster', 'office.vacate', 'officer', {
          ...vacated(office),
          // each where it matters: who issues, who signs, who pays
          when: (glance) =>
            leavesFrom[office]?.test(placeIn(glance, r1)) === true && sitsStill(glance, office),
        }),
      ),
      move('roster', 'office.appoint', 'officer', appointed('chead', 'head9')),
      move('roster', 'office.appoint', 'officer', appointed('sup3', 'sup9')),
      move('roster', 'office.appoint', 'officer', appointed('sup3', 'witness')),
      move('roster', 'office.appoint', 'officer', appointed('sup3', 'dir1')),
      move('roster', 'office.appoint', 'officer', appointed('cashier', 'cashier9')),
      tomorrow,
    ],
  })

const during = (when: (glance: Glance) => boolean, moves: readonly Move[]): readonly Move[] =>
  moves.map((one) => ({
    ...one,
    when: (glance) => when(glance) && (one.when === undefined || one.when(glance)),
  }))

const isOver = (glance: Glance, meeting: StreamId): boolean => {
  const held = glance.state(meeting) as MeetingState | undefined
  return held !== undefined && ['closed', 'posted', 'adjourned'].includes(held.snapshot.value)
}

/** 60,000 yuan in a flood: paid first, told, confirmed and ratified afterwards, or found out. */
export const emergencies = (): SmallWorld => {
  // later the lapse alone says what became of it: the meetings go their way beside it
  const beforeMeetings = (glance: Glance): boolean => !ratifying(glance)
  const beforeThird = ({ day }: Glance): boolean => day < 2
  const ratifying = (glance: Glance): boolean => placeIn(glance, r1) === 'ratification'
  const flood = { cause: 'flood', declaration: digest('抢险应急决定') }
  return small({
    days: [...days, instantSchema.parse('2026-05-29T01:00:00.000Z')],
    moves: [
      submit(r1, whole({ amount: '60000.00', emergency: flood })),
      ...issuedBy(r1),
      move(r1, 'papers.complete', 'clerk'),
      ...['sup1', 'sup2', 'sup3'].map((office) =>
        move(r1, 'supervisorySignOff.sign', office, { when: onFirstDay }),
      ),
      ...['officer', 'head'].map((office) =>
        move(r1, 'townshipFiling.emergencyConsent', office, { input: because, when: onFirstDay }),
      ),
      ...['head', 'head2', 'officer'].map((office) =>
        move(r1, 'townshipFiling.confirm', office, { input: because, when: beforeMeetings }),
      ),
      move(r1, 'townshipFiling.refuseConfirmation', 'head', {
        input: because,
        when: beforeMeetings,
      }),
      move(r1, 'confirmation.lapse', 'clerk'),
      move(r1, 'confirmation.lapse', 'handler', { as: 'not the clerk' }),
      move(r1, 'emergency.notify', 'clerk', {
        input: { how: '村务公开栏', notice: digest('告知书') },
        when: (glance) => placeIn(glance, r1) === 'townshipFiling.open',
      }),
      move(r1, 'payment.order', 'cashier', { when: beforeThird }),
      move(r1, 'payment.fail', 'cashier', { input: because }),
      ...paidOns.map((paidOn) =>
        move(r1, 'payment.record', 'cashier', { input: { ...paid, paidOn }, as: paidOn }),
      ),
      move(r1, 'booking.record', 'book', { input: booked }),
      move(r1, 'request.withdraw', 'chead', { input: because }),
      // what meetings do about a request that is gone from them is told in the other worlds
      ...during(ratifying, [
        ...membersMeet(m1, {
          request: 1,
          tallies: [
            [[3, 0, 0], 0],
            [[2, 1, 0], 0],
          ],
          together: true,
        }),
        ...organ(m2, {
          kind: 'board',
          request: 1,
          seats: ['dir1', 'dir2'],
          chair: 'dir1',
          choices: ['for'],
          plain: true,
          // one meeting after the other: both at once are in the world of the members
          when: (glance) => isOver(glance, m1),
        }),
      ]),
      move(r1, 'ratification.lapse', 'clerk'),
      ...['inspector1', 'inspector3', 'clerk'].map((office) =>
        move(r1, 'automaticFinding.close', office, {
          input: {
            finding: 'auto-1',
            ...because,
            evidence: digest('整改材料'),
            shortfall: { reason: '确无可追', paper: digest('说明') },
          },
        }),
      ),
      // the last day is there for what lapses: what is paid on it would lapse after this world
      {
        ...tomorrow,
        when: (glance) => glance.day < 2 || placeIn(glance, r1) !== 'payment.ordered',
      },
    ],
  })
}

const board: StreamId = 'meeting/m-2026-0009'
const deputy = (mandate: string, office: string, person: string, change: object = {}) => ({
  mandate,
  office: o(office),
  person: p(person),
  from: '2026-03-02',
  to: '2026-03-27',
  musts: office === 'chead' ? ['issuing'] : ['townshipFiling'],
  ...change,
})
const ofHead = deputy('d_chead', 'chead', 'dir2')
const paper = { paper: digest('授权书') }

/** The board has named a deputy of the company head: a director, who thereby issues and does not decide. */
const boardNames = [
  wish(board, 'meeting.plan', 'clerk', {
    input: {
      kind: 'board',
      organisation: company,
      title: '董事会',
      agenda: [{ item: 'a1', title: '授权代行', deputy: ofHead }],
    },
  }),
  wish(board, 'meeting.notice', 'clerk', {
    input: { heldAt: '2026-02-25T01:00:00.000Z', place: '村委会', online: false },
  }),
  '2026-02-25T01:00:00.000Z',
  wish(board, 'meeting.open', 'clerk'),
  ...['dir1', 'dir3'].flatMap((office) => [
    wish(board, 'attendance.record', office, { input: { as: 'seat', method: 'onSite' } }),
    wish(board, 'ballot.cast', office, { input: { choices: [{ item: 'a1', choice: 'for' }] } }),
  ]),
  wish(board, 'minutes.sign', 'dir3', { input: { minutes: digest('minutes') } }),
  wish(board, 'meeting.close', 'dir1', { input: { minutes: digest('minutes') } }),
  wish('roster', 'mandate.grant', 'clerk', {
    input: { ...ofHead, ...paper, ground: { meeting: 'm-2026-0009', item: 'a1' } },
  }),
]
const inTown = (office: string, mandate: string, person: string, change: object = {}) => ({
  ...wish('roster', 'mandate.grant', office, {
    input: { ...deputy(mandate, office, person, change), ...paper },
  }),
  ledger: town,
})

/** 12,000 yuan with deputies of the company head and of the head of the centre: the rules look at both persons. */
export const mandates = (): SmallWorld => {
  const by = (mandate: string, person: string) => ({ input: because, mandate, person, as: mandate })
  return small(
    {
      ...founded([
        ...boardNames,
        inTown('head', 'd_small', 'leader', { upTo: '10000.00' }),
        inTown('head', 'd_whole', 'leader'),
        inTown('head', 'd_officer', 'officer'),
        inTown('head', 'd_director', 'dir3'),
      ]),
      moves: [
        submit(r1, whole()),
        move(r1, 'request.handle', 'handler'),
        move(r1, 'request.witness', 'witness'),
        move(r1, 'request.issue', 'chead'),
        move(r1, 'request.issue', 'chead', { mandate: 'd_chead', person: 'dir2', as: 'd_chead' }),
        move(r1, 'request.issue', 'chead', { mandate: 'd_other', person: 'dir2', as: 'd_other' }),
        move(r1, 'request.withdraw', 'chead', { input: because }),
        move(r1, 'request.withdraw', 'chead', by('d_chead', 'dir2')),
        ...organ(m1, {
          kind: 'board',
          request: 1,
          seats: directors,
          chair: 'dir1',
          choices: ['for'],
        }),
        move(m1, 'representation.record', 'dir1', {
          input: { office: o('dir3'), paper: digest('委托书') },
          as: 'for dir3',
        }),
        move(m1, 'ballot.cast', 'dir1', {
          input: { seat: o('dir3'), choices: [{ item: 'a1', choice: 'for' }] },
          as: 'for dir3',
        }),
        move(r1, 'papers.complete', 'clerk'),
        ...['sup1', 'sup2', 'sup3'].map((office) => move(r1, 'supervisorySignOff.sign', office)),
        move(r1, 'townshipFiling.accept', 'officer'),
        move(r1, 'townshipFiling.accept', 'officer2'),
        move(r1, 'townshipFiling.consent', 'head', { input: because }),
        ...[
          by('d_small', 'leader'),
          by('d_whole', 'leader'),
          by('d_officer', 'officer'),
          by('d_director', 'dir3'),
          by('d_whole', 'secretary'),
        ].map((who) => move(r1, 'townshipFiling.consent', 'head', who)),
        move(r1, 'townshipFiling.refuse', 'head', by('d_whole', 'leader')),
        move(r1, 'payment.order', 'cashier'),
        ...paidOns.map((paidOn) =>
          move(r1, 'payment.record', 'cashier', { input: { ...paid, paidOn }, as: paidOn }),
        ),
        move(r1, 'booking.record', 'book', { input: booked }),
        tomorrow,
      ],
    },
    {
      mandates: {
        d_chead: p('head'),
        d_small: p('centrehead'),
        d_whole: p('centrehead'),
        d_officer: p('centrehead'),
        d_director: p('centrehead'),
      },
    },
  )
}

const besideIn = (glance: Glance) => (glance.state(r1) as Request | undefined)?.beside

/** What is said beside the decisions, of a request on its way and afterwards. */
export const talk = (): SmallWorld => {
  const question = (to: string) => ({
    input: { to: o(to), text: '为何不比价' },
    as: `to ${to}`,
    when: (glance: Glance) => (besideIn(glance)?.asked ?? 0) < 2,
  })
  const answer = (number: number) => ({
    input: { question: `q-${number}`, text: '已补' },
    as: `q-${number}`,
  })
  return small({
    days: days.slice(0, 2),
    moves: [
      submit(r1, whole({ amount: '1200.00' })),
      move(r1, 'request.handle', 'handler'),
      move(r1, 'request.withdraw', 'chead', { input: because }),
      ...['clerk', 'handler', 'sup1'].map((office) => move(r1, 'request.urge', office)),
      move(r1, 'request.copyIn', 'dir1', { input: { offices: [o('sup1')], persons: [p('m1')] } }),
      move(r1, 'request.copyIn', 'dir1', { input: { offices: [], persons: [p('nobody')] } }),
      move(r1, 'request.comment', 'sup1', { input: { text: '请附比价单' } }),
      move(r1, 'request.comment', 'sup1', { input: { text: '冒名' }, person: 'm1' }),
      move(r1, 'question.ask', 'dir1', question('sup1')),
      move(r1, 'question.ask', 'inspector1', question('clerk')),
      ...[1, 2, 3].map((number) => move(r1, 'question.answer', 'sup1', answer(number))),
      move(r1, 'question.answer', 'clerk', answer(1)),
      move(r1, 'alert.dismiss', 'inspector1', { input: { alert: 'al-1', ...because } }),
      tomorrow,
    ],
  })
}

/** Forms that are no lawful request, each with the "no" it meets. */
export const badForms: readonly (readonly [code: string, form: unknown])[] = [
  ['issuersNotThree', whole({ witness: p('handler') })],
  ['guaranteeForbidden', whole({ matter: 'guarantee' })],
  ['loanToOfficer', whole({ ...lending, payee: payee('dir1') })],
  ['hospitalityProhibited', whole(hospitality)],
  ['kindMismatch', whole({ kind: 'list' })],
  ['payeeConflict', whole({ payee: payee('witness') })],
  ['listOfOne', whole({ ...listed, payee: { ...listOf('1200.00'), count: 1 } })],
  ['listTotalDiffers', whole({ ...listed, amount: '1200.01' })],
  ['voucherMissing', whole({ amount: '1000.01', invoices: [] })],
  ['personalAccountForFirm', whole({ payee: payee('m1') })],
  ['cashOverLimit', whole({ method: 'cash', amount: '1000.01' })],
  ['cardOverLimit', whole({ ...card, amount: '20000.01' })],
  ['claimTooOld', whole({ ...claimOf('2025-12-31'), amount: '1200.00' })],
  ['papersIncomplete', whole({ evidence: evidenceOf('purposeNote') })],
  [
    'paperTwice',
    whole({
      evidence: [
        ...evidenceOf('purposeNote'),
        { paper: 'relationDeclaration', sha256: digest('purposeNote') },
      ],
    }),
  ],
  ['voucherExceptionWrong', whole({ invoices: [], voucherException: 'payeeList' })],
  ['invoicesBelowAmount', whole({ invoices: invoiced(1, '1.00') })],
  ['dateInFuture', whole({ invoices: [{ ...invoice, date: '2026-03-03', total: '12000.00' }] })],
  [
    'authorityMismatch',
    whole({
      authority,
      amount: '1200.00',
      payee: { ...firm, account: '6246270519836190000' },
      invoices: [{ ...invoice, sellerAccount: '6246270519836190000' }],
    }),
  ],
  ['authorityExceeded', whole({ authority })],
  ['notFound', whole({ company: 'g_nowhere' })],
]

/** Nothing of a bad form is ever recorded. */
export const forms = (): SmallWorld =>
  small({
    ...founded([], [ceiling]),
    days: days.slice(0, 1),
    moves: [
      ...badForms.map(([code, input]) => move(r1, 'request.submit', 'clerk', { input, as: code })),
      move(r1, 'request.submit', 'handler', { input: whole(), as: 'not the clerk' }),
    ],
  })

const lastDays = ['2026-06-01', '2026-06-08', '2026-06-10'].map((date) =>
  instantSchema.parse(`${date}T02:00:00.000Z`),
)

/** A round over one request that has ended, by inspectors who had no part in it: every flow must end in `closed`. */
export const lastRound = (request: Request, of: SmallWorld): SmallWorld => ({
  ...of,
  village: new Map([...of.village, [r1, { revision: 99, state: request }]]),
  days: lastDays,
  facts: (glance) => ({
    ...factsOf(glance),
    rootAfter: ({ after }) =>
      (lastDays[glance.day] ?? '') > after ? { size: 77, root: digest('root') } : {},
  }),
  watch: { initial: of.watch.initial, follow: (memory) => memory },
  moves: [
    move(i1, 'inspection.plan', 'inspector1', {
      input: {
        kind: 'periodic',
        period: { from: '2026-03-01', to: '2026-05-31' },
        companies: [company],
        inspectors: ['inspector1', 'inspector2'].map((office) => ({
          office: o(office),
          person: p(office),
        })),
      },
    }),
    move(i1, 'inspection.notice', 'inspector1', {
      input: {
        startsOn: '2026-06-10',
        drawAfter: '2026-06-08T01:00:00.000Z',
        commitment: digest(secret),
      },
    }),
    move(i1, 'inspection.draw', 'inspector1', { input: { secret, picks: [] } }),
    move(i1, 'inspection.start', 'inspector1'),
    examined(1, 'inspector1', 'noFinding'),
    ...[1, 2, 3].map((number) =>
      move(r1, 'automaticFinding.close', 'inspector2', {
        input: {
          finding: `auto-${number}`,
          ...because,
          evidence: digest('整改材料'),
          shortfall: { reason: '确无可追', paper: digest('说明') },
        },
      }),
    ),
    tomorrow,
  ],
})

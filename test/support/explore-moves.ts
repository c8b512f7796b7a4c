// What may be tried in a small world: every act by who may and by who may not, told as tables.
import type { StreamId } from '../../src/domain/ids.ts'
import type { Glance, Move } from './explore.ts'
import { numbered, placeIn, roundIn, wish } from './explore-cast.ts'
import { digest } from './law.ts'
import { company, coop, o, p } from './law-cast.ts'
import { because, booked, evidenceOf, form, paid, returning } from './request-cast.ts'

type When = Move['when']

export const move = (
  stream: StreamId,
  type: string,
  office: string,
  {
    input = {},
    when,
    as = '',
    ...who
  }: { input?: unknown; when?: When; as?: string; person?: string; mandate?: string } = {},
): Move => ({
  name: `${type} by ${office}${as === '' ? '' : ` (${as})`}${stream.endsWith('1') ? '' : ` on ${stream}`}`,
  asking: wish(stream, type, office, { input, ...who }),
  ...(when === undefined ? {} : { when }),
})

export const tomorrow: Move = { name: 'a later day' }

const allPapers = evidenceOf(
  'purposeNote',
  'relationDeclaration',
  'quotes',
  'plan',
  'invoice',
  'acceptance',
  'contract',
  'photos',
)
/** A form with every paper there from the start: what is late with papers has rows of its own. */
export const whole = (change: Record<string, unknown> = {}) =>
  form({ amount: '12000.00', evidence: allPapers, ...change })

export const onFirstDay = ({ day }: Glance): boolean => day === 0

/** Handler, witness and head, each in turn, and each in another's place. */
export const issuing = (stream: StreamId): readonly Move[] => [
  move(stream, 'request.handle', 'handler'),
  move(stream, 'request.handle', 'witness', { as: 'not the handler' }),
  move(stream, 'request.witness', 'witness'),
  move(stream, 'request.witness', 'handler', { as: 'not the witness' }),
  move(stream, 'request.issue', 'chead'),
  move(stream, 'request.issue', 'clerk', { as: 'not the head' }),
]

/** Sent back by whom each must waits for; resubmitted with a correction, with another purpose, and unchanged. */
export const turning = (
  stream: StreamId,
  { before, rounds, forms }: { before: unknown; rounds: number; forms: readonly unknown[] },
): readonly Move[] => [
  ...['witness', 'chead', 'dir1', 'sup2', 'officer', 'head', 'cashier', 'clerk'].map((office) =>
    move(stream, 'request.return', office, {
      input: returning,
      when: (glance) => roundIn(glance, stream) < rounds,
    }),
  ),
  move(stream, 'request.resubmit', 'clerk', { input: before, as: 'unchanged' }),
  ...forms.map((input, index) =>
    move(stream, 'request.resubmit', 'clerk', { input, as: `form ${index + 1}` }),
  ),
  move(stream, 'request.resubmit', 'chead', { input: forms[0], as: 'not the clerk' }),
]

export const withdrawing = (stream: StreamId): readonly Move[] => [
  move(stream, 'request.withdraw', 'chead', { input: because }),
  move(stream, 'request.withdraw', 'clerk', { input: because, as: 'not the head' }),
]

export const signing = (stream: StreamId): readonly Move[] => [
  move(stream, 'papers.complete', 'clerk'),
  move(stream, 'papers.complete', 'chead', { as: 'not the clerk' }),
  ...['sup1', 'sup2', 'sup3'].flatMap((office) => [
    move(stream, 'supervisorySignOff.sign', office),
    move(stream, 'supervisorySignOff.object', office, { input: because }),
  ]),
  move(stream, 'supervisorySignOff.sign', 'dir1', { as: 'no supervisor' }),
]

export const filing = (stream: StreamId): readonly Move[] => [
  move(stream, 'townshipFiling.accept', 'officer'),
  move(stream, 'townshipFiling.accept', 'officer2', { as: 'a director too' }),
  move(stream, 'townshipFiling.accept', 'head', { as: 'not the officer' }),
  move(stream, 'townshipFiling.consent', 'head', { input: because }),
  move(stream, 'townshipFiling.consent', 'head2', { input: because, as: 'the officer' }),
  move(stream, 'townshipFiling.consent', 'leader', { input: because, as: 'not the head' }),
  move(stream, 'townshipFiling.refuse', 'head', { input: because }),
]

export const paying = (stream: StreamId): readonly Move[] => [
  move(stream, 'payment.order', 'cashier'),
  move(stream, 'payment.order', 'cashier2', { as: 'the witness' }),
  move(stream, 'payment.order', 'clerk', { as: 'no cashier' }),
  move(stream, 'payment.record', 'cashier', { input: { ...paid, paidOn: '2026-03-13' } }),
  move(stream, 'payment.record', 'cashier', {
    input: { ...paid, paidOn: '2026-03-30' },
    as: 'later',
  }),
  move(stream, 'payment.record', 'cashier', { input: paid, as: 'on the first day' }),
  move(stream, 'payment.fail', 'cashier', { input: because }),
  move(stream, 'booking.record', 'book', { input: booked }),
  move(stream, 'booking.record', 'book', { input: { ...booked, entity: coop }, as: 'of another' }),
  move(stream, 'booking.record', 'book2', { input: booked, as: 'a cashier' }),
]

export const suspending = (stream: StreamId): readonly Move[] => [
  move(stream, 'suspension.propose', 'inspector1', {
    input: { ...because, basis: '纪检〔2026〕3号' },
  }),
  move(stream, 'suspension.propose', 'clerk', { input: { ...because, basis: '无' } }),
  move(stream, 'suspension.order', 'head', { input: because }),
  move(stream, 'suspension.order', 'chead', { input: because }),
  move(stream, 'suspension.lift', 'head', { input: because }),
  move(stream, 'suspension.lift', 'chead', { input: because }),
  move(stream, 'suspension.lift', 'inspector1', { input: because }),
  move(stream, 'suspension.renew', 'head', { input: { reason: '尚待核实账目' } }),
  move(stream, 'suspension.renew', 'head', { input: because, as: 'on the old reasons' }),
  move(stream, 'suspension.lapse', 'clerk'),
]

/** One's own last act, taken back; and another's, tried. */
export const takingBack = (stream: StreamId, offices: readonly string[]): readonly Move[] =>
  offices.map((office) => move(stream, 'act.takeBack', office, { input: because }))

const noticeOn = (day: string) => ({
  heldAt: `2026-03-${day}T01:00:00.000Z`,
  place: '村委会',
  online: true,
})
const vote = (office: string, choice: string, meeting: StreamId): Move =>
  move(meeting, 'ballot.cast', office, {
    input: { choices: [{ item: 'a1', choice }] },
    as: choice,
  })
const seat = { as: 'seat', method: 'onSite' }

/** One organ's meeting about one request: called, held by named votes, closed or adjourned. */
export const organ = (
  meeting: StreamId,
  {
    kind,
    request,
    round = 1,
    seats,
    chair,
    when,
    choices = ['for', 'against'],
    plain = false,
  }: {
    kind: 'board' | 'council'
    request: number
    round?: number
    seats: readonly string[]
    chair: string
    when?: When
    choices?: readonly string[]
    /** Only what leads to a decision: who may not act there is told in a world of its own. */
    plain?: boolean
  },
): readonly Move[] => [
  move(meeting, 'meeting.plan', 'clerk', {
    input: {
      kind,
      organisation: kind === 'board' ? company : coop,
      title: '会议',
      agenda: [{ item: 'a1', title: '支出', request: numbered(request), round }],
    },
    as: `${kind}, round ${round}`,
    ...(when === undefined ? {} : { when }),
  }),
  move(meeting, 'meeting.notice', 'clerk', { input: noticeOn('13') }),
  move(meeting, 'meeting.notice', 'clerk', { input: noticeOn('30'), as: 'later' }),
  move(meeting, 'meeting.open', 'clerk'),
  ...seats.flatMap((office) => [
    move(meeting, 'attendance.record', office, { input: seat }),
    ...choices.map((choice) => vote(office, choice, meeting)),
    ...(office === chair
      ? []
      : [move(meeting, 'minutes.sign', office, { input: { minutes: digest('minutes') } })]),
  ]),
  move(meeting, 'meeting.close', chair, { input: { minutes: digest('minutes') } }),
  ...(plain ? [] : elsewise(meeting, seats)),
]

const elsewise = (meeting: StreamId, seats: readonly string[]): readonly Move[] => [
  move(meeting, 'ballot.cast', 'sup2', { input: { choices: [{ item: 'a1', choice: 'for' }] } }),
  move(meeting, 'meeting.close', seats[1] ?? '', {
    input: { minutes: digest('minutes') },
    as: 'another seat',
  }),
  move(meeting, 'meeting.adjourn', 'clerk', { input: because }),
]

const members = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => p(`m${from + index}`))
const sheet = (onSite: readonly string[], more: object = {}) => ({
  as: 'sheet',
  sheet: digest('sheet'),
  onSite,
  ...more,
})
const tally = (counts: readonly [number, number, number], online: number) => ({
  item: 'a1',
  for: counts[0],
  against: counts[1],
  abstain: counts[2],
  paper: counts[0] + counts[1] + counts[2] - online,
  online,
  tellers: [p('teller1'), p('teller2')],
  sheet: digest('tally'),
})

const onOneSheet = (meeting: StreamId): readonly Move[] => [
  move(meeting, 'attendance.record', 'clerk', { input: sheet(members(1, 3)), as: 'm1 m2 m3' }),
]
const oneByOne = (meeting: StreamId): readonly Move[] => [
  move(meeting, 'attendance.record', 'clerk', { input: sheet(members(1, 2)), as: 'm1 m2' }),
  move(meeting, 'attendance.record', 'clerk', { input: sheet(members(3, 3)), as: 'm3' }),
  move(meeting, 'attendance.record', 'clerk', {
    input: sheet([], {
      proxies: { papers: digest('proxies'), held: [{ member: p('m4'), holder: p('m1') }] },
    }),
    as: 'm4 by proxy',
  }),
  move(meeting, 'ballot.take', 'member', { person: 'm3', as: 'm3 online' }),
  move(meeting, 'ballot.take', 'clerk', { as: 'in an office' }),
]

type Tally = readonly [counts: readonly [number, number, number], online: number]
const everyTally: readonly Tally[] = [
  [[4, 0, 0], 0],
  [[4, 0, 0], 1],
  [[3, 0, 0], 0],
  [[3, 0, 0], 1],
  [[2, 1, 0], 0],
  [[2, 0, 0], 0],
]

/** The members' meeting about one request: studied, noticed, watched, counted in secret, signed. */
export const membersMeet = (
  meeting: StreamId,
  {
    request,
    round = 1,
    tallies = everyTally,
    together = false,
  }: {
    request: number
    round?: number
    tallies?: readonly Tally[]
    /** All on one sheet: who comes how is told in a world of its own. */
    together?: boolean
  },
): readonly Move[] => [
  move(meeting, 'meeting.plan', 'clerk', {
    input: {
      kind: 'member',
      organisation: coop,
      title: '社员大会',
      agenda: [{ item: 'a1', title: '支出', request: numbered(request), round }],
    },
    as: `members, round ${round}`,
  }),
  move(meeting, 'prestudy.record', 'party', {
    input: { opinion: '同意', minutes: digest('party') },
  }),
  move(meeting, 'meeting.notice', 'clerk', { input: noticeOn('13') }),
  move(meeting, 'meeting.notice', 'clerk', { input: noticeOn('30'), as: 'later' }),
  move(meeting, 'meeting.open', 'clerk', { input: { watcher: o('watch1') } }),
  move(meeting, 'meeting.open', 'clerk', { as: 'unwatched' }),
  ...(together ? onOneSheet(meeting) : oneByOne(meeting)),
  move(meeting, 'ballot.cast', 'council1', {
    input: { choices: [{ item: 'a1', choice: 'for' }] },
    as: 'by name',
  }),
  move(meeting, 'voting.close', 'teller1'),
  ...tallies.map(([counts, online]) =>
    move(meeting, 'tally.record', 'teller1', {
      input: tally(counts, online),
      as: `${counts.join(' ')}, ${online} online`,
    }),
  ),
  ...['teller1', 'teller2'].map((office) =>
    move(meeting, 'tally.sign', office, { input: { items: ['a1'] } }),
  ),
  move(meeting, 'tally.countersign', 'watch1'),
  move(meeting, 'tally.countersign', 'watch2', { as: 'who did not watch' }),
  move(meeting, 'meeting.close', 'council1', { input: { minutes: digest('minutes') } }),
  move(meeting, 'meeting.adjourn', 'clerk', { input: because }),
  move(meeting, 'shareholderDecision.sign', 'legal', {
    input: { items: ['a1'], document: digest('decision') },
  }),
  move(meeting, 'shareholderDecision.sign', 'clerk', {
    input: { items: ['a1'], document: digest('decision') },
    as: 'not the legal representative',
  }),
  move(meeting, 'result.post', 'clerk', { input: { place: '公开栏' } }),
]

/** Handler, witness and head, nobody in another's place. */
export const issuedBy = (stream: StreamId): readonly Move[] => [
  move(stream, 'request.handle', 'handler'),
  move(stream, 'request.witness', 'witness'),
  move(stream, 'request.issue', 'chead'),
]

export const ended = (glance: Glance, stream: StreamId): boolean => {
  const state = placeIn(glance, stream)
  return state === 'closed' || state.startsWith('disciplineAudit')
}

// One request handed round at random by all who may touch it, with the meetings it needs: verbs, and the desks that wait.
import { requestRows } from '../../src/app/projections/request.ts'
import { meetingRows } from '../../src/app/projections/meeting.ts'
import type { TaskRow } from '../../src/domain/projection.ts'
import { meetingIdSchema, meetingStream, type StreamId } from '../../src/domain/ids.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { addDays, dateAt } from '../../src/domain/time.ts'
import { meetingFold } from '../../workflows/meeting/v1/fold.ts'
import { isSuspended, placeOf, type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import type { Asking, LawWorld } from './law.ts'
import { company, coop, o, p, village } from './law-cast.ts'
import {
  act,
  as,
  close,
  countersign,
  meetingWorld,
  membersTo,
  on,
  open,
  openOrgan,
  prestudy,
  sheet,
  sign as signDecision,
  signMinutes,
  sit,
  tally,
  vote,
} from './meeting-cast.ts'
import {
  asked,
  because,
  booked,
  evidenceOf,
  form,
  paid,
  request,
  returning,
} from './request-cast.ts'

export const amounts = ['1200.00', '12000.00', '60000.00'] as const
export type Amount = (typeof amounts)[number]

const everyPaper = evidenceOf(
  'purposeNote',
  'relationDeclaration',
  'quotes',
  'plan',
  'invoice',
  'acceptance',
  'contract',
  'photos',
)
const formOf = (amount: string, change: object = {}) =>
  form({ amount, evidence: everyPaper, ...change })

/** A village of four members, with a request of this amount submitted; its founding is told once. */
const founded = meetingWorld({ members: 4 })
export function begun(amount: Amount): LawWorld {
  const world = founded.fork()
  world.given(asked('request.submit', 'clerk', formOf(amount)))
  return world
}

export const requestIn = (world: LawWorld): Request => {
  const state = world.state(requestFold, village, request)
  if (state === undefined) throw new Error('no request')
  return state
}
export const placeIn = (world: LawWorld): string => placeOf(requestIn(world))

/** What somebody tries: one command, or a whole meeting. Whether it is taken is the law's business. */
export interface Verb {
  readonly name: string
  try(world: LawWorld, turn: number): void
}

const single = (name: string, asking: (world: LawWorld, turn: number) => Asking): Verb => ({
  name,
  try: (world, turn) => {
    world.ask(asking(world, turn))
  },
})
const plain = (type: string, office: string, input: unknown = {}): Verb =>
  single(`${type} by ${office}`, () => asked(type, office, input))

const today = (world: LawWorld): string => dateAt(world.now)
const meetingOf = (turn: number): StreamId =>
  meetingStream(meetingIdSchema.parse(`m-2026-${String(1000 + turn)}`))

/** Convenes an organ or the members about the request as it now stands, as far as they get. */
function convene(kind: 'board' | 'member', turn: number, world: LawWorld): StreamId | undefined {
  const stream = meetingOf(turn)
  const { round } = requestIn(world).snapshot.context
  const agenda = [{ item: 'a1', title: '支出', request: '2026-000001', round }]
  const organisation = kind === 'board' ? company : coop
  const plan = on(
    stream,
    act('meeting.plan', 'clerk', { kind, organisation, title: '会议', agenda }),
  )
  if ('refused' in world.ask(plan)) return undefined
  const heldAt = `${addDays(dateAt(world.now), kind === 'board' ? 1 : 10)}T01:00:00.000Z`
  const notice = { heldAt, place: '村委会', online: false }
  if (kind === 'member') world.given(on(stream, prestudy()))
  world.given(on(stream, act('meeting.notice', 'clerk', notice)))
  world.clock(heldAt)
  world.given(on(stream, kind === 'board' ? openOrgan() : open()))
  return stream
}

const directors = ['dir1', 'dir2', 'dir3']
const boardMeets = (choice: 'for' | 'against'): Verb => ({
  name: `the board votes ${choice}`,
  try(world, turn) {
    const stream = convene('board', turn, world)
    if (stream === undefined) return
    for (const office of directors) world.given(on(stream, sit(office)))
    for (const office of directors) world.ask(on(stream, vote(office, choice)))
    for (const office of ['dir2', 'dir3']) world.given(on(stream, signMinutes(office)))
    world.given(on(stream, close('dir1')))
  },
})
const boardAdjourns: Verb = {
  name: 'the board comes to nothing',
  try(world, turn) {
    const stream = convene('board', turn, world)
    if (stream !== undefined) world.given(on(stream, act('meeting.adjourn', 'clerk', because)))
  },
}
const membersMeet = (inFavour: number): Verb => ({
  name: `${inFavour} of 4 members vote for it`,
  try(world, turn) {
    const stream = convene('member', turn, world)
    if (stream === undefined) return
    world.given(on(stream, sheet(membersTo(4))))
    world.given(on(stream, tally([inFavour, 4 - inFavour, 0])))
    for (const office of ['teller1', 'teller2'])
      world.given(on(stream, act('tally.sign', office, { items: ['a1'] })))
    world.given(on(stream, countersign()))
    world.given(on(stream, close()))
  },
})
/** Signs for the shareholder whatever meeting carried it. */
const shareholder: Verb = {
  name: 'the shareholder decision is signed',
  try(world, turn) {
    for (let held = 0; held <= turn; held += 1) {
      const stream = meetingOf(held)
      if (world.state(meetingFold, village, stream) !== undefined)
        world.ask(on(stream, signDecision('a1')))
    }
  },
}

const returns = ['witness', 'chead', 'dir1', 'sup2', 'officer', 'head', 'cashier']
const takers = ['handler', 'witness', 'chead', 'clerk', 'sup1', 'sup3', 'officer', 'head']

export const verbs: readonly Verb[] = [
  plain('request.handle', 'handler'),
  plain('request.witness', 'witness'),
  plain('request.issue', 'chead'),
  boardMeets('for'),
  boardMeets('against'),
  boardAdjourns,
  membersMeet(3),
  membersMeet(1),
  shareholder,
  plain('papers.complete', 'clerk'),
  ...['sup1', 'sup2', 'sup3'].map((office) => plain('supervisorySignOff.sign', office)),
  plain('supervisorySignOff.object', 'sup2', because),
  plain('townshipFiling.accept', 'officer'),
  plain('townshipFiling.accept', 'officer2'),
  plain('townshipFiling.consent', 'head', because),
  plain('townshipFiling.refuse', 'head', because),
  plain('payment.order', 'cashier'),
  single('payment.record by cashier', (world) =>
    asked('payment.record', 'cashier', { ...paid, paidOn: today(world) }),
  ),
  plain('payment.fail', 'cashier', because),
  plain('booking.record', 'book', booked),
  plain('request.withdraw', 'chead', because),
  ...returns.map((office) => plain('request.return', office, returning)),
  single('request.resubmit with a correction', (world, turn) => {
    const { amount } = requestIn(world).submission
    return asked('request.resubmit', 'clerk', formOf(amount, { budgetLine: `第${turn}次` }))
  }),
  single('request.resubmit with another purpose', (world, turn) => {
    const { amount } = requestIn(world).submission
    return asked('request.resubmit', 'clerk', formOf(amount, { purpose: `更换部件${turn}` }))
  }),
  ...takers.map((office) => plain('act.takeBack', office, because)),
  plain('suspension.propose', 'inspector1', { ...because, basis: '镇纪委〔2026〕3号' }),
  plain('suspension.order', 'head', because),
  plain('suspension.order', 'chead', because),
  plain('suspension.renew', 'head', { reason: '对账尚未完成' }),
  plain('suspension.lift', 'head', because),
  plain('suspension.lift', 'chead', because),
  plain('suspension.lift', 'inspector1', because),
  plain('suspension.lapse', 'clerk'),
  plain('question.ask', 'dir1', { to: o('clerk'), text: '为何不比价' }),
  plain('question.ask', 'inspector1', { to: o('chead'), text: '谁决定的' }),
  single('question.answer by clerk', (world) => answer(world, 'clerk')),
  single('question.answer by chead', (world) => answer(world, 'chead')),
  plain('request.urge', 'clerk'),
  plain('request.comment', 'sup1', { text: '请附比价单' }),
  plain('request.copyIn', 'dir1', { offices: [o('sup1')], persons: [] }),
  {
    name: 'three weeks pass',
    try: (world) => {
      world.clock(`${addDays(dateAt(world.now), 21)}T01:00:00.000Z`)
    },
  },
]

/** Answers the first question that lies on the office's desk, or one that is not there. */
function answer(world: LawWorld, office: string): Asking {
  const { questions } = requestIn(world).beside
  const question = questions.find(({ to }) => to === o(office))?.question ?? 'q-99'
  return asked('question.answer', office, { question, text: '已补' })
}

export const tasksOf = (state: Request): readonly TaskRow[] =>
  requestRows('2026-000001', state).flatMap(({ table, row }) => (table === 'task' ? [row] : []))
/** Of every meeting that was convened. */
export const meetingTasks = (world: LawWorld, turns: number): readonly TaskRow[] =>
  Array.from({ length: turns + 1 }, (_, turn) => meetingOf(turn)).flatMap((stream) => {
    const state = world.state(meetingFold, village, stream)
    if (state === undefined) return []
    const rows = meetingRows(stream.slice('meeting/'.length), state)
    return rows.flatMap(({ table, row }) => (table === 'task' ? [row] : []))
  })

const own = (kind: string): string => `${company}/${kind}`
const seat = (type: string, offices: readonly string[]) =>
  offices.map((office) => `${type} ${o(office)}`)

/**
 * Who must act next, by hand: every place a request can stand in that is not its end, and the desks that could move it on.
 * What has been said and signed is counted by the test, so that the product's own list is not asked.
 */
export function expected(state: Request, signed: readonly string[]): readonly string[] {
  const beside = [
    ...new Set(state.beside.questions.map(({ to }) => `question.answer ${to}`)),
    ...proposed(state),
  ]
  return [...(isSuspended(state) ? stopped : chain(state, signed)), ...beside].toSorted()
}

const stopped: readonly string[] = [
  'suspension.lift township/centreHead',
  'suspension.lift township/inspector',
  `suspension.lapse ${own('reportingClerk')}`,
]

/** A proposal that nobody has answered waits on both sides, as long as there is a payment to stop. */
function proposed(state: Request): readonly string[] {
  const { outcome } = state.snapshot.context
  const stands = state.suspensionProposed && state.suspension === undefined
  if (!stands || outcome !== 'open' || placeOf(state) === 'payment.ordered') return []
  return ['suspension.order township/centreHead', `suspension.order ${own('companyHead')}`]
}

function chain(state: Request, signed: readonly string[]): readonly string[] {
  const rows: Readonly<Record<string, readonly string[]>> = {
    'issuing.drawnUp': [`request.handle ${p('handler')}`],
    'issuing.handled': [`request.witness ${p('witness')}`],
    'issuing.witnessed': [`request.issue ${own('companyHead')}`],
    'memberVote.open': [`meeting.plan ${own('reportingClerk')}`],
    // the shareholder decision waits in the meeting that carried it
    'memberVote.carried': [],
    // whoever votes has their task in the meeting, once there is one
    'boardReview.open': [`meeting.plan ${own('reportingClerk')}`],
    papers: [`papers.complete ${own('reportingClerk')}`],
    'supervisorySignOff.open': seat(
      'supervisorySignOff.sign',
      ['sup1', 'sup2', 'sup3'].filter((office) => !signed.includes(o(office))),
    ),
    'townshipFiling.open': ['townshipFiling.accept township/centreOfficer'],
    'townshipFiling.accepted': ['townshipFiling.consent township/centreHead'],
    'payment.payable': [`payment.order ${own('cashier')}`],
    'payment.ordered': [`payment.record ${own('cashier')}`],
    booking: [`booking.record ${own('bookkeeper')}`],
    returned: [`request.resubmit ${own('reportingClerk')}`],
    // a round covers its population as a whole
    'disciplineAudit.open': [],
  }
  const found = rows[placeOf(state)]
  if (found === undefined) throw new Error(`nobody knows ${placeOf(state)}`)
  return found
}

/** Desk → an office of the cast whose holder sits at it. */
export function officeAt(desk: string): string {
  const desks: Readonly<Record<string, string>> = {
    [p('handler')]: 'handler',
    [p('witness')]: 'witness',
    [own('companyHead')]: 'chead',
    [own('reportingClerk')]: 'clerk',
    [own('cashier')]: 'cashier',
    [own('bookkeeper')]: 'book',
    'township/centreOfficer': 'officer',
    'township/centreHead': 'head',
    'township/inspector': 'inspector1',
  }
  const office = desks[desk] ?? Object.entries(byOffice).find(([id]) => id === desk)?.[1]
  if (office === undefined) throw new Error(`nobody sits at ${desk}`)
  return office
}
const byOffice = Object.fromEntries(
  ['chead', 'head', 'clerk', ...directors, 'sup1', 'sup2', 'sup3'].map((office) => [
    o(office),
    office,
  ]),
)

/** Each director finds the meeting in their own list, comes and votes. */
function votesOf(world: LawWorld, stream: StreamId): RefusalCode | undefined {
  const rows = meetingRows('m-2026-0001', meetingIn(world, stream))
  const come = rows.flatMap(({ table, row }) =>
    table === 'task' && row.act === 'attendance.record' ? [row.desk] : [],
  )
  if (come.join() !== directors.map((office) => o(office)).join()) return 'notFound'
  for (const office of directors) {
    const refused =
      world.refusal(on(stream, sit(office))) ?? world.refusal(on(stream, vote(office)))
    if (refused !== undefined) return refused
  }
  // taken up: the request itself waits for nobody, the meeting does
  return tasksOf(requestIn(world)).some(({ act: type }) => type === 'meeting.plan')
    ? 'requestOnAgenda'
    : undefined
}

const meetingIn = (world: LawWorld, stream: StreamId) => {
  const state = world.state(meetingFold, village, stream)
  if (state === undefined) throw new Error('not convened')
  return state
}

/**
 * Does what the task says, from its desk: by which refusal it fails, undefined where it is taken. A vote of a board is
 * cast in a meeting, which the clerk who has the task calls.
 */
export function answered(
  world: LawWorld,
  { act: type, desk }: TaskRow,
  turn: number,
): RefusalCode | undefined {
  const office = officeAt(desk)
  const inputs: Readonly<Record<string, unknown>> = {
    'townshipFiling.consent': because,
    'payment.record': { ...paid, paidOn: today(world) },
    'booking.record': booked,
    'suspension.order': because,
    'suspension.lift': because,
    'request.resubmit': formOf(requestIn(world).submission.amount, { budgetLine: `答复${turn}` }),
  }
  if (type === 'question.answer') return world.refusal(answer(world, office))
  if (type === 'meeting.plan') {
    const board = placeIn(world) === 'boardReview.open'
    const stream = convene(board ? 'board' : 'member', turn + 500, world)
    if (stream === undefined) return 'requestNotWaiting'
    return board ? votesOf(world, stream) : undefined
  }
  return world.refusal({ ...asked(type, office, inputs[type] ?? {}), by: as(office) })
}

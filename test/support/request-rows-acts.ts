// What request@1 refuses after submission, one row a rule, by hand from law §1, §2, §5 and §7.
import { p } from './law-cast.ts'
import type { Asking, LawWorld } from './law.ts'
import {
  all,
  appoint,
  asked,
  because,
  booked,
  evidenceOf,
  form,
  founded,
  inPerson,
  inTown,
  paid,
  returning,
  standing,
  submit,
  vacate,
  vouchers,
  walk,
} from './request-cast.ts'
import { type RefusalRow, sealed } from './request-rows.ts'

/** One after another in an office of the village, or of the township. */
export const succeed = (world: LawWorld, office: string, name: string): LawWorld =>
  all(world, vacate(office), appoint(office, p(name)))
export const succeedInTown = (world: LawWorld, office: string, name: string): LawWorld =>
  all(world, inTown(vacate(office)), inTown(appoint(office, p(name))))

/** `acts` of the cast, each by whom it is for. */
export const handle = asked('request.handle', 'handler')
export const witness = asked('request.witness', 'witness')
export const issue = asked('request.issue', 'chead')
export const complete = asked('papers.complete', 'clerk')
export const sign = (office: string): Asking => asked('supervisorySignOff.sign', office)
export const object = (office: string): Asking =>
  asked('supervisorySignOff.object', office, because)
export const accept = asked('townshipFiling.accept', 'officer')
export const consent = asked('townshipFiling.consent', 'head', because)
export const refuseFiling = asked('townshipFiling.refuse', 'head', because)
export const order = asked('payment.order', 'cashier')
export const record = asked('payment.record', 'cashier', paid)
export const fail = asked('payment.fail', 'cashier', because)
export const book = asked('booking.record', 'book', booked)
export const withdraw = asked('request.withdraw', 'chead', because)
export const turnBack = (office: string): Asking => asked('request.return', office, returning)
export const propose = asked('suspension.propose', 'inspector1', {
  ...because,
  basis: '镇纪委〔2026〕3号',
})
export const suspend = asked('suspension.order', 'head', because)
export const lift = asked('suspension.lift', 'head', because)
export const addEvidence = asked('evidence.add', 'clerk', vouchers)
/** Resubmits the form of 60,000 with the change. */
export const resubmit = (change: Record<string, unknown> = {}): Asking =>
  asked('request.resubmit', 'clerk', form({ amount: '60000.00', ...change }))

const at =
  (where: string, ...then: readonly Asking[]) =>
  (): LawWorld =>
    all(standing(where), ...then)
const held = (where: string, office: string, name: string) => () =>
  succeed(standing(where), office, name)
const heldInTown = (where: string, office: string, name: string) => () =>
  succeedInTown(standing(where), office, name)

/** The head of the company signs as handler: the head's own signature is then the third of two. */
function headHandles(): LawWorld {
  const world = founded()
  submit(world, { handler: p('head') })
  return all(world, inPerson(handle, p('head'), 'chead'), witness)
}

/** A former director, who voted on it, sits in a seat of the supervisors. */
const directorSupervises = () =>
  succeed(all(standing('supervisorySignOff.open'), vacate('dir1')), 'sup2', 'dir1')

const many = (count: number) => ({
  evidence: Array.from({ length: count }, () => evidenceOf('other')[0]),
})
const lastDayOfYear = () => {
  const world = founded()
  submit(world)
  return all(walk(world, 'papers'), addEvidence).clock('2026-12-31T01:00:00.000Z')
}
const stranger = { stream: 'request/2026-000002' } as const

const returned = at('townshipFiling.open', turnBack('officer'))
/** All that was there when it was returned: the form and the papers added to it since. */
const again = { evidence: [...form().evidence, ...vouchers.evidence] }

/** Issuing, papers, supervisors, township. */
export const mustRows: readonly RefusalRow[] = [
  ['notFound', 'never submitted', founded, { ...handle, ...stranger }],
  ['ledgerSealed', 'a sealed ledger', () => sealed(standing('issuing.drawnUp')), handle],

  ['notOpen', 'the witness before the handler', at('issuing.drawnUp'), witness],
  ['notYourSeat', 'another handles', at('issuing.drawnUp'), inPerson(handle, p('dir1'), 'dir1')],
  ['notYourSeat', 'another witnesses', at('issuing.handled'), inPerson(witness, p('dir1'), 'dir1')],
  ['officeNotHeld', 'the handler left', at('issuing.drawnUp', vacate('handler')), handle],
  [
    'officeNotHeld',
    'the witness, as director',
    at('issuing.handled'),
    inPerson(witness, p('witness'), 'dir1'),
  ],
  [
    'officeNotHeld',
    'a director issues',
    at('issuing.witnessed'),
    inPerson(issue, p('dir1'), 'dir1'),
  ],
  ['officeNotHeld', 'the head left', at('issuing.witnessed', vacate('chead')), issue],
  ['issuersNotThree', 'the head handled it', headHandles, issue],
  [
    'issuersNotThree',
    'the witness became head',
    held('issuing.witnessed', 'chead', 'witness'),
    inPerson(issue, p('witness')),
  ],

  [
    'officeNotHeld',
    'the handler adds papers',
    at('papers'),
    inPerson(addEvidence, p('handler'), 'handler'),
  ],
  [
    'tooManyPapers',
    'more than 200',
    at('papers', ...[50, 50, 50, 46].map((n) => ({ ...addEvidence, input: many(n) }))),
    { ...addEvidence, input: many(1) },
  ],
  ['papersIncomplete', 'no invoice', at('papers'), complete],
  [
    'officeNotHeld',
    'the handler completes',
    at('papers', addEvidence),
    inPerson(complete, p('handler'), 'handler'),
  ],
  ['calendarMissing', 'a limit that ends in a year without calendar', lastDayOfYear, complete],

  ['notOpen', 'signed before the papers are complete', at('papers', addEvidence), sign('sup1')],
  [
    'notYourSeat',
    'a director signs',
    at('supervisorySignOff.open'),
    inPerson(sign('sup1'), p('dir1'), 'dir1'),
  ],
  [
    'notYourSeat',
    'a supervisor of the cooperative signs',
    at('supervisorySignOff.open'),
    sign('watch1'),
  ],
  [
    'officeNotHeld',
    'who left the seat signs',
    at('supervisorySignOff.open', vacate('sup2')),
    sign('sup2'),
  ],
  [
    'officeNotHeld',
    'in another supervisor’s seat',
    at('supervisorySignOff.open'),
    inPerson(sign('sup1'), p('sup2')),
  ],
  [
    'ownHandling',
    'the handler became supervisor',
    held('supervisorySignOff.open', 'sup2', 'handler'),
    inPerson(sign('sup2'), p('handler')),
  ],
  [
    'ownHandling',
    'the witness objects',
    held('supervisorySignOff.open', 'sup2', 'witness'),
    inPerson(object('sup2'), p('witness')),
  ],
  ['decidesTwice', 'a director who voted', directorSupervises, inPerson(sign('sup2'), p('dir1'))],
  ['alreadySigned', 'signs twice', at('supervisorySignOff.open', sign('sup1')), sign('sup1')],
  [
    'alreadySigned',
    'objects after signing',
    at('supervisorySignOff.open', sign('sup1')),
    object('sup1'),
  ],
  [
    'alreadySigned',
    'objects twice, to count as two',
    at('supervisorySignOff.open', object('sup2')),
    object('sup2'),
  ],

  [
    'officeNotHeld',
    'the head of the centre accepts',
    at('townshipFiling.open'),
    inPerson(accept, p('centrehead'), 'head'),
  ],
  [
    'officeNotHeld',
    'an officer consents',
    at('townshipFiling.accepted'),
    inPerson(consent, p('officer2'), 'officer2'),
  ],
  [
    'officeNotHeld',
    'a leader of the township consents',
    at('townshipFiling.accepted'),
    inPerson(consent, p('leader'), 'leader'),
  ],
  ['notOpen', 'consent before an officer accepted', at('townshipFiling.open'), consent],
  [
    'ownHandling',
    'the witness became officer',
    heldInTown('townshipFiling.open', 'officer2', 'witness'),
    inPerson(accept, p('witness'), 'officer2'),
  ],
  [
    'decidesTwice',
    'a supervisor who signed accepts',
    heldInTown('townshipFiling.open', 'officer2', 'sup2'),
    inPerson(accept, p('sup2'), 'officer2'),
  ],
  [
    'officerIsHead',
    'who accepted became head',
    heldInTown('townshipFiling.accepted', 'head2', 'officer'),
    inPerson(consent, p('officer'), 'head2'),
  ],
  [
    'officerIsHead',
    'and refuses',
    heldInTown('townshipFiling.accepted', 'head2', 'officer'),
    inPerson(refuseFiling, p('officer'), 'head2'),
  ],
  [
    'decidesTwice',
    'a director who voted consents',
    heldInTown('townshipFiling.accepted', 'head2', 'dir3'),
    inPerson(consent, p('dir3'), 'head2'),
  ],
]

/** Payment, booking, return, withdrawal, suspension. */
export const turnRows: readonly RefusalRow[] = [
  ['notOpen', 'paid before the township consented', at('townshipFiling.accepted'), order],
  [
    'officeNotHeld',
    'the bookkeeper pays',
    at('payment.payable'),
    inPerson(order, p('bookkeeper'), 'book'),
  ],
  [
    'cashierConflict',
    'the handler became cashier',
    held('payment.payable', 'cashier', 'handler'),
    inPerson(order, p('handler')),
  ],
  [
    'cashierConflict',
    'who issued it became cashier',
    held('payment.payable', 'cashier', 'head'),
    inPerson(order, p('head')),
  ],
  [
    'cashierConflict',
    'a later head is cashier',
    () => succeed(succeed(standing('payment.payable'), 'chead', 'm1'), 'cashier', 'm1'),
    inPerson(order, p('m1')),
  ],
  [
    'cashierConflict',
    'the bookkeeper is cashier',
    held('payment.payable', 'cashier', 'bookkeeper'),
    inPerson(order, p('bookkeeper')),
  ],
  [
    'cashierConflict',
    'the witness records it',
    held('payment.ordered', 'cashier', 'witness'),
    inPerson(record, p('witness')),
  ],
  [
    'cashierConflict',
    'the witness says it failed',
    held('payment.ordered', 'cashier', 'witness'),
    inPerson(fail, p('witness')),
  ],
  [
    'dateInFuture',
    'paid tomorrow',
    at('payment.ordered'),
    { ...record, input: { ...paid, paidOn: '2026-03-03' } },
  ],
  ['officeNotHeld', 'the cashier books', at('booking'), inPerson(book, p('cashier'), 'cashier')],
  [
    'wrongEntity',
    'booked in the cooperative',
    at('booking'),
    { ...book, input: { ...booked, entity: 'g_coop' } },
  ],
  [
    'cashierConflict',
    'who ordered the payment books it',
    held('booking', 'book', 'cashier'),
    inPerson(book, p('cashier')),
  ],
  [
    'cashierConflict',
    'a cashier books',
    () => succeed(succeed(standing('booking'), 'cashier', 'm1'), 'book', 'm1'),
    inPerson(book, p('m1')),
  ],

  [
    'officeNotHeld',
    'the clerk returns it from issuing',
    at('issuing.handled'),
    inPerson(turnBack('chead'), p('clerk'), 'clerk'),
  ],
  [
    'officeNotHeld',
    'the witness, from an office of another',
    at('issuing.handled'),
    inPerson(turnBack('witness'), p('witness'), 'dir1'),
  ],
  [
    'officeNotHeld',
    'a director returns what the members have',
    at('memberVote.open'),
    turnBack('dir1'),
  ],
  [
    'notYourSeat',
    'a supervisor returns what the board has',
    at('boardReview.open'),
    turnBack('sup1'),
  ],
  [
    'officeNotHeld',
    'a director who left',
    at('boardReview.open', vacate('dir2')),
    turnBack('dir2'),
  ],
  [
    'notYourSeat',
    'a director returns what the supervisors have',
    at('supervisorySignOff.open'),
    turnBack('dir1'),
  ],
  [
    'ownHandling',
    'the handler, as supervisor',
    held('supervisorySignOff.open', 'sup2', 'handler'),
    inPerson(turnBack('sup2'), p('handler')),
  ],
  [
    'ownHandling',
    'the handler, as officer',
    heldInTown('townshipFiling.open', 'officer2', 'handler'),
    inPerson(turnBack('officer'), p('handler'), 'officer2'),
  ],
  [
    'officeNotHeld',
    'the company head returns from the township',
    at('townshipFiling.open'),
    turnBack('chead'),
  ],
  ['officeNotHeld', 'the head returns what is payable', at('payment.payable'), turnBack('chead')],
  ['notOpen', 'returned while the money moves', at('payment.ordered'), turnBack('cashier')],
  ['notOpen', 'resubmitted though not returned', at('papers'), resubmit({ budgetLine: '其他' })],
  [
    'officeNotHeld',
    'resubmitted by the handler',
    returned,
    inPerson(resubmit({ budgetLine: '其他' }), p('handler'), 'handler'),
  ],

  ['nothingChanged', 'the very form', returned, resubmit()],
  ['nothingChanged', 'with the papers that were there', returned, resubmit(again)],

  ['officeNotHeld', 'the clerk withdraws', at('papers'), inPerson(withdraw, p('clerk'), 'clerk')],
  ['paymentUnderWay', 'withdrawn while the money moves', at('payment.ordered'), withdraw],
  ['notOpen', 'withdrawn when paid', at('booking'), withdraw],
  [
    'paymentUnderWay',
    'a suspension proposed while the money moves',
    at('payment.ordered'),
    propose,
  ],
  ['paymentUnderWay', 'suspended while the money moves', at('payment.ordered'), suspend],
  ['notOpen', 'suspended when paid', at('booking'), suspend],
  [
    'officeNotHeld',
    'the secretary proposes',
    at('papers'),
    inPerson(propose, p('secretary'), 'secretary'),
  ],
  [
    'officeNotHeld',
    'an inspector orders',
    at('papers'),
    inPerson(suspend, p('inspector1'), 'inspector1'),
  ],
  [
    'officeNotHeld',
    'the chair of the board orders',
    at('papers'),
    inPerson(suspend, p('dir1'), 'dir1'),
  ],
  [
    'officeNotHeld',
    'an inspector lifts',
    at('papers', suspend),
    inPerson(lift, p('inspector1'), 'inspector1'),
  ],
  ['notOpen', 'lifted though free', at('papers'), lift],
  ['suspended', 'signed while suspended', at('supervisorySignOff.open', suspend), sign('sup1')],
  ['suspended', 'ordered while suspended', at('payment.payable', suspend), order],
]

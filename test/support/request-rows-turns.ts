// What request@1 refuses in paying, booking and turning back, one row a rule, by hand from law §2 and §7.
import { p } from './law-cast.ts'
import {
  at,
  book,
  fail,
  held,
  heldInTown,
  lapse,
  lift,
  object,
  order,
  propose,
  record,
  renew,
  resubmit,
  sign,
  succeed,
  suspend,
  suspending,
  turnBack,
  vacate,
  withdraw,
} from './request-acts.ts'
import { all, booked, form, inPerson, paid, standing, vouchers } from './request-cast.ts'
import type { RefusalRow } from './request-rows.ts'

const returned = at('townshipFiling.open', turnBack('officer'))
/** All that was there when it was returned: the form and the papers added to it since. */
const again = { evidence: [...form().evidence, ...vouchers.evidence] }

const lastDayOfSuspension = () =>
  all(standing('papers'), ...suspending).clock('2026-03-23T15:59:00.000Z')

const dayAfterSuspension = () =>
  all(standing('papers'), ...suspending).clock('2026-03-23T16:00:00.000Z')

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
  [
    'officeNotHeld',
    'law 2.38: the cashier books',
    at('booking'),
    inPerson(book, p('cashier'), 'cashier'),
  ],
  [
    'wrongEntity',
    'law 2.38: booked in the cooperative',
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
    'who ordered it, and is cashier no more, books it',
    () => succeed(all(standing('booking'), vacate('cashier')), 'book', 'cashier'),
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
    'law 2.33: an officer lifts',
    at('papers', ...suspending),
    inPerson(lift, p('officer'), 'officer'),
  ],
  ['notOpen', 'lifted though free', at('papers'), lift],
  [
    'suspended',
    'signed while suspended',
    at('supervisorySignOff.open', ...suspending),
    sign('sup1'),
  ],
  ['suspended', 'ordered while suspended', at('payment.payable', ...suspending), order],
  ['suspensionNotProposed', 'ordered though nobody proposed it', at('papers'), suspend],
  [
    'suspensionNotProposed',
    'by the company, too',
    at('papers'),
    inPerson(suspend, p('head'), 'chead'),
  ],
  [
    'suspensionSpent',
    'law 2.33: renewed twice',
    at('papers', ...suspending, renew),
    { ...renew, input: { reason: '仍未查清' } },
  ],
  [
    'suspensionNotNew',
    'law 2.33: proposed again for the reason it was suspended for',
    at('papers', ...suspending, lift),
    propose,
  ],
  [
    'renewalNeedsReasons',
    'law 2.33: on the reasons of the first',
    at('papers', ...suspending),
    { ...renew, input: suspend.input },
  ],
  ['suspensionOver', 'law 2.33: renewed the day after its end', dayAfterSuspension, renew],
  ['notOpen', 'law 2.33: renewed though lifted', at('papers', ...suspending, lift), renew],
  [
    'officeNotHeld',
    'law 2.33: the company renews what the township ordered',
    at('papers', ...suspending),
    inPerson(renew, p('head'), 'chead'),
  ],
  [
    'officeNotHeld',
    'law 2.33: an inspector renews',
    at('papers', ...suspending),
    inPerson(renew, p('inspector1'), 'inspector1'),
  ],
  ['suspensionRuns', 'lapsed on its last day', lastDayOfSuspension, lapse],
  ['notOpen', 'lapsed though free', at('papers'), lapse],
  [
    'officeNotHeld',
    'an inspector lets it lapse',
    at('papers', ...suspending),
    inPerson(lapse, p('inspector1'), 'inspector1'),
  ],
  [
    'officeNotHeld',
    'the company lifts what the township ordered',
    at('papers', ...suspending),
    inPerson(lift, p('head'), 'chead'),
  ],
  [
    'officeNotHeld',
    'law 2.33: the company lifts what it ordered itself',
    at('papers', propose, inPerson(suspend, p('head'), 'chead')),
    inPerson(lift, p('head'), 'chead'),
  ],
  [
    'suspended',
    'law 2.35: withdrawn while suspended',
    at('payment.payable', ...suspending),
    withdraw,
  ],
  [
    'suspended',
    'law 2.35: the chair objects while suspended',
    at('supervisorySignOff.open', ...suspending),
    object('sup1'),
  ],
  [
    'paidBeforeOrder',
    'paid the day before it was ordered',
    at('payment.ordered'),
    { ...record, input: { ...paid, paidOn: '2026-03-01' } },
  ],
]

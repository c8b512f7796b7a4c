// The order of the five musts: every act against every place of the chain, and which of two broken rules is named.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { p } from '../support/law-cast.ts'
import {
  accept,
  addEvidence,
  appoint,
  book,
  complete,
  consent,
  fail,
  handle,
  inTown,
  issue,
  lapse,
  lift,
  near,
  object,
  order,
  propose,
  record,
  refuseFiling,
  resubmit,
  sign,
  succeed,
  succeedInTown,
  suspend,
  suspending,
  turnBack,
  vacate,
  withdraw,
  witness,
} from '../support/request-acts.ts'
import {
  all,
  booked,
  inPerson,
  look,
  paid,
  place,
  resolve,
  standing,
} from '../support/request-cast.ts'
import { expectRefused } from '../support/request-rows.ts'
import { paidAdvance, settle } from '../support/request-rows-kinds.ts'

/** Every place a request can stand at between two commands, and who there may return it. */
const places: Readonly<Record<string, readonly [() => LawWorld, returner: string]>> = {
  'issuing.drawnUp': [() => standing('issuing.drawnUp'), 'witness'],
  'issuing.handled': [() => standing('issuing.handled'), 'chead'],
  'issuing.witnessed': [() => standing('issuing.witnessed'), 'chead'],
  'memberVote.open': [() => standing('memberVote.open'), 'chead'],
  'memberVote.carried': [() => standing('memberVote.carried'), 'chead'],
  'boardReview.open': [() => standing('boardReview.open'), 'dir2'],
  'boardReview.referred': [
    () => all(standing('boardReview.open'), resolve('board', 'referred')),
    'dir1',
  ],
  papers: [() => all(standing('papers'), addEvidence), 'clerk'],
  'supervisorySignOff.open': [() => standing('supervisorySignOff.open'), 'sup3'],
  'townshipFiling.open': [() => standing('townshipFiling.open'), 'head'],
  'townshipFiling.accepted': [() => standing('townshipFiling.accepted'), 'officer2'],
  'payment.payable': [() => standing('payment.payable'), 'cashier'],
  'payment.ordered': [() => standing('payment.ordered'), 'cashier'],
  settlement: [paidAdvance, 'cashier'],
  booking: [() => standing('booking'), 'cashier'],
  'disciplineAudit.open': [() => standing('disciplineAudit.open'), 'inspector1'],
  'disciplineAudit.covered': [
    () => all(standing('disciplineAudit.open'), look('raise'), look('cover', 'finding')),
    'inspector1',
  ],
  closed: [() => standing('closed'), 'inspector1'],
  returned: [() => all(standing('townshipFiling.open'), turnBack('officer')), 'clerk'],
  'disciplineAudit.open, rejected': [
    () => all(standing('boardReview.open'), resolve('board', 'failed')),
    'chead',
  ],
  'disciplineAudit.open, withdrawn': [() => all(standing('papers'), withdraw), 'chead'],
}

const issuing = ['issuing.drawnUp', 'issuing.handled', 'issuing.witnessed']
const members = ['memberVote.open', 'memberVote.carried']
const board = ['boardReview.open', 'boardReview.referred']
const supervisors = ['supervisorySignOff.open']
const township = ['townshipFiling.open', 'townshipFiling.accepted']
const before = [...issuing, ...members, ...board, ...supervisors, ...township]

/** Where each act has its turn, by hand from the life of a request (law §2). Everywhere else it is refused. */
const turns: readonly (readonly [act: string, Asking | 'return', where: readonly string[]])[] = [
  ['handle', handle, ['issuing.drawnUp']],
  ['witness', witness, ['issuing.handled']],
  ['issue', issue, ['issuing.witnessed']],
  ['add evidence', addEvidence, [...before, 'papers', 'returned']],
  ['complete papers', complete, ['papers']],
  ['sign', sign('sup1'), supervisors],
  ['object', object('sup1'), supervisors],
  ['accept', accept, ['townshipFiling.open']],
  ['consent', consent, ['townshipFiling.accepted']],
  ['refuse', refuseFiling, ['townshipFiling.accepted']],
  ['order the payment', order, ['payment.payable']],
  ['record the payment', record, ['payment.ordered']],
  ['say it failed', fail, ['payment.ordered']],
  ['settle an advance', settle(), ['settlement']],
  ['book', book, ['booking']],
  ['return', 'return', [...before, 'payment.payable']],
  ['resubmit', resubmit({ budgetLine: '其他' }), ['returned']],
  ['withdraw', withdraw, [...before, 'papers', 'payment.payable', 'returned']],
  ['propose a suspension', propose, [...before, 'papers', 'payment.payable', 'returned']],
  ['suspend', suspend, [...before, 'papers', 'payment.payable', 'returned']],
  ['lift', lift, []],
  ['let it lapse', lapse, []],
]
/** From payment.ordered on these have a code of their own: the money is moving. */
const stopping = ['withdraw', 'propose a suspension', 'suspend']

describe('law 2.26, law 2.32: each act in its turn, and in no other', () => {
  test.each(Object.entries(places))('at %s', (where, [given, returner]) => {
    const world = given()
    expect(place(world)).toBe(where.split(', ')[0])
    for (const [act, what, taken] of turns) {
      const fork = world.fork()
      // a suspension answers a proposal, wherever that can be made
      if (act === 'suspend') fork.ask(propose)
      const outcome = fork.ask(what === 'return' ? turnBack(returner) : what)
      const code = 'refused' in outcome ? outcome.refused.code : 'taken'
      const moves = where === 'payment.ordered' && stopping.includes(act)
      const expected = moves ? 'paymentUnderWay' : 'notOpen'
      expect(`${act}: ${code}`).toBe(`${act}: ${taken.includes(where) ? 'taken' : expected}`)
    }
  })

  test('every place of the table is a place the rows name', () => {
    const named = new Set(turns.flatMap(([, , where]) => where))
    expect([...named].filter((where) => !(where in places))).toEqual([])
  })
})

const clerkAnd = (asking: Asking) => inPerson(asking, p('clerk'), 'clerk')
const future = { ...record, input: { ...paid, paidOn: '2026-03-03' } }
const misbooked = { ...book, input: { ...booked, entity: 'g_coop' } }

describe('of two rules broken, the one that is named', () => {
  test.each<[named: RefusalCode, over: string, () => LawWorld, Asking]>([
    ['notOpen', 'notYourSeat', () => standing('booking'), clerkAnd(handle)],
    [
      'notYourSeat',
      'officeNotHeld',
      () => standing('issuing.drawnUp'),
      inPerson(handle, p('dir1'), 'dir2'),
    ],
    ['notOpen', 'officeNotHeld', () => standing('issuing.drawnUp'), clerkAnd(issue)],
    [
      'officeNotHeld',
      'issuersNotThree',
      () => standing('issuing.witnessed'),
      inPerson(issue, p('handler')),
    ],
    ['officeNotHeld', 'papersIncomplete', () => standing('papers'), inPerson(complete, p('m1'))],
    ['notOpen', 'notYourSeat', () => standing('papers'), sign('dir1')],
    [
      'notYourSeat',
      'ownHandling',
      () => standing('supervisorySignOff.open'),
      inPerson(sign('sup1'), p('handler'), 'handler'),
    ],
    [
      'officeNotHeld',
      'ownHandling',
      () => standing('supervisorySignOff.open'),
      inPerson(sign('sup1'), p('handler')),
    ],
    [
      'ownHandling',
      'decidesTwice',
      () => {
        // the handler is a director who votes, though the law has them recuse, and then sits among the supervisors
        const world = standing('boardReview.open')
        all(world, resolve('board', 'passed', [p('handler')]), addEvidence, complete)
        return succeed(world, 'sup2', 'handler')
      },
      inPerson(sign('sup2'), p('handler')),
    ],
    [
      'decidesTwice',
      'supervisorIncompatible',
      () => {
        const world = all(standing('supervisorySignOff.open'), vacate('dir1'))
        return all(succeed(world, 'sup2', 'dir1'), near('dir1', 'cashier'))
      },
      inPerson(sign('sup2'), p('dir1')),
    ],
    [
      'supervisorIncompatible',
      'alreadySigned',
      () => all(standing('supervisorySignOff.open'), sign('sup2'), near('sup2', 'dir3')),
      sign('sup2'),
    ],
    [
      'decidesTwice',
      'alreadySigned',
      () => {
        const world = all(standing('supervisorySignOff.open'), sign('sup2'), vacate('dir1'))
        return succeed(world, 'sup2', 'dir1')
      },
      inPerson(sign('sup2'), p('dir1')),
    ],
    [
      'officerIsHead',
      'decidesTwice',
      () => {
        const world = standing('townshipFiling.open')
        all(world, inTown(vacate('officer2')), inTown(appoint('officer2', p('nova'))))
        all(world, inPerson(accept, p('nova'), 'officer2'))
        return succeedInTown(world, 'head2', 'nova')
      },
      inPerson(consent, p('nova'), 'head2'),
    ],
    ['notOpen', 'cashierConflict', () => succeed(standing('papers'), 'cashier', 'handler'), order],
    [
      'cashierConflict',
      'dateInFuture',
      () => succeed(standing('payment.ordered'), 'cashier', 'handler'),
      inPerson(future, p('handler')),
    ],
    [
      'cashierConflict',
      'wrongEntity',
      () => succeed(standing('booking'), 'book', 'cashier'),
      inPerson(misbooked, p('cashier')),
    ],
    ['paymentUnderWay', 'officeNotHeld', () => standing('payment.ordered'), clerkAnd(withdraw)],
    ['notOpen', 'officeNotHeld', () => standing('booking'), clerkAnd(withdraw)],
    ['officeNotHeld', 'suspensionNotProposed', () => standing('papers'), clerkAnd(suspend)],
    [
      'officeNotHeld',
      'suspensionNotNew',
      () => all(standing('papers'), ...suspending, lift),
      clerkAnd(propose),
    ],
    ['notOpen', 'suspended', () => all(standing('issuing.drawnUp'), ...suspending), order],
    [
      'suspended',
      'officeNotHeld',
      () => all(standing('issuing.witnessed'), ...suspending),
      clerkAnd(issue),
    ],
    [
      'suspended',
      'officeNotHeld',
      () => all(standing('townshipFiling.open'), turnBack('officer'), ...suspending),
      inPerson(resubmit(), p('handler'), 'handler'),
    ],
    [
      'officeNotHeld',
      'nothingChanged',
      () => all(standing('townshipFiling.open'), turnBack('officer')),
      inPerson(resubmit(), p('handler'), 'handler'),
    ],
  ])('%s before %s', (named, _over, given, when) => {
    expectRefused(given().ask(when), named)
  })

  test('what was seen before somebody else acted is stale before anything else', () => {
    const world = standing('payment.ordered')
    expectRefused(world.ask({ ...clerkAnd(withdraw), seen: 0 }), 'staleView')
  })
})

// Taking back one's own last act until the next (law 2.31): where each leads back to, and what forbids it.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { p } from '../support/law-cast.ts'
import { deputising, grantInTown, revoke, terms } from '../support/mandates.ts'
import {
  accept,
  addEvidence,
  complete,
  consent,
  fail,
  handle,
  issue,
  object,
  order,
  propose,
  record,
  sign,
  succeed,
  suspend,
  turnBack,
  vacate,
  withdraw,
  witness,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  because,
  coveredWorld,
  folded,
  founded,
  inPerson,
  look,
  place,
  resolve,
  standing,
  submit,
  types,
  walk,
} from '../support/request-cast.ts'
import { expectRefused } from '../support/request-rows.ts'

const back = (office: string): Asking => asked('act.takeBack', office, because)
/** A request of 1,200: supervisors and inspection only. */
const small = (where: string) => () => {
  const world = founded()
  submit(world)
  return walk(world, where)
}
const at =
  (where: string, ...then: readonly Asking[]) =>
  (): LawWorld =>
    all(standing(where), ...then)

/** Every act that may be taken back: given, done by whom, and where the request stood before. */
const acts: readonly (readonly [what: string, () => LawWorld, act: Asking, to: string])[] = [
  ['the handler’s signature', at('issuing.drawnUp'), handle, 'issuing.drawnUp'],
  ['the witness’s signature', at('issuing.handled'), witness, 'issuing.handled'],
  ['issuing, to the members', at('issuing.witnessed'), issue, 'issuing.witnessed'],
  ['issuing, to the papers', small('issuing.witnessed'), issue, 'issuing.witnessed'],
  ['completing the papers', at('papers', addEvidence), complete, 'papers'],
  ['a signature', at('supervisorySignOff.open'), sign('sup2'), 'supervisorySignOff.open'],
  [
    'the signature that passed it, to the township',
    at('supervisorySignOff.open', sign('sup2'), sign('sup3')),
    sign('sup1'),
    'supervisorySignOff.open',
  ],
  [
    'the signature that passed it, to the payment',
    () => all(small('supervisorySignOff.open')(), sign('sup1')),
    sign('sup2'),
    'supervisorySignOff.open',
  ],
  ['an objection', at('supervisorySignOff.open'), object('sup2'), 'supervisorySignOff.open'],
  ['accepting the filing', at('townshipFiling.open'), accept, 'townshipFiling.open'],
  ['consenting', at('townshipFiling.accepted'), consent, 'townshipFiling.accepted'],
]

const ownBack = ({ by }: Asking): Asking => ({ ...back('clerk'), by })

describe('law 2.31: one’s own last act is taken back', () => {
  test.each(acts)('%s', (_what, given, act, to) => {
    const world = given()
    const before = folded(world)
    const history = types(world)
    world.given(act)
    const recorded = types(world)
    const [taken] = world.given(ownBack(act))
    expect(place(world)).toBe(to)
    expect(taken?.body).toMatchObject({ to, given: because })
    // all of it stays in the ledger: the act, what followed from it, and that it was taken back
    expect(types(world)).toEqual([...recorded, 'act.takenBack'])
    expect(recorded.length).toBeGreaterThan(history.length)
    const after = folded(world)
    const { last: _l, deciders: _d, snapshot: _s, ...stood } = before
    expect(after).toMatchObject(stood)
    expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted())
    expect(after.snapshot.value).toEqual(before.snapshot.value)
    expect(after.snapshot.context).toEqual(before.snapshot.context)
  })

  test.each(acts)('%s: and done again it goes on as if nothing had been', (_what, given, act) => {
    const straight = all(given(), act)
    const again = all(given(), act, ownBack(act), act)
    expect(place(again)).toBe(place(straight))
    expect(folded(again).seating?.signed).toEqual(folded(straight).seating?.signed)
    const { last: _a, since: _b, snapshot, history, ...one } = folded(again)
    const { last: _c, since: _d, snapshot: direct, history: told, ...other } = folded(straight)
    expect(snapshot.value).toEqual(direct.value)
    // it was done again later: the same stays and returns, at another time
    expect(history.stays.map(({ must, how }) => [must, how])).toEqual(
      told.stays.map(({ must, how }) => [must, how]),
    )
    expect(history.returns).toEqual(told.returns)
    expect(one).toEqual(other)
  })

  test.each(acts)('%s: one step, not two', (_what, given, act) => {
    const world = all(given(), act, ownBack(act))
    expectRefused(world.ask(ownBack(act)), 'actOvertaken')
  })

  test.each(acts)('%s: by nobody else', (_what, given, act) => {
    const world = all(given(), act)
    for (const other of ['book', 'dir1', 'officer2', 'inspector1', 'leader']) {
      expectRefused(world.ask(back(other)), 'notYourAct')
    }
  })

  test.each(acts)('%s: not once something happened since', (_what, given, act) => {
    expectRefused(all(given(), act, propose).ask(ownBack(act)), 'actOvertaken')
    expectRefused(all(given(), act, look('raise')).ask(ownBack(act)), 'actOvertaken')
  })

  test.each(acts)('%s: what is said beside it is no next act', (_what, given, act) => {
    const comment = asked('request.comment', 'dir2', { text: '请核对' })
    const world = all(given(), act, comment)
    expect(world.refusal(ownBack(act))).toBeUndefined()
    expect(types(world)).toContain('request.commented')
  })
})

test('law 7.3: who took back a decision has still decided there, and decides in no other must', () => {
  const world = all(standing('supervisorySignOff.open'), sign('sup2'), ownBack(sign('sup2')))
  all(succeed(world, 'sup2', 'm1'), sign('sup1'), sign('sup3'), inPerson(sign('sup2'), p('m1')))
  expect(folded(world).deciders.map(({ person }) => person)).toContain(p('sup2'))
})

test('law 2.31: the limit that ran goes on running; taking back wins no time', () => {
  const world = standing('townshipFiling.open')
  const { dueOn, since } = folded(world)
  world.clock('2026-03-04T01:00:00.000Z')
  all(world, accept, ownBack(accept))
  expect(folded(world)).toMatchObject({ dueOn, since })
})

test('law 4.3: a reservation is as it was', () => {
  const world = coveredWorld('90000.00')
  submit(world, { amount: '60000.00', authority: 'a-2026-0001' })
  all(walk(world, 'townshipFiling.accepted'), consent, ownBack(consent), consent, order, record)
  expect(place(world)).toBe('booking')
})

describe('law 2.31: not taken back', () => {
  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    ['actOvertaken', 'the submission', at('issuing.drawnUp'), back('clerk')],
    ['actOvertaken', 'added papers: they stay', at('papers', addEvidence), back('clerk')],
    ['actOvertaken', 'a return', at('townshipFiling.open', turnBack('officer')), back('officer')],
    ['actOvertaken', 'a suspension', at('papers', propose, suspend), back('head')],
    ['notOpen', 'a withdrawal', at('papers', withdraw), back('chead')],
    [
      'notOpen',
      'the objection that failed it',
      at('supervisorySignOff.open', object('sup1')),
      back('sup1'),
    ],
    [
      'notOpen',
      'the objection that made a majority impossible',
      at('supervisorySignOff.open', object('sup2'), object('sup3')),
      back('sup3'),
    ],
    ['paymentUnderWay', 'the order of a payment', at('payment.ordered'), back('cashier')],
    ['paymentUnderWay', 'the consent once it is ordered', at('payment.ordered'), back('head')],
    ['notOpen', 'a payment', at('booking'), back('cashier')],
    ['notOpen', 'the booking', at('disciplineAudit.open'), back('book')],
    ['notOpen', 'anything of what is closed', at('closed'), back('book')],
    ['actOvertaken', 'a payment that failed', at('payment.ordered', fail), back('cashier')],
    [
      'actOvertaken',
      'a decision of the members',
      at('memberVote.open', resolve('members')),
      back('council1'),
    ],
    [
      'actOvertaken',
      'issuing, once the members have carried it',
      at('memberVote.open', resolve('members')),
      back('chead'),
    ],
    [
      'officeNotHeld',
      'who has left office',
      at('supervisorySignOff.open', sign('sup2'), vacate('sup2')),
      back('sup2'),
    ],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

describe('law 2.31, law 7.16: a deputy takes back their own, and nobody for them', () => {
  const consented = (): LawWorld => {
    const world = all(standing('townshipFiling.accepted'), grantInTown(terms('head', 'm1')))
    return all(world, deputising(consent, 'm1'))
  }

  test('under the mandate', () => {
    const world = all(consented(), deputising(ownBack(consent), 'm1'))
    expect(place(world)).toBe('townshipFiling.accepted')
  })

  test('not the head they stood in for', () => {
    expectRefused(consented().ask(ownBack(consent)), 'notYourAct')
  })

  test('not once the mandate is revoked', () => {
    const world = all(consented(), revoke('head'))
    expectRefused(world.ask(deputising(ownBack(consent), 'm1')), 'officeNotHeld')
  })
})

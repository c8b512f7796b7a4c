// Standing still and turning back (law §2): suspension, withdrawal, a payment that failed.
import { describe, expect, test } from 'vitest'
import { authorityStream } from '../../src/domain/ids.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { authorityFold } from '../../workflows/authority/v1/fold.ts'
import { waitingFor } from '../../workflows/request/v1/waiting.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { company, p, village } from '../support/law-cast.ts'
import {
  accept,
  addEvidence,
  appoint,
  complete,
  consent,
  fail,
  handle,
  inTown,
  issue,
  kept,
  lapse,
  lift,
  object,
  order,
  propose,
  record,
  renew,
  refuseFiling,
  resubmit,
  sign,
  suspend,
  suspending,
  turnBack,
  vacate,
  withdraw,
  witness,
} from '../support/request-acts.ts'
import { consented, lapseIt, refuseIt } from '../support/request-emergency.ts'
import {
  all,
  asked,
  authority,
  coveredWorld,
  folded,
  inPerson,
  place,
  resolve,
  returning,
  standing,
  submit,
  types,
  walk,
} from '../support/request-cast.ts'

const byHead = (asking: Asking): Asking => inPerson(asking, p('head'), 'chead')
const returned = () => all(standing('townshipFiling.open'), turnBack('officer'))

/** Every act that takes a request further, at the place where it has its turn. */
const advances: readonly (readonly [what: string, () => LawWorld, Asking])[] = [
  ['handling', () => standing('issuing.drawnUp'), handle],
  ['witnessing', () => standing('issuing.handled'), witness],
  ['issuing', () => standing('issuing.witnessed'), issue],
  ['completing the papers', () => all(standing('papers'), addEvidence), complete],
  ['signing', () => standing('supervisorySignOff.open'), sign('sup1')],
  ['accepting', () => standing('townshipFiling.open'), accept],
  ['consenting', () => standing('townshipFiling.accepted'), consent],
  ['paying', () => standing('payment.payable'), order],
  ['resubmitting', returned, resubmit({ budgetLine: '其他' })],
  ['restarting', returned, resubmit({ amount: '70000.00' })],
]

/** Every act that brings it to its end: what is doubted neither goes on nor away (law 2.35). */
const ends: readonly (readonly [what: string, () => LawWorld, Asking])[] = [
  ['withdrawing before it is issued', () => standing('issuing.witnessed'), withdraw],
  ['withdrawing from the members', () => standing('memberVote.open'), withdraw],
  ['withdrawing from the board', () => standing('boardReview.open'), withdraw],
  ['withdrawing with its papers', () => standing('papers'), withdraw],
  ['withdrawing from the supervisors', () => standing('supervisorySignOff.open'), withdraw],
  ['withdrawing from the township', () => standing('townshipFiling.open'), withdraw],
  ['withdrawing what is payable', () => standing('payment.payable'), withdraw],
  ['withdrawing what was returned', returned, withdraw],
  ['withdrawing an emergency one officer consented to', consented, withdraw],
  ['the chair objecting', () => standing('supervisorySignOff.open'), object('sup1')],
  [
    'objecting so that a majority is impossible',
    () => all(standing('supervisorySignOff.open'), object('sup2')),
    object('sup3'),
  ],
  ['refusing the filing', () => standing('townshipFiling.accepted'), refuseFiling],
  ['refusing to confirm an emergency', consented, refuseIt],
  [
    'recording that an emergency was not confirmed',
    () => consented().clock('2026-03-05T01:00:00.000Z'),
    lapseIt,
  ],
]

/** What turns back, or only adds to it, needs no freedom. */
const others: readonly (readonly [what: string, () => LawWorld, Asking])[] = [
  ['returning from issuing', () => standing('issuing.handled'), turnBack('chead')],
  ['returning from the board', () => standing('boardReview.open'), turnBack('dir1')],
  ['returning from the township', () => standing('townshipFiling.accepted'), turnBack('head')],
  ['returning what is payable', () => standing('payment.payable'), turnBack('cashier')],
  ['objecting', () => standing('supervisorySignOff.open'), object('sup2')],
  ['adding papers', () => standing('papers'), addEvidence],
  ['lifting', () => standing('papers'), lift],
]

describe('while suspended', () => {
  test.each(advances)('law 2.35: %s waits, and goes on once lifted', (_what, given, when) => {
    const world = all(given(), ...suspending)
    const stood = place(world)
    expect(world.refusal(when)).toBe('suspended')
    expect(place(world)).toBe(stood)
    expect(world.given(lift)).toHaveLength(1)
    expect(world.refusal(when)).toBeUndefined()
  })

  test.each(ends)('law 2.35: %s waits, and ends it once lifted', (_what, given, when) => {
    const world = all(given(), ...suspending)
    const stood = place(world)
    expect(world.refusal(when)).toBe('suspended')
    expect(place(world)).toBe(stood)
    expect(folded(world).snapshot.context.outcome).toBe('open')
    all(world, lift, when)
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test.each(others)('law 2.35: %s goes on', (_what, given, when) => {
    expect(all(given(), ...suspending).refusal(when)).toBeUndefined()
  })

  test.each([
    ['the members', 'memberVote.open', resolve('members')],
    ['the shareholder', 'memberVote.carried', resolve('shareholder')],
    ['the board', 'boardReview.open', resolve('board')],
    ['a referral', 'boardReview.open', resolve('board', 'referred')],
  ])('law 2.35: no decision of %s is taken in', (_who, where, decision) => {
    const world = all(standing(where), ...suspending)
    expect(() => world.ask(decision)).toThrow('not open')
    expect(place(world)).toBe(where)
    expect(() => all(world, lift, decision)).not.toThrow()
  })
})

describe('who suspends and for how long', () => {
  test.each<[string, Asking]>([
    ['the head of the centre', suspend],
    ['the head of the company', byHead(suspend)],
  ])(
    'law 2.33: %s, to the 15th working day: Monday 2 March to Monday 23 March 2026',
    (_who, asking) => {
      const world = all(standing('papers'), propose, asking)
      expect(folded(world).suspendedUntil).toBe('2026-03-23')
      world.given(lift)
      expect(folded(world).suspendedUntil).toBe('')
    },
  )

  const byInspector = inPerson(lift, p('inspector2'), 'inspector2')
  test.each<[string, RefusalCode | undefined, Asking]>([
    ['the head of the company who ordered it', 'officeNotHeld', byHead(lift)],
    ['the clerk', 'officeNotHeld', inPerson(lift, p('clerk'), 'clerk')],
    ['an officer', 'officeNotHeld', inPerson(lift, p('officer'), 'officer')],
    ['the head of the centre', undefined, lift],
    ['an inspector, whose side proposed it', undefined, byInspector],
  ])('law 2.33: lifted by %s: %s', (_who, code, asking) => {
    const world = all(standing('papers'), propose, byHead(suspend))
    expect(world.refusal(asking)).toBe(code)
  })

  test('law 7.2: not lifted by an inspector who handled it', () => {
    const world = all(standing('papers'), ...suspending)
    all(world, inTown(vacate('inspector3')), inTown(appoint('inspector3', p('handler'))))
    expect(world.refusal(inPerson(lift, p('handler'), 'inspector3'))).toBe('ownHandling')
  })

  const anew = { ...propose, input: { reason: '发现发票系伪造', basis: '税务协查函' } }
  const third = { ...propose, input: { reason: '施工方与经办人有资金往来', basis: '银行流水' } }

  test('law 2.33: who lifts it spends nobody’s right: on new grounds it is ordered again', () => {
    const world = all(standing('payment.payable'), propose, byHead(suspend), lift)
    expect(world.refusal(propose)).toBe('suspensionNotNew')
    all(world, anew)
    expect(waitingFor(folded(world)).map(({ act }) => act)).toContain('suspension.order')
    all(world, suspend)
    expect(folded(world).suspendedUntil).toBe('2026-03-23')
    expect(world.refusal(order)).toBe('suspended')
    all(world, lift)
    expect(world.refusal(anew)).toBe('suspensionNotNew')
  })

  test('law 2.33: once it has lapsed, too; all of them together as long as one and its renewal', () => {
    const world = all(standing('payment.payable'), ...suspending)
    all(world.clock('2026-03-16T01:00:00.000Z'), lift)
    // ten working days stood, Monday 2 to Monday 16 March; fifteen more end on Tuesday 7 April (6 April is a day off)
    all(world, anew, suspend)
    expect(folded(world).suspendedUntil).toBe('2026-04-07')
    all(world.clock('2026-04-08T01:00:00.000Z'), lapse, third, suspend)
    // five of the thirty are left: from Wednesday 8 April to Wednesday 15
    expect(folded(world).suspendedUntil).toBe('2026-04-15')
    expect(world.refusal(renew)).toBe('suspensionSpent')
    all(world.clock('2026-04-16T01:00:00.000Z'), lapse)
    const fourth = { ...propose, input: { reason: '又有举报', basis: '来信' } }
    expect(world.refusal(fourth)).toBe('suspensionSpent')
    expect(world.refusal(order)).toBeUndefined()
  })

  test('law 2.33: lifted or not, it is renewed once', () => {
    const world = all(standing('payment.payable'), ...suspending, renew, lift, anew, suspend)
    expect(world.refusal({ ...renew, input: { reason: '仍未查清' } })).toBe('suspensionSpent')
  })

  test('law 2.34: lifted after its last day, it had stood no longer than to that day', () => {
    const world = all(standing('payment.payable'), ...suspending)
    all(world.clock('2026-06-01T01:00:00.000Z'), lift)
    expect(folded(world).suspension?.before).toEqual([{ from: '2026-03-02', to: '2026-03-23' }])
    expect(world.refusal(anew)).toBeUndefined()
  })

  test('law 2.33: renewed once, on reasons of its own; the second limit follows the first', () => {
    const world = all(standing('papers'), ...suspending).clock('2026-03-23T15:59:59.000Z')
    world.given(renew)
    // 15 working days after 23 March: 24–31 March are 6, 6 April is a day off (清明), so the 15th is 14 April
    expect(folded(world).suspendedUntil).toBe('2026-04-14')
    expect(world.refusal({ ...renew, input: { reason: '仍未查清' } })).toBe('suspensionSpent')
    expect(world.refusal(order)).toBe('notOpen')
    all(world.clock('2026-04-15T01:00:00.000Z'), lapse)
    expect(world.refusal(anew)).toBe('suspensionSpent')
  })

  test('law 2.33: what the head of the company ordered, both may renew', () => {
    const world = all(standing('papers'), propose, byHead(suspend))
    expect(world.fork().refusal(byHead(renew))).toBeUndefined()
    expect(world.refusal(renew)).toBeUndefined()
  })

  test('law 2.33: what is restarted by a material change may be suspended anew', () => {
    const world = all(standing('townshipFiling.open'), ...suspending, lift, turnBack('officer'))
    all(world, resubmit({ ...kept, amount: '60000.01' }))
    expect(world.refusal(suspend)).toBe('suspensionNotProposed')
    all(world, propose, suspend)
    expect(folded(world).suspension?.before).toEqual([])
  })

  test.each<[string, Asking]>([
    ['the clerk', lapse],
    ['the head', byHead(lapse)],
    ['the handler', inPerson(lapse, p('handler'), 'handler')],
    ['a supervisor', inPerson(lapse, p('sup2'), 'sup2')],
    ['a councillor', inPerson(lapse, p('council1'), 'council1')],
    ['the officer', inPerson(lapse, p('officer'), 'officer')],
  ])('law 2.34: %s, working on it next, records its lapse', (_who, asking) => {
    const world = all(standing('payment.payable'), ...suspending)
    expect(world.clock('2026-03-23T16:00:00.000Z').refusal(asking)).toBeUndefined()
  })

  test('law 2.34: its limit is read before it ends, and who may end it', () => {
    const world = all(standing('payment.payable'), ...suspending)
    const dueAt = '2026-03-23T16:00:00.000Z'
    expect(
      waitingFor(folded(world)).map(({ act, desks, dueAt: due }) => [act, desks, due]),
    ).toEqual([
      ['suspension.lift', ['township/centreHead', 'township/inspector'], dueAt],
      ['suspension.lapse', [`${company}/reportingClerk`], dueAt],
    ])
  })

  test('law 2.34: after its last day it lapses, visibly, and what waited goes on', () => {
    const world = all(standing('payment.payable'), ...suspending)
    expect(world.clock('2026-03-23T15:59:59.000Z').refusal(lapse)).toBe('suspensionRuns')
    expect(world.clock('2026-03-23T16:00:00.000Z').refusal(order)).toBe('suspended')
    world.given(lapse)
    expect(types(world).at(-1)).toBe('suspension.lapsed')
    expect(world.refusal(order)).toBeUndefined()
  })

  test('law 2.33: a proposal alone stops nothing', () => {
    const world = all(standing('payment.payable'), propose)
    expect(folded(world).suspendedUntil).toBe('')
    expect(world.refusal(order)).toBeUndefined()
  })

  test('a payment that failed may be suspended before it is tried again', () => {
    const world = all(standing('payment.ordered'), fail, ...suspending)
    expect(world.refusal(order)).toBe('suspended')
  })
})

describe('withdrawal', () => {
  const until = [
    'issuing.drawnUp',
    'issuing.witnessed',
    'memberVote.open',
    'memberVote.carried',
    'boardReview.open',
    'papers',
    'supervisorySignOff.open',
    'townshipFiling.open',
    'townshipFiling.accepted',
    'payment.payable',
  ]
  test.each(until)(
    'law 2.30 law 2.36: from %s it goes to its inspection, and nothing more is asked of it',
    (where) => {
      const world = all(standing(where), withdraw)
      expect(types(world).slice(-2)).toEqual(['request.withdrawn', 'disciplineAudit.opened'])
      expect(place(world)).toBe('disciplineAudit.open')
      expect(folded(world).snapshot.context.outcome).toBe('withdrawn')
      for (const asking of [handle, issue, sign('sup1'), accept, order, withdraw]) {
        expect(world.refusal(asking)).toBe('notOpen')
      }
    },
  )
})

describe('payment', () => {
  test('law 2.37: one that failed is payable again, by whoever is cashier then', () => {
    const world = all(standing('payment.ordered'), fail)
    expect(place(world)).toBe('payment.payable')
    expect(folded(world).snapshot.context.outcome).toBe('open')
    all(world, order, record)
    expect(place(world)).toBe('booking')
    expect(types(world).filter((type) => type === 'payment.ordered')).toHaveLength(2)
  })

  test('one that failed may be returned and withdrawn again', () => {
    const world = all(standing('payment.ordered'), fail)
    expect(world.fork().refusal(withdraw)).toBeUndefined()
    expect(world.refusal(asked('request.return', 'cashier', returning))).toBeUndefined()
  })

  test.each([
    ['on the day it was ordered', '2026-03-02', undefined],
    ['later', '2026-03-04', undefined],
    ['the day before it was ordered', '2026-03-01', 'paidBeforeOrder'],
    ['ahead of time', '2026-03-05', 'dateInFuture'],
  ])('paid %s', (_what, paidOn, code) => {
    const world = standing('payment.ordered').clock('2026-03-04T01:00:00.000Z')
    expect(world.refusal({ ...record, input: { bankReference: 'HZ1', paidOn } })).toBe(code)
  })
})

describe('what an authority gives back (law §4)', () => {
  const use = (world: LawWorld) =>
    world.state(authorityFold, village, authorityStream(authority))?.uses.get(requestIdOf)
  const requestIdOf = '2026-000001' as Parameters<NonNullable<Uses>['get']>[0]
  type Uses = NonNullable<ReturnType<typeof stateOf>>['uses']
  const stateOf = (world: LawWorld) =>
    world.state(authorityFold, village, authorityStream(authority))
  const reserved = (where: string) => {
    const world = coveredWorld('90000.00')
    submit(world, { amount: '60000.00', authority })
    return walk(world, where)
  }

  test.each<[string, string, Asking]>([
    ['withdrawn', 'papers', withdraw],
    ['objected to', 'supervisorySignOff.open', object('sup1')],
    ['refused by the township', 'townshipFiling.accepted', refuseFiling],
  ])('%s: the whole reservation', (_what, where, end) => {
    const world = reserved(where)
    expect(use(world)).toMatchObject({ amount: '60000.00', state: 'reserved' })
    world.given(end)
    expect(use(world)).toBeUndefined()
  })

  test.each<[string, Record<string, unknown>, string | undefined]>([
    ['reduced: the difference', { amount: '50000.00' }, '50000.00'],
    ['raised: it takes more', { amount: '80000.00' }, '80000.00'],
    ['the same amount: nothing', { budgetLine: '其他' }, '60000.00'],
    ['no longer under it: all', { authority: undefined }, undefined],
  ])('%s', (_what, change, left) => {
    const world = all(reserved('townshipFiling.open'), turnBack('officer'))
    const { authority: named, ...form } = { authority, ...change }
    world.given(resubmit(named === undefined ? form : { ...form, authority: named }))
    expect(use(world)?.amount).toBe(left)
  })

  test('raised past the ceiling it is refused, and the reservation stands', () => {
    const world = all(reserved('townshipFiling.open'), turnBack('officer'))
    const asking = resubmit({ authority, amount: '90000.01' })
    expect(world.refusal(asking)).toBe('authorityExceeded')
    expect(use(world)?.amount).toBe('60000.00')
    expect(world.refusal(resubmit({ authority, amount: '90000.00' }))).toBeUndefined()
  })
})

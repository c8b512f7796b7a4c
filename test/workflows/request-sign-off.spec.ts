// Must 3 (law §1, §5): a majority of all seats with the chair, or all; objections; vacancy blocks; successors.
import { describe, expect, test } from 'vitest'
import type { Asking, LawWorld } from '../support/law.ts'
import { company, coop, o, p, type Seat, village, villageSeats } from '../support/law-cast.ts'
import { appoint, object, openOffice, sign, turnBack, vacate } from '../support/request-acts.ts'
import {
  all,
  asked,
  coveredWorld,
  folded,
  foundWorld,
  inPerson,
  place,
  submit,
  types,
  walk,
  windowOf,
} from '../support/request-cast.ts'
import { flood } from '../support/request-emergency.ts'

const others = villageSeats.filter(([, kind]) => kind !== 'supervisor')
/** `sup1` (in the chair, unless none is) … `sup<n>`. */
const supervisors = (count: number, chair = true): readonly Seat[] =>
  Array.from({ length: count }, (_, i): Seat => {
    const name = `sup${i + 1}`
    const seat = [name, 'supervisor', company, name] as const
    return chair && i === 0 ? [...seat, 'chair'] : seat
  })

const worlds = new Map<string, LawWorld>()
/** A request whose supervisors are asked; `small` needs a majority and the chair, `large` all. */
function asking(count: number, size: 'small' | 'large', chair = true): LawWorld {
  const name = `${count} ${size} ${chair}`
  const known = worlds.get(name)
  if (known !== undefined) return known.fork()
  const world = foundWorld({ seats: [...others, ...supervisors(count, chair)] })
  submit(world, { amount: size === 'small' ? '4999.99' : '10000.00' })
  worlds.set(name, walk(world, 'supervisorySignOff.open'))
  return world.fork()
}

/** `+2` signs in the seat of sup2, `-2` objects. */
const act = (word: string): Asking =>
  inPerson(
    word.startsWith('+') ? sign('sup1') : object('sup1'),
    p(`sup${word.slice(1)}`),
    `sup${word.slice(1)}`,
  )
const outcome = (world: LawWorld): 'open' | 'passed' | 'failed' => {
  if (types(world).includes('supervisorySignOff.passed')) return 'passed'
  return types(world).includes('supervisorySignOff.failed') ? 'failed' : 'open'
}

type Row = readonly [seats: number, acts: string, 'open' | 'passed' | 'failed']

describe('law 5.15, law 5.16: below tier.largeFrom, a majority of all seats, the chair among them', () => {
  test.each<Row>([
    [1, '', 'open'],
    [1, '+1', 'passed'],
    [1, '-1', 'failed'],
    [2, '+1', 'open'],
    [2, '+2', 'open'],
    [2, '+2 +1', 'passed'],
    [2, '-2', 'failed'],
    [2, '-1', 'failed'],
    [3, '+1', 'open'],
    [3, '+1 +2', 'passed'],
    [3, '+2 +1', 'passed'],
    [3, '+2 +3', 'open'],
    [3, '+2 +3 +1', 'passed'],
    [3, '-2', 'open'],
    [3, '-2 +1 +3', 'passed'],
    [3, '+1 -2 +3', 'passed'],
    [3, '-2 -3', 'failed'],
    [3, '+1 -2 -3', 'failed'],
    [3, '-1', 'failed'],
    [3, '+2 +3 -1', 'failed'],
    [3, '-2 +2 +1', 'passed'],
    [5, '+1 +2', 'open'],
    [5, '+1 +2 +3', 'passed'],
    [5, '+2 +3 +4 +5', 'open'],
    [5, '-2 -3', 'open'],
    [5, '-2 -3 +1 +4 +5', 'passed'],
    [5, '-2 -3 -4', 'failed'],
  ])('of %d seats: %s → %s', (seats, acts, expected) => {
    const world = asking(seats, 'small')
    all(world, ...acts.split(' ').filter(Boolean).map(act))
    expect(outcome(world)).toBe(expected)
    const where = {
      open: 'supervisorySignOff.open',
      passed: 'payment.payable',
      failed: 'disciplineAudit.open',
    }
    expect(place(world)).toBe(where[expected])
  })
})

describe('law 5.15, law 5.16: from tier.largeFrom and for related parties, all of them', () => {
  test.each<Row>([
    [1, '+1', 'passed'],
    [2, '+1', 'open'],
    [2, '+1 +2', 'passed'],
    [3, '+1 +2', 'open'],
    [3, '+1 +2 +3', 'passed'],
    [3, '+3 +2 +1', 'passed'],
    // one objection leaves a majority possible: it waits until that supervisor is convinced (law §5)
    [3, '+1 +3 -2', 'open'],
    [3, '-2 +1 +3', 'open'],
    [3, '-2 +1 +3 +2', 'passed'],
    [3, '-2 -3', 'failed'],
    [3, '-1', 'failed'],
    [5, '+1 +2 +3 +4', 'open'],
    [5, '+1 +2 +3 +4 +5', 'passed'],
  ])('of %d seats: %s → %s', (seats, acts, expected) => {
    const world = asking(seats, 'large')
    all(world, ...acts.split(' ').filter(Boolean).map(act))
    expect(outcome(world)).toBe(expected)
  })

  test.each([
    ['9,999.99', { amount: '9999.99' }, 'majorityAndChair'],
    ['10,000.00', { amount: '10000.00' }, 'all'],
    ['1.00, related', { amount: '1.00', relation: 'related' }, 'all'],
    ['1.00, lent', { amount: '1.00', matter: 'lending' }, 'majorityAndChair'],
    ['10,000.00, lent', { amount: '10000.00', matter: 'lending' }, 'all'],
    ['5,000.00, in an emergency', { amount: '5000.00', emergency: flood }, 'majorityAndChair'],
  ])('%s', (_what, change, needs) => {
    const world = foundWorld()
    submit(world, change)
    expect(folded(walk(world, 'supervisorySignOff.open')).seating?.needs).toBe(needs)
  })

  test.each([
    ['4,999.99 after 5,000.00: a fen below', '4999.99', '5000.00', 'majorityAndChair'],
    ['5,000.00 after 5,000.00', '5000.00', '5000.00', 'all'],
    ['1.00 after 9,999.00', '1.00', '9999.00', 'all'],
  ])(
    'law 3.9: the sum in the window counts like the amount: %s',
    (_what, amount, before, needs) => {
      const world = foundWorld().fact('payeeWindow', windowOf(before))
      submit(world, { amount })
      expect(folded(walk(world, 'supervisorySignOff.open')).seating?.needs).toBe(needs)
    },
  )

  test('under an authority the window does not count', () => {
    const world = coveredWorld('90000.00').fact('payeeWindow', windowOf('50000.00'))
    submit(world, { amount: '6000.00', authority: 'a-2026-0001' })
    const { seating } = folded(walk(world, 'supervisorySignOff.open'))
    expect(seating?.needs).toBe('majorityAndChair')
  })
})

describe('nothing passes because nobody is there', () => {
  const gone = (...seats: readonly number[]) => seats.map((n) => vacate(`sup${n}`))

  test('law 1.6: one supervisor alone is majority and chair, though no chair was named', () => {
    expect(outcome(all(asking(1, 'small', false), act('+1')))).toBe('passed')
    expect(outcome(all(asking(1, 'small', false), act('-1')))).toBe('failed')
  })

  test('without a chair’s seat a majority never passes; all together do', () => {
    const small = all(asking(3, 'small', false), act('+1'), act('+2'), act('+3'))
    expect(outcome(small)).toBe('open')
    const large = all(asking(3, 'large', false), act('+1'), act('+2'), act('+3'))
    expect(outcome(large)).toBe('passed')
  })

  test('the chair’s seat is vacant: the others sign, it waits for a chair', () => {
    const world = all(asking(3, 'small'), ...gone(1), act('+2'), act('+3'))
    expect(outcome(world)).toBe('open')
    expect(world.refusal(act('+1'))).toBe('officeNotHeld')
    all(world, appoint('sup1', p('nova')), inPerson(sign('sup1'), p('nova')))
    expect(outcome(world)).toBe('passed')
  })

  test('a vacant seat counts in the majority', () => {
    const world = all(asking(3, 'small'), ...gone(2, 3), act('+1'))
    expect(outcome(world)).toBe('open')
  })

  test('all seats vacant: nobody can act, and it stays open', () => {
    const world = all(asking(3, 'small'), ...gone(1, 2, 3))
    for (const word of ['+1', '+2', '-3']) expect(world.refusal(act(word))).toBe('officeNotHeld')
    expect(outcome(world)).toBe('open')
  })

  test('where all must sign, one vacant seat holds it', () => {
    const world = all(asking(3, 'large'), ...gone(3), act('+1'), act('+2'))
    expect(outcome(world)).toBe('open')
    all(world, appoint('sup3', p('nova')), inPerson(sign('sup3'), p('nova')))
    expect(outcome(world)).toBe('passed')
  })
})

describe('fixed when the must opens; a successor takes the seat (law §1)', () => {
  test('a signature given in office stands, and counts once', () => {
    const world = all(asking(3, 'small'), act('+2'), vacate('sup2'), appoint('sup2', p('nova')))
    expect(world.refusal(inPerson(sign('sup2'), p('nova')))).toBe('alreadySigned')
    world.given(act('+1'))
    expect(outcome(world)).toBe('passed')
    expect(folded(world).seating?.signed.map(({ person }) => person)).toEqual([
      p('sup2'),
      p('sup1'),
    ])
  })

  test('the successor signs in the place of who left', () => {
    const world = all(asking(3, 'small'), vacate('sup2'), appoint('sup2', p('nova')))
    expect(world.refusal(act('+2'))).toBe('officeNotHeld')
    all(world, inPerson(sign('sup2'), p('nova')), act('+1'))
    expect(outcome(world)).toBe('passed')
  })

  test('a successor may withdraw an objection by signing', () => {
    const world = all(asking(3, 'large'), act('+1'), act('+3'), act('-2'))
    all(world, vacate('sup2'), appoint('sup2', p('nova')), inPerson(sign('sup2'), p('nova')))
    expect(outcome(world)).toBe('passed')
    expect(folded(world).seating?.objected).toEqual([])
  })

  test('a seat opened since is none here; after a return it is', () => {
    const world = all(
      asking(3, 'large'),
      openOffice('sup4', 'supervisor', company),
      appoint('sup4', p('nova')),
    )
    const fourth = inPerson(sign('sup1'), p('nova'), 'sup4')
    expect(world.refusal(fourth)).toBe('notYourSeat')
    all(world, turnBack('sup2'))
    world.given(
      asked('request.resubmit', 'clerk', {
        ...folded(world).submission,
        evidence: folded(world).evidence,
        budgetLine: '其他',
      }),
    )
    expect(folded(world).seating?.seats).toEqual(['sup1', 'sup2', 'sup3', 'sup4'].map(o))
    all(world, act('+1'), act('+2'), act('+3'))
    expect(outcome(world)).toBe('open')
    world.given(fourth)
    expect(outcome(world)).toBe('passed')
  })
})

describe('whose supervisors (law §1)', () => {
  const open = (founding: Parameters<typeof foundWorld>[0]): LawWorld => {
    const world = foundWorld(founding)
    submit(world, { amount: '4999.99' })
    return walk(world, 'supervisorySignOff.open')
  }

  test.each<[string, Parameters<typeof foundWorld>[0]]>([
    ['law 1.6: the company has none', { seats: others }],
    [
      'law 1.4: the policy says the cooperative',
      { settings: [{ key: 'organ.supervisors', value: 'coop' }] },
    ],
  ])('%s: the cooperative’s', (_what, founding) => {
    const world = open(founding)
    expect(folded(world).seating).toMatchObject({
      organisation: coop,
      seats: [o('watch1'), o('watch2')],
      chair: o('watch1'),
    })
    all(world, sign('watch2'), sign('watch1'))
    expect(outcome(world)).toBe('passed')
  })

  test('neither has one: it waits, and says whose seats are missing', () => {
    const none = others.filter(([, kind]) => kind !== 'coopSupervisor')
    const world = open({ seats: none })
    expect(folded(world).seating).toMatchObject({ organisation: coop, seats: [] })
    expect(world.refusal(asked('supervisorySignOff.sign', 'dir1'))).toBe('notYourSeat')
    expect(outcome(world)).toBe('open')
  })

  test('the board: the cooperative’s council where the company has none', () => {
    const world = foundWorld({ seats: villageSeats.filter(([, kind]) => kind !== 'director') })
    submit(world, { amount: '5000.00' })
    expect(folded(walk(world, 'boardReview.open')).seating).toMatchObject({
      organisation: coop,
      seats: [o('council1'), o('council2'), o('council3')],
    })
    expect(world.entries(village, 'request/2026-000001').at(-1)?.body).toMatchObject({
      organisation: coop,
    })
  })
})

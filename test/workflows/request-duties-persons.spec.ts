// Separation of duties among persons (law 7.1, 7.5, 7.6): three issuers, clerks who are cashiers, supervisors near to who runs
// the company. Expected by hand from the clauses.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import type { LawWorld } from '../support/law.ts'
import { by, p } from '../support/law-cast.ts'
import { boardVotes, grantByBoard, terms } from '../support/mandates.ts'
import { meetingWorld } from '../support/meeting-cast.ts'
import { handle, issue, near, sign, succeed, turnBack, witness } from '../support/request-acts.ts'
import {
  all,
  asked,
  folded,
  form,
  founded,
  inPerson,
  standing,
  submit,
  walk,
} from '../support/request-cast.ts'

const submitting = (change: Record<string, unknown>) =>
  asked('request.submit', 'clerk', form(change))

describe('law 7.1 handler, witness and head are three persons', () => {
  const persons = ['handler', 'witness', 'dir1', 'head'] as const
  const offices = { handler: 'handler', witness: 'witness', dir1: 'dir1', head: 'chead' } as const
  const trios = persons.flatMap((a) =>
    persons.flatMap((b) => persons.map((c) => [a, b, c] as const)),
  )

  test('the table is whole', () => {
    expect(trios).toHaveLength(64)
    expect(trios.filter((trio) => new Set(trio).size === 3)).toHaveLength(24)
  })

  test.each(trios)('%s, %s, %s', (handler, witnessed, head) => {
    const world = founded()
    if (head !== 'head') succeed(world, 'chead', head)
    // who left the headship still witnesses or handles from an office of their own
    if (head !== 'head' && (handler === 'head' || witnessed === 'head'))
      succeed(world, 'council3', 'head')
    const office = (name: (typeof persons)[number]) =>
      name === 'head' && head !== 'head' ? 'council3' : offices[name]
    const asking = submitting({ handler: p(handler), witness: p(witnessed) })
    const signing = [
      asking,
      inPerson(handle, p(handler), office(handler)),
      inPerson(witness, p(witnessed), office(witnessed)),
      inPerson(issue, p(head), 'chead'),
    ]
    // the first that is refused is the last that is asked
    const said = signing.map((each) => world.refusal(each)).find((code) => code !== undefined)
    const distinct = new Set([handler, witnessed, head]).size === 3
    expect(said).toBe(distinct ? undefined : 'issuersNotThree')
  })
})

describe('law 7.5 a clerk who is the cashier is not also the handler', () => {
  const rows: readonly (readonly [string, boolean, string, RefusalCode | undefined])[] = [
    ['both', true, 'clerk', 'cashierConflict'],
    ['the cashier types another’s form', true, 'handler', undefined],
    ['a clerk who pays nothing handles', false, 'clerk', undefined],
  ]
  const world = (pays: boolean): LawWorld => {
    const made = succeed(founded(), 'handler', 'handler')
    succeed(made, 'dir3', 'clerk')
    return pays ? succeed(made, 'cashier', 'clerk') : made
  }

  test.each(rows)('law 2.9 %s', (_what, pays, handler, code) => {
    expect(world(pays).refusal(submitting({ handler: p(handler) }))).toBe(code)
  })

  test('nor when the form is sent in again', () => {
    const made = world(false)
    submit(made, { handler: p('clerk') })
    const handling = inPerson(handle, p('clerk'), 'dir3')
    all(made, handling, witness, turnBack('chead'))
    const again = asked(
      'request.resubmit',
      'clerk',
      form({ handler: p('clerk'), budgetLine: '其他' }),
    )
    expect(made.fork().refusal(again)).toBeUndefined()
    expect(succeed(made, 'cashier', 'clerk').refusal(again)).toBe('cashierConflict')
  })
})

describe('law 7.6 who supervises is near to nobody who runs the company or its money', () => {
  test.each<[tie: string, of: string]>([
    ['the head', 'head'],
    ['a director', 'dir1'],
    ['the cashier', 'cashier'],
    ['the bookkeeper', 'bookkeeper'],
    ['the clerk', 'clerk'],
  ])('declared since: %s', (_tie, of) => {
    const world = all(standing('supervisorySignOff.open'), near('sup2', of))
    expect(world.refusal(sign('sup2'))).toBe('supervisorIncompatible')
    expect(world.refusal(sign('sup1'))).toBeUndefined()
  })

  test.each<[of: string]>([['handler'], ['witness'], ['council1'], ['m1']])(
    'near to %s: signs',
    (of) => {
      const world = all(standing('supervisorySignOff.open'), near('sup2', of))
      expect(world.refusal(sign('sup2'))).toBeUndefined()
    },
  )

  test('law 7.16 near to the deputy of the head', () => {
    const world = meetingWorld()
    const voted = terms('chead', 'm5')
    boardVotes(world, voted)
    world.given(near('sup2', 'm5'))
    submit(world, { amount: '900.00' })
    walk(world, 'supervisorySignOff.open')
    expect(world.fork().refusal(sign('sup2'))).toBeUndefined()
    // the board’s vote was before the tie was known: the entry is refused, and so is what follows from one entered before
    expect(world.refusal(grantByBoard(voted))).toBe('supervisorIncompatible')
    const before = meetingWorld()
    boardVotes(before, voted)
    all(before, grantByBoard(voted), near('sup2', 'm5'))
    submit(before, { amount: '900.00' })
    walk(before, 'supervisorySignOff.open')
    expect(before.refusal(sign('sup2'))).toBe('supervisorIncompatible')
    expect(before.refusal(sign('sup1'))).toBeUndefined()
  })
})

test('law 2.9 who types is recorded apart from who issues', () => {
  const world = standing('issuing.drawnUp')
  const { clerk, submission } = folded(world)
  expect([clerk, submission.handler]).toEqual([by('clerk').person, p('handler')])
})

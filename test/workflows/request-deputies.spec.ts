// A deputy at work (law 7.16): acts under their own name, within the mandate, and separation of duties looks at both persons.
import { beforeAll, describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { issuersOf } from '../../workflows/request/v1/scene.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { o, p, townSeats, village, villageSeats } from '../support/law-cast.ts'
import {
  boardVotes,
  deputising,
  grantByBoard,
  grantInTown,
  revoke,
  terms,
} from '../support/mandates.ts'
import * as meeting from '../support/meeting-cast.ts'
import {
  accept,
  consent,
  handle,
  issue,
  lift,
  near,
  order,
  propose,
  refuseFiling,
  sign,
  succeedInTown,
  suspend,
  turnBack,
  vacate,
  withdraw,
  witness,
} from '../support/request-acts.ts'
import { all, folded, inPerson, place, standing, submit, walk } from '../support/request-cast.ts'

const headDeputy = (deputy: string, change: object = {}): Asking =>
  grantInTown(terms('head', deputy, change))
const consentBy = (deputy: string): Asking => deputising(consent, deputy)

describe('law 7.14 the head of the centre is represented', () => {
  const accepted = (): LawWorld => standing('townshipFiling.accepted')

  test.each<[what: string, deputy: string, ask: Asking, code: RefusalCode | undefined]>([
    ['a deputy consents', 'officer2', consent, undefined],
    ['a deputy refuses', 'officer2', refuseFiling, undefined],
    ['a deputy sends it back', 'officer2', turnBack('head'), undefined],
    ['somebody of no office', 'm1', consent, undefined],
    ['the accepting officer', 'officer', consent, 'officerIsHead'],
    ['the accepting officer refuses', 'officer', refuseFiling, 'officerIsHead'],
    ['who issued it', 'witness', consent, 'ownHandling'],
    ['who issued it sends it back', 'handler', turnBack('head'), 'ownHandling'],
    ['who voted on it', 'dir2', consent, 'decidesTwice'],
    ['who signed it off', 'sup1', refuseFiling, 'decidesTwice'],
  ])('%s', (_what, deputy, ask, code) => {
    const world = accepted()
    world.given(headDeputy(deputy))
    expect(world.refusal(deputising(ask, deputy))).toBe(code)
  })

  test.each<[what: string, represented: string, code: RefusalCode | undefined]>([
    ['who accepted it', 'officer', 'officerIsHead'],
    ['who handled it', 'handler', 'ownHandling'],
    ['who witnessed it', 'witness', 'ownHandling'],
    ['who voted on it', 'dir1', 'decidesTwice'],
    ['who signed it off', 'sup2', 'decidesTwice'],
    ['nobody of these', 'm2', undefined],
  ])('law 7.16 both count: a deputy for a head %s', (_what, represented, code) => {
    const world = accepted()
    succeedInTown(world, 'head2', represented)
    const asking = grantInTown(terms('head2', 'm1'), 'head')
    world.given({ ...asking, by: { ...asking.by, office: o('head2'), person: p(represented) } })
    const by = { ...consent, by: { ...consent.by, office: o('head2') } }
    expect(world.refusal(deputising(by, 'm1'))).toBe(code)
  })

  test('both have decided: neither decides in another must', () => {
    const world = accepted()
    world.given(headDeputy('officer2'))
    world.given(consentBy('officer2'))
    expect(folded(world).deciders).toEqual(
      expect.arrayContaining([
        { must: 'townshipFiling', person: p('officer2') },
        { must: 'townshipFiling', person: p('centrehead') },
      ]),
    )
  })

  test('who acts stands in the entry by name and mandate, whom they represent beside it', () => {
    const world = accepted()
    world.given(headDeputy('officer2'))
    const [entry] = world.given(consentBy('officer2'))
    expect(entry?.by).toMatchObject({
      person: p('officer2'),
      office: o('head'),
      mandate: 'd_first',
    })
    expect(entry?.body).toMatchObject({ represented: p('centrehead') })
    const [own] = standing('townshipFiling.accepted').given(consent)
    expect(own?.body).not.toHaveProperty('represented')
  })

  test.each<[what: string, change: object, code: RefusalCode | undefined]>([
    ['up to the very amount', { upTo: '60000.00' }, undefined],
    ['up to a fen less', { upTo: '59999.99' }, 'mandateExceeded'],
    ['not begun', { from: '2026-03-03', to: '2026-03-20' }, 'officeNotHeld'],
    ['ended', { from: '2026-02-20', to: '2026-03-01' }, 'officeNotHeld'],
    ['of today alone', { from: '2026-03-02', to: '2026-03-02' }, undefined],
  ])('law 7.16 %s', (_what, change, code) => {
    const world = accepted()
    world.given(headDeputy('officer2', change))
    expect(world.refusal(consentBy('officer2'))).toBe(code)
  })

  test('law 7.16 revoked, or of another person: nobody holds the office by it', () => {
    const world = accepted()
    world.given(headDeputy('officer2'))
    expect(world.fork().refusal(consentBy('m1'))).toBe('officeNotHeld')
    expect(world.fork().refusal(deputising(consent, 'officer2', 'd_other'))).toBe('officeNotHeld')
    expect(world.fork().refusal(inPerson(consent, p('officer2')))).toBe('officeNotHeld')
    world.given(revoke('head'))
    expect(world.refusal(consentBy('officer2'))).toBe('officeNotHeld')
  })

  test('a deputy of the head accepts nothing by it: that is the officer’s', () => {
    const world = standing('townshipFiling.open')
    world.given(headDeputy('m1'))
    const asHead = { ...accept, by: consent.by }
    expect(world.refusal(deputising(asHead, 'm1'))).toBe('mandateExceeded')
  })

  test('law 2.33 a deputy orders a suspension, and lifts it', () => {
    const world = standing('papers')
    all(world, headDeputy('officer2'), propose, deputising(suspend, 'officer2'))
    expect(world.refusal(deputising(lift, 'officer2'))).toBeUndefined()
  })
})

describe('law 7.14, law 7.16 everybody of the cast as deputy of the head of the centre', () => {
  const cast = [
    ...new Set([...townSeats, ...villageSeats].map(([, , , holder]) => holder)),
    'm1',
    'm2',
  ].filter((name) => name !== 'centrehead')
  const forbidden: Partial<Record<RefusalCode, readonly string[]>> = {
    ownHandling: ['handler', 'witness', 'head'],
    decidesTwice: ['dir1', 'dir2', 'dir3', 'sup1', 'sup2', 'sup3'],
    officerIsHead: ['officer'],
  }
  const codeOf = (name: string) =>
    Object.entries(forbidden).find(([, names]) => names.includes(name))?.[0]

  test.each([
    ['consents', consent],
    ['refuses', refuseFiling],
  ])('%s', (_what, ask) => {
    const said = cast.map((name) => {
      const world = standing('townshipFiling.accepted')
      world.given(headDeputy(name))
      return [name, world.refusal(deputising(ask, name))]
    })
    expect(cast.length).toBeGreaterThan(25)
    expect(said).toEqual(cast.map((name) => [name, codeOf(name)]))
  })

  test('the head is their own deputy never', () => {
    expect(standing('townshipFiling.accepted').refusal(headDeputy('centrehead'))).toBe(
      'ownAppointment',
    )
  })
})

describe('law 7.11, law 7.15 no mandate serves who may not be represented', () => {
  test.each<[what: string, where: string, ask: Asking]>([
    ['a supervisor signs', 'supervisorySignOff.open', sign('sup2')],
    ['a cashier pays', 'payment.payable', order],
    ['a handler signs', 'issuing.drawnUp', handle],
    ['a witness signs', 'issuing.handled', witness],
    ['an officer accepts', 'townshipFiling.open', accept],
  ])('%s', (_what, where, ask) => {
    const world = standing(where)
    world.given(headDeputy('m1'))
    expect(world.refusal(deputising(ask, 'm1'))).toBe('mandateExceeded')
    // nor does it help the holder to name one
    const named = { ...ask, by: { ...ask.by, mandate: deputising(ask, 'm1').by.mandate } }
    expect(world.refusal(named as Asking)).toBe('mandateExceeded')
  })
})

describe('law 7.12 the company head is represented', () => {
  let appointed: (deputy: string, change?: object) => LawWorld
  const kept = new Map<string, LawWorld>()
  beforeAll(() => {
    appointed = (deputy, change = {}) => {
      const key = `${deputy} ${JSON.stringify(change)}`
      const made =
        kept.get(key) ??
        (() => {
          const world = meeting.meetingWorld()
          const voted = terms('chead', deputy, change)
          boardVotes(world, voted)
          world.given(grantByBoard(voted))
          return world
        })()
      kept.set(key, made)
      return made.fork()
    }
  })

  /** Submitted and signed by handler and witness, whoever they are. */
  function drawnUp(world: LawWorld, change: Record<string, unknown> = {}): LawWorld {
    submit(world, change)
    const { handler, witness: witnessed } = folded(world).submission
    world.given(inPerson(handle, handler, officeOf(handler)))
    world.given(inPerson(witness, witnessed, officeOf(witnessed)))
    return world
  }
  const officeOf = (person: string): string =>
    ({ [p('head')]: 'chead', [p('handler')]: 'handler', [p('dir1')]: 'dir1', [p('dir2')]: 'dir2' })[
      person
    ] ?? 'witness'

  type Change = Record<string, unknown>
  test.each<[what: string, deputy: string, change: Change, code: RefusalCode | undefined]>([
    ['a deputy issues', 'dir3', {}, undefined],
    ['the handler as deputy', 'handler', {}, 'issuersNotThree'],
    ['the witness as deputy', 'witness', {}, 'issuersNotThree'],
    ['for a head who is the handler', 'dir3', { handler: p('head') }, undefined],
    ['for a head who is the witness', 'dir3', { witness: p('head') }, 'issuersNotThree'],
  ])('law 2.8, law 2.10 %s', (_what, deputy, change, code) => {
    const world = drawnUp(appointed(deputy), change)
    expect(world.refusal(deputising(issue, deputy))).toBe(code)
  })

  test('law 2.10 the head’s part has raised the route all the same', () => {
    const world = drawnUp(appointed('dir3'), { handler: p('head') })
    world.given(deputising(issue, 'dir3'))
    const { route } = folded(world)
    expect(route.find(({ must }) => must === 'boardReview')).toMatchObject({ demand: 'required' })
    expect(place(world)).toBe('boardReview.open')
  })

  test('law 2.10 a deputy related to the handler raises it as the head would', () => {
    const demandOf = (world: LawWorld) =>
      folded(world).route.find(({ must }) => must === 'boardReview')?.demand
    expect(demandOf(drawnUp(appointed('dir3')))).toBe('notRequired')
    const world = appointed('dir3')
    world.given(near('dir3', 'handler'))
    expect(demandOf(drawnUp(world))).toBe('required')
  })

  test('law 2.10 a deputy found to be related to the handler since does not issue it past the board', () => {
    const world = drawnUp(appointed('dir3'))
    world.given(near('dir3', 'handler'))
    expect(world.refusal(deputising(issue, 'dir3'))).toBe('headTieUnrouted')
    expect(world.refusal(issue)).toBe('headTieUnrouted')
  })

  test('law 7.2 both issued it', () => {
    const world = drawnUp(appointed('dir3'))
    const [entry] = world.given(deputising(issue, 'dir3'))
    expect(entry?.body).toMatchObject({ represented: p('head') })
    expect(issuersOf(folded(world))).toEqual(
      ['handler', 'witness', 'dir3', 'head'].map((name) => p(name)),
    )
  })

  test.each<[what: string, change: object, amount: string, code: RefusalCode | undefined]>([
    ['within its amount', { upTo: '1200.00' }, '1200.00', undefined],
    ['a fen above it', { upTo: '1200.00' }, '1200.01', 'mandateExceeded'],
    [
      'a mandate for the member vote alone',
      { musts: ['memberVote'] },
      '1200.00',
      'mandateExceeded',
    ],
  ])('law 7.16 %s', (_what, change, amount, code) => {
    const world = drawnUp(appointed('dir3', change), { amount })
    expect(world.refusal(deputising(issue, 'dir3'))).toBe(code)
  })

  test.each<[what: string, musts: readonly string[], code: RefusalCode | undefined]>([
    ['sends back before issuing', ['issuing'], undefined],
    ['not under another must', ['memberVote'], 'mandateExceeded'],
  ])('law 7.16 a deputy %s', (_what, musts, code) => {
    const world = drawnUp(appointed('dir3', { musts }))
    expect(world.refusal(deputising(turnBack('chead'), 'dir3'))).toBe(code)
  })

  test('law 7.16 the mandate ends with its last day', () => {
    const world = drawnUp(appointed('dir3'))
    expect(world.fork().clock('2026-03-27T15:59:59.000Z').refusal(deputising(issue, 'dir3'))).toBe(
      undefined,
    )
    world.clock('2026-03-27T16:00:00.000Z')
    expect(world.refusal(deputising(issue, 'dir3'))).toBe('officeNotHeld')
  })

  test('a deputy withdraws what waits', () => {
    const world = drawnUp(appointed('dir3'))
    expect(world.refusal(deputising(withdraw, 'dir3'))).toBeUndefined()
  })

  test('law 7.5 a cashier who stands in for the head does not pay meanwhile', () => {
    const world = appointed('cashier')
    submit(world, { amount: '900.00' })
    walk(world, 'payment.payable')
    expect(world.fork().refusal(order)).toBe('cashierConflict')
    world.given(revoke('chead', village))
    expect(world.refusal(order)).toBeUndefined()
  })

  test('a vacant head has no deputy: the mandate fell with the holder (law 1.12)', () => {
    const world = drawnUp(appointed('dir3'))
    world.given(vacate('chead'))
    expect(world.refusal(deputising(issue, 'dir3'))).toBe('officeNotHeld')
  })
})

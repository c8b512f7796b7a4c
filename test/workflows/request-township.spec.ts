// The township's part in a request (law 5.17, 5.18): it files within three working days and can stop a payment; it cannot
// originate, edit or decide spending (L4 Art 36).
import { describe, expect, test } from 'vitest'
import { dueOnOf } from '../../src/domain/deadline.ts'
import { presetValues } from '../../src/domain/policy.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { waitingFor } from '../../workflows/request/v1/waiting.ts'
import { type Asking, calendar, type LawWorld } from '../support/law.ts'
import { by, p, townSeats } from '../support/law-cast.ts'
import {
  accept,
  addEvidence,
  book,
  complete,
  consent,
  fail,
  issue,
  kept,
  order,
  propose,
  record,
  refuseFiling,
  resubmit,
  sign,
  small,
  suspend,
  turnBack,
  withdraw,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  folded,
  form,
  founded,
  inPerson,
  place,
  standing,
} from '../support/request-cast.ts'

const township = townSeats.map(([office]) => office)
const inOffice = (ask: Asking, office: string): Asking => ({ ...ask, by: by(office) })

describe('law 5.18 the township originates, edits and decides no spending', () => {
  test.each<[what: string, given: () => LawWorld, ask: Asking, code: RefusalCode]>([
    ['submits', founded, asked('request.submit', 'clerk', form()), 'officeNotHeld'],
    ['issues', () => standing('issuing.witnessed'), issue, 'officeNotHeld'],
    ['withdraws', () => standing('papers'), withdraw, 'officeNotHeld'],
    ['adds papers', () => standing('papers'), addEvidence, 'officeNotHeld'],
    ['completes papers', () => all(standing('papers'), addEvidence), complete, 'officeNotHeld'],
    ['signs it off', () => standing('supervisorySignOff.open'), sign('sup1'), 'notYourSeat'],
    ['pays', () => standing('payment.payable'), order, 'officeNotHeld'],
    ['records a payment', () => standing('payment.ordered'), record, 'officeNotHeld'],
    ['records a failed one', () => standing('payment.ordered'), fail, 'officeNotHeld'],
    ['books', () => standing('booking'), book, 'officeNotHeld'],
    [
      'edits what was returned',
      () => all(standing('supervisorySignOff.open'), turnBack('sup1')),
      resubmit({ ...kept, ...small }),
      'officeNotHeld',
    ],
  ])('no office of it %s', (_what, given, ask, code) => {
    expect(township.length).toBe(8)
    const said = township.map((office) => given().refusal(inOffice(ask, office)))
    expect(said).toEqual(township.map(() => code))
    // whose act it is may: the table is about the township, not about the state
    expect(given().refusal(ask)).toBeUndefined()
  })

  test('it can stop a payment: by refusing, sending back or suspending', () => {
    expect(place(all(standing('townshipFiling.accepted'), refuseFiling))).toBe(
      'disciplineAudit.open',
    )
    expect(place(all(standing('townshipFiling.open'), turnBack('officer')))).toBe('returned')
    const suspended = all(standing('payment.payable'), propose, suspend)
    expect(suspended.refusal(order)).toBe('suspended')
  })
})

describe('law 5.17 the officer accepts or returns, another person consents or refuses', () => {
  test.each<[office: string, accepts: RefusalCode | undefined, consents: RefusalCode | undefined]>([
    ['officer', undefined, 'officeNotHeld'],
    ['officer2', undefined, 'officeNotHeld'],
    ['head', 'officeNotHeld', undefined],
    ['leader', 'officeNotHeld', 'officeNotHeld'],
    ['inspector1', 'officeNotHeld', 'officeNotHeld'],
    ['secretary', 'officeNotHeld', 'officeNotHeld'],
    ['chead', 'officeNotHeld', 'officeNotHeld'],
  ])('%s: accepts %s, consents %s', (office, accepts, consents) => {
    expect(standing('townshipFiling.open').refusal(inOffice(accept, office))).toBe(accepts)
    const accepted = standing('townshipFiling.accepted')
    expect(accepted.fork().refusal(inOffice(consent, office))).toBe(consents)
    expect(accepted.refusal(inOffice(refuseFiling, office))).toBe(consents)
  })

  test('law 7.13 any officer acts on the task of the office', () => {
    const world = standing('townshipFiling.open')
    expect(waitingFor(folded(world))).toMatchObject([{ desks: ['township/centreOfficer'] }])
    expect(world.refusal(inPerson(accept, p('officer2'), 'officer2'))).toBeUndefined()
  })

  test('reasons are needed to consent and to refuse', () => {
    const world = standing('townshipFiling.accepted')
    expect(() => world.ask({ ...consent, input: {} })).toThrow(/reason/)
    expect(() => world.ask({ ...refuseFiling, input: { reason: ' ' } })).toThrow(/reason/)
  })

  test('three working days for officer and head together', () => {
    const dueOf = (world: LawWorld) =>
      waitingFor(folded(world)).map((row) => dueOnOf(row, calendar, presetValues))
    const world = standing('townshipFiling.open')
    expect(dueOf(world)).toEqual(['2026-03-05'])
    world.clock('2026-03-04T01:00:00.000Z')
    // accepting does not restart it
    expect(dueOf(all(world, accept))).toEqual(['2026-03-05'])
  })
})

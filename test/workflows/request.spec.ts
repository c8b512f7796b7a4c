// The chain of one request: the ordinary way through it, and every way it must not go.
import { beforeAll, describe, expect, it } from 'vitest'
import { placeOf } from '../../workflows/request/v1/fold.ts'
import { village } from '../support/law-cast.ts'
import type { LawWorld } from '../support/law.ts'
import { asked, folded, form, foundWorld, request, submit, walk } from '../support/request-cast.ts'

let founded: LawWorld
beforeAll(() => {
  founded = foundWorld()
})

const types = (world: LawWorld): readonly string[] => world.entries(village, request).map(({ type }) => type)

describe('a daily expense', () => {
  it('passes all five musts in order, each recorded whatever its demand', () => {
    const world = founded.fork()
    submit(world)
    walk(world)
    expect(types(world)).toEqual([
      'request.submitted',
      'request.handled',
      'request.witnessed',
      'request.issued',
      'memberVote.notRequired',
      'boardReview.notRequired',
      'evidence.added',
      'papers.completed',
      'supervisorySignOff.opened',
      'supervisorySignOff.signed',
      'supervisorySignOff.signed',
      'supervisorySignOff.passed',
      'townshipFiling.notRequired',
      'payment.ordered',
      'payment.recorded',
      'booking.recorded',
      'disciplineAudit.opened',
    ])
    expect(placeOf(folded(world))).toBe('disciplineAudit.open')
  })
})

describe('refused at submission', () => {
  it.each([
    ['guaranteeForbidden', { matter: 'guarantee' }],
    ['hospitalityProhibited', { category: 'hospitality' }],
    ['voucherMissing', { amount: '1000.01', invoices: [] }],
    ['cashOverLimit', { method: 'cash' }],
  ] as const)('%s', (code, change) => {
    const world = founded.fork()
    expect(world.refusal(asked('request.submit', 'clerk', form(change)))).toBe(code)
  })
})

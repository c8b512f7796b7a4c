// The ordinary ways of a request, told entry by entry from law §2, §3, §5: every must in its order, whatever its demand.
import { describe, expect, test } from 'vitest'
import { authorityFold, leftOn, totalOf } from '../../workflows/authority/v1/fold.ts'
import { authorityStream } from '../../src/domain/ids.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { requestEvents } from '../../workflows/request/v1/events.ts'
import type { LawWorld } from '../support/law.ts'
import { p, village } from '../support/law-cast.ts'
import {
  all,
  asked,
  authority,
  coveredWorld,
  folded,
  form,
  foundWorld,
  look,
  place,
  request,
  resolve,
  submit,
  types,
  walk,
  windowOf,
  windowOn,
} from '../support/request-cast.ts'

const founded = foundWorld()

function ends(change: Record<string, unknown>, world: LawWorld = founded.fork()): LawWorld {
  submit(world, change)
  return walk(world, 'closed')
}

const issuing = ['request.submitted', 'request.handled', 'request.witnessed', 'request.issued']
const papers = ['evidence.added', 'papers.completed', 'supervisorySignOff.opened']
const threeSigned = Array.from({ length: 3 }, () => 'supervisorySignOff.signed')
const paid = ['payment.ordered', 'payment.recorded', 'booking.recorded']
const audited = ['disciplineAudit.opened', 'disciplineAudit.covered', 'disciplineAudit.passed']
const filed = ['townshipFiling.opened', 'townshipFiling.accepted', 'townshipFiling.consented']

describe('the entries of a request, from submission to the round that covers it', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      'daily: 4,999.99, a majority of the supervisors with their chair',
      { amount: '4999.99' },
      [
        ...issuing,
        'memberVote.notRequired',
        'boardReview.notRequired',
        ...papers,
        'supervisorySignOff.signed',
        'supervisorySignOff.signed',
        'supervisorySignOff.passed',
        'townshipFiling.notRequired',
        ...paid,
        ...audited,
      ],
    ],
    [
      'from 5,000 the board',
      { amount: '5000.00' },
      [
        ...issuing,
        'memberVote.notRequired',
        'boardReview.opened',
        'boardReview.passed',
        ...papers,
        'supervisorySignOff.signed',
        'supervisorySignOff.signed',
        'supervisorySignOff.passed',
        'townshipFiling.notRequired',
        ...paid,
        ...audited,
      ],
    ],
    [
      'from 10,000 all supervisors and the township',
      { amount: '10000.00' },
      [
        ...issuing,
        'memberVote.notRequired',
        'boardReview.opened',
        'boardReview.passed',
        ...papers,
        ...threeSigned,
        'supervisorySignOff.passed',
        ...filed,
        ...paid,
        ...audited,
      ],
    ],
    [
      'from 50,000 the members, by a signed shareholder decision',
      { amount: '50000.00' },
      [
        ...issuing,
        'memberVote.opened',
        'memberVote.carried',
        'memberVote.passed',
        'boardReview.opened',
        'boardReview.passed',
        ...papers,
        ...threeSigned,
        'supervisorySignOff.passed',
        ...filed,
        ...paid,
        ...audited,
      ],
    ],
  ])('%s', (_what, change, expected) => {
    const world = ends(change)
    expect(types(world)).toEqual(expected)
    expect(place(world)).toBe('closed')
  })

  test('covered: the authority stands for members and board, and is drawn upon', () => {
    const world = coveredWorld('90000.00')
    submit(world, { amount: '60000.00', authority })
    const state = () => {
      const now = world.state(authorityFold, village, authorityStream(authority))
      if (now === undefined) throw new Error('no authority')
      return now
    }
    const left = () => leftOn(state(), localDateSchema.parse('2026-03-02'))
    expect(left()).toBe('30000.00')
    walk(world, 'payment.ordered')
    expect(types(world).slice(4, 6)).toEqual(['memberVote.covered', 'boardReview.covered'])
    expect(types(world)).toContain('townshipFiling.consented')
    expect(totalOf(state(), 'drawn')).toBe('0.00')
    walk(world, 'booking')
    expect(totalOf(state(), 'drawn')).toBe('60000.00')
    expect(left()).toBe('30000.00')
  })
})

describe('law 3.1: what submission freezes', () => {
  test('law 3.9: the part that crosses a line carries the whole sum and names the others', () => {
    const world = founded.fork().fact('payeeWindow', windowOf('3000.00', '1999.99'))
    submit(world, { amount: '0.01' })
    const { rolling, route } = folded(world)
    expect(rolling).toEqual({ sum: '5000.00', parts: ['2026-000900', '2026-000901'] })
    expect(route.map(({ demand }) => demand)).toEqual([
      'notRequired',
      'required',
      'required',
      'notRequired',
      'required',
    ])
    expect(route[1]).toMatchObject({ must: 'boardReview', rule: 'rollingSum.reaches' })
    for (const part of rolling.parts) {
      expect(route[1]?.reason.zh).toContain(part)
      expect(route[1]?.reason.en).toContain(part)
    }
  })

  test('law 3.8: a day on which a part falls out of the thirty', () => {
    const asks: object[] = []
    // the fact reaches back ninety days, for the alerts; the law counts thirty, the day of submission the last
    const world = founded.fork().fact('payeeWindow', (query) => {
      asks.push(query)
      return windowOn(['3000.00', '2026-01-31'], ['3000.00', '2026-02-01'])(query)
    })
    submit(world, { payee: { ...form().payee, taxNo: '91330502MA2B3C4D5E' } })
    expect(asks[0]).toEqual({
      company: form().company,
      keys: ['account:6246270519836198971', 'tax:91330502MA2B3C4D5E', 'name:菱东船舶修理厂'],
      from: '2025-12-03',
      to: '2026-03-02',
      except: '2026-000001',
    })
    expect(folded(world).rolling).toEqual({ sum: '4200.00', parts: ['2026-000901'] })
  })

  test.each([
    ['declared by the handler', { relation: 'related' }, true, []],
    ['not related', {}, false, []],
  ] as const)('%s', (_what, change, related, persons) => {
    const world = founded.fork()
    submit(world, change)
    expect(folded(world)).toMatchObject({ related, relatedPersons: persons })
  })

  test('a request is bound to the policy in force when it was submitted (law §8)', () => {
    const world = founded.fork()
    submit(world, { amount: '6000.00' })
    const { policy } = folded(world)
    walk(world, 'boardReview.open')
    expect(world.entries(village, request).map((entry) => entry.policy)).toEqual(
      types(world).map(() => policy),
    )
  })
})

describe('limits, by hand: Monday 2 March 2026', () => {
  test.each([
    ['boardReview.open', '2026-03-04'],
    ['supervisorySignOff.open', '2026-03-04'],
    ['townshipFiling.open', '2026-03-05'],
  ])('%s ends %s', (stop, dueOn) => {
    const world = founded.fork()
    submit(world, { amount: '12000.00' })
    expect(folded(walk(world, stop)).dueOn).toBe(dueOn)
  })
})

describe('the end of a flow', () => {
  const audit = () => {
    const world = founded.fork()
    submit(world)
    return walk(world, 'disciplineAudit.open')
  }

  test('a round that finds nothing closes it, examined or not', () => {
    for (const result of ['noFinding', 'notExamined'] as const) {
      const world = all(audit(), look('cover', result))
      expect(place(world)).toBe('closed')
      expect(folded(world).coveredBy).toBe('i-2026-01')
    }
  })

  test('a finding keeps it open until it is settled', () => {
    const world = all(audit(), look('raise'), look('cover', 'finding'))
    expect(place(world)).toBe('disciplineAudit.covered')
    expect(folded(world).openFindings).toEqual(['i-2026-01/f-1'])
    world.given(look('settle'))
    expect(place(world)).toBe('closed')
  })

  test('two findings: the last to be settled closes it', () => {
    const world = all(audit(), look('raise'), look('raise', 'finding', 'f-2'))
    all(world, look('cover', 'finding'), look('settle', 'finding', 'f-2'))
    expect(place(world)).toBe('disciplineAudit.covered')
    world.given(look('settle'))
    expect(place(world)).toBe('closed')
  })

  test('settled before the round covers it, it closes with the coverage', () => {
    const world = all(audit(), look('raise'), look('settle'))
    expect(place(world)).toBe('disciplineAudit.open')
    world.given(look('cover', 'noFinding'))
    expect(place(world)).toBe('closed')
  })

  test('a finding may name a closed request; it stays closed', () => {
    const world = all(audit(), look('cover'), look('raise'))
    expect(place(world)).toBe('closed')
    expect(folded(world).openFindings).toEqual(['i-2026-01/f-1'])
    world.given(look('settle'))
    expect(folded(world).openFindings).toEqual([])
  })

  test.each<[string, () => LawWorld]>([
    ['memberVote.failed', () => walkTo('memberVote.open', resolve('members', 'failed'))],
    ['boardReview.failed', () => walkTo('boardReview.open', resolve('board', 'failed'))],
    ['supervisorySignOff.failed', () => walkTo('supervisorySignOff.open', objection())],
    [
      'townshipFiling.refused',
      () => walkTo('townshipFiling.accepted', asked('townshipFiling.refuse', 'head', reason)),
    ],
    ['request.withdrawn', () => walkTo('papers', asked('request.withdraw', 'chead', reason))],
  ])('after %s the flow waits for its inspection', (type, end) => {
    const world = end()
    expect(types(world).slice(-2)).toEqual([type, 'disciplineAudit.opened'])
    expect(place(world)).toBe('disciplineAudit.open')
    expect(folded(world).endedOn).toBe('2026-03-02')
    world.given(look('cover'))
    expect(place(world)).toBe('closed')
  })
})

const reason = { reason: '资料不全' }
const objection = () => asked('supervisorySignOff.object', 'sup1', reason)
function walkTo(stop: string, last: Parameters<LawWorld['given']>[0]): LawWorld {
  const world = founded.fork()
  submit(world, { amount: '60000.00' })
  return all(walk(world, stop), last)
}

test('every entry is of a type request@1 knows, and an unknown one is not', () => {
  const world = ends({ amount: '60000.00' })
  for (const { type, body } of world.entries(village, request)) {
    expect(requestEvents.safeParse({ type, body }).success).toBe(true)
  }
  expect(requestEvents.safeParse({ type: 'request.approved', body: {} }).success).toBe(false)
  expect(folded(world).deciders.map(({ must, person }) => `${must} ${person}`)).toEqual([
    `boardReview ${p('dir1')}`,
    `boardReview ${p('dir2')}`,
    `boardReview ${p('dir3')}`,
    `supervisorySignOff ${p('sup1')}`,
    `supervisorySignOff ${p('sup2')}`,
    `supervisorySignOff ${p('sup3')}`,
    `townshipFiling ${p('officer')}`,
    `townshipFiling ${p('centrehead')}`,
    `disciplineAudit ${p('inspector1')}`,
  ])
})

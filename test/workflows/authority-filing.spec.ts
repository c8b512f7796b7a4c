// authority@1: what the township files before anything is spent under it, how one ends or is replaced, what each kind may be.
// Rows by hand from law §4.
import { describe, expect, test } from 'vitest'
import { authorityIdSchema, authorityStream } from '../../src/domain/ids.ts'
import { leftOn, totalOf } from '../../workflows/authority/v1/fold.ts'
import {
  approve,
  covered,
  date,
  decidedBy,
  decidedByMembers,
  founded,
  ID,
  meetingItem,
  proposal,
  stateOf,
  STREAM,
  takeOver,
} from '../support/authority-cast.ts'
import { authorityRows } from '../../src/app/projections/authority.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, confirm, o, p, town, village } from '../support/law-cast.ts'
import { onRequest, purchase } from '../support/law-round.ts'
import { all, close, on, openSeats, sign, sit, vote } from '../support/meeting-cast.ts'

const act = (type: string, office: string, input: object = {}): Asking => ({
  ledger: village,
  stream: STREAM,
  type,
  by: by(office),
  input,
})
const accept = (office = 'officer') => act('authorityFiling.accept', office)
const consent = (office = 'head') => act('authorityFiling.consent', office, { reason: '资料齐全' })
const refuse = (office = 'head') => act('authorityFiling.refuse', office, { reason: '价格偏高' })
const end = (office = 'chead') => act('authority.close', office, { reason: '合同提前终止' })
const submit = (number: number, amount: string, more: object = {}): Asking =>
  onRequest(number, 'request.submit', 'clerk', {
    ...purchase(number, amount),
    authority: ID,
    ...more,
  })

/** Passed by the board and entered. */
function entered(change: object = {}): LawWorld {
  const world = decidedBy('board', { item: proposal(change) })
  world.given(approve(change))
  return world
}
const large = { ceiling: '10000.00' }
const waiting = entered(large)
const accepted = all(waiting.fork(), [accept()])
const filed = all(accepted.fork(), [consent()])
const refused = all(accepted.fork(), [refuse()])

describe('law 4.1: where due, the township files it before anything is spent', () => {
  // all that may be spent under it, of a recurring one its whole term and at least a year; tier.largeFrom is 10,000
  test.each<[string, object, 'filing' | 'open']>([
    ['a fen below the large line', { ceiling: '9999.99' }, 'open'],
    ['at the large line', { ceiling: '10000.00' }, 'filing'],
    [
      'ten months of 833.33 count as twelve: 9,999.96',
      { kind: 'recurring', ceiling: '833.33', from: '2026-03-01', to: '2026-12-31' },
      'open',
    ],
    [
      'ten months of 833.34 count as twelve: 10,000.08',
      { kind: 'recurring', ceiling: '833.34', from: '2026-03-01', to: '2026-12-31' },
      'filing',
    ],
    [
      'twelve months of 833.33',
      { kind: 'recurring', ceiling: '833.33', from: '2026-03-01', to: '2027-02-28' },
      'open',
    ],
    [
      'three years of 277.77: 9,999.72',
      { kind: 'recurring', ceiling: '277.77', from: '2026-03-01', to: '2029-02-28' },
      'open',
    ],
    [
      'three years of 277.78: 10,000.08',
      { kind: 'recurring', ceiling: '277.78', from: '2026-03-01', to: '2029-02-28' },
      'filing',
    ],
    [
      'twelve months of 833.34',
      { kind: 'recurring', ceiling: '833.34', from: '2026-03-01', to: '2027-02-28' },
      'filing',
    ],
    [
      'thirteen months, the first of one day and the last of one: 10,010.00',
      { kind: 'recurring', ceiling: '770.00', from: '2026-03-31', to: '2027-03-01' },
      'filing',
    ],
  ])('%s: %o', (_what, change, place) => {
    expect(stateOf(entered(change)).place).toBe(place)
  })

  test('of a recurring one at least a year decides whether the members must', () => {
    // twelve times 4,166.66 are 49,999.92, of 4,166.67 they are 50,000.04
    const change = { kind: 'recurring', ceiling: '4166.66', from: '2026-03-01', to: '2026-12-31' }
    const world = decidedBy('board', { item: proposal(change) })
    expect(world.fork().refusal(approve(change))).toBeUndefined()
    const more = { ...change, ceiling: '4166.67' }
    const tenTimes = decidedBy('board', { item: proposal(more) })
    expect(tenTimes.refusal(approve(more))).toBe('authorityBeyondMeeting')
  })

  test('the largest ceiling there is, every month', () => {
    const change = {
      kind: 'recurring',
      ceiling: '9999999999999.99',
      from: '2026-03-01',
      to: '2027-02-28',
    }
    const world = all(decidedByMembers(proposal(change)), [sign('a1')])
    world.given(approve(change))
    expect(stateOf(world).place).toBe('filing')
  })

  test('the entry says so, with the last of three working days', () => {
    // entered on Tuesday the 3rd of March
    const [entry] = waiting.entries(village, STREAM)
    expect(entry?.body).toMatchObject({ filing: 'due', dueOn: '2026-03-06', late: false })
    const [small] = entered().entries(village, STREAM)
    expect(small?.body).toMatchObject({ filing: 'notDue', late: false })
    expect(small?.body).not.toHaveProperty('dueOn')
  })

  test('one from before the ledger was filed then, whatever its ceiling', () => {
    const world = covered({ ceiling: '800000.00' })
    expect(stateOf(world).place).toBe('open')
    expect(world.refusal(submit(1, '900.00'))).toBeUndefined()
  })

  test.each<[string, LawWorld, string | undefined]>([
    ['before the officer has it', waiting, 'authorityUnfiled'],
    ['before the head consents', accepted, 'authorityUnfiled'],
    ['once consented', filed, undefined],
    ['once refused', refused, 'authorityUnfiled'],
  ])('a request under it %s', (_what, world, code) => {
    expect(world.fork().refusal(submit(1, '900.00'))).toBe(code)
  })

  test.each<[string, LawWorld, Asking, string | undefined]>([
    ['any officer accepts', waiting, accept('officer2'), undefined],
    ['not the head', waiting, accept('head'), 'officeNotHeld'],
    ['not the village', waiting, accept('clerk'), 'officeNotHeld'],
    ['nobody consents before', waiting, consent(), 'notOpen'],
    ['nor refuses', waiting, refuse(), 'notOpen'],
    ['it is accepted once', accepted, accept('officer2'), 'notOpen'],
    ['the officer does not consent', accepted, consent('officer2'), 'officeNotHeld'],
    ['the leader does not', accepted, consent('leader'), 'officeNotHeld'],
    ['the head does', accepted, consent(), undefined],
    ['or refuses', accepted, refuse(), undefined],
    ['once only', filed, consent(), 'notOpen'],
    ['and not after that', filed, refuse(), 'notOpen'],
    ['a refusal stands', refused, consent(), 'notOpen'],
    ['none is due below the line', entered(), accept(), 'notOpen'],
    ['none for what there is not', founded(), accept(), 'notFound'],
  ])('%s', (_what, world, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })

  test('law 7.4: who accepted it is not the one who consents, though they head the centre by now', () => {
    const world = accepted.fork()
    const roster = (type: string, input: object): Asking => ({
      ledger: town,
      stream: 'roster',
      type,
      by: by('leader'),
      input,
    })
    world.given(roster('office.vacate', { office: o('head'), reason: '调任' }))
    world.given(
      roster('office.appoint', { office: o('head'), person: p('officer'), from: '2026-03-03' }),
    )
    const asHead = { ...consent(), by: { ...by('head'), person: p('officer') } }
    expect(world.refusal(asHead)).toBe('officerIsHead')
    expect(world.refusal({ ...asHead, ...refuse(), by: asHead.by })).toBe('officerIsHead')
  })

  test('it waits at the desks of the township, within one limit', () => {
    const tasks = (world: LawWorld) =>
      authorityRows(ID, stateOf(world)).flatMap(({ table, row }) => (table === 'task' ? [row] : []))
    // the 6th of March ends at 16:00 UTC
    const dueAt = '2026-03-06T16:00:00.000Z'
    expect(tasks(waiting)).toMatchObject([
      { act: 'authorityFiling.accept', desk: 'township/centreOfficer', dueAt },
    ])
    expect(tasks(accepted)).toMatchObject([
      { act: 'authorityFiling.consent', desk: 'township/centreHead', dueAt },
    ])
    for (const world of [filed, refused, entered()]) expect(tasks(world)).toEqual([])
  })
})

describe('law 4.3: ended early', () => {
  const world = all(filed.fork(), [submit(1, '900.00'), end()])

  test.each<[string, Asking, string | undefined]>([
    ['nothing new is reserved', submit(2, '1.00'), 'authorityClosed'],
    ['it ends once', end(), 'notOpen'],
    [
      'what is reserved comes back',
      onRequest(1, 'request.withdraw', 'chead', { reason: '不再需要' }),
      undefined,
    ],
  ])('%s', (_what, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })

  test('what is reserved stands, may be lowered, and is not raised', () => {
    expect(totalOf(stateOf(world), 'reserved')).toBe('900.00')
    const returned = all(world.fork(), [
      onRequest(1, 'request.return', 'chead', { reason: '金额有误', fields: ['amount'] }),
    ])
    const resubmit = (amount: string) =>
      onRequest(1, 'request.resubmit', 'clerk', { ...purchase(1, amount), authority: ID })
    expect(returned.fork().refusal(resubmit('900.01'))).toBe('authorityClosed')
    returned.given(resubmit('800.00'))
    expect(totalOf(stateOf(returned), 'reserved')).toBe('800.00')
  })

  test.each(['clerk', 'dir1', 'sup1', 'head', 'officer'])('not by %s', (office) => {
    expect(filed.fork().refusal(end(office))).toBe('officeNotHeld')
  })

  test.each([
    ['while it waits for the officer', waiting],
    ['while it waits for the head', accepted],
  ])('%s too; then there is nothing to file', (_what, before) => {
    const ended = all(before.fork(), [end()])
    expect(ended.fork().refusal(accept())).toBe('notOpen')
    expect(ended.fork().refusal(consent())).toBe('notOpen')
  })

  test('what the township refused has ended already', () => {
    expect(refused.fork().refusal(end())).toBe('notOpen')
  })
})

describe('law 4.5: terms are not changed but voted on anew', () => {
  const NEW = authorityIdSchema.parse('a-2026-0002')
  const newStream = authorityStream(NEW)
  const change = { ceiling: '3000.00', replaces: ID }
  const second = { ...meetingItem, meeting: 'm-2026-0002' }
  const enter = (more: object = {}): Asking => ({
    ...approve({ ...change, ground: second, ...more }),
    stream: newStream,
  })
  /** A village with one of 2,000 yuan, 1,500 of it reserved, whose board passes another in its place. */
  function revised(voted: object = {}): LawWorld {
    const world = all(covered(), [submit(1, '1500.00')])
    openSeats(world, 'board', [proposal({ id: NEW, ...change, ...voted })], {
      stream: 'meeting/m-2026-0002',
    })
    const seats = ['dir1', 'dir2', 'dir3']
    const acts = [...seats.map((seat) => sit(seat)), ...seats.map((seat) => vote(seat))]
    return all(
      world,
      [...acts, close('dir1')].map((asking) => on('meeting/m-2026-0002', asking)),
    )
  }
  const voted = revised()

  test('one that the township files takes its place once it is filed, and not before', () => {
    const world = revised({ ceiling: '12000.00' })
    expect(world.given(enter({ ceiling: '12000.00' })).map(({ type }) => type)).toEqual([
      'authority.approved',
    ])
    expect(stateOf(world).place).toBe('open')
    all(world, [{ ...accept(), stream: newStream }])
    const turnedDown = all(world.fork(), [{ ...refuse(), stream: newStream }])
    expect(stateOf(turnedDown).place).toBe('open')
    expect(turnedDown.refusal(submit(2, '100.00'))).toBeUndefined()
    const consented = world.given({ ...consent(), stream: newStream })
    expect(consented.map(({ type, stream }) => [type, stream])).toEqual([
      ['authorityFiling.consented', newStream],
      ['authority.replaced', STREAM],
    ])
    expect(stateOf(world)).toMatchObject({ place: 'closed', replacedBy: NEW })
    expect(world.refusal(submit(2, '100.00'))).toBe('authorityClosed')
  })

  test('ended meanwhile, it is not ended again', () => {
    const world = revised({ ceiling: '12000.00' })
    all(world, [enter({ ceiling: '12000.00' }), { ...accept(), stream: newStream }, end()])
    expect(world.given({ ...consent(), stream: newStream })).toHaveLength(1)
  })

  test('law 4.2: what is reserved stands past the last day, may be lowered, and is not raised', () => {
    const world = all(covered({ to: '2026-03-10' }), [
      submit(1, '900.00'),
      onRequest(1, 'request.return', 'chead', { reason: '金额有误', fields: ['amount'] }),
    ])
    world.clock('2026-03-11T03:00:00.000Z')
    const resubmit = (amount: string) =>
      onRequest(1, 'request.resubmit', 'clerk', { ...purchase(1, amount), authority: ID })
    expect(world.fork().refusal(resubmit('900.01'))).toBe('authorityMismatch')
    expect(world.fork().refusal(resubmit('899.99'))).toBeUndefined()
    expect(world.refusal(submit(2, '1.00'))).toBe('authorityMismatch')
  })

  test('the old one ends in the commit of the new one, and keeps what is reserved', () => {
    const world = voted.fork()
    const entries = world.given(enter())
    expect(entries.map(({ type, stream }) => [type, stream])).toEqual([
      ['authority.approved', newStream],
      ['authority.replaced', STREAM],
    ])
    expect(stateOf(world)).toMatchObject({ place: 'closed', replacedBy: NEW })
    expect(totalOf(stateOf(world), 'reserved')).toBe('1500.00')
    expect(world.refusal(submit(2, '100.00'))).toBe('authorityClosed')
    expect(world.refusal(submit(2, '100.00', { authority: NEW }))).toBeUndefined()
  })

  test.each<[string, LawWorld, Asking, string]>([
    [
      'by a paper afterwards',
      voted,
      enter({ ground: { type: 'paper', document: '补充协议' } }),
      'paperAfterFounding',
    ],
    ['without the vote', voted, enter({ ground: meetingItem }), 'notFound'],
    ['higher than voted', voted, enter({ ceiling: '3000.01' }), 'authorityTermsDiffer'],
    [
      'in place of another than voted',
      revised({ replaces: 'a-2026-0003' }),
      enter(),
      'authorityTermsDiffer',
    ],
    ['in place of none', voted, enter({ replaces: 'a-2026-0009' }), 'notFound'],
    ['in place of one that has ended', all(revised(), [end()]), enter(), 'authorityClosed'],
  ])('%s', (_what, world, asking, code) => {
    expect(world.fork().refusal(asking)).toBe(code)
  })

  test('law 4.5: concluding the contract needs the board, paying under it does not', () => {
    const world = covered({ ceiling: '20000.00' })
    const board = (number: number, more: object) => {
      const [entry] = world.given(
        onRequest(number, 'request.submit', 'clerk', { ...purchase(number, '6000.00'), ...more }),
      )
      const body = entry?.body as {
        route?: readonly { must: string; demand: string; rule: string }[]
      }
      const station = body.route?.find(({ must }) => must === 'boardReview')
      return [station?.demand, station?.rule]
    }
    expect(board(1, { matter: 'contract' })).toEqual(['required', 'matter.contract'])
    expect(board(2, { authority: ID })).toEqual(['covered', 'authority.covers'])
    expect(board(3, { authority: ID, matter: 'contract' })).toEqual(['required', 'matter.contract'])
  })
})

describe('law 4.1: what each kind may be', () => {
  const members = (change: object): LawWorld =>
    all(decidedByMembers(proposal(change)), [sign('a1')])
  const plan = { kind: 'plan', ceiling: '2000.00' }
  test.each<[string, LawWorld, object, string | undefined]>([
    [
      'the annual plan is the members’',
      decidedBy('board', { item: proposal(plan) }),
      plan,
      'authorityBeyondMeeting',
    ],
    ['they pass it', members(plan), plan, undefined],
    [
      'it ends with its year',
      members({ ...plan, to: '2027-01-01' }),
      { ...plan, to: '2027-01-01' },
      'authorityTermsWrong',
    ],
    [
      'one purchase within a year',
      decidedBy('board', { item: proposal({ kind: 'purchase', to: '2027-03-01' }) }),
      { kind: 'purchase', to: '2027-03-01' },
      undefined,
    ],
    [
      'and no longer',
      decidedBy('board', { item: proposal({ kind: 'purchase', to: '2027-03-02' }) }),
      { kind: 'purchase', to: '2027-03-02' },
      'authorityTermsWrong',
    ],
    [
      'a project may take longer',
      decidedBy('board', { item: proposal({ kind: 'project', to: '2029-03-02' }) }),
      { kind: 'project', to: '2029-03-02' },
      undefined,
    ],
    [
      'the number of a contract is a contract’s',
      decidedBy('board', { item: proposal({ kind: 'project', contract: 'HT-1' }) }),
      { kind: 'project', contract: 'HT-1' },
      'authorityTermsWrong',
    ],
  ])('%s', (_what, world, change, code) => {
    expect(world.fork().refusal(approve(change))).toBe(code)
  })

  test.each([
    ['its own', { contract: 'HT-1' }, undefined],
    ['another', { contract: 'HT-2' }, 'authorityMismatch'],
    ['none', {}, 'authorityMismatch'],
  ])('law 4.2: under a contract a request names %s number', (_what, more, code) => {
    expect(covered({ contract: 'HT-1' }).refusal(submit(1, '900.00', more))).toBe(code)
  })

  test('law 4.2: of one without a number nothing is asked', () => {
    expect(covered().refusal(submit(1, '900.00', { contract: 'HT-2' }))).toBeUndefined()
  })

  // closed on the 3rd of March; file.contractDays is 10
  test.each([
    ['on the tenth day', '2026-03-13T15:59:59.000Z', false],
    ['on the eleventh', '2026-03-13T16:00:00.000Z', true],
  ])('a contract entered %s shows: late %s', (_what, clock, late) => {
    const world = decidedBy('board').clock(clock)
    const [entry] = world.given(approve())
    expect(entry?.body).toMatchObject({ late })
  })

  test('of any other kind nobody asks when it is entered', () => {
    const change = { kind: 'project' }
    const world = decidedBy('board', { item: proposal(change) }).clock('2026-06-01T01:00:00.000Z')
    expect(world.given(approve(change))[0]?.body).toMatchObject({ late: false })
  })
})

test('law 4.2: of a recurring one each calendar month has its ceiling', () => {
  const world = founded({ confirmed: false })
  world.given(takeOver({ kind: 'recurring' }))
  confirm(world, village)
  world.given(submit(1, '1200.00'))
  expect(leftOn(stateOf(world), date('2026-03-31'))).toBe('800.00')
  expect(leftOn(stateOf(world), date('2026-04-01'))).toBe('2000.00')
})

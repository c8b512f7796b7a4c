// Beside the decisions (law 7.17): urge, copy in, comment, question and answer. Recorded in any state, moving nothing.
import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import { besideActs } from '../../workflows/request/v1/events-beside.ts'
import { isSuspended } from '../../workflows/request/v1/fold.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { by, company, coop, g, o, p, village } from '../support/law-cast.ts'
import {
  accept,
  appoint,
  lift,
  openOffice,
  registerCompany,
  sign,
  suspending,
  turnBack,
  vacate,
  withdraw,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  folded,
  inPerson,
  place,
  request,
  resolve,
  standing,
  types,
} from '../support/request-cast.ts'
import { expectRefused } from '../support/request-rows.ts'

const urge = asked('request.urge', 'clerk')
const copyIn = (office: string, to: object): Asking =>
  asked('request.copyIn', office, { offices: [], persons: [], ...to })
const comment = (office: string): Asking => asked('request.comment', office, { text: '已核实单价' })
const question = (office: string, to: string): Asking =>
  asked('question.ask', office, { to: o(to), text: '验收了吗？' })
const answer = (office: string, id = 'q-1'): Asking =>
  asked('question.answer', office, { question: id, text: '昨日已验收' })

const tasks = (world: LawWorld, act: string): readonly string[] =>
  requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
    table === 'task' && row.act === act ? [row.desk] : [],
  )

const everywhere: readonly (readonly [string, () => LawWorld])[] = [
  ['to be handled', () => standing('issuing.drawnUp')],
  ['before the members', () => standing('memberVote.open')],
  ['with the supervisors', () => standing('supervisorySignOff.open')],
  ['suspended', () => all(standing('payment.payable'), ...suspending)],
  ['the money moving', () => standing('payment.ordered')],
  ['returned', () => all(standing('townshipFiling.open'), turnBack('officer'))],
  ['withdrawn', () => all(standing('papers'), withdraw)],
  ['rejected', () => all(standing('boardReview.open'), resolve('board', 'failed'))],
  ['closed', () => standing('closed')],
]

describe('law 7.17: talk is recorded in any state and moves nothing', () => {
  test.each(everywhere)('%s', (_what, given) => {
    const world = given()
    const before = folded(world)
    const stood = place(world)
    all(
      world,
      comment('sup2'),
      copyIn('officer', { offices: [o('inspector1')], persons: [p('m1')] }),
      question('inspector1', 'handler'),
      answer('handler'),
    )
    expect(place(world)).toBe(stood)
    expect(types(world).slice(-4)).toEqual([
      'request.commented',
      'request.copiedIn',
      'question.asked',
      'question.answered',
    ])
    const after = folded(world)
    expect(isSuspended(after)).toBe(isSuspended(before))
    expect(after.snapshot.context).toEqual(before.snapshot.context)
    for (const same of ['since', 'dueOn', 'seating', 'deciders', 'route', 'endedOn'] as const) {
      expect(after[same]).toEqual(before[same])
    }
  })

  test('its words stand in the ledger as they were said', () => {
    const world = all(standing('papers'), comment('dir1'))
    expect(world.entries(village, request).at(-1)).toMatchObject({
      by: by('dir1'),
      body: { given: { text: '已核实单价' } },
    })
  })

  test('there are five acts of it, and no other', () => {
    expect(besideActs.map(({ commandType }) => commandType)).toEqual([
      'request.urge',
      'request.copyIn',
      'request.comment',
      'question.ask',
      'question.answer',
    ])
  })
})

/** Who may see a request may talk about it, by hand: company, cooperative, township; and whoever is asked in. */
describe('law 7.17: who talks', () => {
  const everyOffice: readonly string[] = [
    'chead',
    'dir2',
    'sup3',
    'handler',
    'witness',
    'clerk',
    'cashier',
    'book',
    'council2',
    'watch1',
    'legal',
    'party',
    'teller1',
    'officer2',
    'head',
    'leader',
    'inspector3',
    'secretary',
  ]
  test.each(everyOffice)('%s may', (office) => {
    expect(standing('papers').refusal(comment(office))).toBeUndefined()
  })

  /** Another company of the same village, with a head of its own. */
  const beside = () =>
    all(
      standing('papers'),
      registerCompany('firm2'),
      openOffice('chead2', 'companyHead', g('firm2')),
      appoint('chead2', p('m2')),
    )
  const outsider = inPerson(comment('clerk'), p('m2'), 'chead2')

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    ['officeNotHeld', 'the head of another company', beside, outsider],
    ['officeNotHeld', 'who left', () => all(standing('papers'), vacate('dir2')), comment('dir2')],
    [
      'officeNotHeld',
      'in another’s office',
      () => standing('papers'),
      inPerson(comment('dir2'), p('dir1')),
    ],
    [
      'officeNotHeld',
      'a member without office',
      () => standing('papers'),
      inPerson(comment('dir2'), p('m1')),
    ],
    [
      'officeNotHeld',
      'a township office not held',
      () => standing('papers'),
      inPerson(comment('officer'), p('dir1')),
    ],
    [
      'officeNotHeld',
      'an office there is not',
      () => standing('papers'),
      inPerson(comment('dir2'), p('dir2'), 'dir9'),
    ],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })

  test.each<[string, Asking]>([
    ['its office', copyIn('clerk', { offices: [o('chead2')] })],
    ['its holder', copyIn('clerk', { persons: [p('m2')] })],
    ['by a question', question('clerk', 'chead2')],
  ])('the head of another company is asked in: %s', (_how, invite) => {
    const world = all(beside(), invite)
    expect(world.refusal(outsider)).toBeUndefined()
  })

  test('copied in twice is copied in once', () => {
    const world = all(standing('papers'), copyIn('clerk', { persons: [p('m1')] }))
    world.given(copyIn('chead', { persons: [p('m1'), p('m2')] }))
    expect(folded(world).beside.copies).toEqual([p('m1'), p('m2')])
  })

  test.each<[string, object]>([
    ['an office there is not', { offices: [o('nowhere')] }],
    ['a person nobody knows', { persons: [p('nobody')] }],
  ])('copied to %s: notFound', (_what, to) => {
    expect(standing('papers').refusal(copyIn('clerk', to))).toBe('notFound')
  })

  test('copied to nobody it is no command', () => {
    expect(() => standing('papers').ask(copyIn('clerk', {}))).toThrow(/nobody named/)
  })
})

describe('law 7.17: urging, rate-limited and recorded with the desk it goes to', () => {
  test.each<[string, () => LawWorld, readonly string[]]>([
    ['the handler', () => standing('issuing.drawnUp'), [p('handler')]],
    ['the head', () => standing('issuing.witnessed'), [`${company}/companyHead`]],
    ['who arranges the vote', () => standing('memberVote.open'), [`${company}/reportingClerk`]],
    ['the shareholder', () => standing('memberVote.carried'), [`${coop}/legalRepresentative`]],
    ['who calls the board', () => standing('boardReview.open'), [`${company}/reportingClerk`]],
    [
      'the supervisors who have not signed',
      () => all(standing('supervisorySignOff.open'), sign('sup1')),
      [o('sup2'), o('sup3')],
    ],
    ['the officer', () => standing('townshipFiling.open'), ['township/centreOfficer']],
    ['the cashier', () => standing('payment.payable'), [`${company}/cashier`]],
  ])('%s', (_who, given, desks) => {
    const [urged] = given().given(urge)
    expect(urged?.body['desks']).toEqual(desks)
  })

  test('again only a day later, to the same desk; another desk at once', () => {
    const world = all(standing('townshipFiling.open'), urge)
    expectRefused(world.ask(urge), 'urgedAlready')
    expect(world.fork().given(accept)).toHaveLength(1)
    const moved = all(world.fork(), accept)
    expect(moved.refusal(urge)).toBeUndefined()
    expect(moved.refusal(urge)).toBe('urgedAlready')
    const at = Date.parse(world.entries(village, request).at(-1)?.at ?? '')
    const day = 24 * 3_600_000
    expect(world.clock(new Date(at + day - 1).toISOString()).refusal(urge)).toBe('urgedAlready')
    expect(world.clock(new Date(at + day).toISOString()).refusal(urge)).toBeUndefined()
  })

  test('of several desks those not urged yet', () => {
    const world = all(standing('supervisorySignOff.open'), sign('sup1'), urge)
    expect(world.refusal(urge)).toBe('urgedAlready')
    all(world, turnBack('sup2'))
    const [urged] = world.given(urge)
    expect(urged?.body['desks']).toEqual([`${company}/reportingClerk`])
  })

  test.each<[RefusalCode | undefined, string, () => LawWorld, Asking]>([
    [
      undefined,
      'the handler it is for',
      () => standing('papers'),
      asked('request.urge', 'handler'),
    ],
    [undefined, 'the head', () => standing('papers'), asked('request.urge', 'chead')],
    ['officeNotHeld', 'a supervisor', () => standing('papers'), asked('request.urge', 'sup1')],
    [
      'officeNotHeld',
      'an inspector',
      () => standing('papers'),
      asked('request.urge', 'inspector1'),
    ],
    ['nothingWaits', 'closed', () => standing('closed'), urge],
    ['nothingWaits', 'waiting for a round', () => standing('disciplineAudit.open'), urge],
  ])('%s: %s', (code, _what, given, when) => {
    expect(given().refusal(when)).toBe(code)
  })

  test('while suspended it goes to who may lift it', () => {
    const world = all(standing('payment.payable'), ...suspending)
    const [urged] = world.given(urge)
    expect(urged?.body['desks']).toEqual([
      'township/centreHead',
      'township/inspector',
      `${company}/reportingClerk`,
    ])
    expect(all(world, lift).refusal(urge)).toBeUndefined()
  })
})

describe('law 7.17: a question is answered by whom it was put to, once', () => {
  const put = () => all(standing('papers'), question('inspector1', 'handler'))

  test('it waits on that desk until it is answered, and nowhere else', () => {
    const world = put()
    expect(tasks(world, 'question.answer')).toEqual([o('handler')])
    world.given(answer('handler'))
    expect(tasks(world, 'question.answer')).toEqual([])
  })

  test('two questions on one desk are one task; answering one leaves the other', () => {
    const world = all(put(), question('sup1', 'handler'))
    expect(tasks(world, 'question.answer')).toEqual([o('handler')])
    all(world, answer('handler', 'q-2'))
    expect(tasks(world, 'question.answer')).toEqual([o('handler')])
    all(world, answer('handler', 'q-1'))
    expect(tasks(world, 'question.answer')).toEqual([])
  })

  test('the successor in the office answers', () => {
    const world = all(put(), vacate('handler'), appoint('handler', p('m1')))
    expect(world.refusal(answer('handler'))).toBe('officeNotHeld')
    expect(world.refusal(inPerson(answer('handler'), p('m1')))).toBeUndefined()
  })

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    ['questionNotYours', 'another office', put, answer('witness')],
    ['questionAnswered', 'twice', () => all(put(), answer('handler')), answer('handler')],
    ['notFound', 'never put', put, answer('handler', 'q-2')],
    ['notFound', 'put to an office there is not', put, question('sup1', 'nowhere')],
    [
      'officeNotHeld',
      'put by a member without office',
      put,
      inPerson(question('sup1', 'chead'), p('m1')),
    ],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })

  test('put to the township it is answered there', () => {
    const world = all(standing('papers'), question('clerk', 'officer'))
    expect(world.refusal(answer('officer'))).toBeUndefined()
  })

  test('no more than a hundred on one request', () => {
    const world = standing('papers')
    for (let i = 0; i < 100; i++) world.given(question('inspector1', 'handler'))
    expect(world.refusal(question('inspector1', 'handler'))).toBe('tooManyQuestions')
    expect(tasks(world, 'question.answer')).toEqual([o('handler')])
  })
})

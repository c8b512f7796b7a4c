// Emergencies (抢险应急, law 3.10–3.12), by hand: what is deferred, who consents alone, and what the meetings say afterwards.
import { describe, expect, test } from 'vitest'
import { requestRows } from '../../src/app/projections/request.ts'
import { tellAll } from '../../src/app/sentences.ts'
import { languages } from '../../src/domain/language.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { confirmationOf } from '../../workflows/request/v1/fold.ts'
import { type Asking, digest, type LawWorld } from '../support/law.ts'
import { company, o, p, village } from '../support/law-cast.ts'
import { deputising, grantInTown, terms } from '../support/mandates.ts'
import {
  accept,
  book,
  consent,
  fail,
  inTown,
  appoint,
  lift,
  order,
  record,
  resubmit,
  suspending,
  turnBack,
  vacate,
  withdraw,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  coveredWorld,
  folded,
  form,
  founded,
  foundWorld,
  inPerson,
  look,
  place,
  request,
  resolve,
  standing,
  submit,
  types,
  walk,
  windowOf,
} from '../support/request-cast.ts'
import {
  answerFinding,
  booked,
  closeFinding,
  closeWithout,
  confirmIt,
  consentAlone,
  consented,
  filed,
  flood,
  inFlood,
  lapseIt,
  lapseRatification,
  notify,
  refuseIt,
  toRatify,
} from '../support/request-emergency.ts'
import { type Change, expectRefused, submission } from '../support/request-rows.ts'

const demands = (world: LawWorld): string =>
  folded(world)
    .route.map(
      ({ demand }) => ({ required: 'R', covered: 'c', deferred: 'd', notRequired: '-' })[demand],
    )
    .join('')
const tasks = (world: LawWorld) =>
  requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
    table === 'task' ? [`${row.act} ${row.desk} ${row.dueAt}`] : [],
  )
const findings = (world: LawWorld) =>
  world
    .entries(village, request)
    .filter(({ type }) => type === 'automaticFinding.raised')
    .map(({ body }) => body)
const toHandler = { type: 'person', person: p('handler') }
/** Lawful forms of the other kinds, but for the emergency. */
const kinds = {
  reimbursement: { kind: 'reimbursement', amount: '900.00', payee: toHandler },
  card: {
    kind: 'card',
    method: 'card',
    amount: '900.00',
    payee: toHandler,
    invoices: [],
    invoicesToCome: true,
  },
  advance: { kind: 'advance', amount: '900.00', payee: toHandler, invoices: [] },
  list: {
    kind: 'list',
    category: 'labour',
    amount: '900.00',
    payee: { type: 'list', count: 3, total: '900.00', digest: digest('抢险人员名单') },
    invoices: [],
    voucherException: 'payeeList',
  },
} as const
const back = (office: string): Asking => asked('act.takeBack', office, { reason: '误操作' })
const lastOf = (world: LawWorld, count: number) => types(world).slice(-count)

describe('law 3.10: what an emergency defers', () => {
  test.each<[what: string, change: Change, demands: string]>([
    ['below every line there is nothing to defer', { amount: '1200.00' }, '--R-R'],
    ['law 3.11: the board, and the township before it is paid', { amount: '5000.00' }, '-dRRR'],
    ['the board; the township is asked all the same', { amount: '12000.00' }, '-dRRR'],
    ['members and board', {}, 'ddRRR'],
    ['the board of a related deal', { amount: '900.00', relation: 'related' }, '-dRRR'],
  ])('%s', (_what, change, expected) => {
    const world = founded()
    submit(world, { ...inFlood, ...change })
    expect(demands(world)).toBe(expected)
  })

  test('in the strict preset too', () => {
    const world = foundWorld({ settings: [{ key: 'route.preset', value: 'strict' }] })
    submit(world, { ...inFlood, amount: '900.00' })
    expect(demands(world)).toBe('ddRRR')
  })

  test('what an authority covers stays covered', () => {
    const world = coveredWorld('90000.00')
    submit(world, { ...inFlood, authority: 'a-2026-0001' })
    expect(demands(world)).toBe('ccRRR')
  })

  test('it says why it is asked and why only afterwards', () => {
    const world = founded()
    submit(world, inFlood)
    expect(folded(world).route[0]).toEqual({
      must: 'memberVote',
      demand: 'deferred',
      rule: 'emergency.defers',
      reason: {
        zh: '应急（洪涝）先办后补：金额60,000.00元，达到50,000.00元',
        en: 'An emergency (flood), decided after the payment: The amount 60,000.00 reaches 50,000.00 yuan',
      },
    })
  })

  test('law 3.2: both are passed in order and recorded as deferred, then papers and supervisors as always', () => {
    const world = founded()
    submit(world, inFlood)
    walk(world, 'papers')
    expect(lastOf(world, 3)).toEqual([
      'request.issued',
      'memberVote.deferred',
      'boardReview.deferred',
    ])
    walk(world, 'supervisorySignOff.open')
    expect(folded(world).seating?.needs).toBe('all')
  })

  test.each<[code: RefusalCode | undefined, what: string, change: Change]>([
    [undefined, 'at the ceiling', { amount: '100000.00' }],
    ['emergencyOverCeiling', 'a fen over the ceiling', { amount: '100000.01' }],
    ['emergencyNotForMatter', 'an investment', { matter: 'investment' }],
    ['emergencyNotForMatter', 'borrowing', { matter: 'borrowing' }],
    ['emergencyNotForMatter', 'lending', { matter: 'lending' }],
    ['emergencyNotForMatter', 'equity', { matter: 'equity' }],
    ['emergencyNotForMatter', 'a disposal', { matter: 'disposal' }],
    ['emergencyNotForMatter', 'a distribution', { matter: 'distribution' }],
    ['guaranteeForbidden', 'a guarantee', { matter: 'guarantee' }],
    // law 4.5: the work is paid for as ordinary spending, the contract for it is the board's
    ['emergencyNotForMatter', 'a contract', { matter: 'contract' }],
    ['emergencyNotForKind', 'what the handler paid already', kinds.reimbursement],
    ['emergencyNotForKind', 'the village card', kinds.card],
    ['emergencyNotForKind', 'an advance', kinds.advance],
    ['emergencyNotForKind', 'wages', kinds.list],
    ['emergencyNotForKind', 'what the bank took already', { kind: 'directDebit', method: 'debit' }],
  ])('%s: %s', (code, _what, change) => {
    expect(founded().refusal(submission({ ...inFlood, ...change }))).toBe(code)
  })

  test.each([
    ['40000.00', undefined],
    ['40000.01', 'emergencyOverCeiling'],
  ])('in parts to the same payee: 60,000 after %s', (before, code) => {
    const world = founded().fact('payeeWindow', windowOf(before))
    expect(world.refusal(submission(inFlood))).toBe(code)
  })

  test('a cause the policy does not name is none', () => {
    const settings = [{ key: 'emergency.causes', value: 'fire,typhoon' }]
    const world = foundWorld({ settings })
    expectRefused(world.ask(submission(inFlood)), 'emergencyCauseNotNamed')
    const fire = { ...inFlood, emergency: { ...flood, cause: 'fire' } }
    expect(world.refusal(submission(fire))).toBeUndefined()
  })

  test('a ceiling of the township’s own', () => {
    const settings = [{ key: 'emergency.ceiling', value: '30000.00' }]
    const world = foundWorld({ settings })
    expect(world.refusal(submission(inFlood))).toBe('emergencyOverCeiling')
    expect(world.refusal(submission({ ...inFlood, amount: '30000.00' }))).toBeUndefined()
  })

  test('what becomes an emergency on its return restarts; so does what is none any more', () => {
    const ordinary = all(standing('townshipFiling.open'), turnBack('officer'))
    const papers = folded(ordinary).evidence
    const [urgent] = ordinary.given(resubmit({ evidence: papers, emergency: flood }))
    expect(urgent?.body['material']).toEqual(['emergency'])
    expect(demands(ordinary)).toBe('ddRRR')
    const hurried = all(filed(), turnBack('officer'))
    hurried.given(
      asked('request.resubmit', 'clerk', form({ amount: '60000.00', evidence: papers })),
    )
    expect(demands(hurried)).toBe('RRRRR')
    expect(place(walk(hurried, 'memberVote.open'))).toBe('memberVote.open')
  })
})

describe('law 3.10: members and board are told within the hours the policy names', () => {
  const issued = () => {
    const world = founded()
    submit(world, inFlood)
    return walk(world, 'papers')
  }
  const dueOf = (world: LawWorld) => folded(world).emergency.notifyBy?.at ?? ''

  test('24 hours from when it was deferred; the clerk has it as a task until then', () => {
    const world = issued()
    const deferred = world
      .entries(village, request)
      .find(({ type }) => type === 'memberVote.deferred')
    expect(Date.parse(dueOf(world)) - Date.parse(deferred?.at ?? '')).toBe(24 * 3_600_000)
    expect(tasks(world)).toContain(`emergency.notify ${company}/reportingClerk ${dueOf(world)}`)
    world.given(notify)
    expect(tasks(world).filter((task) => task.startsWith('emergency.notify'))).toEqual([])
  })

  test.each([
    ['at the last instant', 0, false],
    ['a millisecond later', 1, true],
  ])('%s', (_what, after, late) => {
    const world = issued()
    world.clock(new Date(Date.parse(dueOf(world)) + after).toISOString())
    const [told] = world.given(notify)
    expect(told?.body['late']).toBe(late)
  })

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    ['notOpen', 'before it is issued', () => walk(withEmergency(), 'issuing.witnessed'), notify],
    ['notOpen', 'told twice', () => all(issued(), notify), notify],
    ['notOpen', 'where nothing was deferred', () => standing('papers'), notify],
    ['officeNotHeld', 'by the cashier', issued, inPerson(notify, p('cashier'), 'cashier')],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })

  test.each<[string, string, Asking, string]>([
    ['the papers were complete', 'supervisorySignOff.open', back('clerk'), 'papers'],
    ['it was issued', 'papers', back('chead'), 'issuing.witnessed'],
  ])(
    'law 2.31: told since %s, they stay told though that is taken back',
    (_what, where, takeBack, to) => {
      const world = all(walk(withEmergency(), where), notify, takeBack)
      expect(place(world)).toBe(to)
      expect(folded(world).emergency.notifyBy).toBeUndefined()
      walk(world, 'townshipFiling.open')
      expect(tasks(world).filter((task) => task.startsWith('emergency.notify'))).toEqual([])
      expect(world.refusal(notify)).toBe('notOpen')
    },
  )

  test('law 2.31: not told yet, they are to be told though an act is taken back', () => {
    const world = walk(withEmergency(), 'supervisorySignOff.open')
    const due = dueOf(world)
    all(world, back('clerk'))
    expect(dueOf(world)).toBe(due)
    expect(due).not.toBe('')
  })

  test('law 2.28: what restarts is told anew', () => {
    const world = all(filed(), notify, turnBack('officer'))
    const { evidence } = folded(world)
    all(world, resubmit({ ...inFlood, evidence, amount: '60000.01' }))
    walk(world, 'papers')
    expect(dueOf(world)).not.toBe('')
  })

  test('late or not, it may be told in any state after', () => {
    expect(booked().refusal(notify)).toBeUndefined()
  })

  test('withdrawn there is nothing left to tell', () => {
    const world = all(issued(), withdraw)
    expect(tasks(world)).toEqual([])
  })
})

function withEmergency(): LawWorld {
  const world = founded()
  submit(world, inFlood)
  return world
}

describe('law 3.11: one duty officer consents, and the head confirms within 2 working days', () => {
  test('it is payable at once, and the head’s task is due on Wednesday 4 March', () => {
    const world = consented()
    expect(place(world)).toBe('payment.payable')
    expect(confirmationOf(folded(world))).toBe('pending')
    expect(tasks(world)).toContain(
      'townshipFiling.confirm township/centreHead 2026-03-04T16:00:00.000Z',
    )
    all(world, confirmIt)
    expect(confirmationOf(folded(world))).toBe('confirmed')
    expect(tasks(world).filter((task) => task.startsWith('townshipFiling'))).toEqual([])
  })

  test('from Friday 6 March to Tuesday 10: a weekend is no working day', () => {
    const world = filed().clock('2026-03-06T02:00:00.000Z')
    world.given(consentAlone)
    expect(folded(world).emergency.consent?.confirmBy).toBe('2026-03-10')
  })

  test('the ordinary way is open too: accepted by one, consented to by the head', () => {
    const world = all(filed(), accept, consent)
    expect(place(world)).toBe('payment.payable')
    expect(confirmationOf(folded(world))).toBe('none')
  })

  test.each([
    ['4999.99', 'payment.payable', 'notOpen'],
    ['5000.00', 'townshipFiling.open', undefined],
    ['9999.99', 'townshipFiling.open', undefined],
  ])('of %s yuan, signed by the supervisors, it stands at %s', (amount, where, code) => {
    const world = founded()
    submit(world, { ...inFlood, amount })
    walk(world, where)
    expect(world.refusal(consentAlone)).toBe(code)
  })

  test('law 3.1: why the township is asked though it is not large', () => {
    const world = founded()
    submit(world, { ...inFlood, amount: '5000.00' })
    expect(folded(world).route[3]).toEqual({
      must: 'townshipFiling',
      demand: 'required',
      rule: 'emergency.deferred',
      reason: {
        zh: '先办后补的支出不论金额，付款前须经镇三资中心同意',
        en: 'Whatever is decided after its payment has the emergency consent of the township first',
      },
    })
  })

  const wherever: readonly (readonly [string, () => LawWorld])[] = [
    ['payable', consented],
    ['the money moving', () => all(consented(), order)],
    ['paid', () => all(consented(), order, record)],
    ['waiting to be ratified', booked],
    ['returned by the cashier', () => all(consented(), turnBack('cashier'))],
    ['law 2.35: suspended: it ends nothing', () => all(consented(), ...suspending)],
  ]
  test.each(wherever)('confirmed while %s: it moves nothing', (_where, given) => {
    const world = given()
    const stood = place(world)
    world.given(confirmIt)
    expect(place(world)).toBe(stood)
    expect(findings(world)).toEqual([])
  })

  test.each<[string, () => LawWorld]>([
    ['payable', consented],
    ['returned by the cashier', () => all(consented(), turnBack('cashier'))],
    ['once a suspension is lifted', () => all(consented(), ...suspending, lift)],
  ])('refused while %s, nothing paid: rejected, with nothing to recover', (_where, given) => {
    const world = all(given(), refuseIt)
    expect(place(world)).toBe('disciplineAudit.open')
    expect(folded(world).snapshot.context.outcome).toBe('rejected')
    expect(findings(world)).toEqual([])
    expect(world.refusal(order)).toBe('notOpen')
  })

  test.each<[string, () => LawWorld, Asking, string]>([
    ['refused while the money moves', () => all(consented(), order), refuseIt, 'payment.ordered'],
    ['refused when paid', () => all(consented(), order, record), refuseIt, 'booking'],
    ['refused when booked', booked, refuseIt, 'ratification'],
    ['not given in time, paid', () => late(all(consented(), order, record)), lapseIt, 'booking'],
    ['not given in time, booked', () => late(booked()), lapseIt, 'ratification'],
  ])('law 3.12: %s: a finding raises itself, and it goes on', (_what, given, act, where) => {
    const world = all(given(), act)
    expect(place(world)).toBe(where)
    expect(findings(world)).toHaveLength(1)
    expect(findings(world)[0]).toMatchObject({ finding: 'auto-1', recover: '60000.00' })
    expect(folded(world).openFindings).toEqual(['auto/auto-1'])
  })

  test('refused while the money moves, and the bank sends it back: rejected, not tried again', () => {
    const world = all(consented(), order, refuseIt, fail)
    expect(place(world)).toBe('disciplineAudit.open')
    expect(folded(world).snapshot.context.outcome).toBe('rejected')
  })

  const late = (world: LawWorld) => world.clock('2026-03-04T16:00:00.000Z')

  test('law 7.18: nothing passes by time-out: past the limit nothing is paid on one officer’s word', () => {
    const world = consented()
    expect(world.fork().clock('2026-03-04T15:59:59.000Z').refusal(order)).toBeUndefined()
    expectRefused(late(world).ask(order), 'confirmationLate')
    expectRefused(world.ask(confirmIt), 'confirmationLate')
    all(world, lapseIt)
    expect(place(world)).toBe('disciplineAudit.open')
    expect(folded(world).snapshot.context.outcome).toBe('rejected')
  })

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    [
      'notAnEmergency',
      'alone, where there is no emergency',
      () => standing('townshipFiling.open'),
      consentAlone,
    ],
    ['officeNotHeld', 'alone, by the head', filed, inPerson(consentAlone, p('centrehead'), 'head')],
    [
      'officeNotHeld',
      'alone, by an inspector',
      filed,
      inPerson(consentAlone, p('inspector1'), 'inspector1'),
    ],
    [
      'notOpen',
      'alone, before the supervisors signed',
      () => walk(withEmergency(), 'papers'),
      consentAlone,
    ],
    ['suspended', 'alone, while suspended', () => all(filed(), ...suspending), consentAlone],
    ['notOpen', 'confirmed though nobody consented', filed, confirmIt],
    ['notOpen', 'confirmed twice', () => all(consented(), confirmIt), confirmIt],
    ['notOpen', 'refused after it was confirmed', () => all(consented(), confirmIt), refuseIt],
    [
      'officeNotHeld',
      'confirmed by an officer',
      consented,
      inPerson(confirmIt, p('officer2'), 'officer2'),
    ],
    [
      'confirmationRuns',
      'lapsed on its last day',
      () => consented().clock('2026-03-04T15:59:59.000Z'),
      lapseIt,
    ],
    [
      'officeNotHeld',
      'lapsed by the head',
      () => late(consented()),
      inPerson(lapseIt, p('centrehead'), 'head'),
    ],
    ['notOpen', 'lapsed though confirmed', () => late(all(consented(), confirmIt)), lapseIt],
    [
      'officerIsHead',
      'confirmed by the officer who consented, head meanwhile',
      () => all(consented(), inTown(vacate('head2')), inTown(appoint('head2', p('officer')))),
      inPerson(confirmIt, p('officer'), 'head2'),
    ],
    [
      'officerIsHead',
      'and refused by them',
      () => all(consented(), inTown(vacate('head2')), inTown(appoint('head2', p('officer')))),
      inPerson(refuseIt, p('officer'), 'head2'),
    ],
    [
      'decidesTwice',
      'alone, by a supervisor who signed',
      () => all(filed(), inTown(vacate('officer2')), inTown(appoint('officer2', p('sup2')))),
      inPerson(consentAlone, p('sup2'), 'officer2'),
    ],
    [
      'ownHandling',
      'alone, by the handler',
      () => all(filed(), inTown(vacate('officer2')), inTown(appoint('officer2', p('handler')))),
      inPerson(consentAlone, p('handler'), 'officer2'),
    ],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })

  test.each<[RefusalCode | undefined, string, string]>([
    [undefined, 'of no other office', 'm1'],
    ['officerIsHead', 'who consented as officer', 'officer'],
    ['decidesTwice', 'who signed as supervisor', 'sup2'],
    ['ownHandling', 'who handled it', 'handler'],
  ])('law 7.14, law 7.16: %s: confirmed by a deputy of the head, %s', (code, _who, deputy) => {
    const world = all(consented(), grantInTown(terms('head', deputy)))
    expect(world.fork().refusal(deputising(refuseIt, deputy))).toBe(code)
    expect(world.refusal(deputising(confirmIt, deputy))).toBe(code)
  })

  test('an inspector records the lapse as well', () => {
    const byInspector = inPerson(lapseIt, p('inspector1'), 'inspector1')
    expect(late(booked()).refusal(byInspector)).toBeUndefined()
  })

  test('a material change asks for everything again, the head’s word too', () => {
    const world = all(consented(), turnBack('cashier'))
    const { evidence } = folded(world)
    world.given(resubmit({ ...inFlood, evidence, amount: '60000.01' }))
    expect(confirmationOf(folded(world))).toBe('none')
    expect(world.refusal(confirmIt)).toBe('notOpen')
    expect(place(walk(world, 'townshipFiling.open'))).toBe('townshipFiling.open')
  })

  test('law 2.31: consent given alone binds at once', () => {
    expectRefused(consented().ask(back('officer')), 'actOvertaken')
  })
})

describe('law 3.12: after payment it waits for its ratification', () => {
  test('due 30 working days after the payment, by members and board, with the seats of that day', () => {
    const world = toRatify()
    expect(place(world)).toBe('ratification')
    expect(folded(world)).toMatchObject({
      // 2 March + 30: 21 to the end of March, 3 to 3 April, then from 7 April 6 more
      dueOn: '2026-04-14',
      endedOn: '',
      seating: { organisation: company, seats: [o('dir1'), o('dir2'), o('dir3')] },
    })
    expect(tasks(world)).toContain(
      `meeting.plan ${company}/reportingClerk 2026-04-14T16:00:00.000Z`,
    )
  })

  test('booking late wins no time', () => {
    const world = all(consented(), confirmIt, order, record).clock('2026-03-30T01:00:00.000Z')
    world.given(book)
    expect(folded(world).dueOn).toBe('2026-04-14')
  })

  test('ratified by both, in whichever order, it goes on to its audit with no finding', () => {
    for (const acts of [
      [resolve('members'), resolve('shareholder'), resolve('board')],
      [resolve('board'), resolve('members'), resolve('shareholder')],
    ]) {
      const world = all(toRatify(), ...acts)
      expect(place(world)).toBe('disciplineAudit.open')
      expect(findings(world)).toEqual([])
      expect(types(world).at(-1)).toBe('disciplineAudit.opened')
      expect(place(all(world, look('cover')))).toBe('closed')
    }
  })

  test('law 5.6: what the members carried waits for the shareholder decision', () => {
    const world = all(toRatify(), resolve('board'), resolve('members'))
    expect(place(world)).toBe('ratification')
    expect(folded(world).emergency.carried).toBe(true)
    expect(tasks(world).filter((task) => task.startsWith('meeting.plan'))).toEqual([])
    all(world, resolve('shareholder'))
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test('only what was deferred is asked: the board alone where the members were not needed', () => {
    const world = filed({ amount: '12000.00' })
    all(world, consentAlone, confirmIt, order, record, book)
    expect(folded(world).emergency.unratified).toEqual(['boardReview'])
    all(world, resolve('board'))
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test('nothing deferred and confirmed in time, there is nothing to wait for', () => {
    const world = coveredWorld('90000.00')
    submit(world, { ...inFlood, authority: 'a-2026-0001' })
    all(walk(world, 'townshipFiling.open'), consentAlone, confirmIt, order, record, book)
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test('nothing deferred, but the head’s word still out: it waits for that', () => {
    const world = coveredWorld('90000.00')
    submit(world, { ...inFlood, authority: 'a-2026-0001' })
    all(walk(world, 'townshipFiling.open'), consentAlone, order, record, book)
    expect(place(world)).toBe('ratification')
    expect(world.refusal(lapseRatification)).toBe('notOpen')
    expect(tasks(world).map((task) => task.split(' ')[0])).toEqual(['townshipFiling.confirm'])
    all(world, confirmIt)
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test('ratified, but the head’s word still out: it waits for that too', () => {
    const world = all(booked(), resolve('board'), resolve('members'), resolve('shareholder'))
    expect(place(world)).toBe('ratification')
    all(world, confirmIt)
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test.each<[string, readonly Asking[], number]>([
    ['the members', [resolve('members', 'failed'), resolve('board')], 1],
    ['the board', [resolve('board', 'failed'), resolve('members'), resolve('shareholder')], 1],
    ['both', [resolve('board', 'failed'), resolve('members', 'failed')], 2],
  ])(
    'refused by %s: a finding with a recovery date, on to the audit, never back',
    (_by, acts, count) => {
      const world = all(toRatify(), ...acts)
      expect(place(world)).toBe('disciplineAudit.open')
      expect(folded(world).snapshot.context.outcome).toBe('paid')
      expect(findings(world)).toHaveLength(count)
      // Monday 2 March + 30 days is Wednesday 1 April
      for (const finding of findings(world)) {
        expect(finding).toMatchObject({ dueOn: '2026-04-01', fault: 'formalitiesMissing' })
      }
      // one payment comes back once
      expect(findings(world).flatMap(({ recover }) => recover ?? [])).toEqual(['60000.00'])
    },
  )

  test('late: recorded by the clerk or an inspector once the limit is over, with a finding', () => {
    const world = all(toRatify(), resolve('board')).clock('2026-04-14T15:59:59.000Z')
    expectRefused(world.ask(lapseRatification), 'ratificationRuns')
    world.clock('2026-04-14T16:00:00.000Z')
    expect(
      world.fork().refusal(inPerson(lapseRatification, p('inspector1'), 'inspector1')),
    ).toBeUndefined()
    all(world, lapseRatification)
    expect(lastOf(world, 3)).toEqual([
      'ratification.lapsed',
      'automaticFinding.raised',
      'disciplineAudit.opened',
    ])
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test('law 6.11: not confirmed and not ratified, the money is to come back once', () => {
    const recovered = (world: LawWorld) => findings(world).map(({ recover }) => recover)
    const world = booked().clock('2026-04-30T01:00:00.000Z')
    all(world, lapseIt, lapseRatification)
    expect(recovered(world)).toEqual(['60000.00', undefined])
    // closed out in between, it was asked for all the same
    const between = all(booked(), refuseIt, closeFinding('inspector1'), resolve('board', 'failed'))
    expect(recovered(between)).toEqual(['60000.00', undefined])
  })

  test('agreed to after the limit it is late all the same', () => {
    const world = toRatify().clock('2026-04-20T01:00:00.000Z')
    all(world, resolve('board'))
    expect(findings(world)).toHaveLength(1)
    expect(folded(world).emergency.unratified).toEqual(['memberVote'])
  })

  test('referred by a board of too few unrelated directors, the members decide that as well', () => {
    const world = all(
      toRatify(),
      resolve('board', 'referred'),
      resolve('members'),
      resolve('shareholder'),
    )
    expect(place(world)).toBe('ratification')
    all(world, resolve('members'), resolve('shareholder'))
    expect(place(world)).toBe('disciplineAudit.open')
  })

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    [
      'officeNotHeld',
      'lapsed by the head of the company',
      () => toRatify().clock('2026-04-15T01:00:00.000Z'),
      inPerson(lapseRatification, p('head'), 'chead'),
    ],
    ['notOpen', 'lapsed before it is booked', consented, lapseRatification],
    ['notOpen', 'withdrawn', toRatify, withdraw],
    ['notOpen', 'returned', toRatify, turnBack('cashier')],
    ['notOpen', 'paid again', toRatify, order],
    ['notOpen', 'suspended', toRatify, suspending[1] ?? lift],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })
})

describe('law 6.10 law 6.12: a finding that raised itself is closed out by an inspector, with evidence', () => {
  const refusedBoard = () =>
    all(toRatify(), resolve('board', 'failed'), resolve('members'), resolve('shareholder'))
  const lapsedBy = (office: string) => {
    const world = toRatify().clock('2026-04-15T01:00:00.000Z')
    return all(world, inPerson(lapseRatification, p(office), office))
  }

  test('the audit does not pass while it is open, and passes with it', () => {
    const world = all(refusedBoard(), notify, look('cover', 'notExamined'))
    expect(place(world)).toBe('disciplineAudit.covered')
    expect(tasks(world)).toEqual([
      'automaticFinding.answer g_company/reportingClerk 2026-04-01T16:00:00.000Z',
      'automaticFinding.close township/inspector 2026-04-01T16:00:00.000Z',
    ])
    all(world, closeFinding('inspector1'))
    expect(lastOf(world, 2)).toEqual(['automaticFinding.closed', 'disciplineAudit.passed'])
    expect(place(world)).toBe('closed')
    expect(tasks(world)).toEqual([])
  })

  test('closed out before a round comes, the round closes the flow', () => {
    const world = all(refusedBoard(), closeFinding('inspector2'), look('cover', 'notExamined'))
    expect(place(world)).toBe('closed')
  })

  test('of two, each by itself', () => {
    const world = all(toRatify(), resolve('board', 'failed'), resolve('members', 'failed'))
    all(world, look('cover', 'notExamined'), closeWithout('inspector1', 'auto-2'))
    expect(place(world)).toBe('disciplineAudit.covered')
    all(world, closeFinding('inspector1', 'auto-1'))
    expect(place(world)).toBe('closed')
  })

  const part = { amount: '59999.99', bankReference: 'HZ1', receivedOn: '2026-03-02' }
  const shortfall = { reason: '供应商已注销', paper: digest('法院文书') }
  test.each<[string, object, RefusalCode | undefined]>([
    ['nothing back, nothing said', { recovered: undefined }, 'recoveryOpen'],
    ['one fen short', { recovered: part }, 'recoveryOpen'],
    ['one fen short, said why on paper', { recovered: part, shortfall }, undefined],
    ['nothing back, said why on paper', { recovered: undefined, shortfall }, undefined],
    ['more than was asked', { recovered: { ...part, amount: '60000.01' } }, 'recoveryTooMuch'],
    [
      'back before it was paid',
      { recovered: { ...part, amount: '60000.00', receivedOn: '2026-03-01' } },
      'recoveredBeforePaid',
    ],
    [
      'back tomorrow',
      { recovered: { ...part, amount: '60000.00', receivedOn: '2026-03-03' } },
      'dateInFuture',
    ],
    ['all of it', {}, undefined],
  ])('law 6.11: closed out with %s', (_what, change, code) => {
    const { recovered, ...rest } = { recovered: 'all', ...change }
    const asking =
      recovered === 'all'
        ? closeFinding('inspector1', 'auto-1', rest)
        : closeWithout('inspector1', 'auto-1', {
            ...rest,
            ...(recovered === undefined ? {} : { recovered }),
          })
    expect(refusedBoard().refusal(asking)).toBe(code)
  })

  test('law 6.11: a transfer that settled another recovery settles not this one', () => {
    const questions: (readonly string[])[] = []
    const world = refusedBoard().fact('invoiceUse', ({ invoices }) => {
      questions.push(invoices)
      return { here: [], elsewhere: [] }
    })
    all(world, closeFinding('inspector1'))
    expect(questions).toEqual([['recovery:HZ20260501009']])
    const held = requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
      table === 'invoiceUse' && row.invoice.startsWith('recovery:') ? [row.invoice] : [],
    )
    expect(held).toEqual(['recovery:HZ20260501009'])
  })

  test('law 6.10: the company answers it, and who answered does not close it out', () => {
    const world = refusedBoard()
    expect(world.refusal(answerFinding('inspector1'))).toBe('officeNotHeld')
    expect(world.refusal(answerFinding('clerk', 'auto-9'))).toBe('notFound')
    all(world, answerFinding('clerk'))
    expect(folded(world).emergency.findings[0]?.answerer).toBe(p('clerk'))
    all(world, inTown(vacate('inspector3')), inTown(appoint('inspector3', p('clerk'))))
    const own = inPerson(closeFinding('inspector3'), p('clerk'), 'inspector3')
    expect(world.refusal(own)).toBe('closeOutBySame')
    expect(world.refusal(closeFinding('inspector1'))).toBeUndefined()
  })

  test('law 6.12: nor does who proposed to suspend its payment', () => {
    const world = all(consented(), confirmIt, suspending[0] ?? lift, order, record, book)
    all(world, resolve('board', 'failed'), resolve('members'), resolve('shareholder'))
    expect(folded(world).doubters).toEqual([p('inspector1')])
    expect(world.refusal(closeFinding('inspector1'))).toBe('closeOutBySame')
    expect(world.refusal(closeFinding('inspector2'))).toBeUndefined()
  })

  test('beside a finding of a round', () => {
    const world = all(
      refusedBoard(),
      look('raise'),
      look('cover', 'finding'),
      closeFinding('inspector1'),
    )
    expect(place(world)).toBe('disciplineAudit.covered')
    all(world, look('settle'))
    expect(place(world)).toBe('closed')
  })

  test.each<[RefusalCode, string, () => LawWorld, Asking]>([
    ['notFound', 'one there is not', refusedBoard, closeFinding('inspector1', 'auto-2')],
    [
      'notFound',
      'twice',
      () => all(refusedBoard(), closeFinding('inspector1')),
      closeFinding('inspector1'),
    ],
    ['officeNotHeld', 'by the head of the centre', refusedBoard, closeFinding('head')],
    ['officeNotHeld', 'by the company', refusedBoard, closeFinding('chead')],
    [
      'closeOutBySame',
      'by the inspector whose record raised it',
      () => lapsedBy('inspector1'),
      closeFinding('inspector1'),
    ],
    [
      'ownHandling',
      'by the handler, inspector meanwhile',
      () =>
        all(
          refusedBoard(),
          inTown(vacate('inspector3')),
          inTown(appoint('inspector3', p('handler'))),
        ),
      inPerson(closeFinding('inspector3'), p('handler')),
    ],
    [
      'decidesTwice',
      'by a director who voted on it, inspector meanwhile',
      () =>
        all(refusedBoard(), inTown(vacate('inspector3')), inTown(appoint('inspector3', p('dir2')))),
      inPerson(closeFinding('inspector3'), p('dir2')),
    ],
  ])('%s: %s', (code, _what, given, when) => {
    expectRefused(given().ask(when), code)
  })

  test('by another inspector than the one who recorded it', () => {
    expect(lapsedBy('inspector1').refusal(closeFinding('inspector2'))).toBeUndefined()
  })
})

test.each(languages)('the whole of it is told in whole sentences, in %s', (language) => {
  const ratified = all(toRatify(), notify, resolve('board', 'referred'), resolve('members'))
  all(ratified, resolve('shareholder'), resolve('members', 'failed'), closeFinding('inspector1'))
  const unconfirmed = all(consented(), order, refuseIt)
  const lapsed = all(booked().clock('2026-04-15T01:00:00.000Z'), lapseIt, lapseRatification)
  const named = (id: string): string => id
  const names = {
    organisation: named,
    office: named,
    person: named,
    headOf: named,
    desk: named,
    represented: named,
  }
  for (const world of [ratified, unconfirmed, lapsed]) {
    for (const { what } of tellAll(world.entries(village, request), { names, language })) {
      expect(what).not.toMatch(/undefined|\[object|[{}]/)
      expect(what).not.toBe('')
    }
  }
  const said = tellAll(ratified.entries(village, request), { names, language }).map(
    ({ what }) => what,
  )
  expect(said).toContain(
    language === 'zh'
      ? '自动列为问题：auto-1，手续缺失，追回60,000.00元，期限2026-04-01'
      : 'A finding raised itself: auto-1, formalities missing, 60,000.00 yuan to be recovered, due 2026-04-01',
  )
})

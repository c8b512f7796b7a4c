// roster@1: who keeps it, who may not sit together, who is on the roll. Rows by hand from L1 Art
// 29, 34 and L2 Art 76.
import { describe, expect, test } from 'vitest'
import { officeIdSchema, type OrganisationId } from '../../src/domain/ids.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { ledgerWorkflow } from '../../workflows/ledger/v1/decide.ts'
import { onDay } from '../../workflows/roster/v1/day.ts'
import { rosterWorkflow } from '../../workflows/roster/v1/decide.ts'
import {
  companyOf,
  controllersOf,
  cooperativeOf,
  holderOf,
  holds,
  nearRelatives,
  officesOf,
  rosterFold,
  seats,
} from '../../workflows/roster/v1/fold.ts'
import { roll, rollDigestText } from '../../workflows/roster/v1/roll.ts'
import { clashes } from '../../workflows/roster/v1/rules.ts'
import { digest, LawWorld } from '../support/law.ts'
import {
  by,
  company,
  confirm,
  coop,
  found,
  foundTownship,
  founder,
  foundVillage,
  g,
  h,
  o,
  openLedger,
  p,
  populate,
  town,
  township,
  village,
} from '../support/law-cast.ts'

const founding = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow] })
foundTownship(founding)
foundVillage(founding)
const founded = founding.fork()
confirm(founded, town, village)

const stateOf = (world: LawWorld) => world.state(rosterFold, village, 'roster')
const ask = (type: string, input: unknown, office = 'officer') => ({
  ...found(village, type, input),
  by: by(office),
})
const appoint = (office: string, person: string, from = '2026-03-01') => ({
  office: o(office),
  person: p(person),
  from,
})
const vacate = (office: string) => ask('office.vacate', { office: o(office), reason: '届满' })
const pair = (a: string, b: string, relation = 'sibling') => ({
  pairs: [{ a: p(a), b: p(b), relation }],
})
const shown = { reason: '已离婚，已转让全部股权', paper: digest('证明材料') }
const date = (text: string) => localDateSchema.parse(text)

/** A company and a cooperative with these posts, all vacant. */
function vacant(...offices: readonly string[]): LawWorld {
  const world = founded.fork()
  for (const office of offices) world.given(vacate(office))
  return world
}

describe('who keeps the roster', () => {
  const pairs = pair('dir1', 'dir2')
  test.each([
    [
      'the founder, until it is confirmed',
      founding,
      found(village, 'relatives.declare', pairs),
      undefined,
    ],
    [
      'the founder, once it is confirmed',
      founded,
      found(village, 'relatives.declare', pairs),
      'officeNotHeld',
    ],
    [
      'somebody else as founder',
      founding,
      { ...found(village, 'relatives.declare', pairs), by: { ...by('clerk', 'founding') } },
      'officeNotHeld',
    ],
    [
      'the founder by another act',
      founding,
      {
        ...found(village, 'relatives.declare', pairs),
        by: { auth: 'password' as const, office: o('founding'), person: founder },
      },
      'officeNotHeld',
    ],
    ['the officer of the centre', founded, ask('relatives.declare', pairs), undefined],
    ['the head of the centre', founded, ask('relatives.declare', pairs, 'head'), undefined],
    [
      'the leader of the township',
      founded,
      ask('relatives.declare', pairs, 'leader'),
      'officeNotHeld',
    ],
    ['an inspector', founded, ask('relatives.declare', pairs, 'inspector1'), 'officeNotHeld'],
    ['the village itself', founded, ask('relatives.declare', pairs, 'chead'), 'officeNotHeld'],
    [
      'the head, on the township’s own',
      founded,
      { ...ask('relatives.declare', pairs, 'head'), ledger: town },
      undefined,
    ],
    [
      'the leader, on the township’s own',
      founded,
      { ...ask('relatives.declare', pairs, 'leader'), ledger: town },
      undefined,
    ],
    [
      'an officer, on the township’s own',
      founded,
      { ...ask('relatives.declare', pairs), ledger: town },
      'officeNotHeld',
    ],
    [
      'an office of the township named by another person',
      founded,
      { ...ask('relatives.declare', pairs), by: { ...by('officer'), person: p('clerk') } },
      'officeNotHeld',
    ],
  ])('%s', (_who, given, asking, code) => {
    expect(given.fork().refusal(asking)).toBe(code)
  })

  test('on its own stream only', () => {
    const asking = ask('relatives.declare', pairs)
    expect(founded.fork().refusal({ ...asking, stream: 'ledger' })).toBe('notFound')
  })

  test('no ledger, no roster; confirmed once', () => {
    const world = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow] })
    expect(world.refusal(found(town, 'roster.confirm', {}))).toBe('notFound')
    expect(founded.fork().refusal(ask('roster.confirm', {}))).toBe('notOpen')
    expect(founding.fork().refusal(ask('roster.confirm', {}))).toBeUndefined()
  })

  test('nobody records their own appointment, but the founder may sit', () => {
    const world = vacant('clerk')
    expect(
      world.refusal(
        ask('office.appoint', { ...appoint('clerk', ''), person: by('officer').person }),
      ),
    ).toBe('ownAppointment')
    expect(
      vacant('dir2').refusal(ask('office.appoint', appoint('dir2', 'officer'), 'head')),
    ).toBeUndefined()
    const early = founding.fork()
    early.given(
      found(village, 'office.open', { office: o('w2'), kind: 'witness', organisation: company }),
    )
    expect(
      early.refusal(found(village, 'office.appoint', appoint('w2', 'founder'))),
    ).toBeUndefined()
  })
})

describe('organisations and offices', () => {
  const officeOf = (kind: string, organisation: string, chair?: true) => ({
    office: o('extra'),
    kind,
    organisation,
    ...(chair === undefined ? {} : { chair }),
  })
  test.each([
    [
      'a company without its cooperative',
      ask('organisation.register', {
        kind: 'company',
        organisation: g('c2'),
        name: '二',
        owner: g('nobody'),
      }),
      'notFound',
    ],
    [
      'a company owned by a company',
      ask('organisation.register', {
        kind: 'company',
        organisation: g('c2'),
        name: '二',
        owner: company,
      }),
      'notFound',
    ],
    [
      'a second company',
      ask('organisation.register', {
        kind: 'company',
        organisation: g('c2'),
        name: '二',
        owner: coop,
      }),
      undefined,
    ],
    [
      'a second cooperative',
      ask('organisation.register', { kind: 'cooperative', organisation: g('coop2'), name: '二' }),
      'alreadyExists',
    ],
    [
      'an id taken',
      ask('organisation.register', {
        kind: 'company',
        organisation: company,
        name: '二',
        owner: coop,
      }),
      'alreadyExists',
    ],
    [
      'a township in a village',
      ask('organisation.register', { kind: 'township', organisation: g('town2'), name: '镇' }),
      'officeMisplaced',
    ],
    [
      'a director of a cooperative',
      ask('office.open', officeOf('director', coop)),
      'officeMisplaced',
    ],
    [
      'a councillor of a company',
      ask('office.open', officeOf('councillor', company)),
      'officeMisplaced',
    ],
    [
      'an inspector of a company',
      ask('office.open', officeOf('inspector', company)),
      'officeMisplaced',
    ],
    [
      'a second chair of the supervisors',
      ask('office.open', officeOf('supervisor', company, true)),
      'officeMisplaced',
    ],
    [
      'a chair among cashiers',
      ask('office.open', officeOf('cashier', company, true)),
      'officeMisplaced',
    ],
    [
      'a second company head',
      ask('office.open', officeOf('companyHead', company)),
      'officeMisplaced',
    ],
    [
      'a second legal representative',
      ask('office.open', officeOf('legalRepresentative', coop)),
      'officeMisplaced',
    ],
    ['a fourth supervisor', ask('office.open', officeOf('supervisor', company)), undefined],
    [
      'an office taken',
      ask('office.open', { ...officeOf('supervisor', company), office: o('sup1') }),
      'alreadyExists',
    ],
    ['an office of nobody', ask('office.open', officeOf('supervisor', g('nobody'))), 'notFound'],
    ['an appointment to no office', ask('office.appoint', appoint('none', 'x')), 'notFound'],
    ['leaving no office', vacate('none'), 'notFound'],
    [
      'a cooperative in a township',
      {
        ...ask(
          'organisation.register',
          { kind: 'cooperative', organisation: g('coop2'), name: '二' },
          'head',
        ),
        ledger: town,
      },
      'officeMisplaced',
    ],
  ])('%s', (_what, asking, code) => {
    expect(founded.fork().refusal(asking)).toBe(code)
  })

  test('a second cooperative, before there is any company', () => {
    const world = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow] })
    foundTownship(world)
    openLedger(world, village, town)
    const register = (organisation: string) =>
      found(village, 'organisation.register', { kind: 'cooperative', organisation, name: '社' })
    world.given(register(coop))
    expect(world.refusal(register(g('coop2')))).toBe('alreadyExists')
  })

  test('one person at a time', () => {
    const world = founded.fork()
    expect(world.refusal(ask('office.appoint', appoint('chead', 'newhead')))).toBe('officeOccupied')
    world.given(vacate('chead'))
    expect(world.refusal(vacate('chead'))).toBe('officeVacant')
    expect(holderOf(stateOf(world), o('chead'))).toBeUndefined()
    expect(world.refusal(ask('office.appoint', appoint('chead', 'newhead', '2026-03-03')))).toBe(
      'appointedAhead',
    )
    world.given(ask('office.appoint', appoint('chead', 'newhead', '2026-03-02')))
    expect(holderOf(stateOf(world), o('chead'))).toBe(p('newhead'))
    expect(
      holds(stateOf(world), { office: o('chead'), person: p('newhead') }, ['companyHead'], company),
    ).toBe(true)
    expect(holds(stateOf(world), by('chead'), ['companyHead'], company)).toBe(false)
  })

  test('one person, one seat of an organ', () => {
    expect(vacant('dir2').refusal(ask('office.appoint', appoint('dir2', 'dir1')))).toBe('seatTwice')
    expect(vacant('dir2').refusal(ask('office.appoint', appoint('dir2', 'head')))).toBeUndefined()
  })
})

describe('who may not sit together', () => {
  // office to fill, who, what else is true, expected
  test.each<[string, string, string, readonly [string, string] | undefined, string | undefined]>([
    ['a director as supervisor (L2 Art 76)', 'sup2', 'dir3', undefined, 'supervisorIncompatible'],
    ['the manager as supervisor (L2 Art 76)', 'sup2', 'head', undefined, 'supervisorIncompatible'],
    ['the cashier as supervisor (law §7)', 'sup2', 'cashier', undefined, 'supervisorIncompatible'],
    ['the bookkeeper as supervisor', 'sup2', 'bookkeeper', undefined, 'supervisorIncompatible'],
    [
      'the reporting clerk as supervisor (L5 Art 30)',
      'sup2',
      'clerk',
      undefined,
      'supervisorIncompatible',
    ],
    ['a supervisor as director', 'dir2', 'sup3', undefined, 'supervisorIncompatible'],
    ['a supervisor as cashier', 'cashier', 'sup3', undefined, 'supervisorIncompatible'],
    [
      'a near relative of a director as supervisor',
      'sup2',
      'new',
      ['new', 'dir1'],
      'supervisorIncompatible',
    ],
    [
      'a near relative of the cashier as supervisor',
      'sup2',
      'new',
      ['cashier', 'new'],
      'supervisorIncompatible',
    ],
    [
      'a near relative of a supervisor as manager',
      'chead',
      'new',
      ['sup1', 'new'],
      'supervisorIncompatible',
    ],
    [
      'a councillor as cooperative supervisor (L1 Art 34)',
      'watch2',
      'council3',
      undefined,
      'supervisorIncompatible',
    ],
    [
      'a near relative of a councillor as cooperative supervisor',
      'watch2',
      'new',
      ['new', 'council1'],
      'supervisorIncompatible',
    ],
    [
      'near relatives on one council (L1 Art 29)',
      'council2',
      'new',
      ['new', 'council1'],
      'councilNearRelatives',
    ],
    ['near relatives on one company board', 'dir2', 'new', ['new', 'dir1'], undefined],
    ['near relatives among supervisors', 'sup2', 'new', ['new', 'sup1'], undefined],
    ['a near relative of a handler as supervisor', 'sup2', 'new', ['new', 'handler'], undefined],
    ['a company director as cooperative supervisor', 'watch2', 'dir1', undefined, undefined],
    ['somebody free', 'sup2', 'new', undefined, undefined],
  ])('%s', (_what, office, person, related, code) => {
    const world = vacant(office)
    if (related !== undefined) world.given(ask('relatives.declare', pair(...related)))
    expect(world.refusal(ask('office.appoint', appoint(office, person)))).toBe(code)
  })

  test('what one company forbids, another does not', () => {
    const world = founded.fork()
    const second = g('second')
    const organisation = { kind: 'company', organisation: second, name: '二号公司', owner: coop }
    world.given(ask('organisation.register', organisation))
    for (const [office, kind] of [
      ['sup9', 'supervisor'],
      ['dir9', 'director'],
    ]) {
      world.given(ask('office.open', { office: o(office ?? ''), kind, organisation: second }))
    }
    world.given(ask('office.appoint', appoint('sup9', 'dir1')))
    const clash = ask('office.appoint', appoint('dir9', 'dir1'))
    expect(world.refusal(clash)).toBe('supervisorIncompatible')
  })

  test.each([
    ['over already', '1990-03-02', 'termOver'],
    ['over yesterday', '2026-03-01', 'termOver'],
    ['of which this is the last day', '2026-03-02', undefined],
  ])('law 1.10: a term %s', (_what, to, code) => {
    const given = { ...appoint('sup2', 'new', '1990-03-01'), to }
    expect(vacant('sup2').refusal(ask('office.appoint', given))).toBe(code)
  })

  test.each([
    ['cashier', 'officer', 'townshipOfficer'],
    ['cashier', 'inspector1', 'townshipOfficer'],
    ['handler', 'officer', 'townshipOfficer'],
    ['clerk', 'leader', 'townshipOfficer'],
    ['cashier', 'm1', undefined],
    ['dir2', 'inspector1', undefined],
  ])('law 7.2: the post of %s given to %s', (office, person, code) => {
    const asking = ask('office.appoint', appoint(office, person), 'head')
    expect(vacant(office).refusal(asking)).toBe(code)
  })

  test('law 7.6: a tie that has ended is looked back on for 180 days, then no longer stands in the way', () => {
    const world = vacant('sup2')
    world.given(ask('relatives.declare', pair('new', 'dir1', 'spouse')))
    expect(nearRelatives(stateOf(world), p('new'))).toEqual([p('dir1')])
    const ended = pair('dir1', 'new', 'ended')
    expect(() => world.ask(ask('relatives.declare', ended))).toThrow(/reason and a paper/)
    const pairs = ended.pairs.map((one) => ({ ...one, ...shown }))
    world.given(ask('relatives.declare', { pairs }))
    expect(nearRelatives(stateOf(world), p('dir1'))).toEqual([])
    const seated = ask('office.appoint', appoint('sup2', 'new'))
    // 2 March + 180 days is 29 August
    world.clock('2026-08-28T15:59:00.000Z')
    expect(world.fork().refusal(seated)).toBe('supervisorIncompatible')
    world.clock('2026-08-28T16:00:00.000Z')
    expect(world.refusal(seated)).toBeUndefined()
  })

  test('law 1.9: one declared after both are seated is recorded, and shows', () => {
    const world = founded.fork()
    expect(clashes(stateOf(world))).toEqual([])
    world.given(ask('relatives.declare', pair('sup1', 'dir1', 'spouse')))
    expect(
      clashes(stateOf(world)).map(({ code, with: seat, office }) => [code, seat.id, office.id]),
    ).toEqual([
      ['supervisorIncompatible', o('dir1'), o('sup1')],
      ['supervisorIncompatible', o('sup1'), o('dir1')],
    ])
  })
})

describe('members', () => {
  const member = (name: string, more: object = {}) => ({
    person: p(name),
    capacity: 'full',
    ...more,
  })
  const record = (...households: readonly [string, readonly object[]][]) =>
    ask('household.record', {
      households: households.map(([name, members]) => ({ household: h(name), members })),
    })

  test('law 1.9: a person counts once', () => {
    const world = founded.fork()
    world.given(record(['one', [member('a'), member('b')]]))
    expect(world.refusal(record(['two', [member('a')]]))).toBe('inTwoHouseholds')
    expect(world.refusal(record(['two', [member('c')]], ['three', [member('c')]]))).toBe(
      'inTwoHouseholds',
    )
    expect(world.refusal(record(['two', [member('c'), member('c')]]))).toBe('inTwoHouseholds')
    expect(world.refusal(record(['two', [member('c')]], ['two', [member('d')]]))).toBe(
      'inTwoHouseholds',
    )
    // marries into another household: both are corrected in one act
    world.given(record(['one', [member('b')]], ['two', [member('a')]]))
    expect(stateOf(world).members.get(p('a'))).toMatchObject({ household: h('two') })
    world.given(record(['one', []]))
    expect(roll(stateOf(world)).members).toEqual([p('a')])
  })

  test('the roll is the full-capacity members on the day, or the delegates', () => {
    const world = founded.fork()
    world.given(
      record(
        [
          'one',
          [member('b', { delegate: true }), member('a'), member('c', { capacity: 'limited' })],
        ],
        ['two', [member('d', { capacity: 'limited', fullFrom: '2026-06-01', delegate: true })]],
      ),
    )
    const state = stateOf(world)
    expect(roll(state).members).toEqual([p('a'), p('b')])
    expect(roll(state, { on: date('2026-05-31') }).count).toBe(2)
    expect(roll(state, { on: date('2026-06-01') }).members).toEqual([p('a'), p('b'), p('d')])
    expect(roll(state, { delegates: true, on: date('2026-06-01') }).members).toEqual([
      p('b'),
      p('d'),
    ])
    expect(rollDigestText(roll(state))).toBe(`${p('a')}\n${p('b')}`)
  })

  test('a village of 2,400 is recorded in batches that fit an entry', () => {
    const world = founding.fork()
    populate(world, 2400, 10)
    expect(roll(stateOf(world)).count).toBe(2400)
    expect(roll(stateOf(world), { delegates: true }).count).toBe(240)
  })

  test('a batch too large for an entry is malformed', () => {
    const members = (household: number) =>
      Array.from({ length: 11 }, (_, i) => member(`${household}x${i}`))
    const batch = Array.from({ length: 11 }, (_, i): [string, readonly object[]] => [
      `${i}`,
      members(i),
    ])
    expect(() => founded.fork().ask(record(...batch))).toThrow(/at most 120 members/)
  })
})

test('reads', () => {
  const state = stateOf(founded)
  expect(companyOf(state, company)?.owner).toBe(coop)
  expect(companyOf(state, coop)).toBeUndefined()
  expect(cooperativeOf(state, company)?.id).toBe(coop)
  expect(cooperativeOf(state, coop)?.id).toBe(coop)
  expect(cooperativeOf(state, g('none'))).toBeUndefined()
  expect(officesOf(state, p('sup1')).map(({ id }) => id)).toEqual([o('sup1')])
  expect(holds(state, by('sup1'), ['director', 'supervisor'])).toBe(true)
  expect(holds(state, by('sup1'), ['director'])).toBe(false)
  expect(holds(state, by('sup1'), ['supervisor'], coop)).toBe(false)
  expect(
    holds(state, { ...by('sup1'), office: officeIdSchema.parse('o_none') }, ['supervisor']),
  ).toBe(false)
})

test('law 1.9: households, near relatives and who controls a payee stand by ids, and by nothing else', () => {
  const relatives = { pairs: [{ a: p('dir1'), b: p('dir2'), relation: 'spouse' }] }
  const households = (more: object) => ({
    households: [
      { household: h('nine'), members: [{ person: p('nine'), capacity: 'full', ...more }] },
    ],
  })
  const record = (input: unknown, type: string) => founded.fork().refusal(ask(type, input))
  expect(record(households({}), 'household.record')).toBeUndefined()
  expect(record(relatives, 'relatives.declare')).toBeUndefined()
  expect(() => record(households({ name: '张三' }), 'household.record')).toThrow(/name/)
  const named = { pairs: [{ ...relatives.pairs[0], name: '张三' }] }
  expect(() => record(named, 'relatives.declare')).toThrow(/name/)
})

/** Every kind of office and where it sits, by hand from the law. */
const places = {
  township: ['centreOfficer', 'centreHead', 'inspector', 'disciplineSecretary', 'townshipLeader'],
  cooperative: ['councillor', 'coopSupervisor', 'legalRepresentative', 'partySecretary', 'teller'],
  company: [
    'companyHead',
    'director',
    'supervisor',
    'handler',
    'witness',
    'reportingClerk',
    'cashier',
    'bookkeeper',
  ],
} as const
const ids = { township, cooperative: coop, company } as const

describe.each([
  ['law 1.1: centre, discipline committee and leadership of a township', 'township'],
  ['law 1.2: the organs of a cooperative', 'cooperative'],
  ['law 1.2: the offices of a company', 'company'],
] as const)('%s', (_what, home) => {
  const open = (kind: string, organisation: OrganisationId) => ({
    ...ask('office.open', { office: o('extra'), kind, organisation }, 'head'),
    ledger: organisation === township ? town : village,
  })
  test.each(places[home])('%s', (kind) => {
    const world = founded.fork()
    for (const other of ['township', 'cooperative', 'company'] as const) {
      const there = world.state(rosterFold, other === 'township' ? town : village, 'roster')
      const sits = [...there.offices.values()].some(
        (office) => office.kind === kind && office.organisation === ids[other],
      )
      expect(sits, `${kind} in the ${other} of the cast`).toBe(other === home)
    }
    for (const other of (['township', 'cooperative', 'company'] as const).filter(
      (one) => one !== home,
    )) {
      expect(world.refusal(open(kind, ids[other]))).toBe('officeMisplaced')
    }
  })
})

test('a vacant seat stays a seat', () => {
  const state = stateOf(vacant('sup1'))
  const chairs = seats(state, company, 'supervisor').map(({ id, chair, holder }) => [
    id,
    chair,
    holder?.person,
  ])
  expect(chairs).toEqual([
    [o('sup1'), true, undefined],
    [o('sup2'), false, p('sup2')],
    [o('sup3'), false, p('sup3')],
  ])
})

test('who controls a payee', () => {
  const world = founded.fork()
  const control = (person: string, relation: string, change: object = {}) =>
    ask('control.declare', {
      controls: [{ person: p(person), payeeKey: 'account:6222020000001', relation, ...change }],
    })
  world.given(control('dir2', 'controls'))
  world.given(control('dir1', 'controls'))
  expect(controllersOf(stateOf(world), 'account:6222020000001')).toEqual([p('dir1'), p('dir2')])
  expect(() => world.ask(control('dir2', 'ended'))).toThrow(/reason and a paper/)
  world.given(control('dir2', 'ended', shown))
  expect(controllersOf(stateOf(world), 'account:6222020000001')).toEqual([p('dir1')])
  // what was ended the law looks back on for a while
  const on = (day: string) =>
    controllersOf(onDay(stateOf(world), localDateSchema.parse(day)), 'account:6222020000001')
  expect(on('2026-08-28')).toEqual([p('dir1'), p('dir2')])
  expect(on('2026-08-29')).toEqual([p('dir1')])
  expect(controllersOf(stateOf(world), 'account:6222020000002')).toEqual([])
})

test('a village that names a township without a ledger cannot be decided', () => {
  const world = new LawWorld({ workflows: [ledgerWorkflow, rosterWorkflow] })
  openLedger(world, village, town)
  const asking = found(village, 'organisation.register', {
    kind: 'cooperative',
    organisation: coop,
    name: '社',
  })
  expect(() => world.ask(asking)).toThrow(/rely/)
  expect(township).not.toBe(coop)
})

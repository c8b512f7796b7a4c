// Mandates (law 7.10–7.16): who may be represented, by whom, for what and how long. Rows by hand from the clauses.
import { describe, expect, test } from 'vitest'
import { deputised, mandateMusts, representable } from '../../src/domain/mandate.ts'
import type { OfficeKind } from '../../src/domain/office.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { onDay } from '../../workflows/roster/v1/day.ts'
import { holds, personsActing, rosterFold } from '../../workflows/roster/v1/fold.ts'
import { workflowOfCommand } from '../../workflows/versions.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { o, p, town, village, villageSeats } from '../support/law-cast.ts'
import {
  boardVotes,
  deputising,
  first,
  grant,
  grantByBoard,
  grantInTown,
  revoke,
  terms,
} from '../support/mandates.ts'
import { all, as, meetingWorld } from '../support/meeting-cast.ts'
import { near, vacate } from '../support/request-acts.ts'

const world = meetingWorld()
const head = terms('head', 'officer2')
const chead = terms('chead', 'dir2')
const voted = boardVotes(world.fork(), chead)

describe('law 7.12, law 7.14 who is represented, and who names the deputy', () => {
  test.each<[what: string, given: () => LawWorld, ask: Asking, code: RefusalCode | undefined]>([
    ['the three-assets head names a deputy', () => world, grantInTown(head), undefined],
    [
      'somebody else names one for the head',
      () => world,
      grantInTown(head, 'leader'),
      'officeNotHeld',
    ],
    ['the deputy names themselves', () => world, grantInTown(head, 'officer2'), 'officeNotHeld'],
    [
      'the discipline secretary names a deputy',
      () => world,
      grantInTown(terms('secretary', 'inspector3', { musts: ['disciplineAudit'] }), 'secretary'),
      undefined,
    ],
    ['a deputy the board has appointed', () => voted, grantByBoard(chead), undefined],
    ['entered by the head', () => voted, grantByBoard(chead, 'chead'), undefined],
    ['entered by a director', () => voted, grantByBoard(chead, 'dir1'), 'officeNotHeld'],
    [
      'no board asked',
      () => world,
      grant(chead, { ledger: village, office: 'clerk' }),
      'deputyNotDecided',
    ],
    [
      'an item that is not there',
      () => voted,
      grantByBoard(chead, 'clerk', 'a2'),
      'deputyNotDecided',
    ],
    ['a meeting that is not there', () => world, grantByBoard(chead), 'notFound'],
  ])('%s', (_what, given, ask, code) => {
    expect(given().fork().refusal(ask)).toBe(code)
  })

  test.each<[what: string, change: object]>([
    ['another deputy', { person: p('dir3') }],
    ['a later end', { to: '2026-03-28' }],
    ['an earlier beginning', { from: '2026-03-01' }],
    ['another must', { musts: ['issuing', 'memberVote'] }],
    ['an amount the board did not set', { upTo: '5000.00' }],
    ['another number', { mandate: 'd_other' }],
  ])('law 7.12 what is entered is what was voted on: %s', (_what, change) => {
    expect(voted.fork().refusal(grantByBoard({ ...chead, ...change }))).toBe('deputyNotDecided')
  })

  test('law 7.12 a vote that failed, or about something else, appoints nobody', () => {
    const failed = boardVotes(world.fork(), chead, { choice: 'against' })
    expect(failed.refusal(grantByBoard(chead))).toBe('deputyNotDecided')
    const other = boardVotes(world.fork(), undefined)
    expect(other.refusal(grantByBoard(chead))).toBe('deputyNotDecided')
  })

  test.each<[what: string, given: () => LawWorld, code: RefusalCode | undefined]>([
    ['while the company has a board', () => meetingWorld(), 'deputyNotDecided'],
    [
      'where policy makes the council the board',
      () => meetingWorld({ settings: [{ key: 'organ.board', value: 'coop' }] }),
      undefined,
    ],
    [
      'where the company has no board',
      () => meetingWorld({ seats: villageSeats.filter(([, kind]) => kind !== 'director') }),
      undefined,
    ],
  ])('law 1.5 the council appoints the deputy %s', (_what, given, code) => {
    const council = boardVotes(given(), chead, { kind: 'council' })
    expect(council.refusal(grantByBoard(chead))).toBe(code)
  })

  test('one vote makes one mandate', () => {
    const granted = voted.fork()
    granted.given(grantByBoard(chead))
    granted.given(revoke('chead', village))
    expect(granted.refusal(grantByBoard(chead))).toBe('alreadyExists')
  })
})

describe('law 7.11, law 7.13, law 7.15 all others act in person', () => {
  const inPerson = villageSeats.flatMap(([office, kind]) =>
    kind === 'companyHead' ? [] : [[office, kind] as const],
  )

  test('the offices are those of the law', () => {
    expect(Object.keys(representable).sort()).toEqual(
      ['centreHead', 'companyHead', 'disciplineSecretary'].sort(),
    )
  })

  test.each(inPerson)('law 7.11 law 7.15 nobody is represented as %s (%s)', (office) => {
    const ask = grant(terms(office, 'm1', { musts: ['issuing'] }), { ledger: village, office })
    expect(world.fork().refusal(ask)).toBe('notRepresentable')
  })

  test.each(['officer', 'leader', 'inspector1'])('law 7.13 nor in the township as %s', (office) => {
    const ask = grantInTown(terms(office, 'm1'), office)
    expect(world.fork().refusal(ask)).toBe('notRepresentable')
  })
})

describe('law 7.16 one mandate after another is one in parts', () => {
  const from = (start: string, to: string, id: string, change: object = {}) =>
    grantInTown({ ...head, mandate: id, from: start, to, ...change })
  const used = () => all(world.fork(), [from('2026-03-02', '2026-03-31', 'd_first')])
  test.each<[what: string, ask: Asking, code: RefusalCode | undefined]>([
    ['the day after', from('2026-04-01', '2026-04-01', 'd_next'), 'mandatesTooLong'],
    ['the sixtieth day', from('2026-04-30', '2026-04-30', 'd_next'), 'mandatesTooLong'],
    ['the sixty-first', from('2026-05-01', '2026-05-30', 'd_next'), undefined],
    ['the same days once more', from('2026-03-02', '2026-03-31', 'd_next'), undefined],
    [
      'another person',
      from('2026-04-01', '2026-04-30', 'd_next', { person: p('leader') }),
      undefined,
    ],
  ])('%s', (_what, asking, code) => {
    expect(used().refusal(asking)).toBe(code)
  })

  test('what was taken back early counts up to that day', () => {
    const early = used().clock('2026-03-11T01:00:00.000Z')
    early.given({
      ...grantInTown(head),
      type: 'mandate.revoke',
      input: { mandate: 'd_first', reason: '已返岗' },
    })
    expect(early.refusal(from('2026-03-12', '2026-04-01', 'd_next'))).toBe('mandatesTooLong')
    expect(early.refusal(from('2026-03-12', '2026-03-31', 'd_next'))).toBeUndefined()
  })
})

describe('law 7.16 a mandate is written, for a while, for named musts', () => {
  test.each<[what: string, change: object, code: RefusalCode | undefined]>([
    ['thirty days, first and last counted', { from: '2026-03-02', to: '2026-03-31' }, undefined],
    ['one day more', { from: '2026-03-02', to: '2026-04-01' }, 'mandateTooLong'],
    ['one day', { from: '2026-03-02', to: '2026-03-02' }, undefined],
    ['ahead', { from: '2026-10-01', to: '2026-10-30' }, undefined],
    ['a must of another office', { musts: ['disciplineAudit'] }, 'mandateBeyondOffice'],
    ['one of them', { musts: ['townshipFiling', 'issuing'] }, 'mandateBeyondOffice'],
    ['up to an amount', { upTo: '20000.00' }, undefined],
    ['to the holder', { person: p('centrehead') }, 'ownAppointment'],
  ])('%s', (_what, change, code) => {
    expect(world.fork().refusal(grantInTown({ ...head, ...change }))).toBe(code)
  })

  test.each<[what: string, change: object, path: RegExp]>([
    ['it names no must', { musts: [] }, /musts/],
    ['a must is named twice', { musts: ['townshipFiling', 'townshipFiling'] }, /musts/],
    ['it ends before it begins', { from: '2026-03-02', to: '2026-03-01' }, /to a mandate/],
    ['a must nobody knows', { musts: ['payment'] }, /musts/],
  ])('refused as a form: %s', (_what, change, path) => {
    expect(() => world.fork().ask(grantInTown({ ...head, ...change }))).toThrow(path)
  })

  test('it is written: without the digest of the paper there is none', () => {
    const asking = grantInTown(head)
    const { paper: _paper, ...unwritten } = asking.input as { paper: string }
    expect(() => world.fork().ask({ ...asking, input: unwritten })).toThrow(/paper/)
  })

  test('never re-delegated: a deputy grants none', () => {
    const granted = world.fork()
    granted.given(grantInTown(head))
    const again = grantInTown(terms('head', 'officer', { mandate: 'd_again' }))
    expect(granted.refusal(deputising(again, 'officer2'))).toBe('mandateRedelegated')
    // in person the head may name another
    expect(granted.refusal(again)).toBeUndefined()
  })

  test('law 1.12 a vacant office is not represented', () => {
    const vacant = voted.fork()
    vacant.given(vacate('chead'))
    expect(vacant.refusal(grantByBoard(chead))).toBe('mandateOfVacant')
  })

  test.each<[what: string, deputy: string, tie: Asking | undefined]>([
    ['a supervisor', 'sup1', undefined],
    ['a near relative of one', 'dir2', near('dir2', 'sup2')],
  ])('law 7.6 %s does not stand in for the head', (_what, deputy, tie) => {
    const asked = terms('chead', deputy)
    const board = boardVotes(world.fork(), asked)
    if (tie !== undefined) board.given(tie)
    expect(board.refusal(grantByBoard(asked))).toBe('supervisorIncompatible')
  })

  test('law 7.6 who stands in for the head does not become supervisor meanwhile', () => {
    const granted = voted.fork()
    granted.given(grantByBoard(chead))
    granted.given(vacate('dir2'))
    granted.given(vacate('sup3'))
    const ask = succeeding('sup3', 'dir2')
    expect(granted.fork().refusal(ask)).toBe('supervisorIncompatible')
    granted.given(revoke('chead', village))
    expect(granted.refusal(ask)).toBeUndefined()
  })
})

const succeeding = (office: string, person: string): Asking => ({
  ledger: village,
  stream: 'roster',
  type: 'office.appoint',
  by: as('head'),
  input: { office: o(office), person: p(person), from: '2026-03-02' },
})

describe('law 7.16 in force', () => {
  const date = (text: string) => localDateSchema.parse(text)
  const byDeputy = { office: o('head'), person: p('officer2'), mandate: first } as const
  const acting = (given: LawWorld, on: string, by = byDeputy): boolean =>
    holds(onDay(given.state(rosterFold, town, 'roster'), date(on)), by as never, ['centreHead'])
  const granted = world.fork()
  granted.given(grantInTown(head))

  test.each<[on: string, holds: boolean]>([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2026-03-27', true],
    ['2026-03-28', false],
  ])('on %s: %s', (on, yes) => {
    expect(acting(granted, on)).toBe(yes)
  })

  test.each<[what: string, change: object]>([
    ['another person', { person: p('officer') }],
    ['another office', { office: o('secretary') }],
    ['another mandate', { mandate: 'd_other' }],
  ])('not for %s', (_what, change) => {
    expect(acting(granted, '2026-03-10', { ...byDeputy, ...change })).toBe(false)
  })

  test('the holder keeps the office', () => {
    const roster = onDay(granted.state(rosterFold, town, 'roster'), date('2026-03-10'))
    expect(holds(roster, as('head'), ['centreHead'])).toBe(true)
    expect(personsActing(roster, as('head'))).toEqual([p('centrehead')])
    expect(personsActing(roster, byDeputy as never)).toEqual([p('officer2'), p('centrehead')])
  })

  test('it falls when it is revoked, and is revoked once', () => {
    const gone = granted.fork()
    expect(gone.fork().refusal(revoke('leader'))).toBe('officeNotHeld')
    expect(gone.refusal(revoke('head'))).toBeUndefined()
    expect(acting(gone, '2026-03-10')).toBe(false)
    expect(gone.refusal(revoke('head'))).toBe('notOpen')
    expect(gone.refusal(revoke('head', town, 'd_nobody'))).toBe('notFound')
  })

  test('it falls with whom it represents', () => {
    const left = granted.fork()
    left.given({ ...vacate('head'), ledger: town, by: as('leader') })
    expect(acting(left, '2026-03-10')).toBe(false)
    left.given({ ...succeeding('head', 'newhead'), ledger: town, by: as('leader') })
    expect(acting(left, '2026-03-10')).toBe(false)
  })
})

describe('law 7.16 for named musts, not for the office as a whole', () => {
  const granted = world.fork()
  granted.given(grantInTown(head))

  test.each<[what: string, ask: Asking]>([
    ['keeping the roster', near('m1', 'm2')],
    ['appointing', succeeding('sup3', 'm1')],
    [
      'proposing a policy',
      {
        ...near('m1', 'm2'),
        ledger: town,
        stream: 'policy',
        type: 'policy.propose',
        input: { settings: [], reason: 'x', basis: 'y' },
      },
    ],
    ['confirming a roster', { ...near('m1', 'm2'), type: 'roster.confirm', input: {} }],
  ])('%s is done in person', (_what, ask) => {
    const asking = { ...ask, by: as('head') }
    expect(granted.fork().refusal(deputising(asking, 'officer2'))).toBe('mandateExceeded')
  })

  test('every act a deputy may do is a command, and its must one the office may be represented in', () => {
    for (const [act, offices] of Object.entries(deputised)) {
      expect(workflowOfCommand(act), act).toBeDefined()
      for (const [office, must] of Object.entries(offices)) {
        const known = representable[office as OfficeKind]?.musts ?? []
        expect(must === 'here' || known.includes(must), `${act} ${office}`).toBe(true)
      }
    }
    const named = Object.values(representable).flatMap(({ musts }) => musts)
    expect([...new Set(named)].sort()).toEqual(Object.keys(mandateMusts).sort())
  })
})

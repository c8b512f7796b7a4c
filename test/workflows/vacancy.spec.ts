// Terms and vacancies (law 1.10–1.12): an office ends with its day, a vacant one blocks and shows, and nothing ever passes
// because nobody is there.
import { describe, expect, test } from 'vitest'
import { rosterRows } from '../../src/app/projections/roster.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { dateAt, localDateSchema } from '../../src/domain/time.ts'
import { onDay } from '../../workflows/roster/v1/day.ts'
import { holderOf, rosterFold } from '../../workflows/roster/v1/fold.ts'
import { filledBy, isVacantDesk, vacancies } from '../../workflows/roster/v1/vacancy.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import { company, coop, o, p, town, village } from '../support/law-cast.ts'
import {
  all as allOf,
  as,
  close,
  held,
  inTenDays,
  matter,
  meetingWorld,
  notice,
  open,
  openSeats,
  plan,
  prestudy,
  sit,
  vote,
} from '../support/meeting-cast.ts'
import {
  accept,
  book,
  complete,
  consent,
  inTown,
  issue,
  order,
  sign,
  vacate,
} from '../support/request-acts.ts'
import { all, folded, founded, place, resolve, standing } from '../support/request-cast.ts'

const rosterOf = (world: LawWorld, ledger = village) =>
  onDay(world.state(rosterFold, ledger, 'roster'), dateAt(world.now))
/** Vacant now, or held by somebody whose term is over. */
const overdue = (world: LawWorld) =>
  vacancies(rosterOf(world)).filter(({ since }) => since <= world.now)

describe('law 1.12 each must with its office vacant: nothing passes', () => {
  const vacateInTown = (...offices: readonly string[]) =>
    offices.map((office) => ({ ...inTown(vacate(office)), by: as('leader') }))
  test.each<
    [
      where: string,
      vacated: readonly Asking[],
      last: Asking,
      code: RefusalCode,
      desk: string,
      filler: string,
    ]
  >([
    [
      'issuing.witnessed',
      [vacate('chead')],
      issue,
      'officeNotHeld',
      `${company}/companyHead`,
      'township/centreOfficer',
    ],
    [
      'papers',
      [vacate('clerk')],
      complete,
      'officeNotHeld',
      `${company}/reportingClerk`,
      'township/centreOfficer',
    ],
    [
      'supervisorySignOff.open',
      [vacate('sup1')],
      sign('sup1'),
      'officeNotHeld',
      o('sup1'),
      'township/centreOfficer',
    ],
    [
      'townshipFiling.open',
      vacateInTown('officer', 'officer2'),
      accept,
      'officeNotHeld',
      'township/centreOfficer',
      'township/townshipLeader',
    ],
    [
      'townshipFiling.accepted',
      vacateInTown('head', 'head2'),
      consent,
      'officeNotHeld',
      'township/centreHead',
      'township/townshipLeader',
    ],
    [
      'payment.payable',
      [vacate('cashier')],
      order,
      'officeNotHeld',
      `${company}/cashier`,
      'township/centreOfficer',
    ],
    [
      'booking',
      [vacate('book')],
      book,
      'officeNotHeld',
      `${company}/bookkeeper`,
      'township/centreOfficer',
    ],
  ])('%s', (where, vacated, last, code, desk, filler) => {
    const world = all(standing(where), ...vacated)
    expect(world.refusal(last)).toBe(code)
    expect(place(world)).toBe(where)
    // the task stays at its desk; the desk shows as vacant, and who must fill it
    const waiting = requestRows('2026-000001', folded(world)).flatMap(({ table, row }) =>
      table === 'task' ? [row.desk] : [],
    )
    expect(waiting).toContain(desk)
    const known = [rosterOf(world), rosterOf(world, town)].map((roster) =>
      isVacantDesk(roster, desk),
    )
    expect(known).toContain(true)
    expect(known).not.toContain(false)
    const left = vacated.map(({ input }) => (input as { office: string }).office)
    const shown = [rosterOf(world), rosterOf(world, town)]
      .flatMap((roster) => vacancies(roster))
      .filter(({ office }) => left.includes(office))
    expect(shown.map((one) => [one.filledBy, one.state])).toEqual(
      left.map(() => [filler, 'vacant']),
    )
  })

  test('the same desks are not vacant while somebody is there', () => {
    const rosters = [rosterOf(founded()), rosterOf(founded(), town)]
    for (const desk of [`${company}/companyHead`, o('sup1'), 'township/centreHead', 'p_somebody']) {
      expect(rosters.map((roster) => isVacantDesk(roster, desk))).not.toContain(true)
    }
    expect(rosters.flatMap((roster) => vacancies(roster))).toEqual([])
  })

  test('supervisorySignOff: the others do not carry it without the chair', () => {
    const world = all(standing('supervisorySignOff.open'), vacate('sup1'))
    all(world, sign('sup2'), sign('sup3'))
    expect(place(world)).toBe('supervisorySignOff.open')
  })

  test('boardReview: an empty seat counts among all; one of three is no quorum', () => {
    const world = meetingWorld()
    world.given(vacate('dir2'))
    world.given(vacate('dir3'))
    openSeats(world, 'board', [matter()])
    allOf(world, [sit('dir1'), vote('dir1'), close('dir1')])
    expect(held(world).outcomes).toMatchObject([{ outcome: 'notDecided', base: 3 }])
  })

  test('memberVote: without a watching supervisor the meeting does not open', () => {
    const world = meetingWorld()
    for (const office of ['watch1', 'watch2']) world.given(vacate(office))
    allOf(world, [plan('member', [matter()]), prestudy(), notice(inTenDays)])
    world.clock(inTenDays)
    expect(world.refusal(open())).toBe('watcherMissing')
    expect(vacancies(rosterOf(world)).map(({ office }) => office)).toEqual([
      o('watch1'),
      o('watch2'),
    ])
  })

  test('memberVote: without a legal representative nobody signs the shareholder decision', () => {
    const world = all(standing('memberVote.open'), resolve('members'), vacate('legal'))
    expect(place(world)).toBe('memberVote.carried')
    expect(isVacantDesk(rosterOf(world), `${coop}/legalRepresentative`)).toBe(true)
  })

  test('no command fills a desk by time: the day changes nothing of the request', () => {
    const world = all(standing('townshipFiling.open'), ...vacateInTown('officer', 'officer2'))
    world.clock('2026-12-31T01:00:00.000Z')
    expect(place(world)).toBe('townshipFiling.open')
    expect(world.refusal(accept)).toBe('officeNotHeld')
    expect(world.refusal(consent)).toBe('notOpen')
  })
})

const appointing = (office: string, person: string, more: object = {}): Asking => ({
  ledger: village,
  stream: 'roster',
  type: 'office.appoint',
  by: as('head'),
  input: { office: o(office), person: p(person), from: '2026-03-02', ...more },
})
/** The last day of the term is Friday 27 March. */
const term = { to: '2026-03-27' }
const lastMoment = '2026-03-27T15:59:59.999Z'
const dayAfter = '2026-03-27T16:00:00.000Z'

/** Appointed for a term to 27 March. */
function forTerm(world: LawWorld, office: string, person: string): LawWorld {
  return all(world, vacate(office), appointing(office, person, term))
}

describe('law 1.10 offices are held from–to', () => {
  test.each<[office: string, person: string, where: string, ask: Asking]>([
    ['chead', 'head', 'issuing.witnessed', issue],
    ['clerk', 'clerk', 'papers', complete],
    ['cashier', 'cashier', 'payment.payable', order],
    ['book', 'bookkeeper', 'booking', book],
  ])('%s ends with its last day', (office, person, where, ask) => {
    const world = forTerm(standing(where), office, person)
    expect(world.fork().clock(lastMoment).refusal(ask)).not.toBe('officeNotHeld')
    expect(world.clock(dayAfter).refusal(ask)).toBe('officeNotHeld')
    expect(holderOf(rosterOf(world), o(office))).toBeUndefined()
    // and is vacant for whoever comes next, without anybody being recorded as leaving
    expect(world.refusal(appointing(office, 'm9', { from: '2026-03-28' }))).toBeUndefined()
  })

  test('in the township too', () => {
    const world = standing('townshipFiling.open')
    for (const office of ['officer', 'officer2']) {
      world.given({ ...inTown(vacate(office)), by: as('leader') })
      world.given({ ...inTown(appointing(office, office, term)), by: as('leader') })
    }
    expect(world.fork().clock(lastMoment).refusal(accept)).toBeUndefined()
    expect(world.clock(dayAfter).refusal(accept)).toBe('officeNotHeld')
  })

  test('a term does not end before it begins', () => {
    const world = all(founded(), vacate('chead'))
    expect(() => world.ask(appointing('chead', 'head', { to: '2026-03-01' }))).toThrow(/to a term/)
    expect(world.refusal(appointing('chead', 'head', { to: '2026-03-02' }))).toBeUndefined()
  })
})

describe('law 1.11 who sits in an organ stays until the successor is appointed (L2 Art 70, 77)', () => {
  test.each<[office: string, person: string]>([
    ['dir2', 'dir2'],
    ['sup2', 'sup2'],
    ['council2', 'council2'],
    ['watch2', 'watch2'],
  ])('%s', (office, person) => {
    const world = forTerm(founded(), office, person).clock(dayAfter)
    expect(holderOf(rosterOf(world), o(office))).toBe(p(person))
    // the ended term is a task of whoever must fill the seat
    expect(overdue(world)).toMatchObject([
      { office: o(office), state: 'ending', filledBy: 'township/centreOfficer' },
    ])
    // the successor takes the seat from them, with one entry
    expect(world.refusal(appointing(office, 'm9', { from: '2026-03-28' }))).toBeUndefined()
    expect(holderOf(rosterOf(world), o(office))).toBe(p('m9'))
    expect(overdue(world)).toEqual([])
  })

  test('or is appointed again', () => {
    const world = forTerm(founded(), 'sup2', 'sup2').clock(dayAfter)
    const again = appointing('sup2', 'sup2', { from: '2026-03-28', to: '2029-03-27' })
    expect(world.refusal(again)).toBeUndefined()
    expect(overdue(world)).toEqual([])
  })

  test('while the term runs the seat is taken', () => {
    const world = forTerm(founded(), 'sup2', 'sup2')
    expect(world.refusal(appointing('sup2', 'm9'))).toBe('officeOccupied')
  })

  test('a supervisor whose term has ended signs', () => {
    const world = forTerm(standing('supervisorySignOff.open'), 'sup2', 'sup2').clock(dayAfter)
    expect(world.refusal(sign('sup2'))).toBeUndefined()
  })
})

describe('law 1.12 tasks of the roster', () => {
  const tasksOf = (world: LawWorld, ledger = village) =>
    rosterRows(world.state(rosterFold, ledger, 'roster')).map(({ key, row }) => [key, row])

  test('none while everybody is there', () => {
    expect(tasksOf(founded())).toEqual([])
    expect(tasksOf(founded(), town)).toEqual([])
  })

  test('a vacant office waits from the day it was left, without a limit', () => {
    const world = founded()
    const since = world.now
    world.given(vacate('cashier'))
    expect(tasksOf(world)).toEqual([
      [
        `office.appoint ${o('cashier')}`,
        { desk: 'township/centreOfficer', act: 'office.appoint', since, dueAt: '' },
      ],
    ])
    world.given(appointing('cashier', 'm9'))
    expect(tasksOf(world)).toEqual([])
  })

  test('a term with an end waits for a successor by then', () => {
    expect(tasksOf(forTerm(founded(), 'dir2', 'dir2'))).toEqual([
      [
        `office.appoint ${o('dir2')}`,
        { desk: 'township/centreOfficer', act: 'office.appoint', since: dayAfter, dueAt: dayAfter },
      ],
    ])
  })

  test('of the township’s own offices its leadership is told, of the leadership the head', () => {
    expect(filledBy('inspector')).toBe('township/townshipLeader')
    expect(filledBy('townshipLeader')).toBe('township/centreHead')
    const world = founded()
    world.given({ ...inTown(vacate('secretary')), by: as('leader') })
    expect(tasksOf(world, town)).toMatchObject([
      [`office.appoint ${o('secretary')}`, { desk: 'township/townshipLeader' }],
    ])
  })

  test('a day of the roster is made once, and leaves the roster as it is', () => {
    const world = forTerm(founded(), 'cashier', 'cashier')
    const whole = world.state(rosterFold, village, 'roster')
    const on = localDateSchema.parse('2026-03-28')
    const later = onDay(whole, on)
    expect(onDay(whole, on)).toBe(later)
    expect(holderOf(later, o('cashier'))).toBeUndefined()
    expect(holderOf(whole, o('cashier'))).toBe(p('cashier'))
    // nothing ended yet: the very same roster
    expect(onDay(whole, localDateSchema.parse('2026-03-27'))).toBe(whole)
  })
})

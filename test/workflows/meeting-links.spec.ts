// A member without an account votes by a link and a PIN, handed out by two persons: who may, to whom, and what
// the ledger says of it.
import { describe, expect, test } from 'vitest'
import { type By, bySchema } from '../../src/domain/entry.ts'
import type { PersonId } from '../../src/domain/ids.ts'
import { meetingCommands } from '../../workflows/meeting/v1/events.ts'
import { memberOffice } from '../../workflows/meeting/v1/acts/online.ts'
import { coop, h, o, p, type Seat, villageSeats } from '../support/law-cast.ts'
import type { Asking } from '../support/law.ts'
import {
  act,
  as,
  closeVoting,
  given,
  held,
  inTenDays,
  matter,
  meeting,
  meetingWorld,
  membersTo,
  notice,
  open,
  openMembers,
  openSeats,
  plan,
  prestudy,
  sheet,
  take,
  tally,
} from '../support/meeting-cast.ts'
import { type MeetingRow, testRows } from '../support/meeting-rows.ts'

const [m1, m2, m5, m6] = [p('m1'), p('m2'), p('m5'), p('m6')]
const links = (persons: readonly PersonId[], more: object = {}, by = as('clerk')): Asking => ({
  ...act('ballotLink.issue', 'clerk', { persons, ...more }),
  by,
})
const pins = (persons: readonly PersonId[], more: object = {}, by = as('watch1')): Asking => ({
  ...act('ballotPin.issue', 'clerk', { persons, ...more }),
  by,
})
const again = { reason: '遗失' }
const byLink = (person: string, office: By['office'] = memberOffice): By =>
  bySchema.parse({ auth: 'ballotLink', office, person: p(person) })
const voteByLink = (person: string): Asking => ({ ...take(person), by: byLink(person) })

const founded = meetingWorld()
const studied = given(founded, plan('member', [matter()]), prestudy())
const noticed = given(studied, notice(inTenDays))
const opened = openMembers(founded.fork())
const both = given(opened, links([m5, m6]), pins([m5, m6]))
const onSite = given(studied, notice(inTenDays, false))

/** The clerk's person is also a supervisor: the law of offices does not forbid it, and this one must. */
const twoHats: readonly Seat[] = villageSeats.map((seat) =>
  seat[0] === 'watch2' ? ['watch2', 'coopSupervisor', coop, 'clerk'] : seat,
)
const hats = openMembers(meetingWorld({ seats: twoHats }))
const clerkWatches = as('watch2', p('clerk'))
const moved = (person: string) =>
  openMembers(meetingWorld(), [matter('a1', { movers: [p(person)] })])

describe('law 5.20: the two halves are handed out by two offices', () => {
  const rows: readonly MeetingRow[] = [
    [
      'links by a supervisor',
      'officeNotHeld',
      opened,
      links([m5], {}, as('watch1')),
      [opened, links([m5])],
    ],
    [
      'links by a teller',
      'officeNotHeld',
      opened,
      links([m5], {}, as('teller1')),
      [opened, links([m5])],
    ],
    [
      'PINs by the clerk',
      'officeNotHeld',
      opened,
      pins([m5], {}, as('clerk')),
      [opened, pins([m5])],
    ],
    [
      'PINs by a supervisor of the company',
      'officeNotHeld',
      opened,
      pins([m5], {}, as('sup1')),
      [opened, pins([m5], {}, as('watch2'))],
    ],
    [
      'both by one person, the link first',
      'ballotHalvesBySame',
      given(hats, links([m5])),
      pins([m5], {}, clerkWatches),
      [hats, pins([m5], {}, clerkWatches)],
    ],
    [
      'both by one person, the PIN first, to others',
      'ballotHalvesBySame',
      given(hats, pins([m6], {}, clerkWatches)),
      links([m5]),
      [hats, links([m5])],
    ],
    [
      'links by who moved an item',
      'recorderPartial',
      moved('clerk'),
      links([m5]),
      [opened, links([m5])],
    ],
    [
      'PINs by who moved an item',
      'recorderPartial',
      moved('watch2'),
      pins([m5], {}, as('watch2')),
      [moved('watch2'), pins([m5])],
    ],
    ['before the notice', 'notOpen', studied, links([m5]), [noticed, links([m5])]],
    [
      'of a board',
      'notThisKind',
      openSeats(founded.fork(), 'board', [matter()]),
      links([m5]),
      [noticed, links([m5])],
    ],
    ['where the notice offers none', 'notOnline', onSite, pins([m5]), [noticed, pins([m5])]],
    [
      'to somebody who is no member',
      'notOnRoll',
      noticed,
      links([p('guest')]),
      [noticed, links([m5])],
    ],
    [
      'once the voting is closed',
      'attendanceClosed',
      given(both, closeVoting()),
      links([m1]),
      [both, links([m1])],
    ],
    [
      'once a count is recorded',
      'attendanceClosed',
      given(opened, sheet(membersTo(8)), tally([8, 0, 0])),
      pins([p('m9')]),
      [given(opened, sheet(membersTo(8))), pins([p('m9')])],
    ],
    [
      'to who has come',
      'alreadyPresent',
      given(opened, sheet([m1])),
      links([m1]),
      [opened, links([m1])],
    ],
  ]
  testRows(rows)
})

describe('law 5.21: another one takes a reason, and is told', () => {
  testRows([
    ['a link', 'ballotHalfAgain', both, links([m1, m5]), [both, links([m1, m5], again)]],
    ['a PIN', 'ballotHalfAgain', both, pins([m5]), [both, pins([m5], again)]],
  ])

  test('the ledger names who got which half, and from whom', () => {
    const world = given(both, links([m5], { ...again }, as('legal')))
    const { links: linked, pins: pinned } = held(world, meeting)
    expect([...linked]).toEqual([
      [m5, as('legal').person],
      [m6, p('clerk')],
    ])
    expect([...pinned.values()]).toEqual([p('watch1'), p('watch1')])
  })
})

describe('law 5.20: link and PIN take a ballot, and prove nothing else', () => {
  const roster = (asking: Asking): Asking => ({ ...asking, stream: 'roster' })
  testRows([
    ['with neither', 'ballotHalfMissing', opened, voteByLink('m5'), [both, voteByLink('m5')]],
    [
      'with a link alone',
      'ballotHalfMissing',
      given(opened, links([m5])),
      voteByLink('m5'),
      [both, voteByLink('m5')],
    ],
    [
      'with a PIN alone',
      'ballotHalfMissing',
      given(opened, pins([m5])),
      voteByLink('m5'),
      [both, voteByLink('m6')],
    ],
    [
      'twice',
      'alreadyPresent',
      given(both, voteByLink('m5')),
      voteByLink('m5'),
      [both, voteByLink('m6')],
    ],
    [
      'after signing in',
      'alreadyPresent',
      given(both, take('m5')),
      voteByLink('m5'),
      [both, voteByLink('m5')],
    ],
    [
      'law 5.21: after paper',
      'alreadyPresent',
      given(both, sheet([m5])),
      voteByLink('m5'),
      [both, voteByLink('m6')],
    ],
    [
      'on paper after it',
      'alreadyPresent',
      given(both, voteByLink('m5')),
      sheet([m5]),
      [both, sheet([m5])],
    ],
    [
      'law 5.21: once the voting is closed',
      'attendanceClosed',
      given(both, closeVoting()),
      voteByLink('m5'),
      [both, voteByLink('m5')],
    ],
    [
      'any other act, by the very office',
      'officeNotHeld',
      both,
      { ...closeVoting(), by: { ...closeVoting().by, auth: 'ballotLink' } },
      [both, closeVoting()],
    ],
    [
      'in another ledger book of the village',
      'officeNotHeld',
      both,
      roster({
        ...act('household.record', 'officer', {
          households: [{ household: h('90'), members: [] }],
        }),
        by: byLink('m5', o('officer')),
      }),
      [
        both,
        roster(
          act('household.record', 'officer', { households: [{ household: h('90'), members: [] }] }),
        ),
      ],
    ],
  ])

  test('a link handed out before the meeting opened counts, if its member is still on the roll then', () => {
    const before = given(noticed, links([m1, m2]), pins([m1, m2]))
    const limited = {
      ...act('household.record', 'officer', {
        households: [
          {
            household: h('1'),
            members: [
              { person: m1, capacity: 'full' },
              { person: m2, capacity: 'limited' },
            ],
          },
        ],
      }),
      stream: 'roster' as const,
    }
    const changed = given(before, limited)
    const due = given(changed.fork().clock(inTenDays), open())
    expect(due.fork().refusal(voteByLink('m1'))).toBeUndefined()
    expect(due.fork().refusal(voteByLink('m2'))).toBe('notOnRoll')
  })
})

describe('what is no form of it', () => {
  test.each([
    ['nobody', []],
    ['a person twice', [m1, m1]],
    ['more than an entry holds', membersTo(401)],
  ])('%s', (_what, persons) => {
    const parsed = meetingCommands.safeParse({ type: 'ballotLink.issue', input: { persons } })
    expect(parsed.success).toBe(false)
  })

  test('the control: four hundred at once', () => {
    const input = { persons: membersTo(400) }
    expect(meetingCommands.safeParse({ type: 'ballotPin.issue', input }).success).toBe(true)
  })
})

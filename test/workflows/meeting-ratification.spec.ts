// What an emergency deferred, put to real meetings: members, their delegates or a board ratify as the must would have been
// decided, and the people who signed in haste decide in no second must.
import { describe, expect, test } from 'vitest'
import { placeOf } from '../../workflows/request/v1/fold.ts'
import { p, village } from '../support/law-cast.ts'
import type { LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  act,
  all,
  as,
  close,
  countersign,
  held,
  meetingWorld,
  membersTo,
  notice,
  on,
  open,
  openOrgan,
  plan,
  prestudy,
  relate,
  sheet,
  sign,
  sit,
  tally,
  vote,
} from '../support/meeting-cast.ts'
import { appoint, book, order, record, vacate } from '../support/request-acts.ts'
import { folded, submit, walk } from '../support/request-cast.ts'
import { confirmIt, consentAlone, inFlood } from '../support/request-emergency.ts'

const board = 'meeting/m-2026-0002'

/** Paid, booked and confirmed: member vote and board review are still to be ratified. */
function toRatify(prepare?: (world: LawWorld) => void) {
  const world = meetingWorld()
  prepare?.(world)
  submit(world, inFlood)
  walk(world, 'townshipFiling.open')
  return all(world, [consentAlone, confirmIt, order, record, book])
}

const days = (world: LawWorld, count: number): string =>
  new Date(Date.parse(world.now) + count * 86_400_000).toISOString()

function members(world: LawWorld, [inFavour, against]: readonly [number, number]): LawWorld {
  const heldAt = days(world, 11)
  all(world, [plan('member', [aboutRequest]), prestudy(), notice(heldAt)]).clock(heldAt)
  return all(world, [
    open(),
    sheet(membersTo(12)),
    tally([inFavour, against, 0]),
    countersign(),
    close(),
  ])
}

function directors(world: LawWorld, votes: readonly (readonly [string, string])[]): LawWorld {
  const heldAt = days(world, 2)
  all(world, [on(board, plan('board', [aboutRequest])), on(board, notice(heldAt))]).clock(heldAt)
  const cast = votes.flatMap(([seat, choice]) => [sit(seat), vote(seat, choice)])
  return all(
    world,
    [openOrgan(), ...cast, close('dir1')].map((asking) => on(board, asking)),
  )
}
const agreed = [
  ['dir1', 'for'],
  ['dir2', 'for'],
] as const
const ownTrail = (world: LawWorld) =>
  world.entries(village, 'request/2026-000001').map(({ type }) => type)

describe('law 3.12: ratified by the meetings it was kept from', () => {
  test('the board and then the members: the signed decision discharges theirs', () => {
    const world = directors(toRatify(), agreed)
    expect(placeOf(folded(world))).toBe('ratification')
    expect(folded(world).emergency.unratified).toEqual(['memberVote'])
    members(world, [8, 4])
    expect(placeOf(folded(world))).toBe('ratification')
    expect(world.fork().refusal(on('meeting/m-2026-0003', plan('member', [aboutRequest])))).toBe(
      'requestNotWaiting',
    )
    all(world, [sign('a1')])
    expect(placeOf(folded(world))).toBe('disciplineAudit.open')
  })

  test('refused by the members it goes to its audit with a finding, never back', () => {
    const world = members(directors(toRatify(), agreed), [7, 5])
    expect(placeOf(folded(world))).toBe('disciplineAudit.open')
    expect(ownTrail(world)).toContain('automaticFinding.raised')
    expect(world.refusal(sign('a1'))).toBe('itemNotPassed')
  })

  test('law 5.5: a meeting that comes to nothing leaves it waiting, and says so there', () => {
    const world = directors(toRatify(), [['dir1', 'for']])
    expect(held(world, board).outcomes).toMatchObject([{ outcome: 'notDecided' }])
    expect(placeOf(folded(world))).toBe('ratification')
    expect(ownTrail(world).at(-1)).toBe('boardReview.notDecided')
    const heldAt = days(world, 11)
    all(world, [plan('member', [aboutRequest]), prestudy(), notice(heldAt)]).clock(heldAt)
    all(world, [open(), act('meeting.adjourn', 'clerk', { reason: '停电' })])
    expect(ownTrail(world).at(-1)).toBe('memberVote.notDecided')
  })

  test.each([
    ['who signed for it as supervisor', 'sup1', 'decidesTwice'],
    ['the control: who did not', 'guest', undefined],
  ] as const)('law 7.3: %s, since made a director, votes: %s %s', (_what, person, code) => {
    const world = toRatify()
    all(world, [vacate('sup1'), vacate('dir2'), appoint('dir2', p(person))])
    const heldAt = days(world, 2)
    all(world, [on(board, plan('board', [aboutRequest])), on(board, notice(heldAt))]).clock(heldAt)
    const asDirector = as('dir2', p(person))
    all(world, [on(board, openOrgan()), { ...on(board, sit('dir2')), by: asDirector }])
    expect(world.refusal({ ...on(board, vote('dir2')), by: asDirector })).toBe(code)
  })

  test('law 5.13: a related-party deal is referred in ratification too', () => {
    const world = directors(
      toRatify((before) => relate(before)),
      agreed,
    )
    expect(held(world, board).outcomes).toMatchObject([{ outcome: 'referred' }])
    expect(folded(world).referredTo).toBe('member')
    expect(placeOf(folded(world))).toBe('ratification')
  })
})

// Random verbs by many hands never lose, double or orphan a task (the bugs other engines are asked about most: a task lost
// after a return among several signers). The desks that must have one are told by hand for every place.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskRow } from '../../src/domain/projection.ts'
import type { RefusalCode } from '../../src/domain/refusal.ts'
import { isSuspended, type Request } from '../../workflows/request/v1/fold.ts'
import type { LawWorld } from '../support/law.ts'
import { village } from '../support/law-cast.ts'
import { request } from '../support/request-cast.ts'
import {
  type Amount,
  amounts,
  answered,
  begun,
  expected,
  meetingTasks,
  placeIn,
  requestIn,
  tasksOf,
  verbs,
} from '../support/tasks.ts'

/** Why an act that waits at a desk may all the same be refused there today. */
const documented: Readonly<Partial<Record<string, readonly RefusalCode[]>>> = {
  // it waits for its last day, and the clerk's desk is told so by its limit
  'suspension.lapse': ['suspensionRuns'],
}

/** Seats whose signature stands, counted from the entries of this opening of the must. */
function signedIn(world: LawWorld): readonly string[] {
  let signed: readonly string[] = []
  let before: readonly string[] = []
  for (const { type, by } of world.entries(village, request)) {
    const others = signed.filter((office) => office !== by.office)
    if (type === 'supervisorySignOff.signed') [before, signed] = [signed, [...others, by.office]]
    if (type === 'supervisorySignOff.objected') [before, signed] = [signed, others]
    if (type === 'act.takenBack') signed = before
    if (type === 'supervisorySignOff.opened') [before, signed] = [[], []]
  }
  return signed
}

const names = (rows: readonly TaskRow[]): readonly string[] =>
  rows.map(({ act, desk }) => `${act} ${desk}`).toSorted()

interface Walked {
  readonly world: LawWorld
  readonly places: ReadonlySet<string>
}

/** Tries each verb in turn and looks at all tasks after each; `look` sees the state as a projection would. */
function walk(
  amount: Amount,
  chosen: readonly number[],
  look: (state: Request) => readonly TaskRow[] = tasksOf,
): Walked {
  const world = begun(amount)
  const places = new Set<string>()
  for (const [turn, choice] of chosen.entries()) {
    verbs[choice]?.try(world, turn)
    const state = requestIn(world)
    const rows = look(state)
    const waiting = names(rows)
    places.add(`${placeIn(world)}${isSuspended(state) ? ' suspended' : ''}`)
    // none twice, none lost, none left behind
    expect(waiting).toEqual([...new Set(waiting)])
    expect(waiting, placeIn(world)).toEqual(expected(state, signedIn(world)))
    const refused = rows.flatMap((row) => {
      const code = answered(world.fork(), row, turn)
      const known = code === undefined || documented[row.act]?.includes(code) === true
      return known ? [] : [`${row.act} ${row.desk}: ${code}`]
    })
    expect(refused).toEqual([])
  }
  const over = placeIn(world) === 'disciplineAudit.open'
  const left = meetingTasks(world, chosen.length).filter(({ act }) => !after.includes(act))
  expect(over ? left : []).toEqual([])
  return { world, places }
}

/** What a meeting still owes once its requests have gone on. */
const after = ['result.post', 'shareholderDecision.sign']

/** Verbs in the order that leads on stand first: half of the tries take the next of them, so that walks get far. */
const forward = verbs.findIndex(({ name }) => name.startsWith('request.withdraw'))
const choices = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: forward - 1 }) },
    { weight: 2, arbitrary: fc.nat({ max: verbs.length - 1 }) },
  ),
  { minLength: 10, maxLength: 60 },
)
/** The shortest way to the end for every amount, interleaved with whatever else is tried. */
const way = [
  'request.handle by handler',
  'request.witness by witness',
  'request.issue by chead',
  '3 of 4 members vote for it',
  'the shareholder decision is signed',
  'the board votes for',
  'papers.complete by clerk',
  'supervisorySignOff.sign by sup1',
  'supervisorySignOff.sign by sup2',
  'supervisorySignOff.sign by sup3',
  'townshipFiling.accept by officer',
  'townshipFiling.consent by head',
  'payment.order by cashier',
  'payment.record by cashier',
  'booking.record by book',
].map((name) => verbs.findIndex((verb) => verb.name === name))
const between = fc.array(fc.array(fc.nat({ max: verbs.length - 1 }), { maxLength: 2 }), {
  minLength: way.length,
  maxLength: way.length,
})
const twice = { minLength: 2 * way.length }

describe('whatever is tried, in whatever order, by whomever (law 2.27, law 2.31, law 7.13, law 9.1)', () => {
  test(
    'every desk that could act has its task once, and its act is taken from there',
    { timeout: 300_000 },
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...amounts), choices, (amount, chosen) => {
          walk(amount, chosen)
        }),
        { numRuns: 60 },
      )
    },
  )

  test('and on the way to the end, with other verbs in between', { timeout: 300_000 }, () => {
    const places = new Set<string>()
    fc.assert(
      fc.property(fc.constantFrom(...amounts), between, (amount, others) => {
        const chosen = way.flatMap((step, index) => [...(others[index] ?? []), step])
        expect(chosen.length).toBeGreaterThan(twice.minLength / 3)
        for (const place of walk(amount, [...chosen, ...way]).places) places.add(place)
      }),
      { numRuns: 40 },
    )
    // or the property would have looked at nothing
    for (const place of [
      'papers',
      'supervisorySignOff.open',
      'townshipFiling.open',
      'returned',
      'disciplineAudit.open',
    ])
      expect([...places]).toContain(place)
  })

  test('none is left once it has ended', () => {
    for (const amount of amounts) {
      const { world } = walk(amount, way)
      expect(placeIn(world)).toBe('disciplineAudit.open')
      expect(tasksOf(requestIn(world))).toEqual([])
    }
  })
})

describe('the property finds', () => {
  const found = (look: (state: Request) => readonly TaskRow[]): boolean => {
    try {
      for (const amount of amounts) walk(amount, way, look)
      return false
    } catch {
      return true
    }
  }

  test('a task that is lost, doubled, left behind or put on the wrong desk', () => {
    expect(found(tasksOf)).toBe(false)
    expect(found((state) => tasksOf(state).slice(1))).toBe(true)
    expect(found((state) => tasksOf(state).flatMap((row) => [row, row]))).toBe(true)
    let last: readonly TaskRow[] = []
    const stale = (state: Request): readonly TaskRow[] => {
      const rows = tasksOf(state)
      const shown = rows.length === 0 ? last : rows
      last = rows
      return shown
    }
    expect(found(stale)).toBe(true)
    expect(
      found((state) => tasksOf(state).map((row) => ({ ...row, desk: 'township/centreHead' }))),
    ).toBe(true)
  })
})

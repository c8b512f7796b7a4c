// What the head has to do with the handler is asked again when it is issued (law 2.10): a route that was frozen before the tie
// was known is not issued past the board.
import { describe, expect, test } from 'vitest'
import type { LawWorld } from '../support/law.ts'
import { p } from '../support/law-cast.ts'
import {
  handle,
  issue,
  near,
  resubmit,
  succeed,
  turnBack,
  witness,
} from '../support/request-acts.ts'
import {
  all,
  asked,
  authority,
  coveredWorld,
  folded,
  form,
  founded,
  inPerson,
  place,
  submit,
  walk,
} from '../support/request-cast.ts'
import { flood } from '../support/request-emergency.ts'
import { expectRefused } from '../support/request-rows.ts'

const toBeIssued = (change: Record<string, unknown>, world: LawWorld = founded()): LawWorld => {
  submit(world, change)
  return walk(world, 'issuing.witnessed')
}
const boardOf = (world: LawWorld) =>
  folded(world).route.find(({ must }) => must === 'boardReview')?.demand
const again = asked('request.resubmit', 'clerk', form())

describe('law 2.10, law 3.4: the head’s tie to the handler is asked again at issuing', () => {
  test('declared since: refused; returned and resubmitted as it was, it goes through the board', () => {
    const world = all(toBeIssued({}), near('head', 'handler'))
    expect(boardOf(world)).toBe('notRequired')
    expectRefused(world.ask(issue), 'headTieUnrouted')
    all(world, turnBack('witness'))
    const [resubmitted] = world.given(again)
    expect(resubmitted?.body).toMatchObject({ material: ['headTie'], resumes: 'issuing' })
    expect(boardOf(world)).toBe('required')
    expect(place(all(world, handle, witness, issue))).toBe('boardReview.open')
  })

  test('a new head who is near to the handler', () => {
    const world = all(toBeIssued({}), near('m1', 'handler'))
    expect(world.fork().refusal(issue)).toBeUndefined()
    succeed(world, 'chead', 'm1')
    expectRefused(world.ask(inPerson(issue, p('m1'))), 'headTieUnrouted')
  })

  test('law 7.1: a new head who is the handler is no third person', () => {
    const world = succeed(toBeIssued({}), 'chead', 'handler')
    expectRefused(world.ask(inPerson(issue, p('handler'))), 'issuersNotThree')
  })

  test('what an authority covers is no more past the board than the rest', () => {
    const covered = toBeIssued({ amount: '6000.00', authority }, coveredWorld('90000.00'))
    expect(boardOf(covered)).toBe('covered')
    expect(covered.fork().refusal(issue)).toBeUndefined()
    expectRefused(all(covered, near('head', 'handler')).ask(issue), 'headTieUnrouted')
  })

  test.each([
    ['the board is on the route already', { amount: '6000.00' }, 'boardReview.open'],
    ['the board decides afterwards', { amount: '6000.00', emergency: flood }, 'papers'],
  ])('issued where %s', (_what, change, where) => {
    const world = all(toBeIssued(change), near('head', 'handler'), issue)
    expect(place(world)).toBe(where)
  })

  test('near to somebody else is no tie; and without one, the same form changes nothing', () => {
    const world = all(toBeIssued({}), near('head', 'witness'))
    expect(world.fork().refusal(issue)).toBeUndefined()
    all(world, turnBack('witness'))
    expect(world.refusal(again)).toBe('nothingChanged')
    expect(world.refusal(resubmit({ amount: '1200.00', budgetLine: '其他' }))).toBeUndefined()
    expect(boardOf(world)).toBe('notRequired')
  })
})

// law 2.24: a limit that would end where the calendar does not reach is refused, whichever workflow begins it; nothing throws.
import { expect, test } from 'vitest'
import { type RefusalCode, refusals } from '../../src/domain/refusal.ts'
import { approve, decidedBy, proposal } from '../support/authority-cast.ts'
import type { Asking, LawWorld } from '../support/law.ts'
import {
  aboutRequest,
  all,
  issued,
  meetingWorld,
  notice,
  plan,
  prestudy,
} from '../support/meeting-cast.ts'
import { quiet } from '../support/quiet-facts.ts'

/** The statutory calendar ends with 2026. */
const december = { ceiling: '20000.00', from: '2026-12-01' }
/** Members are to meet on the last day: five working days to sign for the shareholder are in the next year. */
function planned(): LawWorld {
  const world = quiet(meetingWorld())
  world.clock('2026-12-18T01:00:00.000Z')
  issued(world, { amount: '60000.00' })
  return all(world, [plan('member', [aboutRequest]), prestudy()])
}

test.each<[string, () => LawWorld, Asking]>([
  [
    'an authority that the township files within three working days',
    () => decidedBy('board', { item: proposal(december) }).clock('2026-12-30T02:00:00.000Z'),
    approve(december),
  ],
  ['a meeting after which the shareholder is to sign', planned, notice('2026-12-31T01:00:00.000Z')],
])('law 2.24: %s', (_what, given, asking) => {
  const outcome = given().ask(asking)
  const code: RefusalCode = 'calendarMissing'
  expect(outcome).toEqual({ refused: { code, params: { year: '2027' } } })
  expect(refusals[code].remedy.zh).not.toBe('')
})

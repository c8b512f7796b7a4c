// Limits as the ledger gives them (law 9): every waiting state has its task with its last day, and the day comes out the same
// after a return, a restart and whatever clock it is asked by. Days by hand: 2 March 2026 is a Monday.
import { describe, expect, test } from 'vitest'
import { policyRows } from '../../src/app/projections/policy.ts'
import { project } from '../../src/app/projections/project.ts'
import { requestRows } from '../../src/app/projections/request.ts'
import { dueOnOf, ladder } from '../../src/domain/deadline.ts'
import { presetValues } from '../../src/domain/policy.ts'
import type { TaskRow } from '../../src/domain/projection.ts'
import { localDateSchema } from '../../src/domain/time.ts'
import { policyFold } from '../../workflows/policy/v1/fold.ts'
import { type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import { calendar, type LawWorld } from '../support/law.ts'
import { by, company, o, p, town, village } from '../support/law-cast.ts'
import { propose, resubmit, sign, small, suspending, turnBack } from '../support/request-acts.ts'
import { all, folded, foundWorld, place, request, standing } from '../support/request-cast.ts'

const rowsOf = (state: Request): readonly TaskRow[] =>
  requestRows('2026-000001', state).flatMap(({ table, row }) => (table === 'task' ? [row] : []))
const dueOf = (row: TaskRow): string => dueOnOf(row, calendar, presetValues)
const told = (world: LawWorld) =>
  rowsOf(folded(world)).map((row) => `${row.act} @ ${row.desk} – ${dueOf(row)}`)

const own = (kind: string) => `${company}/${kind}`

describe('law 9.1 every waiting state of a request has its task and its limit', () => {
  test.each<[where: string, tasks: readonly string[]]>([
    ['issuing.drawnUp', [`request.handle @ ${p('handler')} – 2026-03-04`]],
    ['issuing.handled', [`request.witness @ ${p('witness')} – 2026-03-04`]],
    ['issuing.witnessed', [`request.issue @ ${own('companyHead')} – 2026-03-04`]],
    ['memberVote.open', [`meeting.plan @ ${own('reportingClerk')} – 2026-03-04`]],
    ['boardReview.open', [`meeting.plan @ ${own('reportingClerk')} – 2026-03-04`]],
    ['papers', [`papers.complete @ ${own('reportingClerk')} – 2026-03-04`]],
    [
      'supervisorySignOff.open',
      ['sup1', 'sup2', 'sup3'].map((seat) => `supervisorySignOff.sign @ ${o(seat)} – 2026-03-04`),
    ],
    // the township has three working days
    ['townshipFiling.open', ['townshipFiling.accept @ township/centreOfficer – 2026-03-05']],
    ['townshipFiling.accepted', ['townshipFiling.consent @ township/centreHead – 2026-03-05']],
    ['payment.payable', [`payment.order @ ${own('cashier')} – 2026-03-04`]],
    ['payment.ordered', [`payment.record @ ${own('cashier')} – 2026-03-04`]],
    ['booking', [`booking.record @ ${own('bookkeeper')} – 2026-03-04`]],
  ])('%s', (where, tasks) => {
    expect(told(standing(where))).toEqual(tasks)
  })

  test('returned: the clerk', () => {
    const world = all(standing('supervisorySignOff.open'), turnBack('sup1'))
    expect(told(world)).toEqual([`request.resubmit @ ${own('reportingClerk')} – 2026-03-04`])
  })

  test('law 2.33 a proposal to suspend waits for either side, beside the chain', () => {
    const world = all(standing('papers'), propose)
    expect(told(world)).toEqual([
      `papers.complete @ ${own('reportingClerk')} – 2026-03-04`,
      'suspension.order @ township/centreHead – 2026-03-05',
      `suspension.order @ ${own('companyHead')} – 2026-03-05`,
    ])
  })

  test('law 2.34 a suspension ends on its last day', () => {
    const world = all(standing('papers'), ...suspending)
    // fifteen working days after 2 March
    expect(told(world)).toEqual([
      'suspension.lift @ township/centreHead – 2026-03-23',
      'suspension.lift @ township/inspector – 2026-03-23',
      `suspension.lapse @ ${own('reportingClerk')} – 2026-03-23`,
    ])
  })

  test('closed: nobody', () => {
    expect(told(standing('disciplineAudit.open'))).toEqual([])
    expect(told(standing('closed'))).toEqual([])
  })
})

describe('law 9.1 after a return the limit runs anew', () => {
  test('from the day it was sent in again, over the weekend', () => {
    const world = standing('supervisorySignOff.open')
    // Thursday, a day late: returned; sent in again on Friday
    world.clock('2026-03-05T01:00:00.000Z')
    all(world, turnBack('sup1')).clock('2026-03-06T01:00:00.000Z')
    all(world, resubmit({ ...small, evidence: folded(world).evidence }))
    expect(place(world)).toBe('supervisorySignOff.open')
    expect(rowsOf(folded(world)).map(dueOf)).toEqual(['2026-03-10', '2026-03-10', '2026-03-10'])
  })

  test('one signature does not restart the others’', () => {
    const world = standing('supervisorySignOff.open').clock('2026-03-03T01:00:00.000Z')
    all(world, sign('sup1'))
    expect(told(world)).toEqual([
      `supervisorySignOff.sign @ ${o('sup2')} – 2026-03-04`,
      `supervisorySignOff.sign @ ${o('sup3')} – 2026-03-04`,
    ])
  })
})

describe('law 9.1 right after a restart', () => {
  test.each(['boardReview.open', 'townshipFiling.accepted', 'payment.ordered'])(
    '%s: refolded from its entries it gives the same rows',
    (where) => {
      const world = standing(where)
      const before = project(village, request, folded(world))
      const entries = JSON.parse(JSON.stringify(world.entries(village, request))) as ReturnType<
        LawWorld['entries']
      >
      let state = requestFold.initial
      for (const entry of entries) state = requestFold.apply(state, entry)
      expect(project(village, request, state)).toEqual(before)
    },
  )
})

test('law 9.1 asked by any clock: the limit is the ledger’s, only the step is the day’s', () => {
  const [row] = rowsOf(folded(standing('supervisorySignOff.open')))
  if (row === undefined) throw new Error('no task')
  const policy = presetValues
  const on = (today: string) => {
    const dueOn = localDateSchema.parse(dueOf(row))
    return [dueOn, ladder({ dueOn, today: localDateSchema.parse(today), calendar, policy }).step]
  }
  const days = ['2026-03-12', '2026-03-02', '2026-03-05', '2026-03-04', '2026-03-12']
  expect(days.map(on)).toEqual([
    ['2026-03-04', 'investigate'],
    ['2026-03-04', 'none'],
    ['2026-03-04', 'supervise'],
    ['2026-03-04', 'remind'],
    ['2026-03-04', 'investigate'],
  ])
})

test('law 8.2 a policy’s change waits for both who endorse it, for the opinion, and to be enacted', () => {
  const world = foundWorld({ policy: false })
  const tasks = () =>
    policyRows(world.state(policyFold, town, 'policy')).flatMap(({ table, row }) =>
      table === 'task' ? [`${row.act} @ ${row.desk}`] : [],
    )
  const ask = (type: string, office: string, input: unknown) =>
    world.given({ ledger: town, stream: 'policy', type, by: by(office), input })
  expect(tasks()).toEqual([])
  const settings = [{ key: 'step.slaWd', value: 3 }]
  ask('policy.propose', 'officer', { settings, reason: '村级人手少', basis: '云溪镇〔2026〕1号' })
  expect(tasks()).toEqual([
    'policy.endorse @ township/centreHead',
    'policy.endorse @ township/townshipLeader',
    'policy.giveOpinion @ township/disciplineSecretary',
  ])
  ask('policy.endorse', 'leader', {})
  ask('policy.giveOpinion', 'secretary', { opinion: '无不同意见' })
  expect(tasks()).toEqual(['policy.endorse @ township/centreHead'])
  ask('policy.endorse', 'head', {})
  expect(tasks()).toEqual(['policy.enact @ township/centreOfficer'])
  ask('policy.enact', 'officer', {})
  expect(tasks()).toEqual([])
})

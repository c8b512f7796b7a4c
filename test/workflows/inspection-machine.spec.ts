// The shortest ways through a round and through a finding: a changed rule is a one-line difference
// here.
import { expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { findingIdSchema, inspectionIdSchema, requestIdSchema } from '../../src/domain/ids.ts'
import { moneySchema } from '../../src/domain/money.ts'
import { instantSchema, localDateSchema } from '../../src/domain/time.ts'
import type { InspectionEvent } from '../../workflows/inspection/v1/events.ts'
import { findingMachine, inspectionMachine } from '../../workflows/inspection/v1/machine.ts'
import { digest } from '../support/law.ts'
import { company } from '../support/law-cast.ts'

const day = localDateSchema.parse('2026-03-02')
const sha256 = digest('x')
const count = { count: 0, digest: sha256 }
const finding = findingIdSchema.parse('f-1')
const requests = [requestIdSchema.parse('2026-000001')]
const round = inspectionIdSchema.parse('i-2026-01')
const amount = moneySchema.parse('100.00')

const events: readonly InspectionEvent[] = [
  {
    type: 'inspection.planned',
    body: {
      given: {
        kind: 'periodic',
        period: { from: day, to: day },
        companies: [company],
        inspectors: [],
      },
    },
  },
  {
    type: 'inspection.noticed',
    body: {
      given: {
        startsOn: day,
        drawAfter: instantSchema.parse('2026-03-02T00:00:00.000Z'),
        commitment: sha256,
      },
      population: count,
      sample: 0,
    },
  },
  {
    type: 'inspection.drawn',
    body: {
      given: { secret: 'x', picks: [] },
      root: { size: 1, root: sha256 },
      seed: sha256,
      lot: count,
      red: count,
    },
  },
  { type: 'inspection.lotListed', body: { requests } },
  { type: 'inspection.redListed', body: { requests } },
  { type: 'inspection.picked', body: { given: { picks: [] } } },
  { type: 'inspection.started', body: { given: {} } },
  {
    type: 'inspection.covered',
    body: { given: { notExamined: requests, examined: [] }, fresh: 1 },
  },
  {
    type: 'inspection.concluded',
    body: { given: { summary: 'x' }, covered: 0, examined: 0, findings: 0 },
  },
  { type: 'inspection.cancelled', body: { given: { reason: 'x' } } },
  {
    type: 'finding.raised',
    body: {
      given: { fault: 'other', kind: 'simple', text: 'x', followUps: ['training'] },
      finding,
      dueOn: day,
    },
  },
  { type: 'finding.answered', body: { given: { finding, text: 'x' } } },
  { type: 'finding.verified', body: { given: { finding, remark: 'x' } } },
  { type: 'finding.reopened', body: { given: { finding, reason: 'x' }, dueOn: day } },
  { type: 'finding.reviewed', body: { given: { round, finding, remark: 'x' } } },
  {
    type: 'recovery.recorded',
    body: { given: { finding, amount, bankReference: 'x', receivedOn: day } },
  },
]

test('law 6.2: a round', () => {
  const paths = getShortestPaths(inspectionMachine, {
    events,
    filterEvents: (state, event) => state.status === 'active' && state.can(event),
    limit: 1000,
  })
  const told = paths.map(({ state, steps }) => [
    state.value,
    steps
      .slice(1)
      .map(({ event }) => event.type)
      .join(' → '),
  ])
  expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
    {
      "cancelled": "inspection.planned → inspection.cancelled",
      "concluded": "inspection.planned → inspection.noticed → inspection.drawn → inspection.started → inspection.concluded",
      "drawn": "inspection.planned → inspection.noticed → inspection.drawn",
      "noticed": "inspection.planned → inspection.noticed",
      "planned": "inspection.planned",
      "underway": "inspection.planned → inspection.noticed → inspection.drawn → inspection.started",
      "unplanned": "",
    }
  `)
})

test('what each state of a round takes', () => {
  const paths = getShortestPaths(inspectionMachine, {
    events,
    filterEvents: (state, event) => state.status === 'active' && state.can(event),
    limit: 1000,
  })
  const taken = paths.map(({ state }) => [
    state.value,
    events
      .filter((event) => state.status === 'active' && state.can(event))
      .map(({ type }) => type)
      .join(', '),
  ])
  expect(Object.fromEntries(taken)).toMatchInlineSnapshot(`
    {
      "cancelled": "",
      "concluded": "finding.answered, finding.verified, finding.reopened, recovery.recorded",
      "drawn": "inspection.lotListed, inspection.redListed, inspection.picked, inspection.started",
      "noticed": "inspection.drawn, inspection.cancelled",
      "planned": "inspection.noticed, inspection.cancelled",
      "underway": "inspection.picked, inspection.covered, inspection.concluded, finding.raised, finding.answered, finding.verified, finding.reopened, finding.reviewed, recovery.recorded",
      "unplanned": "inspection.planned",
    }
  `)
})

test('law 6.10: a finding', () => {
  const paths = getShortestPaths(findingMachine, {
    events,
    filterEvents: (state, event) => state.status === 'active' && state.can(event),
    limit: 1000,
  })
  const told = paths.map(({ state, steps }) => [
    state.value,
    steps
      .slice(1)
      .map(({ event }) => event.type)
      .join(' → '),
  ])
  expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
    {
      "answered": "finding.raised → finding.answered",
      "raised": "finding.raised",
      "reopened": "finding.raised → finding.answered → finding.reopened",
      "unraised": "",
      "verified": "finding.raised → finding.answered → finding.verified",
    }
  `)
})

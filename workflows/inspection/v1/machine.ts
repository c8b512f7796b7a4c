// The life of a round and the life of a finding. What they are about stands beside them in the
// fold.
import { setup, type SnapshotFrom } from 'xstate'
import { stepper } from '../../step.ts'
import type { InspectionEvent } from './events.ts'

/** Findings outlive their round: a concluded one still takes answers and close-outs. */
const findingMoves = {
  'finding.answered': { actions: 'noteFinding' },
  'finding.verified': { actions: 'noteFinding' },
  'finding.reopened': { actions: 'noteFinding' },
  'recovery.recorded': { actions: 'noteFinding' },
} as const

/** As long as it runs, its team may have to change. */
const teamMoves = { 'inspection.teamChanged': { actions: 'noteBatch' } } as const

export const inspectionMachine = setup({
  types: { events: {} as InspectionEvent },
  actions: {
    // recorded in the fold; here only so that the state takes the event
    noteBatch: () => {},
    noteFinding: () => {},
  },
}).createMachine({
  id: 'inspection',
  version: '1',
  initial: 'unplanned',
  states: {
    unplanned: { on: { 'inspection.planned': 'planned' } },
    planned: {
      on: { ...teamMoves, 'inspection.noticed': 'noticed', 'inspection.cancelled': 'cancelled' },
    },
    noticed: {
      on: { ...teamMoves, 'inspection.drawn': 'drawn', 'inspection.cancelled': 'cancelled' },
    },
    // the lot binds: a round that drew badly for somebody is carried through all the same
    drawn: {
      on: {
        ...teamMoves,
        'inspection.lotListed': { actions: 'noteBatch' },
        'inspection.redListed': { actions: 'noteBatch' },
        'inspection.picked': { actions: 'noteBatch' },
        'inspection.started': 'underway',
      },
    },
    // coverage closes requests: from here on a round can only be carried through
    underway: {
      on: {
        ...teamMoves,
        'inspection.picked': { actions: 'noteBatch' },
        'inspection.covered': { actions: 'noteBatch' },
        'finding.raised': { actions: 'noteFinding' },
        'finding.reviewed': { actions: 'noteFinding' },
        ...findingMoves,
        'inspection.concluded': 'concluded',
      },
    },
    concluded: { on: findingMoves },
    cancelled: { type: 'final' },
  },
})

export type InspectionSnapshot = SnapshotFrom<typeof inspectionMachine>
export const inspectionLife = stepper(inspectionMachine, undefined)

/** Money may come back as long as the finding is not closed out. */
const recovery = { 'recovery.recorded': { actions: 'noteRecovery' } } as const

export const findingMachine = setup({
  types: { events: {} as InspectionEvent },
  actions: { noteRecovery: () => {} },
}).createMachine({
  id: 'finding',
  version: '1',
  initial: 'unraised',
  states: {
    unraised: { on: { 'finding.raised': 'raised' } },
    raised: { on: { 'finding.answered': 'answered', ...recovery } },
    answered: {
      on: { 'finding.verified': 'verified', 'finding.reopened': 'reopened', ...recovery },
    },
    reopened: { on: { 'finding.answered': 'answered', ...recovery } },
    verified: { type: 'final' },
  },
})

export type FindingSnapshot = SnapshotFrom<typeof findingMachine>
export const findingLife = stepper(findingMachine, undefined)

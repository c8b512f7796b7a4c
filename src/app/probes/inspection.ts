// The smallest forms of acts on a round of inspection and on its findings.
import { faultSchema } from '../../domain/finding.ts'
import { addDays, atShanghai } from '../../domain/time.ts'
import { type InspectionState, openFindings } from '../../../workflows/inspection/v1/fold.ts'
import { bare, noFile, type Probe, type Probes, reasoned, TEXT } from './probe.ts'

const [fault] = faultSchema.options

/** An act on one finding, with what else it takes. */
const onFinding = (
  more: Readonly<Record<string, unknown>>,
  states: readonly string[],
): Probe<InspectionState> => ({
  input({ findings }) {
    const all = [...findings.values()]
    const one = all.find(({ snapshot }) => states.includes(snapshot.value)) ?? all[0]
    return one === undefined ? undefined : { finding: one.id, ...more }
  },
  open: true,
})

export const inspectionProbes: Probes<InspectionState> = {
  'inspection.notice': {
    input: (_round, { today }) => ({
      startsOn: addDays(today, 60),
      drawAfter: atShanghai(addDays(today, 30), '09:00'),
      commitment: noFile,
    }),
    open: true,
  },
  'inspection.draw': { input: () => ({ secret: '0'.repeat(16), picks: [] }), open: true },
  'inspection.changeTeam': {
    input: ({ team }) => ({
      inspectors: [...team].map(([person, office]) => ({ office, person })),
      reason: TEXT,
    }),
    open: true,
  },
  'inspection.pick': {
    input: () => ({ picks: [{ request: '2000-000001', reason: TEXT }] }),
    open: true,
  },
  'inspection.start': bare,
  'inspection.cover': { input: () => ({ notExamined: ['2000-000001'], examined: [] }), open: true },
  'inspection.conclude': { input: () => ({ summary: TEXT }) },
  'inspection.cancel': reasoned,
  'finding.raise': {
    input: () => ({ fault, kind: 'simple', text: TEXT, followUps: ['rectification'] }),
    open: true,
  },
  'finding.answer': onFinding({ text: TEXT }, ['raised', 'reopened']),
  'finding.verify': onFinding({ remark: TEXT }, ['answered']),
  'finding.reopen': onFinding({ reason: TEXT }, ['answered', 'verified']),
  'finding.review': {
    input({ plan }) {
      return plan.kind === 'followUp'
        ? { round: plan.follows, finding: 'f-1', remark: TEXT }
        : undefined
    },
    open: true,
  },
  'recovery.record': {
    input: (state, { today }) => {
      const one = openFindings(state).find(({ what }) => what.recover !== undefined)
      if (one === undefined) return undefined
      return { finding: one.id, amount: '0.01', bankReference: TEXT, receivedOn: today }
    },
    open: true,
  },
}

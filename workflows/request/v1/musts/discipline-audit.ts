// Must 5, disciplineAudit (镇纪委检查): every flow ends here; closed by a round's coverage once no finding is open (law §6).
import { law } from '../law.ts'

export const disciplineAudit = law.createStateConfig({
  initial: 'due',
  states: {
    due: { on: { 'disciplineAudit.opened': 'open' } },
    open: { on: { 'disciplineAudit.covered': 'covered' } },
    covered: {
      on: {
        'disciplineAudit.passed': { guard: 'hasNoOpenFinding', target: '#request.chain.closed' },
      },
    },
  },
})

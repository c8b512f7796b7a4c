// A policy's change as rows: whoever must still endorse it, be heard on it or enact it has a task (law 8.2).
import type { PolicyState } from '../../../workflows/policy/v1/fold.ts'
import { type Desk, deskOf } from '../../domain/office.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import { endOf } from '../../domain/time.ts'
import { taskRow } from './task.ts'

const head = deskOf('township', 'centreHead')
const leader = deskOf('township', 'townshipLeader')
const officer = deskOf('township', 'centreOfficer')
const secretary = deskOf('township', 'disciplineSecretary')

export const policyRows = (state: PolicyState): readonly ProjectedRow[] => [
  ...toEnter(state),
  ...changing(state),
]

/** What the members passed is entered by who represents them: the oldest vote first, its limit the nearest (law 8.1). */
function toEnter({ voted: [first] }: PolicyState): readonly ProjectedRow[] {
  if (first === undefined) return []
  const { organisation, since, dueOn } = first
  const [act, desk] = ['villageRule.enact', deskOf(organisation, 'legalRepresentative')]
  return [taskRow({ desk, act, since, dueAt: endOf(dueOn) })]
}

const changing = ({ life }: PolicyState): readonly ProjectedRow[] =>
  waiting(life).map(([act, desk]) => taskRow({ desk, act, since: '', dueAt: '' }))

function waiting(life: PolicyState['life']): readonly (readonly [act: string, desk: Desk])[] {
  if (life.matches('endorsed')) return [['policy.enact', officer]]
  const rows = [
    ['policy.endorse', head, life.matches({ proposed: { centreHead: 'awaited' } })],
    ['policy.endorse', leader, life.matches({ proposed: { townshipLeader: 'awaited' } })],
    ['policy.giveOpinion', secretary, life.matches({ proposed: { discipline: 'awaited' } })],
    ['policy.clear', officer, life.matches({ proposed: { county: 'awaited' } })],
  ] as const
  return rows.flatMap(([act, desk, awaited]) => (awaited ? [[act, desk] as const] : []))
}

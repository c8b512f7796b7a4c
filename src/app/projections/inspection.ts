// A round as rows: its line in the list, its findings, and who must answer or close them out.
import {
  examinedCount,
  type Finding,
  type InspectionState,
  openFindings,
} from '../../../workflows/inspection/v1/fold.ts'
import type { OrganisationId } from '../../domain/ids.ts'
import { deskOf } from '../../domain/office.ts'
import type { ProjectedRow, TaskRow } from '../../domain/projection.ts'
import { endOf } from '../../domain/time.ts'

export function inspectionRows(id: string, inspection: InspectionState): readonly ProjectedRow[] {
  const { plan, snapshot, notice, coverage, findings } = inspection
  const round: ProjectedRow = {
    table: 'inspection',
    key: '',
    row: {
      inspection: id,
      kind: plan.kind,
      state: snapshot.value,
      periodFrom: plan.period.from,
      periodTo: plan.period.to,
      population: notice?.population.count ?? 0,
      covered: coverage.size,
      examined: examinedCount(inspection),
      openFindings: openFindings(inspection).length,
    },
  }
  return [
    round,
    ...[...findings.values()].flatMap((finding) => findingRows(id, finding, plan.companies)),
  ]
}

function findingRows(
  inspection: string,
  finding: Finding,
  companies: readonly OrganisationId[],
): readonly ProjectedRow[] {
  const { id, snapshot, what, dueOn } = finding
  const row: ProjectedRow = {
    table: 'finding',
    key: id,
    row: {
      finding: id,
      inspection,
      request: what.request ?? '',
      kind: what.kind,
      state: snapshot.value,
      dueOn,
    },
  }
  const waiting = tasks(finding, companies).map((task): ProjectedRow => ({
    table: 'task',
    key: `${task.act} ${id} ${task.desk}`,
    row: task,
  }))
  return [row, ...waiting]
}

/** An open finding waits for the companies inspected; an answered one for an inspector other than who raised it. */
function tasks(
  { snapshot, dueOn }: Finding,
  companies: readonly OrganisationId[],
): readonly TaskRow[] {
  const common = { since: '', dueAt: endOf(dueOn) } as const
  switch (snapshot.value) {
    case 'raised':
    case 'reopened':
      return companies.map((company) => ({
        desk: deskOf(company, 'reportingClerk'),
        act: 'finding.answer',
        ...common,
      }))
    case 'answered':
      return [{ desk: deskOf('township', 'inspector'), act: 'finding.verify', ...common }]
    default:
      return []
  }
}

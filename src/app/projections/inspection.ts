// A round of inspection and its findings as rows, with the tasks they leave at the desks.
import {
  examinedCount,
  type Finding,
  type InspectionState,
  openFindings,
  recoveredOf,
} from '../../../workflows/inspection/v1/fold.ts'
import type { OrganisationId } from '../../domain/ids.ts'
import { above } from '../../domain/money.ts'
import { deskOf } from '../../domain/office.ts'
import type { ProjectedRow, TaskRow } from '../../domain/projection.ts'
import { endOf } from '../../domain/time.ts'
import { recoveryRow } from './recovery.ts'
import { findingSearch, inspectionSearch } from './search.ts'
import { taskRow } from './task.ts'

/** All rows of one round. `id` is its number. */
export function inspectionRows(id: string, inspection: InspectionState): readonly ProjectedRow[] {
  const { plan, snapshot, notice, coverage, findings } = inspection
  const round: ProjectedRow = {
    table: 'inspection',
    key: '',
    row: {
      inspection: id,
      kind: plan.kind,
      campaign: plan.campaign ?? '',
      state: snapshot.value,
      periodFrom: plan.period.from,
      periodTo: plan.period.to,
      companies: `|${plan.companies.join('|')}|`,
      population: notice?.population.count ?? 0,
      covered: coverage.size,
      examined: examinedCount(inspection),
      openFindings: openFindings(inspection).length,
    },
  }
  return [
    round,
    inspectionSearch(id, inspection),
    ...roundTasks(inspection).map(taskRow),
    ...[...findings.values()].flatMap((finding) => findingRows(id, finding, plan.companies)),
  ]
}

/** What a round waits for next, at the desks of its team: a round begun is a round finished. */
function roundTasks(inspection: InspectionState): readonly TaskRow[] {
  const { snapshot, notice, plan, since, coverage } = inspection
  const acts: Readonly<Record<string, string>> = {
    planned: 'inspection.notice',
    noticed: 'inspection.draw',
    drawn: 'inspection.start',
    underway:
      coverage.size < (notice?.population.count ?? 0) ? 'inspection.cover' : 'inspection.conclude',
  }
  const act = acts[snapshot.value]
  if (act === undefined) return []
  // the lot is drawn, and the round begun, by the day that was announced
  const dueAt = notice === undefined || snapshot.value === 'underway' ? '' : endOf(notice.startsOn)
  return plan.inspectors.map(({ office }) => ({ desk: office, act, since, dueAt }))
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
  const recovered = finding.recovered.map(({ bankReference }) =>
    recoveryRow(bankReference, what.request ?? ''),
  )
  return [row, findingSearch(inspection, finding), ...recovered, ...waiting]
}

/**
 * An open finding waits for the companies inspected; an answered one for an inspector other than who raised it; money that is
 * to come back for the cashiers, until it has.
 */
function tasks(finding: Finding, companies: readonly OrganisationId[]): readonly TaskRow[] {
  const { snapshot, dueOn, since, what } = finding
  const common = { since, dueAt: endOf(dueOn) } as const
  const owed = what.recover !== undefined && above(what.recover, recoveredOf(finding))
  const recovery = owed
    ? companies.map((company) => ({
        desk: deskOf(company, 'cashier'),
        act: 'recovery.record',
        ...common,
      }))
    : []
  switch (snapshot.value) {
    case 'raised':
    case 'reopened':
      return [
        ...companies.map((company) => ({
          desk: deskOf(company, 'reportingClerk'),
          act: 'finding.answer',
          ...common,
        })),
        ...recovery,
      ]
    case 'answered':
      return [
        { desk: deskOf('township', 'inspector'), act: 'finding.verify', ...common },
        ...recovery,
      ]
    default:
      return []
  }
}

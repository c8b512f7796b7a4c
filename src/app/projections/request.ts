// A request as rows: its line in the list, its tasks, its alerts, and what it leaves for those after it.
import type { ProjectedRow, RequestRow, TaskRow } from '../../domain/projection.ts'
import { toFen } from '../../domain/money.ts'
import { alertRows } from './alert.ts'
import { returnRows, stayRows } from './history.ts'
import { traceRows } from './request-traces.ts'
import { requestSearch } from './search.ts'
import { taskRow } from './task.ts'
import { isSuspended, placeOf, type Request } from '../../../workflows/request/v1/fold.ts'
import { waitingFor } from '../../../workflows/request/v1/waiting.ts'

/** All rows of one request. `id` is its number. */
export function requestRows(id: string, request: Request): readonly ProjectedRow[] {
  return [
    { table: 'request', key: '', row: requestRow(id, request) },
    ...tasks(request).map(taskRow),
    ...alertRows(id, request),
    ...stayRows(id, request),
    ...returnRows(id, request),
    requestSearch(id, request),
    ...traceRows(id, request),
  ]
}

const letters = { required: 'r', covered: 'c', deferred: 'd', notRequired: 'n' } as const

function requestRow(request: string, folded: Request): RequestRow {
  const { submission, snapshot, route } = folded
  return {
    request,
    company: submission.company,
    kind: submission.kind,
    category: submission.category,
    method: submission.method,
    purpose: submission.purpose,
    budgetLine: submission.budgetLine,
    contract: submission.contract ?? '',
    project: submission.project ?? '',
    authority: submission.authority ?? '',
    state: placeOf(folded),
    outcome: snapshot.context.outcome,
    suspended: isSuspended(folded),
    amountFen: toFen(submission.amount),
    payee: folded.payee,
    payeeName: submission.payee.type === 'firm' ? submission.payee.name : '',
    handler: submission.handler,
    submittedOn: folded.submittedOn,
    endedOn: folded.endedOn,
    round: snapshot.context.round,
    route: route.map(({ demand }) => letters[demand]).join(''),
    openFindings: folded.openFindings.length,
  }
}

/** One row a desk that could do what waits (待办): derived from the state alone, so that no task is lost or left behind. */
const tasks = (request: Request): readonly TaskRow[] =>
  waitingFor(request).flatMap(({ act, desks, since, dueAt }) =>
    desks.map((desk) => ({ desk, act, since, dueAt })),
  )

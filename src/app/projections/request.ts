// A request as rows: its line in the list, its tasks, and what it holds of payee window and invoices.
import type { ProjectedRow, RequestRow, TaskRow } from '../../domain/projection.ts'
import { type Desk, deskOf, type OfficeKind } from '../../domain/office.ts'
import { toFen } from '../../domain/money.ts'
import { endOf, type LocalDate } from '../../domain/time.ts'
import { voucherKeys, windowKeys } from '../../../workflows/request/v1/judgement.ts'
import { isSuspended, placeOf, type Request } from '../../../workflows/request/v1/fold.ts'

/** All rows of one request. `id` is its number. */
export function requestRows(id: string, request: Request): readonly ProjectedRow[] {
  const { outcome } = request.snapshot.context
  const lives = outcome === 'open' || outcome === 'paid'
  const covered = request.route.some(({ demand }) => demand === 'covered')
  const { window, invoices, keys } = lastingOf(id, request)
  return [
    { table: 'request', key: '', row: requestRow(id, request) },
    ...tasks(request).map((row): ProjectedRow => ({
      table: 'task',
      key: `${row.act} ${row.desk}`,
      row,
    })),
    ...(lives && !covered ? [window] : []),
    ...(lives ? invoices : []),
    ...keys,
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
    purpose: submission.purpose,
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

/** Rows that stay as long as the form does. */
interface Lasting {
  readonly id: string
  readonly payee: string
  readonly submittedOn: LocalDate
  /** Its part of the payee's window: counts while the request lives, unless an authority covers it. */
  readonly window: ProjectedRow
  /** Held while the request lives. */
  readonly invoices: readonly ProjectedRow[]
  readonly keys: readonly ProjectedRow[]
}

/** By the form itself, which every step of a round hands on: the same row objects need not be compared. */
const lasting = new WeakMap<Request['submission'], Lasting>()

function lastingOf(id: string, { submission, payee, submittedOn }: Request): Lasting {
  const known = lasting.get(submission)
  if (known?.id === id && known.payee === payee && known.submittedOn === submittedOn) return known
  const made: Lasting = {
    id,
    payee,
    submittedOn,
    window: {
      table: 'payeeWindow',
      key: '',
      row: {
        request: id,
        company: submission.company,
        payee,
        submittedOn,
        amountFen: toFen(submission.amount),
      },
    },
    invoices: voucherKeys(submission).map((invoice): ProjectedRow => ({
      table: 'invoiceUse',
      key: invoice,
      row: { invoice, request: id },
    })),
    keys: windowKeys(submission).map((payeeKey): ProjectedRow => ({
      table: 'payeeKey',
      key: payeeKey,
      row: { payeeKey, payee },
    })),
  }
  lasting.set(submission, made)
  return made
}

interface Waiting {
  readonly act: string
  readonly desks: readonly Desk[]
}

/** Who must act next (待办): derived from the state alone, so that no task is lost or left behind. */
function tasks(request: Request): readonly TaskRow[] {
  if (isSuspended(request))
    return rowsOf(request, [
      { act: 'suspension.lift', desks: [request.suspendedBy ?? township('centreHead')] },
    ])
  return rowsOf(request, waiting(request))
}

function waiting(request: Request): readonly Waiting[] {
  const { company, handler, witness } = request.submission
  const own = (kind: OfficeKind): readonly Desk[] => [deskOf(company, kind)]
  switch (placeOf(request)) {
    case 'issuing.drawnUp':
      return [{ act: 'request.handle', desks: [handler] }]
    case 'issuing.handled':
      return [{ act: 'request.witness', desks: [witness] }]
    case 'issuing.witnessed':
      return [{ act: 'request.issue', desks: own('companyHead') }]
    case 'memberVote.open':
      return [{ act: 'meeting.plan', desks: own('reportingClerk') }]
    case 'memberVote.carried':
      // the shareholder decision waits in the meeting that carried it
      return []
    case 'boardReview.open':
      return [{ act: 'ballot.cast', desks: request.seating?.seats ?? [] }]
    case 'boardReview.referred':
      return [{ act: 'meeting.plan', desks: own('reportingClerk') }]
    case 'papers':
      return [{ act: 'papers.complete', desks: own('reportingClerk') }]
    case 'supervisorySignOff.open':
      return [{ act: 'supervisorySignOff.sign', desks: unsigned(request) }]
    case 'townshipFiling.open':
      return [{ act: 'townshipFiling.accept', desks: [township('centreOfficer')] }]
    case 'townshipFiling.accepted':
      return [{ act: 'townshipFiling.consent', desks: [township('centreHead')] }]
    case 'payment.payable':
      return [{ act: 'payment.order', desks: own('cashier') }]
    case 'payment.ordered':
      return [{ act: 'payment.record', desks: own('cashier') }]
    case 'booking':
      return [{ act: 'booking.record', desks: own('bookkeeper') }]
    case 'returned':
      return [{ act: 'request.resubmit', desks: own('reportingClerk') }]
    default:
      // disciplineAudit waits for a round, which covers its population as a whole: no task per request
      return []
  }
}

const unsigned = ({ seating }: Request): readonly Desk[] =>
  (seating?.seats ?? []).filter(
    (seat) => !(seating?.signed ?? []).some(({ office }) => office === seat),
  )

// township offices are not in the village's roster: their desk is named by kind alone, the inbox joins by township
const township = (kind: OfficeKind): Desk => deskOf('township', kind)

function rowsOf(request: Request, list: readonly Waiting[]): readonly TaskRow[] {
  const dueAt = request.dueOn === '' ? '' : endOf(request.dueOn)
  return list.flatMap(({ act, desks }) =>
    desks.map((desk) => ({ desk, act, since: request.since, dueAt })),
  )
}

// Who must act next (待办), derived from the state alone: tasks are projected from it, and an urge goes to these desks.
import type { Desk, OfficeKind } from '../../../src/domain/office.ts'
import { deskOf } from '../../../src/domain/office.ts'
import { endOf, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { confirmationOf, isSuspended, placeOf, type Request } from './fold.ts'

/** One act that waits, the desks that could do it, since when and until when (`''` without a limit). */
export interface Waiting {
  readonly act: string
  readonly desks: readonly Desk[]
  readonly since: Instant
  readonly dueAt: Instant | ''
}

/** Everything that waits: the chain's next act, or what is in its way, and beside it the questions put. */
export function waitingFor(request: Request): readonly Waiting[] {
  return [
    ...decidingActs(request),
    ...proposal(request),
    ...inEmergency(request),
    ...questions(request),
  ]
}

/** An inspector's proposal waits for either side that may order it, as long as there is something to stop (law 2.33). */
function proposal(request: Request): readonly Waiting[] {
  const { proposedSince, snapshot, submission, suspensionProposed } = request
  const moot = snapshot.context.outcome !== 'open' || placeOf(request) === 'payment.ordered'
  if (!suspensionProposed || proposedSince === undefined || moot) return []
  const desks = [township('centreHead'), deskOf(submission.company, 'companyHead')]
  return [{ act: 'suspension.order', desks, since: proposedSince, dueAt: '' }]
}

/** What the chain waits for: without talk, which keeps nothing waiting. */
export function decidingActs(request: Request): readonly Waiting[] {
  if (isSuspended(request)) return standingStill(request)
  const { since } = request
  const dueAt = until(request.dueOn)
  return next(request).map(({ act, desks }) => ({ act, desks, since, dueAt }))
}

const until = (date: LocalDate | ''): Instant | '' => (date === '' ? '' : endOf(date))

type Act = Pick<Waiting, 'act' | 'desks'>

/** While it runs the township lifts it; after its last day anybody who works on it lets it lapse (law 2.34). */
function standingStill(request: Request): readonly Waiting[] {
  const { submission, suspension, suspendedUntil } = request
  const since = suspension?.since ?? request.since
  const dueAt = until(suspendedUntil)
  const clerk = deskOf(submission.company, 'reportingClerk')
  return [
    {
      act: 'suspension.lift',
      desks: [township('centreHead'), township('inspector')],
      since,
      dueAt,
    },
    { act: 'suspension.lapse', desks: [clerk], since, dueAt },
  ]
}

/** What an emergency still asks for, wherever the chain is by then (law 3.10–3.12). */
function inEmergency(request: Request): readonly Waiting[] {
  const { emergency, snapshot, submission } = request
  const { consent, findings, notifyBy } = emergency
  const { outcome } = snapshot.context
  const clerk = deskOf(submission.company, 'reportingClerk')
  const over = outcome === 'rejected' || outcome === 'withdrawn' || placeOf(request) === 'closed'
  const [first] = findings
  const dates = findings.map(({ dueOn }) => dueOn).sort()
  return [
    ...(notifyBy === undefined || over
      ? []
      : [{ act: 'emergency.notify', desks: [clerk], since: notifyBy.since, dueAt: notifyBy.at }]),
    ...(consent === undefined || confirmationOf(request) !== 'pending'
      ? []
      : [
          {
            act: 'townshipFiling.confirm',
            desks: [township('centreHead')],
            since: consent.since,
            dueAt: until(consent.confirmBy),
          },
        ]),
    ...(findings.every(({ answerer }) => answerer !== undefined)
      ? []
      : [
          {
            act: 'automaticFinding.answer',
            desks: [clerk],
            since: first?.since ?? request.since,
            dueAt: until(dates[0] ?? ''),
          },
        ]),
    ...(first === undefined
      ? []
      : [
          {
            act: 'automaticFinding.close',
            desks: [township('inspector')],
            since: first.since,
            dueAt: until(dates[0] ?? ''),
          },
        ]),
  ]
}

function next(request: Request): readonly Act[] {
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
    case 'boardReview.open':
      return toConvene(request)
    case 'memberVote.carried':
      // the shareholder decision waits in the meeting that carried it
      return []
    case 'boardReview.referred':
      return toConvene(request)
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
    case 'settlement':
      return [{ act: 'advance.settle', desks: own('reportingClerk') }]
    case 'booking':
      return [{ act: 'booking.record', desks: own('bookkeeper') }]
    case 'ratification':
      // what was carried waits for the shareholder decision in its meeting, and the confirmation for the head
      return request.emergency.carried || request.emergency.unratified.length === 0
        ? []
        : toConvene(request)
    case 'returned':
      return [{ act: 'request.resubmit', desks: own('reportingClerk') }]
    default:
      // disciplineAudit waits for a round, which covers its population as a whole: no task per request
      return []
  }
}

/** A vote waits for a meeting; while one has taken it up, whoever comes and votes has their task in that meeting. */
const toConvene = ({ submission, underVote }: Request): readonly Act[] =>
  underVote === undefined
    ? [{ act: 'meeting.plan', desks: [deskOf(submission.company, 'reportingClerk')] }]
    : []

const unsigned = ({ seating }: Request): readonly Desk[] =>
  (seating?.seats ?? []).filter(
    (seat) => !(seating?.signed ?? []).some(({ office }) => office === seat),
  )

// township offices are not in the village's roster: their desk is named by kind alone, the inbox joins by township
const township = (kind: OfficeKind): Desk => deskOf('township', kind)

/** One task a desk, however many questions lie on it: it waits since the first of them. */
function questions({ beside }: Request): readonly Waiting[] {
  const first = new Map<Desk, Instant>()
  for (const { to, at } of beside.questions) if (!first.has(to)) first.set(to, at)
  return [...first].map(([desk, since]) => ({
    act: 'question.answer',
    desks: [desk],
    since,
    dueAt: '',
  }))
}

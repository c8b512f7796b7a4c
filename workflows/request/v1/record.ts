// What each event adds to the record of a request, beside the machine's snapshot. Pure: a state is never changed, only followed.
import type { Entry } from '../../../src/domain/entry.ts'
import type {
  FindingId,
  InspectionId,
  OfficeId,
  OrganisationId,
  PersonId,
} from '../../../src/domain/ids.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import type { RequestEvent } from './events.ts'
import type { Request, Seating } from './fold.ts'
import { alertRecorders } from './record-alert.ts'
import { besideRecorders } from './record-beside.ts'
import { emergencyRecorders, noEmergency } from './record-emergency.ts'
import { paymentRecorders } from './record-payment.ts'
import { turningRecorders } from './record-turning.ts'
import { voteRecorders } from './record-vote.ts'
import {
  ended,
  type EventOf,
  moved,
  movedOnly,
  type Recorder,
  type Recorders,
  withDeciders,
} from './recording.ts'

/** A finding, told apart from those of other rounds. */
export const findingName = ({
  inspection,
  finding,
}: {
  inspection: InspectionId
  finding: FindingId
}): string => `${inspection}/${finding}`

/** The policy a request is bound to: its submission, or the restart that replaced it. */
export const policyOf = (entry: Entry): string => {
  if (entry.policy === undefined) throw new CorruptHistory(entry, 'no policy')
  return entry.policy
}

type Worked = EventOf<'request.submitted'>['body']
/** What the form and what was worked out beside it put into the record. */
export const form = ({
  given,
  payee,
  rolling,
  related,
  relatedPersons,
  route,
  rule,
}: Omit<Worked, 'round'>) => ({
  submission: given,
  evidence: given.evidence,
  invoices: given.invoices,
  payee,
  rolling,
  related,
  relatedPersons,
  route,
  ...(rule === undefined ? {} : { rule }),
})

/** What each event adds to the record. A new event does not compile until it is said here. */
const recorders: Recorders<RequestEvent['type']> = {
  ...turningRecorders,
  ...besideRecorders,
  ...alertRecorders,
  ...voteRecorders,
  ...emergencyRecorders,
  ...paymentRecorders,
  'request.submitted': (_request, _event, entry) => {
    throw new CorruptHistory(entry, 'submitted twice')
  },
  'request.handled': (request, _event, entry) => ({
    ...moved(request, entry),
    handled: entry.by.person,
  }),
  'request.witnessed': (request, _event, entry) => ({
    ...moved(request, entry),
    witnessed: entry.by.person,
  }),
  'request.issued': (request, { body }, entry) => ({
    ...moved(request, entry),
    issued: entry.by.person,
    ...(body.represented === undefined ? {} : { issuedFor: body.represented }),
  }),
  'request.returned': (request, _event, entry) => ({
    ...moved(request, entry),
    returnedWith: request.evidence,
    returnedInvoices: request.invoices,
  }),
  'request.resubmitted': (request, event, entry) =>
    resubmitted(moved(request, entry), event, entry),
  'request.withdrawn': ended,
  'evidence.added': (request, { body }) => ({
    ...request,
    evidence: [...request.evidence, ...body.given.evidence],
    invoices: [...request.invoices, ...(body.given.invoices ?? [])],
  }),
  'papers.completed': movedOnly,
  'memberVote.opened': movedOnly,
  'memberVote.notRequired': movedOnly,
  'memberVote.covered': movedOnly,
  'memberVote.carried': movedOnly,
  'memberVote.passed': movedOnly,
  'memberVote.failed': ended,
  'memberVote.notDecided': (request) => request,
  'boardReview.notDecided': (request) => request,
  'boardReview.opened': (request, { body }, entry) => ({
    ...moved(request, entry),
    dueOn: body.dueOn,
    seating: seatingOf(body, 'majorityAndChair'),
  }),
  'boardReview.notRequired': movedOnly,
  'boardReview.covered': movedOnly,
  'boardReview.passed': (request, { body }, entry) => ({
    ...moved(request, entry),
    deciders: withDeciders(request, 'boardReview', body.voters),
  }),
  'boardReview.failed': (request, event, entry) => ({
    ...ended(request, event, entry),
    deciders: withDeciders(request, 'boardReview', event.body.voters),
  }),
  'boardReview.referred': (request, { body }, entry) => ({
    ...moved(request, entry),
    referredTo: body.to,
  }),
  'supervisorySignOff.opened': (request, { body }, entry) => ({
    ...moved(request, entry),
    dueOn: body.dueOn,
    seating: seatingOf(body, body.needs),
  }),
  'supervisorySignOff.signed': (request, _event, { by }) => signedOff(request, 'signed', by),
  'supervisorySignOff.objected': (request, _event, { by }) => signedOff(request, 'objected', by),
  'supervisorySignOff.passed': movedOnly,
  'supervisorySignOff.failed': ended,
  'townshipFiling.opened': (request, { body }, entry) => ({
    ...moved(request, entry),
    dueOn: body.dueOn,
  }),
  'townshipFiling.notRequired': movedOnly,
  // the limit runs for officer and head together: accepting does not restart it
  'townshipFiling.accepted': (request, _event, { at, by }) => ({
    ...request,
    since: at,
    accepted: by.person,
    deciders: withDeciders(request, 'townshipFiling', [by.person]),
  }),
  'townshipFiling.consented': (request, event, entry) => ({
    ...moved(request, entry),
    deciders: withDeciders(request, 'townshipFiling', deciding(event, entry)),
  }),
  'townshipFiling.refused': (request, event, entry) => ({
    ...ended(request, event, entry),
    deciders: withDeciders(request, 'townshipFiling', deciding(event, entry)),
  }),
  'disciplineAudit.opened': ended,
  'disciplineAudit.passed': movedOnly,
  'disciplineAudit.covered': (request, { body }, entry) => ({
    ...moved(request, entry),
    coveredBy: body.inspection,
    deciders: inspecting(request, entry),
  }),
  // findings may come while the request is on its way: who judged it then signs nothing of it later (law 7.3)
  'disciplineAudit.findingRaised': (request, { body }, entry) => ({
    ...request,
    openFindings: [...request.openFindings, findingName(body)],
    deciders: inspecting(request, entry),
  }),
  'disciplineAudit.findingSettled': (request, { body }, entry) => ({
    ...request,
    openFindings: request.openFindings.filter((name) => name !== findingName(body)),
    deciders: inspecting(request, entry),
  }),
}

/** The recorder of an event's own type: the table above pairs them. */
export function record<T extends RequestEvent['type']>(
  request: Request,
  event: EventOf<T>,
  entry: Entry,
): Request {
  const recorder: Recorder<T> = recorders[event.type]
  return recorder(request, event, entry)
}

const inspecting = (request: Request, { by }: Entry) =>
  withDeciders(request, 'disciplineAudit', [by.person])

/** Who decided, and whom they represented: nobody decides in two musts through another. */
const deciding = (
  { body }: { body: { represented?: PersonId | undefined } },
  { by }: Entry,
): readonly PersonId[] =>
  body.represented === undefined ? [by.person] : [by.person, body.represented]

function seatingOf(
  body: { organisation: OrganisationId; seats: readonly OfficeId[]; chair?: OfficeId | undefined },
  needs: Seating['needs'],
): Seating {
  const { organisation, seats, chair } = body
  return {
    organisation,
    seats,
    ...(chair === undefined ? {} : { chair }),
    needs,
    signed: [],
    objected: [],
  }
}

// signing after an objection replaces it: a supervisor may be convinced while the must is open
function signedOff(
  request: Request,
  how: 'signed' | 'objected',
  by: { office: OfficeId; person: PersonId },
): Request {
  const { seating } = request
  if (seating === undefined) throw new Error('signed off without seats')
  const others = (list: Seating['signed']) => list.filter(({ office }) => office !== by.office)
  const signed = others(seating.signed)
  const objected = others(seating.objected)
  return {
    ...request,
    seating: {
      ...seating,
      signed: how === 'signed' ? [...signed, by] : signed,
      objected: how === 'objected' ? [...objected, by] : objected,
    },
    deciders: withDeciders(request, 'supervisorySignOff', [by.person]),
  }
}

type Resubmitted = Extract<RequestEvent, { type: 'request.resubmitted' }>

/** A new round: a material change voids every signature and decision, another keeps those of the musts before. */
function resubmitted(request: Request, { body }: Resubmitted, entry: Entry): Request {
  const {
    handled: _h,
    witnessed: _w,
    issued: _i,
    issuedFor: _f,
    seating: _s,
    referredTo: _r,
    accepted: _a,
    returnedWith: _e,
    returnedInvoices: _v,
    rule: _p,
    ...kept
  } = request
  if (body.material.length > 0) {
    const { findings, raised, recovering } = request.emergency
    return {
      ...kept,
      ...form(body),
      policy: policyOf(entry),
      submittedOn: dateAt(entry.at),
      // decided anew from the first must on: it may be suspended anew, and is deferred anew
      suspension: undefined,
      emergency: { ...noEmergency, findings, raised, recovering },
      // as another kind it was never asked for before
      ...(body.given.kind === request.submission.kind ? {} : { reportedOn: dateAt(entry.at) }),
    }
  }
  const issuers =
    body.resumes === 'issuing'
      ? {}
      : {
          ...(request.handled === undefined ? {} : { handled: request.handled }),
          ...(request.witnessed === undefined ? {} : { witnessed: request.witnessed }),
          ...(request.issued === undefined ? {} : { issued: request.issued }),
          ...(request.issuedFor === undefined ? {} : { issuedFor: request.issuedFor }),
        }
  return { ...kept, ...issuers, ...form(body), route: request.route }
}

// What each event adds to the record of a request, beside the machine's snapshot. Pure: a state is never changed, only followed.
import type { Entry } from '../../../src/domain/entry.ts'
import type {
  FindingId,
  InspectionId,
  OfficeId,
  OrganisationId,
  PersonId,
} from '../../../src/domain/ids.ts'
import type { Must } from '../../../src/domain/must.ts'
import { dateAt } from '../../../src/domain/time.ts'
import { CorruptHistory } from '../../workflow.ts'
import type { RequestEvent } from './events.ts'
import type { Decider, Request, Seating } from './fold.ts'

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
}: Omit<Worked, 'round'>) => ({
  submission: given,
  evidence: given.evidence,
  payee,
  rolling,
  related,
  relatedPersons,
  route,
})

type EventOf<T extends RequestEvent['type']> = Extract<RequestEvent, { type: T }>
type Recorder<T extends RequestEvent['type']> = (
  request: Request,
  event: EventOf<T>,
  entry: Entry,
) => Request

/** The chain moved on: the present state is new, and has no limit until it is given one. */
const moved = (request: Request, entry: Entry): Request => ({
  ...request,
  since: entry.at,
  dueOn: '',
})
const movedOnly = (request: Request, _event: RequestEvent, entry: Entry): Request =>
  moved(request, entry)
const ended = (request: Request, _event: RequestEvent, entry: Entry): Request => ({
  ...moved(request, entry),
  endedOn: dateAt(entry.at),
})

/** What each event adds to the record. A new event does not compile until it is said here. */
const recorders: { readonly [T in RequestEvent['type']]: Recorder<T> } = {
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
  'request.issued': (request, _event, entry) => ({
    ...moved(request, entry),
    issued: entry.by.person,
  }),
  'request.returned': (request, _event, entry) => ({
    ...moved(request, entry),
    returnedWith: request.evidence,
  }),
  'request.resubmitted': (request, event, entry) =>
    resubmitted(moved(request, entry), event, entry),
  'request.withdrawn': ended,
  'evidence.added': (request, { body }) => ({
    ...request,
    evidence: [...request.evidence, ...body.given.evidence],
  }),
  'papers.completed': movedOnly,
  'memberVote.opened': movedOnly,
  'memberVote.notRequired': movedOnly,
  'memberVote.covered': movedOnly,
  'memberVote.carried': movedOnly,
  'memberVote.passed': movedOnly,
  'memberVote.failed': ended,
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
  'townshipFiling.consented': (request, _event, entry) => ({
    ...moved(request, entry),
    deciders: withDeciders(request, 'townshipFiling', [entry.by.person]),
  }),
  'townshipFiling.refused': (request, event, entry) => ({
    ...ended(request, event, entry),
    deciders: withDeciders(request, 'townshipFiling', [entry.by.person]),
  }),
  'payment.ordered': (request, _event, entry) => ({
    ...moved(request, entry),
    orderedBy: entry.by.person,
    orderedOn: dateAt(entry.at),
  }),
  'payment.recorded': movedOnly,
  'payment.failed': movedOnly,
  'booking.recorded': ended,
  'disciplineAudit.opened': movedOnly,
  'disciplineAudit.passed': movedOnly,
  'disciplineAudit.covered': (request, { body }, entry) => ({
    ...moved(request, entry),
    coveredBy: body.inspection,
  }),
  'disciplineAudit.findingRaised': (request, { body }) => ({
    ...request,
    openFindings: [...request.openFindings, findingName(body)],
  }),
  'disciplineAudit.findingSettled': (request, { body }) => ({
    ...request,
    openFindings: request.openFindings.filter((name) => name !== findingName(body)),
  }),
  'suspension.proposed': (request) => ({ ...request, suspensionProposed: true }),
  'suspension.ordered': (request, { body }, { by }) => ({
    ...request,
    suspensionProposed: false,
    suspensions: request.suspensions + 1,
    suspendedUntil: body.until,
    suspendedBy: by.office,
  }),
  'suspension.lifted': (request) => ({ ...request, suspendedUntil: '' }),
  'suspension.lapsed': (request) => ({ ...request, suspendedUntil: '' }),
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

function withDeciders(
  request: Request,
  must: Must,
  persons: readonly PersonId[],
): readonly Decider[] {
  const known = new Set(request.deciders.filter((d) => d.must === must).map(({ person }) => person))
  const fresh = persons.filter((person) => !known.has(person)).map((person) => ({ must, person }))
  return fresh.length === 0 ? request.deciders : [...request.deciders, ...fresh]
}

type Resubmitted = Extract<RequestEvent, { type: 'request.resubmitted' }>

/** A new round: a material change voids every signature and decision, another keeps those of the musts before. */
function resubmitted(request: Request, { body }: Resubmitted, entry: Entry): Request {
  const {
    handled: _h,
    witnessed: _w,
    issued: _i,
    seating: _s,
    referredTo: _r,
    accepted: _a,
    returnedWith: _e,
    ...kept
  } = request
  if (body.material.length > 0) {
    return {
      ...kept,
      ...form(body),
      policy: policyOf(entry),
      submittedOn: dateAt(entry.at),
    }
  }
  const issuers =
    body.resumes === 'issuing'
      ? {}
      : {
          ...(request.handled === undefined ? {} : { handled: request.handled }),
          ...(request.witnessed === undefined ? {} : { witnessed: request.witnessed }),
          ...(request.issued === undefined ? {} : { issued: request.issued }),
        }
  return { ...kept, ...issuers, ...form(body), route: request.route }
}

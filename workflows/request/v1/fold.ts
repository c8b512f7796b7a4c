// request@1 folded: the machine's snapshot beside what the entries tell. A state is never changed, only followed.
import type { SnapshotFrom } from 'xstate'
import type { Entry } from '../../../src/domain/entry.ts'
import { type FindingId, type InspectionId, type OfficeId, type OrganisationId, type PersonId, type RequestId, requestStream } from '../../../src/domain/ids.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { Must } from '../../../src/domain/must.ts'
import type { Evidence, Submission } from '../../../src/domain/request.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { stepper } from '../../step.ts'
import { CorruptHistory, eventReader } from '../../workflow.ts'
import { acts, type RequestEvent, requestEvents, type Route } from './events.ts'
import { demandsOf, readByMachine, type RequestInput } from './law.ts'
import { requestMachine } from './machine.ts'

export type RequestSnapshot = SnapshotFrom<typeof requestMachine>

/** Seats of the must that is open, and who has acted from them. */
export interface Seating {
  readonly organisation: OrganisationId
  readonly seats: readonly OfficeId[]
  readonly chair?: OfficeId
  readonly needs: 'majorityAndChair' | 'all'
  readonly signed: readonly { readonly office: OfficeId; readonly person: PersonId }[]
  readonly objected: readonly { readonly office: OfficeId; readonly person: PersonId }[]
}

/** A person who decided in a must, in whichever round: nobody decides in two musts of one request (law §7). */
export interface Decider {
  readonly must: Must
  readonly person: PersonId
}

export interface Request {
  readonly snapshot: RequestSnapshot
  readonly submission: Submission
  readonly route: Route
  readonly policy: string
  readonly payee: string
  readonly rolling: { readonly sum: Money; readonly parts: readonly RequestId[] }
  readonly related: boolean
  /** Persons of the company's organs whom the deal concerns: they recuse. */
  readonly relatedPersons: readonly PersonId[]
  readonly clerk: PersonId
  readonly submittedOn: LocalDate
  readonly handled?: PersonId
  readonly witnessed?: PersonId
  readonly issued?: PersonId
  readonly deciders: readonly Decider[]
  readonly evidence: readonly Evidence[]
  /** The papers there when it was last returned: what a resubmission must differ from. */
  readonly returnedWith?: readonly Evidence[]
  /** When the present state was entered, and when its limit ends (`''` without one). */
  readonly since: Instant
  readonly dueOn: LocalDate | ''
  readonly seating?: Seating
  readonly referredTo?: 'council' | 'member'
  readonly accepted?: PersonId
  readonly orderedBy?: PersonId
  readonly orderedOn?: LocalDate
  readonly endedOn: string
  /** `<inspection>/<finding>`: finding ids are unique in their round only. */
  readonly openFindings: readonly string[]
  readonly coveredBy?: InspectionId
  /** Present while an inspector's proposal stands that nobody has answered. */
  readonly suspensionProposed: boolean
  /** How often it was suspended: once, and renewed once with reasons (law §2). */
  readonly suspensions: number
  readonly suspendedUntil: LocalDate | ''
  /** Office that ordered the suspension in force: only its side lifts it early. */
  readonly suspendedBy?: OfficeId
}

const anyInput: RequestInput = {
  demands: {
    memberVote: 'required',
    boardReview: 'required',
    supervisorySignOff: 'required',
    townshipFiling: 'required',
    disciplineAudit: 'required',
  },
}
const machine = stepper(requestMachine, anyInput, readByMachine)

/** Would the law take this event now? What decide asks before it answers anything. */
export const accepts = (request: Request, event: RequestEvent): boolean => machine.accepts(request.snapshot, event)

/** Would it, were the suspension lifted? Then only the suspension stands in its way. */
export const acceptsOnceLifted = ({ snapshot }: Request, event: RequestEvent): boolean =>
  machine.accepts(machine.step(snapshot, { type: 'suspension.lifted', body: { given: { reason: '-' } } }), event)

/** The chain's place as dotted path, e.g. `payment.ordered`. */
export function placeOf({ snapshot }: Request): string {
  const { chain } = snapshot.value
  if (typeof chain === 'string') return chain
  const [[outer, inner] = []] = Object.entries(chain)
  return `${outer ?? ''}.${inner ?? ''}`
}
/** First part of the place: `payment`. */
export const stateOf = (request: Request): string => placeOf(request).split('.')[0] ?? ''

export const isSuspended = ({ snapshot }: Request): boolean => snapshot.value.suspension === 'suspended'

const readEvent = eventReader(requestEvents, acts)

export const requestFold: Fold<Request | undefined> = {
  kind: 'request',
  initial: undefined,
  apply(request, entry) {
    const event = readEvent(entry)
    if (request === undefined) {
      if (event.type !== 'request.submitted') throw new CorruptHistory(entry, 'not submitted first')
      return opened(event, entry)
    }
    const snapshot = machine.step(request.snapshot, event)
    // an event that is not taken gives back the very snapshot: asking first would step the machine twice
    if (snapshot === request.snapshot) throw new CorruptHistory(entry, `not open in ${placeOf(request)}`)
    return { ...record(request, event, entry), snapshot }
  },
}

/** The folded request of a stream this command named; undefined when it was never submitted. */
export const requestIn = (past: Past, id: RequestId): Request | undefined =>
  past.stream(requestFold, requestStream(id)).state

/** A finding, told apart from those of other rounds. */
export const findingName = ({ inspection, finding }: { inspection: InspectionId; finding: FindingId }): string =>
  `${inspection}/${finding}`

type Submitted = Extract<RequestEvent, { type: 'request.submitted' }>

function opened({ body }: Submitted, entry: Entry): Request {
  return {
    snapshot: machine.initial({ demands: demandsOf(body.route) }),
    ...form(body),
    policy: policyOf(entry),
    clerk: entry.by.person,
    submittedOn: dateAt(entry.at),
    deciders: [],
    since: entry.at,
    dueOn: '',
    endedOn: '',
    openFindings: [],
    suspensionProposed: false,
    suspensions: 0,
    suspendedUntil: '',
  }
}

const policyOf = (entry: Entry): string => {
  if (entry.policy === undefined) throw new CorruptHistory(entry, 'no policy')
  return entry.policy
}

type Worked = Submitted['body']
const form = ({ given, payee, rolling, related, relatedPersons, route }: Omit<Worked, 'round'>) => ({
  submission: given,
  evidence: given.evidence,
  payee,
  rolling,
  related,
  relatedPersons,
  route,
})

type EventOf<T extends RequestEvent['type']> = Extract<RequestEvent, { type: T }>
type Recorder<T extends RequestEvent['type']> = (request: Request, event: EventOf<T>, entry: Entry) => Request

/** The chain moved on: the present state is new, and has no limit until it is given one. */
const moved = (request: Request, entry: Entry): Request => ({ ...request, since: entry.at, dueOn: '' })
const movedOnly = (request: Request, _event: RequestEvent, entry: Entry): Request => moved(request, entry)
const ended = (request: Request, _event: RequestEvent, entry: Entry): Request => ({
  ...moved(request, entry),
  endedOn: dateAt(entry.at),
})

/** What each event adds to the record. A new event does not compile until it is said here. */
const recorders: { readonly [T in RequestEvent['type']]: Recorder<T> } = {
  'request.submitted': (_request, _event, entry) => {
    throw new CorruptHistory(entry, 'submitted twice')
  },
  'request.handled': (request, _event, entry) => ({ ...moved(request, entry), handled: entry.by.person }),
  'request.witnessed': (request, _event, entry) => ({ ...moved(request, entry), witnessed: entry.by.person }),
  'request.issued': (request, _event, entry) => ({ ...moved(request, entry), issued: entry.by.person }),
  'request.returned': (request, _event, entry) => ({ ...moved(request, entry), returnedWith: request.evidence }),
  'request.resubmitted': (request, event, entry) => resubmitted(moved(request, entry), event, entry),
  'request.withdrawn': ended,
  'evidence.added': (request, { body }) => ({ ...request, evidence: [...request.evidence, ...body.given.evidence] }),
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
  'boardReview.referred': (request, { body }, entry) => ({ ...moved(request, entry), referredTo: body.to }),
  'supervisorySignOff.opened': (request, { body }, entry) => ({
    ...moved(request, entry),
    dueOn: body.dueOn,
    seating: seatingOf(body, body.needs),
  }),
  'supervisorySignOff.signed': (request, _event, { by }) => signedOff(request, 'signed', by),
  'supervisorySignOff.objected': (request, _event, { by }) => signedOff(request, 'objected', by),
  'supervisorySignOff.passed': movedOnly,
  'supervisorySignOff.failed': ended,
  'townshipFiling.opened': (request, { body }, entry) => ({ ...moved(request, entry), dueOn: body.dueOn }),
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
  'payment.ordered': (request, _event, entry) => ({ ...moved(request, entry), orderedBy: entry.by.person, orderedOn: dateAt(entry.at) }),
  'payment.recorded': movedOnly,
  'payment.failed': movedOnly,
  'booking.recorded': ended,
  'disciplineAudit.opened': movedOnly,
  'disciplineAudit.passed': movedOnly,
  'disciplineAudit.covered': (request, { body }, entry) => ({ ...moved(request, entry), coveredBy: body.inspection }),
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
function record<T extends RequestEvent['type']>(request: Request, event: EventOf<T>, entry: Entry): Request {
  const recorder: Recorder<T> = recorders[event.type]
  return recorder(request, event, entry)
}

function seatingOf(
  body: { organisation: OrganisationId; seats: readonly OfficeId[]; chair?: OfficeId | undefined },
  needs: Seating['needs'],
): Seating {
  const { organisation, seats, chair } = body
  return { organisation, seats, ...(chair === undefined ? {} : { chair }), needs, signed: [], objected: [] }
}

// signing after an objection replaces it: a supervisor may be convinced while the must is open
function signedOff(request: Request, how: 'signed' | 'objected', by: { office: OfficeId; person: PersonId }): Request {
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

function withDeciders(request: Request, must: Must, persons: readonly PersonId[]): readonly Decider[] {
  const known = new Set(request.deciders.filter((d) => d.must === must).map(({ person }) => person))
  const fresh = persons.filter((person) => !known.has(person)).map((person) => ({ must, person }))
  return fresh.length === 0 ? request.deciders : [...request.deciders, ...fresh]
}

type Resubmitted = Extract<RequestEvent, { type: 'request.resubmitted' }>

/** A new round: a material change voids every signature and decision, another keeps those of the musts before. */
function resubmitted(request: Request, { body }: Resubmitted, entry: Entry): Request {
  const { handled: _h, witnessed: _w, issued: _i, seating: _s, referredTo: _r, accepted: _a, returnedWith: _e, ...kept } =
    request
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

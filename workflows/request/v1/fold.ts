// request@1 folded: the machine's snapshot beside what the entries tell. A state is never changed, only followed.
import type { SnapshotFrom } from 'xstate'
import type { Entry } from '../../../src/domain/entry.ts'
import {
  type InspectionId,
  type MeetingId,
  type OfficeId,
  type OrganisationId,
  type PersonId,
  type RequestId,
  requestStream,
} from '../../../src/domain/ids.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { Must } from '../../../src/domain/must.ts'
import type { Evidence, Invoice, Submission } from '../../../src/domain/request.ts'
import type { Fold, Past } from '../../../src/domain/store.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { stepper } from '../../step.ts'
import { CorruptHistory, eventReader } from '../../workflow.ts'
import { acts, type RequestEvent, requestEvents, type Route } from './events.ts'
import { demandsOf, readByMachine, type RequestInput } from './law.ts'
import { requestMachine } from './machine.ts'
import { form, policyOf, record } from './record.ts'
import type { Alert } from './alerts.ts'
import { type Beside, noTalk } from './record-beside.ts'
import { type EmergencyRecord, noEmergency } from './record-emergency.ts'
import { type History, historyAfter, newHistory } from './record-history.ts'
import { type LastAct, lastAct } from './record-turning.ts'

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

export interface Suspension {
  /** Office that ordered it: its side renews it. */
  readonly by: OfficeId
  readonly since: Instant
  readonly reason: string
  /** Of this route: once, whichever suspension it was. */
  readonly renewed: boolean
  /** Those before it that ended: together they last no longer than one and its renewal (law 2.33). */
  readonly before: readonly { readonly from: LocalDate; readonly to: LocalDate }[]
  /** What inspectors gave as reason for it and those before it: another needs another. */
  readonly grounds: readonly string[]
}

export interface Request {
  readonly snapshot: RequestSnapshot
  readonly submission: Submission
  readonly route: Route
  readonly policy: string
  /** With it, the village's own rule of that time (law 8.1). */
  readonly rule?: number
  readonly payee: string
  readonly rolling: { readonly sum: Money; readonly parts: readonly RequestId[] }
  readonly related: boolean
  /** Persons of the company's organs whom the deal concerns: they recuse. */
  readonly relatedPersons: readonly PersonId[]
  readonly clerk: PersonId
  /** Of the present route: a material change counts anew. */
  readonly submittedOn: LocalDate
  /** When it was first submitted: who changed the organs' seats since then does not file it. */
  readonly submittedAt: Instant
  /** When it was first asked for as this kind: what a swipe, a claim and a debit are measured by (law 2.4–2.6). */
  readonly reportedOn: LocalDate
  readonly handled?: PersonId
  readonly witnessed?: PersonId
  readonly issued?: PersonId
  /** The head a deputy issued for. */
  readonly issuedFor?: PersonId
  readonly deciders: readonly Decider[]
  readonly evidence: readonly Evidence[]
  /** Those of the form and those added since: each is claimed by this request (law 2.15). */
  readonly invoices: readonly Invoice[]
  /** The papers there when it was last returned: what a resubmission must differ from. */
  readonly returnedWith?: readonly Evidence[]
  readonly returnedInvoices?: readonly Invoice[]
  /** When the present state was entered, and when its limit ends (`''` without one). */
  readonly since: Instant
  readonly dueOn: LocalDate | ''
  readonly seating?: Seating
  readonly referredTo?: 'council' | 'member'
  /** The meeting that has taken it up and is not over. */
  readonly underVote?: MeetingId
  readonly accepted?: PersonId
  readonly orderedBy?: PersonId
  readonly orderedOn?: LocalDate
  readonly paidOn?: LocalDate
  /** Of an advance that was paid: its last day, and what became of it. */
  readonly settleBy?: LocalDate
  readonly settled?: {
    readonly spent: Money
    readonly returned: Money
    /** By an invoice, or what the law takes for one. */
    readonly vouched: boolean
  }
  /** Of the bank, for each movement recorded: one reference records one payment. */
  readonly references: readonly string[]
  readonly endedOn: string
  /** `<inspection>/<finding>`: finding ids are unique in their round only. */
  readonly openFindings: readonly string[]
  readonly coveredBy?: InspectionId
  /** Present while an inspector's proposal stands that nobody has answered. */
  readonly suspensionProposed: boolean
  /** When the last proposal was made, and for what. */
  readonly proposedSince?: Instant
  /** Who ever proposed to suspend its payment. */
  readonly doubters: readonly PersonId[]
  readonly proposedFor?: string
  /** The suspension in force or the last there was (law 2.33). */
  readonly suspension: Suspension | undefined
  /** Last day of the suspension in force. */
  readonly suspendedUntil: LocalDate | ''
  readonly emergency: EmergencyRecord
  /** What may still be taken back (law 2.31). */
  readonly last: LastAct | undefined
  readonly beside: Beside
  /** In the order they were raised, dismissed ones too. */
  readonly alerts: readonly Alert[]
  readonly history: History
}

const anyInput: RequestInput = {
  demands: {
    memberVote: 'required',
    boardReview: 'required',
    supervisorySignOff: 'required',
    townshipFiling: 'required',
    disciplineAudit: 'required',
  },
  emergency: false,
}
const machine = stepper(requestMachine, anyInput, readByMachine)

/** Would the law take this event now? What decide asks before it answers anything. */
export const accepts = (request: Request, event: RequestEvent): boolean =>
  machine.accepts(request.snapshot, event)

/** Would it, were the suspension lifted? Then only the suspension stands in its way. */
export const acceptsOnceLifted = ({ snapshot }: Request, event: RequestEvent): boolean =>
  machine.accepts(
    machine.step(snapshot, { type: 'suspension.lifted', body: { given: { reason: '-' } } }),
    event,
  )

/** The chain's place as dotted path, e.g. `payment.ordered`. */
export function placeOf({ snapshot }: Request): string {
  const { chain } = snapshot.value
  if (typeof chain === 'string') return chain
  const [[outer, inner] = []] = Object.entries(chain)
  return `${outer ?? ''}.${inner ?? ''}`
}
/** First part of the place: `payment`. */
export const stateOf = (request: Request): string => placeOf(request).split('.')[0] ?? ''

/** Whether the head's confirmation of an emergency is awaited, and what became of it (law 3.11). */
export const confirmationOf = ({ snapshot }: Request): RequestSnapshot['value']['confirmation'] =>
  snapshot.value.confirmation

export const isSuspended = ({ snapshot }: Request): boolean =>
  snapshot.value.suspension === 'suspended'

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
    if (snapshot === request.snapshot)
      throw new CorruptHistory(entry, `not open in ${placeOf(request)}`)
    const recorded = record(request, event, entry)
    const history = historyAfter(request, recorded, { event, entry, after: snapshot })
    return { ...recorded, history, snapshot, last: lastAct(request, event, entry) }
  },
}

/** The folded request of a stream this command named; undefined when it was never submitted. */
export const requestIn = (past: Past, id: RequestId): Request | undefined =>
  past.stream(requestFold, requestStream(id)).state

type Submitted = Extract<RequestEvent, { type: 'request.submitted' }>

function opened({ body }: Submitted, entry: Entry): Request {
  return {
    snapshot: machine.initial({
      demands: demandsOf(body.route),
      emergency: body.given.emergency !== undefined,
    }),
    ...form(body),
    policy: policyOf(entry),
    clerk: entry.by.person,
    submittedOn: dateAt(entry.at),
    submittedAt: entry.at,
    reportedOn: dateAt(entry.at),
    deciders: [],
    since: entry.at,
    dueOn: '',
    references: [],
    endedOn: '',
    openFindings: [],
    suspensionProposed: false,
    doubters: [],
    suspension: undefined,
    suspendedUntil: '',
    emergency: noEmergency,
    last: undefined,
    beside: noTalk,
    alerts: [],
    history: newHistory(entry.at),
  }
}

// An emergency in the record of a request: who was told, who consented alone, what the meetings say of it afterwards, and
// the findings that raised themselves (law 3.10–3.12).
import type { OfficeId, OrganisationId, PersonId } from '../../../src/domain/ids.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { Instant, LocalDate } from '../../../src/domain/time.ts'
import type { Deferrable } from './events-emergency.ts'
import type { Request, Seating } from './fold.ts'
import { moved, type Recorders, withDeciders } from './recording.ts'

/** A finding that raised itself and is not closed out yet. */
export interface AutomaticFinding {
  readonly finding: string
  readonly dueOn: LocalDate
  readonly since: Instant
  /** Whose act raised it: another inspector closes it out. */
  readonly raiser: PersonId
  readonly recover?: Money
  /** Who answered it last. */
  readonly answerer?: PersonId
}

export interface EmergencyRecord {
  /** By when members and board are told; absent where nothing was deferred, and once they are. */
  readonly notifyBy?: { readonly at: Instant; readonly since: Instant }
  /** They are told, and are told once: taking back an act takes back no notice. */
  readonly told: boolean
  /** The duty officer who consented alone, and by when the head confirms it. */
  readonly consent?: {
    readonly officer: PersonId
    readonly confirmBy: LocalDate
    readonly since: Instant
  }
  /** Deferred musts that wait for their meeting. */
  readonly unratified: readonly Deferrable[]
  /** Carried by the members, the shareholder decision not signed yet. */
  readonly carried: boolean
  readonly findings: readonly AutomaticFinding[]
  /** Transfers by which money came back. */
  readonly recoveries: readonly string[]
  /** How many findings raised themselves. */
  readonly raised: number
  /** One of them asked for the money back: the same payment is not to come back twice. */
  readonly recovering: boolean
}

export const noEmergency: EmergencyRecord = {
  told: false,
  unratified: [],
  carried: false,
  findings: [],
  recoveries: [],
  raised: 0,
  recovering: false,
}

/** As it was before an act that is taken back, but for who was told since (law 2.31, 3.10). */
export function stillTold(before: EmergencyRecord, { told }: EmergencyRecord): EmergencyRecord {
  return told ? { ...untimed(before), told } : before
}

/** Told, or told already: no limit runs for it. */
function untimed({ notifyBy: _limit, ...emergency }: EmergencyRecord): EmergencyRecord {
  return emergency
}

const deferred = (request: Request, { body, at }: Deferred): EmergencyRecord =>
  request.emergency.told
    ? request.emergency
    : { ...request.emergency, notifyBy: { at: body.notifyBy, since: at } }
interface Deferred {
  readonly body: { readonly notifyBy: Instant }
  readonly at: Instant
}

/** As it counts among the open findings of a request. */
export const automaticName = (finding: string): string => `auto/${finding}`

const boardSeating = (board: {
  organisation: OrganisationId
  seats: readonly OfficeId[]
}): Seating => ({ ...board, needs: 'majorityAndChair', signed: [], objected: [] })

export const emergencyRecorders: Recorders<
  | 'memberVote.deferred'
  | 'boardReview.deferred'
  | 'emergency.notified'
  | 'townshipFiling.emergencyConsented'
  | 'townshipFiling.confirmed'
  | 'townshipFiling.confirmationRefused'
  | 'confirmation.lapsed'
  | 'ratification.opened'
  | 'ratification.carried'
  | 'ratification.referred'
  | 'ratification.passed'
  | 'ratification.failed'
  | 'ratification.lapsed'
  | 'automaticFinding.raised'
  | 'automaticFinding.answered'
  | 'automaticFinding.closed'
> = {
  'memberVote.deferred': (request, { body }, entry) => ({
    ...moved(request, entry),
    emergency: deferred(request, { body, at: entry.at }),
  }),
  'boardReview.deferred': (request, { body }, entry) => ({
    ...moved(request, entry),
    emergency: deferred(request, { body, at: entry.at }),
  }),
  'emergency.notified': (request) => ({
    ...request,
    emergency: { ...untimed(request.emergency), told: true },
  }),
  'townshipFiling.emergencyConsented': (request, { body }, entry) => ({
    ...moved(request, entry),
    deciders: withDeciders(request, 'townshipFiling', [entry.by.person]),
    emergency: {
      ...request.emergency,
      consent: { officer: entry.by.person, confirmBy: body.confirmBy, since: entry.at },
    },
  }),
  'townshipFiling.confirmed': (request, _event, { by }) => ({
    ...request,
    deciders: withDeciders(request, 'townshipFiling', [by.person]),
  }),
  'townshipFiling.confirmationRefused': (request, _event, { by }) => ({
    ...request,
    deciders: withDeciders(request, 'townshipFiling', [by.person]),
  }),
  'confirmation.lapsed': (request) => request,
  'ratification.opened': (request, { body }, entry) => ({
    ...moved(request, entry),
    dueOn: body.dueOn,
    ...(body.board === undefined ? {} : { seating: boardSeating(body.board) }),
    emergency: { ...request.emergency, unratified: body.musts },
  }),
  'ratification.carried': (request) => ({
    ...request,
    emergency: { ...request.emergency, carried: true },
  }),
  'ratification.referred': (request, { body }) => ({ ...request, referredTo: body.to }),
  'ratification.passed': (request, { body }) => ratified(request, body),
  'ratification.failed': (request, { body }) => ratified(request, body),
  'ratification.lapsed': (request) => ({
    ...request,
    emergency: { ...request.emergency, unratified: [], carried: false },
  }),
  'automaticFinding.raised': (request, { body }, entry) => ({
    ...request,
    openFindings: [...request.openFindings, automaticName(body.finding)],
    emergency: {
      ...request.emergency,
      raised: request.emergency.raised + 1,
      recovering: request.emergency.recovering || body.recover !== undefined,
      findings: [
        ...request.emergency.findings,
        {
          finding: body.finding,
          dueOn: body.dueOn,
          since: entry.at,
          raiser: entry.by.person,
          ...(body.recover === undefined ? {} : { recover: body.recover }),
        },
      ],
    },
  }),
  'automaticFinding.answered': (request, { body: { given } }, { by }) => ({
    ...request,
    emergency: {
      ...request.emergency,
      findings: request.emergency.findings.map((one) =>
        one.finding === given.finding ? { ...one, answerer: by.person } : one,
      ),
    },
  }),
  'automaticFinding.closed': (request, { body: { given } }, { by }) => ({
    ...request,
    openFindings: request.openFindings.filter((name) => name !== automaticName(given.finding)),
    deciders: withDeciders(request, 'disciplineAudit', [by.person]),
    emergency: {
      ...request.emergency,
      findings: request.emergency.findings.filter(({ finding }) => finding !== given.finding),
      recoveries: [
        ...request.emergency.recoveries,
        ...(given.recovered === undefined ? [] : [given.recovered.bankReference]),
      ],
    },
  }),
}

/** One of the deferred musts was decided after all, whichever way. */
function ratified(
  request: Request,
  { must, voters }: { must: Deferrable; voters: readonly PersonId[] },
): Request {
  const { emergency, referredTo, ...rest } = request
  // what the members say of their own must leaves standing what the board has referred to them
  const referred = must === 'boardReview' || referredTo === undefined ? {} : { referredTo }
  return {
    ...rest,
    ...referred,
    deciders: withDeciders(request, must, voters),
    emergency: {
      ...emergency,
      unratified: emergency.unratified.filter((one) => one !== must),
      carried: must === 'memberVote' ? false : emergency.carried,
    },
  }
}

// Opening the next must: every must is passed in order and recorded, whatever its demand (law §3).
import { lastDay } from '../../../src/domain/calendar.ts'
import type { OfficeId, OrganisationId, StreamId } from '../../../src/domain/ids.ts'
import type { Must } from '../../../src/domain/must.ts'
import type { OfficeKind } from '../../../src/domain/office.ts'
import type { Policy, PolicyValues } from '../../../src/domain/policy.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import { addHours, dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { cooperativeOf, type Office, type RosterState, seats } from '../../roster/v1/fold.ts'
import { convert } from './claim.ts'
import type { RequestEvent, Route } from './events.ts'
import type { Request } from './fold.ts'
import { isByAmount } from './route.ts'
import { eventOn } from './scene.ts'

/** What opening needs: the form and route as they are after the event that opens. */
export interface Opening {
  readonly deciding: Deciding
  readonly stream: StreamId
  readonly roster: RosterState
  readonly policy: Policy
  readonly request: Pick<Request, 'submission' | 'route' | 'related'>
}

/** After the members: memberVote and boardReview when not required, up to the first must that waits or to `papers`. */
export function fromMemberVote(opening: Opening): readonly EventDraft[] {
  const station = stationOf(opening.request.route, 'memberVote')
  if (station.demand === 'required')
    return [event(opening, { type: 'memberVote.opened', body: {} })]
  return [passedOver(opening, 'memberVote'), ...fromBoardReview(opening)]
}

export function fromBoardReview(opening: Opening): readonly EventDraft[] {
  if (stationOf(opening.request.route, 'boardReview').demand !== 'required')
    return [passedOver(opening, 'boardReview')]
  const body = { ...boardOf(opening), dueOn: stepDue(opening) }
  return [event(opening, { type: 'boardReview.opened', body })]
}

/** The board, or the council where the company has none: its composition is fixed when it is asked (law 1.11). */
export function boardOf({ request, roster, policy }: Opening): {
  organisation: OrganisationId
  seats: OfficeId[]
} {
  const { organisation, seats: all } = organOf(roster, request.submission.company, {
    ownKind: 'director',
    coopKind: 'councillor',
    use: policy.values['organ.board'],
  })
  return { organisation, seats: all.map(({ id }) => id) }
}

/** The supervisors' composition is fixed here; a successor takes the seat (law §1). */
export function openSignOff(opening: Opening): EventDraft {
  const { request, roster, policy } = opening
  const { company } = request.submission
  const organ = organOf(roster, company, {
    ownKind: 'supervisor',
    coopKind: 'coopSupervisor',
    use: policy.values['organ.supervisors'],
  })
  // one supervisor alone is majority and chair (law §1)
  const chair =
    organ.seats.length === 1 ? organ.seats[0] : organ.seats.find((office) => office.chair)
  return event(opening, {
    type: 'supervisorySignOff.opened',
    body: {
      organisation: organ.organisation,
      seats: organ.seats.map(({ id }) => id),
      ...(chair === undefined ? {} : { chair: chair.id }),
      needs: signaturesNeeded(request, policy.values),
      dueOn: stepDue(opening),
    },
  })
}

/** As the route has it: a sum that was split into parts is signed for like the whole (law 5.15, 3.9). */
export function signaturesNeeded(
  { related, route: stations }: Pick<Request, 'related' | 'route'>,
  values: PolicyValues,
): 'all' | 'majorityAndChair' {
  const all =
    related ||
    values['supervisor.signMode'] === 'all' ||
    isByAmount(stationOf(stations, 'townshipFiling'))
  return all ? 'all' : 'majorityAndChair'
}

export function fromTownshipFiling(opening: Opening): readonly EventDraft[] {
  const station = stationOf(opening.request.route, 'townshipFiling')
  if (station.demand !== 'required') {
    const notRequired = { rule: station.rule }
    return [
      event(opening, { type: 'townshipFiling.notRequired', body: notRequired }),
      ...intoPayment(opening),
    ]
  }
  const { deciding, policy } = opening
  const dueOn = lastDay(deciding.calendar, dateAt(deciding.at), {
    workingDays: policy.values['town.slaWd'],
  })
  return [event(opening, { type: 'townshipFiling.opened', body: { dueOn } })]
}

/**
 * The musts before payment are passed. A cashier takes it from here; but a direct debit was paid by the bank before it was
 * asked for (law 2.6), so that its payment is recorded at once and what it reserved is drawn.
 */
export function intoPayment(
  opening: Pick<Opening, 'deciding' | 'stream' | 'request'>,
): readonly EventDraft[] {
  const { debit } = opening.request.submission
  if (debit === undefined) return []
  const { bankReference, on: paidOn } = debit
  const debited = eventOn(opening.stream, {
    type: 'payment.debited',
    body: { bankReference, paidOn },
  })
  return [debited, ...convert(opening)]
}

export const openAudit = (stream: StreamId): EventDraft =>
  eventOn(stream, { type: 'disciplineAudit.opened', body: {} })

interface Organ {
  readonly organisation: OrganisationId
  readonly seats: readonly Office[]
}

/** The company's organ, or the cooperative's where policy says so or the company has none (law §1). */
export function organOf(
  roster: RosterState,
  company: OrganisationId,
  {
    ownKind,
    coopKind,
    use,
  }: { ownKind: OfficeKind; coopKind: OfficeKind; use: 'company' | 'coop' },
): Organ {
  const own = seats(roster, company, ownKind)
  if (use === 'company' && own.length > 0) return { organisation: company, seats: own }
  const cooperative = cooperativeOf(roster, company)
  if (cooperative === undefined) return { organisation: company, seats: own }
  return { organisation: cooperative.id, seats: seats(roster, cooperative.id, coopKind) }
}

/** More than half of all seats, vacant ones counted: nothing passes because nobody is there. */
export const majorityOf = (all: readonly OfficeId[]): number => Math.floor(all.length / 2) + 1

function stepDue({ deciding, policy }: Opening): LocalDate {
  return lastDay(deciding.calendar, dateAt(deciding.at), {
    workingDays: policy.values['step.slaWd'],
  })
}

export function stationOf(route: Route, must: Must): Route[number] {
  const station = route.find((candidate) => candidate.must === must)
  if (station === undefined) throw new Error(`the route has no ${must}`)
  return station
}

const event = ({ stream }: Opening, happened: RequestEvent): EventDraft => eventOn(stream, happened)

function passedOver(opening: Opening, must: 'memberVote' | 'boardReview'): EventDraft {
  const { demand, rule } = stationOf(opening.request.route, must)
  const { authority } = opening.request.submission
  if (demand === 'covered' && authority !== undefined) {
    return event(opening, { type: `${must}.covered`, body: { rule, authority } })
  }
  if (demand === 'deferred') {
    const { deciding, policy } = opening
    const notifyBy = addHours(deciding.at, policy.values['emergency.notifyHours'])
    return event(opening, { type: `${must}.deferred`, body: { rule, notifyBy } })
  }
  return event(opening, { type: `${must}.notRequired`, body: { rule } })
}

// What every simulated meeting shares: its number, its clerk, and which requests still wait to be put on an agenda.
import type { MeetingKind } from '../../../workflows/meeting/v1/events.ts'
import type { AgendaItem } from '../../../workflows/meeting/v1/forms.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { waitingIn } from '../../../workflows/request/v1/resolutions.ts'
import { cooperativeOf } from '../../../workflows/roster/v1/fold.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import type { By } from '../../domain/entry.ts'
import {
  type MeetingId,
  meetingIdSchema,
  meetingStream,
  type OrganisationId,
  type Origin,
  type RequestId,
  requestIdSchema,
} from '../../domain/ids.ts'
import { addDays, type LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import type { Act, Stage } from './acting.ts'

/** A company with the cooperative that owns it, and who arranges its meetings. */
export interface Firm {
  readonly ledger: Origin
  readonly company: OrganisationId
  readonly cooperative: OrganisationId
  readonly clerk: By
}

/** Every company of the township whose clerk's office is held, by ledger. */
export function firmsOf(stage: Stage): readonly Firm[] {
  return stage.villages.flatMap((ledger) => {
    const roster = stage.watch.roster(ledger)
    return [...roster.organisations.values()].flatMap(({ id, kind }) => {
      const owner = cooperativeOf(roster, id)
      const [clerk] = stage.holders(ledger, id, 'reportingClerk')
      if (kind !== 'company' || owner === undefined || clerk === undefined) return []
      return [{ ledger, company: id, cooperative: owner.id, clerk }]
    })
  })
}

export interface WaitingRequest {
  readonly id: RequestId
  readonly request: Request
}

export class Meetings {
  readonly #stage: Stage
  readonly #numbers = new Map<string, number>()

  constructor(stage: Stage) {
    this.#stage = stage
  }

  nextId(ledger: Origin): MeetingId {
    const year = this.#stage.today.slice(0, 4)
    const number = (this.#numbers.get(`${ledger} ${year}`) ?? 0) + 1
    this.#numbers.set(`${ledger} ${year}`, number)
    return meetingIdSchema.parse(`m-${year}-${String(number).padStart(4, '0')}`)
  }

  /** Requests of a company that wait for such a meeting and stand on no agenda yet to be decided. */
  waiting(
    { ledger, company }: Firm,
    { kind, organisation }: { readonly kind: MeetingKind; readonly organisation: OrganisationId },
  ): readonly WaitingRequest[] {
    const { watch } = this.#stage
    const listed = new Set(
      this.under(ledger, alike(kind)).flatMap(({ meeting }) =>
        meeting.agenda.flatMap((item) =>
          'request' in item ? [`${item.request} ${item.round}`] : [],
        ),
      ),
    )
    const ids = new Set(
      watch
        .tasks([ledger])
        .filter(({ stream }) => stream.startsWith('request/'))
        .map(({ stream }) => requestIdSchema.parse(stream.slice('request/'.length))),
    )
    return [...ids]
      .map((id) => ({ id, request: watch.request(ledger, id) }))
      .filter(({ id, request }) => {
        const { round } = request.snapshot.context
        const mine = request.submission.company === company
        return (
          mine && waitingIn(request, { kind, round, organisation }) && !listed.has(`${id} ${round}`)
        )
      })
  }

  /** Meetings of these kinds that are not over. */
  under(
    ledger: Origin,
    kinds: readonly MeetingKind[],
  ): readonly { readonly id: MeetingId; readonly meeting: MeetingState }[] {
    const over = new Set(['closed', 'posted', 'adjourned', 'cancelled'])
    return this.all(ledger, kinds).filter(({ meeting }) => !over.has(meeting.snapshot.value))
  }

  all(
    ledger: Origin,
    kinds: readonly MeetingKind[],
  ): readonly { readonly id: MeetingId; readonly meeting: MeetingState }[] {
    return this.#stage.watch
      .rows('meeting', [ledger])
      .map((row) => meetingIdSchema.parse(row.meeting))
      .map((id) => ({ id, meeting: this.#stage.watch.meeting(ledger, id) }))
      .filter(({ meeting }) => kinds.includes(meeting.kind))
  }

  /** Noticed, and the time has come. */
  due(ledger: Origin, kinds: readonly MeetingKind[]) {
    return this.under(ledger, kinds).filter(
      ({ meeting }) =>
        meeting.snapshot.value === 'noticed' &&
        meeting.notice !== undefined &&
        meeting.notice.heldAt <= this.#stage.now,
    )
  }

  act(ledger: Origin, id: MeetingId, by: By): (type: string, input: unknown) => Act {
    return (type, input) => ({ ledger, stream: meetingStream(id), type, by, input })
  }
}

/** What a delegate meeting has on its agenda a member meeting does not take up as well. */
const alike = (kind: MeetingKind): readonly MeetingKind[] =>
  kind === 'member' || kind === 'delegate' ? ['member', 'delegate'] : [kind]

const AGENDA_MAX = 20

/** One item a request, in the round it is in. */
export const agendaOf = (waiting: readonly WaitingRequest[]): readonly AgendaItem[] =>
  waiting.slice(0, AGENDA_MAX).map(({ id, request }, at) => ({
    item: `a${at + 1}`,
    title: `审议：${request.submission.purpose}`.slice(0, 120),
    request: id,
    round: request.snapshot.context.round,
  }))

/** Does the item's request still wait for this meeting? */
export function stillWaits(
  stage: Stage,
  ledger: Origin,
  meeting: MeetingState,
  item: AgendaItem,
): boolean {
  if (!('request' in item)) return true
  const request = stage.watch.request(ledger, item.request)
  return waitingIn(request, { ...meeting, round: item.round })
}

/** The first working day on or after a date. */
export function workingDayFrom(date: LocalDate): LocalDate {
  let day = date
  while (!isWorkingDay(presentCalendar, day)) day = addDays(day, 1)
  return day
}

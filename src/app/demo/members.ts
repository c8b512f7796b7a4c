// Member meetings: studied by the party organisation, open to comment where reserved, noticed, watched, counted and signed.
import type { MeetingKind } from '../../../workflows/meeting/v1/events.ts'
import type { AgendaItem } from '../../../workflows/meeting/v1/forms.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { mustRecuse } from '../../../workflows/meeting/v1/agenda.ts'
import { placeOf } from '../../../workflows/request/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import type { MeetingId, Origin } from '../../domain/ids.ts'
import { addDays, atShanghai, dateAt, type LocalDate } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import type { Stage } from './acting.ts'
import { attendance, type Came } from './attendance.ts'
import { countAll, type ItemCount, voteOnline } from './balloting.ts'
import type { Fates } from './fates.ts'
import { agendaOf, type Firm, firmsOf, type Meetings, stillWaits } from './meetings.ts'
import { pageOf } from './papers.ts'
import type { Random } from './random.ts'

/** Who decides for the cooperative: all members, or the delegates they elected (law 5.1). */
const ofMembers: readonly MeetingKind[] = ['member', 'delegate']

/** Natural days the law asks between notice and meeting, and between posting and meeting. */
const NOTICE_DAYS = 10
const CONSULT_DAYS = 15
/** Requests are gathered so long before the members are called. */
const GATHER_DAYS = 3

/** Of a thousand meetings. */
const ONLINE = 350

export class Members {
  readonly #stage: Stage
  readonly #meetings: Meetings
  readonly #fates: Fates
  #held = 0
  #votedDown = 0
  #failedQuorum = 0

  constructor(stage: Stage, meetings: Meetings, fates: Fates) {
    this.#stage = stage
    this.#meetings = meetings
    this.#fates = fates
  }

  /** Calls the members where something waits, and moves every meeting on that is being prepared. */
  async prepare(): Promise<void> {
    for (const firm of firmsOf(this.#stage)) {
      const [under] = this.#meetings.under(firm.ledger, ofMembers)
      if (under === undefined) await this.#callForRequests(firm)
      else await this.#moveOn(firm, under)
      await this.#finish(firm)
    }
  }

  /** A meeting over matters of the cooperative's own, at which authorities are approved. */
  async call(
    firm: Firm,
    agenda: readonly AgendaItem[],
    { title, kind = 'member' }: { readonly title: string; readonly kind?: 'member' | 'delegate' },
  ): Promise<MeetingId> {
    const id = this.#meetings.nextId(firm.ledger)
    this.#stage.pause()
    await this.#stage.act(
      this.#meetings.act(
        firm.ledger,
        id,
        firm.clerk,
      )('meeting.plan', {
        kind,
        organisation: firm.cooperative,
        title,
        agenda,
      }),
    )
    return id
  }

  async #callForRequests(firm: Firm): Promise<void> {
    const waiting = this.#meetings.waiting(firm, { kind: 'member', organisation: firm.cooperative })
    const long = waiting.some(
      ({ request }) => addDays(dateAt(request.since), GATHER_DAYS) <= this.#stage.today,
    )
    if (!long) return
    await this.call(firm, agendaOf(waiting), { title: '社员大会' })
  }

  async #moveOn(
    firm: Firm,
    { id, meeting }: { readonly id: MeetingId; readonly meeting: MeetingState },
  ): Promise<void> {
    const stage = this.#stage
    const act = this.#meetings.act(firm.ledger, id, firm.clerk)
    const [secretary] = stage.holders(firm.ledger, firm.cooperative, 'partySecretary')
    if (meeting.snapshot.value === 'planned' && secretary !== undefined) {
      stage.pause()
      const minutes = pageOf(`${firm.ledger} ${id} 党组织会议记录`)
      const studied = { opinion: '同意提交社员大会表决', minutes }
      await stage.act(this.#meetings.act(firm.ledger, id, secretary)('prestudy.record', studied))
    } else if (meeting.snapshot.value === 'studied') {
      stage.pause()
      const open = meeting.reserved.filter((item) => !meeting.consulted.has(item))
      if (open.length > 0) {
        const riskNote = pageOf(`${firm.ledger} ${id} 风险说明`)
        await stage.act(act('consultation.post', { items: open, place: '村务公开栏', riskNote }))
      } else await this.#notice(firm, id, meeting)
    }
  }

  async #notice(firm: Firm, id: MeetingId, meeting: MeetingState): Promise<void> {
    const stage = this.#stage
    const act = this.#meetings.act(firm.ledger, id, firm.clerk)
    const place = '村文化礼堂'
    const noticed = (on: LocalDate) => ({ heldAt: atShanghai(on, '18:30'), place, online: true })
    // now and then a clerk is in a hurry, and is told how many days the law asks
    if (stage.sources.random.of('hurry', firm.ledger, id).perMille(120)) {
      await stage.act({ ...act('meeting.notice', noticed(addDays(stage.today, 7))), daring: true })
    }
    const posted = [...meeting.consulted.values()].map((on) => addDays(on, CONSULT_DAYS))
    const earliest = [addDays(stage.today, NOTICE_DAYS), ...posted].reduce((a, b) =>
      a > b ? a : b,
    )
    await stage.act(act('meeting.notice', noticed(saturdayFrom(earliest))))
  }

  /** Decisions are signed for the shareholder and the result is posted, on the working days after. */
  async #finish({ ledger, cooperative, clerk }: Firm): Promise<void> {
    const stage = this.#stage
    for (const { id, meeting } of this.#meetings.all(ledger, ofMembers)) {
      const { value } = meeting.snapshot
      if (value !== 'closed' && value !== 'posted') continue
      const carried = meeting.agenda.filter(
        (item) =>
          !meeting.signed.includes(item.item) && this.#awaitsSignature(ledger, meeting, item),
      )
      const [representative] = stage.holders(ledger, cooperative, 'legalRepresentative')
      if (carried.length > 0 && representative !== undefined) {
        stage.pause()
        const items = carried.map(({ item }) => item)
        const document = pageOf(`${ledger} ${id} 股东决定书 ${items.join(' ')}`)
        await stage.act(
          this.#meetings.act(
            ledger,
            id,
            representative,
          )('shareholderDecision.sign', { items, document }),
        )
      } else if (value === 'closed') {
        stage.pause()
        const notice = pageOf(`${ledger} ${id} 表决结果公告`)
        await stage.act(
          this.#meetings.act(ledger, id, clerk)('result.post', { place: '村务公开栏', notice }),
        )
      }
    }
  }

  #awaitsSignature(ledger: Origin, { outcomes }: MeetingState, item: AgendaItem): boolean {
    const outcome = outcomes.find((one) => one.item === item.item)?.outcome
    if (outcome !== 'passed') return false
    if (!('request' in item)) return item.authority !== undefined
    const request = this.#stage.watch.request(ledger, item.request)
    const place = placeOf(request)
    const waits =
      place === 'memberVote.carried' ||
      place === 'boardReview.referred' ||
      request.emergency.carried
    return waits && request.snapshot.context.round === item.round
  }

  async hold(): Promise<void> {
    for (const firm of firmsOf(this.#stage)) {
      for (const { id, meeting } of this.#meetings.due(firm.ledger, ofMembers)) {
        await this.#meet(firm, id, meeting)
      }
    }
  }

  async #meet(firm: Firm, id: MeetingId, meeting: MeetingState): Promise<void> {
    const { ledger, cooperative, clerk } = firm
    const stage = this.#stage
    const [watcher] = stage.holders(ledger, cooperative, 'coopSupervisor')
    const [chair] = stage.holders(ledger, cooperative, 'councillor')
    if (watcher === undefined || chair === undefined) return
    const on = (by: By) => this.#meetings.act(ledger, id, by)
    stage.pause()
    if (!(await stage.act(on(clerk)('meeting.open', { watcher: watcher.office })))) return
    this.#held += 1
    const came = this.#whoCame(ledger, id, meeting)
    stage.pause()
    await stage.act(on(clerk)('attendance.record', came.sheet))
    const [one, other] = stage.holders(ledger, cooperative, 'teller')
    if (came.quorate && one !== undefined && other !== undefined) {
      const counted = meeting.agenda.filter((item) => stillWaits(stage, ledger, meeting, item))
      const counts = counted.map((item) => ({
        item: item.item,
        ...this.#count(ledger, item, came),
      }))
      const { online } = came
      if (online.length > 0) {
        const voting = { ledger, meeting: id, agenda: meeting.agenda, counts }
        await voteOnline(stage, voting, online)
        await stage.act(on(clerk)('voting.close', {}))
      }
      stage.pause()
      const tellers = [one, other] as const
      await countAll(stage, { ledger, meeting: id, tellers, online: online.length }, counts)
    }
    stage.pause()
    await stage.act(on(watcher)('tally.countersign', {}))
    stage.pause()
    // whom an item concerns does not declare its result: who watched does
    const roster = stage.roster(ledger)
    const concerned = meeting.agenda.some(
      (item) =>
        'request' in item &&
        mustRecuse(roster, stage.watch.request(ledger, item.request), chair.person),
    )
    const closer = concerned ? watcher : chair
    const minutes = pageOf(`${ledger} ${id} 会议记录`)
    await stage.act(on(closer)('meeting.close', { minutes }))
  }

  /** Once in the demonstration too few come (流会), at a meeting that only requests wait for. */
  #whoCame(ledger: Origin, id: MeetingId, meeting: MeetingState): Came {
    const stage = this.#stage
    const random = stage.sources.random.of('attendance', ledger, id)
    const roster = stage.watch.roster(ledger)
    const ofRequests = meeting.agenda.every((item) => 'request' in item)
    const fails = ofRequests && this.#failedQuorum === 0 && this.#held > 3
    if (fails) this.#failedQuorum += 1
    const delegates = meeting.kind === 'delegate'
    const turnout = fails
      ? { percent: random.between(40, 50), proxies: 80 }
      : { percent: random.between(78, 92), proxies: 600, ...this.#online(random, meeting) }
    const digest = `${ledger} ${id} 签到册`
    return attendance(roster, { random, ...turnout, delegates, on: stage.today, digest })
  }

  /** At some of the meetings a few of those who are away vote online. */
  #online(random: Random, { notice }: MeetingState): { readonly online: number } {
    const some = notice?.online === true && random.of('online').perMille(ONLINE)
    return { online: some ? random.of('online', 'few').between(3, 7) : 0 }
  }

  /** Carried by far more than two thirds of the roll, but for the one request that is voted down. */
  #count(ledger: Origin, item: AgendaItem, { present }: Came): Omit<ItemCount, 'item'> {
    const random = this.#stage.sources.random.of('tally', ledger, item.title)
    const down = 'request' in item && this.#mayVoteDown(ledger, item.request)
    if (down) this.#votedDown += 1
    const against = down ? Math.ceil(present / 2) : random.below(Math.floor(present / 40) + 1)
    const abstain = random.below(Math.floor(present / 40) + 1)
    return { down, for: present - against - abstain, against, abstain }
  }

  #mayVoteDown(ledger: Origin, request: Parameters<Fates['isPlain']>[1]): boolean {
    return this.#votedDown === 0 && this.#held > 5 && !this.#fates.isPlain(ledger, request)
  }
}

const holidays: ReadonlySet<LocalDate> = new Set(presentCalendar.years.flatMap(({ off }) => off))

/** The first Saturday on or after a date that is no holiday. */
function saturdayFrom(date: LocalDate): LocalDate {
  let day = date
  while (new Date(`${day}T00:00:00.000Z`).getUTCDay() !== 6 || holidays.has(day))
    day = addDays(day, 1)
  return day
}

// Company boards meet once a week over what waits for them; the council takes what a board may not decide itself. Supervisors
// and boards meet over other matters when they are called.
import type { AgendaItem } from '../../../workflows/meeting/v1/forms.ts'
import type { MeetingState } from '../../../workflows/meeting/v1/fold.ts'
import { concernedBy, mustRecuse } from '../../../workflows/meeting/v1/agenda.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import type { MeetingId, Origin } from '../../domain/ids.ts'
import type { OfficeKind } from '../../domain/office.ts'
import { addDays, atShanghai } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import type { Fates } from './fates.ts'
import {
  agendaOf,
  type Firm,
  firmsOf,
  type Meetings,
  stillWaits,
  workingDayFrom,
} from './meetings.ts'
import { pageOf } from './papers.ts'

type Kind = 'board' | 'council' | 'supervisors'
const kinds: readonly Kind[] = ['board', 'council', 'supervisors']
const sitting: Readonly<Record<Kind, OfficeKind>> = {
  board: 'director',
  council: 'councillor',
  supervisors: 'supervisor',
}
const titles: Readonly<Record<Kind, string>> = {
  board: '董事会会议',
  council: '理事会会议',
  supervisors: '监事会会议',
}

interface Item {
  readonly item: string
  readonly request: Request | undefined
  readonly failing: boolean
}

interface Room {
  readonly ledger: Origin
  readonly id: MeetingId
  readonly meeting: MeetingState
  /** Who came, the chair first. */
  readonly present: readonly By[]
  /** A director who stays away, and in writing asks one of those who came to vote for them (law 7.10). */
  readonly proxy: { readonly seat: By; readonly holder: By } | undefined
  readonly seats: number
  /** What can still be voted on. */
  readonly items: readonly Item[]
}

/** Boards that came off before the one that does not. */
const HELD_BEFORE = 8

export class Boards {
  readonly #stage: Stage
  readonly #meetings: Meetings
  readonly #fates: Fates
  #held = 0
  #adjourned = false

  constructor(stage: Stage, meetings: Meetings, fates: Fates) {
    this.#stage = stage
    this.#meetings = meetings
    this.#fates = fates
  }

  /** Each company has its weekday; the meeting is two days later. */
  async plan(): Promise<void> {
    const weekday = new Date(`${this.#stage.today}T00:00:00.000Z`).getUTCDay()
    for (const [at, firm] of firmsOf(this.#stage).entries()) {
      if (weekday !== (at % 3) + 1) continue
      await this.#call(firm, 'board')
      await this.#call(firm, 'council')
    }
  }

  async #call(firm: Firm, kind: 'board' | 'council'): Promise<void> {
    const organisation = kind === 'board' ? firm.company : firm.cooperative
    const waiting = this.#meetings.waiting(firm, { kind, organisation })
    if (waiting.length > 0) await this.convene(firm, kind, agendaOf(waiting))
  }

  /** Calls an organ together for the afternoon two days from now. */
  async convene(firm: Firm, kind: Kind, agenda: readonly AgendaItem[]): Promise<MeetingId> {
    const stage = this.#stage
    const organisation = kind === 'council' ? firm.cooperative : firm.company
    const id = this.#meetings.nextId(firm.ledger)
    const act = this.#meetings.act(firm.ledger, id, firm.clerk)
    stage.pause()
    const heldAt = atShanghai(workingDayFrom(addDays(stage.today, 2)), '14:00')
    await stage.together([
      act('meeting.plan', { kind, organisation, title: titles[kind], agenda }),
      act('meeting.notice', { heldAt, place: '村委会三楼会议室', online: true }),
    ])
    return id
  }

  async hold(): Promise<void> {
    for (const { ledger, clerk } of firmsOf(this.#stage)) {
      for (const { id, meeting } of this.#meetings.due(ledger, kinds)) {
        await this.#meet(this.#room(ledger, id, meeting), clerk)
      }
    }
  }

  #room(ledger: Origin, id: MeetingId, meeting: MeetingState): Room {
    const stage = this.#stage
    const kind = kinds.find((one) => one === meeting.kind) ?? 'board'
    const seated = stage.holders(ledger, meeting.organisation, sitting[kind])
    const items = meeting.agenda
      .filter((item) => stillWaits(stage, ledger, meeting, item))
      .map((item): Item => {
        if (!('request' in item)) return { item: item.item, request: undefined, failing: false }
        const failing = this.#fates.strikes(ledger, item.request, 'rejectedByBoard')
        return { item: item.item, request: stage.watch.request(ledger, item.request), failing }
      })
    const present = this.#whoCame(id, seated, items)
    const room = { ledger, id, meeting, items, seats: seated.length, present }
    const away = seated.find((by) => !present.includes(by))
    const proxy = away === undefined || kind !== 'board' ? undefined : this.#proxy(room, away)
    return { ...room, proxy }
  }

  /** Only where no item concerns either of the two: the rules look at both (law 7.16). */
  #proxy({ ledger, items, present }: Omit<Room, 'proxy'>, seat: By): Room['proxy'] {
    const roster = this.#stage.roster(ledger)
    const [, holder] = present
    const free = ({ person }: By): boolean =>
      items.every(({ request }) => request === undefined || !mustRecuse(roster, request, person))
    return holder !== undefined && free(seat) && free(holder) ? { seat, holder } : undefined
  }

  /** At most one is missing, never the chair, and nobody where every voice is needed. */
  #whoCame(id: MeetingId, seated: readonly By[], items: readonly Item[]): readonly By[] {
    const random = this.#stage.sources.random.of('present', id, seated[0]?.person ?? '')
    const needed = items.some(({ request }) => request?.related === true)
    if (needed || seated.length < 3 || !random.perMille(150)) return seated
    const missing = random.between(1, seated.length - 1)
    return seated.filter((_by, at) => at !== missing)
  }

  async #meet(room: Room, clerk: By): Promise<void> {
    const stage = this.#stage
    const { ledger, id, present } = room
    const on = (by: By) => this.#meetings.act(ledger, id, by)
    stage.pause()
    if (!(await stage.act(on(clerk)('meeting.open', {})))) return
    this.#held += 1
    if (this.#comesToNothing(room)) return this.#adjourn(room, clerk)
    stage.pause()
    const random = stage.sources.random.of('online', ledger, id)
    const method = () => (random.perMille(120) ? 'online' : 'onSite')
    await stage.together([
      ...present.map((by) => on(by)('attendance.record', { as: 'seat', method: method() })),
      ...present.flatMap((by) => this.#recusals(room, by)),
      ...this.#representation(room),
    ])
    stage.pause()
    await stage.together([
      ...present.flatMap((by, at) => this.#ballot(room, by, at)),
      ...this.#ballotByProxy(room),
    ])
    stage.pause()
    const closer = this.#closer(room)
    if (closer === undefined) return
    const minutes = pageOf(`${ledger} ${id} 会议记录`)
    const others = present.filter((by) => by !== closer)
    await stage.together(others.map((by) => on(by)('minutes.sign', { minutes })))
    stage.pause()
    await stage.act(on(closer)('meeting.close', { minutes }))
  }

  /** The chair, or the first whom nothing concerns where something concerns the chair. */
  #closer({ ledger, items, present }: Room): By | undefined {
    const roster = this.#stage.roster(ledger)
    const free = ({ person }: By): boolean =>
      items.every(({ request }) => request === undefined || !mustRecuse(roster, request, person))
    return present.find(free) ?? present[0]
  }

  /** Once in the demonstration nobody comes to a board but its chair; what it was called for waits for the next. */
  #comesToNothing({ meeting, items }: Room): boolean {
    const plain = items.every(
      ({ request, failing }) => request !== undefined && !request.related && !failing,
    )
    return meeting.kind === 'board' && plain && !this.#adjourned && this.#held > HELD_BEFORE
  }

  async #adjourn({ ledger, id, present }: Room, clerk: By): Promise<void> {
    this.#adjourned = true
    const stage = this.#stage
    const on = (by: By) => this.#meetings.act(ledger, id, by)
    const [chair] = present
    if (chair !== undefined)
      await stage.act(on(chair)('attendance.record', { as: 'seat', method: 'onSite' }))
    stage.pause()
    await stage.act(on(clerk)('meeting.adjourn', { reason: '到会董事未过半数' }))
  }

  #representation({ ledger, id, proxy }: Room): readonly Act[] {
    if (proxy === undefined) return []
    const paper = pageOf(`${ledger} ${id} ${proxy.seat.office} 董事委托书`)
    const act = this.#meetings.act(ledger, id, proxy.holder)
    return [act('representation.record', { office: proxy.seat.office, paper })]
  }

  #ballotByProxy({ ledger, id, items, proxy }: Room): readonly Act[] {
    if (proxy === undefined || items.length === 0) return []
    const choices = items.map(({ item, failing }) => ({
      item,
      choice: failing ? 'against' : 'for',
    }))
    const act = this.#meetings.act(ledger, id, proxy.holder)
    return [act('ballot.cast', { seat: proxy.seat.office, choices })]
  }

  /** Whom the deal concerns tries to vote all the same, is told no, and recuses. */
  #recusals({ ledger, id, items }: Room, by: By): readonly Act[] {
    const on = this.#meetings.act(ledger, id, by)
    const roster = this.#stage.watch.roster(ledger)
    const concerned = items.filter(
      ({ request }) => request !== undefined && mustRecuse(roster, request, by.person),
    )
    const related = concerned.filter(
      ({ request }) => request !== undefined && concernedBy(roster, request).includes(by.person),
    )
    const tried = related.map(({ item }): Act => ({
      ...on('ballot.cast', { choices: [{ item, choice: 'for' }] }),
      daring: true,
    }))
    const handled = concerned.filter((one) => !related.includes(one))
    return [
      ...tried,
      ...recusal(related, 'related', '收款单位由本人近亲属控制'),
      ...recusal(handled, 'handled', '本人为该申请的签发人'),
    ].map((one) => ('by' in one ? one : on('recusal.declare', one)))
  }

  #ballot({ ledger, id, items, present, seats }: Room, by: By, at: number): readonly Act[] {
    const random = this.#stage.sources.random.of('ballot', ledger, id)
    const roster = this.#stage.watch.roster(ledger)
    const mine = items.filter(
      ({ request }) => request === undefined || !mustRecuse(roster, request, by.person),
    )
    if (mine.length === 0) return []
    const choices = mine.map(({ item, request, failing }) => {
      const open = present.filter(
        ({ person }) => request === undefined || !mustRecuse(roster, request, person),
      )
      // where all sit and vote, one of them may hold back and it still carries
      const abstains = open.length === seats && at === seats - 1 && random.of(item).perMille(80)
      return { item, choice: failing ? 'against' : abstains ? 'abstain' : 'for' }
    })
    return [this.#meetings.act(ledger, id, by)('ballot.cast', { choices })]
  }
}

function recusal(items: readonly Item[], ground: 'related' | 'handled', reason: string) {
  return items.length === 0 ? [] : [{ items: items.map(({ item }) => item), ground, reason }]
}

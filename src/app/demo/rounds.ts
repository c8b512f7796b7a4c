// The discipline committee's rounds: announced, drawn by lot, examined and concluded. A quarter over all villages; beside
// it some over one village: special ones without the notice, and ones that look again at what an earlier one found.
import {
  type InspectionState,
  mustExamine,
  notReviewed,
} from '../../../workflows/inspection/v1/fold.ts'
import { inspectionIdSchema, type RequestId } from '../../domain/ids.ts'
import { atLeast } from '../../domain/money.ts'
import { addDays, atShanghai, type LocalDate } from '../../domain/time.ts'
import type { Stage } from './acting.ts'
import { workingDayFrom } from './meetings.ts'
import { digestOf } from './papers.ts'
import { Rectifying } from './rectifying.ts'
import { companiesOf, type Ended, onRound, populationOf, type Round, stateOf } from './round.ts'
import { faultOf, overspending, standsOut } from './suspicions.ts'

const NOTICE_DAYS = 5
const EXAMINING_DAYS = 3
/** Requests and picks of one command. */
const COVER_AT_ONCE = 100
const PICKS_MAX = 40

const date = (text: string): LocalDate => text as LocalDate

/** A round over one village beside the quarters. */
interface Special extends Pick<Round, 'kind' | 'from' | 'to' | 'waiver' | 'calledOff'> {
  readonly on: LocalDate
  /** Which of the villages. */
  readonly village: number
}

const specials: readonly Special[] = [
  {
    on: date('2025-05-19'),
    kind: 'special',
    village: 0,
    from: date('2025-03-01'),
    to: date('2025-04-30'),
    calledOff: true,
  },
  {
    on: date('2025-08-25'),
    kind: 'special',
    village: 1,
    from: date('2025-06-01'),
    to: date('2025-08-15'),
    waiver: '接群众反映，须即时查看票据原件，提前通知可能影响检查',
  },
  {
    on: date('2025-12-08'),
    kind: 'followUp',
    village: 1,
    from: date('2025-10-01'),
    to: date('2025-11-30'),
  },
]

export class Rounds {
  readonly #stage: Stage
  readonly #rectifying: Rectifying
  readonly #rounds: Round[] = []
  #quarters = 0
  #coveredTo: LocalDate | undefined
  /** Still to be planned, by date. */
  #specials: readonly Special[]

  /** `until`: the last day anything beside the quarters is planned on. */
  constructor(stage: Stage, until: string) {
    this.#stage = stage
    this.#specials = specials.filter(({ on }) => on <= until)
    this.#rectifying = new Rectifying(stage)
  }

  /** Plans a round over every village for flows that ended in the period. */
  async plan(from: LocalDate, to: LocalDate): Promise<void> {
    this.#quarters += 1
    const campaign = `${to.slice(0, 4)}年第${this.#quarters}轮村办公司支出检查`
    for (const ledger of this.#stage.villages)
      await this.#plan({ ledger, kind: 'periodic', from, to }, { campaign })
    this.#coveredTo = to
  }

  /** What is planned for one village on its day, once what it follows is concluded. */
  async #planSpecials(): Promise<void> {
    const [special, ...later] = this.#specials
    const { today, villages } = this.#stage
    const ledger = special === undefined ? undefined : villages[special.village]
    if (special === undefined || ledger === undefined || today < special.on) return
    const { kind, from, to, waiver, calledOff } = special
    const followed =
      kind === 'followUp'
        ? this.#rounds.findLast((round) => round.ledger === ledger && round.kind === 'special')
        : undefined
    this.#specials = later
    const rest = {
      ...(waiver === undefined ? {} : { waiver }),
      ...(calledOff === undefined ? {} : { calledOff }),
    }
    const follows = followed === undefined ? {} : { follows: followed.id }
    await this.#plan({ ledger, kind, from, to, ...rest }, follows)
  }

  async #plan(
    about: Pick<Round, 'ledger' | 'kind' | 'from' | 'to' | 'waiver' | 'calledOff'>,
    more: { readonly campaign?: string; readonly follows?: string },
  ): Promise<void> {
    const stage = this.#stage
    const { ledger, kind, from, to } = about
    const before = this.#rounds.filter((round) => round.ledger === ledger)
    const number = before.length + 1
    // the next of its year, as everywhere
    const year = `i-${stage.today.slice(0, 4)}-`
    const ofYear = before.filter((round) => round.id.startsWith(year)).length + 1
    const id = inspectionIdSchema.parse(`${year}${String(ofYear).padStart(2, '0')}`)
    const [secretary] = stage.inTownship('disciplineSecretary')
    const random = stage.sources.random.of('round', ledger, id)
    const secret = Buffer.from(random.of('secret').bytes(24)).toString('base64url')
    const inspectors = stage.inTownship('inspector')
    const at = stage.villages.indexOf(ledger)
    // another one stays away each time: somebody must be left who did not raise what is closed out
    const team = inspectors.filter((_by, i) => i !== (number + at) % inspectors.length)
    const [lead] = team
    if (lead === undefined || secretary === undefined) throw new Error('nobody could inspect')
    const round = { ...about, id, lead, team, secret, random }
    stage.pause()
    const input = {
      kind,
      period: { from, to },
      companies: companiesOf(stage, ledger),
      inspectors: team.map(({ office, person }) => ({ office, person })),
      ...more,
    }
    await stage.act(onRound(round, secretary, { type: 'inspection.plan', input }))
    this.#rounds.push(round)
  }

  /** The last day any quarter covers; flows that end later wait for the next. */
  get coveredTo(): LocalDate | undefined {
    return this.#coveredTo
  }

  async work(): Promise<void> {
    await this.#planSpecials()
    for (const round of this.#rounds) {
      const state = stateOf(this.#stage, round)
      if (state === undefined) continue
      await this.#moveOn(round, state)
      await this.#rectifying.work(round, state)
    }
  }

  async #moveOn(round: Round, { snapshot, notice }: InspectionState): Promise<void> {
    if (snapshot.value === 'planned') return this.#notice(round)
    if (notice === undefined) return
    if (round.calledOff === true && snapshot.value === 'noticed') return this.#callOff(round)
    const { now, today } = this.#stage
    const { drawAfter, startsOn } = notice
    if (snapshot.value === 'noticed' && drawAfter < now) await this.#draw(round)
    if (snapshot.value === 'drawn' && startsOn <= today)
      await this.#lead(round, 'inspection.start', {})
    const looked = addDays(startsOn, EXAMINING_DAYS) <= today
    if (snapshot.value === 'underway' && looked) await this.#examine(round)
  }

  async #notice(round: Round): Promise<void> {
    const { today } = this.#stage
    const commitment = digestOf(round.secret)
    const { waiver } = round
    const times =
      waiver === undefined
        ? {
            startsOn: workingDayFrom(addDays(today, NOTICE_DAYS)),
            drawAfter: atShanghai(addDays(today, 1), '12:00'),
          }
        : {
            startsOn: workingDayFrom(addDays(today, 1)),
            drawAfter: atShanghai(today, '12:00'),
            waiver,
          }
    await this.#lead(round, 'inspection.notice', { ...times, commitment })
  }

  async #callOff(round: Round): Promise<void> {
    const [secretary] = this.#stage.inTownship('disciplineSecretary')
    if (secretary === undefined) return
    this.#stage.pause()
    const input = { reason: '与区级巡察时间重叠，本轮取消' }
    await this.#stage.act(onRound(round, secretary, { type: 'inspection.cancel', input }))
  }

  /** The lot and what stands out beside it. Refused while the ledger has no new checkpoint since the notice's instant. */
  async #draw(round: Round): Promise<void> {
    const picks = populationOf(this.#stage, round)
      .flatMap(({ id, request }) => {
        const reason = standsOut(request)
        return reason === undefined ? [] : [{ request: id, reason }]
      })
      .slice(0, PICKS_MAX)
    const input = { secret: round.secret, picks }
    this.#stage.pause()
    const act = onRound(round, round.lead, { type: 'inspection.draw', input })
    await this.#stage.act({ ...act, daring: true })
  }

  /** Findings first, then the whole population in batches, then the conclusion. */
  async #examine(round: Round): Promise<void> {
    const state = stateOf(this.#stage, round)
    if (state === undefined) return
    const population = populationOf(this.#stage, round)
    const chosen = population.filter(({ id }) => mustExamine(state, id))
    const found = await this.#raise(round, chosen)
    const examined = chosen.map(({ id }) => ({
      request: id,
      result: found.has(id) ? 'finding' : 'noFinding',
    }))
    const notExamined = population.map(({ id }) => id).filter((id) => !mustExamine(state, id))
    for (let at = 0; at < Math.max(examined.length, notExamined.length); at += COVER_AT_ONCE) {
      await this.#lead(round, 'inspection.cover', {
        notExamined: notExamined.slice(at, at + COVER_AT_ONCE),
        examined: examined.slice(at, at + COVER_AT_ONCE),
      })
    }
    await this.#review(round, state)
    const summary = `抽查${examined.length}件，提出问题${found.size}个，均已交办整改`
    // who covered it does not conclude it as well
    const concluder = round.team.find(({ person }) => person !== round.lead.person) ?? round.lead
    this.#stage.pause()
    const input = { summary }
    await this.#stage.act(onRound(round, concluder, { type: 'inspection.conclude', input }))
  }

  /** What the followed round has closed out is looked at again, and has lasted. */
  async #review(round: Round, state: InspectionState): Promise<void> {
    const { plan } = state
    if (plan.kind !== 'followUp') return
    const followed = this.#stage.watch.inspection(round.ledger, plan.follows)
    if (followed === undefined) return
    for (const { id } of notReviewed(state, followed)) {
      const input = { round: plan.follows, finding: id, remark: '整改成果保持，未见反弹' }
      await this.#lead(round, 'finding.review', input)
    }
  }

  async #raise(round: Round, chosen: readonly Ended[]): Promise<ReadonlySet<RequestId>> {
    const found = new Set<RequestId>()
    // a special round comes for something
    const worst = round.kind === 'special' ? chosen.find(isPaid) : undefined
    for (const { id, request } of chosen) {
      const grave = id === worst?.id ? overspending : undefined
      const what = grave ?? faultOf(request, round.random.of('finding', id))
      if (what === undefined) continue
      if (await this.#lead(round, 'finding.raise', { request: id, ...what })) found.add(id)
    }
    return found
  }

  async #lead(round: Round, type: string, input: unknown): Promise<boolean> {
    this.#stage.pause()
    return this.#stage.act(onRound(round, round.lead, { type, input }))
  }
}

/** Money went out, enough of it for some to come back. */
const isPaid = ({ request }: Ended): boolean =>
  request.paidOn !== undefined && atLeast(request.submission.amount, overspending.recover)

// The discipline committee's rounds: a quarter is announced, drawn by lot, examined and concluded.
import { type InspectionState, mustExamine } from '../../../workflows/inspection/v1/fold.ts'
import { inspectionIdSchema, type RequestId } from '../../domain/ids.ts'
import { addDays, atShanghai, type LocalDate } from '../../domain/time.ts'
import type { Stage } from './acting.ts'
import { workingDayFrom } from './meetings.ts'
import { digestOf } from './papers.ts'
import { Rectifying } from './rectifying.ts'
import { companiesOf, type Ended, onRound, populationOf, type Round, stateOf } from './round.ts'
import { faultOf, standsOut } from './suspicions.ts'

const NOTICE_DAYS = 5
const EXAMINING_DAYS = 3
/** Requests and picks of one command. */
const COVER_AT_ONCE = 100
const PICKS_MAX = 40

export class Rounds {
  readonly #stage: Stage
  readonly #rectifying: Rectifying
  readonly #rounds: Round[] = []

  constructor(stage: Stage) {
    this.#stage = stage
    this.#rectifying = new Rectifying(stage)
  }

  /** Plans a round over every village for flows that ended in the period. */
  async plan(from: LocalDate, to: LocalDate): Promise<void> {
    const stage = this.#stage
    const number = this.#rounds.length / stage.villages.length + 1
    const id = inspectionIdSchema.parse(`i-${to.slice(0, 4)}-${String(number).padStart(2, '0')}`)
    const [secretary] = stage.inTownship('disciplineSecretary')
    for (const [at, ledger] of stage.villages.entries()) {
      const random = stage.sources.random.of('round', ledger, id)
      const secret = Buffer.from(random.of('secret').bytes(24)).toString('base64url')
      const inspectors = stage.inTownship('inspector')
      // another one stays away each time: somebody must be left who did not raise what is closed out
      const team = inspectors.filter((_by, i) => i !== (number + at) % inspectors.length)
      const [lead] = team
      if (lead === undefined || secretary === undefined) throw new Error('nobody could inspect')
      const round = { ledger, id, from, to, lead, team, secret, random }
      stage.pause()
      const input = {
        kind: 'periodic',
        period: { from, to },
        companies: companiesOf(stage, ledger),
        inspectors: team.map(({ office, person }) => ({ office, person })),
        campaign: `${to.slice(0, 4)}年第${number}轮村办公司支出检查`,
      }
      await stage.act(onRound(round, secretary, { type: 'inspection.plan', input }))
      this.#rounds.push(round)
    }
  }

  /** The last day any round covers; flows that end later wait for the next. */
  get coveredTo(): LocalDate | undefined {
    return this.#rounds.at(-1)?.to
  }

  async work(): Promise<void> {
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
    await this.#lead(round, 'inspection.notice', {
      startsOn: workingDayFrom(addDays(today, NOTICE_DAYS)),
      drawAfter: atShanghai(addDays(today, 1), '12:00'),
      commitment: digestOf(round.secret),
    })
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
    const summary = `抽查${examined.length}件，提出问题${found.size}个，均已交办整改`
    await this.#lead(round, 'inspection.conclude', { summary })
  }

  async #raise(round: Round, chosen: readonly Ended[]): Promise<ReadonlySet<RequestId>> {
    const found = new Set<RequestId>()
    for (const { id, request } of chosen) {
      const what = faultOf(request, round.random.of('finding', id))
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

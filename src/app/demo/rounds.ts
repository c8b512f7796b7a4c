// The discipline committee's rounds: a quarter is announced, drawn by lot, examined and concluded, and what was found is put
// right and closed out by another inspector.
import {
  type Finding,
  type InspectionState,
  mustExamine,
} from '../../../workflows/inspection/v1/fold.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import type { Fault, FindingKind } from '../../domain/finding.ts'
import {
  type InspectionId,
  inspectionIdSchema,
  inspectionStream,
  type OrganisationId,
  type Origin,
  type RequestId,
  requestIdSchema,
} from '../../domain/ids.ts'
import { above, atLeast, moneySchema } from '../../domain/money.ts'
import { addDays, atShanghai, type LocalDate } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import { workingDayFrom } from './meetings.ts'
import { digestOf } from './papers.ts'
import type { Random } from './random.ts'

/** One round in one village. */
interface Round {
  readonly ledger: Origin
  readonly id: InspectionId
  readonly from: LocalDate
  readonly to: LocalDate
  /** Two of the inspectors; the others close out. */
  readonly team: readonly By[]
  readonly secret: string
  readonly random: Random
}

const NOTICE_DAYS = 5
const EXAMINING_DAYS = 3
const COVER_AT_ONCE = 100

export class Rounds {
  readonly #stage: Stage
  readonly #rounds: Round[] = []

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** Plans a round over every village for flows that ended in the period. */
  async plan(from: LocalDate, to: LocalDate): Promise<void> {
    const stage = this.#stage
    const inspectors = stage.inTownship('inspector')
    const [secretary] = stage.inTownship('disciplineSecretary')
    if (secretary === undefined) throw new Error('the township has no discipline secretary')
    const number = this.#rounds.length / stage.villages.length + 1
    const id = inspectionIdSchema.parse(`i-${to.slice(0, 4)}-${String(number).padStart(2, '0')}`)
    for (const [at, ledger] of stage.villages.entries()) {
      const random = stage.sources.random.of('round', ledger, id)
      const team = inspectors.filter((_by, i) => i !== (number + at) % inspectors.length)
      const secret = Buffer.from(random.of('secret').bytes(24)).toString('base64url')
      const round = { ledger, id, from, to, team, secret, random }
      stage.pause()
      await stage.act(
        this.#act(round, secretary, 'inspection.plan', {
          kind: 'periodic',
          period: { from, to },
          companies: this.#companies(ledger),
          inspectors: team.map(({ office, person }) => ({ office, person })),
          campaign: `${to.slice(0, 4)}年第${number}轮村办公司支出检查`,
        }),
      )
      this.#rounds.push(round)
    }
  }

  /** The last day any round covers; flows that end later wait for the next. */
  get coveredTo(): LocalDate | undefined {
    return this.#rounds.at(-1)?.to
  }

  /** Is everything of every round done, findings too? */
  get settled(): boolean {
    return this.#rounds.every((round) => {
      const state = this.#state(round)
      const open = [...(state?.findings.values() ?? [])].some(
        ({ snapshot }) => snapshot.value !== 'verified',
      )
      return state?.snapshot.value === 'concluded' && !open
    })
  }

  async work(): Promise<void> {
    for (const round of this.#rounds) {
      const state = this.#state(round)
      if (state === undefined) continue
      await this.#moveOn(round, state)
      await this.#findings(round, state)
    }
  }

  async #moveOn(round: Round, state: InspectionState): Promise<void> {
    const { today } = this.#stage
    const startsOn = state.notice?.startsOn
    switch (state.snapshot.value) {
      case 'planned':
        return this.#notice(round)
      case 'noticed':
        if (state.notice !== undefined && state.notice.drawAfter < this.#stage.now)
          await this.#draw(round)
        return
      case 'drawn':
        if (startsOn !== undefined && startsOn <= today)
          await this.#lead(round, 'inspection.start', {})
        return
      case 'underway':
        if (startsOn !== undefined && addDays(startsOn, EXAMINING_DAYS) <= today) {
          await this.#examine(round, state)
        }
        return
      default:
        return
    }
  }

  async #notice(round: Round): Promise<void> {
    const { today } = this.#stage
    await this.#lead(round, 'inspection.notice', {
      startsOn: workingDayFrom(addDays(today, NOTICE_DAYS)),
      drawAfter: atShanghai(addDays(today, 1), '12:00'),
      commitment: digestOf(round.secret),
    })
  }

  /** The lot, and beside it what stands out: related parties, and parts that each stay just below a line. */
  async #draw(round: Round): Promise<void> {
    const picks = this.#population(round)
      .flatMap(({ id, request }) => {
        const reason = standsOut(request)
        return reason === undefined ? [] : [{ request: id, reason }]
      })
      .slice(0, 40)
    // tried at once, and refused while the ledger has no new checkpoint since the instant of the notice
    const [lead] = round.team
    if (lead === undefined) return
    const act = this.#act(round, lead, 'inspection.draw', { secret: round.secret, picks })
    this.#stage.pause()
    await this.#stage.act({ ...act, daring: true })
  }

  /** Findings first, then the whole population in batches, then the conclusion. */
  async #examine(round: Round, state: InspectionState): Promise<void> {
    const population = this.#population(round)
    const examined = population.filter(({ id }) => mustExamine(state, id))
    const found = await this.#raise(round, examined)
    const results = examined.map(({ id }) => ({
      request: id,
      result: found.has(id) ? ('finding' as const) : ('noFinding' as const),
    }))
    const passedOver = population.filter(({ id }) => !mustExamine(state, id)).map(({ id }) => id)
    for (
      let at = 0;
      at === 0 || at < Math.max(results.length, passedOver.length);
      at += COVER_AT_ONCE
    ) {
      const batch = {
        notExamined: passedOver.slice(at, at + COVER_AT_ONCE),
        examined: results.slice(at, at + COVER_AT_ONCE),
      }
      if (batch.notExamined.length + batch.examined.length === 0) continue
      await this.#lead(round, 'inspection.cover', batch)
    }
    const summary = `抽查${results.length}件，提出问题${found.size}个，均已交办整改`
    await this.#lead(round, 'inspection.conclude', { summary })
  }

  async #raise(
    round: Round,
    examined: readonly { readonly id: RequestId; readonly request: Request }[],
  ): Promise<ReadonlySet<RequestId>> {
    const found = new Set<RequestId>()
    for (const { id, request } of examined) {
      const what = faultOf(request, round.random.of('finding', id))
      if (what === undefined) continue
      if (await this.#lead(round, 'finding.raise', { request: id, ...what })) found.add(id)
    }
    return found
  }

  /** Answered by the company in its time, then looked at by an inspector who did not raise it. */
  async #findings(round: Round, state: InspectionState): Promise<void> {
    for (const finding of state.findings.values()) {
      const act = this.#nextOn(round, finding)
      if (act === undefined) continue
      this.#stage.pause()
      await this.#stage.act(act)
      await this.#tryOwn(round, finding)
    }
  }

  #nextOn(round: Round, finding: Finding): Act | undefined {
    const { id, snapshot, raiser, dueOn } = finding
    const { today } = this.#stage
    const random = round.random.of('answer', id, today)
    const [clerk] = this.#answering(round, finding)
    switch (snapshot.value) {
      case 'raised':
      case 'reopened':
        // a few days at least, and never later than its limit
        if (clerk === undefined || (!random.perMille(90) && addDays(today, 3) < dueOn))
          return undefined
        return this.#act(round, clerk, 'finding.answer', {
          finding: id,
          text: '已整改到位，附整改材料',
        })
      case 'answered': {
        const other = this.#stage.inTownship('inspector').find(({ person }) => person !== raiser)
        if (other === undefined || !random.perMille(250)) return undefined
        const reopened = round.random.of('reopen', id).perMille(120) && !this.#wasReopened(finding)
        return reopened
          ? this.#act(round, other, 'finding.reopen', {
              finding: id,
              reason: '整改材料不完整，请补充',
            })
          : this.#act(round, other, 'finding.verify', { finding: id, remark: '整改属实，予以销号' })
      }
      default:
        return undefined
    }
  }

  /** Now and then who raised a finding wants to close it out as well, and is told that another must. */
  async #tryOwn(round: Round, { id, snapshot, raiser }: Finding): Promise<void> {
    if (snapshot.value !== 'raised' || !round.random.of('own', id).perMille(150)) return
    const by = this.#stage.inTownship('inspector').find(({ person }) => person === raiser)
    if (by === undefined) return
    const act = this.#act(round, by, 'finding.verify', { finding: id, remark: '整改属实' })
    await this.#stage.act({ ...act, daring: true })
  }

  readonly #reopened = new Set<string>()
  #wasReopened({ id }: Finding): boolean {
    const known = this.#reopened.has(id)
    this.#reopened.add(id)
    return known
  }

  #answering({ ledger }: Round, { what }: Finding): readonly By[] {
    const company =
      what.request === undefined
        ? this.#companies(ledger)[0]
        : this.#stage.watch.request(ledger, what.request).submission.company
    return company === undefined ? [] : this.#stage.holders(ledger, company, 'reportingClerk')
  }

  /** Flows that ended in the period, by number: what the engine counts too. */
  #population({
    ledger,
    from,
    to,
  }: Round): readonly { readonly id: RequestId; readonly request: Request }[] {
    return this.#stage.watch
      .rows('request')
      .filter(
        (row) =>
          row.ledger === ledger && row.endedOn !== '' && row.endedOn >= from && row.endedOn <= to,
      )
      .map((row) => requestIdSchema.parse(row.request))
      .sort()
      .map((id) => ({ id, request: this.#stage.watch.request(ledger, id) }))
  }

  #companies(ledger: Origin): readonly OrganisationId[] {
    const { organisations } = this.#stage.watch.roster(ledger)
    return [...organisations.values()].filter(({ kind }) => kind === 'company').map(({ id }) => id)
  }

  async #lead(round: Round, type: string, input: unknown): Promise<boolean> {
    const [lead] = round.team
    if (lead === undefined) return false
    this.#stage.pause()
    return this.#stage.act(this.#act(round, lead, type, input))
  }

  #act({ ledger, id }: Round, by: By, type: string, input: unknown): Act {
    return { ledger, stream: inspectionStream(id), type, by, input }
  }

  #state({ ledger, id }: Round): InspectionState | undefined {
    return this.#stage.watch.inspection(ledger, id)
  }
}

const LINE = moneySchema.parse('10000.00')
const JUST_BELOW = moneySchema.parse('9000.00')

/** What an inspector looks at whatever the lot says. */
function standsOut({ related, rolling, submission }: Request): string | undefined {
  if (related) return '关联交易，必查'
  const below = atLeast(submission.amount, JUST_BELOW) && above(LINE, submission.amount)
  return below && rolling.parts.length > 0 && atLeast(rolling.sum, LINE)
    ? '同一收款人连续多笔略低于大额起点，疑似拆分'
    : undefined
}

interface Found {
  readonly fault: Fault
  readonly kind: FindingKind
  readonly text: string
  readonly followUps: readonly string[]
}

const small: readonly Found[] = [
  {
    fault: 'papersIncomplete',
    kind: 'simple',
    text: '验收单缺验收日期',
    followUps: ['rectification'],
  },
  {
    fault: 'formalitiesMissing',
    kind: 'simple',
    text: '比价单未签字',
    followUps: ['rectification'],
  },
  {
    fault: 'notPublished',
    kind: 'simple',
    text: '支出明细未按月公开',
    followUps: ['rectification'],
  },
  {
    fault: 'invoiceMismatch',
    kind: 'normal',
    text: '发票项目与事由不一致',
    followUps: ['rectification', 'training'],
  },
]

function faultOf(request: Request, random: Random): Found | undefined {
  if (standsOut(request)?.includes('拆分') === true) {
    return {
      fault: 'splitting',
      kind: 'normal',
      text: '同一事项分次申请，应合并报批',
      followUps: ['rectification', 'training'],
    }
  }
  return random.perMille(110) ? random.pick(small) : undefined
}

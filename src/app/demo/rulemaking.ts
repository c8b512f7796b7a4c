// The rules change within the year: the township's policy, cleared by the county and in force from a date; one village's own rule
// by vote of its members (law 8.1, 8.2); a meeting of delegates, which the new policy allows.
import { policyStream } from '../../../workflows/policy/v1/fold.ts'
import type { MeetingId } from '../../domain/ids.ts'
import type { LocalDate } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import { passedItem } from './deciding.ts'
import { agendaOf, type Firm, firmsOf, type Meetings } from './meetings.ts'
import type { Members } from './members.ts'

const day = (text: string): LocalDate => text as LocalDate

const PROPOSED = day('2025-06-09')
const POLICY = {
  settings: [
    { key: 'tier.majorFrom', value: '45000.00' },
    { key: 'member.delegatesAllowed', value: true },
  ],
  basis: '八里镇村级集体企业支出管理办法（修订），八政〔2025〕18号',
  reason: '各村半年运行情况和社员代表意见',
  from: day('2025-07-01'),
} as const

/** Inputs of what follows a proposal, by the act that waits. */
const steps: Readonly<Record<string, (today: LocalDate) => unknown>> = {
  'policy.clear': (on) => ({ document: '吴农集资〔2025〕27号', on }),
  'policy.endorse': () => ({ remark: '同意' }),
  'policy.giveOpinion': () => ({ opinion: '无不同意见；生效前请向各村公示。' }),
  'policy.enact': () => ({}),
}

const RULE_CALLED = day('2025-04-21')
const RULE = {
  settings: [
    { key: 'tier.dailyMax', value: '4000.00' },
    { key: 'tier.boardFrom', value: '4000.00' },
    { key: 'board.noticeDays', value: 2 },
  ],
  from: day('2025-06-01'),
} as const
/** Power (2) of L1 Art 26: the cooperative's own rules. */
const OWN_RULES = 2

const DELEGATES_FROM = day('2025-09-01')
/** Without a request that waits for them they are called all the same by this day. */
const DELEGATES_BY = day('2025-10-20')
const NOT_FOR_DELEGATES: ReadonlySet<string> = new Set(['equity', 'distribution'])

export class Rulemaking {
  readonly #stage: Stage
  readonly #meetings: Meetings
  readonly #members: Members
  #proposed = false
  #ruleMeeting: MeetingId | undefined
  #ruleEntered = false
  #delegatesCalled = false

  constructor(stage: Stage, meetings: Meetings, members: Members) {
    this.#stage = stage
    this.#meetings = meetings
    this.#members = members
  }

  async work(): Promise<void> {
    await this.#policy()
    const [, second, third] = firmsOf(this.#stage)
    if (third !== undefined) await this.#rule(third)
    if (second !== undefined) await this.#delegates(second)
  }

  /** One step a day, by whoever has it on their desk. */
  async #policy(): Promise<void> {
    const stage = this.#stage
    const [officer] = stage.inTownship('centreOfficer')
    if (!this.#proposed && stage.today >= PROPOSED && officer !== undefined) {
      this.#proposed = true
      return this.#act({ type: 'policy.propose', by: officer, input: POLICY })
    }
    const task = stage.watch.tasks([stage.township]).find(({ stream }) => stream === policyStream)
    const step = task === undefined ? undefined : steps[task.act]
    if (task === undefined || step === undefined) return
    const [by] = stage.atDesk(stage.township, task.desk)
    if (by !== undefined) await this.#act({ type: task.act, by, input: step(stage.today) })
  }

  async #act({ type, by, input }: Pick<Act, 'type' | 'by' | 'input'>): Promise<void> {
    this.#stage.pause()
    await this.#stage.act({ ledger: this.#stage.township, stream: policyStream, type, by, input })
  }

  /** What the members passed is entered as they passed it. */
  async #rule(firm: Firm): Promise<void> {
    const stage = this.#stage
    if (this.#ruleMeeting === undefined) {
      if (stage.today < RULE_CALLED) return
      const title = '本村支出管理补充规定'
      const rule = { ...RULE, settings: [...RULE.settings] }
      const agenda = [{ item: 'a1', title, power: OWN_RULES, rule }]
      this.#ruleMeeting = await this.#members.call(firm, agenda, { title: '社员大会' })
      return
    }
    if (this.#ruleEntered) return
    if (!passedItem(stage, firm.ledger, this.#ruleMeeting, 'a1')) return
    stage.pause()
    this.#ruleEntered = await stage.act({
      ledger: firm.ledger,
      stream: policyStream,
      type: 'villageRule.enact',
      by: firm.clerk,
      input: { ...RULE, ground: { meeting: this.#ruleMeeting, item: 'a1' } },
    })
  }

  /** Delegates decide what else the members would be called for, but for what is the members' own (L1 Art 28). */
  async #delegates(firm: Firm): Promise<void> {
    const { today } = this.#stage
    if (this.#delegatesCalled || today < DELEGATES_FROM) return
    const organisation = firm.cooperative
    const waiting = this.#meetings
      .waiting(firm, { kind: 'delegate', organisation })
      .filter(({ request }) => !NOT_FOR_DELEGATES.has(request.submission.matter))
    if (waiting.length === 0 && today < DELEGATES_BY) return
    this.#delegatesCalled = true
    const requests = agendaOf(waiting.slice(0, DELEGATES_AGENDA))
    const item = `a${requests.length + 1}`
    const agenda = [...requests, { item, title: '村庄公共设施管护办法', power: OWN_RULES }]
    await this.#members.call(firm, agenda, { title: '社员代表会议', kind: 'delegate' })
  }
}
const DELEGATES_AGENDA = 10

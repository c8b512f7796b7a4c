// Before the year begins each village's members approve what is spent under a plan or a contract, so that not every payment
// of it needs their vote again (law §4).
import {
  authorityIdSchema,
  authorityStream,
  type MeetingId,
  type OrganisationId,
} from '../../domain/ids.ts'
import { type Money, moneySchema } from '../../domain/money.ts'
import type { LocalDate } from '../../domain/time.ts'
import type { Directory } from '../township/directory.ts'
import type { Stage } from './acting.ts'
import { type Firm, firmsOf } from './meetings.ts'
import type { Members } from './members.ts'

interface Plan {
  readonly company: string
  readonly title: string
  readonly kind: 'plan' | 'contract'
  /** As in the facts: an account, or a company's lists of one category. */
  readonly payee: string
  readonly ceiling: Money
}

const money = (yuan: string): Money => moneySchema.parse(yuan)

/** The third ceiling does not last the year: the payments beyond it take the ordinary way. */
const plans: readonly Plan[] = [
  {
    company: '菱桑农业发展有限公司',
    title: '2025年土地流转租金支付计划',
    kind: 'plan',
    payee: 'list:landRent',
    ceiling: money('1150000.00'),
  },
  {
    company: '青墩物业服务有限公司',
    title: '2025年度标准厂房保安服务合同',
    kind: 'contract',
    payee: 'account:6226109876772726435',
    ceiling: money('320000.00'),
  },
  {
    company: '南塘渔家环境治理有限公司',
    title: '2025年河道保洁劳务计划',
    kind: 'plan',
    payee: 'account:6243912723168204172',
    ceiling: money('112000.00'),
  },
]

const FROM = '2025-01-01' as LocalDate
const TO = '2025-12-31' as LocalDate
/** Each village has one. */
const NUMBER = authorityIdSchema.parse('a-2025-0001')
/** Power (7) of L1 Art 26: the year's plan and budget. */
const YEARLY_PLAN = 7

const termsOf = ({ kind, payee, ceiling }: Plan, company: OrganisationId) => ({
  kind,
  company,
  payees: [payee],
  ceiling,
  from: FROM,
  to: TO,
})

export class Plans {
  readonly #stage: Stage
  readonly #called: { firm: Firm; plan: Plan; meeting: MeetingId; approved: boolean }[] = []

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** Puts each company's plan before the members of its cooperative. */
  async call(members: Members, directory: Directory): Promise<void> {
    const firms = firmsOf(this.#stage)
    for (const plan of plans) {
      const company = directory.company(plan.company)
      const firm = firms.find((one) => one.company === company)
      if (firm === undefined) continue
      const authority = { id: NUMBER, ...termsOf(plan, firm.company) }
      const agenda = [
        { item: 'a1', title: '2025年度财务收支预算', power: YEARLY_PLAN },
        { item: 'a2', title: plan.title, power: YEARLY_PLAN, authority },
      ]
      const meeting = await members.call(firm, agenda, { title: '2024年度社员大会' })
      this.#called.push({ firm, plan, meeting, approved: false })
    }
  }

  /** The meeting over the year that is past: its accounts lie open and are voted on while the last round goes on. */
  async review(members: Members): Promise<void> {
    for (const firm of firmsOf(this.#stage)) {
      const agenda = [{ item: 'a1', title: '2025年度财务决算和收益分配方案', power: YEARLY_PLAN }]
      await members.call(firm, agenda, { title: '2025年度社员大会' })
    }
  }

  /** What the members passed and the shareholder signed is entered by the clerk as an authority. */
  async enter(): Promise<void> {
    for (const called of this.#called) {
      const { firm, plan, meeting, approved } = called
      const { signed } = this.#stage.watch.meeting(firm.ledger, meeting)
      if (approved || !signed.includes('a2')) continue
      this.#stage.pause()
      called.approved = await this.#stage.act({
        ledger: firm.ledger,
        stream: authorityStream(NUMBER),
        type: 'authority.approve',
        by: firm.clerk,
        input: {
          ...termsOf(plan, firm.company),
          title: plan.title,
          ground: { type: 'meeting', meeting, item: 'a2' },
        },
      })
    }
  }
}

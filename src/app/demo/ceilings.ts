// Authorities that boards approve in the course of the year: put to the vote, entered, filed, and now and then ended early.
import type { Proposal } from '../../../workflows/authority/v1/events.ts'
import {
  type AuthorityId,
  authorityIdSchema,
  authorityStream,
  type MeetingId,
} from '../../domain/ids.ts'
import { moneySchema } from '../../domain/money.ts'
import { addDays, atShanghai, type LocalDate } from '../../domain/time.ts'
import type { Directory } from '../township/directory.ts'
import type { Stage } from './acting.ts'
import { companies, type CompanyName } from './extra.ts'
import { type FirmName, firms } from './firms.ts'
import { type Firm, firmsOf, type Meetings, workingDayFrom } from './meetings.ts'

/** As the clerk writes it down. */
interface Ceiling {
  readonly company: CompanyName
  readonly kind: Proposal['kind']
  readonly title: string
  readonly payee: FirmName
  readonly yuan: string
  readonly calledOn: string
  readonly from: string
  readonly to: string
  readonly contract?: string
  /** The title of the one it takes the place of. */
  readonly replaces?: string
  /** The township does not consent to it. */
  readonly refused?: true
  readonly closedOn?: string
}

const ceilings: readonly Ceiling[] = [
  {
    company: 'property',
    kind: 'recurring',
    title: '厂房食堂燃气费代扣',
    payee: 'gas',
    yuan: '2000.00',
    calledOn: '2025-02-17',
    from: '2025-03-01',
    to: '2025-12-31',
  },
  {
    company: 'property',
    kind: 'project',
    title: '2025年厂房消防改造项目',
    payee: 'fireWorks',
    yuan: '45000.00',
    calledOn: '2025-03-03',
    from: '2025-03-20',
    to: '2025-10-31',
  },
  {
    company: 'farming',
    kind: 'purchase',
    title: '2025年春季农机具采购',
    payee: 'tractors',
    yuan: '9000.00',
    calledOn: '2025-03-10',
    from: '2025-03-24',
    to: '2025-05-30',
  },
  {
    company: 'farming',
    kind: 'contract',
    title: '2025年冷库租用合同',
    payee: 'cold',
    yuan: '9600.00',
    calledOn: '2025-03-10',
    from: '2025-04-01',
    to: '2025-12-31',
    contract: 'HT-2025-201',
    closedOn: '2025-09-15',
  },
  {
    company: 'fishing',
    kind: 'contract',
    title: '2025年污水泵站维护合同',
    payee: 'pumps',
    yuan: '9800.00',
    calledOn: '2025-03-24',
    from: '2025-04-10',
    to: '2025-12-31',
    contract: 'HT-2025-101',
  },
  {
    company: 'fishing',
    kind: 'contract',
    title: '2025年污水泵站维护合同（变更）',
    payee: 'pumps',
    yuan: '18600.00',
    calledOn: '2025-09-22',
    from: '2025-10-10',
    to: '2025-12-31',
    contract: 'HT-2025-102',
    replaces: '2025年污水泵站维护合同',
  },
  {
    company: 'fishing',
    kind: 'purchase',
    title: '2025年公务用车租用',
    payee: 'cars',
    yuan: '30000.00',
    calledOn: '2025-05-19',
    from: '2025-06-01',
    to: '2025-12-31',
    refused: true,
  },
]

/** Numbers below are the members' own, approved before the year. */
const FIRST_NUMBER = 2
/** Of a thousand looks of the township at a filing, how many lead to an act. */
const EAGER = 700

interface Called {
  readonly ceiling: Ceiling
  readonly firm: Firm
  readonly id: AuthorityId
  meeting: MeetingId
  entered: boolean
}

export class Ceilings {
  readonly #stage: Stage
  readonly #meetings: Meetings
  readonly #directory: Directory
  readonly #called: Called[] = []
  readonly #until: string
  #look = 0

  /** `until`: the last day anything is put to the vote. */
  constructor(stage: Stage, meetings: Meetings, of: { directory: Directory; until: string }) {
    this.#stage = stage
    this.#meetings = meetings
    this.#directory = of.directory
    this.#until = of.until
  }

  async work(): Promise<void> {
    this.#look += 1
    await this.#enter()
    await this.#file()
    await this.#close()
    await this.#call()
  }

  async #call(): Promise<void> {
    const { today } = this.#stage
    for (const ceiling of ceilings) {
      if (ceiling.calledOn > today || ceiling.calledOn > this.#until) continue
      if (this.#called.some((one) => one.ceiling === ceiling)) continue
      const company = this.#directory.company(companies[ceiling.company])
      const firm = firmsOf(this.#stage).find((one) => one.company === company)
      if (firm === undefined) continue
      const taken = this.#called.filter(({ firm: other }) => other.ledger === firm.ledger).length
      const number = String(FIRST_NUMBER + taken).padStart(4, '0')
      const id = authorityIdSchema.parse(`a-2025-${number}`)
      const meeting = await this.#convene(ceiling, firm, id)
      this.#called.push({ ceiling, firm, id, meeting, entered: false })
    }
  }

  async #convene(ceiling: Ceiling, firm: Firm, id: AuthorityId): Promise<MeetingId> {
    const stage = this.#stage
    const meeting = this.#meetings.nextId(firm.ledger)
    const act = this.#meetings.act(firm.ledger, meeting, firm.clerk)
    const heldAt = atShanghai(workingDayFrom(addDays(stage.today, 2)), '14:00')
    const authority = { id, ...this.#terms(ceiling, firm) }
    const agenda = [{ item: 'a1', title: ceiling.title, authority }]
    stage.pause()
    await stage.together([
      act('meeting.plan', {
        kind: 'board',
        organisation: firm.company,
        title: '董事会专题会议',
        agenda,
      }),
      act('meeting.notice', { heldAt, place: '村委会三楼会议室', online: true }),
    ])
    return meeting
  }

  #terms(ceiling: Ceiling, { company }: Firm) {
    const { kind, payee, yuan, from, to, contract, replaces } = ceiling
    const former = this.#called.find((one) => one.ceiling.title === replaces)
    return {
      kind,
      company,
      payees: [`account:${firms[payee].account}`],
      ceiling: moneySchema.parse(yuan),
      from: from as LocalDate,
      to: to as LocalDate,
      ...(contract === undefined ? {} : { contract }),
      ...(former === undefined ? {} : { replaces: former.id }),
    }
  }

  /** What a board passed is entered by the clerk; where it came to nothing, it is put to the vote again. */
  async #enter(): Promise<void> {
    const over = new Set(['closed', 'adjourned', 'cancelled'])
    for (const called of this.#called) {
      const { ceiling, firm, id, meeting } = called
      const { outcomes, snapshot } = this.#stage.watch.meeting(firm.ledger, meeting)
      if (called.entered || !over.has(snapshot.value)) continue
      const passed = outcomes.some(({ item, outcome }) => item === 'a1' && outcome === 'passed')
      if (!passed) {
        called.meeting = await this.#convene(ceiling, firm, id)
        await this.#stage.watch.catchUp()
        continue
      }
      this.#stage.pause()
      called.entered = await this.#stage.act({
        ledger: firm.ledger,
        stream: authorityStream(id),
        type: 'authority.approve',
        by: firm.clerk,
        input: {
          ...this.#terms(ceiling, firm),
          title: ceiling.title,
          ground: { type: 'meeting', meeting, item: 'a1' },
        },
      })
    }
  }

  /** The township files what waits for it: the members' plans too. */
  async #file(): Promise<void> {
    const stage = this.#stage
    for (const { ledger, stream, act, desk } of stage.watch.tasks()) {
      if (!stream.startsWith('authority/')) continue
      const random = stage.sources.random.of('filing', ledger, stream, this.#look)
      const people = stage.atDesk(ledger, desk)
      if (people.length === 0 || !random.perMille(EAGER)) continue
      const by = random.pick(people)
      const answers = act === 'authorityFiling.consent'
      const refused = answers && this.#isRefused(ledger, stream)
      stage.pause()
      await stage.act({
        ledger,
        stream,
        by,
        type: refused ? 'authorityFiling.refuse' : act,
        input: answers ? { reason: refused ? NOT_NEEDED : IN_ORDER } : {},
      })
    }
  }

  #isRefused(ledger: Firm['ledger'], stream: string): boolean {
    return this.#called.some(
      ({ firm, id, ceiling }) =>
        firm.ledger === ledger && authorityStream(id) === stream && ceiling.refused === true,
    )
  }

  /** Ending one early needs no vote. */
  async #close(): Promise<void> {
    const { today, watch } = this.#stage
    for (const { ceiling, firm, id, entered } of this.#called) {
      const { closedOn } = ceiling
      if (!entered || closedOn === undefined || closedOn > today) continue
      if (!isThere(watch.rows('authority', [firm.ledger]), id)) continue
      if (watch.authority(firm.ledger, id).place !== 'open') continue
      const [head] = this.#stage.holders(firm.ledger, firm.company, 'companyHead')
      if (head === undefined) continue
      this.#stage.pause()
      await this.#stage.act({
        ledger: firm.ledger,
        stream: authorityStream(id),
        type: 'authority.close',
        by: head,
        input: { reason: '合同提前终止，不再支付' },
      })
    }
  }
}

const IN_ORDER = '会议程序完备，额度与合同相符'
const NOT_NEEDED = '用途不符合村级支出管理办法，不同意列支'

const isThere = (rows: readonly { readonly authority: string }[], id: AuthorityId): boolean =>
  rows.some(({ authority }) => authority === id)

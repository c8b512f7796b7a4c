// Deputies (授权代行): a head who handles a request himself is represented in issuing it by whom the board has appointed; the
// head of the three-assets centre names a deputy for the weeks of a course (law 7.12, 7.14, 7.16).
import { passedItem } from './deciding.ts'
import type { By } from '../../domain/entry.ts'
import { type MandateId, mandateIdSchema, type MeetingId } from '../../domain/ids.ts'
import type { MandateMust } from '../../domain/mandate.ts'
import { above, moneySchema } from '../../domain/money.ts'
import { invoiceSchema, type Submission } from '../../domain/request.ts'
import { addDays, type LocalDate } from '../../domain/time.ts'
import type { Directory } from '../township/directory.ts'
import type { Stage } from './acting.ts'
import type { Boards } from './boards.ts'
import type { Clerks } from './clerking.ts'
import type { Case } from './desk.ts'
import type { Fates } from './fates.ts'
import { firms } from './firms.ts'
import { type Firm, firmsOf } from './meetings.ts'
import { pageOf, papersFor } from './papers.ts'

const deputable: Readonly<Record<string, MandateMust>> = {
  'request.issue': 'issuing',
  'townshipFiling.consent': 'townshipFiling',
}

/** Who acts for an office whose holder is away: the deputy, as far as the mandate reaches and the law lets them. */
export function deputyFor(stage: Stage, { task, request, by }: Case): By | undefined {
  const must = deputable[task.act]
  if (must === undefined) return undefined
  const { mandates } = stage.roster(must === 'townshipFiling' ? stage.township : task.ledger)
  const mandate = [...mandates.values()].find(
    ({ office, musts }) => office === by.office && musts.includes(must),
  )
  if (mandate === undefined) return undefined
  const { id, deputy, represented, upTo } = mandate
  const { handler, witness, amount } = request.submission
  if (upTo !== undefined && above(amount, upTo)) return undefined
  const barred = must === 'issuing' ? [handler, witness] : [request.accepted]
  if (barred.includes(deputy) || represented === witness) return undefined
  return { auth: by.auth, mandate: id, office: by.office, person: deputy }
}

interface Absence {
  readonly company: string
  /** The board is asked on this day; the head is away from–to. */
  readonly asked: LocalDate
  readonly from: LocalDate
  readonly to: LocalDate
  /** What the head handles while away, and on which day it is drawn up. */
  readonly drawnUp: LocalDate
  readonly purpose: string
  readonly yuan: string
}

const day = (text: string): LocalDate => text as LocalDate

const absences: readonly Absence[] = [
  {
    company: '青墩物业服务有限公司',
    asked: day('2025-05-06'),
    from: day('2025-05-12'),
    to: day('2025-06-06'),
    drawnUp: day('2025-05-15'),
    purpose: '外出考察期间采购对讲机',
    yuan: '2460.00',
  },
  {
    company: '菱桑农业发展有限公司',
    asked: day('2025-11-03'),
    from: day('2025-11-10'),
    to: day('2025-12-05'),
    drawnUp: day('2025-11-13'),
    purpose: '外出学习期间购买农技资料',
    yuan: '1320.00',
  },
]
const UP_TO = moneySchema.parse('60000.00')
const COURSE = { from: day('2025-08-04'), days: 18 } as const

interface Office {
  readonly boards: Boards
  readonly clerks: Clerks
  readonly directory: Directory
  readonly fates: Fates
}

interface Planned {
  readonly absence: Absence
  meeting: MeetingId | undefined
  granted: boolean
  drawnUp: boolean
}

export class Deputies {
  readonly #stage: Stage
  readonly #office: Office
  readonly #planned: readonly Planned[]
  #courseHeld: boolean

  /** `until`: the last day anything is drawn up. */
  constructor(stage: Stage, office: Office, until: string) {
    this.#stage = stage
    this.#office = office
    this.#planned = absences
      .filter(({ drawnUp }) => drawnUp <= until)
      .map((absence) => ({ absence, meeting: undefined, granted: false, drawnUp: false }))
    this.#courseHeld = COURSE.from > until
  }

  /** Requests still to be drawn up. */
  get left(): number {
    return this.#planned.filter(({ drawnUp }) => !drawnUp).length
  }

  async work(): Promise<void> {
    const { today } = this.#stage
    if (!this.#courseHeld && today >= COURSE.from) await this.#nameDeputy(today)
    for (const planned of this.#planned) {
      const company = this.#office.directory.company(planned.absence.company)
      const firm = firmsOf(this.#stage).find((one) => one.company === company)
      if (firm !== undefined) await this.#moveOn(planned, firm, today)
    }
  }

  async #moveOn(planned: Planned, firm: Firm, today: LocalDate): Promise<void> {
    const { absence, meeting } = planned
    const terms = this.#terms(absence, firm)
    if (meeting === undefined) {
      if (today < absence.asked) return
      const title = '授权代行公司负责人签发'
      planned.meeting = await this.#office.boards.convene(firm, 'board', [
        { item: 'a1', title, deputy: terms },
      ])
    } else if (!planned.granted) {
      if (!passedItem(this.#stage, firm.ledger, meeting, 'a1')) return
      planned.granted = await this.#stage.act({
        ledger: firm.ledger,
        stream: 'roster',
        type: 'mandate.grant',
        by: firm.clerk,
        input: {
          ...terms,
          paper: pageOf(`${terms.mandate} 授权书`),
          ground: { meeting, item: 'a1' },
        },
      })
    } else if (!planned.drawnUp && today >= absence.drawnUp) {
      planned.drawnUp = true
      await this.#drawUp(absence, firm)
    }
  }

  /** The same every time: what was voted on is what is entered. */
  #terms({ from, to, company }: Absence, { ledger, company: organisation }: Firm) {
    const [head] = this.#stage.holders(ledger, organisation, 'companyHead')
    const deputy = this.#stand(ledger)
    if (head === undefined || deputy === undefined) throw new Error(`${company} has no head`)
    const mandate = this.#mandate(company)
    const musts: MandateMust[] = ['issuing']
    return { mandate, office: head.office, person: deputy.person, from, to, musts, upTo: UP_TO }
  }

  /** A councillor who does not preside: no office of the company clashes with theirs. */
  #stand(ledger: Firm['ledger']): By | undefined {
    const cooperative = [...this.#stage.roster(ledger).organisations.values()].find(
      ({ kind }) => kind === 'cooperative',
    )
    if (cooperative === undefined) return undefined
    return this.#stage.holders(ledger, cooperative.id, 'councillor').at(-1)
  }

  #mandate(label: string): MandateId {
    const bytes = this.#stage.sources.random.of('mandate', label).bytes(6)
    return mandateIdSchema.parse(`d_${Buffer.from(bytes).toString('hex')}`)
  }

  async #drawUp({ purpose, yuan }: Absence, firm: Firm): Promise<void> {
    const { ledger, company, clerk } = firm
    const stage = this.#stage
    const [head] = stage.holders(ledger, company, 'companyHead')
    const [witness] = stage.holders(ledger, company, 'witness')
    if (head === undefined || witness === undefined) throw new Error(`${company} cannot issue`)
    const random = stage.sources.random.of('invoice', company, purpose)
    const amount = moneySchema.parse(yuan)
    const number = `25331${String(random.below(10 ** 9)).padStart(15, '0')}`
    const { account: sellerAccount } = firms.hardware
    const form: Submission = {
      company,
      kind: 'single',
      category: 'tools',
      matter: 'ordinary',
      purpose,
      amount,
      method: 'transfer',
      payee: firms.hardware,
      invoices: [invoiceSchema.parse({ number, date: stage.today, total: amount, sellerAccount })],
      budgetLine: '办公及工具',
      handler: head.person,
      witness: witness.person,
      relation: 'none',
      evidence: [],
    }
    const evidence = [...papersFor(form, 'decision')]
    const { clerks, fates } = this.#office
    const sent = await clerks.send({ ledger, by: clerk, form: { ...form, evidence }, coming: [] })
    const { request, code } = sent
    if (code === undefined) fates.destined(ledger, request, undefined)
    else stage.surprises.push({ act: purpose, stream: `request/${request}`, code })
  }

  /** In writing, by the head of the centre, to somebody who accepts nothing for filing. */
  async #nameDeputy(today: LocalDate): Promise<void> {
    this.#courseHeld = true
    const stage = this.#stage
    const [head] = stage.inTownship('centreHead')
    const [leader] = stage.inTownship('townshipLeader')
    if (head === undefined || leader === undefined) return
    const mandate = this.#mandate('course')
    stage.pause()
    await stage.act({
      ledger: stage.township,
      stream: 'roster',
      type: 'mandate.grant',
      by: head,
      input: {
        mandate,
        office: head.office,
        person: leader.person,
        from: today,
        to: addDays(today, COURSE.days),
        musts: ['townshipFiling'],
        paper: pageOf(`${mandate} 授权书`),
      },
    })
  }
}

// The desks a request passes: who looks at a task, and what they do about it.
import { placeOf } from '../../../workflows/request/v1/fold.ts'
import { issuersOf } from '../../../workflows/request/v1/scene.ts'
import { categories, type ExpenseType } from '../../domain/expense.ts'
import type { By } from '../../domain/entry.ts'
import { requestIdSchema } from '../../domain/ids.ts'
import { addDays, dateAt, type Instant } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import { deputyFor } from './deputies.ts'
import { act, type Answer, back, type Case } from './desk.ts'
import { corrected } from './correcting.ts'
import type { Clerks } from './clerking.ts'
import type { Fates } from './fates.ts'
import { papersFor } from './papers.ts'
import { Turning } from './turning.ts'
import type { Task } from './watch.ts'

interface Desk {
  /** Of a thousand looks at the task, how many lead to an act. */
  readonly eager: number
  readonly answer: (desks: Desks, at: Case) => Answer | undefined
}

const desks: Readonly<Record<string, Desk>> = {
  'request.handle': { eager: 900, answer: () => act('request.handle') },
  'request.witness': { eager: 900, answer: () => act('request.witness') },
  'request.issue': { eager: 850, answer: (all, at) => all.issue(at) },
  'request.resubmit': { eager: 650, answer: (all, at) => all.resubmit(at) },
  'ballot.cast': { eager: 350, answer: (all, at) => all.study(at) },
  'papers.complete': { eager: 800, answer: (all, at) => all.complete(at) },
  'supervisorySignOff.sign': { eager: 800, answer: (all, at) => all.signOff(at) },
  'townshipFiling.accept': { eager: 750, answer: (all, at) => all.accept(at) },
  'townshipFiling.consent': { eager: 700, answer: (all, at) => all.consent(at) },
  'payment.order': { eager: 700, answer: (all, at) => all.order(at) },
  'payment.record': { eager: 900, answer: (all, at) => all.recordPayment(at) },
  'booking.record': { eager: 600, answer: (all, at) => all.book(at) },
  'meeting.plan': { eager: 1000, answer: ({ turning }, at) => turning.beforeVote(at) },
  'suspension.order': { eager: 700, answer: ({ turning }, at) => turning.orderSuspension(at) },
  'suspension.lift': { eager: 900, answer: ({ turning }, at) => turning.lift(at) },
  'suspension.lapse': { eager: 700, answer: ({ turning }, at) => turning.lapse(at) },
  'emergency.notify': { eager: 900, answer: ({ turning }, at) => turning.notify(at) },
  'townshipFiling.confirm': { eager: 800, answer: ({ turning }) => turning.confirm() },
  'automaticFinding.answer': {
    eager: 500,
    answer: ({ turning }, at) => turning.answerAutomatic(at),
  },
  'automaticFinding.close': { eager: 500, answer: ({ turning }, at) => turning.closeAutomatic(at) },
  'advance.settle': { eager: 600, answer: ({ turning }, at) => turning.settle(at) },
  'question.answer': { eager: 600, answer: ({ turning }, at) => turning.answer(at) },
}

export class Desks {
  readonly turning: Turning
  readonly #stage: Stage
  readonly #fates: Fates
  readonly #clerks: Clerks
  readonly #vouchers = new Map<string, number>()
  #look = 0

  constructor(stage: Stage, fates: Fates, clerks: Clerks) {
    this.#stage = stage
    this.#clerks = clerks
    this.#fates = fates
    this.turning = new Turning(stage, fates)
  }

  /** Everybody looks at their tasks once; of one request one person acts, the others see it next time. */
  async work(): Promise<void> {
    const { random } = this.#stage.sources
    this.#look += 1
    const waiting = new Map<string, Task[]>()
    for (const task of this.#stage.watch.tasks()) {
      if (!task.stream.startsWith('request/')) continue
      const name = `${task.ledger} ${task.stream}`
      waiting.set(name, [...(waiting.get(name) ?? []), ...this.#lookedAt(task)])
    }
    const acts = [...waiting].flatMap(([name, tasks]) => {
      const looking = random.of('look', name, this.#look)
      for (const task of looking.shuffled(tasks)) {
        const answered = this.#answer(task)
        if (answered !== undefined) return [answered]
      }
      return []
    })
    await this.#stage.actAll(random.of('order', this.#look).shuffled(acts))
  }

  /** What waits for a board to be called lies before its directors as well: they read it before they meet. */
  #lookedAt(task: Task): readonly Task[] {
    if (task.act !== 'meeting.plan') return [task]
    const id = requestIdSchema.parse(task.stream.slice('request/'.length))
    const request = this.#stage.watch.request(task.ledger, id)
    if (placeOf(request) !== 'boardReview.open') return [task]
    return (request.seating?.seats ?? []).map((desk) => ({ ...task, act: 'ballot.cast', desk }))
  }

  #answer(task: Task): Act | undefined {
    const desk = desks[task.act]
    if (desk === undefined) return undefined
    const { ledger, stream } = task
    const id = requestIdSchema.parse(stream.slice('request/'.length))
    const random = this.#stage.sources.random.of('desk', ledger, id, task.desk, this.#look)
    if (!random.perMille(desk.eager)) return undefined
    const people = this.#stage.atDesk(ledger, task.desk)
    if (people.length === 0) return undefined
    const here = {
      task,
      id,
      request: this.#stage.watch.request(ledger, id),
      by: random.pick(people),
    }
    const by = deputyFor(this.#stage, here) ?? here.by
    const at = { ...here, by }
    // nobody issues what they handle: it waits for a deputy
    if (task.act === 'request.issue' && by.person === at.request.submission.handler)
      return undefined
    const answer = this.#withdrawal(at) ?? this.turning.takeBack(at) ?? desk.answer(this, at)
    return answer === undefined ? undefined : { ledger, stream, by, ...answer }
  }

  /** Dropped by the company head at one of three moments. */
  #withdrawal(at: Case): Answer | undefined {
    const moments = {
      'request.issue': 'withdrawnUnissued',
      'papers.complete': 'withdrawnBeforePapers',
      'supervisorySignOff.sign': 'withdrawnBeforeSignOff',
    } as const
    const moment = Object.entries(moments).find(([name]) => name === at.task.act)
    const [head] = this.#inCompany(at, 'companyHead')
    if (moment === undefined || head === undefined) return undefined
    if (!this.#fates.strikes(at.task.ledger, at.id, moment[1])) return undefined
    return { ...act('request.withdraw', { reason: '事项取消，不再办理' }), by: head }
  }

  issue(at: Case): Answer {
    return this.#strikes(at, 'returnedByHead')
      ? back('事由写得不清楚，请补充说明后再报', 'purpose')
      : act('request.issue')
  }

  resubmit({ task, id, request }: Case): Answer {
    const { round } = request.snapshot.context
    const random = this.#stage.sources.random.of('correction', task.ledger, id, round)
    return act('request.resubmit', corrected(request, random))
  }

  /** Directors read the papers before they meet; one of them may send the request back. */
  study(at: Case): Answer | undefined {
    const { request, by } = at
    if (placeOf(request) !== 'boardReview.open' || issuersOf(request).includes(by.person))
      return undefined
    if (!this.#strikes(at, 'returnedByDirector')) return undefined
    return back('比价材料不足，补充后再上会', 'quotes')
  }

  /** The voucher papers are added as they come in, then declared complete. */
  complete(at: Case): Answer {
    const { submission, evidence } = at.request
    // what an advance was spent on is shown when it is settled
    const missing = submission.kind === 'advance' ? [] : papersFor(submission, 'voucher', evidence)
    const invoices = this.#clerks.coming(at.task.ledger, at.id, at.request)
    if (missing.length + invoices.length === 0) return act('papers.complete')
    // declared complete too early: the engine says which paper is missing
    if (this.#strikes(at, 'papersForgotten')) return { ...act('papers.complete'), daring: true }
    return act('evidence.add', {
      evidence: missing,
      ...(invoices.length === 0 ? {} : { invoices }),
    })
  }

  signOff(at: Case): Answer | undefined {
    const { seating } = at.request
    if (seating === undefined) return undefined
    const chairs = seating.chair === at.by.office
    if (chairs && this.#strikes(at, 'rejectedByChair')) {
      return act('supervisorySignOff.object', { reason: '支出不必要，不同意列支' })
    }
    if (!chairs && this.#strikes(at, 'returnedBySupervisor')) {
      return back('验收材料与发票数量不一致，请核对', 'acceptance')
    }
    const untouched = seating.signed.length + seating.objected.length === 0
    if (!chairs && untouched && this.#strikes(at, 'objected')) {
      return act('supervisorySignOff.object', { reason: '单价偏高，请说明' })
    }
    const objected = seating.objected.some(({ office }) => office === at.by.office)
    if (objected && !this.#waitsSince(at.task.since, 3)) return undefined
    return act('supervisorySignOff.sign', objected ? { opinion: '已听取说明，同意' } : {})
  }

  accept(at: Case): Answer {
    // the duty officer consents alone, and the head confirms afterwards
    if (at.request.submission.emergency !== undefined)
      return act('townshipFiling.emergencyConsent', { reason: '险情紧急，同意先行支付' })
    return this.#strikes(at, 'returnedByOfficer')
      ? back('合同付款条款与申请金额对不上，请补正', 'contract')
      : act('townshipFiling.accept')
  }

  consent(at: Case): Answer {
    return this.#strikes(at, 'refusedByTownship')
      ? act('townshipFiling.refuse', { reason: '不符合支出管理办法，不同意支付' })
      : act('townshipFiling.consent', { reason: '程序完备，同意支付' })
  }

  order(at: Case): Answer | undefined {
    if (this.turning.waitsForDayOff(at)) return undefined
    return this.#strikes(at, 'returnedByCashier')
      ? back('开户行名称不全，请核对收款信息', 'payee')
      : act('payment.order')
  }

  recordPayment(at: Case): Answer | undefined {
    const paidOn = this.turning.paidOn(at)
    if (paidOn === undefined) return undefined
    if (this.#strikes(at, 'paymentFails')) {
      return act('payment.fail', { reason: '银行退回：系统维护，稍后重付' })
    }
    const { ledger } = at.task
    const random = this.#stage.sources.random.of('bank', ledger, at.id)
    const serial = String(random.below(10 ** 8)).padStart(8, '0')
    const bankReference = `HZ${this.#stage.today.replaceAll('-', '')}${serial}`
    return act('payment.record', { bankReference, paidOn })
  }

  book({ task, request }: Case): Answer {
    const { company, category, method } = request.submission
    const month = this.#stage.today.slice(0, 7)
    const series = `${task.ledger} ${company} ${month}`
    const number = (this.#vouchers.get(series) ?? 0) + 1
    this.#vouchers.set(series, number)
    return act('booking.record', {
      voucherNo: `记-${month}-${String(number).padStart(3, '0')}`,
      entity: company,
      debit: debits[categories[category].type],
      credit: method === 'card' ? '1012' : '1002',
    })
  }

  #strikes({ task, id }: Case, fate: Parameters<Fates['strikes']>[2]): boolean {
    return this.#fates.strikes(task.ledger, id, fate)
  }

  #waitsSince(since: Instant | '', days: number): boolean {
    return since === '' || addDays(dateAt(since), days) <= this.#stage.today
  }

  #inCompany({ task, request }: Case, kind: Parameters<Stage['holders']>[2]): readonly By[] {
    return this.#stage.holders(task.ledger, request.submission.company, kind)
  }
}

/** 小企业会计准则: what each type of expense is booked to. */
const debits: Readonly<Record<ExpenseType, string>> = {
  service: '5602',
  goods: '1403',
  works: '1604',
  labour: '2211',
  rent: '5402',
  hospitality: '5602',
  lease: '5402',
  utility: '5402',
  tax: '5403',
  insurance: '5602',
  bank: '5603',
  investment: '1511',
}

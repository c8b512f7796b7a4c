// The desks that are seldom come to: suspensions, emergencies, advances, questions, and one's own act taken back.
import { placeOf } from '../../../workflows/request/v1/fold.ts'
import { isWorkingDay } from '../../domain/calendar.ts'
import { minus, moneySchema } from '../../domain/money.ts'
import { deskOf } from '../../domain/office.ts'
import { addDays, dateAt } from '../../domain/time.ts'
import { presentCalendar } from '../calendars.ts'
import type { Stage } from './acting.ts'
import { act, type Answer, back, type Case } from './desk.ts'
import type { Fate, Fates } from './fates.ts'
import { digestOf, pageOf, papersFor } from './papers.ts'

/** So long a suspension lasts until what was asked is cleared up, and a finding until the money is back. */
const CLEARED_UP_DAYS = 4
const RECOVERED_DAYS = 9
/** What is left of an advance. */
const LEFT_OVER = moneySchema.parse('186.50')

export class Turning {
  readonly #stage: Stage
  readonly #fates: Fates

  constructor(stage: Stage, fates: Fates) {
    this.#stage = stage
    this.#fates = fates
  }

  /** Whoever acted last thinks better of it before the next has acted. */
  takeBack({ task, id, request }: Case): Answer | undefined {
    const { last } = request
    if (last === undefined || request.suspendedUntil !== '') return undefined
    const by = this.#stage.person(task.ledger, last.person)
    if (by === undefined || placeOf(request) === 'payment.ordered') return undefined
    if (!this.#fates.strikes(task.ledger, id, 'takenBack')) return undefined
    return { ...act('act.takeBack', { reason: '操作有误，重新核对后再办' }), by }
  }

  /** The head sends it back before the members are called. */
  beforeVote(at: Case): Answer | undefined {
    const { ledger } = at.task
    if (placeOf(at.request) !== 'memberVote.open') return undefined
    const { company } = at.request.submission
    const [head] = this.#stage.holders(ledger, company, 'companyHead')
    if (head === undefined || !this.#fates.strikes(ledger, at.id, 'returnedFromVote'))
      return undefined
    return { ...back('方案未附三家比价，补充后再提交社员表决', 'quotes'), by: head }
  }

  /** One of the two sides that may order it does. */
  orderSuspension(at: Case): Answer | undefined {
    const own = this.#awaits(at, 'suspendedByHead')
    if (own === at.task.desk.startsWith('township/')) return undefined
    const reason = own ? '材料待核，先行暂缓支付' : '检查组所提疑点待核实，暂缓支付'
    return act('suspension.order', { reason })
  }

  /** Lifted once it is cleared up, or renewed before it ends; the third is left to end by itself. */
  lift(at: Case): Answer | undefined {
    const { suspension, suspendedUntil } = at.request
    const { today } = this.#stage
    if (suspension === undefined || suspendedUntil === '') return undefined
    if (this.#awaits(at, 'suspendedAndLifted')) {
      const over = addDays(dateAt(suspension.since), CLEARED_UP_DAYS) <= today
      return over ? act('suspension.lift', { reason: '关联关系已补充申报，疑点已核清' }) : undefined
    }
    // either side of the township lifts it, but only the head renews it
    const ownDesk = at.task.desk === deskOf('township', 'centreHead')
    const renews = ownDesk && this.#awaits(at, 'suspendedAndRenewed') && !suspension.renewed
    const near = addDays(today, 2) >= suspendedUntil && today <= suspendedUntil
    return renews && near
      ? act('suspension.renew', { reason: '主办单位尚未回函，继续暂缓' })
      : undefined
  }

  lapse({ request }: Case): Answer | undefined {
    const { suspendedUntil } = request
    const over = suspendedUntil !== '' && suspendedUntil < this.#stage.today
    return over ? act('suspension.lapse') : undefined
  }

  notify({ task, id }: Case): Answer {
    const how = '村务公开栏张贴，并通知全体董事'
    return act('emergency.notify', { how, notice: pageOf(`${task.ledger} ${id} 应急支出告知`) })
  }

  confirm(): Answer {
    return act('townshipFiling.confirm', { reason: '险情属实，同意经办应急意见' })
  }

  /** The company says what it has put right. */
  answerAutomatic({ request }: Case): Answer | undefined {
    const open = request.emergency.findings.find(({ answerer }) => answerer === undefined)
    if (open === undefined) return undefined
    const text = '手续已补正，款项正在追回'
    return act('automaticFinding.answer', { finding: open.finding, text })
  }

  /** The money is back; another closes it out than whose act raised it. */
  closeAutomatic({ task, id, request, by }: Case): Answer | undefined {
    const [finding] = request.emergency.findings
    const part = [finding?.raiser, finding?.answerer, ...request.doubters]
    if (finding === undefined || part.includes(by.person)) return undefined
    if (addDays(dateAt(finding.since), RECOVERED_DAYS) > this.#stage.today) return undefined
    const { recover } = finding
    const name = `${task.ledger} ${id} ${finding.finding}`
    return act('automaticFinding.close', {
      finding: finding.finding,
      reason: '款项已由责任方退回，手续已补正',
      evidence: pageOf(`${name} 退款回单`),
      ...(recover === undefined
        ? {}
        : {
            recovered: {
              amount: recover,
              bankReference: `TK${digestOf(name).slice(0, 12)}`,
              receivedOn: this.#stage.today,
            },
          }),
    })
  }

  /** Vouchers for what was spent, the rest paid back; one waits until long after its day. */
  settle(at: Case): Answer | undefined {
    const { submission, evidence, settleBy } = at.request
    const { today, sources } = this.#stage
    const late = settleBy === undefined ? today : addDays(settleBy, 4)
    if (this.#awaits(at, 'settledLate') && today < late) return undefined
    const spent = minus(submission.amount, LEFT_OVER)
    const digits = sources.random.of('settled', at.task.ledger, at.id).below(10 ** 9)
    const invoices = [
      { number: `25331${String(digits).padStart(15, '0')}`, date: today, total: spent },
    ]
    const papers = papersFor({ ...submission, amount: spent, invoices }, 'voucher', evidence)
    return act('advance.settle', {
      spent,
      returned: LEFT_OVER,
      bankReference: `JH${today.replaceAll('-', '')}${String(digits).slice(0, 6)}`,
      invoices,
      evidence: papers,
    })
  }

  answer({ request, by }: Case): Answer | undefined {
    const open = request.beside.questions.find(({ to }) => to === by.office)
    if (open === undefined) return undefined
    return act('question.answer', {
      question: open.question,
      text: '数量按现场签收单核定，附件已补齐',
    })
  }

  /** On the eve of a day off it is ordered, and the bank pays the day after. */
  waitsForDayOff(at: Case): boolean {
    const tomorrow = addDays(this.#stage.today, 1)
    return this.#awaits(at, 'paidOnDayOff') && isWorkingDay(presentCalendar, tomorrow)
  }

  /** The day the bank paid; undefined while nobody has looked at its statement. */
  paidOn(at: Case): Stage['today'] | undefined {
    const { today } = this.#stage
    const { orderedOn = today } = at.request
    if (!this.#awaits(at, 'paidOnDayOff')) return today
    return orderedOn < today ? addDays(orderedOn, 1) : undefined
  }

  #awaits({ task, id }: Pick<Case, 'task' | 'id'>, fate: Fate): boolean {
    return this.#fates.awaits(task.ledger, id, fate)
  }
}

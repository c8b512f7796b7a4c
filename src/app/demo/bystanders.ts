// What happens beside the desks: what looks suspicious is looked at, what waits too long is urged, and people talk.
import { placeOf, type Request } from '../../../workflows/request/v1/fold.ts'
import { alertIdSchema } from '../../domain/alert.ts'
import type { By } from '../../domain/entry.ts'
import { type Origin, type RequestId, requestIdSchema, requestStream } from '../../domain/ids.ts'
import { addDays, dateAt } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import type { Fates } from './fates.ts'
import { pageOf } from './papers.ts'
import type { Task } from './watch.ts'

/** Of a thousand: alerts that are ever dismissed, by colour; overdue requests urged on a day; requests talked about. */
const DISMISSED = { red: 150, yellow: 120, blue: 500 }
const URGED = 80
const TALKED = { comment: 8, question: 16, copy: 24 }
const URGE_AGAIN_DAYS = 3
const stoppable: readonly string[] = [
  'papers',
  'supervisorySignOff.open',
  'townshipFiling.open',
  'townshipFiling.accepted',
  'payment.payable',
]

interface Seen {
  readonly ledger: Origin
  readonly id: RequestId
  readonly request: Request
  readonly tasks: Task[]
}

export class Bystanders {
  readonly #stage: Stage
  readonly #fates: Fates
  /** Talked about already; red alerts whose dismissal was tried without proof. */
  readonly #talked = new Set<string>()
  readonly #tried = new Set<string>()

  constructor(stage: Stage, fates: Fates) {
    this.#stage = stage
    this.#fates = fates
  }

  async work(): Promise<void> {
    const waiting = this.#waiting()
    const acts = waiting.flatMap(
      (one) => this.#propose(one) ?? this.#urge(one) ?? this.#talk(one) ?? [],
    )
    await this.#stage.actAll(acts)
    await this.#stage.watch.catchUp()
    await this.#stage.actAll(this.#dismissals())
  }

  /** Every request that anything waits for. */
  #waiting(): readonly Seen[] {
    const { watch } = this.#stage
    const seen = new Map<string, Seen>()
    for (const task of watch.tasks()) {
      const { ledger, stream } = task
      if (!stream.startsWith('request/')) continue
      const known = seen.get(`${ledger} ${stream}`)
      if (known !== undefined) {
        known.tasks.push(task)
        continue
      }
      const id = requestIdSchema.parse(stream.slice('request/'.length))
      const request = watch.request(ledger, id)
      seen.set(`${ledger} ${stream}`, { ledger, id, request, tasks: [task] })
    }
    return [...seen.values()]
  }

  /** An inspector who sees a doubt on what is about to be paid proposes to wait (暂缓支付). */
  #propose({ ledger, id, request }: Seen): Act | undefined {
    const { suspension, suspensionProposed } = request
    if (suspension !== undefined || suspensionProposed) return undefined
    if (!stoppable.includes(placeOf(request))) return undefined
    const doubted =
      this.#fates.awaits(ledger, id, 'suspendedAndLifted') ||
      this.#fates.awaits(ledger, id, 'suspendedAndRenewed') ||
      this.#fates.awaits(ledger, id, 'suspendedByHead')
    const [inspector] = this.#stage.inTownship('inspector')
    if (!doubted || inspector === undefined) return undefined
    const reason = '资料存在疑点，建议核实后再支付'
    return this.#on({ ledger, id, by: inspector }, 'suspension.propose', {
      reason,
      basis: '“五个必经”制度（暂缓支付）',
    })
  }

  /** The clerk calls on whom it waits for once the limit is over; on the clerk, to call the board, the company's head does. */
  #urge({ ledger, id, request, tasks }: Seen): Act | undefined {
    const { now, today, sources } = this.#stage
    const uncalled = placeOf(request) === 'boardReview.open'
    const overdue = tasks.some(
      ({ dueAt, act }) =>
        dueAt !== '' && dueAt < now && (urgeable.has(act) || (uncalled && act === 'meeting.plan')),
    )
    const recent = request.beside.urges.some(
      ({ at }) => addDays(dateAt(at), URGE_AGAIN_DAYS) > today,
    )
    if (!overdue || recent || !sources.random.of('urge', ledger, id, today).perMille(URGED))
      return undefined
    const [by] = this.#ofCompany(ledger, request, uncalled ? 'companyHead' : 'reportingClerk')
    if (by === undefined) return undefined
    return this.#on({ ledger, id, by }, 'request.urge', {
      reason: '已过办理时限，请尽快办理',
    })
  }

  /** Before the supervisors sign, some requests are talked about, once. */
  #talk({ ledger, id, request }: Seen): Act | undefined {
    const name = `${ledger} ${id}`
    if (placeOf(request) !== 'supervisorySignOff.open' || this.#talked.has(name)) return undefined
    this.#talked.add(name)
    const drawn = this.#stage.sources.random.of('talk', ledger, id).below(1000)
    const [supervisor] = this.#ofCompany(ledger, request, 'supervisor')
    const [head] = this.#ofCompany(ledger, request, 'companyHead')
    if (supervisor === undefined || head === undefined) return undefined
    if (drawn < TALKED.comment) {
      const text = '数量与上月持平，单价略有上升，请留意。'
      return this.#on({ ledger, id, by: supervisor }, 'request.comment', { text })
    }
    if (drawn < TALKED.question) {
      const text = '验收数量与发票数量是否一致？'
      const input = { to: head.office, text }
      return this.#on({ ledger, id, by: supervisor }, 'question.ask', input)
    }
    if (drawn >= TALKED.copy) return undefined
    const [bookkeeper] = this.#ofCompany(ledger, request, 'bookkeeper')
    if (bookkeeper === undefined) return undefined
    const input = { offices: [bookkeeper.office], persons: [], note: '请留意入账科目' }
    return this.#on({ ledger, id, by: head }, 'request.copyIn', input)
  }

  /** A red alert is dismissed on proof alone, as whoever tries without is told. */
  #dismissals(): readonly Act[] {
    const { watch, sources, today } = this.#stage
    return watch.rows('alert').flatMap(({ ledger, request, alert, colour, state, raisedOn }) => {
      if (state !== 'open') return []
      const name = `${ledger} ${request} ${alert}`
      const random = sources.random.of('dismissal', name)
      const chance = Object.entries(DISMISSED).find(([one]) => one === colour)?.[1] ?? 0
      if (!random.perMille(chance) || addDays(raisedOn, random.between(2, 12)) > today) return []
      const id = requestIdSchema.parse(request)
      const inspector = random.pick(this.#stage.inTownship('inspector'))
      const input = {
        alert: alertIdSchema.parse(alert),
        reason: '经核对原始资料，情况属实，予以消除',
      }
      const unproven = colour === 'red' && !this.#tried.has(name)
      this.#tried.add(name)
      const to = { ledger, id, by: inspector }
      if (unproven) return [{ ...this.#on(to, 'alert.dismiss', input), daring: true }]
      const evidence = pageOf(`${name} 核查记录`)
      return [this.#on(to, 'alert.dismiss', { ...input, evidence })]
    })
  }

  #ofCompany(
    ledger: Origin,
    { submission }: Request,
    kind: Parameters<Stage['holders']>[2],
  ): readonly By[] {
    return this.#stage.holders(ledger, submission.company, kind)
  }

  #on(
    { ledger, id, by }: { readonly ledger: Origin; readonly id: RequestId; readonly by: By },
    type: string,
    input: unknown,
  ): Act {
    return { ledger, stream: requestStream(id), type, by, input }
  }
}

/** What the chain waits for: nobody is urged to put a question or to end a suspension. */
const urgeable: ReadonlySet<string> = new Set([
  'request.handle',
  'request.witness',
  'request.issue',
  'supervisorySignOff.sign',
  'townshipFiling.accept',
  'townshipFiling.consent',
])

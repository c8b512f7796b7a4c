// After a finding: the company answers in its time, another inspector looks again and closes it out, or sends it back once.
import type { Finding, InspectionState } from '../../../workflows/inspection/v1/fold.ts'
import type { By } from '../../domain/entry.ts'
import { addDays } from '../../domain/time.ts'
import type { Act, Stage } from './acting.ts'
import { digestOf, pageOf } from './papers.ts'
import { companiesOf, onRound, type Round } from './round.ts'

/** Of a thousand days on which a finding lies there, on how many it is answered, and an answer is looked at. */
const ANSWERED = 90
const LOOKED_AT = 250
/** An answer comes at the latest so long before the limit. */
const RESERVE_DAYS = 3

export class Rectifying {
  readonly #stage: Stage
  /** Sent back already: once is enough for a demonstration. */
  readonly #sentBack = new Set<string>()

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async work(round: Round, state: InspectionState): Promise<void> {
    for (const finding of state.findings.values()) {
      const act = this.#next(round, finding)
      if (act === undefined) continue
      this.#stage.pause()
      await this.#stage.act(act)
      if (act.type === 'finding.answer') await this.#tryOwn(round, finding)
    }
  }

  #next(round: Round, finding: Finding): Act | undefined {
    switch (finding.snapshot.value) {
      case 'raised':
      case 'reopened':
        return this.#answer(round, finding)
      case 'answered':
        return this.#recover(round, finding) ?? this.#closeOut(round, finding)
      default:
        return undefined
    }
  }

  #answer(round: Round, { id, what, dueOn }: Finding): Act | undefined {
    const { today } = this.#stage
    const waits = addDays(today, RESERVE_DAYS) < dueOn
    if (waits && !round.random.of('answer', id, today).perMille(ANSWERED)) return undefined
    const [clerk] = this.#inCompany(round, what, 'reportingClerk')
    if (clerk === undefined) return undefined
    const training = what.followUps.includes('training')
      ? { training: { on: today, persons: 12, sheet: pageOf(`${round.id} ${id} 培训签到`) } }
      : {}
    const input = { finding: id, text: '已整改到位，附整改材料', ...training }
    return onRound(round, clerk, { type: 'finding.answer', input })
  }

  /** The money that was asked for comes back, and the cashier sees it in the bank. */
  #recover(round: Round, { id, what, recovered }: Finding): Act | undefined {
    const { recover: amount } = what
    const [cashier] = this.#inCompany(round, what, 'cashier')
    if (amount === undefined || recovered.length > 0 || cashier === undefined) return undefined
    const { today: receivedOn } = this.#stage
    const of = digestOf(`${round.id} ${id} 追回`).slice(0, 8)
    const bankReference = `TK${receivedOn.replaceAll('-', '')}${of}`
    const input = { finding: id, amount, bankReference, receivedOn }
    return onRound(round, cashier, { type: 'recovery.record', input })
  }

  #inCompany(
    { ledger }: Round,
    { request }: Finding['what'],
    kind: 'reportingClerk' | 'cashier',
  ): readonly By[] {
    const { watch } = this.#stage
    const company =
      request === undefined
        ? companiesOf(this.#stage, ledger)[0]
        : watch.request(ledger, request).submission.company
    return company === undefined ? [] : this.#stage.holders(ledger, company, kind)
  }

  #closeOut(round: Round, { id, raiser, what }: Finding): Act | undefined {
    const other = this.#inspector((by) => by.person !== raiser)
    const looks = round.random.of('look', id, this.#stage.today).perMille(LOOKED_AT)
    if (other === undefined || !looks) return undefined
    const name = `${round.ledger} ${round.id} ${id}`
    const sendsBack =
      this.#sentBack.size === 0
        ? what.kind === 'normal'
        : round.random.of('reopen', id).perMille(60)
    if (sendsBack && !this.#sentBack.has(name)) {
      this.#sentBack.add(name)
      const input = { finding: id, reason: '整改材料不完整，请补充' }
      return onRound(round, other, { type: 'finding.reopen', input })
    }
    const demand = { document: '八纪监〔2025〕3号', on: this.#stage.today }
    const input = {
      finding: id,
      remark: '整改属实，予以销号',
      ...(what.followUps.includes('disciplineDemand') ? { demand } : {}),
    }
    return onRound(round, other, { type: 'finding.verify', input })
  }

  /** Now and then who raised a finding wants to close it out as well, and is told that another must. */
  async #tryOwn(round: Round, { id, raiser }: Finding): Promise<void> {
    const by = this.#inspector(({ person }) => person === raiser)
    if (by === undefined || !round.random.of('own', id).perMille(150)) return
    const input = { finding: id, remark: '整改属实' }
    await this.#stage.act({
      ...onRound(round, by, { type: 'finding.verify', input }),
      daring: true,
    })
  }

  #inspector(fits: (by: By) => boolean): By | undefined {
    return this.#stage.inTownship('inspector').find((by) => fits(by))
  }
}

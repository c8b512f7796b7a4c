// Supervisors meet once a quarter over what they have signed, on top of signing each request at their desks.
import type { LocalDate } from '../../domain/time.ts'
import type { Stage } from './acting.ts'
import type { Boards } from './boards.ts'
import { firmsOf } from './meetings.ts'

const quarters: readonly { readonly on: LocalDate; readonly title: string }[] = [
  { on: '2025-04-15' as LocalDate, title: '通报第一季度支出监督情况' },
  { on: '2025-07-15' as LocalDate, title: '通报第二季度支出监督情况' },
  { on: '2025-10-15' as LocalDate, title: '通报第三季度支出监督情况' },
]

export class Sessions {
  readonly #stage: Stage
  readonly #boards: Boards
  #held = 0

  constructor(stage: Stage, boards: Boards) {
    this.#stage = stage
    this.#boards = boards
  }

  async work(): Promise<void> {
    const next = quarters[this.#held]
    if (next === undefined || this.#stage.today < next.on) return
    this.#held += 1
    const agenda = [{ item: 'a1', title: next.title }]
    for (const firm of firmsOf(this.#stage)) await this.#boards.convene(firm, 'supervisors', agenda)
  }
}

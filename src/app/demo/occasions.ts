// What happens once in the year beside the flow of requests: who leaves and who comes, deputies, rules, sessions.
import type { Stage } from './acting.ts'
import { Deputies } from './deputies.ts'
import type { Meetings } from './meetings.ts'
import type { Members } from './members.ts'
import { Rulemaking } from './rulemaking.ts'
import { Sessions } from './sessions.ts'
import { Turnover } from './turnover.ts'

type Office = ConstructorParameters<typeof Deputies>[1]

export class Occasions {
  readonly #deputies: Deputies
  readonly #turnover: Turnover
  readonly #rulemaking: Rulemaking
  readonly #sessions: Sessions

  /** `until`: the last day a request is drawn up. */
  constructor(
    stage: Stage,
    office: Office & { readonly meetings: Meetings; readonly members: Members },
    until: string,
  ) {
    this.#deputies = new Deputies(stage, office, until)
    this.#turnover = new Turnover(stage)
    this.#rulemaking = new Rulemaking(stage, office.meetings, office.members)
    this.#sessions = new Sessions(stage, office.boards)
  }

  /** Requests still to be drawn up. */
  get left(): number {
    return this.#deputies.left
  }

  async work(): Promise<void> {
    await this.#turnover.work()
    await this.#rulemaking.work()
    await this.#deputies.work()
    await this.#sessions.work()
  }
}

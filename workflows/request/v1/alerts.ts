// Alerts (预警) from what a form, its papers and the facts say: pure, explained, and never in the way of anything (law 10.5).
import { papersBeforePayment } from '../../../src/domain/alert-papers.ts'
import {
  type AlertColour,
  type AlertId,
  alertIdSchema,
  type AlertRule,
} from '../../../src/domain/alert.ts'
import type { FactAnswers } from '../../../src/domain/facts.ts'
import type { Origin, RequestId, StreamId } from '../../../src/domain/ids.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import type { Evidence, Submission } from '../../../src/domain/request.ts'
import type { EventDraft } from '../../../src/domain/store.ts'
import type { LocalDate } from '../../../src/domain/time.ts'
import type { Decider } from './fold.ts'
import { ALERT_REQUESTS_MAX } from './events-alert.ts'
import { eventOn } from './scene.ts'

/** Another request, here or in another ledger of the township. */
export interface SeenWith {
  readonly request: RequestId
  readonly ledger?: Origin
}

/** What a rule saw. */
export interface Seen {
  readonly rule: AlertRule
  readonly colour: AlertColour
  readonly params: Readonly<Record<string, string>>
  readonly requests?: readonly RequestId[]
  readonly elsewhere?: readonly { readonly ledger: Origin; readonly request: RequestId }[]
}

/** An alert in the record of a request. */
export interface Alert extends Required<Pick<Seen, 'rule' | 'colour' | 'requests' | 'elsewhere'>> {
  readonly alert: AlertId
  readonly raisedOn: LocalDate
  readonly dismissed: boolean
  readonly dismissal?: {
    readonly by: Decider
    /** What it was dismissed about: of another payee, amount or circle of persons it is raised again. */
    readonly about: string
  }
}

/** What was raised before, and what the request is about by now. */
export interface Raised {
  readonly before: readonly Alert[]
  readonly about: string
}

/** All that the rules look at. */
export interface Sight {
  readonly policy: PolicyValues
  readonly today: LocalDate
  readonly facts: FactAnswers
  /** The ledger it is in: what is held elsewhere is told apart. */
  readonly ledger: Origin
  readonly form: Submission
}

const severity = { blue: 0, yellow: 1, red: 2 } as const satisfies Record<AlertColour, number>

/**
 * Said before, of the same requests at least and no less loudly: saying it again would tell nothing, unless it was dismissed
 * while the request was about something else.
 */
function known({ before, about }: Raised, seen: Seen): boolean {
  return before.some(
    ({ rule, colour, requests, elsewhere, dismissal }) =>
      (dismissal === undefined || dismissal.about === about) &&
      rule === seen.rule &&
      severity[colour] >= severity[seen.colour] &&
      (seen.requests ?? []).slice(0, ALERT_REQUESTS_MAX).every((id) => requests.includes(id)) &&
      (seen.elsewhere ?? [])
        .slice(0, ALERT_REQUESTS_MAX)
        .every((one) => elsewhere.some((other) => sameRequest(one, other))),
  )
}

const sameRequest = (a: SeenWith, b: SeenWith): boolean =>
  a.request === b.request && a.ledger === b.ledger

/** The notes for what was seen now and was not before, numbered on. */
export function alertsRaised(
  stream: StreamId,
  raised: Raised,
  seen: readonly Seen[],
): readonly EventDraft[] {
  return seen
    .filter((one) => !known(raised, one))
    .map(({ rule, colour, params, requests = [], elsewhere = [] }, i) =>
      eventOn(stream, {
        type: 'alert.raised',
        body: {
          alert: alertIdSchema.parse(`al-${raised.before.length + i + 1}`),
          rule,
          colour,
          params: { ...params },
          requests: requests.slice(0, ALERT_REQUESTS_MAX),
          ...(elsewhere.length === 0 ? {} : { elsewhere: elsewhere.slice(0, ALERT_REQUESTS_MAX) }),
        },
      }),
    )
}

/** Requests of this ledger, and those of others, as an alert names them; each once, without an order of their own. */
export function seenWith(
  ledger: Origin,
  holders: readonly { readonly ledger: Origin; readonly request: RequestId }[],
): Pick<Seen, 'requests' | 'elsewhere'> & { readonly count: number } {
  const distinct = holders.filter(
    (one, i) => holders.findIndex((other) => sameRequest(one, other)) === i,
  )
  return {
    count: distinct.length,
    requests: distinct.filter((one) => one.ledger === ledger).map(({ request }) => request),
    elsewhere: distinct
      .filter((one) => one.ledger !== ledger)
      .map(({ ledger: origin, request }) => ({ ledger: origin, request })),
  }
}

/** R16: papers that come before the money, dated after it left. */
export function papersAfter(
  evidence: readonly Evidence[],
  date: LocalDate | undefined,
): readonly Seen[] {
  if (date === undefined) return []
  const late = evidence.flatMap(({ paper, dated }) =>
    dated !== undefined && dated > date && papersBeforePayment.includes(paper) ? [dated] : [],
  )
  const [dated] = late.toSorted().toReversed()
  if (dated === undefined) return []
  const params = { count: String(late.length), date, dated }
  return [{ rule: 'papersAfterPayment', colour: 'red', params }]
}

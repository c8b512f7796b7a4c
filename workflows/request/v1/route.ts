// The route (路线): which of the five musts a request needs and why, as one pure function. The browser runs it too.
import { type EmergencyCause, emergencyCauses } from '../../../src/domain/emergency.ts'
import {
  type Matter,
  matters,
  neverDeferred,
  reservedMatters,
} from '../../../src/domain/expense.ts'
import type { RequestId } from '../../../src/domain/ids.ts'
import { fillBoth, type Sentence } from '../../../src/domain/language.ts'
import { above, atLeast, grouped, type Money, sumWithin } from '../../../src/domain/money.ts'
import { type Demand, type Must, musts } from '../../../src/domain/must.ts'
import type { PolicyValues } from '../../../src/domain/policy.ts'
import type { Submission } from '../../../src/domain/request.ts'

/** What the route depends on. `rolling.sum` includes the request itself; `parts` are the others in the window. */
export interface RouteFacts {
  readonly amount: Money
  readonly rolling: { readonly sum: Money; readonly parts: readonly RequestId[] }
  readonly matter: Matter
  readonly related: boolean
  /** The handler heads the company, or is related to who does. */
  readonly headInvolved: boolean
  /** The authority that covers the request, when one does. */
  readonly covered?: string
  /** 抢险应急: what members and board decide comes after the payment (law 3.10). */
  readonly emergency?: EmergencyCause
}

/** The form's own part of it, and what was found out beside it. */
export function routeFacts(
  {
    amount,
    matter,
    authority,
    emergency,
  }: Pick<Submission, 'amount' | 'matter' | 'authority' | 'emergency'>,
  found: Pick<RouteFacts, 'rolling' | 'related' | 'headInvolved'>,
): RouteFacts {
  return {
    amount,
    matter,
    ...found,
    ...(authority === undefined ? {} : { covered: authority }),
    ...(emergency === undefined ? {} : { emergency: emergency.cause }),
  }
}

/** What is known of payee and persons beside the form: told by a preview, so that a page can route anew as it is typed in. */
export interface KnownBeside extends Pick<RouteFacts, 'related' | 'headInvolved'> {
  /** The others in the window of the rolling sum. */
  readonly parts: readonly { readonly request: RequestId; readonly amount: Money }[]
}

/** The route a form would be given now. Undefined where the sum is past what money holds: that is refused. */
export function routeAhead(
  form: Pick<Submission, 'amount' | 'matter' | 'authority' | 'emergency'>,
  { parts, related, headInvolved }: KnownBeside,
  policy: PolicyValues,
): readonly RouteStation[] | undefined {
  const sum = sumWithin([form.amount, ...parts.map(({ amount }) => amount)])
  if (sum === undefined) return undefined
  const rolling = { sum, parts: parts.map(({ request }) => request) }
  return route(routeFacts(form, { rolling, related, headInvolved }), policy)
}

/** One of the five, with the rule that decided and its sentence in both languages. */
export interface RouteStation {
  readonly must: Must
  readonly demand: Demand
  readonly rule: string
  readonly reason: Sentence
}

/** Rules and their sentences; a station's `rule` is a key of this table. */
export const routeRules = {
  'always.signOff': {
    zh: '每笔支出都须监事会签字',
    en: 'Every expense is signed by the supervisors',
  },
  'always.audit': {
    zh: '每个流程都须经镇纪委检查',
    en: 'Every process is inspected by the discipline committee',
  },
  'always.strict': {
    zh: '本镇政策要求每笔都经此环节',
    en: 'The policy in force requires this of every request',
  },
  'amount.reaches': {
    zh: '金额{amount}元，达到{line}元',
    en: 'The amount {amount} reaches {line} yuan',
  },
  'rollingSum.reaches': {
    zh: '{days}天内付给同一收款人共{sum}元（另{count}笔：{parts}），达到{line}元',
    en: '{sum} yuan to the same payee within {days} days (with {count} more: {parts}) reaches {line} yuan',
  },
  'matter.reserved': {
    zh: '{matter}须由社员表决，不论金额',
    en: '{matter} is decided by the members whatever the amount',
  },
  'matter.lending': {
    zh: '出借集体资金须社员表决、征求意见并报备，不论金额',
    en: 'Lending needs member vote, consultation and filing whatever the amount',
  },
  'matter.contract': {
    zh: '订立或变更合同须董事会研究',
    en: 'Concluding or changing a contract needs the board',
  },
  'party.related': {
    zh: '关联交易，不论金额',
    en: 'A related-party deal, whatever the amount',
  },
  'head.involved': {
    zh: '负责人即经办人或与其有关联',
    en: 'The company head handled it or is related to who did',
  },
  'authority.covers': {
    zh: '已在{authority}批准的额度内',
    en: 'Within the ceiling approved as {authority}',
  },
  'amount.daily': {
    zh: '日常支出：金额{amount}元（{days}天内同一收款人共{sum}元），不超过{line}元',
    en: 'Daily spending: {amount} ({sum} within {days} days to this payee) is at most {line} yuan',
  },
  'emergency.defers': {
    zh: '应急（{cause}）先办后补：{why}',
    en: 'An emergency ({cause}), decided after the payment: {why}',
  },
  'emergency.deferred': {
    zh: '先办后补的支出不论金额，付款前须经镇三资中心同意',
    en: 'Whatever is decided after its payment has the emergency consent of the township first',
  },
  'amount.below': {
    zh: '金额{amount}元（{days}天内同一收款人共{sum}元），未达{line}元',
    en: 'The amount {amount} ({sum} within {days} days to this payee) is below {line} yuan',
  },
} as const satisfies Record<string, Sentence>
export type RouteRule = keyof typeof routeRules

const PARTS_NAMED = 5

/**
 * Which musts a request must pass, each with demand, rule and reason (law §3). Total: every request gets all five, in order.
 * Splitting raises the route: the rolling sum counts as the amount does.
 */
export function route(facts: RouteFacts, policy: PolicyValues): readonly RouteStation[] {
  return musts.map((must) => ({ must, ...judge(must, facts, policy) }))
}

type Judged = Omit<RouteStation, 'must'>

function judge(must: Must, facts: RouteFacts, policy: PolicyValues): Judged {
  switch (must) {
    case 'supervisorySignOff':
      return because('required', 'always.signOff', {})
    case 'disciplineAudit':
      return because('required', 'always.audit', {})
    case 'memberVote':
      return deferredOr(facts, memberVote(facts, policy))
    case 'boardReview':
      return deferredOr(facts, boardReview(facts, policy))
    case 'townshipFiling':
      return townshipFiling(facts, policy)
  }
}

function memberVote(facts: RouteFacts, policy: PolicyValues): Judged {
  if (reservedMatters.includes(facts.matter))
    return because('required', 'matter.reserved', { matter: matters[facts.matter] })
  if (policy['route.preset'] === 'strict') return because('required', 'always.strict', {})
  return coveredOr(facts, byAmount(facts, policy, policy['tier.majorFrom']))
}

function boardReview(facts: RouteFacts, policy: PolicyValues): Judged {
  if (facts.related) return because('required', 'party.related', {})
  if (facts.matter === 'contract') return because('required', 'matter.contract', {})
  if (facts.headInvolved) return because('required', 'head.involved', {})
  if (policy['route.preset'] === 'strict') return because('required', 'always.strict', {})
  const line = policy['tier.boardFrom']
  return coveredOr(
    facts,
    isDaily(facts, policy) ? daily(facts, policy) : byAmount(facts, policy, line),
  )
}

/** What counts towards the lines: what an authority covers was approved as a whole, and its window does not (law §3). */
const countedOf = ({ amount, rolling, covered }: RouteFacts): Money =>
  covered === undefined ? rolling.sum : amount

/** Daily spending (日常支出) is signed by its issuers and the supervisors: no organ takes it up. */
function isDaily(facts: RouteFacts, policy: PolicyValues): boolean {
  const counted = countedOf(facts)
  return !above(counted, policy['tier.dailyMax']) && !atLeast(counted, policy['tier.boardFrom'])
}

const daily = (facts: RouteFacts, policy: PolicyValues): Judged =>
  because('notRequired', 'amount.daily', {
    amount: grouped(facts.amount),
    days: String(policy['window.days']),
    sum: grouped(countedOf(facts)),
    line: grouped(policy['tier.dailyMax']),
  })

// an authority stands for the members' and the board's decision; each payment under it is filed all the same (domain §9)
function townshipFiling(facts: RouteFacts, policy: PolicyValues): Judged {
  if (facts.related) return because('required', 'party.related', {})
  const large = byAmount(facts, policy, policy['tier.largeFrom'])
  if (large.demand === 'required') return large
  if (facts.matter === 'lending') return because('required', 'matter.lending', {})
  // what neither members nor board have seen is not paid on the company's word alone (law 3.11)
  const organs = [memberVote, boardReview].map((of) => deferredOr(facts, of(facts, policy)))
  return organs.some(({ demand }) => demand === 'deferred')
    ? because('required', 'emergency.deferred', {})
    : large
}

/** Is this must asked by the amount or by the sum to the payee, rather than for what the request is? */
export const isByAmount = ({ rule }: Pick<RouteStation, 'rule'>): boolean =>
  rule === 'amount.reaches' || rule === 'rollingSum.reaches'

function coveredOr(facts: RouteFacts, judged: Judged): Judged {
  if (judged.demand !== 'required' || facts.covered === undefined) return judged
  return because('covered', 'authority.covers', { authority: facts.covered })
}

/** What is required and can be decided afterwards waits for the danger to be over; what outlasts any danger does not. */
function deferredOr({ emergency, matter }: RouteFacts, judged: Judged): Judged {
  if (emergency === undefined || judged.demand !== 'required') return judged
  if (neverDeferred.includes(matter)) return judged
  const cause = emergencyCauses[emergency]
  return because('deferred', 'emergency.defers', { cause, why: judged.reason })
}

function byAmount(facts: RouteFacts, policy: PolicyValues, line: Money): Judged {
  const { amount, rolling } = facts
  const counted = countedOf(facts)
  const days = String(policy['window.days'])
  if (atLeast(amount, line)) {
    return because('required', 'amount.reaches', { amount: grouped(amount), line: grouped(line) })
  }
  if (above(counted, amount) && atLeast(counted, line)) {
    const named = rolling.parts.slice(0, PARTS_NAMED).join(', ')
    const parts = rolling.parts.length > PARTS_NAMED ? `${named} …` : named
    const count = String(rolling.parts.length)
    return because('required', 'rollingSum.reaches', {
      days,
      sum: grouped(counted),
      count,
      parts,
      line: grouped(line),
    })
  }
  return because('notRequired', 'amount.below', {
    amount: grouped(amount),
    days,
    sum: grouped(counted),
    line: grouped(line),
  })
}

function because(
  demand: Demand,
  rule: RouteRule,
  values: Readonly<Record<string, string | Sentence>>,
): Judged {
  return { demand, rule, reason: fillBoth(routeRules[rule], values) }
}

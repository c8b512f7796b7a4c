// What if (law §8): the requests of a year routed again under a proposed policy. Each by the facts it was routed by, its
// rolling sum counted anew in the proposed window; the village's own rule of that day stays the stricter.
import {
  policyFold,
  type PolicyState,
  policyStream,
  ruleInForce,
} from '../../workflows/policy/v1/fold.ts'
import { type RequestEvent, requestEvents } from '../../workflows/request/v1/events.ts'
import { type Request, requestFold } from '../../workflows/request/v1/fold.ts'
import { windowKeys } from '../../workflows/request/v1/judgement.ts'
import { signaturesNeeded } from '../../workflows/request/v1/opening.ts'
import { route, routeFacts, type RouteStation } from '../../workflows/request/v1/route.ts'
import { requestIdOf } from '../../workflows/request/v1/scene.ts'
import { brokenUnder } from '../../workflows/request/v1/what-if.ts'
import type { Entry } from '../domain/entry.ts'
import { type OrganisationId, type Origin, streamKind, type StreamId } from '../domain/ids.ts'
import { sum } from '../domain/money.ts'
import { type Demand, type Must, musts } from '../domain/must.ts'
import type { PolicyValues } from '../domain/policy.ts'
import { explain, type Refusal } from '../domain/refusal.ts'
import { addDays, dateAt, type Instant, type LocalDate } from '../domain/time.ts'
import { tighten } from '../domain/village-rule.ts'
import type { ChangedRequest, MustChange, Refusing, Signatures } from './compare-change.ts'
import { AuthoritiesCompared, type ChangedAuthority } from './compare-authorities.ts'
import { FactMemory } from './facts.ts'
import { requestRows } from './projections/request.ts'

export interface MustTotals {
  /** Requests that had to pass it, and that would have to. */
  readonly was: number
  readonly would: number
  readonly gained: number
  readonly lost: number
}

export interface CompanyTotals {
  readonly ledger: Origin
  readonly company: OrganisationId
  readonly requests: number
  readonly changed: number
  readonly musts: { readonly [M in Must]: MustTotals }
}

export interface Comparison {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly requests: number
  readonly changed: readonly ChangedRequest[]
  /** Of those entered in these days. */
  readonly authorities: readonly ChangedAuthority[]
  readonly musts: { readonly [M in Must]: MustTotals }
  readonly companies: readonly CompanyTotals[]
}

/** One village's ledger, its entries in order from the first. */
export interface ComparedLedger {
  readonly ledger: Origin
  readonly entries: Iterable<Entry>
}

export interface Comparing {
  /** The township's values as proposed, whole. */
  readonly values: PolicyValues
  /** Dates of submission; of a request that was materially changed, of its last route. */
  readonly from: LocalDate
  readonly to: LocalDate
}

/** What would have been asked of the requests submitted from–to. */
export function comparePolicy(ledgers: Iterable<ComparedLedger>, asked: Comparing): Comparison {
  const going = comparing(ledgers, asked)
  for (;;) {
    const step = going.next()
    if (step.done === true) return step.value
  }
}

/** The same for who has others to serve: `pause` is awaited after every few entries, and ends it by throwing. */
export async function comparePolicyInPieces(
  ledgers: Iterable<ComparedLedger>,
  { pause, ...asked }: Comparing & { readonly pause: () => Promise<void> },
): Promise<Comparison> {
  const going = comparing(ledgers, asked)
  for (;;) {
    const step = going.next()
    if (step.done === true) return step.value
    await pause()
  }
}

/** A few milliseconds of work. */
const PIECE = 20

function* comparing(
  ledgers: Iterable<ComparedLedger>,
  { values, from, to }: Comparing,
): Generator<undefined, Comparison> {
  const compared: Compared[] = []
  for (const one of ledgers) compared.push(yield* comparedIn(one, values))
  const routed = compared.flatMap(({ requests }) => requests)
  const entered = compared.flatMap(({ authorities }) => authorities)
  const within = routed.filter(({ submittedOn }) => submittedOn >= from && submittedOn <= to)
  const companies = new Map<string, Rerouted[]>()
  for (const one of within) {
    const known = companies.get(one.company)
    if (known === undefined) companies.set(one.company, [one])
    else known.push(one)
  }
  return {
    from,
    to,
    requests: within.length,
    changed: within.filter(isChanged).map(changedOf),
    authorities: entered.filter(({ enteredOn }) => enteredOn >= from && enteredOn <= to),
    musts: totalsOf(within),
    companies: [...companies.values()].flatMap((own) => {
      const [first] = own
      if (first === undefined) return []
      const { ledger, company } = first
      const changed = own.filter(isChanged).length
      return [{ ledger, company, requests: own.length, changed, musts: totalsOf(own) }]
    }),
  }
}

/** A request with the route it has and the one it would have. */
interface Rerouted extends Omit<ChangedRequest, 'changes' | 'signOff'> {
  readonly was: readonly RouteStation[]
  readonly would: readonly RouteStation[]
  /** Asked of the supervisors, once they were, and what would be. */
  readonly signed?: Signatures
  readonly toSign: Signatures
}

interface Compared {
  readonly requests: readonly Rerouted[]
  readonly authorities: readonly ChangedAuthority[]
}

/** Every request of a ledger under the last route it was given, in the order they were first submitted. */
function* comparedIn(
  { ledger, entries }: ComparedLedger,
  values: PolicyValues,
): Generator<undefined, Compared> {
  const found = new Map<StreamId, Rerouted>()
  const requests = new Map<StreamId, Request>()
  const memory = new FactMemory()
  const authorities = new AuthoritiesCompared({ ledger, memory })
  let rules = policyFold.initial
  for (const entry of entries) {
    if (entry.seq % PIECE === 0) yield undefined
    const { stream } = entry
    if (stream === policyStream) rules = policyFold.apply(rules, entry)
    const own = stricterOf(values, rules, entry.at)
    authorities.take(entry, own)
    if (streamKind(stream) !== 'request') continue
    const routing = routingOf(entry)
    const before = requests.get(stream)
    if (routing !== undefined)
      found.set(stream, again(entry, routing, { ledger, memory, before, values: own() }))
    const [known, signed] = [found.get(stream), signaturesAsked(entry)]
    if (known !== undefined && signed !== undefined) found.set(stream, { ...known, signed })
    const request = requestFold.apply(before, entry)
    if (request === undefined) continue
    requests.set(stream, request)
    memory.replace(stream, requestRows(requestIdOf(stream), request))
  }
  return { requests: [...found.values()], authorities: authorities.found }
}

/** The proposed values, and the village's rule of an instant where it is the stricter. */
const stricterOf = (values: PolicyValues, rules: PolicyState, at: Instant) => (): PolicyValues => {
  const rule = ruleInForce(rules, at)
  return rule === undefined ? values : tighten(values, rule.settings)
}

function signaturesAsked({ type, body }: Entry): Signatures | undefined {
  if (type !== 'supervisorySignOff.opened') return undefined
  const event = requestEvents.parse({ type, body })
  return event.type === 'supervisorySignOff.opened' ? event.body.needs : undefined
}

type Routing = Extract<RequestEvent, { type: 'request.submitted' | 'request.resubmitted' }>['body']

/** The body of an entry that computed a route: a submission, or a material change (law 2.28). */
function routingOf({ type, body }: Entry): Routing | undefined {
  if (type !== 'request.submitted' && type !== 'request.resubmitted') return undefined
  const event = requestEvents.parse({ type, body })
  if (event.type === 'request.submitted') return event.body
  if (event.type !== 'request.resubmitted' || event.body.material.length === 0) return undefined
  return event.body
}

interface Under {
  readonly ledger: Origin
  readonly memory: FactMemory
  /** The request as it was before this entry. */
  readonly before: Request | undefined
  readonly values: PolicyValues
}

function again(
  { at, stream, policy = '' }: Entry,
  { given, related, headInvolved, route: was }: Routing,
  { ledger, memory, before, values }: Under,
): Rerouted {
  const submittedOn = dateAt(at)
  const request = requestIdOf(stream)
  const payeeWindow = memory.payeeWindow({
    company: given.company,
    keys: windowKeys(given),
    from: addDays(submittedOn, 1 - values['window.days']),
    to: submittedOn,
    except: request,
  })
  const { parts } = payeeWindow
  const rolling = {
    sum: sum([given.amount, ...parts.map(({ amount }) => amount)]),
    parts: parts.map((part) => part.request),
  }
  const would = route(routeFacts(given, { rolling, related, headInvolved }), values)
  const { company, amount } = given
  const broken = brokenUnder(given, {
    policy: values,
    facts: { payeeWindow },
    today: submittedOn,
    sum: rolling.sum,
    held: before?.submission.kind === given.kind ? before.invoices : [],
  })
  return {
    ledger,
    request,
    company,
    amount,
    submittedOn,
    policy,
    was,
    would,
    ...(broken === undefined ? {} : { refused: told(broken.refused) }),
    toSign: signaturesNeeded({ related, route: would }, values),
  }
}

const told = (refusal: Refusal): Refusing => ({
  code: refusal.code,
  why: { zh: explain(refusal, 'zh').no, en: explain(refusal, 'en').no },
})

/** Somebody decides in it, at once or, in an emergency, afterwards. */
const isPassed = (demand: Demand): boolean => demand === 'required' || demand === 'deferred'

function changesOf({ was, would }: Rerouted): readonly MustChange[] {
  return musts.flatMap((must) => {
    const before = stationOf(was, must)
    const after = stationOf(would, must)
    if (isPassed(before.demand) === isPassed(after.demand)) return []
    const change = isPassed(after.demand) ? ('gained' as const) : ('lost' as const)
    return [{ must, change, was: before.reason, would: after.reason }]
  })
}

function stationOf(stations: readonly RouteStation[], must: Must): RouteStation {
  const station = stations.find((one) => one.must === must)
  if (station === undefined) throw new Error(`the route has no ${must}`)
  return station
}

const isChanged = (one: Rerouted): boolean =>
  changesOf(one).length > 0 || one.refused !== undefined || signOffOf(one) !== undefined

/** What was never asked of the supervisors has not changed. */
const signOffOf = ({ signed, toSign }: Rerouted): ChangedRequest['signOff'] =>
  signed === undefined || signed === toSign ? undefined : { was: signed, would: toSign }

function changedOf(one: Rerouted): ChangedRequest {
  const { was: _was, would: _would, signed: _signed, toSign: _toSign, ...request } = one
  const signOff = signOffOf(one)
  return { ...request, changes: changesOf(one), ...(signOff === undefined ? {} : { signOff }) }
}

function totalsOf(routed: readonly Rerouted[]): Comparison['musts'] {
  const count = (must: Must): MustTotals => {
    const passed = (stations: readonly RouteStation[]) => isPassed(stationOf(stations, must).demand)
    const changes = routed.flatMap(changesOf).filter((change) => change.must === must)
    return {
      was: routed.filter(({ was }) => passed(was)).length,
      would: routed.filter(({ would }) => passed(would)).length,
      gained: changes.filter(({ change }) => change === 'gained').length,
      lost: changes.filter(({ change }) => change === 'lost').length,
    }
  }
  return {
    memberVote: count('memberVote'),
    boardReview: count('boardReview'),
    supervisorySignOff: count('supervisorySignOff'),
    townshipFiling: count('townshipFiling'),
    disciplineAudit: count('disciplineAudit'),
  }
}

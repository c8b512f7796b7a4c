// What must hold after every step in a small world, in the words of the law and told from the events alone. Nothing here
// asks the folds, guards or route of the product: a rule that forgot is found out because this did not.
import type { JsonObject } from '../../src/domain/entry.ts'
import { type Demand, type Must, musts } from '../../src/domain/must.ts'
import type { EventDraft } from '../../src/domain/store.ts'
import type { Happening, Watch } from './explore.ts'
import { holder } from './explore-cast.ts'

/** What is remembered of one request. Persons and offices by id; lists ascending, so that order is no difference. */
interface OfRequest {
  readonly amount: number
  readonly payee: string
  readonly authority: string
  readonly issuers: readonly string[]
  readonly demands: Readonly<Record<string, Demand>>
  /** Handled, witnessed and issued in this round. */
  readonly issued: boolean
  readonly papers: boolean
  readonly discharged: readonly Must[]
  readonly signed: readonly string[]
  readonly accepted: string
  readonly suspended: boolean
  readonly ordered: boolean
  readonly outcome: 'open' | 'paid' | 'ended'
  readonly covered: boolean
  readonly findings: readonly string[]
  /** `person must`, of every round. */
  readonly decided: readonly string[]
}

export interface Memory {
  readonly requests: Readonly<Record<string, OfRequest>>
  /** `meeting item seat` → choice. */
  readonly ballots: Readonly<Record<string, string>>
  /** `meeting item` → request. */
  readonly agendas: Readonly<Record<string, string>>
  /** `authority request` → fen held. */
  readonly held: Readonly<Record<string, number>>
}

type Complain = (rule: string) => void

const fen = (amount: unknown): number => Number(String(amount).replace('.', ''))
const body = (event: EventDraft): JsonObject => event.body
const given = (event: EventDraft): JsonObject => (event.body['given'] ?? {}) as JsonObject
const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))
const withItem = (list: readonly string[], item: string): readonly string[] =>
  list.includes(item) ? list : [...list, item].toSorted()

/** The facts that discharge a must, by its demand (law 3.2). */
const discharging: Readonly<Record<string, readonly [Must, Demand]>> = {
  'memberVote.passed': ['memberVote', 'required'],
  'memberVote.covered': ['memberVote', 'covered'],
  'memberVote.deferred': ['memberVote', 'deferred'],
  'memberVote.notRequired': ['memberVote', 'notRequired'],
  'boardReview.passed': ['boardReview', 'required'],
  'boardReview.covered': ['boardReview', 'covered'],
  'boardReview.deferred': ['boardReview', 'deferred'],
  'boardReview.notRequired': ['boardReview', 'notRequired'],
  'supervisorySignOff.passed': ['supervisorySignOff', 'required'],
  'townshipFiling.consented': ['townshipFiling', 'required'],
  'townshipFiling.notRequired': ['townshipFiling', 'notRequired'],
}

/** All that may happen on a request's stream while its payment is suspended (law 2.35): nothing of it takes it further. */
const whileSuspended: readonly string[] = [
  'suspension.lifted',
  'suspension.lapsed',
  'suspension.proposed',
  'request.returned',
  'request.withdrawn',
  'evidence.added',
  'supervisorySignOff.objected',
  'supervisorySignOff.failed',
  'townshipFiling.refused',
  'memberVote.failed',
  'boardReview.failed',
]

/** The five demands of a request, by hand from the articles and the shipped figures (law 3.3–3.6, 3.8). */
function demandsBy(amount: number, rolling: number, of: Submitted): OfRequest['demands'] {
  const reaches = (line: number): boolean => Math.max(amount, of.covered ? 0 : rolling) >= line
  const when = (holds: boolean): Demand => (holds ? 'required' : 'notRequired')
  const orCovered = (demand: Demand): Demand =>
    demand === 'required' && of.covered ? 'covered' : demand
  return {
    memberVote: of.reserved ? 'required' : orCovered(when(reaches(5_000_000))),
    boardReview:
      of.related || of.contract || of.headInvolved
        ? 'required'
        : orCovered(when(reaches(500_000))),
    supervisorySignOff: 'required',
    townshipFiling: when(of.related || of.lending || reaches(1_000_000)),
    disciplineAudit: 'required',
  }
}

interface Submitted {
  readonly covered: boolean
  readonly related: boolean
  readonly reserved: boolean
  readonly lending: boolean
  readonly contract: boolean
  readonly headInvolved: boolean
}

/** What this world knows of its forms; `related` payees are those a person of the organs controls. */
export interface Known {
  readonly relatedAccounts: readonly string[]
  readonly head: string
  /** Seats of board, council and supervisors, the chair first. */
  readonly directors: readonly string[]
  readonly councillors: readonly string[]
  readonly supervisors: readonly string[]
  /** Seats the related deal concerns. */
  readonly relatedSeats: readonly string[]
}

const payeeOf = (form: JsonObject): string => {
  const { account, person } = form['payee'] as JsonObject
  return String(account ?? person)
}

function submittedOf(form: JsonObject, known: Known): Submitted {
  const matter = String(form['matter'])
  return {
    covered: form['authority'] !== undefined,
    related: form['relation'] === 'related' || known.relatedAccounts.includes(payeeOf(form)),
    reserved: ['investment', 'borrowing', 'lending', 'equity', 'disposal', 'distribution'].includes(
      matter,
    ),
    lending: matter === 'lending',
    contract: matter === 'contract',
    headInvolved: form['handler'] === known.head,
  }
}

/** The rules of the small world with these organs. */
export function watchOver(known: Known): Watch<Memory> {
  return {
    initial: { requests: {}, ballots: {}, agendas: {}, held: {} },
    follow(memory, happening, complain) {
      let next = memory
      for (const event of happening.events) next = told(next, event, { happening, complain, known })
      if (next !== memory) held(next, happening, complain)
      return next
    },
  }
}

interface Told {
  readonly happening: Happening
  readonly complain: Complain
  readonly known: Known
}

function told(memory: Memory, event: EventDraft, with_: Told): Memory {
  const { stream, type } = event
  if (stream.startsWith('meeting/')) return ofMeeting(memory, event, with_)
  if (stream.startsWith('authority/')) return ofAuthority(memory, event)
  if (!stream.startsWith('request/')) return memory
  const before = memory.requests[stream]
  if (before?.suspended === true && before.outcome === 'open' && !whileSuspended.includes(type))
    if (!type.startsWith('disciplineAudit.')) with_.complain(`${type} while suspended`)
  const after = ofRequest(memory, event, with_)
  return after === undefined || after === before
    ? memory
    : { ...memory, requests: { ...memory.requests, [stream]: after } }
}

function ofRequest(memory: Memory, event: EventDraft, with_: Told): OfRequest | undefined {
  const { stream, type } = event
  const before = memory.requests[stream]
  if (type === 'request.submitted') return submitted(memory, event, with_)
  if (before === undefined) return undefined
  const { complain, happening } = with_
  const { person } = happening.asking.by
  if (discharging[type] !== undefined) return discharged(memory, event, with_)
  switch (type) {
    case 'request.handled':
    case 'request.witnessed':
      if (!before.issuers.includes(person)) complain('signed by who is not named')
      return before
    case 'request.issued':
      if (before.issuers.includes(person)) complain('the three issuers are not three')
      return { ...before, issued: true, issuers: [...before.issuers, person] }
    case 'request.resubmitted':
      return resubmitted(memory, event, with_)
    case 'request.withdrawn':
      if (before.ordered) complain('withdrawn after the payment order')
      return { ...before, outcome: 'ended' }
    case 'memberVote.failed':
    case 'boardReview.failed':
    case 'supervisorySignOff.failed':
    case 'townshipFiling.refused':
      return deciding({ ...before, outcome: 'ended' }, type, person)
    case 'papers.completed':
      return { ...before, papers: true }
    case 'supervisorySignOff.opened':
      return { ...before, signed: [] }
    case 'supervisorySignOff.signed':
      return deciding(
        { ...before, signed: withItem(before.signed, happening.asking.by.office) },
        type,
        person,
      )
    case 'supervisorySignOff.objected':
      return deciding(
        {
          ...before,
          signed: before.signed.filter((office) => office !== happening.asking.by.office),
        },
        type,
        person,
      )
    case 'townshipFiling.accepted':
      return deciding({ ...before, accepted: person }, type, person)
    case 'suspension.ordered':
      if (before.ordered) complain('suspended while the money moves')
      return { ...before, suspended: true }
    case 'suspension.lifted':
    case 'suspension.lapsed':
      return { ...before, suspended: false }
    default:
      return paidOrAudited(before, event, with_)
  }
}

function paidOrAudited(before: OfRequest, event: EventDraft, with_: Told): OfRequest {
  const { complain, happening } = with_
  const { person } = happening.asking.by
  switch (event.type) {
    case 'payment.ordered': {
      const missing = musts.find(
        (must) => must !== 'disciplineAudit' && !before.discharged.includes(must),
      )
      if (missing !== undefined) complain(`paid with ${missing} undischarged`)
      if (!before.issued) complain('paid before it was issued')
      if (before.outcome !== 'open') complain('paid after its flow had ended')
      return { ...before, ordered: true }
    }
    case 'payment.failed':
      return { ...before, ordered: false }
    case 'payment.recorded':
      if (!before.ordered) complain('paid without an order')
      return { ...before, outcome: 'paid' }
    case 'disciplineAudit.opened':
      if (before.outcome === 'open') complain('audited before its flow had ended')
      return before
    case 'disciplineAudit.covered':
      return deciding({ ...before, covered: true }, event.type, person)
    case 'disciplineAudit.findingRaised':
      return deciding(
        { ...before, findings: withItem(before.findings, text(event.body)) },
        event.type,
        person,
      )
    case 'disciplineAudit.findingSettled':
      return { ...before, findings: before.findings.filter((name) => name !== text(event.body)) }
    case 'disciplineAudit.passed':
      if (!before.covered) complain('closed without the discipline audit')
      if (before.findings.length > 0) complain('closed with an open finding')
      return { ...before, discharged: [...before.discharged, 'disciplineAudit'] }
    default:
      return before
  }
}

function submitted(memory: Memory, event: EventDraft, { complain, known }: Told): OfRequest {
  const form = given(event)
  const of = submittedOf(form, known)
  const amount = fen(form['amount'])
  const demands = demandsBy(amount, amount + othersTo(memory, event.stream, form), of)
  compare(event, demands, complain)
  return {
    amount,
    payee: payeeOf(form),
    authority: String(form['authority'] ?? ''),
    issuers: [String(form['handler']), String(form['witness'])],
    demands,
    issued: false,
    papers: false,
    discharged: [],
    signed: [],
    accepted: '',
    suspended: false,
    ordered: false,
    outcome: 'open',
    covered: false,
    findings: [],
    decided: [],
  }
}

/** What other living, uncovered requests ask for the same payee: all of this world's days lie in one window. */
const othersTo = ({ requests }: Memory, stream: string, form: JsonObject): number =>
  Object.entries(requests)
    .filter(([other, { outcome }]) => other !== stream && outcome !== 'ended')
    .filter(([, { authority, payee }]) => authority === '' && payee === payeeOf(form))
    .reduce((sum, [, { amount }]) => sum + amount, 0)

function compare(event: EventDraft, demands: OfRequest['demands'], complain: Complain): void {
  const route = body(event)['route'] as readonly { must: string; demand: string }[]
  for (const { must, demand } of route)
    if (demands[must] !== demand) complain(`${must} is ${demand}, not ${demands[must] ?? ''}`)
}

/** What is material (law 2.28): restarts everything; anything else keeps what was decided before the must that returned it. */
const decisive = ['payee', 'category', 'purpose', 'company', 'authority', 'matter'] as const

function resubmitted(memory: Memory, event: EventDraft, with_: Told): OfRequest | undefined {
  const before = memory.requests[event.stream]
  const was = lastForm(with_.happening, event.stream)
  const form = given(event)
  if (before === undefined || was === undefined) return before
  const raised = fen(form['amount']) > fen(was['amount'])
  const changed = decisive.some((field) => text(form[field]) !== text(was[field]))
  const restarts = (body(event)['material'] as readonly string[]).length > 0
  if ((raised || changed) && !restarts) with_.complain('a material change did not restart')
  if (restarts) {
    const fresh = submitted(memory, event, with_)
    return { ...fresh, decided: before.decided, suspended: before.suspended }
  }
  const from = String(body(event)['resumes'])
  const at = musts.findIndex((must) => must === from)
  const kept = at < 0 ? before.discharged : before.discharged.filter((_, index) => index < at)
  const issuing = from === 'issuing'
  return {
    ...before,
    amount: fen(form['amount']),
    issued: !issuing && before.issued,
    issuers: issuing ? before.issuers.slice(0, 2) : before.issuers,
    discharged: issuing ? [] : kept,
    accepted: '',
  }
}

/** The form before this step: the one thing looked up in the world, where it stands as it was given. */
function lastForm({ before }: Happening, stream: EventDraft['stream']): JsonObject | undefined {
  const request = before.state(stream) as { submission: JsonObject } | undefined
  return request?.submission
}

function discharged(memory: Memory, event: EventDraft, with_: Told): OfRequest | undefined {
  const { type, stream } = event
  const { complain, happening, known } = with_
  const before = memory.requests[stream]
  const [must, demand] = discharging[type] ?? []
  if (before === undefined || must === undefined) return before
  const { person } = happening.asking.by
  if (before.demands[must] !== demand) complain(`${type} though it is ${before.demands[must] ?? ''}`)
  const at = musts.indexOf(must)
  const ahead = musts.slice(0, at).find((other) => !before.discharged.includes(other))
  if (ahead !== undefined) complain(`${must} before ${ahead}`)
  if (!before.issued) complain(`${must} before it was issued`)
  if (must === 'supervisorySignOff' && !before.papers) complain('signed off without the papers')
  if (type === 'supervisorySignOff.passed') {
    const all = before.amount >= 1_000_000 || known.relatedAccounts.includes(before.payee)
    if (!enough(before.signed, known.supervisors, all)) complain('too few supervisors signed')
  }
  if (type === 'townshipFiling.consented') {
    if (before.accepted === '') complain('consented before it was accepted')
    if (before.accepted === person) complain('the officer is the head')
  }
  const after = { ...before, discharged: [...before.discharged, must] }
  return type === 'townshipFiling.consented' ? deciding(after, type, person) : after
}

/** All, or a majority of all seats with the chair among them (law 5.15). */
const enough = (signed: readonly string[], seats: readonly string[], all: boolean): boolean => {
  const count = seats.filter((seat) => signed.includes(seat)).length
  return all ? count === seats.length : signed.includes(seats[0] ?? '') && count * 2 > seats.length
}

const mustOf = (type: string): string => type.split('.')[0] ?? ''

/** Notes who decided where; the rules on persons are looked at once the whole step is told. */
function deciding(request: OfRequest, type: string, person: string): OfRequest {
  if (mustOf(type) === 'memberVote' || mustOf(type) === 'boardReview') return request
  return { ...request, decided: withItem(request.decided, `${person} ${mustOf(type)}`) }
}

function ofMeeting(memory: Memory, event: EventDraft, with_: Told): Memory {
  const { type, stream } = event
  const { asking } = with_.happening
  if (type === 'meeting.planned') {
    const agenda = given(event)['agenda'] as readonly { item: string; request?: string }[]
    const entries = agenda.map(({ item, request }) => [`${stream} ${item}`, request ?? ''] as const)
    return { ...memory, agendas: { ...memory.agendas, ...Object.fromEntries(entries) } }
  }
  if (type === 'ballot.cast') {
    const choices = given(event)['choices'] as readonly { item: string; choice: string }[]
    const cast = choices.map(({ item, choice }) => [`${stream} ${item} ${asking.by.office}`, choice])
    return { ...memory, ballots: { ...memory.ballots, ...Object.fromEntries(cast) } }
  }
  if (type !== 'meeting.closed') return memory
  return closed(memory, event, with_)
}

/** What an organ decided: by the ballots remembered, never by the outcome it wrote down. */
function closed(memory: Memory, event: EventDraft, { complain, happening, known }: Told): Memory {
  const { stream } = event
  const kind = (happening.before.state(stream) as { kind: string }).kind
  const outcomes = body(event)['outcomes'] as readonly { item: string; outcome: string }[]
  let { requests } = memory
  for (const { item, outcome } of outcomes) {
    const name = `request/${memory.agendas[`${stream} ${item}`] ?? ''}`
    const before = requests[name]
    if (before === undefined || outcome === 'notDecided') continue
    const cast = Object.entries(memory.ballots).filter(([at]) => at.startsWith(`${stream} ${item} `))
    const seats = cast.map(([at]) => at.split(' ')[2] ?? '')
    if (kind === 'board' || kind === 'council') {
      const inFavour = cast.filter(([, choice]) => choice === 'for').length
      const all = kind === 'board' ? known.directors : known.councillors
      const related = known.relatedAccounts.includes(before.payee) && kind === 'board'
      const base = all.length - (related ? known.relatedSeats.length : 0)
      if (outcome === 'passed' && inFavour * 2 <= base) complain('carried by too few')
      if (related && seats.some((seat) => known.relatedSeats.includes(seat)))
        complain('a related director voted')
    }
    const decided = seats.map((seat) => `${holder(seat)} boardReview`)
    const more = decided.reduce((list, one) => withItem(list, one), before.decided)
    requests = { ...requests, [name]: { ...before, decided: more } }
  }
  const ballots = Object.entries(memory.ballots).filter(([at]) => !at.startsWith(`${stream} `))
  return { ...memory, requests, ballots: Object.fromEntries(ballots) }
}

function ofAuthority(memory: Memory, event: EventDraft): Memory {
  const { stream, type } = event
  const { request, amount } = body(event)
  const key = `${stream} ${String(request)}`
  const had = memory.held[key] ?? 0
  switch (type) {
    case 'authority.reserved':
      return { ...memory, held: { ...memory.held, [key]: had + fen(amount) } }
    case 'authority.released':
      return { ...memory, held: { ...memory.held, [key]: had - fen(amount) } }
    default:
      return memory
  }
}

/** Rules over the whole of what is remembered: persons, and ceilings. */
function held(memory: Memory, { before }: Happening, complain: Complain): void {
  for (const { decided, issuers } of Object.values(memory.requests)) {
    const persons = decided.map((one) => one.split(' ')[0] ?? '')
    if (new Set(persons).size < persons.length) complain('a person decided in two musts')
    if (persons.some((person) => issuers.includes(person))) complain('an issuer decided on it')
  }
  const sums = new Map<string, number>()
  for (const [key, amount] of Object.entries(memory.held)) {
    const [authority = ''] = key.split(' ')
    sums.set(authority, (sums.get(authority) ?? 0) + amount)
    if (amount < 0) complain('more released than was reserved')
  }
  for (const [authority, sum] of sums) {
    const { terms } = before.state(authority as EventDraft['stream']) as {
      terms: { ceiling: string }
    }
    if (sum > fen(terms.ceiling)) complain('an authority is overdrawn')
  }
  for (const [stream, request] of Object.entries(memory.requests)) {
    if (request.authority === '') continue
    const has = memory.held[`authority/${request.authority} ${stream.slice('request/'.length)}`] ?? 0
    const due = request.outcome === 'ended' ? 0 : request.amount
    if (has !== due) complain('a reservation is not what its request asks')
  }
}

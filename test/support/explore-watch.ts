// What must hold after every step in a small world, in the words of the law and told from the events alone. Nothing here
// asks the folds, guards or route of the product: a rule that forgot is found out because this did not.
import type { JsonObject } from '../../src/domain/entry.ts'
import { type Demand, type Must, musts } from '../../src/domain/must.ts'
import type { EventDraft } from '../../src/domain/store.ts'
import type { Happening, Watch } from './explore.ts'
import {
  actingBy,
  fen,
  given,
  type Known,
  type Memory,
  nothing,
  type OfRequest,
  text,
  type Told,
  withItem,
  word,
} from './explore-memory.ts'
import { ofMeeting } from './explore-watch-meeting.ts'

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
  'townshipFiling.emergencyConsented': ['townshipFiling', 'required'],
  'townshipFiling.notRequired': ['townshipFiling', 'notRequired'],
}

/** What stands beside the decisions moves nothing (law 7.17, 10.5). */
const beside: readonly string[] = [
  'request.urged',
  'request.copiedIn',
  'request.commented',
  'question.asked',
  'question.answered',
  'emergency.notified',
  'alert.raised',
  'alert.dismissed',
]

/** All that may happen on a request's stream while its payment is suspended (law 2.35): nothing of it takes it further, or to its end. */
const whileSuspended: readonly string[] = [
  ...beside,
  'vote.opened',
  'vote.ended',
  'suspension.lifted',
  'suspension.lapsed',
  'suspension.renewed',
  'request.returned',
  'act.takenBack',
  'evidence.added',
  'supervisorySignOff.objected',
  'townshipFiling.confirmed',
  'memberVote.notDecided',
  'boardReview.notDecided',
  'disciplineAudit.opened',
  'disciplineAudit.findingRaised',
  'disciplineAudit.findingSettled',
]

/** Acts whose author may take them back until the next (law 2.31). */
const takeable: readonly string[] = [
  'request.handled',
  'request.witnessed',
  'request.issued',
  'papers.completed',
  'supervisorySignOff.signed',
  'supervisorySignOff.objected',
  'townshipFiling.accepted',
  'townshipFiling.consented',
]

/** The rules of the small world. */
export function watchOver(known: Known): Watch<Memory> {
  return {
    initial: nothing,
    follow(memory, happening, complain) {
      const telling = { happening, complain, known }
      let next = memory
      for (const event of happening.events) next = told(next, event, telling)
      if (next === memory && !happening.events.some(({ type }) => takeable.includes(type)))
        return memory
      next = { ...next, requests: undoing(memory, next, happening) }
      overall(next, happening, complain)
      return next
    },
  }
}

/** After this step an act of a request may be taken back only if the step was one, and nothing else has come since. */
function undoing(before: Memory, after: Memory, { events, asking }: Happening): Memory['requests'] {
  const [first] = events
  if (first === undefined || beside.includes(first.type)) return after.requests
  const touched = new Set<string>(events.map(({ stream }) => stream))
  const rows = Object.entries(after.requests).map(([stream, request]) => {
    if (!touched.has(stream)) return [stream, request] as const
    const { undo: _, ...rest } = request
    const was = before.requests[stream]
    if (first.stream !== stream || !takeable.includes(first.type) || was === undefined)
      return [stream, rest] as const
    const { undo: __, ...wasRest } = was
    return [stream, { ...rest, undo: { person: asking.by.person, was: wasRest } }] as const
  })
  return Object.fromEntries(rows)
}

function told(memory: Memory, event: EventDraft, telling: Told): Memory {
  const { stream, type } = event
  if (stream.startsWith('meeting/')) return ofMeeting(memory, event, telling)
  if (stream.startsWith('authority/')) return ofAuthority(memory, event)
  if (type === 'office.vacated')
    return { ...memory, left: withItem(memory.left, word(given(event)['office'])) }
  if (!stream.startsWith('request/')) return memory
  const before = memory.requests[stream]
  if (before?.suspended === true && before.outcome === 'open' && !whileSuspended.includes(type))
    telling.complain(`${type} while suspended`)
  const after = ofRequest(memory, event, telling)
  return after === undefined || after === before
    ? memory
    : { ...memory, requests: { ...memory.requests, [stream]: after } }
}

function ofRequest(memory: Memory, event: EventDraft, telling: Told): OfRequest | undefined {
  const { stream, type } = event
  const before = memory.requests[stream]
  if (type === 'request.submitted') return submitted(memory, event, telling)
  if (before === undefined) return undefined
  if (discharging[type] !== undefined) return discharged(before, event, telling)
  const { complain } = telling
  const acting = actingBy(telling)
  switch (type) {
    case 'request.handled':
    case 'request.witnessed':
      if (!before.issuers.some((issuer) => issuer === acting[0])) complain('signed by another')
      return before
    case 'request.issued':
      if (before.issuers.some((issuer) => issuer === acting[0]))
        complain('the three issuers are not three')
      return { ...before, issued: true, issuers: [...new Set([...before.issuers, ...acting])] }
    case 'request.resubmitted':
      return resubmitted(memory, event, telling)
    case 'act.takenBack':
      return takenBack(before, telling)
    case 'papers.completed':
      return { ...before, papers: true }
    case 'suspension.ordered':
      if (before.ordered) complain('suspended while the money moves')
      return { ...before, suspended: true }
    case 'suspension.lifted':
    case 'suspension.lapsed':
      return { ...before, suspended: false }
    default:
      return signedOrFiled(before, event, telling) ?? paidOrAudited(before, event, telling)
  }
}

function signedOrFiled(
  before: OfRequest,
  { type }: EventDraft,
  telling: Told,
): OfRequest | undefined {
  const acting = actingBy(telling)
  const { office, person } = telling.happening.asking.by
  switch (type) {
    case 'supervisorySignOff.opened':
      return { ...before, signed: [] }
    case 'supervisorySignOff.signed':
      return deciding({ ...before, signed: withItem(before.signed, office) }, type, acting)
    case 'supervisorySignOff.objected':
      return deciding(
        { ...before, signed: before.signed.filter((one) => one !== office) },
        type,
        acting,
      )
    case 'townshipFiling.accepted':
      return deciding({ ...before, accepted: person }, type, acting)
    case 'townshipFiling.confirmed':
      if (acting.includes(before.accepted)) telling.complain('the officer is the head')
      return deciding({ ...before, unconfirmed: false }, type, acting)
    case 'townshipFiling.confirmationRefused':
      return deciding({ ...ended(before), unconfirmed: false, denied: true }, type, acting)
    case 'confirmation.lapsed':
      return { ...ended(before), unconfirmed: false, denied: true }
    case 'memberVote.failed':
    case 'boardReview.failed':
    case 'supervisorySignOff.failed':
      return ended(before)
    case 'townshipFiling.refused':
      return deciding(ended(before), type, acting)
    default:
      return undefined
  }
}

/** Money that is out or on its way is not undone by a no: that is for the audit. */
const ended = (request: OfRequest): OfRequest =>
  request.outcome === 'open' && !request.ordered ? { ...request, outcome: 'ended' } : request

function paidOrAudited(before: OfRequest, event: EventDraft, telling: Told): OfRequest {
  const { complain } = telling
  switch (event.type) {
    case 'request.withdrawn':
      if (before.ordered) complain('withdrawn after the payment order')
      return { ...before, outcome: 'ended', unconfirmed: false }
    case 'payment.ordered':
      mayPay(before, complain)
      return { ...before, ordered: true }
    case 'payment.failed':
      // without the head's word it is not tried again
      return { ...before, ordered: false, outcome: before.denied ? 'ended' : before.outcome }
    case 'payment.recorded':
      if (!before.ordered) complain('paid without an order')
      return { ...before, outcome: 'paid' }
    case 'ratification.passed':
    case 'ratification.failed':
      return {
        ...before,
        unratified: before.unratified.filter((must) => must !== event.body['must']),
      }
    case 'ratification.lapsed':
      return { ...before, unratified: [] }
    case 'disciplineAudit.opened':
      if (before.outcome === 'open') complain('audited before its flow had ended')
      if (before.outcome === 'paid' && before.unratified.length > 0)
        complain('audited before it was ratified')
      if (before.outcome === 'paid' && before.unconfirmed) complain('audited unconfirmed')
      return before
    default:
      return audited(before, event, telling)
  }
}

function mayPay(before: OfRequest, complain: Told['complain']): void {
  const missing = musts.find(
    (must) => must !== 'disciplineAudit' && !before.discharged.includes(must),
  )
  if (missing !== undefined) complain(`paid with ${missing} undischarged`)
  if (!before.issued) complain('paid before it was issued')
  if (before.outcome !== 'open') complain('paid after its flow had ended')
}

function audited(before: OfRequest, { type, body }: EventDraft, telling: Told): OfRequest {
  const { complain } = telling
  switch (type) {
    case 'disciplineAudit.covered':
      return deciding({ ...before, covered: true }, type, actingBy(telling))
    case 'disciplineAudit.findingRaised':
      return deciding(
        { ...before, findings: withItem(before.findings, text(body)) },
        type,
        actingBy(telling),
      )
    case 'disciplineAudit.findingSettled':
      return { ...before, findings: before.findings.filter((name) => name !== text(body)) }
    case 'automaticFinding.raised':
      return { ...before, findings: withItem(before.findings, word(body['finding'])) }
    case 'automaticFinding.closed': {
      const closed = word((body['given'] as JsonObject)['finding'])
      return { ...before, findings: before.findings.filter((name) => name !== closed) }
    }
    case 'disciplineAudit.passed':
      if (!before.covered) complain('closed without the discipline audit')
      if (before.findings.length > 0) complain('closed with an open finding')
      return { ...before, discharged: [...before.discharged, 'disciplineAudit'] }
    default:
      return before
  }
}

interface Submitted {
  readonly covered: boolean
  readonly related: boolean
  readonly reserved: boolean
  readonly lending: boolean
  readonly contract: boolean
  readonly headInvolved: boolean
  readonly emergency: boolean
}

const reserved = ['investment', 'borrowing', 'lending', 'equity', 'disposal', 'distribution']

const payeeOf = (form: JsonObject): string => {
  const { account, person } = form['payee'] as JsonObject
  return word(account ?? person)
}

const submittedOf = (form: JsonObject, known: Known): Submitted => ({
  covered: form['authority'] !== undefined,
  related: form['relation'] === 'related' || known.relatedAccounts.includes(payeeOf(form)),
  reserved: reserved.includes(word(form['matter'])),
  lending: form['matter'] === 'lending',
  contract: form['matter'] === 'contract',
  headInvolved: form['handler'] === known.head,
  emergency: form['emergency'] !== undefined,
})

/** The five demands of a request, by hand from the articles and the shipped figures (law 3.3–3.6, 3.8, 3.10, 3.11). */
function demandsBy(amount: number, rolling: number, of: Submitted): OfRequest['demands'] {
  const reaches = (line: number): boolean => Math.max(amount, of.covered ? 0 : rolling) >= line
  const when = (holds: boolean): Demand => (holds ? 'required' : 'notRequired')
  const orCovered = (demand: Demand): Demand =>
    demand === 'required' && of.covered ? 'covered' : demand
  // neither what only the members decide nor a contract goes ahead of its decision
  const waits = of.emergency && !of.reserved && !of.contract
  const orDeferred = (demand: Demand): Demand =>
    demand === 'required' && waits ? 'deferred' : demand
  const memberVote = orDeferred(of.reserved ? 'required' : orCovered(when(reaches(5_000_000))))
  const boardReview = orDeferred(
    of.related || of.contract || of.headInvolved ? 'required' : orCovered(when(reaches(500_000))),
  )
  const deferred = [memberVote, boardReview].includes('deferred')
  return {
    memberVote,
    boardReview,
    supervisorySignOff: 'required',
    townshipFiling: when(of.related || of.lending || deferred || reaches(1_000_000)),
    disciplineAudit: 'required',
  }
}

function submitted(memory: Memory, event: EventDraft, { complain, known }: Told): OfRequest {
  const form = given(event)
  const amount = fen(form['amount'])
  const rolling = amount + othersTo(memory, event.stream, form)
  const of = submittedOf(form, known)
  const demands = demandsBy(amount, rolling, of)
  for (const { must, demand } of event.body['route'] as unknown as readonly {
    must: string
    demand: string
  }[])
    if (demands[must] !== demand) complain(`${must} is ${demand}, not ${demands[must] ?? ''}`)
  return {
    amount,
    large: (of.covered ? amount : rolling) >= 1_000_000,
    payee: payeeOf(form),
    authority: word(form['authority']),
    issuers: [word(form['handler']), word(form['witness'])],
    demands,
    issued: false,
    papers: false,
    discharged: [],
    signed: [],
    accepted: '',
    unconfirmed: false,
    denied: false,
    unratified: musts.filter((must) => demands[must] === 'deferred'),
    suspended: false,
    ordered: false,
    outcome: 'open',
    covered: false,
    findings: [],
    decided: [],
  }
}

/** What other living, uncovered requests ask for the same payee: all of these worlds' days lie in one window. */
const othersTo = ({ requests }: Memory, stream: string, form: JsonObject): number =>
  Object.entries(requests)
    .filter(([other, { outcome }]) => other !== stream && outcome !== 'ended')
    .filter(([, { authority, payee }]) => authority === '' && payee === payeeOf(form))
    .reduce((sum, [, { amount }]) => sum + amount, 0)

/** What is material (law 2.28): restarts everything; anything else keeps what was decided before the must that returned it. */
const decisive = ['payee', 'category', 'purpose', 'company', 'authority', 'matter'] as const

function resubmitted(memory: Memory, event: EventDraft, telling: Told): OfRequest | undefined {
  const before = memory.requests[event.stream]
  const was = lastForm(telling.happening, event.stream)
  const form = given(event)
  if (before === undefined || was === undefined) return before
  const raised = fen(form['amount']) > fen(was['amount'])
  const changed = decisive.some((field) => text(form[field]) !== text(was[field]))
  const restarts = (event.body['material'] as readonly string[]).length > 0
  if ((raised || changed) && !restarts) telling.complain('a material change did not restart')
  if (restarts) {
    const { decided, findings, suspended } = before
    return { ...submitted(memory, event, telling), decided, findings, suspended }
  }
  const from = word(event.body['resumes'])
  const at = musts.findIndex((must) => must === from)
  const issuing = from === 'issuing'
  const kept = at < 0 ? before.discharged : before.discharged.filter((_, index) => index < at)
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

/** As it was before the last act, which was this person's own; what was decided stays known of who decided. */
function takenBack(before: OfRequest, { complain, happening }: Told): OfRequest {
  const { undo } = before
  if (undo === undefined) {
    complain('took back what was not the last act')
    return before
  }
  if (undo.person !== happening.asking.by.person) complain("took back another's act")
  return { ...undo.was, decided: before.decided }
}

function discharged(before: OfRequest, { type }: EventDraft, telling: Told): OfRequest {
  const { complain, happening, known } = telling
  const [must = 'memberVote', demand] = discharging[type] ?? []
  const acting = actingBy(telling)
  if (before.demands[must] !== demand) complain(`${type} though ${before.demands[must] ?? ''}`)
  const ahead = musts
    .slice(0, musts.indexOf(must))
    .find((other) => !before.discharged.includes(other))
  if (ahead !== undefined) complain(`${must} before ${ahead}`)
  if (!before.issued) complain(`${must} before it was issued`)
  if (must === 'supervisorySignOff' && !before.papers) complain('signed off without the papers')
  const [first] = happening.events
  if (type === 'memberVote.passed' && first?.type !== 'shareholderDecision.signed')
    complain('no shareholder decision')
  if (type === 'supervisorySignOff.passed') {
    const all = before.large || known.relatedAccounts.includes(before.payee)
    if (!enough(before.signed, known.supervisors, all)) complain('too few supervisors signed')
  }
  if (type === 'townshipFiling.consented') {
    if (before.accepted === '') complain('consented before it was accepted')
    if (acting.includes(before.accepted)) complain('the officer is the head')
  }
  const after = { ...before, discharged: [...before.discharged, must] }
  if (type === 'townshipFiling.emergencyConsented')
    return deciding({ ...after, unconfirmed: true, accepted: acting[0] ?? '' }, type, acting)
  return type === 'townshipFiling.consented' ? deciding(after, type, acting) : after
}

/** All, or a majority of all seats with the chair among them (law 5.15). */
const enough = (signed: readonly string[], seats: readonly string[], all: boolean): boolean => {
  const count = seats.filter((seat) => signed.includes(seat)).length
  return all ? count === seats.length : signed.includes(seats[0] ?? '') && count * 2 > seats.length
}

/** Notes who decided where; the rules on persons are looked at once the whole step is told. */
function deciding(request: OfRequest, type: string, persons: readonly string[]): OfRequest {
  const must = type.split('.')[0] ?? ''
  const decided = persons.reduce(
    (list, person) => withItem(list, `${person} ${must}`),
    request.decided,
  )
  return { ...request, decided }
}

function ofAuthority(memory: Memory, { body, stream, type }: EventDraft): Memory {
  const key = `${stream} ${word(body['request'])}`
  const had = memory.held[key] ?? 0
  switch (type) {
    case 'authority.reserved':
      return { ...memory, held: { ...memory.held, [key]: had + fen(body['amount']) } }
    case 'authority.released':
      return { ...memory, held: { ...memory.held, [key]: had - fen(body['amount']) } }
    default:
      return memory
  }
}

/** Rules over the whole of what is remembered: persons, and ceilings. */
function overall(memory: Memory, { before }: Happening, complain: Told['complain']): void {
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
    const state = before.state(authority as EventDraft['stream']) as { terms: JsonObject }
    if (sum > fen(state.terms['ceiling'])) complain('an authority is overdrawn')
  }
  for (const [stream, request] of Object.entries(memory.requests)) {
    if (request.authority === '') continue
    const has =
      memory.held[`authority/${request.authority} ${stream.slice('request/'.length)}`] ?? 0
    const due = request.outcome === 'ended' ? 0 : request.amount
    if (has !== due) complain('a reservation is not what its request asks')
  }
}

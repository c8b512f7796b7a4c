// One month of a village as everybody may read it: a function of the ledger's entries up to the month's last checkpoint and
// of nothing else. No vault, no clock and no table is asked, so the same month says the same for ever, and whoever has the
// entries can make it again. Natural persons do not stand in it at all: not by name, not by id.
import { authorityFold, type AuthorityState } from '../../../workflows/authority/v1/fold.ts'
import { ledgerFold, ledgerStream } from '../../../workflows/ledger/v1/fold.ts'
import { meetingFold } from '../../../workflows/meeting/v1/fold.ts'
import { isOfMembers } from '../../../workflows/meeting/v1/machine.ts'
import { type Request, requestFold } from '../../../workflows/request/v1/fold.ts'
import { rosterFold, rosterStream } from '../../../workflows/roster/v1/fold.ts'
import { type Month, withoutNumbers } from '../../domain/disclosure.ts'
import type { Entry } from '../../domain/entry.ts'
import type { OrganisationId, Origin, StreamId } from '../../domain/ids.ts'
import { type Money, sum } from '../../domain/money.ts'
import type { Must } from '../../domain/must.ts'
import type { Fold } from '../../domain/store.ts'
import { dateAt, type LocalDate } from '../../domain/time.ts'
import { folded } from '../folded.ts'
import { entriesFrom } from './entries.ts'
import type { Reading } from './port.ts'

export interface DisclosedItem {
  readonly request: string
  readonly on: LocalDate
  readonly company: string
  readonly kind: Request['submission']['kind']
  readonly category: Request['submission']['category']
  readonly purpose: string
  readonly amount: Money
  /** `firm` is named; natural persons are not. */
  readonly payeeKind: 'firm' | 'person' | 'unregistered' | 'list'
  readonly payee: string
  /** Of a payee list. */
  readonly persons: number
  readonly contract: string
  readonly authority: string
  /** The members were to decide it. */
  readonly major: boolean
  /** The musts it had to pass. */
  readonly musts: readonly Must[]
}

export interface DisclosedMeeting {
  readonly meeting: string
  readonly kind: string
  readonly title: string
  readonly on: LocalDate
  readonly items: readonly {
    readonly title: string
    readonly request: string
    readonly outcome: string
    readonly for: number
    readonly against: number
    readonly abstain: number
    /** Those the majority is counted of. */
    readonly base: number
  }[]
}

export interface DisclosedConsent {
  /** A request or an authority. */
  readonly number: string
  readonly title: string
  readonly amount: Money
  readonly decision: 'consented' | 'refused'
  readonly on: LocalDate
  readonly major: boolean
}

export interface DisclosedMonth {
  readonly ledger: Origin
  readonly village: string
  readonly month: Month
  /** Entries of the ledger it is made of. */
  readonly size: number
  /** A month that still runs shows what is major and nothing else. */
  readonly scope: 'month' | 'major'
  readonly items: readonly DisclosedItem[]
  readonly meetings: readonly DisclosedMeeting[]
  readonly consents: readonly DisclosedConsent[]
  readonly total: Money
  /** Requests whose way ended without a payment. */
  readonly unpaid: number
}

export interface MonthAsked {
  readonly ledger: Origin
  readonly month: Month
  /** Entries before the month, and by its end: both whole commits. */
  readonly from: number
  readonly size: number
  readonly scope: DisclosedMonth['scope']
}

export function disclosedMonth(reading: Reading, asked: MonthAsked): DisclosedMonth {
  const { ledger, month, from, size, scope } = asked
  const until = upTo(reading, { ledger, size })
  const { organisations } = until(rosterFold, rosterStream)
  const named = (id: OrganisationId): string => organisations.get(id)?.name ?? ''
  const found: Found = { items: [], meetings: [], consents: [], unpaid: 0 }
  for (const entry of entriesFrom(reading.ledgers, { origin: ledger, from, to: size })) {
    if (entry.type === 'act.takenBack') withdrawn(found, entry, reading)
    else taken(found, entry, { until, named })
  }
  const isShown = ({ major }: { readonly major: boolean }): boolean => scope === 'month' || major
  const items = found.items.filter(isShown)
  return {
    ledger,
    village: until(ledgerFold, ledgerStream).name,
    month,
    size,
    scope,
    items,
    meetings: found.meetings.filter(
      ({ kind }) => scope === 'month' || kind === 'member' || kind === 'delegate',
    ),
    consents: found.consents.filter(isShown),
    total: sum(items.map(({ amount }) => amount)),
    unpaid: scope === 'month' ? found.unpaid : 0,
  }
}

type Until = <S>(fold: Fold<S>, stream: StreamId) => S

/** Streams as they stood then: what came later is not known. */
function upTo(
  reading: Reading,
  { ledger, size }: { readonly ledger: Origin; readonly size: number },
): Until {
  // a stream has one fold: its state stands for it
  const known = new Map<StreamId, unknown>()
  return <S>(fold: Fold<S>, stream: StreamId): S => {
    const state = known.has(stream)
      ? (known.get(stream) as S)
      : folded(
          fold,
          reading.stream(ledger, stream).filter(({ seq }) => seq < size),
        )
    known.set(stream, state)
    return state
  }
}

interface Found {
  readonly items: DisclosedItem[]
  readonly meetings: DisclosedMeeting[]
  readonly consents: DisclosedConsent[]
  unpaid: number
}

interface Then {
  readonly until: Until
  readonly named: (id: OrganisationId) => string
}

/** What each entry of the month opens. */
function taken(found: Found, entry: Entry, then: Then): void {
  const { stream, type } = entry
  switch (type) {
    case 'payment.recorded':
    case 'payment.debited':
      found.items.push(itemOf(entry, then))
      return
    case 'result.posted':
      found.meetings.push(meetingOf(entry, then))
      return
    case 'meeting.closed':
      // members' results are open once they are posted, as they must be; an organ's when it has decided
      if (!isOfMembers(meetingIn(then, stream).kind)) found.meetings.push(meetingOf(entry, then))
      return
    case 'townshipFiling.consented':
    case 'townshipFiling.refused':
    case 'townshipFiling.emergencyConsented':
      found.consents.push(consentOf(entry, then))
      return
    case 'authorityFiling.consented':
    case 'authorityFiling.refused':
      found.consents.push(authorityConsentOf(entry, then))
      return
    case 'disciplineAudit.opened':
      if (requestIn(then, stream).snapshot.context.outcome !== 'paid') found.unpaid += 1
      break
    default:
  }
}

/** Of what is told here only a consent can be taken back, at once and before anything follows from it (law 2.31). */
function withdrawn({ consents }: Found, { ledger, stream, seq }: Entry, reading: Reading): void {
  const request = upTo(reading, { ledger, size: seq })(requestFold, stream)
  if (request?.last?.type !== 'townshipFiling.consented') return
  const place = consents.findLastIndex(({ number }) => number === numberOf(stream))
  if (place >= 0) consents.splice(place, 1)
}

const numberOf = (stream: StreamId): string => stream.slice(stream.indexOf('/') + 1)

function requestIn({ until }: Then, stream: StreamId): Request {
  const request = until(requestFold, stream)
  if (request === undefined) throw new Error(`${stream} was never submitted`)
  return request
}

function meetingIn({ until }: Then, stream: StreamId) {
  const meeting = until(meetingFold, stream)
  if (meeting === undefined) throw new Error(`${stream} was never planned`)
  return meeting
}

function itemOf({ stream, at }: Entry, then: Then): DisclosedItem {
  const request = requestIn(then, stream)
  const { company, kind, category, purpose, amount, payee, contract, authority } =
    request.submission
  return {
    request: numberOf(stream),
    on: dateAt(at),
    company: then.named(company),
    kind,
    category,
    purpose: withoutNumbers(purpose),
    amount,
    payeeKind: payee.type,
    payee: payee.type === 'firm' ? withoutNumbers(payee.name) : '',
    persons: payee.type === 'list' ? payee.count : 0,
    contract: contract ?? '',
    authority: authority ?? '',
    major: isMajor(request),
    musts: request.route.flatMap(({ must, demand }) => (demand === 'notRequired' ? [] : [must])),
  }
}

/** Decided by the members, with an authority they gave, or, in an emergency, afterwards. */
const isMajor = ({ route }: Request): boolean =>
  route.some(({ must, demand }) => must === 'memberVote' && demand !== 'notRequired')

function meetingOf({ stream, at }: Entry, then: Then): DisclosedMeeting {
  const { kind, title, agenda, outcomes } = meetingIn(then, stream)
  return {
    meeting: numberOf(stream),
    kind,
    title: withoutNumbers(title),
    on: dateAt(at),
    items: agenda.flatMap((item) => {
      const outcome = outcomes.find((one) => one.item === item.item)
      if (outcome === undefined) return []
      const { outcome: came, for: inFavour, against, abstain, base } = outcome
      return [
        {
          title: withoutNumbers(item.title),
          request: 'request' in item ? item.request : '',
          outcome: came,
          for: inFavour,
          against,
          abstain,
          base,
        },
      ]
    }),
  }
}

function consentOf({ stream, type, at }: Entry, then: Then): DisclosedConsent {
  const request = requestIn(then, stream)
  const { purpose, amount } = request.submission
  return {
    number: numberOf(stream),
    title: withoutNumbers(purpose),
    amount,
    decision: type === 'townshipFiling.refused' ? 'refused' : 'consented',
    on: dateAt(at),
    major: isMajor(request),
  }
}

function authorityConsentOf({ stream, type, at }: Entry, { until }: Then): DisclosedConsent {
  const authority: AuthorityState | undefined = until(authorityFold, stream)
  if (authority === undefined) throw new Error(`${stream} was never approved`)
  const { title, ceiling } = authority.terms
  return {
    number: numberOf(stream),
    title: withoutNumbers(title),
    amount: ceiling,
    decision: type === 'authorityFiling.refused' ? 'refused' : 'consented',
    on: dateAt(at),
    major: true,
  }
}

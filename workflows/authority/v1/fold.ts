// authority@1 folded: the ceiling, what is reserved and drawn, and whether a request fits under it.
// Never overdrawn.
import type { Entry } from '../../../src/domain/entry.ts'
import type { PayeeKey } from '../../../src/domain/facts.ts'
import {
  type AuthorityId,
  authorityStream,
  type OrganisationId,
  type RequestId,
} from '../../../src/domain/ids.ts'
import { above, minus, type Money, plus, sum, zero } from '../../../src/domain/money.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { EventDraft, Fold } from '../../../src/domain/store.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory, draft } from '../../workflow.ts'
import { type AuthorityEvent, authorityEvents } from './events.ts'

export const NAME = 'authority@1'

/** What one request holds: reserved from its submission, drawn from its payment. */
export interface Use {
  readonly amount: Money
  readonly state: 'reserved' | 'drawn'
  /** The date it was reserved: decides the month of a recurring ceiling. */
  readonly on: LocalDate
}

type Terms = Extract<AuthorityEvent, { type: 'authority.approved' }>['body']['given']

export interface AuthorityState {
  readonly terms: Terms
  readonly uses: ReadonlyMap<RequestId, Use>
}

export const authorityFold: Fold<AuthorityState | undefined> = {
  kind: 'authority',
  initial: undefined,
  apply(authority, entry) {
    const parsed = authorityEvents.safeParse({ type: entry.type, body: entry.body })
    if (!parsed.success) throw new CorruptHistory(entry, parsed.error.message)
    const event = parsed.data
    if (event.type === 'authority.approved') {
      if (authority !== undefined) throw new CorruptHistory(entry, 'approved twice')
      return { terms: event.body.given, uses: new Map() }
    }
    if (authority === undefined) throw new CorruptHistory(entry, 'not approved first')
    return used(authority, event, entry)
  },
}

type UseEvent = Exclude<AuthorityEvent, { type: 'authority.approved' }>

function used(
  authority: AuthorityState,
  { type, body: { request, amount } }: UseEvent,
  entry: Entry,
): AuthorityState {
  const held = authority.uses.get(request)
  if (type === 'authority.reserved') {
    if (held?.state === 'drawn')
      throw new CorruptHistory(entry, `${request} was paid under it already`)
    // what is added later belongs to the month of the first reservation
    const before = held ?? { amount: zero, on: dateAt(entry.at) }
    if (above(amount, leftOn(authority, before.on))) throw new CorruptHistory(entry, 'overdrawn')
    return withUse(authority, request, {
      ...before,
      amount: plus(before.amount, amount),
      state: 'reserved',
    })
  }
  if (held?.state !== 'reserved') throw new CorruptHistory(entry, `${request} has nothing reserved`)
  if (type === 'authority.converted') {
    if (amount !== held.amount)
      throw new CorruptHistory(entry, `${request} has ${held.amount} reserved`)
    return withUse(authority, request, { ...held, state: 'drawn' })
  }
  if (above(amount, held.amount))
    throw new CorruptHistory(entry, `${request} has only ${held.amount} reserved`)
  const rest = minus(held.amount, amount)
  return withUse(authority, request, rest === zero ? undefined : { ...held, amount: rest })
}

function withUse(
  authority: AuthorityState,
  request: RequestId,
  use: Use | undefined,
): AuthorityState {
  const uses = new Map(authority.uses)
  if (use === undefined) uses.delete(request)
  else uses.set(request, use)
  return { ...authority, uses }
}

const month = (date: LocalDate): string => date.slice(0, 7)

/** What is left on a date: of the whole term, or of that calendar month when it recurs. */
export function leftOn({ terms, uses }: AuthorityState, date: LocalDate): Money {
  const counted = [...uses.values()].filter(
    ({ on }) => terms.kind !== 'recurring' || month(on) === month(date),
  )
  return minus(terms.ceiling, sum(counted.map(({ amount }) => amount)))
}

/** Sum of what is reserved, or drawn, over the whole term. */
export const totalOf = ({ uses }: AuthorityState, state: Use['state']): Money =>
  sum([...uses.values()].filter((use) => use.state === state).map(({ amount }) => amount))

/** What a request asks of an authority. */
export interface Asking {
  readonly authority: AuthorityId
  readonly company: OrganisationId
  /** Every key the payee is known by; one of them must be approved. */
  readonly payeeKeys: readonly PayeeKey[]
  /** The date of submission. */
  readonly date: LocalDate
  readonly amount: Money
  /** A request that is resubmitted: what it holds already counts as left to it. */
  readonly request?: RequestId
}

/**
 * Does it cover the request (law §4)? Covered while company and payee match, the date is inside,
 * and the amount is left. `holds`: what the asker knows the request to hold, when it does not name
 * itself.
 * @returns what would be left after it
 */
export function coverage(
  state: AuthorityState | undefined,
  asking: Asking,
  holds: Money = zero,
): { readonly left: Money } | { readonly refused: Refusal } {
  const { authority, company, payeeKeys, date, amount, request } = asking
  if (state === undefined) return refuse('notFound', { what: authority })
  const { terms } = state
  const mismatch = (detail: string) => refuse('authorityMismatch', { authority, detail })
  if (terms.company !== company) return mismatch(terms.company)
  if (!payeeKeys.some((key) => terms.payees.includes(key))) return mismatch(terms.payees.join(', '))
  if (date < terms.from || date > terms.to) return mismatch(`${terms.from} – ${terms.to}`)
  const held = request === undefined ? undefined : state.uses.get(request)
  const left = plus(leftOn(state, held?.on ?? date), held?.amount ?? holds)
  return above(amount, left)
    ? refuse('authorityExceeded', { authority, left })
    : { left: minus(left, amount) }
}

interface Using {
  readonly request: RequestId
  readonly amount: Money
}
const noteOn = (authority: AuthorityId, event: UseEvent): EventDraft =>
  draft(NAME, authorityStream(authority), event)

/** At submission. */
export const reserve = (authority: AuthorityId, { request, amount }: Using): EventDraft =>
  noteOn(authority, { type: 'authority.reserved', body: { request, amount } })

/** At payment: the whole reservation becomes drawn. */
export const convert = (authority: AuthorityId, { request, amount }: Using): EventDraft =>
  noteOn(authority, { type: 'authority.converted', body: { request, amount } })

/** On rejection or withdrawal the whole reservation, on a reduction its difference. */
export const release = (authority: AuthorityId, { request, amount }: Using): EventDraft =>
  noteOn(authority, { type: 'authority.released', body: { request, amount } })

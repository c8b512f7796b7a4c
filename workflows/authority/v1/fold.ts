// authority@1 folded: the ceiling, what is reserved and drawn, and whether a request fits under it.
// Never overdrawn.
import type { Entry } from '../../../src/domain/entry.ts'
import type { PayeeKey } from '../../../src/domain/facts.ts'
import {
  type AuthorityId,
  authorityIdSchema,
  authorityStream,
  type OrganisationId,
  type PersonId,
  type RequestId,
  type StreamId,
} from '../../../src/domain/ids.ts'
import { above, minus, type Money, plus, sum, zero } from '../../../src/domain/money.ts'
import { type Refusal, refuse } from '../../../src/domain/refusal.ts'
import type { EventDraft, Fold } from '../../../src/domain/store.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import { CorruptHistory, draft } from '../../workflow.ts'
import { type AuthorityEvent, authorityEvents } from './events.ts'

export const NAME = 'authority@1'

/** `authority/a-2026-0001` → `a-2026-0001`. */
export const authorityIdOf = (stream: StreamId): AuthorityId =>
  authorityIdSchema.parse(stream.slice('authority/'.length))

/** What one request holds: reserved from its submission, drawn from its payment. */
export interface Use {
  readonly amount: Money
  readonly state: 'reserved' | 'drawn'
  /** The date it was reserved, or the bank took it: decides the month of a recurring ceiling. */
  readonly on: LocalDate
}

type Approved = Extract<AuthorityEvent, { type: 'authority.approved' }>['body']
export type Terms = Approved['given']

/**
 * `filing`: it waits for the township, whose officer has `accepted` it or not yet. `open`: requests may
 * name it. `refused` by the township and `closed` are ends.
 */
export type AuthorityPlace = 'filing' | 'accepted' | 'open' | 'refused' | 'closed'

export interface AuthorityState {
  readonly terms: Terms
  readonly place: AuthorityPlace
  readonly uses: ReadonlyMap<RequestId, Use>
  /** When it began to wait in its place. */
  readonly since: Instant
  /** When it was approved. */
  readonly begunAt: Instant
  /** Last day of the township's filing, while it waits for it. */
  readonly dueOn?: LocalDate
  /** Was the township to file it? */
  readonly filing: Approved['filing']
  readonly late: boolean
  /** The officer who accepted the filing. */
  readonly accepted?: PersonId
  readonly replacedBy?: AuthorityId
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
      return begun(event.body, entry)
    }
    if (authority === undefined) throw new CorruptHistory(entry, 'not approved first')
    switch (event.type) {
      case 'authority.reserved':
      case 'authority.converted':
      case 'authority.released':
        return used(authority, event, entry)
      default:
        return moved(authority, event, entry)
    }
  },
}

function begun({ given, filing, dueOn, late }: Approved, { at }: Entry): AuthorityState {
  return {
    terms: given,
    place: filing === 'due' ? 'filing' : 'open',
    uses: new Map(),
    since: at,
    begunAt: at,
    filing,
    late,
    ...(dueOn === undefined ? {} : { dueOn }),
  }
}

type UseEvent = Extract<
  AuthorityEvent,
  { type: 'authority.reserved' | 'authority.converted' | 'authority.released' }
>
type MoveEvent = Exclude<AuthorityEvent, UseEvent | { type: 'authority.approved' }>

/** In which places each act is taken. */
export const takenIn: Record<MoveEvent['type'], readonly AuthorityPlace[]> = {
  'authorityFiling.accepted': ['filing'],
  'authorityFiling.consented': ['accepted'],
  'authorityFiling.refused': ['accepted'],
  'authority.closed': ['filing', 'accepted', 'open'],
  'authority.replaced': ['filing', 'accepted', 'open'],
}

function moved(authority: AuthorityState, event: MoveEvent, entry: Entry): AuthorityState {
  if (!takenIn[event.type].includes(authority.place))
    throw new CorruptHistory(entry, `not taken in ${authority.place}`)
  const { at, by } = entry
  const { dueOn: _passed, ...settled } = { ...authority, since: at }
  switch (event.type) {
    case 'authorityFiling.accepted':
      // the limit runs for officer and head together
      return { ...authority, place: 'accepted', since: at, accepted: by.person }
    case 'authorityFiling.consented':
      return { ...settled, place: 'open' }
    case 'authorityFiling.refused':
      return { ...settled, place: 'refused' }
    case 'authority.closed':
      return { ...settled, place: 'closed' }
    case 'authority.replaced':
      return { ...settled, place: 'closed', replacedBy: event.body.by }
  }
}

function used(authority: AuthorityState, { type, body }: UseEvent, entry: Entry): AuthorityState {
  const { request, amount } = body
  const held = authority.uses.get(request)
  if (type === 'authority.reserved') {
    if (authority.place !== 'open') throw new CorruptHistory(entry, `${authority.place}, not open`)
    if (held?.state === 'drawn')
      throw new CorruptHistory(entry, `${request} was paid under it already`)
    // what is added later belongs to the month of the first reservation
    const on = 'on' in body ? body.on : undefined
    const before = held ?? { amount: zero, on: on ?? dateAt(entry.at) }
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
  /** The keys the payee is paid by: an account or a person must be approved, a tax number says not where money goes. */
  readonly payeeKeys: readonly PayeeKey[]
  /** The date of submission, or of the debit. */
  readonly date: LocalDate
  readonly amount: Money
  /** A request that is resubmitted: what it holds already counts as left to it. */
  readonly request?: RequestId
  /** Number of the contract it pays. */
  readonly contract?: string | undefined
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
  const { authority, company, payeeKeys, date, amount, request, contract } = asking
  if (state === undefined) return refuse('notFound', { what: authority })
  const { terms } = state
  const held = request === undefined ? undefined : state.uses.get(request)
  const shut = notOpen(state, { authority, amount, held: held?.amount ?? holds })
  if (shut !== undefined) return shut
  const mismatch = (detail: string) => refuse('authorityMismatch', { authority, detail })
  if (terms.company !== company) return mismatch(terms.company)
  if (!payeeKeys.some((key) => !key.startsWith('tax:') && terms.payees.includes(key)))
    return mismatch(terms.payees.join(', '))
  // what it holds was reserved in time: a return does not strand it, but it is not raised any more
  const stands = held !== undefined && !above(amount, held.amount)
  if (!stands && (date < terms.from || date > terms.to))
    return mismatch(`${terms.from} – ${terms.to}`)
  if (terms.contract !== undefined && contract !== terms.contract) return mismatch(terms.contract)
  const left = plus(leftOn(state, held?.on ?? date), held?.amount ?? holds)
  return above(amount, left)
    ? refuse('authorityExceeded', { authority, left })
    : { left: minus(left, amount) }
}

interface Held {
  readonly authority: AuthorityId
  readonly amount: Money
  readonly held: Money
}

/** Why nothing is reserved under it now. What a request holds already stands to the end, and may be lowered. */
function notOpen(
  { place }: AuthorityState,
  { authority, amount, held }: Held,
): { readonly refused: Refusal } | undefined {
  if (place === 'open' || (place === 'closed' && !above(amount, held))) return undefined
  return refuse(place === 'closed' ? 'authorityClosed' : 'authorityUnfiled', { authority })
}

interface Using {
  readonly request: RequestId
  readonly amount: Money
}
const noteOn = (authority: AuthorityId, event: UseEvent): EventDraft =>
  draft(NAME, authorityStream(authority), event)

/** At submission. */
export const reserve = (
  authority: AuthorityId,
  using: Using & { readonly on?: LocalDate },
): EventDraft => noteOn(authority, { type: 'authority.reserved', body: using })

/** At payment: the whole reservation becomes drawn. */
export const convert = (authority: AuthorityId, { request, amount }: Using): EventDraft =>
  noteOn(authority, { type: 'authority.converted', body: { request, amount } })

/** By a new vote: nothing more is reserved under it. */
export const replace = (authority: AuthorityId, by: AuthorityId): EventDraft =>
  draft(NAME, authorityStream(authority), { type: 'authority.replaced', body: { by } })

/** On rejection or withdrawal the whole reservation, on a reduction its difference. */
export const release = (authority: AuthorityId, { request, amount }: Using): EventDraft =>
  noteOn(authority, { type: 'authority.released', body: { request, amount } })

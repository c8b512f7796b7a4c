// A request's claim on an authority: reserved at submission, converted at payment, released when it comes to nothing (law §4).
import { authorityStream, type StreamId } from '../../../src/domain/ids.ts'
import { above, minus, type Money, zero } from '../../../src/domain/money.ts'
import { authorityKindNames, bothOf } from '../../../src/domain/places.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import { dateAt, type LocalDate } from '../../../src/domain/time.ts'
import * as authority from '../../authority/v1/fold.ts'
import type { Request } from './fold.ts'
import { authorityKeys } from './judgement.ts'
import { type Refused, requestIdOf } from './scene.ts'

/** Streams to read before a claim can be judged. */
export const claimStreams = ({ authority: named }: Submission): readonly StreamId[] =>
  named === undefined ? [] : [authorityStream(named)]

/** The stream of the authority a request already holds a part of. */
export const heldStreams = (request: Request | undefined): readonly StreamId[] =>
  request === undefined ? [] : claimStreams(request.submission)

interface Holding {
  readonly stream: StreamId
  readonly deciding: Deciding
}

/** What a form reserves, beside what an earlier round of the request (`before`) did; or why no authority covers it. */
export function claim(
  form: Submission,
  { deciding, stream, before }: Holding & { readonly before?: Submission },
): { readonly events: readonly EventDraft[] } | Refused {
  const request = requestIdOf(stream)
  const had = before === undefined ? zero : heldOf(before, { deciding, stream })
  const stays = before?.authority === form.authority
  const given = stays || before === undefined ? [] : releaseOf(before, { deciding, stream })
  const named = form.authority
  if (named === undefined) return { events: given }
  const { state } = deciding.past.stream(authority.authorityFold, authorityStream(named))
  const held = stays ? had : zero
  const { company, amount, contract, debit } = form
  // what the bank took belongs to the month and the term in which it took it (law 2.6)
  const date = debit?.on ?? dateAt(deciding.at)
  const payee = { company, payeeKeys: authorityKeys(form), contract }
  const asking = { authority: named, ...payee, date, amount, request }
  const covered = authority.coverage(state, asking)
  if ('refused' in covered) return covered
  // what the bank takes by itself is bounded month by month, and by nothing else (law 2.6)
  const kind = state?.terms.kind
  if (form.kind === 'directDebit' && kind !== 'recurring')
    return refuse('authorityMismatch', {
      authority: named,
      detail: `${bothOf(authorityKindNames, kind ?? '')} ≠ ${bothOf(authorityKindNames, 'recurring')}`,
    })
  return { events: [...given, ...difference(named, { request, held, amount, on: debit?.on })] }
}

function difference(
  named: Parameters<typeof authority.reserve>[0],
  {
    request,
    held,
    amount,
    on,
  }: {
    request: ReturnType<typeof requestIdOf>
    held: Money
    amount: Money
    on: LocalDate | undefined
  },
): readonly EventDraft[] {
  if (above(amount, held)) {
    const dated = on === undefined ? {} : { on }
    return [authority.reserve(named, { request, amount: minus(amount, held), ...dated })]
  }
  if (above(held, amount))
    return [authority.release(named, { request, amount: minus(held, amount) })]
  return []
}

/** Rejected or withdrawn: all that is reserved goes back. */
export const release = ({
  request,
  ...holding
}: Holding & { readonly request: Request }): readonly EventDraft[] =>
  releaseOf(request.submission, holding)

/** Paid: the whole reservation becomes drawn. */
export function convert({
  request,
  ...holding
}: Holding & { readonly request: Pick<Request, 'submission'> }): readonly EventDraft[] {
  const { authority: named } = request.submission
  const amount = heldOf(request.submission, holding)
  if (named === undefined || amount === zero) return []
  return [authority.convert(named, { request: requestIdOf(holding.stream), amount })]
}

function releaseOf(form: Submission, holding: Holding): readonly EventDraft[] {
  const amount = heldOf(form, holding)
  if (form.authority === undefined || amount === zero) return []
  return [authority.release(form.authority, { request: requestIdOf(holding.stream), amount })]
}

function heldOf({ authority: named }: Submission, { deciding, stream }: Holding): Money {
  if (named === undefined) return zero
  const { state } = deciding.past.stream(authority.authorityFold, authorityStream(named))
  const use = state?.uses.get(requestIdOf(stream))
  return use?.state === 'reserved' ? use.amount : zero
}

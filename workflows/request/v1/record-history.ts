// How long each must took, and what was sent back for what: kept for figures alone; no rule looks at it.
import type { Entry } from '../../../src/domain/entry.ts'
import { type Must, musts } from '../../../src/domain/must.ts'
import { dateAt, type Instant, type LocalDate } from '../../../src/domain/time.ts'
import type { RequestEvent } from './events.ts'
import type { Request, RequestSnapshot } from './fold.ts'

/** A must the request stood in, from its opening until it was left. One that was passed over took no time and is no stay. */
export interface Stay {
  readonly must: Must
  readonly round: number
  readonly from: Instant
  readonly to: Instant
  readonly how: 'passed' | 'returned' | 'ended'
}

/** Sent back (退回) from where, for which fields of the form. */
export interface Return {
  readonly from: string
  readonly fields: readonly string[]
  readonly on: LocalDate
}

export interface History {
  /** When the present must, or the place between musts, was entered. */
  readonly enteredAt: Instant
  readonly stays: readonly Stay[]
  readonly returns: readonly Return[]
}

export const newHistory = (at: Instant): History => ({ enteredAt: at, stays: [], returns: [] })

type Chain = RequestSnapshot['value']['chain']

const outerOf = (chain: Chain): string =>
  typeof chain === 'string' ? chain : (Object.keys(chain)[0] ?? '')

/** What this event adds. An act taken back takes its part of the history back as well: `recorded` holds the one before. */
export function historyAfter(
  request: Request,
  recorded: Request,
  { event, entry, after }: { event: RequestEvent; entry: Entry; after: RequestSnapshot },
): History {
  if (event.type === 'act.takenBack') return recorded.history
  const { history, snapshot } = request
  const [was, is] = [outerOf(snapshot.value.chain), outerOf(after.value.chain)]
  if (was === is) return history
  const must = musts.find((one) => one === was)
  const stayed = must !== undefined && history.enteredAt !== entry.at
  const { round } = snapshot.context
  const stay = { round, from: history.enteredAt, to: entry.at, how: howTo(is) }
  return {
    enteredAt: entry.at,
    stays: stayed ? [...history.stays, { must, ...stay }] : history.stays,
    returns:
      event.type === 'request.returned'
        ? [...history.returns, returnIn(event.body, entry)]
        : history.returns,
  }
}

function howTo(place: string): Stay['how'] {
  if (place === 'returned') return 'returned'
  return place === 'rejected' || place === 'withdrawn' ? 'ended' : 'passed'
}

type Returned = Extract<RequestEvent, { type: 'request.returned' }>['body']

const returnIn = ({ from, given }: Returned, { at }: Entry): Return => ({
  from,
  fields: [...new Set(given.fields)],
  on: dateAt(at),
})

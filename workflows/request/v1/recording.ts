// How an event adds to the record of a request: one recorder an event type, and what several of them say.
import type { Entry } from '../../../src/domain/entry.ts'
import type { PersonId } from '../../../src/domain/ids.ts'
import type { Must } from '../../../src/domain/must.ts'
import { dateAt } from '../../../src/domain/time.ts'
import type { RequestEvent } from './events.ts'
import type { Decider, Request } from './fold.ts'

export type EventOf<T extends RequestEvent['type']> = Extract<RequestEvent, { type: T }>
export type Recorder<T extends RequestEvent['type']> = (
  request: Request,
  event: EventOf<T>,
  entry: Entry,
) => Request
export type Recorders<T extends RequestEvent['type']> = { readonly [K in T]: Recorder<K> }

/** The chain moved on: the present state is new, and has no limit until it is given one. */
export const moved = (request: Request, entry: Entry): Request => ({
  ...request,
  since: entry.at,
  dueOn: '',
})
export const movedOnly = (request: Request, _event: RequestEvent, entry: Entry): Request =>
  moved(request, entry)
export const ended = (request: Request, _event: RequestEvent, entry: Entry): Request => ({
  ...moved(request, entry),
  endedOn: dateAt(entry.at),
})

/** Those who decided in a must, each once. */
export function withDeciders(
  request: Request,
  must: Must,
  persons: readonly PersonId[],
): readonly Decider[] {
  const known = new Set(request.deciders.filter((d) => d.must === must).map(({ person }) => person))
  const fresh = persons.filter((person) => !known.has(person)).map((person) => ({ must, person }))
  return fresh.length === 0 ? request.deciders : [...request.deciders, ...fresh]
}

// What is told to one listener of what happened: their inbox, the requests they have open, that something happened in a village,
// and its newest checkpoint. Server-sent events as browsers read them.
import type { Movement, Place } from '../app/live/follower.ts'
import { desksOf, type PersonRights } from '../app/rights.ts'
import { eventName } from '../app/sentences.ts'
import type { Origin, PersonId, StreamId } from '../domain/ids.ts'
import type { Language } from '../domain/language.ts'

export interface Listening {
  readonly language: Language
  readonly sees: ReadonlySet<Origin>
  readonly desks: ReadonlySet<string>
  /** Requests they have open, as `watchedAs` names them. */
  readonly watched: ReadonlySet<string>
  readonly codeOf: (ledger: Origin) => string
}

/** What somebody may be told of, and the desks that are theirs. */
export const heard = (
  person: PersonId | undefined,
  { sees, townships, offices }: PersonRights,
) => ({
  sees: new Set([...sees, ...townships]),
  desks: new Set([...(person === undefined ? [] : [person]), ...offices.flatMap(desksOf)]),
})

export const watchedAs = (ledger: Origin, stream: StreamId): string => `${ledger} ${stream}`

/** A place as browsers hand it back in Last-Event-ID. */
export const idOf = ({ ledger, size }: Pick<Place, 'ledger' | 'size'>): string =>
  `${ledger}:${size}`

export const frame = (event: string, data: object, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

export const HEARTBEAT = ': here\n\n'
/** How long a browser waits before it comes back. */
export const RETRY = 'retry: 3000\n\n'

/** So many steps of a village are named at once. */
const STEPS_SHOWN = 50

/**
 * Everything of one look that this listener may hear; `''` for nothing. Only the last event bears a place: whoever is cut in
 * the middle hears all of the look again, and misses nothing.
 */
export function framesOf(movements: readonly Movement[], listening: Listening): string {
  const own = movements.filter(({ ledger }) => listening.sees.has(ledger))
  const last = own.at(-1)
  return own
    .map((movement) =>
      framesIn(movement, listening, movement === last ? idOf(movement) : undefined),
    )
    .join('')
}

function framesIn(movement: Movement, listening: Listening, id: string | undefined): string {
  const { ledger, size, at, note, steps, desks } = movement
  const { codeOf, desks: own } = listening
  const where = { village: codeOf(ledger), ledger }
  const shown = steps
    .slice(-STEPS_SHOWN)
    .map(({ stream, revision, type }) => ({ stream, revision, type }))
  const mine = desks === undefined || [...own].some((desk) => desks.has(desk))
  return [
    ...requestFrames(movement, listening),
    frame('village', { ...where, size, at, steps: shown, more: steps.length > shown.length }),
    ...(mine ? [frame('inbox', where)] : []),
    frame('checkpoint', { ...where, size, note }, id),
  ].join('')
}

const requestFrames = ({ ledger, steps }: Movement, { watched, language, codeOf }: Listening) =>
  steps
    .filter(({ stream }) => watched.has(watchedAs(ledger, stream)))
    .map(({ seq, stream, revision, type, at }) =>
      frame('request', {
        village: codeOf(ledger),
        ledger,
        request: stream.slice(stream.indexOf('/') + 1),
        seq,
        revision,
        type,
        at,
        what: eventName(type)[language],
      }),
    )

/** Where the listener stands now: what they load from here on is at least as new. */
export function openFrame(places: readonly Place[], codeOf: Listening['codeOf']): string {
  const newest = places.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  const ledgers = places.map(({ ledger, size }) => ({ village: codeOf(ledger), ledger, size }))
  return frame('open', { ledgers }, newest === undefined ? undefined : idOf(newest))
}

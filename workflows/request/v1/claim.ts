// A request's claim on an authority: reserved at submission, converted at payment, released when it comes to nothing (law §4).
import { authorityStream, type StreamId } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Submission } from '../../../src/domain/request.ts'
import type { Deciding, EventDraft } from '../../../src/domain/store.ts'
import type { Request } from './fold.ts'
import type { Refused } from './scene.ts'

export interface Claimed {
  readonly form: Submission
}

/** Streams to read before a claim can be judged. */
export const claimStreams = ({ authority }: Submission): readonly StreamId[] =>
  authority === undefined ? [] : [authorityStream(authority)]

/** The stream of the authority a request already holds a part of. */
export const heldStreams = (request: Request | undefined): readonly StreamId[] =>
  request === undefined ? [] : claimStreams(request.submission)

interface Claiming {
  readonly deciding: Deciding
  readonly stream: StreamId
  readonly before?: Claimed
}
interface Holding {
  readonly request: Request
  readonly stream: StreamId
  readonly deciding: Deciding
}

export function claim(form: Submission, _claiming: Claiming): { readonly events: readonly EventDraft[] } | Refused {
  if (form.authority === undefined) return { events: [] }
  return refuse('authorityMismatch', { authority: form.authority, detail: '—' })
}
export const release = (_holding: Holding): readonly EventDraft[] => []
export const convert = (_holding: Holding): readonly EventDraft[] => []

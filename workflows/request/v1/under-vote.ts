// While a meeting has taken a request up its vote is not led around (law 5.5): nobody turns the request back, takes back
// what brought it there, or stops it, and no second meeting asks again.
import { type MeetingId, type RequestId, requestStream } from '../../../src/domain/ids.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { EventDraft } from '../../../src/domain/store.ts'
import type { Request } from './fold.ts'
import { eventOn, type Refused } from './scene.ts'

/** Why it cannot be moved by hand now: the meeting that has it decides first. */
export const underVote = ({ underVote: meeting }: Request): Refused | undefined =>
  meeting === undefined ? undefined : refuse('underVote', { meeting })

/** The meeting takes the item up. */
export const takenUp = (id: RequestId, meeting: MeetingId, item: string): EventDraft =>
  eventOn(requestStream(id), { type: 'vote.opened', body: { meeting, item } })

/** The meeting is over, whatever it came to. */
export const letGo = (id: RequestId, meeting: MeetingId): EventDraft =>
  eventOn(requestStream(id), { type: 'vote.ended', body: { meeting } })

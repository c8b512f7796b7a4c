// Which meeting has the request, in its record.
import type { Recorders } from './recording.ts'

export const voteRecorders: Recorders<'vote.opened' | 'vote.ended'> = {
  'vote.opened': (request, { body }) => ({ ...request, underVote: body.meeting }),
  'vote.ended': ({ underVote: _ended, ...request }) => request,
}

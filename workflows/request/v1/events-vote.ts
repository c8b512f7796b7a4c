// A meeting has taken the request up (law 5.5): from there until that meeting is over its vote stands.
import { itemIdSchema, meetingIdSchema } from '../../../src/domain/ids.ts'
import { note } from '../../workflow.ts'

export const voteOpened = note('vote.opened', {
  meeting: meetingIdSchema,
  item: itemIdSchema,
})
export const voteEnded = note('vote.ended', { meeting: meetingIdSchema })

export const voteNotes = [voteOpened, voteEnded] as const

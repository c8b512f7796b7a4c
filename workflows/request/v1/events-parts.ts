// Parts that several events of a request hold.
import { z } from 'zod'
import { meetingIdSchema, officeIdSchema, personIdSchema } from '../../../src/domain/ids.ts'

export const resolutionSchema = z.strictObject({
  meeting: meetingIdSchema,
  item: z.string(),
  for: z.int().min(0),
  against: z.int().min(0),
  abstain: z.int().min(0),
  /** Those the majority is counted of: the roll, or all directors less the recused. */
  base: z.int().min(0),
})
export type Resolution = z.infer<typeof resolutionSchema>
export const votersSchema = z.array(personIdSchema).max(50)
export const seatsSchema = z.array(officeIdSchema).max(50)

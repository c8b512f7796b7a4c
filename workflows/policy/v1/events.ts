// policy@1 (政策): proposed by the three-assets centre, endorsed by two persons, the discipline
// committee heard, enacted.
import { z } from 'zod'
import { policySettingSchema } from '../../../src/domain/policy.ts'
import { instantSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

const settingsSchema = z
  .array(policySettingSchema)
  .max(60)
  .refine((settings) => new Set(settings.map(({ key }) => key)).size === settings.length, {
    message: 'each key once',
  })

export const proposed = act('policy.propose', 'policy.proposed', {
  input: z.strictObject({
    /** Only what changes; the rest stays as in the policy before, at first as shipped. */
    settings: settingsSchema,
    /** Why; may be left out unless an amount set locally is raised. */
    reason: text(1000).exactOptional(),
    /** What it rests on: the township's paper, the villages' answers (W1). */
    basis: text(300),
    /** Document number of the county's clearance (县级备案文号). */
    countyClearance: text(100).exactOptional(),
  }),
})
export const endorsed = act('policy.endorse', 'policy.endorsed', {
  input: z.strictObject({ remark: text(1000).exactOptional() }),
  adds: { as: z.enum(['centreHead', 'townshipLeader']) },
})
export const opinionGiven = act('policy.giveOpinion', 'policy.opinionGiven', {
  input: z.strictObject({ opinion: text(2000) }),
})
export const enacted = act('policy.enact', 'policy.enacted', {
  /** Left out: at once. */
  input: z.strictObject({ from: instantSchema.exactOptional() }),
  adds: { version: z.int().min(1), id: z.string().regex(/^\d+@[0-9a-f]{8}$/), from: instantSchema },
})
export const withdrawn = act('policy.withdraw', 'policy.withdrawn', {
  input: z.strictObject({ reason: text(1000) }),
})

export const acts = [proposed, endorsed, opinionGiven, enacted, withdrawn] as const
export const policyEvents = z.discriminatedUnion('type', [
  proposed.event,
  endorsed.event,
  opinionGiven.event,
  enacted.event,
  withdrawn.event,
])
export const policyCommands = z.discriminatedUnion('type', [
  proposed.command,
  endorsed.command,
  opinionGiven.command,
  enacted.command,
  withdrawn.command,
])
export type PolicyEvent = z.infer<typeof policyEvents>
export type PolicyCommand = z.infer<typeof policyCommands>

// policy@1 (政策): proposed by the three-assets centre, cleared by the county where it changes money,
// endorsed by two persons, the discipline committee heard, enacted. In a village's ledger: the rule
// its members made for themselves.
import { z } from 'zod'
import { itemIdSchema, meetingIdSchema, organisationIdSchema } from '../../../src/domain/ids.ts'
import { policySettingSchema } from '../../../src/domain/policy.ts'
import { policyKeys } from '../../../src/domain/policy-keys.ts'
import { instantSchema, localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const RULE_SETTINGS_MAX = 30
const policyIdSchema = z.string().regex(/^\d+@[0-9a-f]{8}$/)

const settingsSchema = z
  .array(policySettingSchema)
  .max(120)
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
    /** The day it takes force, endorsed with it; left out, or past when it is enacted: with its enactment (law 8.5). */
    from: localDateSchema.exactOptional(),
  }),
  adds: {
    /** The policy it changes: the one in force before it on that day; absent when it is the first. */
    upon: policyIdSchema.exactOptional(),
    /** The first amount it changes that is set locally: the county clears it before it is enacted (W1). */
    clears: z.string().exactOptional(),
  },
})
/** The county's clearance (县级备案) of the amounts, by the document it stands in. */
export const cleared = act('policy.clear', 'policy.cleared', {
  input: z.strictObject({ document: text(100), on: localDateSchema }),
})
export const endorsed = act('policy.endorse', 'policy.endorsed', {
  input: z.strictObject({ remark: text(1000).exactOptional() }),
  adds: { as: z.enum(['centreHead', 'townshipLeader']) },
})
export const opinionGiven = act('policy.giveOpinion', 'policy.opinionGiven', {
  input: z.strictObject({ opinion: text(2000) }),
})
export const enacted = act('policy.enact', 'policy.enacted', {
  input: z.strictObject({}),
  adds: { version: z.int().min(1), id: policyIdSchema, from: instantSchema },
})
export const withdrawn = act('policy.withdraw', 'policy.withdrawn', {
  input: z.strictObject({ reason: text(1000) }),
})

/**
 * What a meeting votes on: the village's rule as a whole. What it does not name is as the township has
 * it; an empty one ends the rule. Without a day it is in force once it is entered.
 */
const ruleTerms = {
  settings: settingsSchema
    .max(RULE_SETTINGS_MAX)
    .refine(
      (settings) =>
        settings.every(({ key, value }) => policyKeys[key].schema.safeParse(value).success),
      { message: 'not of the form of its key' },
    ),
  from: localDateSchema.exactOptional(),
}
export const ruleProposalSchema = z.strictObject(ruleTerms)
export type RuleProposal = z.infer<typeof ruleProposalSchema>

/** On a village's own stream. The item must have put just these settings to the vote. */
export const ruleEnacted = act('villageRule.enact', 'villageRule.enacted', {
  input: z.strictObject({
    ...ruleTerms,
    ground: z.strictObject({ meeting: meetingIdSchema, item: itemIdSchema }),
  }),
  adds: {
    version: z.int().min(1),
    from: instantSchema,
    /** Entered later than the vote asked for; it still is, and it shows. */
    late: z.boolean(),
  },
})

/** A meeting that closed passed a rule: it waits to be entered, by whom the cooperative is represented. */
export const ruleVoted = note('villageRule.voted', {
  meeting: meetingIdSchema,
  item: itemIdSchema,
  organisation: organisationIdSchema,
  dueOn: localDateSchema,
})

export const acts = [
  proposed,
  cleared,
  endorsed,
  opinionGiven,
  enacted,
  withdrawn,
  ruleEnacted,
] as const
export const notes = [ruleVoted] as const
export const policyEvents = z.discriminatedUnion('type', [
  ruleVoted.event,
  proposed.event,
  cleared.event,
  endorsed.event,
  opinionGiven.event,
  enacted.event,
  withdrawn.event,
  ruleEnacted.event,
])
export const policyCommands = z.discriminatedUnion('type', [
  proposed.command,
  cleared.command,
  endorsed.command,
  opinionGiven.command,
  enacted.command,
  withdrawn.command,
  ruleEnacted.command,
])
export type PolicyEvent = z.infer<typeof policyEvents>
export type PolicyCommand = z.infer<typeof policyCommands>
/** What happens to the township's policy: the machine's part. */
export type PolicyChange = Exclude<
  PolicyEvent,
  { type: 'villageRule.enacted' | 'villageRule.voted' }
>

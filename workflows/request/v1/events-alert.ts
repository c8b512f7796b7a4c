// Alerts (预警) on a request's stream: raised as notes of whatever brought them up, dismissed by an act. They move nothing and
// are taken in any state (law 10.5).
import { z } from 'zod'
import { alertColourSchema, alertIdSchema, alertRuleSchema } from '../../../src/domain/alert.ts'
import { originSchema, requestIdSchema, sha256HexSchema } from '../../../src/domain/ids.ts'
import { act, note } from '../../workflow.ts'

/** The other requests one alert names. */
export const ALERT_REQUESTS_MAX = 20

export const alertRaised = note('alert.raised', {
  alert: alertIdSchema,
  rule: alertRuleSchema,
  colour: alertColourSchema,
  /** What fills the sentence of the rule. */
  params: z.record(z.string(), z.string().max(200)),
  /** The other requests of this ledger it was seen with, the first of many. */
  requests: z.array(requestIdSchema).max(ALERT_REQUESTS_MAX),
  /** Those of the township's other ledgers. */
  elsewhere: z
    .array(z.strictObject({ ledger: originSchema, request: requestIdSchema }))
    .min(1)
    .max(ALERT_REQUESTS_MAX)
    .exactOptional(),
})

/** 消除预警: by an inspector or the head of the centre, with a reason; a red one on proof alone. */
export const alertDismissed = act('alert.dismiss', 'alert.dismissed', {
  input: z.strictObject({
    alert: alertIdSchema,
    reason: z.string().trim().min(1).max(1000),
    /** SHA-256 of the paper that proves it. */
    evidence: sha256HexSchema.exactOptional(),
  }),
  /** Counts as a word in this must: in another of the same request they then have none (law 7.3). */
  adds: { must: z.enum(['townshipFiling', 'disciplineAudit']) },
})

export const alertActs = [alertDismissed] as const
export const alertNotes = [alertRaised] as const

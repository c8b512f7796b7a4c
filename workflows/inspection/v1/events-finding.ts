// Findings (问题), what is asked for beside the answer, and looking again (law 6.9–6.12).
import { z } from 'zod'
import { faultSchema, findingKindSchema, followUpSchema } from '../../../src/domain/finding.ts'
import {
  findingIdSchema,
  inspectionIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { moneySchema } from '../../../src/domain/money.ts'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const distinct = <T>(values: readonly T[]): boolean => new Set(values).size === values.length
const some = moneySchema.refine((amount) => amount !== '0.00', 'zero')
const files = z.array(sha256HexSchema).max(20).refine(distinct, { message: 'each once' })

export const findingRaised = act('finding.raise', 'finding.raised', {
  input: z
    .strictObject({
      /** Absent when it is about the village's ways and not about one request. */
      request: requestIdSchema.exactOptional(),
      fault: faultSchema,
      kind: findingKindSchema,
      text: text(2000),
      followUps: z.array(followUpSchema).min(1).max(5).refine(distinct, { message: 'each once' }),
      /** Money to be brought back. */
      recover: some.exactOptional(),
      /** In a follow-up round: the finding that has come back. */
      again: z
        .strictObject({ round: inspectionIdSchema, finding: findingIdSchema })
        .exactOptional(),
    })
    .refine(
      ({ followUps, recover }) => followUps.includes('recovery') === (recover !== undefined),
      { message: 'recovery and its amount go together' },
    )
    // it is the cashier of that company who sees it come back, and one transfer settles one recovery (law 6.11)
    .refine(({ request, recover }) => recover === undefined || request !== undefined, {
      message: 'money to be brought back is told by its request',
      path: ['request'],
    }),
  adds: { finding: findingIdSchema, dueOn: localDateSchema },
})

const named = { finding: findingIdSchema }
export const findingAnswered = act('finding.answer', 'finding.answered', {
  input: z.strictObject({
    ...named,
    text: text(2000),
    /** SHA-256 of the papers that show it. */
    evidence: files.exactOptional(),
    /** 教育培训: asked for by the finding. */
    training: z
      .strictObject({
        on: localDateSchema,
        persons: z.int().min(1).max(10_000),
        /** The signed attendance sheet. */
        sheet: sha256HexSchema,
      })
      .exactOptional(),
  }),
})
export const findingVerified = act('finding.verify', 'finding.verified', {
  input: z.strictObject({
    ...named,
    remark: text(1000),
    /** 监察建议书: asked for by the finding. */
    demand: z.strictObject({ document: text(60), on: localDateSchema }).exactOptional(),
    /** 移送线索: asked for by the finding. */
    referral: z
      .strictObject({ document: text(60), to: text(60), on: localDateSchema })
      .exactOptional(),
    /** Why not all of the money came back. */
    shortfall: text(1000).exactOptional(),
  }),
})
export const findingReopened = act('finding.reopen', 'finding.reopened', {
  input: z.strictObject({ ...named, reason: text(1000) }),
  adds: { dueOn: localDateSchema },
})
/** 回头看: what the followed round closed out has lasted. */
export const findingReviewed = act('finding.review', 'finding.reviewed', {
  input: z.strictObject({ round: inspectionIdSchema, ...named, remark: text(1000) }),
})
/** 追回资金: money that came back into the company's account. */
export const recoveryRecorded = act('recovery.record', 'recovery.recorded', {
  input: z.strictObject({
    ...named,
    amount: some,
    bankReference: text(60),
    receivedOn: localDateSchema,
  }),
})

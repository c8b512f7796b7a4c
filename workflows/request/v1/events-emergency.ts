// Emergencies (抢险应急, law 3.10–3.12): what is deferred, who consents and confirms, and what the meetings say afterwards;
// and the findings that raise themselves where that came to nothing.
import { z } from 'zod'
import { faultSchema } from '../../../src/domain/finding.ts'
import { organisationIdSchema, personIdSchema, sha256HexSchema } from '../../../src/domain/ids.ts'
import { moneySchema } from '../../../src/domain/money.ts'
import { instantSchema, localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'
import { resolutionSchema, seatsSchema, votersSchema } from './events-parts.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const nothing = z.strictObject({})
const reasoned = z.strictObject({ reason: text(1000) })

const deferred = { rule: z.string(), notifyBy: instantSchema }
export const memberVoteDeferred = note('memberVote.deferred', deferred)
export const boardReviewDeferred = note('boardReview.deferred', deferred)

/** The members and the board are told (law 3.10): how, with the digest of what was posted or sent. */
export const notified = act('emergency.notify', 'emergency.notified', {
  input: z.strictObject({ how: text(300), notice: sha256HexSchema }),
  adds: { late: z.boolean() },
})

/** One duty officer consents alone; the head confirms by the limit (law 3.11). */
export const emergencyConsented = act(
  'townshipFiling.emergencyConsent',
  'townshipFiling.emergencyConsented',
  { input: reasoned, adds: { confirmBy: localDateSchema } },
)
/** Whom a deputy acted for. */
const represented = personIdSchema.exactOptional()
export const confirmed = act('townshipFiling.confirm', 'townshipFiling.confirmed', {
  input: reasoned,
  adds: { represented },
})
export const confirmationRefused = act(
  'townshipFiling.refuseConfirmation',
  'townshipFiling.confirmationRefused',
  { input: reasoned, adds: { represented } },
)
export const confirmationLapsed = act('confirmation.lapse', 'confirmation.lapsed', {
  input: nothing,
})

/** The musts that meetings decide, and that an emergency defers. */
export const deferrableSchema = z.enum(['memberVote', 'boardReview'])
export type Deferrable = z.infer<typeof deferrableSchema>

const decided = { must: deferrableSchema, resolution: resolutionSchema }
/** After payment and booking it waits here; the seats of a deferred board review are fixed now (law 1.11, 3.12). */
export const ratificationOpened = note('ratification.opened', {
  musts: z.array(deferrableSchema).max(2),
  board: z.strictObject({ organisation: organisationIdSchema, seats: seatsSchema }).exactOptional(),
  dueOn: localDateSchema,
})
/** The members carried it; the written shareholder decision discharges it, as it does before a payment (law 5.6). */
export const ratificationCarried = note('ratification.carried', decided)
export const ratificationReferred = note('ratification.referred', {
  ...decided,
  to: z.enum(['council', 'member']),
})
export const ratificationPassed = note('ratification.passed', { ...decided, voters: votersSchema })
export const ratificationFailed = note('ratification.failed', { ...decided, voters: votersSchema })
export const ratificationLapsed = act('ratification.lapse', 'ratification.lapsed', {
  input: nothing,
})

/** `auto-1`, `auto-2`, …: findings that no round raised. */
export const automaticFindingIdSchema = z.string().regex(/^auto-[1-9]\d{0,3}$/)
export const automaticFindingRaised = note('automaticFinding.raised', {
  finding: automaticFindingIdSchema,
  fault: faultSchema,
  /** The day by which it is put right: where money is to come back, the day by which it is back. */
  dueOn: localDateSchema,
  recover: moneySchema.exactOptional(),
})
/** 整改反馈: by the company. */
export const automaticFindingAnswered = act(
  'automaticFinding.answer',
  'automaticFinding.answered',
  {
    input: z.strictObject({
      finding: automaticFindingIdSchema,
      text: text(2000),
      evidence: z.array(sha256HexSchema).max(20).exactOptional(),
    }),
  },
)
export const automaticFindingClosed = act('automaticFinding.close', 'automaticFinding.closed', {
  input: z.strictObject({
    finding: automaticFindingIdSchema,
    reason: text(1000),
    evidence: sha256HexSchema,
    /** What came back, by one transfer into the company's account. */
    recovered: z
      .strictObject({
        amount: moneySchema.refine((amount) => amount !== '0.00', 'zero'),
        bankReference: text(60),
        receivedOn: localDateSchema,
      })
      .exactOptional(),
    /** Why not all of the money came back, with the paper that says so. */
    shortfall: z.strictObject({ reason: text(1000), paper: sha256HexSchema }).exactOptional(),
  }),
})

export const emergencyActs = [
  notified,
  emergencyConsented,
  confirmed,
  confirmationRefused,
  confirmationLapsed,
  ratificationLapsed,
  automaticFindingAnswered,
  automaticFindingClosed,
] as const
export const emergencyNotes = [
  memberVoteDeferred,
  boardReviewDeferred,
  ratificationOpened,
  ratificationCarried,
  ratificationReferred,
  ratificationPassed,
  ratificationFailed,
  automaticFindingRaised,
] as const

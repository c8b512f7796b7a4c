// request@1: every command and every event, as schemas. An event's body holds all that decide was told (law §10).
import { z } from 'zod'
import { evidenceSchema, invoicesSchema, submissionSchema } from '../../../src/domain/request.ts'
import {
  inspectionIdSchema,
  meetingIdSchema,
  officeIdSchema,
  personIdSchema,
  requestIdSchema,
  findingIdSchema,
  authorityIdSchema,
  organisationIdSchema,
} from '../../../src/domain/ids.ts'
import { moneySchema } from '../../../src/domain/money.ts'
import { demandSchema, mustSchema } from '../../../src/domain/must.ts'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'
import { alertActs, alertNotes } from './events-alert.ts'
import { besideActs } from './events-beside.ts'
import { emergencyActs, emergencyNotes } from './events-emergency.ts'
import { resolutionSchema, seatsSchema, votersSchema } from './events-parts.ts'
import { paymentActs, paymentNotes } from './events-payment.ts'
import { turningActs } from './events-turning.ts'
import { voteNotes } from './events-vote.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const nothing = z.strictObject({})
/** Whom a deputy acted for (授权代行): the envelope names the deputy and the office. */
const represented = personIdSchema.exactOptional()
const sentenceSchema = z.strictObject({ zh: z.string(), en: z.string() })

export const stationSchema = z.strictObject({
  must: mustSchema,
  demand: demandSchema,
  /** Key of the rule that decided, e.g. `boardReview.rollingSum`. */
  rule: z.string(),
  reason: sentenceSchema,
})

/** What decide worked out beside the form: frozen, so that a later policy or roster rewrites nothing. */
const worked = {
  round: z.int().min(1),
  payee: z.string().max(120),
  /** Whole sum in the window, this request included, and the others that make it up. */
  rolling: z.strictObject({ sum: moneySchema, parts: z.array(requestIdSchema).max(200) }),
  related: z.boolean(),
  relatedPersons: z.array(personIdSchema).max(50),
  /** The handler heads the company, or is related to who does. */
  headInvolved: z.boolean(),
  /** Version of the village's rule that tightened the township's policy; absent when there was none (law 8.1). */
  rule: z.int().min(1).exactOptional(),
  covered: authorityIdSchema.exactOptional(),
  route: z.array(stationSchema).length(5),
}

export const submitted = act('request.submit', 'request.submitted', {
  input: submissionSchema,
  adds: worked,
})
export const handled = act('request.handle', 'request.handled', { input: nothing })
export const witnessed = act('request.witness', 'request.witnessed', { input: nothing })
export const issued = act('request.issue', 'request.issued', {
  input: nothing,
  adds: { represented },
})
export const returned = act('request.return', 'request.returned', {
  input: z.strictObject({ reason: text(1000), fields: z.array(text(40)).max(20) }),
  adds: { from: z.string() },
})
export const resubmitted = act('request.resubmit', 'request.resubmitted', {
  input: submissionSchema,
  adds: { ...worked, material: z.array(z.string()).max(20), resumes: z.string() },
})
export const withdrawn = act('request.withdraw', 'request.withdrawn', {
  input: z.strictObject({ reason: text(1000) }),
})
export const evidenceAdded = act('evidence.add', 'evidence.added', {
  input: z
    .strictObject({
      evidence: z.array(evidenceSchema).max(50),
      /** Invoices that were still to come when it was submitted (law 2.11). */
      invoices: invoicesSchema.exactOptional(),
    })
    .refine(
      ({ evidence, invoices = [] }) => evidence.length + invoices.length > 0,
      'nothing added',
    ),
})
export const papersCompleted = act('papers.complete', 'papers.completed', { input: nothing })

const dueOn = localDateSchema

export const memberVoteOpened = note('memberVote.opened', {})
export const boardReviewOpened = note('boardReview.opened', {
  organisation: organisationIdSchema,
  seats: seatsSchema,
  dueOn,
})
export const supervisorySignOffOpened = note('supervisorySignOff.opened', {
  organisation: organisationIdSchema,
  seats: seatsSchema,
  chair: officeIdSchema.exactOptional(),
  /** `all` from tier.largeFrom and for related parties, else `majorityAndChair` (law §5). */
  needs: z.enum(['majorityAndChair', 'all']),
  dueOn,
})
export const townshipFilingOpened = note('townshipFiling.opened', { dueOn })
export const disciplineAuditOpened = note('disciplineAudit.opened', {})

const passedOver = { rule: z.string() }
export const memberVoteNotRequired = note('memberVote.notRequired', passedOver)
export const boardReviewNotRequired = note('boardReview.notRequired', passedOver)
export const townshipFilingNotRequired = note('townshipFiling.notRequired', passedOver)
export const memberVoteCovered = note('memberVote.covered', {
  ...passedOver,
  authority: authorityIdSchema,
})
export const boardReviewCovered = note('boardReview.covered', {
  ...passedOver,
  authority: authorityIdSchema,
})

export const memberVoteCarried = note('memberVote.carried', { resolution: resolutionSchema })
export const memberVotePassed = note('memberVote.passed', {
  meeting: meetingIdSchema,
  item: z.string(),
})
export const memberVoteFailed = note('memberVote.failed', { resolution: resolutionSchema })
export const boardReviewPassed = note('boardReview.passed', {
  resolution: resolutionSchema,
  voters: votersSchema,
})
export const boardReviewFailed = note('boardReview.failed', {
  resolution: resolutionSchema,
  voters: votersSchema,
})
export const boardReviewReferred = note('boardReview.referred', {
  resolution: resolutionSchema,
  to: z.enum(['council', 'member']),
})

/** Why a meeting came to nothing on a request (流会): the request keeps waiting, and says so. */
const undecided = {
  meeting: meetingIdSchema,
  item: z.string(),
  reason: z.enum(['noQuorum', 'notPut', 'requestMoved', 'suspended', 'adjourned']),
}
export const memberVoteNotDecided = note('memberVote.notDecided', undecided)
export const boardReviewNotDecided = note('boardReview.notDecided', undecided)
export type UndecidedBy = z.infer<typeof undecided.reason>

export const signed = act('supervisorySignOff.sign', 'supervisorySignOff.signed', {
  input: z.strictObject({ opinion: z.string().max(1000).exactOptional() }),
})
export const objected = act('supervisorySignOff.object', 'supervisorySignOff.objected', {
  input: z.strictObject({ reason: text(1000) }),
})
export const supervisorySignOffPassed = note('supervisorySignOff.passed', { signed: seatsSchema })
export const supervisorySignOffFailed = note('supervisorySignOff.failed', { objected: seatsSchema })

export const accepted = act('townshipFiling.accept', 'townshipFiling.accepted', {
  input: z.strictObject({ opinion: z.string().max(1000).exactOptional() }),
})
export const consented = act('townshipFiling.consent', 'townshipFiling.consented', {
  input: z.strictObject({ reason: text(1000) }),
  adds: { represented },
})
export const refused = act('townshipFiling.refuse', 'townshipFiling.refused', {
  input: z.strictObject({ reason: text(1000) }),
  adds: { represented },
})

export const auditCoveredNote = note('disciplineAudit.covered', {
  inspection: inspectionIdSchema,
  examined: z.boolean(),
  result: z.enum(['notExamined', 'noFinding', 'finding']),
})
export const findingRaisedNote = note('disciplineAudit.findingRaised', {
  inspection: inspectionIdSchema,
  finding: findingIdSchema,
})
export const findingSettledNote = note('disciplineAudit.findingSettled', {
  inspection: inspectionIdSchema,
  finding: findingIdSchema,
})
/** The flow is closed: covered by a round, with no open finding. */
export const auditPassed = note('disciplineAudit.passed', { inspection: inspectionIdSchema })

export const acts = [
  submitted,
  handled,
  witnessed,
  issued,
  returned,
  resubmitted,
  withdrawn,
  evidenceAdded,
  papersCompleted,
  signed,
  objected,
  accepted,
  consented,
  refused,
  ...paymentActs,
  ...turningActs,
  ...emergencyActs,
  ...besideActs,
  ...alertActs,
] as const

export const notes = [
  memberVoteOpened,
  boardReviewOpened,
  supervisorySignOffOpened,
  townshipFilingOpened,
  disciplineAuditOpened,
  memberVoteNotRequired,
  boardReviewNotRequired,
  townshipFilingNotRequired,
  memberVoteCovered,
  boardReviewCovered,
  memberVoteCarried,
  memberVotePassed,
  memberVoteFailed,
  memberVoteNotDecided,
  boardReviewNotDecided,
  boardReviewPassed,
  boardReviewFailed,
  boardReviewReferred,
  supervisorySignOffPassed,
  supervisorySignOffFailed,
  ...paymentNotes,
  ...emergencyNotes,
  ...alertNotes,
  ...voteNotes,
  auditCoveredNote,
  findingRaisedNote,
  findingSettledNote,
  auditPassed,
] as const

type Both = (typeof acts)[number] | (typeof notes)[number]
export type RequestEvent = z.infer<Both['event']>
export type RequestCommand = z.infer<(typeof acts)[number]['command']>

export const requestEvents = z.discriminatedUnion('type', [
  ...tuple(acts.map(({ event }) => event)),
  ...notes.map(({ event }) => event),
]) as unknown as z.ZodType<RequestEvent>
export const requestCommands = z.discriminatedUnion('type', [
  ...tuple(acts.map(({ command }) => command)),
]) as unknown as z.ZodType<RequestCommand>

function tuple<T>([first, ...rest]: readonly T[]): [T, ...T[]] {
  if (first === undefined) throw new Error('an empty union')
  return [first, ...rest]
}

export type Station = z.infer<typeof stationSchema>
export type Route = readonly Station[]

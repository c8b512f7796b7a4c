// inspection@1 (镇纪委检查): one round in one village, its lot, its coverage and its findings (law §6).
import { z } from 'zod'
import {
  inspectionIdSchema,
  officeIdSchema,
  organisationIdSchema,
  personIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { instantSchema, localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'
import {
  findingAnswered,
  findingRaised,
  findingReopened,
  findingReviewed,
  findingVerified,
  recoveryRecorded,
} from './events-finding.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const distinct = <T>(values: readonly T[]): boolean => new Set(values).size === values.length

const teamSchema = z
  .array(z.strictObject({ office: officeIdSchema, person: personIdSchema }))
  .min(1)
  .max(20)
  .refine((team) => distinct(team.map(({ person }) => person)), {
    message: 'each inspector once',
  })

const plan = {
  /** Dates on which flows ended, both included. */
  period: z
    .strictObject({ from: localDateSchema, to: localDateSchema })
    .refine(({ from, to }) => from <= to, { message: 'from is after to' }),
  companies: z
    .array(organisationIdSchema)
    .min(1)
    .max(20)
    .refine(distinct, { message: 'each company once' }),
  inspectors: teamSchema,
  /** Groups the rounds of one campaign across villages. */
  campaign: text(60).exactOptional(),
}

export const planSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('periodic'), ...plan }),
  z.strictObject({ kind: z.literal('special'), ...plan }),
  /** 回头看: looks again at what an earlier round found. */
  z.strictObject({ kind: z.literal('followUp'), ...plan, follows: inspectionIdSchema }),
])

/** Requests in one batch of coverage (law 6.5). */
const BATCH_MAX = 500
/** Requests in one note: keeps the entry well under 16 KiB. */
export const LISTED_MAX = 500

const countAndDigest = z.strictObject({ count: z.int().min(0), digest: sha256HexSchema })
const picksSchema = z.array(z.strictObject({ request: requestIdSchema, reason: text(200) })).max(40)

export const planned = act('inspection.plan', 'inspection.planned', { input: planSchema })
export const noticed = act('inspection.notice', 'inspection.noticed', {
  input: z.strictObject({
    startsOn: localDateSchema,
    /**
     * The lot is drawn by the ledger's first checkpoint after this instant, which nobody can know
     * yet.
     */
    drawAfter: instantSchema,
    /** SHA-256 of the inspector's secret: they cannot choose it after the root is known. */
    commitment: sha256HexSchema,
    /** Special rounds only: why the notice is shorter. */
    waiver: text(1000).exactOptional(),
  }),
  adds: { population: countAndDigest, sample: z.int().min(0) },
})
export const drawn = act('inspection.draw', 'inspection.drawn', {
  input: z.strictObject({
    secret: z.string().regex(/^[\x21-\x7e]{16,200}$/),
    /** Beside the lot and the red alerts, each with its reason. */
    picks: picksSchema,
  }),
  adds: {
    root: z.strictObject({ size: z.int().min(1), root: sha256HexSchema }),
    seed: sha256HexSchema,
    lot: countAndDigest,
    /** Those of the population with an open red alert at this instant: examined whatever the lot says (law 6.7). */
    red: countAndDigest,
  },
})
export const lotListed = note('inspection.lotListed', {
  requests: z.array(requestIdSchema).min(1).max(LISTED_MAX),
})
export const redListed = note('inspection.redListed', {
  requests: z.array(requestIdSchema).min(1).max(LISTED_MAX),
})
export const picked = act('inspection.pick', 'inspection.picked', {
  input: z.strictObject({ picks: picksSchema.min(1) }),
})
export const started = act('inspection.start', 'inspection.started', { input: z.strictObject({}) })
export const covered = act('inspection.cover', 'inspection.covered', {
  input: z
    .strictObject({
      notExamined: z.array(requestIdSchema).max(BATCH_MAX),
      examined: z
        .array(
          z.strictObject({ request: requestIdSchema, result: z.enum(['noFinding', 'finding']) }),
        )
        .max(100),
    })
    .refine(
      ({ notExamined, examined }) =>
        distinct([...notExamined, ...examined.map(({ request }) => request)]),
      { message: 'each request once' },
    )
    .refine(({ notExamined, examined }) => notExamined.length + examined.length > 0, {
      message: 'empty',
    })
    .refine(({ notExamined, examined }) => notExamined.length + examined.length <= BATCH_MAX, {
      message: `more than ${BATCH_MAX}`,
    }),
  /** Those of the batch that were not covered before: a batch may be sent again. */
  adds: { fresh: z.int().min(1) },
})
export const concluded = act('inspection.conclude', 'inspection.concluded', {
  input: z.strictObject({ summary: text(2000) }),
  adds: { covered: z.int().min(0), examined: z.int().min(0), findings: z.int().min(0) },
})
/** 调整检查组: who falls ill or leaves is replaced, with a reason that stays (law 6.1). */
export const teamChanged = act('inspection.changeTeam', 'inspection.teamChanged', {
  input: z.strictObject({ inspectors: teamSchema, reason: text(1000) }),
})
export const cancelled = act('inspection.cancel', 'inspection.cancelled', {
  input: z.strictObject({ reason: text(1000) }),
})

export const acts = [
  planned,
  noticed,
  drawn,
  picked,
  started,
  covered,
  concluded,
  teamChanged,
  cancelled,
  findingRaised,
  findingAnswered,
  findingVerified,
  findingReopened,
  findingReviewed,
  recoveryRecorded,
] as const
export const notes = [lotListed, redListed] as const

export const inspectionEvents = z.discriminatedUnion('type', [
  planned.event,
  noticed.event,
  drawn.event,
  lotListed.event,
  redListed.event,
  picked.event,
  started.event,
  covered.event,
  concluded.event,
  teamChanged.event,
  cancelled.event,
  findingRaised.event,
  findingAnswered.event,
  findingVerified.event,
  findingReopened.event,
  findingReviewed.event,
  recoveryRecorded.event,
])
export const inspectionCommands = z.discriminatedUnion('type', [
  planned.command,
  noticed.command,
  drawn.command,
  picked.command,
  started.command,
  covered.command,
  concluded.command,
  teamChanged.command,
  cancelled.command,
  findingRaised.command,
  findingAnswered.command,
  findingVerified.command,
  findingReopened.command,
  findingReviewed.command,
  recoveryRecorded.command,
])
export type InspectionEvent = z.infer<typeof inspectionEvents>
export type InspectionCommand = z.infer<typeof inspectionCommands>
export type Plan = z.infer<typeof planSchema>

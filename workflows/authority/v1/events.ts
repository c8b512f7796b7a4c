// authority@1 (授权额度): a ceiling that a meeting has approved, and what requests have taken of it
// (law §4).
import { z } from 'zod'
import {
  authorityIdSchema,
  itemIdSchema,
  meetingIdSchema,
  organisationIdSchema,
  requestIdSchema,
} from '../../../src/domain/ids.ts'
import { moneySchema } from '../../../src/domain/money.ts'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act, note } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** 年度计划项、合同、项目、采购、定期支出. */
export const authorityKinds = ['plan', 'contract', 'project', 'purchase', 'recurring'] as const

const payeeKeySchema = z
  .string()
  .regex(
    /^(?:account:\d{6,40}|tax:[0-9A-Z]{15,20}|person:p_[A-Za-z0-9]{4,32}|list:[A-Za-z]{1,40})$/,
  )

/**
 * What approved it: an item a meeting passed, or, for what is older than the ledger, the paper it
 * stands in, which only the founder takes over while the village is being founded.
 */
export const groundSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('meeting'),
    meeting: meetingIdSchema,
    item: itemIdSchema,
  }),
  z.strictObject({ type: z.literal('paper'), document: text(300) }),
])

const terms = {
  kind: z.enum(authorityKinds),
  company: organisationIdSchema,
  payees: z.array(payeeKeySchema).min(1).max(20),
  /** For the whole term; of a recurring one for each calendar month. */
  ceiling: moneySchema.refine((ceiling) => ceiling !== '0.00', 'zero'),
  from: localDateSchema,
  to: localDateSchema,
  /** Number of the contract it pays; a request under it names the same. */
  contract: text(40).exactOptional(),
  /** The one it takes the place of: terms are never changed, they are voted on anew. */
  replaces: authorityIdSchema.exactOptional(),
}
interface Term {
  readonly from: string
  readonly to: string
}
const isTerm = ({ from, to }: Term): boolean => from <= to
const backwards = { message: 'from is after to' }

/** What an agenda item puts to the vote: one authority under one number, with every term it will have. */
export const proposalSchema = z
  .strictObject({ id: authorityIdSchema, ...terms })
  .refine(isTerm, backwards)
export type Proposal = z.infer<typeof proposalSchema>

export const approved = act('authority.approve', 'authority.approved', {
  input: z
    .strictObject({ ...terms, title: text(200), ground: groundSchema })
    .refine(isTerm, backwards),
  adds: {
    /** Must the township consent before anything is spent? From tier.largeFrom on, unless older than the ledger. */
    filing: z.enum(['due', 'notDue']),
    /** Last day for the township. */
    dueOn: localDateSchema.exactOptional(),
    /** A contract entered later than file.contractDays after the meeting. */
    late: z.boolean(),
  },
})

/** The township files it (报备): the officer accepts, the head consents or refuses. It decides no spending (L4 Art 36). */
export const filingAccepted = act('authorityFiling.accept', 'authorityFiling.accepted', {
  input: z.strictObject({ opinion: text(1000).exactOptional() }),
})
export const filingConsented = act('authorityFiling.consent', 'authorityFiling.consented', {
  input: z.strictObject({ reason: text(1000) }),
})
export const filingRefused = act('authorityFiling.refuse', 'authorityFiling.refused', {
  input: z.strictObject({ reason: text(1000) }),
})
/** Ended before its day: nothing new is reserved, what is reserved stands. */
export const closed = act('authority.close', 'authority.closed', {
  input: z.strictObject({ reason: text(1000) }),
})

const use = { request: requestIdSchema, amount: moneySchema }
export const reserved = note('authority.reserved', {
  ...use,
  /** The day the bank took it, of a direct debit: decides its month; else the day of the entry (law 2.6). */
  on: localDateSchema.exactOptional(),
})
export const converted = note('authority.converted', use)
export const released = note('authority.released', use)
/** A new vote took its place: it ends with the entry of the other. */
export const replaced = note('authority.replaced', { by: authorityIdSchema })

export const acts = [approved, filingAccepted, filingConsented, filingRefused, closed] as const
export const notes = [reserved, converted, released, replaced] as const
export const authorityEvents = z.discriminatedUnion('type', [
  approved.event,
  filingAccepted.event,
  filingConsented.event,
  filingRefused.event,
  closed.event,
  replaced.event,
  reserved.event,
  converted.event,
  released.event,
])
export const authorityCommands = z.discriminatedUnion('type', [
  approved.command,
  filingAccepted.command,
  filingConsented.command,
  filingRefused.command,
  closed.command,
])
export type AuthorityEvent = z.infer<typeof authorityEvents>
export type AuthorityCommand = z.infer<typeof authorityCommands>

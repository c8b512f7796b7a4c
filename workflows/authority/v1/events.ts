// authority@1 (授权额度): a ceiling that a meeting has approved, and what requests have taken of it
// (law §4).
import { z } from 'zod'
import {
  authorityIdSchema,
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
    item: z.string().regex(/^a[1-9]\d?$/),
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
})

const use = { request: requestIdSchema, amount: moneySchema }
export const reserved = note('authority.reserved', use)
export const converted = note('authority.converted', use)
export const released = note('authority.released', use)

export const acts = [approved] as const
export const notes = [reserved, converted, released] as const
export const authorityEvents = z.discriminatedUnion('type', [
  approved.event,
  reserved.event,
  converted.event,
  released.event,
])
export const authorityCommands = z.discriminatedUnion('type', [approved.command])
export type AuthorityEvent = z.infer<typeof authorityEvents>
export type AuthorityCommand = z.infer<typeof authorityCommands>

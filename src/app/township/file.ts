// The township file: one declarative JSON a township is founded from. Names stand here and in the vault, never in a ledger.
import { z } from 'zod'
import { type OfficeKind, officeKinds } from '../../domain/office.ts'
import { policyKeyNames } from '../../domain/policy.ts'
import { localDateSchema } from '../../domain/time.ts'
import { canonicalText } from '../../ledger/canonical.ts'
import { relations } from '../../../workflows/roster/v1/events.ts'

const UNCLEAN = { params: { fault: 'textUnclean' } }

/** What the ledger would refuse to hold is refused here, where its place can be named. */
function isLedgerText(text: string): boolean {
  try {
    return canonicalText({ text }) !== ''
  } catch {
    return false
  }
}

const text = (max: number) => z.string().trim().min(1).max(max).refine(isLedgerText, UNCLEAN)

/** How the file refers to a person; no id, and kept nowhere. */
const keySchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,39}$/u)

const personal = {
  key: keySchema,
  name: text(60),
  /** What the post is called in the village's papers. */
  label: text(60).exactOptional(),
  phone: z
    .string()
    .regex(/^\+?[0-9][0-9 -]{4,19}$/)
    .exactOptional(),
}
const personSchema = z.strictObject(personal)

const memberSchema = z.strictObject({
  ...personal,
  /** Gives the day a minor comes of age; kept nowhere. */
  birthday: localDateSchema.exactOptional(),
  /** Left out: by age, full where no birthday is given. */
  capacity: z.enum(['full', 'limited']).exactOptional(),
  delegate: z.boolean().exactOptional(),
})

const officeSchema = z.strictObject({
  kind: z.enum(Object.keys(officeKinds) as [OfficeKind, ...OfficeKind[]]),
  /** Left out: the office is vacant, and shows as such. */
  holder: keySchema.exactOptional(),
  chair: z.boolean().exactOptional(),
  /** First day of the term; the day of founding when left out. */
  from: localDateSchema.exactOptional(),
})
const officesSchema = z.array(officeSchema).min(1).max(100)

const creditCodeSchema = z.string().regex(/^[0-9A-Z]{18}$/)
const divisionSchema = z.string().regex(/^\d{12}$/)
const organisation = {
  name: text(100),
  code: creditCodeSchema.exactOptional(),
  offices: officesSchema,
}

const villageSchema = z.strictObject({
  name: text(100),
  code: divisionSchema,
  cooperative: z.strictObject(organisation),
  companies: z.array(z.strictObject(organisation)).min(1).max(20),
  /** Office-holders who are no members. */
  persons: z.array(personSchema).max(500),
  households: z
    .array(z.strictObject({ members: z.array(memberSchema).min(1).max(30) }))
    .min(1)
    .max(5000),
  relatives: z
    .array(z.strictObject({ a: keySchema, b: keySchema, relation: z.enum(relations) }))
    .max(5000)
    .exactOptional(),
  controls: z
    .array(
      z.strictObject({
        person: keySchema,
        payee: z.string().regex(/^(?:account:\d{6,40}|tax:[0-9A-Z]{15,20})$/),
        /** The firm's name; with a tax number it must stand there. */
        name: text(100).exactOptional(),
      }),
    )
    .max(1000)
    .exactOptional(),
})

export const townshipFileSchema = z.strictObject({
  township: z.strictObject({
    name: text(100),
    code: divisionSchema,
    /** Host part of every origin: `<domain>/<12-digit code>`. */
    domain: z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d+)?$/),
    /** Who enters the roster; rights end when it is confirmed. */
    founder: keySchema,
    offices: officesSchema,
    persons: z.array(personSchema).min(1).max(500),
  }),
  policy: z.strictObject({
    /** Only what differs from the shipped values. */
    settings: z.partialRecord(
      z.enum(policyKeyNames as [(typeof policyKeyNames)[number], ...typeof policyKeyNames]),
      z.union([z.string().max(200), z.int(), z.boolean()]),
    ),
    basis: text(300),
    reason: text(1000).exactOptional(),
    /** The county's clearance, where an amount is set otherwise than shipped (law 8.1). */
    clearance: z.strictObject({ document: text(100), on: localDateSchema }).exactOptional(),
    /** The discipline committee's opinion, which must be heard (law §8). */
    opinion: text(2000),
  }),
  villages: z.array(villageSchema).min(1).max(500),
})

export type TownshipFile = z.infer<typeof townshipFileSchema>
export type VillageOfFile = TownshipFile['villages'][number]
export type OfficeOfFile = z.infer<typeof officeSchema>
export type MemberOfFile = z.infer<typeof memberSchema>

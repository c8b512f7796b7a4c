// What meetings are told: the agenda, who may vote, who came, what it came to. As they stand in bodies, and within 16 KiB.
import { z } from 'zod'
import {
  itemIdSchema,
  officeIdSchema,
  personIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { deputySchema } from '../../../src/domain/mandate.ts'
import { fractionSchema } from '../../../src/domain/policy-units.ts'
import { proposalSchema } from '../../authority/v1/events.ts'
import { ruleProposalSchema } from '../../policy/v1/events.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
/** Votes and voters. */
export const countSchema = z.int().min(0).max(1_000_000)

export const itemsSchema = z
  .array(itemIdSchema)
  .min(1)
  .max(20)
  .refine((items) => new Set(items).size === items.length, { message: 'an item is named once' })

const persons = z.array(personIdSchema).max(50)

/** An item about one expenditure request, in the round it is in; whoever issued it moves it. */
const requestItemSchema = z.strictObject({
  item: itemIdSchema,
  title: text(120),
  request: requestIdSchema,
  round: z.int().min(1),
})
/** Any other matter. */
const matterItemSchema = z.strictObject({
  item: itemIdSchema,
  title: text(120),
  /** Member and delegate meetings: which power of L1 Art 26 it uses, (1)–(13). */
  power: z.int().min(1).max(13).exactOptional(),
  movers: persons.exactOptional(),
  candidates: persons.exactOptional(),
  /** The authority (授权额度) the item puts to the vote: what is entered afterwards must equal it. */
  authority: proposalSchema.exactOptional(),
  /** The deputy (授权代行) of the company's head the item appoints. */
  deputy: deputySchema.exactOptional(),
  /** The village's own rule (村规) the item puts to the members (law 8.1). */
  rule: ruleProposalSchema.exactOptional(),
})
export type RequestItem = z.infer<typeof requestItemSchema>
export type MatterItem = z.infer<typeof matterItemSchema>
export type AgendaItem = RequestItem | MatterItem

/** What the shareholder decides of a company, and signs for: its requests and its authorities (law 1.3). */
export const isForShareholder = (item: AgendaItem): boolean =>
  'request' in item || item.authority !== undefined

const NAMED_MAX = 100
/** An authority takes the room of so many names in the entry, each of its payees of so many more. */
const AUTHORITY_NAMES = 8
const PAYEE_NAMES = 2
/** A deputy's terms, as many. */
const DEPUTY_NAMES = 9
/** A name in an entry, with its quotes: a rule takes the room of as many as its settings are long. */
const NAME_BYTES = 37
const named = (agenda: readonly AgendaItem[]): number =>
  agenda.reduce((sum, item) => ('request' in item ? sum : sum + namesOf(item)), 0)
const namesOf = ({ movers = [], candidates = [], authority, deputy, rule }: MatterItem): number =>
  movers.length +
  candidates.length +
  (authority === undefined ? 0 : AUTHORITY_NAMES + PAYEE_NAMES * authority.payees.length) +
  (deputy === undefined ? 0 : DEPUTY_NAMES) +
  (rule === undefined ? 0 : Math.ceil(JSON.stringify(rule).length / NAME_BYTES))

const requested = (agenda: readonly AgendaItem[]): readonly string[] =>
  agenda.flatMap((item) => ('request' in item ? [item.request] : []))

export const agendaSchema = z
  .array(z.union([requestItemSchema, matterItemSchema]))
  .min(1)
  .max(20)
  .refine((agenda) => new Set(agenda.map(({ item }) => item)).size === agenda.length, {
    message: 'an item stands once on the agenda',
  })
  .refine((agenda) => requested(agenda).length === new Set(requested(agenda)).size, {
    message: 'a request is decided once in a meeting',
  })
  .refine((agenda) => named(agenda) <= NAMED_MAX, {
    message: `at most ${NAMED_MAX} movers, candidates and payees in one meeting`,
  })

const seatSchema = z.strictObject({
  office: officeIdSchema,
  /** Absent while the seat is vacant: it counts in every denominator all the same. */
  person: personIdSchema.exactOptional(),
})

/** Who may vote, fixed when the meeting opens, and by which bars. */
export const convenedSchema = z.discriminatedUnion('as', [
  z.strictObject({
    as: z.literal('members'),
    watcher: officeIdSchema,
    /** The roll by reference: never listed in an entry. */
    rosterRevision: z.int().min(0),
    roll: countSchema,
    digest: sha256HexSchema,
    quorum: fractionSchema,
    majority: fractionSchema,
    resultDays: z.int().min(0),
    /** Nobody's choice is named (浙江条例 Art 30). */
    secret: z.boolean(),
    /** How many written proxies one member may hold. */
    proxies: countSchema,
    /** Working days within which the shareholder decision is signed. */
    signWd: z.int().min(0),
    chair: officeIdSchema.exactOptional(),
  }),
  z.strictObject({
    as: z.literal('organ'),
    seats: z.array(seatSchema).min(1).max(50),
    /** How many others of the organ one of them may represent. */
    proxies: countSchema,
    /** Of a board or a council; supervisors decide by the law's own. */
    bars: z.strictObject({ quorum: fractionSchema, majority: fractionSchema }).exactOptional(),
    chair: officeIdSchema.exactOptional(),
  }),
])
export type Convened = z.infer<typeof convenedSchema>

const AT_ONCE = 400
/** Leaves room for the envelope under the 16 KiB an entry may have, even with the longest ids. */
const SHEET_BYTES = 14_500
const width = (id: string): number => id.length + 3
const PROXY_KEYS = '{"holder":,"member":}'.length

interface Sheet {
  readonly onSite: readonly string[]
  readonly proxies?:
    | { readonly held: readonly { readonly member: string; readonly holder: string }[] }
    | undefined
}
const sheetBytes = ({ onSite, proxies }: Sheet): number =>
  onSite.reduce((sum, id) => sum + width(id), 0) +
  (proxies?.held ?? []).reduce(
    (sum, pair) => sum + width(pair.member) + width(pair.holder) + PROXY_KEYS,
    0,
  )
const sheetPersons = ({ onSite, proxies }: Sheet): number =>
  onSite.length + (proxies?.held.length ?? 0)

export const methods = ['onSite', 'online'] as const
/**
 * Members by the sign-in sheet, in bulk for people without accounts; an organ's seats each by its holder. Members who take
 * part online have a ballot of their own (`ballot.take`) and stand on no sheet.
 */
export const attendanceSchema = z.discriminatedUnion('as', [
  z
    .strictObject({
      as: z.literal('sheet'),
      /** Digest of the signed sheet. */
      sheet: sha256HexSchema,
      onSite: z.array(personIdSchema).max(AT_ONCE),
      proxies: z
        .strictObject({
          /** Digest of the written proxies, bound together. */
          papers: sha256HexSchema,
          held: z
            .array(z.strictObject({ member: personIdSchema, holder: personIdSchema }))
            .min(1)
            .max(AT_ONCE),
        })
        .exactOptional(),
    })
    .refine((sheet) => sheetPersons(sheet) >= 1 && sheetPersons(sheet) <= AT_ONCE, {
      message: `between 1 and ${AT_ONCE} persons in one command`,
    })
    .refine((sheet) => sheetBytes(sheet) <= SHEET_BYTES, {
      message: 'too long for one entry: record it in parts',
    }),
  z.strictObject({ as: z.literal('seat'), method: z.enum(methods) }),
])
export type AttendanceSheet = Extract<z.infer<typeof attendanceSchema>, { as: 'sheet' }>

/** Who is handed a half of the way to vote without an account: a link, or a PIN (law 5.20). */
export const handedSchema = z
  .strictObject({
    persons: z.array(personIdSchema).min(1).max(AT_ONCE),
    /** Why some of them get another one: the one before is void. */
    reason: text(500).exactOptional(),
  })
  .refine((handed) => new Set(handed.persons).size === handed.persons.length, {
    message: 'a person is named once',
  })
  .refine((handed) => sheetBytes({ onSite: handed.persons }) <= SHEET_BYTES, {
    message: 'too long for one entry: issue them in parts',
  })

export const outcomeSchema = z.strictObject({
  item: itemIdSchema,
  outcome: z.enum(['passed', 'failed', 'referred', 'notDecided']),
  for: countSchema,
  against: countSchema,
  abstain: countSchema,
  /** Those the majority is counted of. */
  base: countSchema,
  /** Why it is notDecided. */
  reason: z.enum(['noQuorum', 'notPut', 'requestMoved', 'suspended']).exactOptional(),
})
export type Outcome = z.infer<typeof outcomeSchema>

// meeting@1: every command and the event it is recorded as. Nothing here links a member to a choice (浙江条例 Art 30).
import { z } from 'zod'
import {
  authorityIdSchema,
  officeIdSchema,
  organisationIdSchema,
  personIdSchema,
  requestIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { fractionSchema } from '../../../src/domain/policy.ts'
import { instantSchema, localDateSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const count = z.int().min(0).max(1_000_000)

export const meetingKinds = ['member', 'delegate', 'board', 'council', 'supervisors'] as const
export const meetingKindSchema = z.enum(meetingKinds)
export type MeetingKind = (typeof meetingKinds)[number]

/** `a1`, `a2`, …: an agenda item (议题), named within its meeting. */
export const itemIdSchema = z.string().regex(/^a[1-9]\d?$/)
const itemsSchema = z
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
})
export type RequestItem = z.infer<typeof requestItemSchema>
export type MatterItem = z.infer<typeof matterItemSchema>
export type AgendaItem = RequestItem | MatterItem

const NAMED_MAX = 100
const named = (agenda: readonly AgendaItem[]): number =>
  agenda.reduce(
    (sum, item) =>
      'request' in item ? sum : sum + (item.movers?.length ?? 0) + (item.candidates?.length ?? 0),
    0,
  )

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
    message: `at most ${NAMED_MAX} movers and candidates in one meeting`,
  })

export const planned = act('meeting.plan', 'meeting.planned', {
  input: z.strictObject({
    kind: meetingKindSchema,
    /** The company for a board, the cooperative for members, delegates and council. */
    organisation: organisationIdSchema,
    title: text(120),
    agenda: agendaSchema,
  }),
  adds: {
    /** Items that must be open to comment before the vote (浙江条例 Art 17, 20). */
    reserved: z.array(itemIdSchema).max(20),
    /** What the requests on the agenda draw on: needed again when the meeting closes. */
    authorities: z.array(authorityIdSchema).max(20),
  },
})

export const prestudied = act('prestudy.record', 'prestudy.recorded', {
  input: z.strictObject({ opinion: text(1000), minutes: sha256HexSchema }),
})

export const consulted = act('consultation.post', 'consultation.posted', {
  input: z.strictObject({ items: itemsSchema, place: text(200), riskNote: sha256HexSchema }),
})

export const noticed = act('meeting.notice', 'meeting.noticed', {
  input: z.strictObject({ heldAt: instantSchema, place: text(200), online: z.boolean() }),
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
    roll: count,
    digest: sha256HexSchema,
    quorum: fractionSchema,
    majority: fractionSchema,
    resultDays: z.int().min(0),
  }),
  z.strictObject({ as: z.literal('organ'), seats: z.array(seatSchema).min(1).max(50) }),
])
export type Convened = z.infer<typeof convenedSchema>

export const opened = act('meeting.open', 'meeting.opened', {
  input: z.strictObject({
    /** Office of the supervisor who watches: member and delegate meetings only. */
    watcher: officeIdSchema.exactOptional(),
  }),
  adds: { convened: convenedSchema },
})

const AT_ONCE = 400
/** Leaves room for the envelope under the 16 KiB an entry may have, even with the longest ids. */
const SHEET_BYTES = 14_500
const width = (id: string): number => id.length + 3
const PROXY_KEYS = '{"holder":,"member":}'.length

interface Sheet {
  readonly onSite: readonly string[]
  readonly online: readonly string[]
  readonly proxies?:
    | { readonly held: readonly { readonly member: string; readonly holder: string }[] }
    | undefined
}
const sheetBytes = ({ onSite, online, proxies }: Sheet): number =>
  [...onSite, ...online].reduce((sum, id) => sum + width(id), 0) +
  (proxies?.held ?? []).reduce(
    (sum, pair) => sum + width(pair.member) + width(pair.holder) + PROXY_KEYS,
    0,
  )
const sheetPersons = ({ onSite, online, proxies }: Sheet): number =>
  onSite.length + online.length + (proxies?.held.length ?? 0)

export const methods = ['onSite', 'online'] as const
/** Members by the sign-in sheet, in bulk for people without accounts; an organ's seats each by its holder. */
const attendanceSchema = z.discriminatedUnion('as', [
  z
    .strictObject({
      as: z.literal('sheet'),
      /** Digest of the signed sheet. */
      sheet: sha256HexSchema,
      onSite: z.array(personIdSchema).max(AT_ONCE),
      online: z.array(personIdSchema).max(AT_ONCE),
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
export const attended = act('attendance.record', 'attendance.recorded', { input: attendanceSchema })

export const grounds = ['related', 'handled', 'other'] as const
export type Ground = (typeof grounds)[number]
export const recused = act('recusal.declare', 'recusal.declared', {
  input: z.strictObject({ items: itemsSchema, ground: z.enum(grounds), reason: text(500) }),
})

export const choices = ['for', 'against', 'abstain'] as const
export type Choice = (typeof choices)[number]
export const cast = act('ballot.cast', 'ballot.cast', {
  input: z.strictObject({
    choices: z
      .array(z.strictObject({ item: itemIdSchema, choice: z.enum(choices) }))
      .min(1)
      .max(20)
      .refine((list) => new Set(list.map(({ item }) => item)).size === list.length, {
        message: 'one choice an item',
      }),
  }),
})

export const tallied = act('tally.record', 'tally.recorded', {
  input: z.strictObject({
    item: itemIdSchema,
    for: count,
    against: count,
    abstain: count,
    tellers: z.tuple([personIdSchema, personIdSchema]),
    /** Digest of the tally sheet both tellers signed. */
    sheet: sha256HexSchema,
  }),
})

export const countersigned = act('tally.countersign', 'tally.countersigned', {
  input: z.strictObject({ remark: text(500).exactOptional() }),
  /** What the watching supervisor saw and signs for. */
  adds: { present: count, items: z.array(itemIdSchema).max(20) },
})

export const outcomeSchema = z.strictObject({
  item: itemIdSchema,
  outcome: z.enum(['passed', 'failed', 'referred', 'notDecided']),
  for: count,
  against: count,
  abstain: count,
  /** Those the majority is counted of. */
  base: count,
  /** Why it is notDecided. */
  reason: z.enum(['noQuorum', 'notPut', 'requestMoved', 'suspended']).exactOptional(),
})
export type Outcome = z.infer<typeof outcomeSchema>

export const closed = act('meeting.close', 'meeting.closed', {
  /** Digest of the minutes, signed by those present (L1 Art 33, L2 Art 73). */
  input: z.strictObject({ minutes: sha256HexSchema }),
  adds: { outcomes: z.array(outcomeSchema).min(1).max(20) },
})

export const decisionSigned = act('shareholderDecision.sign', 'shareholderDecision.signed', {
  input: z.strictObject({ items: itemsSchema, document: sha256HexSchema }),
})

export const resultPosted = act('result.post', 'result.posted', {
  input: z.strictObject({ place: text(200), notice: sha256HexSchema.exactOptional() }),
  /** A late posting is recorded as late, never refused: the result must be open in any case. */
  adds: { dueOn: localDateSchema, late: z.boolean() },
})

export const adjourned = act('meeting.adjourn', 'meeting.adjourned', {
  input: z.strictObject({ reason: text(500) }),
})
export const cancelled = act('meeting.cancel', 'meeting.cancelled', {
  input: z.strictObject({ reason: text(500) }),
})

export const acts = [
  planned,
  prestudied,
  consulted,
  noticed,
  opened,
  attended,
  recused,
  cast,
  tallied,
  countersigned,
  closed,
  decisionSigned,
  resultPosted,
  adjourned,
  cancelled,
] as const

export const meetingEvents = z.discriminatedUnion('type', [
  planned.event,
  prestudied.event,
  consulted.event,
  noticed.event,
  opened.event,
  attended.event,
  recused.event,
  cast.event,
  tallied.event,
  countersigned.event,
  closed.event,
  decisionSigned.event,
  resultPosted.event,
  adjourned.event,
  cancelled.event,
])
export const meetingCommands = z.discriminatedUnion('type', [
  planned.command,
  prestudied.command,
  consulted.command,
  noticed.command,
  opened.command,
  attended.command,
  recused.command,
  cast.command,
  tallied.command,
  countersigned.command,
  closed.command,
  decisionSigned.command,
  resultPosted.command,
  adjourned.command,
  cancelled.command,
])
export type MeetingEvent = z.infer<typeof meetingEvents>
export type MeetingCommand = z.infer<typeof meetingCommands>

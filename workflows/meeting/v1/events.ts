// meeting@1: every command and the event it is recorded as. Nothing here links a member to a choice (浙江条例 Art 30).
import { z } from 'zod'
import {
  authorityIdSchema,
  itemIdSchema,
  officeIdSchema,
  organisationIdSchema,
  personIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { instantSchema, localDateSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'
import {
  agendaSchema,
  attendanceSchema,
  convenedSchema,
  countSchema,
  handedSchema,
  itemsSchema,
  outcomeSchema,
} from './forms.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

export const meetingKinds = ['member', 'delegate', 'board', 'council', 'supervisors'] as const
export const meetingKindSchema = z.enum(meetingKinds)
export type MeetingKind = (typeof meetingKinds)[number]

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

export const opened = act('meeting.open', 'meeting.opened', {
  input: z.strictObject({
    /** Office of the supervisor who watches: member and delegate meetings only. */
    watcher: officeIdSchema.exactOptional(),
  }),
  adds: { convened: convenedSchema },
})

/**
 * A member takes part online: the entry says that and nothing more. The choice goes into the ballot box, which is no part
 * of any ledger (浙江条例 Art 30).
 */
export const taken = act('ballot.take', 'ballot.taken', { input: z.strictObject({}) })

/**
 * A member without an account votes by two halves that two persons hand out: a link by who records the meeting, a PIN by a
 * supervisor of the cooperative. The entry names who got one; neither half stands in any ledger (law 5.20).
 */
export const linkIssued = act('ballotLink.issue', 'ballotLink.issued', { input: handedSchema })
export const pinIssued = act('ballotPin.issue', 'ballotPin.issued', { input: handedSchema })

/** From here on nobody takes part any more: the ballot box may be opened and counted. */
export const votingClosed = act('voting.close', 'voting.closed', { input: z.strictObject({}) })

/** A director comes for another of the same board, who said so in writing for this meeting (law §7). */
export const represented = act('representation.record', 'representation.recorded', {
  input: z.strictObject({
    office: officeIdSchema,
    /** Digest of the written authorisation. */
    paper: sha256HexSchema,
  }),
  adds: { person: personIdSchema },
})

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
    /** The seat voted for, where it is that of a director represented here. */
    seat: officeIdSchema.exactOptional(),
    choices: z
      .array(z.strictObject({ item: itemIdSchema, choice: z.enum(choices) }))
      .min(1)
      .max(20)
      .refine((list) => new Set(list.map(({ item }) => item)).size === list.length, {
        message: 'one choice an item',
      }),
  }),
})

/** A sheet that named who did not come, or named them wrongly, put right before anything is counted. */
export const attendanceCorrected = act('attendance.correct', 'attendance.corrected', {
  input: z.strictObject({
    /** Taken off; who did come is recorded again. */
    persons: z.array(personIdSchema).min(1).max(400),
    /** Digest of the corrected sheet. */
    sheet: sha256HexSchema,
    reason: text(500),
  }),
})

export const tallied = act('tally.record', 'tally.recorded', {
  input: z.strictObject({
    item: itemIdSchema,
    for: countSchema,
    against: countSchema,
    abstain: countSchema,
    /** Ballots on paper and out of the ballot box. How each of the two voted is told nowhere: few voters would be named by it. */
    paper: countSchema,
    online: countSchema,
    tellers: z.tuple([personIdSchema, personIdSchema]),
    /** Digest of the tally sheet both tellers signed. */
    sheet: sha256HexSchema,
    /** Why it is counted again; the count before it stays in the ledger. */
    reason: text(500).exactOptional(),
  }),
})

/** Each teller signs in person for what they counted, before the watching supervisor does (law 5.7). */
export const tallySigned = act('tally.sign', 'tally.signed', {
  input: z.strictObject({ items: itemsSchema }),
})

export const countersigned = act('tally.countersign', 'tally.countersigned', {
  input: z.strictObject({ remark: text(500).exactOptional() }),
  /** What the watching supervisor saw and signs for. */
  adds: { present: countSchema, items: z.array(itemIdSchema).max(20) },
})

/** Who sat there signs what is written down of it; what is voted or recorded later must be signed again. */
export const minutesSigned = act('minutes.sign', 'minutes.signed', {
  input: z.strictObject({
    minutes: sha256HexSchema,
    /** A dissent that goes on record with the signature (公司法第125条). */
    dissent: text(500).exactOptional(),
  }),
})

export const closed = act('meeting.close', 'meeting.closed', {
  /** Digest of the minutes, signed by those present (L1 Art 33, L2 Art 73). */
  input: z.strictObject({ minutes: sha256HexSchema }),
  adds: {
    outcomes: z.array(outcomeSchema).min(1).max(20),
    /** Seats that were there and have not signed the minutes: they are named, and stop nothing. */
    unsigned: z.array(officeIdSchema).min(1).max(50).exactOptional(),
    /** Of members: the last days to post the result, and to sign for the shareholder what was carried. */
    postBy: localDateSchema.exactOptional(),
    signBy: localDateSchema.exactOptional(),
  },
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
  linkIssued,
  pinIssued,
  taken,
  votingClosed,
  represented,
  attended,
  attendanceCorrected,
  recused,
  cast,
  tallied,
  tallySigned,
  countersigned,
  minutesSigned,
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
  linkIssued.event,
  pinIssued.event,
  taken.event,
  votingClosed.event,
  represented.event,
  attended.event,
  attendanceCorrected.event,
  recused.event,
  cast.event,
  tallied.event,
  tallySigned.event,
  countersigned.event,
  minutesSigned.event,
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
  linkIssued.command,
  pinIssued.command,
  taken.command,
  votingClosed.command,
  represented.command,
  attended.command,
  attendanceCorrected.command,
  recused.command,
  cast.command,
  tallied.command,
  tallySigned.command,
  countersigned.command,
  minutesSigned.command,
  closed.command,
  decisionSigned.command,
  resultPosted.command,
  adjourned.command,
  cancelled.command,
])
export type MeetingEvent = z.infer<typeof meetingEvents>
export type MeetingCommand = z.infer<typeof meetingCommands>

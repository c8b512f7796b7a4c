// roster@1 (花名册): organisations, offices and who holds them, households, and the ties the law asks
// about. Ids only.
import { z } from 'zod'
import {
  householdIdSchema,
  mandateIdSchema,
  meetingIdSchema,
  officeIdSchema,
  organisationIdSchema,
  personIdSchema,
  sha256HexSchema,
} from '../../../src/domain/ids.ts'
import { mandateTerms } from '../../../src/domain/mandate.ts'
import { officeKindSchema } from '../../../src/domain/office.ts'
import { localDateSchema } from '../../../src/domain/time.ts'
import { act } from '../../workflow.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

const organisationCommon = {
  organisation: organisationIdSchema,
  /** Public name; legal persons stand in entries. */
  name: text(100),
  /** Unified social credit code (统一社会信用代码). */
  code: z
    .string()
    .regex(/^[0-9A-Z]{18}$/)
    .exactOptional(),
}

export const organisationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('township'), ...organisationCommon }),
  z.strictObject({ kind: z.literal('cooperative'), ...organisationCommon }),
  z.strictObject({
    kind: z.literal('company'),
    ...organisationCommon,
    /** The cooperative that owns it wholly. */
    owner: organisationIdSchema,
  }),
])

export const memberSchema = z.strictObject({
  person: personIdSchema,
  /** Full civil capacity (完全民事行为能力) or not. */
  capacity: z.enum(['full', 'limited']),
  /** A limited member comes of age: counts as full from this date. */
  fullFrom: localDateSchema.exactOptional(),
  /** Elected to the delegates' meeting. */
  delegate: z.boolean().exactOptional(),
})

const HOUSEHOLDS_MAX = 40
/** Keeps the entry under 16 KiB even with the longest ids. */
const MEMBERS_MAX = 120

export const householdsSchema = z
  .array(
    z.strictObject({
      household: householdIdSchema,
      /** The whole household as it is now; empty when it has left. */
      members: z.array(memberSchema).max(30),
    }),
  )
  .min(1)
  .max(HOUSEHOLDS_MAX)
  .refine(
    (households) => households.reduce((sum, { members }) => sum + members.length, 0) <= MEMBERS_MAX,
    {
      message: `at most ${MEMBERS_MAX} members in one command`,
    },
  )

export const relations = [
  'spouse',
  'parentChild',
  'sibling',
  'grandparent',
  'inLaw',
  'other',
  'ended',
] as const

export const registered = act('organisation.register', 'organisation.registered', {
  input: organisationSchema,
})
export const opened = act('office.open', 'office.opened', {
  input: z.strictObject({
    office: officeIdSchema,
    kind: officeKindSchema,
    organisation: organisationIdSchema,
    /** Chairs its organ (董事长、监事会主席、理事长). */
    chair: z.boolean().exactOptional(),
  }),
})
export const appointed = act('office.appoint', 'office.appointed', {
  input: z
    .strictObject({
      office: officeIdSchema,
      person: personIdSchema,
      /**
       * First day of the term. Rights begin with the entry: a date in the past gives none for the
       * past.
       */
      from: localDateSchema,
      /** Last day of the term; without it until somebody leaves. */
      to: localDateSchema.exactOptional(),
      /** Resolution or letter of appointment. */
      basis: text(300).exactOptional(),
    })
    .refine(({ from, to }) => to === undefined || from <= to, {
      message: 'a term does not end before it begins',
      path: ['to'],
    }),
})
export const vacated = act('office.vacate', 'office.vacated', {
  input: z.strictObject({ office: officeIdSchema, reason: text(300) }),
})
export const recorded = act('household.record', 'household.recorded', {
  input: z.strictObject({ households: householdsSchema }),
})
/** An end to a tie is told with its reason and the paper that shows it; the law still looks back on it for a while. */
const ending = { reason: text(300).exactOptional(), paper: sha256HexSchema.exactOptional() }
const endIsShown = ({
  relation,
  reason,
  paper,
}: {
  readonly relation: string
  readonly reason?: string
  readonly paper?: string
}): boolean => relation !== 'ended' || (reason !== undefined && paper !== undefined)
const endMessage = { message: 'the end of a tie needs its reason and a paper' }

export const relativesDeclared = act('relatives.declare', 'relatives.declared', {
  input: z.strictObject({
    pairs: z
      .array(
        z
          .strictObject({
            a: personIdSchema,
            b: personIdSchema,
            relation: z.enum(relations),
            ...ending,
          })
          .refine(endIsShown, endMessage),
      )
      .min(1)
      .max(100)
      .refine((pairs) => pairs.every(({ a, b }) => a !== b), {
        message: 'nobody is their own relative',
      }),
  }),
})
export const controlDeclared = act('control.declare', 'control.declared', {
  input: z.strictObject({
    controls: z
      .array(
        z
          .strictObject({
            person: personIdSchema,
            /** `account:<digits>`, `tax:<number>` or `person:<id>`, as in the facts. */
            payeeKey: z
              .string()
              .regex(/^(?:account:\d{6,40}|tax:[0-9A-Z]{15,20}|person:p_[A-Za-z0-9]{4,32})$/),
            /** The firm's name: what a request shows that leaves its tax number out. */
            name: text(100).exactOptional(),
            relation: z.enum(['controls', 'ended']),
            ...ending,
          })
          .refine(endIsShown, endMessage)
          .refine(({ payeeKey, name }) => !payeeKey.startsWith('tax:') || name !== undefined, {
            message: 'a firm told by its tax number is named too',
            path: ['name'],
          }),
      )
      .min(1)
      .max(100),
  }),
})
export const mandateGranted = act('mandate.grant', 'mandate.granted', {
  input: z
    .strictObject({
      ...mandateTerms,
      /** Digest of the written mandate. */
      paper: sha256HexSchema,
      /** The board's item that appointed this very deputy; the township's own offices need none. */
      ground: z.strictObject({ meeting: meetingIdSchema, item: text(10) }).exactOptional(),
    })
    .refine(({ from, to }) => from <= to, {
      message: 'a mandate does not end before it begins',
      path: ['to'],
    }),
  /** Who held the office: the mandate is theirs and falls with them. */
  adds: { represented: personIdSchema },
})
export const mandateRevoked = act('mandate.revoke', 'mandate.revoked', {
  input: z.strictObject({ mandate: mandateIdSchema, reason: text(300) }),
})
export const confirmed = act('roster.confirm', 'roster.confirmed', { input: z.strictObject({}) })

export const acts = [
  registered,
  opened,
  appointed,
  vacated,
  recorded,
  relativesDeclared,
  controlDeclared,
  mandateGranted,
  mandateRevoked,
  confirmed,
] as const
export const rosterEvents = z.discriminatedUnion('type', [
  registered.event,
  opened.event,
  appointed.event,
  vacated.event,
  recorded.event,
  relativesDeclared.event,
  controlDeclared.event,
  mandateGranted.event,
  mandateRevoked.event,
  confirmed.event,
])
export const rosterCommands = z.discriminatedUnion('type', [
  registered.command,
  opened.command,
  appointed.command,
  vacated.command,
  recorded.command,
  relativesDeclared.command,
  controlDeclared.command,
  mandateGranted.command,
  mandateRevoked.command,
  confirmed.command,
])
export type RosterEvent = z.infer<typeof rosterEvents>
export type RosterCommand = z.infer<typeof rosterCommands>
export type Member = z.infer<typeof memberSchema>

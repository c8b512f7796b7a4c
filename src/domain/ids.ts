// Branded identifiers: the only place where a string becomes one. A wrong kind of id does not compile.
import { z } from 'zod'

/** `<domain>/<12-digit 统计用区划代码>[/eN]`: a ledger's name, its key's name and its serving prefix (ledger-format §11). */
export const originSchema = z
  .string()
  .regex(/^[a-z0-9.-]+(?::\d+)?\/\d{12}(?:\/e[1-9]\d*)?$/)
  .brand<'Origin'>()
export type Origin = z.infer<typeof originSchema>

/** UUIDv7 minted by the client; its order keeps the idempotency table's pages warm. */
export const commandIdSchema = z.uuidv7().brand<'CommandId'>()
export type CommandId = z.infer<typeof commandIdSchema>

const randomId = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9]{4,32}$`))

/** A human (自然人). Random, never derived from an identity number; the name lives in the vault. */
export const personIdSchema = randomId('p').brand<'PersonId'>()
export type PersonId = z.infer<typeof personIdSchema>

/** A post in an organ, held by persons from–to. */
export const officeIdSchema = randomId('o').brand<'OfficeId'>()
export type OfficeId = z.infer<typeof officeIdSchema>

/** A legal person or government body (township, cooperative, company). */
export const organisationIdSchema = randomId('g').brand<'OrganisationId'>()
export type OrganisationId = z.infer<typeof organisationIdSchema>

export const householdIdSchema = randomId('h').brand<'HouseholdId'>()
export type HouseholdId = z.infer<typeof householdIdSchema>

/** `2025-000123`: year of submission and number, unique in its ledger. */
export const requestIdSchema = z
  .string()
  .regex(/^\d{4}-\d{6}$/)
  .brand<'RequestId'>()
export type RequestId = z.infer<typeof requestIdSchema>

export const meetingIdSchema = z
  .string()
  .regex(/^m-\d{4}-\d{4,6}$/)
  .brand<'MeetingId'>()
export type MeetingId = z.infer<typeof meetingIdSchema>

/** `a1`, `a2`, …: an agenda item (议题), named within its meeting. */
export const itemIdSchema = z.string().regex(/^a[1-9]\d?$/)

export const inspectionIdSchema = z
  .string()
  .regex(/^i-\d{4}-\d{2,6}$/)
  .brand<'InspectionId'>()
export type InspectionId = z.infer<typeof inspectionIdSchema>

export const authorityIdSchema = z
  .string()
  .regex(/^a-\d{4}-\d{4,6}$/)
  .brand<'AuthorityId'>()
export type AuthorityId = z.infer<typeof authorityIdSchema>

export const findingIdSchema = z
  .string()
  .regex(/^f-\d{1,4}$/)
  .brand<'FindingId'>()
export type FindingId = z.infer<typeof findingIdSchema>

/** A written mandate (授权代行). */
export const mandateIdSchema = randomId('d').brand<'MandateId'>()
export type MandateId = z.infer<typeof mandateIdSchema>

export const sha256HexSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256Hex'>()
export type Sha256Hex = z.infer<typeof sha256HexSchema>

/** The history of one thing inside a ledger (design §3). */
export type StreamId =
  | 'ledger'
  | 'roster'
  | 'policy'
  | `request/${string}`
  | `authority/${string}`
  | `meeting/${string}`
  | `inspection/${string}`

const STREAM =
  /^(?:ledger|roster|policy|(?:request|authority|meeting|inspection)\/[A-Za-z0-9-]{1,40})$/

export const streamIdSchema = z.custom<StreamId>(
  (value) => typeof value === 'string' && STREAM.test(value),
)

export const streamKinds = [
  'ledger',
  'roster',
  'policy',
  'request',
  'authority',
  'meeting',
  'inspection',
] as const
export type StreamKind = (typeof streamKinds)[number]

/** `request/2025-000001` → `request`. */
export function streamKind(stream: StreamId): StreamKind {
  const slash = stream.indexOf('/')
  const head = slash < 0 ? stream : stream.slice(0, slash)
  const kind = streamKinds.find((known) => known === head)
  if (kind === undefined) throw new Error(`not a stream: ${stream}`)
  return kind
}

export const requestStream = (id: RequestId): StreamId => `request/${id}`
export const meetingStream = (id: MeetingId): StreamId => `meeting/${id}`
export const inspectionStream = (id: InspectionId): StreamId => `inspection/${id}`
export const authorityStream = (id: AuthorityId): StreamId => `authority/${id}`

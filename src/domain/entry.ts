// Entry: one recorded fact, exactly as its bytes stand in the ledger (ledger-format §13).
import { z } from 'zod'
import {
  commandIdSchema,
  mandateIdSchema,
  officeIdSchema,
  originSchema,
  personIdSchema,
  sha256HexSchema,
  streamIdSchema,
} from './ids.ts'
import { instantSchema } from './time.ts'

/** A tree of what an entry may hold: no null, no floats. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export const fileRefSchema = z.strictObject({
  name: z.string().min(1).max(200),
  sha256: sha256HexSchema,
  size: z.int().min(0),
})
/** A file by digest; its bytes are kept apart. */
export type FileRef = z.infer<typeof fileRefSchema>

/**
 * How a person can have proved who they are: signed in; `founding` at init, before there is a roster; `paper` for what was
 * decided on paper before the ledger was opened; `simulated` in a demo, where nobody is anybody; `ballotLink` by the personal
 * link and the PIN of one meeting, which take a ballot there and do nothing else (law 5.20).
 */
export const authKinds = [
  'founding',
  'paper',
  'password',
  'password+totp',
  'simulated',
  'ballotLink',
] as const

export const bySchema = z.strictObject({
  auth: z.enum(authKinds),
  /** The mandate acted under, when it is not the holder of the office who acts (law 7.16). */
  mandate: mandateIdSchema.exactOptional(),
  office: officeIdSchema,
  person: personIdSchema,
})
/** Who acted, holding which office. */
export type By = z.infer<typeof bySchema>

export const reliesSchema = z.strictObject({ origin: originSchema, size: z.int().min(1) })
/** The other ledger (the township's) at the size it was read. */
export type Relies = z.infer<typeof reliesSchema>

const jsonObjectSchema = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

export const entrySchema = z.strictObject({
  at: instantSchema,
  body: jsonObjectSchema,
  by: bySchema,
  calendar: z.string().regex(/^cn-\d{4}@[0-9a-f]{8}$/),
  command: commandIdSchema,
  facts: jsonObjectSchema.exactOptional(),
  files: z.array(fileRefSchema).exactOptional(),
  ledger: originSchema,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  policy: z
    .string()
    .regex(/^\d+@[0-9a-f]{8}$/)
    .exactOptional(),
  prev: sha256HexSchema,
  relies: reliesSchema.exactOptional(),
  revision: z.int().min(0),
  sd: z.array(z.string()).exactOptional(),
  seen: z.int().min(0).exactOptional(),
  seq: z.int().min(0),
  stream: streamIdSchema,
  type: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/),
  v: z.literal(1),
  workflow: z.string().regex(/^[a-z]+@[1-9]\d*$/),
})
export type Entry = z.infer<typeof entrySchema>

/** `prev` of a stream's first entry. */
export const noEntry = sha256HexSchema.parse('0'.repeat(64))

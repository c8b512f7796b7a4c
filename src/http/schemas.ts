// Schemas of what routes take and answer that several of them share.
import { z } from 'zod'
import { moneySchema } from '../domain/money.ts'

export const list = <T extends z.ZodType>(of: T) => z.array(of).readonly()
export const text = z.string()

/** Read from a URL: text that is a number. */
export const limitSchema = z.coerce.number().int().min(1).max(200).default(50)

/** Where a page ended, as it was handed out: opaque to the caller. */
export const cursorSchema = z
  .base64url()
  .max(600)
  .transform((encoded, context): readonly [string, ...string[]] => {
    const parsed = decoded(encoded)
    if (parsed !== undefined) return parsed
    context.addIssue({ code: 'custom', message: 'not a cursor' })
    return z.NEVER
  })

const cursorParts = z.tuple([z.string().max(100)], z.string().max(100))

function decoded(encoded: string): readonly [string, ...string[]] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
    const parsed = cursorParts.safeParse(parts)
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export const cursorOf = (next: readonly string[]): string =>
  Buffer.from(JSON.stringify(next)).toString('base64url')

export const pageQuery = { limit: limitSchema, after: cursorSchema.optional() }

/** Rows, and the cursor of the next page; absent after the last. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.strictObject({ rows: list(row), next: z.string().optional() })

/** A page as a query gives it, with its cursor made opaque. */
export function paged<R, S>(
  { rows, next }: { readonly rows: readonly R[]; readonly next?: readonly string[] | undefined },
  shown: (row: R) => S,
): { readonly rows: readonly S[]; readonly next?: string } {
  return { rows: rows.map(shown), ...(next === undefined ? {} : { next: cursorOf(next) }) }
}

/** Twelve digits: a village or township by its division code. */
export const codeSchema = z.string().regex(/^\d{12}$/)
export const village = { village: codeSchema }

export const amount = moneySchema

/** What somebody can do next, and why not. */
export const canSchema = list(
  z.strictObject({
    command: text,
    title: text,
    method: z.literal('POST'),
    href: text,
    /** Needs a confirmation not older than five minutes. */
    signature: z.boolean(),
    allowed: z.boolean(),
    no: z.strictObject({ code: text, reason: text, remedy: text }).optional(),
  }),
)

/** What happened, told. */
export const toldSchema = list(
  z.strictObject({
    seq: z.int(),
    type: text,
    at: text,
    who: text.optional(),
    what: text,
  }),
)

export const receiptSchema = z.strictObject({
  command: text,
  ledger: text,
  stream: text,
  /** Of what was begun: its number. */
  id: text.optional(),
  /** Of the stream, afterwards. */
  revision: z.int(),
  at: text,
  /** Of the ledger at the checkpoint that first covers these entries. */
  size: z.int(),
  entries: list(
    z.strictObject({
      seq: z.int(),
      stream: text,
      revision: z.int(),
      type: text,
      leaf: text,
    }),
  ),
})

// Schemas of what routes take and answer that several of them share.
import { z } from 'zod'
import { moneySchema } from '../domain/money.ts'

export const list = <T extends z.ZodType>(of: T) => z.array(of).readonly()
export const text = z.string()

/** Read from a URL: text that is a number. */
export const limitSchema = z.coerce.number().int().min(1).max(200).default(50)

/** Every list that is handed out in pages: of how many parts the place is where a page ended. */
const placeParts = {
  accountActs: 1,
  accounts: 1,
  alerts: 4,
  attempts: 1,
  authorities: 1,
  drafts: 4,
  findings: 3,
  inbox: 4,
  inspections: 2,
  meetings: 2,
  members: 1,
  people: 1,
  requests: 2,
  search: 3,
  widerRequests: 3,
} as const
export type ListName = keyof typeof placeParts

/** Where a page ended, as it was handed out: opaque to the caller, and of no use to another list. */
export const cursorSchema = (name: ListName) =>
  z
    .base64url()
    .max(600)
    .transform((encoded, context): readonly [string, ...string[]] => {
      const [first, ...rest] = decoded(name, encoded)
      if (first !== undefined && rest.length + 1 === placeParts[name]) return [first, ...rest]
      context.addIssue({ code: 'custom', message: 'not a cursor of this list' })
      return z.NEVER
    })

const cursorParts = z.array(z.string().max(100))

function decoded(name: ListName, encoded: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
    const [of, ...place] = cursorParts.parse(parts)
    return of === name ? place : []
  } catch {
    return []
  }
}

export const cursorOf = (name: ListName, next: readonly string[]): string =>
  Buffer.from(JSON.stringify([name, ...next])).toString('base64url')

export const pageQuery = (name: ListName) => ({
  limit: limitSchema,
  after: cursorSchema(name).optional(),
})

/** Rows, and the cursor of the next page; absent after the last. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.strictObject({ rows: list(row), next: z.string().optional() })

/** A page as a query gives it, with its cursor made opaque. */
export function paged<R, S>(
  name: ListName,
  { rows, next }: { readonly rows: readonly R[]; readonly next?: readonly string[] | undefined },
  shown: (row: R) => S,
): { readonly rows: readonly S[]; readonly next?: string } {
  return { rows: rows.map(shown), ...(next === undefined ? {} : { next: cursorOf(name, next) }) }
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
    /** The caller's that may, where it is more than one: the call names one of them in `Acting-Office`. */
    offices: list(z.strictObject({ office: text, title: text })).optional(),
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

// An import as it is sent: whose it is and what became of it, and while it waits every row with what is wrong with it.
import { z } from 'zod'
import type { ImportOutcome, StepDone } from '../app/imports/import.ts'
import type { Prepared } from '../app/imports/prepare.ts'
import { importSubjectSchema, type KeptImport } from '../domain/import.ts'
import type { Language } from '../domain/language.ts'
import { explain } from '../domain/refusal.ts'
import { bothFault, bothNotice, faultSchema, noticeSchema } from './import-words.ts'
import { list, text } from './schemas.ts'

const outcomeSchema = z.discriminatedUnion('subject', [
  z.strictObject({ subject: z.literal('requests'), added: z.int(), known: z.int() }),
  z.strictObject({
    subject: z.literal('payees'),
    /** As it stands in the form of a request. */
    payee: z.strictObject({ type: z.literal('list'), count: z.int(), total: text, digest: text }),
  }),
  z.strictObject({
    subject: z.literal('members'),
    steps: list(
      z.strictObject({
        command: text,
        households: z.int(),
        members: z.int(),
        /** Of its entry; absent where it was refused. */
        seq: z.int().optional(),
        no: z.strictObject({ code: text, reason: text, remedy: text }).optional(),
      }),
    ),
  }),
])

export const headSchema = z.strictObject({
  import: text,
  subject: importSubjectSchema,
  state: z.enum(['shown', 'confirmed']),
  /** What is confirmed: named again in the confirmation. */
  digest: text,
  madeAt: text,
  expiresAt: text,
  outcome: outcomeSchema.optional(),
})

export const importSchema = headSchema.extend({
  encoding: text.optional(),
  counts: z.strictObject({ good: z.int(), bad: z.int(), known: z.int() }),
  notices: list(noticeSchema),
  rows: list(
    z.strictObject({
      line: z.int(),
      state: z.enum(['good', 'bad', 'known']),
      faults: list(faultSchema),
      notices: list(noticeSchema),
      said: z.record(text, text),
    }),
  ),
})

export function headOf(
  { id, subject, state, digest, madeAt, expiresAt, outcome }: KeptImport,
  { language }: { readonly language: Language },
): z.infer<typeof headSchema> {
  const head = { import: id, subject, state, digest, madeAt, expiresAt }
  // written by ourselves
  return outcome === undefined
    ? head
    : { ...head, outcome: outcomeOf(JSON.parse(outcome) as ImportOutcome, language) }
}

function outcomeOf(outcome: ImportOutcome, language: Language): z.infer<typeof outcomeSchema> {
  if (outcome.subject === 'payees') return { subject: 'payees', payee: outcome.list }
  if (outcome.subject === 'requests') return outcome
  const step = ({ refused, ...done }: StepDone) => {
    if (refused === undefined) return done
    const { no, remedy } = explain(refused, language)
    return { ...done, no: { code: refused.code, reason: no, remedy } }
  }
  return { subject: 'members', steps: outcome.steps.map(step) }
}

/** Once confirmed the rows are forgotten. */
export function rowsOf(prepared: Prepared | undefined) {
  const rows = prepared?.rows ?? []
  const count = (state: string): number => rows.filter((row) => row.state === state).length
  return {
    ...(prepared?.encoding === undefined ? {} : { encoding: prepared.encoding }),
    counts: { good: count('good'), bad: count('bad'), known: count('known') },
    notices: (prepared?.notices ?? []).map(bothNotice),
    rows: rows.map(({ faults, notices, ...row }) => ({
      ...row,
      faults: faults.map(bothFault),
      notices: notices.map(bothNotice),
    })),
  }
}

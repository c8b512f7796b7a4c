// Whose an import is, and who may bring one.
import { z } from 'zod'
import { categorySchema } from '../domain/expense.ts'
import { organisationIdSchema, sha256HexSchema } from '../domain/ids.ts'
import { importSubjectSchema, type KeptImport } from '../domain/import.ts'
import { moneySchema } from '../domain/money.ts'
import { type OfficeKind, officeNames } from '../domain/office.ts'
import { refuse } from '../domain/refusal.ts'
import type { Api } from './api.ts'
import { nowOf } from './looking.ts'
import { type Problem, refusedAs } from './problem.ts'
import type { Place } from './routes/drafts.ts'
import { village } from './schemas.ts'

/** Of a payee list: whom it is paid by, for what, for which month, and how much it comes to. */
export const aboutSchema = z.strictObject({
  subject: importSubjectSchema,
  company: organisationIdSchema.optional(),
  category: categorySchema.optional(),
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
    .optional(),
  amount: moneySchema.optional(),
})
export type About = z.infer<typeof aboutSchema>

export const oneImport = z.object({ ...village, import: sha256HexSchema })

/** Who brings what: the books are the reporting clerk's, the roll is the three-assets centre's. */
const bringers: Readonly<Record<About['subject'], readonly OfficeKind[]>> = {
  requests: ['reportingClerk'],
  payees: ['reportingClerk'],
  members: ['centreOfficer', 'centreHead'],
}

export function notTheirs(
  { viewer, ledger }: Place,
  { subject, company }: About,
): Problem | undefined {
  const kinds = bringers[subject]
  const here = [ledger.origin, ledger.township]
  const holds = viewer.rights.offices.some(
    ({ kind, ledger: where, organisation }) =>
      kinds.includes(kind) &&
      here.includes(where) &&
      (company === undefined || subject !== 'payees' || organisation === company),
  )
  return holds
    ? undefined
    : refusedAs(refuse('officeNotHeld', { office: officeNames(kinds) }).refused)
}

/** Whoever brought it, and while its day lasts. */
export async function foundImport(
  api: Api,
  { viewer, ledger, params }: Place & { readonly params: z.infer<typeof oneImport> },
): Promise<KeptImport | undefined> {
  const { person } = viewer.session
  if (person === undefined) return undefined
  const kept = await api.desk.imports.find(params.import, { ledger: ledger.origin, person })
  return kept !== undefined && kept.expiresAt > nowOf(api) ? kept : undefined
}

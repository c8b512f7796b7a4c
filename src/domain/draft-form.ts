// The form while it is being filled in: any part of it, each as far as it was typed. What is of the form's own shape already is
// told apart from what is not, so that a page can save at every keystroke and say what is still missing.
import { z } from 'zod'
import { parseMoney } from './money.ts'
import { type Submission, submissionSchema } from './request.ts'

const typed = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'not well-formed')
const id = typed(64)
const word = typed(40)
const counted = z.int().min(0).max(100_000)

/** The same places as a submission; what stands in them may be anything a person is in the middle of typing. */
export const draftFormSchema = z
  .strictObject({
    company: id,
    kind: word,
    category: word,
    matter: word,
    purpose: typed(400),
    amount: word,
    method: word,
    payee: z
      .strictObject({
        type: word,
        name: typed(200),
        account: id,
        bank: typed(200),
        taxNo: id,
        person: id,
        count: counted,
        total: word,
        digest: id,
      })
      .partial(),
    invoices: z
      .array(
        z
          .strictObject({
            number: id,
            date: word,
            sellerAccount: id,
            seller: word,
            total: word,
          })
          .partial(),
      )
      .max(20),
    invoicesToCome: z.boolean(),
    voucherException: word,
    contract: typed(80),
    project: typed(80),
    authority: id,
    budgetLine: typed(80),
    fundSource: word,
    debit: z.strictObject({ on: word, bankReference: typed(120) }).partial(),
    emergency: z.strictObject({ cause: word, declaration: id }).partial(),
    supplements: id,
    handler: id,
    witness: id,
    relation: word,
    evidence: z
      .array(z.strictObject({ paper: word, sha256: id, dated: word, signers: counted }).partial())
      .max(60),
  })
  .partial()
export type DraftForm = z.infer<typeof draftFormSchema>

/** One place that is not yet of the form's shape. */
export interface FormFault {
  /** Dotted. */
  readonly path: string
  readonly code: string
  readonly detail: string
}

export interface ReadForm {
  /** What is of its shape, by field. */
  readonly given: Partial<Submission>
  /** What is typed and not of its shape. */
  readonly faults: readonly FormFault[]
  /** Fields a submission must have and this has not, or not yet in their shape. */
  readonly missing: readonly (keyof Submission)[]
  /** There is nothing left to fill in or to mend. */
  readonly whole?: Submission
}

type Field = keyof Submission
const fields = Object.keys(submissionSchema.shape) as readonly Field[]
/** Nobody says that there are none: a form without them has none yet. */
const lists = { invoices: [], evidence: [] }
const required: ReadonlySet<unknown> = new Set(
  submissionSchema.safeParse(lists).error?.issues.map(({ path: [field] }) => field),
)

/** Field by field, so that one that is half typed does not hide the others. */
export function readForm(form: DraftForm): ReadForm {
  const given: Partial<Record<Field, unknown>> = {}
  const faults: FormFault[] = []
  for (const field of fields) {
    const value = read(field, plain(form[field]))
    if (value === undefined) continue
    const parsed = submissionSchema.shape[field].safeParse(value)
    if (parsed.success) given[field] = parsed.data
    else faults.push(...parsed.error.issues.map((issue) => faultOf(field, issue)))
  }
  const whole =
    faults.length === 0 ? submissionSchema.safeParse({ ...lists, ...given }).data : undefined
  return {
    given: given as Partial<Submission>,
    faults,
    missing: fields.filter((field) => required.has(field) && given[field] === undefined),
    ...(whole === undefined ? {} : { whole }),
  }
}

const faultOf = (field: Field, { path, code, message }: z.core.$ZodIssue): FormFault => ({
  path: [field, ...path].map(String).join('.'),
  code,
  detail: message.slice(0, 300),
})

/** An amount as people type it: `1,234.5`. */
const read = (field: Field, value: unknown): unknown =>
  field === 'amount' && typeof value === 'string' ? (parseMoney(value) ?? value) : value

/** An empty place is one that nobody has filled in: a text, a group of them, a box that is not ticked. */
function plain(value: unknown): unknown {
  if (value === '' || value === false) return undefined
  if (Array.isArray(value)) return value.map((one: unknown) => plain(one) ?? {})
  if (typeof value !== 'object' || value === null) return value
  const left = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    const kept = plain(one)
    return kept === undefined ? [] : [[key, kept]]
  })
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

// Draft (草稿): a request not yet submitted. No entry: it may hold names, can be erased, and lives apart from the ledger.
import { z } from 'zod'
import {
  type CommandId,
  commandIdSchema,
  type OrganisationId,
  personIdSchema,
  type RequestId,
  requestIdSchema,
  type Sha256Hex,
  sha256HexSchema,
} from './ids.ts'
import {
  type Evidence,
  invoicesSchema,
  payeeSchema,
  type Submission,
  submissionSchema,
} from './request.ts'
import { localDateSchema } from './time.ts'

/** The form without its evidence; the payee is absent while its list is (`needsList`). */
const draftSubmissionSchema = submissionSchema
  .omit({ evidence: true, payee: true })
  .extend({ payee: payeeSchema.exactOptional() })

export const draftSchema = z.strictObject({
  /** SHA-256 of what the row says and its occurrence: the same row of any export of the same sheet. */
  id: sha256HexSchema,
  /** Row of the spreadsheet it came from; the header is row 1. */
  line: z.int().min(1),
  /** The date on the voucher (单据日期). */
  submittedOn: localDateSchema,
  /** The reporting clerk named in the row, who will submit it. */
  clerk: personIdSchema,
  submission: draftSubmissionSchema,
  /** Of a card (村务卡): the invoices the sheet already names. They are added once the swipe was reported (law 2.5). */
  invoicesComing: invoicesSchema.exactOptional(),
  /** The payees stand on an attached list (发放表): nothing can be submitted until it is attached. */
  needsList: z.boolean(),
  /** The cells as they were read, by header. */
  columns: z.record(z.string(), z.string()),
})
export type Draft = z.infer<typeof draftSchema>

export type PayeeList = Extract<Submission['payee'], { type: 'list' }>

/** The form to submit, once its evidence and, where it needs one, its list are there. Undefined while the list is not. */
export function submissionOf(
  { submission, needsList }: Draft,
  { evidence, list }: { readonly evidence: readonly Evidence[]; readonly list?: PayeeList },
): Submission | undefined {
  const payee = needsList ? list : submission.payee
  return payee === undefined ? undefined : { ...submission, payee, evidence: [...evidence] }
}

/** Under which command a draft is being submitted, and the request it becomes. */
export const intentSchema = z.strictObject({ command: commandIdSchema, request: requestIdSchema })
export interface Intent {
  readonly command: CommandId
  readonly request: RequestId
}

export const draftStates = ['waiting', 'taken', 'submitted'] as const
export type DraftState = (typeof draftStates)[number]

export interface KeptDraft {
  readonly id: Sha256Hex
  readonly state: DraftState
  /** Absent once erased; the id stays, so that the same sheet still adds nothing. */
  readonly draft?: Draft
  readonly intent?: Intent
}

export interface DraftFilter {
  readonly state?: DraftState
  readonly company?: OrganisationId
  /** Continue after this one. */
  readonly after?: Sha256Hex
  /** At most 1,000; 100 when absent. */
  readonly limit?: number
}

/** Where drafts wait. All or nothing per call; durable when the promise resolves. */
export interface DraftStore {
  /** Keeps those not known yet, in one transaction. Known ones stay as they are, whatever became of them. */
  putAll(drafts: readonly Draft[]): Promise<{ readonly added: number; readonly known: number }>
  /** By date, then row, erased ones left out. */
  list(filter?: DraftFilter): Promise<readonly KeptDraft[]>
  find(id: Sha256Hex): Promise<KeptDraft | undefined>
  /**
   * Reserves a draft for submission. The first intent stands: after a crash between the commit and `markSubmitted` the same
   * command is sent again and answered with its first receipt, never a second request. Undefined when there is none.
   */
  take(id: Sha256Hex, intent: Intent): Promise<Intent | undefined>
  /** The engine refused: the draft waits again, and its next try is another command. */
  release(id: Sha256Hex): Promise<void>
  /** Attaches the payee list a waiting draft lacks; false where none waits for one. */
  attach(id: Sha256Hex, list: PayeeList): Promise<boolean>
  markSubmitted(id: Sha256Hex): Promise<void>
  /** Forgets what it says, names included; only the id and what became of it stay. */
  erase(id: Sha256Hex): Promise<void>
  close(): Promise<void>
}

// Draft (草稿): a request not yet submitted. No entry: it may hold names, can be erased, and lives apart from the ledger.
import { z } from 'zod'
import type { DraftForm } from './draft-form.ts'
import {
  type CommandId,
  commandIdSchema,
  type OrganisationId,
  type Origin,
  type PersonId,
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
import { type Instant, localDateSchema } from './time.ts'

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

/** A draft at a desk: what somebody has made of it so far, of their own or of an imported row. */
export interface DeskDraft {
  readonly id: Sha256Hex
  readonly state: DraftState
  /** Counts what was saved; the entity tag. */
  readonly revision: number
  /** Absent where nobody has gone on with what was imported. */
  readonly savedAt?: Instant
  /** Whose own it is; absent for an imported row, which is the company's: any of its clerks may go on with it. */
  readonly owner?: PersonId
  readonly form: DraftForm
  /** Of an imported row: where it comes from, and what else the sheet says. */
  readonly imported?: Draft
  /** The command it is being, or was, submitted by. */
  readonly command?: CommandId
  /** What it became. */
  readonly request?: string
}

/** Whose desk: what a person has begun in a village, and what was imported for companies they keep the books of. */
export interface Desk {
  readonly ledger: Origin
  readonly person: PersonId
  readonly companies: readonly OrganisationId[]
}

export interface NewDraft {
  readonly id: Sha256Hex
  readonly ledger: Origin
  readonly owner: PersonId
  readonly form: DraftForm
  readonly at: Instant
}

export interface Saving {
  /** The revision it was made from; without one, whatever stands there. */
  readonly seen?: number | undefined
  readonly form: DraftForm
  readonly at: Instant
}

/** Drafts as the people at their desks see them; erased ones are gone. One transaction a call, durable when it resolves. */
export interface DraftDesk {
  /** The last saved first; below them what was imported, the latest voucher first. */
  desk(
    desk: Desk,
    page: { readonly limit: number; readonly after?: readonly string[] | undefined },
  ): Promise<{
    readonly rows: readonly DeskDraft[]
    readonly next?: readonly [string, ...string[]]
  }>
  /** Undefined where there is none on this desk; one that became a request tells that alone. */
  onDesk(desk: Desk, id: Sha256Hex): Promise<DeskDraft | undefined>
  /** Made again under the same id it is the one that is there. `full`: too many already. `gone`: discarded since. */
  begin(draft: NewDraft, limit: number): Promise<DeskDraft | 'full' | 'gone'>
  /** `stale`: somebody saved in between. `busy`: it is being submitted, or was. */
  save(desk: Desk, id: Sha256Hex, saving: Saving): Promise<DeskDraft | 'stale' | 'busy' | undefined>
  /** Forgets what it says. */
  discard(
    desk: Desk,
    id: Sha256Hex,
    seen?: number,
  ): Promise<'discarded' | 'stale' | 'busy' | undefined>
  /** Reserves it for a command: nobody changes it until `release` or `became`. False unless it was waiting. */
  reserve(id: Sha256Hex, command: CommandId): Promise<boolean>
  /** Refused: it waits again. */
  release(id: Sha256Hex): Promise<void>
  /** Every digest that stands in a draft that is kept, whosever it is. */
  digests(): Promise<ReadonlySet<Sha256Hex>>
  /** The receipt is there: only the id, the command and the request's number stay. */
  became(id: Sha256Hex, request: string): Promise<void>
}

// Attaching a sheet of payees to the draft that lacks it.
import type { DraftStore, KeptDraft, PayeeList } from '../../domain/draft.ts'
import type { OrganisationId, Origin } from '../../domain/ids.ts'
import type { Fault } from '../import/faults.ts'
import { type Keeping, keepList } from './keep.ts'
import { listIn } from '../imports/table.ts'

interface Ports extends Keeping {
  readonly drafts: DraftStore
  readonly ledgerOf: (company: OrganisationId) => Origin | undefined
}

export type Attached = { readonly list: PayeeList } | { readonly faults: readonly Fault[] }

/** The rows are in the vault before the draft names them: a crash in between leaves rows that attaching again replaces. */
export async function attachList(
  bytes: Uint8Array,
  { draft: { id, draft }, month }: { readonly draft: KeptDraft; readonly month?: string },
  { drafts, ledgerOf, ...keeping }: Ports,
): Promise<Attached> {
  if (draft === undefined) throw new Error(`the draft ${id} was erased`)
  const { company, category, amount } = draft.submission
  const ledger = ledgerOf(company)
  if (ledger === undefined)
    return { faults: [{ code: 'companyUnknown', line: 0, found: company, params: {} }] }
  const { rows, faults } = await listIn(bytes)
  if (faults.length > 0) return { faults }
  const place = { ledger, company, category, month: month ?? draft.submittedOn.slice(0, 7) }
  const kept = keepList(rows, { place, amount }, keeping)
  if ('faults' in kept) return kept
  if (!(await drafts.attach(id, kept.list))) throw new Error(`the draft ${id} waits for no list`)
  return kept
}

// Importing a sheet of requests: every good row becomes a draft, every bad one is reported, and twice adds nothing.
import type { DraftStore } from '../../domain/draft.ts'
import type { Encoding } from './decode.ts'
import type { Fault } from './faults.ts'
import type { Notice } from './notices.ts'
import { requestsIn } from '../imports/table.ts'
import { type Directory, toDraft } from './to-draft.ts'

export interface ImportReport {
  readonly encoding?: Encoding
  /** Drafts that were not there before. */
  readonly added: number
  /** Rows that an earlier import already brought. */
  readonly known: number
  /** In the order of the sheet. */
  readonly faults: readonly Fault[]
  readonly notices: readonly Notice[]
}

/**
 * All good rows are kept in one transaction, or none.
 * @param bytes the file as it is: CSV in UTF-8 or GB18030, or XLSX
 */
export async function importRequests(
  bytes: Uint8Array,
  { directory, drafts }: { readonly directory: Directory; readonly drafts: DraftStore },
): Promise<ImportReport> {
  const { rows, faults, notices, encoding } = await requestsIn(bytes)
  const made = rows.map((row) => toDraft(row, directory))
  const good = made.flatMap((each) => ('draft' in each ? [each.draft] : []))
  const { added, known } = await drafts.putAll(good)
  const unknown = made.flatMap((each) => ('faults' in each ? each.faults : []))
  return {
    ...(encoding === undefined ? {} : { encoding }),
    added,
    known,
    faults: [...faults, ...unknown].toSorted((a, b) => a.line - b.line),
    notices,
  }
}

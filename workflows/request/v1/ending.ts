// The end without payment (law 2.36): what was reserved goes back, and the flow waits for its audit. A direct debit ends
// otherwise: the bank took the money before anybody was asked, and a "no" does not bring it back.
import type { EventDraft } from '../../../src/domain/store.ts'
import { convert, release } from './claim.ts'
import { raised, type Ratifying } from './emergency.ts'
import { openAudit } from './opening.ts'

/**
 * After a rejection or a withdrawal. Of a direct debit (law 2.6) the ceiling stays drawn, since the money is gone, and a
 * finding raises itself: it is to come back by a date, and the audit does not pass while it is open.
 */
export function ending(over: Ratifying): readonly EventDraft[] {
  if (over.request.submission.debit === undefined) return [...release(over), openAudit(over.stream)]
  return [...convert(over), openAudit(over.stream), raised(over)]
}

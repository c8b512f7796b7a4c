// A request as its entries fold, for pages.
import { type Request, requestFold } from '../../../workflows/request/v1/fold.ts'
import { type Origin, requestIdSchema, requestStream } from '../../domain/ids.ts'
import { folded } from '../folded.ts'
import type { Reading } from './port.ts'

/** Undefined when this ledger has no such request. */
export function requestOf(
  reading: Reading,
  { ledger, id }: { readonly ledger: Origin; readonly id: string },
): Request | undefined {
  const parsed = requestIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  return folded(requestFold, reading.stream(ledger, requestStream(parsed.data)))
}

// A request as its entries fold, for pages.
import type { Entry } from '../../domain/entry.ts'
import { type Request, requestFold } from '../../../workflows/request/v1/fold.ts'
import { type Origin, requestIdSchema, requestStream } from '../../domain/ids.ts'
import { folded } from '../folded.ts'
import type { Reading } from './port.ts'

interface Named {
  readonly ledger: Origin
  readonly id: string
}

/** A request beside the entries it is folded of: a page needs both, and reads once. */
export interface ReadRequest {
  readonly entries: readonly Entry[]
  readonly request: Request
}

/** Undefined when this ledger has no such request. */
export function readRequest(reading: Reading, { ledger, id }: Named): ReadRequest | undefined {
  const parsed = requestIdSchema.safeParse(id)
  if (!parsed.success) return undefined
  const entries = reading.stream(ledger, requestStream(parsed.data))
  const request = folded(requestFold, entries)
  return request === undefined ? undefined : { entries, request }
}

/** Undefined when this ledger has no such request. */
export const requestOf = (reading: Reading, named: Named): Request | undefined =>
  readRequest(reading, named)?.request

// What a voter is told of a request they vote on: what for, how much, and which papers there are.
import { requestFold } from '../../../workflows/request/v1/fold.ts'
import { papers } from '../../domain/expense.ts'
import { type Origin, type RequestId, requestStream } from '../../domain/ids.ts'
import type { Language } from '../../domain/language.ts'
import type { Money } from '../../domain/money.ts'
import { folded } from '../folded.ts'
import type { Reading } from './port.ts'

export interface ItemRequest {
  readonly request: RequestId
  readonly purpose: string
  readonly amount: Money
  /** By name, each once. */
  readonly papers: readonly string[]
}

export function itemRequest(
  reading: Pick<Reading, 'stream'>,
  { ledger, request }: { readonly ledger: Origin; readonly request: RequestId },
  language: Language,
): ItemRequest | undefined {
  const state = folded(requestFold, reading.stream(ledger, requestStream(request)))
  if (state === undefined) return undefined
  const { submission, evidence } = state
  const named = new Set(evidence.map(({ paper }) => papers[paper][language]))
  return { request, purpose: submission.purpose, amount: submission.amount, papers: [...named] }
}

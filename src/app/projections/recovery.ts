// Money that came back, as a row: the transfer is held for good, and none settles another recovery (law 6.11).
import { recoveryKey } from '../../domain/claim-keys.ts'
import type { ProjectedRow } from '../../domain/projection.ts'

/** By the bank's reference; `request` is empty where a finding is about none. */
export function recoveryRow(reference: string, request: string): ProjectedRow {
  const invoice = recoveryKey(reference)
  return { table: 'invoiceUse', key: invoice, row: { invoice, request, seller: '', date: '' } }
}

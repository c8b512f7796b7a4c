// Money that comes back (追回资金): a transfer settles one recovery in the village, whichever finding asked for it (law 6.11).
import { told } from '../../../src/domain/facts.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import type { Deciding } from '../../../src/domain/store.ts'
import type { Refused } from './scene.ts'

/** `recoveryClaimed` when this transfer has already settled one. */
export function recoveryClaimed({ facts }: Deciding, reference: string): Refused | undefined {
  const [claim] = told(facts, 'invoiceUse').here
  return claim === undefined
    ? undefined
    : refuse('recoveryClaimed', { reference, request: claim.request })
}

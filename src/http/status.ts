// Which status a refusal is answered with: who may not is 403, what the state does not take is 409, what the form breaks is 422.
import { authorityRefusals } from '../domain/refusals/authority.ts'
import { dutiesRefusals } from '../domain/refusals/duties.ts'
import type { RefusalCode } from '../domain/refusal.ts'

/** Codes that differ from their subject's status. */
const own: Partial<Record<RefusalCode, number>> = {
  notFound: 404,
  alreadyExists: 409,
  commandReused: 409,
  staleView: 412,
  ledgerSealed: 409,
  officeNotHeld: 403,
  notYourSeat: 403,
  notOpen: 409,
  ballotTooEarly: 409,
  suspended: 409,
  paymentUnderWay: 409,
  tooLong: 422,
}

/** The one table code → status. */
export function refusalStatus(code: RefusalCode): 403 | 404 | 409 | 412 | 422 {
  const status = own[code] ?? (code in dutiesRefusals ? 403 : code in authorityRefusals ? 409 : 422)
  return status as 403 | 404 | 409 | 412 | 422
}

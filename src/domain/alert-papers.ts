// Which papers an alert looks at: those of one payment alone, and those that come before it.
import type { Paper } from './expense.ts'

/**
 * Papers that belong to one payment alone: the same file twice is worth a look. A plan, a contract, a declaration or a price
 * list rightly stands under many.
 */
export const papersOfOnePayment: readonly Paper[] = [
  'invoice',
  'voucherException',
  'receipt',
  'delivery',
  'acceptance',
  'progress',
  'settlement',
  'attendanceSheet',
  'transferList',
  'guestList',
  'photos',
  'bankSlip',
  'cardSlip',
]

/** Papers that must be there before the money leaves: dated later, they were made afterwards. */
export const papersBeforePayment: readonly Paper[] = [
  'plan',
  'quotes',
  'contract',
  'tenderRecord',
  'valuation',
  'rateBasis',
  'riskNote',
  'officialLetter',
]

// What a request leaves behind for those after it: its part of the payee's window, and the invoices and files it holds.
import { papersOfOnePayment } from '../../domain/alert-papers.ts'
import { toFen } from '../../domain/money.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { windowKeys } from '../../../workflows/request/v1/judgement.ts'
import { heldKeys, isVoucherless } from '../../../workflows/request/v1/vouchers.ts'
import { recoveryRow } from './recovery.ts'
import { remembered } from './remembered.ts'

/** Rows by which later requests are told of this one. */
export function traceRows(id: string, request: Request): readonly ProjectedRow[] {
  const { outcome } = request.snapshot.context
  const lives = outcome === 'open' || outcome === 'paid'
  // by the authority it draws on, whatever its route asks: what was approved as a whole is no part of a sum (law 3.8)
  const covered = request.submission.authority !== undefined
  const { window, keys } = formRows(id, request)
  return [
    ...(lives && !covered ? [window] : []),
    ...claimRows(id, request),
    ...recoveryRows(id, request),
    ...(lives ? fileRows(id, request) : []),
    ...keys,
  ]
}

interface FormRows {
  /** Its part of the payee's window: counts while the request lives, unless an authority covers it. */
  readonly window: ProjectedRow
  readonly keys: readonly ProjectedRow[]
}

const formRows = remembered<Request['submission'], FormRows>(
  (id, request) => {
    const { submission, payee, submittedOn } = request
    return {
      window: {
        table: 'payeeWindow',
        key: '',
        row: {
          request: id,
          company: submission.company,
          payee,
          submittedOn,
          amountFen: toFen(submission.amount),
          category: submission.category,
          cash: submission.method === 'cash',
          voucherless: isVoucherless(request),
        },
      },
      keys: windowKeys(submission).map((payeeKey): ProjectedRow => ({
        table: 'payeeKey',
        key: payeeKey,
        row: { payeeKey, payee },
      })),
    }
  },
  ({ submission }) => submission,
  (request) => `${request.payee} ${request.submittedOn} ${String(isVoucherless(request))}`,
)

/** Invoices, lists, debits, the bank's references and open advances, as long as each is held. */
const claimRows = remembered<Request['invoices'], readonly ProjectedRow[]>(
  (id, request) => {
    const invoices = new Map(request.invoices.map((invoice) => [invoice.number, invoice]))
    return heldKeys(request).map((key): ProjectedRow => {
      const { sellerAccount, date } = invoices.get(key) ?? {}
      const seller = sellerAccount === undefined ? '' : `account:${sellerAccount}`
      return {
        table: 'invoiceUse',
        key,
        row: { invoice: key, request: id, seller, date: date ?? '' },
      }
    })
  },
  ({ invoices }) => invoices,
  (request) => heldKeys(request).join(' '),
)

const recoveryRows = remembered<readonly string[], readonly ProjectedRow[]>(
  (id, { emergency }) => emergency.recoveries.map((reference) => recoveryRow(reference, id)),
  ({ emergency }) => emergency.recoveries,
  () => '',
)

const fileRows = remembered<Request['evidence'], readonly ProjectedRow[]>(
  (id, { evidence, submission }) => {
    const under = submission.authority ?? submission.contract ?? ''
    const digests = new Set(
      evidence.flatMap(({ paper, sha256 }) => (papersOfOnePayment.includes(paper) ? [sha256] : [])),
    )
    return [...digests].map((sha256): ProjectedRow => ({
      table: 'fileUse',
      key: sha256,
      row: { sha256, request: id, under },
    }))
  },
  ({ evidence }) => evidence,
  ({ submission }) => `${submission.authority ?? ''} ${submission.contract ?? ''}`,
)

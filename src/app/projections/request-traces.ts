// What a request leaves behind for those after it: its part of the payee's window, and the invoices and files it holds.
import { papersOfOnePayment } from '../../domain/alert-papers.ts'
import { recoveryKey } from '../../domain/finding.ts'
import { toFen } from '../../domain/money.ts'
import type { ProjectedRow } from '../../domain/projection.ts'
import type { Request } from '../../../workflows/request/v1/fold.ts'
import { windowKeys } from '../../../workflows/request/v1/judgement.ts'
import { heldKeys, isVoucherless } from '../../../workflows/request/v1/vouchers.ts'

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

/**
 * Rows made once for what they are made of, which every step hands on as the very same object: rows that are the same objects
 * need not be compared with those that are stored.
 */
function remembered<K extends object, V>(
  make: (id: string, request: Request) => V,
  of: (request: Request) => K,
  mark: (request: Request) => string,
): (id: string, request: Request) => V {
  const known = new WeakMap<K, { readonly mark: string; readonly made: V }>()
  return (id, request) => {
    const source = of(request)
    const marked = `${id} ${mark(request)}`
    const found = known.get(source)
    if (found?.mark === marked) return found.made
    const made = make(id, request)
    known.set(source, { mark: marked, made })
    return made
  }
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

/** Transfers that came back, held for good: none settles another recovery (law 6.11). */
const recoveryRows = remembered<readonly string[], readonly ProjectedRow[]>(
  (id, { emergency }) =>
    emergency.recoveries.map((reference): ProjectedRow => {
      const key = recoveryKey(reference)
      const row = { invoice: key, request: id, seller: '', date: '' }
      return { table: 'invoiceUse', key, row }
    }),
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

// Paying, settling and booking a request, told.
import type { RequestEvent } from '../../../workflows/request/v1/events.ts'
import { grouped } from '../../domain/money.ts'
import { plain, type Tellings, told } from './telling.ts'

type Paying = Extract<
  RequestEvent,
  {
    type:
      | 'payment.ordered'
      | 'payment.recorded'
      | 'payment.failed'
      | 'payment.debited'
      | 'advance.settled'
      | 'booking.recorded'
  }
>

export const paymentTellings: Tellings<Paying> = {
  'payment.ordered': told('发起支付', 'ordered the payment'),
  'payment.recorded': told('登记已付款', 'recorded the payment', ({ given, settleBy }) => ({
    zh: `${given.paidOn}，银行流水${given.bankReference}${due(settleBy).zh}`,
    en: `${given.paidOn}, bank reference ${given.bankReference}${due(settleBy).en}`,
  })),
  'payment.failed': told('支付未成功', 'recorded that the payment failed', ({ given }) =>
    plain(given.reason),
  ),
  'payment.debited': told('银行已代扣', 'The bank had taken it', ({ paidOn, bankReference }) => ({
    zh: `${paidOn}，银行流水${bankReference}`,
    en: `${paidOn}, bank reference ${bankReference}`,
  })),
  'advance.settled': told('核销借支', 'settled the advance', ({ given, lateDays }) => ({
    zh: `开支${grouped(given.spent)}元、退回${grouped(given.returned)}元${late(lateDays).zh}`,
    en: `${grouped(given.spent)} spent, ${grouped(given.returned)} paid back${late(lateDays).en}`,
  })),
  'booking.recorded': told('记账', 'booked it', ({ given }) =>
    plain(given.voucherNo, `${given.debit} / ${given.credit}`),
  ),
}

const nothing = { zh: '', en: '' }
const due = (settleBy: string | undefined) =>
  settleBy === undefined
    ? nothing
    : { zh: `，须于${settleBy}前核销`, en: `, to be settled by ${settleBy}` }
const late = (days: number) =>
  days === 0 ? nothing : { zh: `，逾期${days}天`, en: `, ${days} days late` }

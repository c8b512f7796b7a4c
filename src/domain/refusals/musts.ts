// The five musts and payment (law §2, §5).
import { guard, plain, type RefusalKind } from './kind.ts'

export const mustsRefusals = {
  notYourSeat: guard(
    '您不在本环节的组成人员之中',
    'You hold no seat in this must',
    '由开启本环节时的组成人员办理',
    'Only the offices fixed when the must opened may act',
  ),
  alreadySigned: plain(
    '您已签署',
    'You have already signed',
    '无需重复签署',
    'No need to sign again',
  ),
  papersIncomplete: guard(
    '凭证不齐：缺{missing}',
    'Papers are incomplete: {missing} missing',
    '请补齐后再提交',
    'Add them, then try again',
  ),
  acceptanceTooFew: guard(
    '{paper}至少须{needed}人签字',
    '{paper} must be signed by at least {needed} persons',
    '请补足验收人签字后再提交',
    'Have it signed by enough persons, then try again',
  ),
  alreadyDebited: guard(
    '款项已由银行代扣，申请不能撤回',
    'The bank has already taken the money; the request cannot be withdrawn',
    '请继续办理（被退回的由报账员补正后再报）；不同意这笔代扣的由监事会异议，将自动列为问题、限期追回',
    'Let it go on (returned, the clerk corrects and resubmits it); who disagrees objects in the sign-off: a finding then asks for the money back',
  ),
  bankReferenceUsed: guard(
    '银行流水号{reference}已登记过付款或退款',
    "The bank's reference {reference} has recorded a payment or a repayment before",
    '请核对银行回单，填写本笔款项的流水号',
    "Check the bank's slip and give the reference of this very payment",
  ),
  settlementDiffers: guard(
    '核销{spent}元加退回{returned}元不等于借支{amount}元',
    'Spent {spent} and returned {returned} do not make up the advance of {amount}',
    '请核对票据和退款',
    'Check the vouchers and what was paid back',
  ),
  refundUnproven: guard(
    '退回{returned}元没有银行回单',
    '{returned} yuan paid back without a bank reference',
    '请填写退款的银行流水号',
    'Give the bank reference of the refund',
  ),
  paymentUnderWay: guard(
    '付款已发出，不能撤回或暂缓',
    'The payment is under way; it cannot be withdrawn or suspended',
    '付款失败或完成后再办理',
    'Wait until the payment has failed or is recorded',
  ),
  suspended: guard(
    '付款已被暂缓，解除或期满前不得推进，也不得撤回或终结',
    'Payment is suspended: until that is lifted or over, nothing advances and nothing comes to its end',
    '请配合核实；由镇三资中心主任或检查员解除，期满后由报账员登记',
    'Help to clear it up; the three-assets head or an inspector lifts it, and the clerk records when it is over',
  ),
  tooManyPapers: plain(
    '附件超过{max}件',
    'More than {max} papers',
    '请合并附件',
    'Combine some of them',
  ),
  dateInFuture: guard(
    '日期{date}在将来',
    'The date {date} lies in the future',
    '请填写实际日期',
    'Give the date it happened',
  ),
  wrongEntity: guard(
    '记账主体必须是申请公司',
    'The accounting entity must be the requesting company',
    '请在该公司账套记账',
    "Book it in that company's accounts",
  ),
  rosterUnconfirmed: guard(
    '花名册尚未确认，不能办理支出',
    'The roster is not confirmed yet: no spending before that',
    '请先由建账人确认花名册',
    'Have the founder confirm the roster first',
  ),
  paidBeforeOrder: guard(
    '付款日期{date}早于付款指令',
    'Paid on {date}, before the payment was ordered',
    '请填写实际付款日期；先付款后补手续须由纪委处理',
    'Give the true date; money paid before its order is for the inspectors',
  ),
} as const satisfies Record<string, RefusalKind>

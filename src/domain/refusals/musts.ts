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
    '请继续办理；不同意的由监事会提出异议',
    'Let it go on; who disagrees objects in the sign-off',
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
    '付款已被暂缓，解除前不得推进',
    'Payment is suspended; nothing advances until it is lifted',
    '请联系镇三资中心',
    'Ask the three-assets centre',
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

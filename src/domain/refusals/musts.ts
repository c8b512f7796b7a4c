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
  suspensionNotProposed: guard(
    '没有纪委检查员的暂缓建议',
    'No inspector has proposed this suspension',
    '由检查员写明理由和依据后提出',
    'An inspector proposes it with reason and basis',
  ),
  suspensionSpent: guard(
    '暂缓支付只能延长一次',
    'A suspension is renewed once only',
    '请作出同意或退回的决定',
    'Decide: let it go on, or return it',
  ),
  suspensionRuns: guard(
    '暂缓期限到{until}为止，尚未届满',
    'The suspension runs until {until}',
    '请等待期满，或由决定暂缓的一方解除',
    'Wait until then, or have it lifted by the side that ordered it',
  ),
} as const satisfies Record<string, RefusalKind>

// Refused when a request is submitted (law §2).
import { guard, plain, type RefusalKind } from './kind.ts'

export const submissionRefusals = {
  kindMismatch: guard(
    '申请种类与收款信息不符：{detail}',
    'The kind of request does not fit its payee: {detail}',
    '请选择相符的种类',
    'Choose the kind that fits',
  ),
  guaranteeForbidden: guard(
    '村集体及其公司不得为他人提供担保',
    'Guarantees for others are forbidden',
    '不得办理（农村集体经济组织法第35条）',
    'This cannot be done (Rural Collective Economic Organisations Law Art 35)',
  ),
  loanToOfficer: guard(
    '不得向任职人员出借资金',
    'Lending to an office-holder is forbidden',
    '不得办理（农村集体经济组织法第35条）',
    'This cannot be done (Rural Collective Economic Organisations Law Art 35)',
  ),
  invoiceClaimed: guard(
    '发票{invoice}已由{request}报销',
    'Invoice {invoice} was already claimed by {request}',
    '请核对发票；同一发票不得重复报销',
    'Check the invoice; one invoice is claimed once',
  ),
  hospitalityProhibited: guard(
    '现行政策不允许列支业务招待费',
    'The policy in force does not allow hospitality',
    '不得列支；如政策有变由镇公布后再办',
    'Not payable unless the township enacts another policy',
  ),
  cashOverLimit: guard(
    '现金支付超过上限{limit}元',
    'Cash payment is over the limit of {limit} yuan',
    '请改为银行转账',
    'Pay by bank transfer',
  ),
  voucherMissing: guard(
    '金额超过{limit}元而没有合法票据（白条）',
    'Over {limit} yuan without a lawful voucher (white slip)',
    '请取得发票或代开发票',
    'Obtain an invoice, or one issued on request by the tax office',
  ),
  invoicesBelowAmount: guard(
    '发票合计{total}元，不足申请金额{amount}元',
    'The invoices total {total}, less than the {amount} asked',
    '请补充发票或减少金额',
    'Add invoices or reduce the amount',
  ),
  voucherExceptionWrong: guard(
    '此类支出不适用所选的免票凭证',
    'This voucher cannot stand for an invoice here',
    '请取得发票，或选择相符的凭证种类',
    'Obtain an invoice, or choose the voucher that fits',
  ),
  personalAccountForFirm: guard(
    '单位开具的发票不得付到个人账户',
    "A firm's invoice cannot be paid to a personal account",
    '请填写开票单位的对公账户',
    "Give the invoicing firm's own account",
  ),
  listTotalDiffers: guard(
    '发放表合计{total}元与申请金额{amount}元不符',
    'The list totals {total} but the request asks {amount}',
    '请核对发放表',
    'Check the list',
  ),
  claimTooOld: guard(
    '发票开具已超过{days}天',
    'The invoice is more than {days} days old',
    '超期不予报销',
    'Claims past the limit are not paid',
  ),
  cardOverLimit: guard(
    '村务卡单笔上限{limit}元',
    'The village card is limited to {limit} yuan',
    '请改为银行转账',
    'Pay by bank transfer',
  ),
  authorityMismatch: guard(
    '授权{authority}不适用于本申请：{detail}',
    'Authority {authority} does not cover this request: {detail}',
    '请选择相符的授权，或不引用授权',
    'Name an authority that fits, or none',
  ),
  authorityExceeded: guard(
    '超出授权{authority}余额{left}元',
    'Over what is left of authority {authority}: {left} yuan',
    '请减少金额，或先办理追加授权',
    'Reduce the amount, or have the ceiling raised first',
  ),
  payeeNotSeller: guard(
    '收款人不是开票方',
    'The payee is not who issued the invoice',
    '请付给开票方',
    'Pay whoever issued it',
  ),
  sellerUnstated: guard(
    '发票{invoice}未填写开票方账户，也未注明开票方是个人或个体户',
    'Invoice {invoice} gives no account of its seller and does not say that there is none',
    '请填写开票单位账户；开票方为个人或个体户的请注明',
    "Give the seller's account, or say that the seller is a person or unregistered",
  ),
  swipedBeforeReport: guard(
    '刷卡在前、报告在后：发票{invoice}早于申请',
    'Swiped before it was reported: invoice {invoice} is older than the request',
    '村务卡须先报告后刷卡；先刷后报的由镇纪委处理，请向镇三资中心说明',
    'Report before the swipe; an unreported one is for the inspectors: explain it to the three-assets centre',
  ),
  debitTooLate: guard(
    '代扣已超过{days}个工作日才补报（最迟{until}）',
    'Submitted more than {days} working days after the debit (at the latest {until})',
    '超期代扣由镇纪委处理，请向镇三资中心说明',
    'A late one is for the inspectors; explain it to the three-assets centre',
  ),
  advanceOpen: guard(
    '经办人还有未核销的借支{request}',
    'The handler has an advance that is not settled: {request}',
    '请先核销前一笔借支',
    'Settle that one first',
  ),
  supplementsOpen: guard(
    '{request}尚未办结，不能补充申请',
    '{request} is not closed: nothing supplements it yet',
    '在原申请中补正，或等其办结',
    'Correct the request itself, or wait until it is closed',
  ),
  amountTooLarge: plain(
    '金额或合计超出可登记的范围',
    'The amount, or a sum it counts towards, is larger than can be recorded',
    '请核对金额',
    'Check the amount',
  ),
  nothingChanged: plain(
    '退回后未作修改',
    'Nothing was changed since the return',
    '请按退回意见补正后再提交',
    'Correct what the return asks for, then resubmit',
  ),
} as const satisfies Record<string, RefusalKind>

// Refusals: every expected "no", with a stable code, both languages and what to do next. decide answers the first that applies.
import { fill, type Language, type Sentence } from './language.ts'

interface RefusalKind extends Sentence {
  /** What to do next. */
  readonly remedy: Sentence
  /** Guards a rule of law or separation of duties: verify must find its forged twin (law §10). */
  readonly protective: boolean
}

const guard = (zh: string, en: string, remedyZh: string, remedyEn: string): RefusalKind => ({
  zh,
  en,
  remedy: { zh: remedyZh, en: remedyEn },
  protective: true,
})
const plain = (zh: string, en: string, remedyZh: string, remedyEn: string): RefusalKind => ({
  ...guard(zh, en, remedyZh, remedyEn),
  protective: false,
})

/** All refusal codes by subject. `{places}` are filled from the refusal's params. */
export const refusals = {
  // any command
  commandReused: plain(
    '同一操作编号已用于不同内容',
    'This command id was used before with other content',
    '请刷新页面后重新提交',
    'Reload and submit again with a new command id',
  ),
  staleView: plain(
    '您看到的内容已变化（现为第{revision}版）',
    'What you saw has changed since (now revision {revision})',
    '请刷新后查看变化再操作',
    'Reload, look at what changed, and act again',
  ),
  notFound: plain('没有{what}', 'There is no {what}', '请核对编号', 'Check the id'),
  alreadyExists: plain('{what}已存在', '{what} already exists', '请换一个编号', 'Use another id'),
  ledgerSealed: plain(
    '账本已封存',
    'The ledger is sealed',
    '请在后继账本办理',
    'Use the ledger that succeeds it',
  ),
  officeNotHeld: guard(
    '您现在不担任可办理此事的职务（需要：{office}）',
    'You do not now hold an office that may do this (needed: {office})',
    '请由任职人员办理；职务变动由镇登记',
    'Let a holder of that office act; the township records appointments',
  ),
  notOpen: guard(
    '当前环节（{state}）不能办理此事',
    'This cannot be done in the present state ({state})',
    '请按五个必经的顺序办理',
    'Follow the five musts in their order',
  ),
  calendarMissing: plain(
    '缺少{year}年的工作日历',
    'There is no working-day calendar for {year}',
    '请由镇三资中心更新日历数据',
    'Have the three-assets centre update the calendar data',
  ),

  // submission (law §2)
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
  nothingChanged: plain(
    '退回后未作修改',
    'Nothing was changed since the return',
    '请按退回意见补正后再提交',
    'Correct what the return asks for, then resubmit',
  ),

  // separation of duties (law §7)
  issuersNotThree: guard(
    '经办人、证明人、负责人须为三人',
    'Handler, witness and company head must be three persons',
    '请由另一人办理',
    'Let another person act',
  ),
  ownHandling: guard(
    '签发本申请的人不得再监督、审核或检查',
    'Who issued a request may not supervise, file or inspect it',
    '请由另一名任职人员办理',
    'Let another holder of the office act',
  ),
  decidesTwice: guard(
    '同一人不得在同一申请的两个环节作决定（已在{must}作出决定）',
    'One person may not decide in two musts of one request (already in {must})',
    '请由另一名任职人员办理',
    'Let another holder of the office act',
  ),
  officerIsHead: guard(
    '受理人与同意人须为两人',
    'Who accepts a filing may not also consent to it',
    '请由另一人办理',
    'Let the other person act',
  ),
  cashierConflict: guard(
    '出纳不得同时是经办人、证明人、负责人或记账会计',
    'The cashier may not be handler, witness, head or bookkeeper',
    '请由另一名出纳付款',
    'Let another cashier pay',
  ),

  // musts
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
    "The accounting entity must be the requesting company",
    '请在该公司账套记账',
    "Book it in that company's accounts",
  ),
  takeBackLate: plain(
    '之后已有他人办理，不能收回',
    'Somebody has acted since; it cannot be taken back',
    '请联系下一环节退回',
    'Ask the next office to return it',
  ),
  // -- roster --
  genesisMismatch: guard(
    '创世记录与账本不符：{detail}',
    'The genesis does not fit its ledger: {detail}',
    '请核对账本编号、区划代码和公钥',
    "Check the ledger's origin, division code and key",
  ),
  supervisorIncompatible: guard(
    '监事不得由董事（理事）、经理、财务人员或其近亲属担任（{holder}现任{office}）',
    'Directors, managers, finance staff and their near relatives may not be supervisors ({holder} holds {office})',
    '请另选他人（农村集体经济组织法第34条、公司法第76条）',
    'Appoint somebody else (Rural Collective Economic Organisations Law Art 34, Company Law Art 76)',
  ),
  councilNearRelatives: guard(
    '理事会成员之间应当实行近亲属回避（{holder}现任{office}）',
    'Near relatives may not sit on one council ({holder} holds {office})',
    '请另选他人（农村集体经济组织法第29条）',
    'Appoint somebody else (Rural Collective Economic Organisations Law Art 29)',
  ),
  officeOccupied: guard(
    '该职务现由{holder}担任',
    'The office is now held by {holder}',
    '请先登记离任',
    'Record that the holder has left first',
  ),
  seatTwice: guard(
    '同一人不得在同一机构占两个席位',
    'One person may not hold two seats of one organ',
    '请另选他人',
    'Appoint somebody else',
  ),
  ownAppointment: guard(
    '不得登记本人任职',
    'Nobody records their own appointment',
    '请由另一名登记人员办理',
    'Let another keeper of the roster record it',
  ),
  appointedAhead: plain(
    '任职日期{from}尚未到来',
    'The term begins only on {from}',
    '请在任职之日登记',
    'Record it on the day the term begins',
  ),
  officeMisplaced: plain(
    '该机构不能设此职务：{detail}',
    'This post does not belong there: {detail}',
    '请核对机构与职务种类',
    'Check the organisation and the kind of office',
  ),
  officeVacant: plain(
    '该职务空缺',
    'The office is vacant',
    '请先登记任职',
    'Record an appointment first',
  ),
  inTwoHouseholds: guard(
    '社员{person}已登记在另一户',
    'Member {person} is recorded in another household',
    '请同时更正两户，一人只计一次',
    'Correct both households in one act; a person counts once',
  ),
  // -- meeting --
  // -- inspection --
  // -- policy --
  valueMalformed: plain(
    '{key}的值不合格式：{detail}',
    'The value of {key} is malformed: {detail}',
    '请核对单位和格式',
    'Check its unit and form',
  ),
  looserThanFloor: guard(
    '{key}不得宽于法定底线（{detail}）',
    '{key} may not be looser than the law ({detail})',
    '只能从严规定',
    'It may only be made stricter',
  ),
  tiersOutOfOrder: guard(
    '金额档次须依次不减：{key}（{detail}）',
    'The tiers must not decrease: {key} ({detail})',
    '日常 ≤ 董事会 ≤ 大额 ≤ 重大，且大于零',
    'Daily ≤ board ≤ large ≤ major, all above zero',
  ),
  raiseNeedsReason: guard(
    '提高{key}须说明理由',
    'Raising {key} needs a reason',
    '请填写理由',
    'Give the reason',
  ),
  endorserTwice: guard(
    '两项会签须由两人作出',
    'The two endorsements must come from two persons',
    '请由另一人会签',
    'Let the other person endorse',
  ),
  policyBackDated: guard(
    '政策不得追溯施行（{from}）',
    'A policy cannot take effect in the past ({from})',
    '请填写此后的时间',
    'Give a time from now on, after the policy before it',
  ),
  policyMissing: plain(
    '镇尚未公布政策',
    'The township has not enacted a policy yet',
    '请由镇三资中心公布政策',
    'Have the three-assets centre enact one',
  ),
  // -- authority --
} as const satisfies Record<string, RefusalKind>

export type RefusalCode = keyof typeof refusals

export interface Refusal {
  readonly code: RefusalCode
  readonly params: Readonly<Record<string, string>>
}

export const refuse = (
  code: RefusalCode,
  params: Readonly<Record<string, string>> = {},
): { readonly refused: Refusal } => ({ refused: { code, params } })

/** The sentence and the remedy, in one language. */
export function explain({ code, params }: Refusal, language: Language): { no: string; remedy: string } {
  const { remedy, ...sentence } = refusals[code]
  return { no: fill(sentence[language], params), remedy: fill(remedy[language], params) }
}

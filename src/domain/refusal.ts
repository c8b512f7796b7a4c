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
  textMalformed: plain(
    '{path}含有不能记入账本的文字（{code}）',
    '{path} holds text that no ledger can take ({code})',
    '请重新输入，不要粘贴控制字符或分解的字符',
    'Type it again; paste no control characters and no decomposed ones',
  ),
  tooLong: plain(
    '内容过长，一条记录放不下（{code} {path}）',
    'Too long for one entry ({code} {path})',
    '请缩短文字，或分几次提交',
    'Shorten the text, or submit it in several parts',
  ),
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
  meetingMisplaced: plain(
    '{kind}会议不能由{organisation}召开',
    'A {kind} meeting is not held by a {organisation}',
    '董事会属公司，社员大会、代表大会和理事会属合作社',
    'A board sits in a company; members, delegates and council in the cooperative',
  ),
  organMissing: guard(
    '没有设置该机构（{kind}）的席位',
    'There are no seats of this organ ({kind})',
    '没有董事会的公司由合作社理事会研究',
    "Where a company has no board the cooperative's council decides",
  ),
  notThisKind: plain(
    '{kind}会议没有此项程序',
    'A {kind} meeting has no such step',
    '请核对会议种类',
    'Check the kind of meeting',
  ),
  delegatesNotAllowed: guard(
    '现行政策不允许由社员代表大会表决',
    'The policy in force does not let delegates decide',
    '请召开社员大会（农村集体经济组织法第28条）',
    'Hold a member meeting (Rural Collective Economic Organisations Law Art 28)',
  ),
  tooFewDelegates: guard(
    '社员代表只有{count}人，至少{least}人',
    'There are {count} delegates; at least {least} are needed',
    '请召开社员大会，或依法补选代表（农村集体经济组织法第28条）',
    'Hold a member meeting, or elect delegates (Rural Collective Economic Organisations Law Art 28)',
  ),
  notForDelegates: guard(
    '议题{item}（第26条第{power}项）不得由社员代表大会决定',
    'Delegates may not decide item {item} (Art 26 ({power}))',
    '请召开社员大会（农村集体经济组织法第28条）',
    'Hold a member meeting (Rural Collective Economic Organisations Law Art 28)',
  ),
  requestNotWaiting: guard(
    '申请{request}（{state}）不在等待本会议决定',
    'Request {request} ({state}) does not wait for this meeting',
    '请按申请现在的环节和轮次安排会议',
    'Hold the meeting its present must and round call for',
  ),
  prestudyMissing: guard(
    '议题未经村党组织研究讨论',
    'The party organisation has not studied the agenda',
    '请先由村党组织研究（农村集体经济组织法第26条）',
    'Have it studied first (Rural Collective Economic Organisations Law Art 26)',
  ),
  consultationMissing: guard(
    '议题{item}未公示征求意见',
    'Item {item} was not posted for comment',
    '请先公示征求意见并说明风险（浙江省农村集体资产管理条例第20条）',
    'Post it with its risks first (Zhejiang rural collective assets regulations Art 20)',
  ),
  consultationTooShort: guard(
    '议题{item}公示征求意见不足{days}日',
    'Item {item} is open to comment for fewer than {days} days before the vote',
    '请推迟会议日期（浙江省农村集体资产管理条例第20条）',
    'Hold the meeting later (Zhejiang rural collective assets regulations Art 20)',
  ),
  noticeTooShort: guard(
    '会议须提前{days}日通知',
    'The meeting must be noticed {days} days ahead',
    '请推迟会议日期',
    'Hold the meeting later',
  ),
  openedEarly: guard(
    '未到通知的开会时间（{heldAt}）',
    'The meeting was noticed for {heldAt}',
    '请按通知的时间开会',
    'Open it at the time of the notice',
  ),
  watcherMissing: guard(
    '没有在任的社监会成员到场监督（不得为会议的召集人）',
    'No supervisor in office watches who did not arrange the meeting',
    '请由社监会成员全程监督（浙江省农村集体资产管理条例第17条）',
    'A supervisor of the cooperative must watch (Zhejiang rural collective assets regulations Art 17)',
  ),
  watcherPartial: guard(
    '{person}是议题的提出人、候选人或申请的签发人，不得监督其表决',
    '{person} moved an item, stands in it or issued its request, and may not watch its vote',
    '请由另一名社监会成员监督',
    'Let another supervisor watch',
  ),
  noticeLapsed: guard(
    '通知的开会时间（{heldAt}）已过三十日以上',
    'The time of the notice ({heldAt}) is more than 30 days past',
    '请重新通知开会',
    'Give notice of the meeting again',
  ),
  attendanceClosed: guard(
    '计票开始后不得再登记出席',
    'Nobody is added once a count is recorded',
    '出席登记有误的，请休会后重新通知开会',
    'If the sheet was wrong, adjourn and call the meeting again',
  ),
  rollChanged: guard(
    '会议期间有表决权的名册已变化',
    'The roll has changed since the meeting opened',
    '请延期并重新通知开会',
    'Adjourn, and call the meeting again over the new roll',
  ),
  notOnRoll: guard(
    '{person}不在表决名册上',
    '{person} is not on the roll',
    '请核对名册；名册变动由镇登记',
    'Check the roll; the township records changes',
  ),
  alreadyPresent: guard(
    '{person}已登记出席',
    '{person} is already recorded as taking part',
    '一人只计一次',
    'A person counts once',
  ),
  notOnline: guard(
    '通知的会议不设线上参加',
    'The meeting was noticed without taking part online',
    '请到现场参加',
    'Take part on site',
  ),
  proxyNotHousehold: guard(
    '{holder}与{member}不是同一户，不能受托',
    '{holder} is not of the household of {member}',
    '只能书面委托本户有表决权的社员（农村集体经济组织法第27条）',
    'Only a member of the same household may be given a proxy (Rural Collective Economic Organisations Law Art 27)',
  ),
  proxyHolderAbsent: guard(
    '受托人{holder}本人没有出席',
    'The proxy holder {holder} does not take part in person',
    '受托人须本人出席',
    'The holder of a proxy must take part in person',
  ),
  proxyTwice: guard(
    '{holder}已接受一人委托',
    '{holder} already holds a proxy',
    '每人只能接受一人委托',
    'Each person may hold one proxy',
  ),
  notPresent: guard(
    '您未登记出席本次会议',
    'You are not recorded as taking part',
    '请先登记出席',
    'Record your attendance first',
  ),
  recused: guard(
    '您已对议题{item}回避',
    'You have recused yourself from item {item}',
    '回避后不参加该议题表决',
    'Who recuses does not vote on the item',
  ),
  mustRecuse: guard(
    '您签发了该申请或与其有关联关系，应对议题{item}回避',
    'You issued the request or its deal concerns you: recuse yourself from item {item}',
    '请声明回避（公司法第182、185条）',
    'Declare your recusal (Company Law Art 182, 185)',
  ),
  alreadyVoted: guard(
    '您已对议题{item}表决',
    'You have already voted on item {item}',
    '一人一票，不得重复或更改',
    'One person, one vote; it is not changed',
  ),
  tellerUnfit: guard(
    '计票人须为两名在任计票人（{person}不符合）',
    'Two persons in office as tellers are needed ({person} is not fit)',
    '请由两名计票人计票并签名',
    'Have two tellers count and sign',
  ),
  tellerPartial: guard(
    '{person}是该议题的提出人、候选人或监督人，不得计票',
    '{person} moved the item, stands in it or watches the count',
    '请换一名计票人',
    'Have another teller count',
  ),
  tallyOverPresent: guard(
    '票数合计{total}超过出席人数{present}',
    'The count of {total} is more than the {present} who take part',
    '请重新清点',
    'Count again',
  ),
  countersignMissing: guard(
    '监督的社监会成员尚未签名确认',
    'The supervisor who watches has not countersigned',
    '请先由监督人签名确认出席与计票',
    'Have attendance and counts countersigned first',
  ),
  itemNotPassed: guard(
    '议题{item}不是已通过的支出申请',
    'Item {item} is not a request that was carried',
    '只能就已通过的申请签署股东决定书（公司法第60条）',
    'A shareholder decision is signed for what was carried (Company Law Art 60)',
  ),
  // -- inspection --
  teamTooSmall: guard(
    '检查人员不得少于{least}人',
    'A round needs at least {least} inspectors',
    '请增派检查人员',
    'Name more inspectors',
  ),
  notAnInspector: guard(
    '{person}现在不担任镇纪委检查员',
    '{person} does not now hold the office of inspector',
    '请指派在任检查员',
    'Name an inspector in office',
  ),
  notOnTeam: guard(
    '您不是本次检查组成员',
    'You are not on the team of this round',
    '请由检查组成员办理',
    'Let a member of the team act',
  ),
  periodNotOver: guard(
    '检查期间（至{to}）尚未结束',
    'The period of the round (to {to}) is not over',
    '期间结束后再发通知',
    'Give notice once it is over',
  ),
  inspectionNoticeShort: guard(
    '检查应提前{days}日通知；专项检查可书面说明理由免于提前',
    'A round is announced {days} days ahead; a special one may waive that with a written reason',
    '请推迟开始日期，或（专项检查）填写理由',
    'Start later, or, for a special round, give the reason',
  ),
  drawNotAhead: guard(
    '抽签时点须在通知一小时之后',
    'The draw must lie an hour or more after the notice',
    '请填写更晚的时点',
    'Name a later instant',
  ),
  drawTooEarly: guard(
    '约定时点之后尚无检查点，不能抽签',
    'There is no checkpoint yet after the instant fixed for the draw',
    '请在账本有新检查点后再抽签',
    'Draw once the ledger has a new checkpoint',
  ),
  secretMismatch: guard(
    '抽签密值与通知中的承诺不符',
    'The secret is not the one committed to in the notice',
    '请使用通知时的密值',
    'Use the secret of the notice',
  ),
  startTooEarly: guard(
    '检查自{from}起方可开始',
    'The round starts on {from}, not before',
    '请在通知的日期开始',
    'Start on the day announced',
  ),
  notInPopulation: guard(
    '申请{request}不在本次检查范围内',
    'Request {request} is not in the population of this round',
    '请核对编号；范围外的申请可以提出问题，但不计入覆盖',
    'Check the id; findings may name any request, coverage may not',
  ),
  lotMustBeExamined: guard(
    '申请{request}已抽中或选中，必须检查',
    'Request {request} was drawn or picked and must be examined',
    '请检查后填写结果',
    'Examine it and give the result',
  ),
  notInLot: guard(
    '申请{request}未抽中，也未说明理由选中',
    'Request {request} was neither drawn nor picked with a reason',
    '请先说明理由加入检查',
    'Pick it first, with the reason',
  ),
  resultMismatch: guard(
    '申请{request}的检查结果与本次所提问题不符',
    'The result for request {request} does not fit the findings of this round',
    '有问题请先提出；未提出问题的结果为“未发现问题”',
    'Raise the finding first; without one the result is noFinding',
  ),
  alreadyCovered: plain(
    '申请{request}在本次检查中已有结论',
    'Request {request} is already covered in this round',
    '无需重复；结论不得更改',
    'Nothing to do; a result is not changed',
  ),
  populationUncovered: guard(
    '尚有{left}份申请未覆盖，不能结束检查',
    '{left} requests are not covered yet; the round cannot be concluded',
    '请先覆盖全部申请',
    'Cover the whole population first',
  ),
  closeOutBySame: guard(
    '提出问题或作出答复的人不得办理销号',
    'Who raised or answered a finding may not close it out',
    '请由另一名检查员销号',
    'Let another inspector close it out',
  ),
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
  authorityNotDecided: guard(
    '会议{meeting}的议题{item}没有通过，或不能决定本授权',
    'Item {item} of meeting {meeting} was not passed, or could not decide this authority',
    '请先由有权机构表决通过',
    'Have the organ that may decide it pass it first',
  ),
  authorityBeyondMeeting: guard(
    '重大额度须由社员（代表）大会决定',
    'A ceiling this high needs the members or their delegates',
    '请提交社员大会表决',
    'Put it to a member meeting',
  ),
  authorityTermsDiffer: guard(
    '登记的额度与议题{item}表决的不一致：{detail}',
    'The authority differs from what item {item} put to the vote: {detail}',
    '请按表决的编号、单位、收款人、额度和期限登记',
    'Enter the number, company, payees, ceiling and term that were voted on',
  ),
  authorityUnsigned: guard(
    '议题{item}的股东决定书尚未签署',
    'The shareholder decision on item {item} is not signed',
    '请先由合作社法定代表人签署（公司法第60条）',
    "Have the cooperative's legal representative sign it first (Company Law Art 60)",
  ),
  paperAfterFounding: guard(
    '建账完成后不得凭书面文件登记授权额度',
    'No authority is taken over from a paper once the village is founded',
    '请提交有权机构表决后登记',
    'Put it to the organ that may decide it',
  ),
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
export function explain(
  { code, params }: Refusal,
  language: Language,
): { no: string; remedy: string } {
  const { remedy, ...sentence } = refusals[code]
  return { no: fill(sentence[language], params), remedy: fill(remedy[language], params) }
}

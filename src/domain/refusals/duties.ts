// Separation of duties (law §7).
import { guard, type RefusalKind } from './kind.ts'

export const dutiesRefusals = {
  issuersNotThree: guard(
    '经办人、证明人、负责人须为三人',
    'Handler, witness and company head must be three persons',
    '请由另一人办理',
    'Let another person act',
  ),
  headTieUnrouted: guard(
    '负责人（或其代行人）就是经办人或其近亲属，而本申请的路线没有董事会研究',
    'The head or their deputy is the handler or near to them, and the route of this request passes the board over',
    '请由证明人或负责人退回，报账员原样再报即可；路线将改为须经董事会研究',
    'Have the witness or the head return it; the clerk resubmits it, as it is or changed, and its route then goes through the board',
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
  dismissedRed: guard(
    '您已消除本申请的红色预警{alert}，不得再由您同意',
    'You have dismissed the red alert {alert} of this request: you do not consent to it as well',
    '请由代行主任职务的人办理；不同意的，您仍可作出',
    'Let a deputy of the head decide; you may still refuse it',
  ),
  seatsChangedBySame: guard(
    '您在本申请提交后变更过其审议、监督机构的席位，不得再办理其报备',
    'You have changed seats of the organs it passes since it was submitted: you do not file it',
    '请由另一名经办人或代行主任职务的人办理',
    'Let another officer, or a deputy of the head, act on it',
  ),
  officerIsHead: guard(
    '受理人与同意人须为两人',
    'Who accepts a filing may not also consent to it',
    '请由另一人办理',
    'Let the other person act',
  ),
  cashierConflict: guard(
    '出纳不得同时是经办人、证明人、负责人、记账会计或收款人',
    'The cashier may not be handler, witness, head, bookkeeper or payee',
    '请由另一名出纳付款',
    'Let another cashier pay',
  ),
  payeeConflict: guard(
    '收款人不得是本申请的证明人或本公司的出纳',
    "The payee may not be the request's witness or the company's cashier",
    '请由另一人证明；付给出纳的报酬列入发放表',
    'Let another person witness; what a cashier earns is paid by list',
  ),
  ballotHalvesBySame: guard(
    '{person}已发放投票链接或口令之一，不得再发放另一半',
    '{person} has handed out the one half of the way to vote, and hands out no other',
    '链接由会议登记人员发放，口令由另一名社监会成员发放',
    'Links are handed out by who records the meeting, PINs by a supervisor of the cooperative, another person',
  ),
  mandateExceeded: guard(
    '授权代行不包括此事（{detail}）',
    'The mandate does not cover this ({detail})',
    '请由任职者本人办理',
    'Let the holder of the office act in person',
  ),
  mandateRedelegated: guard(
    '代行人不得转授权',
    'Who acts by a mandate grants none',
    '请由任职者本人另行授权',
    'Let the holder of the office grant another mandate',
  ),
  mandateTooLong: guard(
    '授权代行不得超过{days}日',
    'A mandate runs at most {days} days',
    '请缩短期限，期满可再书面授权',
    'Shorten it; when it has ended another may be granted in writing',
  ),
  notRepresentable: guard(
    '{office}不得由他人代行',
    'Nobody may represent the office {office}',
    '请本人办理；不能履职的，由有权机构另行任命',
    'The holder acts in person; who cannot is replaced by whoever appoints',
  ),
  mandateOfVacant: guard(
    '该职务空缺，无人可代',
    'The office is vacant: there is nobody to represent',
    '请先任命任职者',
    'Have somebody appointed first',
  ),
  mandateBeyondOffice: guard(
    '{must}不是该职务办理的环节',
    'The office does not act in {must}',
    '请只授权该职务办理的环节',
    'Name only musts in which the office acts',
  ),
  deputyNotDecided: guard(
    '会议{meeting}的议题{item}没有通过与此相同的代行授权',
    'Item {item} of meeting {meeting} did not pass just this mandate',
    '请先由董事会按相同的编号、代行人、期限、环节和限额表决通过',
    'Have the board pass the same number, deputy, term, musts and limit first',
  ),
} as const satisfies Record<string, RefusalKind>

// Separation of duties (law §7).
import { guard, type RefusalKind } from './kind.ts'

export const dutiesRefusals = {
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

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
} as const satisfies Record<string, RefusalKind>

// Standing still and taking back (law 2.31–2.35).
import { guard, type RefusalKind } from './kind.ts'

export const turningRefusals = {
  underVote: guard(
    '会议{meeting}正在审议本申请，结果未出前不得退回、撤回、撤销签发或暂缓',
    'Meeting {meeting} has taken the request up: until it is over nothing is returned, withdrawn, taken back or suspended',
    '请先由会议主持人、到会成员或监督人宣布结果并闭会',
    'Have the chair, a member of the organ who is there, or who watches close the meeting first',
  ),
  actOvertaken: guard(
    '没有可以撤回的操作：已有后续操作，或该操作不能撤回',
    'There is nothing to take back: something happened since, or the act binds at once',
    '需要更正的，请有权人退回或重新办理',
    'To correct it, have it returned, or act anew',
  ),
  notYourAct: guard(
    '最后一项操作不是您本人办理的',
    'The last act was not yours',
    '由办理人本人撤回',
    'Let the person who did it take it back',
  ),
  suspensionNotProposed: guard(
    '没有纪委检查员的暂缓建议',
    'No inspector has proposed this suspension',
    '由检查员写明理由和依据后提出',
    'An inspector proposes it with reason and basis',
  ),
  suspensionSpent: guard(
    '暂缓支付只能延长一次，前后合计不超过{days}个工作日',
    'A suspension is renewed once, and all of them together last {days} working days',
    '请作出决定：继续办理，或由当前环节有权人退回、提出异议或不同意；检查员可对本申请提出问题',
    'Decide: let it go on, or whoever it waits for returns it, objects or refuses; an inspector may raise a finding on it',
  ),
  suspensionNotNew: guard(
    '已按同一理由暂缓过',
    'It was suspended for this very reason before',
    '请写明新发现的情况及其依据',
    'Say what has come to light since, and on what basis',
  ),
  suspensionOver: guard(
    '暂缓期限{until}已满，不能延长',
    'The suspension ended on {until}; it is not renewed any more',
    '请登记暂缓期满，再作出决定',
    'Record that it lapsed, then decide',
  ),
  renewalNeedsReasons: guard(
    '延长暂缓须另行说明理由',
    'A renewal needs reasons of its own',
    '请写明为什么原期限不够',
    'Say why the first limit was not enough',
  ),
  suspensionRuns: guard(
    '暂缓期限到{until}为止，尚未届满',
    'The suspension runs until {until}',
    '请等待期满，或由镇三资中心主任或检查员解除',
    'Wait until then, or have it lifted by the three-assets head or an inspector',
  ),
} as const satisfies Record<string, RefusalKind>

// Standing still and taking back (law 2.31–2.35).
import { guard, type RefusalKind } from './kind.ts'

export const turningRefusals = {
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
    '已经暂缓过；暂缓支付只能在期内延长一次',
    'It was suspended before; a suspension is renewed once, before it ends',
    '请作出同意或退回的决定',
    'Decide: let it go on, or return it',
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
    '请等待期满，或由决定暂缓的一方解除',
    'Wait until then, or have it lifted by the side that ordered it',
  ),
} as const satisfies Record<string, RefusalKind>

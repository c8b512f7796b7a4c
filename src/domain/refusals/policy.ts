// Policy (law §8).
import { guard, plain, type RefusalKind } from './kind.ts'

export const policyRefusals = {
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
} as const satisfies Record<string, RefusalKind>

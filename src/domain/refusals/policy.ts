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
  policyNotCleared: guard(
    '改变{key}的政策尚未经县级备案',
    'The county has not cleared the policy that changes {key}',
    '请登记县级备案的文号和日期后再公布',
    "Record number and date of the county's clearance, then enact",
  ),
  nothingToClear: plain(
    '本次政策没有改变由镇确定的金额，无需县级备案',
    'The policy changes no amount that the county would clear',
    '可直接会签、公布',
    'Endorse and enact it as it is',
  ),
  notForVillages: guard(
    '{key}由镇确定，村规不得规定',
    '{key} is for the township; a village rule cannot set it',
    '请从议题中去掉该项',
    'Leave it out of the item',
  ),
  looserThanTownship: guard(
    '村规的{key}不得宽于镇政策（{detail}）',
    'A village rule may not set {key} looser than the township ({detail})',
    '村规只能从严规定',
    'It may only be made stricter',
  ),
  ruleNotDecided: guard(
    '会议{meeting}的议题{item}没有通过，或不能决定村规',
    'Item {item} of meeting {meeting} was not passed, or could not decide a village rule',
    '请先由社员大会或社员代表大会表决通过',
    'Have the members or their delegates pass it first',
  ),
  ruleTermsDiffer: guard(
    '登记的村规与议题{item}表决的不一致：{detail}',
    'The village rule differs from what item {item} put to the vote: {detail}',
    '请按表决的内容登记',
    'Enter just what was voted on',
  ),
  policyMissing: plain(
    '镇尚未公布政策',
    'The township has not enacted a policy yet',
    '请由镇三资中心公布政策',
    'Have the three-assets centre enact one',
  ),
} as const satisfies Record<string, RefusalKind>

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
    '请填写今天或以后的日期',
    'Give today or a later day',
  ),
  policyTooFarAhead: guard(
    '政策施行日（{from}）过远，最迟{until}',
    'The day of force ({from}) is too far ahead; {until} at the latest',
    '请填写一年以内的日期',
    'Give a day within a year',
  ),
  supersedingNeedsReason: guard(
    '本次政策将取代已公布、{from}起施行的政策{policy}，须说明理由',
    'This takes the place of policy {policy}, enacted and to be in force from {from}: that needs a reason',
    '请填写理由，或把施行日定在其后',
    'Give the reason, or a day of force after it',
  ),
  policyOvertaken: guard(
    '提出以后政策{policy}已施行，本次变更所依据的不是现行政策',
    'Policy {policy} has come into force since this was proposed: it changes another',
    '请撤回，按现行政策重新提出',
    'Withdraw it and propose it anew on the policy in force',
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
  villageRuleStale: guard(
    '此后表决的村规已登记（会议{meeting}的议题{item}），较早的表决不得再登记',
    'A rule voted on later is entered (item {item} of meeting {meeting}); an earlier vote is not entered any more',
    '如需恢复，请再次提交社员大会或社员代表大会表决',
    'To have it back, put it to the members or their delegates again',
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

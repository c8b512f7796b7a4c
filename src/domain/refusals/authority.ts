// Authorities (law §4).
import { guard, type RefusalKind } from './kind.ts'

export const authorityRefusals = {
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
  authorityTermsWrong: guard(
    '{kind}的额度不合规定：{detail}',
    'Such an authority ({kind}) is not lawful: {detail}',
    '请按该类额度的规定重新提交表决',
    'Put it to the vote again, within what such an authority may be',
  ),
  authorityUnfiled: guard(
    '授权额度{authority}达到大额起点，镇三资尚未同意报备',
    'The authority {authority} reaches the large line and is not filed with the township',
    '请等待镇三资同意；不同意的须重新表决',
    'Wait for the consent; once refused, put another to the vote',
  ),
  authorityClosed: guard(
    '授权额度{authority}已终止',
    'The authority {authority} has ended',
    '请改用现行额度，或由会议另行批准',
    'Name the one that replaced it, or have another approved',
  ),
  paperAfterFounding: guard(
    '建账完成后不得凭书面文件登记授权额度',
    'No authority is taken over from a paper once the village is founded',
    '请提交有权机构表决后登记',
    'Put it to the organ that may decide it',
  ),
} as const satisfies Record<string, RefusalKind>

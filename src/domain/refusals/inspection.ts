// Inspections and findings (law §6).
import { guard, plain, type RefusalKind } from './kind.ts'

export const inspectionRefusals = {
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
} as const satisfies Record<string, RefusalKind>

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
  drawAfterStart: guard(
    '抽签须在检查开始（{from}）之前',
    'The lot is drawn before the round starts ({from})',
    '请填写更早的抽签时点，或推迟开始日期',
    'Draw earlier, or start later',
  ),
  roundNotConcluded: guard(
    '检查{round}尚未结束，不能回头看',
    'Round {round} is not concluded: it cannot be followed up yet',
    '请待该轮检查结束',
    'Wait until it is concluded',
  ),
  notFollowUp: guard(
    '本次检查不是对{round}的回头看',
    'This round does not follow up {round}',
    '请在回头看的检查中办理',
    'Act in a round that follows it up',
  ),
  findingsNotReviewed: guard(
    '上一轮已销号的问题尚有{left}个未回头看',
    '{left} findings closed out in the followed round have not been looked at again',
    '请逐个复核：保持整改的予以确认，反弹的再次提出',
    'Look at each: confirm what has lasted, raise again what has not',
  ),
  alreadyReviewed: plain(
    '问题{finding}已回头看',
    'Finding {finding} has been looked at again already',
    '无需重复',
    'Nothing to do',
  ),
  followUpMissing: guard(
    '该问题要求的“{followUp}”尚未登记',
    'The finding asks for this, and it is not recorded: {followUp}',
    '请一并登记',
    'Record it with this act',
  ),
  recoveryOpen: guard(
    '应追回{wanted}元，已追回{recovered}元',
    '{wanted} yuan are to be brought back, {recovered} have been',
    '请先登记追回的款项；确难追回的，书面说明理由',
    'Record what came back; where the rest cannot, give the reason in writing',
  ),
  nothingToRecover: plain(
    '该问题没有要求追回资金',
    'The finding asks for no money back',
    '请核对问题编号',
    'Check the finding',
  ),
} as const satisfies Record<string, RefusalKind>

// A vote that has begun is counted, closed and written down by the right people (law 5.1, 5.5, 5.7).
import { guard, type RefusalKind } from './kind.ts'

export const meetingVoteRefusals = {
  votingBegun: guard(
    '议题{item}的表决已有结果，不得休会',
    'Item {item} has been voted or counted: the meeting is not adjourned',
    '请签署会议记录并闭会；结果以已投的票为准',
    'Sign the minutes and close it: what was voted counts',
  ),
  powerMissing: guard(
    '议题{item}没有写明行使第26条第几项职权',
    'Item {item} does not say which power of Art 26 it uses',
    '请写明第1至13项中的一项（农村集体经济组织法第26条）',
    'Name one of (1) to (13) (Rural Collective Economic Organisations Law Art 26)',
  ),
  powerWrong: guard(
    '议题{item}是年度计划，应按第26条第{power}项提出',
    'Item {item} is a plan: it uses Art 26 ({power})',
    '请改写所行使的职权（农村集体经济组织法第26条）',
    'Name that power (Rural Collective Economic Organisations Law Art 26)',
  ),
  closerConcerned: guard(
    '议题{item}与您有关或由您签发，不得由您宣布结果',
    'Item {item} concerns you or was issued by you: you do not declare its result',
    '请由到会的其他成员闭会；社员大会可由监督的社监会成员闭会',
    'Let another member of the organ who is there close it; at a meeting of members, who watches',
  ),
  recorderPartial: guard(
    '{person}是议题的提出人、候选人或申请的签发人，不得登记出席、计票，也不得发放投票链接和口令',
    '{person} moved an item, stands in it or issued its request, records neither attendance nor counts, and hands out neither links nor PINs',
    '请由另一名召集人员或计票人登记',
    'Let another who arranges the meeting, or a teller, record it',
  ),
  notOnSheet: guard(
    '{person}不在已登记的签到册上',
    '{person} is not recorded on the sheet',
    '只能更正签到册上的人；线上参加的不能更正',
    'Only who stands on the sheet is taken off; who takes part online is not',
  ),
  recountReason: guard(
    '议题{item}已计票，再次计票须写明理由',
    'Item {item} is counted already: counting again takes a reason',
    '请写明重新计票的理由；前后两次结果均保留',
    'Give the reason; both counts are kept',
  ),
  recountOnline: guard(
    '议题{item}的线上选票为{online}张，重新计票不得改变',
    'There are {online} online ballots on item {item}; a recount does not change them',
    '请只重新清点纸质选票',
    'Count the paper ballots again, and those alone',
  ),
  countTooSmall: guard(
    '议题{item}的纸质选票不足{least}张，合计会泄露线上投票人的选择',
    'With fewer than {least} paper ballots counted on item {item} the total tells how those online have voted',
    '请将全部纸质选票一并计入',
    'Count all the paper ballots with them',
  ),
  tallyNotYours: guard(
    '议题{item}不是由您计票',
    'You are not a teller of the count of item {item}',
    '请由计票单上的两名计票人各自签字',
    'Let each of the two tellers of the count sign',
  ),
  tallyUnsigned: guard(
    '议题{item}的计票尚未由两名计票人签字',
    'The two tellers have not signed the count of item {item}',
    '请两名计票人分别签字',
    'Have each of them sign it',
  ),
  ballotHalfAgain: guard(
    '{person}已领取，再次发放须写明理由',
    '{person} was handed one already: another takes a reason',
    '请写明补发的理由；原来的一份即时作废，补发记入账本',
    'Give the reason; the one before is void at once, and the ledger says that there is another',
  ),
  ballotHalfMissing: guard(
    '{person}没有同时领到链接和口令，不能凭链接投票',
    '{person} was not handed both a link and a PIN: nothing is voted by link',
    '请向会议登记人员领链接，向社监会成员领口令，或到现场投票',
    'Get the link from who records the meeting and the PIN from a supervisor, or vote on paper',
  ),
  requestOnAgenda: guard(
    '申请{request}正由会议{meeting}审议',
    'Meeting {meeting} has taken request {request} up',
    '请先闭会，宣布该会议的结果',
    'Close that meeting first; what it decides stands',
  ),
} as const satisfies Record<string, RefusalKind>

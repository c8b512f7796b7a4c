// What states and outcomes are called, for lists, pages and drawings alike.
import type { Sentence } from '../domain/language.ts'

const sentence = (zh: string, en: string): Sentence => ({ zh, en })

/** Places of the request's chain, as `placeOf` names them. */
export const requestPlaces: Readonly<Record<string, Sentence>> = {
  'issuing.drawnUp': sentence('待经办人签字', 'to be signed by the handler'),
  'issuing.handled': sentence('待证明人签字', 'to be signed by the witness'),
  'issuing.witnessed': sentence('待负责人签发', 'to be issued by the company head'),
  'memberVote.open': sentence('待社员表决', 'awaiting the member vote'),
  'memberVote.carried': sentence('待股东决定', 'awaiting the shareholder decision'),
  'boardReview.open': sentence('待董事会研究', 'awaiting board review'),
  'boardReview.referred': sentence('董事会转交', 'referred by the board'),
  papers: sentence('补齐资料', 'papers being completed'),
  'supervisorySignOff.open': sentence('待监事会签字', 'awaiting supervisory sign-off'),
  'townshipFiling.open': sentence('待镇三资受理', 'awaiting township filing'),
  'townshipFiling.accepted': sentence('待镇三资同意', "awaiting the township's consent"),
  'payment.payable': sentence('可支付', 'payable'),
  'payment.ordered': sentence('支付中', 'payment ordered'),
  booking: sentence('待记账', 'to be booked'),
  'disciplineAudit.open': sentence('待镇纪委检查', 'awaiting discipline audit'),
  'disciplineAudit.covered': sentence('检查问题整改中', 'findings being rectified'),
  closed: sentence('已办结', 'closed'),
  returned: sentence('已退回', 'returned'),
  rejected: sentence('未通过', 'rejected'),
  withdrawn: sentence('已撤回', 'withdrawn'),
}

export const meetingStates: Readonly<Record<string, Sentence>> = {
  planned: sentence('已安排', 'planned'),
  studied: sentence('已前置研究', 'studied beforehand'),
  noticed: sentence('已通知', 'noticed'),
  open: sentence('进行中', 'open'),
  countersigned: sentence('计票已会签', 'count countersigned'),
  closed: sentence('已结束', 'closed'),
  posted: sentence('结果已公布', 'result posted'),
  adjourned: sentence('流会', 'adjourned'),
  cancelled: sentence('已取消', 'cancelled'),
}

// What the states of flows are called: lists, pages and drawings show these names, and a refusal says them.
import type { Sentence } from './language.ts'

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
  settlement: sentence('待核销借支', 'advance to be settled'),
  booking: sentence('待记账', 'to be booked'),
  ratification: sentence('待追认', 'to be ratified'),
  'disciplineAudit.open': sentence('待镇纪委检查', 'awaiting discipline audit'),
  'disciplineAudit.covered': sentence('检查问题整改中', 'findings being rectified'),
  closed: sentence('已办结', 'closed'),
  returned: sentence('已退回', 'returned'),
  rejected: sentence('未通过', 'rejected'),
  withdrawn: sentence('已撤回', 'withdrawn'),
}

export const meetingKindNames: Readonly<Record<string, Sentence>> = {
  member: sentence('社员大会', 'member meeting'),
  delegate: sentence('社员代表大会', 'delegate meeting'),
  board: sentence('董事会', 'board'),
  council: sentence('理事会', 'council'),
  supervisors: sentence('监事会', 'supervisors'),
}

export const organisationNames: Readonly<Record<string, Sentence>> = {
  township: sentence('镇', 'township'),
  cooperative: sentence('合作社', 'cooperative'),
  company: sentence('公司', 'company'),
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

export const inspectionStates: Readonly<Record<string, Sentence>> = {
  unplanned: sentence('未计划', 'unplanned'),
  planned: sentence('已计划', 'planned'),
  noticed: sentence('已通知', 'noticed'),
  drawn: sentence('已抽签', 'lot drawn'),
  underway: sentence('检查中', 'under way'),
  concluded: sentence('已结束', 'concluded'),
  cancelled: sentence('已取消', 'cancelled'),
}

export const findingStates: Readonly<Record<string, Sentence>> = {
  unraised: sentence('未提出', 'not raised'),
  raised: sentence('待整改', 'to be rectified'),
  answered: sentence('待核实', 'to be verified'),
  reopened: sentence('退回整改', 'reopened'),
  verified: sentence('已销号', 'closed out'),
}

export const authorityKindNames = {
  plan: sentence('年度计划', 'annual plan'),
  contract: sentence('合同', 'contract'),
  project: sentence('项目', 'project'),
  purchase: sentence('采购', 'purchase'),
  recurring: sentence('定期支出（按月）', 'recurring (monthly)'),
} as const satisfies Record<string, Sentence>

/** Where an authority stands; `ended`: open, but its last day is past. */
export const authorityPlaces = {
  filing: sentence('待镇三资受理', 'waits for the officer'),
  accepted: sentence('待镇三资同意', 'waits for the head'),
  open: sentence('有效', 'open'),
  ended: sentence('已到期', 'expired'),
  refused: sentence('镇三资不同意', 'refused by the township'),
  closed: sentence('已终止', 'closed'),
} as const satisfies Record<string, Sentence>

export const policyStates: Readonly<Record<string, Sentence>> = {
  settled: sentence('无待办变更', 'settled'),
  proposed: sentence('已提出', 'proposed'),
  endorsed: sentence('会签完成', 'endorsed'),
  'proposed.centreHead': sentence('镇三资中心主任', 'three-assets head'),
  'proposed.townshipLeader': sentence('镇领导', 'township leader'),
  'proposed.discipline': sentence('镇纪委意见', "the discipline committee's opinion"),
  'proposed.county': sentence('县级备案', "the county's clearance"),
  notNeeded: sentence('无需备案', 'not needed'),
  awaited: sentence('待办', 'awaited'),
  given: sentence('已办', 'given'),
}

/** Both languages of one name, for a place in a sentence of either; what has none stands as it is. */
export function bothOf(names: Readonly<Record<string, Sentence>>, name: string): string {
  const found = names[name]
  return found === undefined ? name : `${found.zh} ${found.en}`
}

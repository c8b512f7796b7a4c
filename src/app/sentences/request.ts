// What happens to a request, told.
import type { RequestEvent, UndecidedBy } from '../../../workflows/request/v1/events.ts'
import { papers } from '../../domain/expense.ts'
import type { Sentence } from '../../domain/language.ts'
import { grouped } from '../../domain/money.ts'
import { alertTellings } from './request-alert.ts'
import { besideTellings } from './request-beside.ts'
import { emergencyTellings } from './request-emergency.ts'
import { paymentTellings } from './request-payment.ts'
import { plain, type Tellings, told } from './telling.ts'

type Count = { readonly for: number; readonly against: number; readonly abstain: number }
const votes = (meeting: string, count: Count): Sentence => ({
  zh: `${meeting}，赞成${count.for}、反对${count.against}、弃权${count.abstain}`,
  en: `${meeting}, ${count.for} for, ${count.against} against, ${count.abstain} abstaining`,
})

const reason = ({ given }: { readonly given: { readonly reason: string } }): Sentence =>
  plain(given.reason)

const opinion = ({ given }: { readonly given: { readonly opinion?: string } }): Sentence =>
  plain(given.opinion ?? '')

const until = ({ dueOn }: { readonly dueOn: string }): Sentence => ({
  zh: `期限${dueOn}`,
  en: `due ${dueOn}`,
})

const undecidedBy: Readonly<Record<UndecidedBy, Sentence>> = {
  noQuorum: { zh: '出席未达法定人数', en: 'no quorum' },
  notPut: { zh: '未经全体到会人员表决', en: 'not put to all who came' },
  requestMoved: { zh: '申请已离开该环节', en: 'it had moved on' },
  suspended: { zh: '暂缓支付期间', en: 'suspended' },
  adjourned: { zh: '休会', en: 'adjourned' },
}
const undecided = (body: { readonly meeting: string; readonly reason: UndecidedBy }): Sentence => ({
  zh: `${body.meeting}，${undecidedBy[body.reason].zh}`,
  en: `${body.meeting}, ${undecidedBy[body.reason].en}`,
})

export const requestTellings: Tellings<RequestEvent> = {
  ...besideTellings,
  ...alertTellings,
  ...emergencyTellings,
  ...paymentTellings,
  'request.submitted': told('提交申请', 'submitted the request', ({ given }) => ({
    zh: `${given.purpose}，${grouped(given.amount)}元`,
    en: `${given.purpose}, ${grouped(given.amount)} yuan`,
  })),
  'request.handled': told('作为经办人签字', 'signed as handler'),
  'request.witnessed': told('作为证明人签字', 'signed as witness'),
  'request.issued': told('签发', 'issued it'),
  'request.returned': told('退回', 'returned it', reason),
  'request.resubmitted': told('补正后再次提交', 'resubmitted it', ({ given, material }) => ({
    zh: `${grouped(given.amount)}元${material.length > 0 ? '，内容有实质变化' : ''}`,
    en: `${grouped(given.amount)} yuan${material.length > 0 ? ', changed in substance' : ''}`,
  })),
  'request.withdrawn': told('撤回申请', 'withdrew it', reason),
  'evidence.added': told('补充资料', 'added papers', ({ given: { evidence, invoices = [] } }) => ({
    zh: [
      ...evidence.map(({ paper }) => papers[paper].zh),
      ...invoices.map(({ number }) => `发票${number}`),
    ].join('、'),
    en: [
      ...evidence.map(({ paper }) => papers[paper].en),
      ...invoices.map(({ number }) => `invoice ${number}`),
    ].join(', '),
  })),
  'papers.completed': told('确认资料齐全', 'confirmed that the papers are complete'),
  'memberVote.opened': told('须经社员表决', 'The member vote is due'),
  'memberVote.carried': told('社员表决通过', 'The members carried it', ({ resolution }) =>
    votes(resolution.meeting, resolution),
  ),
  'memberVote.passed': told('社员表决完成', 'The member vote is discharged', ({ meeting }) =>
    plain(meeting),
  ),
  'memberVote.notDecided': told('社员表决流会', 'The members came to nothing', undecided),
  'boardReview.notDecided': told('研究流会', 'The meeting came to nothing', undecided),
  'memberVote.failed': told('社员表决未通过', 'The members did not carry it', ({ resolution }) =>
    votes(resolution.meeting, resolution),
  ),
  'memberVote.notRequired': told('不需要社员表决', 'No member vote is needed'),
  'memberVote.covered': told(
    '社员表决已由授权覆盖',
    'An authority covers the member vote',
    (body) => plain(body.authority),
  ),
  'boardReview.opened': told('须经董事会研究', 'The board review is due', until),
  'boardReview.passed': told('董事会同意', 'The board agreed', ({ resolution }) =>
    votes(resolution.meeting, resolution),
  ),
  'boardReview.failed': told('董事会未同意', 'The board did not agree', ({ resolution }) =>
    votes(resolution.meeting, resolution),
  ),
  'boardReview.referred': told('董事会转交', 'The board referred it', ({ to }) =>
    to === 'council'
      ? { zh: '由合作社理事会代行', en: 'to the council' }
      : { zh: '由社员大会代行', en: 'to the members' },
  ),
  'boardReview.notRequired': told('不需要董事会研究', 'No board review is needed'),
  'boardReview.covered': told('董事会研究已由授权覆盖', 'An authority covers the board', (body) =>
    plain(body.authority),
  ),
  'supervisorySignOff.opened': told('待监事会签字', 'The supervisory sign-off is due', until),
  'supervisorySignOff.signed': told('监事签字', 'signed as supervisor', opinion),
  'supervisorySignOff.objected': told('监事提出异议', 'objected as supervisor', reason),
  'supervisorySignOff.passed': told('监事会签字完成', 'The supervisors have signed'),
  'supervisorySignOff.failed': told('监事会未签字通过', 'The supervisors did not sign'),
  'townshipFiling.opened': told('须报镇三资中心', 'The township filing is due', until),
  'townshipFiling.accepted': told('镇三资受理', 'accepted the filing', opinion),
  'townshipFiling.consented': told('镇三资同意', 'consented', reason),
  'townshipFiling.refused': told('镇三资不同意', 'refused', reason),
  'townshipFiling.notRequired': told('不需要报备', 'No township filing is needed'),
  'disciplineAudit.opened': told('待镇纪委检查', 'The discipline audit is due'),
  'disciplineAudit.covered': told('列入检查', 'An inspection covered it', (body) => ({
    zh: `${body.inspection}，${body.examined ? '抽中核查' : '未抽中'}`,
    en: `${body.inspection}, ${body.examined ? 'examined' : 'not drawn'}`,
  })),
  'disciplineAudit.findingRaised': told('检查发现问题', 'A finding was raised', (body) =>
    plain(`${body.inspection} ${body.finding}`),
  ),
  'disciplineAudit.findingSettled': told('问题已销号', 'A finding was closed out', (body) =>
    plain(`${body.inspection} ${body.finding}`),
  ),
  'disciplineAudit.passed': told('检查完成，办结', 'The audit is done and the flow closed'),
  'suspension.proposed': told('建议暂缓支付', 'proposed to suspend it', ({ given }) =>
    plain(`${given.reason}（${given.basis}）`),
  ),
  'suspension.ordered': told('决定暂缓支付', 'ordered its suspension', ({ given, until: to }) => ({
    zh: `${given.reason}，至${to}`,
    en: `${given.reason}, until ${to}`,
  })),
  'suspension.renewed': told('延长暂缓支付', 'renewed its suspension', ({ given, until: to }) => ({
    zh: `${given.reason}，至${to}`,
    en: `${given.reason}, until ${to}`,
  })),
  'suspension.lifted': told('解除暂缓', 'lifted the suspension', reason),
  'suspension.lapsed': told('确认暂缓期满', 'recorded that the suspension lapsed'),
  'act.takenBack': told('撤回本人刚才的操作', 'took back their last act', ({ given }) =>
    plain(given.reason),
  ),
}

// What the reference of the law says in words of its own: what each workflow is, and who may act beside who holds an office.
import type { Sentence } from '../src/domain/language.ts'

const said = (zh: string, en: string): Sentence => ({ zh, en })

/** Each workflow in the order people meet it: its name, and what one of them is. */
export const workflowWords = {
  request: {
    title: said('支出申请', 'A request'),
    about: said(
      '一份支出申请对应一张凭证、一次付款。它依次经过五个必经环节，每一环节都有记录；任何一步都不能跳过，也没有人能因为别人不在而通过。',
      'One request is one voucher and one payment. It passes the five musts in their order, each of them recorded; no step can be jumped, and nothing passes because somebody is not there.',
    ),
  },
  meeting: {
    title: said('会议', 'A meeting'),
    about: said(
      '社员（代表）大会、董事会、理事会或监事会的一次会议。议题若是支出申请，会议结束时该申请随之前进、退出或转交。',
      'One meeting of members or delegates, of a board, a council or supervisors. When it closes, the requests on its agenda move on, end or are referred, in the same step.',
    ),
  },
  authority: {
    title: said('授权额度', 'An authority'),
    about: said(
      '会议批准的额度：年度计划、合同、项目、采购或按月支出。在额度内的申请不必再经社员表决和董事会研究；额度不会被超支。',
      'A ceiling that a meeting approved: a plan, contract, project, purchase or monthly bill. Requests under it need no second vote, and it can never be overdrawn.',
    ),
  },
  inspection: {
    title: said('镇纪委检查', 'An inspection'),
    about: said(
      '镇纪委对一个村的一轮检查：范围内每一份申请都要写明是否检查过；抽签可由任何人重抽；问题由另一名检查员销号。',
      'One round of the discipline committee in one village: every request in its population is said to be examined or not, anyone can draw the lot again, and another inspector closes a finding out.',
    ),
  },
  policy: {
    title: said('政策', 'The policy'),
    about: said(
      '镇政策及各村更严的规定。每一项都有法定底线或本地依据，只能更严，不能放宽；自公布的日期起生效。',
      'The township’s policy, and what a village sets more strictly. Each key has a floor in law or a named basis, is only ever tightened, and is in force from a date.',
    ),
  },
  roster: {
    title: said('花名册', 'The roster'),
    about: said(
      '谁任何职、谁是社员、谁与谁是近亲属、谁受委托代行。所有“谁可以做”都以当日花名册为准。',
      'Who holds which office, who is a member, who is near to whom, who deputises for whom. Every “who may” is asked of the roster of the day.',
    ),
  },
  ledger: {
    title: said('账本', 'The ledger'),
    about: said(
      '一个村或一个镇的账本：只追加、不修改。封存后由继任账本接续。',
      'The ledger of one village or township: appended to, never changed. Once sealed, a successor carries on.',
    ),
  },
} as const

/** Who may act where no office is asked for, or beside the office. */
export const whoElse: Readonly<Record<string, Sentence>> = {
  'request.handle': said('申请中写明的经办人', 'the handler the form names'),
  'request.witness': said('申请中写明的证明人', 'the witness the form names'),
  'request.return': said(
    '当前环节所等待的人：证明人、负责人、该环节的董事（理事）或监事、镇三资中心、出纳',
    'whom the present step waits for: witness, head, the seats of the must, the three-assets centre, the cashier',
  ),
  'supervisorySignOff.sign': said(
    '本环节开启时确定的监事席位',
    'the supervisors’ seats fixed when the must opened',
  ),
  'supervisorySignOff.object': said(
    '本环节开启时确定的监事席位',
    'the supervisors’ seats fixed when the must opened',
  ),
  'suspension.lapse': said(
    '本公司、本社任职人员',
    'any office of the company or of the cooperative that owns it',
  ),
  'act.takeBack': said('作出上一步的本人', 'whoever did the last act, nobody else'),
  'request.urge': said('申请中写明的经办人', 'the handler the form names'),
  'request.copyIn': said(
    '能看到该申请的任职人员，以及被抄送、被提问的人',
    'every office that may see the request, and whom it was copied to or asked of',
  ),
  'request.comment': said(
    '能看到该申请的任职人员，以及被抄送、被提问的人',
    'every office that may see the request, and whom it was copied to or asked of',
  ),
  'question.ask': said(
    '能看到该申请的任职人员，以及被抄送、被提问的人',
    'every office that may see the request, and whom it was copied to or asked of',
  ),
  'question.answer': said('被提问的职务', 'the office the question was put to'),
  'meeting.plan': said('该会议的主持人', 'who presides over such a meeting'),
  'meeting.notice': said('该会议的主持人', 'who presides over such a meeting'),
  'meeting.open': said('该会议的主持人', 'who presides over such a meeting'),
  'meeting.adjourn': said('该会议的主持人', 'who presides over such a meeting'),
  'meeting.cancel': said('该会议的主持人', 'who presides over such a meeting'),
  'meeting.close': said('会议主持人', 'who presides over the meeting'),
  'consultation.post': said('该会议的主持人', 'who presides over such a meeting'),
  'result.post': said('该会议的主持人', 'who presides over such a meeting'),
  'attendance.record': said(
    '社员大会：召集人按签到表；董事会等：席位上的本人',
    'of members: who convenes, by the sheet; of an organ: who sits there, in person',
  ),
  'ballot.take': said('名册上的社员本人', 'a member on the roll, in person'),
  'ballot.cast': said('到会席位上的本人', 'who sits in a seat that is present'),
  'minutes.sign': said('到会席位上的本人', 'who sits in a seat that is present'),
  'representation.record': said(
    '到会的同一董事会董事',
    'a director of the same board who has come',
  ),
  'recusal.declare': said('席位上的本人', 'who sits in the seat'),
  'tally.countersign': said('现场监督的监事', 'the supervisor who watched'),
  'mandate.grant': said(
    '被代行的镇级职务本人',
    'who holds the township office that is represented',
  ),
  'mandate.revoke': said('被代行的本人', 'who is represented'),
  'ledger.open': said('建账人', 'the founder'),
  'authority.approve': said(
    '建账人（花名册确认前，凭旧文件）',
    'the founder, from papers older than the ledger, until the roster is confirmed',
  ),
  'organisation.register': said(
    '建账人（花名册确认前）',
    'the founder, until the roster is confirmed',
  ),
  'office.open': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'office.appoint': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'office.vacate': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'household.record': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'relatives.declare': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'control.declare': said('建账人（花名册确认前）', 'the founder, until the roster is confirmed'),
  'roster.confirm': said('建账人', 'the founder'),
}

// The cases of the money: kinds of request, emergencies, turns, authorities, alerts, and what stands beside the decisions.
import { type AlertRule, alertRules } from '../../domain/alert.ts'
import type { Entry } from '../../domain/entry.ts'
import { above, moneySchema } from '../../domain/money.ts'
import type { Before, DemoCase, Sees } from './cases.ts'
import { givenOf } from './given.ts'

const on =
  (...types: readonly string[]): Sees =>
  ({ type }) =>
    types.includes(type)
const form =
  (fits: (given: Readonly<Record<string, unknown>>, entry: Entry) => boolean): Sees =>
  (entry) =>
    entry.type === 'request.submitted' && fits(givenOf(entry), entry)
const kind = (name: string): Sees => form((given) => given['kind'] === name)
const returnedFrom =
  (must: string): Sees =>
  ({ type, body }) =>
    type === 'request.returned' && body['from'] === must
const after =
  (earlier: string, ...types: readonly string[]): Sees =>
  ({ type }, { types: before }) =>
    types.includes(type) && before.has(earlier)
const approved =
  (name: string): Sees =>
  (entry) =>
    entry.type === 'authority.approved' && givenOf(entry)['kind'] === name
const alert =
  (rule: AlertRule): Sees =>
  ({ type, body }) =>
    type === 'alert.raised' && body['rule'] === rule
const isMaterial = ({ body }: Entry): boolean => {
  const { material } = body
  return Array.isArray(material) && material.length > 0
}

function reduced(entry: Entry, { form: former }: Before): boolean {
  if (entry.type !== 'request.resubmitted' || isMaterial(entry)) return false
  const [was, is] = [former?.['amount'], givenOf(entry)['amount']].map((amount) =>
    moneySchema.safeParse(amount),
  )
  return was?.success === true && is?.success === true && above(was.data, is.data)
}

/** Each rule that the data of the year allows: hospitality is prohibited in this township, so that nothing is left to see. */
const alertCases = (Object.keys(alertRules) as AlertRule[])
  .filter((rule) => rule !== 'hospitality')
  .map((rule): readonly [`alert.${AlertRule}`, DemoCase] => {
    const { zh, en } = alertRules[rule].title
    return [
      `alert.${rule}`,
      { zh: `预警：${zh}`, en: `alert: ${en.toLowerCase()}`, entry: alert(rule) },
    ]
  })

export const moneyCases = {
  'kind.single': { zh: '单笔支付', en: 'single payment', entry: kind('single') },
  'kind.list': { zh: '发放表', en: 'payee list', entry: kind('list') },
  'kind.reimbursement': { zh: '垫付报销', en: 'reimbursement', entry: kind('reimbursement') },
  'kind.card': { zh: '村务卡，先报后刷', en: 'village card, reported first', entry: kind('card') },
  'kind.directDebit': { zh: '代扣', en: 'direct debit', entry: kind('directDebit') },
  'kind.advance': { zh: '借支', en: 'advance', entry: kind('advance') },
  invoicesToCome: {
    zh: '发票后补',
    en: 'invoices to come',
    entry: form((given) => given['invoicesToCome'] === true && given['kind'] === 'single'),
  },
  supplementary: {
    zh: '补充申请',
    en: 'supplementary request',
    entry: form((given) => given['supplements'] !== undefined),
  },
  'advance.inTime': {
    zh: '借支按期核销',
    en: 'advance settled in time',
    entry: ({ type, body }) => type === 'advance.settled' && body['lateDays'] === 0,
  },
  'advance.late': {
    zh: '借支逾期核销',
    en: 'advance settled late',
    entry: ({ type, body }) => type === 'advance.settled' && body['lateDays'] !== 0,
  },
  'advance.refused': {
    zh: '前款未清，不得再借',
    en: 'second advance refused',
    refused: 'advanceOpen',
  },
  'emergency.paidFirst': {
    zh: '抢险应急，先办后补',
    en: 'emergency, decided after the payment',
    entry: on('memberVote.deferred', 'boardReview.deferred'),
  },
  'emergency.notified': {
    zh: '应急支出告知',
    en: 'members and board told of an emergency',
    entry: on('emergency.notified'),
  },
  'emergency.consented': {
    zh: '一人应急同意',
    en: 'emergency consent by one officer',
    entry: on('townshipFiling.emergencyConsented'),
  },
  'emergency.confirmed': {
    zh: '应急同意经主任确认',
    en: 'emergency consent confirmed',
    entry: on('townshipFiling.confirmed'),
  },
  'emergency.ratified': { zh: '应急追认', en: 'ratified', entry: on('ratification.passed') },
  'emergency.notRatified': {
    zh: '追认未通过',
    en: 'ratification refused',
    entry: on('ratification.failed', 'ratification.lapsed'),
  },
  'automaticFinding.raised': {
    zh: '自动列入问题',
    en: 'finding raised by itself',
    entry: on('automaticFinding.raised'),
  },
  'automaticFinding.closed': {
    zh: '自动问题销号',
    en: 'such a finding closed out',
    entry: on('automaticFinding.closed'),
  },
  takenBack: { zh: '撤回本人操作', en: 'act taken back', entry: on('act.takenBack') },
  'returned.issuing': { zh: '签发退回', en: 'returned on issuing', entry: returnedFrom('issuing') },
  'returned.memberVote': {
    zh: '社员表决前退回',
    en: 'returned before the member vote',
    entry: returnedFrom('memberVote'),
  },
  'returned.boardReview': {
    zh: '董事会退回',
    en: 'returned by a director',
    entry: returnedFrom('boardReview'),
  },
  'returned.supervisorySignOff': {
    zh: '监事会退回',
    en: 'returned by a supervisor',
    entry: returnedFrom('supervisorySignOff'),
  },
  'returned.townshipFiling': {
    zh: '镇三资退回',
    en: 'returned by the township',
    entry: returnedFrom('townshipFiling'),
  },
  'returned.payment': {
    zh: '出纳退回',
    en: 'returned by the cashier',
    entry: returnedFrom('payment'),
  },
  materialChange: {
    zh: '实质变更，从头办理',
    en: 'material change, from the start',
    entry: (entry) => entry.type === 'request.resubmitted' && isMaterial(entry),
  },
  reduction: { zh: '核减金额', en: 'amount reduced', entry: reduced },
  withdrawal: { zh: '撤销申请', en: 'withdrawn', entry: on('request.withdrawn') },
  'suspension.proposed': {
    zh: '建议暂缓支付',
    en: 'suspension proposed',
    entry: on('suspension.proposed'),
  },
  'suspension.ordered': {
    zh: '决定暂缓支付',
    en: 'suspension ordered',
    entry: on('suspension.ordered'),
  },
  'suspension.renewed': {
    zh: '延长暂缓支付',
    en: 'suspension renewed',
    entry: on('suspension.renewed'),
  },
  'suspension.lapsed': {
    zh: '暂缓支付到期',
    en: 'suspension lapsed',
    entry: on('suspension.lapsed'),
  },
  'suspension.lifted': {
    zh: '解除暂缓支付',
    en: 'suspension lifted',
    entry: on('suspension.lifted'),
  },
  paymentFailed: { zh: '付款失败', en: 'payment failed', entry: on('payment.failed') },
  paidAgain: {
    zh: '失败后重付',
    en: 'paid again after it failed',
    entry: after('payment.failed', 'payment.recorded'),
  },
  'authority.plan': { zh: '年度计划额度', en: 'authority: plan', entry: approved('plan') },
  'authority.contract': { zh: '合同额度', en: 'authority: contract', entry: approved('contract') },
  'authority.project': { zh: '项目额度', en: 'authority: project', entry: approved('project') },
  'authority.purchase': { zh: '采购额度', en: 'authority: purchase', entry: approved('purchase') },
  'authority.recurring': {
    zh: '定期支出额度',
    en: 'authority: recurring',
    entry: approved('recurring'),
  },
  'authority.filed': {
    zh: '额度经镇三资报备',
    en: 'authority filed',
    entry: on('authorityFiling.consented'),
  },
  'authority.refused': {
    zh: '额度报备未同意',
    en: 'authority refused by the township',
    entry: on('authorityFiling.refused'),
  },
  'authority.replaced': {
    zh: '额度变更替代',
    en: 'authority replaced',
    entry: on('authority.replaced'),
  },
  'authority.closed': { zh: '额度提前终止', en: 'authority closed', entry: on('authority.closed') },
  'authority.released': {
    zh: '预留额度释放',
    en: 'reservation released',
    entry: on('authority.released'),
  },
  ...(Object.fromEntries(alertCases) as Record<`alert.${AlertRule}`, DemoCase>),
  alertDismissed: {
    zh: '凭证据消除预警',
    en: 'alert dismissed with proof',
    entry: (entry) => entry.type === 'alert.dismissed' && givenOf(entry)['evidence'] !== undefined,
  },
  alertUnproven: {
    zh: '红色预警无证据不得消除',
    en: 'red alert not dismissed without proof',
    refused: 'alertNeedsProof',
  },
  urged: { zh: '催办', en: 'urged', entry: on('request.urged') },
  copiedIn: { zh: '抄送', en: 'copied in', entry: on('request.copiedIn') },
  commented: { zh: '意见', en: 'comment', entry: on('request.commented') },
  asked: { zh: '询问', en: 'question', entry: on('question.asked') },
  answered: { zh: '答复', en: 'answer', entry: on('question.answered') },
} as const satisfies Readonly<Record<string, DemoCase>>

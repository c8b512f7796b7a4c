// Every list there is as a table to be taken away (导出): its columns, by the id of the route that lists it. A list that stands
// neither here nor among those that are not exported fails a test.
import { alertColours, alertRules } from '../../domain/alert.ts'
import { categories } from '../../domain/expense.ts'
import { findingKinds } from '../../domain/finding.ts'
import type { Sentence } from '../../domain/language.ts'
import {
  authorityKindNames,
  authorityPlaces,
  findingStates,
  inspectionStates,
  meetingKindNames,
  meetingStates,
  requestPlaces,
} from '../../domain/places.ts'
import { requestKinds } from '../../domain/request.ts'
import { alertStateNames, inspectionKindNames, methodNames, requestOutcomes } from '../names.ts'
import {
  amount,
  type Column,
  count,
  flag,
  named,
  organisation,
  person,
  place,
  text,
  time,
} from './exports-columns.ts'
import {
  disclosureTable,
  figuresTable,
  policyTable,
  rosterTable,
  trailTable,
} from './exports-pages.ts'

export interface ExportTable {
  readonly name: Sentence
  readonly columns: readonly Column[]
  /** What of a row is left out on purpose. */
  readonly without?: readonly string[]
  /** Where an answer holds its rows; `rows` when left out. */
  readonly rows?: (
    body: Readonly<Record<string, unknown>>,
  ) => readonly Readonly<Record<string, unknown>>[]
}

const ledger = place('ledger', ['账本', 'ledger'])
const number = text('request', ['申请编号', 'request'])
const company = organisation('company', ['公司', 'company'])
const rules: Readonly<Record<string, Sentence>> = Object.fromEntries(
  Object.entries(alertRules).map(([rule, { title }]) => [rule, title]),
)

const requestColumns = [
  ledger,
  number,
  text('submittedOn', ['申请日期', 'submitted']),
  company,
  named('kind', ['申请种类', 'kind'], requestKinds),
  named('category', ['支出类别', 'category'], categories),
  text('purpose', ['事由', 'purpose']),
  amount('amount', ['金额（元）', 'amount (yuan)']),
  text('payeeName', ['收款单位', 'payee']),
  named('method', ['支付方式', 'paid by'], methodNames),
  text('budgetLine', ['预算科目', 'budget line']),
  text('contract', ['合同编号', 'contract']),
  text('project', ['项目编号', 'project']),
  text('authority', ['授权额度', 'authority']),
  person('handler', ['经办人', 'handler']),
  named('state', ['状态', 'state'], requestPlaces),
  named('outcome', ['结果', 'outcome'], requestOutcomes),
  flag('suspended', ['暂缓', 'suspended']),
  text('endedOn', ['流程结束日期', 'ended']),
  count('round', ['轮次', 'round']),
  count('openFindings', ['未销号问题', 'open findings']),
]
// the key of an account or a person, and five letters for programs
const requests: ExportTable = {
  name: { zh: '支出申请', en: 'requests' },
  columns: requestColumns,
  without: ['payee', 'route'],
}

const accounts: ExportTable = {
  name: { zh: '账号', en: 'accounts' },
  columns: [
    text('username', ['用户名', 'username']),
    person('person', ['人员', 'person']),
    text('role', ['角色', 'role']),
    flag('suspended', ['停用', 'suspended']),
    flag('ready', ['已启用', 'ready']),
    flag('secondFactor', ['动态口令', 'one-time codes']),
    time('madeAt', ['建立时间', 'made']),
  ],
  without: ['account'],
}

const attempts: ExportTable = {
  name: { zh: '尝试记录', en: 'attempts' },
  columns: [
    text('day', ['日期', 'day']),
    time('firstAt', ['首次', 'first']),
    time('lastAt', ['末次', 'last']),
    count('count', ['次数', 'times']),
    text('who', ['何人', 'who']),
    text('officeName', ['职务', 'office']),
    text('title', ['操作', 'act']),
    text('place', ['何处', 'where']),
    text('stream', ['事项', 'thing']),
    text('code', ['代码', 'code']),
    text('reason', ['原因', 'reason']),
    text('reference', ['日志编号', 'reference']),
    text('lastReference', ['末次日志编号', 'last reference']),
  ],
  without: ['id', 'account', 'person', 'office', 'mandate', 'act', 'ledger'],
}

const accountActTable: ExportTable = {
  name: { zh: '账号操作记录', en: 'account acts' },
  columns: [
    text('day', ['日期', 'day']),
    time('at', ['时间', 'at']),
    text('title', ['操作', 'act']),
    text('whose', ['谁的账号', 'whose account']),
    text('who', ['何人', 'who']),
    text('rightName', ['凭何职务', 'by which right']),
  ],
  without: ['id', 'act', 'account', 'person', 'byAccount', 'byPerson', 'right'],
}

/** By the id of the list's route. */
export const exportTables: Readonly<Record<string, ExportTable>> = {
  listRequests: requests,
  listTownshipRequests: requests,
  listMeetings: {
    name: { zh: '会议', en: 'meetings' },
    columns: [
      ledger,
      text('meeting', ['会议编号', 'meeting']),
      named('kind', ['种类', 'kind'], meetingKindNames),
      organisation('organisation', ['单位', 'organisation']),
      text('heldOn', ['开会日期', 'held']),
      named('state', ['状态', 'state'], meetingStates),
      count('items', ['议题', 'items']),
      count('passed', ['通过', 'passed']),
      count('failed', ['未通过', 'failed']),
    ],
  },
  listAuthorities: {
    name: { zh: '授权额度', en: 'authorities' },
    columns: [
      ledger,
      text('authority', ['编号', 'authority']),
      company,
      named('kind', ['种类', 'kind'], authorityKindNames),
      named('state', ['状态', 'state'], authorityPlaces),
      text('validFrom', ['自', 'from']),
      text('validTo', ['至', 'to']),
      amount('ceiling', ['额度（元）', 'ceiling (yuan)']),
      amount('reserved', ['已预留（元）', 'reserved (yuan)']),
      amount('drawn', ['已使用（元）', 'drawn (yuan)']),
    ],
    // accounts and tax numbers of those who may be paid
    without: ['payees'],
  },
  listInspections: {
    name: { zh: '检查', en: 'inspections' },
    columns: [
      ledger,
      text('inspection', ['检查编号', 'inspection']),
      named('kind', ['种类', 'kind'], inspectionKindNames),
      text('campaign', ['批次', 'campaign']),
      organisation('companies', ['公司', 'companies']),
      named('state', ['状态', 'state'], inspectionStates),
      text('periodFrom', ['期间自', 'from']),
      text('periodTo', ['期间至', 'to']),
      count('population', ['总笔数', 'population']),
      count('covered', ['已覆盖', 'covered']),
      count('examined', ['已检查', 'examined']),
      count('openFindings', ['未销号问题', 'open findings']),
    ],
  },
  listFindings: {
    name: { zh: '问题清单', en: 'findings' },
    columns: [
      ledger,
      text('finding', ['问题', 'finding']),
      text('inspection', ['检查编号', 'inspection']),
      number,
      named('kind', ['种类', 'kind'], findingKinds),
      named('state', ['状态', 'state'], findingStates),
      text('dueOn', ['整改期限', 'due']),
    ],
  },
  listAlerts: {
    name: { zh: '预警', en: 'alerts' },
    columns: [
      ledger,
      text('alert', ['预警', 'alert']),
      number,
      company,
      named('rule', ['规则', 'rule'], rules),
      named('colour', ['颜色', 'colour'], alertColours),
      named('state', ['状态', 'state'], alertStateNames),
      text('raisedOn', ['日期', 'raised']),
    ],
  },
  inbox: {
    name: { zh: '待办', en: 'inbox' },
    columns: [
      text('village', ['村', 'village']),
      text('title', ['待办事项', 'task']),
      text('desk', ['办理岗位', 'desk']),
      text('stream', ['事项编号', 'thing']),
      time('since', ['等候自', 'since']),
      time('dueAt', ['期限', 'due']),
      text('thing.title', ['名称', 'title']),
      text('about', ['其中', 'about']),
      amount('request.amount', ['金额（元）', 'amount (yuan)']),
    ],
    without: ['ledger', 'code', 'act'],
  },
  listMembers: {
    name: { zh: '社员名册', en: 'members' },
    columns: [
      ledger,
      text('name', ['姓名', 'name']),
      text('person', ['人员编号', 'person']),
      text('household', ['户', 'household']),
      named('capacity', ['民事行为能力', 'capacity'], {
        full: { zh: '完全', en: 'full' },
        limited: { zh: '限制', en: 'limited' },
      }),
      text('fullFrom', ['完全自', 'full from']),
      flag('delegate', ['社员代表', 'delegate']),
    ],
  },
  listAccounts: accounts,
  listAttempts: attempts,
  listOwnAttempts: attempts,
  listAccountActs: accountActTable,
  listOwnAccountActs: accountActTable,
  showVillageRoster: rosterTable,
  showTownshipRoster: rosterTable,
  showVillagePolicy: policyTable,
  showTownshipPolicy: policyTable,
  showRequest: trailTable({ zh: '申请轨迹', en: 'request trail' }),
  showMeeting: trailTable({ zh: '会议轨迹', en: 'meeting trail' }),
  showInspection: trailTable({ zh: '检查轨迹', en: 'inspection trail' }),
  showAuthority: trailTable({ zh: '授权额度轨迹', en: 'authority trail' }),
  showVillageFigures: figuresTable,
  showTownshipFigures: figuresTable,
  showDisclosedMonth: disclosureTable,
}

/** Lists that are not taken away as tables, and why. */
export const notExported: Readonly<Record<string, string>> = {
  listDrafts: 'not recorded yet: they are their writer’s alone',
  listImports: 'not recorded yet: rows that wait to be confirmed',
  showImport: 'not recorded yet: rows that wait to be confirmed',
  listBudgets: 'what is left of plans, beside a form: authorities are exported',
  listTerms: 'what codes are called: the same words stand in every export',
  listLedgers: 'exported as they are signed, by the ledgers’ own files',
  listProviders: 'ways to sign in',
  listDemoAccounts: 'of the demonstration alone',
  search: 'a way to things, each of which stands in a list of its own',
  listDisclosure: 'the villages there are: the months of each are exported',
  listDisclosedMonths: 'the months there are: each is exported',
  listCheckpoints: 'exported as it is signed, by the ledger’s own files',
  listEntries: 'exported as its bytes stand, by the ledger’s own files',
  listRequestAttachments: 'files, which are taken away one by one',
  listMeetingAttachments: 'files, which are taken away one by one',
  listInspectionAttachments: 'files, which are taken away one by one',
  listAuthorityAttachments: 'files, which are taken away one by one',
  listPeople:
    'a way to make accounts: offices are exported with the rosters, members with the rolls',
  listSessions: 'one’s own sign-ins, to be ended and not kept',
}

// Every key of the policy (政策), with unit, shipped value, floor or basis, and title.
import { deadlineKeys } from './policy-keys-deadlines.ts'
import { alertKeys } from './policy-keys-alert.ts'
import { turnKeys } from './policy-keys-turns.ts'
import { meetingKeys } from './policy-keys-meeting.ts'
import { inspectionKeys } from './policy-keys-inspection.ts'
import { spendingKeys } from './policy-keys-spending.ts'
import { choice, key, local, money, statutory } from './policy-units.ts'

/** Every key a request, meeting or inspection is decided by (domain §9). Order is the order of the printed policy. */
export const policyKeys = {
  'route.preset': choice(['tiered', 'strict'], 'tiered', local('“五个必经”制度', 'atLeast'), {
    zh: '路线方案',
    en: 'Route preset',
  }),
  'tier.dailyMax': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以内由负责人签批），由镇确定', 'atMost'),
    {
      zh: '日常支出上限',
      en: 'Daily spending up to',
    },
  ),
  'tier.boardFrom': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以上集体研究），由镇确定', 'atMost'),
    {
      zh: '董事会研究起点',
      en: 'Board review from',
    },
  ),
  'tier.largeFrom': key(
    'money',
    money('10000.00'),
    local('浙江省村级组织工作规则（大额支出事前报镇），金额由镇确定', 'atMost'),
    {
      zh: '大额起点（镇三资报备）',
      en: 'Large from (township filing)',
    },
  ),
  'tier.majorFrom': key(
    'money',
    money('50000.00'),
    local('浙江省农村集体资产管理条例第17条，金额由镇确定', 'atMost'),
    {
      zh: '重大起点（社员表决）',
      en: 'Major from (member vote)',
    },
  ),
  'window.days': key('days', 30, statutory('“五个必经”制度（同一收款人累计）', 'atLeast', 30), {
    zh: '同一收款人累计天数',
    en: 'Rolling window per payee',
  }),
  'organ.board': choice(
    ['company', 'coop'],
    'company',
    local('浙江省农村集体资产管理条例第51条，由章程确定'),
    {
      zh: '“董事会”指',
      en: '“Board” means',
    },
  ),
  'organ.supervisors': choice(
    ['company', 'coop'],
    'company',
    local('浙江省农村集体资产管理条例第51条，由章程确定'),
    {
      zh: '“监事会”指',
      en: '“Supervisors” means',
    },
  ),
  'supervisor.signMode': choice(
    ['majorityAndChair', 'all'],
    'majorityAndChair',
    local('公司法第81条；大额起点以上一律全体签字', 'atLeast'),
    { zh: '大额以下的监事会签字', en: 'Supervisory sign-off below the large line' },
  ),
  ...meetingKeys,
  ...spendingKeys,
  'step.slaWd': key('workingDays', 2, local('各地村级财务制度，由镇确定', 'atMost'), {
    zh: '村内各环节时限',
    en: 'Each village step within',
  }),
  'town.slaWd': key('workingDays', 3, local('浙江省农村集体资产管理条例第28条'), {
    zh: '镇三资办理时限',
    en: 'Township filing within',
  }),
  'file.contractDays': key('days', 10, local('各地村级合同管理办法（十日内报镇备案）', 'atMost'), {
    zh: '合同通过后登记期限',
    en: 'Contracts entered within',
  }),
  ...inspectionKeys,
  ...turnKeys,
  ...alertKeys,
  ...deadlineKeys,
} as const

// Every key of the policy (政策), with unit, shipped value, floor or basis, and title.
import { choice, key, local, money, statutory } from './policy-units.ts'

/** Every key a request, meeting or inspection is decided by (domain §9). Order is the order of the printed policy. */
export const policyKeys = {
  'route.preset': choice(['tiered', 'strict'], 'tiered', local('“五个必经”制度'), {
    zh: '路线方案',
    en: 'Route preset',
  }),
  'tier.dailyMax': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以内由负责人签批），由镇确定'),
    {
      zh: '日常支出上限',
      en: 'Daily spending up to',
    },
  ),
  'tier.boardFrom': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（5,000元以上集体研究），由镇确定'),
    {
      zh: '董事会研究起点',
      en: 'Board review from',
    },
  ),
  'tier.largeFrom': key(
    'money',
    money('10000.00'),
    local('浙江省村级组织工作规则（大额支出事前报镇），金额由镇确定'),
    {
      zh: '大额起点（镇三资报备）',
      en: 'Large from (township filing)',
    },
  ),
  'tier.majorFrom': key(
    'money',
    money('50000.00'),
    local('浙江省农村集体资产管理条例第17条，金额由镇确定'),
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
  'member.noticeDays': key('days', 10, statutory('农村集体经济组织法第27条', 'atLeast', 10), {
    zh: '社员大会通知提前',
    en: 'Notice of a member meeting',
  }),
  'member.consultDays': key(
    'days',
    15,
    statutory('浙江省农村集体资产管理条例第20条', 'atLeast', 15),
    {
      zh: '重大事项公示征求意见',
      en: 'Consultation on reserved matters',
    },
  ),
  'member.quorum': key('fraction', '2/3', statutory('农村集体经济组织法第27条', 'atLeast', '2/3'), {
    zh: '社员大会出席比例（占全体）',
    en: 'Quorum of the roll',
  }),
  'member.majority': key(
    'fraction',
    '2/3',
    statutory('农村集体经济组织法第27条', 'atLeast', '2/3'),
    {
      zh: '社员大会通过比例（占全体）',
      en: 'Majority of the roll',
    },
  ),
  'member.delegatesAllowed': key('yesNo', false, local('农村集体经济组织法第28条'), {
    zh: '可由社员代表大会表决',
    en: 'Delegate meetings allowed',
  }),
  'member.resultDays': key('days', 5, statutory('浙江省农村集体资产管理条例第25条', 'atMost', 5), {
    zh: '表决结果公布期限',
    en: 'Result posted within',
  }),
  'board.noticeDays': key('days', 1, local('公司章程'), {
    zh: '董事会通知提前',
    en: 'Notice of a board meeting',
  }),
  'hospitality.allowed': key('yesNo', false, local('村级不得开支招待费的通行规定'), {
    zh: '允许列支业务招待费',
    en: 'Hospitality allowed',
  }),
  'voucher.requiredFrom': key(
    'money',
    money('1000.00'),
    local('发票管理办法（付款须取得发票），金额由镇确定'),
    {
      zh: '必须取得合法票据的金额（超过）',
      en: 'Lawful voucher required above',
    },
  ),
  'cash.max': key(
    'money',
    money('1000.00'),
    statutory('现金管理暂行条例第5条', 'atMost', '1000.00'),
    {
      zh: '现金支付上限',
      en: 'Cash up to',
    },
  ),
  'card.limit': key('money', money('20000.00'), local('湖州开发区村务卡制度（单笔2万元）'), {
    zh: '村务卡单笔上限',
    en: 'Village card limit',
  }),
  'claim.maxAgeDays': key('days', 60, local('各地村级财务制度（两个月内报销）'), {
    zh: '报销时限',
    en: 'Claims within',
  }),
  'step.slaWd': key('workingDays', 2, local('各地村级财务制度，由镇确定'), {
    zh: '村内各环节时限',
    en: 'Each village step within',
  }),
  'town.slaWd': key('workingDays', 3, local('浙江省农村集体资产管理条例第28条'), {
    zh: '镇三资办理时限',
    en: 'Township filing within',
  }),
  'suspension.maxWd': key(
    'workingDays',
    15,
    statutory('“五个必经”制度（暂缓支付）', 'atMost', 15),
    {
      zh: '暂缓支付期限',
      en: 'Suspension up to',
    },
  ),
  'inspection.noticeDays': key('days', 3, statutory('“五个必经”制度（检查通知）', 'atLeast', 3), {
    zh: '检查通知提前',
    en: 'Notice of an inspection',
  }),
  'inspection.team': key('count', 2, statutory('“五个必经”制度（检查组）', 'atLeast', 2), {
    zh: '检查人员不少于',
    en: 'Inspectors at least',
  }),
  'inspection.samplePercent': key('percent', 5, statutory('“五个必经”制度（抽查）', 'atLeast', 1), {
    zh: '抽查比例',
    en: 'Sample share',
  }),
  'inspection.sampleMin': key('count', 10, statutory('“五个必经”制度（抽查）', 'atLeast', 1), {
    zh: '抽查最少份数',
    en: 'Sample at least',
  }),
  'finding.simpleDays': key('days', 15, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '一般问题整改期限',
    en: 'Simple findings fixed within',
  }),
  'finding.normalDays': key('days', 30, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '较重问题整改期限',
    en: 'Normal findings fixed within',
  }),
  'finding.complexDays': key('days', 60, local('“五个必经”制度，整改期限由镇纪委确定'), {
    zh: '复杂问题整改期限',
    en: 'Complex findings fixed within',
  }),
} as const

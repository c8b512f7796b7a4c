// Policy keys of what may be spent and on which papers.
import { key, local, money, statutory } from './policy-units.ts'

export const spendingKeys = {
  'hospitality.allowed': key('yesNo', false, local('村级不得开支招待费的通行规定', 'atMost'), {
    zh: '允许列支业务招待费',
    en: 'Hospitality allowed',
  }),
  'voucher.requiredFrom': key(
    'money',
    money('1000.00'),
    local('发票管理办法（付款须取得发票），金额由镇确定', 'atMost'),
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
  'card.limit': key(
    'money',
    money('20000.00'),
    local('湖州开发区村务卡制度（单笔2万元）', 'atMost'),
    {
      zh: '村务卡单笔上限',
      en: 'Village card limit',
    },
  ),
  'claim.maxAgeDays': key('days', 60, local('各地村级财务制度（两个月内报销）', 'atMost'), {
    zh: '报销时限',
    en: 'Claims within',
  }),
  'debit.submitWd': key('workingDays', 5, statutory('“五个必经”制度（代扣补报）', 'atMost', 5), {
    zh: '代扣后补报期限',
    en: 'Direct debits submitted within',
  }),
  'advance.settleDays': key('days', 7, statutory('“五个必经”制度（借支核销）', 'atMost', 7), {
    zh: '借支核销期限（不跨月）',
    en: 'Advances settled within (never over month-end)',
  }),
  'goods.quotesFrom': key(
    'money',
    money('5000.00'),
    local('各地村级财务制度（购置比价、验收入库），金额由镇确定', 'atMost'),
    {
      zh: '购置须比价并验收入库的金额（达到）',
      en: 'Quotes, acceptance and stock card for goods from',
    },
  ),
  'works.tenderFrom': key(
    'money',
    money('40000.00'),
    local('各地村级工程管理办法（4万元以上简易招标），金额由镇确定', 'atMost'),
    {
      zh: '工程须招标或询价的金额（达到）',
      en: 'Tender record for works from',
    },
  ),
  'works.acceptanceMin': key('count', 3, local('各地村级工程管理办法（3人以上验收）', 'atLeast'), {
    zh: '工程验收人数不少于',
    en: 'Works accepted by at least',
  }),
  'works.acceptanceLargeFrom': key(
    'money',
    money('20000.00'),
    local('各地村级工程管理办法（2万元以上5人以上验收），金额由镇确定', 'atMost'),
    {
      zh: '工程扩大验收的金额（达到）',
      en: 'Larger acceptance of works from',
    },
  ),
  'works.acceptanceLarge': key(
    'count',
    5,
    local('各地村级工程管理办法（2万元以上5人以上验收）', 'atLeast'),
    {
      zh: '工程扩大验收人数不少于',
      en: 'Larger acceptance by at least',
    },
  ),
  'works.auditFrom': key(
    'money',
    money('80000.00'),
    local('各地村级工程管理办法（8万元以上审计），金额由镇确定', 'atMost'),
    {
      zh: '工程须结算审计的金额（达到）',
      en: 'Settlement and audit of works from',
    },
  ),
} as const

// Keys of the alerts (预警): where each rule begins to look (domain §5.1). They bind whoever watches: no village sets them.
import { key, local, money, statutory, townshipOnly } from './policy-units.ts'

const found = (basis: string) => local(`${basis}，参数由镇纪委确定`)

export const alertKeys = {
  'alert.splittingDays': key('days', 90, found('招标投标法第4条（禁止化整为零）'), {
    zh: '预警：拆分核对天数',
    en: 'Alert: splitting looked for over',
  }),
  'alert.splittingPercent': key('percent', 80, found('招标投标法第4条（禁止化整为零）'), {
    zh: '预警：每笔达到限额的比例（红色）',
    en: 'Alert: each part at this share of the line is red',
  }),
  'alert.justBelowPercent': key('percent', 90, found('村级财务监督的通行做法'), {
    zh: '预警：紧贴限额的下限',
    en: 'Alert: just below the line from',
  }),
  'alert.justBelowCount': key('count', 3, found('村级财务监督的通行做法'), {
    zh: '预警：一季度紧贴限额的笔数',
    en: 'Alert: just below the line, in a quarter',
  }),
  'alert.consecutiveGap': key('count', 3, found('发票管理办法第21条（不得虚开）'), {
    zh: '预警：连号发票号码间隔',
    en: 'Alert: consecutive invoices, gap up to',
  }),
  'alert.consecutiveDays': key('days', 30, found('发票管理办法第21条（不得虚开）'), {
    zh: '预警：连号发票核对天数',
    en: 'Alert: consecutive invoices within',
  }),
  'alert.consecutiveCount': key('count', 3, found('发票管理办法第21条（不得虚开）'), {
    zh: '预警：连号发票张数',
    en: 'Alert: consecutive invoices, at least',
  }),
  'alert.whiteSlipFrom': key('money', money('200.00'), found('发票管理办法（付款须取得发票）'), {
    zh: '预警：无票支出超过',
    en: 'Alert: no voucher above',
  }),
  'alert.cashSharePercent': key('percent', 5, found('现金管理暂行条例第5条'), {
    zh: '预警：现金支出占当月比例超过',
    en: 'Alert: cash of a month over',
  }),
  'alert.cashFrom': key('money', money('1000.00'), found('现金管理暂行条例第5条（结算起点）'), {
    zh: '预警：现金支出当月达到',
    en: 'Alert: cash of a month from',
  }),
  'alert.similarPercent': key('percent', 5, found('同一工程重复付款案例'), {
    zh: '预警：相近金额相差不超过',
    en: 'Alert: similar amounts differ up to',
  }),
  'alert.similarDays': key('days', 60, found('同一工程重复付款案例'), {
    zh: '预警：相近金额核对天数',
    en: 'Alert: similar amounts within',
  }),
  'alert.similarFrom': key('money', money('5000.00'), found('同一工程重复付款案例'), {
    zh: '预警：相近金额自',
    en: 'Alert: similar amounts from',
  }),
  'alert.dominancePercent': key('percent', 50, found('村级采购监督的通行做法'), {
    zh: '预警：同一供应商占全年采购比例超过',
    en: "Alert: one supplier's share of a year over",
  }),
  'alert.dominanceFrom': key('money', money('50000.00'), found('村级采购监督的通行做法'), {
    zh: '预警：同一供应商全年采购自',
    en: "Alert: one supplier's year from",
  }),
  'alert.dominanceCount': key('count', 10, found('村级采购监督的通行做法'), {
    zh: '预警：全年采购笔数不少于',
    en: 'Alert: one supplier, purchases of the year at least',
  }),
  'alert.advanceRedDays': key('days', 30, found('各地村级财务制度（暂领款一周内结清）'), {
    zh: '预警：借支逾期（红色）超过',
    en: 'Alert: an overdue advance is red after',
  }),
  'alert.claimDays': key('days', 60, found('各地村级财务制度（两个月内报销）'), {
    zh: '预警：发票距申请超过',
    en: 'Alert: an invoice older than',
  }),
  'alert.roundFrom': key('money', money('10000.00'), found('村级财务监督的通行做法'), {
    zh: '预警：整数金额自',
    en: 'Alert: round sums from',
  }),
  'alert.roundUnit': key('money', money('1000.00'), found('村级财务监督的通行做法'), {
    zh: '预警：整数金额的单位',
    en: 'Alert: round sums are multiples of',
  }),
  'alert.roundCount': key('count', 3, found('村级财务监督的通行做法'), {
    zh: '预警：一季度整数金额的笔数',
    en: 'Alert: round sums, in a quarter',
  }),
  'alert.redProof': key(
    'yesNo',
    true,
    townshipOnly(statutory('“五个必经”制度（红色预警凭证据降级）', 'fixed', true)),
    {
      zh: '红色预警凭证据方可消除',
      en: 'A red alert is dismissed on proof alone',
    },
  ),
} as const
